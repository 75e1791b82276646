//! Who may do what: a table of roles and actions, reviewed as data (`catalog/access/desk.tsv`), and
//! how far an account's appointments reach.

use super::{Appointment, Role};
use jiff::civil::Date;

/// The table as shipped.
const SHIPPED: &str = include_str!("../../../../catalog/access/desk.tsv");

/// Declares the actions with their codes.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Something that one may do at the desk or by the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// Every action.
            pub const ALL: &[Action] = &[$(Action::$name),*];

            /// The code in the table.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Action::$name => $code),* }
            }
        }
    };
}

actions! {
    /// See which files came.
    SubmissionList = "submission-list",
    /// Send a file.
    SubmissionCreate = "submission-create",
    /// Read a receipt.
    SubmissionRead = "submission-read",
    /// Take back what was sent in error, and undo that.
    SubmissionRecall = "submission-recall",
    /// Read one's own agency's facts on a subject and correct them with a document.
    FactCorrect = "fact-correct",
    /// Read rejected rows.
    RejectRead = "reject-read",
    /// Mend a rejected row in place.
    RejectMend = "reject-mend",
    /// See which facts wait.
    HoldList = "hold-list",
    /// See which snapshots wait for a second officer.
    SnapshotList = "snapshot-list",
    /// Confirm what a snapshot removes.
    SnapshotConfirm = "snapshot-confirm",
    /// See questions of identity.
    QuestionList = "question-list",
    /// Decide who is who, and take it back.
    QuestionDecide = "question-decide",
    /// Read a supplier's quality figures.
    QualityRead = "quality-read",
    /// See which grants an agency asked for or was asked for.
    GrantList = "grant-list",
    /// Ask for a grant, dispute a refusal, take a request back, give a grant up.
    GrantAsk = "grant-ask",
    /// Answer what an agency is asked for, and end what it granted.
    GrantDecide = "grant-decide",
    /// Decide disputes between agencies.
    GrantSettle = "grant-settle",
    /// Look a subject up under a grant.
    LookupMake = "lookup-make",
    /// Hand a subject its own file at the service window, and who looked at it.
    OwnFile = "own-file",
    /// Write what is on file of a theme and in public view for the platform above.
    Forward = "forward",
    /// See by which decisions subjects are told later of looks.
    DeferralList = "deferral-list",
    /// Decide that subjects are told later of the looks for one case.
    DeferralDecide = "deferral-decide",
    /// See cases on legal clocks: objections, appeals, and what waits for whom.
    LegalList = "legal-list",
    /// Answer, for the supplier, a case about its fact.
    LegalAnswer = "legal-answer",
    /// Take cases in, forward or refuse them, for the centre; file one at the service window.
    LegalHandle = "legal-handle",
    /// Review, for the authority above, what supplier or centre decided.
    LegalReview = "legal-review",
    /// Look for the cases of one subject, by its code.
    LegalFind = "legal-find",
    /// Take a table of cases out as a file.
    LegalExport = "legal-export",
    /// See which facts that an agency looked at are not to be used any more, and what was acknowledged.
    ReceiptList = "receipt-list",
    /// Say for an agency that it stopped using a fact.
    ReceiptGive = "receipt-give",
    /// Load the register of an agency's cases.
    CaseLoad = "case-load",
    /// See whose look-ups stand out.
    LookAudit = "look-audit",
    /// Hand out a natural person's own report at the service window.
    PersonReport = "person-report",
    /// Record a natural person's consent at the service window, and its withdrawal.
    PersonConsent = "person-consent",
    /// Erase what is held of a natural person, by a decision.
    PersonErase = "person-erase",
    /// See who has an account.
    PeopleList = "people-list",
    /// Invite, appoint, suspend, end.
    PeopleMove = "people-move",
    /// See who acts for a subject.
    MandateList = "mandate-list",
    /// Record a legal representative at the service window, and end one.
    MandateRecord = "mandate-record",
}

/// A cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Nowhere,
    Own,
    All,
}

/// The table: for each action and role, where it is allowed.
#[derive(Clone, Debug)]
pub struct Access {
    /// In the order of [`Action::ALL`] and [`Role::ALL`].
    cells: Vec<[Cell; Role::ALL.len()]>,
}

/// Why a table is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the table of access: {what}")]
pub struct BadTable {
    /// Line, from 1; 0 for the whole.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// How far an account reaches with one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// These agencies, each with the themes it is limited to (none: all). Empty: nowhere.
    Own(Vec<(String, Vec<String>)>),
    /// Everywhere.
    All,
}

