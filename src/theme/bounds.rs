//! What keeps a template from running for ever: no component that calls itself, no page without end.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::LazyLock;

use regex::Regex;

use crate::diag::Finding;
use crate::text::{Source, Span};

/// No page is longer, in bytes: what is longer comes from a loop that was not meant.
const LONGEST: usize = 16 * 1024 * 1024;

/// How many steps `range` may give: a thousand within a thousand is work enough.
pub(super) const STEPS: i64 = 1000;

static COMPONENT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"\{%-?\s*component\s+(?<defined>[\w.]+)|(?<end>\{%-?\s*endcomponent)|\{[{%]-?\s*<\s*(?<called>[\w.]+)";
    Regex::new(pattern).expect("a pattern that a test runs")
});

/// A page that is being written.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    pub(super) too_long: bool,
}

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > LONGEST {
            self.too_long = true;
            return Err(io::Error::other("the page is too long"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What to say where a page grew past all bounds.
pub(super) fn too_long(template: &str, templates: &BTreeMap<String, Source>) -> Finding {
    let path = templates.get(template).map_or_else(|| template.into(), |source| source.path.clone());
    Finding::error(
        "theme-template",
        &path,
        Span::default(),
        format!("A page made from this template grew past {} megabytes.", LONGEST / 1024 / 1024),
        "Look for a loop within a loop, or delete this file to use the built-in template.",
    )
}

/// A call by which a component comes back to itself: the name of its template, and the finding.
pub(super) fn circle(templates: &BTreeMap<String, Source>) -> Option<(String, Finding)> {
    let mut calls: BTreeMap<&str, Vec<(&str, &str, Span)>> = BTreeMap::new();
    for (name, source) in templates {
        let mut within = None;
        for found in COMPONENT.captures_iter(&source.text) {
            if let Some(defined) = found.name("defined") {
                within = Some(defined.as_str());
            } else if found.name("end").is_some() {
                within = None;
            } else if let (Some(caller), Some(called)) = (within, found.name("called")) {
                let span = Span::new(called.start(), called.end());
                calls.entry(caller).or_default().push((called.as_str(), name, span));
            }
        }
    }
    for (caller, made) in &calls {
        for (called, name, span) in made {
            if reaches(&calls, called, caller) {
                let source = &templates[*name];
                let message = format!(
                    "The component `{caller}` calls `{called}`, which leads back to `{caller}`: it would never end."
                );
                let help = "Take out one of the calls, or delete this file to use the built-in template.";
                let finding = Finding::error("theme-template", &source.path, *span, message, help);
                return Some(((*name).to_owned(), Finding { text: (*called).to_owned(), ..finding }));
            }
        }
    }
    None
}

fn reaches(calls: &BTreeMap<&str, Vec<(&str, &str, Span)>>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            open.extend(calls.get(at).into_iter().flatten().map(|(called, _, _)| *called));
        }
    }
    false
}
