//! What is shipped: its parts by name and digest, and a program that anyone builds again.

use std::collections::BTreeSet;
use std::path::Path;
use xtask::{repro, sbom};

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

#[test]
fn every_part_is_named_with_its_digest_and_licence() -> std::io::Result<()> {
    let text = sbom::text(root())?;
    assert_eq!(
        text,
        sbom::text(root())?,
        "the same sources, the same bytes"
    );
    let components: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("\"type\": \"library\""))
        .collect();
    assert!(components.len() > 200, "{}", components.len());
    let own: BTreeSet<&str> = ["cli", "web", "store", "seal", "credit"].into();
    for line in &components {
        let part = |name: &str| line.contains(&format!("\"name\": \"{name}\""));
        let ours = own.iter().any(|name| part(name)) || !line.contains("\"purl\"");
        assert!(ours || line.contains("\"alg\": \"SHA-256\""), "{line}");
        assert!(line.contains("\"licenses\""), "no licence: {line}");
    }
    // What tests alone need is no part of the program.
    for development in ["proptest", "insta", "testkit", "xtask"] {
        let named = format!("\"name\": \"{development}\"");
        assert!(!text.contains(&named), "{development}");
    }
    for shipped in ["axum", "rusqlite", "ed25519-dalek", "typst"] {
        assert!(
            text.contains(&format!("\"name\": \"{shipped}\"")),
            "{shipped}"
        );
    }
    Ok(())
}

/// The smallest program of the house; the whole is `cargo xtask repro`.
#[test]
fn two_builds_in_two_folders_are_equal() {
    let built = repro::run(root(), "xtask", "xtask", false);
    assert!(built.is_ok(), "{built:?}");
}
