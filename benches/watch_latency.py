#!/usr/bin/env python3
"""From the end of a write to the finished PDF, and to the changed page, while a report is being watched.

usage: TYPST=/path/to/typst benches/watch_latency.py [EDITS]     (typst 0.15.1; default 50 edits of each, in turn)

One program of the sample is edited, in one and in ten copies of the chapter. `typst watch` gets the same edit in the
same view (`programs/….json`) of the same template. Prints medians, extremes and the ratio of the medians; then the time
until the live page is told of the edit and has fetched the picture of the changed page, and the same for a text that is
saved from the page itself.
"""

import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from side_by_side import REPORT, ROOT, copies

EDITS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
SAMPLE = ROOT / "reports/aomori-r2"
PAUSE = 0.25


def editable(report):
    """A program whose results begin with a paragraph."""
    programs = sorted(report.glob("*/*.jigyo"))
    return next(path for path in programs if re.search("【事業実績】\n[^（【・]", path.read_text("utf-8")))


def edited(text, number):
    return re.sub("【事業実績】\n", f"【事業実績】\n今回で{number}回目の書き直しである。", text, count=1)


def finished(path):
    """What tells one finished PDF from the next: nothing while it is being written."""
    try:
        with open(path, "rb") as file:
            file.seek(-16, os.SEEK_END)
            if b"%%EOF" not in file.read():
                return None
            data = os.fstat(file.fileno())
            return data.st_mtime_ns, data.st_ino, data.st_size
    except OSError:
        return None


def wait_for(path, before):
    """Seconds until another finished PDF lies there."""
    start = time.perf_counter()
    while time.perf_counter() - start < 30:
        now = finished(path)
        if now is not None and now != before:
            return time.perf_counter() - start
        time.sleep(0.0005)
    sys.exit(f"no new PDF: {path}")


def settle(path):
    """The PDF once nothing more happens to it."""
    last, since = finished(path), time.perf_counter()
    while last is None or time.perf_counter() - since < 1.0:
        time.sleep(0.05)
        if finished(path) != last:
            last, since = finished(path), time.perf_counter()
    return last


class Ours:
    """`report watch` on a copy of the report."""

    def __init__(self, work, report):
        self.pdf = work / "ours.pdf"
        self.program = editable(report)
        self.text = self.program.read_text("utf-8")
        self.process = subprocess.Popen([REPORT, "watch", report, "-o", self.pdf], stderr=subprocess.DEVNULL)
        settle(self.pdf)

    def edit(self, number):
        text = edited(self.text, number)
        before = finished(self.pdf)
        self.program.write_text(text, "utf-8")
        return wait_for(self.pdf, before)


