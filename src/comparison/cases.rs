//! 【事例】 and photographs.

use super::align::{Item, align};
use super::prose::compare_blocks;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::{Case, Photo};

fn title(side: &Side<'_>, case: &Case) -> String {
    case.title.as_ref().map(|title| side.painter.text(&title.value)).unwrap_or_default()
}

/// A case as one text.
fn whole(side: &Side<'_>, case: &Case) -> Seen {
    let blocks = side.painter.blocks(&case.blocks);
    let lines = blocks.iter().map(|block| format!("{}{}", block.marker, block.text));
    let lines: Vec<String> = std::iter::once(title(side, case)).chain(lines).collect();
    Seen::new(lines.join("\n"), case.heading)
}

pub(super) fn compare_cases(scope: &mut Scope<'_>, old: &[Case], new: &[Case]) {
    let items = |side: &Side<'_>, cases: &[Case]| -> Vec<Item> {
        cases.iter().map(|case| Item { key: title(side, case), text: whole(side, case).text }).collect()
    };
    for pair in align(&items(scope.old, old), &items(scope.new, new), true) {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let (old_side, new_side) = (scope.old, scope.new);
        let (Some(was), Some(is)) = (was, is) else {
            let (before, after) = (was.map(|case| whole(old_side, case)), is.map(|case| whole(new_side, case)));
            scope.differ("【事例】", before, after, Extent::Near);
            continue;
        };
        let seen = |side: &Side<'_>, case: &Case| Some(Seen::new(title(side, case), case.heading));
        scope.differ("【事例】題", seen(old_side, was), seen(new_side, is), Extent::Whole);
        let name = format!("【事例】{}　", title(new_side, is));
        if let (true, Some(from), Some(to)) = (pair.moved, pair.old, pair.new) {
            let place = |at: usize| format!("{}つ目の事例", at + 1);
            scope.moved(name.trim_end(), Seen::new(place(from), was.heading), Seen::new(place(to), is.heading));
        }
        compare_blocks(scope, &name, (&was.blocks, &is.blocks), is.heading);
        compare_photos(scope, &was.photos, &is.photos);
    }
}

pub(super) fn compare_photos(scope: &mut Scope<'_>, old: &[Photo], new: &[Photo]) {
    let items = |photos: &[Photo]| -> Vec<Item> {
        photos
            .iter()
            .map(|photo| Item { key: photo.file_name.value.clone(), text: photo.file_name.value.clone() })
            .collect()
    };
    let (old_side, new_side) = (scope.old, scope.new);
    let caption = |side: &Side<'_>, photo: &Photo| side.painter.lines(&photo.caption);
    // A photograph without a caption is named by its file.
    let seen = |side: &Side<'_>, photo: &Photo| {
        let caption = caption(side, photo);
        Seen::new(if caption.is_empty() { photo.file_name.value.clone() } else { caption }, photo.span)
    };
    for pair in align(&items(old), &items(new), true) {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let (Some(was), Some(is)) = (was, is) else {
            let (before, after) = (was.map(|photo| seen(old_side, photo)), is.map(|photo| seen(new_side, photo)));
            scope.differ("写真", before, after, Extent::Whole);
            continue;
        };
        let text = |text: String, photo: &Photo| (!text.is_empty()).then(|| Seen::new(text, photo.span));
        let (before, after) = (text(caption(old_side, was), was), text(caption(new_side, is), is));
        scope.differ("写真の見出し", before, after, Extent::Whole);
        let alt = |side: &Side<'_>, photo: &Photo| text(side.painter.lines(&photo.alt), photo);
        if let (Some(before), Some(after)) = (alt(old_side, was), alt(new_side, is)) {
            if let Some(change) = scope.differ("写真の説明（読み上げ）", Some(before), Some(after), Extent::Whole)
            {
                change.on_page = false;
            }
        }
        let (one, other) = (old_side.picture(was), new_side.picture(is));
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            let before = Seen::new(format!("前の写真（{}）", was.file_name.value), was.span);
            let after = Seen::new(format!("今の写真（{}）", is.file_name.value), is.span);
            scope.differ("写真の差し替え", Some(before), Some(after), Extent::Whole);
        }
        if let (true, Some(from), Some(to)) = (pair.moved, pair.old, pair.new) {
            let place = |at: usize| format!("{}枚目", at + 1);
            scope.moved("写真の順", Seen::new(place(from), was.span), Seen::new(place(to), is.span));
        }
    }
}
