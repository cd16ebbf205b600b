//! What helps the author to write: hover, code actions, completion, symbols, definitions.

use serde_json::{Value, json};

use crate::client::{Client, PUMP, TEXT, soon};

const HOVER: &str = "textDocument/hover";
const COMPLETION: &str = "textDocument/completion";

fn opened(text: &str) -> Client {
    let mut client = Client::town();
    client.open(PUMP, text);
    client.shown(PUMP, 1);
    client
}

/// The completions at `|`.
fn offered(marked: &str) -> Vec<String> {
    let at = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let mut client = opened(&text);
    let items = client.at_byte(COMPLETION, PUMP, &text, at);
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["textEdit"]["newText"].as_str().unwrap().to_owned())
        .collect()
}

/// The titles of the code actions at some words, with the text after each.
fn actions(text: &str, words: &str) -> Vec<(String, String)> {
    let mut client = opened(text);
    let at = text.find(words).unwrap();
    let line = text[..at].matches('\n').count();
    let column = text[..at].rsplit('\n').next().unwrap().encode_utf16().count();
    let place = json!({ "line": line, "character": column });
    let params = json!({ "textDocument": { "uri": client.uri(PUMP) }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
    let uri = client.uri(PUMP);
    let actions = client.ask("textDocument/codeAction", params);
    let applied = |action: &Value| applied(text, &action["edit"]["changes"][&uri]);
    let actions = actions.as_array().unwrap();
    actions.iter().map(|action| (action["title"].as_str().unwrap().to_owned(), applied(action))).collect()
}

/// The text with edits made, the last first. Columns count characters of ASCII here.
fn applied(text: &str, edits: &Value) -> String {
    let mut text = text.to_owned();
    for edit in edits.as_array().unwrap().iter().rev() {
        let byte = |end: &str| {
            let at = |name: &str| usize::try_from(edit["range"][end][name].as_u64().unwrap()).unwrap();
            let start: usize = text.split_inclusive('\n').take(at("line")).map(str::len).sum();
            start + at("character")
        };
        text.replace_range(byte("start")..byte("end"), edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn hover_on_a_finding_shows_the_page_of_its_rule() {
    let mut client = opened(&soon());
    let page = client.at(HOVER, PUMP, &soon(), "hortly")["contents"]["value"].to_string();
    assert!(page.contains("# unbacked-soon") && page.contains("What lets it stand"), "{page}");
    assert_eq!(client.at(HOVER, PUMP, &soon(), "Homes in"), Value::Null);
}

#[test]
fn hover_on_an_id_or_a_key_says_what_it_is() {
    let text = TEXT.replace("Next update", "Services: buses: degraded\nBy: bo\nNext update");
    let mut client = opened(&text);
    for (at, says) in [
        ("water\"]", "**Water** — service, Utilities"),
        ("mill\"]", "**Mill Lane** — area\\n\\nPart of North side."),
        ("ann\"", "**Ann Bell** — Head of water\\n\\n01632 960001"),
        ("buses: deg", "**Buses** — service, Transport"),
        ("bo\nNext", "**Bo Hill** — Duty manager"),
        ("everity =", "How bad it is at the start"),
        ("ffected:", "HOW WE KNOW"),
    ] {
        let said = client.at(HOVER, PUMP, &text, at)["contents"]["value"].to_string();
        assert!(said.contains(says), "{at}: {said}");
    }
}

#[test]
fn an_update_of_this_minute_is_added_as_the_command_adds_it() {
    let all = actions(TEXT, "Homes in");
    let (_, text) = all.iter().find(|(title, _)| title == "Add an update now").unwrap();
    let added = text.strip_prefix(TEXT).unwrap();
    assert!(added.starts_with("\n## 2026-03-02 09:20 Investigating\n\nNext update: 09:50\n"), "{added}");
}

#[test]
fn a_finding_is_silenced_before_its_block_and_the_reason_is_the_authors() {
    let text = soon();
    let all = actions(&text, "shortly");
    let (_, silenced) = all.iter().find(|(title, _)| title.starts_with("Silence `unbacked-soon`")).unwrap();
    assert!(
        silenced.contains(
            "meters\n\n<!-- candor: allow(unbacked-soon) because  -->\n\nWe hope to fix it shortly."
        ),
        "{silenced}"
    );
    let mut client = opened(silenced);
    client.change(PUMP, 2, &silenced.replace("because  ", "because "));
    assert!(
        client.shown(PUMP, 2).iter().any(|it| it.starts_with("comment ")),
        "without a reason it is no silence"
    );
    client.change(PUMP, 3, &silenced.replace("because  ", "because the tanker driver said so "));
    assert!(
        !client
            .shown(PUMP, 3)
            .iter()
            .any(|it| it.starts_with("unbacked-soon ") || it.starts_with("comment "))
    );
}

#[test]
fn the_fix_of_a_finding_is_one_action() {
    let text =
        format!("{TEXT}\n## 2026-03-02 09:05 Investigating\n\nA pump stopped. Our crew is on the way.\n");
    let all = actions(&text, "## 2026-03-02 09:05");
    let mended: Vec<_> =
        all.iter().filter(|(title, _)| !title.starts_with("Silence") && !title.starts_with("Add")).collect();
    assert_eq!(mended.len(), 1, "{all:?}");
    let times = mended[0].1.lines().filter(|line| line.starts_with("## ")).collect::<Vec<_>>();
    assert_eq!(times, ["## 2026-03-02 09:05 Investigating", "## 2026-03-02 09:10 Investigating"]);
}

#[test]
fn now_is_judged_as_of_now_and_written_out_on_demand() {
    let text = format!("{TEXT}\n## now Identified\n\nIt is the motor. We hope to fix it shortly.\n");
    let (_, written) =
        actions(&text, "## now").into_iter().find(|(title, _)| title.starts_with("Write out `now`")).unwrap();
    assert!(written.contains("## 2026-03-02 09:20 Identified\n"), "{written}");
    let all = actions(&text, "shortly");
    assert!(all.iter().any(|(title, _)| title.contains("unbacked-soon")), "{all:?}");
}

#[test]
fn each_place_offers_what_can_stand_there() {
    let front = |line: &str| TEXT.replacen("cause = \"pump\"", line, 1);
    let header = |line: &str| TEXT.replacen("Next update: 09:40", line, 1);
    let heading = |line: &str| format!("{TEXT}\n{line}");
    for (marked, offers) in [
        (front("dep|"), "deputy = "),
        (front("deputy = \"b|\""), "bo"),
        (front("cause = \"|\""), "unknown"),
        (TEXT.replacen("\"water\"]", "\"water\", \"|\"]", 1), "buses"),
        (TEXT.replacen("[\"mill\"]", "[\"|\"]", 1), "north"),
        (TEXT.replacen("\"major\"", "\"|\"", 1), "critical"),
        (front("related = [\"|\"]"), "2026-03-02-pump"),
        (header("Nex|"), "Next update: "),
        (header("Services: |"), "water: "),
        (header("Services: water: |"), "partial outage"),
        (header("By: |"), "ann"),
        (header("Areas: |"), "mill"),
        (header("Severity: |"), "minor"),
        (heading("## |"), "2026-03-02 09:20 "),
        (heading("## now |"), "Resolved"),
        (heading("## 2026-03-02 09:30 Id|"), "Identified"),
        (heading("### |"), "What you can do"),
        (heading("<!-- candor: allow(unb|"), "unbacked-soon"),
    ] {
        let offered = offered(&marked);
        assert!(offered.iter().any(|it| it == offers), "{offers:?} is not in {offered:?}");
    }
    assert_eq!(offered(&TEXT.replacen("Homes in", "Homes in |", 1)), [""; 0]);
    assert!(!offered(&front("st|")).contains(&"start = ".to_owned()), "that is a key of maintenance");
}

#[test]
fn causes_that_were_given_before_are_offered() {
    assert!(
        offered(&TEXT.replacen("\"minor\"", "", 1).replacen("cause = \"pump\"", "cause = \"|pump\"", 1))
            .contains(&"pump".to_owned())
    );
}

#[test]
fn updates_and_their_sections_are_the_symbols_of_a_file() {
    let mut client = opened(TEXT);
    let symbols =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri(PUMP) } }));
    assert_eq!(symbols.as_array().unwrap().len(), 1);
    assert_eq!(symbols[0]["name"], "2026-03-02 09:10 Investigating");
    assert_eq!(symbols[0]["children"][0]["name"], "What you can do");
}

#[test]
fn an_id_leads_to_its_register() {
    let mut client = opened(TEXT);
    let place = client.at("textDocument/definition", PUMP, TEXT, "mill\"]");
    assert!(place["uri"].as_str().unwrap().ends_with("/content/areas.toml"));
    assert_eq!(place["range"]["start"], json!({ "line": 5, "character": 6 }));
}
