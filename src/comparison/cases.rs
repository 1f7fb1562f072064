//! 【事例】 and photographs.

use super::align::{AlignedItem, align};
use super::order::{Listed, Order};
use super::prose::compare_blocks;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::{Case, Photo};

fn title(side: &Side<'_>, case: &Case) -> String {
    case.title.as_ref().map(|title| side.builder.text(&title.value)).unwrap_or_default()
}

/// A case as one text.
fn whole(side: &Side<'_>, case: &Case) -> Seen {
    let blocks = side.builder.blocks(&case.blocks);
    let lines = blocks.iter().map(|block| format!("{}{}", block.marker, block.text));
    let lines: Vec<String> = std::iter::once(title(side, case)).chain(lines).collect();
    Seen::new(lines.join("\n"), case.heading)
}

pub(super) fn compare_cases(scope: &mut Scope<'_>, old: &[Case], new: &[Case]) {
    let items = |side: &Side<'_>, cases: &[Case]| -> Vec<AlignedItem> {
        cases.iter().map(|case| AlignedItem { key: title(side, case), text: whole(side, case).text }).collect()
    };
    let pairs = align(&items(scope.old, old), &items(scope.new, new), true);
    let (old_side, new_side) = (scope.old, scope.new);
    let listed = |side: &Side<'_>, cases: &[Case], at: usize| {
        let (case, place) = (cases.get(at)?, format!("{}つ目の事例", at + 1));
        Some(Listed { name: title(side, case), place, span: case.heading })
    };
    scope.order(
        ("【事例】", "【事例】の順"),
        &Order::of_pairs(&pairs),
        (&|at| listed(old_side, old, at), &|at| listed(new_side, new, at)),
    );
    for pair in pairs {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let (Some(was), Some(is)) = (was, is) else {
            let (before, after) = (was.map(|case| whole(old_side, case)), is.map(|case| whole(new_side, case)));
            scope.differ("【事例】", before, after, Extent::Near);
            continue;
        };
        let seen = |side: &Side<'_>, case: &Case| Some(Seen::new(title(side, case), case.heading));
        scope.differ("【事例】題", seen(old_side, was), seen(new_side, is), Extent::Whole);
        let name = format!("【事例】{}　", title(new_side, is));
        compare_blocks(scope, &name, (&was.blocks, &is.blocks), is.heading);
        compare_photos(scope, &was.photos, &is.photos);
    }
}

pub(super) fn compare_photos(scope: &mut Scope<'_>, old: &[Photo], new: &[Photo]) {
    let item = |photo: &Photo| AlignedItem { key: photo.file_name.value.clone(), text: photo.file_name.value.clone() };
    let items = |photos: &[Photo]| -> Vec<AlignedItem> { photos.iter().map(item).collect() };
    // A photograph without a caption is named by its file.
    let seen = |side: &Side<'_>, photo: &Photo| {
        caption(side, photo).unwrap_or_else(|| Seen::new(photo.file_name.value.clone(), photo.span))
    };
    let pairs = align(&items(old), &items(new), true);
    let (old_side, new_side) = (scope.old, scope.new);
    let listed = |side: &Side<'_>, photos: &[Photo], at: usize| {
        let (photo, place) = (photos.get(at)?, format!("{}枚目", at + 1));
        Some(Listed { name: seen(side, photo).text, place, span: photo.span })
    };
    scope.order(
        ("写真　", "写真の順"),
        &Order::of_pairs(&pairs),
        (&|at| listed(old_side, old, at), &|at| listed(new_side, new, at)),
    );
    for pair in pairs {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let (Some(was), Some(is)) = (was, is) else {
            let (before, after) = (was.map(|photo| seen(scope.old, photo)), is.map(|photo| seen(scope.new, photo)));
            scope.differ("写真", before, after, Extent::Whole);
            continue;
        };
        compare_photo(scope, was, is);
    }
}

fn caption(side: &Side<'_>, photo: &Photo) -> Option<Seen> {
    let text = side.builder.lines(&photo.caption);
    (!text.is_empty()).then(|| Seen::new(text, photo.span))
}

fn compare_photo(scope: &mut Scope<'_>, old: &Photo, new: &Photo) {
    let (old_side, new_side) = (scope.old, scope.new);
    scope.differ("写真の見出し", caption(old_side, old), caption(new_side, new), Extent::Whole);
    // One without it is an error: it is a hole.
    let alt = |side: &Side<'_>, photo: &Photo| Some(Seen::new(side.builder.lines(&photo.alt), photo.span));
    if !old.alt.is_empty()
        && !new.alt.is_empty()
        && let Some(change) =
            scope.differ("写真の説明（読み上げ）", alt(old_side, old), alt(new_side, new), Extent::Whole)
    {
        change.on_page = false;
    }
    if let (Some(one), Some(other)) = (old_side.picture(old), new_side.picture(new))
        && one != other
    {
        let before = Seen::new(format!("前の写真（{}）", old.file_name.value), old.span);
        let after = Seen::new(format!("今の写真（{}）", new.file_name.value), new.span);
        scope.differ("写真の差し替え", Some(before), Some(after), Extent::Whole);
    }
}
