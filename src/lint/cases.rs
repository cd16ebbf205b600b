//! Whole incident files on which a rule must fire or stay silent: for rules that judge structure, clock or record.
//!
//! One file per rule, `cases/RULE.toml`. They are tests, and the rule's page shows them.

use std::fmt::Write as _;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/lint/cases");

/// One situation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, in a few words.
    pub name: String,
    /// How many findings of the rule it must give.
    pub fires: usize,
    /// When it is looked at, as `2026-03-04T14:10:00Z`; empty: the minute of the last update.
    #[serde(default)]
    pub now: String,
    /// The incident's file. Without front matter: its updates only.
    pub file: String,
    /// Keys of the front matter beside the usual ones, or in place of them.
    #[serde(default)]
    pub front: String,
    /// The file as readers last saw it; empty: nothing is published.
    #[serde(default)]
    pub published: String,
    /// The file's French translation; empty: none.
    #[serde(default)]
    pub translation: String,
    /// When readers first saw what is published, on a site that was running; empty: an archive, seen at its own times.
    #[serde(default)]
    pub seen: String,
    /// Keys of `candor.toml` beside the usual ones.
    #[serde(default)]
    pub settings: String,
    /// The words underlined by the first finding; empty: any.
    #[serde(default)]
    pub words: String,
    /// Other incidents of the site.
    #[serde(default)]
    pub beside: Vec<Beside>,
}

/// Another incident in a situation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    pub slug: String,
    #[serde(default)]
    pub front: String,
    pub file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

/// The cases of a rule.
pub fn cases(rule: &str) -> &'static [Case] {
    static READ: OnceLock<Vec<(String, Vec<Case>)>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let file = |file: &include_dir::File<'static>| {
            let name = file.path().file_stem()?.to_str()?.to_owned();
            let read: CaseFile = toml::from_str(file.contents_utf8()?)
                .expect("case files are well-formed: a test reads them all");
            Some((name, read.case))
        };
        CASES.files().filter_map(file).collect()
    });
    read.iter().find(|(name, _)| name == rule).map_or(&[], |(_, cases)| cases)
}

/// Writes the cases of a rule into its page.
pub(super) fn describe(page: &mut String, rule: &str) {
    for (heading, fires) in [("Situations that it reports", true), ("Situations that it leaves alone", false)]
    {
        let shown: Vec<&Case> = cases(rule).iter().filter(|case| (case.fires > 0) == fires).collect();
        if shown.is_empty() {
            continue;
        }
        let _ = writeln!(page, "## {heading}\n");
        for case in shown {
            let _ = writeln!(page, "- {}", case.name);
        }
        page.push('\n');
    }
}
