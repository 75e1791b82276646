//! Every hostile or broken file through the whole door: a clear refusal or right counts, and
//! nothing half stored.

use crate::desk::{below, catalog, desks};
use exchange::Error;
use exchange::ingest::File;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_bad_file_is_refused_or_counted() {
    let Some(folder) = testkit::data::shared("bad_inputs") else {
        return;
    };
    for desk in desks(&catalog(&[])).await {
        let mut refused = 0;
        let mut taken = 0;
        for path in below(&folder) {
            for theme in ["registration", "penalty"] {
                let file = File::path(&path).expect("a file");
                let supplier = (theme == "penalty").then(|| "11330000001234562L".to_owned());
                let request = exchange::ingest::Request {
                    theme: theme.into(),
                    supplier,
                    mode: None,
                    date: None,
                    file,
                    told: exchange::ingest::Told::default(),
                };
                match exchange::ingest::submit(
                    &desk.office,
                    request,
                    std::sync::Arc::new(crate::desk::Quiet),
                )
                .await
                {
                    Ok(receipt) => {
                        taken += 1;
                        let counts = &receipt.counts;
                        let sum =
                            counts.accepted + counts.rejected + counts.held + counts.unchanged;
                        assert_eq!(sum, receipt.rows, "{path:?}");
                    }
                    Err(Error::File(refusal)) => {
                        refused += 1;
                        assert!(!refusal.message(credit::lang::Lang::Zh).is_empty());
                    }
                    Err(error) => panic!("{path:?}: {error:?}"),
                }
            }
        }
        assert!(refused > 100, "{refused} refused, {taken} taken");
        let page = exchange::supply::submissions(&desk.office, None, None)
            .await
            .expect("a page");
        let stored = page
            .rows
            .iter()
            .filter(|one| one.finished_at.is_none())
            .count();
        assert_eq!(stored, 0, "nothing half stored");
    }
}
