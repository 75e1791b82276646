//! A site on SQLite in a temporary folder, with a few sample rows taken in through the real door.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use credit::catalog::Catalog;
use credit::people::{AccountKind, Role};
use credit::record::Instant;
use exchange::Office;
use exchange::ingest::{self, File, Progress, Receipt, Told};
use exchange::people::{self, By, NewAppointment, Person};
use exchange::sharing::{self, NewAsk};
use std::sync::Arc;
use store::{Store, StoreUrl};
use testkit::machine::Clock;
use testkit::postgres::Database;
use tower::ServiceExt;

/// A name that a browser must never run.
pub(crate) const HOSTILE: &str = "云汀<script>alert(1)</script>\"'&有限公司";
/// The code of the firm of that name.
pub(crate) const HOSTILE_CODE: &str = "91990104MD00100119";
/// Its representative, who stands nowhere in public.
pub(crate) const PERSON: &str = "欧阳梓萱";
/// The citizen's number printed in its standard.
pub(crate) const NUMBER: &str = "11010519491231002X";
/// A firm with a penalty and an abnormal entry among the rows taken.
pub(crate) const ORDINARY: &str = "91990105MD0024050D";

pub(crate) struct TestSite {
    pub(crate) router: Router,
    pub(crate) site: web::Site,
    /// The key of a machine that sends for every agency of the samples.
    pub(crate) code: String,
    /// The site's clock: noon of 2026-11-22 in Shanghai, until a test moves it.
    pub(crate) clock: Clock,
    pub(crate) receipts: Vec<Receipt>,
    _folder: tempfile::TempDir,
    _database: Option<Database<'static>>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|cause| panic!("{cause}: {}", self.body))
    }
}

async fn migrate(url: String) -> store::Result<()> {
    let url: StoreUrl = url.parse()?;
    Store::open(&url).await?.migrate().await.map(drop)
}

struct Quiet;

impl Progress for Quiet {
    fn rows_checked(&self, _: u64) {}
    fn rows_applied(&self, _: u64) {}
    fn done(&self) {}
}

impl TestSite {
    pub(crate) async fn new() -> TestSite {
        let mut made = TestSite::without_schema().await;
        made.site.office.store.migrate().await.expect("a schema");
        made.fill().await;
        made.code = made.machine().await;
        made
    }

    /// A site on SQLite, and one on PostgreSQL where its server is installed.
    pub(crate) async fn each() -> Vec<TestSite> {
        let mut sites = vec![TestSite::new().await];
        if let Some(cluster) = testkit::postgres::shared() {
            let database = cluster.migrated(migrate).await.expect("a database");
            let folder = tempfile::tempdir().expect("a folder");
            let url = StoreUrl::Postgres(database.to_string());
            let mut made = TestSite::over(&url, folder).await;
            made._database = Some(database);
            made.fill().await;
            made.code = made.machine().await;
            sites.push(made);
        }
        sites
    }

    /// A site whose store has no tables, so that every read of it fails.
    pub(crate) async fn without_schema() -> TestSite {
        let folder = tempfile::tempdir().expect("a folder");
        let url = StoreUrl::Sqlite(folder.path().join("store.db"));
        TestSite::over(&url, folder).await
    }

    async fn over(url: &StoreUrl, folder: tempfile::TempDir) -> TestSite {
        let clock = Clock::at(1_795_320_000_000_000);
        let ticks = clock.clone();
        let store = Store::open(url).await.expect("a store");
        let office = Office {
            store: Arc::new(store),
            catalog: catalog(),
            access: access::Access::shipped().expect("the shipped policies"),
            persons: None,
            site_key: Arc::new(seal::SiteKey::from_bytes([7; 32])),
            signer: Arc::new(seal::sign::Signer::from_seed([9; 32])),
            now: Arc::new(move || Instant(ticks.now())),
            entropy: entropy(),
            workbooks: None,
            program: "0.0.0-test",
        };
        let site = web::Site::new(office, None);
        TestSite {
            router: web::router(site.clone()),
            site,
            code: String::new(),
            clock,
            receipts: Vec::new(),
            _folder: folder,
            _database: None,
        }
    }

