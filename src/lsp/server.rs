//! The loop: messages in, answers out, findings as they come.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, never, select};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentSymbolParams, GotoDefinitionParams,
    HoverParams, InitializeParams, PositionEncodingKind, PublishDiagnosticsParams,
    TextDocumentPositionParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::diagnostics::{Sheet, diagnostic, location};
use super::documents::{Document, Documents, offset, span};
use super::glances::{self, Job, Report};
use super::{Sites, View, actions, address, completion, definition, hover, symbols};
use crate::content::{Keywords, Place, place};
use crate::diag::{Finding, Level, Note};
use crate::text::Unit;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The editor asked to shut down, then to exit.
    Asked,
    /// The editor went away without a word.
    Abrupt,
}

/// Serves an editor until it ends the session.
pub fn serve(connection: &Connection, sites: Arc<dyn Sites>) -> End {
    let mut server = Server {
        connection,
        sites,
        stage: Stage::Before,
        unit: Unit::default(),
        documents: Documents::default(),
        root: None,
        view: Arc::default(),
        judges: None,
        told: String::new(),
    };
    let nothing = never();
    loop {
        let reports = server.judges.as_ref().map_or(&nothing, |(_, reports)| reports).clone();
        select! {
            recv(connection.receiver) -> message => match message {
                Ok(message) => if let Some(end) = server.message(message) { return end },
                Err(_) => return End::Abrupt,
            },
            recv(reports) -> report => match report {
                Ok(report) => server.report(report),
                // The thread is gone; the next text that is opened starts another.
                Err(_) => server.judges = None,
            },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// `initialize` has not come.
    Before,
    Serving,
    /// `shutdown` was asked for.
    After,
}

struct Server<'c> {
    connection: &'c Connection,
    sites: Arc<dyn Sites>,
    stage: Stage,
    unit: Unit,
    documents: Documents,
    /// The folder of the site: that of the first text that belongs to one.
    root: Option<PathBuf>,
    view: Arc<View>,
    judges: Option<(Sender<Job>, Receiver<Report>)>,
    /// The trouble that was last told, so that it is told once.
    told: String,
}

/// Why a request is not answered.
struct Refused(ErrorCode, String);

impl Server<'_> {
    fn message(&mut self, message: Message) -> Option<End> {
        match message {
            Message::Request(request) => {
                let id = request.id.clone();
                let answer = catch_unwind(AssertUnwindSafe(|| self.request(request)));
                let answer = answer.unwrap_or_else(|_| {
                    Err(Refused(
                        ErrorCode::InternalError,
                        "this failed, which is a fault of Candor".to_owned(),
                    ))
                });
                self.send(match answer {
                    Ok(value) => Response::new_ok(id, value).into(),
                    Err(Refused(code, why)) => Response::new_err(id, code as i32, why).into(),
                });
                None
            }
            Message::Notification(told) if told.method == "exit" => {
                Some(if self.stage == Stage::After { End::Asked } else { End::Abrupt })
            }
            Message::Notification(told) => {
                if self.stage == Stage::Serving
                    && let Err(why) = self.told(told)
                {
                    self.log(&why);
                }
                None
            }
            Message::Response(_) => None,
        }
    }

    fn request(&mut self, request: Request) -> Result<Value, Refused> {
        match (self.stage, request.method.as_str()) {
            (Stage::Before, "initialize") => {
                let params: InitializeParams = read(request.params)?;
                self.stage = Stage::Serving;
                Ok(self.initialize(&params))
            }
            (Stage::Before, _) => {
                Err(Refused(ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned()))
            }
            (Stage::After, _) | (_, "initialize") => Err(Refused(
                ErrorCode::InvalidRequest,
                "this session is over or has begun already".to_owned(),
            )),
            (Stage::Serving, "shutdown") => {
                self.stage = Stage::After;
                self.judges = None;
                Ok(Value::Null)
            }
            (Stage::Serving, method) => self.answer(method, request.params),
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> Value {
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        let utf8 = offered.contains(&PositionEncodingKind::UTF8);
        self.unit = if utf8 { Unit::Utf8 } else { Unit::Utf16 };
        json!({
            "serverInfo": { "name": "candor", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": if utf8 { "utf-8" } else { "utf-16" },
                "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
                "hoverProvider": true,
                "definitionProvider": true,
                "documentSymbolProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor"] },
                "completionProvider": { "triggerCharacters": ["\"", ":", " ", "(", "#"] },
            },
        })
    }

    fn answer(&self, method: &str, params: Value) -> Result<Value, Refused> {
        match method {
            "textDocument/hover" => {
                let HoverParams { text_document_position_params: at, .. } = read(params)?;
                self.at(&at, |document, keywords, sheet, offset| {
                    hover::hover(document, &self.view, keywords, sheet, offset)
                })
            }
            "textDocument/completion" => {
                let CompletionParams { text_document_position: at, .. } = read(params)?;
                self.at(&at, |document, keywords, sheet, offset| {
                    completion::completion(document, &self.view, keywords, sheet, offset, self.sites.now())
                })
            }
            "textDocument/definition" => {
                let GotoDefinitionParams { text_document_position_params: at, .. } = read(params)?;
                self.at(&at, |document, keywords, _, offset| {
                    let root = self.root.as_deref()?;
                    definition::definition(document, &self.view, keywords, root, offset, self.unit)
                })
            }
            "textDocument/documentSymbol" => {
                let DocumentSymbolParams { text_document, .. } = read(params)?;
                self.with(&text_document.uri, |document, sheet| symbols::symbols(document, &self.view, sheet))
            }
            "textDocument/codeAction" => {
                let CodeActionParams { text_document, range, .. } = read(params)?;
                self.with(&text_document.uri, |document, sheet| {
                    let asked = span(&sheet.positions, range, self.unit);
                    let shown_as = |finding: &Finding| self.shown_as(document, finding, sheet);
                    actions::actions(document, &self.view, sheet, asked, self.sites.now(), &shown_as)
                })
            }
            _ => Err(Refused(ErrorCode::MethodNotFound, format!("Candor does not know `{method}`"))),
        }
    }

    /// Answers about a whole text; `null` where it is not open.
    fn with<T: Serialize>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Document, &Sheet<'_>) -> T,
    ) -> Result<Value, Refused> {
        let Some(document) = self.documents.get(uri) else { return Ok(Value::Null) };
        let answered = answer(document, &Sheet::of(&document.text, self.unit));
        serde_json::to_value(answered).map_err(|why| Refused(ErrorCode::InternalError, why.to_string()))
    }

    /// Answers about a place in a text, in the words of its language.
    fn at<T: Serialize>(
        &self,
        at: &TextDocumentPositionParams,
        answer: impl FnOnce(&Document, &Keywords, &Sheet<'_>, usize) -> T,
    ) -> Result<Value, Refused> {
        self.with(&at.text_document.uri, |document, sheet| {
            let path = document.path.as_deref().unwrap_or_default();
            let language = match place(path) {
                Place::Incident { lang: Some(lang), .. } | Place::Maintenance { lang: Some(lang), .. } => {
                    lang
                }
                _ => self.view.settings.default_language(),
            };
            let offset = offset(&sheet.positions, at.position, self.unit);
            answer(document, Keywords::of(language), sheet, offset)
        })
    }

    fn told(&mut self, told: Notification) -> Result<(), String> {
        match told.method.as_str() {
            "textDocument/didOpen" => {
                let DidOpenTextDocumentParams { text_document: opened } = note(told)?;
                let path = self.path_of(&opened.uri);
                self.documents.open(Document {
                    uri: opened.uri,
                    path: path.clone(),
                    version: opened.version,
                    text: opened.text.into(),
                    findings: Vec::new(),
                });
                if path.is_some() {
                    self.judge(None);
                }
            }
            "textDocument/didChange" => {
                let DidChangeTextDocumentParams { text_document, content_changes } = note(told)?;
                let unit = self.unit;
                let Some(document) = self.documents.get_mut(&text_document.uri) else { return Ok(()) };
                document.change(text_document.version, content_changes, unit);
                if let Some(path) = document.path.clone() {
                    self.judge(Some(path));
                }
            }
            "textDocument/didSave" => {
                let DidSaveTextDocumentParams { text_document, .. } = note(told)?;
                if self.documents.get(&text_document.uri).is_some_and(|document| document.path.is_some()) {
                    self.judge(None);
                }
            }
            "textDocument/didClose" => {
                let DidCloseTextDocumentParams { text_document } = note(told)?;
                if let Some(document) =
                    self.documents.close(&text_document.uri).filter(|it| it.path.is_some())
                {
                    self.publish(document.uri, None, Vec::new());
                    self.judge(None);
                }
            }
            // Every other notice may be left alone, says the protocol.
            _ => {}
        }
        Ok(())
    }

    /// The path of a text, relative to the site; the first text decides which site that is.
    fn path_of(&mut self, uri: &Uri) -> Option<Arc<str>> {
        let file = address::path(uri)?;
        if self.root.is_none() {
            self.root = self.sites.root(&file);
        }
        let Some(root) = &self.root else {
            self.trouble(format!(
                "{} is in no site: there is no candor.toml in its folder or above. `candor init` starts one",
                file.display()
            ));
            return None;
        };
        let inside = match file.strip_prefix(root) {
            Ok(inside) => inside.to_owned(),
            // The editor may know the folder by another name, through a link.
            Err(_) => {
                let (file, root) = (file.canonicalize().ok()?, root.canonicalize().ok()?);
                file.strip_prefix(root).ok()?.to_owned()
            }
        };
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/").into())
    }

    /// Has the texts judged as they stand now; `typed`: only this one changed since the last time.
    fn judge(&mut self, typed: Option<Arc<str>>) {
        let Some(root) = self.root.clone() else { return };
        let (buffers, versions) = self.documents.of_site();
        let (jobs, _) = self.judges.get_or_insert_with(|| glances::start(self.sites.clone(), root));
        // Where the thread is gone, its reports end too, and another is started with the next text.
        let _ = jobs.send(Job { buffers, versions, typed });
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Glance { path, version, findings } => self.show(&path, version, findings),
            Report::Look { versions, view } => {
                self.told.clear();
                for (path, version) in &versions {
                    let findings = view.findings.get(path).cloned().unwrap_or_default();
                    self.show(path, Some(*version), findings);
                }
                self.view = view;
            }
            Report::Trouble(why) => self.trouble(why),
        }
    }

    /// Shows findings, unless the text has gone on since.
    fn show(&mut self, path: &Arc<str>, version: Option<i32>, findings: Vec<Finding>) {
        let mut current = self.documents.iter_mut();
        let Some(document) = current
            .find(|document| document.path.as_ref() == Some(path) && Some(document.version) == version)
        else {
            return;
        };
        document.findings = findings;
        document.findings.retain(|finding| finding.level > Level::Off);
        let document = document.clone();
        drop(current);
        let sheet = Sheet::of(&document.text, self.unit);
        let shown = document.findings.iter().map(|finding| self.shown_as(&document, finding, &sheet));
        let shown = shown.collect();
        self.publish(document.uri.clone(), version, shown);
    }

    fn shown_as(&self, document: &Document, finding: &Finding, sheet: &Sheet<'_>) -> Diagnostic {
        let place = |note: &Note| {
            if document.path.as_ref() == Some(&note.path) {
                return Some(location(document.uri.clone(), &document.text, note.span, self.unit));
            }
            let uri = address::uri(&self.root.as_deref()?.join(&*note.path))?;
            let written = || self.view.content.incidents.iter().find(|it| *it.path() == note.path);
            let text = match self.view.files.get(&note.path) {
                Some(text) => text,
                None => written()?.text(),
            };
            Some(location(uri, text, note.span, self.unit))
        };
        diagnostic(finding, sheet, &place)
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let shown = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), shown).into());
    }

    /// Tells the author what stands in the way, once.
    fn trouble(&mut self, why: String) {
        if self.told != why {
            let shown = json!({ "type": 2, "message": format!("Candor: {why}") });
            self.send(Notification::new("window/showMessage".to_owned(), shown).into());
            self.told = why;
        }
    }

    fn log(&self, why: &str) {
        let logged = json!({ "type": 2, "message": why });
        self.send(Notification::new("window/logMessage".to_owned(), logged).into());
    }

    fn send(&self, message: Message) {
        // An editor that is gone reads nothing; the loop ends when its messages do.
        let _ = self.connection.sender.send(message);
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|why| Refused(ErrorCode::InvalidParams, why.to_string()))
}

fn note<T: DeserializeOwned>(told: Notification) -> Result<T, String> {
    serde_json::from_value(told.params)
        .map_err(|why| format!("`{}` cannot be understood: {why}", told.method))
}
