#!/usr/bin/env python3
"""Whole processes side by side: `report build` against the plain typesetter on the same template and report.json.

usage: TYPST=/path/to/typst benches/side_by_side.py [RUNS]     (typst 0.15.1; default 11 runs of each, in turn)

Prints the median, minimum and maximum of wall seconds, the peak memory, and the median of the ratios run by run, for
one and for ten copies of the sample chapter; then what the book around the chapter (cover, contents, sums, charts,
index, and the data inside the PDF) adds to the bare chapter; then `report check` from 39 to 10,000 programs.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORT = ROOT / "target/release/report"
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 11


def run(command, cwd=None):
    """Wall seconds and peak memory (MB) of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed ({process.returncode}): {command}")
    return seconds, usage.ru_maxrss / 1024


def without_parts(head):
    """【報告書】 of the bare chapter."""
    return "".join(line for line in head.splitlines(True) if not line.startswith(("前付", "後付")))


def bare(folder):
    """The sample chapter alone."""
    shutil.copytree(ROOT / "reports/aomori-r2", folder)
    head = folder / "報告書.jigyo"
    head.write_text(without_parts(head.read_text("utf-8")), "utf-8")
    return folder


def copies(folder, count, programs=None):
    """The sample chapter `count` times, each program with a name of its own; at most `programs` in all."""
    sample = ROOT / "reports/aomori-r2"
    folder.mkdir(parents=True)
    head = without_parts((sample / "報告書.jigyo").read_text("utf-8").split("【構成】")[0])
    (folder / "報告書.jigyo").write_text(head, "utf-8")
    made = 0
    for copy in range(1, count + 1):
        chapter = folder / f"{copy:03}"
        chapter.mkdir()
        for path in sorted((sample / "01_人材").glob("*.jigyo")):
            text = path.read_text("utf-8")
            if path.stem == "章":
                (chapter / path.name).write_text(text.split("【構成】")[0], "utf-8")
            elif programs is None or made < programs:
                made += 1
                (chapter / f"{path.stem}_{copy}.jigyo").write_text(text.replace("\n", f"（{copy}）\n", 1), "utf-8")
    return folder


def show(name, runs):
    seconds = [second for second, _ in runs]
    print(f"  {name:<14} {statistics.median(seconds):.3f} s ({min(seconds):.3f}–{max(seconds):.3f})"
          f"  {max(memory for _, memory in runs):.0f} MB")


def side_by_side(work, typst, count):
    report = copies(work / f"r{count}", count) if count > 1 else bare(work / "r1")
    template = work / f"t{count}"
    run([REPORT, "template", "init", "official", template])
    run([REPORT, "view", report, "--assets", template])
    ours = [REPORT, "build", report, "-o", work / "ours.pdf"]
    plain = [typst, "compile", "main.typ", work / "plain.pdf", "--root", ".", "--font-path", "fonts",
             "--ignore-system-fonts", "--pdf-standard", "ua-1,a-3a", "--features", "a11y-extras"]
    run(ours), run(plain, template)
    a, b = [], []
    for _ in range(RUNS):
        a.append(run(ours))
        b.append(run(plain, template))
    print(f"{39 * count} programs")
    show("report build", a)
    show("typst compile", b)
    print(f"  ratio {statistics.median(x / y for (x, _), (y, _) in zip(a, b)):.2f}")


def book(work):
    """The bare chapter as a draft, which carries no data, against the whole book with its data."""
    chapter = [REPORT, "build", bare(work / "bare"), "--draft", "-o", work / "bare.pdf"]
    whole = [REPORT, "build", ROOT / "reports/aomori-r2", "-o", work / "book.pdf"]
    run(chapter), run(whole)
    a, b = [], []
    for _ in range(RUNS):
        a.append(run(chapter))
        b.append(run(whole))
    print("the book around the chapter")
    show("bare chapter", a)
    show("book", b)
    print(f"  ratio {statistics.median(y / x for (x, _), (y, _) in zip(a, b)):.2f}")


def main():
    typst = os.environ.get("TYPST")
    if not REPORT.exists():
        sys.exit("first: cargo build --release")
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        if typst:
            for count in (1, 10):
                side_by_side(work, typst, count)
        else:
            print("TYPST names no typesetter: the comparison is left out")
        book(work)
        print("report check")
        for programs in (39, 390, 3_900, 10_000):
            folder = copies(work / f"c{programs}", -(-programs // 39), programs)
            run([REPORT, "check", folder])
            runs = [run([REPORT, "check", folder]) for _ in range(min(RUNS, 7))]
            show(f"{programs:,}", runs)


if __name__ == "__main__":
    main()
