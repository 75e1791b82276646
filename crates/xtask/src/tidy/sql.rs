//! SQL stands in `store` and nowhere else, and what stands there runs on SQLite, on PostgreSQL and on
//! a distributed PostgreSQL alike. The rules are those that have broken such schemas before.

use super::Finding;
use crate::lex::Kind;
use crate::source::{File, Rust};

/// The rule a statement breaks, as words that must not occur and why.
const REFUSED: &[(&[&str], &str)] = &[
    (
        &["CREATE", "TRIGGER"],
        "no triggers: a write says all that it does",
    ),
    (
        &["CREATE", "RULE"],
        "no rules: a write says all that it does",
    ),
    (
        &["CREATE", "OR", "REPLACE", "RULE"],
        "no rules: a write says all that it does",
    ),
    (
        &["EXCLUDE", "USING"],
        "no exclusion constraints: SQLite has none",
    ),
    (&["ROLLUP"], "no ROLLUP: compute totals in Rust"),
    (&["CUBE"], "no CUBE: compute totals in Rust"),
    (
        &["GROUPING", "SETS"],
        "no GROUPING SETS: compute totals in Rust",
    ),
    (&["LISTEN"], "no LISTEN: poll with a lease"),
    (&["NOTIFY"], "no NOTIFY: poll with a lease"),
    (
        &["PG_ADVISORY_LOCK"],
        "no advisory locks: use a lease with a fencing number",
    ),
    (
        &["PG_ADVISORY_XACT_LOCK"],
        "no advisory locks: use a lease with a fencing number",
    ),
    (
        &["PG_TRY_ADVISORY_LOCK"],
        "no advisory locks: use a lease with a fencing number",
    ),
    (
        &["PG_TRY_ADVISORY_XACT_LOCK"],
        "no advisory locks: use a lease with a fencing number",
    ),
    (&["PREPARE", "TRANSACTION"], "no two-phase commit"),
    (&["CURRENT_TIMESTAMP"], "bind the time: it is a parameter"),
    (&["CURRENT_DATE"], "bind the day: it is a parameter"),
    (&["NOW", "("], "bind the time: it is a parameter"),
    (&["RANDOM", "("], "bind the value: entropy is a parameter"),
    (&["GEN_RANDOM_UUID"], "bind the id: it is computed in Rust"),
    (&["ROW", "LEVEL", "SECURITY"], "filters stand in WHERE"),
];

/// Checks the strings of one source: no SQL outside `store`, portable SQL inside.
pub fn check_rust(source: &Rust<'_>, findings: &mut Vec<Finding>) {
    let in_store = source.file.room() == Some("store");
    let strings = source.code.iter().filter(|token| token.kind == Kind::Str);
    for string in strings.filter(|token| !source.is_test(token.line)) {
        let words = words(string.text);
        if in_store && is_statement(&words) {
            check_statement(source.file, string.line, &words, findings);
        } else if !in_store && is_sql(&words) {
            let message = "SQL stands in `store` only: add a method there";
            findings.push(Finding::new(
                source.file,
                string.line,
                "sql-outside-store",
                message,
            ));
        }
    }
}

/// Checks the `.sql` files of the store, statement by statement.
pub fn check_files(files: &[File], findings: &mut Vec<Finding>) {
    for file in files.iter().filter(|file| file.path.ends_with(".sql")) {
        if file.room() != Some("store") {
            findings.push(Finding::new(
                file,
                0,
                "sql-outside-store",
                "SQL stands in `store` only",
            ));
            continue;
        }
        let mut line = 1;
        for statement in file.text.split(';') {
            let lead = statement.len() - statement.trim_start().len();
            let start = line + statement.get(..lead).unwrap_or("").matches('\n').count();
            check_statement(file, start, &words(statement), findings);
            line += statement.matches('\n').count();
        }
    }
}

