//! Who acts for a subject: its legal representative, who proved it at the service window, and the
//! clerks whom the representative gives tasks. Whether a mandate holds is computed when it is used: a
//! clerk's hangs on the representative's and falls with it.

use super::{AccountId, Role};
use crate::lang::Lang;
use crate::subject::{SubjectId, id16};
use jiff::civil::Date;
use std::fmt;
use std::sync::LazyLock;

id16! {
    /// One mandate: 16 unpredictable bytes.
    MandateId
}

/// Days of a clerk's mandate at most: a year, after which the representative looks again.
pub const CLERK_DAYS: i64 = 365;
/// Clerks of one representative at a time: a large firm has a handful; × 4 for room.
pub const CLERKS: usize = 50;

/// An entry of a small list that is reviewed as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its code in the store.
    pub code: &'static str,
    titles: [&'static str; 3],
}

impl Listed {
    /// Its title in the reader's language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        let [zh, en, ru] = self.titles;
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}

static DOCUMENTS: LazyLock<Vec<Listed>> =
    LazyLock::new(|| listed(include_str!("../../../../catalog/access/documents.tsv")));
static TASKS: LazyLock<Vec<Listed>> =
    LazyLock::new(|| listed(include_str!("../../../../catalog/access/tasks.tsv")));

/// In place of a document: the claims of an OpenID provider that the site trusts.
pub const BY_PROVIDER: &str = "provider";

/// In place of a document: a provider's claims of a natural person's own, verified number. Such a mandate is
/// for the person's own file, and is nobody's to give.
pub const BY_NUMBER: &str = "own-number";

/// Documents that are taken at the service window.
pub fn documents() -> impl Iterator<Item = &'static Listed> {
    let proven = [BY_PROVIDER, BY_NUMBER];
    DOCUMENTS
        .iter()
        .filter(move |one| !proven.contains(&one.code))
}

/// By what a representative proved who they are, by its code: a document, or a provider's claims.
#[must_use]
pub fn document(code: &str) -> Option<&'static Listed> {
    DOCUMENTS.iter().find(|one| one.code == code)
}

/// Tasks that a clerk may be given.
#[must_use]
pub fn tasks() -> &'static [Listed] {
    &TASKS
}

/// Reads a list as shipped; a damaged line is no entry, and a test refuses it.
fn listed(text: &'static str) -> Vec<Listed> {
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().filter(|cell| !cell.trim().is_empty());
        let code = next()?;
        let titles = [next()?, next()?, next()?];
        Some(Listed { code, titles })
    })
    .collect()
}

/// What an account may do in the portal of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MyAction {
    /// Read the subject's own file.
    File,
    /// See who looked.
    Looks,
    /// Export the subject's data.
    Export,
    /// Open cases, follow them and act in them.
    Cases,
    /// Give clerks their tasks and end them.
    Clerks,
    /// Of a natural person: agree that others look, see what was agreed to, and withdraw it.
    Consents,
}

impl MyAction {
    /// Every action.
    pub const ALL: [MyAction; 6] = [
        MyAction::File,
        MyAction::Looks,
        MyAction::Export,
        MyAction::Cases,
        MyAction::Clerks,
        MyAction::Consents,
    ];

    /// The code of the task that allows it; none for what no clerk may do.
    #[must_use]
    pub fn task(self) -> Option<&'static str> {
        match self {
            MyAction::File => Some("file"),
            MyAction::Looks => Some("looks"),
            MyAction::Export => Some("export"),
            MyAction::Cases => Some("cases"),
            MyAction::Clerks | MyAction::Consents => None,
        }
    }
}

/// A mandate, with what the one that it hangs on says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Its id.
    pub id: MandateId,
    /// For whom: the mention that was meant when it was made.
    pub subject: SubjectId,
    /// Who acts.
    pub account: AccountId,
    /// [`Role::SubjectRepresentative`] or [`Role::TaskClerk`].
    pub role: Role,
    /// Of a clerk: the representative's mandate.
    pub under: Option<MandateId>,
    /// Of a representative: code of the document that was shown.
    pub document: Option<String>,
    /// Of a clerk: codes of the tasks.
    pub tasks: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// It was ended, or another representative took its place.
    pub ended: bool,
    /// Of a clerk: the last day of the representative's; none where that was ended.
    pub over_until: Option<Date>,
}

