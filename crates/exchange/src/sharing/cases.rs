//! An agency's own register of cases: by it the numbers of its looks are confirmed.

use crate::error::{Error, Result};
use crate::ids;
use crate::office::Office;
use crate::people::Acting;
use crate::persons::Number;
use credit::identifier::Identifier;
use credit::people::Action;
use jiff::civil::Date;
use policy::CaseNumber;
use std::collections::BTreeSet;
use store::{CaseRow, NewCases};

/// Rows of one loading: a busy agency opens some thousands a month; × 10.
const ROWS: usize = 100_000;

/// What a loading did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Cases read.
    pub cases: usize,
}

/// Loads cases of an agency: lines of `case_no,opened_on,closed_on,code`, with that header; the last
/// two columns may be empty or absent. A closed case stays closed, and whom it is about does not change.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] with the line that cannot be read; nothing is written then.
pub async fn load(
    office: &Office,
    who: &Acting,
    agency: Option<&str>,
    text: &str,
) -> Result<Loaded> {
    let agency = who.agency(Action::CaseLoad, agency)?;
    let cases = read(office, text)?;
    let new = NewCases {
        agency: &agency,
        cases: &cases,
        digest: seal::sha256(text.as_bytes()).0,
        by: who.account,
        at: office.now(),
    };
    office.store.cases_load(&new).await?;
    Ok(Loaded { cases: cases.len() })
}

fn read(office: &Office, text: &str) -> Result<Vec<CaseRow>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let head = lines.next().map(|(_, head)| head.trim());
    if !head.is_some_and(|head| head.starts_with("case_no,opened_on")) {
        return Err(wrong(1));
    }
    let (mut cases, mut met) = (Vec::new(), BTreeSet::new());
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let case = row(office, line).ok_or_else(|| wrong(at + 1))?;
        if cases.len() >= ROWS || !met.insert(case.number.clone()) {
            return Err(wrong(at + 1));
        }
        cases.push(case);
    }
    if cases.is_empty() {
        return Err(wrong(2));
    }
    Ok(cases)
}

fn row(office: &Office, line: &str) -> Option<CaseRow> {
    let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
    let number = CaseNumber::parse(cells.next()?).ok()?;
    let opened_on: Date = cells.next()?.parse().ok()?;
    let closed_on = match cells.next().filter(|cell| !cell.is_empty()) {
        Some(cell) => Some(cell.parse().ok()?),
        None => None,
    };
    let about = match cells.next().filter(|cell| !cell.is_empty()) {
        // Of whom it is only a keyed digest is kept, so that a register names no person here.
        Some(code) => Some(match Number::detect(code) {
            Some(number) => number.mention(office),
            None => {
                let identifier = Identifier::detect(code).ok()?.identifier;
                ids::mention_of(&office.site_key, &identifier)
            }
        }),
        None => None,
    };
    let done = cells.next().is_none();
    done.then(|| CaseRow {
        number: number.as_str().to_owned(),
        opened_on,
        closed_on,
        about,
    })
}

/// Says which line, and nothing of what stands in it.
fn wrong(line: usize) -> Error {
    Error::request(
        format!(
            "第 {line} 行无法读取。首行为 case_no,opened_on,closed_on,code；日期写成 2026-11-22；每个编号一行，至多 {ROWS} 行。"
        ),
        format!(
            "Line {line} cannot be read. The first is case_no,opened_on,closed_on,code; days are 2026-11-22; each number stands once, {ROWS} at most."
        ),
        format!(
            "Строка {line} не читается. Первая — case_no,opened_on,closed_on,code; даты 2026-11-22; каждый номер один раз, не больше {ROWS}."
        ),
    )
}
