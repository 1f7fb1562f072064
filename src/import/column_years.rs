//! Which year of a table of the form each of several columns of one name holds: what a column says itself, what stands over it, or
//! its place among the others. Knows no names.

use crate::form::{Table, ValueColumn};
use crate::model::FiscalYear;
use crate::syntax::chars::{is_blank, unified};

/// How it was found which column is which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// By its own words, or because there is one year alone
    Itself,
    /// By a head or a shape over it
    Above,
    /// By its place, from left to right
    Order,
    /// The only column: of the report's year, or of the year that its row says
    Alone,
}

/// A column of a list, with how many years behind the report's it says to be, itself and by what stands over it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) at: usize,
    pub(super) own: Option<i32>,
    pub(super) above: Option<i32>,
}

/// Columns of one name as columns of values: `slots` are those of the table that bear that name, from left to right, each with its
/// place there. A column that fits none is left out.
pub(super) fn assign(columns: &[Dated], slots: &[(usize, Option<i32>)]) -> Vec<(usize, usize, Told)> {
    let slot_of = |year: i32| slots.iter().find(|(_, own)| *own == Some(year)).map(|(slot, _)| *slot);
    if let ([only], [(slot, None)]) = (columns, slots) {
        return vec![(only.at, *slot, Told::Itself)];
    }
    if columns.iter().any(|column| column.own.is_some()) {
        let own = columns.iter().filter_map(|column| Some((column.at, slot_of(column.own?)?, Told::Itself)));
        return own.collect();
    }
    let above: Option<Vec<usize>> = columns.iter().map(|column| slot_of(column.above?)).collect();
    if let Some(above) = above.filter(|above| is_distinct(above)) {
        return columns.iter().zip(above).map(|(column, slot)| (column.at, slot, Told::Above)).collect();
    }
    if let [only] = columns {
        let slot = if only.above.is_some() { None } else { slot_of(0) };
        return slot.map(|slot| (only.at, slot, Told::Alone)).into_iter().collect();
    }
    let is_silent = columns.iter().all(|column| column.above.is_none());
    if is_silent && columns.len() == slots.len() {
        return columns.iter().zip(slots).map(|(column, (slot, _))| (column.at, *slot, Told::Order)).collect();
    }
    Vec::new()
}

fn is_distinct(slots: &[usize]) -> bool {
    let mut sorted = slots.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair.first() != pair.last())
}

/// The columns of values of one name, each with its place among all and its year.
pub(super) fn slots(table: &Table, name: Option<usize>) -> Vec<(usize, Option<i32>)> {
    let columns = table.value_columns().into_iter().enumerate();
    columns.filter(|(_, ValueColumn { column, .. })| *column == name).map(|(at, column)| (at, column.year)).collect()
}

/// The years of tables in the words of heads, the longest first.
pub(super) fn year_words<'a>(
    tables: impl Iterator<Item = &'a Table>,
    current: Option<FiscalYear>,
) -> Vec<(String, i32)> {
    let mut words: Vec<(String, i32)> = Vec::new();
    for offset in tables.flat_map(|table| table.years.iter().map(|year| year.offset)) {
        let number = current.map(|current| (current.year() + offset).to_string());
        let labels = words_of_year(offset, current).into_iter().chain(number);
        words.extend(labels.map(|label| (unified(&label).to_lowercase(), offset)));
    }
    words.sort_by(|one, other| other.0.chars().count().cmp(&one.0.chars().count()).then_with(|| one.cmp(other)));
    words.dedup();
    words
}

/// What a year is called that is counted from the report's.
pub(super) fn words_of_year(offset: i32, current: Option<FiscalYear>) -> Vec<String> {
    let year = current.map(|current| FiscalYear::new(current.year() + offset)).into_iter();
    let labels = year.flat_map(|year| [year.label(), year.short(), year.column(), format!("{}年度", year.year())]);
    let mut words = ["前々年度", "前年度", "当年度", "翌年度"].into_iter().zip(-2..);
    let word = words.find(|(_, known)| *known == offset).map(|(word, _)| word.to_string());
    labels.chain(word).collect()
}

/// A head without the year that it names: `R5 国庫支出金` and `国庫支出金（令和５年度）`.
pub(super) fn without_year(head: &str, words: &[(String, i32)]) -> Option<(String, i32)> {
    let parts = head.split(|c: char| c == '\n' || is_blank(c)).map(|part| unified(part).to_lowercase());
    let spaced = parts.collect::<Vec<_>>().join(" ");
    // 令和 5年度 is one word.
    let whole = unified(head).to_lowercase();
    [spaced, whole].iter().find_map(|head| words.iter().find_map(|(word, year)| Some((without(head, word)?, *year))))
}

fn without(head: &str, word: &str) -> Option<String> {
    let at = head.find(word)?;
    let (before, behind) = (head.get(..at)?, head.get(at + word.len()..)?);
    // Of 平成5年度 the end is no year of 令和, and of 指標2025 none at all.
    let is_joined = |c: char| c.is_ascii_alphanumeric();
    let has_era = ["令和", "平成", "昭和", "大正"].iter().any(|era| before.trim_end().ends_with(era));
    let is_part = has_era
        || (word.starts_with(is_joined) && before.ends_with(is_joined))
        || behind.starts_with(|c: char| c.is_ascii_digit());
    let rest = format!("{before} {behind}");
    (!is_part && rest.contains(char::is_alphabetic)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_a_word_of_its_own() {
        let words =
            [("令和7年度", 1), ("7年度", 1), ("2025", 1), ("r7", 1)].map(|(word, year)| (word.to_string(), year));
        let bare = |head| without_year(head, &words).map(|(rest, _)| rest.split_whitespace().collect::<String>());
        for head in ["成果指標1　Ｒ７", "R7成果指標1", "成果指標1\n令和 7年度", "令和7年度　成果指標1"]
        {
            assert_eq!(bare(head).as_deref(), Some("成果指標1"), "{head}");
        }
        assert_eq!(bare("国庫支出金（令和７年度）").as_deref(), Some("国庫支出金()"));
        assert_eq!(
            [bare("平成7年度の額"), bare("指標12025"), bare("令和7年度"), bare("27年度の額")],
            [const { None }; 4]
        );
    }

    fn silent(at: usize) -> Dated {
        Dated { at, own: None, above: None }
    }

    #[test]
    fn columns_without_a_year_stand_in_the_order_of_the_form() {
        let slots = [(0, Some(-1)), (1, Some(0)), (2, Some(1))];
        let told = |columns: &[Dated]| assign(columns, &slots);
        assert_eq!(
            told(&[silent(3), silent(13), silent(23)]),
            [(3, 0, Told::Order), (13, 1, Told::Order), (23, 2, Told::Order)]
        );
        // One too few says nothing, one alone is of this year.
        assert_eq!(told(&[silent(3), silent(13)]), []);
        assert_eq!(told(&[silent(3)]), [(3, 1, Told::Alone)]);
    }

    #[test]
    fn what_stands_over_a_column_goes_before_its_place() {
        let slots = [(0, Some(-1)), (1, Some(0))];
        let over = |at, above| Dated { at, own: None, above: Some(above) };
        assert_eq!(assign(&[over(3, 0), over(13, -1)], &slots), [(3, 1, Told::Above), (13, 0, Told::Above)]);
        // Years that the table does not have, and one year twice
        assert_eq!(assign(&[over(3, 0), over(13, 5)], &slots), []);
        assert_eq!(assign(&[over(3, 0), over(13, 0)], &slots), []);
    }
}
