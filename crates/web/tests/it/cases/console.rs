//! The console over HTTP: an address holds the filters and nothing personal, the file has the rows of the
//! pages, and the figures of a plot are those of its table.

use super::{FIRM, act, object, representative};
use crate::html;
use crate::site::{TestSite, appointment};
use axum::http::StatusCode;
use credit::people::Role;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_can_be_passed_on_and_its_file_has_the_same_rows() {
    let site = TestSite::new().await;
    let own = representative(&site, FIRM, "rep.one").await;
    let id = object(&site, &own).await;
    let li = site.enter("Li").await;
    let with = [("cookie", li.as_str())];
    let number = id.chars().take(8).collect::<String>().to_uppercase();
    for (filter, hits) in [
        ("", true),
        ("?kind=objection", true),
        ("?kind=repair", false),
        ("?state=open&agency=samr&from=2026-11-01", true),
        ("?state=over", false),
        ("?overdue=1", false),
        ("?decided-from=2026-01-01", false),
        (format!("?number={number}").as_str(), true),
    ] {
        let page = site
            .get_with(&format!("/cases/search{filter}"), &with)
            .await;
        assert_eq!(page.status, StatusCode::OK, "{filter}: {}", page.body);
        html::check(filter, &page.body);
        assert_eq!(
            page.body.contains(&format!("/cases/{id}")),
            hits,
            "{filter}"
        );
        assert!(!page.body.contains(FIRM), "{filter} names nobody");
        let file = site
            .get_with(&format!("/cases/search.csv{filter}"), &with)
            .await;
        assert_eq!(file.status, StatusCode::OK, "{filter}: {}", file.body);
        assert_eq!(file.body.contains(&number), hits, "{filter}: {}", file.body);
        assert_eq!(file.body.lines().count(), 1 + usize::from(hits), "{filter}");
        assert!(!file.body.contains(FIRM), "{filter} names nobody");
        // What the page offers is its own filter.
        let offered = page.body.contains("href=\"/cases/search.csv");
        assert_eq!(offered, hits, "{filter}");
    }
    let book = site.get_with("/cases/search.xlsx", &with).await;
    assert_eq!(book.status, StatusCode::OK);
    assert!(book.header("content-disposition").contains("cases.xlsx"));
    for wrong in ["?from=soon", "?number=1234567%27", "?decided-to=1"] {
        let page = site.get_with(&format!("/cases/search{wrong}"), &with).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        html::check(wrong, &page.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subjects_number_is_posted_and_stands_in_no_address() {
    let site = TestSite::new().await;
    let own = representative(&site, FIRM, "rep.one").await;
    let id = object(&site, &own).await;
    let li = site.enter("Li").await;
    let page = site
        .get_with("/cases/search", &[("cookie", li.as_str())])
        .await;
    let form = page.body.split("<form method=\"get\"").nth(1);
    let form = form.and_then(|rest| rest.split("</form>").next());
    assert!(
        !form.expect("a form").contains("name=\"code\""),
        "{}",
        page.body
    );
    // No citizen's number fits in the only field of an address that is typed.
    assert!(
        page.body
            .contains("name=\"number\" type=\"text\" autocomplete=\"off\" maxlength=\"8\"")
    );
    let asked = format!("code={FIRM}&matter=call-7");
    let found = site.post("/cases/search?lang=en", &li, &asked).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    assert!(found.body.contains(&id) && found.body.contains("call-7"));
    html::check("/cases/search", &found.body);
    for asked in [format!("code={FIRM}"), "code=1&matter=7".to_owned()] {
        let refused = site.post("/cases/search", &li, &asked).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        html::check("/cases/search", &refused.body);
    }
    let looks = format!("/my/{}/looks?lang=en", own.1);
    let looks = site.get_with(&looks, &[("cookie", own.0.as_str())]).await;
    assert!(looks.body.contains("search:call-7"), "{}", looks.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plot_shows_the_figures_of_its_table() {
    let site = TestSite::new().await;
    let own = representative(&site, FIRM, "rep.one").await;
    let id = object(&site, &own).await;
    let li = site.enter("Li").await;
    let refused = act(&site, &li, &id, "refuse", "1", "beyond what is registered").await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    let page = site
        .get_with("/cases/statistics?lang=en", &[("cookie", li.as_str())])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check("/cases/statistics", &page.body);
    let plot = page.body.split("<figure").nth(1).unwrap_or_default();
    let table = page.body.split("<tbody").nth(1).unwrap_or_default();
    assert!(plot.contains("Opened 1") && plot.contains("Decided or ended 1"));
    assert!(plot.contains("width=\"1000\" height=\"24\""));
    for told in [
        "data-label=\"Opened\" class=\"number\">1<",
        "a review may be asked for 1",
        ">0.0<",
    ] {
        assert!(table.contains(told), "{told}: {table}");
    }
    let reader = [appointment(Role::Reader, "tax")];
    let link = site.link_of("tax.reader", &reader).await;
    let tax = site.enter_by(&link).await;
    let page = site
        .get_with("/cases/statistics?lang=en", &[("cookie", tax.as_str())])
        .await;
    assert!(page.body.contains("No case fits"), "{}", page.body);
}

/// The form of a case asks its kind first, and then only what that kind takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_asks_the_kind_first_and_then_only_its_fields() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, FIRM, "rep.one").await;
    let page = async |at: &str, cookie: &str| {
        let page = site.get_with(at, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{at}: {}", page.body);
        html::check(at, &page.body);
        page.body
    };
    let first = page(&format!("/my/{own}/cases/new?record=abc"), &cookie).await;
    for kind in ["objection", "repair", "appeal"] {
        assert!(first.contains(&format!("value=\"{kind}\"")), "{kind}");
    }
    assert!(
        first.contains("name=\"record\" value=\"abc\""),
        "the fact is kept"
    );
    assert!(!first.contains("name=\"reason\""), "nothing is asked yet");
    // Each kind's own fields: whether it takes a document, whether a commitment.
    for (kind, document, commitment) in [
        ("objection", false, false),
        ("repair", false, true),
        ("appeal", true, false),
    ] {
        let form = page(&format!("/my/{own}/cases/new?kind={kind}"), &cookie).await;
        assert!(form.contains(&format!("name=\"kind\" value=\"{kind}\"")));
        assert_eq!(
            form.contains("name=\"document-number\""),
            document,
            "{kind}"
        );
        assert_eq!(form.contains("name=\"commitment\""), commitment, "{kind}");
        assert!(form.contains("name=\"reason\""), "{kind}");
    }
    // What nobody may open here is no kind: the question stands.
    for other in ["listing", "promise", "x"] {
        let form = page(&format!("/my/{own}/cases/new?kind={other}"), &cookie).await;
        assert!(!form.contains("name=\"reason\""), "{other}");
    }
    let li = site.enter("Li").await;
    let organ = crate::site::ORGAN;
    let open = page(&format!("/cases/open?agency={organ}&lang=en"), &li).await;
    let named = format!(">An organ that is in no list ({organ})<");
    assert!(open.contains(&named), "{open}");
}
