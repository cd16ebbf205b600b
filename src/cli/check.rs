//! `candor check`

use super::args::{CheckArgs, Format};
use super::{Cli, Exit, Screen, open};
use crate::daemon::{self, Checked, Problem, Scope};
use crate::diag::{self, Finding, Level};
use crate::lint;

pub(super) fn run(cli: &Cli, args: &CheckArgs, screen: &Screen) -> anyhow::Result<Exit> {
    if let Some(rule) = &args.explain {
        return explain(rule, screen);
    }
    let place = open(cli)?;
    let now = args.time.now(&place)?;
    if args.fix {
        for path in daemon::write_out_now(&place, &args.paths, now)? {
            screen.tell(&format!("wrote out `now` in {path}"));
        }
    }
    let scope =
        Scope { paths: &args.paths, changed: args.changed.as_deref(), published: args.published.as_deref() };
    let checked = {
        let _busy = screen.busy("checking");
        daemon::check(&place, &scope, now)?
    };
    screen.print(&rendered(&checked, args.format, screen))?;
    if args.format != Format::Jsonl {
        screen.tell(&diag::summary(&checked.findings));
    }
    Ok(exit(&checked.findings))
}

/// The findings in a format.
pub(super) fn rendered(checked: &Checked, format: Format, screen: &Screen) -> String {
    let lookup = |path: &str| checked.texts.get(path).map(|text| &**text);
    match format {
        Format::Human => diag::human(&checked.findings, &lookup, screen.colour()),
        Format::Plain => diag::plain(&checked.findings, &lookup),
        Format::Jsonl => diag::jsonl(&checked.findings, &lookup),
    }
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
