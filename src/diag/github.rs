//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>: a line each; in the message `%`, CR
//! and LF are escaped, in a property `:` and `,` too.

use super::Level;
use super::sheet::{Sheet, message};

/// One command a line.
pub fn github(sheet: &Sheet<'_>) -> String {
    let mut texts = sheet.texts();
    let mut out = String::new();
    for (finding, _) in sheet.rows() {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Off => "notice",
        };
        let mut properties = vec![("file", sheet.path(&finding.path))];
        if let Some(place) = texts.place(&finding.path, finding.span) {
            properties.push(("line", place.start.line.to_string()));
            properties.push(("endLine", place.end.line.to_string()));
            // Columns are refused where a finding runs over several lines.
            if place.start.line == place.end.line {
                properties.push(("col", place.start.column.to_string()));
                properties.push(("endColumn", place.end.column.to_string()));
            }
        }
        properties.push(("title", finding.rule.to_string()));
        let properties: Vec<String> =
            properties.into_iter().map(|(key, value)| format!("{key}={}", property(&value))).collect();
        let page = (sheet.pages)(&finding.rule).and_then(|page| page.url);
        let page = page.map_or_else(String::new, |url| format!("\n\n{url}"));
        let text = format!("{}{page}", message(finding));
        out.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&text)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
