//! Redaction of free text before publication: what names a person, leads to a home or an account,
//! or tells of health is replaced; what may do so and is not understood makes the text doubtful,
//! and then a person decides on the whole of it.

use super::numbers::{NumberKind, personal_numbers};
use super::rules::ContentRules;
use crate::text::simplify;
use std::ops::Range;

/// What stands in place of what was taken out, in every language.
const MARK: &str = "***";

/// A kind of thing taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HitKind {
    /// A person's name.
    Name,
    /// A person's identity number or birthday.
    Identity,
    /// A phone number.
    Phone,
    /// An e-mail or messenger address.
    Mail,
    /// A home address.
    Address,
    /// A bank account or card.
    Account,
    /// Health.
    Health,
    /// A licence plate.
    Plate,
}

impl HitKind {
    /// Reads the code of data files.
    #[must_use]
    pub fn parse(code: &str) -> Option<HitKind> {
        Some(match code {
            "name" => HitKind::Name,
            "identity" => HitKind::Identity,
            "phone" => HitKind::Phone,
            "mail" => HitKind::Mail,
            "address" => HitKind::Address,
            "account" => HitKind::Account,
            "health" => HitKind::Health,
            "plate" => HitKind::Plate,
            _ => return None,
        })
    }
}

/// One thing taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: HitKind,
    /// Its bytes in the text as given.
    pub range: Range<usize>,
}

/// A redacted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    /// The text with everything found replaced by `***`.
    pub text: String,
    /// Something in it may be a person's and was not understood: the whole text waits.
    pub doubtful: bool,
    /// What was found, by place, without overlaps.
    pub hits: Vec<Hit>,
}

/// Runs all rules over a text.
pub(super) fn redact(rules: &ContentRules, text: &str) -> Redaction {
    let mut hits: Vec<Hit> = personal_numbers(text)
        .into_iter()
        .map(|number| Hit {
            kind: match number.kind {
                NumberKind::Citizen => HitKind::Identity,
                NumberKind::BankCard => HitKind::Account,
                NumberKind::Mobile => HitKind::Phone,
            },
            range: number.range,
        })
        .collect();
    // Rules are written in simplified characters; a place is the same in both.
    let plain = simplify(text);
    let found = rules.redact.find(&plain);
    hits.extend(found.into_iter().map(|(kind, range)| Hit { kind, range }));
    let names = rules.names.find(&plain, &rules.endings);
    hits.extend(names.sure.into_iter().map(|range| Hit {
        kind: HitKind::Name,
        range,
    }));
    let hits = without_overlaps(hits);
    let text = replace(text, &hits);
    // Doubts are looked for in what is left.
    let doubtful = names.doubtful || rules.doubtful.holds(&simplify(&text));
    Redaction {
        text,
        doubtful,
        hits,
    }
}

/// Sorts by place and joins what overlaps; the kind of the first stays.
fn without_overlaps(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
    let mut joined: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match joined.last_mut() {
            Some(last) if hit.range.start < last.range.end => {
                last.range.end = last.range.end.max(hit.range.end);
            }
            _ => joined.push(hit),
        }
    }
    joined
}

fn replace(text: &str, hits: &[Hit]) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut from = 0;
    for hit in hits {
        redacted.push_str(text.get(from..hit.range.start).unwrap_or_default());
        redacted.push_str(MARK);
        from = hit.range.end;
    }
    redacted.push_str(text.get(from..).unwrap_or_default());
    redacted
}
