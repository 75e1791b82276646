//! `gongxin deferral`: decisions by which a subject is told later of the looks for one case.

use super::lookup::acting;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::subject::SubjectKind;
use exchange::notices::{self, LookDeferral, NewDeferral};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum Deferral {
    /// Decide that whoever is looked up for a case is told later. Prints agency, case and last day.
    Decide {
        /// Number of the case.
        #[arg(long, value_name = "NUMBER")]
        case: String,
        /// The law, as `gongxin deferral laws` prints it.
        #[arg(long, value_name = "TEXT")]
        law: String,
        /// The last day of silence; the day after, the looks are told by themselves.
        #[arg(long, value_name = "DATE")]
        until: Date,
        /// Why, in one line; auditors read it.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// The agency whose looks they are; without it the account's own.
        #[arg(long, value_name = "CODE")]
        agency: Option<String>,
        /// The account that decides.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
    /// List decisions, newest first: decided, agency, case, last day, officer, law, reason.
    List {
        /// Only those of one agency.
        #[arg(long, value_name = "CODE")]
        agency: Option<String>,
        /// The account that asks.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
    /// Laws of the catalogue by which somebody may be told later, with the days that each allows.
    Laws,
}

pub(super) fn run(desk: &Desk, command: &Deferral) -> Result<Exit, Failure> {
    match command {
        Deferral::Decide {
            case,
            law,
            until,
            reason,
            agency,
            by,
        } => {
            let new = NewDeferral {
                agency: agency.as_deref(),
                case,
                law,
                reason,
                until: Some(*until),
            };
            decide(desk, by, &new)
        }
        Deferral::List { agency, by } => list(desk, agency.as_deref(), by),
        Deferral::Laws => {
            for (law, days) in notices::laws(&desk.office) {
                let kinds = notices::kinds(&desk.office, &law).into_iter();
                let kinds: Vec<&str> = kinds.map(SubjectKind::code).collect();
                out::line(&format!("{law}\t{days}\t{}", kinds.join(" ")))?;
            }
            Ok(Exit::Done)
        }
    }
}

fn decide(desk: &Desk, by: &str, new: &NewDeferral<'_>) -> Result<Exit, Failure> {
    let who = acting(desk, by)?;
    let deciding = notices::defer(&desk.office, &who, new);
    let decided = desk.runtime.block_on(deciding);
    let one = decided.map_err(|error| Failure::of(error, desk.lang))?;
    out::line(&format!(
        "{}\t{}\t{}",
        one.agency, one.case, one.deferral.until
    ))?;
    Ok(Exit::Done)
}

fn list(desk: &Desk, agency: Option<&str>, by: &str) -> Result<Exit, Failure> {
    let who = acting(desk, by)?;
    let read = |after: Option<&str>| {
        let page = notices::deferrals(&desk.office, &who, agency, after);
        let page = desk.runtime.block_on(page);
        let page = page.map_err(|error| Failure::of(error, desk.lang))?;
        Ok((page.rows, page.next))
    };
    if !out::pages(read, line)? {
        out::line(&text::DEFERRALS_NONE.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}

fn line(one: &LookDeferral) -> String {
    let at = exchange::office::date_of(one.decided_at);
    let why = &one.deferral;
    format!(
        "{at}\t{}\t{}\t{}\t{}\t{}\t{}",
        one.agency, one.case, why.until, why.officer, why.law, why.reason
    )
}
