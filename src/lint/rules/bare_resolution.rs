//! "This incident has been resolved", and nothing more.

use crate::content::Status;
use crate::diag::Level;
use crate::lint::{Category, Check, Part, Passage, Phrases, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "bare-resolution",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "The end of an incident without one fact: no time, no figure, no cause, nothing to do.",
    explanation: "The last update is the one that most people read. “This incident has been resolved” leaves open since \
        when it works, what it was, and whether they must do something again. Of 801 real incidents, 31 in 100 end so.",
    source: "Effective incident handling: follow up. login.gov: say when, what and what to do.",
    backing: "One fact of this incident: since when, how long, how many, what it was, what was done, or what people have \
        to do now.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if subject.incident.is_maintenance() {
        return;
    }
    for passage in &subject.passages {
        let (Part::Update(_), Some(Status::Resolved), Some(update)) = (passage.part, passage.status, passage.update)
        else {
            continue;
        };
        let says_status = matches!(update.word, crate::content::Word::Status(Status::Resolved));
        let Some(phrases) = passage.phrases(RULE.id) else { continue };
        if !says_status || !is_bare(phrases, subject, passage) {
            continue;
        }
        let Some(first) = passage.sentences().next() else { continue };
        report
            .find(
                passage.place(first.span()),
                "This tells nothing but that it is over.",
                format!("Say since when, what it was, and whether people need to do anything: “{}”", phrases.suggestion("facts")),
            )
            .level = subject.level_of_words(update, RULE.level);
    }
}

/// Whether all that an update says could be said of any incident, or stands in the title.
fn is_bare(phrases: &Phrases, subject: &Subject<'_>, passage: &Passage<'_>) -> bool {
    let header = passage.header().is_some_and(|header| header.affected.is_some() || !header.promises.is_empty());
    if header || !passage.prose.links.is_empty() {
        return false;
    }
    let title = subject.incident.title.value.to_lowercase();
    let known = |word: &str| phrases.has("stock", word) || title.split(|c: char| !c.is_alphanumeric()).any(|own| own == word);
    let mut sentences = passage.sentences();
    sentences.all(|sentence| {
        let text = sentence.text;
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
        words.filter(|word| !word.is_empty()).all(known) && !phrases.has("fact", text)
    })
}
