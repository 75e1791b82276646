//! The chores, run on the workspace itself.

#![allow(clippy::panic, reason = "tests stop where something is wrong")]

mod lexer;
mod rules;
mod shipped;

use std::path::Path;
use xtask::tidy;

#[test]
fn the_workspace_is_tidy() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).unwrap_or(here);
    let report = tidy::check(root)?;
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
    Ok(())
}