impl Access {
    /// The table as shipped. A damaged one allows nothing; a test refuses it.
    #[must_use]
    pub fn shipped() -> Access {
        Access::parse(SHIPPED).unwrap_or_else(|_| Access {
            cells: vec![[Cell::Nowhere; Role::ALL.len()]; Action::ALL.len()],
        })
    }

    /// Reads a table: a head of roles, then a line for each action, parted by tabs.
    ///
    /// # Errors
    /// [`BadTable`] where a role, an action or a cell is unknown, missing or stands twice.
    pub fn parse(text: &str) -> Result<Access, BadTable> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(ix, line)| (ix + 1, line))
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let bad = |line, what| BadTable { line, what };
        let (at, head) = lines.next().ok_or(bad(0, "it is empty"))?;
        let columns: Option<Vec<Role>> = head.split('\t').skip(1).map(Role::parse).collect();
        let columns = columns.ok_or(bad(at, "a role is not known"))?;
        if Role::ALL
            .iter()
            .any(|role| columns.iter().filter(|one| *one == role).count() != 1)
        {
            return Err(bad(at, "each role stands once"));
        }
        let mut rows: Vec<Option<[Cell; Role::ALL.len()]>> = vec![None; Action::ALL.len()];
        for (at, line) in lines {
            let mut cells = line.split('\t');
            let code = cells.next().unwrap_or_default();
            let place = Action::ALL.iter().position(|action| action.code() == code);
            let place = place.ok_or(bad(at, "the action is not known"))?;
            let row = row(cells, &columns).map_err(|what| bad(at, what))?;
            let slot = rows
                .get_mut(place)
                .ok_or(bad(at, "the action is not known"))?;
            if slot.replace(row).is_some() {
                return Err(bad(at, "the action stands twice"));
            }
        }
        let cells: Option<Vec<_>> = rows.into_iter().collect();
        let cells = cells.ok_or(bad(0, "an action has no line"))?;
        Ok(Access { cells })
    }

    /// How far appointments reach with an action on a day.
    #[must_use]
    pub fn reach(&self, appointments: &[Appointment], action: Action, today: Date) -> Reach {
        let mut own: Vec<(String, Vec<String>)> = Vec::new();
        for one in appointments.iter().filter(|one| one.holds(today)) {
            match self.cell(action, one.role) {
                Cell::All => return Reach::All,
                Cell::Own => own.push((one.agency.clone(), one.themes.clone())),
                Cell::Nowhere => {}
            }
        }
        own.sort();
        own.dedup();
        Reach::Own(own)
    }

    fn cell(&self, action: Action, role: Role) -> Cell {
        let row = Action::ALL.iter().position(|one| *one == action);
        let column = Role::ALL.iter().position(|one| *one == role);
        row.and_then(|row| self.cells.get(row))
            .zip(column)
            .and_then(|(row, column)| row.get(column))
            .copied()
            .unwrap_or(Cell::Nowhere)
    }
}

fn row<'t>(
    cells: impl Iterator<Item = &'t str>,
    columns: &[Role],
) -> Result<[Cell; Role::ALL.len()], &'static str> {
    let mut row = [Cell::Nowhere; Role::ALL.len()];
    let mut read = 0;
    for (cell, role) in cells.zip(columns.iter().map(Some).chain(std::iter::repeat(None))) {
        let role = role.ok_or("it has more cells than roles")?;
        let value = match cell {
            "-" => Cell::Nowhere,
            "own" => Cell::Own,
            "all" => Cell::All,
            _ => return Err("a cell is one of own, all, -"),
        };
        let place = Role::ALL.iter().position(|one| one == role);
        if let Some(slot) = place.and_then(|place| row.get_mut(place)) {
            *slot = value;
        }
        read += 1;
    }
    if read == columns.len() {
        Ok(row)
    } else {
        Err("it has fewer cells than roles")
    }
}

