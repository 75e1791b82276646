//! A private PostgreSQL for benches: durable as in use, unlike the one of the tests.

use crate::run;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running cluster; it ends with the value.
pub struct Cluster {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts one; `None` where PostgreSQL is not installed. As root it runs as the user `postgres`,
    /// since the server refuses root.
    ///
    /// # Errors
    /// When it is installed and does not start.
    pub fn start(work: &Path) -> io::Result<Option<Cluster>> {
        let (Some(initdb), Some(server)) = (run::find("initdb"), run::find("postgres")) else {
            println!("-- PostgreSQL is not installed; its rows are left out");
            return Ok(None);
        };
        let folder = std::env::temp_dir().join(format!("gongxin-bench-pg-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        _ = Command::new("chown")
            .args(["postgres"])
            .arg(&folder)
            .status();
        let data = folder.join("data");
        let made = as_postgres(&initdb)
            .args([
                "-A",
                "trust",
                "-U",
                "gongxin",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        if !made.success() {
            return Err(io::Error::other("initdb failed"));
        }
        let port = super::measure::port()?;
        let log = std::fs::File::create(work.join("postgres.log"))?;
        let server = as_postgres(&server)
            .args([
                "-p",
                &port.to_string(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "max_wal_size=4GB",
                "-c",
                "shared_buffers=512MB",
                "-k",
            ])
            .arg(&folder)
            .arg("-D")
            .arg(&data)
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let cluster = Cluster {
            server,
            folder,
            port,
        };
        for _ in 0..200 {
            if cluster.sql("postgres", "SELECT 1") {
                return Ok(Some(cluster));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(io::Error::other("PostgreSQL does not answer"))
    }

    /// A fresh database; its address.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn database(&self, name: &str) -> io::Result<String> {
        if !self.sql("postgres", &format!("CREATE DATABASE {name}")) {
            return Err(io::Error::other(format!("database {name} cannot be made")));
        }
        Ok(format!("postgres://gongxin@127.0.0.1:{}/{name}", self.port))
    }

    fn sql(&self, database: &str, statement: &str) -> bool {
        let port = self.port.to_string();
        let mut psql = Command::new("psql");
        psql.args([
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-U",
            "gongxin",
            "-d",
            database,
            "-c",
            statement,
        ]);
        psql.stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        psql.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(control) = run::find("pg_ctl") {
            let stop = as_postgres(&control)
                .args(["-m", "immediate", "stop", "-D"])
                .arg(self.folder.join("data"))
                .stdout(Stdio::null())
                .status();
            _ = stop;
        }
        _ = self.server.kill();
        _ = self.server.wait();
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The command as the user `postgres` where this process is root.
fn as_postgres(program: &Path) -> Command {
    if crate::packages::is_root() && run::find("runuser").is_some() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command.current_dir("/");
        return command;
    }
    Command::new(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_gives_databases_and_goes_away() -> io::Result<()> {
        let Some(cluster) = Cluster::start(&std::env::temp_dir())? else {
            return Ok(());
        };
        assert!(cluster.database("one")?.ends_with("/one"));
        assert!(cluster.database("one").is_err());
        let folder = cluster.folder.clone();
        drop(cluster);
        assert!(!folder.exists());
        Ok(())
    }
}
