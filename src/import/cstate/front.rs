//! cState's front matter: YAML between `---` lines or TOML between `+++` lines.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::text::Span;

/// The keys that mean something to us, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Front {
    pub(super) title: Option<Words>,
    pub(super) date: Option<Words>,
    pub(super) resolved: Option<Words>,
    #[serde(rename = "resolvedWhen")]
    pub(super) resolved_when: Option<Words>,
    pub(super) severity: Option<Words>,
    pub(super) section: Option<Words>,
    pub(super) affected: Option<Words>,
    pub(super) informational: Option<Words>,
    pub(super) draft: Option<Words>,
}

/// Any value as text; a list as several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) Vec<String>);

/// A file cut in two.
pub(super) struct Cut {
    pub(super) front: Span,
    pub(super) body: Span,
    toml: bool,
}

impl Front {
    /// Reads the front matter that [`cut`] found. The error is the parser's, in its words.
    pub(super) fn read(text: &str, cut: &Cut) -> Result<Self, String> {
        let front = cut.front.of(text);
        if cut.toml {
            return toml::from_str(front).map_err(|error| error.message().to_owned());
        }
        if front.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        // The first line says what is wrong; the rest draws the place, which the finding shows itself.
        serde_saphyr::from_str(front)
            .map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
    }
}

/// Finds the front matter; `None` where there is none.
pub(super) fn cut(text: &str) -> Option<Cut> {
    let begin = text.len() - text.trim_start_matches('\u{FEFF}').trim_start().len();
    let fence = ["---", "+++"].into_iter().find(|fence| text[begin..].starts_with(fence))?;
    let mut at = begin + line_length(&text[begin..]);
    if text[begin + 3..at].trim() != "" {
        return None;
    }
    let start = at;
    while at < text.len() {
        let length = line_length(&text[at..]);
        if text[at..at + length].trim_end() == fence {
            let body = Span::new(at + length, text.len());
            return Some(Cut { front: Span::new(start, at), body, toml: fence == "+++" });
        }
        at += length;
    }
    None
}

/// Where a key stands in the front matter; the whole of it where it does not.
pub(super) fn key_span(text: &str, cut: &Cut, key: &str) -> Span {
    let mut at = cut.front.start;
    for line in cut.front.of(text).split_inclusive('\n') {
        let after = line.trim_start().strip_prefix(key).map(str::trim_start);
        if after.is_some_and(|after| after.starts_with([':', '='])) {
            return Span::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    cut.front
}

fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |end| end + 1)
}

impl Words {
    /// The only or the first value, without blanks around it; `None` where it is empty.
    pub(super) fn one(&self) -> Option<&str> {
        self.0.first().map(|word| word.trim()).filter(|word| !word.is_empty())
    }

    /// Whether it says yes, as YAML 1.1 and people do.
    pub(super) fn yes(&self) -> bool {
        self.one()
            .is_some_and(|word| matches!(word.to_lowercase().as_str(), "true" | "yes" | "on" | "y" | "1"))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient)
    }
}

struct Lenient;

impl<'de> Visitor<'de> for Lenient {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or a list of values")
    }

    fn visit_str<E>(self, text: &str) -> Result<Words, E> {
        Ok(Words(vec![text.to_owned()]))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Words, E> {
        Ok(Words(vec![value.to_string()]))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Words, E> {
        Ok(Words(vec![value.to_string()]))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Words, E> {
        Ok(Words(vec![value.to_string()]))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Words, E> {
        Ok(Words(vec![value.to_string()]))
    }

    fn visit_unit<E>(self) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_none<E>(self) -> Result<Words, E> {
        Ok(Words::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
        let mut words = Words::default();
        while let Some(next) = list.next_element::<Words>()? {
            words.0.extend(next.0);
        }
        Ok(words)
    }

    /// TOML hands over its dates this way.
    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut words = Words::default();
        while let Some((_, value)) = map.next_entry::<String, Words>()? {
            words.0.extend(value.0);
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Front, String> {
        Front::read(text, &cut(text).unwrap())
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\r\n# hint\r\ntitle: 404\r\ndate: 2021-06-08 07:37:00\r\nresolved: yes\r\nresolvedWhen:\r\naffected:\r\n - API\r\n - 12\r\n---\r\nbody";
        let toml = "+++\ntitle = 404\ndate = 2021-06-08 07:37:00\nresolved = true\naffected = [\"API\", 12]\n+++\nbody";
        for text in [yaml, toml] {
            let front = read(text).unwrap();
            assert_eq!(front.title.as_ref().and_then(Words::one), Some("404"));
            assert!(front.date.as_ref().and_then(Words::one).unwrap().starts_with("2021-06-08"));
            assert!(front.resolved.unwrap().yes());
            assert_eq!(front.resolved_when.as_ref().and_then(Words::one), None);
            assert_eq!(front.affected.unwrap().0, ["API", "12"]);
            assert_eq!(cut(text).unwrap().body.of(text), "body");
        }
        assert_eq!(key_span(yaml, &cut(yaml).unwrap(), "date").of(yaml), "date: 2021-06-08 07:37:00");
    }

    #[test]
    fn broken_front_matter_says_why() {
        assert!(
            cut("no front matter\n---\n").is_none()
                && cut("---\nnever closed").is_none()
                && cut("").is_none()
        );
        assert!(read("---\ntitle: [\n---\n").is_err());
        assert!(read("+++\ntitle = \n+++\n").is_err());
        assert!(read("---\n# nothing\n---\n").unwrap().title.is_none());
    }
}
