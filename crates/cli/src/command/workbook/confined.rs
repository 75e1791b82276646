//! What the process that reads a workbook may still do: read what it was given, write what it found,
//! use memory, end. A hostile file that takes the reader over finds no network, no files and no
//! programs there.
//!
//! By seccomp, on Linux on x86-64, AArch64 and RISC-V. Elsewhere the process is one of its own with
//! limited memory and time and an empty environment, and no more than that.

use std::io;

/// Gives everything else up, for the rest of this process. Call it before the first byte of a file is
/// parsed, and before there is a second thread.
#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
pub(super) fn confine() -> io::Result<()> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let rules = allowed().map(|call| (call, Vec::new())).collect();
    let arch = std::env::consts::ARCH
        .try_into()
        .map_err(io::Error::other)?;
    // Refused by an error, not by death: the reader then says that the file cannot be read.
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, arch);
    let program: BpfProgram = filter
        .and_then(TryInto::try_into)
        .map_err(io::Error::other)?;
    seccompiler::apply_filter_all_threads(&program).map_err(io::Error::other)
}

/// Where there is no such filter.
#[cfg(not(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
)))]
pub(super) fn confine() -> io::Result<()> {
    Ok(())
}

/// Calls of a program that reads, computes and writes. No `open`, `socket`, `connect`, `clone`,
/// `execve`, `ptrace`, nor `io_uring`, which would stand for any of them.
#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
fn allowed() -> impl Iterator<Item = i64> {
    [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ]
    .into_iter()
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::confine;
    use std::io::Read;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::process::{Command, Stdio};

    const CHILD: &str = "GONGXIN_TEST_CONFINED";

    /// The child of the next test: once confined, nothing but reading and computing is left.
    #[test]
    fn child_that_is_confined() {
        let Ok(port) = std::env::var(CHILD) else {
            return;
        };
        let refused = |error: std::io::Error| error.raw_os_error() == Some(libc::EPERM);
        confine().unwrap();
        let address = format!("127.0.0.1:{port}");
        assert!(refused(TcpStream::connect(address).unwrap_err()));
        assert!(refused(UdpSocket::bind("127.0.0.1:0").unwrap_err()));
        assert!(refused(TcpListener::bind("127.0.0.1:0").unwrap_err()));
        assert!(refused(std::fs::File::open("/etc/hostname").unwrap_err()));
        assert!(refused(
            std::fs::write("/tmp/gongxin-escaped", "x").unwrap_err()
        ));
        assert!(Command::new("true").status().is_err());
        assert!(std::thread::Builder::new().spawn(|| ()).is_err());
        let mut told = String::new();
        std::io::stdin().read_to_string(&mut told).unwrap();
        assert_eq!(told, "rows");
        let many: std::collections::HashMap<usize, Vec<u8>> =
            (0..4_096).map(|n| (n, vec![0; 4_096])).collect();
        assert_eq!(many.len(), 4_096);
        println!("confined");
    }

    #[test]
    fn a_confined_reader_has_no_network_no_files_and_no_programs() {
        use std::io::Write;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        let name = "command::workbook::confined::tests::child_that_is_confined";
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture", "--test-threads=1"])
            .env(CHILD, port)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"rows").unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout);
        let cause = String::from_utf8_lossy(&ended.stderr);
        assert!(said.contains("confined"), "{said}{cause}");
        assert!(listener.accept().is_err(), "nobody came");
    }
}
