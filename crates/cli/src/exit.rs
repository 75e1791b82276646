//! How the program ends: exit codes and what is said on standard error.

use crate::text::{self, Words};
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

/// The cause of a failure, for whoever runs the machine.
type Cause = Box<dyn StdError + Send + Sync>;

/// An end with an error: what the user reads, and the cause behind it.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    words: Words,
    blanks: Vec<String>,
    cause: Option<Cause>,
}

impl Failure {
    fn new(code: u8, words: Words, blanks: &[&str], cause: Option<Cause>) -> Failure {
        let blanks = blanks.iter().map(|&blank| blank.to_owned()).collect();
        Failure {
            code,
            words,
            blanks,
            cause,
        }
    }

    /// 2: the command line is wrong in a way that only the program can tell.
    pub(crate) fn usage(words: Words, blanks: &[&str]) -> Failure {
        Failure::new(2, words, blanks, None)
    }

    /// 3: refused; nothing was changed.
    pub(crate) fn request(words: Words, blanks: &[&str]) -> Failure {
        Failure::new(3, words, blanks, None)
    }

    /// 3: a file could not be used; the blanks are its path and the system's reason.
    pub(crate) fn io(path: &Path, words: Words, cause: std::io::Error) -> Failure {
        let blanks = [path.display().to_string(), cause.to_string()];
        Failure {
            code: 3,
            words,
            blanks: blanks.into(),
            cause: Some(Box::new(cause)),
        }
    }

    /// 6: the catalogue is refused, with its findings one a line.
    pub(crate) fn catalog(findings: &str) -> Failure {
        Failure::new(6, text::CATALOG_REFUSED, &[findings], None)
    }

    /// 6: a site's own policies are refused, with the reason.
    pub(crate) fn policies(reason: &str) -> Failure {
        Failure::new(6, text::POLICIES_BAD, &[reason], None)
    }

    /// 1: something inside broke.
    pub(crate) fn inner(words: Words, cause: impl Into<Cause>) -> Failure {
        Failure::new(1, words, &[], Some(cause.into()))
    }

    /// The store could not be opened or brought up.
    pub(crate) fn store(error: store::Error) -> Failure {
        use store::Error;
        let versions = |found: u32, wanted: u32| [found.to_string(), wanted.to_string()];
        let (words, blanks) = match &error {
            Error::Address => return Failure::usage(text::STORE_ADDRESS, &[]),
            Error::SchemaOld { found, wanted } => {
                (text::STORE_OLD, versions(*found, *wanted).into())
            }
            Error::SchemaUnknown { found, wanted } => {
                (text::STORE_NEW, versions(*found, *wanted).into())
            }
            Error::Open { .. } => (text::STORE_CLOSED, Vec::new()),
            Error::Busy { .. } | Error::Raced => (text::STORE_BUSY, Vec::new()),
            _ => (text::STORE_FAILED, Vec::new()),
        };
        Failure {
            code: 1,
            words,
            blanks,
            cause: Some(Box::new(error)),
        }
    }

    /// The failure of a workflow, in the reader's language.
    pub(crate) fn of(error: exchange::Error, lang: Lang) -> Failure {
        let code = match &error {
            exchange::Error::Request(_)
            | exchange::Error::File(_)
            | exchange::Error::Forbidden
            | exchange::Error::Refused(_)
            | exchange::Error::Limit { .. } => 3,
            exchange::Error::NotFound => 4,
            exchange::Error::Store(_)
            | exchange::Error::Permit(_)
            | exchange::Error::Inner { .. } => 1,
        };
        let message = error.message(lang);
        Failure::new(code, text::PLAIN, &[&message], Some(Box::new(error)))
    }

    /// What the user reads.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let blanks: Vec<&str> = self.blanks.iter().map(String::as_str).collect();
        self.words.say(lang, &blanks)
    }
}

/// Says what went wrong and gives the exit code. Causes are named only when something inside
/// broke: whoever sent a file can do nothing with them.
pub(crate) fn report(failure: &Failure, lang: Lang) -> ExitCode {
    eprintln!("gongxin: {}", failure.message(lang));
    let mut cause = failure
        .cause
        .as_ref()
        .map(|cause| cause.as_ref() as &dyn StdError);
    let mut last = String::new();
    while let Some(error) = cause.filter(|_| failure.code == 1) {
        let said = error.to_string();
        if said != last {
            eprintln!("  {}", text::BECAUSE.say(lang, &[&said]));
        }
        last = said;
        cause = error.source();
    }
    ExitCode::from(failure.code)
}