    /// The same site as one whose readers come by TLS.
    pub(crate) fn behind_tls(mut self) -> TestSite {
        self.router = web::router(self.site.clone().behind_tls());
        self
    }

    /// The same site with sealed storage open.
    pub(crate) fn sealing(mut self) -> TestSite {
        self.site.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        self.router = web::router(self.site.clone());
        self
    }

    async fn fill(&mut self) {
        let registration = head("01-registration.csv", 60)
            .replace(
                "云汀泓衡化工有限公司",
                &format!("\"{}\"", HOSTILE.replace('"', "\"\"")),
            )
            .replacen("辛某", PERSON, 1);
        let penalty = sample("04-penalty.csv");
        let rows: Vec<&str> = penalty.lines().collect();
        let of_person = rows
            .iter()
            .find(|row| row.contains(NUMBER))
            .copied()
            .unwrap_or_default();
        let chosen: Vec<&str> = rows
            .iter()
            .take(30)
            .chain(rows.iter().skip(260).take(15))
            .copied()
            .collect();
        let penalty = format!("{}\n{of_person}\n", chosen.join("\n"));
        let organ = Some(ORGAN);
        let files = [
            (
                "registration",
                Some("samr"),
                "registration.csv",
                registration,
            ),
            ("penalty", organ, "penalty.csv", penalty),
            (
                "abnormal",
                Some("samr"),
                "abnormal.csv",
                head("09-abnormal-august.csv", 40),
            ),
            (
                "abnormal",
                Some("samr"),
                "abnormal-2.csv",
                head("09-abnormal-august.csv", 20),
            ),
        ];
        for (theme, supplier, name, text) in files {
            let mode = (theme == "abnormal").then_some(credit::catalog::Mode::Snapshot);
            let receipt = self.take(theme, supplier, name, text, mode).await;
            self.receipts.push(receipt);
        }
    }

    pub(crate) async fn take(
        &self,
        theme: &str,
        supplier: Option<&str>,
        name: &str,
        text: String,
        mode: Option<credit::catalog::Mode>,
    ) -> Receipt {
        let request = ingest::Request {
            theme: theme.to_owned(),
            supplier: supplier.map(str::to_owned),
            mode,
            date: None,
            file: File::bytes(name, text.into_bytes()),
            told: Told::default(),
        };
        ingest::submit(&self.site.office, request, Arc::new(Quiet))
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, Body::empty()).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Posts a form as a page of this site does.
    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie),
        ];
        self.send("POST", path, &headers, Body::from(form.to_owned()))
            .await
    }

    /// Makes an account of a person, if there is none of that name yet, and answers with the path of
    /// a link that signs in once.
    pub(crate) async fn link_of(&self, login: &str, appointments: &[NewAppointment]) -> String {
        let office = &self.site.office;
        let id = match people::find(office, login).await {
            Ok(account) => account.id,
            Err(_) => {
                let person = Person {
                    login: login.to_owned(),
                    name: format!("Officer {login}"),
                };
                let kind = AccountKind::Officer;
                let made = people::add(office, kind, &person, appointments, BY).await;
                made.expect("an account").0
            }
        };
        let secret = people::link(office, id).await.expect("a link");
        format!("/account/begin/{}", secret.shown())
    }

    /// A link for an officer who may do everything at the desk, for every agency of the samples.
    pub(crate) async fn link(&self, officer: &str) -> String {
        let login = format!("{}.test", officer.to_lowercase());
        let mut all = self.appointed(&[
            Role::SupplierOfficer,
            Role::SecondOfficer,
            Role::SharingOfficer,
            Role::LookupOfficer,
        ]);
        all.extend(
            [Role::CentreClerk, Role::Auditor].map(|role| appointment(role, "credit-centre")),
        );
        self.link_of(&login, &all).await
    }

    /// Enters the desk and answers with the session's cookie.
    pub(crate) async fn enter(&self, officer: &str) -> String {
        let link = self.link(officer).await;
        self.enter_by(&link).await
    }

    /// Enters by a link and answers with the session's cookie.
    pub(crate) async fn enter_by(&self, link: &str) -> String {
        let answer = self.post(link, "", "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        session(&answer)
    }

    /// Two grants that `Li`, who has entered, asked for on behalf of `tax`: one that the rule granted, of
    /// the register, and one that `public-resource` is to answer.
    pub(crate) async fn shared(&self) -> [String; 2] {
        let office = &self.site.office;
        let who = people::named(office, "li.test").await.expect("Li");
        let mut ids = [String::new(), String::new()];
        let asked = [
            ("samr", "registration/ZCDZ registration/ZCRQ"),
            ("public-resource", "contract/HTBH contract/HTJE"),
        ];
        for (slot, (supplier, items)) in ids.iter_mut().zip(asked) {
            let new = NewAsk {
                supplier: supplier.to_owned(),
                items: items.to_owned(),
                purposes: vec!["subsidy".to_owned()],
                kinds: vec!["enterprise".to_owned()],
                basis: "预算法 57".to_owned(),
                per_day: 100,
                in_all: 1_000,
                reason: "补助审核".to_owned(),
                ..NewAsk::default()
            };
            let made = sharing::ask(office, &who, Some("tax"), &new).await;
            *slot = made.expect("asked").0.to_string();
        }
        ids
    }

    async fn machine(&self) -> String {
        let office = &self.site.office;
        let person = Person {
            login: "machine.test".to_owned(),
            name: "A machine".to_owned(),
        };
        let all = self.appointed(&[Role::MachineClient]);
        let made = people::add(office, AccountKind::Machine, &person, &all, BY).await;
        let id = made.expect("an account").0;
        let key = people::machine::key(office, id, 30, BY).await;
        key.expect("a key").shown().to_owned()
    }

    /// The roles for each agency whose files the samples are, and the first supplier of each theme.
    fn appointed(&self, roles: &[Role]) -> Vec<NewAppointment> {
        let themes = self.site.office.catalog.themes.iter();
        let mut agencies: Vec<&str> = themes
            .filter_map(|theme| theme.suppliers.first().map(String::as_str))
            .chain(["samr", ORGAN, "court"])
            .collect();
        agencies.sort_unstable();
        agencies.dedup();
        let each = agencies.iter();
        each.flat_map(|agency| roles.iter().map(|role| appointment(*role, agency)))
            .collect()
    }
}

