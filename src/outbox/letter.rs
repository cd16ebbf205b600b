//! A letter: one mail prepared for many readers.
//!
//! Everything that is the same for all readers is rendered and encoded once. What differs (address, name, tokens) goes
//! into holes, each encoded for the place where it stands. So one more reader costs a copy and a few HMACs, not a
//! template engine; and the same letter, reader and keys give the same bytes, whenever and wherever they are rendered.

use std::sync::Arc;

use super::personal::{Personal, SLOTS};
use super::{Address, Envelope, Purpose, SubscriberId, Token, TokenKeys, headers, quoted};
use crate::text::{AreaId, ServiceId, Slug};

/// What differs between readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hole {
    Unsubscribe,
    Mute,
    Preferences,
    Email,
    Greeting,
    Topics,
}

impl Hole {
    const ALL: [Self; 6] =
        [Self::Unsubscribe, Self::Mute, Self::Preferences, Self::Email, Self::Greeting, Self::Topics];

    /// The character that stands for the hole while a template is filled. Private, and taken out of every other text.
    pub(super) fn mark(self) -> char {
        match self {
            Self::Unsubscribe => '\u{10fff0}',
            Self::Mute => '\u{10fff1}',
            Self::Preferences => '\u{10fff2}',
            Self::Email => '\u{10fff3}',
            Self::Greeting => '\u{10fff4}',
            Self::Topics => '\u{10fff5}',
        }
    }
}

/// Takes out of a text what could be mistaken for a hole.
pub(super) fn without_marks(text: &str) -> String {
    text.replace(Hole::ALL.map(Hole::mark), "").replace(SLOTS, "")
}

/// Whether a reader follows the incident that a mail is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Following {
    /// They hear of it by its services and areas.
    #[default]
    No,
    /// Beside what they hear of by services and areas.
    Beside,
    /// They follow single incidents and nothing else.
    Alone,
}

/// One reader of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader<'a> {
    pub subscriber: SubscriberId,
    /// Empty: not given.
    pub name: &'a str,
    pub email: &'a str,
    /// None: everything.
    pub services: &'a [ServiceId],
    /// None: everywhere.
    pub areas: &'a [AreaId],
    pub following: Following,
    pub token_epoch: u32,
}

/// One mail prepared for many readers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Letter {
    frame: Arc<Frame>,
}

/// What all readers share.
#[derive(Debug)]
pub(super) struct Frame {
    /// Headers that differ for nobody, each with its line end.
    pub(super) headers: String,
    /// The Message-ID is `<STATEMENT.MARK@DOMAIN>`, the mark being the reader's.
    pub(super) statement: String,
    pub(super) id_domain: String,
    pub(super) bounce_domain: String,
    /// Without a slash at the end.
    pub(super) public_url: String,
    pub(super) incident: Slug,
    pub(super) keys: TokenKeys,
    pub(super) personal: Personal,
    pub(super) body: Vec<Piece>,
}

/// A stretch of the encoded body.
#[derive(Debug)]
pub(super) enum Piece {
    Bytes(Vec<u8>),
    Hole(Hole, Kind),
}

/// Where a hole is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html,
}

/// What goes into the holes of one reader.
struct Filling {
    unsubscribe: String,
    mute: String,
    preferences: String,
    email: String,
    greeting: String,
    topics: String,
}

impl Letter {
    pub(super) fn new(frame: Frame) -> Self {
        Self { frame: Arc::new(frame) }
    }

    /// The mail to one reader.
    pub fn render(&self, reader: &Reader<'_>) -> Envelope {
        let frame = &*self.frame;
        let filling = frame.filling(reader);
        let mut message = Vec::with_capacity(frame.size());
        let address = Address::read(reader.email);
        let to = match &address {
            Ok(address) => headers::to(reader.name, address),
            // The transport will refuse it; until then the mail must at least be one.
            Err(_) => "To: undisclosed-recipients:;\r\n".to_owned(),
        };
        let mark = frame.keys.mark(reader.subscriber);
        for part in [
            to.as_str(),
            "Message-ID: <",
            &frame.statement,
            ".",
            &mark,
            "@",
            &frame.id_domain,
            ">\r\nList-Unsubscribe: <",
            &filling.unsubscribe,
            ">\r\n",
            &frame.headers,
            "\r\n",
        ] {
            message.extend_from_slice(part.as_bytes());
        }
        for piece in &frame.body {
            match piece {
                Piece::Bytes(bytes) => message.extend_from_slice(bytes),
                Piece::Hole(hole, kind) => filling.write(*hole, *kind, &mut message),
            }
        }
        let bounce = frame.token(Purpose::Bounce, reader);
        Envelope {
            from: format!("b+{bounce}@{}", frame.bounce_domain),
            to: address.map_or_else(|_| reader.email.to_owned(), |address| address.as_str().to_owned()),
            message,
        }
    }
}

impl Frame {
    fn token(&self, purpose: Purpose, reader: &Reader<'_>) -> String {
        self.keys.seal(Token { purpose, subscriber: reader.subscriber, epoch: reader.token_epoch })
    }

    fn filling(&self, reader: &Reader<'_>) -> Filling {
        let url = |path: char, purpose| format!("{}/{path}/{}", self.public_url, self.token(purpose, reader));
        Filling {
            unsubscribe: url('u', Purpose::Unsubscribe),
            mute: format!("{}/{}", url('m', Purpose::Mute), self.incident),
            preferences: url('p', Purpose::Preferences),
            email: headers::one_line(reader.email),
            greeting: self.personal.greeting(reader.name),
            topics: self.personal.topics(reader),
        }
    }

    fn size(&self) -> usize {
        let body: usize =
            self.body.iter().map(|piece| if let Piece::Bytes(b) = piece { b.len() } else { 160 }).sum();
        body + self.headers.len() + 1024
    }
}

impl Filling {
    fn write(&self, hole: Hole, kind: Kind, out: &mut Vec<u8>) {
        let value = match hole {
            Hole::Unsubscribe => &self.unsubscribe,
            Hole::Mute => &self.mute,
            Hole::Preferences => &self.preferences,
            Hole::Email => &self.email,
            Hole::Greeting => &self.greeting,
            Hole::Topics => &self.topics,
        };
        match kind {
            Kind::Text => quoted::encode(value, out),
            Kind::Html => {
                let mut escaped = String::with_capacity(value.len() + 16);
                crate::prose::escape(value, &mut escaped);
                quoted::encode(&escaped, out);
            }
        }
    }
}

/// A part's text, with marks for holes, as encoded pieces.
pub(super) fn pieces(text: &str, kind: Kind) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let encode = |text: &str, pieces: &mut Vec<Piece>| {
        let mut bytes = Vec::with_capacity(text.len() * 9 / 8);
        quoted::encode(text, &mut bytes);
        pieces.push(Piece::Bytes(bytes));
    };
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if let Some(hole) = Hole::ALL.into_iter().find(|hole| hole.mark() == c) {
            encode(&text[from..at], &mut pieces);
            pieces.push(Piece::Hole(hole, kind));
            from = at + c.len_utf8();
        }
    }
    encode(&text[from..], &mut pieces);
    pieces
}
