//! People who work with the platform, machines and subjects' representatives: accounts, what an
//! account is appointed to, and how an account comes and goes.
//!
//! Nothing here is of a credit subject, and nothing here is a name: an account is an id, and the
//! person behind it stands in a row that can be deleted (`store`).

mod access;
mod mandate;
mod moves;

pub use access::{Action, Reach};
pub use mandate::{
    BY_NUMBER, BY_PROVIDER, CLERK_DAYS, CLERKS, Listed, Mandate, MandateId, MyAction, document,
    documents, tasks,
};
pub use moves::{AccountMove, AccountState};

use crate::lang::Lang;
use crate::subject::id16;
use jiff::civil::Date;
use std::fmt;

id16! {
    /// An account: 16 unpredictable bytes. It stands in histories in place of a name.
    AccountId
}
id16! {
    /// One appointment of an account: 16 unpredictable bytes.
    AppointmentId
}

/// What stands behind an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// 工作人员: a person of an agency.
    Officer,
    /// 系统: a machine of an agency; it signs in by a key, never by a password.
    Machine,
    /// 主体代表: a person who acts for a subject.
    Representative,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [AccountKind; 3] = [
        AccountKind::Officer,
        AccountKind::Machine,
        AccountKind::Representative,
    ];

    /// The code in the store and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AccountKind::Officer => "officer",
            AccountKind::Machine => "machine",
            AccountKind::Representative => "representative",
        }
    }

    /// Reads a code; the inverse of [`AccountKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<AccountKind> {
        AccountKind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// What an account may be appointed to. What a role may do stands in
/// `catalog/access/desk.cedar`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 数据员: sends an agency's files and mends its rows.
    SupplierOfficer,
    /// 复核员: confirms what another officer of the agency sent.
    SecondOfficer,
    /// 查阅员: reads what the agency sent.
    Reader,
    /// 共享专员: asks for grants and decides on those that its agency is asked for; loads its cases.
    SharingOfficer,
    /// 查询员: looks subjects up under its agency's grants.
    LookupOfficer,
    /// 审计员: reads everything, changes nothing.
    Auditor,
    /// 信用中心经办员: decides who is who, and disputes about sharing.
    CentreClerk,
    /// 信用中心管理员: invites, appoints and suspends accounts.
    CentreAdministrator,
    /// 系统接口: sends an agency's files by the API.
    MachineClient,
    /// 主体代表: acts for a subject. No page of the desk is open to it.
    SubjectRepresentative,
    /// 受托经办人: acts for a subject in one task and term. No page of the desk is open to it.
    TaskClerk,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Role; 11] = [
        Role::SupplierOfficer,
        Role::SecondOfficer,
        Role::Reader,
        Role::SharingOfficer,
        Role::LookupOfficer,
        Role::Auditor,
        Role::CentreClerk,
        Role::CentreAdministrator,
        Role::MachineClient,
        Role::SubjectRepresentative,
        Role::TaskClerk,
    ];

    /// The code in policies, the store and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::SupplierOfficer => "supplier-officer",
            Role::SecondOfficer => "second-officer",
            Role::Reader => "reader",
            Role::SharingOfficer => "sharing-officer",
            Role::LookupOfficer => "lookup-officer",
            Role::Auditor => "auditor",
            Role::CentreClerk => "centre-clerk",
            Role::CentreAdministrator => "centre-administrator",
            Role::MachineClient => "machine-client",
            Role::SubjectRepresentative => "subject-representative",
            Role::TaskClerk => "task-clerk",
        }
    }

    /// Reads a code; the inverse of [`Role::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The role in the reader's language.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            Role::SupplierOfficer => ["数据员", "data officer", "сотрудник по данным"],
            Role::SecondOfficer => ["复核员", "second officer", "второй сотрудник"],
            Role::Reader => ["查阅员", "reader", "читатель"],
            Role::SharingOfficer => ["共享专员", "sharing officer", "сотрудник по обмену"],
            Role::LookupOfficer => ["查询员", "look-up officer", "сотрудник по запросам"],
            Role::Auditor => ["审计员", "auditor", "аудитор"],
            Role::CentreClerk => ["信用中心经办员", "centre clerk", "сотрудник центра"],
            Role::CentreAdministrator => [
                "信用中心管理员",
                "centre administrator",
                "администратор центра",
            ],
            Role::MachineClient => ["系统接口", "machine client", "машинный клиент"],
            Role::SubjectRepresentative => [
                "主体代表",
                "subject's representative",
                "представитель субъекта",
            ],
            Role::TaskClerk => ["受托经办人", "clerk for a task", "сотрудник по поручению"],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}

/// What an account is appointed to. It always ends (rights 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub id: AppointmentId,
    /// To what.
    pub role: Role,
    /// Code of the agency for which it acts: a supplier of the catalogue, or the centre's own code.
    pub agency: String,
    /// Unit within the agency; none for the agency as a whole.
    pub unit: Option<String>,
    /// Codes of the themes it is limited to; none for all of the agency's.
    pub themes: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Appointment {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.from <= today && today <= self.until
    }
}

/// Days of an appointment for which nobody named an end: a year, after which someone looks again.
pub const APPOINTMENT_DAYS: i64 = 365;

/// Characters of a password at least: NIST SP 800-63B-4 asks for 15 where it stands alone and for 8
/// beside a second factor; 12 lies between, and the second factor is always asked here.
pub const PASSWORD_LEAST: usize = 12;

/// Characters of a password at most: what a keeper of passwords makes is shorter; × 4 bytes = 1 KiB.
pub const PASSWORD_MOST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_differ() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
            for lang in Lang::ALL {
                let same = Role::ALL
                    .iter()
                    .filter(|other| other.title(lang) == role.title(lang));
                assert_eq!(same.count(), 1, "{role:?} {lang:?}");
            }
        }
        for kind in AccountKind::ALL {
            assert_eq!(AccountKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(Role::parse("root"), None);
    }

    #[test]
    fn an_appointment_holds_from_its_first_to_its_last_day() {
        let day = |day| jiff::civil::date(2026, 3, day);
        let one = Appointment {
            id: AppointmentId([0; 16]),
            role: Role::Reader,
            agency: "samr".to_owned(),
            unit: None,
            themes: Vec::new(),
            from: day(2),
            until: day(4),
        };
        let held: Vec<bool> = (1..=5).map(|at| one.holds(day(at))).collect();
        assert_eq!(held, [false, true, true, true, false]);
    }
}
