//! What a rule or a reader reports, as plain data, and the ways to lay it out: [`human`] and [`plain`] for
//! people, [`jsonl`], [`sarif`], [`github`] and [`gitlab`] for programs.
//!
//! One [`Finding`] type serves markdown, TOML, templates and prose. Renderers return text and decide nothing: they
//! sort, leave out what is off, and turn bytes into lines and columns. Whether to print, and where, is the caller's.

mod finding;
mod fix;
mod github;
mod gitlab;
mod human;
mod jsonl;
mod place;
mod plain;
mod sarif;
mod sheet;
mod summary;

pub use finding::{Finding, Level, Note};
pub use fix::{Edit, Fix, Mended, mend};
pub use github::github;
pub use gitlab::gitlab;
pub use human::{Colour, human};
pub use jsonl::jsonl;
pub use place::Lookup;
pub use plain::plain;
pub use sarif::sarif;
pub use sheet::{RulePage, Sheet};
pub use summary::summary;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::text::Span;

    const PATH: &str = "content/incidents/burst-main.md";
    const TEXT: &str = "+++\ntitle = \"x\"\n+++\n\n## 2026-11-21 14:10 Investigating\n\nDie Pumpe 漢字\tlief. \u{1b}[31mWe hope to fix it shortly.\n";

    fn lookup(path: &str) -> Option<&'static str> {
        (path == PATH).then_some(TEXT)
    }

    fn findings() -> Vec<Finding> {
        let path: Arc<str> = PATH.into();
        let span = |words: &str| TEXT.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let soon = Finding {
            incident: Some("burst-main".into()),
            update: Some("2026-11-21T14:10:00Z".parse().unwrap()),
            withholds: true,
            notes: vec![Note {
                path: path.clone(),
                span: span("2026-11-21 14:10"),
                message: "said here".into(),
            }],
            ..Finding::error(
                "unbacked-soon",
                &path,
                span("shortly"),
                "“shortly” promises a time without giving one.",
                "Say when and how you know.",
            )
        };
        let title = Finding::warning("vague-title", &path, span("\"x\""), "This title says nothing.", "");
        let bytes = Finding::error(
            "unreadable",
            &"content/incidents/a.md".into(),
            Span::at(0),
            "The file is not UTF-8.",
            "Save it as UTF-8.",
        );
        let off = Finding { level: Level::Off, ..title.clone() };
        vec![off, soon, title, bytes]
    }

    #[test]
    fn people_see_the_words_underlined() {
        assert_data_eq!(
            human(&findings(), &lookup, Colour::Never),
            str![[r#"
error[unreadable]: The file is not UTF-8.
--> content/incidents/a.md
 = help: Save it as UTF-8.

warning[vague-title]: This title says nothing.
 --> content/incidents/burst-main.md:2:9
  |
2 | title = "x"
  |         ^^^

error[unbacked-soon]: “shortly” promises a time without giving one.
 --> content/incidents/burst-main.md:7:43
  |
7 | Die Pumpe 漢字    lief. ␛[31mWe hope to fix it shortly.
  |                                                ^^^^^^^
  |
  = note: the update is not published until this is mended
  = help: Say when and how you know.
note: said here
 --> content/incidents/burst-main.md:5:4
  |
5 | ## 2026-11-21 14:10 Investigating
  |    ----------------


"#]]
        );
    }

    #[test]
    fn a_long_paragraph_is_cut_around_the_words() {
        for words in [20, 2000] {
            let text: &'static str =
                format!("{0}We hope to fix it shortly. {0}", "The crew is digging. ".repeat(words)).leak();
            let at = text.find("shortly").unwrap();
            let finding = Finding::warning("unbacked-soon", &PATH.into(), Span::new(at, at + 7), "When?", "");
            let shown = human(&[finding], &|_| Some(text), Colour::Never);
            assert!(shown.contains(&format!("{PATH}:1:{}", at + 1)), "{shown}");
            assert!(shown.contains("to fix it shortly. The crew"), "{shown}");
            assert!(
                shown.contains("^^^^^^^") && shown.lines().all(|line| line.chars().count() < 120),
                "{shown}"
            );
        }
    }

    #[test]
    fn plain_reads_well_aloud() {
        assert_data_eq!(
            plain(&findings(), &lookup),
            str![[r#"
Error in content/incidents/a.md.
The file is not UTF-8.
What to do: Save it as UTF-8.
Rule: unreadable.

Warning in content/incidents/burst-main.md, line 2, column 9.
This title says nothing.
It says: "x"
Rule: vague-title.

Error in content/incidents/burst-main.md, line 7, column 43.
“shortly” promises a time without giving one.
It says: shortly
The update is not published until this is mended.
What to do: Say when and how you know.
See also content/incidents/burst-main.md, line 5, column 4: said here
Rule: unbacked-soon.


"#]]
        );
    }

    #[test]
    fn programs_get_every_place_in_bytes_and_columns() {
        assert_data_eq!(
            jsonl(&findings()[1..2], &lookup),
            str![[r#"
{"rule":"unbacked-soon","level":"error","path":"content/incidents/burst-main.md","line":7,"column":43,"end_line":7,"end_column":50,"span":{"start":102,"end":109},"incident":"burst-main","update":"2026-11-21T14:10:00Z","text":"shortly","message":"“shortly” promises a time without giving one.","help":"Say when and how you know.","withholds":true,"notes":[{"path":"content/incidents/burst-main.md","line":5,"column":4,"end_line":5,"end_column":20,"span":{"start":24,"end":40},"message":"said here"}]}

"#]]
        );
        let unknown = jsonl(&findings()[3..], &lookup);
        assert!(unknown.contains(r#""line":null"#), "{unknown}");
    }

    #[test]
    fn the_last_line_counts_and_says_what_is_next() {
        assert_data_eq!(
            summary(&findings()),
            str![
                "2 errors, 1 warning in 2 files. 1 update is not published until its errors are mended. For more about a rule: candor check --explain unreadable"
            ]
        );
        assert_data_eq!(summary(&findings()[..1]), str!["No findings."]);
    }

    #[test]
    fn colours_come_only_when_asked_for() {
        assert!(human(&findings(), &lookup, Colour::Always).contains("\u{1b}["));
        assert!(!human(&findings(), &lookup, Colour::Never).contains('\u{1b}'));
    }

    #[test]
    fn the_order_does_not_depend_on_how_findings_were_found() {
        let mut other = findings();
        other.reverse();
        assert_eq!(jsonl(&findings(), &lookup), jsonl(&other, &lookup));
    }
}
