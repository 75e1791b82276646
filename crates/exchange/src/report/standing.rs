//! Whether an issued report is still true: computed on every question, never stored.
//!
//! It is valid while today's report on that subject, through the same permit and on the same
//! question, would state the same facts. Third parties learn yes or no. What has changed is between
//! the subject and its own file: after a repair or a correction nobody else learns which it was
//! (rights 11).

use super::file::{self, Signed};
use super::issue::{facts_key, key_of, open_body};
use super::{Ask, past};
use crate::error::{Error, Result};
use crate::office::{Office, date_of};
use credit::lang::Lang;
use jiff::civil::Date;
use policy::{Mismatch, Purpose, Recheck};
use serde_json::Value;
use store::Issue;

/// Longest text that is read as a number: 32 digits in groups, and room.
const NUMBER_CHARS: usize = 64;

/// How an issued report stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Today's report would state the same facts.
    Valid(Box<Valid>),
    /// It would not. Nothing else is told.
    NotAnyMore {
        /// The number printed on it.
        number: String,
        /// The day on which it was issued.
        on: Date,
    },
}

/// What tells a valid report from another: enough to hold a print against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid {
    /// The number printed on it.
    pub number: String,
    /// The day on which it was issued.
    pub on: Date,
    /// Through which permit it was read.
    pub purpose: Purpose,
    /// The organisation's name.
    pub name: String,
    /// Its first code, where it has one.
    pub code: Option<String>,
    /// How many entries it prints.
    pub entries: usize,
    /// The language in which it is written.
    pub lang: Lang,
}

/// What a file is, held against its issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// How the report in it stands.
    pub standing: Standing,
    /// Of a PDF: whether it is byte for byte one that was handed out, so that its pages show what
    /// was signed. `None` for the signed file itself.
    pub pages: Option<bool>,
}

/// How the report of a number stands. A number that is none, one that was never given out and one
/// that was erased are the same answer.
///
/// # Errors
/// [`Error::NotFound`] when there is no such number.
pub async fn by_number(office: &Office, number: &str) -> Result<Standing> {
    let number = parse(number).ok_or(Error::NotFound)?;
    let (row, signed) = issued(office, &number).await?;
    standing(office, &row, &signed).await
}

/// What a file is: the signed file, or a PDF with it inside.
///
/// # Errors
/// [`Error::Request`] when its signature is not this platform's or does not fit;
/// [`Error::NotFound`] when the issue was erased.
pub async fn by_file(office: &Office, bytes: &[u8]) -> Result<Held> {
    let told = file::open(&office.signer.verifier(), bytes)?;
    let number = parse(&told.signed.verify).ok_or(Error::NotFound)?;
    let (row, signed) = issued(office, &number).await?;
    let pages = if told.in_pdf {
        let digest = seal::sha256(bytes).0;
        Some(office.store.report_is_copy(&row, &digest).await?)
    } else {
        None
    };
    Ok(Held {
        standing: standing(office, &row, &signed).await?,
        pages,
    })
}

/// The issue of a number and what was signed.
async fn issued(office: &Office, number: &[u8; 16]) -> Result<(Issue, Signed)> {
    let found = office
        .store
        .report_numbered(&key_of(office, number))
        .await?
        .ok_or(Error::NotFound)?;
    let (row, sealed) = found;
    let signature = open_body(office, &row, sealed.as_deref())?.ok_or(Error::NotFound)?;
    Ok((row, file::kept(&signature)?))
}

async fn standing(office: &Office, row: &Issue, signed: &Signed) -> Result<Standing> {
    let on = date_of(row.at);
    if same(office, row).await? {
        Ok(Standing::Valid(Box::new(valid(row, signed, on))))
    } else {
        let number = row.number.clone();
        Ok(Standing::NotAnyMore { number, on })
    }
}

/// Whether today's report would state the same facts.
pub(crate) async fn same(office: &Office, row: &Issue) -> Result<bool> {
    let ask = read_ask(&row.ask);
    let subject = office.store.subject_root(row.subject).await?;
    let recheck = Recheck::of(subject, row.purpose);
    let sealed = office
        .store
        .subject_facts_then(recheck.permit(), office.now(), past(office, ask.as_of))
        .await?;
    let Some(sealed) = sealed else {
        return Ok(false);
    };
    let at = office.as_of(ask.as_of);
    match recheck.stated(sealed, &office.catalog, at, &ask.extent()) {
        Ok(stated) => Ok(facts_key(office, &stated) == row.facts),
        Err(Mismatch::NotPublic) => Ok(false),
        Err(mismatch) => Err(mismatch.into()),
    }
}

fn valid(row: &Issue, signed: &Signed, on: Date) -> Valid {
    let report = &signed.report;
    let who = &report["subject"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let sections = report["sections"].as_array().into_iter().flatten();
    Valid {
        number: row.number.clone(),
        on,
        purpose: row.purpose,
        name: text(&who["name"]).unwrap_or_default(),
        code: text(&who["identifiers"][0]["value"]),
        entries: sections
            .map(|section| section["entries"].as_array().map_or(0, Vec::len))
            .sum(),
        lang: report["lang"]
            .as_str()
            .and_then(Lang::parse)
            .unwrap_or_default(),
    }
}

pub(crate) fn read_ask(text: &str) -> Ask {
    let body: Value = serde_json::from_str(text).unwrap_or_default();
    let day = |name: &str| body[name].as_str().and_then(|day| day.parse().ok());
    let themes = body["themes"].as_array().map(|codes| {
        let codes = codes.iter().filter_map(Value::as_str);
        codes.map(str::to_owned).collect()
    });
    Ask {
        lang: body["lang"]
            .as_str()
            .and_then(Lang::parse)
            .unwrap_or_default(),
        as_of: day("as_of"),
        from: day("from"),
        to: day("to"),
        themes,
    }
}

/// Reads a number as people type it: in groups, in capitals.
pub(crate) fn parse(text: &str) -> Option<[u8; 16]> {
    if text.len() > NUMBER_CHARS {
        return None;
    }
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A number in groups of four, as it is printed.
#[must_use]
pub fn grouped(number: &str) -> String {
    let groups: Vec<&str> = (0..number.len())
        .step_by(4)
        .filter_map(|at| number.get(at..(at + 4).min(number.len())))
        .collect();
    groups.join("-").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{grouped, parse};

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = "0123456789abcdef0123456789abcdef";
        let printed = grouped(number);
        assert_eq!(printed, "0123-4567-89AB-CDEF-0123-4567-89AB-CDEF");
        assert_eq!(parse(&printed), parse(number));
        assert_eq!(parse(&printed.replace('-', " ")), parse(number));
        for wrong in ["", "0", "0123456789abcdef0123456789abcdeg", "é", "../../x"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse(&number.repeat(2)), None);
        assert_eq!(parse(&"-".repeat(1_000)), None);
    }
}
