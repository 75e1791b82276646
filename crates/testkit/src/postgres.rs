//! Private PostgreSQL clusters for tests: real engines, never mocks.
//!
//! [`shared`] starts one cluster for all test processes of a user and stops it some seconds after
//! the last of them ends, whatever way it ends: each process keeps a file fresh, and a watchdog
//! beside the server looks at it. The watchdog holds a lock until it has cleared away, so that a new
//! server never starts in a folder that an old one is still leaving. [`Cluster::durable`] starts one
//! of its own with `fsync` on, for measurements. PostgreSQL refuses to run as root, so a root process
//! starts it as another user.
//!
//! A [`Database`] is dropped with its test, and what a killed test left behind is dropped by the next
//! one. [`Cluster::migrated`] copies a database that was migrated once for all tests.

use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::ops::Deref;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// The watchdog: ends the server when nobody has kept `beat` fresh for 20 seconds.
const WATCHDOG: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 $3 &
server=$!
while kill -0 $server 2>/dev/null && [ $(( $(date +%s) - $(stat -c %Y "$2/beat") )) -lt 20 ]; do sleep 1; done
kill -INT $server 2>/dev/null
wait $server
rm -rf "$2/data"
"#;

/// Settings of a cluster whose data nobody will miss. The log is kept short: a new database writes
/// all its pages to it, 8 MB each, and with 4 GB allowed it grew to that in a run of all tests.
const FAST: &str = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=128MB -c wal_level=minimal -c max_wal_senders=0 -c min_wal_size=32MB -c max_wal_size=256MB";
/// Settings of a cluster that is measured: durable, with ordinary memory.
const DURABLE: &str =
    "-c shared_buffers=512MB -c max_wal_size=8GB -c checkpoint_timeout=15min -c wal_compression=on";

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    binaries: PathBuf,
}

/// The cluster of this user's tests; `None` with one clear line where PostgreSQL is not installed.
pub fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED
        .get_or_init(|| {
            let binaries = binaries().or_else(|| skip("it is not installed"))?;
            let folder = std::env::temp_dir().join(format!("gongxin-postgres-{}", user()));
            Cluster::start(binaries, folder, FAST)
                .map_err(|error| skip::<()>(&error.to_string()))
                .ok()
        })
        .as_ref()
}

fn skip<T>(why: &str) -> Option<T> {
    eprintln!("SKIPPED on PostgreSQL: {why}; `apt-get install postgresql` provides it");
    None
}

impl Cluster {
    /// A cluster of one's own with `fsync` on. It stops some seconds after its process ends.
    pub fn durable() -> Option<Cluster> {
        let binaries = binaries().or_else(|| skip("it is not installed"))?;
        let name = format!("gongxin-postgres-{}-{}", user(), std::process::id());
        Cluster::start(binaries, std::env::temp_dir().join(name), DURABLE)
            .map_err(|error| skip::<()>(&error.to_string()))
            .ok()
    }

