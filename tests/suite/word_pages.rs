//! Pages of the Word edition: their numbers are fields that say what the official PDF says; paper, excerpts.

use std::collections::{BTreeMap, BTreeSet};

use jigyo::load::Folder;
use jigyo::pipeline::{build_word_excerpt, check, find_wanted};

use crate::tools::{build_folder, folders_in, pages_of, root, squeezed, texts_of};
use crate::word::{assert_whole, document};
use crate::word_document::{Word, Xml};

#[test]
fn pages_and_contents_are_fields_with_the_numbers_of_the_pdf() {
    for folder in folders_in(&root().join("reports")) {
        let word = Word::open(&document(&Folder::new(&folder)));
        let bookmarks: BTreeSet<&str> =
            word.document.all("w:bookmarkStart").iter().map(|mark| mark.get("w:name").unwrap()).collect();
        let references = word.fields("PAGEREF");
        assert!(references.len() > 10, "{}", folder.display());
        let mut pages: BTreeMap<&str, &str> = BTreeMap::new();
        for (target, shown) in &references {
            let target = target.strip_suffix(" \\h").unwrap();
            assert!(bookmarks.contains(target) && !shown.is_empty(), "{target} {shown}");
            assert_eq!(*pages.entry(target).or_insert(shown), shown, "{target}");
        }
        let contents = word.fields("TOC");
        assert_eq!(contents.len(), 1, "{}", folder.display());
        assert!(contents[0].0.starts_with("\\o \"1-"), "{contents:?}");
        assert!(word.part("word/footer1.xml").all("w:instrText")[0].text.contains("PAGE"));
        // Each stands on the page of the PDF that has this number.
        let built = build_folder(&folder, false).1.unwrap();
        let (Some(pages_laid_out), Some(texts)) = (pages_of(&built.pdf), texts_of(&built.pdf)) else { return };
        let foot = |page: &String| squeezed(page.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default());
        let numbered: BTreeMap<String, String> =
            pages_laid_out.iter().zip(&texts).map(|(page, text)| (foot(page), squeezed(text))).collect();
        for p in word.paragraphs() {
            let Some(mark) = p.child("w:bookmarkStart").and_then(|mark| mark.get("w:name")) else { continue };
            let Some(page) = pages.get(mark) else { continue };
            let text = numbered.get(&format!("-{page}-")).unwrap_or_else(|| panic!("there is no page {page}"));
            let head: String = squeezed(&p.shown()).chars().take(8).collect();
            assert!(text.contains(&head), "「{head}」 is not on page {page} of {}", folder.display());
        }
    }
}

#[test]
fn paper_and_numbers_of_pages_are_the_forms() {
    let sections = |name: &str| {
        let word = Word::open(&document(&Folder::new(root().join("reports").join(name))));
        let sections: Vec<Xml> = word.document.all("w:sectPr").into_iter().cloned().collect();
        sections
    };
    let tutorial = sections("tutorial");
    let numbers = |section: &Xml| {
        let numbers = section.child("w:pgNumType")?;
        Some((numbers.get("w:start").map(str::to_string), numbers.get("w:fmt").map(str::to_string)))
    };
    let said = |text: &str| Some(text.to_string());
    // The cover has no number, what follows is i, ii, iii, and the chapters begin with 31.
    assert!(tutorial[0].child("w:footerReference").is_none() && numbers(&tutorial[0]).is_none());
    assert_eq!(numbers(&tutorial[1]), Some((said("1"), said("lowerRoman"))));
    assert_eq!(tutorial.iter().filter_map(numbers).nth(1), Some((said("31"), None)));
    let wide = sections("ichiran");
    assert!(wide.iter().all(|section| section.child("w:pgSz").unwrap().get("w:orient") == Some("landscape")));
    assert!(tutorial.iter().all(|section| section.child("w:pgSz").unwrap().get("w:w") == Some("11906")));
}

#[test]
fn an_excerpt_has_the_pages_of_the_department() {
    let folder = root().join("reports/aomori-r2");
    let mut checked = check(&Folder::new(&folder)).unwrap();
    let wanted = find_wanted(&checked.report, &["労政・能力開発課".to_string()]).unwrap();
    let template = checked.template().unwrap();
    let edition = build_word_excerpt(&mut checked, template, &wanted).unwrap_or_else(|_| panic!());
    assert!(!edition.provisional);
    let word = assert_whole(&edition.bytes);
    let headings = word.texts_of_style("Heading2");
    for index in &wanted.programs {
        let name = &checked.report.program(*index).unwrap().name.as_ref().unwrap().value;
        assert!(headings.iter().any(|heading| heading == name), "{name}");
    }
    assert!(word.part("word/header1.xml").shown().contains("抜粋　労政・能力開発課"));
    assert!(word.fields("TOC").is_empty() && word.texts_of_style("Title").is_empty());
}
