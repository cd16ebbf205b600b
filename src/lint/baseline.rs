//! What a site has lived with so far: findings counted by what they are known by, without line numbers. With a baseline,
//! `check` tells only what is new; what was mended leaves the baseline and can never come back unseen.
//!
//! What keeps an update back is never part of it, nor what cannot be read: hiding these would say that all is well
//! while readers wait.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{KnownBy, rule};
use crate::diag::Finding;

/// Findings by what they are known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<KnownBy, u32>,
}

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    known: KnownBy,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: u32,
}

/// What a baseline makes of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// For each finding: whether the baseline has it.
    pub old: Vec<bool>,
    /// What the baseline has and nothing shows any more.
    pub mended: Baseline,
    /// What is left of the baseline without that.
    pub rest: Baseline,
}

impl Baseline {
    /// The findings that a baseline may hold. `known` says what each is known by.
    pub fn of(findings: &[Finding], known: &[KnownBy]) -> Self {
        let mut counts = BTreeMap::new();
        for (_, known) in findings.iter().zip(known).filter(|(finding, _)| may_hold(finding)) {
            *counts.entry(known.clone()).or_default() += 1;
        }
        Self { counts }
    }

    /// Reads the file's text; an error names the line, from 1, and says why.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut counts = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let read: Line =
                serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))?;
            *counts.entry(read.known).or_default() += read.count;
        }
        Ok(Self { counts })
    }

    /// The file's text: one JSON object a line, sorted, so that a change of one finding changes one line.
    pub fn to_jsonl(&self) -> String {
        let line = |(known, count): (&KnownBy, &u32)| {
            let line = Line { known: known.clone(), count: *count };
            serde_json::to_string(&line).expect("texts and numbers are always JSON") + "\n"
        };
        self.counts.iter().map(line).collect()
    }

    /// How many findings it holds.
    pub fn count(&self) -> u32 {
        self.counts.values().sum()
    }

    /// Tells old findings from new ones. Where the same words stand more often than the baseline has them, the last are
    /// new.
    pub fn compare(&self, findings: &[Finding], known: &[KnownBy]) -> Compared {
        let mut left: HashMap<&KnownBy, u32> =
            self.counts.iter().map(|(known, count)| (known, *count)).collect();
        let is_old = |(finding, known): (&Finding, &KnownBy)| {
            let count = left.get_mut(known).filter(|count| may_hold(finding) && **count > 0);
            count.map(|count| *count -= 1).is_some()
        };
        let old = findings.iter().zip(known).map(is_old).collect();
        let part = |count: &dyn Fn(u32, u32) -> u32| {
            let counts = self.counts.iter().map(|(known, all)| (known.clone(), count(*all, left[known])));
            Self { counts: counts.filter(|(_, count)| *count > 0).collect() }
        };
        let (mended, rest) = (part(&|_, left| left), part(&|all, left| all - left));
        Compared { old, mended, rest }
    }
}

fn may_hold(finding: &Finding) -> bool {
    !finding.withholds && rule(&finding.rule).is_some()
}

fn once() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_once(count: &u32) -> bool {
    *count == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::known_by;
    use crate::text::Span;

    const PATH: &str = "content/incidents/a.md";

    fn found(text: &str, rule: &'static str) -> (Vec<Finding>, Vec<KnownBy>) {
        let finding =
            |(at, _)| Finding::warning(rule, &PATH.into(), Span::new(at, at + "soon".len()), "", "");
        let findings: Vec<Finding> = text.match_indices("soon").map(finding).collect();
        let known = known_by(&findings, &|_| Some(text));
        (findings, known)
    }

    fn baseline(text: &str) -> Baseline {
        let (findings, known) = found(text, "dead-link");
        Baseline::of(&findings, &known)
    }

    #[test]
    fn only_what_is_new_is_told_wherever_lines_move() {
        let before = baseline("It opens soon. It opens soon.\n\nNews soon.\n");
        assert_eq!((before.counts.len(), before.count()), (2, 3));
        let (findings, known) = found("First.\n\nNews soon. It opens\nsoon. We go soon.\n", "dead-link");
        let compared = before.compare(&findings, &known);
        assert_eq!(compared.old, [true, true, false]);
        assert_eq!((compared.mended.count(), compared.rest.count()), (1, 2));
        assert_eq!(compared.rest, baseline("News soon. It opens soon.\n"));
    }

    #[test]
    fn more_of_the_same_words_is_new() {
        let (findings, known) = found("It opens soon. It opens soon.", "dead-link");
        assert_eq!(baseline("It opens soon.").compare(&findings, &known).old, [true, false]);
    }

    #[test]
    fn what_keeps_an_update_back_or_cannot_be_read_is_never_hidden() {
        let (mut findings, known) = found("It opens soon.", "dead-link");
        findings[0].withholds = true;
        assert_eq!(baseline("It opens soon.").compare(&findings, &known).old, [false]);
        assert_eq!(Baseline::of(&findings, &known), Baseline::default());
        let (findings, known) = found("It opens soon.", "unreadable");
        assert_eq!(Baseline::of(&findings, &known), Baseline::default());
    }

    #[test]
    fn it_reads_what_it_writes_and_names_the_line_that_it_cannot_read() {
        let written = baseline("It opens soon. It opens soon. News “x” soon.");
        let text = written.to_jsonl();
        assert_eq!(Baseline::read(&text), Ok(written));
        assert!(text.contains(r#""sentence":"It opens soon.","count":2}"#), "{text}");
        assert!(Baseline::read(&format!("{text}\n<<<<<<<\n")).unwrap_err().starts_with("line 4: "));
        assert!(Baseline::read("{\"path\":\"a\"}").unwrap_err().contains("rule"));
    }
}
