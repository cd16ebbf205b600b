//! `allow(…)` with the id of no rule.

use crate::config::READING_RULES;
use crate::diag::Level;
use crate::lint::{Allow, Category, Check, Place, Report, Rule, rules};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule {
    id: "allow-unknown",
    category: Category::Silencing,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "A comment that silences a rule which does not exist.",
    explanation: "It silences nothing, so the finding that it was written for still stands, or will come back unseen.",
    source: "Candor's own: nothing is dropped in silence.",
    backing: "The id of a rule, as findings print it.",
    check: Check::Silencing(check),
};

fn check(allows: &[Allow<'_>], report: &mut Report<'_>) {
    for allow in allows {
        let id = allow.rule.value.as_str();
        if crate::lint::rule(id).is_some() {
            continue;
        }
        let place = Place { span: allow.rule.span, ..allow.place };
        if READING_RULES.iter().any(|(reading, _)| *reading == id) {
            report.find(
                place,
                format!("`{id}` says that something cannot be read; that cannot be allowed."),
                "Mend what it reports, and remove this comment.",
            );
            continue;
        }
        let help = match nearest(id, rules().iter().map(|rule| rule.id)) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Write the id that the finding shows, such as `allow(unbacked-soon)`.".to_owned(),
        };
        report.find(place, format!("There is no rule `{id}`."), help);
    }
}