impl Mandate {
    /// Whether it holds on a day. A clerk's holds while the representative's does.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        let own = !self.ended && self.from <= today && today <= self.until;
        let over = match self.role {
            Role::SubjectRepresentative => self.under.is_none(),
            Role::TaskClerk => self.over_until.is_some_and(|until| today <= until),
            _ => false,
        };
        own && over
    }

    /// Whether it is a natural person's for the person's own file.
    #[must_use]
    pub fn is_own(&self) -> bool {
        let proven = self.document.as_deref() == Some(BY_NUMBER);
        proven && self.role == Role::SubjectRepresentative
    }

    /// Whether it allows an action on a day. A natural person reads, takes away and agrees that others look;
    /// nobody else is let into that file, and nobody agrees for another.
    #[must_use]
    pub fn allows(&self, action: MyAction, today: Date) -> bool {
        let reads = matches!(action, MyAction::File | MyAction::Looks | MyAction::Export);
        let given = match (self.role, action) {
            (Role::SubjectRepresentative, MyAction::Consents) => self.is_own(),
            (Role::SubjectRepresentative, _) => reads || !self.is_own(),
            _ => action
                .task()
                .is_some_and(|code| self.tasks.iter().any(|task| task == code)),
        };
        given && self.holds(today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> Date {
        jiff::civil::date(2026, 3, day)
    }

    fn clerk() -> Mandate {
        Mandate {
            id: MandateId([1; 16]),
            subject: SubjectId([2; 16]),
            account: AccountId([3; 16]),
            role: Role::TaskClerk,
            under: Some(MandateId([4; 16])),
            document: None,
            tasks: vec!["looks".to_owned()],
            from: day(2),
            until: day(20),
            ended: false,
            over_until: Some(day(10)),
        }
    }

    #[test]
    fn a_clerk_may_what_was_given_while_the_representative_may() {
        let one = clerk();
        let held: Vec<bool> = [1, 2, 10, 11].map(|at| one.holds(day(at))).into();
        assert_eq!(held, [false, true, true, false]);
        let may = MyAction::ALL.map(|action| one.allows(action, day(5)));
        assert_eq!(may, [false, true, false, false, false, false]);
        for fallen in [
            Mandate {
                ended: true,
                ..clerk()
            },
            Mandate {
                over_until: None,
                ..clerk()
            },
            // A role of the desk is no mandate, whatever the row says.
            Mandate {
                role: Role::CentreAdministrator,
                ..clerk()
            },
        ] {
            assert!(MyAction::ALL.iter().all(|one| !fallen.allows(*one, day(5))));
        }
    }

    #[test]
    fn a_representative_may_everything_but_agree_for_others_until_the_end() {
        let one = Mandate {
            role: Role::SubjectRepresentative,
            under: None,
            over_until: None,
            tasks: Vec::new(),
            ..clerk()
        };
        let may = MyAction::ALL.map(|action| one.allows(action, day(20)));
        assert_eq!(may, [true, true, true, true, true, false]);
        assert!(!one.holds(day(21)));
        // A natural person reads, sees who looked, takes away and agrees, and appoints nobody.
        let own = Mandate {
            document: Some(BY_NUMBER.to_owned()),
            ..one
        };
        let may = MyAction::ALL.map(|action| own.allows(action, day(20)));
        assert_eq!(may, [true, true, true, false, false, true]);
        assert!(!own.allows(MyAction::File, day(21)));
    }

    #[test]
    fn the_lists_are_whole() {
        let papers: Vec<Listed> = documents().copied().collect();
        for (list, least) in [(papers.as_slice(), 4), (tasks(), 3)] {
            assert!(list.len() >= least);
            for (ix, one) in list.iter().enumerate() {
                assert!(list.iter().skip(ix + 1).all(|other| other.code != one.code));
                assert!(!one.code.contains(char::is_whitespace));
            }
        }
        // A list's lines are all entries.
        let lines = include_str!("../../../../catalog/access/documents.tsv").lines();
        assert_eq!(
            lines.filter(|line| !line.starts_with('#')).count(),
            papers.len() + 3,
            "the head, the papers, and what a provider proves"
        );
        assert!(document(BY_PROVIDER).is_some() && document(BY_NUMBER).is_some());
        // What a clerk may be given is what an action asks for, and no more.
        let asked: Vec<&str> = MyAction::ALL.iter().filter_map(|one| one.task()).collect();
        let given: Vec<&str> = tasks().iter().map(|one| one.code).collect();
        assert_eq!(asked, given);
    }
}
