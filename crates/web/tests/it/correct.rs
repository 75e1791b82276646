//! A correction by page: the agency's own facts are found (and the look is written down), one is opened
//! with the version in force, read once more, and sent; both values stand in its history afterwards.

use crate::html;
use crate::site::{Answer, ORDINARY, ORGAN, TestSite};
use axum::http::StatusCode;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn form(fields: &[(String, String)]) -> String {
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// What a browser would send of the page's last form: inputs, boxes that are ticked, chosen options.
fn fields(page: &str) -> Vec<(String, String)> {
    let body = page.rsplit("<form ").next().unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let from = tag.split_once(&format!(" {name}=\""))?.1;
        Some(unescaped(from.split_once('"')?.0))
    };
    let mut found = Vec::new();
    for tag in body.split("<input ").skip(1) {
        let tag = format!(" {}", tag.split_once('>').map_or(tag, |(tag, _)| tag));
        let ticked = !tag.contains("type=\"checkbox\"") || tag.contains(" checked");
        if let (Some(name), true) = (attribute(&tag, "name"), ticked) {
            found.push((name, attribute(&tag, "value").unwrap_or_default()));
        }
    }
    for part in body.split("<textarea ").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        if let Some(name) = attribute(&format!(" {tag}"), "name") {
            let text = rest.split_once("</textarea>").map_or("", |(text, _)| text);
            found.push((name, unescaped(text)));
        }
    }
    for part in body.split("<select ").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let rest = rest
            .split_once("</select>")
            .map_or("", |(options, _)| options);
        let chosen = rest
            .split("<option ")
            .find(|option| option.contains(" selected"));
        if let (Some(name), Some(option)) = (attribute(&format!(" {tag}"), "name"), chosen) {
            let value = attribute(&format!(" {option}"), "value");
            found.push((name, value.unwrap_or_default()));
        }
    }
    found
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
}

const PATH: &str = "/supply/correct?theme=penalty&supplier=";

async fn send(site: &TestSite, cookie: &str, fields: &[(String, String)]) -> Answer {
    site.post(&format!("{PATH}{ORGAN}"), cookie, &form(fields))
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_is_found_corrected_and_keeps_both_values() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let code = ORDINARY;
    let ask = |step: &str| {
        let pairs = [("code", code), ("case", "更正 7"), ("step", step)];
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    };
    let nobody = send(&site, &cookie, &[("step".to_owned(), "find".to_owned())]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("start", &nobody.body);
    let list = send(&site, &cookie, &ask("find")).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    html::check("list", &list.body);
    let record = list
        .body
        .split("name=\"record\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let mut open = ask("open");
    set(&mut open, "record", record.expect("a fact"));
    let page = send(&site, &cookie, &open).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check("form", &page.body);
    let mut fields = fields(&page.body);
    set(&mut fields, "c-CF_NR", "警告（已更正）");
    set(&mut fields, "step", "send");
    let without = send(&site, &cookie, &fields).await;
    assert_eq!(
        without.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "no reason, no document"
    );
    html::check("without", &without.body);
    for (name, value) in [
        ("reason", "复议变更"),
        ("paper-kind", "复议决定书"),
        ("paper-number", "云府复〔2026〕3号"),
        ("paper-day", "2026-11-20"),
        ("paper-organ", "云汀市人民政府"),
        ("step", "check"),
    ] {
        set(&mut fields, name, value);
    }
    let check = send(&site, &cookie, &fields).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    html::check("check", &check.body);
    set(&mut fields, "step", "send");
    let sent = send(&site, &cookie, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let receipt = site
        .get_with(sent.header("location"), &[("cookie", &cookie)])
        .await;
    html::check("receipt", &receipt.body);
    assert!(receipt.body.contains("复议变更"), "{}", receipt.body);
    let again = send(&site, &cookie, &fields).await;
    assert_eq!(
        again.header("location"),
        sent.header("location"),
        "the same correction is one"
    );
    let mut other = fields.clone();
    set(&mut other, "c-CF_NR", "警告（又一次更正）");
    let other = send(&site, &cookie, &other).await;
    assert_eq!(
        other.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the version has moved on"
    );
    let after = send(&site, &cookie, &ask("find")).await;
    assert!(
        after.body.contains("<ins>警告（已更正）</ins>"),
        "{}",
        after.body
    );
    assert!(after.body.contains("云府复〔2026〕3号"), "{}", after.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_fact_is_taken_back_and_nothing_of_it_stands_in_an_address() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let code = ORDINARY;
    let mut ask: Vec<(String, String)> = Vec::new();
    for (name, value) in [("code", code), ("case", "更正 8"), ("step", "find")] {
        set(&mut ask, name, value);
    }
    let list = send(&site, &cookie, &ask).await;
    assert!(
        !list.body.contains(&format!("supplier={ORGAN}&amp;code=")),
        "no code in an address"
    );
    let record = list
        .body
        .split("name=\"record\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    set(&mut ask, "record", record.expect("a fact"));
    set(&mut ask, "step", "recall");
    set(&mut ask, "place", "1");
    let without = send(&site, &cookie, &ask).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("without", &without.body);
    set(&mut ask, "reason", "误报");
    let done = send(&site, &cookie, &ask).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    set(&mut ask, "step", "find");
    let after = send(&site, &cookie, &ask).await;
    html::check("after", &after.body);
    assert!(after.body.contains("误报"), "{}", after.body);
}
