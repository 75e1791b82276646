//! The derived index of names: it follows the store, survives what happens to its folder, forgives
//! slips, and leads to no person and to nothing that is not public.

use crate::desk::{Desk, catalog, desks};
use crate::snapshots::code;
use exchange::search::{Followed, Found, Kind, Names, by_name};
use std::time::{Duration, Instant};

/// A representative of every body below: in no name of it.
const REPRESENTATIVE: &str = "欧阳鹭洲";
const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围,法定代表人\n";

async fn register(desk: &Desk, file: &str, bodies: &[(u32, &str)]) {
    let rows = bodies.iter().map(|(number, name)| {
        format!(
            "{name},{},2001-02-03,软件开发,{REPRESENTATIVE}\n",
            code(*number)
        )
    });
    let text: String = std::iter::once(HEAD.to_owned()).chain(rows).collect();
    desk.take("registration", file, text.into_bytes()).await;
}

async fn caught_up(desk: &Desk, names: &Names) {
    while names.follow(&desk.office).await.expect("followed") != Followed::Added(0) {}
}

async fn ask(desk: &Desk, names: &Names, text: &str) -> Found {
    by_name(&desk.office, Some(names), text, None)
        .await
        .expect("answered")
}

fn first(found: &Found) -> Option<(String, Kind)> {
    found
        .hits
        .first()
        .map(|one| (one.hit.name.clone(), one.kind))
}

const ONE: &str = "云汀市栖澜枫渡商贸有限公司";
const TWO: &str = "云汀市鹭洲软件有限公司";

#[tokio::test]
async fn slips_and_pinyin_are_forgiven_once_the_index_is_there() {
    for desk in desks(&catalog(&[])).await {
        let folder = tempfile::tempdir().expect("a folder");
        let names = Names::in_folder(folder.path());
        register(&desk, "a.csv", &[(1, ONE)]).await;
        // Before it was made the store's own tables answer, and the answer says so.
        let found = ask(&desk, &names, "枫渡商贸").await;
        assert_eq!(
            first(&found),
            Some((ONE.to_owned(), Kind::Part)),
            "{}",
            desk.engine
        );
        assert!(found.rebuilding);
        assert!(
            ask(&desk, &names, "云汀市栖澜枫度商贸有限公司")
                .await
                .hits
                .is_empty()
        );

        caught_up(&desk, &names).await;
        let found = ask(&desk, &names, "云汀市栖澜枫度商贸有限公司").await;
        assert_eq!(
            first(&found),
            Some((ONE.to_owned(), Kind::OneEdit)),
            "{}",
            desk.engine
        );
        assert!(!found.rebuilding);
        assert_eq!(
            found.hits[0].pieces(),
            [
                ("云汀市栖澜枫", true),
                ("渡", false),
                ("商贸有限公司", true)
            ]
            .map(|(text, same)| (text.to_owned(), same))
        );
        for (text, kind) in [
            (ONE, Kind::Exact),
            ("云汀市栖", Kind::Prefix),
            ("枫渡", Kind::Part),
            ("云汀市栖澜枫度商有限公司", Kind::TwoEdits),
            ("ytsqlfd", Kind::Pinyin),
        ] {
            let found = ask(&desk, &names, text).await;
            assert_eq!(first(&found), Some((ONE.to_owned(), kind)), "{text}");
        }

        // What comes later is followed.
        register(&desk, "b.csv", &[(2, TWO)]).await;
        caught_up(&desk, &names).await;
        let found = ask(&desk, &names, "云汀市鹭州软件有限公司").await;
        assert_eq!(
            first(&found),
            Some((TWO.to_owned(), Kind::OneEdit)),
            "{}",
            desk.engine
        );
        assert_eq!(names.count(), 2);
    }
}

#[tokio::test]
async fn the_index_survives_what_happens_to_its_folder() {
    let desk = desks(&catalog(&[])).await.remove(0);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("names");
    register(&desk, "a.csv", &[(1, ONE)]).await;
    let near = "云汀市栖澜枫度商贸有限公司";
    let made = Names::in_folder(&path);
    caught_up(&desk, &made).await;
    register(&desk, "b.csv", &[(2, TWO)]).await;

    // Another process takes it up where the files end, and reads on.
    let again = Names::in_folder(&path);
    assert_eq!(
        again.follow(&desk.office).await.expect("followed"),
        Followed::Added(1)
    );
    assert_eq!(ask(&desk, &again, near).await.hits.len(), 1);
    assert_eq!(
        ask(&desk, &again, "云汀市鹭州软件有限公司")
            .await
            .hits
            .len(),
        1
    );

    // Damaged, cut, of another version, emptied, gone: made anew, and right.
    let segment = segment(&path);
    let whole = std::fs::read(&segment).expect("a segment");
    let manifest = std::fs::read_to_string(path.join("names.json")).expect("a manifest");
    for damage in 0..5 {
        match damage {
            0 => std::fs::write(&segment, &whole[..whole.len() / 2]).expect("written"),
            1 => {
                let mut broken = whole.clone();
                broken[whole.len() / 3] ^= 1;
                std::fs::write(&segment, broken).expect("written");
            }
            2 => std::fs::write(
                path.join("names.json"),
                manifest.replace("\"edition\":2", "\"edition\":9"),
            )
            .expect("written"),
            3 => std::fs::write(path.join("names.json"), "{").expect("written"),
            _ => std::fs::remove_dir_all(&path).expect("removed"),
        }
        let names = Names::in_folder(&path);
        assert_eq!(
            names.follow(&desk.office).await.expect("made"),
            Followed::Rebuilt(2),
            "{damage}"
        );
        assert_eq!(ask(&desk, &names, near).await.hits.len(), 1, "{damage}");
        let left = std::fs::read_dir(&path).expect("a folder").count();
        assert_eq!(left, 2, "one segment and the manifest, after {damage}");
        let (now, then) = (self::segment(&path), segment.clone());
        if now != then {
            std::fs::rename(now, &then).expect("renamed");
            std::fs::write(path.join("names.json"), &manifest).expect("written");
        }
    }
}

