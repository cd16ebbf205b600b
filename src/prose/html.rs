//! Markdown to HTML that is well-formed XML too, so that feeds may hold it.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, TextMergeStream};

use super::{Rendering, address, markdown, numbers};
use crate::text::Span;

/// The markdown in `span` of `text` as HTML. Comments, raw HTML and links with an unsafe scheme are left out (their
/// text stays). Headings keep their order but skip no level; bare addresses become links; nothing has an `id`.
pub fn to_html(text: &str, span: Span, rendering: &Rendering<'_>) -> String {
    let events: Vec<Event<'_>> = TextMergeStream::new(markdown::events(text, span)).collect();
    let mut writer = Writer {
        out: String::with_capacity(span.of(text).len() * 5 / 4),
        rendering,
        levels: levels(&events),
        links: Vec::new(),
        pictures: Vec::new(),
        notes: HashMap::new(),
        columns: Vec::new(),
        column: 0,
        head: false,
        raw: false,
        code: false,
    };
    for event in events {
        writer.take(event);
    }
    writer.out
}

/// Heading levels in use, highest first.
fn levels(events: &[Event<'_>]) -> Vec<HeadingLevel> {
    let mut levels: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level),
            _ => None,
        })
        .collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// `text` as character data or attribute value.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

/// Appends `text` as character data or attribute value. Control characters have no place in HTML or XML.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' | b'\n' => continue,
            0..=0x1F | 0x7F => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// A picture whose text is being read.
struct Picture {
    target: String,
    alt: String,
}

struct Writer<'a, 'r> {
    out: String,
    rendering: &'r Rendering<'r>,
    levels: Vec<HeadingLevel>,
    /// For each open link, whether it is rendered.
    links: Vec<bool>,
    pictures: Vec<Picture>,
    notes: HashMap<CowStr<'a>, usize>,
    columns: Vec<Alignment>,
    column: usize,
    head: bool,
    /// Inside a block of raw HTML.
    raw: bool,
    code: bool,
}