/// The authority that sent the penalties of the samples.
pub(crate) const ORGAN: &str = "11990100MD00010003";

/// Who makes accounts in tests.
pub(crate) const BY: By<'static> = By {
    account: None,
    reason: "a test",
};

pub(crate) fn appointment(role: Role, agency: &str) -> NewAppointment {
    NewAppointment {
        role,
        agency: agency.to_owned(),
        unit: None,
        themes: Vec::new(),
        until: None,
    }
}

/// The session's cookie of an answer.
pub(crate) fn session(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter();
    let desk = cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.starts_with("desk="));
    desk.expect("a session").to_owned()
}

fn entropy() -> exchange::office::Entropy {
    let serial = std::sync::atomic::AtomicU64::new(1);
    Arc::new(move |buffer: &mut [u8]| {
        let next = serial.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        for (ix, byte) in buffer.iter_mut().enumerate() {
            *byte = (next.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (ix % 8 * 8)) as u8;
        }
    })
}

fn catalog() -> Arc<Catalog> {
    let root = testkit::data::workspace().join("catalog");
    let mut files = Vec::new();
    for folder in ["", "themes", "codes", "calendars", "measures", "cases"] {
        for path in testkit::data::files(&root.join(folder)) {
            if path.extension().is_some_and(|end| end == "toml") {
                let name = path
                    .strip_prefix(&root)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                files.push((name, std::fs::read_to_string(&path).expect("readable")));
            }
        }
    }
    Arc::new(Catalog::load(&files).unwrap_or_else(|findings| panic!("{findings:#?}")))
}

pub(crate) fn sample(name: &str) -> String {
    let path = testkit::data::workspace().join("samples").join(name);
    std::fs::read_to_string(path).expect("a sample file")
}

fn head(name: &str, rows: usize) -> String {
    sample(name)
        .lines()
        .take(rows + 1)
        .map(|line| format!("{line}\n"))
        .collect()
}
