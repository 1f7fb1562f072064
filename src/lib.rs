//! The compiler that prefectures write their annual reports with.
pub mod checks;
pub mod cli;
pub mod diagnostic;
pub mod fmt;
pub mod load;
pub mod model;
pub mod natural_order;
pub mod pipeline;
pub mod source;
pub mod syntax;
pub mod totals;
pub mod typeset;
pub mod view;
