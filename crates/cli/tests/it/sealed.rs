//! Sealed storage through the real binary: what is a person's comes back to the person, and is found
//! nowhere else, in no form.

mod canary;

use crate::desk::{Desk, Ran, files_below};
use crate::http::Site;
use crate::sheets::{penalties, penalty};
use canary::Canaries;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

const NAME: &str = "欧阳金雀丁";
const STREET: &str = "鹦鹉洲里九巷";
const PHONE: &str = "13877665544";
/// Three numbers made up, of which the last fails its check.
const TAKEN: &str = "220102198503151245";
const OTHER: &str = "220102198503151261";
const WRONG: &str = "220102198503151262";

fn canaries() -> Canaries {
    Canaries::new(&[NAME, STREET, PHONE, TAKEN, OTHER, WRONG])
}

fn person(document: u32, set: &[(&str, &str)]) -> Vec<String> {
    let fact = format!("{NAME}住{STREET}，电话{PHONE}，无照经营");
    let place = format!("在{STREET}无照经营");
    let own = [
        ("CF_XDR_MC", NAME),
        ("CF_XDR_LB", "自然人"),
        ("CF_XDR_SHXYM", ""),
        ("CF_FRDB", ""),
        ("CF_XDR_ZJHM", TAKEN),
        ("CF_SY", fact.as_str()),
        ("CF_WFXW", place.as_str()),
    ];
    penalty(document, &[own.as_slice(), set].concat())
}

fn rows() -> Vec<Vec<String>> {
    let told = format!("负责人{NAME}，身份证号{TAKEN}，住{STREET}");
    vec![
        penalty(1, &[]),
        person(2, &[]),
        person(3, &[("YZCD", ""), ("CF_NR_FK", "50")]),
        person(4, &[("CF_XDR_ZJHM", OTHER)]),
        // Refused: a wrong number, none, a wrong day, a number in a text, a trader, an organisation.
        person(5, &[("CF_XDR_ZJHM", WRONG)]),
        person(6, &[("CF_XDR_ZJHM", "")]),
        person(7, &[("CF_JDRQ", STREET), ("CF_CFLB", NAME)]),
        person(8, &[("CF_SY", &told)]),
        person(9, &[("CF_XDR_LB", "个体工商户")]),
        penalty(10, &[("CF_SY", &told)]),
        penalty(11, &[("CF_XDR_ZJHM", TAKEN)]),
    ]
}

/// A desk whose store is on one engine, and all that is searched.
struct Place {
    desk: Desk,
    store: String,
    since: SystemTime,
}

