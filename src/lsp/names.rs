//! Services, areas and people: what an id stands for, and where it is defined.

use super::View;
use crate::text::Span;

/// What kind of thing a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Service,
    Area,
    Person,
    Risk,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Service, Self::Area, Self::Person, Self::Risk];

    /// The register that defines it.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Service => "content/services.toml",
            Self::Area => "content/areas.toml",
            Self::Person => "content/people.toml",
            Self::Risk => "content/risks.toml",
        }
    }

    /// What a key of a front matter or register names.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        match key {
            "services" => Some(Self::Service),
            "areas" | "part_of" => Some(Self::Area),
            "owner" | "deputy" => Some(Self::Person),
            "risk" => Some(Self::Risk),
            _ => None,
        }
    }

    /// Id and name of each.
    pub(super) fn list(self, view: &View) -> Vec<(&str, &str)> {
        let registers = &view.content.registers;
        match self {
            Self::Service => registers.services.iter().map(|it| (it.id.as_str(), &*it.name)).collect(),
            Self::Area => registers.areas.iter().map(|it| (it.id.as_str(), &*it.name)).collect(),
            Self::Person => registers.people.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect(),
            Self::Risk => registers.risks.iter().map(|it| (it.id.as_str(), it.title.as_str())).collect(),
        }
    }

    /// What an id stands for, in markdown.
    pub(super) fn describe(self, id: &str, view: &View) -> Option<String> {
        let registers = &view.content.registers;
        let lines = match self {
            Self::Service => {
                let service = registers.services.iter().find(|it| it.id.as_str() == id)?;
                let supplier = registers.suppliers.iter().find(|it| it.id == service.supplier);
                let supplier = supplier.map_or_else(String::new, |it| format!("Supplied by {}.", it.name));
                vec![
                    format!("**{}** — service, {}", service.name, service.group),
                    service.description.to_string(),
                    supplier,
                ]
            }
            Self::Area => {
                let area = registers.areas.iter().find(|it| it.id.as_str() == id)?;
                let outer = area.part_of.as_ref().and_then(|outer| registers.area(outer));
                let outer = outer.map_or_else(String::new, |outer| format!("Part of {}.", outer.name));
                let codes = area.postcodes.join(", ");
                let codes = if codes.is_empty() { codes } else { format!("Postcodes: {codes}") };
                vec![format!("**{}** — area", area.name), outer, codes]
            }
            Self::Person => {
                let person = registers.people.iter().find(|it| it.id.as_str() == id)?;
                let reach: Vec<&str> = [&*person.phone, &*person.mail, &*person.hours]
                    .into_iter()
                    .filter(|way| !way.is_empty())
                    .collect();
                vec![format!("**{}** — {}", person.name, person.role), reach.join(" · ")]
            }
            Self::Risk => {
                let risk = registers.risks.iter().find(|it| it.id == id)?;
                let size = format!("Likelihood {}, seriousness {}.", risk.likelihood, risk.seriousness);
                vec![format!("**{}** — risk", risk.title), size, risk.procedure.clone()]
            }
        };
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        Some(lines.join("\n\n"))
    }

    /// Where an id is defined, in its register.
    pub(super) fn defined(self, id: &str, text: &str) -> Option<Span> {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let value = line.trim().strip_prefix("id").and_then(|rest| rest.trim_start().strip_prefix('='));
            if value.is_some_and(|value| value.split(['"', '\'']).nth(1) == Some(id)) {
                let at = start + line.find(id)?;
                return Some(Span::new(at, at + id.len()));
            }
            start += line.len();
        }
        None
    }
}
