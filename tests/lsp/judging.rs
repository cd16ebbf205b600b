//! Findings as the author types.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use candor::diag::Finding;
use candor::lsp::{Buffers, Ground, Look, Site, Sites};
use crossbeam_channel::{Receiver, Sender, unbounded};
use jiff::Timestamp;
use serde_json::json;

use crate::client::{Client, PUMP, TEXT, editors, published_of, soon, town, write};

fn has(shown: &[String], rule: &str) -> bool {
    shown.iter().any(|it| it.split(' ').next() == Some(rule))
}

#[test]
fn findings_come_and_go_with_the_words() {
    let mut client = Client::town();
    client.open(PUMP, TEXT);
    assert_eq!(client.shown(PUMP, 1), [""; 0]);
    client.change(PUMP, 2, &soon());
    let shown = client.published(PUMP, 2);
    let finding = &shown["diagnostics"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("unbacked-soon"), &json!(1)));
    assert!(finding["message"].as_str().unwrap().contains("shortly"), "{finding}");
    client.change(PUMP, 3, TEXT);
    assert_eq!(client.shown(PUMP, 3), [""; 0]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": client.uri(PUMP) } }));
    client.wait(|message| published_of(message).is_some_and(|it| it["version"].is_null()));
}

#[test]
fn typing_is_taken_in_place_by_place() {
    let mut client = Client::town();
    let text = soon().replace("We hope to fix it shortly.", "We are opening the pump now.");
    client.open(PUMP, &text);
    client.shown(PUMP, 1);
    let line = text[..text.find("We are opening").unwrap()].matches('\n').count();
    let at = |character: u32| json!({ "line": line, "character": character });
    let changes = json!([
        { "range": { "start": at(0), "end": at(28) }, "text": "We hope to fix it." },
        { "range": { "start": at(17), "end": at(17) }, "text": " shortly" },
    ]);
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": client.uri(PUMP), "version": 2 }, "contentChanges": changes }),
    );
    assert!(client.shown(PUMP, 2).contains(&format!("unbacked-soon {line}:18-{line}:25")));
}

#[test]
fn registers_and_settings_are_judged_too_and_change_what_other_files_mean() {
    let mut client = Client::town();
    client.open(PUMP, TEXT);
    client.shown(PUMP, 1);
    let services = std::fs::read_to_string(client.root().join("content/services.toml")).unwrap();
    let renamed = services.replace("\"water\"", "\"gas\"").replace("\"Water\"", "\"Gas\"");
    // Not saved: what stands in the editor counts.
    client.open("content/services.toml", &services);
    client.change("content/services.toml", 2, &renamed);
    client.until(PUMP, 1, |shown| has(shown, "unknown-name"));
    client.change("content/services.toml", 3, &services);
    client.until(PUMP, 1, |shown| !has(shown, "unknown-name"));
    // Saved by somebody else: seen all the same.
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": client.uri("content/services.toml") } }),
    );
    write(&client.root(), "content/services.toml", &renamed);
    client.until(PUMP, 1, |shown| has(shown, "unknown-name"));
    client.open("candor.toml", "name = \"Town\"\nnme = 3\n");
    client.until("candor.toml", 1, |shown| has(shown, "unknown-key"));
    client.open("content/areas.toml", "[[area]]\nid = \"A b\"\n");
    client.until("content/areas.toml", 1, |shown| has(shown, "bad-id"));
}

#[test]
fn a_new_file_is_judged_before_it_is_saved() {
    let mut client = Client::town();
    client.open("content/incidents/2026-03-02-bus.md", &soon());
    client.until("content/incidents/2026-03-02-bus.md", 1, |shown| has(shown, "unbacked-soon"));
}

