//! The lexer on every source file of the house, whole and cut off anywhere: tokens stand in the text
//! in order, on the lines they name, and broken text ends.

use std::path::Path;
use xtask::lex::{Kind, lex};
use xtask::source::{self, File, Rust};

fn sources() -> Vec<File> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).unwrap_or(here);
    let files = source::read(root).unwrap_or_default();
    files.into_iter().filter(File::is_rust).collect()
}

#[test]
fn tokens_stand_in_the_text_in_order_and_on_their_lines() {
    let sources = sources();
    assert!(sources.len() > 100, "{}", sources.len());
    for file in &sources {
        let mut at = 0;
        for token in lex(&file.text) {
            // Of an empty string nothing but its quotes stands in the text.
            if token.text.is_empty() {
                continue;
            }
            let found = file.text.get(at..).and_then(|rest| rest.find(token.text));
            let Some(found) = found else {
                panic!(
                    "{}:{}: `{}` stands nowhere",
                    file.path, token.line, token.text
                );
            };
            let start = at + found;
            let before = file.text.get(..start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            // A string's line is that of its quote, which may stand before an escaped line break.
            assert!(
                line >= token.line && line <= token.end,
                "{}:{}: `{}` stands on {line}",
                file.path,
                token.line,
                token.text
            );
            assert_eq!(
                token.end - token.line,
                token.text.matches('\n').count(),
                "{}:{}",
                file.path,
                token.line
            );
            at = start + token.text.len();
        }
    }
}

#[test]
fn functions_and_braces_are_matched_in_every_file() {
    for file in &sources() {
        let rust = Rust::new(file);
        let lines = file.text.lines().count();
        for function in &rust.functions {
            assert!(
                *function.lines.end() <= lines,
                "{}: {} ends behind the file",
                file.path,
                function.name
            );
            let last = file
                .text
                .lines()
                .nth(function.lines.end() - 1)
                .unwrap_or_default();
            assert!(
                last.contains('}'),
                "{}: {} ends at `{last}`",
                file.path,
                function.name
            );
        }
        let open = rust.code.iter().filter(|token| token.is("{")).count();
        let close = rust.code.iter().filter(|token| token.is("}")).count();
        assert_eq!(open, close, "{}", file.path);
    }
}

#[test]
fn text_that_is_cut_off_anywhere_ends() {
    let text = "fn a<'l>(s: &'l str) { let _ = r#\"a \"quoted\" one\"#; /* b /* c */ */ 'x'; '\\u{1F600}'; b\"\\\"\"; \"统一\\\n代码\" } // end\n";
    for (at, _) in text.char_indices() {
        let cut = text.get(..at).unwrap_or_default();
        let tokens = lex(cut);
        assert!(tokens.len() <= cut.len() + 1, "{cut}");
        let rest = text.get(at..).unwrap_or_default();
        assert!(lex(rest).len() <= rest.len() + 1, "{rest}");
    }
    for broken in [
        "\"",
        "'",
        "r#\"",
        "/*",
        "b'",
        "'\\",
        "r####",
        "\u{0}\u{FEFF}",
        "}}}}",
        "#[",
        "0x",
        "1e",
        "1..2",
    ] {
        let tokens = lex(broken);
        assert!(
            tokens
                .iter()
                .all(|token| token.kind != Kind::Comment || broken.starts_with('/')),
            "{broken:?}"
        );
    }
}
