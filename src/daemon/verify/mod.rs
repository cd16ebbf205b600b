//! `candor verify`: what a host serves against what was built.
//!
//! Bytes are compared by the manifest, headers by the `_headers` file, age by `build-info.json`, and what was said by
//! the record. What differs is asked for once more at the end, since a site may be replaced while it is looked at.

mod age;
mod headers;
mod said;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::Problem;
use crate::disk::{Built, MANIFEST};
use crate::http::Visitor;
use crate::site::{BUILD_INFO, BuildInfo, FOR_HOSTS, HEADERS, RECORD};
use crate::timeline::Record;
use headers::Unlike;

/// How many files are asked for at a time.
const AT_ONCE: usize = 8;

/// What is looked at, and how strictly.
#[derive(Debug)]
pub struct Verify<'a> {
    /// Absolute address of the site's root.
    pub url: &'a str,
    /// The built site; `None`: the host's own manifest, which tells what was lost or changed on the way, and not whether
    /// the host was given the right site.
    pub built: Option<&'a Path>,
    /// What was said, as far as we know; `None`: nobody knows, and only the chain is looked at.
    pub record: Option<Record>,
    pub headers: bool,
    pub max_age: Option<SignedDuration>,
    pub now: Timestamp,
}

/// What was seen.
#[derive(Debug)]
pub struct Verified {
    /// How many files were compared.
    pub files: usize,
    /// What the host's copy says about itself; `None` where it says nothing.
    pub info: Option<BuildInfo>,
    /// How many lines of the record were followed.
    pub lines: usize,
    pub faults: Vec<Fault>,
}

/// One thing that is not as it was built. Ordered by kind, then path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The site as a whole is old: a sentence.
    Stale(String),
    /// What was said is not what is shown: a sentence.
    Record(String),
    /// The host has no such file, or would not give it: an HTTP status or what went wrong.
    Missing { path: String, why: String },
    /// The host serves other bytes.
    Changed { path: String },
    /// A header is not as it should be.
    Header { name: String, wanted: String, got: Option<String>, paths: Vec<String> },
}

/// One file that was looked at.
#[derive(Debug, Default)]
struct Look {
    faults: Vec<Fault>,
    unlike: Vec<Unlike>,
    /// Of the files that are read and not only compared.
    body: Option<Vec<u8>>,
}

impl Verify<'_> {
    /// Looks at everything; `progress` is told how many of how many files were seen.
    pub fn run(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Verified, Problem> {
        let visitor = Visitor::of(self.url);
        let front = visitor.get("").map_err(Problem::outside)?;
        let built = self.built(&visitor)?;
        let rules = self.rules(&visitor)?;
        let paths: Vec<&str> = built.paths().filter(|path| !FOR_HOSTS.contains(path)).collect();
        let mut looks = self.look_at(&visitor, &built, &rules, &paths, progress);

        // Once more for what differs: by now a site that was being replaced is there.
        let again: BTreeSet<usize> = (0..paths.len()).filter(|&at| !looks[at].faults.is_empty()).collect();
        if !again.is_empty() {
            let built = self.built(&visitor)?;
            let some: Vec<&str> = again.iter().map(|&at| paths[at]).collect();
            let seen = self.look_at(&visitor, &built, &rules, &some, &|_, _| ());
            for (at, look) in again.into_iter().zip(seen) {
                // What belongs to the site no more need not be there.
                looks[at] = if built.has(paths[at]) { look } else { Look::default() };
            }
        }

        let body = |path: &str| {
            let at = paths.iter().position(|known| *known == path)?;
            looks[at].body.as_deref()
        };
        let info = body(BUILD_INFO).and_then(|bytes| serde_json::from_slice::<BuildInfo>(bytes).ok());
        let own = self.own_info();
        let mut faults = age::faults(self, &front, info.as_ref(), own.as_ref());
        let record = body(RECORD).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let (lines, said) = said::faults(record.as_deref(), self.record.as_ref(), info.as_ref());
        faults.extend(said);
        let unlike = looks.iter_mut().flat_map(|look| std::mem::take(&mut look.unlike));
        faults.extend(headers::gathered(unlike));
        faults.extend(looks.into_iter().flat_map(|look| look.faults));
        faults.sort();
        Ok(Verified { files: paths.len(), info, lines, faults })
    }

    /// The files and hashes to compare with.
    fn built(&self, visitor: &Visitor) -> Result<Built, Problem> {
        if let Some(folder) = self.built {
            return Built::read(folder).map_err(Problem::outside)?.ok_or_else(|| {
                Problem::configuration(format!(
                    "nothing was built in {}. Run `candor build`, name the folder with --built, or compare the host with its own manifest: --self",
                    folder.display()
                ))
            });
        }
        let answer = visitor.get(MANIFEST).map_err(Problem::outside)?;
        if answer.status != 200 {
            return Err(Problem::outside(format!(
                "{}/{MANIFEST} answers {}, so the host cannot be compared with itself. Let it serve that file, or compare with a built site: --built DIR",
                self.url, answer.status
            )));
        }
        Built::parse(&String::from_utf8_lossy(&answer.body))
            .map_err(|why| Problem::outside(format!("{}/{MANIFEST} cannot be read: {why}", self.url)))
    }

    /// The text of the `_headers` file; empty where headers are not compared.
    fn rules(&self, visitor: &Visitor) -> Result<String, Problem> {
        if !self.headers {
            return Ok(String::new());
        }
        let Some(folder) = self.built else {
            let answer = visitor.get(HEADERS).map_err(Problem::outside)?;
            // Some hosts read the file and keep it to themselves.
            let found = answer.status == 200;
            return Ok(if found {
                String::from_utf8_lossy(&answer.body).into_owned()
            } else {
                String::new()
            });
        };
        let path = folder.join(HEADERS);
        std::fs::read_to_string(&path).map_err(|error| {
            Problem::outside(format!("cannot read {}: {error}. Build again", path.display()))
        })
    }

    fn own_info(&self) -> Option<BuildInfo> {
        let text = std::fs::read(self.built?.join(BUILD_INFO)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Looks at paths, several at a time; the looks are in the order of the paths.
    fn look_at(
        &self,
        visitor: &Visitor,
        built: &Built,
        rules: &str,
        paths: &[&str],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Vec<Look> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let looks: Vec<Mutex<Look>> = paths.iter().map(|_| Mutex::default()).collect();
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(paths.len()) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(path), Some(place)) = (paths.get(at), looks.get(at)) else { break };
                        *place.lock().unwrap_or_else(PoisonError::into_inner) =
                            look(visitor, built, rules, path);
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1, paths.len());
                    }
                });
            }
        });
        looks.into_iter().map(|look| look.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
    }
}

fn look(visitor: &Visitor, built: &Built, rules: &str, path: &str) -> Look {
    let missing =
        |why: String| Look { faults: vec![Fault::Missing { path: path.to_owned(), why }], ..Look::default() };
    let asked = asked(path);
    let answer = match visitor.get(asked) {
        Ok(answer) => answer,
        Err(error) => return missing(error.to_string()),
    };
    // A page for what is not there may well be answered with 404.
    if answer.status != 200 && !(path == "404.html" && answer.status == 404) {
        return missing(format!("the host answers {}", answer.status));
    }
    let mut look = Look::default();
    if !built.holds(path, &answer.body) {
        look.faults.push(Fault::Changed { path: path.to_owned() });
    }
    look.unlike = headers::unlike(rules, path, asked, &answer);
    if path == BUILD_INFO || path == RECORD {
        look.body = Some(answer.body);
    }
    look
}

/// What a reader asks for: a page by its folder.
fn asked(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}
