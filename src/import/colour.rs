//! Colours of letters and of what lies below them: letters of the colour of their background are on no page, be they white on paper
//! or black under a black bar. Knows no kind of file.

/// How such words were taken out, before 「の語」
pub(super) const LIKE_GROUND: &str = "背景と同じ色";

/// A colour, and by how many thousandths a theme makes it lighter or darker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour {
    rgb: u32,
    tint: i32,
}

/// What lies below letters
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Of(Colour),
    /// A pattern, a style of tables, a conditional format, a shape
    Unknown,
}

/// Whether a reader of the page sees letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    Seen,
    Unseen,
    /// White, on a background that is not known
    Unsure,
}

impl Default for Ground {
    fn default() -> Self {
        Self::Of(Colour::WHITE)
    }
}

impl Colour {
    pub(super) const WHITE: Self = Self::plain(0xff_ffff);
    const BLACK: Self = Self::plain(0);
    /// The one that letters take by themselves, so that they are seen
    pub(super) const OWN: Self = Self::plain(0x0300_0000);

    const fn plain(rgb: u32) -> Self {
        Self { rgb, tint: 0 }
    }

    /// `FFFFFF`, `FFFFFFFF` with how much shows through in front, `#ffffff`
    pub(super) fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().trim_start_matches('#');
        let from = digits.len().checked_sub(6).filter(|from| matches!(from, 0 | 2))?;
        u32::from_str_radix(digits.get(from..)?, 16).ok().map(Self::plain)
    }

    /// Red, green and blue in front of a byte of nothing
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let &[red, green, blue, _] = bytes else { return None };
        Some(Self::plain(u32::from_be_bytes([0, red, green, blue])))
    }

    /// A colour by its number in the tables of Excel; those that no table here holds are only like themselves. No table has
    /// the colour that a font takes by itself.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        match number {
            0 | 8 | 64 => Some(Self::BLACK),
            1 | 9 | 65 => Some(Self::WHITE),
            0x7fff => None,
            number => Some(Self { rgb: number.wrapping_add(0x0100_0000), tint: 0 }),
        }
    }

    /// A colour by its name in a number format: `red`, `赤`, `color10`, `色10`; none for a format without one
    pub(super) fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, &str); 8] = [
            ("black", "黒"),
            ("white", "白"),
            ("red", "赤"),
            ("green", "緑"),
            ("blue", "青"),
            ("yellow", "黄"),
            ("magenta", "紫"),
            ("cyan", "水"),
        ];
        let index = NAMES.iter().position(|(english, japanese)| [english, japanese].contains(&&name));
        let number = || name.strip_prefix("color").or(name.strip_prefix('色'))?.trim().parse::<u32>().ok();
        let number = index.and_then(|index| u32::try_from(index + 8).ok()).or_else(|| Some(number()? + 7));
        number.and_then(Self::numbered)
    }

    /// A colour of a theme by its number in Excel, by what the theme holds or what nearly every one does.
    pub(super) fn of_theme(number: usize, theme: &[Self]) -> Self {
        let known = [Self::WHITE, Self::BLACK];
        let other = Self { rgb: u32::try_from(number).unwrap_or(u32::MAX).wrapping_add(0x0200_0000), tint: 0 };
        theme.get(number).or(known.get(number)).copied().unwrap_or(other)
    }

    pub(super) fn tinted(self, tint: f64) -> Self {
        // It is a part of one.
        #[allow(clippy::cast_possible_truncation)]
        Self { tint: (tint.clamp(-1.0, 1.0) * 1000.0).round() as i32, ..self }
    }
}

impl Ground {
    /// Letters without a colour take one that is seen.
    pub(super) fn sight(self, ink: Option<Colour>) -> Sight {
        match (ink, self) {
            (Some(ink), Self::Of(ground)) if ink == ground => Sight::Unseen,
            (Some(Colour::WHITE), Self::Unknown) => Sight::Unsure,
            (Some(_) | None, Self::Of(_) | Self::Unknown) => Sight::Seen,
        }
    }
}

/// The line about white words that were read, which stand at `places`.
pub(super) fn white_words(count: usize, places: &str) -> String {
    format!(
        "白い文字が{count}か所あります（{places}）。背景の色が分からないので、そのまま読みました。元のファイルの画面に見えないものなら消してください。"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_colour_of_their_ground_are_unseen() {
        let white = Colour::parse("FFFFFFFF");
        assert_eq!(white, Some(Colour::WHITE));
        assert_eq!([Colour::parse("#1f3864"), Colour::parse("auto")], [Some(Colour::plain(0x001f_3864)), None]);
        let dark = Ground::Of(Colour::plain(0x001f_3864));
        for (ink, ground, expected) in [
            (white, Ground::default(), Sight::Unseen),
            (white, dark, Sight::Seen),
            (white, Ground::Unknown, Sight::Unsure),
            (Colour::numbered(64), Ground::Of(Colour::BLACK), Sight::Unseen),
            (Colour::numbered(0x7fff), Ground::Of(Colour::BLACK), Sight::Seen),
            (None, Ground::Of(Colour::BLACK), Sight::Seen),
            (Some(Colour::of_theme(0, &[]).tinted(-0.5)), Ground::default(), Sight::Seen),
            (
                Some(Colour::of_theme(4, &[]).tinted(0.4)),
                Ground::Of(Colour::of_theme(4, &[]).tinted(0.4)),
                Sight::Unseen,
            ),
            (Colour::numbered(10), Ground::Unknown, Sight::Seen),
        ] {
            assert_eq!(ground.sight(ink), expected, "{ink:?} {ground:?}");
        }
    }
}
