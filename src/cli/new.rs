//! `candor new`

use super::args::{NewCommand, NewIncidentArgs, NewMaintenanceArgs};
use super::{Exit, Screen};
use crate::config::Severity;
use crate::daemon::{Begin, Place, Problem, moment, new_incident, new_maintenance, read_working_copy};

pub(super) fn run(place: &Place, command: &NewCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let content = read_working_copy(place);
    let path = match command {
        NewCommand::Incident(args) => {
            let begin = incident(args)?;
            new_incident(place, &content, &begin, args.time.now(place)?)?
        }
        NewCommand::Maintenance(args) => {
            let zone = &place.settings.zone;
            let window = (moment(&args.start, zone)?, moment(&args.end, zone)?);
            new_maintenance(place, &content, &maintenance(args), window, args.time.now(place)?)?
        }
    };
    screen.line(&path.display().to_string())?;
    screen.tell("Fill in what the comments ask for, then `candor check`.");
    Ok(Exit::Fine)
}

fn incident(args: &NewIncidentArgs) -> Result<Begin<'_>, Problem> {
    let severity = Severity::ALL.into_iter().find(|severity| severity.word() == args.severity);
    let severity = severity.ok_or_else(|| {
        Problem::configuration(format!("`{}` is no severity. Write minor, major or critical", args.severity))
    })?;
    Ok(Begin {
        title: &args.title,
        severity,
        services: &args.services,
        areas: &args.areas,
        owner: args.owner.as_deref().unwrap_or_default(),
    })
}

fn maintenance(args: &NewMaintenanceArgs) -> Begin<'_> {
    Begin {
        title: &args.title,
        severity: Severity::Minor,
        services: &args.services,
        areas: &args.areas,
        owner: args.owner.as_deref().unwrap_or_default(),
    }
}
