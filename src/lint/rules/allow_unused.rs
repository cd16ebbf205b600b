//! `allow(…)` that silences nothing.

use crate::diag::Level;
use crate::lint::{Allow, Category, Check, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "allow-unused",
    category: Category::Silencing,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A comment that silences nothing.",
    explanation: "Either the words were mended and the comment is left over, or it stands before the wrong block. Left \
        there, it would silence the next fault.",
    source: "Candor's own: an exception is for one place and one reason.",
    backing: "A finding of that rule in the block right after the comment. Comments for rules that only the clock or the \
        record can call for may wait.",
    check: Check::Silencing(check),
};

fn check(allows: &[Allow<'_>], report: &mut Report<'_>) {
    for allow in allows.iter().filter(|allow| allow.judged && !allow.expired && !allow.used) {
        report.find(
            allow.place,
            format!("Nothing in the block after this comment is reported by `{}`.", allow.rule.value),
            "Remove the comment, or put it right before the block that it is for.",
        );
    }
}
