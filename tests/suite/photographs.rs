//! Photographs from the camera to the PDF: upright, without place and owner, as fine as paper shows them.

use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, Session, check, view_files};
use jigyo::typeset::{Pages, Template};
use lopdf::{Document, Object, Stream};

use crate::conformance::assert_conformant;
use crate::pictures::{SECRET, corners, drawing, exif, holds, jpeg, noted, png, scene};
use crate::tools::{build_memory, found, program, small_report};

/// The small report with photographs, each in a row of 【写真】 from line 14 on.
fn with_photographs(photographs: &[(&str, &[u8])]) -> Memory {
    let rows: String = photographs.iter().map(|(name, _)| format!("{name}｜説明会｜説明を聞く人々\n")).collect();
    let report = small_report().with("01_章/一.jigyo", program("一") + "【写真】\n" + &rows);
    photographs.iter().fold(report, |report, (name, bytes)| report.with(format!("01_章/{name}"), *bytes))
}

fn build(photographs: &[(&str, &[u8])]) -> Vec<u8> {
    let (checked, built) = build_memory(&with_photographs(photographs), false);
    assert_eq!(found(&checked), Vec::<String>::new());
    built.expect("builds").pdf
}

/// What a template reads under `/photos/`, in order.
fn photos_of(disk: &Memory) -> Vec<Vec<u8>> {
    let checked = check(disk).unwrap();
    assert_eq!(found(&checked), Vec::<String>::new());
    view_files(&checked, false).photos.values().map(|picture| picture.bytes().to_vec()).collect()
}

/// Width, height, filter and data of each picture in a PDF; those that are another's transparency left out.
fn pictures_in(pdf: &[u8]) -> Vec<(i64, i64, String, Vec<u8>)> {
    let document = Document::load_mem(pdf).unwrap();
    let streams = || document.objects.iter().filter_map(|(id, object)| Some((id, object.as_stream().ok()?)));
    let masks: Vec<_> =
        streams().filter_map(|(_, stream)| stream.dict.get(b"SMask").ok()?.as_reference().ok()).collect();
    let is_picture =
        |stream: &Stream| stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().ok() == Some(b"Image"));
    streams()
        .filter(|(id, stream)| is_picture(stream) && !masks.contains(id))
        .map(|(_, stream)| {
            let number = |key: &[u8]| stream.dict.get(key).unwrap().as_i64().unwrap();
            let filter = stream.dict.get(b"Filter").unwrap();
            let last = filter.as_array().map_or(filter, |filters| filters.last().unwrap());
            let filter = last.as_name().unwrap().to_vec();
            let filter = String::from_utf8(filter).unwrap();
            (number(b"Width"), number(b"Height"), filter, stream.content.clone())
        })
        .collect()
}

fn sizes(pdf: &[u8]) -> Vec<(i64, i64)> {
    pictures_in(pdf).into_iter().map(|(width, height, ..)| (width, height)).collect()
}

#[test]
fn every_way_to_hold_a_camera_comes_out_upright() {
    // How the camera's memory shows a scene of 赤緑 above 青黄 when it was held in each way, and how it is written down.
    let upright = scene(60, 40);
    let ways: [(u16, image::RgbImage); 8] = [
        (1, upright.clone()),
        (2, image::imageops::flip_horizontal(&upright)),
        (3, image::imageops::rotate180(&upright)),
        (4, image::imageops::flip_vertical(&upright)),
        (5, image::imageops::rotate270(&image::imageops::flip_horizontal(&upright))),
        (6, image::imageops::rotate270(&upright)),
        (7, image::imageops::rotate90(&image::imageops::flip_horizontal(&upright))),
        (8, image::imageops::rotate90(&upright)),
    ];
    for (orientation, held) in ways {
        let held_jpeg = noted(&jpeg(held.clone()), orientation);
        let held_png = {
            let mut file = img_parts::png::Png::from_bytes(png(held).into()).unwrap();
            let chunk = img_parts::png::PngChunk::new(*b"eXIf", exif(orientation).into());
            file.chunks_mut().insert(1, chunk);
            file.encoder().bytes().to_vec()
        };
        for (name, bytes) in [("a.jpg", held_jpeg), ("a.png", held_png)] {
            let disk = with_photographs(&[(name, &bytes)]);
            let photo = photos_of(&disk).remove(0);
            let size = image::load_from_memory(&photo).unwrap();
            assert_eq!((size.width(), size.height()), (60, 40), "{name} {orientation}");
            assert_eq!(corners(&photo), "赤緑青黄", "{name} {orientation}");
            assert!(!holds(&photo, SECRET) && !holds(&photo, b"Exif"), "{name} {orientation}");
            // Nothing is left that could turn it once more.
            let pdf = build_memory(&disk, false).1.expect("builds").pdf;
            assert_eq!(sizes(&pdf), [(60, 40)], "{name} {orientation}");
        }
    }
}

