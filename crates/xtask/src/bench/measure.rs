//! Running the programs of a bench: their output kept, their peak memory watched, servers started and
//! stopped, peers installed where they are missing.

use crate::run;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A bench while it runs.
pub struct Bench {
    /// The workspace.
    pub root: PathBuf,
    /// Where built programs stand.
    pub target: PathBuf,
    /// A folder for inputs and databases, kept between runs.
    pub work: PathBuf,
    name: String,
    runs: u32,
}

/// What one run of a program printed and took.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// Standard output.
    pub output: String,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Peak resident memory in MiB.
    pub memory: f64,
}

impl Ran {
    /// The number that follows a text in the output: `"rows_per_second":` or `Requests/sec:`.
    #[must_use]
    pub fn number(&self, after: &str) -> Option<f64> {
        number(&self.output, after)
    }
}

/// The first number behind a text.
#[must_use]
pub fn number(output: &str, after: &str) -> Option<f64> {
    let at = output.find(after)? + after.len();
    let tail = output
        .get(at..)?
        .trim_start_matches([' ', '\t', ':', '"', '=']);
    let end = tail
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(tail.len());
    tail.get(..end)?.parse().ok()
}

impl Bench {
    /// Prepares the folders of a bench.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn new(root: &Path, name: &str) -> io::Result<Bench> {
        let target = run::target(root);
        let work = target.join("bench").join(name);
        std::fs::create_dir_all(&work)?;
        std::fs::create_dir_all(root.join("docs/benchmarks/raw"))?;
        Ok(Bench {
            root: root.to_path_buf(),
            target,
            work,
            name: name.to_owned(),
            runs: 0,
        })
    }

    /// Builds something in release, with its output on this terminal. `GONGXIN_BENCH_BUILT=1` says
    /// that this was done, so that a quiet machine is not spent on compiling.
    ///
    /// # Errors
    /// When it does not build.
    pub fn build(&self, words: &[&str]) -> io::Result<()> {
        if std::env::var_os("GONGXIN_BENCH_BUILT").is_some() {
            return Ok(());
        }
        let mut all = vec!["cargo", "build", "-q", "--release"];
        all.extend(words);
        println!("-- {}", all.join(" "));
        if run::shown(&self.root, &all)? {
            Ok(())
        } else {
            Err(io::Error::other("the build failed"))
        }
    }

    /// A program that was built in release.
    #[must_use]
    pub fn built(&self, name: &str) -> String {
        self.target
            .join("release")
            .join(name)
            .to_string_lossy()
            .into_owned()
    }

    /// A file in the folder of this bench.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        self.work.join(name).to_string_lossy().into_owned()
    }

    /// Runs a program and keeps what it printed in a raw log.
    ///
    /// # Errors
    /// When it fails.
    pub fn run(&mut self, label: &str, words: &[&str]) -> io::Result<Ran> {
        self.runs += 1;
        let log = self.root.join(format!(
            "docs/benchmarks/raw/{}-{:02}-{label}.log",
            self.name, self.runs
        ));
        println!("-- {label}: {}", words.join(" "));
        let output = std::fs::File::create(self.work.join("output"))?;
        let errors = std::fs::File::create(self.work.join("errors"))?;
        let start = Instant::now();
        let mut command = run::command(&self.root, words)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()?;
        let (passed, memory) = watch(&mut child)?;
        let seconds = start.elapsed().as_secs_f64();
        let output = std::fs::read_to_string(self.work.join("output"))?;
        let errors = std::fs::read_to_string(self.work.join("errors"))?;
        let mut file = std::fs::File::create(log)?;
        let shown: Vec<String> = words.iter().map(|word| self.anonymous(word)).collect();
        writeln!(
            file,
            "$ {}\n{}{}# {seconds:.3} s, peak {memory:.1} MiB",
            shown.join(" "),
            self.anonymous(&output),
            self.anonymous(&errors)
        )?;
        if passed {
            return Ok(Ran {
                output,
                seconds,
                memory,
            });
        }
        Err(io::Error::other(format!("{label} failed:\n{errors}")))
    }

    /// Logs go into the repository: folders of this machine are written short.
    fn anonymous(&self, text: &str) -> String {
        let text = text.replace(&*self.target.to_string_lossy(), "target");
        let text = match std::env::var("GONGXIN_SHARED_DATA") {
            Ok(shared) if !shared.is_empty() => text.replace(&shared, "../shared/data"),
            _ => text,
        };
        text.replace(&*self.root.to_string_lossy(), ".")
    }

    /// Starts a server and waits until its port answers.
    ///
    /// # Errors
    /// When it does not answer within half a minute.
    pub fn serve(&self, words: &[&str], port: u16) -> io::Result<Server> {
        println!("-- serving: {}", words.join(" "));
        let log = std::fs::File::create(self.work.join("server.log"))?;
        let mut command = run::command(&self.root, words)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut server = Server(child);
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.0.try_wait()?.is_some();
            if ended || start.elapsed() > Duration::from_secs(30) {
                return Err(io::Error::other(format!(
                    "no answer on port {port}; see {}",
                    self.file("server.log")
                )));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// A Python with these packages (`name==version`) in an environment of its own.
    ///
    /// # Errors
    /// When Python or the packages cannot be had.
    pub fn python(&self, packages: &[&str]) -> io::Result<String> {
        let folder = self.target.join("bench/python");
        let python = folder.join("bin/python").to_string_lossy().into_owned();
        let done = |words: &[&str]| -> io::Result<()> {
            println!("-- {}", words.join(" "));
            if run::shown(&self.root, words)? {
                Ok(())
            } else {
                Err(io::Error::other("the peer cannot be installed"))
            }
        };
        if !Path::new(&python).is_file() {
            done(&["python3", "-m", "venv", &folder.to_string_lossy()])?;
        }
        let mut install = vec![
            python.as_str(),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
        ];
        install.extend(packages);
        done(&install)?;
        Ok(python)
    }

    /// Makes sure that a program of a Debian package is there.
    ///
    /// # Errors
    /// When it is missing and cannot be installed.
    pub fn debian(&self, program: &str, package: &str) -> io::Result<String> {
        if run::find(program).is_none() {
            let mut apt = Command::new("apt-get");
            apt.args(["install", "-y", "-qq", "--no-install-recommends", package]);
            apt.env("DEBIAN_FRONTEND", "noninteractive")
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            _ = apt.status();
        }
        let found = run::find(program);
        let line = crate::packages::line(&[package]);
        found
            .map(|path| path.to_string_lossy().into_owned())
            .ok_or_else(|| io::Error::other(format!("`{program}` is missing: {line}")))
    }
}

/// A server that ends with the value.
pub struct Server(Child);

impl Server {
    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Its resident memory now, in MiB.
    #[must_use]
    pub fn resident(&self) -> f64 {
        status(self.0.id(), "VmRSS:") / 1024.0
    }
}

impl Drop for Server {
    /// Asks it to stop, so that it stops what it started (nginx its workers), and ends it after 2 s.
    fn drop(&mut self) {
        _ = Command::new("kill").arg(self.0.id().to_string()).status();
        for _ in 0..200 {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// Waits for a child and watches its peak memory in MiB. Children of it are not counted.
fn watch(child: &mut Child) -> io::Result<(bool, f64)> {
    let mut peak = 0.0_f64;
    loop {
        peak = peak.max(status(child.id(), "VmHWM:") / 1024.0);
        if let Some(end) = child.try_wait()? {
            return Ok((end.success(), peak));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A number of KiB from the status of a process; zero when it has ended.
fn status(id: u32, field: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    number(&text, field).unwrap_or(0.0)
}

/// A port that was free a moment ago.
///
/// # Errors
/// When the loopback interface gives none.
pub fn port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port())
}

/// Processor and memory of this machine.
#[must_use]
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = processors
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let memory = number(&read("/proc/meminfo"), "MemTotal").unwrap_or(0.0) / 1024.0 / 1024.0;
    format!(
        "{cores} × {}, {memory:.0} GiB",
        model.map_or("unknown processor", |(_, name)| name)
    )
}

/// The load average of the last minute, as the kernel words it.
#[must_use]
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_behind_their_name() {
        assert_eq!(
            number("{\"rows\": 1000, \"rate\":12.5}", "\"rate\":"),
            Some(12.5)
        );
        assert_eq!(
            number("Requests/sec:  3401.22\n", "Requests/sec:"),
            Some(3401.22)
        );
        assert_eq!(number("VmHWM:\t  2048 kB", "VmHWM:"), Some(2_048.0));
        assert_eq!(number("nothing", "rate"), None);
    }

    #[test]
    fn this_process_has_memory() {
        assert!(status(std::process::id(), "VmRSS:") > 0.0);
        assert!(machine().contains("GiB"));
    }
}
