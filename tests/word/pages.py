"""Whether each thing that a Word document names with a page begins on that page of a PDF, whose text lies beside it.

    python3 pages.py FILE.docx FILE.txt
"""

import re
import sys
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text):
    return re.sub(r"\s", "", text)


def pages(text):
    """The text of each page by the number at its foot."""
    found = {}
    for page in text.split("\f"):
        lines = [line for line in page.split("\n") if line.strip()]
        if lines:
            found.setdefault(squeezed(lines[-1]).strip("-"), squeezed(page))
    return found


def references(body):
    """The page of each bookmark, as the fields have it."""
    found, instruction, value = {}, "", None
    for run in body.iter(W + "r"):
        for part in run:
            kind = part.get(W + "fldCharType")
            if kind == "begin":
                instruction, value = "", None
            elif kind == "separate":
                value = ""
            elif kind == "end" and value is not None and instruction.startswith("PAGEREF"):
                found[instruction.split()[1]] = value
                instruction, value = "", None
            elif part.tag == W + "instrText":
                instruction += part.text
            elif part.tag == W + "t" and value is not None:
                value += part.text or ""
    return found


def main():
    archive = zipfile.ZipFile(sys.argv[1])
    body = ElementTree.fromstring(archive.read("word/document.xml"))
    printed = pages(open(sys.argv[2], encoding="utf-8").read())
    wanted, faults, seen = references(body), [], 0
    for paragraph in body.iter(W + "p"):
        mark = paragraph.find(W + "bookmarkStart")
        page = wanted.get(mark.get(W + "name")) if mark is not None else None
        if page is None:
            continue
        head = squeezed("".join(part.text or "" for part in paragraph.iter(W + "t")))[:8]
        seen += 1
        if head not in printed.get(page, ""):
            there = [number for number, text in printed.items() if head in text]
            faults.append(f"「{head}」: page {page} is named; it stands on {', '.join(there)}")
    try:
        import docx
        reader = f", python-docx: {len(docx.Document(sys.argv[1]).tables)} tables"
    except ImportError:
        reader = ""
    print(f"{sys.argv[1]}: {seen} places, {len(faults)} elsewhere{reader}")
    print("\n".join(faults))
    sys.exit(1 if faults or not seen else 0)


main()
