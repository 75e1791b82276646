//! A single fact by form: every theme makes a sound form, faults stand beside their fields, answers
//! are read once more before they are sent, and what is sent is a file of one row like any other.

use crate::html;
use crate::site::{NUMBER, ORGAN, PERSON, TestSite};
use axum::http::StatusCode;

/// A form's text from names and values.
fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

const PENALTY: [(&str, &str); 20] = [
    ("c-CF_XDR_MC", "云汀单条试验有限公司"),
    ("c-CF_XDR_LB", "法人及非法人组织"),
    ("c-CF_XDR_SHXYM", "91110000MA0000023W"),
    ("c-CF_FRDB", "某某"),
    ("c-CF_WSH", "云市监罚〔2026〕9001号"),
    ("c-CF_WFXW", "虚假宣传"),
    ("c-CF_SY", "经查，当事人发布虚假广告"),
    ("c-CF_YJ", "广告法第五十五条"),
    ("c-CF_CFLB", "警告"),
    ("c-CF_CFLB", "罚款"),
    ("c-CF_NR", "警告并罚款"),
    ("c-CF_NR_FK", "0.2"),
    ("c-CF_JDRQ", "2026-11-20"),
    ("c-CF_YXQ", "2099-12-31"),
    ("c-CF_CFJG", "云汀市市场监督管理局"),
    ("c-CF_CFJGDM", ORGAN),
    ("c-CF_SJLY", "云汀市市场监督管理局"),
    ("c-CF_SJLYDM", ORGAN),
    ("c-YZCD", "一般"),
    ("c-BZ", ""),
];

fn at(theme: &str, supplier: &str) -> String {
    format!("/supply/fact?theme={theme}&supplier={supplier}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_theme_makes_a_sound_form() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let today = site.site.office.today();
    let themes = &site.site.office.catalog.themes;
    let mut seen = 0;
    for theme in themes.iter().filter(|theme| theme.is_effective(today)) {
        let supplier = theme.suppliers.first().expect("a supplier");
        for lang in ["zh", "en", "ru"] {
            let path = format!("{}&lang={lang}", at(&theme.code, supplier));
            let page = site.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            html::check(&path, &page.body);
            for item in &theme.items {
                let named = page.body.contains(&format!("name=\"c-{}\"", item.code));
                let personal = item.role == credit::catalog::Role::PersonIdentifier;
                assert_ne!(named, personal, "{path}: {}", item.code);
            }
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_stands_beside_its_field_and_values_are_kept() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let mut wrong = PENALTY.to_vec();
    wrong.retain(|(name, _)| *name != "c-CF_NR_FK");
    for (name, value) in &mut wrong {
        if *name == "c-CF_JDRQ" {
            *value = "2026-13-40";
        }
    }
    wrong.push(("step", "check"));
    let page = site
        .post(&at("penalty", ORGAN), &cookie, &form(&wrong))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("wrong", &page.body);
    for field in ["CF_JDRQ", "CF_NR_FK"] {
        assert!(
            page.body.contains(&format!("href=\"#c-{field}\"")),
            "{field}: {}",
            page.body
        );
        assert!(
            page.body.contains(&format!("id=\"e-{field}-1\"")),
            "{field}"
        );
    }
    assert!(page.body.contains("value=\"2026-13-40\""), "kept");
    assert!(page.body.contains("value=\"罚款\" checked"), "kept");
    let before = site.get("/api/v1/subjects/91110000MA0000023W").await;
    assert_eq!(before.status, StatusCode::NOT_FOUND, "nothing was stored");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_checked_and_then_sent_through_the_one_door() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let mut fields = PENALTY.to_vec();
    fields.push(("step", "check"));
    let path = at("penalty", ORGAN);
    let check = site.post(&path, &cookie, &form(&fields)).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    html::check("check", &check.body);
    assert!(check.body.contains("警告;罚款"), "as it was understood");
    assert_eq!(
        site.get("/api/v1/subjects/91110000MA0000023W").await.status,
        StatusCode::NOT_FOUND,
        "checking stores nothing"
    );
    // The page's hidden fields are what is sent, one for each answer.
    let mut hidden = PENALTY.to_vec();
    hidden.retain(|(name, _)| *name != "c-CF_CFLB");
    hidden.push(("c-CF_CFLB", "警告;罚款"));
    let mut back = hidden.clone();
    back.push(("step", "change"));
    let change = site.post(&path, &cookie, &form(&back)).await;
    assert!(
        change.body.contains("value=\"罚款\" checked"),
        "to be changed"
    );
    hidden.push(("step", "send"));
    let sent = site.post(&path, &cookie, &form(&hidden)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let receipt = sent.header("location");
    assert!(receipt.starts_with("/supply/submissions/"), "{receipt}");
    let page = site.get_with(receipt, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let found = site.get("/api/v1/subjects/91110000MA0000023W").await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    let again = site.post(&path, &cookie, &form(&hidden)).await;
    assert!(
        again.header("location").ends_with("?repeated=1"),
        "sent twice is once"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_row_goes_nowhere_not_even_back_into_the_form() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let mut fields = PENALTY.to_vec();
    for (name, value) in &mut fields {
        match *name {
            "c-CF_XDR_MC" => *value = PERSON,
            "c-CF_XDR_LB" => *value = "自然人",
            "c-CF_XDR_SHXYM" => *value = NUMBER,
            _ => {}
        }
    }
    for step in ["check", "send"] {
        fields.push(("step", step));
        let page = site
            .post(&at("penalty", ORGAN), &cookie, &form(&fields))
            .await;
        fields.pop();
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
        html::check(step, &page.body);
        assert!(!page.body.contains(NUMBER), "{step}");
        assert!(!page.body.contains(PERSON), "{step}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_writes_for_an_agency_that_is_not_theirs() {
    let site = TestSite::new().await;
    let own = crate::site::appointment(credit::people::Role::SupplierOfficer, "tax");
    let link = site.link_of("tax.only", &[own]).await;
    let cookie = site.enter_by(&link).await;
    for (theme, supplier, status) in [
        ("penalty", ORGAN, StatusCode::FORBIDDEN),
        ("registration", "samr", StatusCode::FORBIDDEN),
        // Its own agency, and a theme that the catalogue does not take from it.
        ("registration", "tax", StatusCode::BAD_REQUEST),
    ] {
        let mut fields = PENALTY.to_vec();
        fields.push(("step", "send"));
        let page = site
            .post(&at(theme, supplier), &cookie, &form(&fields))
            .await;
        assert_eq!(page.status, status, "{theme} {supplier}");
    }
}
