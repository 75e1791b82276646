//! `gongxin lookup`, `looks`, `cases`: looks under grants, who looked at a subject, and registers of
//! cases. Each is done in the name of an account, which must itself be allowed to.

use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::grant::GrantId;
use exchange::duty::{self, Seen};
use exchange::people::{self, Acting};
use exchange::sharing::{self, Look};
use std::path::PathBuf;

/// Look a subject up under a grant. Asks for grant, purpose, case and officer, and writes the look down.
#[derive(Debug, clap::Args)]
pub(crate) struct Lookup {
    /// The subject's code.
    code: String,
    /// The grant, from `gongxin grant list`.
    #[arg(long, value_name = "ID")]
    grant: String,
    /// Code of the purpose; the grant names it.
    #[arg(long, value_name = "CODE")]
    purpose: String,
    /// Number of the case.
    #[arg(long, value_name = "NUMBER")]
    case: String,
    /// Only these items, as THEME/ITEM; without it all that the grant names.
    #[arg(long, value_name = "ITEM", value_delimiter = ',')]
    items: Vec<String>,
    /// The officer who looks: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN")]
    by: String,
}

/// Who looked at a subject's facts that are not public, newest first: handed out at the service window.
/// A line each: day and time, purpose, agency, officer, case, items, event.
#[derive(Debug, clap::Args)]
pub(crate) struct Looks {
    /// The subject's code.
    code: String,
    /// The case number under which the subject proved who it is.
    #[arg(long, value_name = "NUMBER")]
    case: String,
    /// The officer who hands it out: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN")]
    by: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Cases {
    /// Load cases: CSV with the header case_no,opened_on,closed_on,code. Known ones may be closed.
    Load {
        /// The file, UTF-8.
        file: PathBuf,
        /// The agency; without it the account's own.
        #[arg(long, value_name = "CODE")]
        agency: Option<String>,
        /// The account in whose name it is done.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
}

/// The account in whose name something is done.
pub(super) fn acting(desk: &Desk, login: &str) -> Result<Acting, Failure> {
    let found = desk.runtime.block_on(people::named(&desk.office, login));
    found.map_err(|error| Failure::of(error, desk.lang))
}

/// A grant's id.
pub(super) fn grant_id(text: &str) -> Result<GrantId, Failure> {
    GrantId::parse(text).ok_or_else(|| Failure::usage(text::GRANT_ID, &[]))
}

pub(super) fn look(desk: &Desk, command: &Lookup) -> Result<Exit, Failure> {
    if duty::may_be_a_persons(&command.code) {
        return Err(Failure::request(text::NUMBER_ON_LINE, &[]));
    }
    let who = acting(desk, &command.by)?;
    let items = command.items.join(" ");
    let ask = duty::Ask {
        grant: grant_id(&command.grant)?,
        code: &command.code,
        consent: "",
        purpose: &command.purpose,
        case: &command.case,
        items: &items,
        lang: desk.lang,
    };
    let seen = desk.runtime.block_on(duty::look(&desk.office, &who, &ask));
    print(&seen.map_err(|error| Failure::of(error, desk.lang))?)?;
    Ok(Exit::Done)
}

fn print(seen: &Seen) -> Result<(), Failure> {
    out::line(&format!("{}\t{}", seen.event, seen.duty.who.name))?;
    for fact in &seen.duty.facts {
        let state = format!("{} · {}", fact.state.text, fact.publication.text);
        out::line(&format!(
            "{}\t{}\t{}\t{state}",
            fact.title, fact.source, fact.stated_on
        ))?;
        for mark in &fact.marks {
            out::line(&format!("  {}", mark.text))?;
        }
        for value in &fact.values {
            out::line(&format!(
                "  {}\t{}\t{}",
                value.code, value.label, value.shown
            ))?;
        }
    }
    out::line(&seen.duty.notice)
}

pub(super) fn looks(desk: &Desk, command: &Looks) -> Result<Exit, Failure> {
    let office = &desk.office;
    let who = acting(desk, &command.by)?;
    let failed = |error| Failure::of(error, desk.lang);
    let read = |after: Option<&str>| {
        let page = sharing::looks_at_window(
            office,
            &who,
            (&command.code, &command.case),
            after,
            desk.lang,
        );
        let page = desk.runtime.block_on(page).map_err(failed)?;
        Ok((page.rows, page.next))
    };
    if !out::pages(read, line)? {
        out::line(&text::LOOKS_NONE.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}

fn line(one: &Look) -> String {
    let at = views::show::instant(one.at).unwrap_or_default();
    let items: Vec<&str> = one.items.iter().map(|item| item.code.as_str()).collect();
    let officer = one.officer_name.as_deref().unwrap_or(&one.officer);
    format!(
        "{at}\t{}\t{}\t{officer}\t{}\t{}\t{}",
        one.purpose_title,
        one.agency_title,
        one.case,
        items.join(" "),
        one.event
    )
}

pub(super) fn cases(desk: &Desk, command: &Cases) -> Result<Exit, Failure> {
    let Cases::Load { file, agency, by } = command;
    let who = acting(desk, by)?;
    let body = std::fs::read_to_string(file)
        .map_err(|cause| Failure::io(file, text::CANNOT_READ_UTF8, cause))?;
    let loading = sharing::load_cases(&desk.office, &who, agency.as_deref(), &body);
    let loaded = desk.runtime.block_on(loading);
    let loaded = loaded.map_err(|error| Failure::of(error, desk.lang))?;
    out::line(&text::CASES_LOADED.say(desk.lang, &[&loaded.cases.to_string()]))?;
    Ok(Exit::Done)
}
