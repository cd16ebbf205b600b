//! `allow(…)` whose date has passed.

use crate::diag::Level;
use crate::lint::{Allow, Category, Check, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "allow-expired",
    category: Category::Silencing,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A comment whose `until` date has passed: it silences nothing any more.",
    explanation: "A date on an exception is a promise to look at it again. What it silenced is reported again from the day \
        after.",
    source: "Candor's own: an exception ends unless someone renews it.",
    backing: "A later date with a reason that still holds, or no comment.",
    check: Check::Silencing(check),
};

fn check(allows: &[Allow<'_>], report: &mut Report<'_>) {
    for allow in allows.iter().filter(|allow| allow.expired) {
        let until = allow.until.map(|until| until.to_string()).unwrap_or_default();
        report.find(
            allow.place,
            format!("This comment was good until {until}; `{}` is reported again.", allow.rule.value),
            "Mend the words and remove the comment, or give it a new date and reason.",
        );
    }
}
