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
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let list = document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list =
        list.as_array_of_tables_mut().ok_or_else(|| format!("`{key}` is not a list of `[[{key}]]`"))?;
    for entry in entries {
        let mut table = Table::new();
        fill(entry, &mut table);
        list.push(table);
    }
    Ok(document.to_string())
}

fn put(table: &mut Table, key: &str, text: &str) {
    if !text.is_empty() {
        table[key] = value(text);
    }
}
