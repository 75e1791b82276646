//! Real files: half a million registrations and a GBK list of taxpayers, on both engines.
//! `GONGXIN_REAL_YEARS` names how many yearly files are read (all 22 with `all`); without it the
//! smallest ones, so that the ordinary run stays short.

use crate::desk::{catalog, counts, desks};
use exchange::ingest::File;
use std::path::PathBuf;

fn years() -> Option<Vec<PathBuf>> {
    let folder = testkit::data::shared("cn_registry")?;
    let mut files: Vec<(u64, PathBuf)> = testkit::data::files(&folder)
        .into_iter()
        .map(|path| (std::fs::metadata(&path).map_or(0, |file| file.len()), path))
        .collect();
    files.sort();
    let wanted = match std::env::var("GONGXIN_REAL_YEARS").as_deref() {
        Ok("all") => files.len(),
        Ok(number) => number.parse().unwrap_or(6),
        Err(_) => 6,
    };
    let mut files: Vec<PathBuf> = files
        .into_iter()
        .take(wanted)
        .map(|(_, path)| path)
        .collect();
    files.sort();
    Some(files)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn registrations_add_up_and_go_in_again_without_a_trace() {
    let Some(files) = years() else { return };
    for desk in desks(&catalog(&[])).await {
        let mut versions = 0;
        for path in &files {
            let taken = desk
                .submit(
                    "registration",
                    None,
                    None,
                    File::path(path).expect("a file"),
                )
                .await
                .expect("taken");
            let [accepted, rejected, held, unchanged, _] = counts(&taken);
            assert_eq!(
                accepted + rejected + held + unchanged,
                taken.rows,
                "{path:?}"
            );
            assert!(accepted > taken.rows / 2, "{path:?}: {:?}", taken.counts);
            versions += accepted + held;
        }
        assert!(versions > 1_000);
        // Under another name and with a line end more it is another submission of the same rows.
        for path in &files {
            let mut bytes = Vec::new();
            let packed = std::fs::File::open(path).expect("a file");
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed), &mut bytes)
                .expect("unpacked");
            bytes.extend_from_slice(b"\r\n");
            let again = desk
                .submit("registration", None, None, File::bytes("again.csv", bytes))
                .await
                .expect("taken");
            assert!(!again.repeated);
            assert_eq!(
                again.counts.accepted, 0,
                "{}: {path:?} {:?}",
                desk.engine, again.counts
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_formats_of_one_table_are_the_same_records() {
    let Some(folder) = testkit::data::shared("cn_registry_three_formats") else {
        return;
    };
    for desk in desks(&catalog(&[])).await {
        for place in ["1981_辽宁", "1981_湖北", "1981_广东", "1981_山东"] {
            let take = async |end: &str| {
                let path = folder.join(format!("{place}.{end}"));
                desk.submit(
                    "registration",
                    None,
                    None,
                    File::path(&path).expect("a file"),
                )
                .await
                .expect("taken")
            };
            let csv = take("csv").await;
            assert!(csv.counts.accepted > 0);
            for end in ["json", "xls"] {
                let same = take(end).await;
                assert_eq!(same.rows, csv.rows, "{place}.{end}");
                assert_eq!(
                    same.counts.accepted, 0,
                    "{}: {place}.{end} {:?}",
                    desk.engine, same.counts
                );
                assert_eq!(same.counts.rejected, csv.counts.rejected, "{place}.{end}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gbk_list_with_a_stray_tab_goes_in() {
    let Some(path) = testkit::data::shared("cn_tax_a_list/heilongjiang.csv") else {
        return;
    };
    for desk in desks(&catalog(&[])).await {
        let taken = desk
            .submit("tax-a", None, None, File::path(&path).expect("a file"))
            .await
            .expect("taken");
        let [accepted, rejected, held, unchanged, _] = counts(&taken);
        assert_eq!(taken.rows, 5_230);
        assert_eq!(accepted + rejected + held + unchanged, 5_230);
        assert!(accepted > 5_200, "{:?}", taken.counts);
    }
}
