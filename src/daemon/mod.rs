//! The loop that ties everything: change or due → check → build → publish → send.

mod desk;
mod init;
mod place;
mod problem;
mod sources;
mod stop;

pub use desk::{DeskEvent, DeskSettings, OpenDesk, bury_the_dead};
pub use init::{Started, init};
pub use place::Place;
pub use problem::Problem;
pub use sources::{Published, Sources};
pub use stop::Stop;
