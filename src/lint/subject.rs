//! What a rule is shown: one incident, and each stretch of its words with what backs it.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::Timestamp;

use super::phrases::{Pack, Phrases, Rules};
use super::{Context, Place};
use crate::content::{Header, Incident, PageText, Status, Update, Word};
use crate::diag::Level;
use crate::prose::{Prose, Sentence};
use crate::text::{PersonId, Source, Span};
use crate::timeline::{Facts, LineKind, Statement, Timeline, Words};

/// One incident or maintenance, as its files have it.
pub struct Subject<'a> {
    pub context: &'a Context<'a>,
    pub incident: &'a Incident,
    pub timeline: Option<&'a Timeline>,
    /// Its own title, summary and updates in this order, then those of its translations.
    pub passages: Vec<Passage<'a>>,
    /// By update: the statement that it became.
    statements: Vec<Option<&'a Statement>>,
}

/// Words that belong together: a title, a summary, one update, a page.
pub struct Passage<'a> {
    pub context: &'a Context<'a>,
    pub source: &'a Source,
    pub part: Part,
    pub prose: Prose,
    /// The update that it is, or is a translation of; its header backs the words.
    pub update: Option<&'a Update>,
    /// Of a summary: the header of the first update, published with it.
    pub first: Option<&'a Header>,
    /// Under which status it is said.
    pub status: Option<Status>,
    /// Whose incident it is when this is said.
    pub owner: Option<&'a PersonId>,
    /// The due time that is printed with it.
    pub due: Option<Timestamp>,
    /// Of planned work.
    pub maintenance: bool,
    /// For readers who know the trade.
    pub technical: bool,
    pub translated: bool,
    pack: Option<&'static Pack>,
    triggered: Rules,
    lowered: OnceCell<Vec<String>>,
    /// Whether it says when we speak next: rules ask for each sentence, and it takes a look at all.
    pub(super) says_when_next: OnceCell<bool>,
}

/// One sentence of a passage, in lower case for matching.
#[derive(Clone, Copy, Debug)]
pub struct Lowered<'p> {
    /// The sentence's text in lower case, byte for byte as long.
    pub text: &'p str,
    sentence: &'p Sentence,
}

/// Which part of a file a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Title,
    Summary,
    /// Index into the incident's updates.
    Update(usize),
    Page,
}

impl<'a> Subject<'a> {
    pub(super) fn new(context: &'a Context<'a>, incident: &'a Incident) -> Self {
        let timeline = context.timelines.get(&incident.slug).map(|timeline| &**timeline);
        let mut statements = vec![None; incident.updates.len()];
        for statement in timeline.iter().flat_map(|timeline| &timeline.statements) {
            if let Words::Written(index) = statement.words
                && let Some(place) = statements.get_mut(index)
            {
                *place = Some(statement);
            }
        }
        let mut passages = own_passages(context, incident);
        passages.extend(translated_passages(context, incident));
        for passage in &mut passages {
            passage.owner = incident.owner.as_ref().map(|owner| &owner.value);
            if let Part::Update(index) = passage.part
                && let Some(statement) = statements.get(index).copied().flatten()
            {
                passage.due = statement.due;
                passage.owner = statement.facts.owner.as_ref();
            }
        }
        Self { context, incident, timeline, passages, statements }
    }

    /// The passage of an update in the language of the file.
    pub fn passage(&self, update: usize) -> Option<&Passage<'a>> {
        // Title and summary stand before the updates.
        self.passages.get(update + 2)
    }

    /// The passages in the language of the file, title and summary first.
    pub fn own(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.passages.iter().filter(|passage| !passage.translated)
    }

    /// The statement that an update became.
    pub fn statement(&self, update: usize) -> Option<&'a Statement> {
        self.statements.get(update).copied().flatten()
    }

    /// What holds after an update.
    pub fn facts(&self, update: usize) -> Option<&'a Facts> {
        self.statement(update).map(|statement| &statement.facts)
    }

    /// Whether readers have seen the update, so that its words can no longer change.
    pub fn is_published(&self, update: &Update) -> bool {
        self.context.record.of_incident(self.incident).any(|line| {
            line.at == update.at && matches!(line.kind, LineKind::Statement(kind) if kind.is_written())
        })
    }

    /// How bad a fault of an update is that only other words could have kept from being one. Words that readers have seen
    /// cannot change: then the next update can still make it good, and once it is over, nothing can.
    pub fn level_of_words(&self, update: &Update, fresh: Level) -> Level {
        match self.timeline {
            _ if !self.is_published(update) => fresh,
            Some(timeline) if timeline.ended.is_some() => Level::Info,
            _ => Level::Warning.min(fresh),
        }
    }

    /// A place in the incident's own file that is about no update.
    pub fn place(&self, span: Span) -> Place<'a> {
        Place { source: &self.incident.source, span, update: None }
    }

    /// A place in the incident's own file that is about an update.
    pub fn place_in(&self, update: &Update, span: Span) -> Place<'a> {
        Place { source: &self.incident.source, span, update: Some(update.at) }
    }

    /// Where to show what is about the incident as it stands now: the latest update's heading, else the title.
    pub fn latest_place(&self) -> Place<'a> {
        match self.incident.updates.last() {
            Some(update) => self.place_in(update, update.heading),
            None => self.place(self.incident.title.span),
        }
    }
}

