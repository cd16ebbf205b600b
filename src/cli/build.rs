//! `candor build`

use super::args::{BuildArgs, Format};
use super::{Exit, Screen, check};
use crate::daemon::{self, Checked, Place, Works};

pub(super) fn run(place: &Place, args: &BuildArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let now = args.time.now(place)?;
    if args.preview {
        let out = args.out.clone().unwrap_or_else(|| place.keep("preview"));
        let (judgement, report) = daemon::preview(place, &out, now)?;
        let checked = Checked::of(judgement, place);
        screen.print(&check::rendered(&checked, Format::Human, place, screen))?;
        screen.line(&format!(
            "{} Preview in {}: nothing was published.",
            report_line(&report),
            out.display()
        ))?;
        return Ok(check::exit(&checked.findings));
    }
    let out = args.out.clone().unwrap_or_else(|| place.out());
    let mut works = Works::for_build(place.clone(), &out, args.record.as_deref())?;
    let known = works.publisher.record().statements();
    let turn = {
        let _busy = screen.busy("checking and building");
        works.turn(now)?
    };
    let withheld: Vec<String> = turn.withheld().map(|(path, _)| path.to_owned()).collect();
    let checked = Checked::of(turn.judgement, place);
    screen.print(&check::rendered(&checked, Format::Human, place, screen))?;
    let archived = works.publisher.record().statements() - known - turn.said.len();
    if archived > 0 {
        screen.line(&format!(
            "recorded  {archived} statements made before this site was first built: nobody is told of them"
        ))?;
    }
    for said in &turn.said {
        screen.line(&format!("published {}", said.statement))?;
    }
    for path in withheld {
        screen.line(&format!("withheld  an update in {path}: the findings above say why"))?;
    }
    screen.line(&format!("{} Site in {}.", report_line(&turn.report), out.display()))?;
    let unpublished = works.sources.unpublished()?;
    if let Some(first) = unpublished.first() {
        screen.tell(&format!(
            "note: {} files here are not what is published and are not in this build ({first}{}). Commit them, or look at them with --preview.",
            unpublished.len(),
            if unpublished.len() > 1 { ", …" } else { "" }
        ));
    }
    Ok(check::exit(&checked.findings))
}

/// What a build did, in a sentence.
pub(super) fn report_line(report: &crate::disk::Report) -> String {
    let mut line = format!(
        "{} files written, {} as they were, {} removed.",
        report.written, report.unchanged, report.removed
    );
    if !report.left.is_empty() {
        line.push_str(&format!(" Left in place, because someone changed them: {}.", report.left.join(", ")));
    }
    line
}
