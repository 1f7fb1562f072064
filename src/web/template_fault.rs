//! What is wrong with a template, in its pages or in its settings.

/// What a template that cannot be followed says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// As a message calls it
    pub template: String,
    pub file: String,
    /// From 1; absent where it is of the whole file
    pub line: Option<usize>,
    /// In the engine's own words
    pub reason: String,
}
