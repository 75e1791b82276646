//! The list of erasures beside the store: what was erased stays erased when an older copy of the store
//! is restored. One line an erasure: person's id, microseconds, account or `-`, reason. Ids are keyed
//! digests, so that the list tells nobody who it was.

use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use store::Erasure;

/// Most bytes of a list: 300,000 erasures of some 200 bytes.
pub const LIST_BYTES: u64 = 64 << 20;

/// A line of the list cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the list of erasures cannot be read")]
pub struct BadList {
    /// 1, 2, 3 …
    pub line: usize,
}

/// The line of an erasure, with its end.
#[must_use]
pub fn line(erasure: &Erasure) -> String {
    let by = erasure
        .by
        .map_or_else(|| "-".to_owned(), |one| one.to_string());
    // A reason is one line; whoever made it saw to that.
    let reason = erasure.reason.replace(['\r', '\n'], " ");
    format!("{} {} {by} {reason}\n", erasure.subject, erasure.at.0)
}

/// Reads a list. What follows the last end of a line was never finished: it is left out, and its
/// erasure was not done.
///
/// # Errors
/// [`BadList`] for a line of another form.
pub fn parse(text: &str) -> Result<Vec<Erasure>, BadList> {
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let lines = whole.lines().enumerate();
    let lines = lines.filter(|(_, text)| !text.is_empty());
    lines
        .map(|(at, text)| one(text).ok_or(BadList { line: at + 1 }))
        .collect()
}

fn one(line: &str) -> Option<Erasure> {
    let mut parts = line.splitn(4, ' ');
    let subject = SubjectId::parse(parts.next()?)?;
    let at = Instant(parts.next()?.parse().ok()?);
    let by = match parts.next()? {
        "-" => None,
        id => Some(AccountId::parse(id)?),
    };
    Some(Erasure {
        subject,
        at,
        by,
        reason: parts.next()?.to_owned(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;

    fn erasures() -> Vec<Erasure> {
        let reasons = ["决定 1", "a  b ", "-", "删除决定〔2026〕3号", " "];
        let all = reasons.iter().zip(0_u8..);
        all.map(|(reason, at)| Erasure {
            subject: SubjectId([at; 16]),
            at: Instant(i64::from(at) * 1_000_000 - 1),
            by: (at % 2 == 0).then_some(AccountId([at; 16])),
            reason: (*reason).to_owned(),
        })
        .collect()
    }

    #[test]
    fn a_list_comes_back_however_much_of_it_was_written() {
        let all = erasures();
        let text: String = all.iter().map(line).collect();
        assert_eq!(parse(&text).unwrap(), all);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let part = parse(&text[..at]).unwrap();
            assert_eq!(all[..part.len()], part[..]);
            let whole = text[..at].matches('\n').count();
            assert_eq!(part.len(), whole, "what was finished is read");
        }
    }

    #[test]
    fn a_damaged_line_is_named() {
        let good = line(&erasures()[0]);
        assert_eq!(parse(&good).unwrap().len(), 1);
        assert_eq!(parse(&format!("{good}x\n{good}")), Err(BadList { line: 2 }));
        assert_eq!(parse(&format!("{good}x")).unwrap().len(), 1);
        for text in ["\n", " \n", "x", "0 0 - \n", "\u{feff}\n"] {
            assert!(parse(text).is_ok_and(|all| all.is_empty()) || parse(text).is_err());
        }
    }
}
