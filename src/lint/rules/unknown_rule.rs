//! A level in `candor.toml` for a rule that does not exist.

use crate::diag::Level;
use crate::lint::{Category, Check, Context, Place, Report, Rule, explained};
use crate::text::{Source, Span, nearest};

pub(super) const RULE: Rule = Rule {
    id: "unknown-rule",
    category: Category::House,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A level in `candor.toml` for a rule whose name is misspelt.",
    explanation: "It changes nothing, and nobody would notice. Names that are near no rule are let be: they may belong to \
        another version.",
    source: "Candor's own: nothing is dropped in silence.",
    backing: "The id of a rule, as findings print it.",
    check: Check::Site(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let lint = &context.settings.lint;
    let of_paths = lint.paths.iter().flat_map(|path| path.levels.keys());
    let source = Source::new("candor.toml", "");
    let known = explained();
    for id in lint.levels.keys().chain(of_paths).filter(|id| !known.contains(&id.as_str())) {
        let Some(near) = nearest(id, known.iter().copied()) else { continue };
        let place = Place { source: &source, span: Span::default(), update: None };
        report.find(place, format!("`[lint]` sets a level for `{id}`, and there is no such rule."), format!("Did you mean `{near}`?"));
    }
}
