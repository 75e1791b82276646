//! Cases for the table of access: one that each probe's agency answers, and what is sent to move it.

use crate::site::{ORDINARY, TestSite};
use credit::people::Action;

/// A case about a theme of an agency, which the centre is to take in.
pub(super) async fn open(site: &TestSite, agency: &str, theme: &str) -> String {
    let office = &site.site.office;
    let found = exchange::lookup::by_code(office, ORDINARY, credit::lang::Lang::Zh).await;
    let today = office.today();
    let kind = office
        .catalog
        .case_kind("objection", "CN", today)
        .expect("a kind");
    let new = store::NewCase {
        id: credit::case::CaseId(office.nonce()),
        subject: found.expect("a subject").who.id,
        record: None,
        theme,
        supplier: agency,
        area: "CN",
    };
    let first = store::NewMove {
        what: "file",
        by: credit::case::Party::Subject,
        officer: "account:1",
        choice: Some("wrong"),
        brings: &[credit::case::Need::Reason],
        body: "{}",
        salt: [0; 16],
        version: None,
        files: &[],
        notices: &[],
        receivers: &[],
        at: office.now(),
    };
    let rules = store::CaseRules {
        kind,
        themes: &[],
        calendar: &office.catalog.calendar,
    };
    let opened = office.store.case_open(&new, &first, rules).await;
    assert_eq!(opened.expect("opened"), store::CaseMoved::Done(1));
    new.id.to_string()
}

/// A move that the party of an action may make and that lacks what it needs, or leads from elsewhere.
pub(super) fn body(action: Action) -> (String, String) {
    let what = match action {
        Action::LegalAnswer => "uphold",
        Action::LegalReview => "confirm",
        _ => "refuse",
    };
    let part = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    // A machine names an officer who may answer for the agency of the probes.
    let body =
        part("move", what) + &part("seen", "1") + &part("officer", "looks.named") + "--b--\r\n";
    ("multipart/form-data; boundary=b".to_owned(), body)
}