impl<'a> Writer<'a, '_> {
    fn take(&mut self, event: Event<'a>) {
        if let Some(picture) = self.pictures.last_mut() {
            match event {
                Event::Text(words) | Event::Code(words) => picture.alt.push_str(&words),
                Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
                Event::End(TagEnd::Image) => self.picture(),
                Event::Start(Tag::Image { .. }) => {
                    self.pictures.push(Picture { target: String::new(), alt: String::new() });
                }
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.raw => {}
            Event::Text(words) if self.code || !self.links.is_empty() => escape(&words, &mut self.out),
            Event::Text(words) => self.words(&words),
            Event::Code(words) => {
                self.out.push_str("<code>");
                escape(&words, &mut self.out);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br />\n"),
            Event::Rule => self.out.push_str("<hr />\n"),
            Event::FootnoteReference(name) => {
                let number = self.note(name);
                self.out.push_str(&format!("<sup>[{number}]</sup>"));
            }
            Event::TaskListMarker(ticked) => {
                let word = if ticked { self.rendering.done } else { self.rendering.to_do };
                self.out.push_str("<span class=\"task\">");
                escape(word, &mut self.out);
                self.out.push_str(":</span> ");
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => self.out.push_str(&format!("<h{}>", self.level(level))),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(_) => {
                self.code = true;
                self.out.push_str("<pre><code>");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                let number = self.note(name);
                self.out.push_str(&format!("<div class=\"footnote\">[{number}] "));
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.out.push_str("<table tabindex=\"0\">\n");
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => {
                self.pictures.push(Picture { target: dest_url.into_string(), alt: String::new() });
            }
            Tag::HtmlBlock => self.raw = true,
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => return self.out.push_str(&format!("</h{}>\n", self.level(level))),
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => {
                self.code = false;
                "</code></pre>\n"
            }
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => "</div>\n",
            TagEnd::Table => "</tbody>\n</table>\n",
            TagEnd::TableHead => {
                self.head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => match self.links.pop() {
                Some(true) => "</a>",
                _ => "",
            },
            TagEnd::HtmlBlock => {
                self.raw = false;
                ""
            }
            _ => "",
        };
        self.out.push_str(close);
    }

    fn level(&self, level: HeadingLevel) -> usize {
        let rank = self.levels.iter().position(|&known| known == level).unwrap_or_default();
        (usize::from(self.rendering.heading) + rank).clamp(1, 6)
    }

    fn cell(&mut self) {
        self.out.push_str(if self.head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.columns.get(self.column) {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"center\">",
            _ => ">",
        });
        self.column += 1;
    }

    fn link(&mut self, kind: LinkType, target: &str) {
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        // A link within a link cannot be written in markdown, but a picture's text may hold one.
        let rendered = address::is_safe(&target) && !self.links.contains(&true);
        if rendered {
            self.open_link(&target);
        }
        self.links.push(rendered);
    }

    fn open_link(&mut self, target: &str) {
        self.out.push_str("<a href=\"");
        self.address(target);
        self.out.push_str("\">");
    }

    fn words(&mut self, words: &str) {
        let mut from = 0;
        for range in address::bare(words).into_iter().filter(|range| address::opens(&words[range.clone()])) {
            self.running(&words[from..range.start]);
            let target = &words[range.clone()];
            self.open_link(target);
            escape(target, &mut self.out);
            self.out.push_str("</a>");
            from = range.end;
        }
        self.running(&words[from..]);
    }

    fn running(&mut self, words: &str) {
        let mut from = 0;
        for range in numbers::to_keep_in_order(words) {
            escape(&words[from..range.start], &mut self.out);
            self.out.push_str("<bdi dir=\"ltr\">");
            escape(&words[range.clone()], &mut self.out);
            self.out.push_str("</bdi>");
            from = range.end;
        }
        escape(&words[from..], &mut self.out);
    }

    fn picture(&mut self) {
        let Some(picture) = self.pictures.pop() else { return };
        if let Some(outer) = self.pictures.last_mut() {
            outer.alt.push_str(&picture.alt);
        } else if address::is_safe_image(&picture.target) {
            self.out.push_str("<img src=\"");
            self.address(&picture.target);
            self.out.push_str("\" alt=\"");
            escape(&picture.alt, &mut self.out);
            self.out.push_str("\" />");
        } else {
            escape(&picture.alt, &mut self.out);
        }
    }

    /// An address as the value of an attribute: absolute where a base is known, blanks encoded.
    fn address(&mut self, target: &str) {
        let target = address::resolve(self.rendering.base, target.trim());
        escape(&target.replace(' ', "%20"), &mut self.out);
    }

    fn note(&mut self, name: CowStr<'a>) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(name).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        to_html(text, Span::new(0, text.len()), &Rendering::default())
    }

    #[test]
    fn raw_html_and_comments_are_never_rendered() {
        assert_eq!(html("a <b>b</b> <!-- c -->d"), "<p>a b d</p>\n");
        assert_eq!(
            html("<script>\nalert(1)\n</script>\n\n<!-- candor: x -->\n\nYes & no < <"),
            "<p>Yes &amp; no &lt; &lt;</p>\n"
        );
    }

    #[test]
    fn unsafe_links_and_pictures_leave_their_words() {
        assert_eq!(html("[go](javascript:alert(1)) ![map](data:x)"), "<p>go map</p>\n");
        assert_eq!(html("[go](<JAVA&#9;SCRIPT:x>)"), "<p>go</p>\n");
        assert_eq!(
            html("[a](../b/ \"t\") <a@b.example>"),
            "<p><a href=\"../b/\">a</a> <a href=\"mailto:a@b.example\">a@b.example</a></p>\n"
        );
        assert_eq!(
            html("![a \"map\"](<m p.png>)"),
            "<p><img src=\"m%20p.png\" alt=\"a &quot;map&quot;\" /></p>\n"
        );
    }

    #[test]
    fn headings_move_down_and_skip_no_level() {
        assert_eq!(html("# A\n### B\n#### C"), "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n");
    }

    #[test]
    fn tables_have_column_headings_and_tasks_have_words() {
        assert_eq!(
            html("|A|B|\n|-|-:|\n|1|2|"),
            "<table tabindex=\"0\">\n<thead>\n<tr><th scope=\"col\">A</th><th scope=\"col\" class=\"right\">B</th></tr>\n</thead>\n\
             <tbody>\n<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n"
        );
        assert_eq!(
            html("- [x] Fit alarms\n- [ ] Tell"),
            "<ul>\n<li><span class=\"task\">Done:</span> Fit alarms</li>\n\
             <li><span class=\"task\">To do:</span> Tell</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_telephone_number_keeps_its_order_among_arabic_letters() {
        assert_eq!(
            html("اتصل بالرقم 506 555 0122 الآن"),
            "<p>اتصل بالرقم <bdi dir=\"ltr\">506 555 0122</bdi> الآن</p>\n"
        );
    }

    #[test]
    fn bare_addresses_are_links_and_relative_ones_become_absolute() {
        assert_eq!(
            html("See https://a.example/b_c_d?e&f. `https://x`"),
            "<p>See <a href=\"https://a.example/b_c_d?e&amp;f\">https://a.example/b_c_d?e&amp;f</a>. \
             <code>https://x</code></p>\n"
        );
        let rendering = Rendering { base: "https://c.example/incidents/x/", ..Rendering::default() };
        assert_eq!(
            to_html("[a](../y/)", Span::new(0, 10), &rendering),
            "<p><a href=\"https://c.example/incidents/y/\">a</a></p>\n"
        );
    }
}
