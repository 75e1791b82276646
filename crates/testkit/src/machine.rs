//! Small things of the machine a test needs: a free port, a program by name, a clock that stands
//! still until it is moved.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A port of the loopback interface that was free a moment ago. Another process may take it before
/// the caller does; callers that can should bind port 0 themselves.
///
/// # Errors
/// When the loopback interface gives no port at all.
pub fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// The first of these programs that stands on `PATH` or in the folders where Debian hides some.
#[must_use]
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/usr/lib/chromium"].map(PathBuf::from));
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|candidate| candidate.is_file())
    })
}

/// A clock for tests, in microseconds since 1970-01-01 UTC. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Stands at this instant until it is moved.
    #[must_use]
    pub fn at(micros: i64) -> Clock {
        Clock(Arc::new(AtomicI64::new(micros)))
    }

    /// What it shows, in microseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Moves it on; a negative number moves it back, as broken clocks do.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Default for Clock {
    /// 2026-06-01 09:00 in Shanghai, a working day in the year of the sample files.
    fn default() -> Clock {
        Clock::at(1_780_275_600_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_port_can_be_bound() -> io::Result<()> {
        let port = free_port()?;
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop)
    }

    #[test]
    fn clones_of_a_clock_show_the_same_time() {
        let clock = Clock::default();
        let other = clock.clone();
        clock.advance(-5);
        assert_eq!(other.now(), 1_780_275_599_999_995);
    }

    #[test]
    fn a_program_is_found_by_any_of_its_names() {
        assert!(program(&["no-such-program", "sh"]).is_some());
        assert!(program(&["no-such-program"]).is_none());
    }
}
