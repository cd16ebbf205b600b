//! The loop that ties everything: change or due → check → build → publish → send.

mod author;
mod builder;
mod checking;
mod commands;
mod deliveries;
mod demo;
mod desk;
mod doctor;
mod dry_run;
mod fixing;
mod import;
mod init;
mod judge;
mod known;
mod moment;
mod place;
mod post;
mod post_room;
mod preview;
mod problem;
mod publisher;
mod roll;
mod run;
mod secrets;
mod sources;
mod staff;
mod stop;
mod table;
mod turn;
mod ways_out;
mod works;

pub use author::{
    Begin, Draft, Say, check_draft, draft_update, new_incident, new_maintenance, read_working_copy,
};
pub use checking::{Checked, Kept, Scope, check, write_baseline};
pub use deliveries::Deliveries;
pub use demo::Demo;
pub use desk::{DeskEvent, DeskSettings, OpenDesk, bury_the_dead};
pub use doctor::{Diagnosis, Health, doctor};
pub use dry_run::dry_run;
pub use fixing::{Fixed, Fixing, fix};
pub use import::{Brought, import_cstate};
pub use init::{Started, init};
pub use moment::moment;
pub use place::Place;
pub use preview::{Preview, preview};
pub use problem::Problem;
pub use publisher::{House, Publisher, Said};
pub use roll::{Imported, Roll};
pub use run::{Daemon, Event, Watcher};
pub use secrets::{secret, token_keys};
pub use sources::{Published, Sources};
pub use stop::Stop;
pub use turn::Turn;
pub use ways_out::leaving;
pub use works::Works;
