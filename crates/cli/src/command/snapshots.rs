//! `gongxin snapshots`: absences above the limit wait for a second officer.

use crate::args::Snapshots;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use credit::subject::SubmissionId;

pub(super) fn run(desk: &Desk, command: &Snapshots) -> Result<Exit, Failure> {
    match command {
        Snapshots::List => list(desk),
        Snapshots::Confirm {
            submission,
            officer,
            agency,
        } => {
            let id = SubmissionId::parse(submission).ok_or_else(|| {
                Failure::request("the submission id has 32 hexadecimal digits; see the receipt")
            })?;
            let removed = desk
                .runtime
                .block_on(exchange::snapshots::confirm(
                    &desk.office,
                    &id,
                    officer,
                    agency,
                ))
                .map_err(|error| Failure::of(error, desk.lang))?;
            println!("removed {removed}");
            Ok(Exit::Done)
        }
    }
}

fn list(desk: &Desk) -> Result<Exit, Failure> {
    let waiting = desk
        .runtime
        .block_on(exchange::snapshots::waiting(&desk.office))
        .map_err(|error| Failure::of(error, desk.lang))?;
    for one in &waiting {
        println!(
            "{}\t{}\t{}\t{}\tabsent {} of {}",
            one.id, one.theme, one.supplier, one.date, one.absent.absent, one.absent.earlier
        );
    }
    if waiting.is_empty() {
        println!("none");
    }
    Ok(Exit::Done)
}
