//! What authors set aside: told on the quality page, and nowhere else.

use std::time::Duration;

use jiff::Timestamp;

use crate::relay::Relay;
use crate::site::Site;

const START: &str = "+++\ntitle = \"No water in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nareas = [\"mill\"]\n\
    owner = \"ann\"\nstarted = 2026-03-02T08:50:00\ncause = \"pump\"\n+++\n\nThe pump at Mill Lane stopped at 8:50am.\n\n";

#[test]
fn words_published_anyway_and_findings_silenced_are_listed_with_their_reasons() {
    let site = Site::town();
    let first = "## 2026-03-02 09:00 Investigating\n\n<!-- candor: publish-anyway because the mayor stands by it -->\n\n\
        We hope to have this resolved shortly. You do not need to do anything.\n\n";
    let second = "## 2026-03-02 09:25 Resolved\n\nWater is back in every home since 9:20am. A fuse had blown.\n\n\
        <!-- candor: allow(conditional-apology) because the harm is named above until 2026-12-24 -->\n\
        We apologise for any inconvenience.\n";
    let file = "content/incidents/2026-03-02-pump.md";
    site.write(file, &format!("{START}{first}{second}"));
    let build = ["build", "--at", "2026-03-05 12:00"];
    site.candor(&build).says("recorded  2 statements").exits(0);
    let listed = |page: &str| {
        for words in [
            "unbacked-soon",
            "the mayor stands by it",
            "conditional-apology",
            "the harm is named above",
            "24 December 2026",
            "Ann Bell",
            "incidents/2026-03-02-pump/#20260302T0900Z",
        ] {
            assert!(page.contains(words), "{words:?} is not on the page:\n{page}");
        }
    };
    let page = site.read("public/quality/index.html");
    listed(&page);
    assert!(page.find("the mayor").unwrap() < page.find("the harm").unwrap());
    assert!(site.read("public/index.html").contains("quality/"), "the footer leads to it");

    // It is published now, and so the finding withholds no more; it was set aside all the same.
    site.candor(&build).exits(0).says("0 files written");
    listed(&site.read("public/quality/index.html"));

    site.write(
        file,
        &format!("{START}{first}{second}").replace(
            "<!-- candor: allow(conditional-apology) because the harm is named above until 2026-12-24 -->\n",
            "",
        ),
    );
    site.candor(&build);
    let page = site.read("public/quality/index.html");
    assert!(page.contains("the mayor stands by it") && !page.contains("the harm is named"), "{page}");
}

/// A comment in every place where markdown may hold one, each with a word of its own as reason.
fn everywhere() -> (String, usize) {
    let mut count = 0;
    let mut allow = || {
        count += 1;
        format!("<!-- candor: allow(jargon) because secret{count}x -->")
    };
    let mut text = format!("{}\nThe summary goes on.\n\n{}\n\n", allow(), allow());
    text += &format!("Also at the end of a line. {}\n\n", allow());
    let body = |allow: &mut dyn FnMut() -> String| {
        let mut text =
            format!("{}\nA paragraph {} goes on\n{}\nto its end. {}\n\n", allow(), allow(), allow(), allow());
        text += &format!(
            "- {}\n  one\n- two\n  {}\n  - {}\n    three\n\n1. first {}\n2. next\n\n",
            allow(),
            allow(),
            allow(),
            allow()
        );
        text += &format!("| street | state |\n| --- | --- |\n| Mill Lane {} | no water |\n\n", allow());
        text += &format!("> {}\n> They said so.\n> {}\n> And so.\n\n", allow(), allow());
        text += &format!("It is so.[^1]\n\n[^1]: The note. {}\n    {}\n\n", allow(), allow());
        text += &format!("#### A heading {}\n\nBelow it.\n\n", allow());
        text += &format!(
            "<!-- candor: publish-anyway because secret-anyway -->{}\n\n***bold {} words***\n\n",
            allow(),
            allow()
        );
        text += &format!(
            "![a picture {}](https://x.example/a.png) [a link {}](https://x.example/)\n\n",
            allow(),
            allow()
        );
        text += &format!(
            "<!-- candor:\nallow(jargon)\nbecause secret-lines -->\nLast.\n\n### What you can do\n\n{}\nBottled water is at the school. {}\n",
            allow(),
            allow()
        );
        text
    };
    text += "@HEADING@\n\n";
    text += &format!(
        "{}\nNext update: @NEXT@\n{}\nAffected: 212 homes, counted from meters\n\n",
        allow(),
        allow()
    );
    text += &body(&mut allow);
    (text, count)
}

