//! `check` as other programs and other people's habits meet it: formats, exit codes, pipes, colours, baselines, fixes.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::building::PUMP;
use crate::site::Site;

const FILE: &str = "content/incidents/2026-03-02-pump.md";
const NOW: &str = "2026-03-02 10:00";

/// The town with one incident whose updates promise too much.
fn vague() -> Site {
    let site = Site::town();
    let words = "More news soon. We will post another update shortly.";
    site.write(
        FILE,
        &PUMP.replacen("\n\n## 2026-03-02 09:25", &format!(" {words}\n\n## 2026-03-02 09:25"), 1),
    );
    site
}

fn check(site: &Site, more: &[&str]) -> crate::site::Run {
    site.candor(&[&["check", "--at", NOW][..], more].concat())
}

#[test]
fn exit_codes_say_whose_turn_it_is() {
    let site = Site::town();
    site.write(FILE, PUMP);
    check(&site, &[]).exits(0).says("No findings.");
    check(&site, &["--format", "nonsense"]).exits(2);
    check(&site, &["--baseline", "none.jsonl"]).exits(2).says("--write-baseline");
    check(&site, &["--write-baseline"]).exits(2).says("--baseline");
    check(&site, &["--changed", "HEAD"]).exits(2).says("git");
    check(&vague(), &[]).exits(1).says("error[unbacked-soon]");
    let mild = vague();
    mild.write(
        "candor.toml",
        &format!("{}\n[lint]\nunbacked-soon = \"warning\"\n", mild.read("candor.toml")),
    );
    check(&mild, &[]).exits(0).says("warning[unbacked-soon]");
}

#[test]
fn what_can_still_be_done_about_the_past_is_of_today() {
    let site = Site::town();
    let told = PUMP.replace("A fuse had blown; we replaced it.", "A fuse had blown.");
    site.write(FILE, &told);
    site.candor(&["build", "--at", "2026-03-02 10:00"]).exits(0);
    let later = site.candor(&["check", "--at", "2026-06-01 10:00"]).exits(0);
    assert!(later.out.contains("[missing-learning]"), "{}\n{}", later.out, later.err);
    site.write(
        FILE,
        &told.replace("cause =", "review = \"none because the fuse was the fault of nobody\"\ncause ="),
    );
    site.candor(&["check", "--at", "2026-06-01 10:00"]).exits(0).says("No findings.");
}

