//! M9: signed reports, as canonical JSON and as PDF, on one core; beside what OpenSSL signs in a second
//! (a signature alone) and what a browser prints.

use super::figures::{Row, Table};
use super::measure::Bench;
use std::io;

/// Seconds of a run.
const SECONDS: &str = "5";
/// Runs of each.
const RUNS: usize = 3;
/// Reports that the browser prints in a run.
const PRINTS: u32 = 5;
/// What the program prints, with the label of its row.
const OURS: [(&str, &str); 4] = [
    (
        "reports as signed canonical JSON:",
        "signed JSON, made and signed",
    ),
    (
        "reports issued, read and kept:",
        "signed JSON, issued: read, signed, kept on the disk",
    ),
    (
        "reports verified by number:",
        "standing by number: today's facts read and compared",
    ),
    (
        "reports issued as PDF:",
        "signed PDF, issued, with the file inside",
    ),
];

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "web", "--example", "m9"])?;
    let program = bench.built("examples/m9");
    let openssl = bench.debian("openssl", "openssl")?;
    let chromium = bench.debian("chromium", "chromium")?;
    let folder = bench.file("");
    let mut ours = OURS.map(|_| Vec::new());
    let (mut signs, mut prints) = (Vec::new(), Vec::new());
    for turn in 0..RUNS {
        let words = [&program, folder.as_str(), SECONDS];
        let ran = bench.run(&format!("gongxin-{turn}"), &words)?;
        for ((text, _), figures) in OURS.iter().zip(&mut ours) {
            figures.extend(ran.number(text));
        }
        let words = [&openssl, "speed", "-mr", "-seconds", SECONDS, "ed25519"];
        let ran = bench.run(&format!("openssl-{turn}"), &words)?;
        signs.extend(signatures(&ran.output));
        prints.push(printed(bench, &chromium, turn)?);
    }
    let mut rows = vec![
        Row::peer("OpenSSL, Ed25519 signatures of a short message", signs),
        Row::peer("Chromium, the same report printed to PDF", prints),
    ];
    for (place, ((_, label), figures)) in OURS.iter().zip(ours).enumerate() {
        let row = Row::ours(label, figures);
        rows.push(match place {
            0 => row.against(0),
            3 => row.against(1),
            _ => row,
        });
    }
    Ok(Table {
        title: "signed reports".to_owned(),
        unit: "a second",
        goal: "2,000 signed JSON reports and 50 PDFs a second on one core",
        rows,
        notes: vec![
            "a report of ten sections with two facts, some 14 kB of JSON; one thread".to_owned(),
            "OpenSSL signs a message of some bytes; a report is read, opened, ordered and written first".to_owned(),
            "the browser is started for each report, as a server without a browser kept warm does it".to_owned(),
        ],
    })
}

/// Signatures a second from `openssl speed -mr`, whose last line ends with the rates of signing and of
/// verifying.
fn signatures(output: &str) -> Option<f64> {
    let line = output.lines().rev().find(|line| line.starts_with("+F"))?;
    line.rsplit(':').nth(1)?.parse().ok()
}

/// Prints of the page a second.
fn printed(bench: &mut Bench, chromium: &str, turn: usize) -> io::Result<f64> {
    let page = format!("file://{}", bench.file("report.html"));
    let to = format!("--print-to-pdf={}", bench.file("printed.pdf"));
    let mut seconds = 0.0;
    for print in 0..PRINTS {
        let words = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            &to,
            &page,
        ];
        let ran = bench.run(&format!("chromium-{turn}-{print}"), &words)?;
        seconds += ran.seconds;
    }
    Ok(f64::from(PRINTS) / seconds)
}

#[cfg(test)]
mod tests {
    use super::signatures;

    #[test]
    fn a_rate_is_read_from_what_openssl_prints() {
        let output = "+R6:20000:253:Ed25519:1.00\n+F6:0:253:Ed25519:16812.12:7170.31\n";
        assert_eq!(signatures(output), Some(16_812.12));
        assert_eq!(signatures("nothing"), None);
    }
}
