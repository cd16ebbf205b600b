//! From news to a letter: what the mail says, laid out by the theme, encoded once for all its readers.
//!
//! New words come first, then what was said since the reader's last mail, then the facts, then the ways out. Everything
//! comes from the statements and their own times, so the same numbers and language give the same bytes, whenever
//! they are asked for (DELIVERY section 5.4). A mail holds at most 30 KB of HTML: what is longer is cut at a paragraph
//! and leads to the page.

use std::sync::LazyLock;

use serde::Serialize;
use tera::Context;

use super::confirmation::public_url;
use super::head::Head;
use super::known::{Known, goes_on, known};
use super::letter::{Hole, Letter, without_marks};
use super::news::News;
use super::personal::Personal;
use super::wording::{Passage, Wording, index};
use super::wrap::wrap;
use super::{Address, TokenKeys, headers};
use crate::config::{HttpSettings, MailSettings, Settings};
use crate::content::Registers;
use crate::theme::Theme;
use crate::timeline::{Statement, StatementKind};

/// Bytes of HTML: of the newest statement, of all earlier ones, of the summary, of what readers can do.
const NEWEST: usize = 10_000;
const EARLIER: usize = 8_000;
const SUMMARY: usize = 3_000;
const ACTIONS: usize = 4_000;

/// What letters are written with.
#[derive(Clone, Copy, Debug)]
pub struct Stationery<'a> {
    pub settings: &'a Settings,
    pub mail: &'a MailSettings,
    pub http: &'a HttpSettings,
    pub registers: &'a Registers,
    pub theme: &'a Theme,
    pub keys: &'a TokenKeys,
}

/// What the templates see.
#[derive(Debug, Serialize)]
struct Mail<'a> {
    lang: &'a str,
    dir: &'a str,
    title: String,
    /// What the incident is about, in a reader's first mail.
    summary: Option<Passage>,
    greeting: char,
    new: Said,
    /// That the words are not translated, or by a machine.
    remarks: Vec<String>,
    earlier: Vec<Said>,
    /// Earlier statements that have no room.
    more: String,
    actions: Option<Passage>,
    known: Vec<Known>,
    page: &'a str,
    /// Where readers say whether the statement told them enough; the same for all of them.
    feedback: String,
    mute: char,
    preferences: char,
    unsubscribe: char,
    /// Why the reader gets this.
    why: String,
    /// What they asked to be told about.
    topics: char,
    reply: String,
    site: &'a str,
    postal: &'a str,
}

/// One statement.
#[derive(Debug, Serialize)]
struct Said {
    label: String,
    time: String,
    notes: Vec<String>,
    words: Option<Passage>,
    /// Promises made, kept and withdrawn.
    promises: Vec<String>,
}

impl Said {
    fn of(statement: &Statement, news: &News<'_>, wording: &Wording<'_>, limit: usize) -> Self {
        Self {
            label: wording.label(statement.kind).to_owned(),
            time: wording.when.near(statement.at, news.newest.said_at()),
            notes: notes(statement, news, wording),
            words: wording.words(statement, limit),
            promises: promises(statement, news, wording),
        }
    }

    fn size(&self) -> usize {
        self.words.as_ref().map_or(0, |words| words.html.as_str().len()) + 300
    }
}

/// One mail for every reader whom this news is new to, in one of the site's languages.
pub fn letter(with: &Stationery<'_>, news: &News<'_>, language: &str) -> Letter {
    let Stationery { settings, mail, theme, .. } = *with;
    let wording = Wording::new(settings, theme, &news.timeline.incident, language);
    let newest = news.newest;
    let strings = &wording.strings;
    let title = headers::one_line(wording.title());
    let label = wording.label(newest.kind);
    let (earlier, left_out) = earlier(news, &wording);
    let owner = newest.facts.owner.as_ref().and_then(|id| with.registers.person(id));
    let reply = owner.and_then(|owner| Some((owner.name.clone(), Address::read(&owner.mail).ok()?)));
    let email = Hole::Email.mark().to_string();
    let shown = Mail {
        lang: &strings.lang,
        dir: strings.get("language.dir"),
        title: title.clone(),
        summary: if news.first { wording.summary(SUMMARY) } else { None },
        greeting: Hole::Greeting.mark(),
        new: Said::of(newest, news, &wording, NEWEST),
        earlier,
        more: if left_out == 0 { String::new() } else { strings.count("mail.more", left_out) },
        remarks: remarks(&wording, newest),
        actions: if goes_on(news) && newest.kind != StatementKind::Holding {
            wording.actions(&newest.facts, newest, ACTIONS)
        } else {
            None
        },
        known: known(news, &wording, with.registers, &settings.contact),
        page: &wording.page,
        feedback: format!(
            "{}/f/{}/{}?lang={}",
            public_url(with),
            news.timeline.incident.slug,
            newest.id.stamp(),
            strings.lang
        ),
        mute: Hole::Mute.mark(),
        preferences: Hole::Preferences.mark(),
        unsubscribe: Hole::Unsubscribe.mark(),
        why: strings.say("mail.why", &[("email", &email), ("site", &settings.name)]),
        topics: Hole::Topics.mark(),
        reply: reply
            .as_ref()
            .map(|(name, _)| strings.say("mail.reply", &[("name", name)]))
            .unwrap_or_default(),
        site: &settings.name,
        postal: if mail.postal.is_empty() { settings.contact.place.said_in(language) } else { &mail.postal },
    };
    let (text, html) = parts(theme, &shown, strings);
    let subject = if mail.subject_status { format!("{label}: {title}") } else { title };
    let personal = Personal::new(strings, with.registers);
    let head = Head { with, news, subject: &subject, language: &strings.lang, personal, reply };
    head.letter(&text, &html)
}

