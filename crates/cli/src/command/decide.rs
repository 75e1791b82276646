//! `gongxin decide`: an officer decides who is who, and takes a decision back.

use crate::args::{Decide, Decider};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::identity::{self, Decision, DecisionId, Done, Verdict};

pub(super) fn run(desk: &Desk, command: &Decide) -> Result<Exit, Failure> {
    match command {
        Decide::Same { left, right, by } => decide(desk, Verdict::Same, (left, right), by),
        Decide::Different { left, right, by } => {
            decide(desk, Verdict::Different, (left, right), by)
        }
        Decide::Undo { decision, by } => undo(desk, decision, by),
        Decide::List => list(desk),
    }
}

fn officer(desk: &Desk, by: &Decider) -> Result<exchange::identity::Officer, Failure> {
    let who = super::lookup::acting(desk, &by.by)?;
    identity::decider(&who).map_err(|error| Failure::of(error, desk.lang))
}

fn decide(
    desk: &Desk,
    verdict: Verdict,
    pair: (&str, &str),
    by: &Decider,
) -> Result<Exit, Failure> {
    let officer = officer(desk, by)?;
    let deciding = identity::decide(&desk.office, verdict, pair, &officer, &by.reason);
    let done = desk.runtime.block_on(deciding);
    say(desk, &done.map_err(|error| Failure::of(error, desk.lang))?)
}

fn undo(desk: &Desk, decision: &str, by: &Decider) -> Result<Exit, Failure> {
    let id = DecisionId::parse(decision).ok_or_else(|| Failure::usage(text::DECISION_ID, &[]))?;
    let officer = officer(desk, by)?;
    let undoing = identity::undo(&desk.office, id, &officer, &by.reason);
    let done = desk.runtime.block_on(undoing);
    say(desk, &done.map_err(|error| Failure::of(error, desk.lang))?)
}

/// The decision's number, and how many subjects changed.
fn say(desk: &Desk, done: &Done) -> Result<Exit, Failure> {
    let blanks = [done.id.to_string(), done.touched.len().to_string()];
    let blanks = blanks.each_ref().map(String::as_str);
    out::line(&text::DECIDED.say(desk.lang, &blanks))?;
    Ok(Exit::Done)
}

/// Newest first, all pages: one line a decision, separated by tabs.
fn list(desk: &Desk) -> Result<Exit, Failure> {
    let read = |after: Option<&str>| {
        let page = desk
            .runtime
            .block_on(identity::decisions(&desk.office, after));
        let page = page.map_err(|error| Failure::of(error, desk.lang))?;
        Ok((page.rows, page.next))
    };
    if !out::pages(read, line)? {
        out::line(&text::NO_DECISIONS.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}

fn line(one: &Decision) -> String {
    let pairs = one
        .pairs
        .iter()
        .map(|(left, right)| format!("{left}={right}"));
    let pairs: Vec<String> = pairs.collect();
    let state = if one.undone.is_some() {
        "undone"
    } else {
        "in force"
    };
    let at = exchange::office::date_of(one.at);
    format!(
        "{}\t{}\t{state}\t{at}\t{}\t{}\t{}",
        one.id,
        one.verdict.code(),
        pairs.join(" "),
        one.officer,
        one.reason
    )
}
