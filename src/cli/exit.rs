//! Exit codes, in one place.

use std::process::ExitCode;

use crate::daemon::Problem;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Fine,
    /// 1: findings at error level.
    Findings,
    /// 1: an editor left `candor lsp` without asking it to shut down; the protocol asks for this code.
    Abrupt,
    /// 2: usage or configuration.
    Usage,
    /// 3: something outside failed (disk, git, relay, database).
    Outside,
}

impl Exit {
    /// The exit of a failed command: by whose turn it is. A reader that closed the pipe has what it wanted.
    pub fn of(error: &anyhow::Error) -> Self {
        for cause in error.chain() {
            if let Some(problem) = cause.downcast_ref::<Problem>() {
                return match problem {
                    Problem::Configuration(_) => Self::Usage,
                    Problem::Outside(_) => Self::Outside,
                };
            }
            if cause
                .downcast_ref::<std::io::Error>()
                .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            {
                return Self::Fine;
            }
        }
        Self::Outside
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings | Exit::Abrupt => 1,
            Exit::Usage => 2,
            Exit::Outside => 3,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_exit_by_whose_turn_it_is() {
        let exit = |problem: Problem| Exit::of(&anyhow::Error::new(problem).context("while building"));
        assert_eq!(exit(Problem::configuration("x")), Exit::Usage);
        assert_eq!(exit(Problem::outside("x")), Exit::Outside);
        let closed = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert_eq!(Exit::of(&anyhow::Error::new(closed)), Exit::Fine);
        assert_eq!(Exit::of(&anyhow::anyhow!("anything else")), Exit::Outside);
    }
}
