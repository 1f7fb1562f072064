//! The paper that a sheet is printed on: letters that can be read come before one page across.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// Sideways: the number that the format has for it, and the pixels between margins of half an inch.
const A4: (u8, usize) = (9, 1026);
const A3: (u8, usize) = (8, 1491);
/// Per cent: letters of 11 points are 6 points high then, and nobody reads smaller ones.
const SMALLEST: usize = 55;
/// Of a column without its characters, and of each half-width character, in pixels
const PADDING: usize = 5;
const CHARACTER: usize = 8;

/// `widths` in half-width characters. A4 where the columns fit beside each other, else A3; else several pages of A3 across, each with the column that says of
/// what its rows are.
pub(super) fn set_paper(sheet: &mut Worksheet, widths: &[usize], label: Option<usize>) -> Result<(), XlsxError> {
    let pixels: Vec<usize> = widths.iter().map(|width| CHARACTER * width + PADDING).collect();
    let whole: usize = pixels.iter().sum();
    sheet.set_landscape();
    if let Some((paper, _)) = [A4, A3].into_iter().find(|(_, room)| whole <= held_by(*room, SMALLEST)) {
        sheet.set_paper_size(paper).set_print_fit_to_pages(1, 0);
        return Ok(());
    }
    let (paper, room) = A3;
    let across = pages_across(&pixels, label, held_by(room, SMALLEST));
    sheet.set_paper_size(paper).set_print_fit_to_pages(across, 0);
    if let Some(label) = label.and_then(|label| u16::try_from(label).ok()) {
        sheet.set_repeat_columns(label, label)?;
    }
    Ok(())
}

/// The pixels of columns that a page holds at a scale. Programs measure letters a little differently: some room is left.
fn held_by(room: usize, scale: usize) -> usize {
    room * 95 / scale
}

/// A page ends before the column that no longer fits; the next one begins with the label.
fn pages_across(pixels: &[usize], label: Option<usize>, room: usize) -> u16 {
    let repeated = label.and_then(|label| pixels.get(label)).copied().unwrap_or(0);
    let (mut pages, mut used) = (1, 0);
    for (at, wide) in pixels.iter().enumerate() {
        if used > 0 && used + wide > room {
            pages += 1;
            used = if label.is_some_and(|label| label < at) { repeated } else { 0 };
        }
        used += wide;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_repeat_the_label() {
        assert_eq!(pages_across(&[100; 10], None, 500), 2);
        assert_eq!(pages_across(&[100; 10], Some(0), 500), 3);
        assert_eq!(pages_across(&[800, 100], Some(0), 500), 2);
    }
}
