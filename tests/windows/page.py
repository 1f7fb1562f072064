#!/usr/bin/env python3
"""Writes in the live page of report.exe over its own protocol, as the page's script does, and looks at the files.

usage: page.py ADDRESS REPORT HOLD.EXE     the page's address; the report's folder as this system names it; the program that holds files
Prints a line for each thing that was tried and ends with 1 at the first that is wrong.
"""

import json
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

address, root, hold = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address))


def ask(path, wish=None):
    """Status and answer: JSON where it is some, else words."""
    request = urllib.request.Request(address + path)
    if wish is not None:
        request.data = json.dumps(wish).encode()
        request.add_header("Content-Type", "application/json")
        request.add_header("Origin", origin)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            status, kind, body = answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        status, kind, body = error.code, error.headers["Content-Type"], error.read()
    return status, json.loads(body) if kind == "application/json" else body.decode()


def must(is_so, words, shown=""):
    if not is_so:
        sys.exit(f"WRONG  {words} {shown}")


def say(words):
    print(f"ok  {words}", flush=True)


def program(file):
    # The address is told before the report was read.
    for _ in range(120):
        status, form = ask("program?" + urllib.parse.urlencode({"file": file}))
        if status != 404:
            break
        time.sleep(1)
    must(status == 200, "no form of the program", form)
    return form


def save(seen, piece, text):
    return ask("save", {"file": file, "seen": seen, "start": piece["start"], "end": piece["end"], "text": text})


def title(form):
    return next(field for field in form["fields"] if field["name"] == "担当")["values"][0]


def windows(path):
    return "Z:" + str(path).replace("/", "\\")


path = next(path for path in sorted(root.rglob("*事業.jigyo")) if "担当：" in path.read_text("utf-8"))
file = path.relative_to(root).as_posix()
before = path.read_bytes()
must(b"\r\n" in before, "the report has no line ends of Windows")

form = program(file)
piece = title(form)
status, saved = save(form["seen"], piece, "港湾空港課　確認係")
must(status == 200, "a save", saved)
expected = before[: piece["start"]] + "港湾空港課　確認係".encode() + before[piece["end"] :]
must(path.read_bytes() == expected, "bytes outside of the stretch")
kept = list((root / "_履歴").rglob(path.name))
must(len(kept) == 1 and kept[0].read_bytes() == before, "no copy of before in _履歴")
say("a save of one field: no other byte is changed, CRLF stays, _履歴 has the file as it was")

status, conflict = save(form["seen"], piece, "別の課")
must(status == 409 and conflict["theirs"] == "港湾空港課　確認係", "two who write in one place", conflict)
say("two who write in one place see both texts")

form = program(file)
piece = title(form)
holder = subprocess.Popen(["wine", hold, windows(path), "6"])
time.sleep(2)
status, words = save(form["seen"], piece, "持たれている間の課")
must(status == 422, "a save of a file that another program holds", words)
must("保存できませんでした" in words["message"] and path.read_bytes() == expected, "a held file", words)
holder.wait()
status, saved = save(form["seen"], piece, "離された後の課")
must(status == 200, "a save after the other program let go", saved)
say(f"a file that another program holds stays, is told ({words['message']}) and is saved when it is free")

status, answer = ask("draft", {"id": "windows1", "file": file, "seen": form["seen"], "start": 0, "end": 0, "text": "書きかけ"})
must(status == 200, "a draft", answer)
status, drafts = ask("drafts")
must([draft["text"] for draft in drafts] == ["書きかけ"], "the drafts", drafts)
must(ask("forget", {"id": "windows1"})[0] == 200 and ask("drafts")[1] == [], "a draft that is forgotten")
say("drafts are kept and forgotten")

wish = {"file": file, "kind": "連絡", "office": "取りまとめ課", "name": "確認", "words": "一行目\n二行目", "place": None, "thread": None}
status, answer = ask("remark", wish)
text = (root / "_連絡" / f"{path.stem}.txt").read_bytes()
must(status == 200 and text.count(b"\r\n") == text.count(b"\n") == 3, "a remark", text)
say("a remark is written with CRLF")


def task(wish):
    status, number = ask("task", wish)
    must(status == 200, f"the task {wish}", number)
    for _ in range(600):
        state = next(state for state in ask("tasks")[1] if state["id"] == number)
        if state["stage"] not in ("waiting", "running"):
            return state
        time.sleep(0.2)
    return sys.exit(f"WRONG  no end of {wish}")


for wish in [{"kind": "draft"}, {"kind": "export", "format": "xlsx"}, {"kind": "status"}]:
    state = task(wish)
    must(state["stage"] in ("done", "done_with_errors") and state["files"], f"the task {wish}", state)
    must("\ufffd" not in state["said"] and state["said"].strip(), "what a task says", state)
    say(f"{state['label']}: {'、'.join(state['files'])}")
status, number = ask("task", {"kind": "draft"})
must(ask("stop", {"id": number})[0] == 200, "a task is stopped")
for _ in range(100):
    state = next(state for state in ask("tasks")[1] if state["id"] == number)
    if state["stage"] == "stopped":
        break
    time.sleep(0.2)
must(state["stage"] == "stopped", "a task is stopped", state)
must(not list(root.rglob("_report-*")), "something is left of a task that was stopped")
say("a task is stopped and leaves nothing")

chapter = ask("choices")[1]["chapters"][0]["folder"]
status, made = ask("new", {"kind": "program", "name": "窓口の確認事業", "chapter": chapter, "department": None})
must(status == 200 and (root / made).read_bytes().count(b"\r\n") > 3, "a new program", made)
say(f"a new program: {made}")

for what in ["editor", "folder"]:
    status, words = ask("open", {"file": file, "what": what})
    must(status == 200, f"the system's own program for {what}", words)
say("notepad.exe and explorer.exe /select are started")
