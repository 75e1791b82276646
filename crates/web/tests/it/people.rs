//! Pages of the centre's administrator from the outside.

use crate::html;
use crate::site::{TestSite, appointment};
use axum::http::StatusCode;
use credit::people::Role;
use exchange::people;
use seal::Signer;

async fn administrator(site: &TestSite) -> String {
    let to = [appointment(Role::CentreAdministrator, "credit-centre")];
    let link = site.link_of("admin.one", &to).await;
    site.enter_by(&link).await
}

async fn id(site: &TestSite, login: &str) -> String {
    let found = people::find(&site.site.office, login).await;
    found.expect("an account").id.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_made_appointed_suspended_and_ended() {
    let site = TestSite::new().await;
    let cookie = administrator(&site).await;
    for lang in ["zh", "en", "ru"] {
        for at in ["/people", "/people/new"] {
            let page = site
                .get_with(&format!("{at}?lang={lang}"), &[("cookie", &cookie)])
                .await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            html::check(at, &page.body);
        }
    }
    let form = "kind=officer&name=Officer&login=new.one&role=reader&agency=samr&reason=r";
    let wrong = site
        .post("/people/new", &cookie, &form.replace("samr", "nowhere"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("/people/new", &wrong.body);
    assert!(
        wrong.body.contains("value=\"new.one\""),
        "what was typed is kept"
    );
    let made = site.post("/people/new", &cookie, form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    html::check("/people/new", &made.body);
    assert!(made.body.contains("/account/begin/"));
    let one = id(&site, "new.one").await;
    let at = format!("/people/{one}");
    let found = site
        .get_with("/people?login=new.one", &[("cookie", &cookie)])
        .await;
    assert_eq!(found.header("location"), at);
    let none = site
        .get_with("/people?login=new", &[("cookie", &cookie)])
        .await;
    assert_eq!(none.status, StatusCode::OK, "a part of a name finds nobody");
    let act = async |end: &str, form: &str| site.post(&format!("{at}{end}"), &cookie, form).await;
    let appointed = act(
        "/appointments",
        "role=second-officer&agency=samr&theme=registration&reason=r",
    )
    .await;
    assert_eq!(
        appointed.status,
        StatusCode::SEE_OTHER,
        "{}",
        appointed.body
    );
    let page = site
        .get_with(&format!("{at}?lang=en"), &[("cookie", &cookie)])
        .await;
    html::check(&at, &page.body);
    assert!(page.body.contains("second officer"));
    let dismiss = page
        .body
        .split("/appointments/")
        .nth(1)
        .and_then(|rest| rest.get(..32));
    let dismiss = format!("/appointments/{}/end", dismiss.expect("an appointment"));
    assert_eq!(
        act(&dismiss, "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        act(&dismiss, "reason=r").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        act("/move", "move=activate&reason=r").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        act("/move", "move=resume&reason=r").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let invited = act("/move", "move=invite&reason=r").await;
    assert!(invited.body.contains("/account/begin/"), "{}", invited.body);
    assert_eq!(
        act("/move", "move=end&reason=gone").await.status,
        StatusCode::SEE_OTHER
    );
    let page = site.get_with(&at, &[("cookie", &cookie)]).await;
    assert!(
        page.body.contains("gone") && page.body.contains("m-erase"),
        "{}",
        page.body
    );
    assert_eq!(
        act("/move", "move=erase&reason=r").await.status,
        StatusCode::SEE_OTHER
    );
    let page = site.get_with(&at, &[("cookie", &cookie)]).await;
    html::check(&at, &page.body);
    assert!(
        !page.body.contains("new.one"),
        "the person is gone, the history is not"
    );
    assert!(page.body.contains("gone"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_changes_their_own_account() {
    let site = TestSite::new().await;
    let cookie = administrator(&site).await;
    let own = id(&site, "admin.one").await;
    for (end, form) in [
        ("/move", "move=suspend&reason=r"),
        ("/move", "move=end&reason=r"),
        ("/appointments", "role=centre-clerk&reason=r"),
    ] {
        let answer = site
            .post(&format!("/people/{own}{end}"), &cookie, form)
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{end} {form}"
        );
    }
    let page = site
        .get_with(&format!("/people/{own}"), &[("cookie", &cookie)])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page
            .body
            .contains("<form method=\"post\" action=\"/people/")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_machines_are_registered_and_ended() {
    let site = TestSite::new().await;
    let cookie = administrator(&site).await;
    let form = "kind=machine&name=Gateway&login=gate.one&role=machine-client&agency=samr&reason=r";
    let made = site.post("/people/new", &cookie, form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let at = made.header("location").to_owned();
    let key = Signer::from_seed([8; 32]).verifier().to_text();
    let keys = format!("{at}/keys");
    let wrong = site.post(&keys, &cookie, "public=x&reason=r").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check(&keys, &wrong.body);
    let sent = site
        .post(
            &keys,
            &cookie,
            &format!("public={key}&days=9&overlap=&reason=r"),
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let again = site
        .post(&keys, &cookie, &format!("public={key}&reason=r"))
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    let page = site
        .get_with(&format!("{at}?lang=en"), &[("cookie", &cookie)])
        .await;
    html::check(&at, &page.body);
    assert!(page.body.contains("signs (Ed25519)"));
    let end = page
        .body
        .split("/keys/")
        .nth(1)
        .and_then(|rest| rest.get(..32))
        .expect("a key");
    let ended = site
        .post(&format!("{keys}/{end}/end"), &cookie, "reason=r")
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let twice = site
        .post(&format!("{keys}/{end}/end"), &cookie, "reason=r")
        .await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_auditor_reads_and_changes_nothing() {
    let site = TestSite::new().await;
    administrator(&site).await;
    let own = id(&site, "admin.one").await;
    let link = site
        .link_of("audit.one", &[appointment(Role::Auditor, "credit-centre")])
        .await;
    let cookie = site.enter_by(&link).await;
    let page = site
        .get_with(&format!("/people/{own}"), &[("cookie", &cookie)])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("action=\"/people/"));
    let answer = site
        .post(&format!("/people/{own}/move"), &cookie, "move=end&reason=r")
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
