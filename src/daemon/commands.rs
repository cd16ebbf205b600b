//! The publish command: what the host runs after a build. Given to the system as it is written, never to a shell.

use std::process::{Command, Stdio};

use super::{Place, Problem};

/// Runs `[publish] command`, if there is one, and waits for it.
pub(super) fn publish(place: &Place) -> Result<(), Problem> {
    let Some((program, args)) = place.host.publish.command.split_first() else { return Ok(()) };
    let out = place.out();
    let out = out.display().to_string();
    let output = Command::new(program)
        .args(args.iter().map(|arg| arg.replace("{out}", &out)))
        .current_dir(&place.root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            Problem::outside(format!("the publish command `{program}` does not start: {error}"))
        })?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let last = words.trim().lines().last().unwrap_or("it said nothing");
    Err(Problem::outside(format!(
        "the publish command `{program}` failed ({}): {last}. The site in {out} is whole; the public one is not renewed",
        output.status
    )))
}
