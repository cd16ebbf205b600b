//! `NAME.LANG.md`: the same statements in another language, matched to the source by heading time.

use std::sync::Arc;

use super::body::BodyReader;
use super::decode::{NoFrontMatter, decode, split};
use super::keywords::Keywords;
use super::surroundings::Surroundings;
use super::{Affected, File, Incident, Translation, Update};
use crate::config::bom;
use crate::config::faults::Faults;
use crate::config::rules::{TRANSLATION, UNREADABLE, WRONG_TYPE};
use crate::config::table::{self, Table};
use crate::diag::Finding;
use crate::text::{Span, Spanned};

/// Reads one translation of `incident`.
pub(super) fn read_translation(
    file: &File,
    lang: &str,
    incident: &Incident,
    around: Surroundings<'_>,
) -> (Option<Arc<Translation>>, Vec<Finding>) {
    let slug: Arc<str> = incident.slug.as_str().into();
    let source = match decode(file) {
        Ok(source) => source,
        Err(finding) => return (None, vec![Finding { incident: Some(slug), withholds: false, ..*finding }]),
    };
    let mut faults = Faults::new(&source);
    faults.incident = Some(slug);
    // A translation needs no front matter: it may have nothing to say there.
    let (front, body) = match split(&source.text) {
        Ok(parts) => {
            let (document, _) =
                table::parse(parts.front_matter.of(&source.text), parts.front_matter.start, &mut faults);
            let table = Table::new("the front matter of a translation", &document, parts.front_matter.start);
            (read_front(table, &mut faults), parts.body)
        }
        Err((NoFrontMatter::Missing, _)) => {
            (Front::default(), Span::new(bom(&source.text), source.text.len()))
        }
        Err((_, span)) => {
            faults.error(
                UNREADABLE,
                span,
                "The front matter is not closed, or is not TOML.",
                "Begin the file with `+++`, then keys such as `title = \"…\"`, then `+++` again.",
            );
            return (None, faults.without_withholding());
        }
    };
    let reader = BodyReader {
        around,
        keywords: Keywords::of(lang),
        maintenance: incident.is_maintenance(),
        translation: true,
        imported: incident.imported,
        committed: &file.committed,
    };
    let body = reader.read(body, &mut faults);
    if !around.settings.speaks(lang) {
        faults.warning(
            TRANSLATION,
            Span::at(0),
            format!("The site does not speak “{lang}”, so nobody sees this translation."),
            format!("Add `\"{lang}\"` to `languages` in candor.toml."),
        );
    }
    for update in &body.updates {
        compare(update, incident, &mut faults);
    }
    let translation = Translation {
        lang: lang.to_owned(),
        title: front.title,
        machine: front.machine,
        goodwill: front.goodwill,
        summary: body.summary,
        updates: body.updates,
        source: source.clone(),
    };
    // These findings are about the translation's own file, so they hold back its updates and never the source's.
    (Some(Arc::new(translation)), faults.findings)
}

/// The front matter of a translation.
#[derive(Debug, Default)]
struct Front {
    title: Option<Spanned<String>>,
    machine: bool,
    goodwill: String,
}

/// Reads the front matter of a translation: its title and who made it. Facts stay in the source.
fn read_front(mut table: Table<'_>, faults: &mut Faults<'_>) -> Front {
    let title = table.string("title", faults).filter(|title| !title.is_empty());
    let goodwill = table.text("goodwill", faults);
    let by = table.string("translation", faults);
    if let Some(by) = by.as_ref().filter(|by| !matches!(by.as_str(), "human" | "machine")) {
        faults.error(
            WRONG_TYPE,
            by.span,
            format!("“{}” does not say who translated.", by.value),
            "Write `translation = \"human\"` or `\"machine\"`.",
        );
    }
    table.finish(faults);
    Front { title, machine: by.is_some_and(|by| by.value == "machine"), goodwill }
}

/// Facts come from the source; a translation that says others is told so.
fn compare(update: &Update, incident: &Incident, faults: &mut Faults<'_>) {
    faults.update = Some(update.at);
    let Some(source) = incident.updates.iter().find(|source| source.at == update.at) else {
        faults.error(
            TRANSLATION,
            update.heading,
            format!("{} has no update at this time.", incident.path()),
            "Repeat the heading's date and time exactly; the words after it may be translated.",
        );
        faults.update = None;
        return;
    };
    if source.word != update.word {
        let said = source.heading.of(incident.text()).to_owned();
        faults.withhold(
            TRANSLATION,
            update.heading,
            format!("The source says another status: `{said}`."),
            "Translate that one.",
        );
    }
    let (header, facts) = (&update.header, &source.header);
    let mut differs = |span: Span, what: &str| {
        faults.withhold(
            TRANSLATION,
            span,
            format!("{what} is not what the source says."),
            "Write the same time or figure; only the words around it are translated.",
        );
    };
    if let Some(next) = &header.next_update
        && facts.next_update.as_ref().map(|next| next.value.at) != Some(next.value.at)
    {
        differs(next.span, "The next update");
    }
    if let Some(fix) = &header.expected_fix
        && facts.expected_fix.as_ref().map(|fix| fix.value.at) != Some(fix.value.at)
    {
        differs(fix.span, "The expected fix");
    }
    if let Some(affected) = &header.affected
        && !facts.affected.as_ref().is_some_and(|fact| same_figure(&fact.value, &affected.value))
    {
        differs(affected.span, "The figure");
    }
    let fixed = [
        header.severity.as_ref().map(|value| value.span),
        header.areas.as_ref().map(|value| value.span),
        header.owner.as_ref().map(|value| value.span),
        header.services.first().map(|value| value.span),
        header.window.as_ref().map(|value| value.span),
    ];
    for span in fixed.into_iter().flatten() {
        faults.warning(
            TRANSLATION,
            span,
            "This comes from the source and has no effect here.",
            "Take the line away.",
        );
    }
    faults.update = None;
}