/// Upper-case words, brackets and marks of a statement, without comments and quoted text.
fn words(sql: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in sql.lines() {
        let code = line.split("--").next().unwrap_or("");
        for (at, part) in code.split('\'').enumerate() {
            if at % 2 == 1 {
                found.push("''".to_owned());
                continue;
            }
            let mut word = String::new();
            for c in part.chars() {
                if c.is_alphanumeric() || "_$.{}".contains(c) {
                    word.extend(c.to_uppercase());
                    continue;
                }
                if !word.is_empty() {
                    found.push(std::mem::take(&mut word));
                }
                if !c.is_whitespace() {
                    found.push(c.to_string());
                }
            }
            if !word.is_empty() {
                found.push(word);
            }
        }
    }
    found
}

fn has(words: &[String], pattern: &[&str]) -> bool {
    words
        .windows(pattern.len())
        .any(|window| window.iter().zip(pattern).all(|(a, b)| a == b))
}

fn word(words: &[String], text: &str) -> bool {
    words.iter().any(|word| word == text)
}

/// What can only be SQL, in any string.
fn is_sql(words: &[String]) -> bool {
    let first = words.first().map_or("", String::as_str);
    (first == "SELECT" && word(words, "FROM"))
        || has(words, &["INSERT", "INTO"])
        || (first == "UPDATE" && word(words, "SET"))
        || has(words, &["DELETE", "FROM"])
        || has(words, &["CREATE", "TABLE"])
}

/// What looks like a whole statement: sentences for people begin otherwise.
fn is_statement(words: &[String]) -> bool {
    let first = words.first().map_or("", String::as_str);
    match first {
        "SELECT" => words.len() > 2,
        "WITH" => word(words, "AS") && word(words, "SELECT"),
        "UPDATE" => word(words, "SET"),
        "INSERT" => word(words, "INTO"),
        "DELETE" => word(words, "FROM"),
        "CREATE" | "ALTER" | "DROP" => ["TABLE", "INDEX", "VIEW", "TRIGGER", "RULE"]
            .iter()
            .any(|kind| word(words, kind)),
        "LISTEN" | "NOTIFY" => words.len() == 2,
        _ => false,
    }
}

fn check_statement(file: &File, line: usize, words: &[String], findings: &mut Vec<Finding>) {
    let mut refuse = |rule, message: &str| findings.push(Finding::new(file, line, rule, message));
    for (pattern, why) in REFUSED {
        if has(words, pattern) {
            refuse("sql-portable", why);
        }
    }
    if sets_subject(words) {
        refuse(
            "sql-portable",
            "never update `subject_id`: a merge is a row of membership",
        );
    }
    if needs_order(words) {
        refuse(
            "sql-order",
            "several rows may come: say ORDER BY, so that every engine gives one order",
        );
    }
}

/// Whether the SET clause of an update names `subject_id` as its target.
fn sets_subject(words: &[String]) -> bool {
    let Some(set) = words.iter().position(|word| word == "SET") else {
        return false;
    };
    let clause = words
        .iter()
        .skip(set)
        .take_while(|word| *word != "WHERE" && *word != "RETURNING");
    let clause: Vec<&String> = clause.collect();
    word(words, "UPDATE")
        && clause.windows(3).any(|window| {
            matches!(window, [before, name, equals]
                if name.as_str() == "SUBJECT_ID" && equals.as_str() == "=" && matches!(before.as_str(), "SET" | ","))
        })
}

