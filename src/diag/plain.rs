//! Findings as sentences, for screen readers and for reading over the phone. No frames, no underlines, no colours.

use super::place::{Lookup, Texts, shown, visible};
use super::{Finding, Level};
use crate::text::Span;

/// The findings as short paragraphs, an empty line after each.
pub fn plain(findings: &[Finding], lookup: &Lookup<'_>) -> String {
    let mut texts = Texts::new(lookup);
    let mut out = String::new();
    for finding in shown(findings) {
        let level = match finding.level {
            Level::Error => "Error",
            Level::Warning => "Warning",
            Level::Info | Level::Off => "Remark",
        };
        let place = place(&finding.path, finding.span, &mut texts);
        let mut lines = vec![format!("{level} in {place}.")];
        lines.push(visible(&finding.message));
        lines.extend(words(finding, &mut texts).map(|words| format!("It says: {words}")));
        if finding.withholds {
            lines.push("The update is not published until this is mended.".to_owned());
        }
        if !finding.help.is_empty() {
            lines.push(format!("What to do: {}", visible(&finding.help)));
        }
        for note in &finding.notes {
            let place = self::place(&note.path, note.span, &mut texts);
            lines.push(format!("See also {place}: {}", visible(&note.message)));
        }
        lines.push(format!("Rule: {}.", finding.rule));
        out.push_str(&lines.join("\n"));
        out.push_str("\n\n");
    }
    out
}

fn place(path: &str, span: Span, texts: &mut Texts<'_, '_>) -> String {
    let path_words = visible(path);
    match texts.place(path, span) {
        Some(place) => format!("{path_words}, line {}, column {}", place.start.line, place.start.column),
        None => path_words,
    }
}

/// The words that are meant; `None` where the finding is about a point or a whole file.
fn words(finding: &Finding, texts: &mut Texts<'_, '_>) -> Option<String> {
    if !finding.text.trim().is_empty() {
        return Some(visible(finding.text.trim()));
    }
    let excerpt = texts.place(&finding.path, finding.span)?.excerpt;
    let words = excerpt.text.get(excerpt.words)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}
