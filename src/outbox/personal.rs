//! What in a letter is one reader's: how they are greeted, and what they asked to be told about.

use super::headers;
use super::letter::{Following, Reader};
use super::wrap::wrap;
use crate::content::Registers;
use crate::text::{AreaId, ServiceId};
use crate::theme::Strings;

/// Stand for a name and two lists in a sentence of the theme, until there is a reader. Taken out of every other text.
pub(super) const SLOTS: [char; 3] = ['\u{10fff8}', '\u{10fff9}', '\u{10fffa}'];
const NAME: char = SLOTS[0];
const SERVICES: char = SLOTS[1];
const AREAS: char = SLOTS[2];
/// Names that are listed at most: a mail has other things to say.
const LISTED: usize = 12;

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Personal {
    /// With a slot for the name.
    named: String,
    nobody: String,
    /// With slots for both lists.
    topics: String,
    only: String,
    beside: String,
    all_services: String,
    everywhere: String,
    services: Vec<(ServiceId, String)>,
    areas: Vec<(AreaId, String)>,
}

impl Personal {
    pub(super) fn new(strings: &Strings, registers: &Registers) -> Self {
        let [name, services, areas] = [NAME, SERVICES, AREAS].map(String::from);
        Self {
            named: strings.say("mail.hello", &[("name", &name)]),
            nobody: strings.get("mail.hello_nobody").to_owned(),
            topics: strings.say("mail.topics", &[("services", &services), ("areas", &areas)]),
            only: strings.get("signup.only_lead").to_owned(),
            beside: strings.get("signup.beside").to_owned(),
            all_services: strings.get("mail.all_services").to_owned(),
            everywhere: strings.get("mail.everywhere").to_owned(),
            services: registers
                .services
                .iter()
                .map(|one| (one.id.clone(), one.name.said_in(&strings.lang).to_owned()))
                .collect(),
            areas: registers
                .areas
                .iter()
                .map(|one| (one.id.clone(), one.name.said_in(&strings.lang).to_owned()))
                .collect(),
        }
    }

    /// `Hello Ann,`; without a name, a greeting that needs none.
    pub(super) fn greeting(&self, name: &str) -> String {
        match headers::one_line(name).as_str() {
            "" => self.nobody.clone(),
            name => self.named.replace(NAME, name),
        }
    }

    /// What the reader asked for, in lines of a mail's width.
    pub(super) fn topics(&self, reader: &Reader<'_>) -> String {
        if reader.following == Following::Alone {
            return wrap(&self.only).trim_end().to_owned();
        }
        let services = list(reader.services, &self.services, &self.all_services);
        let areas = list(reader.areas, &self.areas, &self.everywhere);
        let mut topics = self.topics.replace(SERVICES, &services).replace(AREAS, &areas);
        if reader.following == Following::Beside {
            topics = format!("{topics} {}", self.beside);
        }
        wrap(&topics).trim_end().to_owned()
    }
}

/// The names of these; what is not in the register any more by its id.
fn list<T: PartialEq + std::fmt::Display>(ids: &[T], known: &[(T, String)], all: &str) -> String {
    if ids.is_empty() {
        return all.to_owned();
    }
    let name = |id: &T| {
        let found = known.iter().find(|(known, _)| known == id).map(|(_, name)| headers::one_line(name));
        found.unwrap_or_else(|| id.to_string())
    };
    let mut names: Vec<String> = ids.iter().take(LISTED).map(name).collect();
    if ids.len() > LISTED {
        names.push("…".to_owned());
    }
    names.join(", ")
}