#[test]
fn place_and_owner_are_in_no_output() {
    for orientation in [1, 6] {
        let photograph = noted(&jpeg(scene(300, 200)), orientation);
        assert!(holds(&photograph, SECRET));
        let disk = with_photographs(&[("a.jpg", &photograph)]);
        assert!(!photos_of(&disk).iter().any(|photo| holds(photo, SECRET)));
        let (_, built) = build_memory(&disk, false);
        let built = built.expect("builds");
        assert!(!holds(&built.pdf, SECRET));
        let pages = Pages::new(built.document);
        let shown: Vec<Vec<u8>> = (0..pages.count()).flat_map(|page| shown_on(&pages.svg(page).unwrap())).collect();
        assert_eq!(shown.len(), 1);
        assert!(!holds(&shown[0], SECRET));
        assert_eq!(corners(&shown[0]), if orientation == 1 { "赤緑青黄" } else { "青赤黄緑" });
    }
}

/// The pictures in a page for a screen.
fn shown_on(svg: &str) -> Vec<Vec<u8>> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    svg.split("base64,")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().trim_end_matches('=').as_bytes())
        .map(|letters| {
            let four = |four: &[u8]| {
                let bits = four.iter().fold(0, |bits, letter| bits << 6 | value(*letter)) << (6 * (4 - four.len()));
                bits.to_be_bytes()[1..four.len()].to_vec()
            };
            letters.chunks(4).flat_map(four).collect()
        })
        .collect()
}

#[test]
fn a_photograph_that_paper_shows_whole_keeps_its_data() {
    let plain = jpeg(scene(400, 300));
    let pdf = build(&[("a.jpg", &noted(&plain, 1))]);
    let (width, height, filter, data) = pictures_in(&pdf).remove(0);
    assert_eq!((width, height, filter.as_str()), (400, 300, "DCTDecode"));
    let scan = plain.windows(2).position(|marker| marker == [0xFF, 0xDA]).unwrap();
    assert!(data.ends_with(&plain[scan..]), "the picture was written anew");
}

/// The official template prints a photograph that stands alone at most 0.56 of the measure of 43 × 10.5 pt wide, and a third of
/// the measure of 37 × 1.75 × 10.5 + 10.5 pt high.
#[test]
fn photographs_are_printed_at_two_hundred_pixels_to_the_inch() {
    let pixels = |points: f64| (points / 72.0 * 200.0).ceil() as i64;
    let (widest, highest) = (pixels(0.56 * 43.0 * 10.5), pixels((37.0 * 1.75 * 10.5 + 10.5) / 3.0));
    let near = |one: i64, other: i64| (one - other).abs() <= 1;
    let photograph = |width, height| jpeg(scene(width, height));
    for (width, height) in [(2800, 2100), (1200, 900), (1800, 900), (900, 2600)] {
        let size = sizes(&build(&[("a.jpg", &photograph(width, height))]));
        let [(wide, high)] = size[..] else { panic!("{size:?}") };
        assert!(near(wide, widest) || near(high, highest), "{width}×{height}: {wide}×{high}");
        assert!(wide <= widest && high <= highest, "{width}×{height}: {wide}×{high}");
        let shape = f64::from(width) / f64::from(height) / (wide as f64 / high as f64);
        assert!((0.99..1.01).contains(&shape), "{width}×{height}: {wide}×{high}");
    }
}