impl Reach {
    /// Whether it reaches anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Reach::Own(own) if own.is_empty())
    }

    /// Whether it reaches an agency's theme.
    #[must_use]
    pub fn covers(&self, agency: &str, theme: &str) -> bool {
        match self {
            Reach::All => true,
            Reach::Own(own) => own.iter().any(|(one, themes)| {
                one == agency && (themes.is_empty() || themes.iter().any(|code| code == theme))
            }),
        }
    }

    /// Whether it reaches something of an agency.
    #[must_use]
    pub fn touches(&self, agency: &str) -> bool {
        match self {
            Reach::All => true,
            Reach::Own(own) => own.iter().any(|(one, _)| one == agency),
        }
    }

    /// The agencies it is limited to, each once; `None` where it is not limited.
    #[must_use]
    pub fn agencies(&self) -> Option<Vec<&str>> {
        match self {
            Reach::All => None,
            Reach::Own(own) => {
                let mut codes: Vec<&str> = own.iter().map(|(one, _)| one.as_str()).collect();
                codes.dedup();
                Some(codes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::AppointmentId;
    use super::*;

    fn appointed(role: Role, agency: &str, themes: &[&str]) -> Appointment {
        Appointment {
            id: AppointmentId([1; 16]),
            role,
            agency: agency.to_owned(),
            unit: None,
            themes: themes.iter().map(|&code| code.to_owned()).collect(),
            from: jiff::civil::date(2026, 1, 1),
            until: jiff::civil::date(2026, 12, 31),
        }
    }

    fn today() -> Date {
        jiff::civil::date(2026, 6, 1)
    }

    #[test]
    fn the_shipped_table_is_sound() {
        assert_eq!(Access::parse(SHIPPED).err(), None);
    }

    #[test]
    fn damaged_tables_are_refused_and_say_where() {
        let swapped = |from: &str, to: &str| Access::parse(&SHIPPED.replacen(from, to, 1)).err();
        for (from, to, what) in [
            (
                "action\tsupplier-officer",
                "action\tsupplier",
                "a role is not known",
            ),
            (
                "reader\tsharing-officer",
                "reader\treader",
                "each role stands once",
            ),
            ("hold-list", "hold-lists", "the action is not known"),
            ("hold-list", "submission-list", "the action stands twice"),
            ("\town\t", "\tours\t", "a cell is one of own, all, -"),
            (
                "submission-list\town",
                "submission-list\town\town",
                "it has more cells than roles",
            ),
            (
                "submission-list\town",
                "submission-list",
                "it has fewer cells than roles",
            ),
        ] {
            assert_eq!(
                swapped(from, to).map(|bad| bad.what),
                Some(what),
                "{from} -> {to}"
            );
        }
        let cut: String = SHIPPED
            .lines()
            .take(9)
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(
            Access::parse(&cut).err().map(|bad| bad.what),
            Some("an action has no line")
        );
        assert!(Access::parse("").is_err());
    }

    #[test]
    fn an_officer_reaches_the_agency_and_themes_of_the_appointment_only() {
        let access = Access::shipped();
        let officer = [appointed(Role::SupplierOfficer, "samr", &["penalty"])];
        let reach = access.reach(&officer, Action::SubmissionCreate, today());
        assert!(reach.covers("samr", "penalty") && reach.touches("samr"));
        assert!(!reach.covers("samr", "permit") && !reach.covers("tax", "penalty"));
        assert!(
            access
                .reach(&officer, Action::SnapshotConfirm, today())
                .is_nothing()
        );
        let late = jiff::civil::date(2027, 1, 1);
        assert!(
            access
                .reach(&officer, Action::SubmissionCreate, late)
                .is_nothing()
        );
    }

    #[test]
    fn several_appointments_add_up_and_never_cross() {
        let access = Access::shipped();
        let both = [
            appointed(Role::SupplierOfficer, "samr", &["penalty"]),
            appointed(Role::Reader, "tax", &[]),
            appointed(Role::SupplierOfficer, "court", &["judgment-debtor"]),
        ];
        let reach = access.reach(&both, Action::SubmissionCreate, today());
        assert_eq!(reach.agencies(), Some(vec!["court", "samr"]));
        assert!(
            !reach.covers("samr", "judgment-debtor"),
            "themes stay with their agency"
        );
        let read = access.reach(&both, Action::SubmissionRead, today());
        assert!(read.covers("tax", "tax-a"));
    }

    #[test]
    fn nobody_who_only_reads_or_acts_for_a_subject_changes_anything() {
        let access = Access::shipped();
        let changes = [
            Action::SubmissionCreate,
            Action::SubmissionRecall,
            Action::FactCorrect,
            Action::RejectMend,
            Action::SnapshotConfirm,
            Action::QuestionDecide,
            Action::PeopleMove,
        ];
        for role in [
            Role::Reader,
            Role::Auditor,
            Role::SubjectRepresentative,
            Role::TaskClerk,
        ] {
            for action in changes {
                let reach = access.reach(&[appointed(role, "samr", &[])], action, today());
                assert!(reach.is_nothing(), "{role:?} {action:?}");
            }
        }
        for action in Action::ALL {
            for role in [Role::SubjectRepresentative, Role::TaskClerk] {
                let reach = access.reach(&[appointed(role, "samr", &[])], *action, today());
                assert!(
                    reach.is_nothing(),
                    "the desk is not theirs: {role:?} {action:?}"
                );
            }
        }
    }
}