/// A SELECT that surely can give several rows and names no order. Where it cannot be told, it passes:
/// a table that is put in by `{…}` may be a single row.
fn needs_order(words: &[String]) -> bool {
    if words
        .windows(2)
        .any(|pair| matches!(pair, [from, to] if from == "FROM" && to.starts_with('{')))
    {
        return false;
    }
    let first = words.first().map_or("", String::as_str);
    let reads = first == "SELECT"
        || (first == "WITH"
            && !["INSERT", "UPDATE", "DELETE"]
                .iter()
                .any(|w| word(words, w)));
    if !reads || has(words, &["ORDER", "BY"]) || has(words, &["LIMIT", "1"]) || !word(words, "FROM")
    {
        return false;
    }
    let aggregates = ["COUNT", "SUM", "MAX", "MIN", "EXISTS", "COALESCE"];
    let one_row = words
        .get(1)
        .is_some_and(|next| aggregates.contains(&next.as_str()))
        && !has(words, &["GROUP", "BY"]);
    let many = !word(words, "WHERE")
        || word(words, "UNNEST")
        || word(words, "LIKE")
        || has(words, &["IN", "("])
        || has(words, &["ANY", "("])
        || word(words, "LIMIT")
        || has(words, &["GROUP", "BY"]);
    many && !one_row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, statement: &str) -> Vec<&'static str> {
        let file = File {
            path: path.into(),
            text: format!("const A: &str = \"{statement}\";"),
        };
        let mut findings = Vec::new();
        check_rust(&Rust::new(&file), &mut findings);
        findings.into_iter().map(|finding| finding.rule).collect()
    }

    const STORE: &str = "crates/store/src/a.rs";

    #[test]
    fn sql_outside_store_is_refused() {
        for sql in [
            "SELECT a FROM b",
            "insert into a values (1)",
            "UPDATE a SET b = 1",
            "x DELETE FROM a",
            "CREATE TABLE a (b)",
        ] {
            assert_eq!(
                rules("crates/web/src/a.rs", sql),
                ["sql-outside-store"],
                "{sql}"
            );
        }
        for text in [
            "choose a file from the list",
            "update the page",
            "Create a tab",
            "a from b",
        ] {
            assert!(rules("crates/web/src/a.rs", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn good_statements_pass() {
        for sql in [
            "SELECT a FROM b WHERE c = $1",
            "SELECT count(*) FROM b",
            "SELECT a FROM b WHERE c IN (SELECT d FROM e) ORDER BY a",
            "INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET c = EXCLUDED.c",
            "UPDATE a SET c = $2 WHERE subject_id = $1",
            "SELECT 1",
        ] {
            assert!(rules(STORE, sql).is_empty(), "{sql}");
        }
    }

    #[test]
    fn bad_statements_are_refused() {
        for (sql, rule) in [
            ("CREATE TRIGGER a AFTER INSERT ON b", "sql-portable"),
            ("SELECT a FROM b WHERE c = now()", "sql-portable"),
            (
                "SELECT pg_advisory_lock(1) FROM a WHERE b = 1",
                "sql-portable",
            ),
            (
                "UPDATE a SET b = 1, subject_id = $2 WHERE c = $1",
                "sql-portable",
            ),
            ("SELECT a FROM b", "sql-order"),
            ("SELECT a FROM b WHERE c LIKE $1", "sql-order"),
            ("SELECT a FROM b WHERE c = ANY($1)", "sql-order"),
            (
                "SELECT a, count(*) FROM b WHERE c = 1 GROUP BY a",
                "sql-order",
            ),
        ] {
            assert_eq!(rules(STORE, sql), [rule], "{sql}");
        }
    }

    #[test]
    fn words_in_quotes_and_comments_are_not_statements() {
        assert!(rules(STORE, "SELECT a FROM b WHERE c = 'LISTEN' -- ROLLUP").is_empty());
    }

    #[test]
    fn migrations_are_read_statement_by_statement() {
        let text = "-- a table; with a mark\nCREATE TABLE a (b TEXT);\n\nCREATE TRIGGER c;\n";
        let file = |path: &str| File {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check_files(
            &[file("crates/store/migrations/0001.sql"), file("docs/a.sql")],
            &mut findings,
        );
        let found: Vec<_> = findings.iter().map(|f| (f.rule, f.line)).collect();
        assert_eq!(found, [("sql-portable", 4), ("sql-outside-store", 0)]);
    }
}
