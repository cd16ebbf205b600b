//! Visiting a web site as a reader's browser does: one path after the other, with what the host says beside it.

use std::time::Duration;

use super::fetch::{AT_MOST, FetchError, REACH};

/// How long a host may take for one file.
const SEND: Duration = Duration::from_secs(60);

/// A visitor of one site. Keeps its connections open, and may be used by several threads.
#[derive(Clone, Debug)]
pub struct Visitor {
    agent: ureq::Agent,
    /// Without a slash at its end.
    root: String,
}

/// What a host answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Unpacked.
    pub body: Vec<u8>,
}

impl Visitor {
    /// A visitor of the site at an absolute address.
    pub fn of(root: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(REACH))
            .timeout_global(Some(SEND))
            .http_status_as_error(false)
            .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self { agent, root: root.trim_end_matches('/').to_owned() }
    }

    /// The answer to a path below the root, which has no slash at its beginning. Redirects are followed.
    pub fn get(&self, path: &str) -> Result<Answer, FetchError> {
        let url = format!("{}/{}", self.root, encoded(path));
        let read = || {
            let mut response = self.agent.get(&url).call()?;
            let headers = response.headers().iter().map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            });
            let (status, headers) = (response.status().as_u16(), headers.collect());
            let body = response.body_mut().with_config().limit(AT_MOST).read_to_vec()?;
            Ok(Answer { status, headers, body })
        };
        read().map_err(|why| FetchError { url: url.clone(), why })
    }
}

impl Answer {
    /// The value of a header by its name in lower case, several joined as HTTP joins them.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// A path with every byte escaped that an address may not hold (RFC 3986).
fn encoded(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_into_an_address() {
        assert_eq!(encoded("incidents/burst-main/"), "incidents/burst-main/");
        assert_eq!(encoded("our logo.svg"), "our%20logo.svg");
    }
}
