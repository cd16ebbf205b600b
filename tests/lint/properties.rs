//! What must hold whatever the words are, for every rule that there is or will be: the sentences and situations that stand
//! beside the rules are the input.

use std::collections::{BTreeMap, BTreeSet};

use candor::diag::Finding;
use candor::lint::{Check, Pack, Rule, cases, rule, rules};
use proptest::prelude::*;
use proptest::sample::select;

use crate::site::{PATH, Site, file};

/// Says nothing that backs or breaks anything.
const FILLER: &str = "The sky is grey.";
/// What backs claims, all at once.
const BACKING: &str = "Next update: 14:30\nExpected fix: 16:00 because the last restore took 50 minutes\n\
    Affected: about 1,200 homes, counted from the meters";
/// A rule that names one of these in what backs it is held to it.
const BACKING_KEYS: [&str; 3] = ["`Next update", "`Expected fix", "`Affected"];

/// A sentence on which a rule of words fires.
#[derive(Clone, Debug)]
struct Said {
    rule: &'static str,
    status: String,
    text: String,
}

impl Said {
    fn alone(&self) -> Site {
        self.within(&self.text)
    }

    /// An update of the same status that says something else.
    fn within(&self, body: &str) -> Site {
        Site::update(&self.status, "", body)
    }

    fn line(&self) -> String {
        self.text.replace('\n', " ")
    }

    fn own(&self) -> &'static Rule {
        rule(self.rule).unwrap()
    }
}

/// All sentences that fire without header lines and that no quotation or markup is a part of.
fn firing() -> Vec<Said> {
    let pack = Pack::of("en").unwrap();
    let words = rules().iter().filter(|rule| matches!(rule.check, Check::Words(_)));
    let plain = words.flat_map(|rule| {
        let own = pack.rule(rule.id).map_or(&[][..], |phrases| phrases.fires());
        let own = own.iter().filter(|example| example.header.is_empty());
        own.map(|example| Said { rule: rule.id, status: example.status.clone(), text: example.text.clone() })
    });
    let markup = ['"', '“', '`', '[', '|', '#', '*', '<'];
    plain.filter(|said| !said.text.contains(markup) && !said.text.trim().contains("\n\n")).collect()
}

/// What is found, without places: rule and the words as readers see them.
fn told(found: &[Finding]) -> Vec<(String, String)> {
    let plain = |text: &str| {
        let seen = text.replace(['’', '‘'], "'").replace('\u{A0}', " ").replace("> ", "");
        seen.replace(['\u{FEFF}', '\u{AD}', '\u{200B}'], "")
    };
    let mut told: Vec<_> =
        found.iter().map(|finding| (finding.rule.to_string(), plain(&finding.text))).collect();
    told.sort();
    told
}

fn is_of_words(finding: &Finding) -> bool {
    rule(&finding.rule).is_some_and(|rule| matches!(rule.check, Check::Words(_)))
}

fn of_words(found: &[Finding]) -> Vec<Finding> {
    found.iter().filter(|finding| is_of_words(finding)).cloned().collect()
}

