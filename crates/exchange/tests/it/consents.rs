//! Looks at natural persons on both engines: by a live consent for just that look, or by a statutory
//! power, and by nothing else; each is told to the person, and a refusal says nothing of anybody.

use crate::desk::{Desk, catalog, desks};
use crate::persons::{CANARIES, HEAD, NAME, NUMBERS, ORGAN, STREET, row, whole};
use crate::sharing::officer;
use credit::grant::{GrantId, GrantMove, GrantState};
use credit::lang::Lang;
use credit::people::Role;
use exchange::Error;
use exchange::consent::{self, Ask, Given, Standing, Terms};
use exchange::duty::{self, Seen};
use exchange::ingest::{self, File, Request, Told};
use exchange::journal::Wrong;
use exchange::people::Acting;
use exchange::persons::{self, Number};
use exchange::sharing::{self, Narrower, NewAsk};
use std::sync::Arc;

const REVIEW: &str = "permit-review";
const ITEMS: &str = "penalty/CF_XDR_MC penalty/CF_WFXW penalty/CF_JDRQ";
pub(crate) const CASE: &str = "许1";

/// The officers, a grant that names no power, and one that does.
pub(crate) struct Cast {
    pub(crate) window: Acting,
    pub(crate) looks: Acting,
    pub(crate) by_consent: GrantId,
    pub(crate) by_power: GrantId,
}

pub(crate) async fn open_desks() -> Vec<Desk> {
    let mut desks = desks(&catalog(&[])).await;
    for desk in &mut desks {
        desk.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        desk.on("2026-05-06");
    }
    desks
}

pub(crate) async fn cast(desk: &Desk) -> Cast {
    let office = &desk.office;
    let window = officer(desk, "window", Role::CentreClerk, "credit-centre", None).await;
    let looks = officer(desk, "looks", Role::LookupOfficer, "finance", None).await;
    let asks = officer(desk, "asks", Role::SharingOfficer, "finance", None).await;
    let answers = officer(desk, "answers", Role::SharingOfficer, ORGAN, None).await;
    let cases = format!(
        "case_no,opened_on,closed_on,code\n{CASE},2026-05-01,,\n许2,2026-05-01,,{}\n许3,2026-05-01,2026-05-02,\n许4,2026-05-01,,\n许5,2026-05-01,,\n",
        NUMBERS[1]
    );
    sharing::load_cases(office, &asks, None, &cases)
        .await
        .expect("loaded");
    let grant = async |power: &str| {
        let new = NewAsk {
            supplier: ORGAN.to_owned(),
            items: ITEMS.to_owned(),
            purposes: vec![REVIEW.to_owned()],
            kinds: vec!["natural-person".to_owned()],
            basis: "行政许可法 12".to_owned(),
            power: power.to_owned(),
            impact: "PIA-2026-1".to_owned(),
            per_day: 50,
            in_all: 50,
            reason: "许可审查".to_owned(),
            ..NewAsk::default()
        };
        let (id, state) = sharing::ask(office, &asks, None, &new)
            .await
            .expect("asked");
        assert_eq!(state, GrantState::Asked, "people are decided by people");
        let all = Narrower::default();
        let done = sharing::act(office, &answers, id, GrantMove::Grant, &all, "同意").await;
        assert_eq!(done.expect("granted"), GrantState::Granted);
        id
    };
    let by_consent = grant("").await;
    desk.advance(1_000_000);
    let by_power = grant("行政许可法 34").await;
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes(
            "p.csv",
            format!("{HEAD}{}", row(NUMBERS[0], 1, "一般", "甲事")).into_bytes(),
        ),
        told: Told::default(),
    };
    let sent = ingest::submit(office, request, Arc::new(crate::desk::Quiet)).await;
    assert_eq!(sent.expect("taken").counts.accepted, 1);
    Cast {
        window,
        looks,
        by_consent,
        by_power,
    }
}