impl<'a> Passage<'a> {
    fn new(context: &'a Context<'a>, source: &'a Source, part: Part, span: Span) -> Self {
        Self {
            context,
            source,
            part,
            prose: Prose::read(&source.text, span),
            update: None,
            first: None,
            status: None,
            owner: None,
            due: None,
            maintenance: false,
            technical: false,
            translated: false,
            pack: None,
            triggered: Rules::default(),
            lowered: OnceCell::new(),
            says_when_next: OnceCell::new(),
        }
    }

    fn in_language(mut self, pack: Option<&'static Pack>) -> Self {
        self.pack = pack;
        if let Some(pack) = pack {
            self.triggered = pack.triggered(self.sentences().map(|sentence| sentence.text));
        }
        self
    }

    pub(super) fn of_page(context: &'a Context<'a>, page: &'a PageText) -> Self {
        Self::new(context, &page.source, Part::Page, page.body)
    }

    /// A rule's phrases in the language of the passage, if any of its triggers stands in it.
    pub fn phrases(&self, rule: &str) -> Option<&'static Phrases> {
        self.pack?.triggered_rule(rule, self.triggered)
    }

    /// The phrases that rules share; `None` where there is none for the language.
    pub fn lexicon(&self) -> Option<&'static Phrases> {
        self.pack.map(Pack::lexicon)
    }

    /// Its sentences, ready for matching.
    pub fn sentences(&self) -> impl Iterator<Item = Lowered<'_>> {
        let lowered = self
            .lowered
            .get_or_init(|| self.prose.sentences().map(|sentence| lower(sentence.text())).collect());
        lowered.iter().zip(self.prose.sentences()).map(|(text, sentence)| Lowered { text, sentence })
    }

    /// The header of its update.
    pub fn header(&self) -> Option<&'a Header> {
        self.update.map(|update| &update.header)
    }

    pub fn place(&self, span: Span) -> Place<'a> {
        Place { source: self.source, span, update: self.update.map(|update| update.at) }
    }
}

impl<'p> Lowered<'p> {
    /// The source bytes of a byte range of the text.
    pub fn original(&self, range: Range<usize>) -> Span {
        self.sentence.original(range)
    }

    /// A byte range of the text in the author's own case.
    pub fn written(&self, range: Range<usize>) -> &'p str {
        self.sentence.text().get(range).unwrap_or_default()
    }

    /// The source bytes of the whole sentence.
    pub fn span(&self) -> Span {
        self.sentence.span
    }
}

/// Lower case where that has the same number of bytes, as it nearly always has.
fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let one = |char: char| {
        let mut lower = char.to_lowercase();
        let first = lower.next().filter(|first| first.len_utf8() == char.len_utf8());
        first.filter(|_| lower.next().is_none()).unwrap_or(char)
    };
    text.chars().map(one).collect()
}

fn own_passages<'a>(context: &'a Context<'a>, incident: &'a Incident) -> Vec<Passage<'a>> {
    let pack = Pack::of(&incident.lang);
    let new = |part, span| {
        let passage = Passage::new(context, &incident.source, part, span).in_language(pack);
        Passage { maintenance: incident.is_maintenance(), technical: incident.technical, ..passage }
    };
    let title = unquoted(&incident.source, incident.title.span);
    let summary = Passage { first: first_header(incident), ..new(Part::Summary, incident.summary) };
    let mut passages = vec![new(Part::Title, title), summary];
    let mut status = None;
    for (index, update) in incident.updates.iter().enumerate() {
        if let Word::Status(said) = update.word {
            status = Some(said);
        }
        passages.push(Passage { update: Some(update), status, ..new(Part::Update(index), update.words()) });
    }
    passages
}

fn translated_passages<'a>(context: &'a Context<'a>, incident: &'a Incident) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    for translation in &incident.translations {
        let pack = Pack::of(&translation.lang);
        let new = |part, span| {
            let passage = Passage::new(context, &translation.source, part, span).in_language(pack);
            Passage {
                maintenance: incident.is_maintenance(),
                technical: incident.technical,
                translated: true,
                ..passage
            }
        };
        let title = translation.title.iter().map(|title| unquoted(&translation.source, title.span));
        passages.extend(title.map(|span| new(Part::Title, span)));
        let summary = new(Part::Summary, translation.summary);
        passages.push(Passage { first: first_header(incident), ..summary });
        for own in &translation.updates {
            let Some(index) = incident.updates.iter().position(|update| update.at == own.at) else {
                continue;
            };
            let status = incident.updates[..=index].iter().rev().find_map(|update| match update.word {
                Word::Status(status) => Some(status),
                _ => None,
            });
            let update = incident.updates.get(index);
            passages.push(Passage { update, status, ..new(Part::Update(index), own.words()) });
        }
    }
    passages
}

fn first_header(incident: &Incident) -> Option<&Header> {
    incident.updates.first().map(|update| &update.header)
}

/// A TOML string without its quotes, which would make it somebody else's words.
fn unquoted(source: &Source, span: Span) -> Span {
    let written = span.of(&source.text);
    let inner = written.trim_start_matches(['"', '\'']);
    let start = span.start + written.len() - inner.len();
    Span::new(start, start + inner.trim_end_matches(['"', '\'']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_keeps_every_byte_in_its_place() {
        for text in ["We HOPE Soon", "ÉTAT d'urgence", "İstanbul ẞ K"] {
            assert_eq!(lower(text).len(), text.len(), "{text}");
        }
        assert_eq!(lower("ÉTAT Soon"), "état soon");
    }
}
