//! How old the copy on a host is.

use jiff::{SignedDuration, Timestamp};

use super::{Fault, Verify};
use crate::http::Answer;
use crate::site::{BUILD_INFO, BuildInfo};

/// How long after a due time the site may still show the time before it.
const GRACE: SignedDuration = SignedDuration::from_mins(5);
/// How old a copy of the front page a cache may hand out, in seconds: what `Cache-Control` allows while the origin is up.
const OLDEST_COPY: u64 = 90;

/// What is old. `own` is what was built here.
pub(super) fn faults(
    verify: &Verify<'_>,
    front: &Answer,
    served: Option<&BuildInfo>,
    own: Option<&BuildInfo>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut stale = |words: String| faults.push(Fault::Stale(words));
    if let Some(age) = age_of(front).filter(|age| *age > OLDEST_COPY) {
        stale(format!(
            "a cache on the way hands out a front page that is {} old; it should ask again after 30 seconds",
            length(age)
        ));
    }
    let Some(served) = served else {
        stale(format!(
            "the host has no {BUILD_INFO} that can be read, so nobody can tell how old its copy is"
        ));
        return faults;
    };
    if let Some(own) = own.filter(|own| own.built > served.built) {
        stale(format!(
            "the host has the site of {}, and here is that of {}",
            hour(served.built),
            hour(own.built)
        ));
    }
    if let Some(due) = served.good_until.filter(|due| verify.now > *due + GRACE) {
        stale(format!(
            "something was due at {due}, and the host's copy is from before that. Look whether `candor run` is running, and whether what it builds reaches the host"
        ));
    }
    if let Some(most) = verify.max_age {
        let age = verify.now.duration_since(served.built);
        if age > most {
            stale(format!(
                "the site was built in the hour of {}, {} ago, and --max-age allows {}",
                hour(served.built),
                length(age.as_secs().unsigned_abs()),
                length(most.as_secs().unsigned_abs())
            ));
        }
    }
    faults
}

fn hour(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d %H:00 UTC").to_string()
}

fn length(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds / 60),
        _ => format!("{} hours", seconds / 3600),
    }
}

/// How long a cache on the way has kept an answer, in seconds (RFC 9111, 5.1).
fn age_of(answer: &Answer) -> Option<u64> {
    answer.header("age")?.trim().parse().ok()
}
