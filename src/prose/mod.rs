//! Markdown to blocks, sentences and words with byte spans; to HTML; to plain text for mail.
//!
//! ```text
//! markdown ─► Prose: blocks ─► folded text ─► masked sentences ─► words   (for rules; spans of the source)
//!          ├► to_html    (for pages, feeds and mails)
//!          └► to_plain   (for mails and reading aloud)
//! ```
//!
//! Spans are those of pulldown-cmark, so a finding always points at the author's own bytes; nothing is searched
//! for again in rendered text. Raw HTML and unsafe links are never rendered: they are left out and listed.
//! This module does not know what an update is; callers give it the span that holds prose.

mod address;
mod block;
mod fold;
mod html;
mod markdown;
mod numbers;
mod plain;
mod quote;
mod rendering;
mod sentence;
mod split;

pub use address::is_safe;
pub use block::{Block, BlockKind, Link, Prose};
pub use html::{escape, escaped, to_html};
pub use plain::to_plain;
pub use rendering::Rendering;
pub use sentence::{Sentence, Word};

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use html5ever::tendril::StrTendril;
    use html5ever::tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::text::Span;

    /// Pieces that meet in real files and in hostile ones.
    fn markdown() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "We will fix it soon.",
                "It’s back",
                "“said so”",
                "'Yes, we know.'",
                "«déjà»",
                "so\u{AD}on",
                "\u{FEFF}",
                "\u{A0}",
                "…",
                "—",
                "at 3.30pm",
                "e.g.",
                "Dr. Osei",
                "`code`",
                "**",
                "*",
                "_",
                "~~",
                "\n",
                "\n\n",
                "  \n",
                "# ",
                "### ",
                "- ",
                "- [x] ",
                "1. ",
                "> ",
                "    ",
                "|",
                "\n|-|-|\n",
                "[a](b)",
                "![p](q)",
                "[",
                "](",
                ")",
                "<https://x.example>",
                "https://y.example/z_q",
                "a@b.example",
                "[^1]",
                "[^1]: ",
                "&amp;",
                "&lt;script&gt;",
                "\\",
                "<script>",
                "</script>",
                "<b onclick=x>",
                "<!-- c -->",
                "<!--",
                "-->",
                "<iframe src=\"",
                "[j](javascript:x)",
                "![j](\"onerror=\"x)",
                "<img src=x onerror=y>",
                "```\n",
                "\u{0}",
                "😀",
                "漢字。",
            ])
            .prop_map(str::to_owned),
            "[a-zA-Z0-9 .,:;!?'\"<>&=/()-]{1,12}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
    }

    fn read(text: &str) -> Prose {
        Prose::read(text, Span::new(0, text.len()))
    }

    /// Whether the letters of a word stand in order in what was written for it. Entities stand for others.
    fn spells(written: &str, word: &str) -> bool {
        let mut letters = written.chars();
        written.contains('&') || word.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|l| l == c))
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).sentences().map(|sentence| sentence.text().to_owned()).collect()
    }

    /// The tags of a page as a browser sees them.
    fn tags(html: &str) -> Vec<Tag> {
        struct Seen(RefCell<Vec<Tag>>);
        impl TokenSink for Seen {
            type Handle = ();
            fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
                match token {
                    Token::TagToken(tag) => self.0.borrow_mut().push(tag),
                    Token::CommentToken(_) | Token::DoctypeToken(_) => panic!("{token:?}"),
                    _ => {}
                }
                TokenSinkResult::Continue
            }
        }
        let tokenizer = Tokenizer::new(Seen(RefCell::default()), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(html));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    /// Only tags and attributes of ours, each closed in turn.
    fn check_html(html: &str) {
        const TAGS: &str = "p h1 h2 h3 h4 h5 h6 blockquote pre code ul ol li div table thead tbody tr th td em strong del a \
                            img br hr sup span";
        let mut open = Vec::new();
        for tag in tags(html) {
            assert!(TAGS.split_whitespace().any(|known| known == &*tag.name), "<{}> in {html}", tag.name);
            for attribute in &tag.attrs {
                let safe = match &*attribute.name.local {
                    "href" => is_safe(&attribute.value),
                    "src" => address::is_safe_image(&attribute.value),
                    "alt" | "scope" | "start" => true,
                    "tabindex" => &*tag.name == "table" && &*attribute.value == "0",
                    "class" => ["task", "footnote", "right", "center"].contains(&&*attribute.value),
                    _ => false,
                };
                assert!(safe, "{}={:?} in {html}", &*attribute.name.local, &*attribute.value);
            }
            match tag.kind {
                TagKind::StartTag if !tag.self_closing => open.push(tag.name),
                TagKind::StartTag => {}
                TagKind::EndTag => assert_eq!(open.pop(), Some(tag.name), "{html}"),
            }
        }
        assert!(open.is_empty(), "{open:?} left open in {html}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn every_match_is_found_again_inside_its_sentence(text in markdown(), cut in 0usize..40) {
            let front = "# front\n\n".repeat(cut % 3);
            let whole = format!("{front}{text}");
            let prose = Prose::read(&whole, Span::new(front.len(), whole.len()));
            for block in &prose.blocks {
                for sentence in &block.sentences {
                    prop_assert!(sentence.span.start >= front.len());
                    let mut before = sentence.span.start;
                    for (at, char) in sentence.text().char_indices() {
                        let original = sentence.original(at..at + char.len_utf8());
                        prop_assert!(sentence.span.contains(original), "{original:?} {sentence:?}");
                        prop_assert!(whole.get(original.range()).is_some(), "{original:?} tears a character");
                        prop_assert!(original.start >= before && !original.is_empty());
                        prop_assert!(sentence.original(at..sentence.text().len()).end == sentence.span.end);
                        before = original.start;
                    }
                    for word in sentence.words() {
                        prop_assert_eq!(&sentence.text()[word.range()], word.text);
                        let written = sentence.original(word.range()).of(&whole);
                        prop_assert!(spells(written, word.text), "{written:?} is not {:?}", word.text);
                    }
                }
            }
            for link in &prose.links {
                prop_assert!(whole.get(link.span.range()).is_some() && link.span.contains(link.label));
            }
        }

        #[test]
        fn line_ends_do_not_change_what_is_said(text in markdown()) {
            let text = text.replace('\r', "");
            prop_assert_eq!(texts(&text), texts(&text.replace('\n', "\r\n")));
        }

        #[test]
        fn curly_and_straight_quotes_say_the_same(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "“", "”", "‘", "’", "«", "»", "…", "—", "–", " ", "\u{A0}", ". ", ", ", ": ", "We can’t say.", "the residents’ homes",
                    "soon", "He said", "12", "It’s back", "\n", "? ", "- ", "**", "e.g. ",
                ]),
                0..30,
            )
        ) {
            let curly = pieces.concat();
            let straight = ["“”«»", "‘’", "\u{A0}", "–", "—", "…"].iter().zip(["\"", "'", " ", "-", "--", "..."]).fold(
                curly.clone(),
                |text, (from, to)| text.replace(|c| from.contains(c), to),
            );
            // A line that markdown reads otherwise, such as one that begins with `- `, is no matter of quotes.
            let paragraph = |text: &str| format!("x{}", text.replace('\n', "\nx"));
            prop_assert_eq!(texts(&paragraph(&curly)), texts(&paragraph(&straight)));
        }

        #[test]
        fn html_holds_only_our_own_tags(text in markdown()) {
            check_html(&to_html(&text, Span::new(0, text.len()), &Rendering::default()));
        }

        #[test]
        fn plain_text_holds_no_control_characters(text in markdown()) {
            let plain = to_plain(&text, Span::new(0, text.len()), &Rendering::default());
            prop_assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        }
    }

    #[test]
    fn speech_is_masked_however_it_is_quoted() {
        let curly =
            "She said: “We can’t say.” The residents’ homes, ‘the street’s lamps,’ he wrote — it’s “off”.";
        let expected = ["She said: *", "The residents' homes, * he wrote -- it's *."];
        assert_eq!(texts(curly).join("|").replace(Sentence::MASK, "*"), expected.join("|"));
    }

    #[test]
    fn the_check_on_words_can_fail() {
        assert!(spells("so\u{FEFF}o**n**", "soon") && !spells("noon", "soon") && !spells("soo", "soon"));
    }

    #[test]
    fn the_check_on_html_can_fail() {
        for html in
            ["<script>", "<p onclick=\"x\"></p>", "<a href=\"javascript:x\"></a>", "<p><em></p></em>", "<p>"]
        {
            assert!(std::panic::catch_unwind(|| check_html(html)).is_err(), "{html}");
        }
    }
}
