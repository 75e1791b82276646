//! `gongxin grant`: what agencies ask of each other, and what becomes of it.

use super::lookup::{acting, grant_id};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::grant::{Grant as One, GrantMove, Items, Terms};
use exchange::sharing::{self, Narrower, NewAsk};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum Grant {
    /// Ask another agency for items of its themes. Prints the grant's id and where it stands.
    Ask(Box<AskFor>),
    /// List grants, newest first: id, state, asker, supplier, items, purposes, last day, due day.
    List {
        /// Only those of one agency.
        #[arg(long, value_name = "CODE")]
        agency: Option<String>,
        /// The account that asks.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
    /// Show a grant with every step.
    Show {
        /// The grant's id.
        grant: String,
        /// The account that asks.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
    /// Grant what was asked for, or less of it.
    Give(Step),
    /// Refuse, with reasons.
    Refuse(Step),
    /// Dispute a refusal, a sharing class, or an answer that is late.
    Dispute(Step),
    /// Put a dispute before the authority above.
    Escalate(Step),
    /// As the authority above: decide that it is shared.
    Overrule(Step),
    /// As the authority above: decide that it is not shared.
    Uphold(Step),
    /// Take a request back.
    Withdraw(Step),
    /// End a grant before its last day.
    End(Step),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AskFor {
    /// The agency whose facts they are; * for every supplier of themes that are shared unconditionally.
    #[arg(long, value_name = "CODE")]
    supplier: String,
    /// Items, as THEME/ITEM.
    #[arg(long, value_name = "ITEM", value_delimiter = ',', required = true)]
    items: Vec<String>,
    /// Codes of purposes (`catalog/purposes.toml`).
    #[arg(long, value_name = "CODE", value_delimiter = ',', required = true)]
    purpose: Vec<String>,
    /// Kinds of subject.
    #[arg(
        long,
        value_name = "KIND",
        value_delimiter = ',',
        default_value = "enterprise"
    )]
    kinds: Vec<String>,
    /// The law by which it is needed, with its article.
    #[arg(long, value_name = "TEXT")]
    basis: String,
    /// The statutory power by which people are looked up.
    #[arg(long, value_name = "TEXT", default_value = "")]
    power: String,
    /// Number of the impact assessment, where people are concerned.
    #[arg(long, value_name = "NUMBER", default_value = "")]
    impact: String,
    /// Only officers of these units may use it.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    unit: Vec<String>,
    /// Only subjects registered in these areas.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    area: Vec<String>,
    /// The last day; without it as late as may be.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Looks in a day at most.
    #[arg(long, value_name = "N", default_value_t = 100)]
    per_day: u32,
    /// Looks in all at most.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    in_all: u32,
    /// The agency that asks; without it the account's own.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// The account in whose name it is done.
    #[arg(long, value_name = "LOGIN")]
    by: String,
    /// Why, in one line.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Step {
    /// The grant's id.
    grant: String,
    /// The account in whose name it is done.
    #[arg(long, value_name = "LOGIN")]
    by: String,
    /// Why, in one line.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Grant only these items, as THEME/ITEM.
    #[arg(long, value_name = "ITEM", value_delimiter = ',')]
    items: Vec<String>,
    /// Grant only these purposes.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    purpose: Vec<String>,
    /// Grant until that day only.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Grant so many looks in a day only.
    #[arg(long, value_name = "N")]
    per_day: Option<u32>,
    /// Grant so many looks in all only.
    #[arg(long, value_name = "N")]
    in_all: Option<u32>,
}

pub(super) fn run(desk: &Desk, command: &Grant) -> Result<Exit, Failure> {
    match command {
        Grant::Ask(new) => ask(desk, new),
        Grant::List { agency, by } => list(desk, agency.as_deref(), by),
        Grant::Show { grant, by } => show(desk, grant, by),
        Grant::Give(step) => act(desk, GrantMove::Grant, step),
        Grant::Refuse(step) => act(desk, GrantMove::Refuse, step),
        Grant::Dispute(step) => act(desk, GrantMove::Dispute, step),
        Grant::Escalate(step) => act(desk, GrantMove::Escalate, step),
        Grant::Overrule(step) => act(desk, GrantMove::Overrule, step),
        Grant::Uphold(step) => act(desk, GrantMove::Uphold, step),
        Grant::Withdraw(step) => act(desk, GrantMove::Withdraw, step),
        Grant::End(step) => act(desk, GrantMove::End, step),
    }
}

fn ask(desk: &Desk, new: &AskFor) -> Result<Exit, Failure> {
    let who = acting(desk, &new.by)?;
    let ask = NewAsk {
        supplier: new.supplier.clone(),
        items: new.items.join(" "),
        purposes: new.purpose.clone(),
        kinds: new.kinds.clone(),
        basis: new.basis.clone(),
        power: new.power.clone(),
        impact: new.impact.clone(),
        units: new.unit.clone(),
        areas: new.area.clone(),
        from: None,
        until: new.until,
        per_day: new.per_day,
        in_all: new.in_all,
        reason: new.reason.clone(),
    };
    let asking = sharing::ask(&desk.office, &who, new.agency.as_deref(), &ask);
    let (id, state) = desk
        .runtime
        .block_on(asking)
        .map_err(|error| Failure::of(error, desk.lang))?;
    out::line(&format!("{id}\t{}", state.code()))?;
    Ok(Exit::Done)
}

fn act(desk: &Desk, what: GrantMove, step: &Step) -> Result<Exit, Failure> {
    let who = acting(desk, &step.by)?;
    let items = match step.items.as_slice() {
        [] => None,
        items => {
            let items = Items::parse(&items.join(" "));
            Some(items.map_err(|_| Failure::usage(text::GRANT_ITEMS, &[]))?)
        }
    };
    let narrower = Narrower {
        items,
        purposes: (!step.purpose.is_empty()).then(|| step.purpose.iter().cloned().collect()),
        until: step.until,
        per_day: step.per_day,
        in_all: step.in_all,
    };
    let id = grant_id(&step.grant)?;
    let acting = sharing::act(&desk.office, &who, id, what, &narrower, &step.reason);
    let state = desk
        .runtime
        .block_on(acting)
        .map_err(|error| Failure::of(error, desk.lang))?;
    out::line(&format!("{id}\t{}", state.code()))?;
    Ok(Exit::Done)
}

fn list(desk: &Desk, agency: Option<&str>, by: &str) -> Result<Exit, Failure> {
    let who = acting(desk, by)?;
    let read = |after: Option<&str>| {
        let page = sharing::grants(&desk.office, &who, agency, after);
        let page = desk.runtime.block_on(page);
        let page = page.map_err(|error| Failure::of(error, desk.lang))?;
        Ok((page.rows, page.next))
    };
    if !out::pages(read, |row| line(&row.grant))? {
        out::line(&text::GRANTS_NONE.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}

/// The terms that count: those granted, else those asked for.
fn terms(grant: &One) -> &Terms {
    grant.granted.as_ref().unwrap_or(&grant.asked)
}

fn line(grant: &One) -> String {
    let terms = terms(grant);
    let purposes: Vec<&str> = terms.purposes.iter().map(String::as_str).collect();
    let due = grant
        .due
        .map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{due}",
        grant.id,
        grant.state.code(),
        grant.asker,
        grant.supplier,
        terms.items,
        purposes.join(" "),
        terms.until
    )
}

fn show(desk: &Desk, grant: &str, by: &str) -> Result<Exit, Failure> {
    let who = acting(desk, by)?;
    let reading = sharing::grant(&desk.office, &who, grant_id(grant)?);
    let full = desk
        .runtime
        .block_on(reading)
        .map_err(|error| Failure::of(error, desk.lang))?;
    out::line(&line(&full.grant))?;
    let terms = terms(&full.grant);
    let ((day, all), basis) = (full.used, &terms.basis);
    out::line(&format!(
        "{basis}\t{day}/{}\t{all}/{}",
        terms.per_day, terms.in_all
    ))?;
    for step in &full.steps {
        let at = exchange::office::date_of(step.at);
        let due = step
            .due
            .map_or_else(|| "-".to_owned(), |day| day.to_string());
        out::line(&format!(
            "{at}\t{}\t{}\t{}\taccount:{}\t{due}\t{}",
            step.what.code(),
            step.state.code(),
            step.party.code(),
            step.by,
            step.reason
        ))?;
    }
    Ok(Exit::Done)
}
