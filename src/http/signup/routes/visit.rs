//! One request: who is asking, in which language, and what is on show.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::super::answer;
use super::super::client::client;
use super::super::fields::Fields;
use super::super::limits::Later;
use super::super::pages::{Link, Pages};
use super::super::{OnShow, SignUpService};
use crate::http::Peer;
use crate::outbox::{Ledger, LedgerError, Purpose, Subscriber, SubscriberId, Token};

pub(super) struct Visit {
    pub(super) service: Arc<SignUpService>,
    pub(super) shown: Arc<OnShow>,
    /// What the address asks for behind `?`.
    pub(super) query: Fields,
    /// Asked for in the address.
    chosen: Option<String>,
    /// What the browser likes best among the site's languages, else the site's own.
    liked: String,
    network: Option<IpAddr>,
}

impl FromRequestParts<Arc<SignUpService>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<SignUpService>) -> Result<Self, Response> {
        let Some(shown) = service.counter.shown() else {
            let mut wait = answer::plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "This is being started. Please try again in a minute.\n",
            );
            wait.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
            return Err(wait);
        };
        let query = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        let chosen = shown.served.language(query.get("lang")).map(str::to_owned);
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let liked = liked(&shown, accepted.unwrap_or_default());
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        let proxies = &service.counter.http.proxies;
        let network = peer.and_then(|peer| client(peer, &parts.headers, proxies));
        Ok(Self { service: service.clone(), shown, query, chosen, liked, network })
    }
}

/// The first language of `Accept-Language` that the site has. Browsers write them in order, best first.
fn liked(shown: &OnShow, accepted: &str) -> String {
    let mut tags = accepted.split(',').take(20).map(|tag| tag.split(';').next().unwrap_or_default().trim());
    let found = tags.find_map(|tag| shown.served.language(tag));
    found.unwrap_or(shown.settings.default_language()).to_owned()
}

impl Visit {
    /// The language of a page for anybody.
    pub(super) fn lang(&self) -> &str {
        self.chosen.as_deref().unwrap_or(&self.liked)
    }

    /// The language of a page for a reader.
    pub(super) fn lang_of(&self, reader: &Subscriber) -> &str {
        let own = self.shown.served.language(&reader.language);
        self.chosen.as_deref().or(own).unwrap_or(self.shown.settings.default_language())
    }

    pub(super) fn pages<'a>(&'a self, lang: &'a str, switch: Option<&'a str>) -> Pages<'a> {
        Pages { shown: &self.shown, lang, switch }
    }

    pub(super) fn answer(&self, status: StatusCode, html: Vec<u8>) -> Response {
        answer::page(&self.shown, status, html)
    }

    pub(super) fn ok(&self, html: Vec<u8>) -> Response {
        self.answer(StatusCode::OK, html)
    }

    /// Counts what changes something or writes a mail. The error is the answer.
    pub(super) fn count(&self) -> Result<(), Box<Response>> {
        self.service.limits.count(self.network).map_err(|Later(wait)| {
            self.service.metrics.happened("limited");
            let pages = self.pages(self.lang(), None);
            let minutes = (wait.as_secs() / 60 + 1).to_string();
            let lead = pages.strings().say("signup.busy", &[("minutes", &minutes)]);
            let say = super::super::pages::Say {
                title: pages.word("signup.busy_title"),
                lead: vec![lead],
                ..Default::default()
            };
            let mut response = self.answer(StatusCode::TOO_MANY_REQUESTS, pages.say(&say));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
            Box::new(response)
        })
    }

    /// Whose token it is, where it is good for this and was not made void. The error is the answer.
    pub(super) async fn reader(&self, token: &str, purpose: Purpose) -> Result<Subscriber, Box<Response>> {
        let Some(Token { subscriber, epoch, .. }) = self.service.counter.keys.open(token, purpose) else {
            self.service.metrics.happened("void");
            return Err(Box::new(self.void()));
        };
        let found = self.ledger(move |ledger| ledger.subscriber(subscriber)).await?;
        found.filter(|reader| reader.token_epoch == epoch).ok_or_else(|| Box::new(self.void()))
    }

    /// Does something with the ledger. The error is the answer.
    pub(super) async fn ledger<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Box<Response>> {
        self.service.clerk.with(work).await.ok_or_else(|| Box::new(self.trouble()))
    }

    /// Leads a reader to what they get.
    pub(super) fn preferences(&self, reader: &Subscriber, says: String) -> Link {
        Link { href: self.link('p', Purpose::Preferences, reader), says }
    }

    /// An address within the service, for a reader.
    pub(super) fn link(&self, path: char, purpose: Purpose, reader: &Subscriber) -> String {
        let token = Token { purpose, subscriber: reader.id, epoch: reader.token_epoch };
        let with = self.service.counter.with(&self.shown);
        let url = crate::outbox::public_url(&with);
        // By path, so that it works under whatever name the reader came.
        let after = url.find("://").map_or(0, |at| at + 3);
        let path_of =
            url.get(after..).and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or_default();
        format!("{path_of}/{path}/{}", self.service.counter.keys.seal(token))
    }

    /// The form of a sign-up.
    pub(super) fn form_link(&self, lang: &str) -> Link {
        let with = self.service.counter.with(&self.shown);
        let href = format!("{}/subscribe?lang={lang}", crate::outbox::public_url(&with));
        Link { href, says: self.pages(lang, None).word("signup.again") }
    }

    pub(super) fn void(&self) -> Response {
        let lang = self.lang();
        let page = self.pages(lang, Some("")).tell(
            "signup.void_title",
            &["signup.void"],
            vec![self.form_link(lang)],
        );
        self.answer(StatusCode::NOT_FOUND, page)
    }

    pub(super) fn missing(&self) -> Response {
        let page =
            self.pages(self.lang(), Some("")).tell("signup.missing_title", &["signup.missing"], Vec::new());
        self.answer(StatusCode::NOT_FOUND, page)
    }

    pub(super) fn trouble(&self) -> Response {
        self.service.metrics.happened("trouble");
        let page =
            self.pages(self.lang(), None).tell("signup.trouble_title", &["signup.trouble"], Vec::new());
        let mut response = self.answer(StatusCode::SERVICE_UNAVAILABLE, page);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        response
    }

    pub(super) fn happened(&self, what: &'static str) {
        self.service.metrics.happened(what);
    }

    pub(super) fn now(&self) -> jiff::Timestamp {
        (self.service.counter.now)()
    }
}

/// The id of a reader, to be moved into work for the clerk.
pub(super) fn id(reader: &Subscriber) -> SubscriberId {
    reader.id
}