/// Whether two figures hold the same digits; one written out in words is believed.
fn same_figure(source: &Affected, translated: &Affected) -> bool {
    let digits = |figure: &str| figure.chars().filter(char::is_ascii_digit).collect::<String>();
    match (source, translated) {
        (Affected::Figure { figure: a, .. }, Affected::Figure { figure: b, .. }) => {
            let (a, b) = (digits(a), digits(b));
            a.is_empty() || b.is_empty() || a == b
        }
        (Affected::Everyone, Affected::Everyone) => true,
        (Affected::NotKnown { .. }, Affected::NotKnown { .. }) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{file, front, read_files, told};
    use super::*;
    use crate::content::{SectionKind, Status, Word};

    fn read(french: &str) -> (Arc<Translation>, Vec<String>) {
        let source = front("")
            + "## 2026-11-21 14:10 Investigating\nAffected: about 1,200 homes, counted\nExpected fix: 20:00 because the pipe is here\n\nWe dig.\n\n\
               ## 2026-11-21 15:10 Correction\nCorrects: 14:10, 1,200\n\nx\n";
        let read =
            read_files(&[file("content/incidents/a.md", &source), file("content/incidents/a.fr.md", french)]);
        (read.value.unwrap().translations.remove(0), told(&read.findings))
    }

    #[test]
    fn keys_statuses_and_sections_are_accepted_in_both_languages() {
        let (translation, told) = read(
            "+++\ntitle = \"Rupture\"\ntranslation = \"machine\"\n+++\n\nPas d'eau.\n\n## 2026-11-21 14:10 Enquête en cours\n\n\
             Touchés : environ 1 200 logements, comptés\nRéparation prévue : 20:00, car la conduite est là\n\nNous creusons.\n\n\
             ### Ce que vous pouvez faire\n\nRien.\n\n## 2026-11-21 15:10 Correction\n\ny\n",
        );
        assert_eq!(told, [""; 0]);
        assert_eq!((translation.lang.as_str(), translation.machine), ("fr", true));
        assert_eq!(translation.title.as_ref().unwrap().value, "Rupture");
        let update = &translation.updates[0];
        assert_eq!(update.word, Word::Status(Status::Investigating));
        assert_eq!(update.header.expected_fix.as_ref().unwrap().because, "la conduite est là");
        assert_eq!(update.sections[0].kind, SectionKind::Actions);
    }

    #[test]
    fn facts_come_from_the_source() {
        for (update, message) in [
            ("14:11 Investigating", "has no update at this time"),
            ("14:10 Résolu", "The source says another status: `## 2026-11-21 14:10 Investigating`."),
            (
                "14:10 Investigating\nTouchés : 1 300 logements, comptés",
                "The figure is not what the source says.",
            ),
            ("14:10 Investigating\nTouchés : tout le monde", "The figure is not what the source says."),
            (
                "14:10 Investigating\nRéparation prévue : 21:00 car oui",
                "The expected fix is not what the source says.",
            ),
            ("14:10 Investigating\nProchain point : 14:40", "The next update is not what the source says."),
            ("14:10 Investigating\nGravité : critique", "This comes from the source and has no effect here."),
        ] {
            let (_, told) = read(&format!("## 2026-11-21 {update}\n"));
            assert_eq!(told.len(), 1, "{update}: {told:?}");
            assert!(told[0].starts_with("translation") && told[0].contains(message), "{update}: {told:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_translation_is_about_its_own_file() {
        let source = front("") + "## 2026-11-21 14:10 Investigating\n\nWe dig.\n";
        let french = "+++\ntitel = \"x\"\n+++\n## 2026-11-21 14:1O Investigating\n";
        let read =
            read_files(&[file("content/incidents/a.md", &source), file("content/incidents/a.fr.md", french)]);
        assert_eq!(read.value.unwrap().updates.len(), 1);
        let places: Vec<_> = read.findings.iter().map(|f| (&*f.rule, &*f.path)).collect();
        let path = "content/incidents/a.fr.md";
        assert_eq!(places, [("unknown-key", path), ("bad-time", path)]);
    }
}
