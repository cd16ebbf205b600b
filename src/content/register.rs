//! `services.toml`, `areas.toml`, `people.toml`, `risks.toml`.

use crate::text::{AreaId, Label, PersonId, ServiceId};

/// The four registers, each in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registers {
    pub services: Vec<Service>,
    pub suppliers: Vec<Supplier>,
    pub areas: Vec<Area>,
    pub people: Vec<Person>,
    pub risks: Vec<Risk>,
}

/// Something the public uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: ServiceId,
    pub name: Label,
    /// Heading under which it is listed.
    pub group: Label,
    pub description: Label,
    /// Id of the supplier; empty: none.
    pub supplier: String,
    /// Other names that people use for it.
    pub aliases: Vec<String>,
}

impl Service {
    /// Everything that people call it, in every language.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(String::as_str).chain(self.name.texts())
    }
}

/// A firm that a service depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    pub id: String,
    pub name: String,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub id: AreaId,
    pub name: Label,
    pub part_of: Option<AreaId>,
    /// Prefixes, as written.
    pub postcodes: Vec<String>,
    /// Where it lies: `latitude,longitude` points with a blank between, the last one the first; empty: not given.
    pub polygon: String,
}

/// Someone who speaks for the organisation. Empty text: not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub role: Label,
    pub phone: String,
    pub mail: String,
    pub hours: Label,
}

/// Something that may go wrong, judged beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    pub id: String,
    pub title: String,
    pub services: Vec<ServiceId>,
    /// 1 to 5.
    pub likelihood: u8,
    /// 1 to 5.
    pub seriousness: u8,
    pub owner: Option<PersonId>,
    pub procedure: String,
}

impl Registers {
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    pub fn area(&self, id: &AreaId) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == *id)
    }

    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// Whether `inner` is `outer` or lies inside it. A loop in `part_of` ends the walk.
    pub fn lies_in(&self, inner: &AreaId, outer: &AreaId) -> bool {
        let mut at = Some(inner.clone());
        for _ in 0..=self.areas.len() {
            match at {
                Some(area) if area == *outer => return true,
                Some(area) => at = self.area(&area).and_then(|area| area.part_of.clone()),
                None => return false,
            }
        }
        false
    }

    /// The area with the longest postcode prefix that fits; blanks and case do not count.
    /// Services under their groups, both in the order written, each with its place in the register.
    pub fn groups(&self) -> Vec<(&Label, Vec<(usize, &Service)>)> {
        let mut groups: Vec<(&Label, Vec<_>)> = Vec::new();
        for (place, service) in self.services.iter().enumerate() {
            match groups.iter_mut().find(|(group, _)| ***group == *service.group) {
                Some((_, of)) => of.push((place, service)),
                None => groups.push((&service.group, vec![(place, service)])),
            }
        }
        groups
    }

    pub fn area_of_postcode(&self, postcode: &str) -> Option<&Area> {
        let plain =
            |code: &str| code.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let postcode = plain(postcode);
        let fits = |area: &&Area| {
            area.postcodes
                .iter()
                .map(|prefix| plain(prefix))
                .filter(|p| postcode.starts_with(p.as_str()))
                .map(|p| p.len())
                .max()
        };
        self.areas
            .iter()
            .filter_map(|area| fits(&area).map(|length| (length, area)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, area)| area)
    }
}
