//! Files that are pulled: each is a submission of a machine's account with its limits, the same file of one
//! day is taken once, failures wait longer each time and are told.

use crate::desk::{Desk, catalog, desks};
use credit::notice::NoticeKind;
use credit::people::{AccountKind, AccountMove, Role};
use credit::record::Instant;
use exchange::notices::{self, Addressee};
use exchange::people::{self, By, NewAppointment, Person};
use exchange::pull::{Answer, Every, Fetch, Pulled, Source, pull, pulls};
use std::sync::{Arc, Mutex};

const BY: By<'static> = By {
    account: None,
    reason: "a test",
};
const HEAD: &str = "企业名称,统一社会信用代码\n";
const ROW: &str = "云汀甲有限公司,91110000MA00000152\n";
const MINUTE: i64 = 60_000_000;

/// What a source answers next, and by which tags it was asked.
#[derive(Default)]
struct Lines {
    next: Vec<Result<Option<String>, &'static str>>,
    asked: Vec<Option<String>>,
}

#[derive(Clone, Default)]
struct Script(Arc<Mutex<Lines>>);

impl Script {
    /// A file, whose tag is its length; none: the same as before.
    fn answers(&self, next: Result<Option<&str>, &'static str>) {
        let next = next.map(|file| file.map(str::to_owned));
        self.0.lock().expect("ours").next.insert(0, next);
    }

    fn asked(&self) -> Vec<Option<String>> {
        std::mem::take(&mut self.0.lock().expect("ours").asked)
    }

    fn fetch(&self) -> Fetch {
        let script = self.clone();
        Arc::new(move |tag: Option<&str>| {
            let mut held = script.0.lock().expect("ours");
            held.asked.push(tag.map(str::to_owned));
            match held.next.pop().expect("no more was to be asked") {
                Err(why) => Err(why),
                Ok(None) => Ok(Answer::Same),
                Ok(Some(text)) => Ok(Answer::File {
                    tag: Some(text.len().to_string()),
                    bytes: text.into_bytes(),
                }),
            }
        })
    }
}

async fn machine(desk: &Desk, themes: &[&str]) -> credit::people::AccountId {
    let person = Person {
        login: "samr.gateway".to_owned(),
        name: "A machine".to_owned(),
    };
    let to = NewAppointment {
        role: Role::MachineClient,
        agency: "samr".to_owned(),
        unit: None,
        themes: themes.iter().map(|&theme| theme.to_owned()).collect(),
        until: None,
    };
    let made = people::add(&desk.office, AccountKind::Machine, &person, &[to], BY).await;
    made.expect("an account").0
}

fn source(script: &Script) -> Source {
    Source {
        code: "samr-daily".to_owned(),
        supplier: "samr".to_owned(),
        theme: "registration".to_owned(),
        mode: Some(credit::catalog::Mode::Delta),
        account: "samr.gateway".to_owned(),
        host: "data.example.gov.cn".to_owned(),
        every: Every::Minutes(60),
        fetch: script.fetch(),
    }
}

async fn pulled(desk: &Desk, source: &Source) -> Pulled {
    pull(&desk.office, source, false).await.expect("kept")
}

#[tokio::test]
async fn a_pull_is_a_submission_of_the_machine_and_the_same_file_is_one() {
    for desk in desks(&catalog(&[])).await {
        let script = Script::default();
        let source = source(&script);
        let id = machine(&desk, &[]).await;
        let file = format!("{HEAD}{ROW}");
        script.answers(Ok(Some(&file)));
        let Pulled::Taken(taken) = pulled(&desk, &source).await else {
            panic!("{}: not taken", desk.engine)
        };
        let one = exchange::supply::submission(&desk.office, &taken).await;
        let one = one.expect("a submission");
        assert_eq!((one.supplier.as_str(), one.counts.accepted), ("samr", 1));
        assert_eq!(one.file_name, "samr-daily", "no address stands anywhere");
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Early,
            "{}",
            desk.engine
        );
        // Asked by its tag on the same day; bytes that did not change are not sent again.
        desk.advance(61 * MINUTE);
        script.answers(Ok(None));
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Same,
            "{}",
            desk.engine
        );
        desk.advance(61 * MINUTE);
        script.answers(Ok(Some(&file)));
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Same,
            "{}",
            desk.engine
        );
        let tag = Some(file.len().to_string());
        assert_eq!(script.asked(), [None, tag.clone(), tag]);
        // The next day the list is stated anew: the period is reported although nothing changed.
        desk.on("2026-11-23");
        script.answers(Ok(Some(&file)));
        let again = pulled(&desk, &source).await;
        assert!(
            matches!(again, Pulled::Taken(id) if id != taken),
            "{}: {again:?}",
            desk.engine
        );
        assert_eq!(script.asked(), [None]);
        let listed = pulls(&desk.office, Some("samr")).await.expect("a list");
        let last = listed[0].last.clone().expect("a try");
        assert_eq!(
            (listed.len(), last.outcome.as_str(), listed[0].failures),
            (1, "taken", 0)
        );
        assert!(
            pulls(&desk.office, Some("tax"))
                .await
                .expect("a list")
                .is_empty()
        );
        // It goes by the account: once that ends, nothing is fetched any more.
        people::shift(&desk.office, id, AccountMove::End, BY)
            .await
            .expect("ended");
        desk.advance(61 * MINUTE);
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Failed("account"),
            "{}",
            desk.engine
        );
        assert!(
            script.asked().is_empty(),
            "{}: nobody was asked",
            desk.engine
        );
    }
}

