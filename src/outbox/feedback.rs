//! What readers say: to "did this tell you what you needed?", or in answer to a mail.

use jiff::Timestamp;

use crate::text::Slug;
use crate::timeline::StatementId;

/// The longest words and the longest address that are kept, in characters.
pub const LONGEST_WORDS: usize = 1000;

/// One answer about one statement. Nothing in it says whose it is, unless the reader gave an address or wrote from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub at: Timestamp,
    pub incident: Slug,
    pub statement: StatementId,
    /// Whether it told the reader what they needed; `None`: they were not asked, but answered a mail.
    pub helped: Option<bool>,
    /// Empty: none. Only those of a reply have several lines; once the owner has them, they are kept nowhere else.
    pub words: String,
    /// Where the reader wants an answer; empty: not given.
    pub contact: String,
}
