//! The last line of a check: how many findings of which level, and what to do next.

use std::collections::BTreeSet;

use super::place::shown;
use super::{Finding, Level};

/// Counts and the next step, in one paragraph without a line end.
pub fn summary(findings: &[Finding]) -> String {
    let shown = shown(findings);
    if shown.is_empty() {
        return "No findings.".to_owned();
    }
    let count = |level| shown.iter().filter(|finding| finding.level == level).count();
    let levels = [
        counted(count(Level::Error), "error"),
        counted(count(Level::Warning), "warning"),
        counted(count(Level::Info), "remark"),
    ];
    let levels: Vec<String> = levels.into_iter().flatten().collect();
    let paths: BTreeSet<&str> = shown.iter().map(|finding| &*finding.path).collect();
    let files = counted(paths.len(), "file").unwrap_or_default();
    let mut sentences = vec![format!("{} in {files}.", levels.join(", "))];
    let withheld: BTreeSet<_> = shown
        .iter()
        .filter(|finding| finding.withholds)
        .map(|finding| (finding.incident.as_deref().unwrap_or(&finding.path), finding.update))
        .collect();
    match withheld.len() {
        0 => {}
        1 => sentences.push("1 update is not published until its errors are mended.".to_owned()),
        n => sentences.push(format!("{n} updates are not published until their errors are mended.")),
    }
    // The first error names the rule, so that the advice can be copied as it stands.
    let worst = shown.iter().max_by_key(|finding| (finding.level, std::cmp::Reverse(finding.order())));
    if let Some(worst) = worst {
        sentences.push(format!("For more about a rule: candor check --explain {}", worst.rule));
    }
    sentences.join(" ")
}

fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    }
}
