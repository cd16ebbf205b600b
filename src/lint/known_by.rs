//! What a finding is known by when lines move: its file, its rule, and the sentence around it as the rules see it.
//! Baselines and fingerprints both use this.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::{Finding, Lookup};
use crate::prose::{Prose, Sentence};
use crate::text::Span;

/// Findings with equal ones are the same fault in the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownBy {
    pub path: String,
    pub rule: String,
    /// The author's own words around the finding, white space folded and quotations, code and addresses masked; of a
    /// heading, a header line or TOML, the line.
    pub sentence: String,
}

/// What each finding is known by, in the same order.
pub fn known_by(findings: &[Finding], lookup: &Lookup<'_>) -> Vec<KnownBy> {
    let mut texts: HashMap<&str, Option<Text<'_>>> = HashMap::new();
    let of = |finding: &Finding, text: &Option<Text<'_>>| KnownBy {
        path: finding.path.to_string(),
        rule: finding.rule.to_string(),
        sentence: text.as_ref().map(|text| text.around(finding.span)).unwrap_or_default(),
    };
    let mut known = Vec::with_capacity(findings.len());
    for finding in findings {
        let text = texts
            .entry(&finding.path)
            .or_insert_with(|| lookup(&finding.path).map(|text| Text::of(&finding.path, text)));
        known.push(of(finding, text));
    }
    known
}

/// One for each finding, 32 hexadecimal digits: the same words found again get another one than the first time.
pub fn fingerprints(known: &[KnownBy]) -> Vec<String> {
    let mut times: HashMap<&KnownBy, u32> = HashMap::new();
    known
        .iter()
        .map(|known| {
            let time = times.entry(known).or_default();
            *time += 1;
            let key = format!("{}\0{}\0{}\0{time}", known.path, known.rule, known.sentence);
            Sha256::digest(key).iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
        .collect()
}

/// A file with its sentences, read once for all its findings.
struct Text<'t> {
    text: &'t str,
    sentences: Vec<Sentence>,
}

impl<'t> Text<'t> {
    fn of(path: &str, text: &'t str) -> Self {
        let sentences = match path.ends_with(".md") {
            true => Prose::read(text, Span::new(front_matter_end(text), text.len()))
                .sentences()
                .cloned()
                .collect(),
            false => Vec::new(),
        };
        Self { text, sentences }
    }

    fn around(&self, span: Span) -> String {
        let line = self.line(span.start);
        if is_key_or_heading(line) {
            return folded(line);
        }
        // Sentences are in order of place.
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        let sentence = after.checked_sub(1).and_then(|index| self.sentences.get(index));
        match sentence.filter(|sentence| span.start < sentence.span.end) {
            Some(sentence) => sentence.text().trim().to_owned(),
            None => folded(line),
        }
    }

    fn line(&self, at: usize) -> &'t str {
        let at = self.text.floor_char_boundary(at);
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        &self.text[start..end]
    }
}

fn front_matter_end(text: &str) -> usize {
    let rest = text.strip_prefix("+++");
    rest.and_then(|rest| rest.find("\n+++")).map_or(0, |end| "+++".len() + end + "\n+++".len())
}

/// Header lines stand close together and would make one long sentence.
fn is_key_or_heading(line: &str) -> bool {
    let key = line.split_once(':').map(|(key, _)| key.trim_end());
    let is_key = |key: &str| {
        key.len() <= 30
            && !key.is_empty()
            && key.split(' ').count() <= 3
            && key.chars().all(|c| c.is_alphabetic() || c == ' ')
    };
    line.starts_with('#') || key.is_some_and(is_key)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "content/incidents/a.md";

    fn known(text: &str, words: &[&str]) -> Vec<KnownBy> {
        let found = |words: &&str| {
            let at = text.find(words).unwrap();
            Finding::warning("any", &PATH.into(), Span::new(at, at + words.len()), "", "")
        };
        known_by(&words.iter().map(found).collect::<Vec<_>>(), &|_| Some(text))
    }

    #[test]
    fn it_is_the_sentence_or_the_line() {
        let text = "+++\ntitle = \"No  water\"\n+++\n\n## 2026-03-04 14:00 Identified\n\nNext update: 14:30\nAffected: some, we think\n\n\
            We dig. We hope to be\n  done **soon**, say “them all”. Thank you.\n";
        let sentences: Vec<String> = known(text, &["No  w", "14:00", "some", "soon"])
            .into_iter()
            .map(|known| known.sentence)
            .collect();
        assert_eq!(
            sentences[..3],
            ["title = \"No water\"", "## 2026-03-04 14:00 Identified", "Affected: some, we think"]
        );
        assert!(
            sentences[3].starts_with("We hope to be done soon, say ") && !sentences[3].contains("them"),
            "{sentences:?}"
        );
    }

    #[test]
    fn moved_and_wrapped_lines_keep_their_fingerprint() {
        let prints = |text: &str| fingerprints(&known(text, &["soon", "soon"]));
        let (before, after) =
            (prints("We dig. It is fixed soon.\n"), prints("News.\n\nWe dig. It is\nfixed soon.\n"));
        assert_eq!(before, after);
        assert_ne!(before[0], before[1], "two findings in one sentence are two");
        assert_ne!(before, prints("It is never fixed soon.\n"));
        assert_eq!(before[0].len(), 32);
    }
}
