//! Measures issued reports: `m9 FOLDER SECONDS` takes a firm with a penalty in, and then makes signed
//! files and PDFs of its report one after another on one thread, and verifies them. Writes the report as
//! `FOLDER/report.html` for other programs to print.

use credit::catalog::Catalog;
use credit::record::Instant as At;
use exchange::Office;
use exchange::ingest::{self, File, Progress, Request, Told};
use exchange::report::{Ask, issue, public, standing};
use jiff::civil::Date;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::{Store, StoreUrl};

type Failure = Box<dyn Error + Send + Sync>;

/// The firm.
const CODE: &str = "91110000MA00000152";
const ORGAN: &str = "11990100MD00010003";
/// Noon of 2026-11-22 in Shanghai.
const NOON: i64 = 1_795_320_000_000_000;

struct Quiet;

impl Progress for Quiet {
    fn rows_checked(&self, _: u64) {}
    fn rows_applied(&self, _: u64) {}
    fn done(&self) {}
}

/// One thread: figures are those of a core.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, seconds] = words.as_slice() else {
        return Err("m9 FOLDER SECONDS".into());
    };
    let (folder, time) = (Path::new(folder), Duration::from_secs(seconds.parse()?));
    let office = office(folder).await?;
    fill(&office).await?;
    let mut count = Count::new(time);
    let report = public(&office, CODE, &ask(0)).await?;
    while count.goes_on() {
        let text = views::report::json(&report);
        std::hint::black_box(seal::envelope::sign(&office.signer, &text));
    }
    count.told("reports as signed canonical JSON");
    let mut count = Count::new(time);
    let mut verify = String::new();
    while count.goes_on() {
        verify = issue::public(&office, CODE, &ask(count.made)).await?.verify;
    }
    count.told("reports issued, read and kept");
    let mut count = Count::new(time);
    while count.goes_on() {
        standing::by_number(&office, &verify).await?;
    }
    count.told("reports verified by number");
    typesets(&office, folder, time).await
}

async fn typesets(office: &Office, folder: &Path, time: Duration) -> Result<(), Failure> {
    let site = "https://credit.example";
    let issued = issue::public(office, CODE, &Ask::default()).await?;
    std::fs::write(
        folder.join("report.html"),
        web::issued::document(&issued, site)?,
    )?;
    let typesetter = match pdf::Typesetter::new(pdf::FontSource::System) {
        Ok(typesetter) => Arc::new(typesetter),
        Err(missing) => {
            eprintln!("SKIPPED: {missing}");
            return Ok(());
        }
    };
    let mut count = Count::new(time);
    while count.goes_on() {
        // Issues of their own: nothing is taken from an earlier layout but what all share.
        let issued = issue::public(office, CODE, &ask(30_000 + count.made)).await?;
        web::issued::pdf(office, &typesetter, &issued, site).await?;
    }
    count.told("reports issued as PDF");
    Ok(())
}

/// A report whose period begins on a day of its own, so that each is an issue of its own.
fn ask(number: i32) -> Ask {
    let first = Date::constant(1900, 1, 1);
    Ask {
        from: Some(first.saturating_add(jiff::Span::new().days(number % 45_000))),
        ..Ask::default()
    }
}

/// How many were made in a time.
struct Count {
    start: Instant,
    time: Duration,
    made: i32,
}

impl Count {
    fn new(time: Duration) -> Count {
        Count {
            start: Instant::now(),
            time,
            made: -1,
        }
    }

    fn goes_on(&mut self) -> bool {
        self.made += 1;
        self.start.elapsed() < self.time
    }

    fn told(&self, what: &str) {
        let rate = f64::from(self.made) / self.start.elapsed().as_secs_f64();
        println!("{what}: {rate:.1} a second");
    }
}

async fn office(folder: &Path) -> Result<Office, Failure> {
    let path = folder.join("m9.db");
    for end in ["", "-wal", "-shm"] {
        let _absent = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    let url = StoreUrl::Sqlite(path);
    Store::open(&url).await?.migrate().await?;
    let serial = AtomicU64::new(1);
    Ok(Office {
        store: Arc::new(Store::open(&url).await?),
        catalog: Arc::new(catalog()?),
        access: access::Access::shipped()?,
        site_key: Arc::new(seal::SiteKey::from_bytes([7; 32])),
        signer: Arc::new(seal::Signer::from_seed([9; 32])),
        now: Arc::new(|| At(NOON)),
        // Numbers of a measurement need not be secret.
        entropy: Arc::new(move |bytes: &mut [u8]| {
            let seed = seal::sha256(&serial.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            let seed = seed.0.iter().cycle();
            bytes
                .iter_mut()
                .zip(seed)
                .for_each(|(byte, seed)| *byte = *seed);
        }),
        persons: None,
        workbooks: None,
        program: "m9",
    })
}

fn catalog() -> Result<Catalog, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let (mut files, mut folders): (Vec<(String, String)>, Vec<PathBuf>) =
        (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?.flatten() {
            let path = entry.path();
            let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
            if path.is_dir() && name != "examples" {
                folders.push(path);
            } else if name.ends_with(".toml") {
                files.push((name, std::fs::read_to_string(&path)?));
            }
        }
    }
    files.sort();
    Catalog::load(&files).map_err(|_| "the catalogue does not load".into())
}

async fn fill(office: &Office) -> Result<(), Failure> {
    let registration = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{CODE},2001-02-03,软件开发\n"
    );
    let penalty = format!(
        "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n\
         北京明远软件有限公司,法人及非法人组织,{CODE},甲某,某市监罚〔2026〕7号,广告内容不实,广告不实,广告法第五十九条,罚款,罚款95000元,9.50,2026-11-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般\n"
    );
    let files = [
        ("registration", None, registration),
        ("penalty", Some(ORGAN), penalty),
    ];
    for (theme, supplier, text) in files {
        let request = Request {
            theme: theme.to_owned(),
            supplier: supplier.map(str::to_owned),
            mode: None,
            date: None,
            file: File::bytes("rows.csv", text.into_bytes()),
            told: Told::default(),
        };
        let receipt = ingest::submit(office, request, Arc::new(Quiet)).await?;
        if receipt.counts.accepted != 1 {
            return Err(format!("{theme}: {:?}", receipt.counts).into());
        }
    }
    Ok(())
}
