//! `gongxin people`: who works here. The first administrator is made on the machine itself; there is
//! no account and no password that a site begins with.

pub(crate) mod machine;

use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use clap::Subcommand;
use credit::people::{AccountKind, AccountMove, Appointment, AppointmentId, Role};
use exchange::people::{self, Account, NewAppointment, Person, Secret, machine as keys};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum People {
    /// Invite a person: prints a link, good for three days, by which a password and one-time codes
    /// are set. With --machine: an account for a system, which gets its keys by `people key`.
    Add {
        /// Name to sign in with: 3 to 64 letters, digits or . _ @ -
        login: String,
        /// The person's own name, or what the system is called.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// It is a system, not a person.
        #[arg(long)]
        machine: bool,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        by: By,
        #[command(flatten)]
        at: At,
    },
    /// List the accounts: name to sign in with, kind, state, name, appointments.
    List,
    /// What happened to an account: day, move, state, by whom, why.
    History {
        /// Name to sign in with.
        login: String,
    },
    /// Invite anew, because the link ran out.
    Invite(Move),
    /// Let nobody sign in for now; all sessions end.
    Suspend(Move),
    /// End a suspension.
    Resume(Move),
    /// Void password, one-time codes, sessions and keys, and invite anew.
    Reset(Move),
    /// End an account, for good.
    End(Move),
    /// Delete the person behind an ended account; what the account did stays under its number.
    Erase(Move),
    /// Appoint an account to one more role.
    Appoint {
        /// Name to sign in with.
        login: String,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        by: By,
    },
    /// End an appointment before its last day.
    Dismiss {
        /// Name to sign in with.
        login: String,
        /// The appointment's number, from `people list`.
        appointment: String,
        #[command(flatten)]
        by: By,
    },
    /// Systems that sign their requests: register, rotate, list and end their public keys.
    Machine {
        /// What to do.
        #[command(subcommand)]
        command: machine::Machine,
    },
    /// Give a system one more key that is sent with each request, shown once. Keys end by themselves.
    Key {
        /// Name of the system's account.
        login: String,
        /// Days that it works, at most 366.
        #[arg(long, value_name = "N", default_value_t = keys::KEY_DAYS)]
        days: i64,
        #[command(flatten)]
        by: By,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Move {
    /// Name to sign in with.
    login: String,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    at: At,
}

#[derive(Debug, clap::Args)]
pub(crate) struct To {
    /// supplier-officer, second-officer, reader, sharing-officer, lookup-officer, auditor, centre-clerk,
    /// centre-administrator, machine-client.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// Agency for which the account acts: a supplier's code, or an authority's unified code.
    #[arg(long, value_name = "CODE", default_value = "credit-centre")]
    agency: String,
    /// Only these themes of the agency.
    #[arg(long = "theme", value_name = "CODE", value_delimiter = ',')]
    themes: Vec<String>,
    /// Unit within the agency.
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// The last day; without it a year from today.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct By {
    /// The account in whose name it is done; without it whoever runs the machine.
    #[arg(long, value_name = "LOGIN")]
    by: Option<String>,
    /// Why, in one line.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct At {
    /// Where people reach the site; links begin with it.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    site: String,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| Role::ALL.map(Role::code).join(", "))
}

pub(super) fn run(desk: &Desk, command: &People) -> Result<Exit, Failure> {
    match command {
        People::Add {
            login,
            name,
            machine,
            to,
            by,
            at,
        } => add(desk, (login, name, *machine), to, by, at),
        People::List => list(desk),
        People::History { login } => history(desk, login),
        People::Invite(ask) => shift(desk, ask, AccountMove::Invite),
        People::Suspend(ask) => shift(desk, ask, AccountMove::Suspend),
        People::Resume(ask) => shift(desk, ask, AccountMove::Resume),
        People::Reset(ask) => shift(desk, ask, AccountMove::Reset),
        People::End(ask) => shift(desk, ask, AccountMove::End),
        People::Erase(ask) => {
            let account = find(desk, &ask.login)?;
            by(desk, &ask.by, |by| {
                people::erase(&desk.office, account.id, by)
            })?;
            said(desk)
        }
        People::Appoint { login, to, by: why } => {
            let account = find(desk, login)?;
            let to = new(to);
            by(desk, why, |by| {
                people::appoint(&desk.office, account.id, &to, by)
            })?;
            said(desk)
        }
        People::Dismiss {
            login,
            appointment,
            by: why,
        } => {
            let account = find(desk, login)?;
            let one = AppointmentId::parse(appointment)
                .ok_or_else(|| Failure::usage(text::APPOINTMENT_ID, &[]))?;
            by(desk, why, |by| {
                people::dismiss(&desk.office, account.id, one, by)
            })?;
            said(desk)
        }
        People::Machine { command } => machine::run(desk, command),
        People::Key {
            login,
            days,
            by: why,
        } => {
            let account = find(desk, login)?;
            let key = by(desk, why, |by| {
                keys::key(&desk.office, account.id, *days, by)
            })?;
            out::line(&text::MACHINE_KEY.say(desk.lang, &[key.shown()]))?;
            Ok(Exit::Done)
        }
    }
}

/// Runs a move in the name of whoever does it.
fn by<'d, T, F>(
    desk: &'d Desk,
    ask: &'d By,
    act: impl FnOnce(people::By<'d>) -> F,
) -> Result<T, Failure>
where
    F: Future<Output = exchange::error::Result<T>>,
{
    let account = match &ask.by {
        Some(login) => Some(find(desk, login)?.id),
        None => None,
    };
    let by = people::By {
        account,
        reason: &ask.reason,
    };
    let done = desk.runtime.block_on(act(by));
    done.map_err(|error| Failure::of(error, desk.lang))
}

fn find(desk: &Desk, login: &str) -> Result<Account, Failure> {
    let found = desk.runtime.block_on(people::find(&desk.office, login));
    found.map_err(|error| Failure::of(error, desk.lang))
}

fn new(to: &To) -> NewAppointment {
    NewAppointment {
        role: to.role,
        agency: to.agency.clone(),
        unit: to.unit.clone(),
        themes: to.themes.clone(),
        until: to.until,
    }
}

fn add(
    desk: &Desk,
    (login, name, machine): (&str, &str, bool),
    to: &To,
    why: &By,
    at: &At,
) -> Result<Exit, Failure> {
    let kind = if machine {
        AccountKind::Machine
    } else {
        AccountKind::Officer
    };
    let person = Person {
        login: login.to_owned(),
        name: name.to_owned(),
    };
    let appointments = [new(to)];
    let (_, secret) = by(desk, why, |by| {
        people::add(&desk.office, kind, &person, &appointments, by)
    })?;
    match secret {
        Some(secret) => link(desk, at, &secret),
        None => said(desk),
    }
}

fn shift(desk: &Desk, ask: &Move, what: AccountMove) -> Result<Exit, Failure> {
    let account = find(desk, &ask.login)?;
    let secret = by(desk, &ask.by, |by| {
        people::shift(&desk.office, account.id, what, by)
    })?;
    match secret {
        Some(secret) => link(desk, &ask.at, &secret),
        None => said(desk),
    }
}

fn link(desk: &Desk, at: &At, secret: &Secret) -> Result<Exit, Failure> {
    let site = at.site.trim_end_matches('/');
    let link = format!("{site}/account/begin/{}", secret.shown());
    out::line(&text::PEOPLE_LINK.say(desk.lang, &[&link]))?;
    Ok(Exit::Done)
}

fn said(desk: &Desk) -> Result<Exit, Failure> {
    out::line(&text::PEOPLE_DONE.say(desk.lang, &[]))?;
    Ok(Exit::Done)
}

/// Oldest first, all pages: one line an account, separated by tabs.
fn list(desk: &Desk) -> Result<Exit, Failure> {
    let read = |after: Option<&str>| {
        let page = desk.runtime.block_on(people::list(&desk.office, after));
        let page = page.map_err(|error| Failure::of(error, desk.lang))?;
        Ok((page.rows, page.next))
    };
    if !out::pages(read, line)? {
        out::line(&text::PEOPLE_NONE.say(desk.lang, &[]))?;
    }
    Ok(Exit::Done)
}

fn line(one: &Account) -> String {
    let (login, name) = match &one.person {
        Some(person) => (person.login.as_str(), person.name.as_str()),
        None => ("-", "-"),
    };
    let held: Vec<String> = one.appointments.iter().map(held).collect();
    format!(
        "{login}\t{}\t{}\t{name}\t{}",
        one.kind.code(),
        one.state.code(),
        held.join("; ")
    )
}

fn held(one: &Appointment) -> String {
    let themes = match one.themes.as_slice() {
        [] => String::new(),
        themes => format!(" ({})", themes.join(", ")),
    };
    format!(
        "{} {}{themes} until {} [{}]",
        one.role.code(),
        one.agency,
        one.until,
        one.id
    )
}

fn history(desk: &Desk, login: &str) -> Result<Exit, Failure> {
    let account = find(desk, login)?;
    let reading = people::history(&desk.office, account.id);
    let moves = desk.runtime.block_on(reading);
    for one in &moves.map_err(|error| Failure::of(error, desk.lang))? {
        let by = one.by.map_or_else(|| "-".to_owned(), |by| by.to_string());
        let at = exchange::office::date_of(one.at);
        let (what, state) = (one.what.code(), one.state.code());
        out::line(&format!("{at}\t{what}\t{state}\t{by}\t{}", one.reason))?;
    }
    Ok(Exit::Done)
}

/// The two accounts of a demonstration, each with a link that signs in once: one that sends files and
/// decides, and one that confirms what the first one sent.
pub(super) fn demonstration(desk: &Desk, agencies: &[String]) -> Result<(Secret, Secret), Failure> {
    let appointed = |roles: &[Role]| -> Vec<NewAppointment> {
        let each = agencies.iter().flat_map(|agency| {
            let suppliers = roles
                .iter()
                .filter(|role| matches!(role, Role::SupplierOfficer | Role::SecondOfficer));
            suppliers.map(|role| NewAppointment {
                role: *role,
                agency: agency.clone(),
                unit: None,
                themes: Vec::new(),
                until: None,
            })
        });
        let centre = roles.iter().filter(|role| {
            matches!(
                role,
                Role::CentreClerk | Role::CentreAdministrator | Role::Auditor
            )
        });
        let centre = centre.map(|role| NewAppointment {
            role: *role,
            agency: "credit-centre".to_owned(),
            unit: None,
            themes: Vec::new(),
            until: None,
        });
        each.chain(centre).collect()
    };
    let first = appointed(&[
        Role::SupplierOfficer,
        Role::CentreClerk,
        Role::CentreAdministrator,
        Role::Auditor,
    ]);
    let second = appointed(&[Role::SecondOfficer, Role::Auditor]);
    Ok((
        signed_in(desk, "demo", "演示账号", &first)?,
        signed_in(desk, "demo-second", "演示复核员", &second)?,
    ))
}

fn signed_in(
    desk: &Desk,
    login: &str,
    name: &str,
    appointments: &[NewAppointment],
) -> Result<Secret, Failure> {
    let office = &desk.office;
    let made = async {
        let id = match people::find(office, login).await {
            Ok(account) => account.id,
            Err(exchange::Error::NotFound) => {
                let person = Person {
                    login: login.to_owned(),
                    name: name.to_owned(),
                };
                let by = people::By {
                    account: None,
                    reason: "gongxin demo",
                };
                let kind = AccountKind::Officer;
                people::add(office, kind, &person, appointments, by)
                    .await?
                    .0
            }
            Err(error) => return Err(error),
        };
        people::link(office, id).await
    };
    let made = desk.runtime.block_on(made);
    made.map_err(|error| Failure::of(error, desk.lang))
}
