//! A translation that says less than its source, or something else.

use crate::content::{Incident, Translation, Update};
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::figures::{Figure, given, readable};
use crate::lint::{Category, Check, Part, Passage, Report, Rule, Subject};
use crate::timeline::Words;

pub(super) const RULE: Rule = Rule {
    id: "translation-stale",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A translation that lacks updates of its source, or gives other times or figures in its words.",
    explanation: "Two groups of readers are told different things, and neither knows. Who reads the translation waits at the \
        wrong hour, or drinks the water that the other page warns of.",
    source: "Duties of bilingual bodies. How not to react when something goes wrong: be on the same page.",
    backing: "An update with the same heading time for each of the source's, and in its words every clock time and every larger \
        figure of the source. What is published is never edited, so a translation grows old only by what is added. Status, \
        times and figures in the header are compared when the file is read (`translation`). Sites that owe their readers \
        both languages raise it to an error under `[lint]`.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for translation in &subject.incident.translations {
        lacking(subject, translation, report);
        for passage in &subject.passages {
            if passage.translated && std::ptr::eq(passage.source, &translation.source) {
                differing(subject, translation, passage, report);
            }
        }
    }
}

/// Updates of the source that are not in the translation.
fn lacking(subject: &Subject<'_>, translation: &Translation, report: &mut Report<'_>) {
    let incident: &Incident = subject.incident;
    let stands = |(index, update): &(usize, &Update)| {
        let down = subject.statement(*index).is_some_and(|statement| statement.words == Words::Retracted);
        !down && !translation.updates.iter().any(|own| own.at == update.at)
    };
    let mut missing = incident.updates.iter().enumerate().filter(stands).map(|(_, update)| update);
    let Some(first) = missing.next() else { return };
    let more = missing.count();
    let at = backing::written(subject.context, first.at, subject.context.now);
    let name = &translation.source.path;
    let message = match more {
        0 => format!("The update of {at} is not in {name}."),
        _ => format!("The update of {at} and {more} more are not in {name}."),
    };
    // Shown where the words stand that are to be translated: there a reason can silence it.
    report.find(
        subject.place_in(first, first.heading),
        message,
        "Repeat its heading there, and translate what stands below it.",
    );
}

/// A clock time or figure in the source's words that its translation lacks.
fn differing(subject: &Subject<'_>, translation: &Translation, passage: &Passage<'_>, report: &mut Report<'_>) {
    let Part::Update(index) = passage.part else { return };
    let Some(source) = subject.passage(index) else { return };
    let own: Vec<Figure> = passage.sentences().flat_map(|said| readable(said.text)).collect();
    let mut wanted = source.sentences().flat_map(|said| given(said.text));
    let Some(lost) = wanted.find(|figure| !own.iter().any(|own| own.may_be(*figure))) else { return };
    let Some(update) = subject.incident.updates.get(index) else { return };
    report.find(
        subject.place_in(update, update.heading),
        format!("This update says {lost}; {} does not.", translation.source.path),
        "Give the same times and figures in both. If the source was wrong, a `Correction` belongs into both files.",
    );
}
