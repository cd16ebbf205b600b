//! `services.toml`, `areas.toml`, `people.toml`, `risks.toml` to [`Registers`].

use std::collections::HashSet;
use std::ops::Deref;

use super::place::{is_slug, slug_for};
use super::{Area, Person, Registers, Risk, Service, Supplier};
use crate::config::bom;
use crate::config::faults::Faults;
use crate::config::rules::{BAD_ID, UNKNOWN_NAME, WRONG_TYPE};
use crate::config::table::{self, Table};
use crate::diag::Finding;
use crate::text::{AreaId, PersonId, ServiceId, Source, Spanned, nearest};

/// The four files, each where it exists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RegisterFiles<'a> {
    pub(super) services: Option<&'a Source>,
    pub(super) areas: Option<&'a Source>,
    pub(super) people: Option<&'a Source>,
    pub(super) risks: Option<&'a Source>,
}

/// Reads the registers; texts may be in any of `languages`, the site's, of which the first is the default. An entry without an id is left out; everything else that is wrong is a finding.
pub(super) fn read_registers(files: RegisterFiles<'_>, languages: &[String]) -> (Registers, Vec<Finding>) {
    let mut registers = Registers::default();
    let mut findings = Vec::new();
    if let Some(source) = files.services {
        findings.extend(read_services(source, languages, &mut registers));
    }
    if let Some(source) = files.areas {
        findings.extend(read_areas(source, languages, &mut registers));
    }
    if let Some(source) = files.people {
        findings.extend(read_people(source, languages, &mut registers));
    }
    if let Some(source) = files.risks {
        findings.extend(read_risks(source, &mut registers));
    }
    (registers, findings)
}

/// Parses one register and hands its top table and findings to `read`.
fn with_table(
    source: &Source,
    name: &str,
    read: impl FnOnce(&mut Table<'_>, &mut Faults<'_>),
) -> Vec<Finding> {
    let mut faults = Faults::new(source);
    let start = bom(&source.text);
    let (document, _) = table::parse(&source.text[start..], start, &mut faults);
    let mut top = Table::new(name, &document, start);
    read(&mut top, &mut faults);
    top.finish(&mut faults);
    // A register never withholds an update: what it lacks is said where it is used.
    faults.without_withholding()
}

/// The id of an entry: present, fit for an address, and not taken yet.
fn id(table: &mut Table<'_>, seen: &mut HashSet<String>, faults: &mut Faults<'_>) -> Option<Spanned<String>> {
    let Some(id) = table.string("id", faults) else {
        if table.key_span("id").is_none() {
            table.missing("id", "\"a-short-name\"", faults);
        }
        return None;
    };
    if !is_slug(&id) {
        faults.error(
            BAD_ID,
            id.span,
            format!("The id “{}” does not fit into an address.", id.value),
            format!("Write lower-case letters, digits and `-` only, such as `{}`.", slug_for(&id)),
        );
        return None;
    }
    if !seen.insert(id.value.clone()) {
        faults.error(
            BAD_ID,
            id.span,
            format!("The id “{}” stands in this file twice.", id.value),
            "Give each entry an id of its own. The first one counts.",
        );
        return None;
    }
    Some(id)
}

/// A name; the id where it is missing.
fn name<T: Deref<Target = str> + From<String>>(
    given: T,
    table: &Table<'_>,
    id: Option<&Spanned<String>>,
    faults: &mut Faults<'_>,
) -> T {
    match id.filter(|_| given.is_empty()) {
        Some(id) => {
            table.missing("name", format!("\"{}\"", id.value), faults);
            id.value.clone().into()
        }
        None => given,
    }
}

fn read_services(source: &Source, languages: &[String], registers: &mut Registers) -> Vec<Finding> {
    with_table(source, "services.toml", |top, faults| {
        let mut seen = HashSet::new();
        for mut table in top.tables("supplier", faults) {
            let id = id(&mut table, &mut seen, faults);
            let name = name(table.text("name", faults), &table, id.as_ref(), faults);
            table.finish(faults);
            registers.suppliers.extend(id.map(|id| Supplier { id: id.value, name }));
        }
        let mut seen = HashSet::new();
        for mut table in top.tables("service", faults) {
            let id = id(&mut table, &mut seen, faults);
            let name = name(table.label("name", languages, faults), &table, id.as_ref(), faults);
            let group = table.label("group", languages, faults);
            let description = table.label("description", languages, faults);
            let supplier = table.string("supplier", faults);
            let aliases = table.strings("aliases", faults).unwrap_or_default();
            table.finish(faults);
            let known = |supplier: &Spanned<String>| {
                registers.suppliers.iter().any(|known| known.id == supplier.value)
            };
            if let Some(supplier) = supplier.as_ref().filter(|supplier| !known(supplier)) {
                let ids = registers.suppliers.iter().map(|known| known.id.as_str());
                missing_entry("supplier", supplier, nearest(supplier, ids), faults);
            }
            registers.services.extend(id.map(|id| Service {
                id: ServiceId::from(id.as_str()),
                name,
                group,
                description,
                supplier: supplier.filter(known).map(|supplier| supplier.value).unwrap_or_default(),
                aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            }));
        }
    })
}

