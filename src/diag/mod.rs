//! What a rule or a reader reports, as plain data. Renderers only lay it out; they decide nothing.
//!
//! One [`Finding`] type serves markdown, TOML, templates and prose.

mod finding;

pub use finding::{Finding, Level, Note};
