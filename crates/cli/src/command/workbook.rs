//! Workbooks are read in a process of their own, with limited memory and, where the system can, without
//! network, files or programs: a hostile file can end that process, and nothing else.

mod confined;

use crate::exit::{Exit, Failure};
use crate::text;
use credit::limits::{WORKBOOK_BYTES, WORKBOOK_MEMORY};
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

/// In the child: reads a workbook from standard input and writes its rows to standard output.
pub(super) fn child(sheet: Option<&str>) -> Result<Exit, Failure> {
    confined::confine().map_err(|cause| Failure::inner(text::PLAIN, cause))?;
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(WORKBOOK_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| Failure::inner(text::PLAIN, cause))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    intake::read::workbook::rows(&bytes, sheet, &mut out)
        .and_then(|()| out.flush())
        .map_err(|cause| Failure::inner(text::PLAIN, cause))?;
    Ok(Exit::Done)
}

/// In the parent: gives the bytes to a child and hands back its output.
pub(crate) fn run(bytes: &[u8], sheet: Option<&str>) -> io::Result<Box<dyn Read + Send>> {
    let mut child = limited(std::env::current_exe()?, sheet)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the reader of workbooks has no pipes"));
    };
    let bytes = bytes.to_vec();
    std::thread::spawn(move || {
        // A child that ends early closes its end; the rows that follow tell why.
        let _closed = stdin.write_all(&bytes);
    });
    Ok(Box::new(Output { child, stdout }))
}

/// The child under an address-space limit, where the platform's shell can set one.
fn limited(program: std::path::PathBuf, sheet: Option<&str>) -> Command {
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!(
                "ulimit -v {} && ulimit -t 120 && exec \"$0\" \"$@\"",
                WORKBOOK_MEMORY / 1024
            ))
            .arg(program);
        shell
    } else {
        Command::new(program)
    };
    command.arg("read-workbook").env_clear();
    if let Some(sheet) = sheet {
        command.arg("--sheet").arg(sheet);
    }
    command
}

/// The child's output; dropping it ends the child.
struct Output {
    child: std::process::Child,
    stdout: std::process::ChildStdout,
}

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stdout.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            let status = self.child.wait()?;
            if !status.success() {
                return Err(io::Error::other(
                    "the workbook needs more memory or time than a workbook may take, or is damaged",
                ));
            }
        }
        Ok(read)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Already ended is the ordinary case.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
