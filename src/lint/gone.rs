//! Published incidents whose file is not there any more: the rule `silent-edit`, for what has no file to be judged.

use std::collections::HashSet;
use std::sync::Arc;

use super::Context;
use crate::diag::Finding;
use crate::text::{Slug, Span};

/// One finding for each incident that readers saw and that no file tells of, by slug.
pub(super) fn gone(context: &Context<'_>) -> Vec<Finding> {
    let content = context.content;
    if context.record.incidents().all(|slug| context.timelines.contains_key(slug)) {
        return Vec::new();
    }
    let read = content.incidents.iter().flat_map(|incident| incident.aliases.iter().chain([&incident.slug]));
    let known: HashSet<&Slug> = read.chain(content.unreadable.iter().map(|(slug, _)| slug)).collect();
    let mut gone: Vec<&Slug> = context.record.incidents().filter(|slug| !known.contains(slug)).collect();
    gone.sort();
    gone.into_iter().map(finding).collect()
}

fn finding(slug: &Slug) -> Finding {
    let path: Arc<str> = format!("content/incidents/{slug}.md").into();
    Finding {
        incident: Some(slug.as_str().into()),
        ..Finding::error(
            "silent-edit",
            &path,
            Span::default(),
            format!(
                "Readers saw the incident `{slug}`; its file is gone. Its page stays as it was published."
            ),
            "Put the file back. If you renamed it, write its old name into the new file: aliases = [\"OLD-NAME\"]. If text must be taken down, add a Correction with `Retracts: TIME, WHY`.",
        )
    }
}
