//! An incident that does not say what it means for anybody.

use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Part, Passage, Phrases, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "missing-impact",
    category: Category::Structure,
    level: Level::Info,
    withholds: false,
    overridable: true,
    summary: "An incident that does not say what does not work, or for whom.",
    explanation: "“We are aware of an issue” tells people that something is wrong with something. They came to learn \
        whether it is what they see at home, and whether it will reach them.",
    source: "Winnipeg's frozen pipes: identify the problem, and measure it. Statuspage: say who is affected. GOV.UK: say \
        what is not available.",
    backing: "`services` with at least one; and a sentence in the summary or an update that says what does not work or who \
        is affected, or the header `Affected` (which may be `not known because …`). A title alone is no sentence. Planned work is backed by its window.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    if incident.is_maintenance() || incident.updates.is_empty() {
        return;
    }
    // A service that no register knows is a finding of the reader, so only an empty list is judged.
    let front = incident.front_matter.of(incident.text());
    if incident.services.is_empty() && incident.areas.is_empty() && says_none(front) {
        report.find(
            subject.place(incident.title.span),
            "No service is named, so nobody can tell whether this is about them.",
            "Write the ids of the services into the front matter: `services = [\"water-supply\"]`.",
        );
    }
    if subject.timeline.is_some_and(|timeline| timeline.facts.affected.is_some()) {
        return;
    }
    let Some(phrases) = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    let told = |passage: &Passage<'_>| passage.sentences().any(|said| phrases.has("impact", said.text) || names_part(phrases, said.text));
    let (titles, texts): (Vec<&Passage<'_>>, Vec<&Passage<'_>>) =
        subject.own().partition(|passage| passage.part == Part::Title);
    if texts.into_iter().any(told) {
        return;
    }
    let only_title = titles.into_iter().any(told);
    let message = if only_title {
        "Only the title says what is wrong: no sentence says what does not work, or for whom."
    } else {
        "This does not say what does not work, or for whom."
    };
    let help = "Say both in the summary, and since when: “Homes in Riverside have no water since 13:55.” Or add `Affected: \
        FIGURE, HOW YOU KNOW`; where you do not know, `Affected: not known because REASON`.";
    let finding = report.find(subject.latest_place(), message, help);
    if let Some(update) = incident.updates.last() {
        finding.level = subject.level_of_words(update, RULE.level);
    }
}

/// "A problem with the card readers" says what does not work; "an issue with the system" does not.
fn names_part(phrases: &Phrases, text: &str) -> bool {
    phrases.find("part", text).any(|part| !phrases.has("vague", &text[part]))
}

fn says_none(front: &str) -> bool {
    front.lines().filter_map(|line| line.split_once('=')).any(|(key, value)| {
        key.trim() == "services" && value.split_whitespace().collect::<String>().starts_with("[]")
    })
}