/// Whether only the clock, or the date of a comment, can call for a rule.
fn looks_at_the_clock(finding: &Finding) -> bool {
    let history = rule(&finding.rule).is_some_and(|rule| matches!(rule.check, Check::History(_)));
    history || finding.rule == "allow-expired"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn typing_changes_nothing(
        said in select(firing()),
        gap in 0_usize..12,
        letter in 0_usize..60,
        curly: bool,
        crlf: bool,
        hard: bool,
        unseen in select(vec!["", "\u{FEFF}", "\u{AD}", "\u{200B}"]),
        form in 0..6,
    ) {
        let plain = told(&of_words(&said.alone().findings()));
        let mut typed = said.text.clone();
        let blanks: Vec<usize> = typed.match_indices(' ').map(|(at, _)| at).collect();
        if let Some(at) = blanks.get(gap) {
            typed.replace_range(*at..=*at, if hard { "\u{A0}" } else { "\n" });
        }
        let inside: Vec<usize> = typed
            .char_indices()
            .zip(typed.chars().skip(1))
            .filter(|((_, char), next)| char.is_ascii_alphabetic() && next.is_ascii_alphabetic())
            .map(|((at, _), _)| at + 1)
            .collect();
        if let Some(at) = inside.get(letter) {
            typed.insert_str(*at, unseen);
        }
        if curly {
            typed = typed.replace('\'', "’");
        }
        typed = match form {
            0 => typed,
            1 => format!("- {}", typed.replace('\n', "\n  ")),
            2 => format!("1. {FILLER}\n2. {}", typed.replace('\n', "\n   ")),
            3 => format!("- {FILLER}\n  - {}", typed.replace('\n', "\n    ")),
            4 => format!("{FILLER}\n\n{typed}\n\n{FILLER}"),
            _ => format!("- [ ] {}", typed.replace('\n', "\n  ")),
        };
        let mut site = said.within(&typed);
        if crlf {
            for (_, text) in &mut site.files {
                *text = text.replace('\n', "\r\n");
            }
        }
        prop_assert_eq!(told(&of_words(&site.findings())), plain, "{:?}", typed);
    }

    /// Facts in the header never make words worse, and silence the rules that say so.
    #[test]
    fn backing_silences(said in select(firing())) {
        let bare = of_words(&said.alone().findings());
        let backed = of_words(&Site::update(&said.status, BACKING, &said.text).findings());
        let before: BTreeSet<_> = told(&bare).into_iter().collect();
        for finding in told(&backed) {
            prop_assert!(before.contains(&finding) || finding.0 == "scope-conflict", "{finding:?} is new");
        }
        if BACKING_KEYS.iter().any(|key| said.own().backing.contains(key)) {
            let left: Vec<_> = backed.iter().filter(|finding| finding.rule == said.rule).collect();
            prop_assert!(left.is_empty(), "{:?} still fires: {}", said, left[0].message);
        }
    }

    #[test]
    fn silencing_one_rule_takes_out_its_findings_and_no_others(sentences in prop::collection::vec(select(firing()), 1..4)) {
        let first = sentences[0].clone();
        let alike = sentences.iter().filter(|said| said.status == first.status);
        let body = alike.map(Said::line).collect::<Vec<_>>().join(" ");
        let before = first.within(&body).findings();
        let comment = format!("<!-- candor: allow({}) because this is a test -->", first.rule);
        let after = first.within(&format!("{comment}\n{body}")).findings();
        let others: Vec<Finding> = before.iter().filter(|finding| finding.rule != first.rule).cloned().collect();
        let after: Vec<Finding> = after.into_iter().filter(|finding| finding.rule != "allow-unused").collect();
        prop_assert_eq!(told(&after), told(&others));
    }

    #[test]
    fn the_clock_changes_only_what_looks_at_it(said in select(firing()), minutes in 0_i64..20_000) {
        let later = |site: Site| Site { now: site.now + jiff::SignedDuration::from_mins(minutes), ..site };
        let kept = |site: &Site| -> Vec<Finding> {
            site.findings().into_iter().filter(|finding| !looks_at_the_clock(finding)).collect()
        };
        let site = said.alone();
        prop_assert_eq!(kept(&later(site.clone())), kept(&site));
    }

    #[test]
    fn the_order_of_files_changes_nothing(
        sentences in prop::collection::vec(select(firing()), 2..6),
        turn in 0_usize..6,
        reverse: bool,
    ) {
        let mut site = sentences[0].alone();
        for (number, said) in sentences.iter().enumerate().skip(1) {
            let day = 5 + number;
            let body = format!("## 2026-03-{day:02} 14:00 {}\n\n{}\n", said.status, said.text);
            let front = format!("started = 2026-03-{day:02}T13:00:00Z");
            site = site.with_file(&format!("content/incidents/n{number}.md"), &file(&front, &body));
        }
        let before = site.findings();
        let turn = turn % site.files.len();
        site.files.rotate_left(turn);
        if reverse {
            site.files.reverse();
        }
        site.registers.reverse();
        prop_assert_eq!(site.findings(), before);
    }

    #[test]
    fn every_finding_is_whole(said in select(firing()), noise in "[ -~“”’…é]{0,40}") {
        let site = Site::of(&file("", &format!("## 2026-03-04 14:00 {}\n\n{noise} {}\n", said.status, said.text)));
        let source = &site.files[0].1;
        for finding in site.findings() {
            prop_assert_eq!(finding.incident.as_deref(), Some("burst-main"));
            prop_assert!(finding.span.start < finding.span.end && finding.span.end <= source.len());
            prop_assert_eq!(&finding.text, &finding.span.of(source).split_whitespace().collect::<Vec<_>>().join(" "));
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty());
        }
    }
}

