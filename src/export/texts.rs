//! 本文, one row a line: the prose of chapters and programs, notes under tables, 事例 and 写真.

use super::table::{Cell, Keys, Table, program_columns};
use crate::model::{Block, BlockKind, Case, Photo, ProgramIndex, SectionContent, Text};
use crate::syntax::SectionKind;

pub(super) fn texts<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let mut rows = Rows { list: Vec::new(), key: Vec::new() };
    for (index, chapter) in keys.report.chapters.iter().enumerate() {
        rows.key = keys.chapter(Some(index));
        rows.key.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        rows.push_blocks(SectionKind::ChapterOverview, 1, None, &chapter.head.overview.blocks);
        rows.push_contents(chapter.head.contents());
        for (place, program) in chapter.programs.iter().enumerate() {
            rows.key = keys.program(ProgramIndex { chapter: index, program: place }, program);
            rows.push_contents(program.contents());
        }
    }
    let columns = program_columns(&["見出し", "見出しの順", "題", "段落", "種類", "番号", "印", "段落の行", "文"]);
    Table { name: "本文", columns, rows: rows.list }
}

struct Rows<'a> {
    list: Vec<Vec<Cell<'a>>>,
    /// What the rows at hand repeat
    key: Vec<Cell<'a>>,
}

impl<'a> Rows<'a> {
    /// In printed order.
    fn push_contents(&mut self, contents: impl Iterator<Item = (SectionKind, &'a SectionContent)>) {
        let mut count = 0;
        for (section, content) in contents {
            match content {
                SectionContent::Prose(prose) => self.push_blocks(section, 1, None, &prose.blocks),
                SectionContent::Tables(tables) => {
                    for (place, table) in tables.iter().enumerate() {
                        self.push_blocks(section, place + 1, table.caption.as_ref(), &table.notes);
                    }
                }
                SectionContent::Cases(cases) => {
                    for (place, case) in cases.iter().enumerate() {
                        self.push_case(place + 1, case);
                        self.push_photos(&mut count, case.title.as_ref(), &case.photos);
                    }
                }
                SectionContent::Photos(photos) => self.push_photos(&mut count, None, photos),
                SectionContent::Choice(chosen) => self.push_blocks(section, 1, None, &chosen.blocks),
                SectionContent::Grades(grades) => {
                    for (number, row) in grades.rows.iter().enumerate() {
                        let place =
                            [section.name().into(), 1_usize.into(), Some(&row.criterion).into(), (number + 1).into()];
                        self.push_lines(&place, ["理由".into(), Cell::Empty, Cell::Empty], &row.reason);
                    }
                }
            }
        }
    }

    fn push_blocks(&mut self, section: SectionKind, place: usize, title: Option<&'a Text>, blocks: &'a [Block]) {
        for (number, block) in blocks.iter().enumerate() {
            let (kind, item, mark) = match &block.kind {
                BlockKind::Paragraph => ("段落", None, None),
                BlockKind::Hanging(mark) => ("印のある段落", None, Some(mark.as_str())),
                BlockKind::Subheading => ("小見出し", None, None),
                BlockKind::Item(number) => ("項目", Some(usize::from(*number)), None),
                BlockKind::Bullet => ("箇条書", None, None),
                BlockKind::Note => ("注", None, None),
            };
            let place = [section.name().into(), place.into(), title.into(), (number + 1).into()];
            self.push_lines(&place, [kind.into(), item.into(), mark.into()], &block.lines);
        }
    }

    /// A case that is nothing but its title has a row as well.
    fn push_case(&mut self, place: usize, case: &'a Case) {
        self.push_blocks(SectionKind::Case, place, case.title.as_ref(), &case.blocks);
        if case.blocks.is_empty() {
            let mut row = self.key.clone();
            row.extend([SectionKind::Case.name().into(), place.into(), case.title.as_ref().into()]);
            row.extend([const { Cell::Empty }; 6]);
            self.list.push(row);
        }
    }

    /// `title` is that of the case they belong to.
    fn push_photos(&mut self, count: &mut usize, title: Option<&'a Text>, photos: &'a [Photo]) {
        for photo in photos {
            *count += 1;
            let file = std::slice::from_ref(&photo.file_name);
            let parts = [("写真のファイル", file), ("写真の見出し", &photo.caption), ("写真の説明", &photo.alt)];
            for (number, (kind, lines)) in parts.into_iter().enumerate() {
                let place = [SectionKind::Photos.name().into(), (*count).into(), title.into(), (number + 1).into()];
                self.push_lines(&place, [kind.into(), Cell::Empty, Cell::Empty], lines);
            }
        }
    }

    fn push_lines(&mut self, place: &[Cell<'a>; 4], kind: [Cell<'a>; 3], lines: &'a [Text]) {
        for (number, line) in lines.iter().enumerate() {
            let mut row = self.key.clone();
            row.extend(place.iter().chain(&kind).cloned());
            row.extend([(number + 1).into(), line.into()]);
            self.list.push(row);
        }
    }
}
