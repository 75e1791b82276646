//! Who acts, as far as workflows need to know it: an account and what it is appointed to. Workflows
//! that take one ask it themselves whether it may, so that no page, interface or command can forget to.

use super::find;
use super::session::Actor;
use crate::error::{Error, Result};
use crate::office::Office;
use access::Access;
use credit::people::{AccountId, AccountKind, AccountState, Action, Appointment, Reach};
use jiff::civil::Date;
use policy::Officer;
use std::sync::Arc;

/// An account that acts today.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The account.
    pub account: AccountId,
    appointments: Vec<Appointment>,
    today: Date,
    access: Arc<Access>,
}

impl Actor {
    /// The same, without the person and the session.
    #[must_use]
    pub fn acting(&self) -> Acting {
        Acting {
            account: self.account,
            appointments: self.appointments.clone(),
            today: self.today(),
            access: Arc::clone(self.access()),
        }
    }
}

/// An officer by the name to sign in with, or by the mark under which the account stands in histories:
/// for the command line, and for machines that name the officer for whom they act.
///
/// # Errors
/// [`Error::Request`] for an account that is not in use, or no officer's; [`Error::NotFound`] for none.
pub async fn named(office: &Office, name: &str) -> Result<Acting> {
    let id = name.trim().strip_prefix("account:");
    let account = match id.and_then(AccountId::parse) {
        Some(id) => super::get(office, id).await?,
        None => find(office, name).await?,
    };
    if account.state != AccountState::Active || account.kind != AccountKind::Officer {
        return Err(Error::request(
            "该账号不是在用的工作人员账号，不能以其名义办理。",
            "The account is no officer's, or not in use: nothing is done in its name.",
            "Учётная запись не сотрудника или не действует: от её имени ничего не делается.",
        ));
    }
    Ok(Acting {
        account: account.id,
        appointments: account.appointments,
        today: office.today(),
        access: Arc::clone(&office.access),
    })
}

impl Acting {
    /// How far it reaches with an action.
    #[must_use]
    pub fn reach(&self, action: Action) -> Reach {
        self.access.reach(&self.appointments, action, self.today)
    }

    /// Refuses what the account may not do for an agency.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn may(&self, action: Action, agency: &str) -> Result<()> {
        if self.reach(action).touches(agency) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// Refuses what the account may not do for each of an agency's themes.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn may_all<'t>(
        &self,
        action: Action,
        agency: &str,
        mut themes: impl Iterator<Item = &'t str>,
    ) -> Result<()> {
        let reach = self.reach(action);
        if themes.all(|theme| reach.covers(agency, theme)) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// The agency for which it acts: the one asked for, else the first that the action reaches.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where it reaches none, or not that one.
    pub fn agency(&self, action: Action, asked: Option<&str>) -> Result<String> {
        let reach = self.reach(action);
        let own = reach.agencies().unwrap_or_default();
        match asked.filter(|asked| !asked.is_empty()) {
            Some(asked) if reach.touches(asked) => Ok(asked.to_owned()),
            Some(_) => Err(Error::Forbidden),
            None => own
                .first()
                .map(|own| (*own).to_owned())
                .ok_or(Error::Forbidden),
        }
    }

    /// The agency of the first appointment that allows an action, wherever it reaches.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where none does.
    pub fn home(&self, action: Action) -> Result<&str> {
        let mut held = self.appointments.iter();
        let allows = |one: &&Appointment| {
            let alone = std::slice::from_ref(*one);
            !self.access.reach(alone, action, self.today).is_nothing()
        };
        let found = held.find(allows);
        found.map(|one| one.agency.as_str()).ok_or(Error::Forbidden)
    }

    /// The unit in which it acts for an agency with an action: one of those wanted where it is of one,
    /// else its own; none where it acts for the agency as a whole.
    #[must_use]
    pub fn unit(
        &self,
        action: Action,
        agency: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        let held = self.appointments.iter();
        let held = held.filter(|one| one.agency == agency && one.holds(self.today));
        let held = held.filter(|one| {
            let alone = std::slice::from_ref(*one);
            self.access.reach(alone, action, self.today).touches(agency)
        });
        let units: Vec<&str> = held.filter_map(|one| one.unit.as_deref()).collect();
        let fits = units.iter().find(|unit| wanted(unit));
        fits.or(units.first()).copied()
    }

    /// How it stands in histories for an agency: by its id.
    ///
    /// # Errors
    /// Never for a code of the catalogue.
    pub fn officer(&self, agency: &str) -> Result<Officer> {
        Officer::parse(&format!("account:{}", self.account), agency)
            .map_err(|cause| Error::inner("an account cannot be named", cause.to_string()))
    }
}
