//! Findings with everything that formats for other programs ask for beside them. Formats lay out; they compute nothing.

use super::place::{Lookup, Texts};
use super::{Finding, Level};

/// Findings for another program.
pub struct Sheet<'a> {
    pub findings: &'a [Finding],
    /// One for each finding, in the same order: stays the same when lines move.
    pub fingerprints: &'a [String],
    pub lookup: &'a Lookup<'a>,
    /// The page of a rule by its id; `None` for an id that nothing reports.
    pub pages: &'a dyn Fn(&str) -> Option<RulePage>,
    /// From the root of the repository to the site, empty or with a slash at its end: other programs know no site.
    pub prefix: &'a str,
}

/// What is to be said about a rule beside its findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulePage {
    pub summary: String,
    /// The whole page, in markdown.
    pub text: String,
    /// Where the page is on the web, where the settings say so.
    pub url: Option<String>,
    /// The rule's usual level; `None`: its findings' own.
    pub level: Option<Level>,
    /// The chapter of the reference.
    pub chapter: &'static str,
}

impl<'a> Sheet<'a> {
    /// Findings that are to be shown with their fingerprints, in the order of all formats.
    pub(super) fn rows(&self) -> Vec<(&'a Finding, &'a str)> {
        let prints = self.fingerprints.iter().map(String::as_str);
        let mut rows: Vec<_> = self.findings.iter().zip(prints).collect();
        rows.retain(|(finding, _)| finding.level > Level::Off);
        rows.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()).then_with(|| a.message.cmp(&b.message)));
        rows
    }

    pub(super) fn texts(&self) -> Texts<'a, 'a> {
        Texts::new(self.lookup)
    }

    /// A path as the repository knows it.
    pub(super) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// What is wrong and what to do, as one text of two paragraphs.
pub(super) fn message(finding: &Finding) -> String {
    let withheld =
        if finding.withholds { "\n\nThe update is not published until this is mended." } else { "" };
    let help = if finding.help.is_empty() { String::new() } else { format!("\n\n{}", finding.help) };
    format!("{}{help}{withheld}", finding.message)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::diag::{Fix, Note, github, gitlab, sarif};
    use crate::text::Span;

    const PATH: &str = "content/incidents/50 % off, now: é.md";
    const TEXT: &str = "## 2026-11-21 14:10 Investigating\n\nEs fehlt 漢字 – we fix it shortly.\nOr\nsoon.\n";

    fn findings() -> Vec<Finding> {
        let span = |words: &str| TEXT.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let warning =
            |words, message| Finding::warning("vague", &PATH.into(), span(words), message, "Say when.");
        let soon = Finding {
            withholds: true,
            incident: Some("burst".into()),
            update: Some("2026-11-21T14:10:00Z".parse().unwrap()),
            notes: vec![Note { path: PATH.into(), span: span("14:10"), message: "said here".into() }],
            fix: Some(Fix::of("Write it out", Span::at(span("14:10").end), " Uhr")),
            ..Finding::error("soon", &PATH.into(), span("shortly"), "100 % vague:\nnever, ever.", "Say when.")
        };
        let gone = Finding::error("gone", &"content/z.md".into(), Span::default(), "It is gone.", "");
        let off = Finding { level: Level::Off, ..gone.clone() };
        vec![warning("Or\nsoon", "Two lines."), soon, gone, off]
    }

    fn told(format: fn(&Sheet<'_>) -> String) -> String {
        let findings = findings();
        let fingerprints: Vec<String> = (0..findings.len()).map(|n| format!("print-{n}")).collect();
        let page = |id: &str| RulePage {
            summary: format!("About {id}."),
            text: format!("# {id}\n"),
            url: Some(format!("https://docs.example.org/{id}")),
            level: Some(Level::Error),
            chapter: "Time",
        };
        format(&Sheet {
            findings: &findings,
            fingerprints: &fingerprints,
            lookup: &|path| (path == PATH).then_some(TEXT),
            pages: &|id| (id != "gone").then(|| page(id)),
            prefix: "site/",
        })
    }

    #[test]
    fn github_gets_one_escaped_command_a_line() {
        assert_data_eq!(
            told(github),
            str![[r#"
::error file=site/content/incidents/50 %25 off%2C now%3A é.md,line=3,endLine=3,col=25,endColumn=32,title=soon::100 %25 vague:%0Anever, ever.%0A%0ASay when.%0A%0AThe update is not published until this is mended.%0A%0Ahttps://docs.example.org/soon
::warning file=site/content/incidents/50 %25 off%2C now%3A é.md,line=4,endLine=5,title=vague::Two lines.%0A%0ASay when.%0A%0Ahttps://docs.example.org/vague
::error file=site/content/z.md,title=gone::It is gone.

"#]]
        );
    }

    #[test]
    fn gitlab_gets_severities_lines_and_fingerprints() {
        let issues: Value = serde_json::from_str(&told(gitlab)).unwrap();
        let of = |key: fn(&Value) -> &Value| -> Vec<String> {
            issues.as_array().unwrap().iter().map(|issue| key(issue).to_string()).collect()
        };
        assert_eq!(of(|issue| &issue["severity"]), ["\"critical\"", "\"minor\"", "\"major\""]);
        assert_eq!(of(|issue| &issue["fingerprint"]), ["\"print-1\"", "\"print-0\"", "\"print-2\""]);
        assert_eq!(of(|issue| &issue["location"]["lines"])[1], r#"{"begin":4,"end":5}"#);
        assert_eq!(issues[0]["location"]["path"], format!("site/{PATH}"));
        assert_eq!(issues[2]["location"]["lines"]["begin"], 1);
    }

    #[test]
    fn sarif_counts_in_lines_characters_and_bytes() {
        let log: Value = serde_json::from_str(&told(sarif)).unwrap();
        let run = &log["runs"][0];
        let soon = &run["results"][0];
        let place = &soon["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "site/content/incidents/50%20%25%20off%2C%20now%3A%20%C3%A9.md"
        );
        let region = &place["region"];
        let at = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
        assert_eq!(&TEXT[at("byteOffset")..at("byteOffset") + at("byteLength")], "shortly");
        let characters: String = TEXT.chars().skip(at("charOffset")).take(at("charLength")).collect();
        assert_eq!(characters, "shortly");
        let line: String = TEXT.lines().nth(at("startLine") - 1).unwrap().chars().collect();
        let words: String =
            line.chars().skip(at("startColumn") - 1).take(at("endColumn") - at("startColumn")).collect();
        assert_eq!(words, "shortly");
        assert_eq!(soon["partialFingerprints"]["candor/v1"], "print-1");
        let change = &soon["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(
            (&change["insertedContent"]["text"], &change["deletedRegion"]["byteLength"]),
            (&" Uhr".into(), &0.into())
        );
        let rule = &run["tool"]["driver"]["rules"][soon["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(
            (&rule["id"], &rule["helpUri"]),
            (&"soon".into(), &"https://docs.example.org/soon".into())
        );
        assert_eq!(rule["help"]["text"], "# soon\n");
        assert!(run["results"][2]["locations"][0]["physicalLocation"].get("region").is_none());
    }
}
