//! Findings as a GitLab Code Quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.
//! GitLab tells new findings from old ones by fingerprint alone, so these stay when lines move.

use serde::Serialize;

use super::sheet::{Sheet, message};
use super::{Finding, Level};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// One JSON array.
pub fn gitlab(sheet: &Sheet<'_>) -> String {
    let mut texts = sheet.texts();
    let issues: Vec<Issue<'_>> = sheet
        .rows()
        .into_iter()
        .map(|(finding, fingerprint)| {
            // A line is required; a file that is no text has but one.
            let place = texts.place(&finding.path, finding.span);
            let (begin, end) = place.map_or((1, 1), |place| (place.start.line, place.end.line));
            let url = (sheet.pages)(&finding.rule).and_then(|page| page.url);
            Issue {
                description: message(finding).replace("\n\n", " "),
                check_name: &finding.rule,
                fingerprint,
                severity: severity(finding),
                location: Location { path: sheet.path(&finding.path), lines: Lines { begin, end } },
                content: url.map(|url| Content { body: format!("[{}]({url})", finding.rule) }),
            }
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&issues).expect("texts and numbers are always JSON");
    out.push('\n');
    out
}

/// What keeps an update back comes before other errors.
fn severity(finding: &Finding) -> &'static str {
    match finding.level {
        Level::Error if finding.withholds => "critical",
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Info | Level::Off => "info",
    }
}
