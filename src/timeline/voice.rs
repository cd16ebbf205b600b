//! What a composed statement needs besides the timeline: names, ways to reach us, the language.

use jiff::tz::TimeZone;

use super::When;
use super::words::{self, Words, say};
use crate::config::{Contact, Settings};
use crate::content::{Affected, Incident, Person, Registers, Translation};
use crate::text::{PersonId, nearest_in, same_language};

/// In whose name and words Candor speaks.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub registers: &'a Registers,
    pub zone: &'a TimeZone,
    /// The site's way to be reached.
    pub contact: &'a Contact,
    /// BCP 47 tag of the site's default language.
    pub language: &'a str,
    /// The other languages of the site.
    pub others: &'a [String],
}

impl<'a> Voice<'a> {
    pub fn of(settings: &'a Settings, registers: &'a Registers) -> Self {
        Self {
            registers,
            zone: &settings.zone,
            contact: &settings.contact,
            language: settings.default_language(),
            others: settings.languages.get(1..).unwrap_or_default(),
        }
    }

    pub(super) fn when(&self) -> When<'a> {
        When::new(self.zone, self.language)
    }

    pub(super) fn words(&self) -> &'static Words {
        words::of(self.language)
    }

    /// What `compose` makes of it in each of the other languages that there are words for, by BCP 47 tag.
    pub(super) fn in_others(
        &self,
        compose: impl Fn(&Voice<'a>) -> Option<String>,
    ) -> std::collections::BTreeMap<String, String> {
        let others = self.others.iter().filter(|language| words::known(language).is_some());
        others
            .filter_map(|language| Some((language.clone(), compose(&Voice { language, ..*self })?)))
            .collect()
    }

    /// The translation of an incident into this language, where that is not its own.
    pub(super) fn translation<'t>(&self, incident: &'t Incident) -> Option<&'t Translation> {
        if same_language(&incident.lang, self.language) {
            return None;
        }
        nearest_in(&incident.translations, self.language, |found| &found.lang).map(AsRef::as_ref)
    }

    pub(super) fn person(&self, id: Option<&PersonId>) -> Option<&'a Person> {
        self.registers.person(id?)
    }

    /// How to reach a person: what the incident says, else what the site says, else the owner's own number.
    pub(super) fn contact(&self, incident: &Incident, owner: Option<&Person>) -> String {
        if let Some(contact) = &incident.contact {
            return sentence_end(&contact.value).to_owned();
        }
        let words = &self.words().contact;
        let site = self.contact;
        let (phone, hours, mail) = match owner {
            Some(owner) if site.is_empty() => (&owner.phone, &owner.hours, &owner.mail),
            _ => (&site.phone, &site.hours, &site.mail),
        };
        let (hours, place) = (hours.said_in(self.language), site.place.said_in(self.language));
        let mut ways = Vec::new();
        if !phone.is_empty() {
            let pattern = if hours.is_empty() { &words.phone } else { &words.phone_hours };
            ways.push(say(pattern, &[("phone", phone), ("hours", hours)]));
        }
        if !mail.is_empty() {
            ways.push(say(&words.mail, &[("mail", mail)]));
        }
        if !site.place.is_empty() {
            ways.push(say(&words.place, &[("place", place)]));
        }
        if site.callback && !ways.is_empty() {
            ways.push(words.callback.clone());
        }
        ways.join(&words.between)
    }
}

/// A sentence about who is affected, from what was last said.
pub(super) struct AffectedWords<'a> {
    pub(super) figure: &'a str,
    pub(super) plain: &'a str,
    pub(super) everyone: &'a str,
    /// Without and with a reason; empty: nothing is said about what is not known.
    pub(super) unknown: [&'a str; 2],
}

impl AffectedWords<'_> {
    pub(super) fn sentence(&self, affected: &Affected, said: &str) -> String {
        match affected {
            Affected::Figure { figure, how } if how.is_empty() => {
                say(self.plain, &[("figure", sentence_end(figure)), ("said", said)])
            }
            Affected::Figure { figure, how } => {
                say(self.figure, &[("figure", figure), ("how", sentence_end(how)), ("said", said)])
            }
            Affected::Everyone => say(self.everyone, &[("said", said)]),
            Affected::NotKnown { because } => {
                let because = sentence_end(because);
                let pattern = self.unknown[usize::from(!because.is_empty())];
                say(pattern, &[("because", because), ("said", said)])
            }
        }
    }
}

/// A value without the full stop that the sentence around it brings.
pub(super) fn sentence_end(value: &str) -> &str {
    value.trim().trim_end_matches('.')
}