#[test]
fn a_glance_at_one_file_finds_what_a_look_at_everything_finds() {
    let folder = town();
    let sites = editors();
    let mut site = sites.open(folder.path()).unwrap();
    let mut buffers = Buffers::from([(PUMP.into(), TEXT.into())]);
    let mut ground = site.look(&buffers).unwrap().ground;
    for (what, with) in [
        ("Expected fix: not known", "Expected fx: not known"),
        ("owner = \"ann\"", "owner = \"anne\""),
        ("cause = \"pump\"", "cause = \"pump\"\nrelated = [\"2026-03-02-pmp\"]"),
        ("Next update: 09:40", "Next update: 08:40"),
        ("+++\n\nA pump", "\n\nA pump"),
        ("09:10 Investigating", "09:10 Investigatin"),
        ("## 2026", "## now Identified\n\nWe know soon.\n\n## 2026"),
    ] {
        let text = TEXT.replacen(what, with, 1);
        assert_ne!(text, TEXT, "{what}");
        buffers.insert(PUMP.into(), text.as_str().into());
        let glance = ground.glance(PUMP, &buffers).unwrap();
        let view = site.look(&buffers).unwrap().view;
        let look = view.findings.get(PUMP).cloned().unwrap_or_default();
        assert!(!look.is_empty(), "{with}");
        assert_eq!(glance, look, "{with}");
        buffers.insert(PUMP.into(), TEXT.into());
        ground = site.look(&buffers).unwrap().ground;
    }
}

#[test]
fn a_translation_is_glanced_at_as_its_source_is() {
    const FRENCH: &str = "content/incidents/2026-03-02-pump.fr.md";
    const WORDS: &str = "Une pompe s'est arrêtée à 9 h.\n\n## 2026-03-02 09:10 Investigating\n\nExpected fix: not known because nous n'avons pas encore ouvert la pompe\n\nNous ouvrons la pompe.\n\n### What you can do\n\nPrenez l'eau à la citerne.\n";
    let text = |words: &str| {
        format!("+++\ntitle = \"Pas d'eau\"\n+++\n\n{}", WORDS.replace("Nous ouvrons la pompe.", words))
    };
    let folder = town();
    let settings = std::fs::read_to_string(folder.path().join("candor.toml")).unwrap();
    write(folder.path(), "candor.toml", &settings.replace("[\"en\"]", "[\"en\", \"fr\"]"));
    write(folder.path(), FRENCH, &text("Nous ouvrons la pompe."));
    let sites = editors();
    let mut site = sites.open(folder.path()).unwrap();
    let mut buffers = Buffers::from([(FRENCH.into(), text("Nous ouvrons la pompe.").as_str().into())]);
    let mut ground = site.look(&buffers).unwrap().ground;
    for words in ["Désolés pour la gêne occasionnée.", "Nous ouvrons la pompe."] {
        buffers.insert(FRENCH.into(), text(words).as_str().into());
        let glance = ground.glance(FRENCH, &buffers).unwrap();
        let look = site.look(&buffers).unwrap();
        assert_eq!(glance, look.view.findings.get(FRENCH).cloned().unwrap_or_default(), "{words}");
        let apology = glance.iter().any(|finding| finding.rule == "conditional-apology");
        assert_eq!(apology, words.starts_with("Désolés"), "{glance:#?}");
        ground = look.ground;
    }
}

/// A site whose judge waits at some place until the test lets it go on.
#[derive(Clone)]
struct Waiting {
    at: At,
    begun: Sender<()>,
    go: Receiver<()>,
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    Glances,
    /// All but the first.
    Looks,
}

impl Waiting {
    fn wait(&self, at: At) {
        if self.at == at {
            self.begun.send(()).unwrap();
            self.go.recv().unwrap();
        }
    }
}

struct WaitingSite {
    site: Box<dyn Site>,
    first: bool,
    with: Waiting,
}

struct WaitingGround {
    ground: Box<dyn Ground>,
    with: Waiting,
}

impl Sites for Waiting {
    fn root(&self, file: &Path) -> Option<PathBuf> {
        editors().root(file)
    }

    fn open(&self, root: &Path) -> Result<Box<dyn Site>, String> {
        let site = editors().open(root)?;
        Ok(Box::new(WaitingSite { site, first: true, with: self.clone() }))
    }

    fn now(&self) -> Timestamp {
        editors().now()
    }
}