#[test]
fn comments_reach_no_page_no_feed_no_interface_and_no_mail() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    site.write(
        "candor.host.toml",
        &format!(
            "[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"Town status <status@town.example>\"\n",
            relay.port
        ),
    );
    let settings = site.read("candor.toml").replace("languages = [\"en\"]", "languages = [\"en\", \"fr\"]");
    site.write("candor.toml", &settings);
    site.write("list.csv", "name,email,language\nA,a@mail.example,en\nB,b@mail.example,fr\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);

    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let at = (Timestamp::now() - jiff::SignedDuration::from_mins(4)).to_zoned(zone);
    let heading = at.strftime("## %Y-%m-%d %H:%M%:z Investigating").to_string();
    let next = (&at + jiff::SignedDuration::from_mins(20)).strftime("%Y-%m-%d %H:%M%:z").to_string();
    let (text, count) = everywhere();
    assert!(count > 20);
    let text = text.replace("@HEADING@", &heading).replace("@NEXT@", &next);
    let front = format!(
        "+++\ntitle = \"No water in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nowner = \"ann\"\nstarted = {}\n+++\n\n",
        at.strftime("%Y-%m-%dT%H:%M:00%:z")
    );
    site.write("content/incidents/live.md", &format!("{front}{text}"));
    let translated =
        text.replace("The note.", "La note.").replace("Affected: 212 homes, counted from meters\n", "");
    let translated = translated.replace(&format!("Next update: {next}\n"), "");
    site.write("content/incidents/live.fr.md", &format!("+++\ntitle = \"Pas d'eau\"\n+++\n\n{translated}"));
    site.candor(&["run", "--once"]);

    let mut seen = 0;
    for path in site.files("public").iter().filter(|path| !path.contains("quality/")) {
        let bytes = std::fs::read(site.path(&format!("public/{path}"))).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        seen += usize::from(text.contains("The note."));
        for leak in ["secret", "allow(", "publish-anyway", "candor:", "<!--", "&lt;!--"] {
            assert!(!text.contains(leak), "{leak:?} is in {path}:\n{text}");
        }
    }
    assert!(seen > 5, "pages, feeds and interfaces hold the words: {seen}");
    let mails: Vec<_> =
        relay.stored().into_iter().filter(|mail| mail.to.ends_with("@mail.example")).collect();
    assert_eq!(mails.len(), 2, "{mails:?}");
    for mail in mails {
        let parts = mail_parts(&mail.message);
        assert!(parts.iter().any(|part| part.contains("note.")), "{parts:?}");
        for part in parts {
            for leak in ["secret", "allow(", "publish-anyway", "candor:", "<!--", "&lt;!--"] {
                assert!(!part.contains(leak), "{leak:?} is in a mail:\n{part}");
            }
        }
    }
}

/// The decoded texts of a mail, plain and HTML.
fn mail_parts(message: &str) -> Vec<String> {
    let parsed = mail_parser::MessageParser::default().parse(message).unwrap();
    let texts = (0..parsed.text_body_count()).filter_map(|at| parsed.body_text(at));
    let pages = (0..parsed.html_body_count()).filter_map(|at| parsed.body_html(at));
    texts.chain(pages).map(std::borrow::Cow::into_owned).collect()
}
