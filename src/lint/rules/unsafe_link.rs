//! Links that could do something else than open a page.

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule};
use crate::prose::is_safe;

pub(super) const RULE: Rule = Rule {
    id: "unsafe-link",
    category: Category::Markdown,
    level: Level::Error,
    withholds: true,
    overridable: false,
    summary: "A link with a scheme other than http, https, mailto or tel.",
    explanation: "`javascript:`, `data:` and `file:` links can run a script in the reader's browser or lead nowhere. The \
        page leaves them out, so readers would miss what the text points to.",
    source: "Candor's own: nothing that is published needs cleaning.",
    backing: "An address that begins with `https://`, `http://`, `mailto:` or `tel:`, or a link within the site.",
    check: Check::Markdown(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    for link in passage.prose.links.iter().filter(|link| !is_safe(&link.target)) {
        report.find(
            passage.place(link.span),
            format!("A link to “{}” is not passed on to readers.", link.target),
            "Link to a page (`https://…`), a mail address (`mailto:…`) or a number (`tel:…`).",
        );
    }
}