fn missing_entry(kind: &str, name: &Spanned<String>, near: Option<&str>, faults: &mut Faults<'_>) {
    let help = match near {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Add it under `[[{kind}]]`, or write the id of one that is there."),
    };
    faults.error(UNKNOWN_NAME, name.span, format!("There is no {kind} “{}”.", name.value), help);
}

fn read_areas(source: &Source, languages: &[String], registers: &mut Registers) -> Vec<Finding> {
    with_table(source, "areas.toml", |top, faults| {
        let mut seen = HashSet::new();
        let mut parents: Vec<Option<Spanned<String>>> = Vec::new();
        for mut table in top.tables("area", faults) {
            let id = id(&mut table, &mut seen, faults);
            let name = name(table.label("name", languages, faults), &table, id.as_ref(), faults);
            let part_of = table.string("part_of", faults);
            let postcodes = table.strings("postcodes", faults).unwrap_or_default();
            let polygon = table.string("polygon", faults).and_then(|text| polygon(&text, faults));
            table.finish(faults);
            if let Some(id) = id {
                let postcodes =
                    postcodes.into_iter().map(|code| code.value).filter(|code| !code.is_empty()).collect();
                registers.areas.push(Area {
                    id: AreaId::from(id.as_str()),
                    name,
                    part_of: None,
                    postcodes,
                    polygon: polygon.unwrap_or_default(),
                });
                parents.push(part_of);
            }
        }
        for (index, parent) in parents.into_iter().enumerate() {
            let Some(parent) = parent else { continue };
            let outer = AreaId::from(parent.as_str());
            if registers.area(&outer).is_none() {
                let ids: Vec<_> = registers.areas.iter().map(|area| area.id.clone()).collect();
                missing_entry("area", &parent, nearest(&parent, ids.iter().map(AreaId::as_str)), faults);
            } else if registers.lies_in(&outer, &registers.areas[index].id) {
                faults.error(
                    UNKNOWN_NAME,
                    parent.span,
                    format!("“{}” would be a part of itself.", registers.areas[index].name),
                    "Name a larger area, or take `part_of` away.",
                );
            } else {
                registers.areas[index].part_of = Some(outer);
            }
        }
    })
}

/// Points as `latitude,longitude` with blanks between, closed.
fn polygon(text: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let is_point = |point: &&str| {
        let within = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
        point
            .split_once(',')
            .is_some_and(|(latitude, longitude)| within(latitude, 90.0) && within(longitude, 180.0))
    };
    let points: Vec<&str> = text.split_whitespace().collect();
    let what = if let Some(bad) = points.iter().find(|point| !is_point(point)) {
        format!("`{bad}` is no point: latitude from -90 to 90, a comma, longitude from -180 to 180.")
    } else if points.len() < 4 {
        "A polygon has at least three corners, and ends where it began.".to_owned()
    } else if points.first() != points.last() {
        format!(
            "The polygon is not closed: it begins at `{}` and ends at `{}`.",
            points[0],
            points[points.len() - 1]
        )
    } else {
        return Some(points.join(" "));
    };
    let help = "Write `polygon = \"49.88,-97.16 49.88,-97.10 49.90,-97.10 49.88,-97.16\"`: the last point is the first.";
    faults.error(WRONG_TYPE, text.span, what, help);
    None
}

fn read_people(source: &Source, languages: &[String], registers: &mut Registers) -> Vec<Finding> {
    with_table(source, "people.toml", |top, faults| {
        let mut seen = HashSet::new();
        for mut table in top.tables("person", faults) {
            let id = id(&mut table, &mut seen, faults);
            let name = name(table.text("name", faults), &table, id.as_ref(), faults);
            let (role, phone) = (table.label("role", languages, faults), table.text("phone", faults));
            let (mail, hours) = (table.text("mail", faults), table.label("hours", languages, faults));
            table.finish(faults);
            registers.people.extend(id.map(|id| Person {
                id: PersonId::from(id.as_str()),
                name,
                role,
                phone,
                mail,
                hours,
            }));
        }
    })
}

