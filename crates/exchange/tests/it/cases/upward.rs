//! Files for the platform above carry what must be read with a fact (R21, R25).

use super::{Paper, act, cast, filed, filing, penalty, reason, record};
use crate::desk::{Quiet, catalog, counts, desks};
use exchange::cases::{self, Saying};
use exchange::ingest::{self, File};
use std::sync::Arc;

/// What goes up to a platform above says of a contested fact that it is, and nothing once that is settled.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r21_a_file_for_the_platform_above_carries_the_marks() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let up = async || {
            let mut file = Vec::new();
            let who = ("窗口甲", "信用中心");
            let written = ingest::forward_held(&desk.office, "penalty", who, &mut file).await;
            assert_eq!(written.expect("written").written, 1);
            let file = String::from_utf8(file).expect("UTF-8");
            let mut lines = file.lines().map(str::to_owned);
            let (head, row) = (lines.next(), lines.next());
            (head.expect("a header"), row.expect("a row"), file)
        };
        let (head, row, _) = up().await;
        assert!(head.ends_with(",信息标注"), "{head}");
        assert!(row.ends_with(','), "{}: {row}", desk.engine);
        let id = filed(&desk, &cast).await;
        let (_, row, file) = up().await;
        assert!(row.ends_with(",异议处理中"), "{}: {row}", desk.engine);
        // Whoever does not know the column passes over it: taken in here it says nothing new.
        let mut request = penalty("");
        request.file = File::bytes("up.csv", file.into_bytes());
        let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
        assert_eq!(counts(&taken.expect("taken")), [0, 0, 0, 1, 0]);
        let mut appeal = filing(&record(&desk, &cast.subject).await);
        appeal.kind = "appeal".to_owned();
        appeal.saying.choice = "lawsuit".to_owned();
        appeal.saying.paper = Paper {
            day: "2026-05-20".to_owned(),
            ..super::repair::ruling()
        };
        let (actor, own) = &cast.subject;
        let filed = cases::file_own(&desk.office, actor, own, appeal).await;
        filed.expect("filed");
        let (_, row, _) = up().await;
        assert!(
            row.contains("异议处理中") && row.contains("复议、诉讼中"),
            "{row}"
        );
        for (who, what, said) in [
            (&cast.centre, "forward", Saying::default()),
            (&cast.supplier, "uphold", reason("证据充分")),
        ] {
            act(&desk, &cast, who, &id, what, said)
                .await
                .expect("moved");
        }
        let (_, row, _) = up().await;
        assert!(row.ends_with(",复议、诉讼中"), "{}: {row}", desk.engine);
    }
}
