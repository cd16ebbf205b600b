//! Who is told about an incident: services shared, and areas that are the same or one inside the other.
//!
//! The nesting of areas is worked out here, once for each publication, so that a store only compares ids.

use std::collections::BTreeSet;

use crate::content::Registers;
use crate::text::{AreaId, ServiceId};

/// Whom a publication concerns. An empty list concerns everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    pub services: Vec<ServiceId>,
    /// The incident's areas, every area inside them, and every area around them.
    pub areas: Vec<AreaId>,
}

impl Audience {
    /// The audience of an incident with these services and areas (none: everywhere).
    pub fn of(services: &[ServiceId], areas: &[AreaId], registers: &Registers) -> Self {
        let mut closed: BTreeSet<AreaId> = areas.iter().cloned().collect();
        closed.extend(registers.areas.iter().map(|area| area.id.clone()).filter(|other| {
            areas.iter().any(|area| registers.lies_in(other, area) || registers.lies_in(area, other))
        }));
        Self { services: services.to_vec(), areas: closed.into_iter().collect() }
    }

    /// Whether a reader with these wishes (none: all) is told.
    pub fn includes(&self, services: &[ServiceId], areas: &[AreaId]) -> bool {
        share(&self.services, services) && share(&self.areas, areas)
    }
}

fn share<T: PartialEq>(ours: &[T], theirs: &[T]) -> bool {
    ours.is_empty() || theirs.is_empty() || ours.iter().any(|id| theirs.contains(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Area;

    fn city() -> Registers {
        let area = |id: &str, part_of: Option<&str>| Area {
            id: id.into(),
            name: id.into(),
            part_of: part_of.map(AreaId::from),
            postcodes: Vec::new(),
            polygon: String::new(),
        };
        Registers {
            areas: vec![area("south", None), area("norwood", Some("south")), area("riverside", None)],
            ..Registers::default()
        }
    }

    fn told(incident: &[&str], reader: &[&str]) -> bool {
        let ids = |ids: &[&str]| ids.iter().map(|id| AreaId::from(*id)).collect::<Vec<_>>();
        Audience::of(&["water".into()], &ids(incident), &city()).includes(&[], &ids(reader))
    }

    #[test]
    fn an_area_is_told_about_what_it_lies_in_and_what_lies_in_it() {
        assert!(told(&["south"], &["norwood"]) && told(&["norwood"], &["south"]));
        assert!(!told(&["norwood"], &["riverside"]));
        assert!(told(&[], &["riverside"]), "an incident without areas is everywhere");
        assert!(told(&["norwood"], &[]), "a reader without areas wants all of them");
    }

    #[test]
    fn an_area_that_was_taken_out_of_the_register_still_is_itself() {
        assert!(told(&["old-town"], &["old-town"]));
    }

    #[test]
    fn services_must_be_shared() {
        let audience = Audience::of(&["water".into()], &[], &city());
        assert!(audience.includes(&["roads".into(), "water".into()], &[]));
        assert!(!audience.includes(&["roads".into()], &[]));
    }
}
