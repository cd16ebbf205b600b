//! An editor with one site.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use candor::clock::Clock;
use candor::daemon::Editors;
use candor::lsp::{End, Sites, serve};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

pub(crate) const NOW: &str = "2026-03-02T09:20:30Z";
pub(crate) const PUMP: &str = "content/incidents/2026-03-02-pump.md";
/// An open incident, without fault at [`NOW`].
pub(crate) const TEXT: &str = "+++\ntitle = \"No water in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nareas = [\"mill\"]\nowner = \"ann\"\nstarted = 2026-03-02T09:00:00Z\ncause = \"pump\"\n+++\n\nA pump stopped at 09:00. Homes in Mill Lane have no water.\n\n## 2026-03-02 09:10 Investigating\n\nNext update: 09:40\nAffected: about 40 homes, counted from meters\nExpected fix: not known because we have not opened the pump yet\n\nWe are opening the pump now. Ring 01632 960000 if you need water brought to you.\n\n### What you can do\n\nFetch water from the tanker in Mill Lane.\n";

/// The same with a word that promises a time and nothing that backs it.
pub(crate) fn soon() -> String {
    let unbacked = TEXT.replace("Expected fix: not known because we have not opened the pump yet\n", "");
    unbacked.replace("We are opening the pump now.", "We hope to fix it shortly.")
}

/// The editor's side of a running server.
pub(crate) struct Client {
    connection: Connection,
    server: JoinHandle<End>,
    folder: Arc<tempfile::TempDir>,
    next: i32,
    /// Messages that came while another was waited for.
    pub early: Vec<Message>,
}

pub(crate) fn town() -> Arc<tempfile::TempDir> {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let files = [
        (
            "candor.toml",
            "name = \"Town\"\nbase_url = \"https://status.town.example\"\nid_domain = \"status.town.example\"\ntime_zone = \"Europe/London\"\nlanguages = [\"en\"]\npublish = \"save\"\ncontact = { phone = \"01632 960000\", hours = \"24 hours\" }\n",
        ),
        (
            "content/services.toml",
            "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Utilities\"\n\n[[service]]\nid = \"buses\"\nname = \"Buses\"\ngroup = \"Transport\"\n",
        ),
        (
            "content/areas.toml",
            "[[area]]\nid = \"north\"\nname = \"North side\"\n\n[[area]]\nid = \"mill\"\nname = \"Mill Lane\"\npart_of = \"north\"\n",
        ),
        (
            "content/people.toml",
            "[[person]]\nid = \"ann\"\nname = \"Ann Bell\"\nrole = \"Head of water\"\nphone = \"01632 960001\"\n\n[[person]]\nid = \"bo\"\nname = \"Bo Hill\"\nrole = \"Duty manager\"\nphone = \"01632 960002\"\n",
        ),
        (PUMP, TEXT),
    ];
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let target = root.join(path);
    std::fs::create_dir_all(target.parent().unwrap()).unwrap();
    std::fs::write(target, text).unwrap();
}

pub(crate) fn editors() -> Editors {
    Editors { site: None, host: None, clock: Arc::new(Clock::Fixed(NOW.parse().unwrap())) }
}

impl Client {
    /// A server that has not been greeted.
    pub(crate) fn connect(folder: Arc<tempfile::TempDir>, sites: Arc<dyn Sites>) -> Self {
        let (server, connection) = Connection::memory();
        let server = std::thread::spawn(move || serve(&server, sites));
        Self { connection, server, folder, next: 0, early: Vec::new() }
    }

    /// A town, greeted.
    pub(crate) fn town() -> Self {
        let mut client = Self::connect(town(), Arc::new(editors()));
        client.ask("initialize", json!({ "capabilities": {} }));
        client.tell("initialized", json!({}));
        client
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.folder.path().display())
    }

    pub(crate) fn send(&self, message: impl Into<Message>) {
        self.connection.sender.send(message.into()).unwrap();
    }

    pub(crate) fn tell(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.answer(method, params).response_result.unwrap()
    }

    pub(crate) fn answer(&mut self, method: &str, params: Value) -> Response {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.send(Request { id: id.clone(), method: method.to_owned(), params });
        let is_answer = |message: &Message| matches!(message, Message::Response(it) if it.id == id);
        match self.wait(is_answer) {
            Message::Response(response) => response,
            _ => unreachable!(),
        }
    }

    /// The next message that fits; others are kept.
    pub(crate) fn wait(&mut self, fits: impl Fn(&Message) -> bool) -> Message {
        if let Some(at) = self.early.iter().position(&fits) {
            return self.early.remove(at);
        }
        let started = Instant::now();
        loop {
            let left = Duration::from_secs(60).saturating_sub(started.elapsed());
            let message = self.connection.receiver.recv_timeout(left).expect("the server says nothing");
            if fits(&message) {
                return message;
            }
            self.early.push(message);
        }
    }

    pub(crate) fn open(&self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text.
    pub(crate) fn change(&self, path: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// The findings shown about a version of a file, as `RULE: words`.
    pub(crate) fn shown(&mut self, path: &str, version: i32) -> Vec<String> {
        let shown = self.published(path, version);
        let found = shown["diagnostics"].as_array().unwrap();
        found.iter().map(|it| format!("{} {}", it["code"].as_str().unwrap(), place(&it["range"]))).collect()
    }

    pub(crate) fn published(&mut self, path: &str, version: i32) -> Value {
        let uri = self.uri(path);
        let message = self.wait(|message| {
            published_of(message).is_some_and(|it| it["uri"] == json!(uri) && it["version"] == json!(version))
        });
        published_of(&message).unwrap().clone()
    }

    /// Waits until what is shown about a version fits.
    pub(crate) fn until(
        &mut self,
        path: &str,
        version: i32,
        fits: impl Fn(&[String]) -> bool,
    ) -> Vec<String> {
        loop {
            let shown = self.shown(path, version);
            if fits(&shown) {
                return shown;
            }
        }
    }

    /// Asks about the first place of some words in a text.
    pub(crate) fn at(&mut self, method: &str, path: &str, text: &str, words: &str) -> Value {
        let at = text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
        self.at_byte(method, path, text, at)
    }

    pub(crate) fn at_byte(&mut self, method: &str, path: &str, text: &str, at: usize) -> Value {
        let line = text[..at].matches('\n').count();
        let column = text[..at].rsplit('\n').next().unwrap().encode_utf16().count();
        let params = json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": column } });
        self.ask(method, params)
    }

    /// Says goodbye and waits for the end.
    pub(crate) fn leave(mut self) -> End {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }

    /// Hangs up.
    pub(crate) fn vanish(self) -> End {
        drop(self.connection);
        self.server.join().unwrap()
    }
}

pub(crate) fn published_of(message: &Message) -> Option<&Value> {
    match message {
        Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => Some(&told.params),
        _ => None,
    }
}

pub(crate) fn place(range: &Value) -> String {
    let at = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", at("start"), at("end"))
}
