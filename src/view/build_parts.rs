//! 前付 and 後付 as they are printed: everything but page numbers is worked out here.

use super::build::{ViewBuilder, chapter_anchor, program_anchor, sum_text};
use super::part::*;
use super::style::UNPRINTABLE;
use crate::form::FieldKind;
use crate::model::{Category, Listing, Part, Program, ProgramIndex, ReportHead};
use crate::reading_order::{ReadingOrder, heading};
use crate::syntax::FieldName;
use crate::totals::{self, Sum};

impl ViewBuilder<'_> {
    pub(super) fn front_matter(&self) -> Vec<PartView> {
        self.build_parts_of(|head| &head.front_matter)
    }

    pub(super) fn back_matter(&self) -> Vec<PartView> {
        self.build_parts_of(|head| &head.back_matter)
    }

    fn build_parts_of(&self, named: impl Fn(&ReportHead) -> &[Part]) -> Vec<PartView> {
        let head = self.input.report.head.as_ref();
        let parts = head.map(named).unwrap_or_default().iter().filter(|part| self.has_content(**part));
        parts.map(|part| self.part(*part)).collect()
    }

    /// A page with a heading and nothing below it is not printed.
    fn has_content(&self, part: Part) -> bool {
        match part {
            Part::Cover | Part::Contents | Part::Summary | Part::Departments => true,
            Part::Index => self.input.report.printed_programs().next().is_some(),
            Part::Charts => !self.charts().charts.is_empty(),
        }
    }

    /// Every part of the book, in its order.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let head = self.input.report.head.iter();
        let named = head.flat_map(|head| head.front_matter.iter().chain(&head.back_matter)).copied();
        named.filter(|part| self.has_content(*part))
    }

    pub fn part(&self, part: Part) -> PartView {
        match part {
            Part::Cover => PartView::Cover,
            Part::Contents => PartView::Contents(self.contents()),
            Part::Summary => PartView::Summary(self.summary()),
            Part::Departments => PartView::Departments(self.departments()),
            Part::Index => PartView::Index(self.index()),
            Part::Charts => PartView::Charts(self.charts()),
        }
    }

    fn contents(&self) -> ContentsView {
        let report = self.input.report;
        let mut entries = Vec::new();
        let part = |part: &Part| EntryView {
            kind: EntryKind::Part,
            level: 1,
            number: String::new(),
            title: part.name().to_string(),
            anchor: part_anchor(*part),
        };
        let (front, back) =
            report.head.as_ref().map_or((&[][..], &[][..]), |head| (&head.front_matter, &head.back_matter));
        let is_listed = |part: &&Part| !matches!(part, Part::Cover | Part::Contents) && self.has_content(**part);
        entries.extend(front.iter().filter(is_listed).map(part));
        for (index, chapter) in report.chapters.iter().enumerate() {
            entries.push(EntryView {
                kind: EntryKind::Chapter,
                level: chapter.level + 1,
                number: self.chapter_number(index),
                title: self.chapter_title(chapter),
                anchor: chapter_anchor(index),
            });
            let places = (0..chapter.programs.len()).map(|program| ProgramIndex { chapter: index, program });
            entries.extend(places.filter_map(|place| Some(self.entry(place, report.program(place)?))));
        }
        entries.extend(back.iter().filter(is_listed).map(part));
        ContentsView { heading: Part::Contents.name().to_string(), anchor: part_anchor(Part::Contents), entries }
    }

    fn entry(&self, place: ProgramIndex, program: &Program) -> EntryView {
        EntryView {
            kind: EntryKind::Program,
            level: self.chapter_level(place.chapter) + 2,
            number: (place.program + 1).to_string(),
            title: self.program_name(program),
            anchor: program_anchor(place),
        }
    }

    /// 総括表
    fn summary(&self) -> SummaryView {
        let report = self.input.report;
        let total = totals::total(report);
        let rows = report.chapters.iter().enumerate().map(|(index, chapter)| SummaryRowView {
            level: chapter.level,
            number: self.chapter_number(index),
            label: self.chapter_title(chapter),
            cells: self.sum_cells(totals::whole_chapter(report, index), total),
            anchor: chapter_anchor(index),
        });
        let mut notes = Vec::new();
        let has_relisted = |listing: &Listing| matches!(listing, Listing::Relisted { .. });
        if report.chapters.iter().flat_map(|chapter| &chapter.listing).any(has_relisted) {
            notes.push("再掲の事業は、事業の頁がある章で数え、再掲した章では数えていない。".to_string());
        }
        if report.is_nested() {
            let amount = self.amount_word().map(|word| format!("及び{word}")).unwrap_or_default();
            notes.push(format!("章の事業数{amount}は、その中の章の事業を含む。"));
        }
        let outermost = (0..report.chapters.len()).filter(|index| self.chapter_level(*index) == 0);
        let sums: Vec<Sum> = outermost.map(|index| totals::whole_chapter(report, index)).collect();
        notes.extend(self.general_notes(total, &sums));
        SummaryView {
            heading: Part::Summary.name().to_string(),
            anchor: part_anchor(Part::Summary),
            columns: self.sum_columns("章", &[]),
            rows: rows.collect(),
            total: self.total_row(total, &[]),
            notes,
            grades: self.grade_counts(),
        }
    }

    /// 所管課別集計
    fn departments(&self) -> SummaryView {
        let report = self.input.report;
        let total = totals::total(report);
        let sums = totals::by_department(report);
        let joint: usize = sums.iter().map(|sum| sum.joint).sum();
        let unnamed = total.programs - sums.iter().map(|sum| sum.sum.programs).sum::<usize>();
        let row = |sum: &totals::DepartmentSum| {
            let mut cells = self.sum_cells(sum.sum, total);
            if joint > 0 {
                cells.push(sum.joint.to_string());
            }
            SummaryRowView { label: self.printer.text(&sum.name), cells, ..row_without_chapter() }
        };
        let mut notes = Vec::new();
        let (more_columns, more_cells) = if joint > 0 {
            notes.push(
                "2以上の課等が担当する事業は、初めに記した課等の事業として数え、ほかの課等では「共同」の欄に数えた。"
                    .to_string(),
            );
            (vec!["共同".to_string()], vec!["—".to_string()])
        } else {
            (Vec::new(), Vec::new())
        };
        // Only in a draft.
        if unnamed > 0 {
            notes.push(format!("担当の分からない事業が{unnamed}件ある。"));
        }
        let own: Vec<Sum> = sums.iter().map(|sum| sum.sum).collect();
        notes.extend(self.general_notes(total, &own));
        SummaryView {
            heading: Part::Departments.name().to_string(),
            anchor: part_anchor(Part::Departments),
            columns: self.sum_columns(&format!("{}等", self.department_word()), &more_columns),
            rows: sums.iter().map(row).collect(),
            total: self.total_row(total, &more_cells),
            notes,
            grades: Vec::new(),
        }
    }

    fn sum_columns(&self, label: &str, more: &[String]) -> Vec<String> {
        let mut columns = vec![label.to_string(), "事業数".to_string()];
        if self.has_new() {
            columns.push("うち新規".to_string());
        }
        if let Some(word) = self.amount_word() {
            columns.push(format!("{}{word}（{}）", self.year.short, self.unit()));
            columns.push("構成比（%）".to_string());
        }
        columns.extend_from_slice(more);
        columns
    }

    /// Whether 新規 is among the categories of the office's form; where it has no row for 区分, whether a program is.
    pub(super) fn has_new(&self) -> bool {
        let report = self.input.report;
        match report.form.field(FieldName::Category).map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => choices.find(Category::New.name()).is_some(),
            Some(FieldKind::None) => false,
            Some(_) | None => report.printed_programs().any(|(_, program)| program.category() == Category::New),
        }
    }

    fn sum_cells(&self, sum: Sum, total: Sum) -> Vec<String> {
        let mut cells = vec![sum.programs.to_string()];
        if self.has_new() {
            cells.push(sum.new_programs.to_string());
        }
        if self.amount_word().is_some() {
            let share = match (sum.value, total.value) {
                (Some(part), Some(whole)) => totals::share(part, whole).map_or_else(|| "—".to_string(), tenths),
                _ => UNPRINTABLE.to_string(),
            };
            cells.extend([sum_text(sum.value), share]);
        }
        cells
    }

    fn total_row(&self, total: Sum, more: &[String]) -> SummaryRowView {
        let mut cells = self.sum_cells(total, total);
        cells.extend_from_slice(more);
        SummaryRowView { label: "合計".to_string(), cells, ..row_without_chapter() }
    }

    /// Which programs are in no sum, and how shares are rounded where their sum shows it.
    fn general_notes(&self, total: Sum, rows: &[Sum]) -> Vec<String> {
        if !self.input.report.form.has_amount() {
            return Vec::new();
        }
        let outside =
            self.input.report.printed_programs().filter(|(_, program)| program.outside_total.is_some()).count();
        let mut notes = Vec::new();
        let Some(word) = self.amount_word() else { return notes };
        if outside > 0 {
            notes.push(format!("{word}を合計に含めない事業が{outside}件あり、事業数には含む。"));
        }
        let share = |row: &Sum| totals::share(row.value?, total.value?);
        let shares: Option<i64> = rows.iter().map(share).sum();
        if shares.is_some_and(|shares| shares != 1000) {
            notes.push("構成比は小数第2位を四捨五入したため、内訳の計は100.0にならない。".to_string());
        }
        notes
    }

    fn index(&self) -> IndexView {
        let lists = [self.index_by_reading(), Some(self.index_by_department())];
        IndexView {
            heading: Part::Index.name().to_string(),
            anchor: part_anchor(Part::Index),
            lists: lists.into_iter().flatten().filter(|list| !list.groups.is_empty()).collect(),
        }
    }

    /// Programs in the order of their よみ; nothing where no program has one. Those without stand at the end.
    fn index_by_reading(&self) -> Option<IndexListView> {
        let order = ReadingOrder::default();
        let (mut read, unread): (Vec<_>, Vec<_>) =
            self.input.report.printed_programs().partition(|(_, program)| program.reading.is_some());
        if read.is_empty() {
            return None;
        }
        fn reading(program: &Program) -> &str {
            program.reading.as_ref().map_or("", |reading| &reading.value)
        }
        read.sort_by(|(place, one), (other_place, other)| {
            order.compare(reading(one), reading(other)).then_with(|| place.cmp(other_place))
        });
        let mut groups: Vec<IndexGroupView> = Vec::new();
        let mut push = |head: &str, entry| match groups.last_mut().filter(|group| group.heading == head) {
            Some(group) => group.entries.push(entry),
            None => groups.push(IndexGroupView { heading: head.to_string(), entries: vec![entry] }),
        };
        for (place, program) in read {
            push(heading(reading(program)).unwrap_or("その他"), self.entry(place, program));
        }
        for (place, program) in unread {
            push("よみの記入がないもの", self.entry(place, program));
        }
        Some(IndexListView { heading: "事業名索引".to_string(), groups })
    }

    /// Programs under each department that they name.
    fn index_by_department(&self) -> IndexListView {
        let report = self.input.report;
        let groups = totals::by_department(report).into_iter().map(|sum| {
            let named = report
                .printed_programs()
                .filter(|(_, program)| program.departments.iter().any(|department| department.name == sum.name));
            IndexGroupView {
                heading: self.printer.text(&sum.name),
                entries: named.map(|(place, program)| self.entry(place, program)).collect(),
            }
        });
        IndexListView { heading: "所管課別索引".to_string(), groups: groups.collect() }
    }
}

fn row_without_chapter() -> SummaryRowView {
    SummaryRowView { level: 0, number: String::new(), label: String::new(), cells: Vec::new(), anchor: String::new() }
}

/// 333 as 33.3
fn tenths(value: i64) -> String {
    let sign = if value < 0 { "△" } else { "" };
    format!("{sign}{}.{}", value.abs() / 10, value.abs() % 10)
}
