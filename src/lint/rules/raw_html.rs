//! HTML tags in markdown.

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "raw-html",
    category: Category::Markdown,
    level: Level::Error,
    withholds: true,
    overridable: false,
    summary: "HTML in the text, which is left out of page, mail and feed.",
    explanation: "HTML could carry a script to every reader, and mails, feeds and calendars cannot show it. Candor never \
        passes it on, so words in it would be missing where they are needed.",
    source: "Candor's own: nothing that is published needs cleaning.",
    backing: "Markdown; or a backslash before a `<` that is meant as such. Comments to Candor (`<!-- candor: … -->`) and \
        other comments are never published and are fine.",
    check: Check::Markdown(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    // An end tag belongs to the tag before it: one finding for both.
    let ends = |span: &Span| span.of(&passage.source.text).starts_with("</");
    for &span in passage.prose.raw_html.iter().filter(|span| !ends(span)) {
        report.find(
            passage.place(span),
            "HTML is not passed on to readers.",
            "Write it in markdown, or put a backslash before the `<` if you mean the sign itself.",
        );
    }
}
