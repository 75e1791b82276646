//! What is asked of a search, as an address says it.

use super::Choice;
use crate::Site;
use crate::page::Frame;
use credit::case::Kind;
use credit::lang::Lang;
use exchange::cases::{OPEN, OVER, Search, Term};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The filters.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Ask {
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) agency: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) decided_from: String,
    pub(super) decided_to: String,
    pub(super) overdue: String,
    pub(super) after: Option<String>,
}

impl Ask {
    /// The same for the workflow.
    ///
    /// # Errors
    /// [`exchange::Error::Request`] for a day that is none.
    pub(super) fn search(&self) -> Result<Search<'_>, exchange::Error> {
        Ok(Search {
            number: self.number.trim(),
            kind: &self.kind,
            state: &self.state,
            agency: &self.agency,
            opened: term(&self.from, &self.to)?,
            decided: term(&self.decided_from, &self.decided_to)?,
            overdue: !self.overdue.is_empty(),
        })
    }

    /// The field to which a refusal belongs.
    pub(super) fn fault(&self) -> &'static str {
        let opened = term(&self.from, &self.to).is_err();
        match (opened, term(&self.decided_from, &self.decided_to).is_err()) {
            (true, _) => "from",
            (_, true) => "decided-from",
            _ => "number",
        }
    }

    /// The address of a page with the same filters, in one form: what is empty is left out, and what needs an
    /// escape in an address is no filter of ours.
    pub(super) fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = [
            ("number", self.number.trim()),
            ("kind", &self.kind),
            ("state", &self.state),
            ("agency", &self.agency),
            ("from", &self.from),
            ("to", &self.to),
            ("decided-from", &self.decided_from),
            ("decided-to", &self.decided_to),
            ("overdue", &self.overdue),
        ];
        let sound = |text: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !text.is_empty() && text.bytes().all(plain)
        };
        let all = own.iter().chain(more);
        let pairs: Vec<String> = all
            .filter(|(_, value)| sound(value))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        match pairs.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", pairs.join("&")),
        }
    }
}

fn term(from: &str, to: &str) -> Result<Term, exchange::Error> {
    let day = |text: &str| match text.trim() {
        "" => Ok(None),
        text => crate::portal::report_day(text).map(Some),
    };
    Ok((day(from)?, day(to)?))
}

/// The newest edition of each kind, by its code.
fn newest(site: &Site) -> BTreeMap<&str, &Kind> {
    let all = site.office.catalog.cases.iter();
    let national = all.filter(|kind| kind.covers("CN").is_some());
    national
        .map(|kind| (kind.code.as_str(), kind.as_ref()))
        .collect()
}

/// Kinds to choose from.
pub(super) fn kinds(site: &Site, ask: &Ask, lang: Lang) -> Vec<Choice> {
    let each = newest(site).into_values();
    each.map(|kind| Choice {
        code: kind.code.clone(),
        title: kind.title.get(lang).to_owned(),
        chosen: kind.code == ask.kind,
    })
    .collect()
}

/// States to choose from: open, over, and those of the kind that was chosen.
pub(super) fn states(site: &Site, ask: &Ask, f: &Frame) -> Vec<Choice> {
    let mut all: Vec<Choice> = [(OPEN, "case-state-open"), (OVER, "case-state-over")]
        .map(|(code, key)| Choice {
            code: code.to_owned(),
            title: f.t.get(key),
            chosen: ask.state == code,
        })
        .into();
    let kind = newest(site).remove(ask.kind.as_str());
    for state in kind.into_iter().flat_map(|kind| &kind.states) {
        all.push(Choice {
            code: state.code.clone(),
            title: state.title.get(f.t.lang).to_owned(),
            chosen: ask.state == state.code,
        });
    }
    all
}