fn read_risks(source: &Source, registers: &mut Registers) -> Vec<Finding> {
    with_table(source, "risks.toml", |top, faults| {
        let mut seen = HashSet::new();
        for mut table in top.tables("risk", faults) {
            let id = id(&mut table, &mut seen, faults);
            let title = table.text("title", faults);
            let mut services = Vec::new();
            for service in table.strings("services", faults).unwrap_or_default() {
                let known = registers.services.iter().find(|known| known.id.as_str() == service.value);
                match known {
                    Some(known) => services.push(known.id.clone()),
                    None => {
                        let ids = registers.services.iter().map(|known| known.id.as_str());
                        missing_entry("service", &service, nearest(&service, ids), faults);
                    }
                }
            }
            let score =
                |number: Option<i64>| number.and_then(|number| u8::try_from(number).ok()).unwrap_or(1);
            let likelihood = score(table.integer("likelihood", 1..=5, faults));
            let seriousness = score(table.integer("seriousness", 1..=5, faults));
            let owner = table.string("owner", faults);
            let known = |owner: &Spanned<String>| registers.person(&PersonId::from(owner.as_str())).is_some();
            if let Some(owner) = owner.as_ref().filter(|owner| !known(owner)) {
                let ids = registers.people.iter().map(|person| person.id.as_str());
                missing_entry("person", owner, nearest(owner, ids), faults);
            }
            let procedure = table.text("procedure", faults);
            table.finish(faults);
            registers.risks.extend(id.map(|id| Risk {
                id: id.value,
                title,
                services,
                likelihood,
                seriousness,
                owner: owner.filter(known).map(|owner| PersonId::from(owner.as_str())),
                procedure,
            }));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(services: &str, areas: &str) -> (Registers, Vec<String>) {
        let services = Source::new("content/services.toml", services);
        let areas = Source::new("content/areas.toml", areas);
        let files =
            RegisterFiles { services: Some(&services), areas: Some(&areas), ..RegisterFiles::default() };
        let (registers, findings) = read_registers(files, &["en".to_owned()]);
        (registers, findings.iter().map(|f| format!("{}: {} {}", f.rule, f.message, f.help)).collect())
    }

    #[test]
    fn one_bad_entry_leaves_the_others() {
        let (registers, told) = read(
            "[[service]]\nid = \"Water Supply\"\nname = \"Water\"\n[[service]]\nid = \"bus\"\nname = \"Bus\"\nsuplier = \"x\"\n\
             [[service]]\nid = \"bus\"\nname = \"Bus\"\n[[service]]\nname = \"Nothing\"\n",
            "",
        );
        assert_eq!(registers.services.len(), 1);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().any(|line| line.contains("such as `water-supply`")), "{told:?}");
        assert!(told.iter().any(|line| line.contains("Did you mean `supplier`?")), "{told:?}");
        assert!(told.iter().any(|line| line.starts_with("missing-key")), "{told:?}");
    }

    #[test]
    fn a_polygon_is_closed_and_lies_on_the_earth_or_is_left_out() {
        let area = |polygon: &str| {
            let (registers, told) =
                read("", &format!("[[area]]\nid = \"a\"\nname = \"A\"\npolygon = \"{polygon}\"\n"));
            (registers.areas[0].polygon.clone(), told)
        };
        assert_eq!(area("1,1  1,2\\n2,2 1,1"), ("1,1 1,2 2,2 1,1".to_owned(), vec![]));
        for (polygon, words) in [
            ("1,1 1,2 2,2 2,1", "is not closed: it begins at `1,1` and ends at `2,1`"),
            ("1,1 1,2 1,1", "three corners"),
            ("1,1 1,200 2,2 1,1", "`1,200` is no point"),
            ("north", "`north` is no point"),
        ] {
            let (kept, told) = area(polygon);
            assert_eq!((kept.as_str(), told.len()), ("", 1));
            assert!(told[0].contains(words), "{told:?}");
        }
    }

    #[test]
    fn an_area_may_be_defined_after_its_parts_but_is_no_part_of_itself() {
        let (registers, told) = read(
            "",
            "[[area]]\nid = \"a\"\nname = \"A\"\npart_of = \"b\"\n[[area]]\nid = \"b\"\nname = \"B\"\npart_of = \"a\"\n\
             [[area]]\nid = \"c\"\nname = \"C\"\npart_of = \"bb\"\n",
        );
        assert!(registers.lies_in(&"a".into(), &"b".into()));
        assert!(!registers.lies_in(&"b".into(), &"a".into()));
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("“B” would be a part of itself."), "{told:?}");
        assert!(told[1].contains("Did you mean `b`?"), "{told:?}");
    }
}
