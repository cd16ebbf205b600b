//! An update that waits until it can be read in every language of the site.

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "translation-awaited",
    category: Category::Structure,
    level: Level::Warning,
    withholds: true,
    overridable: true,
    summary: "An update that is not yet there in every language, on a site that publishes all of them together.",
    explanation: "Where two groups of readers are owed the same word at the same time, the first must not hear it an hour before \
        the second. But nobody may wait long for a translator: what is true and useful goes out.",
    source: "Duties of bilingual bodies. How not to react when something goes wrong: one message to all.",
    backing: "The same heading in a file `NAME.LANG.md` for each of `languages`; or the time of the update and \
        `wait_for_translation` of `candor.toml` (30 minutes at most; without it nothing waits): then the update is published, and \
        the page says what is not translated.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let (settings, incident, now) = (subject.context.settings, subject.incident, subject.context.now);
    let wait = settings.wait_for_translation;
    if wait.is_zero() {
        return;
    }
    for update in &incident.updates {
        let until = update.at.saturating_add(wait).unwrap_or(update.at);
        if until <= now {
            continue;
        }
        let told = |lang: &str| {
            let own = incident.translations.iter().find(|translation| translation.lang == lang);
            incident.lang == lang || own.is_some_and(|own| own.updates.iter().any(|own| own.at == update.at))
        };
        let missing: Vec<&str> =
            settings.languages.iter().map(String::as_str).filter(|lang| !told(lang)).collect();
        if missing.is_empty() {
            continue;
        }
        let until = backing::written(subject.context, until, now);
        report.find(
            subject.place_in(update, update.heading),
            format!("This update waits for {} until {until}, then it is published without.", missing.join(", ")),
            "Repeat its heading in the translation and translate what stands below it; or say in the update why it cannot wait.",
        );
    }
}