/// What a consent of these tests agrees to, until a test changes something.
#[derive(Clone, Copy)]
pub(crate) struct Agreed {
    number: &'static str,
    agency: &'static str,
    purpose: &'static str,
    items: &'static str,
    case: &'static str,
    seen: &'static str,
    once: bool,
    until: &'static str,
}

impl Agreed {
    pub(crate) fn terms(&self) -> Terms<'static> {
        Terms {
            agency: self.agency,
            purpose: self.purpose,
            items: self.items,
            case: self.case,
            once: self.once,
            until: self.until.parse().ok(),
        }
    }
}

pub(crate) const AGREED: Agreed = Agreed {
    number: NUMBERS[0],
    agency: "finance",
    purpose: REVIEW,
    items: "penalty/CF_WFXW",
    case: CASE,
    seen: "窗-1",
    once: false,
    until: "2026-05-20",
};

pub(crate) async fn agree(desk: &Desk, who: &Acting, one: Agreed) -> Result<Given, Error> {
    // The pace of the window is kept.
    desk.advance(3_000_000);
    let number = Number::parse(one.number).expect("a number");
    let ask = Ask {
        number: &number,
        seen: one.seen,
        terms: one.terms(),
    };
    consent::give(&desk.office, who, &ask).await
}

/// A look of finance's officer; a minute after the last one, so that the pace is kept.
pub(crate) async fn look(
    desk: &Desk,
    cast: &Cast,
    grant: GrantId,
    (number, case, consent): (&str, &str, &str),
) -> Result<Seen, Error> {
    items(desk, cast, grant, (number, case, consent), "").await
}

async fn items(
    desk: &Desk,
    cast: &Cast,
    grant: GrantId,
    (code, case, consent): (&str, &str, &str),
    items: &str,
) -> Result<Seen, Error> {
    desk.advance(60_000_000);
    let ask = duty::Ask {
        grant,
        code,
        consent,
        purpose: REVIEW,
        case,
        items,
        lang: Lang::Zh,
    };
    duty::look(&desk.office, &cast.looks, &ask).await
}

fn texts(seen: &Seen) -> String {
    format!("{:?}", seen.duty)
}

/// What an officer is told of a refusal.
fn why(looked: Result<Seen, Error>) -> String {
    match looked {
        Err(error @ Error::Refused(_)) => error.message(Lang::En),
        other => panic!("refused: {other:?}"),
    }
}

