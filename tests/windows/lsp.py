#!/usr/bin/env python3
"""Speaks with the language server of report.exe as an editor on Windows does: opens a program, makes an amount wrong and right again.

usage: lsp.py REPORT.EXE FILE     the program; a .jigyo file with an amount, both as this system names them
Ends with 1 at the first thing that is wrong.
"""

import json
import pathlib
import re
import subprocess
import sys
import threading
import urllib.parse

exe, path = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()


def address(path):
    """As VS Code writes it: the colon of the drive escaped, the letter small."""
    return "file:///z%3A" + urllib.parse.quote(str(path))


server = subprocess.Popen(["wine", exe, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
# A server that says nothing is ended; nobody waits for that once all is said.
limit = threading.Timer(120, server.kill)
limit.daemon = True
limit.start()


def send(method, parameters, number=None):
    message = {"jsonrpc": "2.0", "method": method, "params": parameters}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive():
    length = None
    while line := server.stdout.readline().strip():
        length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else length
    if length is None:
        sys.exit("WRONG  the language server ended")
    return json.loads(server.stdout.read(length))


def answer(number):
    while (message := receive()).get("id") != number or "method" in message:
        pass
    return message["result"]


def codes(version):
    """Of the messages about the file as it is in that version."""
    while True:
        message = receive()
        if message.get("method") == "textDocument/publishDiagnostics":
            said = message["params"]
            if urllib.parse.unquote(said["uri"]).lower() == urllib.parse.unquote(address(path)).lower() and said.get("version") == version:
                return [diagnostic["code"] for diagnostic in said["diagnostics"] if diagnostic["severity"] == 1]


text = path.read_text("utf-8")
wrong, changes = re.subn(r"(?m)^事業費：.*$", "事業費：十円", text, count=1)
if not changes:
    sys.exit(f"WRONG  {path} has no amount")
send("initialize", {"processId": None, "rootUri": address(path.parent), "capabilities": {}}, 1)
if "codeActionProvider" not in answer(1)["capabilities"]:
    sys.exit("WRONG  the language server offers no mends")
send("initialized", {})
document = {"uri": address(path), "languageId": "jigyo", "version": 1, "text": text}
send("textDocument/didOpen", {"textDocument": document})
before = codes(1)
for version, content, is_wrong in [(2, wrong, True), (3, text, False)]:
    change = {"textDocument": {"uri": address(path), "version": version}, "contentChanges": [{"text": content}]}
    send("textDocument/didChange", change)
    if ("J014" in codes(version)) != is_wrong:
        sys.exit(f"WRONG  the messages of version {version}")
send("shutdown", None, 2)
answer(2)
send("exit", None)
if server.wait(30) != 0 or before:
    sys.exit(f"WRONG  the language server: {server.returncode}, {before}")
print("ok  report lsp: messages follow what is typed, by addresses as VS Code writes them on Windows")
