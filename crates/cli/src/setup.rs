//! From command line to a working office: logging, catalogue, store, keys, clock.

use crate::args::Args;
use crate::exit::Failure;
use crate::home::Home;
use crate::machine;
use crate::text;
use access::Access;
use credit::catalog::Catalog;
use credit::catalog::finding::Grade;
use credit::lang::Lang;
use exchange::Office;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// The shipped catalogue, inside the program.
#[derive(rust_embed::Embed)]
#[folder = "../../catalog"]
struct Shipped;

/// What every command needs.
pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) lang: Lang,
    pub(crate) runtime: tokio::runtime::Runtime,
    pub(crate) data: PathBuf,
}

/// Starts logging to standard error. Nothing personal is ever logged; see `docs/how-to-log.md`.
pub(crate) fn logging(verbose: u8) {
    let fallback = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let filter =
        EnvFilter::try_from_env("GONGXIN_LOG").unwrap_or_else(|_| EnvFilter::new(fallback));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// The reader's language: told, else from the environment, else Chinese.
pub(crate) fn lang(args: &Args) -> Lang {
    args.lang
        .or_else(|| {
            std::env::var("LC_ALL")
                .ok()
                .and_then(|tag| Lang::parse(&tag))
        })
        .or_else(|| std::env::var("LANG").ok().and_then(|tag| Lang::parse(&tag)))
        .unwrap_or_default()
}

/// The catalogue's files: path within the catalogue and content.
pub(crate) fn catalog_files(folder: Option<&Path>) -> Result<Vec<(String, String)>, Failure> {
    let Some(folder) = folder else {
        let mut files: Vec<(String, String)> = Shipped::iter()
            .filter(|path| path.ends_with(".toml") && !path.starts_with("examples/"))
            .filter_map(|path| {
                let file = Shipped::get(&path)?;
                Some((
                    path.into_owned(),
                    String::from_utf8_lossy(&file.data).into_owned(),
                ))
            })
            .collect();
        files.sort();
        return Ok(files);
    };
    let mut files = Vec::new();
    walk(folder, folder, &mut files)?;
    files.sort();
    Ok(files)
}

/// Collects the `.toml` files below a folder, examples excepted; at most 10,000 of them.
fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|cause| Failure::io(folder, text::CANNOT_READ, cause))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if files.len() >= 10_000 {
            return Err(Failure::request(text::CATALOG_MANY, &[]));
        }
        if path.is_dir() && path.file_name().is_some_and(|name| name != "examples") {
            walk(root, &path, files)?;
        } else if path.extension().is_some_and(|end| end == "toml") {
            let content = std::fs::read_to_string(&path)
                .map_err(|cause| Failure::io(&path, text::CANNOT_READ_UTF8, cause))?;
            let name = path.strip_prefix(root).unwrap_or(&path);
            files.push((name.to_string_lossy().replace('\\', "/"), content));
        }
    }
    Ok(())
}

/// Loads and checks the catalogue; refuses to work with one that breaks its rules.
pub(crate) fn catalog(args: &Args, lang: Lang) -> Result<Catalog, Failure> {
    let files = catalog_files(args.catalog.as_deref())?;
    Catalog::load(&files).map_err(|findings| {
        let lines: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity == Grade::Error)
            .take(20)
            .map(|finding| finding.line_in(lang))
            .collect();
        Failure::catalog(&lines.join("\n"))
    })
}

/// A site's own policies, in its catalogue folder.
const SITE_POLICIES: &str = "access/site.cedar";

/// The policies of who may do what: the shipped ones, and those of the site's catalogue folder where it has
/// some. A site is not served with policies that cannot be read.
pub(crate) fn policies(folder: Option<&Path>) -> Result<Arc<Access>, Failure> {
    let at = folder.map(|folder| folder.join(SITE_POLICIES));
    let read = match at.filter(|at| at.exists()) {
        None => Access::shipped(),
        Some(at) => {
            let site = std::fs::read_to_string(&at)
                .map_err(|cause| Failure::io(&at, text::CANNOT_READ_UTF8, cause))?;
            Access::with_site(&site).map(Arc::new)
        }
    };
    read.map_err(|cause| Failure::policies(&cause.to_string()))
}

/// Opens everything. With `migrate` the store is brought to this program's schema first. A store that
/// misses an erasure is refused, and one that the key ring does not open.
pub(crate) fn desk(args: &Args, migrate: bool) -> Result<Desk, Failure> {
    let desk = desk_as_found(args, migrate)?;
    crate::erasures::check(&desk)?;
    let fits = desk.runtime.block_on(exchange::persons::fits(&desk.office));
    if !fits.map_err(|error| Failure::of(error, desk.lang))? {
        return Err(Failure::request(text::RING_OTHER, &[]));
    }
    Ok(desk)
}

/// The same, whatever the store misses: only for putting that right.
pub(crate) fn desk_as_found(args: &Args, migrate: bool) -> Result<Desk, Failure> {
    let lang = lang(args);
    let home = Home::open(&args.data)?;
    let catalog = Arc::new(catalog(args, lang)?);
    let url = args.store.clone().unwrap_or_else(|| home.store_url());
    let url: store::StoreUrl = url.parse().map_err(Failure::store)?;
    let runtime =
        tokio::runtime::Runtime::new().map_err(|cause| Failure::inner(text::NO_RUNTIME, cause))?;
    let store = runtime
        .block_on(open_store(&url, migrate))
        .map_err(Failure::store)?;
    let office = Office {
        store: Arc::new(store),
        catalog,
        access: policies(args.catalog.as_deref())?,
        site_key: Arc::new(home.site_key()?),
        persons: home.ring()?.map(Arc::new),
        signer: Arc::new(home.signer()?),
        now: Arc::new(machine::now),
        entropy: Arc::new(machine::entropy),
        workbooks: Some(Arc::new(crate::command::workbook::run)),
        program: env!("CARGO_PKG_VERSION"),
    };
    if !migrate {
        runtime
            .block_on(exchange::start::catalogue(&office))
            .map_err(|error| Failure::of(error, lang))?;
    }
    Ok(Desk {
        office,
        lang,
        runtime,
        data: args.data.clone(),
    })
}

/// Opens the store and sees to its schema. A SQLite file that is still empty is given this program's
/// schema, whether it is new, another process is making it or one was ended while making it; a
/// server's database is migrated on request only.
async fn open_store(url: &store::StoreUrl, migrate: bool) -> Result<store::Store, store::Error> {
    let store = store::Store::open(url).await?;
    let schema = store.check_schema().await;
    let empty = matches!(schema, Err(store::Error::SchemaOld { found: 0, .. }))
        && matches!(url, store::StoreUrl::Sqlite(_));
    if migrate || empty {
        store.migrate().await?;
    } else {
        schema?;
    }
    Ok(store)
}
