//! What the values in an update's header mean.

use jiff::Timestamp;

use super::header_lines::{HeaderLine, Text};
use super::keywords::{Key, Keywords, Phrase};
use super::promise::PromiseReader;
use super::said::Said;
use super::surroundings::{Surroundings, Unknown};
use super::{Affected, Header, Settlement, Word};
use crate::config::faults::Faults;
use crate::config::rules::{
    HEADER_LINE, REASON_MISSING, UNKNOWN_KEY, UNKNOWN_NAME, UNKNOWN_STATUS, WRONG_TYPE,
};
use crate::text::{AreaId, PersonId, ServiceId, Span, Spanned};

/// What a header is read against.
#[derive(Clone, Copy)]
pub(super) struct HeaderReader<'a> {
    pub(super) around: Surroundings<'a>,
    pub(super) keywords: &'a Keywords,
    pub(super) maintenance: bool,
    pub(super) word: Word,
    /// Time of the heading.
    pub(super) at: Timestamp,
    /// When the file's updates were made.
    pub(super) said: &'a Said,
}

impl HeaderReader<'_> {
    /// Reads the lines. What cannot be read is a finding, and the rest is kept.
    pub(super) fn read(self, lines: &[HeaderLine<'_>], faults: &mut Faults<'_>) -> Header {
        let mut header = Header::default();
        let mut seen: Vec<(Key, Span)> = Vec::new();
        for line in lines {
            let Some(key) = line.known else {
                self.unknown_key(line, faults);
                continue;
            };
            if line.indented {
                faults.error(
                    HEADER_LINE,
                    line.key.span,
                    format!("`{}` is indented, as if it continued the line above.", line.key.value),
                    "Take the blanks before it away.",
                );
            }
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == key && !key.repeats()) {
                let note = crate::diag::Note {
                    path: faults.source().path.clone(),
                    span: *first,
                    message: "The first one counts.".to_owned(),
                };
                faults
                    .error(
                        HEADER_LINE,
                        line.key.span,
                        format!("`{}` stands here twice.", line.key.value),
                        "Keep one; only Promise, Kept and Withdrawn may repeat.",
                    )
                    .notes
                    .push(note);
                continue;
            }
            seen.push((key, line.key.span));
            if line.value.words.is_empty() {
                faults.error(
                    HEADER_LINE,
                    line.key.span,
                    format!("`{}` has no value.", line.key.value),
                    "Write it behind the colon, or take the line away.",
                );
                continue;
            }
            self.value(key, line, &mut header, faults);
        }
        header
    }

    fn unknown_key(self, line: &HeaderLine<'_>, faults: &mut Faults<'_>) {
        let help = match self.keywords.nearest_key(&line.key) {
            Some(near) => format!("Did you mean `{near}`? If this is text, put an empty line before it."),
            None => "If this is text, put an empty line before it, so that it is published.".to_owned(),
        };
        faults.error(
            UNKNOWN_KEY,
            line.key.span,
            format!("`{}` is not a key of an update, so this line is not published.", line.key.value),
            help,
        );
    }

    fn value(self, key: Key, line: &HeaderLine<'_>, header: &mut Header, faults: &mut Faults<'_>) {
        let text = &line.value;
        let span = text.span;
        match key {
            Key::NextUpdate => {
                header.next_update = self.next_update(text, faults).map(|v| Spanned::new(v, span));
            }
            Key::ExpectedFix => {
                header.expected_fix = self.expected_fix(text, faults).map(|v| Spanned::new(v, span));
            }
            Key::Affected => header.affected = Some(Spanned::new(self.affected(text, faults), span)),
            Key::By => header.by = self.person(text, faults),
            Key::Owner => header.owner = self.person(text, faults),
            Key::Severity => match self.keywords.severity(unquoted(&text.words)) {
                Some(severity) => header.severity = Some(Spanned::new(severity, span)),
                None => {
                    faults.error(
                        WRONG_TYPE,
                        span,
                        format!("“{}” is not a severity.", text.words),
                        "Write minor, major or critical.",
                    );
                }
            },
            Key::Areas => header.areas = self.areas(text, faults).map(|v| Spanned::new(v, span)),
            Key::Services => header.services = self.services(text, faults),
            Key::Promise => {
                let reader = PromiseReader {
                    keywords: self.keywords,
                    zone: &self.around.settings.zone,
                    heading: self.at,
                };
                header
                    .promises
                    .extend(reader.promise(&text.words, span, faults).map(|v| Spanned::new(v, span)));
            }
            Key::Kept => header.kept.push(Spanned::new(self.settlement(text), span)),
            Key::Withdrawn => header.withdrawn.push(Spanned::new(self.settlement(text), span)),
            Key::Corrects | Key::Retracts => {
                if self.word != Word::Correction {
                    faults.error(
                        HEADER_LINE,
                        line.key.span,
                        format!(
                            "`{}` stands only under a heading that ends in `Correction`.",
                            line.key.value
                        ),
                        "Add an update of its own: `## DATE TIME Correction`.",
                    );
                    return;
                }
                let corrected = self.corrected(text, faults).map(|v| Spanned::new(v, span));
                if key == Key::Corrects { header.corrects = corrected } else { header.retracts = corrected }
            }
            Key::Window => {
                if !self.maintenance {
                    faults.error(
                        HEADER_LINE,
                        line.key.span,
                        "`Window` is for planned work, and this is an incident.",
                        "Take the line away, or move the file to `content/maintenance/`.",
                    );
                    return;
                }
                header.window = self.window(text, faults).map(|v| Spanned::new(v, span));
            }
        }
    }

    /// `FIGURE, HOW WE KNOW`, `everyone` or `not known because REASON`.
    fn affected(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Affected {
        let (head, reason) = self.because(&text.words);
        if self.keywords.is(Phrase::Everyone, text.words.trim_end_matches('.')) {
            return Affected::Everyone;
        }
        if self.keywords.is(Phrase::NotKnown, head) {
            let because = reason.unwrap_or_default().to_owned();
            if because.is_empty() {
                faults.error(
                    REASON_MISSING,
                    text.span,
                    "This does not say why it is not known.",
                    "Write `not known because …`.",
                );
            }
            return Affected::NotKnown { because };
        }
        // A comma within a number has no blank behind it: `1,200 homes, counted from meters`.
        let (figure, how) = text
            .words
            .match_indices([',', '،'])
            .find(|(at, comma)| text.words[at + comma.len()..].starts_with(char::is_whitespace))
            .map_or((text.words.as_ref(), ""), |(at, comma)| {
                (&text.words[..at], &text.words[at + comma.len()..])
            });
        if how.trim().is_empty() {
            faults.error(
                REASON_MISSING,
                text.span,
                "This figure does not say how it was obtained.",
                "Write it behind a comma: `about 1,200 homes, counted from pressure sensors`.",
            );
        }
        Affected::Figure { figure: figure.trim().to_owned(), how: how.trim().to_owned() }
    }

    fn person(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<Spanned<PersonId>> {
        let found = self.around.person(unquoted(&text.words));
        named("person", &text.words, text.span, found, faults).map(|id| Spanned::new(id, text.span))
    }

    /// `norwood, riverside`, with brackets and quotes as in front matter, or `everywhere`.
    fn areas(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<Vec<AreaId>> {
        let words = text.words.trim_start_matches('[').trim_end_matches(']');
        if self.keywords.is(Phrase::Everywhere, words) || words.trim().is_empty() {
            return Some(Vec::new());
        }
        let names: Vec<&str> = words.split(',').map(unquoted).filter(|name| !name.is_empty()).collect();
        let found: Vec<_> = names
            .iter()
            .map(|name| named("area", name, text.place(name), self.around.area(name), faults))
            .collect();
        // With one area missing, the rest would say less than was meant.
        found.into_iter().collect()
    }

    /// `water-supply: degraded; roads: operational`.
    fn services(
        self,
        text: &Text<'_>,
        faults: &mut Faults<'_>,
    ) -> Vec<Spanned<(ServiceId, super::ServiceState)>> {
        let mut services = Vec::new();
        for part in text.words.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let place = text.place(part);
            let Some((name, state)) = part.rsplit_once(':') else {
                faults.error(
                    HEADER_LINE,
                    place,
                    format!("“{part}” does not say the state of a service."),
                    "Write `water-supply: degraded; roads: operational`.",
                );
                continue;
            };
            let (name, state) = (unquoted(name), state.trim());
            let known = self.keywords.state(state);
            if known.is_none() {
                let help = match self.keywords.nearest_state(state) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Write operational, degraded, partial outage, outage or planned work.".to_owned(),
                };
                faults.error(
                    UNKNOWN_STATUS,
                    text.place(state),
                    format!("“{state}” is not a state of a service."),
                    help,
                );
            }
            let service = named("service", name, text.place(name), self.around.service(name), faults);
            services.extend(service.zip(known).map(|pair| Spanned::new(pair, place)));
        }
        services
    }

    fn settlement(self, text: &Text<'_>) -> Settlement {
        let (words, reason) = self.because(&text.words);
        Settlement { words: words.to_owned(), because: reason.map(str::to_owned) }
    }

    /// What stands before the first `because`, its comma left out, and the reason.
    pub(super) fn because(self, text: &str) -> (&str, Option<&str>) {
        let (head, reason) = match self.keywords.split(Phrase::Because, text) {
            Some((head, reason)) => (head, Some(reason.trim())),
            None => (text, None),
        };
        (head.trim().trim_end_matches(',').trim_end(), reason)
    }
}

