//! Whether the host's record is whole, and holds everything that we know was said.

use super::Fault;
use crate::site::{BuildInfo, RECORD};
use crate::timeline::{Record, lost};

/// How many statements or lines are named.
const NAMED: usize = 3;

/// How many lines the host's record has, and what is wrong with it. `known` is what was said as far as we know.
pub(super) fn faults(
    served: Option<&str>,
    known: Option<&Record>,
    info: Option<&BuildInfo>,
) -> (usize, Vec<Fault>) {
    // That the file is not there at all is told as such.
    let Some(served) = served else { return (0, Vec::new()) };
    let (record, problems) = Record::parse(served);
    let mut faults = Vec::new();
    let mut fault = |words: String| faults.push(Fault::Record(words));
    for problem in problems.iter().take(NAMED) {
        fault(format!("line {} of {RECORD} breaks the chain: {}", problem.line, problem.why));
    }
    if problems.len() > NAMED {
        fault(format!("{} more lines break the chain", problems.len() - NAMED));
    }
    if let Some(known) = known {
        let lost = lost(known, &record);
        for id in lost.iter().take(NAMED) {
            fault(format!("{id} was published, and the host's record lacks it or tells it otherwise"));
        }
        if lost.len() > NAMED {
            fault(format!("{} more statements are lacking or told otherwise", lost.len() - NAMED));
        }
        let more = record.lines().len().saturating_sub(known.lines().len());
        if lost.is_empty() && more > 0 {
            fault(format!(
                "the host's record has {more} lines that are not known here: somebody else publishes this site too, or here is an old copy"
            ));
        }
    }
    if let Some(info) = info
        .filter(|info| info.record.lines != record.lines().len() || info.record.head != record.last_hash())
    {
        fault(format!(
            "build-info.json speaks of {} lines that end in {}, and the record has {} that end in {}",
            info.record.lines,
            short(&info.record.head),
            record.lines().len(),
            short(record.last_hash())
        ));
    }
    (record.lines().len(), faults)
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
