//! A posted form as names and values.

/// The fields of a form, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

/// More than any form of ours has.
const MOST: usize = 400;

impl Fields {
    /// Reads `application/x-www-form-urlencoded`. What is no UTF-8 becomes a replacement character; other kinds of bodies
    /// have no field that we know.
    pub(super) fn read(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).take(MOST).map(|(k, v)| (k.into_owned(), v.into_owned())).collect())
    }

    /// The first value of a field without blanks around it; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// The value on one line, without controls, at most so many characters.
    pub(super) fn line(&self, name: &str, longest: usize) -> String {
        let plain = self.get(name).chars().map(|c| if c.is_control() { ' ' } else { c });
        let words: String = plain.take(longest).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_send_and_survives_what_others_send() {
        let fields = Fields::read(b"email=ann%40example.org&area=a&area=+b+&words=a%0D%0Ab%00c&x=%ff%f");
        assert_eq!(fields.get("email"), "ann@example.org");
        assert_eq!(fields.all("area").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.line("words", 100), "a b c");
        assert_eq!(fields.line("words", 1), "a");
        assert_eq!(Fields::read(b"\x00\xff&&==&").get("email"), "");
        let many = "a=1&".repeat(100_000);
        assert_eq!(Fields::read(many.as_bytes()).0.len(), MOST);
    }
}
