//! Calls that may not stand in product code, each with what to do instead. Clippy knows some of
//! them too; here they hold without a compiler, for every feature and platform.

use super::Finding;
use crate::lex::{Kind, Token};
use crate::source::Rust;

/// A sequence of tokens that is refused.
struct Ban {
    tokens: &'static [&'static str],
    rooms: Rooms,
    instead: &'static str,
}

/// Where a ban does not hold.
enum Rooms {
    /// It holds everywhere.
    Everywhere,
    /// The command line may: it is the only place that reads clock, environment and entropy.
    NotCli,
    /// These files may: they seal what is a person's, or ask by it.
    Sealer(&'static [&'static str]),
}

const BANS: &[Ban] = &[
    Ban {
        tokens: &[".", "unwrap", "(", ")"],
        rooms: Rooms::Everywhere,
        instead: "return a typed error, or give the default",
    },
    Ban {
        tokens: &[".", "expect", "("],
        rooms: Rooms::Everywhere,
        instead: "return a typed error; name a parser's method `require`",
    },
    Ban {
        tokens: &["panic", "!"],
        rooms: Rooms::Everywhere,
        instead: "return a typed error",
    },
    Ban {
        tokens: &["todo", "!"],
        rooms: Rooms::Everywhere,
        instead: "finish it, or leave it out",
    },
    Ban {
        tokens: &["unimplemented", "!"],
        rooms: Rooms::Everywhere,
        instead: "finish it, or leave it out",
    },
    Ban {
        tokens: &["dbg", "!"],
        rooms: Rooms::Everywhere,
        instead: "use `tracing`, without personal data",
    },
    Ban {
        tokens: &["unsafe"],
        rooms: Rooms::Everywhere,
        instead: "there is no unsafe code here",
    },
    Ban {
        tokens: &["println", "!"],
        rooms: Rooms::NotCli,
        instead: "return text to `cli`, or use `tracing`",
    },
    Ban {
        tokens: &["eprintln", "!"],
        rooms: Rooms::NotCli,
        instead: "return an error to `cli`, or use `tracing`",
    },
    Ban {
        tokens: &["SystemTime", ":", ":", "now"],
        rooms: Rooms::NotCli,
        instead: "take the time as a parameter",
    },
    Ban {
        tokens: &["Instant", ":", ":", "now"],
        rooms: Rooms::NotCli,
        instead: "take the time as a parameter",
    },
    Ban {
        tokens: &["Timestamp", ":", ":", "now"],
        rooms: Rooms::NotCli,
        instead: "take the time as a parameter",
    },
    Ban {
        tokens: &["Zoned", ":", ":", "now"],
        rooms: Rooms::NotCli,
        instead: "take the time as a parameter",
    },
    Ban {
        tokens: &["std", ":", ":", "env"],
        rooms: Rooms::NotCli,
        instead: "take the setting as a parameter",
    },
    Ban {
        tokens: &["env", ":", ":", "var"],
        rooms: Rooms::NotCli,
        instead: "take the setting as a parameter",
    },
    Ban {
        tokens: &["thread_rng"],
        rooms: Rooms::NotCli,
        instead: "take entropy as a parameter",
    },
    Ban {
        tokens: &["getrandom"],
        rooms: Rooms::NotCli,
        instead: "take entropy as a parameter",
    },
    Ban {
        tokens: &["OsRng"],
        rooms: Rooms::NotCli,
        instead: "take entropy as a parameter",
    },
    Ban {
        tokens: &[".", "reveal", "("],
        rooms: Rooms::Sealer(&[
            "crates/exchange/src/ingest/person.rs",
            "crates/exchange/src/persons.rs",
        ]),
        instead: "what is a natural person's is looked into by the sealer alone",
    },
];

/// Checks product code.
pub fn check(source: &Rust<'_>, findings: &mut Vec<Finding>) {
    let is_cli = source.file.room() == Some("cli");
    for (at, token) in source.code.iter().enumerate() {
        if token.kind == Kind::Str || source.is_test(token.line) {
            continue;
        }
        let tail = source.code.get(at..).unwrap_or_default();
        for ban in BANS {
            let holds = match ban.rooms {
                Rooms::Everywhere => true,
                Rooms::NotCli => !is_cli,
                Rooms::Sealer(files) => !files.contains(&source.file.path.as_str()),
            };
            if holds && begins(tail, ban.tokens) {
                let call = ban.tokens.concat();
                let message = format!("`{call}` is banned: {}", ban.instead);
                findings.push(Finding::new(source.file, token.line, "banned", message));
            }
        }
    }
}

fn begins(tail: &[Token<'_>], pattern: &[&str]) -> bool {
    tail.len() >= pattern.len() && tail.iter().zip(pattern).all(|(token, text)| token.is(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::File;

    fn count(path: &str, text: &str) -> usize {
        let file = File {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check(&Rust::new(&file), &mut findings);
        findings.len()
    }

    #[test]
    fn every_ban_is_found_and_only_in_code() {
        for ban in BANS {
            let call = ban.tokens.concat();
            assert_eq!(
                count(
                    "crates/credit/src/a.rs",
                    &format!("fn a() {{ x{call} }}")
                        .replace("x.", "x .")
                        .replacen('x', "x ", 1)
                ),
                1,
                "{call}"
            );
            assert_eq!(
                count(
                    "crates/credit/src/a.rs",
                    &format!("// {call}\nconst A: &str = \"{call}\";")
                ),
                0
            );
            assert_eq!(
                count(
                    "crates/credit/src/a.rs",
                    &format!("#[cfg(test)]\nmod tests {{ fn a() {{ {call} }} }}")
                ),
                0
            );
        }
    }

    #[test]
    fn only_the_command_line_reads_the_world() {
        let text = "fn a() { SystemTime::now(); std::env::args(); }";
        assert_eq!(count("crates/store/src/a.rs", text), 2);
        assert_eq!(count("crates/cli/src/a.rs", text), 0);
        assert_eq!(count("crates/cli/src/a.rs", "fn a() { b.unwrap(); }"), 1);
    }

    #[test]
    fn only_the_sealer_looks_into_what_is_personal() {
        let text = "fn a() { draft.fact.reveal(); }";
        assert_eq!(count("crates/exchange/src/ingest/person.rs", text), 0);
        for path in [
            "crates/exchange/src/ingest/decide.rs",
            "crates/cli/src/main.rs",
            "crates/store/src/person.rs",
            "crates/web/src/portal/supply/window.rs",
        ] {
            assert_eq!(count(path, text), 1, "{path}");
        }
    }

    #[test]
    fn names_that_only_look_alike_pass() {
        let text = "fn a() { b.unwrap_or(0); b.unwrap_or_else(c); d.expected(); panic::catch(); env!(\"A\"); }";
        assert_eq!(count("crates/store/src/a.rs", text), 0);
    }
}