impl Site for WaitingSite {
    fn look(&mut self, buffers: &Buffers) -> Result<Look, String> {
        if !std::mem::take(&mut self.first) {
            self.with.wait(At::Looks);
        }
        let Look { view, ground } = self.site.look(buffers)?;
        Ok(Look { view, ground: Box::new(WaitingGround { ground, with: self.with.clone() }) })
    }

    fn stirred(&mut self) -> bool {
        false
    }
}

impl Ground for WaitingGround {
    fn glance(&mut self, path: &str, buffers: &Buffers) -> Option<Vec<Finding>> {
        let found = self.ground.glance(path, buffers);
        self.with.wait(At::Glances);
        assert!(!buffers.values().any(|text| text.contains("PANIC")), "a rule that fails");
        found
    }
}

#[test]
fn findings_about_an_old_text_never_overwrite_newer_ones() {
    let ((begun, has_begun), (go, wait)) = (unbounded(), unbounded());
    let mut client = Client::connect(town(), Arc::new(Waiting { at: At::Glances, begun, go: wait }));
    client.ask("initialize", json!({ "capabilities": {} }));
    client.open(PUMP, TEXT);
    client.shown(PUMP, 1);
    client.change(PUMP, 2, &soon());
    has_begun.recv().unwrap();
    // While version 2 is judged, the author types on.
    for version in 3..9 {
        client.change(PUMP, version, &soon());
    }
    client.change(PUMP, 9, TEXT);
    // Answered while the judge is busy, and only once all of this has been taken in.
    let actions = json!({ "textDocument": { "uri": client.uri(PUMP) }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } }, "context": { "diagnostics": [] } });
    client.ask("textDocument/codeAction", actions);
    go.send(()).unwrap();
    has_begun.recv().unwrap();
    go.send(()).unwrap();
    assert_eq!(client.shown(PUMP, 9), [""; 0]);
    let others = client.early.iter().filter_map(published_of).count();
    assert_eq!(others, 0, "nothing was shown about what was typed over");
    assert!(has_begun.try_recv().is_err(), "what was typed over was not even judged");
}

#[test]
fn a_rule_that_fails_costs_one_judgement_and_not_the_server() {
    let ((begun, has_begun), (go, wait)) = (unbounded(), unbounded());
    let mut client = Client::connect(town(), Arc::new(Waiting { at: At::Glances, begun, go: wait }));
    client.ask("initialize", json!({ "capabilities": {} }));
    client.open(PUMP, TEXT);
    client.shown(PUMP, 1);
    client.change(PUMP, 2, &format!("{TEXT}\nPANIC\n"));
    has_begun.recv().unwrap();
    go.send(()).unwrap();
    client.shown(PUMP, 2);
    client.change(PUMP, 3, &soon());
    has_begun.recv().unwrap();
    go.send(()).unwrap();
    assert!(has(&client.shown(PUMP, 3), "unbacked-soon"));
}

#[test]
fn a_key_does_not_wait_for_the_look_that_is_under_way_and_is_not_overwritten_by_it() {
    let ((begun, has_begun), (go, wait)) = (unbounded(), unbounded());
    let mut client = Client::connect(town(), Arc::new(Waiting { at: At::Looks, begun, go: wait }));
    client.ask("initialize", json!({ "capabilities": {} }));
    client.open(PUMP, TEXT);
    client.shown(PUMP, 1);
    client.change(PUMP, 2, TEXT);
    client.shown(PUMP, 2);
    // The author rests, so everything is looked at.
    has_begun.recv().unwrap();
    client.change(PUMP, 3, &soon());
    assert!(has(&client.shown(PUMP, 3), "unbacked-soon"), "while the look goes on");
    go.send(()).unwrap();
    // What the look found about version 2 comes to nothing; the next one finds what the glance found.
    has_begun.recv().unwrap();
    go.send(()).unwrap();
    assert!(has(&client.shown(PUMP, 3), "unbacked-soon"));
    let others = client.early.iter().filter_map(published_of).count();
    assert_eq!(others, 0, "nothing was shown about what was typed over");
}
