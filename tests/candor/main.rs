//! The program from outside: a folder in, a folder out; a command, its output, its exit code.

mod building;
mod leaving;
mod relay;
mod site;
mod telling;
mod writing;
