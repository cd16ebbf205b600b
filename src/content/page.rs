//! Free pages: `content/pages/about.md`, in French `about.fr.md`.

use super::decode::{NoFrontMatter, decode, split};
use super::outline::outline;
use super::place::{is_slug, slug_for};
use super::{File, PageText};
use crate::config::bom;
use crate::config::faults::Faults;
use crate::config::rules::{BAD_ID, UNREADABLE};
use crate::config::table::{self, Table};
use crate::diag::Finding;
use crate::text::Span;

/// Reads one page, which is in `lang`. Front matter with a `title` is optional; else the first heading is the title.
pub(super) fn read_page(file: &File, slug: &str, lang: &str) -> (Option<PageText>, Vec<Finding>) {
    let source = match decode(file) {
        Ok(source) => source,
        Err(finding) => return (None, vec![Finding { withholds: false, ..*finding }]),
    };
    let mut faults = Faults::new(&source);
    if !is_slug(slug) {
        faults.error(
            BAD_ID,
            Span::at(0),
            format!("The file's name, `{slug}.md`, does not fit into an address."),
            format!("Rename it to `{}.md`.", slug_for(slug)),
        );
        return (None, faults.without_withholding());
    }
    let (title, mut body) = match split(&source.text) {
        Ok(parts) => {
            let (document, _) =
                table::parse(parts.front_matter.of(&source.text), parts.front_matter.start, &mut faults);
            let mut table = Table::new("the front matter of a page", &document, parts.front_matter.start);
            let title = table.text("title", &mut faults);
            table.finish(&mut faults);
            (title, parts.body)
        }
        Err((NoFrontMatter::Unclosed, span)) => {
            faults.error(UNREADABLE, span, "The front matter is not closed.", "End it with a line `+++`.");
            return (None, faults.without_withholding());
        }
        Err(_) => (String::new(), Span::new(bom(&source.text), source.text.len())),
    };
    let title = if title.is_empty() {
        first_heading(&source.text, &mut body).unwrap_or_else(|| slug.to_owned())
    } else {
        title
    };
    let findings = faults.without_withholding();
    (Some(PageText { lang: lang.to_owned(), title, body, source: source.clone() }), findings)
}

/// A level-1 heading that the page begins with, taken out of the body so that it is not shown twice.
fn first_heading(text: &str, body: &mut Span) -> Option<String> {
    let found = outline(text, *body);
    let first = found.headings.first().filter(|heading| heading.level == 1)?;
    if text.get(body.start..first.line.start).is_some_and(|before| before.trim().is_empty()) {
        body.start = first.line.end;
    }
    Some(first.text.of(text).to_owned())
}
