//! What a cell's style says of its value.

use super::built_in::built_in;
use super::colour::{Colour, Ground, LIKE_GROUND, Sight};
use super::runs::STRUCK;

/// How cells of a kind are shown.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) format: String,
    pub(super) struck: bool,
    pub(super) raised: bool,
    /// Of its letters; none is the one that they take by themselves.
    pub(super) ink: Option<Colour>,
    pub(super) ground: Ground,
}

impl Style {
    /// How a whole cell of this style is taken out
    pub(super) fn omitted(&self) -> Option<&'static str> {
        match self.ground.sight(self.ink) {
            _ if self.struck => Some(STRUCK),
            Sight::Unseen => Some(LIKE_GROUND),
            Sight::Seen | Sight::Unsure => None,
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        let format = built_in(0).unwrap_or_default().to_string();
        Self { format, struck: false, raised: false, ink: None, ground: Ground::default() }
    }
}
