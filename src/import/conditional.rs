//! Conditional formats of a sheet: what they may do to how a cell is shown, and whether they do. A condition that compares with a
//! written figure or word is worked out; of any other a person is notified. Knows no kind of workbook.

use super::colour::Ground;
use super::comparison::Comparison;
use super::grid::Region;
use super::style::Style;

/// Places of all rules of a sheet together: each cell is looked up in them.
const MOST_REGIONS: usize = 500;

/// What a format does to what a cell says; colours and frames are none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) format: Option<String>,
    pub(super) struck: bool,
    /// Letters as white as the paper
    pub(super) is_white: bool,
    /// Another format that the file does not write as one
    pub(super) reshapes: bool,
    /// Signs in the place of figures
    pub(super) covers: bool,
    /// Another colour of letters or of what lies below them
    pub(super) colours: bool,
}

impl Effect {
    /// A colour by itself takes no word away.
    pub(super) fn matters(&self) -> bool {
        Self { colours: false, ..self.clone() } != Self::default()
    }

    /// `取り消し線・表示形式`
    pub(super) fn words(&self) -> String {
        let words = [
            (self.struck, "取り消し線"),
            (self.format.is_some() || self.reshapes, "表示形式"),
            (self.is_white, "白い文字"),
            (self.covers, "値を隠すアイコンや棒"),
        ];
        words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect::<Vec<_>>().join("・")
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Figure(f64),
    Word(&'a str),
    Error,
}

/// How a value is compared with those of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Is(Comparison),
    Between,
    Outside,
    Holds,
    HoldsNot,
    Begins,
    Ends,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Constant {
    Figure(f64),
    Word(String),
}

impl Constant {
    /// `12`, `-0.5`, `"中止"`; a formula is none.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let word = || {
            let word = written.strip_prefix('"')?.strip_suffix('"')?.replace("\"\"", "\u{1}");
            (!word.contains('"')).then(|| Self::Word(word.replace('\u{1}', "\"")))
        };
        let figure = || written.parse().ok().filter(|figure: &f64| figure.is_finite()).map(Self::Figure);
        word().or_else(figure)
    }
}

/// A condition; `None` for one that is not worked out.
pub(super) type Condition = Option<(Sign, Vec<Constant>)>;

#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// As the file writes it: `B2:B10`
    pub(super) place: String,
    pub(super) regions: Vec<Region>,
    pub(super) condition: Condition,
    pub(super) effect: Effect,
    /// Those below it do nothing where it holds.
    pub(super) stops: bool,
}

#[derive(Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    regions: usize,
    /// Where colours are others than those of the cells
    coloured: Vec<Region>,
    /// Whether a person must look at the rule
    doubted: Vec<bool>,
}

impl Rules {
    /// Rules go in by their rank.
    pub(super) fn add(&mut self, rule: Rule) {
        if rule.effect.colours {
            rule.regions.iter().for_each(|region| self.colour(*region));
        }
        if !rule.effect.matters() && !rule.stops {
            return;
        }
        self.regions += rule.regions.len();
        // More of them than anybody made are reported without a look at their cells.
        let is_beyond = self.regions > MOST_REGIONS;
        self.doubted.push(is_beyond && rule.effect.matters());
        self.rules.push(if is_beyond { Rule { regions: Vec::new(), ..rule } } else { rule });
    }

    /// A place where something else than the cells' styles may colour them. Beyond the most of them it may be any.
    pub(super) fn colour(&mut self, region: Region) {
        let everywhere = Region { top: 0, left: 0, bottom: u32::MAX, right: u32::MAX };
        match self.coloured.len() {
            MOST_REGIONS => self.coloured.push(everywhere),
            more if more > MOST_REGIONS => {}
            _ => self.coloured.push(region),
        }
    }

    /// The style that a cell is shown in.
    pub(super) fn style(&mut self, at: (u32, u32), value: Value<'_>, style: &Style) -> Style {
        let mut style = style.clone();
        if self.coloured.iter().any(|region| covers(region, at)) {
            style.ground = Ground::Unknown;
        }
        let (mut is_sure, mut has_format) = (true, false);
        for (rule, doubted) in self.rules.iter().zip(&mut self.doubted) {
            if !rule.regions.iter().any(|region| covers(region, at)) {
                continue;
            }
            let holds = rule.condition.as_ref().and_then(|(sign, constants)| sign.holds(value, constants));
            let Effect { is_white, reshapes, covers, .. } = rule.effect;
            let is_doubtful = holds.is_none() || !is_sure || is_white || reshapes || covers;
            match holds {
                Some(false) => continue,
                _ if is_doubtful => *doubted |= rule.effect.matters(),
                _ => {
                    style.struck |= rule.effect.struck;
                    if let Some(format) = rule.effect.format.as_ref().filter(|_| !has_format) {
                        style.format.clone_from(format);
                        has_format = true;
                    }
                }
            }
            match holds {
                Some(_) if rule.stops => break,
                _ => is_sure &= !rule.stops,
            }
        }
        style
    }

