//! How prose is to be rendered: what only the caller knows.

/// Where the text will stand, and the words that the theme gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendering<'a> {
    /// Level of the highest heading in the text, 1 to 6; plain text has no levels.
    pub heading: u8,
    /// Absolute address of the page on which the text stands; relative links are resolved against it, so that they
    /// work in mails and feeds. Empty: they stay as written.
    pub base: &'a str,
    /// What a ticked box says.
    pub done: &'a str,
    /// What an empty box says.
    pub to_do: &'a str,
}

impl Default for Rendering<'_> {
    fn default() -> Self {
        Self { heading: 3, base: "", done: "Done", to_do: "To do" }
    }
}
