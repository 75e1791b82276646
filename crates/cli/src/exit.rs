//! How the program ends: exit codes and what is said on standard error.

use credit::lang::Lang;
use std::error::Error as StdError;
use std::path::Path;
use std::process::ExitCode;

/// An end without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0.
    Done,
    /// 5: rows were rejected, held or wait, and `--strict` was asked.
    Incomplete,
    /// 6: the catalogue is refused.
    CatalogRefused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Done => ExitCode::SUCCESS,
            Exit::Incomplete => ExitCode::from(5),
            Exit::CatalogRefused => ExitCode::from(6),
        }
    }
}

/// An end with an error: what the user reads, and the cause for `-v`.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Failure {
    /// 3: refused; nothing was changed.
    pub(crate) fn request(message: impl Into<String>) -> Failure {
        Failure {
            code: 3,
            message: message.into(),
            cause: None,
        }
    }

    /// 3: a file could not be used.
    pub(crate) fn io(path: &Path, what: &str, cause: std::io::Error) -> Failure {
        Failure {
            code: 3,
            message: format!("{} {what}: {cause}", path.display()),
            cause: Some(Box::new(cause)),
        }
    }

    /// 1: something inside broke.
    pub(crate) fn inner(
        message: impl Into<String>,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Failure {
        Failure {
            code: 1,
            message: message.into(),
            cause: Some(cause.into()),
        }
    }

    /// The failure of a workflow, in the reader's language.
    pub(crate) fn of(error: exchange::Error, lang: Lang) -> Failure {
        let code = match &error {
            exchange::Error::Request(_) | exchange::Error::File(_) => 3,
            exchange::Error::NotFound => 4,
            exchange::Error::Store(_)
            | exchange::Error::Permit(_)
            | exchange::Error::Inner { .. } => 1,
        };
        Failure {
            code,
            message: error.message(lang),
            cause: Some(Box::new(error)),
        }
    }
}

/// Says what went wrong and gives the exit code.
pub(crate) fn report(failure: &Failure) -> ExitCode {
    eprintln!("gongxin: {}", failure.message);
    let mut cause = failure
        .cause
        .as_ref()
        .map(|cause| cause.as_ref() as &dyn StdError);
    if failure.code == 1 {
        while let Some(error) = cause {
            eprintln!("  because: {error}");
            cause = error.source();
        }
    }
    ExitCode::from(failure.code)
}
