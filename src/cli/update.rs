//! `candor update`

use std::process::Command;

use anyhow::Context;

use super::args::{Format, UpdateArgs};
use super::{Exit, Screen, check};
use crate::daemon::{self, Draft, Place, Problem, Say};

pub(super) fn run(place: &Place, args: &UpdateArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let now = args.time.now(place)?;
    let say = Say {
        word: args.status.as_deref().unwrap_or_default(),
        message: args.message.as_deref().unwrap_or(
            "<!-- What do you know now that you did not know before? What are you doing next? -->",
        ),
        next: args.next.as_deref().unwrap_or_default(),
        expected_fix: args.expected_fix.as_deref().unwrap_or_default(),
        affected: args.affected.as_deref().unwrap_or_default(),
        by: args.by.as_deref().unwrap_or_default(),
    };
    let mut draft = daemon::draft_update(place, &args.incident, &say, now)?;
    if args.message.is_none() {
        if !screen.is_terminal() {
            return Err(Problem::configuration(
                "there is no terminal to open an editor on: give the words with --message",
            )
            .into());
        }
        edit(place, &mut draft)?;
    }
    let mut checked = daemon::check_draft(place, &draft, now)?;
    checked.findings.retain(|finding| finding.path == draft.path);
    screen.print(&check::rendered(&checked, Format::Human, place, screen))?;
    let exit = check::exit(&checked.findings);
    if exit == Exit::Findings {
        let kept = place.keep("rejected-update.md");
        std::fs::create_dir_all(place.keep(""))
            .and_then(|()| std::fs::write(&kept, &draft.text))
            .context("cannot keep your words")?;
        screen.tell(&format!(
            "Not saved. Your words are kept in {}. Mend what is underlined and try again.",
            kept.display()
        ));
        return Ok(exit);
    }
    let path = draft.save(place)?;
    screen.line(&path.display().to_string())?;
    Ok(exit)
}

/// Opens the editor on a copy of the file beside the ledger.
fn edit(place: &Place, draft: &mut Draft) -> anyhow::Result<()> {
    let copy = place.keep("editing.md");
    std::fs::create_dir_all(place.keep("")).context("cannot make .candor")?;
    std::fs::write(&copy, &draft.text).with_context(|| format!("cannot write {}", copy.display()))?;
    let editor =
        std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR")).unwrap_or_else(|_| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(&copy).status().map_err(|error| {
        Problem::configuration(format!(
            "the editor `{editor}` does not start: {error}. Set EDITOR, or give the words with --message"
        ))
    })?;
    if !status.success() {
        return Err(Problem::configuration("the editor ended with an error, so nothing was saved").into());
    }
    draft.text = std::fs::read_to_string(&copy).with_context(|| format!("cannot read {}", copy.display()))?;
    Ok(())
}
