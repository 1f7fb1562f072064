"""Makes the files of this folder: one chapter of reports/aomori-r2 as offices keep it in Word and Excel.

    pip install python-docx==1.2.0 openpyxl==3.1.5
    python3 tests/cases/import/make.py

python-docx and openpyxl write python/. LibreOffice (soffice) saves the same files again in libreoffice/, and once more
as .ods and .xls. Every sentence and figure comes from the report.
"""

import datetime
import itertools
import re
import shutil
import subprocess
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

HERE = Path(__file__).parent
CHAPTER = HERE.parents[2] / "reports/aomori-r2/01_人材"
MOMENT = datetime.datetime(2021, 9, 1)
ITEM = re.compile("（[０-９]+）")
QUANTITY = re.compile(r"^([0-9,]+)([^0-9,.〜~]+)$")


def read_programs():
    """Programs in the order of the chapter."""
    sections = read_sections(CHAPTER / "章.jigyo")
    title = sections[0][1]
    names = dict((word, lines) for word, _, lines in sections)["構成"]
    return title, [read_program(CHAPTER / f"{name}.jigyo") for name in names]


def read_sections(path):
    sections = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head = re.match("^【(.+?)】(.*)$", line)
        if head:
            sections.append((head[1], head[2], []))
        elif line.strip():
            sections[-1][2].append(line.strip())
    return sections


def read_program(path):
    head, *parts = read_sections(path)
    fields = [line.split("：", 1) for line in head[2]]
    field = lambda name: "、".join(value for own, value in fields if own == name)
    part = dict((word, lines) for word, _, lines in parts)
    rows, group = [], ""
    for line in part["指標"]:
        cells = line.split("｜")
        if cells[0].strip() == "＋":
            rows[-1] = (rows[-1][0], *map(join_lines, itertools.zip_longest(rows[-1][1:], ["", *cells[1:]])))
        elif len(cells) == 1:
            group = line
        else:
            inside = cells[0].startswith("・")
            rows.append((group if inside else "", cells[0].removeprefix("・"), *cells[1:]))
    return {
        "name": head[1],
        "amount": field("事業費"),
        "offices": [value for own, value in fields if own == "担当"],
        "kind": field("区分"),
        "outline": part["事業概要"],
        "results": part["事業実績"],
        "indicators": rows,
    }


def join_lines(lines):
    return "\n".join(line for line in lines if line)


def spans(rows, column):
    """First and last row of each cell in a column: ↑ belongs to the cell above."""
    found = []
    for index, row in enumerate(rows):
        goes_on = row[column] == "↑" or (column == 0 and index and row[0] and row[0] == rows[index - 1][0])
        if goes_on:
            found[-1][1] = index
        else:
            found.append([index, index])
    return found


# Word


def make_word(title, programs, path):
    document = Document()
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.add_heading(title, 1)
    for number, program in enumerate(programs, 1):
        document.add_heading(f"{number}　{program['name']}", 2)
        form = document.add_table(2, 4, "Table Grid")
        fill(form.rows[0].cells, ["事業費", program["amount"], "区分", program["kind"]])
        form.cell(1, 1).merge(form.cell(1, 3))
        fill(form.rows[1].cells[:2], ["担当課", "\n".join(program["offices"])])
        for word, lines in [("事業概要", program["outline"]), ("事業実績", program["results"])]:
            document.add_heading(word, 3)
            write_paragraphs(document, lines)
        document.add_heading("指標", 3)
        write_indicators(document, program["indicators"])
    document.save(path)


def fill(cells, texts):
    for cell, text in zip(cells, texts):
        cell.text = text


def write_paragraphs(document, lines):
    """Lines that begin with （１） become items that Word numbers itself."""
    items = None
    for line in lines:
        item = ITEM.match(line)
        paragraph = document.add_paragraph(line[item.end() :] if item else line)
        if item:
            items = items if items and item[0] != "（１）" else new_list(document)
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = 0
            number.get_or_add_numId().val = items


def new_list(document):
    """A list of its own: （１）, （２）, …"""
    numbering = document.part.numbering_part.element
    own = max([int(a.get(qn("w:abstractNumId"))) for a in numbering.findall(qn("w:abstractNum"))], default=0) + 1
    abstract = element("w:abstractNum", abstractNumId=own)
    level = element("w:lvl", ilvl=0)
    for name, value in [("start", 1), ("numFmt", "decimalFullWidth"), ("suff", "nothing"), ("lvlText", "（%1）")]:
        level.append(element(f"w:{name}", val=value))
    abstract.append(element("w:multiLevelType", val="singleLevel"))
    abstract.append(level)
    numbering.insert(0, abstract)
    return numbering.add_num(own).numId


