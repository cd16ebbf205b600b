//! `allow(…)` comments and levels: what they take out, and nothing else.

use candor::diag::Level;

use crate::site::{Site, file};

const SOON: &str = "We hope to have this resolved shortly.";

fn ids(site: &Site) -> Vec<String> {
    site.findings().iter().map(|finding| finding.rule.to_string()).collect()
}

fn allow(rest: &str) -> String {
    format!("<!-- candor: allow({rest} -->")
}

#[test]
fn a_comment_silences_its_rule_in_the_block_after_it_alone() {
    let comment = allow("unbacked-soon) because the mayor said it");
    let body = format!("{comment}\n{SOON} Sorry for any inconvenience.\n\n{SOON}\n\nYou can wait.");
    let found = Site::update("Identified", "", &body).findings();
    let of: Vec<_> = found.iter().map(|finding| (&*finding.rule, finding.text.as_str())).collect();
    assert_eq!(of, [("conditional-apology", "Sorry for any"), ("unbacked-soon", "shortly")]);
}

/// `@` stands for the comment, `SOON` for a sentence that it silences, `LATE` for one that it must not reach.
#[test]
fn a_comment_silences_in_any_block_and_no_further() {
    let bodies = [
        "@ SOON\n\nLATE",
        "@\n\nSOON\n\nLATE",
        "@\n@\nSOON",
        "A first line. @ SOON\n\nLATE",
        "@\n### SOON\n\nLATE",
        "@\n\n### SOON\nLATE",
        "@\n- SOON\n- SOON\n\nLATE",
        "- @ SOON\n- LATE",
        "- @\n  SOON\n- LATE",
        "* One.\n* @ SOON\n  It goes on: SOON\n* LATE",
        "1. @ SOON\n2. LATE",
        "- One.\n\n  @\n  SOON\n\n  LATE",
        "- One.\n  - @ SOON\n  - LATE\n- LATE",
        "- @ SOON\n  - LATE",
        "- One.\n  @ SOON\n- LATE",
        "- [ ] @ SOON\n- [ ] LATE",
        "@\n| a | b |\n|---|---|\n| SOON | SOON |\n\nLATE",
        "One.[^1]\n\n@\n[^1]: SOON\n\nLATE",
        "One.[^1]\n\n[^1]: @ SOON\n\nLATE",
        "@\n![SOON](/map.png)\n\nLATE",
        "@\n**SOON**\n*SOON*\n\nLATE",
        "### What you can do\n\n@\n\nSOON\n\nLATE",
        "> Theirs.\n\n@\nSOON\n\nLATE",
        "```\n@\n```\n\nLATE",
        "The sign `@` stands for a comment. LATE",
        "SOON-less.\n\nLATE\n\n@",
        "> @\n> Theirs.\n\nLATE",
    ];
    let reason = allow("unbacked-soon) because the\nmayor said it");
    let mut wrong = Vec::new();
    for comment in [allow("unbacked-soon) because the mayor said it"), reason] {
        for body in bodies {
            for line_end in ["\n", "\r\n"] {
                let meant = body.replace("SOON-less", "Nothing");
                let written = meant.replace('@', &comment).replace("SOON", SOON).replace("LATE", SOON);
                let mut site = Site::update("Identified", "", &format!("You can wait.\n\n{written}"));
                site.files[0].1 = site.files[0].1.replace('\n', line_end);
                let found = site.of_rule("unbacked-soon").len();
                let expected = meant.matches("LATE").count();
                // A comment whose second line would leave its place says something else.
                let torn = comment.contains('\n')
                    && ["- ", "1. ", "* ", "> ", "`", "[^1]: @"].iter().any(|mark| body.contains(mark));
                if found != expected && !torn {
                    wrong.push(format!("{found} instead of {expected} in {written:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_comment_that_stands_before_nothing_is_told() {
    let comment = allow("unbacked-soon) because the mayor said it");
    for body in [format!("You can wait.\n\n{comment}"), format!("You can wait.\n\n> {comment}\n> Theirs.")] {
        assert_eq!(ids(&Site::update("Identified", "", &body)), ["allow-unused"], "{body}");
    }
    for body in [format!("You can wait.\n\n```\n{comment}\n```"), format!("You can wait. `{comment}`")] {
        assert_eq!(ids(&Site::update("Identified", "", &body)), [""; 0], "{body}");
    }
}

#[test]
fn before_the_first_block_it_covers_the_header_too() {
    let late = "Next update: 18:00";
    let reason = allow("next-update-too-late) because the crew sleeps");
    let first = Site::update("Identified", late, &format!("{reason}\n\nYou can wait.\n\nWe dig."));
    assert_eq!(ids(&first), [""; 0]);
    let second = Site::update("Identified", late, &format!("You can wait.\n\n{reason}\n\nWe dig."));
    assert_eq!(ids(&second), ["next-update-too-late", "allow-unused"]);
    let above = file("", &format!("{reason}\n\n## 2026-03-04 14:00 Identified\n\n{late}\n\nYou can wait."));
    assert_eq!(ids(&Site::of(&above)), [""; 0]);
}

#[test]
fn in_the_summary_it_covers_the_front_matter() {
    let reason = allow("missing-owner) because the strike is not over");
    let body = file("owner =", "## 2026-03-04 14:00 Identified\n\nYou can wait.");
    assert_eq!(ids(&Site::of(&body)), ["missing-owner"]);
    let body = body.replace("Homes in", &format!("{reason}\n\nHomes in"));
    assert_eq!(ids(&Site::of(&body)), [""; 0]);
}

#[test]
fn unknown_unused_and_expired_comments_are_told() {
    let with = |comment: &str| Site::update("Identified", "", &format!("{comment}\n\n{SOON} You can wait."));
    let unknown = with(&allow("unbaked-soon) because of a slip")).of_rule("allow-unknown");
    assert_eq!(
        (unknown[0].text.as_str(), unknown[0].help.as_str()),
        ("unbaked-soon", "Did you mean `unbacked-soon`?")
    );
    assert_eq!(ids(&with(&allow("bad-time) because I like it"))), ["allow-unknown", "unbacked-soon"]);
    assert_eq!(ids(&with(&allow("raw-html) because it was there"))), ["allow-unused", "unbacked-soon"]);
    let expired = with(&allow("unbacked-soon) because the mayor said it until 2026-03-03"));
    assert_eq!(ids(&expired), ["allow-expired", "unbacked-soon"]);
    let last_day = with(&allow("unbacked-soon) because the mayor said it until 2026-03-04"));
    assert_eq!(ids(&last_day), [""; 0]);
}

#[test]
fn a_comment_for_the_clock_may_wait() {
    let reason = allow("broken-eta) because we cannot say");
    assert_eq!(ids(&Site::update("Identified", "", &format!("{reason}\n\nYou can wait."))), [""; 0]);
}

#[test]
fn in_an_emergency_nothing_stands_in_the_way_but_what_is_unsafe() {
    let anyway = "<!-- candor: publish-anyway because the gas leak cannot wait -->";
    let body = format!("{anyway}\n\n{SOON} Sorry for any inconvenience. Leave the house. <b>Now</b>");
    let found = Site::update("Identified", "", &body).findings();
    let of: Vec<_> = found.iter().map(|finding| (&*finding.rule, finding.level, finding.withholds)).collect();
    let expected = [
        ("unbacked-soon", Level::Warning, false),
        ("conditional-apology", Level::Warning, false),
        ("raw-html", Level::Error, true),
    ];
    assert_eq!(of, expected);
}

#[test]
fn settings_give_levels_by_rule_and_path() {
    let site = Site::update("Identified", "", &format!("{SOON} Sorry for the inconvenience. You can wait."));
    let levels =
        |site: &Site| -> Vec<Level> { site.findings().iter().map(|finding| finding.level).collect() };
    assert_eq!(levels(&site), [Level::Error, Level::Warning]);
    let off = site.clone().with_settings("[lint]\nunbacked-soon = \"off\"");
    assert_eq!(ids(&off), ["conditional-apology"]);
    let milder = site.clone().with_settings("[lint]\nconditional-apology = \"info\"");
    assert_eq!(levels(&milder), [Level::Error, Level::Info]);
    let path = "[[lint.path]]\npath = \"content/incidents/**\"\nunbacked-soon = \"warning\"";
    assert_eq!(levels(&site.clone().with_settings(path)), [Level::Warning, Level::Warning]);
    let elsewhere = path.replace("incidents/**", "maintenance/**");
    assert_eq!(levels(&site.with_settings(&elsewhere)), [Level::Error, Level::Warning]);
}

#[test]
fn a_misspelt_rule_in_the_settings_is_told() {
    let site = Site::update("Identified", "", "You can wait.");
    let misspelt = site.clone().with_settings("[lint]\nunbaked-soon = \"off\"").findings();
    assert_eq!((&*misspelt[0].path, &*misspelt[0].help), ("candor.toml", "Did you mean `unbacked-soon`?"));
    assert_eq!(ids(&site.with_settings("[lint]\nlater-version = \"off\"")), [""; 0]);
}

#[test]
fn imported_history_keeps_its_words_judged_and_its_structure_not() {
    let body = file("imported = true\nowner =", &format!("## 2026-03-04 14:00 Resolved\n\n{SOON}"));
    let found = Site::of(&body).findings();
    let of: Vec<_> = found.iter().map(|finding| (&*finding.rule, finding.withholds)).collect();
    assert_eq!(of, [("unbacked-soon", false)]);
}

#[test]
fn a_language_without_phrases_is_judged_by_structure_alone() {
    let body = file("lang = \"fi\"", &format!("## 2026-03-04 14:00 Identified\n\n{SOON} <b>Hei</b>"));
    assert_eq!(ids(&Site::of(&body)), ["missing-what-you-can-do", "raw-html"]);
}

#[test]
fn translations_are_judged_where_they_stand() {
    let source = file("", "## 2026-03-04 14:00 Identified\n\nYou can wait.");
    let french = "+++\ntitle = \"Pas d'eau\"\n+++\n\nRien.\n\n## 2026-03-04 14:00 Identifié\n\nVoir [la carte](javascript:x).\n";
    let site = Site::of(&source).with_file("content/incidents/burst-main.fr.md", french);
    let found = site.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&*found[0].rule, &*found[0].path), ("unsafe-link", "content/incidents/burst-main.fr.md"));
    assert_eq!(found[0].update, Some(site.now));
    assert_eq!(found[0].incident.as_deref(), Some("burst-main"));
}

#[test]
fn comments_in_translations_speak_about_the_translation() {
    let source = file("", "## 2026-03-04 14:00 Identified\n\nYou can wait. [Map](javascript:x).");
    let comment = |until: &str| format!("<!-- candor: allow(unsafe-link) because the map is ours{until} -->");
    let french = |comment: &str| {
        format!(
            "+++\ntitle = \"Pas d'eau\"\n+++\n\nRien.\n\n## 2026-03-04 14:00 Identifié\n\n{comment}\nVoir [la carte](javascript:x).\n"
        )
    };
    let found = |comment: &str| -> Vec<(String, bool)> {
        let site = Site::of(&source).with_file("content/incidents/burst-main.fr.md", &french(comment));
        site.findings().iter().map(|f| (f.rule.to_string(), f.path.ends_with(".fr.md"))).collect()
    };
    let of = |rule: &str, french: bool| (rule.to_owned(), french);
    assert_eq!(found(&comment("")), [of("unsafe-link", false)]);
    let old = comment(" until 2026-03-03");
    assert_eq!(found(&old), [of("allow-expired", true), of("unsafe-link", true), of("unsafe-link", false)]);
    let unknown = comment("").replace("unsafe-link", "unsafe-links");
    assert_eq!(
        found(&unknown),
        [of("allow-unknown", true), of("unsafe-link", true), of("unsafe-link", false)]
    );
}

#[test]
fn pages_are_judged_by_their_markdown() {
    let source = file("", "## 2026-03-04 14:00 Identified\n\nYou can wait. See [us](/about/).");
    let about = "+++\ntitle = \"About\"\n+++\n\nWe will be back soon. See [water](/services/watr/).\n";
    let found = Site::of(&source).with_file("content/pages/about.md", about).findings();
    let of: Vec<_> = found.iter().map(|finding| (&*finding.rule, finding.text.as_str())).collect();
    assert_eq!(of, [("dead-link", "[water](/services/watr/)")]);
}
