//! Names of files, services and people to ids.

use sha2::{Digest, Sha256};

use crate::content::{Person, Registers, Service};
use crate::text::{PersonId, ServiceId, hex};

/// `[a-z0-9-]+` from any name. A name without a single such character gets one made from its bytes.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for char in name.trim().to_lowercase().chars() {
        if char.is_ascii_alphanumeric() {
            slug.push(char);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug = hex(&Sha256::digest(name.as_bytes())[..4]);
    }
    slug
}

/// The site's service of that id, name or alias, else a new one.
pub(super) fn service(name: &str, registers: &Registers) -> Service {
    let same = |known: &str| known.to_lowercase() == name.to_lowercase();
    let id = slug(name);
    let known =
        registers.services.iter().find(|service| service.id.as_str() == id || service.names().any(same));
    known.cloned().unwrap_or_else(|| Service {
        id: ServiceId::new(id),
        name: name.into(),
        group: "Imported".into(),
        description: "".into(),
        supplier: String::new(),
        aliases: Vec::new(),
    })
}

/// Who answers for imported history: the person that an earlier import added, else the first person of the site, else
/// one to add.
pub(super) fn owner(registers: &Registers) -> (String, Option<Person>) {
    let archive = PersonId::from("archive");
    if let Some(known) = registers.person(&archive).or(registers.people.first()) {
        return (known.id.to_string(), None);
    }
    let archive = Person {
        id: archive,
        name: "Archive".to_owned(),
        role: "Imported history".into(),
        phone: String::new(),
        mail: String::new(),
        hours: "".into(),
    };
    (archive.id.to_string(), Some(archive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("2023-04-19-get.Jenkins.io--Incident_"), "2023-04-19-get-jenkins-io-incident");
        assert_eq!(slug("Übersicht & Co."), "bersicht-co");
        assert_eq!(slug("漢字").len(), 8);
    }

    #[test]
    fn a_known_service_is_found_by_any_of_its_names() {
        let mut registers = Registers::default();
        registers
            .services
            .push(Service { aliases: vec!["Tap Water".into()], ..service("Water supply", &registers) });
        for name in ["water-supply", "WATER SUPPLY", "tap water"] {
            assert_eq!(service(name, &registers).id.as_str(), "water-supply", "{name}");
        }
        assert_eq!(service("Bus 12", &registers).id.as_str(), "bus-12");
    }
}
