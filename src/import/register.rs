//! New entries at the end of a register file; what is there keeps its order, comments and layout.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::content::{Person, Service};

/// `services.toml` with the services at its end. The error is the parser's, in its words.
pub(super) fn add_services(text: &str, services: &[Service]) -> Result<String, String> {
    add(text, "service", services, |service, table| {
        put(table, "id", service.id.as_str());
        put(table, "name", &service.name);
        put(table, "group", &service.group);
        put(table, "description", &service.description);
        put(table, "supplier", &service.supplier);
    })
}

/// `people.toml` with the people at its end. The error is the parser's, in its words.
pub(super) fn add_people(text: &str, people: &[Person]) -> Result<String, String> {
    add(text, "person", people, |person, table| {
        put(table, "id", person.id.as_str());
        put(table, "name", &person.name);
        put(table, "role", &person.role);
        put(table, "phone", &person.phone);
        put(table, "mail", &person.mail);
        put(table, "hours", &person.hours);
    })
}

fn add<T>(text: &str, key: &str, entries: &[T], fill: impl Fn(&T, &mut Table)) -> Result<String, String> {
    if entries.is_empty() {
        return Ok(text.to_owned());
    }
    let mut list = ArrayOfTables::new();
    for entry in entries {
        let mut table = Table::new();
        fill(entry, &mut table);
        list.push(table);
    }
    let mut new = DocumentMut::new();
    new[key] = Item::ArrayOfTables(list);
    // Appended as text: toml_edit would move a comment at the end of the file below the new entries.
    let before = text.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    let joined = format!("{before}{gap}{new}");
    match joined.parse::<DocumentMut>() {
        Ok(_) => Ok(joined),
        Err(error) => Err(error.message().to_owned()),
    }
}

fn put(table: &mut Table, key: &str, text: &str) {
    if !text.is_empty() {
        table[key] = value(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cstate::service_named;

    #[test]
    fn what_is_there_stays_as_it_is() {
        let text = "# ours\n[[service]]\nid = \"water\"   # first\nname = \"Water\"\n\n[[supplier]]\nid = \"n\"\nname = \"N\"\n";
        let new = add_services(text, &[service_named("Bus 12")]).unwrap();
        assert!(
            new.starts_with("# ours\n[[service]]\nid = \"water\"   # first\nname = \"Water\"\n"),
            "{new}"
        );
        assert!(new.contains("[[supplier]]\nid = \"n\"\nname = \"N\"\n"), "{new}");
        assert!(
            new.contains("[[service]]\nid = \"bus-12\"\nname = \"Bus 12\"\ngroup = \"Imported\"\n"),
            "{new}"
        );
        assert_eq!(add_services(text, &[]).unwrap(), text);
        assert!(add_services("[[service", &[service_named("x")]).is_err());
        assert!(add_services("service = 1", &[service_named("x")]).is_err());
    }
}