class Plain:
    """`typst watch` on the same template and view."""

    def __init__(self, work, report, typst, edited):
        template = work / "template"
        subprocess.run([REPORT, "template", "init", "official", template], check=True)
        subprocess.run([REPORT, "view", report, "--assets", template], check=True)
        self.pdf = work / "plain.pdf"
        for self.program in sorted((template / "programs").glob("*.json")):
            self.view = json.loads(self.program.read_text("utf-8"))
            if self.view["id"] == edited:
                break
        self.process = subprocess.Popen(
            [typst, "watch", "main.typ", self.pdf, "--root", ".", "--font-path", "fonts", "--ignore-system-fonts",
             "--pdf-standard", "ua-1,a-3a", "--features", "a11y-extras", "--no-serve"],
            cwd=template, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        settle(self.pdf)

    def edit(self, number):
        section = next(section for section in self.view["sections"] if section["kind"] == "results")
        kept = section["blocks"][0]["text"]
        section["blocks"][0]["text"] = f"今回で{number}回目の書き直しである。{kept}"
        text = json.dumps(self.view, ensure_ascii=False, indent=2)
        section["blocks"][0]["text"] = kept
        before = finished(self.pdf)
        self.program.write_text(text, "utf-8")
        return wait_for(self.pdf, before)


def hashes(event):
    return [page["hash"] for page in json.loads(event)["pages"]]


class Page:
    """An open live page: the events, and the pictures that it asks for."""

    def __init__(self, report):
        self.report = report
        self.program = editable(report)
        self.text = self.program.read_text("utf-8")
        self.process = subprocess.Popen([REPORT, "preview", report, "--no-open"], stderr=subprocess.PIPE)
        for line in self.process.stderr:
            found = re.search(rb"http://127\.0\.0\.1:(\d+)(/\w+/)", line)
            if found:
                self.port, self.base = int(found[1]), found[2].decode()
                break
        self.events = socket.create_connection(("127.0.0.1", self.port))
        self.events.sendall(f"GET {self.base}events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        self.stream = self.events.makefile("rb")
        self.pages = hashes(self.next_event())
        while not self.pages:
            self.pages = hashes(self.next_event())

    def next_event(self):
        for line in self.stream:
            if line.startswith(b"data: {"):
                return line[6:]
        sys.exit("the preview ended")

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{self.base}{path}"

    def edit(self, number):
        text = edited(self.text, number)
        self.program.write_text(text, "utf-8")
        return self.changed(time.perf_counter())

    def save(self, number):
        """The first paragraph of the results, as the page's own box saves it."""
        file = urllib.parse.urlencode({"file": self.program.relative_to(self.report).as_posix()})
        with urllib.request.urlopen(self.url(f"program?{file}")) as answer:
            form = json.load(answer)
        before = self.program.read_bytes()
        start = before.index("【事業実績】\n".encode()) + len("【事業実績】\n".encode())
        end = before.index(b"\n", start)
        wish = {"file": form["file"], "seen": form["seen"], "start": start, "end": end, "text": f"今回で{number}回目の書き直しである。"}
        headers = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"}
        request = urllib.request.Request(self.url("save"), json.dumps(wish).encode(), headers)
        start = time.perf_counter()
        urllib.request.urlopen(request).close()
        saved = time.perf_counter() - start
        return saved, *self.changed(start)[:2]

    def changed(self, start):
        """Seconds until the page is told, and until it has the picture of the first page that changed; how many did."""
        event = self.next_event()
        told = time.perf_counter() - start
        # What this client takes to read the event is not the preview's time.
        pages = hashes(event)
        changed = [page for page in pages if page not in self.pages]
        self.pages = pages
        start = time.perf_counter()
        with urllib.request.urlopen(self.url(f"page/{changed[0]}.svg")) as answer:
            answer.read()
        return told, told + time.perf_counter() - start, len(changed)


def show(name, seconds):
    print(f"  {name:<28} {statistics.median(seconds) * 1000:7.1f} ms"
          f"  ({min(seconds) * 1000:.1f}–{max(seconds) * 1000:.1f})")
    return statistics.median(seconds)


def measure(work, count, typst):
    print(f"{39 * count} programs, {EDITS} edits")
    report = work / f"r{count}"
    if count > 1:
        copies(report, count)
    else:
        shutil.copytree(SAMPLE, report, ignore=shutil.ignore_patterns("out"))
    (work / f"w{count}").mkdir()
    ours = Ours(work / f"w{count}", report)
    plain = Plain(work / f"w{count}", report, typst, ours.program.stem) if typst else None
    a, b = [], []
    for number in range(EDITS):
        time.sleep(PAUSE)
        a.append(ours.edit(number))
        if plain:
            time.sleep(PAUSE)
            b.append(plain.edit(number))
    for side in filter(None, (ours, plain)):
        side.process.terminate()
        side.process.wait()
    mine = show("report watch, PDF", a)
    if plain:
        print(f"  ratio {mine / show('typst watch, PDF', b):.2f}")
    page = Page(report)
    told, fetched, changed = [], [], []
    for number in range(EDITS):
        time.sleep(PAUSE)
        one = page.edit(1000 + number)
        told.append(one[0])
        fetched.append(one[1])
        changed.append(one[2])
    saves = []
    for number in range(EDITS):
        time.sleep(PAUSE)
        saves.append(page.save(2000 + number))
    page.process.terminate()
    page.process.wait()
    for name, seconds in zip(["page saves, written", "page saves, told", "page saves, picture there"], zip(*saves)):
        show(name, seconds)
    show("live page, told", told)
    print(f"  pages that changed: {statistics.median(changed):.0f}")
    return show("live page, picture there", fetched)


def main():
    typst = os.environ.get("TYPST")
    if not REPORT.exists():
        sys.exit("first: cargo build --release")
    if not typst:
        print("TYPST names no typesetter: the comparison is left out")
    with tempfile.TemporaryDirectory() as name:
        one = measure(pathlib.Path(name), 1, typst)
        ten = measure(pathlib.Path(name), 10, typst)
        print(f"changed page, ten copies to one: {ten / one:.2f}")


if __name__ == "__main__":
    main()
