//! Content and timelines to the list of files that make the public site. Pure: bytes out, nothing written.

use jiff::Timestamp;

use crate::config::Settings;
use crate::content::{Page, Registers};
use crate::timeline::{Record, Timeline};

/// What the site shows at one moment.
#[derive(Debug)]
pub struct View<'a> {
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    pub pages: &'a [Page],
    /// Every incident and maintenance that is published (in a preview: that exists), in any order.
    pub timelines: &'a [&'a Timeline],
    pub record: &'a Record,
    pub now: Timestamp,
    /// A preview shows drafts and withheld updates, and says so on each page.
    pub preview: bool,
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Relative, `/` between parts, such as `incidents/burst-main/index.html`.
    pub path: String,
    pub bytes: Vec<u8>,
}
