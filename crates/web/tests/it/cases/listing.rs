//! A listing over HTTP: an agency lists a firm properly and fails to do it improperly; then the wrong listing is
//! found wrong and nobody sees it any more.

use super::{representative, send};
use crate::html;
use crate::site::{Answer, ORDINARY as FIRM, ORGAN, TestSite};
use axum::http::StatusCode;

/// Five working days and the weekend: from Sunday 2026-11-22 to Monday 2026-12-07.
const DAYS: i64 = 15;
const NUMBER: &str = "云市监列〔2026〕9号";
const BUREAU: &str = "云汀市市场监督管理局";

/// The record of a fact of the firm that holds a text, in the agency's own choice.
async fn record(site: &TestSite, cookie: &str, text: &str) -> String {
    let at = format!("/cases/open?agency={ORGAN}&code={FIRM}&kind=listing&lang=en");
    let page = site.get_with(&at, &[("cookie", cookie)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check(&at, &page.body);
    let mut options = page.body.split("<option value=\"");
    let option = options.find(|option| option.contains(text) && option.len() > 32);
    let option = option.unwrap_or_else(|| panic!("{text}: {}", page.body));
    option[..32].to_owned()
}

async fn act(site: &TestSite, cookie: &str, id: &str, fields: &[(&str, &str)]) -> Answer {
    let at = format!("/cases/{id}/moves?lang=en");
    send(site, &at, cookie, fields, None).await
}

fn made(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn refused(answer: &Answer, why: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    html::check("/cases/{id}", &answer.body);
    assert!(answer.body.contains(why), "{why}: {}", answer.body);
}

/// The row of the list, as the agency sends it on a day.
async fn row(site: &TestSite, day: &str, serial: usize) -> u64 {
    let text = format!(
        "企业名称,统一社会信用代码,名单名称,列入事由,列入决定文书号,列入决定机关,列入日期,列入依据,决定送达日期\n云汀栖航检测技术有限公司,{FIRM},市场监督管理严重违法失信名单,广告不实,{NUMBER},{BUREAU},{day},总局令第44号,{day}\n{}",
        // The same file on the same day is the same submission; an empty row more is another file.
        "\n".repeat(serial)
    );
    let receipt = site
        .take("serious-list", Some(ORGAN), "l.csv", text, None)
        .await;
    receipt.counts.accepted
}

async fn is_public(site: &TestSite) -> bool {
    let report = site.get(&format!("/api/v1/subjects/{FIRM}/report")).await;
    report.body.contains(NUMBER)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_an_agency_lists_a_firm_properly_and_fails_to_do_it_improperly() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, FIRM, "rep.one").await;
    let li = site.enter("Li").await;
    let id = proposed(&site, &li).await;
    // No decision without a notice, no row without a decision, nothing by the firm for the agency.
    let decide = [("move", "decide"), ("seen", "1"), ("reason", "grave")];
    refused(
        &act(&site, &li, &id, &decide).await,
        "does not allow this step",
    );
    assert_eq!(row(&site, "2026-11-20", 1).await, 0);
    let by_firm = format!("/my/{own}/cases/{id}/moves?lang=en");
    let by_firm = send(&site, &by_firm, &cookie, &decide, None).await;
    assert_eq!(by_firm.status, StatusCode::UNPROCESSABLE_ENTITY);
    let notify = [
        ("move", "notify"),
        ("seen", "1"),
        ("reason", "the reasons, the basis, the right to be heard"),
        ("document-kind", "列入事先告知书"),
        ("document-number", "云市监列告〔2026〕9号"),
        ("document-day", "2026-11-22"),
        ("document-organ", BUREAU),
    ];
    refused(
        &act(&site, &li, &id, &notify).await,
        "the day and manner of service",
    );
    let served = [("service-day", "2026-11-22"), ("service-way", "in person")];
    made(&act(&site, &li, &id, &[&notify[..], &served].concat()).await);
    let own_page = format!("/my/{own}/cases/{id}?lang=en");
    let page = site.get_with(&own_page, &[("cookie", &cookie)]).await;
    html::check("/my/{own}/cases/{id}", &page.body);
    assert!(
        page.body.contains("the right to state your case"),
        "{}",
        page.body
    );
    let early = [("move", "decide"), ("seen", "2"), ("reason", "grave")];
    refused(
        &act(&site, &li, &id, &early).await,
        "does not allow this step",
    );
    site.clock.advance(DAYS * 86_400 * 1_000_000);
    let li = site.enter("Li").await;
    listed(&site, &li, &id).await;
    assert!(is_public(&site).await);
    undone(&site, &li).await;
}

async fn proposed(site: &TestSite, li: &str) -> String {
    let record = record(site, li, "云市监罚〔2026〕301号").await;
    let at = format!("/cases/open?agency={ORGAN}&code={FIRM}&lang=en");
    let bare = [
        ("kind", "listing"),
        ("record", record.as_str()),
        ("reason", "grave"),
    ];
    let without = send(site, &at, li, &bare, None).await;
    refused(&without, "one of the reasons that are listed");
    let whole = [&bare[..], &[("choice", "market")]].concat();
    let opened = send(site, &at, li, &whole, None).await;
    made(&opened);
    let twice = send(site, &at, li, &whole, None).await;
    refused(&twice, "is open already");
    let to = opened.header("location");
    to.rsplit('/').next().expect("a case").to_owned()
}

/// From the decision to the list, on 2026-12-07.
async fn listed(site: &TestSite, li: &str, id: &str) {
    let decide = [
        ("move", "decide"),
        ("seen", "2"),
        ("reason", "grave"),
        ("document-kind", "列入决定书"),
        ("document-number", NUMBER),
        ("document-day", "2026-12-07"),
        ("document-organ", BUREAU),
        ("head", "某局长"),
    ];
    refused(
        &act(site, li, id, &decide).await,
        "the five contents of the decision",
    );
    let contents = [
        ("content-basis", "Order 44"),
        ("content-measures", "more inspections"),
        ("content-removal", "after a year"),
        ("content-remedies", "reconsideration"),
    ];
    made(&act(site, li, id, &[&decide[..], &contents].concat()).await);
    assert_eq!(
        row(site, "2026-12-07", 2).await,
        0,
        "not before it is served"
    );
    let serve = [
        ("move", "serve"),
        ("seen", "3"),
        ("service-day", "2026-12-07"),
        ("service-way", "by post"),
    ];
    made(&act(site, li, id, &serve).await);
    let publish = [("move", "publish"), ("seen", "4")];
    refused(&act(site, li, id, &publish).await, "was not stated");
    assert_eq!(row(site, "2026-12-07", 3).await, 1);
    made(&act(site, li, id, &publish).await);
}

/// R42: the organ finds its listing wrong.
async fn undone(site: &TestSite, li: &str) {
    let record = record(site, li, NUMBER).await;
    let at = format!("/cases/open?agency={ORGAN}&code={FIRM}&lang=en");
    let fields = [
        ("kind", "wrong-listing"),
        ("record", record.as_str()),
        ("choice", "not-met"),
        ("reason", "the standard is not met"),
    ];
    let opened = send(site, &at, li, &fields, None).await;
    made(&opened);
    let id = opened
        .header("location")
        .rsplit('/')
        .next()
        .expect("a case");
    let find = [
        ("move", "find"),
        ("seen", "1"),
        ("reason", "the standard is not met"),
        ("document-kind", "撤销决定书"),
        ("document-number", "云市监撤〔2026〕1号"),
        ("document-day", "2026-12-07"),
        ("document-organ", BUREAU),
        ("head", "某局长"),
    ];
    made(&act(site, li, id, &find).await);
    assert!(!is_public(site).await);
    let early = [("move", "inform"), ("seen", "2"), ("reason", "done")];
    refused(&act(site, li, id, &early).await, "does not allow this step");
}
