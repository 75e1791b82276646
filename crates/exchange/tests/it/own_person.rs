//! A natural person who proves the own number through an identity provider reads the own file, sees who
//! looked and takes everything away; nobody else comes in by it, and it opens nobody else's.

use crate::consents::{AGREED, CASE, agree, cast, look, open_desks};
use crate::desk::Desk;
use crate::persons::{NAME, NUMBERS, STREET, whole};
use credit::lang::Lang;
use credit::people::AccountKind;
use exchange::consent::{self, Given, Standing, Terms};
use exchange::people::provider::{self, Came, Claimed};
use exchange::people::session::{self, Open};
use exchange::people::{Actor, Person, mandate};
use exchange::report::Ask;
use exchange::{Error, my};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use views::export::Form;

fn claimed<'a>(subject: &'a str, number: &'a str) -> Claimed<'a> {
    Claimed {
        provider: "gov",
        issuer: "https://id.example",
        subject,
        name: Some("甲"),
        represents: None,
        number: Some(number),
        two_factors: true,
    }
}

async fn came(desk: &Desk, claimed: Claimed<'_>) -> Came {
    let came = provider::enter(&desk.office, claimed).await;
    came.expect("an answer")
}

async fn enters(desk: &Desk, subject: &str, number: &str) -> Actor {
    let secret = match came(desk, claimed(subject, number)).await {
        Came::In(secret, AccountKind::Representative) => secret,
        other => panic!("{other:?}"),
    };
    match session::read(&desk.office, secret.shown()).await {
        Ok(Some(Open::Full(actor))) => *actor,
        other => panic!("{other:?}"),
    }
}

/// The desks, with nonces that differ from their first byte on, as the names of accounts that are made do.
async fn open() -> Vec<Desk> {
    let mut desks = open_desks().await;
    for desk in &mut desks {
        let serial = AtomicU64::new(1 << 20);
        desk.office.entropy = Arc::new(move |bytes: &mut [u8]| {
            let seed = serial.fetch_add(1, Ordering::SeqCst).to_le_bytes();
            for (byte, seed) in bytes.iter_mut().zip(seed.iter().cycle()) {
                *byte = *seed;
            }
        });
    }
    desks
}

/// The mandates by which an account reads its own file.
async fn held(desk: &Desk, actor: &Actor) -> Vec<String> {
    let held = mandate::held(&desk.office, actor).await.expect("mandates");
    let held = held.into_iter().filter(|one| one.is_own());
    held.map(|one| one.id.to_string()).collect()
}

