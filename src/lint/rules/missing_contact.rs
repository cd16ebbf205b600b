//! No way to reach a person, or words that close the way there is.

use crate::config::Contact;
use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "missing-contact",
    category: Category::Structure,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "An open incident with no way to reach a person, or words that close the way there is.",
    explanation: "Some readers have a question that the page cannot answer: a baby, a machine that must not stop, a \
        letter they do not understand. “Do not reply” and “our lines are very busy” leave them alone with it. Where \
        there is no telephone number and no place to go, it is a warning.",
    source: "Effective incident handling: clear contact information, preferably a telephone number; offer to call \
        back. WCAG 2.2, 3.2.6: consistent help.",
    backing: "`contact` in `candor.toml` or in the front matter, or an owner with a number or an address. For words that \
        close a way: another way, or an offer to ring back, in the same update.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if !subject.incident.imported {
        ways_in(subject, report);
    }
    for passage in &subject.passages {
        dead_ends(passage, report);
    }
}

/// Whether the site, the file or the owner gives a way to reach someone.
fn ways_in(subject: &Subject<'_>, report: &mut Report<'_>) {
    let Some(timeline) = subject.timeline.filter(|timeline| timeline.open) else { return };
    let site: &Contact = &subject.context.settings.contact;
    let own = subject.incident.contact.as_ref().map_or("", |contact| contact.value.trim());
    let owner = timeline.facts.owner.as_ref().and_then(|id| subject.context.content.registers.person(id));
    let phone = !site.phone.is_empty() || owner.is_some_and(|owner| !owner.phone.is_empty());
    let mail = !site.mail.is_empty() || owner.is_some_and(|owner| !owner.mail.is_empty());
    let place = subject.place(subject.incident.title.span);
    if phone || !site.place.is_empty() || own.chars().filter(char::is_ascii_digit).count() >= 3 {
        return;
    }
    if mail || !own.is_empty() {
        report
            .find(
                place,
                "People can only write to us: no telephone number and no place to go is given.",
                "Add `phone` or `place` to `contact` in `candor.toml`, or a number to the owner in `people.toml`.",
            )
            .level = Level::Warning;
    } else {
        report.find(
            place,
            "This incident is open, and nothing says how to reach a person.",
            "Add `contact = { phone = \"…\", hours = \"…\" }` to `candor.toml`, or `contact = \"…\"` to this file.",
        );
    }
}

/// Words that close a way without opening another.
fn dead_ends(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    let open = passage.sentences().any(|sentence| opens_a_way(phrases, sentence.text));
    if open {
        return;
    }
    for sentence in passage.sentences() {
        let text = sentence.text;
        let found = phrases
            .first("closed", text)
            .or_else(|| phrases.first("no_reply", text))
            .or_else(|| phrases.first("queue", text));
        let Some(found) = found.filter(|_| !phrases.has("advice", text)) else { continue };
        report.find(
            passage.place(sentence.original(found)),
            "This closes a way to reach us, and the update opens no other.",
            format!("Give a way that works, or offer to ring back: “{}”", phrases.suggestion("way")),
        );
    }
}

fn opens_a_way(phrases: &Phrases, text: &str) -> bool {
    phrases.has("way", text) || phrases.has("number", text)
}
