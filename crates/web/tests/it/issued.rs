//! Signed copies over HTTP: issued once, verified by number and by file, and nobody learns from them
//! what has changed.

use crate::html;
use crate::site::{HOSTILE_CODE, ORDINARY, TestSite};
use axum::body::Body;
use axum::http::StatusCode;
use pdf::{FontSource, Typesetter};
use std::sync::Arc;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const HERE: (&str, &str) = ("sec-fetch-site", "same-origin");

async fn subject(site: &TestSite) -> String {
    let at = site.get(&format!("/subjects/{ORDINARY}")).await;
    at.header("location").to_owned()
}

async fn signed(site: &TestSite) -> String {
    let path = format!("/api/v1/subjects/{ORDINARY}/report");
    let answer = site.send("POST", &path, &[], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.body
}

fn number_of(file: &str) -> String {
    let file: serde_json::Value = serde_json::from_str(file).expect("JSON");
    let number = file["report"]["issued"]["verify"].as_str();
    number.expect("a number").to_owned()
}

async fn upload(site: &TestSite, file: &[u8]) -> crate::site::Answer {
    let mut body =
        b"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r\"\r\n\r\n".to_vec();
    body.extend(file);
    body.extend(b"\r\n--X--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=X"), HERE];
    site.send("POST", "/verify/file", &kind, Body::from(body))
        .await
}

