//! Thirteen monthly snapshots of a real list, through a theme written for them with no code: the
//! days of listing, removal and listing anew are those that the files themselves show.

use crate::desk::{Desk, catalog, desks};
use credit::catalog::Mode;
use credit::record::Change;
use exchange::ingest::File;
use exchange::questions::{self, Answer};
use jiff::civil::Date;
use policy::{CaseNumber, Officer};
use std::collections::{BTreeMap, BTreeSet};

const SUPPLIER: &str = "\n[[suppliers]]\ncode = \"mhlw\"\narea = \"JP\"\ntitle = { zh = \"日本劳动局\", en = \"Japanese labour bureaux\", ru = \"Бюро труда Японии\" }\n";

/// Bureau, name, place, day and articles, as the file writes them but tidied.
type Key = [String; 5];

fn key(line: &str) -> Option<Key> {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |ix: usize| credit::text::name_form(cells.get(ix).copied().unwrap_or_default());
    let published = era(cells.get(4).copied().unwrap_or_default())?;
    let place = parts(cells.get(3).copied().unwrap_or_default());
    let law = parts(cells.get(5).copied().unwrap_or_default());
    (cells.len() >= 6).then(|| [cell(0), cell(2), place, published, law])
}

/// Letters and digits, with one sign wherever others stood: one list writes a space where the next
/// writes a comma.
fn parts(text: &str) -> String {
    let text = credit::text::narrow(text);
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("-")
}

/// A day of the Heisei era as the lists write it, read by a rule of this test's own.
fn era(text: &str) -> Option<String> {
    let text = credit::text::narrow(text);
    let numbers: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let &[year, month, day] = numbers.as_slice() else {
        return None;
    };
    Some(format!("{:04}-{month:02}-{day:02}", 1988 + year))
}

/// The day of a snapshot: the end of its file name's second span.
fn day(name: &str) -> Date {
    let digits = name
        .split("_to_")
        .nth(1)
        .and_then(|rest| rest.get(..8))
        .expect("a day");
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
        .parse()
        .expect("a date")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listing_removal_and_listing_anew_fall_on_the_right_days() {
    let Some(folder) = testkit::data::shared("jp_labour_penalties") else {
        return;
    };
    let example = testkit::data::workspace().join("catalog/examples/jp-labour-penalties.toml");
    let theme = std::fs::read_to_string(example).expect("the example theme");
    let catalog = catalog(&[
        ("themes/jp-labour-penalties.toml", &theme),
        ("suppliers.toml", SUPPLIER),
    ]);
    let mut files = testkit::data::files(&folder);
    files.sort();
    assert_eq!(files.len(), 13);
    for desk in desks(&catalog).await {
        let mut expected: BTreeMap<Key, Vec<(Change, Date)>> = BTreeMap::new();
        let mut listed: BTreeSet<Key> = BTreeSet::new();
        for path in &files {
            let name = path
                .file_name()
                .expect("named")
                .to_string_lossy()
                .into_owned();
            let on = day(&name);
            let text = std::fs::read_to_string(path).expect("UTF-8");
            let now: BTreeSet<Key> = text.lines().skip(1).filter_map(key).collect();
            for gone in listed.difference(&now) {
                expected
                    .entry(gone.clone())
                    .or_default()
                    .push((Change::Removed, on));
            }
            for fresh in now.difference(&listed) {
                expected
                    .entry(fresh.clone())
                    .or_default()
                    .push((Change::Stated, on));
            }
            let taken = desk
                .submit(
                    "jp-labour-penalties",
                    Some(Mode::Snapshot),
                    Some(&on.to_string()),
                    File::path(path).expect("a file"),
                )
                .await
                .expect("taken");
            settle(&desk, &taken).await;
            listed = now;
        }
        let found = histories(&desk, &expected).await;
        let mut wrong = Vec::new();
        for (key, days) in &expected {
            match found.get(key) {
                Some(seen) if seen == days => {}
                other => wrong.push((key, days, other)),
            }
        }
        assert!(
            wrong.is_empty(),
            "{}: {} of {} {:#?}",
            desk.engine,
            wrong.len(),
            expected.len(),
            &wrong[..wrong.len().min(5)]
        );
        let anew = expected.values().filter(|days| days.len() > 2).count();
        println!(
            "{}: {} listings, {anew} listed anew",
            desk.engine,
            expected.len()
        );
    }
}

/// A second officer confirms absences, and a person answers every question of identity.
async fn settle(desk: &Desk, taken: &exchange::ingest::Receipt) {
    if taken.waiting.is_some() {
        exchange::snapshots::confirm(&desk.office, &taken.id, "乙某", "信用中心")
            .await
            .expect("confirmed");
    }
    let officer = Officer::parse("甲某", "信用中心").expect("named");
    loop {
        let open = questions::open(&desk.office, None).await.expect("a page");
        if open.rows.is_empty() {
            return;
        }
        for question in open.rows {
            questions::answer(
                &desk.office,
                question.mention,
                Answer::NotSame,
                &officer,
                "所在地不同",
            )
            .await
            .expect("answered");
        }
    }
}

/// The history of every listing, read through the subjects' own files.
async fn histories(
    desk: &Desk,
    expected: &BTreeMap<Key, Vec<(Change, Date)>>,
) -> BTreeMap<Key, Vec<(Change, Date)>> {
    let names: BTreeSet<&String> = expected.keys().map(|key| &key[1]).collect();
    let mut subjects = BTreeSet::new();
    for name in names {
        let mut after = None;
        loop {
            // The index itself: what was removed is not shown to the public, and is checked too.
            let query = store::NameQuery {
                text: name.clone(),
                after,
                limit: credit::limits::PAGE_ROWS,
            };
            let page = desk.office.store.names_find(&query).await.expect("a page");
            subjects.extend(page.hits.iter().map(|hit| hit.subject));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    let mut found = BTreeMap::new();
    for subject in subjects {
        let officer = Officer::parse("甲某", "信用中心").expect("named");
        let case = CaseNumber::parse("测试一号").expect("a case");
        let dossier = exchange::report::own_dossier(&desk.office, subject, officer, case)
            .await
            .expect("a dossier");
        for entry in dossier.entries() {
            let mut versions: Vec<(u32, Change, Date)> = entry
                .history
                .iter()
                .map(|past| (past.version, past.change, past.stated_on))
                .collect();
            versions.push((entry.version, Change::Stated, entry.stated_on));
            versions.sort_by_key(|(version, ..)| *version);
            let mut days: Vec<(Change, Date)> = versions
                .into_iter()
                .map(|(_, change, on)| (change, on))
                .collect();
            days.dedup_by_key(|(change, _)| *change);
            let values = &entry.values;
            let value = |code: &str| {
                let ix = entry.theme.item(code).expect("an item");
                let shown = values.iter().find(|(item, _)| *item == ix);
                shown
                    .map(|(_, shown)| shown.text(credit::lang::Lang::Zh).to_owned())
                    .unwrap_or_default()
            };
            let form = |code: &str| credit::text::name_form(&value(code));
            let key = [
                form("KANKATSU"),
                form("MEISHO"),
                parts(&value("SHOZAICHI")),
                value("KOHYOBI"),
                parts(&value("HORI")),
            ];
            found.insert(key, days);
        }
    }
    found
}