fn segment(folder: &std::path::Path) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|one| one.path());
    files
        .find(|path| path.extension().is_some_and(|end| end == "names"))
        .expect("a segment")
}

#[tokio::test]
async fn one_who_only_reads_writes_nothing() {
    let desk = desks(&catalog(&[])).await.remove(0);
    let folder = tempfile::tempdir().expect("a folder");
    register(&desk, "a.csv", &[(1, ONE)]).await;
    let names = Names::reading(&folder.path().join("names"));
    caught_up(&desk, &names).await;
    assert_eq!(ask(&desk, &names, "栖澜枫渡").await.hits.len(), 1);
    assert!(!folder.path().join("names").exists());
}

#[tokio::test]
async fn pages_go_on_where_the_last_ended() {
    let desk = desks(&catalog(&[])).await.remove(0);
    let bodies: Vec<(u32, String)> = (1..=120)
        .map(|n| (n, format!("云汀第{n}商贸有限公司")))
        .collect();
    let bodies: Vec<(u32, &str)> = bodies.iter().map(|(n, name)| (*n, name.as_str())).collect();
    register(&desk, "a.csv", &bodies).await;
    let names = Names::in_memory();
    caught_up(&desk, &names).await;
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = by_name(&desk.office, Some(&names), "商贸有限公司", after.as_deref()).await;
        let page = page.expect("a page");
        all.extend(page.hits.iter().map(|one| one.hit.name.clone()));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(all.len(), 120);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 120);
    let forged = by_name(&desk.office, Some(&names), "商贸", Some("00ff")).await;
    assert!(matches!(forged, Err(exchange::Error::Request(_))));
    let short = by_name(&desk.office, Some(&names), "商", None).await;
    assert!(matches!(short, Err(exchange::Error::Request(_))));
}

#[tokio::test]
async fn invariant_7_no_representative_is_found_and_none_is_missed_in_another_time() {
    for desk in desks(&catalog(&[])).await {
        let bodies: Vec<(u32, String)> = (1..=60)
            .map(|n| (n, format!("云汀第{n}商贸有限公司")))
            .collect();
        let bodies: Vec<(u32, &str)> = bodies.iter().map(|(n, name)| (*n, name.as_str())).collect();
        register(&desk, "a.csv", &bodies).await;
        let folder = tempfile::tempdir().expect("a folder");
        let names = Names::in_folder(folder.path());
        caught_up(&desk, &names).await;
        // The name, parts of it, slips in it, its pinyin: nothing, with and without the index.
        for text in [
            "欧阳鹭洲",
            "欧阳",
            "鹭洲",
            "欧阳路洲",
            "阳欧鹭洲",
            "ouyangluzhou",
            "oylz",
        ] {
            for index in [Some(&names), None] {
                let found = by_name(&desk.office, index, text, None)
                    .await
                    .expect("answered");
                assert!(
                    found.hits.is_empty() && found.next.is_none(),
                    "{text} on {}",
                    desk.engine
                );
            }
        }
        for file in std::fs::read_dir(folder.path())
            .expect("a folder")
            .flatten()
        {
            let bytes = std::fs::read(file.path()).expect("a file");
            let text = "鹭".encode_utf16().next().unwrap_or_default();
            for mark in [
                u32::from(text).to_le_bytes().to_vec(),
                "鹭".as_bytes().to_vec(),
            ] {
                let found = bytes.windows(mark.len()).any(|part| part == mark);
                assert!(!found, "{:?} on {}", file.path(), desk.engine);
            }
        }
        // And as fast as for a name that nobody bears. The least of many tries: what is left is the
        // work itself, and a generous tolerance for a busy machine.
        let (known, nobody) = (
            least(&desk, &names, REPRESENTATIVE).await,
            least(&desk, &names, "司徒雁汀").await,
        );
        let tolerance = nobody.max(known) / 2 + Duration::from_micros(200);
        assert!(
            known.abs_diff(nobody) <= tolerance,
            "{known:?} {nobody:?} on {}",
            desk.engine
        );
    }
}

async fn least(desk: &Desk, names: &Names, text: &str) -> Duration {
    let mut least = Duration::MAX;
    for _ in 0..60 {
        let begun = Instant::now();
        ask(desk, names, text).await;
        least = least.min(begun.elapsed());
    }
    least
}
