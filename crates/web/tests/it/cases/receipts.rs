//! Facts that are not to be used any more, over HTTP: an agency sees what it looked at and acknowledges it on
//! its page or by its system; the centre sees who has not.

use super::api::{get, machine};
use super::{PROOF, record, representative, send};
use crate::html;
use crate::site::{HOSTILE_CODE as FIRM, TestSite, appointment};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::Role;

/// A fact that tax looked at and whose decision was revoked: the case.
async fn revoked(site: &TestSite) -> String {
    let (cookie, own) = representative(site, FIRM, "rep.one").await;
    let li = site.enter("Li").await;
    let [grant, _] = site.shared().await;
    let look = format!("grant={grant}&code={FIRM}&purpose=subsidy&case=2026-1&lang=en");
    let seen = site.post("/sharing/lookup?lang=en", &li, &look).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let record = record(site).await;
    let paper = [
        ("document-kind", "judgment"),
        ("document-number", "2026-9"),
        ("document-day", "2026-11-20"),
        ("document-organ", "a court"),
    ];
    let mut fields = vec![
        ("kind", "appeal"),
        ("record", record.as_str()),
        ("choice", "lawsuit"),
        ("reason", "we went to court"),
    ];
    fields.extend(paper);
    let at = format!("/my/{own}/cases/new");
    let filed = send(site, &at, &cookie, &fields, Some(PROOF)).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
    let id = filed
        .header("location")
        .rsplit('/')
        .next()
        .expect("a case")
        .to_owned();
    let mut fields = vec![("move", "revoke"), ("seen", "1"), ("reason", "revoked")];
    fields.extend(paper);
    let made = send(site, &format!("/cases/{id}/moves"), &li, &fields, None).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_acknowledges_on_its_page_and_by_its_system() {
    let site = TestSite::new().await;
    let id = revoked(&site).await;
    let link = site
        .link_of("shares.tax", &[appointment(Role::SharingOfficer, "tax")])
        .await;
    let tax = site.enter_by(&link).await;
    let link = site
        .link_of("shares.hrss", &[appointment(Role::SharingOfficer, "hrss")])
        .await;
    let hrss = site.enter_by(&link).await;
    let form = format!("case={id}&seq=2&agency=tax");
    for lang in ["zh", "en", "ru"] {
        for cookie in [&tax, &hrss] {
            let at = format!("/sharing/receipts?lang={lang}");
            let page = site.get_with(&at, &[("cookie", cookie)]).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            html::check(&at, &page.body);
            let own = cookie == &tax;
            assert_eq!(page.body.contains("2026-1</span>"), own, "{lang}");
            assert_eq!(page.body.contains("name=\"seq\" value=\"2\""), own);
            assert!(
                !page.body.contains(FIRM),
                "by the agency's own numbers alone"
            );
        }
    }
    let inbox = site
        .get_with("/account/inbox?receiver=tax&lang=en", &[("cookie", &tax)])
        .await;
    assert!(
        inbox.body.contains("not to be used any more"),
        "{}",
        inbox.body
    );
    html::check("/account/inbox", &inbox.body);
    let foreign = site
        .get_with("/account/inbox?receiver=tax", &[("cookie", &hrss)])
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let foreign = site.post("/sharing/receipts", &hrss, &form).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    // By its system, for an officer who may.
    let key = machine(
        &site,
        "tax.gateway",
        &[appointment(Role::MachineClient, "tax")],
    )
    .await;
    let open = get(&site, &key, "/api/v1/receipts").await.json();
    let one = &open["receipts"][0];
    assert_eq!(
        (one["case"].as_str(), one["number"].as_u64()),
        (Some(id.as_str()), Some(2))
    );
    assert_eq!(one["looked_for"][0], "2026-1");
    let said = |officer: &str| {
        format!("{{\"case\":\"{id}\",\"number\":2,\"agency\":\"tax\",\"officer\":\"{officer}\"}}")
    };
    let headers = [
        ("content-type", "application/json"),
        ("authorization", key.as_str()),
    ];
    for (officer, status) in [
        ("shares.hrss", 403),
        ("nobody.here", 404),
        ("shares.tax", 200),
        ("shares.tax", 200),
    ] {
        let body = Body::from(said(officer));
        let answer = site.send("POST", "/api/v1/receipts", &headers, body).await;
        assert_eq!(answer.status.as_u16(), status, "{officer}: {}", answer.body);
    }
    let open = get(&site, &key, "/api/v1/receipts").await.json();
    assert_eq!(open["receipts"].as_array().map(Vec::len), Some(0));
    let again = site.post("/sharing/receipts", &tax, &form).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "acknowledged before");
    let li = site.enter("Li").await;
    let centre = site
        .get_with("/sharing/receipts?all=1&lang=en", &[("cookie", &li)])
        .await;
    html::check("/sharing/receipts", &centre.body);
    assert!(centre.body.contains("How agencies acknowledged"));
}
