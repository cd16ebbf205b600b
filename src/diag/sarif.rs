//! Findings as SARIF 2.1.0 (OASIS), for code scanning and editors: rules with their pages, places in lines, characters
//! and bytes, fixes, and fingerprints that stay when lines move.

use serde_json::{Map, Value, json};

use super::place::Texts;
use super::sheet::{RulePage, Sheet, message};
use super::{Finding, Fix, Level};
use crate::text::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprints; a new way of computing them gets a new number (section 3.27.17).
const FINGERPRINT: &str = "candor/v1";

/// One log with one run.
pub fn sarif(sheet: &Sheet<'_>) -> String {
    let rows = sheet.rows();
    let mut ids: Vec<&str> = rows.iter().map(|(finding, _)| &*finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    let rules: Vec<Value> = ids.iter().map(|id| rule(id, (sheet.pages)(id))).collect();
    let mut texts = sheet.texts();
    let results: Vec<Value> = rows
        .into_iter()
        .map(|(finding, fingerprint)| {
            let index = ids.binary_search(&&*finding.rule).unwrap_or_default();
            result(finding, fingerprint, index, sheet, &mut texts)
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Candor", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(id: &str, page: Option<RulePage>) -> Value {
    let Some(page) = page else { return json!({ "id": id }) };
    let mut rule = json!({
        "id": id,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.text, "markdown": page.text },
        "properties": { "tags": [page.chapter] },
    });
    if let Some(level) = page.level {
        rule["defaultConfiguration"] = json!({ "level": self::level(level), "enabled": level != Level::Off });
    }
    if let Some(url) = page.url {
        rule["helpUri"] = json!(url);
    }
    rule
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

fn result(
    finding: &Finding,
    fingerprint: &str,
    index: usize,
    sheet: &Sheet<'_>,
    texts: &mut Texts<'_, '_>,
) -> Value {
    let mut location = json!({ "physicalLocation": place(&finding.path, finding.span, sheet, texts) });
    if let Some(incident) = &finding.incident {
        let name = match finding.update {
            Some(at) => format!("{incident}/{at}"),
            None => incident.to_string(),
        };
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name }]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.level),
        "message": { "text": message(finding) },
        "locations": [location],
        "partialFingerprints": { FINGERPRINT: fingerprint },
        "properties": { "withholds": finding.withholds },
    });
    if !finding.notes.is_empty() {
        let notes = finding.notes.iter().map(|note| {
            json!({
                "physicalLocation": place(&note.path, note.span, sheet, texts),
                "message": { "text": note.message },
            })
        });
        result["relatedLocations"] = notes.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([self::fix(fix, &finding.path, sheet, texts)]);
    }
    result
}

fn fix(fix: &Fix, path: &str, sheet: &Sheet<'_>, texts: &mut Texts<'_, '_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(path, edit.span, texts).unwrap_or_else(|| bytes(edit.span)),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(path, sheet), "replacements": replacements }],
    })
}

fn place(path: &str, span: Span, sheet: &Sheet<'_>, texts: &mut Texts<'_, '_>) -> Value {
    let mut place = Map::new();
    place.insert("artifactLocation".to_owned(), artifact(path, sheet));
    if let Some(region) = region(path, span, texts) {
        place.insert("region".to_owned(), region);
    }
    place.into()
}

fn artifact(path: &str, sheet: &Sheet<'_>) -> Value {
    json!({ "uri": uri(&sheet.path(path)), "uriBaseId": "%SRCROOT%" })
}

/// `None` where the text is not known: then the place is the file.
fn region(path: &str, span: Span, texts: &mut Texts<'_, '_>) -> Option<Value> {
    let place = texts.place(path, span)?;
    let characters = texts.characters(path, span)?;
    let mut region = bytes(span);
    region["startLine"] = json!(place.start.line);
    region["startColumn"] = json!(place.start.column);
    region["endLine"] = json!(place.end.line);
    region["endColumn"] = json!(place.end.column);
    region["charOffset"] = json!(characters.start);
    region["charLength"] = json!(characters.end - characters.start);
    Some(region)
}

fn bytes(span: Span) -> Value {
    json!({ "byteOffset": span.start, "byteLength": span.end.saturating_sub(span.start) })
}

/// A relative reference (RFC 3986, section 4.2): what is no unreserved character or slash is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
