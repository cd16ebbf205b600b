//! `candor check`

use super::args::{CheckArgs, FixWhat, Format};
use super::{Cli, Exit, Screen, open};
use crate::daemon::{self, Checked, Fixing, Kept, Place, Problem, Scope};
use crate::diag::{self, Finding, Level, Sheet};
use crate::lint;

pub(super) fn run(cli: &Cli, args: &CheckArgs, screen: &Screen) -> anyhow::Result<Exit> {
    if let Some(rule) = &args.explain {
        return explain(rule, screen);
    }
    let place = open(cli)?;
    let now = args.time.now(&place)?;
    let scope = Scope {
        paths: &args.paths,
        changed: args.changed.as_deref(),
        published: args.published.as_deref(),
        history: args.history,
        baseline: args.baseline.as_deref(),
    };
    if let Some(what) = args.fix {
        let what = match what {
            FixWhat::All => Fixing::All,
            FixWhat::Now => Fixing::Now,
        };
        for fixed in daemon::fix(&place, what, &args.paths, scope.published, now)? {
            for title in fixed.titles {
                screen.tell(&format!("fixed {}: {title}", fixed.path));
            }
        }
    }
    if let Some(path) = scope.baseline.filter(|_| args.write_baseline) {
        let words = match daemon::write_baseline(&place, &scope, path, now)? {
            Kept::Made(count) => format!("wrote {}: {count} findings", path.display()),
            Kept::Shrunk(count) => {
                format!("took out what was mended: {count} findings left in {}", path.display())
            }
        };
        screen.tell(&words);
    }
    let checked = {
        let _busy = screen.busy("checking");
        daemon::check(&place, &scope, now)?
    };
    screen.print(&rendered(&checked, args.format, &place, screen))?;
    if !args.format.is_for_programs() {
        screen.tell(&diag::summary(&checked.findings));
        for words in left_out(&checked) {
            screen.tell(&words);
        }
    }
    Ok(exit(&checked.findings))
}

/// The findings in a format.
pub(super) fn rendered(checked: &Checked, format: Format, place: &Place, screen: &Screen) -> String {
    let lookup = |path: &str| checked.texts.get(path).map(|text| &**text);
    match format {
        Format::Human => diag::human(&checked.findings, &lookup, screen.colour()),
        Format::Plain => diag::plain(&checked.findings, &lookup),
        Format::Jsonl => diag::jsonl(&checked.findings, &lookup),
        Format::Sarif => for_programs(checked, place, diag::sarif),
        Format::Github => for_programs(checked, place, diag::github),
        Format::Gitlab => for_programs(checked, place, diag::gitlab),
    }
}

fn for_programs(checked: &Checked, place: &Place, layout: fn(&Sheet<'_>) -> String) -> String {
    let (fingerprints, prefix) = (checked.fingerprints(), place.prefix());
    let pages = |rule: &str| lint::rule_page(rule, &place.settings);
    let lookup = |path: &str| checked.texts.get(path).map(|text| &**text);
    layout(&Sheet {
        findings: &checked.findings,
        fingerprints: &fingerprints,
        lookup: &lookup,
        pages: &pages,
        prefix: &prefix,
    })
}

/// What was found and is not shown, and how to see it.
fn left_out(checked: &Checked) -> Vec<String> {
    let mut words = Vec::new();
    if checked.past > 0 {
        words.push(format!("Not shown: {} about the past. See them with --history.", checked.past));
    }
    if checked.old > 0 {
        words.push(format!("Not shown: {} that the baseline holds.", checked.old));
    }
    if checked.mended > 0 {
        words.push(format!(
            "Mended since the baseline was written: {}. Take them out of it with --write-baseline.",
            checked.mended
        ));
    }
    words
}

/// Only error level decides.
pub(super) fn exit(findings: &[Finding]) -> Exit {
    if findings.iter().any(|finding| finding.level == Level::Error) { Exit::Findings } else { Exit::Fine }
}

fn explain(rule: &str, screen: &Screen) -> anyhow::Result<Exit> {
    let Some(page) = lint::explain(rule) else {
        let near = crate::text::nearest(rule, lint::explained());
        let hint = near.map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
        return Err(Problem::configuration(format!("there is no rule `{rule}`.{hint}")).into());
    };
    screen.print(&page)?;
    Ok(Exit::Fine)
}