/// Corrects the firm's registration, so that today's report states something else.
async fn correct(site: &TestSite) {
    let named = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = named["name"].as_str().expect("a name").to_owned();
    let row = format!(
        "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n{name},{ORDINARY},守合同重信用企业,证1号,2026-01-05,某局\n"
    );
    let receipt = site.take("honour", None, "h.csv", row, None).await;
    assert_eq!(receipt.counts.accepted, 1, "{:?}", receipt.counts);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signed_copy_is_issued_once_and_verified_by_anyone() {
    let site = TestSite::new().await;
    let file = signed(&site).await;
    assert_eq!(file, signed(&site).await, "a retry is the same file");
    let key = site.site.office.signer.verifier();
    let open = exchange::report::file::verify(&key, file.as_bytes()).expect("sound");
    let number = number_of(&file);
    assert_eq!(open.verify, number);
    for path in [
        format!("/verify/R/{number}"),
        format!("/verify/R/{}", number.to_uppercase()),
        format!(
            "/verify?number={}",
            exchange::report::standing::grouped(&number)
        ),
    ] {
        for lang in ["zh", "en", "ru"] {
            let mark = if path.contains('?') { '&' } else { '?' };
            let answer = site.get(&format!("{path}{mark}lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            html::check(&path, &answer.body);
            assert!(answer.body.contains(&open.number), "{path}");
            assert!(answer.body.contains(ORDINARY), "{path}");
        }
    }
    let told = site.get(&format!("/api/v1/reports/{number}")).await.json();
    assert_eq!(told["valid"], true, "{told}");
    assert_eq!(told["code"], ORDINARY);
    let held = upload(&site, file.as_bytes()).await;
    assert_eq!(held.status, StatusCode::OK, "{}", held.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_11_who_verifies_learns_only_that_it_is_not_current() {
    let site = TestSite::new().await;
    let file = signed(&site).await;
    let number = number_of(&file);
    let name = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = name["name"].as_str().expect("a name").to_owned();
    correct(&site).await;
    let page = site.get(&format!("/verify/R/{number}?lang=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Not current any more"), "{}", page.body);
    let wire = site.get(&format!("/api/v1/reports/{number}")).await;
    let json = wire.json();
    assert_eq!(json["valid"], false);
    assert!(json["name"].is_null() && json["code"].is_null() && json["entries"].is_null());
    let held = upload(&site, file.as_bytes()).await;
    for told in [&page.body, &wire.body, &held.body] {
        for secret in [name.as_str(), ORDINARY, "honour", "守合同"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_that_are_none_answer_alike() {
    let site = TestSite::new().await;
    signed(&site).await;
    let mut bodies = Vec::new();
    for number in [
        "0",
        "00000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffff",
        "%27%20OR%201%3D1",
        "..%2f..%2fetc%2fpasswd",
    ] {
        let path = format!("/verify/R/{number}");
        let answer = site.get(&format!("{path}?lang=en")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{number}");
        let links = format!("{path}?");
        bodies.push(answer.body.replace(&links, "HERE"));
        let wire = site.get(&format!("/api/v1/reports/{number}")).await;
        assert_eq!(wire.status, StatusCode::NOT_FOUND, "{number}");
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_is_refused() {
    let site = TestSite::new().await;
    let file = signed(&site).await;
    let changed = [
        file.replacen("2026", "2025", 1),
        format!("{file} "),
        file[..file.len() - 1].to_owned(),
        String::new(),
        "%PDF-1.7 no report".to_owned(),
        site.receipts[0].json.clone(),
    ];
    for forged in changed {
        let answer = upload(&site, forged.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{forged}");
        html::check("forged", &answer.body);
    }
    let large = vec![b' '; exchange::report::file::FILE_BYTES + 8_192];
    let answer = upload(&site, &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_issues_what_it_shows_and_nothing_else() {
    let site = TestSite::new().await;
    let at = subject(&site).await;
    let path = format!("{at}/report/issue");
    let shown = site
        .get(&format!("{at}/report?theme=penalty&lang=en"))
        .await;
    assert!(
        shown.body.contains(&format!("action=\"{path}\"")),
        "{}",
        shown.body
    );
    assert!(shown.body.contains("name=\"theme\" value=\"penalty\""));
    let issued = site.post(&path, "lang=en", "theme=penalty").await;
    assert_eq!(issued.status, StatusCode::OK, "{}", issued.body);
    html::check(&path, &issued.body);
    assert!(issued.body.contains("<svg class=\"qr\""));
    let file = site
        .post(&path, "lang=en", "theme=penalty&format=json")
        .await;
    let number = number_of(&file.body);
    assert!(issued.body.contains(&format!("/verify/R/{number}")));
    assert!(
        issued
            .body
            .contains(&exchange::report::standing::grouped(&number))
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=\"2026")
    );
    // A form of another site, a field that is none, days that are none.
    let foreign = [FORM, ("sec-fetch-site", "cross-site")];
    let answer = site
        .send("POST", &path, &foreign, Body::from("theme=penalty"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    for form in [
        "number=1",
        "verify=00",
        "as_of=2026-13-01",
        "from=x",
        "theme=%0d%0aSet-Cookie:a",
        "issued_at=0",
    ] {
        let answer = site
            .send("POST", &path, &[FORM, HERE], Body::from(form))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
        assert!(answer.header("set-cookie").is_empty());
    }
    // As many as one place may have were asked for in this minute.
    site.clock.advance(60_000_000);
    for nobody in [
        "92110000MA0000015Y",
        "91110000MA00000152",
        "11010519491231002X",
    ] {
        let path = format!("/subjects/{nobody}/report/issue");
        let answer = site.post(&path, "", "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    let hostile = site
        .post(&format!("/subjects/{HOSTILE_CODE}/report/issue"), "", "")
        .await;
    html::check("a hostile name", &hostile.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_place_issues_and_verifies_so_often_a_minute_and_no_more() {
    let site = TestSite::new().await;
    let path = format!("/api/v1/subjects/{ORDINARY}/report");
    for (method, path, most) in [
        ("POST", path.as_str(), 10),
        ("GET", "/api/v1/reports/0", 30),
    ] {
        for _ in 0..most {
            let answer = site.send(method, path, &[], Body::empty()).await;
            assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
        let answer = site.send(method, path, &[], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        let wait: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        site.clock.advance(60_000_000);
        let answer = site.send(method, path, &[], Body::empty()).await;
        assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pdf_carries_the_signed_file_and_its_pages_are_known() {
    let mut site = TestSite::new().await;
    let Ok(typesetter) = Typesetter::new(FontSource::System) else {
        eprintln!("SKIPPED: no Chinese font on this machine");
        return;
    };
    site.site.typesetter = Some(Arc::new(typesetter));
    site.router = web::router(site.site.clone());
    let office = &site.site.office;
    let ask = exchange::report::Ask::default();
    let issued = exchange::report::issue::public(office, ORDINARY, &ask).await;
    let issued = issued.expect("issued");
    let typesetter = site.site.typesetter.as_ref().expect("a typesetter");
    let bytes = web::issued::pdf(office, typesetter, &issued, "https://credit.example").await;
    let bytes = bytes.expect("a PDF");
    let again = web::issued::pdf(office, typesetter, &issued, "https://credit.example").await;
    assert!(bytes == again.expect("a PDF"), "equal bytes");
    let key = office.signer.verifier();
    let opened = exchange::report::file::open(&key, &bytes).expect("carries the file");
    assert!(opened.in_pdf);
    assert_eq!(opened.signed.verify, issued.verify);
    let told = upload(&site, &bytes).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    let english = |body: &str| body.contains("逐字节相同");
    assert!(english(&told.body), "{}", told.body);
    // The same data inside other pages: the signature holds, and the reader is told not to trust them.
    let mut other = bytes.clone();
    other.extend(b"\n% changed");
    let told = upload(&site, &other).await;
    assert!(told.body.contains("不是平台给出的文件"), "{}", told.body);
}
