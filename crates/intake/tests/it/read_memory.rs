//! Memory does not grow with the file: a stream of 200 MB is made while it is read.

use intake::read::{ReadOptions, open};
use intake::source::Source;
use std::error::Error;
use std::io::{self, Read};

/// Gives a header, then one row again and again, then an ending.
struct Endless {
    header: &'static [u8],
    row: &'static [u8],
    ending: &'static [u8],
    left: u64,
    pending: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending.is_empty() {
            let part = if self.header.is_empty() {
                self.row
            } else {
                std::mem::take(&mut self.header)
            };
            let part = match self.left.checked_sub(1) {
                Some(left) => {
                    self.left = left;
                    part
                }
                None => std::mem::take(&mut self.ending),
            };
            self.pending.extend_from_slice(part);
        }
        let taken = self.pending.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&self.pending[..taken]);
        self.pending.drain(..taken);
        Ok(taken)
    }
}

/// Peak resident memory of this process in KiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Reads `rows` rows of a made file; gives how many came.
fn run(
    name: &str,
    header: &'static [u8],
    row: &'static [u8],
    ending: &'static [u8],
    rows: u64,
) -> Result<u64, Box<dyn Error>> {
    let opener = || -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Endless {
            header,
            row,
            ending,
            left: rows + 1,
            pending: Vec::new(),
        }))
    };
    let source = Source {
        name: name.to_owned(),
        open: &opener,
        bytes: rows * row.len() as u64,
    };
    let mut stream = open(&source, &ReadOptions::default())?;
    let mut seen = 0;
    while let Some(row) = stream.next()? {
        assert_eq!(row.len(), 3);
        seen += 1;
    }
    Ok(seen)
}

/// Other tests share this process and its peak, so the reading is done in a process of its own.
#[test]
fn two_hundred_megabytes_take_no_more_memory_than_two() -> Result<(), Box<dyn Error>> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .args([
            "--exact",
            "read_memory::in_a_process_of_its_own",
            "--ignored",
            "--nocapture",
        ])
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains("1 passed"), "the reading did not run: {told}");
    Ok(())
}

/// Name, header, row and ending of a made file.
type Made = (&'static str, &'static [u8], &'static [u8], &'static [u8]);

#[test]
#[ignore = "run by the test above in a process of its own"]
fn in_a_process_of_its_own() -> Result<(), Box<dyn Error>> {
    const CSV: &[u8] = "91230800MA18XN8J5K,佳木斯凯华凯立汽车销售服务有限公司,\"佳木斯市向阳区税务局税源管理一股\"\n".as_bytes();
    const JSON: &[u8] =
        "{\"c\":\"91230800MA18XN8J5K\",\"n\":\"佳木斯凯华凯立汽车销售服务有限公司\",\"o\":1},"
            .as_bytes();
    const LINE: &[u8] =
        "{\"c\":\"91230800MA18XN8J5K\",\"n\":\"佳木斯凯华凯立汽车销售服务有限公司\",\"o\":1}\n"
            .as_bytes();
    const XML: &[u8] =
        "<r><c>91230800MA18XN8J5K</c><n>佳木斯凯华凯立汽车销售服务有限公司</n><o>1</o></r>"
            .as_bytes();
    let forms: [Made; 4] = [
        ("x.csv", "代码,名称,机关\n".as_bytes(), CSV, b""),
        (
            "x.json",
            b"{\"list\":[",
            JSON,
            b"{\"c\":\"\",\"n\":\"\",\"o\":0}]}",
        ),
        ("x.ndjson", b"\n", LINE, b""),
        ("x.xml", b"<l>", XML, b"</l>"),
    ];
    for (name, header, row, ending) in forms {
        let extra = u64::from(name == "x.json");
        let few = 2_000_000 / row.len() as u64;
        assert_eq!(run(name, header, row, ending, few)?, few + extra, "{name}");
        let before = peak();
        let many = 200_000_000 / row.len() as u64;
        assert_eq!(
            run(name, header, row, ending, many)?,
            many + extra,
            "{name}"
        );
        if let (Some(before), Some(after)) = (before, peak()) {
            assert!(
                after - before < 20 << 10,
                "{name}: {before} KiB grew to {after} KiB"
            );
        }
    }
    Ok(())
}
