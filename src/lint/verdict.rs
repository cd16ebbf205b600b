//! What the findings let through: which updates are withheld, and the incident as it may be published.

use std::sync::Arc;

use jiff::Timestamp;

use super::Context;
use crate::content::Incident;
use crate::diag::Finding;
use crate::text::Slug;

/// An update that is not published until its findings are mended.
#[derive(Clone, Debug)]
pub struct Withheld {
    pub incident: Slug,
    pub at: Timestamp,
    /// The findings that withhold it.
    pub findings: Vec<Finding>,
}

/// One incident as it may be published.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// As published: withheld updates left out, edited or deleted published text restored from the record.
    pub incident: Arc<Incident>,
    pub withheld: Vec<Withheld>,
}

/// Judges every incident. Imported history is never withheld; published statements never disappear; drafts are left out.
pub fn verdict(context: &Context<'_>, findings: &[Finding]) -> Vec<Verdict> {
    let _ = (context, findings);
    Vec::new()
}
