//! Fixes of all rules, whatever they are: made until none is left, they mend what they say, settle, and touch nothing else.

use candor::diag::{Finding, mend};
use candor::lint::{Check, Pack, cases, rules};

use crate::examples::of_example;
use crate::site::Site;

/// Sites on which some finding carries a fix, with the name of what they show.
fn fixable() -> Vec<(String, Site)> {
    let pack = Pack::of("en").unwrap();
    let mut sites: Vec<(String, Site)> = Vec::new();
    for rule in rules() {
        let examples = pack.rule(rule.id).map(|phrases| phrases.fires()).unwrap_or_default();
        sites.extend(
            examples
                .iter()
                .map(|example| (format!("{}: {}", rule.id, example.text), of_example("en", example))),
        );
        sites.extend(
            cases(rule.id).iter().map(|case| (format!("{}: {}", rule.id, case.name), Site::case(case))),
        );
    }
    sites.push(("update-order".to_owned(), unordered()));
    sites.retain(|(_, site)| all(site).iter().any(|finding| finding.fix.is_some()));
    sites
}

fn unordered() -> Site {
    Site::of(&crate::site::file(
        "",
        "## 2026-03-04 14:20 Identified\n\nIt is the valve.\n\n\n## 2026-03-04 14:40 Monitoring\n\nIt runs.\n\n## 2026-03-04 14:00 Investigating\n\nNext update: 14:30\n\nWe look.",
    ))
}

fn all(site: &Site) -> Vec<Finding> {
    site.reading().into_iter().chain(site.findings()).collect()
}

/// Makes all fixes once; `false`: there was none.
fn round(site: &mut Site) -> bool {
    let findings = all(site);
    let file = &mut site.files[0];
    let mended = mend(&file.1, findings.iter().filter(|finding| *finding.path == *file.0));
    file.1 = mended.text;
    !mended.titles.is_empty()
}

fn mended(site: &Site) -> Site {
    let mut site = site.clone();
    let mut rounds = 0;
    while round(&mut site) {
        rounds += 1;
        assert!(rounds < 8, "goes on for ever:\n{}", site.files[0].1);
    }
    site
}

/// What stands in a text, without white space, in order of bytes.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn they_settle_and_mend_what_they_say() {
    let mut rules_with_fixes = std::collections::BTreeSet::new();
    for (name, site) in fixable() {
        let mended = mended(&site);
        let left = all(&mended);
        for before in all(&site).iter().filter(|finding| finding.fix.is_some()) {
            rules_with_fixes.insert(before.rule.to_string());
            let same = |finding: &&Finding| finding.rule == before.rule && finding.text == before.text;
            let count = |findings: &[Finding]| findings.iter().filter(same).count();
            assert!(
                count(&left) < count(&all(&site)),
                "{name}: {} is still there\n{}",
                before.rule,
                mended.files[0].1
            );
        }
        let errors =
            |findings: &[Finding]| findings.iter().filter(|f| f.level == candor::diag::Level::Error).count();
        assert!(errors(&left) <= errors(&all(&site)), "{name}: {left:#?}\n{}", mended.files[0].1);
        assert!(!round(&mut mended.clone()), "{name}");
    }
    let all = [
        "missing-next-update",
        "now-heading",
        "open-ended-update",
        "silent-edit",
        "unbacked-soon",
        "unchecked-never-before",
        "update-order",
    ];
    assert_eq!(rules_with_fixes.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn they_keep_every_other_byte() {
    for (name, site) in fixable() {
        let text = &site.files[0].1;
        for finding in all(&site) {
            let Some(fix) = &finding.fix else { continue };
            let after = mend(text, [&finding]).text;
            let (first, last) = (fix.edits.first().unwrap().span, fix.edits.last().unwrap().span);
            assert!(after.starts_with(&text[..first.start]) && after.ends_with(&text[last.end..]), "{name}");
            let between = fix.edits.windows(2).map(|pair| &text[pair[0].span.end..pair[1].span.start]);
            assert!(between.clone().all(|kept| after.contains(kept)), "{name}");
        }
    }
}

/// Line ends are bytes too.
#[test]
fn files_with_carriage_returns_keep_them() {
    for (name, mut site) in fixable() {
        for (_, text) in site.files.iter_mut().chain(&mut site.published) {
            *text = text.replace('\n', "\r\n");
        }
        let text = &mended(&site).files[0].1;
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}: {text:?}");
    }
}

/// What readers have seen is touched by nothing but what puts it back.
#[test]
fn published_text_is_left_alone() {
    for (name, mut site) in fixable() {
        site.published.clone_from(&site.files);
        // Where an update stands, and a time that readers saw, are no words.
        let moves = ["update-order", "now-heading"];
        let touched = all(&site).into_iter().find(|f| f.fix.is_some() && !moves.contains(&&*f.rule));
        assert!(touched.is_none(), "{name}: {touched:#?}");
    }
}

#[test]
fn updates_move_whole_and_the_gaps_stay() {
    let site = unordered();
    let after = mended(&site);
    assert_eq!(letters(&after.files[0].1), letters(&site.files[0].1));
    let body = after.files[0].1.split("+++\n").nth(2).unwrap();
    assert!(
        body.ends_with(
            "## 2026-03-04 14:00 Investigating\n\nNext update: 14:30\n\nWe look.\n\n\n## 2026-03-04 14:20 Identified\n\nIt is the valve.\n\n## 2026-03-04 14:40 Monitoring\n\nIt runs.\n"
        ),
        "{body}"
    );
}

#[test]
fn a_silent_edit_becomes_a_correction_in_the_authors_own_words() {
    let before = "## 2026-03-04 13:00 Identified\n\nAffected: about 1,200 homes, counted from meters\n\nAll homes in Norwood are dry. We dig.";
    let after = before.replace("1,200", "1,900").replace("All homes", "Some homes");
    let site = Site::of(&crate::site::file("", &after))
        .published(&crate::site::file("", before))
        .at("2026-03-04T13:20:30Z");
    let text = mended(&site).files[0].1.clone();
    assert!(
        text.ends_with(&format!(
            "{before}\n\n## 2026-03-04 13:20 Correction\n\nCorrects: 13:00, “Affected: about 1,200 homes, counted from meters All homes in Norwood are dry.”\nAffected: about 1,900 homes, counted from meters\n\nSome homes in Norwood are dry.\n"
        )),
        "{text}"
    );
}

#[test]
fn words_of_rules_are_never_written_by_a_fix() {
    for rule in rules().iter().filter(|rule| matches!(rule.check, Check::Words(_))) {
        let Some(phrases) = Pack::of("en").and_then(|pack| pack.rule(rule.id)) else { continue };
        for example in phrases.fires() {
            let site = of_example("en", example);
            let after = mended(&site).files[0].1.clone();
            for sentence in example.text.lines() {
                assert!(after.contains(sentence), "{}: {sentence}\n{after}", rule.id);
            }
        }
    }
}
