//! The conditions of a repair, reckoned by rule when it is applied for (Order 36; R26): the shortest term of
//! publicity has passed, and what the move needs is there. Whatever is missing is told at once and whole.
//! Whether the conduct was really put right, the organ that decided the matter decides.

use crate::error::{Error, Result};
use crate::office::Office;
use credit::case::{Move, Need};
use credit::catalog::{Theme, model::Repair};
use credit::clock::{Severity, term};
use credit::lang::{Lang, Text};
use jiff::civil::Date;
use policy::{Entry, Publication};

/// Refuses an application that does not meet the conditions, naming all that is missing.
///
/// # Errors
/// [`Error::Request`].
pub(super) fn met(office: &Office, entry: &Entry, opening: &Move, brings: &[Need]) -> Result<()> {
    let today = office.catalog.theme(&entry.theme.code, office.today());
    repairable(today.map_or(&*entry.theme, |theme| theme), entry)?;
    let mut missing: Vec<[String; 3]> = Vec::new();
    missing.extend(too_early(
        entry,
        today.map(|theme| &**theme),
        office.today(),
    ));
    let absent = opening.needs.iter().filter(|need| !brings.contains(need));
    missing.extend(absent.map(|need| Lang::ALL.map(|lang| need.title(lang).to_owned())));
    if missing.is_empty() {
        return Ok(());
    }
    let list = |ix: usize, and: &str| {
        let each: Vec<&str> = missing.iter().map(|one| one[ix].as_str()).collect();
        each.join(and)
    };
    Err(Error::request(
        format!(
            "还不符合信用修复的条件，以下各项请一次补齐：{}。",
            list(0, "；")
        ),
        format!(
            "The conditions of a repair are not met yet. All that is missing: {}.",
            list(1, "; ")
        ),
        format!(
            "Условия восстановления ещё не выполнены. Всё, чего не хватает: {}.",
            list(2, "; ")
        ),
    ))
}

/// Whether the fact can be repaired at all.
fn repairable(theme: &Theme, entry: &Entry) -> Result<()> {
    if entry.publication == Publication::Repaired {
        return Err(Error::request(
            "该信息已经修复。",
            "The fact is repaired already.",
            "Сведение уже восстановлено.",
        ));
    }
    match &theme.repair {
        Repair::Repairable(..) => Ok(()),
        Repair::NotRepairable(why, _) => Err(told(why)),
        Repair::NotApplicable => Err(Error::request(
            "这类信息不是失信信息，无需修复；认为有误的，请提出异议。",
            "A fact of this kind needs no repair; if it is wrong, object to it.",
            "Такое сведение не требует восстановления; если оно неверно, подайте возражение.",
        )),
    }
}

fn told(why: &Text) -> Error {
    Error::request(why.zh.clone(), why.en.clone(), why.ru.clone())
}

/// The shortest term, where it still runs: by the edition under which the fact was taken in or by that of
/// today, whichever is milder (R40).
fn too_early(entry: &Entry, today: Option<&Theme>, day: Date) -> Option<[String; 3]> {
    let severity = entry.severity?;
    let started = entry.document_started_on?;
    let own = shortest(&entry.theme, started, severity);
    let by_today = today.and_then(|theme| shortest(theme, started, severity));
    let until = match (own, by_today) {
        (Some(own), Some(today)) => own.min(today),
        // An edition without a table says nothing; the other one rules.
        (one, other) => one.or(other)?,
    };
    // No shortest term: it can be repaired as soon as the duties are done.
    let until = until.0?;
    (day <= until).then(|| {
        [
            format!("最短公示期至 {until} 届满"),
            format!("the shortest term of publicity runs until {until}"),
            format!("минимальный срок публикации длится до {until}"),
        ]
    })
}

/// The last day of the shortest term of an edition. `None` inside: there is none, which is the mildest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shortest(Option<Date>);

fn shortest(theme: &Theme, started: Date, severity: Severity) -> Option<Shortest> {
    term(theme, started, severity).map(|term| Shortest(term.min_until))
}
