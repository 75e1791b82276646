//! The story of sharing, through the real binary, its site and its store: one agency asks, another
//! grants two items for one purpose, an officer looks a company up, the company sees who looked and
//! proves it offline, the grant ends, and the next look is refused.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, registrations};
use std::path::Path;
use std::time::Duration;
use testkit::data::workspace;

/// The whole address, and what the catalogue's mask leaves of it.
const ADDRESS: &str = "云汀市某路7号";
const MASKED: &str = "云汀****号";

/// The shipped catalogue, where the register is shared on conditions and its address masked.
fn catalogue(desk: &Desk) {
    copy(&workspace().join("catalog"), &desk.path("catalog"));
    let path = desk.path("catalog/themes/registration.toml");
    let theme = std::fs::read_to_string(&path).unwrap();
    let conditional = "class = \"conditional\"\n\
        reason = { zh = \"按履职需要共享。\", en = \"Shared for a duty.\", ru = \"Для службы.\" }\n\
        basis = { law = \"云汀市公共数据条例\", article = \"9\", rank = \"local-regulation\" }";
    let theme = theme.replace("class = \"unconditional\"", conditional);
    let theme = theme.replace("code = \"ZCDZ\"\n", "code = \"ZCDZ\"\nmask = [2, 1]\n");
    std::fs::write(path, theme).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(path, target).unwrap();
        }
    }
}

/// The people of the story: their cookies.
struct Cast {
    asks: String,
    looks: String,
    grants: String,
}

fn cast(desk: &Desk, site: &Site) -> Cast {
    let window = account(desk, site, "window.test", "centre-clerk", "credit-centre");
    assert!(
        site.get("/sharing/lookup", &window).status == 403,
        "not for the centre"
    );
    Cast {
        asks: account(desk, site, "a.sharing", "sharing-officer", "finance"),
        looks: account(desk, site, "a.officer", "lookup-officer", "finance"),
        grants: account(desk, site, "b.sharing", "sharing-officer", "samr"),
    }
}

/// Agency A asks for three items for two purposes.
fn ask(site: &Site, cast: &Cast) -> String {
    let form = [
        ("theme", "registration"),
        ("supplier", "samr"),
        ("item", "registration/ZCDZ"),
        ("item", "registration/ZCRQ"),
        ("item", "registration/ZTMC"),
        ("purpose", "public-procurement"),
        ("purpose", "subsidy"),
        ("kind", "enterprise"),
        ("basis", "政府采购法 22"),
        ("per_day", "5"),
        ("in_all", "50"),
        ("reason", "政府采购资格审查"),
    ];
    let asked = site.post("/sharing/ask", &cast.asks, &form);
    assert_eq!(asked.status, 303, "{asked:?}");
    let at = asked.header("location");
    at.trim().rsplit('/').next().unwrap().to_owned()
}

fn look(site: &Site, cast: &Cast, grant: &str, purpose: &str) -> crate::http::Answer {
    let company = code("91", 7);
    let form = [
        ("grant", grant),
        ("purpose", purpose),
        ("case", "采〔2026〕18号"),
        ("code", company.as_str()),
    ];
    site.post("/sharing/lookup", &cast.looks, &form)
}

/// The proof of an event, once the journal has signed a head over it.
fn proof(desk: &Desk, event: &str, company: &str) -> String {
    for _ in 0..60 {
        let args = [
            "journal",
            "prove",
            event,
            "--subject",
            company,
            "-o",
            "proof",
        ];
        if desk.run(&args).code == Some(0) {
            return desk.read("proof");
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    panic!("no proof of {event}")
}

#[test]
fn an_agency_asks_another_grants_a_company_sees_and_proves_it_and_the_grant_ends() {
    let desk = Desk::new();
    catalogue(&desk);
    let at = ["--catalog", "catalog"];
    desk.write("r.csv", registrations(8));
    let file = ["ingest", "--theme", "registration", "r.csv"];
    desk.ends(0, &[at.as_slice(), &file].concat());
    let site = Site::start(&desk, &at);
    let cast = cast(&desk, &site);
    let company = code("91", 7);

    let grant = ask(&site, &cast);
    let early = look(&site, &cast, &grant, "public-procurement");
    assert_eq!(early.status, 403, "nothing was granted yet: {early:?}");
    let own = [("move", "grant"), ("reason", "自己批准自己")];
    let address = format!("/sharing/grants/{grant}");
    assert_eq!(site.post(&address, &cast.asks, &own).status, 403);
    // Agency B grants two of the items, for one of the purposes.
    let less = [
        ("move", "grant"),
        ("item", "registration/ZCDZ"),
        ("item", "registration/ZCRQ"),
        ("purpose", "public-procurement"),
        ("reason", "符合履职需要，名称可公开查询"),
    ];
    assert_eq!(site.post(&address, &cast.grants, &less).status, 303);

    let refused = look(&site, &cast, &grant, "subsidy");
    assert_eq!(refused.status, 403, "{refused:?}");
    let seen = look(&site, &cast, &grant, "public-procurement");
    assert_eq!(seen.status, 200, "{seen:?}");
    let shown = seen.body.split("<section").nth(1).unwrap();
    let shown = shown.split("</section>").next().unwrap();
    assert!(
        shown.contains(MASKED) && shown.contains("2020-01-01"),
        "{shown}"
    );
    assert!(!shown.contains(ADDRESS), "masked as the catalogue says");
    assert_eq!(shown.matches("<dd>").count(), 2, "two items: {shown}");
    assert_eq!(seen.header("cache-control").trim(), "private, no-store");
    let event = shown.split("access:").nth(1).unwrap();
    let event = format!("access:{}", event.split('<').next().unwrap());

    // The company asks at the service window who looked, and why.
    let window = [
        "looks",
        &company,
        "--by",
        "window.test",
        "--case",
        "窗2026-1",
    ];
    let told = desk.ends(0, &[at.as_slice(), &window].concat()).out;
    let line: Vec<&str> = told.lines().next().unwrap().split('\t').collect();
    assert_eq!(
        told.lines().count(),
        1,
        "one look, the refused ones are none: {told}"
    );
    assert_eq!(
        &line[1..],
        [
            "Checking a supplier in public procurement",
            "Finance authority",
            "经办甲",
            "采〔2026〕18号",
            "registration/ZCDZ registration/ZCRQ",
            event.as_str(),
        ]
    );

    // It takes the proof home and checks it without a platform.
    let key = desk.ends(0, &["journal", "key"]).out.trim().to_owned();
    let text = proof(&desk, &event, &company);
    let home = Desk::new();
    home.write("proof", &text);
    let verified = home
        .ends(0, &["verify", "proof", "proof", "--key", &key])
        .out;
    for said in [
        "public-procurement",
        "采〔2026〕18号",
        grant.as_str(),
        "registration/ZCDZ registration/ZCRQ",
    ] {
        assert!(verified.contains(said), "{said} in {verified}");
    }

    // The grant ends, and the next look is refused.
    let end = [("move", "end"), ("reason", "采购项目已结束")];
    assert_eq!(site.post(&address, &cast.grants, &end).status, 303);
    let after = look(&site, &cast, &grant, "public-procurement");
    assert_eq!(after.status, 403, "{after:?}");
    assert!(after.body.contains("not in force"), "{}", after.body);
    let told = desk.ends(0, &[at.as_slice(), &window].concat()).out;
    let looks = told.lines().filter(|line| line.contains("access:"));
    assert_eq!(
        looks.count(),
        2,
        "the look, and the first reading of this list: {told}"
    );
    drop(site);
    desk.ends(0, &["journal", "run"]);
    desk.ends(0, &["audit"]);
}
