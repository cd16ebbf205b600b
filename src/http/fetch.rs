//! Reading a public file from a web server, such as the record of the site that is online.

use std::time::Duration;

/// How long a server may take to be reached, and to have sent everything.
pub(super) const REACH: Duration = Duration::from_secs(10);
const SEND: Duration = Duration::from_secs(300);
/// No public file of a site is larger, in bytes: a record of ten thousand incidents has some fifty million.
pub(super) const AT_MOST: u64 = 1 << 30;

/// Why a file could not be had.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {url}: {why}. Look whether it opens in a browser")]
pub struct FetchError {
    pub(super) url: String,
    pub(super) why: ureq::Error,
}

/// The text at an `http:` or `https:` address. Redirects are followed.
pub fn fetch(url: &str) -> Result<String, FetchError> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(REACH))
        .timeout_global(Some(SEND))
        .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let read = || agent.get(url).call()?.body_mut().with_config().limit(AT_MOST).read_to_string();
    read().map_err(|why| FetchError { url: url.to_owned(), why })
}
