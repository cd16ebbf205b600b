//! One file per command: flags in, call, print.