    /// The places of rules at which a person must look, with what each does there.
    pub(super) fn doubted(&self) -> Vec<(&str, String)> {
        let doubted = self.rules.iter().zip(&self.doubted).filter(|(_, is_doubted)| **is_doubted);
        let mut places: Vec<(&str, String)> =
            doubted.map(|(rule, _)| (rule.place.as_str(), rule.effect.words())).collect();
        places.dedup();
        places
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.coloured.is_empty()
    }
}

fn covers(region: &Region, (row, column): (u32, u32)) -> bool {
    (region.top..=region.bottom).contains(&row) && (region.left..=region.right).contains(&column)
}

impl Sign {
    /// `None` where it is not known how the two compare.
    pub(super) fn holds(self, value: Value<'_>, constants: &[Constant]) -> Option<bool> {
        // No error compares with anything.
        let Some(first) = constants.first().filter(|_| !matches!(value, Value::Error)) else { return Some(false) };
        let text = match value {
            Value::Figure(figure) => figure.to_string(),
            Value::Word(word) => word.to_lowercase(),
            Value::Error => String::new(),
        };
        let words = || match first {
            Constant::Word(word) => word.to_lowercase(),
            Constant::Figure(figure) => figure.to_string(),
        };
        let order = |constant: &Constant| match (value, constant) {
            (Value::Figure(value), Constant::Figure(constant)) => value.partial_cmp(constant),
            // Words come behind figures.
            (Value::Figure(_), Constant::Word(_)) => Some(std::cmp::Ordering::Less),
            (Value::Word(_) | Value::Error, Constant::Figure(_)) => Some(std::cmp::Ordering::Greater),
            (Value::Word(_) | Value::Error, Constant::Word(word)) => Some(text.cmp(&word.to_lowercase())),
        };
        let is_figure = matches!(first, Constant::Figure(_));
        match self {
            Self::Holds => Some(text.contains(&words())),
            Self::HoldsNot => Some(!text.contains(&words())),
            Self::Begins => Some(text.starts_with(&words())),
            Self::Ends => Some(text.ends_with(&words())),
            // Which of two words comes first depends on the language.
            Self::Is(comparison) => {
                let is_known = is_figure || matches!(comparison, Comparison::Equal | Comparison::Unequal);
                order(first).filter(|_| is_known).map(|order| comparison.accepts(order))
            }
            Self::Between | Self::Outside if !is_figure => None,
            Self::Between | Self::Outside => {
                let second = constants.get(1).filter(|second| matches!(second, Constant::Figure(_)))?;
                let (a, b) = (order(first)?, order(second)?);
                let is_inside = (a.is_ge() && b.is_le()) || (a.is_le() && b.is_ge());
                Some(is_inside == (self == Self::Between))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_with_written_values_is_worked_out_and_any_other_is_told() {
        let figure = |value: f64| vec![Constant::Figure(value)];
        let word = |word: &str| vec![Constant::Word(word.to_string())];
        for (sign, constants, value, expected) in [
            (Sign::Is(Comparison::Equal), figure(12.0), Value::Figure(12.0), Some(true)),
            (Sign::Is(Comparison::More), figure(12.0), Value::Figure(12.0), Some(false)),
            (Sign::Is(Comparison::More), figure(12.0), Value::Word("中止"), Some(true)),
            (Sign::Is(Comparison::Equal), word("done"), Value::Word("Done"), Some(true)),
            (Sign::Holds, word("中止"), Value::Word("一部中止"), Some(true)),
            (Sign::Is(Comparison::Less), word("中止"), Value::Word("実施"), None),
            (Sign::Between, vec![Constant::Figure(5.0), Constant::Figure(1.0)], Value::Figure(3.0), Some(true)),
            (Sign::Outside, vec![Constant::Figure(1.0), Constant::Figure(5.0)], Value::Figure(3.0), Some(false)),
            (Sign::Is(Comparison::Equal), figure(0.0), Value::Error, Some(false)),
        ] {
            assert_eq!(sign.holds(value, &constants), expected, "{sign:?} {constants:?} {value:?}");
        }
        let parsed = ["-1.5", "\"中\"\"止\"", "$A$1", "\"a\"&\"b\"", "inf"].map(Constant::parse);
        let word = Constant::Word("中\"止".to_string());
        assert_eq!(parsed, [Some(Constant::Figure(-1.5)), Some(word), None, None, None]);
    }
}
