//! Patterns of content rules, compiled so that an ordinary text costs one search for words.
//!
//! Patterns with many bounded repeats are slow in any engine; the words that each needs are plain
//! and fast. So a text is searched for the words first, and patterns run only where they stand.

use super::openings::{Openings, spellings};
use super::rules::{ContentError, Entry, Organisation};
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;

/// Patterns of one kind, the words they need, and contexts in which they mean nothing.
#[derive(Debug)]
struct Group<K> {
    kind: K,
    /// `None`: its patterns always run.
    words: Option<Regex>,
    patterns: Vec<Regex>,
    unless: Option<Regex>,
}

/// All groups of one sort.
#[derive(Debug)]
pub(super) struct Patterns<K> {
    words: Option<Regex>,
    /// The words of Latin letters alone: in a text of ASCII no other can stand, and most codes,
    /// numbers and addresses of machines are such texts.
    latin: Option<Regex>,
    /// How the words begin.
    openings: Openings,
    /// Some group runs whatever words stand in the text.
    wordless: bool,
    groups: Vec<Group<K>>,
}

impl<K> Default for Patterns<K> {
    fn default() -> Self {
        Patterns {
            words: None,
            latin: None,
            openings: Openings::default(),
            wordless: false,
            groups: Vec::new(),
        }
    }
}

impl<K: Copy> Patterns<K> {
    pub(super) fn compile(
        entries: &[Entry],
        kind: impl Fn(&str) -> Option<K>,
    ) -> Result<Patterns<K>, ContentError> {
        let mut groups = Vec::with_capacity(entries.len());
        let mut words = Vec::new();
        for entry in entries {
            words.extend_from_slice(&entry.words);
            groups.push(Group {
                kind: kind(&entry.kind).ok_or_else(|| ContentError::Kind(entry.kind.clone()))?,
                words: any_word(&entry.words)?,
                patterns: compile(&entry.patterns)?,
                unless: match entry.unless.as_slice() {
                    [] => None,
                    unless => Some(Regex::new(&unless.join("|"))?),
                },
            });
        }
        let latin: Vec<String> = words
            .iter()
            .filter(|word| word.is_ascii())
            .cloned()
            .collect();
        Ok(Patterns {
            words: any_word(&words)?,
            latin: any_word(&latin)?,
            openings: Openings::of(&words),
            wordless: groups.iter().any(|group: &Group<K>| group.words.is_none()),
            groups,
        })
    }

    /// Whether anything can hold in a text of these letters. False is sure; it costs a third of the
    /// search for the words.
    pub(super) fn may_hold(&self, letters: impl Iterator<Item = char>) -> bool {
        self.wordless || self.openings.may_stand(letters)
    }

    /// Kinds and places of what holds in a text, group by group.
    pub(super) fn find(&self, text: &str) -> Vec<(K, Range<usize>)> {
        let mut found = Vec::new();
        let words = if text.is_ascii() {
            &self.latin
        } else {
            &self.words
        };
        let worded = has_word(words.as_ref(), text);
        if !worded && !self.wordless {
            return found;
        }
        for group in &self.groups {
            if worded || group.words.is_none() {
                group.find(text, &mut found);
            }
        }
        found
    }

    /// Whether anything holds in a text.
    pub(super) fn holds(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }
}

impl<K: Copy> Group<K> {
    /// Where its patterns hold: their group `x` if they have one, else the whole.
    fn find(&self, text: &str, found: &mut Vec<(K, Range<usize>)>) {
        if self.words.is_some() && !has_word(self.words.as_ref(), text) {
            return;
        }
        for pattern in self
            .patterns
            .iter()
            .filter(|pattern| pattern.is_match(text))
        {
            let innocent: Vec<Range<usize>> = match &self.unless {
                Some(unless) => unless.find_iter(text).map(|hit| hit.range()).collect(),
                None => Vec::new(),
            };
            for hit in pattern.captures_iter(text) {
                let Some(whole) = hit.get(0).map(|whole| whole.range()) else {
                    continue;
                };
                let meets =
                    |range: &Range<usize>| range.start < whole.end && whole.start < range.end;
                if !innocent.iter().any(meets) {
                    let part = hit.name("x").map_or(whole, |part| part.range());
                    found.push((self.kind, part));
                }
            }
        }
    }
}