/// Quoted, in code, in a block quote or in a comment, no sentence of any rule is the author's claim.
#[test]
fn other_peoples_words_are_not_ours() {
    let forms: [fn(&str) -> String; 13] = [
        |line| format!("> {line}"),
        |line| format!("> - {line}\n>\n> {FILLER}"),
        |line| format!("- {FILLER}\n\n  > {line}"),
        |line| format!("```\n{line}\n```"),
        |line| format!("~~~ text\n{line}\n~~~"),
        |line| format!("- {FILLER}\n\n  ```\n  {line}\n  ```"),
        |line| format!("{FILLER}\n\n    {line}"),
        |line| format!("The old page said `{line}` all day."),
        |line| format!("A caller told us: “{line}”"),
        |line| format!("A caller told us: \"{line}\""),
        |line| format!("A caller told us: «{line}»"),
        |line| format!("- A caller told us: “{line}”"),
        |line| format!("<!-- {line} -->"),
    ];
    let mut groups: BTreeMap<(&str, String), Vec<Said>> = BTreeMap::new();
    for said in firing() {
        groups.entry((said.rule, said.status.clone())).or_default().push(said);
    }
    let mut wrong = Vec::new();
    for ((rule, _), group) in groups {
        for form in forms {
            let lines = group.iter().map(|said| form(&said.line()) + "\n\n" + FILLER + "\n\n");
            let found = group[0].within(&lines.collect::<String>()).of_rule(rule);
            wrong.extend(found.iter().map(|finding| format!("{rule}: {:?} in {}", finding.text, form("…"))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Time only ever adds to what the clock calls for, until somebody writes; and it changes nothing else.
#[test]
fn the_clock_never_takes_a_finding_back() {
    const STEPS: [i64; 9] = [1, 6, 16, 31, 61, 240, 1_500, 15_000, 60_000];
    let mut wrong = Vec::new();
    for rule in rules() {
        for case in cases(rule.id) {
            let site = Site::case(case);
            // As time goes by, somebody writes, and nobody waits for a translation any more.
            if ["update-in-future", "translation-awaited"].iter().any(|id| !site.of_rule(id).is_empty()) {
                continue;
            }
            let places = |site: &Site| -> (BTreeSet<_>, BTreeSet<_>) {
                let place =
                    |finding: &Finding| (finding.rule.to_string(), finding.path.to_string(), finding.span);
                let (clock, other): (Vec<_>, Vec<_>) =
                    site.findings().into_iter().partition(looks_at_the_clock);
                (clock.iter().map(place).collect(), other.iter().map(place).collect())
            };
            let (mut before, others) = places(&site);
            for minutes in STEPS {
                let later = Site { now: site.now + jiff::SignedDuration::from_mins(minutes), ..site.clone() };
                let (after, others_after) = places(&later);
                if !before.is_subset(&after) || others != others_after {
                    wrong.push(format!(
                        "{}: {}: {minutes} minutes later {after:?} {others_after:?}, before {before:?} {others:?}",
                        rule.id, case.name
                    ));
                }
                before = after;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A comment that allows a rule takes out that rule's findings in the situations beside the rules too.
#[test]
fn every_rule_about_an_incident_can_be_silenced() {
    let mut wrong = Vec::new();
    for rule in rules() {
        if matches!(rule.check, Check::Silencing(_) | Check::Site(_)) || !rule.overridable {
            continue;
        }
        for case in cases(rule.id).iter().filter(|case| case.fires > 0 && case.published.is_empty()) {
            let mut site = Site::case(case);
            let found = site.of_rule(rule.id);
            let comment = format!("<!-- candor: allow({}) because this is a test -->", rule.id);
            let Some((_, text)) = site.files.iter_mut().find(|(path, _)| path == PATH) else { continue };
            *text = everywhere(text, &comment);
            let left = site.of_rule(rule.id);
            let silenced = found.iter().all(|finding| &*finding.path == PATH) && left.is_empty();
            if !silenced {
                wrong.push(format!("{}: {}: {left:?} in {}", rule.id, case.name, site.files[0].1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file with a comment before each of its blocks.
fn everywhere(text: &str, comment: &str) -> String {
    let (front, body) = text[3..].split_once("\n+++").unwrap();
    let mut out = format!("+++{front}\n+++\n");
    for block in body.trim().split("\n\n") {
        out.push_str(&format!("\n{comment}\n\n{block}\n"));
    }
    out
}
