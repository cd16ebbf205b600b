//! Text that is HTML already. Templates print it as it is; everything else they escape.

use serde::{Serialize, Serializer};
use tera::Value;

use crate::prose::escape;

/// A piece of HTML whose text parts are escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes what is HTML already, such as rendered markdown.
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// Escapes plain text.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + 8);
        escape(text, &mut html);
        Self(html)
    }

    /// Pieces with commas between them.
    pub fn list(pieces: impl IntoIterator<Item = Self>) -> Self {
        let pieces: Vec<String> = pieces.into_iter().map(|piece| piece.0).collect();
        Self(pieces.join(", "))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A value of the template engine passes through its serializer with the mark that it is safe.
        Value::safe_string(&self.0).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_print_it_as_it_is_and_escape_the_rest() {
        #[derive(Serialize)]
        struct Page {
            plain: String,
            html: Html,
        }
        let page = Page { plain: "<b>".to_owned(), html: Html::new("<b>a</b>") };
        let mut context = tera::Context::new();
        context.insert("page", &page);
        let mut tera = tera::Tera::default();
        tera.add_raw_template("x.html", "{{ page.plain }} {{ page.html }}").unwrap();
        assert_eq!(tera.render("x.html", &context).unwrap(), "&lt;b&gt; <b>a</b>");
        assert_eq!(Html::text("a < \"b\"").as_str(), "a &lt; &quot;b&quot;");
    }
}
