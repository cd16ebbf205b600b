//! Greeting, leaving, and what no editor should send.

use std::sync::Arc;

use candor::lsp::End;
use serde_json::{Value, json};

use crate::client::{Client, PUMP, TEXT, editors, soon, town};

#[test]
fn a_session_ends_as_the_editor_asks() {
    assert_eq!(Client::town().leave(), End::Asked);
    assert_eq!(Client::town().vanish(), End::Abrupt);
}

#[test]
fn the_editors_unit_is_taken_where_it_can_do_bytes() {
    let mut client = Client::connect(town(), Arc::new(editors()));
    let general = json!({ "positionEncodings": ["utf-16", "utf-8"] });
    let said = client.ask("initialize", json!({ "capabilities": { "general": general } }));
    assert_eq!(said["capabilities"]["positionEncoding"], "utf-8");
    let text = soon().replace("We hope", "😀 We hope");
    client.open(PUMP, &text);
    assert!(client.shown(PUMP, 1).contains(&"unbacked-soon 17:23-17:30".to_owned()));
    client.leave();
    let mut client = Client::town();
    client.open(PUMP, &text);
    assert!(client.shown(PUMP, 1).contains(&"unbacked-soon 17:21-17:28".to_owned()));
}

#[test]
fn nothing_that_is_sent_ends_the_session() {
    let mut client = Client::connect(town(), Arc::new(editors()));
    assert!(client.answer("textDocument/hover", Value::Null).response_result.is_err(), "not greeted");
    client.ask("initialize", json!({ "capabilities": {} }));
    assert!(client.answer("initialize", json!({ "capabilities": {} })).response_result.is_err());
    for method in [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/definition",
        "textDocument/codeAction",
        "textDocument/documentSymbol",
        "textDocument/nothing",
    ] {
        for params in [Value::Null, json!([1]), json!({ "textDocument": 3 }), json!("x")] {
            assert!(client.answer(method, params.clone()).response_result.is_err(), "{method} {params}");
        }
    }
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/x", ""] {
        client.tell(method, json!({ "textDocument": [] }));
    }
    client.change(PUMP, 7, "not open");
    client.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": "untitled:1", "languageId": "x", "version": 1, "text": "x" } }),
    );
    client.open(PUMP, TEXT);
    let far = json!({ "start": { "line": 4_000_000_000_u32, "character": 9 }, "end": { "line": 0, "character": 4_000_000_000_u32 } });
    let change = json!([{ "range": far, "text": "\u{feff}\0\r" }]);
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": client.uri(PUMP), "version": 2 }, "contentChanges": change }),
    );
    client.shown(PUMP, 2);
    client.ask("textDocument/codeAction", json!({ "textDocument": { "uri": client.uri(PUMP) }, "range": far, "context": { "diagnostics": [] } }));
    let nowhere = json!({ "uri": client.uri("content/incidents/other.md") });
    let at = json!({ "textDocument": nowhere, "position": { "line": 9, "character": 9 } });
    assert_eq!(client.ask("textDocument/hover", at), Value::Null);
    assert_eq!(client.leave(), End::Asked);
}

#[test]
fn a_file_outside_of_any_site_is_told_once() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let mut client = Client::connect(folder, Arc::new(editors()));
    client.ask("initialize", json!({ "capabilities": {} }));
    client.open("a.md", "x");
    client.open("b.md", "x");
    let told = client.wait(|message| matches!(message, lsp_server::Message::Notification(told) if told.method == "window/showMessage"));
    let lsp_server::Message::Notification(told) = told else { unreachable!() };
    assert!(told.params["message"].as_str().unwrap().contains("`candor init` starts one"));
    assert_eq!(client.leave(), End::Asked);
}
