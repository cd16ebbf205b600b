//! The same fault again, and no word about it.

use crate::content::Incident;
use crate::diag::Level;
use crate::lint::{Category, Check, Likeness, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "repeat-unacknowledged",
    category: Category::History,
    level: Level::Info,
    withholds: false,
    overridable: true,
    summary: "An incident much like one that was over shortly before, and neither names the other.",
    explanation: "People who went through the first one see at once that it is back. If the page does not say so, they conclude \
        that nobody noticed, or that nobody wants to say. Whether it is the same fault, and why the earlier repair did not \
        hold, is the first thing that they want to know.",
    source: "How not to react when something goes wrong: ask how it can be prevented. Winnipeg's frozen pipes: find the root \
        cause before solutions.",
    backing: "`related = [\"SLUG\"]` in the front matter of either; a link to the earlier one; or words that say that it is back: \
        “again”, “the second time since May”. It is looked for among incidents of the same service: the same `cause` within a \
        year, or much the same title within 90 days. Planned work repeats by plan and is left alone.",
    check: Check::History(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    if incident.is_maintenance() || incident.draft {
        return;
    }
    let Some(earlier) = subject.context.history.returned(incident) else { return };
    if says_so(subject, earlier.incident) {
        return;
    }
    let zone = &subject.context.settings.zone;
    let date = earlier.incident.started.value.to_zoned(zone.clone()).date();
    let likeness = match earlier.likeness {
        Likeness::Cause => "the same service and cause",
        Likeness::Title | Likeness::Service => "the same service and much the same title",
    };
    let slug = &earlier.incident.slug;
    let level = incident.updates.last().map_or(RULE.level, |last| subject.level_of_words(last, RULE.level));
    let found = report.find(
        subject.place(incident.title.span),
        format!("This looks like “{}” of {date}: {likeness}.", earlier.incident.title.value),
        format!(
            "Say whether it is the same fault, and if so why the earlier repair did not hold. If it is another, \
             `related = [\"{slug}\"]` in the front matter shows that you looked."
        ),
    );
    found.level = level;
}

/// Whether a text of the incident links to the earlier one or says that something is back.
fn says_so(subject: &Subject<'_>, earlier: &Incident) -> bool {
    let slugs: Vec<&str> = earlier.aliases.iter().chain([&earlier.slug]).map(|slug| slug.as_str()).collect();
    let leads_there = |target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
        slugs.contains(&path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md"))
    };
    subject.own().any(|passage| {
        passage.prose.links.iter().any(|link| leads_there(&link.target))
            || passage
                .phrases(RULE.id)
                .is_some_and(|phrases| passage.sentences().any(|sentence| phrases.has("again", sentence.text)))
    })
}