async fn own(desk: &Desk, actor: &Actor) -> String {
    let mut held = held(desk, actor).await;
    assert_eq!(held.len(), 1, "{}: {held:?}", desk.engine);
    held.remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_who_proves_the_number_reads_the_own_file_and_nobody_elses() {
    for desk in open().await {
        let (cast, office) = (cast(&desk).await, &desk.office);
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        let asked = (NUMBERS[0], CASE, given.number.as_str());
        let seen = look(&desk, &cast, cast.by_consent, asked).await;
        seen.expect("seen");
        let me = enters(&desk, "me", NUMBERS[0]).await;
        let mine = own(&desk, &me).await;
        let file = my::file(office, &me, &mine, &Ask::default()).await;
        let file = format!("{:?}", file.expect("a file"));
        let taken = my::export(office, &me, &mine, Form::Json, Lang::Zh).await;
        let taken: String = taken.expect("an export").collect();
        for text in [&file, &taken] {
            // As at the window: what may be an address or a telephone number in a text is masked.
            assert!(text.contains(NAME) && !text.contains(STREET), "{text}");
            assert!(!text.contains("1101011990030777"), "the number is not said");
        }
        let told = async |who: &Actor, one: &str| {
            let page = my::looks(office, who, one, None, Lang::Zh).await;
            let rows = page.expect("looks").rows.into_iter();
            rows.map(|one| (one.look.agency, one.own))
                .collect::<Vec<_>>()
        };
        let looks = told(&me, &mine).await;
        let others = looks.iter().filter(|(_, own)| !own);
        let others: Vec<&str> = others.map(|(agency, _)| agency.as_str()).collect();
        assert_eq!(others, ["finance"], "{}", desk.engine);
        assert_eq!(looks.len(), 3, "the own two, too: {looks:?}");
        // Of who is not on file nothing is read, and nobody's file opens to another.
        let other = enters(&desk, "other", NUMBERS[2]).await;
        let theirs = own(&desk, &other).await;
        for one in [&theirs, &mine] {
            let file = my::file(office, &other, one, &Ask::default()).await;
            assert!(matches!(file, Err(Error::NotFound)), "{}", desk.engine);
            let taken = my::export(office, &other, one, Form::Csv, Lang::Zh).await;
            assert!(matches!(taken, Err(Error::NotFound)), "{}", desk.engine);
        }
        let stolen = my::looks(office, &other, &mine, None, Lang::Zh).await;
        assert!(matches!(stolen, Err(Error::NotFound)), "{}", desk.engine);
        assert!(told(&other, &theirs).await.iter().all(|(_, own)| *own));
        // Nobody is appointed to it.
        let clerk = mandate::Clerk {
            person: Person {
                login: "clerk".to_owned(),
                name: "乙".to_owned(),
            },
            tasks: &["file".to_owned()],
            until: None,
            reason: "x",
        };
        let refused = mandate::appoint(office, &me, &mine, &clerk).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        whole(&desk).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_two_factors_a_verified_number_or_sealed_storage_nobody_comes_in() {
    for mut desk in open().await {
        let weak = Claimed {
            two_factors: false,
            ..claimed("me", NUMBERS[0])
        };
        let mut wrong = vec![weak];
        for number in ["", "110101199003077751", "91110000MA00000152", NAME] {
            wrong.push(claimed("me", number));
        }
        for (at, one) in wrong.into_iter().enumerate() {
            let came = came(&desk, one).await;
            assert!(matches!(came, Came::Unknown), "row {at}: {came:?}");
        }
        let ring = desk.office.persons.take();
        let shut = came(&desk, claimed("me", NUMBERS[0])).await;
        assert!(matches!(shut, Came::Unknown), "{}: {shut:?}", desk.engine);
        desk.office.persons = ring;
        let me = enters(&desk, "me", NUMBERS[0]).await;
        let before = own(&desk, &me).await;
        let again = enters(&desk, "me", NUMBERS[0]).await;
        assert_eq!(own(&desk, &again).await, before, "one mandate");
        // Another number ends the mandate for the one before.
        let me = enters(&desk, "me", NUMBERS[1]).await;
        let after = own(&desk, &me).await;
        assert_ne!(after, before, "{}", desk.engine);
        let gone = my::file(&desk.office, &me, &before, &Ask::default()).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{}", desk.engine);
        // Whoever proves the same number elsewhere takes its place: one account reads a file.
        let twin = enters(&desk, "twin", NUMBERS[1]).await;
        own(&desk, &twin).await;
        assert!(held(&desk, &me).await.is_empty(), "{}", desk.engine);
        // A year later it is over, unless it is proven anew.
        desk.on("2027-05-07");
        assert!(held(&desk, &twin).await.is_empty(), "{}", desk.engine);
        desk.on("2026-05-06");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_a_person_agrees_and_withdraws_alone_and_for_nobody_else() {
    for desk in open().await {
        let (cast, office) = (cast(&desk).await, &desk.office);
        let me = enters(&desk, "me", NUMBERS[0]).await;
        let mine = own(&desk, &me).await;
        let other = enters(&desk, "other", NUMBERS[1]).await;
        let theirs = own(&desk, &other).await;
        let (engine, terms) = (desk.engine, AGREED.terms());
        let given = consent::give_own(office, &me, &mine, &terms).await;
        let given = given.expect("given");
        assert_eq!(given.consent.by, me.account, "{engine}");
        let go = async |number: &str, shown: &Given| {
            let asked = (number, CASE, shown.number.as_str());
            look(&desk, &cast, cast.by_consent, asked).await
        };
        go(NUMBERS[0], &given).await.expect("covered");
        assert!(go(NUMBERS[1], &given).await.is_err(), "{engine}");
        // In another's name: by that mandate, by none, by one's own for another's number.
        for wrong in [theirs.as_str(), "", "x", "00000000000000000000000000000000"] {
            let refused = consent::give_own(office, &me, wrong, &terms).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{engine} {wrong}");
            let refused = consent::own(office, &me, wrong).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{engine} {wrong}");
        }
        let id = given.consent.id.to_string();
        for (who, by, one) in [
            (&other, &theirs, id.as_str()),
            (&other, &mine, id.as_str()),
            (&me, &mine, given.number.as_str()),
            (&me, &mine, given.word.as_str()),
            (&me, &mine, ""),
        ] {
            let refused = consent::withdraw_own(office, who, by, one).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{engine} {one}");
        }
        go(NUMBERS[0], &given).await.expect("it still holds");
        // What the window recorded stands with it, and is withdrawn by the person, too.
        let paper = agree(&desk, &cast.window, AGREED).await.expect("given");
        let listed = async |who: &Actor, by: &str| {
            let all = consent::own(office, who, by).await.expect("a list");
            all.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(
            listed(&me, &mine).await,
            [paper.consent.id, given.consent.id],
            "{engine}"
        );
        assert!(listed(&other, &theirs).await.is_empty(), "{engine}");
        for one in [&given, &paper] {
            let id = one.consent.id.to_string();
            for _ in 0..2 {
                let gone = consent::withdraw_own(office, &me, &mine, &id).await;
                let standing = gone.expect("gone").standing(office.today());
                assert_eq!(standing, Standing::Withdrawn, "{engine}");
            }
            let refused = go(NUMBERS[0], one).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{engine}");
        }
        assert!(listed(&me, &mine).await.is_empty(), "{engine}");
        // As narrow and short as at the window, and an event with each.
        let wide = Terms {
            items: "penalty/*",
            ..terms
        };
        let long = Terms {
            until: "2026-06-06".parse().ok(),
            ..terms
        };
        for wrong in [wide, long] {
            let refused = consent::give_own(office, &me, &mine, &wrong).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{engine}");
        }
        crate::journal::run(&desk).await;
        let found = exchange::journal::audit(&office.store).await;
        let found = found.expect("an audit");
        assert_eq!((found.consents, found.consent_events), (4, 4), "{engine}");
        whole(&desk).await;
        // Whoever takes the place of the account, or a mandate that is over, gives nothing more.
        let twin = enters(&desk, "twin", NUMBERS[0]).await;
        own(&desk, &twin).await;
        let refused = consent::give_own(office, &me, &mine, &terms).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{engine}");
    }
}
