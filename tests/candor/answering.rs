//! A reader answers a mail: the owner gets the words, the scorecard the count, and nobody else anything.

use crate::site::Site;
use crate::telling::live;

/// A header of a mail in the maildir, unfolded.
fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    found.unwrap_or_else(|| panic!("no {name} in\n{head}"))
}

fn mails(site: &Site, to: &str) -> Vec<String> {
    let all = site.files(".candor/mail/new");
    let mails = all.iter().map(|name| site.read(&format!(".candor/mail/new/{name}")));
    mails.filter(|mail| mail.contains(&format!("Delivered-To: {to}\r\n"))).collect()
}

#[test]
fn a_reply_reaches_the_owner_once_and_is_counted() {
    let site = Site::town();
    site.write(
        "candor.host.toml",
        "[mail]\nreturned = \"came-back\"\nreplies = \"replies@bounces.town.example\"\n",
    );
    for folder in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(site.path(&format!("came-back/{folder}"))).unwrap();
    }
    site.write("list.csv", "name,email\nReader,r0@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(4));
    site.candor(&["run", "--once"]).exits(0);
    let told = mails(&site, "r0@mail.example").remove(0);
    assert_eq!(header(&told, "Reply-To"), "\"Ann Bell\" <replies@bounces.town.example>");

    let answer = |id: &str, answers: &str, words: &str| {
        format!(
            "Return-Path: <r0@mail.example>\r\nFrom: Reader <r0@mail.example>\r\nTo: replies@bounces.town.example\r\n\
             Message-ID: <{id}@mail.example>\r\n{answers}Subject: Re: x\r\n\r\n{words}\r\n"
        )
    };
    let named = format!("In-Reply-To: {}\r\n", header(&told, "Message-ID"));
    let thread = format!("References: {}\r\n", header(&told, "References"));
    let first =
        answer("one", &named, "The tap runs brown.\r\n\r\nOn Saturday, Town wrote:\r\n> We closed the road.");
    site.write("came-back/new/1", &first);
    // Delivered twice, as mail servers sometimes do.
    site.write("came-back/new/2", &first);
    site.write("came-back/new/3", &answer("two", &thread, "Where is water?"));
    site.write(
        "came-back/new/4",
        &answer("three", "In-Reply-To: <other@town.example>\r\n", "What about my bins?"),
    );
    site.write(
        "came-back/new/5",
        &answer("four", &format!("{named}Auto-Submitted: auto-replied\r\n"), "I am away."),
    );
    let run = site.candor(&["run", "--once"]).exits(0);
    run.says("5 returned mails read, 2 written by readers, for the owner, 2 without a report about a reader");
    let heard: Vec<_> = mails(&site, "ann@town.example")
        .into_iter()
        .filter(|mail| mail.contains("What readers say"))
        .collect();
    let [heard] = &heard[..] else { panic!("{heard:?}") };
    for words in
        ["> The tap runs brown.", "> Where is water?", "Answer to: Reader <r0@mail.example>", ": 2\r\n"]
    {
        assert!(heard.contains(words), "no {words:?} in\n{heard}");
    }
    for words in ["closed the road", "bins", "away"] {
        assert!(!heard.contains(words), "{words:?} in\n{heard}");
    }
    assert!(mails(&site, "bo@town.example").iter().all(|mail| !mail.contains("brown")));

    let card = site.candor(&["scorecard", "--format", "json"]).exits(0).out;
    let card: serde_json::Value = serde_json::from_str(&card).unwrap();
    let replies: u64 =
        card["months"].as_array().unwrap().iter().map(|m| m["answers"]["replies"].as_u64().unwrap()).sum();
    assert_eq!(replies, 2, "{card:#}");
    // By pipe, to the mail that only its return address names.
    let verp = header(&told, "Return-Path").trim_matches(['<', '>']).to_owned();
    let piped = answer("five", "", "Thank you.").replace("replies@bounces.town.example", &verp);
    site.write("piped.eml", &piped);
    site.candor(&["bounces", "piped.eml"]).exits(0).says("1 written by readers");
    site.candor(&["bounces", "piped.eml"]).exits(0).says("1 returned mail read.");
}
