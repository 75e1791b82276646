//! What goes up to a platform above comes back with its errors and mends the same facts.

use crate::desk::{catalog, counts, desks};
use exchange::ingest::{self, File, Request, Told};

const CODE: &str = "91110000MA00000152";

#[tokio::test]
async fn a_forwarded_file_comes_back_and_mends_the_same_facts() {
    for desk in desks(&catalog(&[])).await {
        let file = format!(
            "企业名称,统一社会信用代码,法人代表,注册日期,经营范围\n北京明远软件有限公司,{CODE},甲某,2001年2月3日,软件开发\n坏码有限公司,91110000MA00000153,乙某,2001-02-03,贸易\n"
        );
        let taken = desk.take("registration", "a.csv", file.clone()).await;
        assert_eq!(counts(&taken), [1, 1, 0, 0, 0]);
        let mut up = Vec::new();
        let request = Request {
            theme: "registration".into(),
            supplier: None,
            mode: None,
            date: None,
            file: File::bytes("a.csv", file.into_bytes()),
            told: Told::default(),
        };
        let forwarded = ingest::forward(&desk.office, request, &mut up).expect("written");
        assert_eq!((forwarded.written, forwarded.left_out), (1, 1));
        let up = String::from_utf8(up).expect("UTF-8");
        assert!(up.contains(CODE) && up.contains("2001-02-03") && !up.contains("坏码"));
        // Sent here unchanged it says nothing new; with the platform's reason beside each row and
        // the row mended, it corrects the same fact.
        assert_eq!(
            counts(&desk.take("registration", "same.csv", up.clone()).await),
            [0, 0, 0, 1, 0]
        );
        let mut lines = up.lines();
        let (head, row) = (
            lines.next().expect("a header"),
            lines.next().expect("a row"),
        );
        let back = format!(
            "{head},错误原因\n{},经营范围有误\n",
            row.replace("软件开发", "软件销售")
        );
        let mended = desk.take("registration", "errors.csv", back).await;
        assert_eq!(counts(&mended), [1, 0, 0, 0, 0], "{}", desk.engine);
        assert!(
            desk.report(CODE, None)
                .await
                .expect("a report")
                .contains("软件销售")
        );
    }
}
