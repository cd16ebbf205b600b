//! Where people get output from: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use indicatif::ProgressBar;

use super::args::ColorWhen;
use crate::diag::Colour;

/// The terminal, or whatever stands in for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    out: ColorChoice,
    err: ColorChoice,
}

impl Screen {
    pub(super) fn new(when: ColorWhen) -> Self {
        let choice = |auto: ColorChoice| match when {
            ColorWhen::Auto => auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        Self {
            out: choice(AutoStream::choice(&io::stdout())),
            err: choice(AutoStream::choice(&io::stderr())),
        }
    }

    /// Writes to standard output. A reader that closed the pipe is an error of kind `BrokenPipe`.
    pub(super) fn print(self, text: &str) -> io::Result<()> {
        let mut out = AutoStream::new(io::stdout().lock(), self.out);
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    pub(super) fn line(self, text: &str) -> io::Result<()> {
        self.print(&format!("{text}\n"))
    }

    /// Tells what goes on. That nobody reads it is no reason to stop.
    pub(super) fn tell(self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.err);
        let _ = writeln!(err, "{text}");
    }

    pub(super) fn error(self, error: &anyhow::Error) {
        let bold = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
        self.tell(&format!("{bold}error{bold:#}: {error:#}"));
    }

    /// Shows that long work goes on, on a terminal and only there; ends when the answer is dropped.
    pub(super) fn busy(self, doing: &'static str) -> Busy {
        let spinner =
            if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        spinner.set_message(doing);
        spinner.enable_steady_tick(Duration::from_millis(120));
        Busy(spinner)
    }

    /// Shows how far long work has come: a bar on a terminal, a line each tenth of the way elsewhere.
    pub(super) fn progress(self, what: &'static str) -> Progress {
        let bar = if io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        Progress { bar, what, screen: self, tenths: AtomicUsize::new(0) }
    }

    /// Whether findings are coloured.
    pub(super) fn colour(self) -> Colour {
        if self.out == ColorChoice::Never { Colour::Never } else { Colour::Always }
    }

    /// Whether someone sits in front of it.
    pub(super) fn is_terminal(self) -> bool {
        io::stderr().is_terminal() && io::stdin().is_terminal()
    }
}

/// Long work under way.
pub(super) struct Busy(ProgressBar);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Below how many steps nobody is told how far it has come, where there is no terminal.
const MANY: usize = 1000;

/// Work of which it is known how much there is.
pub(super) struct Progress {
    bar: ProgressBar,
    what: &'static str,
    screen: Screen,
    /// How many tenths were told.
    tenths: AtomicUsize,
}

impl Progress {
    /// So many of so many are done.
    pub(super) fn at(&self, done: usize, of: usize) {
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
        let tenths = done * 10 / of.max(1);
        if self.bar.is_hidden() && of >= MANY && self.tenths.fetch_max(tenths, Ordering::Relaxed) < tenths {
            self.screen.tell(&format!("{done} of {of} {}", self.what));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