/// Statements since the reader's last mail, as many as there is room for, and how many there is no room for.
fn earlier(news: &News<'_>, wording: &Wording<'_>) -> (Vec<Said>, usize) {
    let mut room = EARLIER;
    let mut shown = Vec::new();
    for (index, statement) in news.earlier.iter().enumerate() {
        let said = Said::of(statement, news, wording, room.min(EARLIER / 2));
        if said.size() > room || said.words.is_none() {
            return (shown, news.earlier.len() - index);
        }
        room -= said.size();
        shown.push(said);
    }
    (shown, 0)
}

/// What a statement tells beside its words.
pub(super) fn notes(statement: &Statement, news: &News<'_>, wording: &Wording<'_>) -> Vec<String> {
    let strings = &wording.strings;
    let near = |moment| wording.when.near(moment, news.newest.said_at());
    let said = |moment| wording.when.said(moment, news.newest.said_at());
    let mut notes = Vec::new();
    if let Some(published) = statement.published_at.filter(|_| statement.backdated) {
        let (at, published) = (near(statement.at), said(published));
        notes.push(strings.say("statement.backdated", &[("at", &at), ("published", &published)]));
    }
    if statement.reopens {
        notes.push(strings.get("statement.reopens").to_owned());
    }
    let missed = &statement.missed;
    // A composed statement names its gap in its own words.
    if let (Some(first), Some(last), true) = (missed.first(), missed.last(), statement.kind.is_written()) {
        let (n, first, last) = (missed.len().to_string(), near(*first), near(*last));
        notes.push(strings.say("statement.missed", &[("n", &n), ("first", &first), ("last", &last)]));
    }
    let header = index(statement).and_then(|index| wording.update(index)).map(|spoken| &spoken.update.header);
    let named = header.and_then(|header| {
        let retracts = header.retracts.as_ref().map(|named| ("statement.retracts", &named.value));
        retracts.or_else(|| header.corrects.as_ref().map(|named| ("statement.corrects", &named.value)))
    });
    if let Some((key, (at, what))) = named {
        notes.push(strings.say(key, &[("time", &said(*at)), ("what", what)]));
    }
    notes.iter().map(|note| without_marks(note)).collect()
}

/// Promises that a statement makes, keeps or withdraws.
fn promises(statement: &Statement, news: &News<'_>, wording: &Wording<'_>) -> Vec<String> {
    let strings = &wording.strings;
    let header = index(statement).and_then(|index| wording.update(index)).map(|spoken| &spoken.update.header);
    let mut said = Vec::new();
    for promise in header.iter().flat_map(|header| &header.promises) {
        let by = if promise.whole_day {
            wording.when.date_near(promise.by, news.newest.said_at())
        } else {
            wording.when.near(promise.by, news.newest.said_at())
        };
        said.push(strings.say("mail.promise", &[("what", &promise.what), ("time", &by)]));
    }
    let settled = header.iter().flat_map(|header| {
        let kept = header.kept.iter().map(|kept| ("fact.kept", kept));
        kept.chain(header.withdrawn.iter().map(|withdrawn| ("fact.withdrawn", withdrawn)))
    });
    for (key, settlement) in settled {
        let because = settlement.because.as_ref().map(|because| format!(" ({because})")).unwrap_or_default();
        said.push(format!("{}{} {}{because}", strings.get(key), strings.get("mail.colon"), settlement.words));
    }
    said.iter().map(|note| without_marks(note)).collect()
}

/// What a reader has to know about the words themselves.
fn remarks(wording: &Wording<'_>, newest: &Statement) -> Vec<String> {
    let strings = &wording.strings;
    let mut remarks = Vec::new();
    if wording.is_machine(newest) {
        remarks.push(strings.get("notice.machine").to_owned());
    }
    if let Some(lang) = wording.foreign(newest) {
        let key = format!("languages.{}", lang.split(['-', '_']).next().unwrap_or_default());
        let language = strings.find(&key).unwrap_or(lang);
        remarks.push(strings.say("notice.not_translated", &[("language", language)]));
    }
    remarks
}

/// Both parts, with marks for holes. A theme whose mail template fails is passed over: a mail must go out.
fn parts(theme: &Theme, mail: &Mail<'_>, strings: &crate::theme::Strings) -> (String, String) {
    static BUILT_IN: LazyLock<Theme> = LazyLock::new(|| Theme::new(&[]).0);
    let mut context = Context::new();
    context.insert("mail", mail);
    context.insert("words", &strings.sections());
    let render = |name: &str| {
        let bytes = theme.render(name, &context).or_else(|_| BUILT_IN.render(name, &context));
        String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    };
    (wrap(&render("mail/letter.txt")), render("mail/letter.html"))
}
