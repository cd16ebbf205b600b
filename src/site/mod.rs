//! Content and timelines to the list of files that make the public site. Pure: bytes out, nothing written.
//!
//! ```text
//! View ─► Site (everything in order) ─► plan: paths and fingerprints, collisions found ─► render, page by page ─► sink
//! ```
//!
//! One kind of output is one file in this folder and one line in [`OUTPUTS`]: it adds its pages to the plan, each with
//! a path, a fingerprint of all that it says, and the function that writes its bytes. Rendering runs on all cores and
//! hands out each file as it is done, so that memory does not grow with the site.
//! A page changes only when what it says changes: no build time, no relative dates.

mod api;
mod area;
mod badge;
mod build_info;
mod calendar;
mod cap;
mod card;
mod days;
mod editions;
mod facts;
mod feed;
mod fingerprint;
mod follow;
mod frame;
mod free;
mod front;
mod headers;
mod history;
mod host;
mod incident;
mod index;
mod list;
mod meta;
mod missing;
mod notice;
mod order;
mod places;
mod plain;
mod plan;
mod promise;
mod promised;
mod quality;
mod record;
mod served;
mod service;
mod share;
mod shown;
mod sign_up;
mod sitemap;
mod statement;
mod statuspage;
mod tongue;
#[cfg(test)]
mod town;
mod voice;

pub use build_info::{BUILD_INFO, BuildInfo};
pub use headers::{FOR_HOSTS, HEADERS, expected};
pub use plan::{Cache, Plan, RenderError, Rendered, plan};
pub use record::{Lines, RECORD};
pub use served::Served;

use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Settings;
use crate::content::{Page, Registers};
use crate::lint::SetAside;
use crate::text::Slug;
use crate::timeline::{Record, Timeline};
use index::Site;
use plan::Pages;

/// What the site shows at one moment.
#[derive(Debug)]
pub struct View<'a> {
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    pub pages: &'a [Page],
    /// Every incident and maintenance that is published (in a preview: that exists), in any order.
    pub timelines: &'a [Arc<Timeline>],
    /// Slugs of files that cannot be read, with their path: such a page says that a statement is being corrected.
    pub unreadable: &'a [(Slug, Arc<str>)],
    /// What authors silenced, and what they published all the same; also of incidents that are not shown.
    pub set_aside: &'a [SetAside],
    pub record: &'a Record,
    /// The commit that is published; empty where files are published as they are saved.
    pub commit: &'a str,
    pub now: Timestamp,
    /// A preview shows drafts and withheld updates, and says so on each page.
    pub preview: bool,
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output<'a> {
    /// Relative, `/` between parts, such as `incidents/burst-main/index.html`.
    pub path: String,
    pub body: Body<'a>,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    Bytes(Vec<u8>),
    /// Written once: where an earlier build wrote the file, it stays as it is.
    Once(Vec<u8>),
    /// Too long to be held in memory twice, and it only grows.
    Lines(Lines<'a>),
}

/// Every kind of output that one incident alone, with those that it names, decides: at which place among those shown.
const OUTPUTS_OF_AN_INCIDENT: &[fn(&Site<'_>, usize, &mut Pages)] = &[incident::plan, api::plan_incident];

/// Every other kind of output.
const OUTPUTS: &[fn(&Site<'_>, &mut Pages)] = &[
    front::plan,
    editions::plan,
    follow::plan,
    places::plan,
    service::plan,
    area::plan,
    history::plan,
    promised::plan,
    quality::plan,
    free::plan,
    missing::plan,
    feed::plan,
    statuspage::plan,
    api::plan,
    meta::plan,
    cap::plan,
    calendar::plan,
    badge::plan,
    sitemap::plan,
    record::plan,
    host::plan,
    headers::plan,
    build_info::plan,
];