const OTHER: &str = "is not this person's";
const OVER: &str = "was withdrawn, is over, or was used";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_a_consent_opens_what_it_names_and_nothing_else() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        let own = |number| look(&desk, &cast, cast.by_consent, (number, CASE, &given.number));
        let seen = own(NUMBERS[0]).await.expect("covered");
        let all = texts(&seen);
        assert!(all.contains("无照经营"), "{}: {all}", desk.engine);
        for canary in CANARIES {
            assert!(
                !all.contains(canary),
                "{canary}: the name was not agreed to"
            );
        }
        // Typed as it is printed, in groups.
        let grouped = exchange::report::standing::grouped(&given.number);
        let again = look(&desk, &cast, cast.by_consent, (NUMBERS[0], CASE, &grouped)).await;
        assert!(again.is_ok(), "any number of looks until the last day");
        // Another person, whether on file or not; another case; another number; the word in its place.
        let (shown, word) = (given.number.as_str(), given.word.as_str());
        let (none, id) = ("0".repeat(32), given.consent.id.to_string());
        for (number, case, consent, said) in [
            (NUMBERS[1], CASE, shown, OTHER),
            (NUMBERS[2], CASE, shown, OTHER),
            (NUMBERS[0], "许4", shown, OTHER),
            (NUMBERS[0], CASE, none.as_str(), OTHER),
            (NUMBERS[0], CASE, "x", OTHER),
            (NUMBERS[0], CASE, word, OTHER),
            (NUMBERS[0], CASE, id.as_str(), OTHER),
            (NUMBERS[0], CASE, "", "by that person's consent"),
            (NUMBERS[2], CASE, "", "by that person's consent"),
        ] {
            let asked = (number, case, consent);
            let said_of = why(look(&desk, &cast, cast.by_consent, asked).await);
            assert!(
                said_of.contains(said),
                "{}: {asked:?} {said_of}",
                desk.engine
            );
        }
        // Asked for by name and not agreed to; granted or not.
        for more in ["penalty/CF_XDR_MC", "penalty/CF_WFXW penalty/CF_JDRQ"] {
            let asked = (NUMBERS[0], CASE, given.number.as_str());
            let said = why(items(&desk, &cast, cast.by_consent, asked, more).await);
            assert!(said.contains(OTHER), "{said}");
        }
        // A consent never widens a grant.
        let wide = Agreed {
            items: "penalty/CF_WFXW penalty/CF_CFLB",
            ..AGREED
        };
        let wide = agree(&desk, &cast.window, wide).await.expect("given");
        let asked = (NUMBERS[0], CASE, wide.number.as_str());
        let seen = look(&desk, &cast, cast.by_consent, asked)
            .await
            .expect("seen");
        assert!(!texts(&seen).contains("CF_CFLB"), "{}", desk.engine);
        let more = items(&desk, &cast, cast.by_consent, asked, "penalty/CF_CFLB").await;
        assert!(matches!(more, Err(Error::Refused(_))));
        // Nor does an organisation's look take one.
        let firm = ("91110000MA00000152", CASE, given.number.as_str());
        assert!(look(&desk, &cast, cast.by_consent, firm).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_a_consent_that_was_withdrawn_used_or_is_over_opens_nothing() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let go = |given: &Given| {
            let number = given.number.clone();
            let (desk, cast) = (&desk, &cast);
            async move { look(desk, cast, cast.by_consent, (NUMBERS[0], CASE, &number)).await }
        };
        let once = Agreed {
            once: true,
            ..AGREED
        };
        let one = agree(&desk, &cast.window, once).await.expect("given");
        // A refused look does not use it up.
        let wrong = (NUMBERS[0], "许4", one.number.as_str());
        assert!(look(&desk, &cast, cast.by_consent, wrong).await.is_err());
        go(&one).await.expect("the one look");
        assert!(
            why(go(&one).await).contains(OVER),
            "{}: replayed",
            desk.engine
        );
        let used = consent::shown(&desk.office, &one.number)
            .await
            .expect("shown");
        assert_eq!(used.standing(desk.office.today()), Standing::Used);
        // Two at once: one look, never two.
        let two = agree(&desk, &cast.window, once).await.expect("given");
        desk.advance(60_000_000);
        let (left, right) = tokio::join!(go(&two), go(&two));
        assert_eq!(
            u8::from(left.is_ok()) + u8::from(right.is_ok()),
            1,
            "{}: {left:?} {right:?}",
            desk.engine
        );
        // By the person's word, at once and for good.
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        go(&given).await.expect("live");
        let zero = "0".repeat(32);
        for wrong in [given.number.as_str(), "", "x", zero.as_str()] {
            let none = consent::withdraw(&desk.office, wrong).await;
            assert!(matches!(none, Err(Error::NotFound)), "{wrong}");
        }
        go(&given).await.expect("its number withdraws nothing");
        for _ in 0..2 {
            let gone = consent::withdraw(&desk.office, &given.word)
                .await
                .expect("gone");
            assert_eq!(gone.standing(desk.office.today()), Standing::Withdrawn);
        }
        assert!(why(go(&given).await).contains(OVER), "{}", desk.engine);
        // A power that the grant names does not make up for it.
        let asked = (NUMBERS[0], CASE, given.number.as_str());
        assert!(why(look(&desk, &cast, cast.by_power, asked).await).contains(OVER));
        // At the window, all at once, and of this person only.
        let third = agree(&desk, &cast.window, AGREED).await.expect("given");
        let number = Number::parse(NUMBERS[1]).expect("a number");
        let none = consent::withdraw_all(&desk.office, &cast.window, &number).await;
        assert_eq!(none.expect("none"), 0);
        go(&third).await.expect("live");
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let nobody = consent::withdraw_all(&desk.office, &cast.looks, &number).await;
        assert!(matches!(nobody, Err(Error::Forbidden)));
        let all = consent::withdraw_all(&desk.office, &cast.window, &number).await;
        assert!(all.expect("withdrawn") >= 1, "{}", desk.engine);
        assert!(why(go(&third).await).contains(OVER));
        // Its last day is its own, and the day after is too late.
        let last = agree(&desk, &cast.window, AGREED).await.expect("given");
        desk.on("2026-05-20");
        go(&last).await.expect("the last day");
        desk.on("2026-05-21");
        assert!(why(go(&last).await).contains(OVER), "{}", desk.engine);
        desk.on("2026-05-06");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_at_a_person_is_told_to_the_person_and_stands_in_the_journal() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let office = &desk.office;
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        let asked = (NUMBERS[0], CASE, given.number.as_str());
        let seen = look(&desk, &cast, cast.by_consent, asked)
            .await
            .expect("seen");
        // By the power that the grant names, and nothing but that; of who is not on file nothing is seen.
        let by_power = (NUMBERS[0], "许4", "");
        let powered = look(&desk, &cast, cast.by_power, by_power)
            .await
            .expect("seen");
        assert!(texts(&powered).contains(NAME), "the grant names the name");
        let unknown = (NUMBERS[2], "许5", "");
        let nobody = look(&desk, &cast, cast.by_power, unknown)
            .await
            .expect("seen");
        assert!(nobody.duty.facts.is_empty());
        // A case that is about another, or closed.
        for case in ["许2", "许3"] {
            let wrong = (NUMBERS[0], case, "");
            let refused = look(&desk, &cast, cast.by_power, wrong).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{case}");
        }
        let about = (NUMBERS[1], "许2", "");
        let own = look(&desk, &cast, cast.by_power, about).await;
        own.expect("the case is about this person");
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let told = persons::told(office, &cast.window, &number, "窗-2", Lang::Zh).await;
        let told = told.expect("a list").looks;
        let events: Vec<&str> = told.iter().map(|one| one.event.as_str()).collect();
        assert_eq!(
            events,
            [powered.event.as_str(), seen.event.as_str()],
            "{}",
            desk.engine
        );
        assert_eq!(
            (told[1].case.as_str(), told[1].agency.as_str()),
            (CASE, "finance")
        );
        let items: Vec<&str> = told[1].items.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(items, ["penalty/CF_WFXW"], "as much as was agreed to");
        let refused = persons::told(office, &cast.looks, &number, "1", Lang::Zh).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        // Every row of looks, the consent's part included, is what its event says.
        whole(&desk).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_is_narrow_and_short_and_recorded_by_who_may() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let wide = |change: fn(&mut Agreed)| {
            let mut one = AGREED;
            change(&mut one);
            one
        };
        for (at, one) in [
            wide(|one| one.agency = ""),
            wide(|one| one.agency = "*"),
            wide(|one| one.agency = "nobody"),
            wide(|one| one.purpose = ""),
            wide(|one| one.purpose = "public-procurement"),
            wide(|one| one.purpose = "curiosity"),
            wide(|one| one.items = ""),
            wide(|one| one.items = "penalty/*"),
            wide(|one| one.items = "penalty/NONE"),
            wide(|one| one.items = "penalty/CF_XDR_ZJHM"),
            wide(|one| one.items = "registration/ZCDZ"),
            wide(|one| one.case = " "),
            wide(|one| one.case = "本人110101199003077758"),
            wide(|one| one.seen = ""),
            wide(|one| one.seen = "110101199003077758"),
            wide(|one| one.until = "2026-05-05"),
            wide(|one| one.until = "2026-06-06"),
            wide(|one| one.until = ""),
        ]
        .into_iter()
        .enumerate()
        {
            let refused = agree(&desk, &cast.window, one).await;
            assert!(
                matches!(refused, Err(Error::Request(_))),
                "row {at}: {refused:?}"
            );
        }
        let longest = wide(|one| one.until = "2026-06-05");
        assert!(
            agree(&desk, &cast.window, longest).await.is_ok(),
            "thirty days"
        );
        // Only the window records one; who is not on file agrees like anybody else.
        let refused = agree(&desk, &cast.looks, AGREED).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        let unknown = wide(|one| one.number = NUMBERS[2]);
        let given = agree(&desk, &cast.window, unknown).await.expect("given");
        let text = format!("{given:?} {:?}", given.consent);
        assert!(
            !text.contains(&given.number) && !text.contains(&given.word),
            "{text}"
        );
        assert!(!text.contains("1101011990030777") && !text.contains(STREET));
        let shown = consent::shown(&desk.office, &given.number)
            .await
            .expect("shown");
        assert_eq!(shown, given.consent);
        let id = given.consent.id.to_string();
        for wrong in ["", "x", given.word.as_str(), id.as_str()] {
            let none = consent::shown(&desk.office, wrong).await;
            assert!(matches!(none, Err(Error::NotFound)), "{wrong}");
        }
        // Without a ring nothing can be said of anybody.
        let mut closed = desk.office.clone();
        closed.persons = None;
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let refused = consent::withdraw_all(&closed, &cast.window, &number).await;
        assert!(matches!(refused, Err(Error::Request(_))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_system_presents_a_consent_and_learns_what_it_allows_and_not_whose_it_is() {
    for desk in open_desks().await {
        let (cast, office) = (cast(&desk).await, &desk.office);
        let other = officer(&desk, "other", Role::LookupOfficer, "samr", None).await;
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        let link = format!("https://credit.example/consents/{}", given.number);
        for shown in [given.number.as_str(), &link, &format!(" {link}\n")] {
            let found = consent::presented(office, &cast.looks, shown).await;
            assert_eq!(found.expect("told"), Some(given.consent.clone()), "{shown}");
        }
        // Unknown to another agency, and by anything but its number.
        let elsewhere = consent::presented(office, &other, &given.number).await;
        assert_eq!(elsewhere.expect("unknown"), None, "{}", desk.engine);
        let id = given.consent.id.to_string();
        for wrong in ["", "x", "/consents/", given.word.as_str(), id.as_str()] {
            let none = consent::presented(office, &cast.looks, wrong).await;
            assert_eq!(none.expect("unknown"), None, "{wrong}");
        }
        let refused = consent::presented(office, &cast.window, &given.number).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        // What was presented is not used by it; the look may show the link, too.
        let asked = (NUMBERS[0], CASE, link.as_str());
        let seen = look(&desk, &cast, cast.by_consent, asked).await;
        assert!(texts(&seen.expect("seen")).contains("无照经营"));
        let gone = consent::withdraw(office, &given.word).await;
        gone.expect("withdrawn");
        let ended = consent::presented(office, &cast.looks, &link).await;
        let ended = ended.expect("told").expect("its agency's");
        assert_eq!(ended.standing(office.today()), Standing::Withdrawn);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_consent_that_was_widened_around_the_platform_is_found() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let given = agree(&desk, &cast.window, AGREED).await.expect("given");
        let asked = (NUMBERS[0], CASE, given.number.as_str());
        look(&desk, &cast, cast.by_consent, asked)
            .await
            .expect("seen");
        let wrong = async || {
            let found = exchange::journal::audit(&desk.office.store).await;
            let found = found.expect("an audit").findings;
            let codes = found.iter().map(|one| one.wrong.code());
            codes.filter(|code| *code == "row-changed").count()
        };
        assert_eq!(wrong().await, 0, "{}", desk.engine);
        for (changed, back) in [
            (
                "UPDATE consent SET until_on = '2099-12-31'",
                "UPDATE consent SET until_on = '2026-05-20'",
            ),
            (
                "UPDATE consent SET items = 'penalty/CF_XDR_MC'",
                "UPDATE consent SET items = 'penalty/CF_WFXW'",
            ),
            (
                "UPDATE consent SET case_no = '许9'",
                "UPDATE consent SET case_no = '许1'",
            ),
            ("UPDATE access SET consent_id = NULL", ""),
        ] {
            desk.around(changed);
            assert_eq!(wrong().await, 1, "{} {changed}", desk.engine);
            if !back.is_empty() {
                desk.around(back);
            }
        }
        // One that was withdrawn is not brought back to life by taking the row away.
        let other = agree(&desk, &cast.window, AGREED).await.expect("given");
        let ended = consent::withdraw(&desk.office, &other.word).await;
        ended.expect("withdrawn");
        crate::journal::run(&desk).await;
        desk.around("DELETE FROM consent_withdrawn");
        let found = exchange::journal::audit(&desk.office.store).await;
        let found = found.expect("an audit").findings.into_iter();
        let found = found.filter(|one| one.wrong == Wrong::RowGone);
        let gone: Vec<String> = found.map(|one| one.what).collect();
        assert_eq!(gone, ["consent: 1"], "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_used_consent_that_looks_unused_is_found() {
    for desk in open_desks().await {
        let cast = cast(&desk).await;
        let once = Agreed {
            once: true,
            ..AGREED
        };
        let given = agree(&desk, &cast.window, once).await.expect("given");
        let asked = (NUMBERS[0], CASE, given.number.as_str());
        let go = async || look(&desk, &cast, cast.by_consent, asked).await;
        go().await.expect("the one look");
        crate::journal::run(&desk).await;
        let found = async || {
            let found = exchange::journal::audit(&desk.office.store).await;
            let found = found.expect("an audit").findings.into_iter();
            let found = found.filter(|one| one.what.starts_with("consent:"));
            found
                .map(|one| (one.wrong.code(), one.what))
                .collect::<Vec<_>>()
        };
        let engine = desk.engine;
        let used = format!("consent:{}:used", given.consent.id);
        assert!(found().await.is_empty(), "{engine}");
        // Another instant than the look's.
        desk.around("UPDATE consent_use SET used_at = used_at + 1");
        let changed = [("row-changed", used.clone())];
        assert_eq!(found().await, changed, "{engine}");
        desk.around("UPDATE consent_use SET used_at = used_at - 1");
        // Taken away, the consent opens once more; before that look and after it, it shows.
        desk.around("DELETE FROM consent_use");
        let gone = [("row-gone", used.clone())];
        assert_eq!(found().await, gone, "{engine}");
        go().await.expect("what the store says holds");
        crate::journal::run(&desk).await;
        assert_eq!(found().await, gone, "{engine}: two looks by one row");
        // A consent that is good for any number is used up by nothing.
        let other = agree(&desk, &cast.window, AGREED).await.expect("given");
        let many = (NUMBERS[0], CASE, other.number.as_str());
        let seen = look(&desk, &cast, cast.by_consent, many).await;
        seen.expect("seen");
        crate::journal::run(&desk).await;
        assert_eq!(found().await, gone, "{engine}");
        desk.around(
            "UPDATE consent SET once = 0 WHERE consent_id IN (SELECT consent_id FROM consent_use)",
        );
        let mut codes: Vec<&str> = found().await.iter().map(|one| one.0).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["row-changed", "row-without-event"], "{engine}");
    }
}