/// A search for any of some plain words; Latin ones in three ways of writing. `None` for no words.
pub(super) fn any_word(words: &[String]) -> Result<Option<Regex>, regex::Error> {
    let plain: Vec<String> = words
        .iter()
        .flat_map(|word| spellings(word))
        .map(|word| regex::escape(&word))
        .collect();
    match plain.as_slice() {
        [] => Ok(None),
        plain => Regex::new(&plain.join("|")).map(Some),
    }
}

pub(super) fn has_word(words: Option<&Regex>, text: &str) -> bool {
    words.is_some_and(|words| words.is_match(text))
}

fn compile(patterns: &[String]) -> Result<Vec<Regex>, regex::Error> {
    patterns.iter().map(|pattern| Regex::new(pattern)).collect()
}

/// Endings of organisations' names.
#[derive(Debug, Default)]
pub(super) struct Endings {
    plain: ByLast,
    short: ByLast,
    strong: ByLast,
    latin: Option<Regex>,
}

/// How surely words are a body's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Body {
    /// Nothing says so.
    No,
    /// They end as shops and offices do.
    Likely,
    /// They end with a legal form.
    Surely,
}

impl Endings {
    pub(super) fn compile(file: &Organisation) -> Result<Endings, regex::Error> {
        let latin = Regex::new(&format!(r"(?i)(?:^|[\s,.])(?:{})$", file.latin.join("|")))?;
        Ok(Endings {
            plain: by_last(&file.endings),
            short: by_last(&file.short),
            strong: by_last(&file.strong),
            latin: Some(latin),
        })
    }

    /// Whether a whole name ends as organisations' names do; a note in brackets at the end is
    /// passed over.
    pub(super) fn end(&self, name: &str) -> bool {
        let name = without_note(name);
        match name.chars().next_back() {
            Some('!'..='~') => self
                .latin
                .as_ref()
                .is_some_and(|latin| latin.is_match(name)),
            Some(_) => {
                has_ending(&self.plain, name)
                    || (name.chars().count() >= 5 && has_ending(&self.short, name))
            }
            None => false,
        }
    }

    /// Whether a name ends with a character that bodies' and people's names may end with.
    pub(super) fn short(&self, name: &str) -> bool {
        has_ending(&self.short, name)
    }

    /// Whether running text begins with a body's name: the strongest ending among its first 40
    /// characters, from the fourth on.
    pub(super) fn begin(&self, text: &str) -> Body {
        let ends = text
            .char_indices()
            .skip(4)
            .map(|(at, _)| at)
            .chain([text.len()]);
        let mut body = Body::No;
        for part in ends.take(37).filter_map(|end| text.get(..end)) {
            if has_ending(&self.strong, part) {
                return Body::Surely;
            }
            if has_ending(&self.plain, part) {
                body = Body::Likely;
            }
        }
        body
    }
}

/// Endings by their last character, which rules most of them out at once.
type ByLast = HashMap<char, Vec<String>>;

fn by_last(endings: &[String]) -> ByLast {
    let mut by_last = ByLast::new();
    for ending in endings {
        if let Some(last) = ending.chars().next_back() {
            by_last.entry(last).or_default().push(ending.clone());
        }
    }
    by_last
}

fn has_ending(endings: &ByLast, name: &str) -> bool {
    let last = name.chars().next_back();
    last.and_then(|last| endings.get(&last))
        .is_some_and(|endings| endings.iter().any(|ending| name.ends_with(ending.as_str())))
}

/// A name without its last bracket: 某某公司（普通合伙）.
fn without_note(name: &str) -> &str {
    let name = name.trim_end();
    match name
        .strip_suffix(['）', ')'])
        .and_then(|open| open.rfind(['（', '(']))
    {
        Some(at) if at > 0 => name.get(..at).unwrap_or(name).trim_end(),
        _ => name,
    }
}
