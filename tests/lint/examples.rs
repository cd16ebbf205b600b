//! The sentences and situations that stand beside the rules, all of them.

use candor::lint::{Check, Example, Pack, cases, rules};

use crate::site::Site;

pub(crate) fn of_example(language: &str, example: &Example) -> Site {
    Site::update_in(language, &example.status, &example.header, &example.text)
}

#[test]
fn sentences_fire_or_stay_silent_as_their_rule_says() {
    let mut wrong = Vec::new();
    let all = Pack::all().into_iter().flat_map(|(language, pack)| {
        rules().iter().filter_map(move |rule| Some((language, *rule, pack.rule(rule.id)?)))
    });
    for (language, rule, phrases) in all {
        for example in phrases.fires() {
            let found = of_example(language, example).of_rule(rule.id);
            match &found[..] {
                [] => wrong.push(format!("{rule:?}: does not fire on {example:?}")),
                [one, ..] if !example.words.is_empty() && one.text != example.words => {
                    wrong.push(format!("{rule:?}: underlines {:?} in {example:?}", one.text));
                }
                _ => {}
            }
        }
        for example in phrases.silent() {
            let found = of_example(language, example).of_rule(rule.id);
            if !found.is_empty() {
                wrong.push(format!("{rule:?}: fires on {example:?}: {:?}", found[0].text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn situations_give_as_many_findings_as_their_rule_says() {
    let mut wrong = Vec::new();
    for rule in rules() {
        for case in cases(rule.id) {
            let site = Site::case(case);
            let found = site.of_rule(rule.id);
            let other_words =
                found.first().is_some_and(|first| !case.words.is_empty() && first.text != case.words);
            if found.len() != case.fires || other_words {
                let told: Vec<_> = found.iter().map(|f| format!("{:?}: {}", f.text, f.message)).collect();
                wrong.push(format!(
                    "{}: {} gives {told:#?}\nreading: {:?}",
                    rule.id,
                    case.name,
                    site.reading()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule with nothing that it must leave alone, or nothing that it must report, could be empty or endless.
#[test]
fn every_rule_has_examples_of_both_kinds() {
    let pack = Pack::of("en").unwrap();
    for rule in rules().iter().filter(|rule| !matches!(rule.check, Check::Silencing(_) | Check::Site(_))) {
        let phrases = pack.rule(rule.id);
        let fires = phrases.map_or(0, |phrases| phrases.fires().len())
            + cases(rule.id).iter().filter(|case| case.fires > 0).count();
        let silent = phrases.map_or(0, |phrases| phrases.silent().len())
            + cases(rule.id).iter().filter(|case| case.fires == 0).count();
        assert!(fires > 0 && silent > 0, "{}: {fires} fire, {silent} silent", rule.id);
    }
}

#[test]
fn every_language_has_examples_of_both_kinds_for_what_it_judges() {
    for (language, pack) in Pack::all() {
        for rule in rules().iter().filter(|rule| matches!(rule.check, Check::Words(_))) {
            let Some(phrases) = pack.rule(rule.id) else { continue };
            let (fires, silent) = (phrases.fires().len(), phrases.silent().len());
            assert!(fires >= 3 && silent >= 3, "{language}/{}: {fires} fire, {silent} silent", rule.id);
        }
    }
}