#[test]
fn small_pictures_stay_small_and_wide_views_take_the_measure() {
    let shown = |photographs: &[(&str, &[u8])]| {
        let (_, built) = build_memory(&with_photographs(photographs), false);
        let pages = Pages::new(built.expect("builds").document);
        let svgs: Vec<String> = (0..pages.count()).map(|page| pages.svg(page).unwrap()).collect();
        let attribute = |element: &str, name: &str| -> f64 {
            element.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let elements = svgs.iter().flat_map(|svg| svg.split("<image ").skip(1).map(|rest| format!(" {rest}")));
        elements.map(|element| (attribute(&element, "width"), attribute(&element, "height"))).collect::<Vec<_>>()
    };
    let (icon, photograph) = (png(scene(40, 30)), jpeg(scene(800, 600)));
    // 96 pixels to the inch.
    assert_eq!(shown(&[("a.png", &icon)]), [(30.0, 22.5)]);
    let pair = shown(&[("a.png", &icon), ("b.jpg", &photograph)]);
    assert_eq!(pair[0], (30.0, 22.5));
    assert!((pair[1].1 - (43.0 * 10.5 - 16.0) / 2.0 * 0.75).abs() < 0.1, "{pair:?}");
    // Two of nearly one size are of one height.
    let pair = shown(&[("a.jpg", &jpeg(scene(200, 150))), ("b.jpg", &photograph)]);
    assert_eq!(pair, [(150.0, 112.5), (150.0, 112.5)]);
    let wide = shown(&[("a.jpg", &jpeg(scene(1800, 300)))]);
    assert!((wide[0].0 - 43.0 * 10.5).abs() < 0.1, "{wide:?}");
}

#[test]
fn a_photograph_printed_twice_is_in_the_pdf_once_and_two_builds_agree() {
    let (one, two) = (jpeg(scene(1600, 1200)), jpeg(scene(1200, 1600)));
    let photographs: [(&str, &[u8]); 4] = [("a.jpg", &one), ("b.jpg", &two), ("c.jpg", &one), ("d.jpg", &two)];
    let pdf = build(&photographs);
    assert_eq!(sizes(&pdf).len(), 2);
    assert!(pdf == build(&photographs), "two builds differ");
}

#[test]
fn a_session_prints_what_a_start_from_nothing_prints() {
    let photograph = noted(&jpeg(scene(1600, 1200)), 6);
    let mut disk = with_photographs(&[("a.jpg", &photograph)]);
    let mut session = Session::default();
    for words in ["研修を2回行った。", "研修を3回行った。"] {
        let text = String::from_utf8(disk.get("01_章/一.jigyo").unwrap().to_vec()).unwrap();
        disk.insert("01_章/一.jigyo", text.replace("研修を2回行った。", words));
        let mut checked = session.check(&disk).unwrap();
        let document = session.lay_out(&mut checked, Template::built_in("official").unwrap(), false).unwrap();
        let pdf = session.write_pdf(&mut checked, &document, BuildOptions::default()).unwrap();
        let afresh = build_memory(&disk, false).1.unwrap().pdf;
        assert!(pdf == afresh, "{words}");
    }
}

#[test]
fn pages_with_photographs_are_conformant() {
    let mut grey16 = image::ImageBuffer::<image::Luma<u16>, Vec<u16>>::new(1200, 900);
    grey16.enumerate_pixels_mut().for_each(|(x, y, pixel)| pixel.0 = [u16::try_from(x * 30 + y).unwrap()]);
    let pictures: [(&str, Vec<u8>); 6] = [
        ("a.jpg", noted(&jpeg(scene(2400, 1800)), 6)),
        ("b.jpg", noted(&jpeg(scene(300, 200)), 1)),
        ("c.png", png(drawing(1500, 1100))),
        ("d.png", png(image::DynamicImage::ImageLuma16(grey16))),
        ("e.jpg", jpeg(image::DynamicImage::ImageRgb8(scene(1500, 900)).to_luma8())),
        ("f.svg", br##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="20" height="30" fill="#333"/></svg>"##.to_vec()),
    ];
    let pictures: Vec<(&str, &[u8])> = pictures.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let pdf = build(&pictures);
    assert_conformant("photographs", &pdf);
    // Each is a figure with its words, as before its pixels were exchanged.
    let document = Document::load_mem(&pdf).unwrap();
    let is_figure = |object: &&Object| {
        let tag = object.as_dict().ok().and_then(|dictionary| dictionary.get(b"S").ok()?.as_name().ok());
        tag == Some(b"Figure")
    };
    let figures: Vec<&Object> = document.objects.values().filter(is_figure).collect();
    assert_eq!(figures.len(), pictures.len());
    assert!(figures.iter().all(|figure| figure.as_dict().unwrap().has(b"Alt")));
}

#[test]
fn a_template_may_scale_and_turn() {
    let template = "#set document(title: \"あ\")\n#set text(lang: \"ja\")\n#set page(width: 210mm, height: 297mm)\n#let p = json(json(\"/report.json\").chapters.first().programs.first())\n#let photo = p.sections.last().photos.first()\n#rotate(90deg, scale(50%, image(photo.path, width: 144pt, alt: \"人\")))\n#image(photo.path, width: 90mm, alt: \"人\")\n#box(width: 36pt, height: 36pt, clip: true, image(photo.path, width: 72pt, height: 72pt, fit: \"cover\", alt: \"人\"))\n";
    let disk = with_photographs(&[("a.jpg", &jpeg(scene(1600, 1200)))])
        .with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行：県\n発行日：令和3年9月1日\n体裁：体裁\n")
        .with("体裁/main.typ", template);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let mut sizes = sizes(&built.expect("builds").pdf);
    sizes.sort();
    // 72 pt, 96 pt cut to 72, and 90 mm wide.
    assert_eq!(sizes, [(200, 150), (267, 200), (709, 532)]);
}

#[test]
fn what_cannot_be_printed_is_a_message_at_its_line() {
    let good = jpeg(scene(64, 48));
    let good_png = png(scene(64, 48));
    let claim = |mut bytes: Vec<u8>, at: usize, claim: &[u8]| {
        bytes[at..at + claim.len()].copy_from_slice(claim);
        bytes
    };
    // A frame header that claims 60,000 × 60,000.
    let frame = good.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    let huge_jpeg = claim(good.clone(), frame + 5, &[0xEA, 0x60, 0xEA, 0x60]);
    let flat_jpeg = claim(good.clone(), frame + 5, &[0, 0, 0, 0]);
    let huge_png = {
        let mut file = img_parts::png::Png::from_bytes(good_png.clone().into()).unwrap();
        let mut header = file.chunks()[0].contents().to_vec();
        header[..8].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        file.chunks_mut()[0] = img_parts::png::PngChunk::new(*b"IHDR", header.into());
        file.encoder().bytes().to_vec()
    };
    let bad: [(&str, Vec<u8>, &str); 12] = [
        ("a.jpg", huge_jpeg, "画素が多すぎます（横 60000・縦 60000"),
        ("b.png", huge_png, "画素が多すぎます（横 60000・縦 60000"),
        ("c.jpg", flat_jpeg, "壊れているか"),
        ("d.jpg", good[..good.len() - 40].to_vec(), "途中で切れています"),
        ("e.png", good_png[..good_png.len() / 2].to_vec(), "壊れているか"),
        ("f.jpg", Vec::new(), "中身が空です"),
        ("g.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "HEIC"),
        ("h.bmp", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), "BMP"),
        ("i.tif", b"II*\0\x08\0\0\0".to_vec(), "TIFF"),
        ("j.pdf", b"%PDF-1.7\n".to_vec(), "PDF"),
        ("k.webp", b"RIFF\x1a\0\0\0WEBPVP8 ".to_vec(), "WebP"),
        ("l.jpg", four_colours(), "CMYK"),
    ];
    let rows: Vec<(&str, &[u8])> = bad.iter().map(|(name, bytes, _)| (*name, bytes.as_slice())).collect();
    let disk = with_photographs(&rows);
    let checked = check(&disk).unwrap();
    for (index, ((name, _, words), message)) in bad.iter().zip(checked.diagnostics.iter()).enumerate() {
        let place = checked.files.get(message.primary.span.file).position(message.primary.span.start);
        assert_eq!((message.code.name(), place.line), ("J070", 14 + index), "{name}");
        assert!(message.message.contains(words), "{name}: {}", message.message);
        assert!(message.help.is_some());
    }
    assert_eq!(checked.diagnostics.iter().count(), bad.len());
    // A draft shows their places.
    let mut checked = check(&disk).unwrap();
    let template = checked.template().unwrap();
    let options = BuildOptions { draft: true, ..BuildOptions::default() };
    let built = jigyo::pipeline::build(&mut checked, template, options);
    assert_conformant("broken photographs", &built.expect("a draft is made").pdf);
}

/// A JPEG whose frame has four colours.
fn four_colours() -> Vec<u8> {
    let grey = jpeg(image::DynamicImage::new_luma8(8, 8));
    let frame = grey.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    let scan = grey.windows(2).position(|marker| marker == [0xFF, 0xDA]).unwrap();
    let components: Vec<u8> = (1..=4).flat_map(|id| [id, 0x11, 0]).collect();
    let selectors: Vec<u8> = (1..=4).flat_map(|id| [id, 0]).collect();
    [
        &grey[..frame],
        &[0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4],
        &components,
        &grey[frame + 13..scan],
        &[0xFF, 0xDA, 0, 14, 4],
        &selectors,
        &[0, 63, 0],
        &grey[scan + 10..],
    ]
    .concat()
}

#[test]
fn no_damage_to_a_photograph_is_more_than_a_message() {
    let mut random = fastrand::Rng::with_seed(11);
    for original in [noted(&jpeg(scene(160, 120)), 6), png(scene(50, 40)), png(drawing(120, 90))] {
        for _ in 0..60 {
            let mut damaged = original.clone();
            for _ in 0..random.usize(1..8) {
                let at = random.usize(..damaged.len().min(700));
                damaged[at] = random.u8(..);
            }
            damaged.truncate(random.usize(damaged.len() / 2..=damaged.len()));
            let disk = with_photographs(&[("a.jpg", &damaged)]);
            let checked = check(&disk).unwrap();
            let codes: Vec<&str> = checked.diagnostics.iter().map(|message| message.code.name()).collect();
            assert!(codes.is_empty() || codes == ["J070"], "{codes:?}");
        }
    }
}
