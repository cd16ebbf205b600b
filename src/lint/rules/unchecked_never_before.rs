//! "This has never happened before", and nobody looked.

use std::ops::Range;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::content::Incident;
use crate::diag::{Fix, Level};
use crate::lint::backing;
use crate::lint::history::REACH;
use crate::lint::{Category, Check, Earlier, Likeness, Passage, Phrases, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "unchecked-never-before",
    category: Category::History,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "A claim that this is new, rare or a single case, without a word that somebody checked.",
    explanation: "“This has never happened before” is said to comfort, mostly from memory. Those whom it happened to last \
        year remember better. The site holds a record of what went wrong: the finding names the earlier incidents that may \
        be like this one.",
    source: "Diana Booher: do not say “we've never had something like this happen”.",
    backing: "The words that you looked, and how far back: “we checked our record back to 2019”; or in the front matter \
        `first_of_kind = { checked = 2026-03-04, since = 2019-01-01 }`. Where nothing in the site's own record of a year or \
        more is like it, `candor check --fix` writes that line.",
    check: Check::Incident(check),
};

/// How many earlier incidents are named.
const NAMED: usize = 3;
/// How far back a record must go before a search of it says something about "never".
const YEARS: i32 = 1;

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if subject.incident.first_of_kind.is_some() {
        return;
    }
    for passage in &subject.passages {
        in_passage(subject, passage, report);
    }
}

fn in_passage(subject: &Subject<'_>, passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    if passage.sentences().any(|sentence| phrases.has("checked", sentence.text)) {
        return;
    }
    for sentence in passage.sentences() {
        let Some(cue) = claim(phrases, passage, sentence.text) else { continue };
        let words = sentence.written(cue.clone());
        let earlier = subject.context.history.before(subject.incident);
        let place = passage.place(sentence.original(cue));
        let since = phrases.suggestion("since");
        let today = subject.context.now.to_zoned(subject.context.settings.zone.clone()).date();
        let front = format!("`first_of_kind = {{ checked = {today}, since = {since} }}`");
        if earlier.is_empty() {
            let finding = report.find(
                place,
                format!("“{words}”: nothing here says that anybody checked."),
                format!("Look, and say how far back: “{}”, or {front} in the front matter.", phrases.suggestion("checked")),
            );
            // The front matter is in the file of the incident itself.
            finding.fix = if passage.translated { None } else { mark_checked(subject, today) };
        } else {
            report.find(
                place,
                format!("“{words}”: your record shows {}.", listed(subject, &earlier)),
                format!(
                    "Say so. If none of them is of this kind, say that you checked: “{}”, or {front} in the front matter.",
                    phrases.suggestion("checked")
                ),
            );
        }
    }
}

/// The fix that says in the front matter how far back the site's own record was searched, which is what found nothing.
/// A record of less than [`YEARS`] says too little: then a person looks.
fn mark_checked(subject: &Subject<'_>, today: Date) -> Option<Fix> {
    let zone = &subject.context.settings.zone;
    let began = |incident: &Incident| incident.started.value.to_zoned(zone.clone()).date();
    let counted =
        subject.context.content.incidents.iter().filter(|it| !it.is_maintenance() && !it.draft);
    let since = began(counted.min_by_key(|it| it.started.value)?);
    if since.saturating_add(YEARS.years()) > began(subject.incident) {
        return None;
    }
    let text = subject.incident.text();
    let after = subject.incident.started.span.end;
    let end = after + text[after..].find('\n')? + 1;
    let line_end = if text[..end].ends_with("\r\n") { "\r\n" } else { "\n" };
    let line = format!("first_of_kind = {{ checked = {today}, since = {since} }}{line_end}");
    Some(Fix::of(format!("Mark the record as checked: nothing like it since {since}"), end..end, line))
}

/// The words of a sentence that claim novelty.
fn claim(phrases: &Phrases, passage: &Passage<'_>, text: &str) -> Option<Range<usize>> {
    let lexicon = passage.lexicon()?;
    phrases.find("claim", text).find(|cue| {
        let clause = backing::clause_at(lexicon, text, cue.start);
        let before = &text[clause.start..cue.start];
        !lexicon.has("negation", before) && !phrases.has("other", before) && !phrases.has("frequency", &text[clause])
    })
}

/// The closest earlier incidents with their dates, in words.
fn listed(subject: &Subject<'_>, earlier: &[Earlier<'_>]) -> String {
    let zone = &subject.context.settings.zone;
    let one = |earlier: &Earlier<'_>| {
        let date = earlier.incident.started.value.to_zoned(zone.clone()).date();
        let likeness = match earlier.likeness {
            Likeness::Cause => "same cause",
            Likeness::Title => "title much the same",
            Likeness::Service => "same service",
        };
        format!("“{}” ({date}, {likeness})", earlier.incident.title.value)
    };
    let named: Vec<String> = earlier.iter().take(NAMED).map(one).collect();
    let count = earlier.len();
    let noun = if count == 1 { "incident" } else { "incidents" };
    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    // No list is followed further back than that.
    let least = if count >= REACH { "at least " } else { "" };
    format!("{least}{count} earlier {noun} that may be like it: {}{more}", named.join(", "))
}
