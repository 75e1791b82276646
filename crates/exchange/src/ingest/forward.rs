//! Facts in the theme's template, for the platform above: those of a file, checked as at our own
//! door, with nothing stored and nothing read; or those on file, read under a job's permit.

use super::pass;
use super::terms::{self, Request};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::case::Effect;
use credit::catalog::{ItemIx, SharingClass, Theme};
use credit::lang::Lang;
use credit::people::Action;
use credit::record::Instant;
use intake::check::Outcome;
use policy::{Dossier, Entry, JobPermit, Mark, Officer};
use std::io::Write;

/// How long a job may read, in microseconds: 6 hours. A million subjects take some ten minutes.
pub const JOB_TIME: i64 = 21_600_000_000;

/// Threads that check: nothing is stored beside it, so a second core has nothing else to do.
const CHECKERS: usize = 2;

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forwarded {
    /// Rows written.
    pub written: u64,
    /// Rows that would be rejected or held here: they are mended first.
    pub left_out: u64,
}

/// Checks a file and writes its sound facts to `out`, item codes as the header. Blocks its thread.
///
/// # Errors
/// As [`submit`](super::submit); and [`Error::Inner`] when writing fails.
pub fn forward(office: &Office, request: Request, out: &mut dyn Write) -> Result<Forwarded> {
    let terms = terms::settle(office, request)?;
    let mut writer =
        intake::forward::Writer::new(&terms.theme, out).map_err(|cause| broken(cause.into()))?;
    let mut forwarded = Forwarded::default();
    let mut failed = None;
    pass::each_row(office, &terms, CHECKERS, |outcome, _| {
        match outcome {
            Outcome::Ready(draft) => {
                forwarded.written += 1;
                failed = writer.row(draft).err();
            }
            Outcome::Held(..) | Outcome::Rejected(_) | Outcome::Personal(_) => {
                forwarded.left_out += 1;
            }
            Outcome::Blank | Outcome::Footer { .. } => {}
        }
        failed.is_none()
    })?;
    if let Some(cause) = failed {
        return Err(broken(cause.into()));
    }
    writer.finish().map_err(|cause| broken(cause.into()))?;
    Ok(forwarded)
}

fn broken(cause: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::inner(
        "the file for the platform above could not be written",
        cause,
    )
}

/// Writes what is on file of a theme to `out`, item codes as the header: what is in force and in
/// public view today, of organisations, as far as agencies may see it (政务共享), each fact with its marks in a
/// column of their own. The look of the officer, by name and agency,
/// is written down when it begins and, with its counts, when it ends.
///
/// # Errors
/// [`Error::Request`] without an officer, and for a theme that the catalogue does not have or share;
/// [`Error::Permit`] when it took longer than [`JOB_TIME`]; [`Error::Inner`] when writing fails.
pub async fn forward_held(
    office: &Office,
    theme: &str,
    officer: (&str, &str),
    out: &mut dyn Write,
) -> Result<Forwarded> {
    let officer = Officer::parse(officer.0, officer.1).map_err(|_| {
        Error::request(
            "请写明报送人的姓名和单位。",
            "Name the officer who forwards and the agency.",
            "Укажите имя и орган передающего должностного лица.",
        )
    })?;
    let theme = terms::find_theme(office, theme, office.today())?;
    if theme.sharing.class == SharingClass::NotShared {
        return Err(not_shared(&theme));
    }
    let expires = Instant(office.now().0.saturating_add(JOB_TIME));
    let mut permit = JobPermit::forward(office.nonce(), &theme, officer, expires);
    let mut writer =
        intake::forward::Writer::marking(&theme, out).map_err(|cause| broken(cause.into()))?;
    let mut after = None;
    let written = loop {
        let page = office.store.job_facts(&permit, after, office.now()).await?;
        let (at, now) = (office.as_of(None), office.now());
        let opened = permit.open(page.batch, &office.catalog, at, now)?;
        let entries = opened.iter().flat_map(Dossier::entries);
        let wrote = entries
            .map(|entry| row(&mut writer, &theme, entry))
            .try_for_each(|wrote| wrote);
        if let Err(cause) = wrote {
            break Err(broken(cause));
        }
        after = page.next;
        if after.is_none() {
            break writer.finish().map_err(|cause| broken(cause.into()));
        }
    };
    // What was read was read, also where the file could not be written.
    let account = permit.end();
    office.store.job_end(&account, office.now()).await?;
    written.map(|()| Forwarded {
        written: account.records,
        left_out: 0,
    })
}

/// The officer whom an account forwards as.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may not.
pub fn forwarder(who: &Acting) -> Result<Officer> {
    who.officer(who.home(Action::Forward)?)
}

/// A fact in the columns of today's edition; items that it does not have any more are left out.
fn row<W: Write>(
    writer: &mut intake::forward::Writer<W>,
    theme: &Theme,
    entry: &Entry,
) -> std::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let value = |ix: ItemIx| {
        let code = &theme.items.get(ix)?.code;
        let shown = entry.value(entry.theme.item(code)?)?;
        Some(shown.text(Lang::Zh))
    };
    Ok(writer.values(value, &marks(entry))?)
}

/// What everybody who reads the fact must read with it (R21, R25; rights 10), in the words of the pages.
fn marks(entry: &Entry) -> String {
    let each = entry.marks.iter().map(|mark| match mark {
        Mark::Contested => Effect::Contested.title(Lang::Zh),
        Mark::Appealed => Effect::Appealed.title(Lang::Zh),
    });
    each.collect::<Vec<_>>().join("；")
}

fn not_shared(theme: &Theme) -> Error {
    let code = &theme.code;
    Error::request(
        format!("目录规定主题 {code} 不予共享，不能向上级平台报送。"),
        format!("The catalogue does not share theme {code}, so it cannot be forwarded."),
        format!("Каталог не допускает обмена темой {code}; её нельзя передать выше."),
    )
}
