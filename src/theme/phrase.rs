//! One message, ready to be said: resolved when the theme is read, so that saying it only puts values between texts.
//!
//! What a value decides (a plural form) cannot be resolved before it is known; those messages ask Fluent each time.

use std::collections::BTreeSet;
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern as Written, PatternElement};

use crate::prose::escaped;

/// The messages of one language.
pub(super) type Bundle = fluent_bundle::concurrent::FluentBundle<Arc<FluentResource>>;

/// A message of one language.
#[derive(Clone)]
pub(super) enum Phrase {
    /// Words without values.
    Whole(String),
    /// Words around values.
    Around(Pattern),
    /// Words that a value decides.
    Chosen(Chosen),
}

/// Texts with the values that stand between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    /// The same text as it is, and escaped.
    Text { plain: String, html: String },
    /// The name of a value.
    Value(String),
}

#[derive(Clone)]
pub(super) struct Chosen {
    bundle: Arc<Bundle>,
    id: String,
    values: BTreeSet<String>,
    deciding: BTreeSet<String>,
}

/// What is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    /// Values are HTML already, texts are escaped.
    Html,
}

/// How values are put in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) form: Form,
    /// Whether values may run in another direction than the words, so that each must stand by itself.
    pub(super) isolating: bool,
}

/// What a message needs: all its values, and those of them that decide its words.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub(super) values: BTreeSet<String>,
    pub(super) deciding: BTreeSet<String>,
}

// Marks around the name of a value in a text that Fluent has put together: private use, in no message.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

impl Phrase {
    /// Makes a message ready. `None`: the bundle has no such message. The errors are about what it refers to.
    pub(super) fn new(bundle: &Arc<Bundle>, id: &str) -> Option<(Self, Vec<FluentError>)> {
        let written = bundle.get_message(id)?.value()?;
        let Needs { values, deciding } = Needs::of(written, bundle);
        let mut errors = Vec::new();
        let decided = !deciding.is_empty();
        let chosen = Chosen { bundle: Arc::clone(bundle), id: id.to_owned(), values, deciding };
        let text = chosen.text(&|_| "1", &mut errors);
        if decided {
            return Some((Self::Chosen(chosen), errors));
        }
        let phrase =
            if chosen.values.is_empty() { Self::Whole(text) } else { Self::Around(Pattern::of(&text)) };
        Some((phrase, errors))
    }

    /// The names of the values that can be put in.
    pub(super) fn values(&self) -> BTreeSet<&str> {
        match self {
            Self::Whole(_) => BTreeSet::new(),
            Self::Around(pattern) => pattern.values().collect(),
            Self::Chosen(chosen) => chosen.values.iter().map(String::as_str).collect(),
        }
    }

    /// The words with their values. A name without a value stays, in braces.
    pub(super) fn say(&self, values: &[(&str, &str)], setting: Setting) -> String {
        match self {
            Self::Whole(text) if setting.form == Form::Plain => text.clone(),
            Self::Whole(text) => escaped(text),
            Self::Around(pattern) => pattern.fill(values, setting),
            Self::Chosen(chosen) => {
                let value = |name: &str| find(values, name).unwrap_or_default();
                Pattern::of(&chosen.text(&value, &mut Vec::new())).fill(values, setting)
            }
        }
    }
}

impl Chosen {
    /// The words that `value` decides, with a mark for each value that is only put in.
    fn text<'v>(&self, value: &dyn Fn(&str) -> &'v str, errors: &mut Vec<FluentError>) -> String {
        let mut args = FluentArgs::with_capacity(self.values.len());
        for name in &self.values {
            if self.deciding.contains(name) {
                args.set(name.as_str(), FluentValue::try_number(value(name)));
            } else {
                args.set(name.as_str(), format!("{OPEN}{name}{CLOSE}"));
            }
        }
        let written = self.bundle.get_message(&self.id).and_then(|message| message.value());
        let text = written.map(|written| self.bundle.format_pattern(written, Some(&args), errors));
        text.map(std::borrow::Cow::into_owned).unwrap_or_default()
    }
}

impl Piece {
    fn text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::Text { plain: text.to_owned(), html: escaped(text) })
    }
}

impl Pattern {
    /// Takes a text apart at its marks.
    fn of(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let Some((name, after)) = after.split_once(CLOSE) else { break };
            pieces.extend(Piece::text(before));
            pieces.push(Piece::Value(name.to_owned()));
            rest = after;
        }
        pieces.extend(Piece::text(rest));
        Self(pieces)
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(name) => Some(name.as_str()),
            Piece::Text { .. } => None,
        })
    }

    fn fill(&self, values: &[(&str, &str)], setting: Setting) -> String {
        let mut out = String::with_capacity(96);
        for piece in &self.0 {
            match (piece, setting.form) {
                (Piece::Text { plain, .. }, Form::Plain) => out.push_str(plain),
                (Piece::Text { html, .. }, Form::Html) => out.push_str(html),
                (Piece::Value(name), _) => match find(values, name) {
                    Some(value) => put(value, setting, &mut out),
                    None => out.extend(["{", name, "}"]),
                },
            }
        }
        out
    }
}

impl Needs {
    /// Of a message, and of the messages that it refers to.
    pub(super) fn of(written: &Written<&str>, bundle: &Bundle) -> Self {
        let mut needs = Self::default();
        needs.pattern(written, bundle, 0);
        needs
    }

    fn pattern(&mut self, written: &Written<&str>, bundle: &Bundle, depth: usize) {
        for element in &written.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            self.expression(expression, bundle, depth);
        }
    }

    fn expression(&mut self, expression: &Expression<&str>, bundle: &Bundle, depth: usize) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, bundle, depth, false),
            Expression::Select { selector, variants } => {
                self.inline(selector, bundle, depth, true);
                for variant in variants {
                    self.pattern(&variant.value, bundle, depth);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, bundle: &Bundle, depth: usize, decides: bool) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.values.insert(id.name.to_owned());
                if decides {
                    self.deciding.insert(id.name.to_owned());
                }
            }
            // A function computes with its arguments, so they must be there in time.
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.inline(argument, bundle, depth, true);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression, bundle, depth),
            // Fluent itself reports messages that go round in circles.
            InlineExpression::MessageReference { id, .. } if depth < 8 => {
                if let Some(written) = bundle.get_message(id.name).and_then(|message| message.value()) {
                    self.pattern(written, bundle, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn find<'v>(values: &[(&str, &'v str)], name: &str) -> Option<&'v str> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Puts a value in; a name or a telephone number in Latin script must not mix its order with the words around it.
pub(super) fn put(value: &str, setting: Setting, out: &mut String) {
    let apart = setting.isolating && !value.bytes().all(|byte| byte.is_ascii_digit());
    match (apart, setting.form) {
        (false, _) => out.push_str(value),
        (true, Form::Html) => out.extend(["<bdi>", value, "</bdi>"]),
        // First strong isolate, pop directional isolate.
        (true, Form::Plain) => out.extend(["\u{2068}", value, "\u{2069}"]),
    }
}
