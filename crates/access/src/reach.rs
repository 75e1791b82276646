//! What the policies say of an account: how far its appointments reach with an action.

use crate::policies::{BadPolicies, Matter, Policies, SHIPPED};
use credit::people::{Action, Appointment, Reach, Role};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Answers that are remembered: 1,024 appointments × 64 actions, some 160 bytes each, are 10 MB. A city has
/// some thousand officers, a few hundred of whom work on one day.
const REMEMBERED: usize = 64 * 1_024;

/// All that policies may know of a question, and so all on which its answer can depend.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    role: Role,
    agency: String,
    unit: Option<String>,
    from: Date,
    until: Date,
    today: Date,
    action: Action,
}

/// Who may do what: policies, and what they answered before.
#[derive(Debug)]
pub struct Access {
    policies: Policies,
    answered: Mutex<HashMap<Question, [bool; 3]>>,
}

static SHARED: LazyLock<Option<Arc<Access>>> =
    LazyLock::new(|| Access::with_site("").ok().map(Arc::new));

impl Access {
    /// The policies as shipped.
    ///
    /// # Errors
    /// [`BadPolicies`] where the program was built with damaged ones; a test refuses them.
    pub fn shipped() -> Result<Arc<Access>, BadPolicies> {
        let shared = SHARED.clone();
        shared.map_or_else(|| Access::with_site("").map(Arc::new), Ok)
    }

    /// The policies as shipped, with a site's own beside them.
    ///
    /// # Errors
    /// [`BadPolicies`] where they cannot be read, do not fit the schema, are too many, or permit.
    pub fn with_site(site: &str) -> Result<Access, BadPolicies> {
        Ok(Access::of(Policies::read(SHIPPED, site)?))
    }

    /// Answers by these policies.
    #[must_use]
    pub fn of(policies: Policies) -> Access {
        Access {
            policies,
            answered: Mutex::new(HashMap::new()),
        }
    }

    /// How far appointments reach with an action on a day. A policy that let an appointment act for others
    /// and not for its own agency would let it act nowhere.
    #[must_use]
    pub fn reach(&self, appointments: &[Appointment], action: Action, today: Date) -> Reach {
        let mut own: Vec<(String, Vec<String>)> = Vec::new();
        for one in appointments {
            match self.answer(one, action, today) {
                [true, true, true] => return Reach::All,
                [true, true, false] => own.push((one.agency.clone(), Vec::new())),
                [true, false, _] => own.push((one.agency.clone(), one.themes.clone())),
                [false, ..] => {}
            }
        }
        own.sort();
        own.dedup();
        Reach::Own(own)
    }

    /// What the policies say of each [`Matter`], from the nearest on until one is refused.
    fn answer(&self, one: &Appointment, action: Action, today: Date) -> [bool; 3] {
        let question = Question {
            role: one.role,
            agency: one.agency.clone(),
            unit: one.unit.clone(),
            from: one.from,
            until: one.until,
            today,
            action,
        };
        let answered = || self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answered().get(&question) {
            return *answer;
        }
        let ask = |matter| self.policies.allow(one, action, matter, today);
        // Most actions are not a role's: what is refused at home is not asked about elsewhere.
        let named = ask(Matter::Named);
        let unnamed = named && ask(Matter::Unnamed);
        let answer = [named, unnamed, unnamed && ask(Matter::Foreign)];
        let mut kept = answered();
        if kept.len() >= REMEMBERED {
            kept.clear();
        }
        kept.insert(question, answer);
        answer
    }
}
