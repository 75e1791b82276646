//! `gongxin snapshots`: absences above the limit wait for a second officer.

use crate::args::Snapshots;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use credit::subject::SubmissionId;

pub(super) fn run(desk: &Desk, command: &Snapshots) -> Result<Exit, Failure> {
    match command {
        Snapshots::List => list(desk),
        Snapshots::Confirm { submission, by } => {
            let id = SubmissionId::parse(submission)
                .ok_or_else(|| Failure::usage(text::SUBMISSION_ID, &[]))?;
            let who = super::lookup::acting(desk, by)?;
            let removed = desk
                .runtime
                .block_on(exchange::snapshots::confirm_by(&desk.office, &id, &who))
                .map_err(|error| Failure::of(error, desk.lang))?;
            out::line(&text::SNAPSHOT_REMOVED.say(desk.lang, &[&removed.to_string()]))?;
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
        let counts = [one.absent.absent, one.absent.earlier].map(|count| count.to_string());
        let waits = text::SNAPSHOT_WAITS.say(desk.lang, &counts.each_ref().map(String::as_str));
        out::line(&format!(
            "{}\t{}\t{}\t{}\t{waits}",
            one.id, one.theme, one.supplier, one.date
        ))?;
    }
    if waiting.is_empty() {
        out::line(&text::NONE_WAIT.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}
