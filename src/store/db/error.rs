//! What may go wrong between us and a database.

pub(in crate::store) type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub(in crate::store) enum Error {
    #[error("{0}")]
    File(#[from] rusqlite::Error),
    #[error("{}", in_full(.0))]
    Server(#[from] postgres::Error),
    /// A value that none of ours can be.
    #[error("{0}")]
    Odd(String),
    #[error("a row is missing")]
    NoRow,
}

/// What the server said, not only that it did.
pub(in crate::store) fn in_full(error: &postgres::Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

/// Lets "no row" be an answer.
pub(in crate::store) trait OptionalExtension<T> {
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
