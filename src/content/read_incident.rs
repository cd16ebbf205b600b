//! One incident or maintenance from its file and its translations: what watch mode calls for a file that changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::body::BodyReader;
use super::decode::{NoFrontMatter, Parts, decode, split};
use super::front_matter::{FrontMatter, read_front_matter};
use super::keywords::Keywords;
use super::place::{Place, is_slug, place, slug_for};
use super::promise::check_settlements;
use super::surroundings::Surroundings;
use super::translation::read_translation;
use super::{File, Incident, Read};
use crate::config::faults::Faults;
use crate::config::rules::{BAD_ID, REASON_MISSING, UNREADABLE, UPDATE_ORDER};
use crate::config::table::{self, Table};
use crate::diag::Finding;
use crate::text::{Slug, Source, Span};

/// Reads one file with its translations (`NAME.LANG.md`, in any order). `None` where it cannot be read at all; the
/// findings then say why and withhold.
pub fn read_incident(
    file: &File,
    translations: &[&File],
    around: Surroundings<'_>,
) -> Read<Option<Incident>> {
    let (slug, maintenance) = match place(&file.path) {
        Place::Maintenance { slug, .. } => (slug, true),
        Place::Incident { slug, .. } => (slug, false),
        _ => (file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md"), false),
    };
    let about: Arc<str> = slug.into();
    let source = match decode(file) {
        Ok(source) => source,
        Err(finding) => {
            return Read { value: None, findings: vec![Finding { incident: Some(about), ..*finding }] };
        }
    };
    let mut faults = Faults::new(&source);
    faults.incident = Some(about);
    let read = if is_slug(slug) {
        front_matter(&source, &mut faults)
            .and_then(|parts| incident(file, slug, maintenance, parts, around, &mut faults))
    } else {
        faults.withhold(
            BAD_ID,
            Span::at(0),
            format!("The file's name, `{slug}.md`, does not fit into an address."),
            format!("Rename it to `{}.md`: lower-case letters, digits and `-` only.", slug_for(slug)),
        );
        None
    };
    let mut findings = faults.findings;
    let Some(mut incident) = read else { return Read { value: None, findings } };
    let mut files: Vec<(&str, &File)> = translations
        .iter()
        .filter_map(|file| match place(&file.path) {
            Place::Incident { lang: Some(lang), .. } | Place::Maintenance { lang: Some(lang), .. } => {
                Some((lang, *file))
            }
            _ => None,
        })
        .collect();
    files.sort_by_key(|(lang, _)| *lang);
    for (lang, translation) in &files {
        let (read, told) = read_translation(translation, lang, &incident, around);
        incident.translations.extend(read);
        findings.extend(told);
    }
    if incident.imported {
        findings.retain(|finding| finding.rule != REASON_MISSING && finding.rule != UPDATE_ORDER);
        findings.iter_mut().for_each(|finding| finding.withholds = false);
    }
    incident.fingerprint = fingerprint(file, &files, around);
    Read { value: Some(incident), findings }
}

/// Finds the front matter; where there is none, the finding says what to write.
fn front_matter(source: &Source, faults: &mut Faults<'_>) -> Option<Parts> {
    let help = "Begin the file with a line `+++`, then `title = \"…\"` and the other keys, then `+++` again.";
    match split(&source.text) {
        Ok(parts) => Some(parts),
        Err((why, span)) => {
            let message = match why {
                NoFrontMatter::Missing => "The file has no front matter.",
                NoFrontMatter::Yaml => {
                    "The front matter is written as YAML, between `---` lines; Candor reads TOML between `+++` lines."
                }
                NoFrontMatter::Unclosed => "The front matter never ends: there is no second `+++` line.",
            };
            faults.withhold(UNREADABLE, span, message, help);
            None
        }
    }
}

fn incident(
    file: &File,
    slug: &str,
    maintenance: bool,
    parts: Parts,
    around: Surroundings<'_>,
    faults: &mut Faults<'_>,
) -> Option<Incident> {
    let source = faults.source();
    let (document, readable) =
        table::parse(parts.front_matter.of(&source.text), parts.front_matter.start, faults);
    let table = Table::new("the front matter", &document, parts.front_matter.start);
    let before = faults.findings.len();
    let front = read_front_matter(table, maintenance, around, faults);
    if !readable {
        // What is missing now may only be missing because TOML could not be read: the first finding is enough.
        faults.findings.truncate(before);
    }
    let reader = BodyReader {
        around,
        keywords: Keywords::of(if front.lang.is_empty() {
            around.settings.default_language()
        } else {
            &front.lang
        }),
        maintenance,
        translation: false,
        imported: front.imported,
        committed: &file.committed,
    };
    let body = reader.read(parts.body, faults);
    check_settlements(&body.updates, faults);
    let FrontMatter { title, severity, started, kind, .. } = front;
    let (Some(title), Some(severity), Some(started), Some(kind), true) =
        (title, severity, started, kind, readable)
    else {
        // Without these nothing can be said about the incident, so what holds the front matter back holds it all back.
        let inside =
            |finding: &&mut Finding| finding.update.is_none() && parts.front_matter.contains(finding.span);
        faults.findings.iter_mut().filter(inside).for_each(|finding| finding.withholds = true);
        return None;
    };
    Some(Incident {
        slug: Slug::from(slug),
        source: source.clone(),
        kind,
        title,
        severity,
        services: front.services,
        areas: front.areas,
        owner: front.owner,
        owner_text: front.owner_text,
        deputy: front.deputy,
        started,
        every: front.every,
        cause: front.cause,
        risk: front.risk,
        goodwill: front.goodwill,
        contact: front.contact,
        technical: front.technical,
        related: front.related,
        first_of_kind: front.first_of_kind,
        apology_not_needed: front.apology_not_needed,
        no_review: front.no_review,
        detected: front.detected,
        aliases: front.aliases,
        imported: front.imported,
        lang: front.lang,
        draft: front.draft,
        front_matter: parts.front_matter,
        summary: body.summary,
        summary_sections: body.summary_sections,
        updates: body.updates,
        comments: body.comments,
        translations: Vec::new(),
        fingerprint: 0,
    })
}

/// Equal only where path, text, commit time, translations and surroundings are equal.
fn fingerprint(file: &File, translations: &[(&str, &File)], around: Surroundings<'_>) -> u64 {
    // Its keys are fixed, so the value holds from run to run.
    let mut hasher = DefaultHasher::new();
    around.fingerprint().hash(&mut hasher);
    for file in std::iter::once(file).chain(translations.iter().map(|(_, file)| *file)) {
        (&file.path, &file.bytes, &file.committed).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{file, front, read, read_files, told, written};
    use super::*;

    #[test]
    fn a_file_without_front_matter_is_unreadable() {
        for (text, why) in [
            ("No water.\n", "The file has no front matter."),
            ("---\ntitle: x\n---\n", "written as YAML"),
            ("+++\ntitle = \"x\"\n", "never ends"),
        ] {
            let read = read(text);
            assert!(read.value.is_none());
            let told = told(&read.findings);
            assert!(told[0].starts_with("unreadable!") && told[0].contains(why), "{told:?}");
        }
    }

    #[test]
    fn a_slip_of_toml_is_one_finding_and_the_updates_are_still_read() {
        let text =
            front("").replace("severity = \"major\"", "severity = major") + "## 2026-11-21 14:10 Identifed\n";
        let read = read(&text);
        assert!(read.value.is_none());
        let told = told(&read.findings);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("unreadable! \"major\": This is not valid TOML"), "{told:?}");
        assert!(told[1].starts_with("unknown-status!"), "{told:?}");
    }

    #[test]
    fn a_name_that_fits_no_address_is_refused() {
        let read = read_files(&[written("Burst Main", &front(""))]);
        assert!(read.value.is_none());
        assert!(told(&read.findings)[0].contains("Rename it to `burst-main.md`"), "{:?}", read.findings);
    }

    #[test]
    fn line_ends_and_byte_order_marks_change_nothing() {
        let text = front("")
            + "## 2026-11-21 14:10 Identified\nNext update: 14:40\nAffected: 40\n  homes, counted\n\nOne.\n\nTwo.\n";
        let plain = read(&text).value.unwrap();
        for other in [text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let read = read(&other);
            assert_eq!(told(&read.findings), [""; 0]);
            let update = &read.value.unwrap().updates[0];
            assert_eq!(update.at, plain.updates[0].at);
            assert_eq!(
                update.header.affected.as_ref().unwrap().value,
                plain.updates[0].header.affected.as_ref().unwrap().value
            );
            assert_eq!(update.body.of(&other).replace('\r', ""), "One.\n\nTwo.");
        }
    }

    #[test]
    fn imported_history_is_never_withheld() {
        let text = front("imported = true\n")
            + "## 2026-11-21 15:10 Resolved\nExpected fix: 20:00\n\n## 2026-11-21 14:10 Identified\n\n## 2026-11-21 Identified\n";
        let read = read(&text);
        assert_eq!(read.value.unwrap().updates.len(), 2);
        let told = told(&read.findings);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("update-heading \"## 2026-11-21 Identified\""), "{told:?}");
    }

    #[test]
    fn equal_fingerprints_mean_equal_incidents() {
        let of = |files: &[File]| read_files(files).value.unwrap().fingerprint;
        let one = written("a", &front(""));
        assert_eq!(of(std::slice::from_ref(&one)), of(std::slice::from_ref(&one)));
        assert_ne!(of(&[written("a", &front("draft = true\n"))]), of(std::slice::from_ref(&one)));
        assert_ne!(of(&[written("b", &front(""))]), of(std::slice::from_ref(&one)));
        let french = file("content/incidents/a.fr.md", "Pas d'eau.\n");
        assert_ne!(of(&[one.clone(), french]), of(&[one]));
    }

    #[test]
    fn findings_name_the_incident_and_the_update() {
        let read = read(&(front("") + "## 2026-11-21 14:10 Identified\nBy: nobody\n"));
        let finding = &read.findings[0];
        assert_eq!(finding.incident.as_deref(), Some("a"));
        assert_eq!(finding.update, Some(super::super::fixture::at("2026-11-21T14:10:00Z")));
    }
}
