//! What must hold whatever the words are.

use candor::diag::Finding;
use candor::lint::{Check, Pack, rule, rules};
use proptest::prelude::*;
use proptest::sample::select;

use crate::site::{Site, file};

/// Sentences on which a rule of words fires without header or status of their own: `(rule, sentence)`.
fn firing() -> Vec<(&'static str, String)> {
    let pack = Pack::of("en").unwrap();
    let words = rules().iter().filter(|rule| matches!(rule.check, Check::Words(_)));
    let plain = words.flat_map(|rule| {
        let phrases = pack.rule(rule.id).unwrap();
        let own = phrases.fires().iter().filter(|e| e.header.is_empty() && e.status == "Identified");
        own.map(|example| (rule.id, example.text.clone()))
    });
    plain.filter(|(_, text)| !text.contains(['"', '“', '`', '['])).collect()
}

fn update(body: &str) -> Site {
    Site::update("Identified", "", body)
}

/// What is found, without places: rule and the words as readers see them.
fn told(found: &[Finding]) -> Vec<(String, String)> {
    let plain = |text: &str| text.replace(['’', '‘'], "'").replace("> ", "");
    let mut told: Vec<_> =
        found.iter().map(|finding| (finding.rule.to_string(), plain(&finding.text))).collect();
    told.sort();
    told
}

fn of_words(found: &[Finding]) -> Vec<Finding> {
    let is_words =
        |finding: &&Finding| rule(&finding.rule).is_some_and(|rule| matches!(rule.check, Check::Words(_)));
    found.iter().filter(is_words).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn other_peoples_words_are_not_ours((id, text) in select(firing())) {
        prop_assert!(!update(&text).of_rule(id).is_empty());
        let line = text.replace('\n', " ");
        for elsewhere in [
            format!("> {line}"),
            format!("```\n{line}\n```"),
            format!("The old page said `{line}` all day."),
            format!("A caller told us: “{line}”"),
            format!("    {line}"),
        ] {
            let found = update(&format!("The road is closed.\n\n{elsewhere}\n\nThe road is closed.")).of_rule(id);
            prop_assert!(found.is_empty(), "{elsewhere}: {:?}", found[0].text);
        }
    }

    #[test]
    fn typing_changes_nothing((_, text) in select(firing()), gap in 0_usize..12, curly: bool, crlf: bool, form in 0..3) {
        let plain = told(&of_words(&update(&text).findings()));
        let mut typed = text;
        let blanks: Vec<usize> = typed.match_indices(' ').map(|(at, _)| at).collect();
        if let Some(at) = blanks.get(gap) {
            typed.replace_range(*at..=*at, "\n");
        }
        if curly {
            typed = typed.replace('\'', "’");
        }
        typed = match form {
            0 => typed,
            1 => format!("- {}", typed.replace('\n', "\n  ")),
            _ => format!("1. The road is closed.\n2. {}", typed.replace('\n', "\n   ")),
        };
        let mut site = update(&typed);
        if crlf {
            for (_, text) in &mut site.files {
                *text = text.replace('\n', "\r\n");
            }
        }
        prop_assert_eq!(told(&of_words(&site.findings())), plain, "{}", typed);
    }

    #[test]
    fn backing_silences((_, text) in select(firing().into_iter().filter(|(id, _)| *id == "unbacked-soon").collect::<Vec<_>>())) {
        let header = "Next update: 14:30\nExpected fix: 16:00 because the last restore took 50 minutes";
        let found = Site::update("Identified", header, &text);
        prop_assert!(found.of_rule("unbacked-soon").is_empty());
        prop_assert!(found.of_rule("open-ended-update").is_empty());
        prop_assert!(found.of_rule("eta-without-basis").is_empty());
    }

    #[test]
    fn silencing_one_rule_takes_out_its_findings_and_no_others(sentences in prop::collection::vec(select(firing()), 1..4)) {
        let texts: Vec<String> = sentences.iter().map(|(_, text)| text.clone()).collect();
        let id = sentences[0].0;
        let body = texts.join(" ");
        let before = update(&body).findings();
        let comment = format!("<!-- candor: allow({id}) because this is a test -->");
        let after = update(&format!("{comment}\n{body}")).findings();
        let others: Vec<Finding> = before.iter().filter(|finding| finding.rule != id).cloned().collect();
        let after: Vec<Finding> = after.into_iter().filter(|finding| finding.rule != "allow-unused").collect();
        prop_assert_eq!(told(&after), told(&others));
    }

    #[test]
    fn the_clock_changes_only_what_looks_at_it((_, text) in select(firing()), minutes in 0_i64..20_000) {
        let later = |site: Site| Site { now: site.now + jiff::SignedDuration::from_mins(minutes), ..site };
        let of_clock = |finding: &Finding| rule(&finding.rule).is_some_and(|rule| matches!(rule.check, Check::History(_)));
        let kept = |site: &Site| -> Vec<Finding> { site.findings().into_iter().filter(|f| !of_clock(f)).collect() };
        let site = update(&text);
        prop_assert_eq!(kept(&later(site.clone())), kept(&site));
    }

    #[test]
    fn every_finding_is_whole((_, text) in select(firing()), noise in "[ -~“”’…é]{0,40}") {
        let site = Site::of(&file("", &format!("## 2026-03-04 14:00 Identified\n\n{noise} {text}\n")));
        let source = &site.files[0].1;
        for finding in site.findings() {
            prop_assert_eq!(finding.incident.as_deref(), Some("burst-main"));
            prop_assert!(finding.span.start < finding.span.end && finding.span.end <= source.len());
            prop_assert_eq!(&finding.text, &finding.span.of(source).split_whitespace().collect::<Vec<_>>().join(" "));
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty());
        }
    }
}
