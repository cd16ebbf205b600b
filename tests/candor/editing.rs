//! `candor lsp` over standard input and output.

use std::io::Write;
use std::process::Stdio;

use crate::site::Site;

/// What the program answers to some bodies, and its exit code.
fn said(bodies: &[&str]) -> (String, i32) {
    let site = Site::town();
    let mut command = site.command(&["lsp"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for body in bodies {
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

const HELLO: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#;
const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

#[test]
fn a_session_that_ends_in_order_exits_with_0_and_a_bad_message_does_not_end_it() {
    let (out, code) = said(&[HELLO, "{not json", r#"{"id":9,"method":[]}"#, SHUTDOWN, EXIT]);
    assert_eq!(code, 0, "{out}");
    for part in ["hoverProvider", "no message that Candor can read", r#""id":9"#, r#""id":2,"result":null"#] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("$/candor"), "{out}");
}

#[test]
fn an_editor_that_goes_away_leaves_1() {
    assert_eq!(said(&[HELLO]).1, 1);
    assert_eq!(said(&[HELLO, EXIT]).1, 1);
}
