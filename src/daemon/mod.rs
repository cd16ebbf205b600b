//! The loop that ties everything: change or due → check → build → publish → send.

mod init;
mod problem;
mod stop;

pub use init::{Started, init};
pub use problem::Problem;
pub use stop::Stop;
