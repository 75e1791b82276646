//! A reader who follows every link, in three languages, with and without a session: no link is
//! broken, no page fails, and no text is left as its key.

use crate::html;
use crate::site::{Answer, TestSite};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// More pages than the sample site has; a crawl that reaches it goes in circles.
const MOST: usize = 4_000;

/// Values of an attribute, unescaped.
fn links(body: &str) -> BTreeSet<String> {
    ["href=\"", "src=\"", "action=\""]
        .iter()
        .flat_map(|open| body.split(open).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

/// The words between tags, one entry a place.
fn words(body: &str) -> impl Iterator<Item = &str> {
    body.split('>')
        .filter_map(|rest| rest.split('<').next())
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// Message keys look like `nav-lookup`; the first words of those that exist.
fn first_words() -> BTreeSet<String> {
    let file = testkit::data::workspace().join("crates/web/text/zh.ftl");
    let text = std::fs::read_to_string(file).expect("readable");
    text.lines()
        .filter_map(|line| line.split_once(" ="))
        .filter_map(|(key, _)| key.split_once('-'))
        .map(|(word, _)| word.to_owned())
        .collect()
}

/// A text that is a key instead of a sentence.
fn key<'b>(body: &'b str, first: &BTreeSet<String>) -> Option<&'b str> {
    words(body).find(|text| {
        let shape = text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let word = text.split_once('-').map(|(word, _)| word);
        shape && word.is_some_and(|word| first.contains(word)) && !THEMES.contains(text)
    })
}

/// Codes that are shown as such and look like keys.
const THEMES: [&str; 2] = ["serious-list", "other-negative"];

/// Whether a status is what a link may lead to.
fn is_known(path: &str, status: u16) -> bool {
    match status {
        200 | 303 | 308 => true,
        // No font in this test, so no PDF; without a session the desk sends to its entrance.
        503 => path.contains("/report.pdf"),
        // Forms that are only posted to.
        405 => {
            path.starts_with("/supply/")
                || path.starts_with("/account/")
                || path.ends_with("/report/issue")
                || path == "/verify/file"
        }
        _ => false,
    }
}

async fn crawl(site: &TestSite, lang: &str, cookie: &str) -> BTreeMap<String, Answer> {
    let first = first_words();
    let mut waiting: VecDeque<(String, String)> =
        VecDeque::from([("/".to_owned(), "the address bar".to_owned())]);
    if !cookie.is_empty() {
        waiting.push_back(("/supply".to_owned(), "the address bar".to_owned()));
        for receipt in &site.receipts {
            waiting.push_back((
                format!("/supply/submissions/{}", receipt.id),
                "a receipt".to_owned(),
            ));
        }
    }
    waiting.push_back((
        "/search?q=%E4%BA%91%E6%B1%80".to_owned(),
        "the search box".to_owned(),
    ));
    let mut seen: BTreeMap<String, Answer> = BTreeMap::new();
    while let Some((path, from)) = waiting.pop_front() {
        if seen.contains_key(&path) {
            continue;
        }
        assert!(seen.len() < MOST, "the site has no end: {path}");
        let headers = [("accept-language", lang), ("cookie", cookie)];
        let answer = site.get_with(&path, &headers).await;
        let known = is_known(&path, answer.status.as_u16());
        assert!(
            known,
            "{path} from {from}: {} {}",
            answer.status, answer.body
        );
        if answer.header("content-type").starts_with("text/html") && !answer.body.is_empty() {
            html::check(&path, &answer.body);
            assert_eq!(
                key(&answer.body, &first),
                None,
                "{path} in {lang} shows a key"
            );
            assert!(
                answer.body.contains(&format!("<html lang=\"{lang}\"")),
                "{path}"
            );
        }
        let onward = links(&answer.body)
            .into_iter()
            .chain(std::iter::once(answer.header("location").to_owned()))
            .filter(|_| !path.starts_with("/api/") && !path.starts_with("/assets/"));
        for link in onward {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            // The languages and sizes of every page are the same pages again.
            let again = ["lang=", "size=", "/account/leave"]
                .iter()
                .any(|part| link.contains(part));
            if !link.is_empty() && !again && !link.starts_with("data:") {
                assert!(link.starts_with('/'), "{path} leads outside: {link}");
                waiting.push_back((link, path.clone()));
            }
        }
        seen.insert(path, answer);
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_link_leads_somewhere_in_three_languages() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let mut sizes = Vec::new();
    for lang in ["zh", "en", "ru"] {
        let open = crawl(&site, lang, "").await;
        let desk = crawl(&site, lang, &cookie).await;
        for (path, kind) in [
            ("/subjects/", "a subject"),
            ("/catalog/themes/", "a theme"),
            ("/about", "about"),
        ] {
            assert!(
                open.keys().any(|seen| seen.starts_with(path)),
                "{kind} is reached"
            );
        }
        assert!(
            desk.keys().any(|seen| seen.contains("/rejects/")),
            "a row to mend is reached"
        );
        assert!(desk.len() > open.len(), "the desk has pages of its own");
        sizes.push((open.len(), desk.len()));
    }
    println!("pages reached, open and desk, in zh, en, ru: {sizes:?}");
    assert!(
        sizes.iter().all(|size| *size == sizes[0]),
        "the same site in every language: {sizes:?}"
    );
    assert!(sizes[0].0 > 100, "{sizes:?}");
}

#[test]
fn a_key_left_on_a_page_is_seen() {
    let first = first_words();
    assert_eq!(key("<p>nav-lookup</p>", &first), Some("nav-lookup"));
    assert_eq!(
        key("<p>problem-of-a-new-kind</p>", &first),
        Some("problem-of-a-new-kind")
    );
    assert_eq!(
        key("<p>Look up an organisation</p><p>well-known</p>", &first),
        None
    );
    assert!(links("<a href=\"/a?x=1&amp;y=2\">").contains("/a?x=1&y=2"));
}