#[test]
fn every_format_tells_the_same_findings() {
    let site = vague();
    let human = check(&site, &[]).exits(1).out;
    let count = human.matches("[unbacked-soon]").count();
    assert_eq!(count, 2, "{human}");
    let jsonl = check(&site, &["--format", "jsonl"]).exits(1);
    assert_eq!((jsonl.out.lines().count(), jsonl.err.as_str()), (count, ""));
    let github = check(&site, &["--format", "github"]).exits(1).out;
    assert!(github.lines().all(|line| line.starts_with("::error file=content/incidents/")), "{github}");
    assert_eq!(github.lines().count(), count);
    let gitlab: Value = serde_json::from_str(&check(&site, &["--format", "gitlab"]).exits(1).out).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), count);
    let sarif: Value = serde_json::from_str(&check(&site, &["--format", "sarif"]).exits(1).out).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), count);
    let plain = check(&site, &["--format", "plain"]).exits(1).out;
    assert_eq!(plain.matches("Rule: unbacked-soon.").count(), count);
    let clean: Value = {
        site.write(FILE, PUMP);
        serde_json::from_str(&check(&site, &["--format", "sarif"]).exits(0).out).unwrap()
    };
    assert_eq!(clean["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn paths_are_those_of_the_repository() {
    let site = vague();
    for name in ["candor.toml", "content/services.toml", "content/areas.toml", "content/people.toml", FILE] {
        site.write(&format!("status/{name}"), &site.read(name));
    }
    site.git(&["init", "-q"]);
    for format in ["github", "gitlab", "sarif"] {
        let out = site.candor(&["-C", "status", "check", "--at", NOW, "--format", format]).exits(1).out;
        assert!(out.contains("status/content/incidents/2026-03-02-pump.md"), "{out}");
    }
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let site = vague();
    let prints = || -> Vec<String> {
        let out = check(&site, &["--format", "gitlab"]).exits(1).out;
        let issues: Vec<Value> = serde_json::from_str(&out).unwrap();
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = prints();
    let moved = site.read(FILE).replace("More news soon", "The crew is there.\n\nMore\nnews soon");
    site.write(FILE, &moved);
    assert_eq!(prints(), before);
}

#[test]
fn a_baseline_hides_what_was_there_and_only_shrinks() {
    let site = Site::town();
    let house = "\n[[phrase]]\npattern = \"the crew\"\nmessage = \"Name them.\"\nlevel = \"error\"\n";
    site.write("candor.toml", &format!("{}{house}", site.read("candor.toml")));
    let crew = |sentence: &str| {
        site.write(
            FILE,
            &PUMP.replacen("\n\n## 2026-03-02 09:25", &format!(" {sentence}\n\n## 2026-03-02 09:25"), 1),
        );
    };
    crew("The crew digs. The crew sleeps.");
    check(&site, &[]).exits(1).says("2 errors");
    let with = ["--baseline", "old.jsonl"];
    check(&site, &[&with[..], &["--write-baseline"]].concat()).exits(0).says("wrote old.jsonl: 2 findings");
    let written = site.read("old.jsonl");
    assert!(written.contains(r#""sentence":"The crew digs.""#) && !written.contains("line"), "{written}");
    crew("It rains.\n\nThe crew sleeps. The\ncrew digs.");
    check(&site, &with).exits(0).says("No findings.").says("Not shown: 2 that the baseline holds.");
    crew("The crew sleeps. The crew swims.");
    let run = check(&site, &with).exits(1).says("1 error").says("Mended since the baseline was written: 1.");
    assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
    check(&site, &[&with[..], &["--write-baseline"]].concat()).exits(1).says("1 finding");
    crew("The crew sleeps. The crew digs.");
    check(&site, &with).exits(1).says("1 error");
}

#[test]
fn nothing_about_the_past_is_told_unless_asked() {
    let site = vague();
    let imported = site.read(FILE).replace("+++\ntitle", "+++\nimported = true\ntitle");
    site.write(FILE, &imported);
    check(&site, &[])
        .exits(0)
        .says("No findings.")
        .says("Not shown: 2 about the past. See them with --history.");
    check(&site, &["--history"]).exits(0).says("warning[unbacked-soon]");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let site = Site::town();
    let many = "More news soon.\n\n".repeat(400);
    site.write(FILE, &PUMP.replacen("\n\n## 2026-03-02 09:25", &format!("\n\n{many}## 2026-03-02 09:25"), 1));
    for format in ["human", "jsonl", "sarif"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(["check", "--at", NOW, "--format", format])
            .current_dir(site.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        drop(out);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{format}");
        assert!(!line.is_empty());
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_force_it() {
    let site = vague();
    let coloured = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.args(["check", "--at", NOW]).args(args).current_dir(site.path(""));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            command.env_remove(name);
        }
        let out = command.envs(set.iter().copied()).output().unwrap().stdout;
        String::from_utf8(out).unwrap().contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("NO_COLOR", "1")], &[]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]), "what is typed comes first");
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--format", "jsonl"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--format", "plain"]));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let site = vague();
    let text = site.read(FILE);
    for day in 3..29 {
        site.write(&FILE.replace("03-02", &format!("02-{day:02}")), &text);
    }
    for format in ["human", "jsonl", "sarif", "gitlab"] {
        let with = |threads: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_candor"))
                .args(["check", "--at", NOW, "--format", format])
                .current_dir(site.path(""))
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            (output.status.code(), output.stdout)
        };
        let one = with("1");
        assert!(one.1.len() > 10_000);
        assert_eq!(with("8"), one, "{format}");
    }
}

#[test]
fn fix_says_what_it_did_and_does_it_once() {
    let site = vague();
    check(&site, &["--fix=now"]).exits(1);
    assert!(!site.read(FILE).contains("Next update"));
    check(&site, &["--fix"])
        .exits(0)
        .says("fixed content/incidents/2026-03-02-pump.md: Write `Next update: 09:30`");
    let text = site.read(FILE);
    assert!(text.contains("Investigating\n\nNext update: 09:30\nAffected: 212 homes"), "{text}");
    let again = check(&site, &["--fix"]).exits(0);
    assert_eq!((again.err.contains("fixed"), site.read(FILE)), (false, text));
}