def element(name, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def write_indicators(document, rows):
    has_groups = any(row[0] for row in rows)
    first = 0 if has_groups else 1
    table = document.add_table(len(rows) + 1, 4 - first, "Table Grid")
    fill(table.rows[0].cells[1 - first :], ["指標名", "計画", "実績"])
    for column in range(first, 4):
        for top, bottom in spans(rows, column):
            cell = table.cell(top + 1, column - first)
            if bottom > top:
                cell = cell.merge(table.cell(bottom + 1, column - first))
            cell.text = rows[top][column]
    for index, row in enumerate([("", "指標名", "", "")] + rows if has_groups else []):
        if not row[0]:
            name = table.cell(index, 1).text
            table.cell(index, 0).merge(table.cell(index, 1)).text = name


# Excel

THIN = Side(style="thin")


def make_forms(programs, path):
    book = new_book()
    for number, program in enumerate(programs, 1):
        sheet = book.create_sheet(f"{number:02}{program['name']}"[:31])
        put(sheet, "A1:H1", "令和2年度　事業実績調書", frame=False)
        put(sheet, "A3:B3", "事業名")
        put(sheet, "C3:H3", program["name"])
        put(sheet, "A4:B4", "事業費")
        put(sheet, "C4:D4", program["amount"])
        put(sheet, "E4:F4", "区分")
        put(sheet, "G4:H4", program["kind"])
        put(sheet, "A5:B5", "担当課")
        put(sheet, "C5:H5", "\n".join(program["offices"]))
        put(sheet, "A7:H7", "事業概要")
        put(sheet, "A8:H12", "\n".join(program["outline"]))
        put(sheet, "A14:H14", "事業実績")
        put(sheet, "A15:H22", "\n".join(program["results"]))
        put_indicators(sheet, 24, program["indicators"])
    book.save(path)


def put_indicators(sheet, top, rows):
    for area, text in [(f"A{top}:D{top}", "指標名"), (f"E{top}:F{top}", "計画"), (f"G{top}:H{top}", "実績")]:
        put(sheet, area, text)
    for column, (left, right) in enumerate(["AB", "CD", "EF", "GH"]):
        for first, last in spans(rows, column):
            row = rows[first]
            begin = left
            if column == 0 and not row[0]:
                continue
            if column == 1 and not row[0]:
                begin = "A"
            put(sheet, f"{begin}{top + 1 + first}:{right}{top + 1 + last}", row[column])


def put(sheet, area, text, frame=True):
    """A merged cell; 5,517千円 is kept as the figure 5517 with a format."""
    sheet.merge_cells(area)
    cell = sheet[area.split(":")[0]]
    quantity = QUANTITY.match(text)
    if quantity:
        cell.value = int(quantity[1].replace(",", ""))
        cell.number_format = f'#,##0"{quantity[2]}"' if "," in quantity[1] or cell.value < 1000 else f'0"{quantity[2]}"'
    else:
        cell.value = text or None
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if frame:
        for row in sheet[area]:
            for place in row:
                place.border = Border(THIN, THIN, THIN, THIN)


def make_list(programs, path):
    book = new_book()
    sheet = book.create_sheet("事業一覧")
    put(sheet, "A1:E1", "基本方針事業一覧", frame=False)
    sheet["E2"] = "（単位：千円）"
    sheet.append(["番号", "事業名", "担当課", "事業費", "区分"])
    for number, program in enumerate(programs, 1):
        amount = int(re.sub("[^0-9]", "", program["amount"]))
        sheet.append([number, program["name"], "\n".join(program["offices"]), amount, program["kind"] or None])
        sheet.cell(sheet.max_row, 4).number_format = "#,##0"
    book.save(path)


def make_shown(path):
    """Cells that show something else than they hold, struck-through and raised letters, what is hidden, remarks."""
    book = new_book()
    sheet = book.create_sheet("表示")
    shown = [
        (3254, '#,##0"名"'), (-1234, '#,##0;"△ "#,##0'), (0.125, "0.0%"), (1234567, '#,##0,"千円"'), (0, '#,##0;-#,##0;"―"'),
        (0, '#,##0"回";;"該当なし"'), (126, '[>=100]#,##0"名";"僅少"'), (50, '[>=100]#,##0"名";"僅少"'), (12.5, "# ?/?"),
        (44105, 'yyyy"年"m"月"d"日"'), (44105, "aaaa"), (0.0625, "h:mm"), (1.5, "[h]:mm"), (44105.75, "yyyy/m/d h:mm"),
        (44105, '[$-411]ggge"年度"'), ("山田", '@" 様"'), (0.285, "0.00"), (171234567, '0000"-"00"-"0000'),
    ]
    for row, (value, code) in enumerate(shown, 1):
        sheet.cell(row, 1, f"例{row}")
        cell = sheet.cell(row, 2, value)
        cell.number_format = code
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    sheet["A20"], sheet["B20"] = "訂正", CellRichText(TextBlock(struck, "96"), TextBlock(InlineFont(), "128名"))
    sheet["A21"], sheet["B21"] = "注", CellRichText(TextBlock(InlineFont(), "70"), TextBlock(raised, "1"))
    sheet["A22"], sheet["B22"] = "取消", "150名"
    for cell in sheet[22][:2]:
        cell.font = Font(strike=True)
    sheet["A23"], sheet["B23"] = "誤り", "=1/0"
    sheet["A24"], sheet["B24"] = "隠し", "25名"
    sheet.row_dimensions[24].hidden = True
    sheet["B1"].comment = Comment("伏せておく", "係")
    book.create_sheet("控え")["A1"] = "控えの文"
    book["控え"].sheet_state = "hidden"
    book.save(path)


def make_conditional(path):
    """Noughts that a sheet does not show, and formats that depend on a condition."""
    book = new_book()
    sheet = book.create_sheet("条件")
    for row in (
        ("名称", "定員", "開催", "状態"),
        ("見学", 0, 5, "中止"),
        ("研修", 12, 0, "実施"),
        ("講座", 3, 250, "実施"),
    ):
        sheet.append(row)
    sheet.sheet_view.showZeros = False
    sheet["B2"].number_format = '0"人"'
    struck = Font(strike=True)
    sheet.conditional_formatting.add("D2:D4", FormulaRule(formula=['$D2="中止"'], font=struck))
    sheet.conditional_formatting.add("B2:B4", CellIsRule(operator="equal", formula=["12"], font=struck))
    times = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode='0"回"'))
    sheet.conditional_formatting.add(
        "C2:C4", Rule(type="cellIs", operator="greaterThan", formula=["100"], dxf=times)
    )
    book.save(path)


