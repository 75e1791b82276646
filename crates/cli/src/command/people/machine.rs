//! `gongxin people machine`: public keys of systems that sign their requests.

use super::{By, by, find, said};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::people::AccountKind;
use exchange::people::{self, KeyKind, MachineKey, Person, machine};
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub(crate) enum Machine {
    /// Make the account of an enterprise's own system. It is appointed to no agency: the enterprise's
    /// representative gives it tasks at /my.
    Add {
        /// Name of the system's account.
        login: String,
        /// What it is called.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        by: By,
    },
    /// Register the public half of a key by which the system signs its requests; prints its name.
    Register {
        #[command(flatten)]
        key: Key,
    },
    /// Register a new key and let the system's other keys, sent ones included, end soon.
    Rotate {
        #[command(flatten)]
        key: Key,
        /// Days for which the others still work.
        #[arg(long, value_name = "N", default_value_t = 14)]
        overlap: i64,
    },
    /// Keys of a system: number, kind, first day, last day, day when it was taken back, name.
    Keys {
        /// Name of the system's account.
        login: String,
    },
    /// Take a key back at once.
    End {
        /// Name of the system's account.
        login: String,
        /// The key's number, from `people machine keys`.
        key: String,
        #[command(flatten)]
        by: By,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Key {
    /// Name of the system's account.
    login: String,
    /// File with the public key, as `openssl pkey -pubout` writes it.
    #[arg(long, value_name = "FILE")]
    public: PathBuf,
    /// Days that it works, at most 366.
    #[arg(long, value_name = "N", default_value_t = machine::KEY_DAYS)]
    days: i64,
    #[command(flatten)]
    by: By,
}

pub(super) fn run(desk: &Desk, command: &Machine) -> Result<Exit, Failure> {
    match command {
        Machine::Add {
            login,
            name,
            by: why,
        } => {
            let person = Person {
                login: login.clone(),
                name: name.clone(),
            };
            by(desk, why, |by| {
                people::add(&desk.office, AccountKind::Machine, &person, &[], by)
            })?;
            said(desk)
        }
        Machine::Register { key } => register(desk, key, None),
        Machine::Rotate { key, overlap } => register(desk, key, Some(*overlap)),
        Machine::Keys { login } => keys(desk, login),
        Machine::End {
            login,
            key,
            by: why,
        } => {
            let account = find(desk, login)?;
            // A key's number has the form of a submission's: sixteen bytes in hexadecimal.
            let number = credit::people::AppointmentId::parse(key)
                .ok_or_else(|| Failure::usage(text::KEY_NUMBER, &[]))?;
            by(desk, why, |by| {
                machine::end(&desk.office, account.id, &number.0, by)
            })?;
            said(desk)
        }
    }
}

fn register(desk: &Desk, key: &Key, overlap: Option<i64>) -> Result<Exit, Failure> {
    let account = find(desk, &key.login)?;
    let public = content(&key.public)?;
    let name = by(desk, &key.by, |by| {
        let terms = (key.days, overlap);
        machine::register(&desk.office, account.id, &public, terms, by)
    })?;
    out::line(&text::KEY_NAME.say(desk.lang, &[&name]))?;
    Ok(Exit::Done)
}

/// A key's file; one that is longer than any is refused where it is read as a key.
pub(crate) fn content(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::io(path, text::CANNOT_READ, cause))
}

fn keys(desk: &Desk, login: &str) -> Result<Exit, Failure> {
    let account = find(desk, login)?;
    let found = desk
        .runtime
        .block_on(machine::keys(&desk.office, account.id));
    for one in &found.map_err(|error| Failure::of(error, desk.lang))? {
        out::line(&line(one))?;
    }
    Ok(Exit::Done)
}

fn line(key: &MachineKey) -> String {
    let day = |at| exchange::office::date_of(at).to_string();
    let number: String = key.id.iter().map(|byte| format!("{byte:02x}")).collect();
    let public = key.public.map(seal::Verifier::from_bytes);
    let name = match (key.kind, public) {
        (KeyKind::Ed25519, Some(Ok(key))) => key.kid(),
        _ => "-".to_owned(),
    };
    format!(
        "{number}\t{}\t{}\t{}\t{}\t{name}",
        key.kind.code(),
        day(key.made),
        day(key.ends),
        key.ended.map_or_else(|| "-".to_owned(), day)
    )
}
