//! `candor init`

use super::args::InitArgs;
use super::{Exit, Screen};
use crate::daemon;

pub(super) fn run(args: &InitArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let started = daemon::init(&args.dir, &args.name, &args.time_zone)?;
    for path in &started.written {
        screen.line(&format!("wrote  {path}"))?;
    }
    for path in &started.kept {
        screen.line(&format!("kept   {path} (it was there)"))?;
    }
    let dir = args.dir.display();
    screen.tell("\nNext:");
    screen.tell(&format!("  cd {dir}"));
    screen.tell(
        "  edit candor.toml, content/services.toml and content/people.toml: they are printed on the page",
    );
    screen.tell("  candor new incident \"No water in Old Town\"");
    if started.in_git {
        screen.tell("  git add -A && git commit     what is committed on the branch main is published");
    }
    if !started.below.is_empty() {
        screen.tell(&format!(
            "  put `candor -C {} check` into the repository's pre-commit hook: it is not Candor's alone, so it was left as it is",
            started.below
        ));
    }
    screen.tell("  candor run                   builds, serves and tells");
    Ok(Exit::Fine)
}
