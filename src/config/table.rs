//! One TOML text, taken key by key: every value with its place in the file, every slip a finding.
//!
//! What was written is the table; what it means is decided by who takes the values. A key that nobody took is unknown.
//! A value of the wrong type is reported and left out, and the rest is read.

use std::fmt::Display;

use jiff::SignedDuration;
use toml::de::{DeTable, DeValue};

use super::faults::Faults;
use super::rules::{MISSING_KEY, UNKNOWN_KEY, UNREADABLE, WRONG_TYPE};
use crate::text::{Span, Spanned, nearest};

/// A TOML table whose keys are taken one after the other.
pub(crate) struct Table<'t> {
    /// What people call it: `[plan.minor]`, "the front matter".
    name: String,
    /// Of the table's header, or of the whole text.
    span: Span,
    /// Where the TOML begins in the file.
    offset: usize,
    entries: Vec<Entry<'t>>,
    asked: Vec<&'static str>,
}

struct Entry<'t> {
    key: &'t str,
    span: Span,
    value: &'t toml::Spanned<DeValue<'t>>,
    taken: bool,
}

/// How many findings of one kind a text may have: more would hide the first, which most often causes the rest.
const MOST: usize = 10;

/// Parses `text`, which begins at byte `offset` of the file. Where it is not TOML, the findings say so, the flag is
/// false, and the table holds what could be read.
pub(crate) fn parse<'t>(
    text: &'t str,
    offset: usize,
    faults: &mut Faults<'_>,
) -> (toml::Spanned<DeTable<'t>>, bool) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut last_line = None;
    for error in errors.iter().take(MOST) {
        let mut span = error.span().map_or(Span::at(text.len()), Span::from);
        span.start = text.floor_char_boundary(span.start);
        span.end = text.ceil_char_boundary(span.end.max(span.start));
        // One slip often confuses the rest of its line: what is said first is enough.
        let line = text[..span.start].matches('\n').count();
        if last_line.replace(line) == Some(line) {
            continue;
        }
        faults.withhold(
            UNREADABLE,
            span.shifted(offset),
            format!("This is not valid TOML: {}.", error.message().trim().replace('\n', "; ")),
            "Write `key = \"text\"`, `key = [\"a\", \"b\"]` or `key = 2026-11-21T14:10:00`, one key a line, text in double quotes.",
        );
    }
    (table, errors.is_empty())
}

impl<'t> Table<'t> {
    pub(crate) fn new(name: impl Into<String>, table: &'t toml::Spanned<DeTable<'t>>, offset: usize) -> Self {
        Self::over(name, table.get_ref(), Span::from(table.span()).shifted(offset), offset)
    }

