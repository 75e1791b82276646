//! `cargo xtask CHORE`: the commands of the working day.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::tidy;

const HELP: &str = "\
cargo xtask tidy            sizes, edges, banned calls, SQL, words; prints style by the numbers
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next().unwrap_or_default();
    match chore.as_str() {
        "tidy" => run_tidy(&root()),
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}

/// The workspace: the folder two above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn run_tidy(root: &Path) -> ExitCode {
    match tidy::check(root) {
        Ok(report) => {
            println!("{}", report.style);
            for finding in &report.findings {
                println!("{finding}");
            }
            println!("tidy: {} findings", report.findings.len());
            ExitCode::from(u8::from(!report.findings.is_empty()))
        }
        Err(error) => {
            eprintln!("tidy cannot read the workspace: {error}");
            ExitCode::FAILURE
        }
    }
}