/// A name as in front matter: blanks and quotes around it do not count.
fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'']).trim()
}

/// The id that a name stands for; an unknown name is a finding.
pub(super) fn named<T>(
    what: &str,
    text: &str,
    span: Span,
    found: Result<T, Unknown>,
    faults: &mut Faults<'_>,
) -> Option<T> {
    match found {
        Ok(id) => Some(id),
        Err(unknown) => {
            faults.error(UNKNOWN_NAME, span, format!("There is no {what} “{text}”."), unknown.help);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, under_heading};
    use super::*;
    use crate::config::Severity;
    use crate::content::{Promise, ServiceState};

    /// What one header line is told, the update being at 14:10.
    fn told_about(line: &str) -> String {
        under_heading(line).1.join("\n")
    }

    #[test]
    fn affected_splits_at_the_first_comma_followed_by_a_space() {
        let affected = |line: &str| under_heading(line).0.header.affected.unwrap().value;
        let figure =
            |figure: &str, how: &str| Affected::Figure { figure: figure.to_owned(), how: how.to_owned() };
        assert_eq!(
            affected("Affected: about 1,200 homes, counted from sensors, twice"),
            figure("about 1,200 homes", "counted from sensors, twice")
        );
        assert_eq!(affected("Affected: everyone"), Affected::Everyone);
        assert_eq!(
            affected("Affected: not known because we look"),
            Affected::NotKnown { because: "we look".to_owned() }
        );
        assert_eq!(affected("Affected: 40 homes"), figure("40 homes", ""));
        assert!(told_about("Affected: 1,200 homes").starts_with("reason-missing"));
    }

    #[test]
    fn values_are_written_as_in_front_matter() {
        let (update, told) = under_heading(
            "Severity: critical\nAreas: [\"norwood\", Riverside]\nOwner: luis-marin\nBy: Dana Osei\n\
             Services: water-supply: partial outage; Roads: operational",
        );
        assert_eq!(told, [""; 0]);
        let header = update.header;
        assert_eq!(header.severity.unwrap().value, Severity::Critical);
        assert_eq!(header.areas.unwrap().value, ["norwood".into(), "riverside".into()]);
        assert_eq!(header.owner.unwrap().as_str(), "luis-marin");
        assert_eq!(header.by.unwrap().as_str(), "dana-osei");
        let states: Vec<_> = header.services.iter().map(|s| (s.value.0.as_str(), s.value.1)).collect();
        assert_eq!(
            states,
            [("water-supply", ServiceState::PartialOutage), ("roads", ServiceState::Operational)]
        );
        assert_eq!(under_heading("Areas: everywhere").0.header.areas.unwrap().value, []);
    }

    #[test]
    fn unknown_names_point_at_the_word_and_name_the_nearest() {
        for (line, told) in [
            (
                "By: dana-oseo",
                "unknown-name \"dana-oseo\": There is no person “dana-oseo”. Did you mean `dana-osei`?",
            ),
            (
                "Areas: riverside, norwod",
                "unknown-name \"norwod\": There is no area “norwod”. Did you mean `norwood`?",
            ),
            (
                "Services: watersupply: outage",
                "unknown-name \"watersupply\": There is no service “watersupply”. Did you mean `water-supply`?",
            ),
            (
                "Services: roads: degradet",
                "unknown-status \"degradet\": “degradet” is not a state of a service. Did you mean `degraded`?",
            ),
            ("Services: roads", "header-line \"roads\""),
            ("Severity: huge", "wrong-type \"huge\""),
            (
                "Nxt update: 14:40",
                "unknown-key \"Nxt update\": `Nxt update` is not a key of an update, so this line is not published. Did you mean `Next update`?",
            ),
            ("Next update:", "header-line \"Next update\": `Next update` has no value."),
            ("Window: 22:00 to 23:00", "header-line \"Window\""),
            ("Corrects: 14:00, x", "header-line \"Corrects\""),
        ] {
            assert!(told_about(line).starts_with(told), "{line}: {}", told_about(line));
        }
    }

    #[test]
    fn only_promise_kept_and_withdrawn_may_repeat() {
        let (update, told) = under_heading("By: Dana Osei\nBy: Luis Marin");
        assert_eq!(update.header.by.unwrap().as_str(), "dana-osei");
        assert!(told[0].starts_with("header-line \"By\": `By` stands here twice."), "{told:?}");
        let (update, told) = under_heading("Promise: a; by 15:00; X\nPromise: b; by 2026-11-22; Y");
        assert_eq!(told, [""; 0]);
        let promise = |what: &str, by: &str, whole_day, who: &str| Promise {
            what: what.to_owned(),
            by: at(by),
            whole_day,
            who: who.to_owned(),
            agreed: None,
        };
        let made: Vec<_> = update.header.promises.into_iter().map(|promise| promise.value).collect();
        assert_eq!(
            made,
            [
                promise("a", "2026-11-21T15:00:00Z", false, "X"),
                promise("b", "2026-11-22T23:59:59Z", true, "Y")
            ]
        );
    }
}
