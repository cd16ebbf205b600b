//! What an incident file is read against: the site's zone and languages, and the registers.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Registers;
use crate::config::Settings;
use crate::text::{AreaId, PersonId, ServiceId, nearest};

/// Everything outside a file that decides what it means. Made once for a run.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    /// Changes when anything above does, so that an incident is read again.
    fingerprint: u64,
}

/// A name that no register holds, and the nearest one that it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) help: String,
}

impl<'a> Surroundings<'a> {
    pub fn new(settings: &'a Settings, registers: &'a Registers) -> Self {
        let mut hasher = DefaultHasher::new();
        (settings.zone.iana_name(), &settings.languages, format!("{registers:?}")).hash(&mut hasher);
        Self { settings, registers, fingerprint: hasher.finish() }
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The service of that id, name or other name.
    pub(super) fn service(&self, text: &str) -> Result<ServiceId, Unknown> {
        let services = &self.registers.services;
        find(
            text,
            services.iter().flat_map(|service| {
                service.name.texts().map(|name| (&service.id, service.id.as_str(), name))
            }),
        )
        .cloned()
        .or_else(|| {
            let other = |service: &&super::Service| service.aliases.iter().any(|alias| same(alias, text));
            services.iter().find(other).map(|service| service.id.clone())
        })
        .ok_or_else(|| {
            unknown(
                text,
                "content/services.toml",
                services
                    .iter()
                    .flat_map(|service| std::iter::once(service.id.as_str()).chain(service.name.texts())),
            )
        })
    }

    /// The area of that id or name.
    pub(super) fn area(&self, text: &str) -> Result<AreaId, Unknown> {
        let areas = &self.registers.areas;
        find(
            text,
            areas.iter().flat_map(|area| area.name.texts().map(|name| (&area.id, area.id.as_str(), name))),
        )
        .cloned()
        .ok_or_else(|| {
            unknown(
                text,
                "content/areas.toml",
                areas.iter().flat_map(|area| std::iter::once(area.id.as_str()).chain(area.name.texts())),
            )
        })
    }

    /// The person of that id or name.
    pub(super) fn person(&self, text: &str) -> Result<PersonId, Unknown> {
        let people = &self.registers.people;
        find(text, people.iter().map(|person| (&person.id, person.id.as_str(), person.name.as_str())))
            .cloned()
            .ok_or_else(|| {
                unknown(
                    text,
                    "content/people.toml",
                    people.iter().flat_map(|person| [person.id.as_str(), &person.name]),
                )
            })
    }
}

/// By id first, then by name in any case.
fn find<'r, T: Copy>(
    text: &str,
    mut known: impl Iterator<Item = (T, &'r str, &'r str)> + Clone,
) -> Option<T> {
    let mut again = known.clone();
    let by_id = known.find(|(_, id, _)| *id == text);
    by_id.or_else(|| again.find(|(_, _, name)| same(name, text))).map(|(found, _, _)| found)
}

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a.to_lowercase() == b.trim().to_lowercase()
}

fn unknown<'r>(text: &str, file: &str, known: impl Iterator<Item = &'r str>) -> Unknown {
    let help = match nearest(text, known) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Write an id from `{file}`, or add it there first."),
    };
    Unknown { help }
}