#[tokio::test]
async fn a_machine_pulls_nothing_beyond_its_appointment() {
    for desk in desks(&catalog(&[])).await {
        let script = Script::default();
        let source = source(&script);
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Failed("account"),
            "no account"
        );
        machine(&desk, &["abnormal"]).await;
        for other in [
            source.clone(),
            Source {
                supplier: "tax".to_owned(),
                ..source.clone()
            },
        ] {
            let refused = pull(&desk.office, &other, true).await.expect("kept");
            assert_eq!(refused, Pulled::Failed("account"), "{}", desk.engine);
        }
        assert!(
            script.asked().is_empty(),
            "{}: nobody was asked",
            desk.engine
        );
    }
}

#[tokio::test]
async fn failures_wait_longer_each_time_and_are_told_once() {
    for desk in desks(&catalog(&[])).await {
        let script = Script::default();
        let source = source(&script);
        machine(&desk, &[]).await;
        let told = async || {
            let to = Addressee::Agency("samr".to_owned());
            let rows = notices::inbox(&desk.office, &to, None)
                .await
                .expect("an inbox")
                .rows;
            rows.into_iter()
                .filter(|one| one.kind == NoticeKind::PullFailed)
                .count()
        };
        let next = async || pulls(&desk.office, None).await.expect("a list")[0].next_at;
        let now = || Instant((desk.office.now)().0);
        // 5, 10, 20, 40 minutes, and then the hour of the schedule.
        for (try_no, minutes) in [5, 10, 20, 40, 60, 60].into_iter().enumerate() {
            script.answers(Err("unreached"));
            assert_eq!(pulled(&desk, &source).await, Pulled::Failed("unreached"));
            assert_eq!(
                next().await.0 - now().0,
                minutes * MINUTE,
                "{}: {try_no}",
                desk.engine
            );
            assert_eq!(
                told().await,
                usize::from(try_no >= 2),
                "{}: {try_no}",
                desk.engine
            );
            desk.advance(minutes * MINUTE - 1);
            assert_eq!(
                pulled(&desk, &source).await,
                Pulled::Early,
                "{}",
                desk.engine
            );
            desk.advance(1);
        }
        // A file that cannot be read is a failure, too, and one that can ends it.
        script.answers(Ok(Some("\u{0}\u{1}nonsense")));
        assert_eq!(
            pulled(&desk, &source).await,
            Pulled::Failed("file"),
            "{}",
            desk.engine
        );
        desk.advance(60 * MINUTE);
        script.answers(Ok(Some(&format!("{HEAD}{ROW}"))));
        assert!(
            matches!(pulled(&desk, &source).await, Pulled::Taken(_)),
            "{}",
            desk.engine
        );
        assert_eq!(
            pulls(&desk.office, None).await.expect("a list")[0].failures,
            0
        );
        for _ in 0..3 {
            desk.advance(60 * MINUTE);
            script.answers(Err("slow"));
            pulled(&desk, &source).await;
        }
        assert_eq!(told().await, 2, "{}: it failed anew", desk.engine);
    }
}

#[tokio::test]
async fn two_processes_pull_a_source_once() {
    for desk in desks(&catalog(&[])).await {
        let script = Script::default();
        let source = source(&script);
        machine(&desk, &[]).await;
        script.answers(Ok(Some(&format!("{HEAD}{ROW}"))));
        let office = &desk.office;
        let (one, other) = tokio::join!(pull(office, &source, false), pull(office, &source, false));
        let both = [one.expect("kept"), other.expect("kept")];
        let taken = both.iter().filter(|one| matches!(one, Pulled::Taken(_)));
        assert_eq!(taken.count(), 1, "{}: {both:?}", desk.engine);
        assert!(
            both.iter()
                .any(|one| matches!(one, Pulled::Elsewhere | Pulled::Early)),
            "{both:?}"
        );
    }
}
