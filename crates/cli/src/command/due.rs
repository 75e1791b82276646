//! `gongxin due`: what an agency owes by when, and "nothing to report".

use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::people::Action;
use exchange::due::{self, DueStanding};
use exchange::ingest::{self, Nil};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Periods that are due or were missed: theme, first and last day, deadline, standing; tabs between.
    List {
        /// Supplier code.
        #[arg(long, value_name = "CODE")]
        supplier: String,
    },
    /// Report that there is nothing to report for a theme's period.
    Nil {
        /// Supplier code.
        #[arg(long, value_name = "CODE")]
        supplier: String,
        /// Theme code.
        #[arg(long, value_name = "CODE")]
        theme: String,
        /// First day of the period.
        #[arg(long, value_name = "DATE")]
        from: Date,
        /// Last day of the period.
        #[arg(long, value_name = "DATE")]
        to: Date,
        /// The account in whose name it is said.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
}

pub(super) fn run(desk: &Desk, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::List { supplier } => list(desk, supplier),
        Command::Nil {
            supplier,
            theme,
            from,
            to,
            by,
        } => {
            let who = super::lookup::acting(desk, by)?;
            let theme_of = || std::iter::once(theme.as_str());
            let officer = who
                .may_all(Action::SubmissionCreate, supplier, theme_of())
                .and_then(|()| who.officer(supplier))
                .map_err(|error| Failure::of(error, desk.lang))?;
            let nil = Nil {
                supplier: supplier.clone(),
                theme: theme.clone(),
                period: (*from, *to),
                officer: officer.name().to_owned(),
            };
            let made = desk.runtime.block_on(ingest::nil(&desk.office, nil));
            let receipt = made.map_err(|error| Failure::of(error, desk.lang))?;
            out::line(&text::NIL_TAKEN.say(desk.lang, &[&receipt.id.to_string()]))?;
            Ok(Exit::Done)
        }
    }
}

fn list(desk: &Desk, supplier: &str) -> Result<Exit, Failure> {
    let to_do = desk.runtime.block_on(due::to_do(&desk.office, supplier));
    let to_do = to_do.map_err(|error| Failure::of(error, desk.lang))?;
    for one in &to_do.owed {
        let standing = match one.standing {
            DueStanding::Missed => "missed",
            DueStanding::OnTime | DueStanding::Late | DueStanding::Open => "open",
        };
        let period = one.period;
        out::line(&format!(
            "{}\t{}\t{}\t{}\t{standing}",
            one.theme, period.from, period.to, period.due
        ))?;
    }
    Ok(Exit::Done)
}
