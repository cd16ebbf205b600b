//! `docs/rules` is made from the rules. `UPDATE_DOCS=1 cargo test --test lint` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use candor::lint::{explain, explained, reference_index};

#[test]
fn the_reference_is_what_the_rules_say() {
    let folder = Path::new("docs/rules");
    let mut wanted: BTreeMap<String, String> =
        explained().into_iter().map(|id| (format!("{id}.md"), explain(id).unwrap())).collect();
    wanted.insert("README.md".to_owned(), reference_index());
    let found: BTreeMap<String, String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(folder).unwrap();
        for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
            fs::remove_file(folder.join(name)).unwrap();
        }
        for (name, page) in &wanted {
            fs::write(folder.join(name), page).unwrap();
        }
        return;
    }
    let stale: Vec<_> =
        wanted.keys().chain(found.keys()).filter(|name| wanted.get(*name) != found.get(*name)).collect();
    assert!(stale.is_empty(), "run `UPDATE_DOCS=1 cargo test --test lint`: {stale:?}");
}

#[test]
fn an_id_that_nothing_reports_has_no_page() {
    assert_eq!(explain("no-such-rule"), None);
}
