//! Accounts on both engines: dated moves, appointments that sign out, secrets that are taken once, and
//! a person who can be erased while the history stays.

use crate::both;
use crate::kit::{Stores, at, day, id16};
use credit::people::{
    AccountId, AccountKind, AccountMove, AccountState, Appointment, AppointmentId, Role,
};
use store::{Deed, Invitation, NewAccount, NewSession, Stage, Store, TryScope};

fn account(number: u32) -> AccountId {
    AccountId(id16(9, number))
}

fn key(number: u8) -> [u8; 32] {
    [number; 32]
}

fn deed(tick: i64) -> Deed<'static> {
    Deed {
        by: None,
        at: at(tick),
        reason: "a test",
    }
}

fn appointment(number: u32) -> Appointment {
    Appointment {
        id: AppointmentId(id16(10, number)),
        role: Role::SupplierOfficer,
        agency: "samr".to_owned(),
        unit: Some("数据科".to_owned()),
        themes: vec!["penalty".to_owned(), "permit".to_owned()],
        from: day(1),
        until: day(9),
    }
}

fn session(number: u8, of: u32, stage: Stage) -> NewSession {
    NewSession {
        token: key(number),
        id: id16(11, number.into()),
        account: account(of),
        stage,
        ends: at(1_000),
    }
}

async fn add(store: &Store, number: u32, login: u8, invitation: Option<u8>) -> store::Result<bool> {
    let new = NewAccount {
        id: account(number),
        kind: AccountKind::Officer,
        login: key(login),
        wrapped: b"wrapped",
        sealed: b"sealed",
        appointments: &[appointment(number)],
    };
    let invitation = invitation.map(|token| Invitation {
        token: key(token),
        enters: false,
        ends: at(500),
    });
    store.account_add(&new, invitation.as_ref(), &deed(1)).await
}

