//! Formulas of Word (OMML) as a line of text: fractions, powers and indexes; what no line says becomes 〓.

use super::superscripts::{Level, Pieces};
use super::word_fields::fraction;
use super::word_symbols::UNKNOWN;
use super::word_xml::WordElement;
use crate::xml::Element;

pub(super) fn add(formula: &Element, pieces: &mut Pieces) {
    formula.elements().for_each(|part| add_part(part, pieces));
}

fn add_part(part: &Element, pieces: &mut Pieces) {
    let side = |name: &str| part.child(name).map(line).unwrap_or_default();
    match part.name.as_str() {
        "t" => pieces.push(Level::Base, &part.own_text()),
        "f" => {
            let kind = part.child("fPr").and_then(|properties| properties.value("type"));
            if kind == Some("noBar") {
                return unknown(pieces);
            }
            pieces.push_whole(Level::Fraction, &fraction(&side("num"), &side("den")));
        }
        "sSup" => {
            part.child("e").into_iter().for_each(|base| add(base, pieces));
            pieces.push_whole(Level::Power, &side("sup"));
        }
        "sSub" => {
            part.child("e").into_iter().for_each(|base| add(base, pieces));
            pieces.push(Level::Lowered, &side("sub"));
        }
        "rad" if side("deg").is_empty() => pieces.push(Level::Base, &format!("√({})", side("e"))),
        "d" => {
            let properties = part.child("dPr");
            let mark = |name: &str, plain: &'static str| {
                properties.and_then(|properties| properties.value(name)).unwrap_or(plain).to_string()
            };
            let inner: Vec<String> = part.elements().filter(|e| e.name == "e").map(line).collect();
            let inner = inner.join(&mark("sepChr", "|"));
            pieces.push(Level::Base, &format!("{}{inner}{}", mark("begChr", "("), mark("endChr", ")")));
        }
        "nary" | "m" | "eqArr" | "limLow" | "limUpp" | "sSubSup" | "sPre" | "rad" | "groupChr" | "acc" | "bar"
        | "phant" => unknown(pieces),
        name if name.ends_with("Pr") => {}
        _ => add(part, pieces),
    }
}

fn unknown(pieces: &mut Pieces) {
    pieces.push(Level::Base, &UNKNOWN.to_string());
}

fn line(formula: &Element) -> String {
    let mut pieces = Pieces::default();
    add(formula, &mut pieces);
    pieces.written().0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_line_without_a_wrong_figure() {
        let run = |text: &str| format!("<r><t>{text}</t></r>");
        let side = |name: &str, text: &str| format!("<{name}>{}</{name}>", run(text));
        let said = |inner: String| line(&super::super::word_xml::word_xml(&format!("<oMath>{inner}</oMath>")).unwrap());
        let half = format!("<f>{}{}</f>", side("num", "1"), side("den", "2"));
        assert_eq!(said(run("3") + &half + &run("5")), "3と1/2 5");
        assert_eq!(said(format!("{}<sSup>{}{}</sSup>", run("2×"), side("e", "10"), side("sup", "3"))), "2×10^3");
        assert_eq!(said(format!("<sSup>{}{}</sSup>", side("e", "m"), side("sup", "2"))), "m²");
        assert_eq!(said(format!("<sSub>{}{}</sSub>", side("e", "CO"), side("sub", "2"))), "CO2");
        assert_eq!(said(format!("<rad><deg/>{}</rad>", side("e", "2"))), "√(2)");
        assert_eq!(said(format!("<nary>{}</nary>", side("e", "12"))), "〓");
        assert_eq!(said(format!("<d>{}</d>", side("e", "a+b"))), "(a+b)");
    }
}