def make_coloured(path):
    """Words in the colour of their ground, and figures below nought that only a colour tells."""
    book = new_book()
    sheet = book.create_sheet("色")
    white, black = Font(color="FFFFFFFF"), Font(color="FF000000")
    fill = lambda colour: PatternFill("solid", fgColor=colour)
    for text, font, ground in (
        ("白", white, None),
        ("白の上の白", white, fill("FFFFFFFF")),
        ("見出し", white, fill("FF1F3864")),
        ("黒塗り", black, fill("FF000000")),
        ("条件", white, None),
        ("既定", Font(color=Color(theme=0)), None),
        ("灰色", Font(color="FF808080"), None),
        ("番号", Font(color=Color(indexed=9)), None),
        ("赤", Font(color="FFFF0000"), None),
        (128, white, None),
    ):
        sheet.append((text, "隣"))
        cell = sheet.cell(sheet.max_row, 1)
        cell.font = font
        if ground:
            cell.fill = ground
    stretch = lambda colour, text: TextBlock(InlineFont(color=colour), text)
    sheet.append((CellRichText("前", stretch("FFFFFFFF", "秘"), stretch("FF000000", "後")), "隣"))
    dark = PatternFill("solid", bgColor="FF1F3864")
    sheet.conditional_formatting.add("A5", CellIsRule(operator="equal", formula=['"条件"'], fill=dark))
    for value, number_format in (
        (-1234, "#,##0;[Red]#,##0"),
        (-5, '0"名";[Red]0'),
        (-5, "#,##0;(#,##0)"),
        (-5, '0;"減"0'),
        (-5, "0;0"),
        (5, '0"名";[Red]0'),
        (-5, '0;[Red]0"人"'),
    ):
        sheet.append((value, "隣"))
        sheet.cell(sheet.max_row, 1).number_format = number_format
    book.save(path)


def new_book():
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = MOMENT
    return book


def save_again(source, folder, ending):
    command = ["soffice", "--headless", "--convert-to", ending, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main():
    own, again = HERE / "python", HERE / "libreoffice"
    for folder in (own, again):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    title, programs = read_programs()
    make_word(title, programs, own / "章.docx")
    make_forms(programs, own / "章.xlsx")
    make_list(programs, own / "一覧.xlsx")
    make_shown(own / "表示.xlsx")
    make_conditional(own / "条件.xlsx")
    make_coloured(own / "色.xlsx")
    save_again(own / "章.docx", again, "docx")
    for name in ("章.xlsx", "一覧.xlsx", "表示.xlsx", "条件.xlsx", "色.xlsx"):
        save_again(own / name, again, "xlsx")
    for name in ("一覧.xlsx", "表示.xlsx", "条件.xlsx", "色.xlsx"):
        save_again(own / name, again, "ods")
        save_again(own / name, again, "xls")


main()
