//! A small lexer of Rust: enough to tell code from strings and comments and to match braces. A full
//! parser would be a dependency, and the chores run before any dependency is built.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword, `r#` included.
    Ident,
    /// A string of any sort; the token's text is what stands between the quotes.
    Str,
    /// A character, lifetime or number: nothing that a check reads.
    Other,
    /// A comment with its slashes.
    Comment,
    /// One character of punctuation.
    Punct,
}

/// A token with the lines it stands on (from 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
    /// Line of its first character.
    pub line: usize,
    /// Line of its last character.
    pub end: usize,
}

impl Token<'_> {
    /// Whether it is this identifier or this mark.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Ident | Kind::Punct) && self.text == text
    }
}

/// The tokens of a source text. Text that is no Rust gives some tokens and never an error: the
/// compiler is the judge of that.
#[must_use]
pub fn lex(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        source,
        at: 0,
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token() {
        tokens.push(token);
    }
    tokens
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn next_token(&mut self) -> Option<Token<'a>> {
        let blank = self.rest().len() - self.rest().trim_start().len();
        self.step(blank);
        let rest = self.rest();
        let first = rest.chars().next()?;
        if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            return Some(self.take(Kind::Comment, length));
        }
        if rest.starts_with("/*") {
            return Some(self.take(Kind::Comment, block_comment(rest)));
        }
        if let Some((open, close, length)) = string(rest) {
            return Some(self.take_string(open, close, length));
        }
        if first == '\'' {
            return Some(self.take(Kind::Other, quote(rest)));
        }
        let word = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if word > 0 {
            let kind = if first.is_ascii_digit() {
                Kind::Other
            } else {
                Kind::Ident
            };
            return Some(self.take(kind, word));
        }
        Some(self.take(Kind::Punct, first.len_utf8()))
    }

    fn take(&mut self, kind: Kind, length: usize) -> Token<'a> {
        let text = self.rest().get(..length).unwrap_or("");
        let line = self.line;
        self.step(length.max(1));
        Token {
            kind,
            text,
            line,
            end: self.line,
        }
    }

    fn take_string(&mut self, open: usize, close: usize, length: usize) -> Token<'a> {
        let text = self
            .rest()
            .get(open..length.saturating_sub(close))
            .unwrap_or("");
        let line = self.line;
        self.step(length);
        Token {
            kind: Kind::Str,
            text,
            line,
            end: self.line,
        }
    }

    fn step(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or("");
        self.line += passed.matches('\n').count();
        self.at += length;
    }
}

/// Length of a block comment; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// If a string begins here: bytes of its opening, of its closing, and of all of it.
fn string(rest: &str) -> Option<(usize, usize, usize)> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let tail = rest.strip_prefix(prefix).unwrap_or("");
        tail.starts_with('"') || (prefix.ends_with('r') && raw_hashes(tail).is_some())
    })?;
    let tail = rest.get(prefix.len()..)?;
    if prefix.ends_with('r') {
        let hashes = raw_hashes(tail)?;
        let open = prefix.len() + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = rest
            .get(open..)?
            .find(&end)
            .map_or(rest.len(), |at| open + at + end.len());
        return Some((open, end.len(), length));
    }
    let mut escaped = false;
    for (at, c) in tail.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((prefix.len() + 1, 1, prefix.len() + at + 1)),
            _ => {}
        }
    }
    Some((prefix.len() + 1, 0, rest.len()))
}

/// The hashes of a raw string's opening, if one begins here.
fn raw_hashes(tail: &str) -> Option<usize> {
    let hashes = tail.len() - tail.trim_start_matches('#').len();
    tail.get(hashes..)?.starts_with('"').then_some(hashes)
}

/// Length of a character or a lifetime.
fn quote(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let Some((_, first)) = chars.next() else {
        return 1;
    };
    if first == '\\' {
        let tail = rest.get(3..).unwrap_or("");
        return tail.find('\'').map_or(rest.len(), |at| at + 4);
    }
    match chars.next() {
        Some((at, '\'')) => at + 1,
        _ => {
            let tail = rest.get(1..).unwrap_or("");
            1 + tail
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(tail.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str, kind: Kind) -> Vec<&str> {
        lex(source)
            .into_iter()
            .filter(|t| t.kind == kind)
            .map(|t| t.text)
            .collect()
    }

    #[test]
    fn strings_of_every_sort_are_one_token() {
        let source = r####"("a\"b", r"c\", r#"d"e"#, b"f", br##"g"#h"##, c"i")"####;
        let expected = ["a\\\"b", "c\\", "d\"e", "f", "g\"#h", "i"];
        assert_eq!(texts(source, Kind::Str), expected);
    }

    #[test]
    fn quotes_inside_comments_and_braces_inside_strings_are_not_code() {
        let source = "// don't \"\n/* a /* { */ b */ fn f() { \"}\"; '{'; '\\''; }";
        let braces: Vec<_> = texts(source, Kind::Punct)
            .into_iter()
            .filter(|t| matches!(*t, "{" | "}"))
            .collect();
        assert_eq!(braces, ["{", "}"]);
        assert_eq!(texts(source, Kind::Comment).len(), 2);
    }

    #[test]
    fn lifetimes_are_not_characters() {
        assert_eq!(
            texts("fn f<'a>(x: &'a str, y: 'static) {}", Kind::Other),
            ["'a", "'a", "'static"]
        );
        assert_eq!(texts("let c = '界';", Kind::Other), ["'界'"]);
    }

    #[test]
    fn lines_are_counted_through_strings() {
        let tokens = lex("\"a\nb\"\nx");
        assert_eq!(
            tokens.iter().map(|t| (t.line, t.end)).collect::<Vec<_>>(),
            [(1, 2), (3, 3)]
        );
    }

    #[test]
    fn an_identifier_that_begins_like_a_raw_string_is_an_identifier() {
        assert_eq!(
            texts("r#fn br cr b r", Kind::Ident),
            ["r", "fn", "br", "cr", "b", "r"]
        );
    }

    #[test]
    fn broken_text_ends() {
        for broken in ["\"", "r#\"", "'", "'\\", "/*", "b'", "é'"] {
            assert!(lex(broken).len() < 5);
        }
    }
}
