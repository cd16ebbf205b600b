//! An incident without a file in one of the site's languages.

use crate::diag::Level;
use crate::lint::{Category, Check, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "translation-missing",
    category: Category::Structure,
    level: Level::Off,
    withholds: false,
    overridable: true,
    summary: "One of the site's languages has no translation of the incident.",
    explanation: "Whoever reads only the other language finds a page that speaks past them, on the day when it counts most. In \
        many places a public body must say it in both.",
    source: "Duties of bilingual bodies. How not to react when something goes wrong: one message to all.",
    backing: "A file `NAME.LANG.md` beside it for each of `languages`. Which languages are owed is the site's policy, so the rule \
        is off until `candor.toml` says `translation-missing = \"warning\"` or `\"error\"` under `[lint]`, for all or \
        by path.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    if incident.updates.is_empty() {
        return;
    }
    let has = |lang: &str| incident.lang == lang || incident.translations.iter().any(|other| other.lang == lang);
    for lang in subject.context.settings.languages.iter().filter(|lang| !has(lang)) {
        let name = incident.path().rsplit('/').next().unwrap_or_default();
        let name = name.strip_suffix(".md").unwrap_or(name);
        report.find(
            subject.place(incident.title.span),
            format!("Nobody can read this in “{lang}”."),
            format!("Write `{name}.{lang}.md` beside it: the same headings and times, with the words translated."),
        );
    }
}
