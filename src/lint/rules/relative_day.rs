//! "This morning" without a date or a clock time.

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "relative-day",
    category: Category::Time,
    level: Level::Off,
    withholds: false,
    overridable: true,
    summary: "A day or a time that only holds at the moment of writing: today, this morning, an hour ago.",
    explanation: "Updates are read hours and days later, in a mail, in a feed, in a picture that somebody passed on. Then \
        “this morning” is another morning. Midnight may be the end of either day. The page prints the date of each update, \
        so this rule is off unless the site asks for it.",
    source: "GOV.UK style guide: exact dates and times, 11:59pm rather than midnight.",
    backing: "A date, a weekday or a clock time in the same sentence.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for sentence in passage.sentences() {
        let Some(cue) = phrases.first("relative", sentence.text) else { continue };
        if phrases.has("absolute", sentence.text) {
            continue;
        }
        let words = sentence.written(cue.clone());
        report.find(
            passage.place(sentence.original(cue)),
            format!("“{words}” holds only today, and people read this later."),
            format!("Write the date and the time: “{}”.", phrases.suggestion("date")),
        );
    }
}