    fn over(name: impl Into<String>, table: &'t DeTable<'t>, span: Span, offset: usize) -> Self {
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref(),
                span: Span::from(key.span()).shifted(offset),
                value,
                taken: false,
            })
            .collect();
        entries.sort_by_key(|entry| entry.span);
        Self { name: name.into(), span, offset, entries, asked: Vec::new() }
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The keys that nobody took yet, with their places: for tables whose keys are names.
    pub(crate) fn take_rest(&mut self) -> Vec<(Spanned<&'t str>, Value<'t>)> {
        let offset = self.offset;
        self.entries
            .iter_mut()
            .filter(|entry| !entry.taken)
            .map(|entry| {
                entry.taken = true;
                (Spanned::new(entry.key, entry.span), Value::new(entry.key, entry.value, offset))
            })
            .collect()
    }

    /// Where a key was written.
    pub(crate) fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.span)
    }

    pub(crate) fn take(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.asked.push(key);
        let offset = self.offset;
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        entry.taken = true;
        Some(Value::new(entry.key, entry.value, offset))
    }

    pub(crate) fn string(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Spanned<String>> {
        self.take(key)?.string(faults)
    }

    /// The text, or nothing where it is not given.
    pub(crate) fn text(&mut self, key: &'static str, faults: &mut Faults<'_>) -> String {
        self.string(key, faults).map(|text| text.value).unwrap_or_default()
    }

    pub(crate) fn strings(
        &mut self,
        key: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<Vec<Spanned<String>>> {
        Some(self.take(key)?.strings(faults))
    }

    pub(crate) fn boolean(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<bool> {
        self.take(key)?.boolean(faults)
    }

    pub(crate) fn integer(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        faults: &mut Faults<'_>,
    ) -> Option<i64> {
        let value = self.take(key)?;
        let (low, high) = (range.start(), range.end());
        let number = value.integer(range.clone());
        if number.is_none() {
            value.wrong(faults, format!("a whole number from {low} to {high}"), format!("{key} = {low}"));
        }
        number
    }

    pub(crate) fn duration(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<SignedDuration> {
        Some(self.take(key)?.duration(faults)?.value)
    }

    /// The table of that name; empty names and other types are findings.
    pub(crate) fn table(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Table<'t>> {
        let name = if self.name.starts_with('[') {
            format!("[{}.{key}]", self.name.trim_matches(['[', ']']))
        } else {
            format!("[{key}]")
        };
        self.take(key)?.table(name, faults)
    }

    /// The tables of `[[key]]`.
    pub(crate) fn tables(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Vec<Table<'t>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(items) = value.value.as_array() else {
            value.wrong(faults, format!("a list of tables, each under `[[{key}]]`"), format!("[[{key}]]"));
            return Vec::new();
        };
        let items: Vec<_> = items.iter().map(|item| Value::new(value.key, item, self.offset)).collect();
        items.into_iter().filter_map(|item| item.table(format!("[[{key}]]"), faults)).collect()
    }

    /// Reports a key that must be there.
    pub(crate) fn missing(&self, key: &str, example: impl Display, faults: &mut Faults<'_>) {
        // The first line of the table: what is not there has no place of its own.
        let table = self.span.of(&faults.source().text);
        let line = table.trim_end().lines().next().unwrap_or_default().len();
        faults.error(
            MISSING_KEY,
            Span::new(self.span.start, self.span.start + line),
            format!("`{key}` is missing in {}.", self.name),
            format!("Add `{key} = {example}`."),
        );
    }

    /// Reports the keys that nobody took.
    pub(crate) fn finish(self, faults: &mut Faults<'_>) {
        for entry in self.entries.iter().filter(|entry| !entry.taken).take(MOST) {
            let help = match nearest(entry.key, self.asked.iter().copied()) {
                Some(key) => format!("Did you mean `{key}`?"),
                None => format!("{} knows: {}.", capitalised(&self.name), self.asked.join(", ")),
            };
            faults.error(
                UNKNOWN_KEY,
                entry.span,
                format!("`{}` is not a key of {}.", entry.key, self.name),
                help,
            );
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One value with its key and its place in the file.
#[derive(Clone, Copy)]
pub(crate) struct Value<'t> {
    pub(crate) key: &'t str,
    pub(crate) value: &'t DeValue<'t>,
    pub(crate) span: Span,
    offset: usize,
}

impl<'t> Value<'t> {
    fn new(key: &'t str, value: &'t toml::Spanned<DeValue<'t>>, offset: usize) -> Self {
        Self { key, value: value.get_ref(), span: Span::from(value.span()).shifted(offset), offset }
    }

    /// A whole number within this range; nothing is reported.
    pub(crate) fn integer(self, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let integer = self.value.as_integer()?;
        i64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| range.contains(number))
    }

    /// Reports that the value is not what its key takes.
    pub(crate) fn wrong(self, faults: &mut Faults<'_>, wants: impl Display, example: impl Display) {
        faults.error(
            WRONG_TYPE,
            self.span,
            format!("`{}` takes {wants}, and this is {}.", self.key, self.kind()),
            format!("Write `{example}`."),
        );
    }

    fn kind(self) -> String {
        let kind = match self.value {
            DeValue::String(text) => return format!("“{}”", &text[..text.floor_char_boundary(40)]),
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        kind.to_owned()
    }

    pub(crate) fn string(self, faults: &mut Faults<'_>) -> Option<Spanned<String>> {
        let Some(text) = self.value.as_str() else {
            self.wrong(faults, "text in quotes", format!("{} = \"…\"", self.key));
            return None;
        };
        Some(Spanned::new(text.trim().to_owned(), self.words(text, faults)))
    }

    /// The place of a text's words, without quotes and the blanks inside them. Where the text is written with escapes,
    /// the place of the whole value.
    fn words(self, text: &str, faults: &Faults<'_>) -> Span {
        let source = &faults.source().text;
        let inside = Span::new(self.span.start + 1, self.span.end.saturating_sub(1).max(self.span.start + 1));
        if inside.of(source) != text || text.trim().is_empty() {
            return self.span;
        }
        let start = inside.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    /// A list of texts; a single text is reported and read as a list of one.
    pub(crate) fn strings(self, faults: &mut Faults<'_>) -> Vec<Spanned<String>> {
        let items = match self.value {
            DeValue::Array(items) => items,
            DeValue::String(text) => {
                self.wrong(faults, "a list in brackets", format!("{} = [\"{text}\"]", self.key));
                return vec![Spanned::new(text.trim().to_owned(), self.words(text, faults))];
            }
            _ => {
                self.wrong(faults, "a list in brackets", format!("{} = [\"…\"]", self.key));
                return Vec::new();
            }
        };
        items.iter().filter_map(|item| Value::new(self.key, item, self.offset).string(faults)).collect()
    }

    pub(crate) fn boolean(self, faults: &mut Faults<'_>) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            self.wrong(faults, "true or false, without quotes", format!("{} = true", self.key));
        }
        value
    }

    pub(crate) fn duration(self, faults: &mut Faults<'_>) -> Option<Spanned<SignedDuration>> {
        let duration = self.value.as_str().and_then(super::parse_duration);
        if duration.is_none() {
            self.wrong(
                faults,
                "a length of time such as \"30s\", \"15m\", \"2h\" or \"3d\"",
                format!("{} = \"15m\"", self.key),
            );
        }
        Some(Spanned::new(duration?, self.span))
    }

    pub(crate) fn table(self, name: String, faults: &mut Faults<'_>) -> Option<Table<'t>> {
        let Some(table) = self.value.as_table() else {
            self.wrong(faults, "a table", format!("{} = {{ … }}", self.key));
            return None;
        };
        Some(Table::over(name, table, self.span, self.offset))
    }
}