impl Place {
    fn new(store: Option<String>) -> Place {
        let desk = Desk::new();
        std::fs::create_dir_all(desk.path("out")).unwrap();
        let lite = format!("sqlite:{}", desk.path("out/data/gongxin.db").display());
        Place {
            desk,
            store: store.unwrap_or(lite),
            since: SystemTime::now(),
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let at = ["--data", "out/data", "--store", &self.store, "-vv"];
        self.desk.command(&[at.as_slice(), args].concat())
    }

    /// Runs it with something on standard input, expects the exit code, and searches what it says.
    #[track_caller]
    fn told(&self, code: i32, input: &str, args: &[&str]) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(code), "{args:?}: {ran:#?}");
        let all = canaries();
        all.absent("standard error", ran.err.as_bytes());
        if args[0] != "person" {
            all.absent("standard output", &ran.bytes);
        }
        ran
    }

    #[track_caller]
    fn ends(&self, code: i32, args: &[&str]) -> Ran {
        self.told(code, "", args)
    }

    #[track_caller]
    fn own(&self, code: i32, number: &str) -> String {
        let args = ["person", "--by", "window.test", "--case", "2026-窗-1"];
        let input = format!("{number}\n");
        let args = [args.as_slice(), &["--format", "json"]].concat();
        self.told(code, &input, &args).out
    }

    fn ingest(&self, file: &str, day: &str) -> Ran {
        let args = ["ingest", "--theme", "penalty", "--date", day, file];
        let more = [
            "--receipt",
            &format!("out/{day}.json"),
            "--rejects",
            &format!("out/{day}.csv"),
        ];
        self.ends(0, &[args.as_slice(), &more].concat())
    }

    fn site(&self) -> Site {
        Site::start_as(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// The two officers of the centre, set up through the site: who hands reports out, and who decides
    /// on erasures. Answers with the first one's cookie.
    fn officers(&self) -> String {
        let site = self.site();
        let all = [
            ("window.test", "centre-clerk"),
            ("head.test", "centre-administrator"),
        ];
        let cookies = all.map(|(login, role)| {
            let args = ["people", "add", login, "--name", "乙某", "--role", role];
            let more = ["--agency", "credit-centre", "--reason", "首位"];
            site.enrol(&self.ends(0, &[args.as_slice(), &more].concat()).out)
        });
        canaries().absent("the server's log", &site.log());
        cookies[0].clone()
    }

    /// What the site answers, with facts on persons coming in meanwhile: the person is read at the
    /// window and nowhere else, and the log and the write-ahead log beside a store in use hold nothing.
    fn serves(&self, cookie: &str) {
        let all = canaries();
        let site = self.site();
        let more = [person(12, &[]), person(13, &[("CF_XDR_ZJHM", WRONG)])];
        self.desk.write("in/b.csv", penalties(&more));
        assert_eq!(self.ingest("in/b.csv", "2026-09-20").counts()[..2], [1, 1]);
        let list = site.get("/supply", cookie).body;
        let id = list.split("/supply/submissions/").nth(1).unwrap();
        let id: String = id.chars().take_while(char::is_ascii_hexdigit).collect();
        let at = format!("/supply/submissions/{id}");
        for path in [
            "/",
            "/metrics",
            "/search?q=%E9%87%91%E9%9B%80",
            "/api/v1/subjects?name=%E9%87%91%E9%9B%80",
            "/supply",
            "/supply/holds",
            "/supply/questions",
            "/supply/quality",
            "/window/person",
            at.as_str(),
            &format!("{at}/receipt.json"),
            &format!("{at}/rejects"),
            &format!("{at}/rejects.csv"),
        ] {
            let answer = site.get(path, cookie);
            assert_eq!(answer.status, 200, "{path} {answer:?}");
            all.absent(path, answer.head.as_bytes());
            all.absent(path, answer.body.as_bytes());
        }
        for path in [format!("/subjects/{TAKEN}"), format!("/search?q={TAKEN}")] {
            site.get(&path, "");
        }
        let asked = |number, case| {
            let form = [("number", number), ("case", case)];
            site.post("/window/person", cookie, &form)
        };
        let report = asked(TAKEN, "2026-窗-2");
        assert!(
            report.status == 200 && report.body.contains(STREET),
            "{report:?}"
        );
        assert_eq!(asked(WRONG, "1").status, 422);
        assert_eq!(asked(TAKEN, TAKEN).status, 422, "no number for a case");
        let person = [("number", TAKEN), ("case", "1")];
        let nobody = site.post("/window/person", "", &person);
        assert!(
            nobody.status == 303 && !nobody.body.contains(NAME),
            "{nobody:?}"
        );
        all.absent_below(&self.desk.path("out"));
        all.absent("the server's log", &site.log());
    }
}

/// A whole life of persons' data on one engine. What must be clean is searched at each step.
fn story(place: &Place) {
    place.ends(0, &["migrate"]);
    let cookie = place.officers();
    place.desk.write("in/a.csv", penalties(&rows()));
    // Before sealed storage is open nothing of a person is taken.
    let before = place.ingest("in/a.csv", "2026-09-14");
    assert_eq!(before.counts()[..4], [2, 9, 0, 0]);
    place.own(3, TAKEN);
    place.ends(0, &["keys", "new"]);
    place.ends(3, &["keys", "new"]);
    let sent = place.ingest("in/a.csv", "2026-09-15");
    assert_eq!(sent.counts()[..4], [2, 6, 1, 2]);
    let report = place.own(0, TAKEN);
    assert!(report.contains(NAME) && report.contains(STREET), "{report}");
    assert!(!report.contains(TAKEN), "{report}");
    assert!(place.own(0, OTHER).contains(NAME));
    place.own(3, WRONG);
    place.own(4, "110101199003077774");
    // A number on the command line is answered like an unknown code, and not repeated.
    for command in ["subject", "report"] {
        place.ends(4, &[command, TAKEN]);
    }
    place.ends(4, &["search", "金雀"]);
    rotated(place);
    place.serves(&cookie);
    place.ends(0, &["journal", "run"]);
    place.ends(0, &["journal", "export", "out/log"]);
    let forward = [
        "forward",
        "--theme",
        "penalty",
        "in/a.csv",
        "-o",
        "out/forward.csv",
    ];
    place.ends(0, &forward);
    assert!(place.ends(0, &["audit"]).out.contains("0 erasures"));
    assert!(canaries().absent_below(&place.desk.path("out")) > 8);
}

fn rotated(place: &Place) {
    assert_eq!(place.ends(0, &["keys", "list"]).out.trim(), "1\t2");
    place.ends(3, &["keys", "retire", "1"]);
    assert!(place.ends(0, &["keys", "rotate"]).out.contains('2'));
    assert_eq!(place.ends(0, &["keys", "list"]).out.trim(), "1\t0\n2\t2");
    place.ends(0, &["keys", "rotate", "--resume"]);
    place.ends(0, &["keys", "retire", "1"]);
    place.ends(3, &["keys", "retire", "2"]);
    assert!(place.own(0, TAKEN).contains(NAME));
}

fn erased(place: &Place) {
    let args = ["erase", "--by", "head.test", "--reason"];
    let named = format!("本人{TAKEN}");
    let because = |reason| [args.as_slice(), &[reason]].concat();
    place.told(3, WRONG, &because("删除决定 2026-1"));
    place.told(3, TAKEN, &because(&named));
    let clerk = ["erase", "--by", "window.test", "--reason", "删除决定"];
    place.told(3, TAKEN, &clerk);
    assert!(place.own(0, TAKEN).contains(NAME));
    place.told(0, TAKEN, &because("删除决定 2026-1"));
    place.own(4, TAKEN);
    assert!(place.own(0, OTHER).contains(NAME));
    // Sent again, the person's rows are refused.
    let again = place.ingest("in/a.csv", "2026-09-26");
    assert_eq!(again.counts()[..4], [0, 8, 0, 3]);
    place.ends(0, &["journal", "run"]);
    assert!(place.ends(0, &["audit"]).out.contains("1 erasures"));
    canaries().absent_below(&place.desk.path("out"));
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for (path, bytes) in files_below(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
}

fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn invariant_13_no_canary_of_a_person_is_found_anywhere_on_sqlite() {
    let place = Place::new(None);
    story(&place);
    let (data, copy) = (place.desk.path("out/data"), place.desk.path("out/backup"));
    copied(&data, &copy);
    erased(&place);
    // The older copy is put back, beside the list of erasures that the machine kept.
    for name in ["gongxin.db", "gongxin.db-wal", "gongxin.db-shm"] {
        let _ = std::fs::remove_file(data.join(name));
        let _ = std::fs::copy(copy.join(name), data.join(name));
    }
    for args in [
        ["journal", "run"].as_slice(),
        &["audit"],
        &["serve", "--listen", "127.0.0.1:0"],
        &["search", "x"],
    ] {
        let said = place.ends(3, args).err;
        assert!(said.contains("gongxin restore"), "{said}");
    }
    place.own(3, TAKEN);
    assert!(place.ends(0, &["restore"]).out.contains("1 persons"));
    place.own(4, TAKEN);
    assert!(place.own(0, OTHER).contains(NAME));
    place.ends(0, &["journal", "run"]);
    place.ends(0, &["audit"]);
    // A ring that is lost is put back from its copy. A new one would not know who was erased.
    let ring = place.desk.read("out/data/persons.keys");
    std::fs::remove_file(data.join("persons.keys")).unwrap();
    place.ends(3, &["keys", "new"]);
    place.own(3, OTHER);
    let other = ring.replace("\n2 ", "\n3 ");
    place.desk.write("out/data/persons.keys", &other);
    private(&data.join("persons.keys"));
    place.ends(3, &["audit"]);
    place.desk.write("out/data/persons.keys", &ring);
    assert!(place.own(0, OTHER).contains(NAME));
    // Without its list the store tells it what belongs there.
    std::fs::remove_file(data.join("erasures.list")).unwrap();
    place.ends(0, &["audit"]);
    assert_eq!(place.desk.read("out/data/erasures.list").lines().count(), 1);
    assert!(canaries().absent_below(&place.desk.path("out")) > 12);
}

#[test]
fn invariant_13_no_canary_of_a_person_is_found_anywhere_on_postgres() {
    let Some(cluster) = testkit::postgres::shared() else {
        return;
    };
    let database = cluster.database();
    let place = Place::new(Some(database.to_string()));
    story(&place);
    let data = cluster.psql("SHOW data_directory").unwrap();
    let data = Path::new(data.trim()).to_owned();
    cluster.psql("CHECKPOINT").unwrap();
    assert!(clean_cluster(&place, &data) > 20);
    erased(&place);
    cluster.psql("CHECKPOINT").unwrap();
    assert!(clean_cluster(&place, &data) > 20);
    let dump = cluster.dump(&database).unwrap();
    assert!(String::from_utf8_lossy(&dump).contains("COPY public.person_key"));
    canaries().absent("a dump", &dump);
}

/// Searches the files of the cluster that changed since the test began: tables, indexes, write-ahead
/// log, the server's log.
fn clean_cluster(place: &Place, data: &Path) -> usize {
    let all = canaries();
    let mut searched = 0;
    let mut folders = vec![data.parent().unwrap_or(data).to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(about) = entry.metadata() else {
                continue;
            };
            if about.is_dir() {
                folders.push(entry.path());
            } else if about.is_file() && about.modified().is_ok_and(|at| at >= place.since) {
                // A file of another test may be gone by now.
                let Ok(bytes) = std::fs::read(entry.path()) else {
                    continue;
                };
                all.absent(&entry.path().display().to_string(), &bytes);
                searched += 1;
            }
        }
    }
    searched
}
