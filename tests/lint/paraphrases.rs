//! How many other wordings of one fault the rules find, and how many honest sentences beside them they leave alone.
//!
//! The sentences under `paraphrases/` were written before the phrases were mended by them, as many that must be found as
//! must be left alone. How they fared at first sight is told in `docs/quality.md`.

use candor::lint::Example;
use serde::Deserialize;

use crate::examples::of_example;

#[derive(Deserialize)]
struct Family {
    fires: Vec<Example>,
    silent: Vec<Example>,
}

/// The sentences of a family that are judged wrongly: missed, and reported though honest.
fn judged(text: &str, rules: &[&str]) -> (Family, Vec<String>, Vec<String>) {
    let family: Family = toml::from_str(text).unwrap();
    let found = |example: &Example| {
        let findings = of_example("en", example).findings();
        let rule = findings.into_iter().find(|finding| rules.contains(&&*finding.rule));
        rule.map(|finding| format!("{} on {:?}: {}", finding.rule, finding.text, example.text))
    };
    let missed = family.fires.iter().filter(|one| found(one).is_none()).map(|one| one.text.clone()).collect();
    let wronged = family.silent.iter().filter_map(found).collect();
    (family, missed, wronged)
}

/// `recall` of what is dishonest must be found, and nothing honest.
fn hold(text: &str, rules: &[&str], recall: f64) {
    let (family, missed, wronged) = judged(text, rules);
    assert!(family.fires.len() >= 60 && family.silent.len() >= 60, "too few to say anything");
    let found = 1.0 - missed.len() as f64 / family.fires.len() as f64;
    assert!(
        found >= recall && wronged.is_empty(),
        "{rules:?}: recall {found:.3} ({} missed of {})\n{}\nhonest, and reported ({} of {}):\n{}",
        missed.len(),
        family.fires.len(),
        missed.join("\n"),
        wronged.len(),
        family.silent.len(),
        wronged.join("\n")
    );
}

#[test]
fn times_without_an_end_are_found_in_other_words() {
    hold(include_str!("paraphrases/soon.toml"), &["unbacked-soon", "vague-eta"], 0.9);
}

#[test]
fn apologies_in_doubt_are_found_in_other_words() {
    hold(include_str!("paraphrases/apology.toml"), &["conditional-apology"], 0.9);
}

#[test]
fn hedged_harm_is_found_in_other_words() {
    hold(include_str!("paraphrases/hedging.toml"), &["hedged-impact", "unquantified-some"], 0.8);
}

#[test]
fn work_and_faults_of_nobody_are_found_in_other_words() {
    hold(include_str!("paraphrases/agentless.toml"), &["agentless-action", "agentless-fault"], 0.8);
}
