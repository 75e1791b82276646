//! A natural person who enters by the own number, and reads the own file.

use super::{comes, served, way};
use crate::site::{Answer, ORGAN};
use axum::http::StatusCode;

/// The session that an answer began.
fn begun(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter();
    let mut cookies = cookies.filter_map(|one| one.to_str().ok());
    let session = cookies.rfind(|one| one.starts_with("desk="));
    let session = session.and_then(|one| one.split(';').next());
    session.expect("a session").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_person_comes_in_by_the_own_number_reads_the_own_file_and_takes_it_away() {
    let Some((made, provider, _)) = served().await else {
        return;
    };
    let receipt = made
        .take(
            "penalty",
            Some(ORGAN),
            "p.csv",
            crate::persons::file(),
            None,
        )
        .await;
    assert_eq!(receipt.counts.accepted, 1, "{:?}", receipt.counts);
    provider.next("person");
    let (address, cookie) = way(&made, &provider).await;
    let answer = comes(&made, &address, &cookie).await;
    assert!(answer.body.contains("url=/my"), "{}", answer.body);
    let session = begun(&answer);
    let get = async |path: &str| {
        let answer = made.get_with(path, &[("cookie", &session)]).await;
        let whole = answer.body.contains("1990030777") || path.contains("1990030777");
        assert!(!whole, "{path}: the number is said nowhere");
        answer
    };
    let home = get("/my?lang=en").await;
    crate::html::check("my", &home.body);
    assert!(home.body.contains("Myself"), "{}", home.body);
    let own = home.body.split("/my/").nth(1);
    let own = own.and_then(|rest| rest.get(..32)).expect("a mandate");
    for lang in ["zh", "en", "ru"] {
        let file = get(&format!("/my/{own}?lang={lang}")).await;
        assert_eq!(file.status, StatusCode::OK);
        crate::html::check("own file", &file.body);
        assert!(file.body.contains("金丝雀甲") && file.body.contains("鹦鹉里七巷"));
        assert!(!file.body.contains("/reports\"") && !file.body.contains("/clerks\""));
    }
    let looks = get(&format!("/my/{own}/looks")).await;
    assert_eq!(looks.status, StatusCode::OK);
    crate::html::check("who looked", &looks.body);
    let told = get(&format!("/my/{own}/looks.json")).await.json();
    let first = &told["looks"][0];
    assert_eq!(
        (&first["own"], &first["purpose"]),
        (&true.into(), &"own-report".into())
    );
    assert!(
        first["event"]
            .as_str()
            .is_some_and(|one| one.starts_with("access:"))
    );
    let inbox = get(&format!("/account/inbox?mandate={own}")).await;
    assert_eq!(inbox.status, StatusCode::OK, "{}", inbox.body);
    for form in ["json", "csv"] {
        let taken = get(&format!("/my/{own}/export.{form}")).await;
        assert!(taken.status == StatusCode::OK && taken.body.contains("鹦鹉里七巷"));
        assert_eq!(taken.header("cache-control"), "private, no-store");
    }
    for shut in ["clerks", "cases", "cases/new"] {
        let answer = get(&format!("/my/{own}/{shut}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{shut}");
    }
    for desk in ["/supply", "/window/person", "/sharing/lookup", "/people"] {
        let answer = get(desk).await;
        assert_ne!(answer.status, StatusCode::OK, "{desk}");
    }
}