    /// Makes an empty database, which is gone when the value is dropped.
    #[must_use]
    pub fn database(&self) -> Database<'_> {
        self.create("template0")
    }

    /// Makes a database with the schema of the workspace's migrations. The first test that asks
    /// has `migrate` make it, at an address; all others get a copy.
    ///
    /// # Errors
    /// What `migrate` says, or `psql`.
    pub async fn migrated<E, F>(
        &self,
        migrate: impl FnOnce(String) -> F,
    ) -> Result<Database<'_>, Box<dyn Error + Send + Sync>>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
        F: Future<Output = Result<(), E>>,
    {
        let name = format!("template_{:016x}", schema()?);
        let lock = File::create(self.folder.join("template"))?;
        lock.lock()?;
        if !self.exists(&name)? {
            let made = self.create("template0");
            migrate(made.to_string()).await.map_err(Into::into)?;
            self.rename(&made.name, &name)?;
        }
        drop(lock);
        Ok(self.create(&name))
    }

    /// Makes a database from a template. One that cannot be made has an address that says why.
    fn create(&self, template: &str) -> Database<'_> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("t{}_{number}", std::process::id());
        if number == 0 {
            self.sweep();
        }
        let made = self.psql(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        let url = match made {
            Ok(_) => self.url(&name),
            Err(error) => format!("postgres://invalid/{error}"),
        };
        Database {
            cluster: self,
            name,
            url,
        }
    }

    /// Drops what tests left that were killed, this process's number among them.
    fn sweep(&self) {
        let all = self.psql("SELECT datname FROM pg_database WHERE datname ~ '^t[0-9]+_[0-9]+$'");
        for name in all.unwrap_or_default().lines() {
            let owner = name.trim_start_matches('t').split('_').next();
            let own = owner == Some(std::process::id().to_string().as_str());
            let alive = owner.is_some_and(|id| Path::new("/proc").join(id).exists());
            if own || !alive {
                self.forget(name);
            }
        }
    }

    fn forget(&self, name: &str) {
        let _gone = self.psql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }

    fn exists(&self, name: &str) -> io::Result<bool> {
        let found = self.psql(&format!(
            "SELECT 1 FROM pg_database WHERE datname = '{name}'"
        ))?;
        Ok(!found.trim().is_empty())
    }

    /// Renames a database, once the connections that made it have ended.
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.psql(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'"
        ))?;
        let mut last = io::Error::other("not tried");
        for _ in 0..100 {
            match self.psql(&format!("ALTER DATABASE {from} RENAME TO {to}")) {
                Ok(_) => return Ok(()),
                Err(error) => last = error,
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(last)
    }

    /// Runs one statement as the owner and gives what it selects, a line a row.
    ///
    /// # Errors
    /// What `psql` says.
    pub fn psql(&self, statement: &str) -> io::Result<String> {
        let output = Command::new(self.binaries.join("psql"))
            .args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"])
            .args(["-U", "gongxin"])
            .arg("-h")
            .arg(&self.folder)
            .args(["-d", "postgres", "-c", statement])
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(said.trim().to_owned()))
    }

    /// All of a database as `pg_dump` writes it for a backup.
    ///
    /// # Errors
    /// What `pg_dump` says.
    pub fn dump(&self, database: &Database<'_>) -> io::Result<Vec<u8>> {
        let output = Command::new(self.binaries.join("pg_dump"))
            .args(["-U", "gongxin", "-d", &database.url])
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(said.trim().to_owned()))
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://gongxin@{folder}/{database}")
    }

    fn start(binaries: PathBuf, folder: PathBuf, settings: &str) -> io::Result<Cluster> {
        fs::create_dir_all(&folder)?;
        let cluster = Cluster { folder, binaries };
        let lock = File::create(cluster.folder.join("lock"))?;
        lock.lock()?;
        cluster.beat()?;
        if !cluster.answers() {
            cluster.launch(settings)?;
        }
        let folder = cluster.folder.clone();
        thread::spawn(move || {
            while File::create(folder.join("beat")).is_ok() {
                thread::sleep(Duration::from_secs(2));
            }
        });
        Ok(cluster)
    }

    fn beat(&self) -> io::Result<()> {
        File::create(self.folder.join("beat")).map(drop)
    }

    fn answers(&self) -> bool {
        UnixStream::connect(self.folder.join(".s.PGSQL.5432")).is_ok()
            && self.psql("SELECT 1").is_ok()
    }

    fn launch(&self, settings: &str) -> io::Result<()> {
        let owner = owner()?;
        if let Some((uid, gid)) = owner {
            chown(&self.folder, Some(uid), Some(gid))?;
        }
        let alive = self.wait_for_the_end_of_another()?;
        let data = self.folder.join("data");
        let _gone = fs::remove_dir_all(&data);
        let mut initdb = self.command("initdb", owner);
        initdb
            .args(["-U", "gongxin", "-A", "trust", "-E", "UTF8", "--locale=C"])
            .args(["--no-sync", "-D"])
            .arg(&data);
        let output = initdb.output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(said.trim().to_owned()));
        }
        let log = File::create(self.folder.join("log"))?;
        let mut watchdog = Command::new("sh");
        watchdog
            .args(["-c", WATCHDOG, "watchdog"])
            .arg(&self.binaries)
            .arg(&self.folder)
            .arg(settings)
            .current_dir(&self.folder)
            .stdin(alive)
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0);
        as_owner(&mut watchdog, owner);
        watchdog.spawn()?;
        self.wait()
    }

    /// Waits until no watchdog is left in the folder, and gives the lock that the next one holds as
    /// its input: the lock goes with the last process that has the file open. A server that does not
    /// answer is ended by its own watchdog, since nobody keeps `beat` fresh meanwhile.
    fn wait_for_the_end_of_another(&self) -> io::Result<File> {
        let alive = File::create(self.folder.join("alive"))?;
        alive.lock()?;
        self.beat()?;
        Ok(alive)
    }

    fn wait(&self) -> io::Result<()> {
        for _ in 0..300 {
            if self.answers() {
                return Ok(());
            }
            self.beat()?;
            thread::sleep(Duration::from_millis(100));
        }
        Err(io::Error::other("PostgreSQL did not start in 30 seconds"))
    }

    fn command(&self, program: &str, owner: Option<(u32, u32)>) -> Command {
        let mut command = Command::new(self.binaries.join(program));
        command.current_dir(&self.folder).stdin(Stdio::null());
        as_owner(&mut command, owner);
        command
    }
}

/// A database of one test, dropped with it, whoever is still connected. Reads as its address.
#[derive(Debug)]
pub struct Database<'c> {
    cluster: &'c Cluster,
    name: String,
    url: String,
}

impl Deref for Database<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.url
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        self.cluster.forget(&self.name);
    }
}

/// A digest of what makes the schema: the migrations and the statements beside them.
fn schema() -> io::Result<u64> {
    let store = crate::data::workspace().join("crates/store");
    let mut files: Vec<PathBuf> = fs::read_dir(store.join("migrations"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.push(store.join("src/sql/schema.rs"));
    files.push(store.join("src/migrate.rs"));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(&fs::read(file)?);
    }
    Ok(hasher.finish())
}

fn as_owner(command: &mut Command, owner: Option<(u32, u32)>) {
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
}

/// The newest installed server, where Debian and others put it.
fn binaries() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            folder.join("initdb").exists().then_some((version, folder))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder)
}

fn user() -> u32 {
    fs::metadata("/proc/self").map_or(0, |own| own.uid())
}

/// Whom the server runs as: oneself, or for root the system's user `postgres`, else `nobody`.
fn owner() -> io::Result<Option<(u32, u32)>> {
    if user() != 0 {
        return Ok(None);
    }
    let passwd = fs::read_to_string(Path::new("/etc/passwd"))?;
    let ids = |name: &str| {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            (fields.next() == Some(name)).then_some(())?;
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            Some((uid, gid))
        })
    };
    ids("postgres")
        .or_else(|| ids("nobody"))
        .map(Some)
        .ok_or_else(|| io::Error::other("there is no user to run it as"))
}