both! {
    async fn an_account_moves_by_its_table_and_keeps_its_history(stores: &Stores) {
        let store = stores.open().await?;
        assert!(add(&store, 1, 1, Some(7)).await?);
        assert!(!add(&store, 2, 1, None).await?, "the name is taken");
        assert_eq!(store.account(account(2)).await?, None, "and nothing was written");
        let found = store.account_of(&key(1)).await?.expect("an account");
        assert_eq!((found.state, &found.appointments[0]), (AccountState::Invited, &appointment(1)));
        let moved = store.account_move(account(1), AccountMove::Suspend, None, &deed(2)).await?;
        assert_eq!(moved, None, "nobody who is invited is suspended");
        assert!(store.invitation(&key(7), at(3)).await?.is_some());
        assert!(store.invitation(&key(7), at(500)).await?.is_none(), "it ends");
        assert!(store.account_code(account(1), b"secret").await?);
        assert!(store.account_enrol(account(1), 5, &[key(1), key(2)], &session(1, 1, Stage::Full), at(4)).await?);
        assert!(store.invitation(&key(7), at(5)).await?.is_none(), "it is spent");
        assert!(!store.account_enrol(account(1), 6, &[], &session(2, 1, Stage::Full), at(5)).await?, "once");
        for (what, state) in [
            (AccountMove::Suspend, Some(AccountState::Suspended)),
            (AccountMove::Suspend, None),
            (AccountMove::Resume, Some(AccountState::Active)),
            (AccountMove::End, Some(AccountState::Ended)),
            (AccountMove::Resume, None),
        ] {
            let moved = store.account_move(account(1), what, None, &deed(6)).await?;
            assert_eq!(moved, state, "{what:?}");
        }
        let history: Vec<AccountMove> = store.account_moves(account(1)).await?.iter().map(|one| one.what).collect();
        assert_eq!(history, [AccountMove::Invite, AccountMove::Activate, AccountMove::Suspend, AccountMove::Resume, AccountMove::End]);
        assert!(store.account_erase(account(1), &deed(9)).await?);
        let erased = store.account(account(1)).await?.expect("the account stays");
        assert_eq!((erased.sealed, erased.wrapped), (None, None));
        assert_eq!(store.account_moves(account(1)).await?.len(), 5, "and its history");
        assert_eq!(store.account_of(&key(1)).await?, None);
    }

    async fn an_active_account_is_not_erased(stores: &Stores) {
        let store = stores.open().await?;
        add(&store, 1, 1, None).await?;
        assert!(!store.account_erase(account(1), &deed(2)).await?);
        assert!(store.account_of(&key(1)).await?.is_some());
    }

    async fn sessions_end_with_moves_and_appointments(stores: &Stores) {
        let store = stores.open().await?;
        add(&store, 1, 1, None).await?;
        add(&store, 2, 2, None).await?;
        store.session_begin(&session(1, 1, Stage::Half), None, at(2)).await?;
        store.session_begin(&session(2, 1, Stage::Full), Some(&key(1)), at(3)).await?;
        store.session_begin(&session(3, 2, Stage::Full), None, at(3)).await?;
        assert!(store.session(&key(1), at(4)).await?.is_none(), "the half one is over");
        let found = store.session(&key(2), at(4)).await?.expect("a session");
        assert_eq!((found.account.id, found.open.stage), (account(1), Stage::Full));
        assert!(store.session(&key(2), at(1_000)).await?.is_none(), "at its end");
        store.session_end(account(2), &session(2, 1, Stage::Full).id, at(4)).await?;
        assert!(store.session(&key(2), at(4)).await?.is_some(), "not another's");
        store.appoint(account(1), &appointment(50), &deed(5)).await?;
        assert!(store.session(&key(2), at(6)).await?.is_none(), "new rights, new session");
        assert!(store.session(&key(3), at(6)).await?.is_some());
        assert!(store.appointment_end(account(2), appointment(2).id, &deed(7)).await?);
        assert!(!store.appointment_end(account(2), appointment(2).id, &deed(7)).await?, "once");
        assert!(store.session(&key(3), at(8)).await?.is_none());
        assert!(store.account(account(2)).await?.expect("it").appointments.is_empty());
    }

    async fn codes_are_taken_once_and_tries_are_counted(stores: &Stores) {
        let store = stores.open().await?;
        add(&store, 1, 1, None).await?;
        store.account_code(account(1), b"secret").await?;
        assert!(!store.code_take(account(1), 5).await?, "not proven yet");
        store.account_enrol(account(1), 5, &[key(1)], &session(1, 1, Stage::Full), at(4)).await?;
        let taken = [store.code_take(account(1), 5).await?, store.code_take(account(1), 7).await?, store.code_take(account(1), 6).await?];
        assert_eq!(taken, [false, true, false]);
        assert!(!store.account_code(account(1), b"other").await?, "a proven one stays");
        let used = [store.recovery_take(account(1), &key(1), at(5)).await?, store.recovery_take(account(1), &key(1), at(6)).await?];
        assert_eq!(used, [true, false]);
        for tick in 1..=3 {
            store.tries_failed(&[(TryScope::Account, key(1)), (TryScope::Address, key(1))], at(tick), at(0)).await?;
        }
        let tries = store.tries(TryScope::Account, &key(1)).await?;
        assert_eq!((tries.failed, tries.last), (3, at(3)));
        store.tries_clear(TryScope::Account, &key(1)).await?;
        assert_eq!(store.tries(TryScope::Account, &key(1)).await?.failed, 0);
        assert_eq!(store.tries(TryScope::Address, &key(1)).await?.failed, 3);
        store.tries_failed(&[(TryScope::Device, key(2))], at(9), at(4)).await?;
        assert_eq!(store.tries(TryScope::Address, &key(1)).await?.failed, 0, "old ones are forgotten");
    }

    async fn a_reset_voids_everything(stores: &Stores) {
        let store = stores.open().await?;
        add(&store, 1, 1, None).await?;
        store.account_code(account(1), b"secret").await?;
        store.account_password(account(1), "$argon2id$", &session(1, 1, Stage::Enrol), at(2)).await?;
        store.account_enrol(account(1), 5, &[key(1)], &session(2, 1, Stage::Full), at(3)).await?;
        store.machine_token_add(account(1), id16(12, 1), &key(3), at(900), &deed(3)).await?;
        assert_eq!(store.machine_token(&key(3), at(4)).await?, Some(account(1)));
        assert_eq!(store.machine_token(&key(3), at(900)).await?, None, "a key ends");
        store.account_move(account(1), AccountMove::Reset, None, &deed(5)).await?;
        let secrets = store.account_secrets(account(1)).await?;
        assert_eq!((secrets.phc, secrets.code, secrets.recovery), (None, None, 0));
        assert_eq!(store.machine_token(&key(3), at(6)).await?, None);
        assert!(store.session(&key(2), at(6)).await?.is_none());
    }

    async fn a_person_at_a_provider_is_one_account_however_many_come_at_once(stores: &Stores) {
        let store = stores.open().await?;
        let new = |number: u32| NewAccount {
            id: account(number),
            kind: AccountKind::Representative,
            login: [number as u8; 32],
            wrapped: b"wrapped",
            sealed: b"sealed",
            appointments: &[],
        };
        let (one, two) = (new(1), new(2));
        let (by, who) = (deed(1), key(7));
        let (first, second) = tokio::join!(
            store.account_add_proven(&one, "gov", &who, &by),
            store.account_add_proven(&two, "gov", &who, &by),
        );
        assert_ne!(first?, second?, "one of them makes it");
        let made = store.account_at_provider(&who).await?.expect("an account");
        assert_eq!(made.state, AccountState::Active);
        let other = if made.id == account(1) { account(2) } else { account(1) };
        assert!(store.account(other).await?.is_none(), "the other left nothing");
        // A name to sign in with that is taken leaves no tie either.
        let taken = NewAccount { id: account(3), ..new(if other == account(2) { 1 } else { 2 }) };
        assert!(!store.account_add_proven(&taken, "gov", &key(8), &deed(2)).await?);
        assert!(store.account_at_provider(&key(8)).await?.is_none());
        assert!(!store.provider_tie(made.id, "gov", &key(8), &deed(3)).await?, "one at a provider");
        store.account_move(made.id, AccountMove::Reset, None, &deed(4)).await?;
        assert!(store.account_at_provider(&who).await?.is_none(), "a reset voids it");
    }
}
