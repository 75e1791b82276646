//! How an account comes and goes: a table of states and lawful moves. Each move is written with its
//! instant, who made it and why; the state is that of the last move and stands nowhere else.

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// Invited: nobody can sign in until the person has set a password and a second factor.
    Invited,
    /// In use.
    Active,
    /// Nobody can sign in; everything else stays.
    Suspended,
    /// Over, for good. Another account is another id.
    Ended,
}

/// What may happen to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountMove {
    /// A person is invited, or invited anew because the invitation ran out.
    Invite,
    /// The person set a password and a second factor.
    Activate,
    /// Nobody signs in for now.
    Suspend,
    /// The suspension is over.
    Resume,
    /// Password, second factor and sessions are void; the person is invited anew.
    Reset,
    /// The account is over.
    End,
}

impl AccountState {
    /// Every state.
    pub const ALL: [AccountState; 4] = [
        AccountState::Invited,
        AccountState::Active,
        AccountState::Suspended,
        AccountState::Ended,
    ];

    /// The code in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AccountState::Invited => "invited",
            AccountState::Active => "active",
            AccountState::Suspended => "suspended",
            AccountState::Ended => "ended",
        }
    }

    /// Reads a code; the inverse of [`AccountState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<AccountState> {
        AccountState::ALL
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// From where, what, to where.
const MOVES: [(Option<AccountState>, AccountMove, AccountState); 11] = [
    (None, AccountMove::Invite, AccountState::Invited),
    (
        Some(AccountState::Invited),
        AccountMove::Invite,
        AccountState::Invited,
    ),
    (
        Some(AccountState::Invited),
        AccountMove::Activate,
        AccountState::Active,
    ),
    (
        Some(AccountState::Invited),
        AccountMove::End,
        AccountState::Ended,
    ),
    (
        Some(AccountState::Active),
        AccountMove::Suspend,
        AccountState::Suspended,
    ),
    (
        Some(AccountState::Active),
        AccountMove::Reset,
        AccountState::Invited,
    ),
    (
        Some(AccountState::Active),
        AccountMove::End,
        AccountState::Ended,
    ),
    (
        Some(AccountState::Suspended),
        AccountMove::Resume,
        AccountState::Active,
    ),
    (
        Some(AccountState::Suspended),
        AccountMove::Reset,
        AccountState::Invited,
    ),
    (
        Some(AccountState::Suspended),
        AccountMove::End,
        AccountState::Ended,
    ),
    // Suspended while invited: the invitation is void until it is made anew.
    (
        Some(AccountState::Invited),
        AccountMove::Reset,
        AccountState::Invited,
    ),
];

impl AccountMove {
    /// Every move.
    pub const ALL: [AccountMove; 6] = [
        AccountMove::Invite,
        AccountMove::Activate,
        AccountMove::Suspend,
        AccountMove::Resume,
        AccountMove::Reset,
        AccountMove::End,
    ];

    /// The code in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AccountMove::Invite => "invite",
            AccountMove::Activate => "activate",
            AccountMove::Suspend => "suspend",
            AccountMove::Resume => "resume",
            AccountMove::Reset => "reset",
            AccountMove::End => "end",
        }
    }

    /// Reads a code; the inverse of [`AccountMove::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<AccountMove> {
        AccountMove::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Where it leads; `None` where the table has no such move.
    #[must_use]
    pub fn from(self, state: Option<AccountState>) -> Option<AccountState> {
        MOVES
            .iter()
            .find(|(from, one, _)| *from == state && *one == self)
            .map(|(_, _, to)| *to)
    }

    /// Whether sessions and pending invitations end with it: all but setting out and activating,
    /// which make a session of their own.
    #[must_use]
    pub fn signs_out(self) -> bool {
        !matches!(self, AccountMove::Activate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_stays_over_and_only_invited_people_begin() {
        for one in AccountMove::ALL {
            assert_eq!(one.from(Some(AccountState::Ended)), None, "{one:?}");
            assert_eq!(AccountMove::parse(one.code()), Some(one));
            let begins = one.from(None).is_some();
            assert_eq!(begins, one == AccountMove::Invite, "{one:?}");
        }
        for state in AccountState::ALL {
            assert_eq!(AccountState::parse(state.code()), Some(state));
            let activated = AccountMove::Activate.from(Some(state)).is_some();
            assert_eq!(activated, state == AccountState::Invited, "{state:?}");
            let ended = AccountMove::End.from(Some(state)).is_some();
            assert_eq!(ended, state != AccountState::Ended, "every account can end");
        }
    }

    #[test]
    fn the_table_leads_from_one_place_to_one_place() {
        for (ix, (from, one, _)) in MOVES.iter().enumerate() {
            let same = MOVES
                .iter()
                .filter(|(other, two, _)| (other, two) == (from, one));
            assert_eq!(same.count(), 1, "row {ix}");
        }
    }
}
