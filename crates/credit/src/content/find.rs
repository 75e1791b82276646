//! Names of people in running text. Chinese does not mark where a name ends, so a name is taken
//! only after a label that people stand behind (法定代表人, 当事人 …) or before a mark that only people
//! bear (，男，); its end is found by the words that can follow. What stays unclear is a doubt.

use super::pattern::{Body, Endings, any_word, has_word};
use regex::Regex;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Range;

/// The `[names]` table of the rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameFile {
    /// Words that a person's name follows.
    labels: Vec<String>,
    /// Surnames of one character that begin few other words.
    surnames: String,
    /// Surnames of two characters.
    compound: Vec<String>,
    /// Surnames that are common words too: taken only behind a colon or before a sure mark.
    unsure: String,
    /// Characters that may follow a name and are in few given names.
    stops: String,
    /// Characters that end a body's name in running text.
    breaks: String,
    /// Words in which such a character ends nothing.
    unbroken: Vec<String>,
    /// Words after a label that begin with a surname and are no name.
    words: Vec<String>,
    /// What stands right behind a person's name, as a pattern.
    behind: String,
}

/// Compiled name rules.
#[derive(Debug, Default)]
pub(super) struct Names {
    label_words: Option<Regex>,
    labels: Option<Regex>,
    behind: Option<Regex>,
    surnames: HashSet<char>,
    unsure: HashSet<char>,
    compound: HashSet<String>,
    stops: HashSet<char>,
    breaks: HashSet<char>,
    unbroken: Vec<String>,
    words: Vec<String>,
}

/// Names found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of names.
    pub(super) sure: Vec<Range<usize>>,
    /// Something may be a name and its extent is unclear.
    pub(super) doubtful: bool,
}

/// What may be a name at some place.
enum Guess {
    Name(usize),
    Unclear(usize),
    Nothing,
}

impl Names {
    pub(super) fn compile(file: NameFile) -> Result<Names, regex::Error> {
        let labels = file.labels.join("|");
        Ok(Names {
            label_words: any_word(&file.labels)?,
            labels: Some(Regex::new(&format!(
                r"(?:{labels})(?:（[^）]{{1,20}}）|\([^)]{{1,20}}\))?(?P<colon>\s*[:：]\s*|\s*(?:为|是|系|即)\s*|\s+)?"
            ))?),
            behind: Some(Regex::new(&file.behind)?),
            surnames: file
                .surnames
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect(),
            unsure: file
                .unsure
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect(),
            compound: file.compound.into_iter().collect(),
            stops: file.stops.chars().collect(),
            breaks: file.breaks.chars().collect(),
            unbroken: file.unbroken,
            words: file.words,
        })
    }

    /// Finds names; `endings` tell names of bodies from people's.
    pub(super) fn find(&self, text: &str, endings: &Endings) -> Found {
        let mut found = Found::default();
        let labels = has_word(self.label_words.as_ref(), text).then_some(self.labels.as_ref());
        let labels = labels.flatten().into_iter();
        let labels = labels.flat_map(|labels| labels.captures_iter(text));
        for label in labels {
            let marked = label.name("colon").is_some();
            let start = label.get(0).map_or(0, |whole| whole.end());
            self.after_label(text, start, marked, endings, &mut found);
        }
        if !text.contains(['男', '女']) {
            return found;
        }
        let behind = self.behind.iter().flat_map(|behind| behind.find_iter(text));
        for mark in behind {
            self.before_mark(text, mark.start(), &mut found);
        }
        found
    }

    /// Reads a name, and further names joined to it by 、 or 和.
    fn after_label(
        &self,
        text: &str,
        start: usize,
        marked: bool,
        endings: &Endings,
        found: &mut Found,
    ) {
        let mut at = start;
        let mut marked = marked;
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let body = endings.begin(self.head(clause(rest)));
            let len = match (self.guess(rest, marked), body) {
                (Guess::Nothing, _) | (_, Body::Surely) | (Guess::Unclear(_), Body::Likely) => {
                    return;
                }
                (Guess::Name(len), Body::No) => len,
                // 王开利商店 is a shop, 王小明开商店 is a person.
                (Guess::Name(len) | Guess::Unclear(len), _) => {
                    found.doubtful = true;
                    len
                }
            };
            found.sure.push(at..at + len);
            at += len;
            let Some(joiner) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                return;
            };
            if !matches!(joiner, '、' | '和' | '及' | '与') {
                return;
            }
            at += joiner.len_utf8();
            marked = true;
        }
    }

    /// A name right before a mark such as `，男，`: the two to four characters before it, from the
    /// last place where a surname begins.
    fn before_mark(&self, text: &str, end: usize, found: &mut Found) {
        let before = text.get(..end).unwrap_or_default();
        let letters: Vec<(usize, char)> = before.char_indices().rev().take(4).collect();
        for &(at, letter) in letters.iter().skip(1).rev() {
            let name = before.get(at..).unwrap_or_default();
            let surname = self.surnames.contains(&letter) || self.unsure.contains(&letter);
            if name.chars().all(is_han) && (surname || self.has_compound(name)) {
                found.sure.push(at..end);
                return;
            }
        }
        found.doubtful |= letters.iter().take(2).all(|(_, letter)| is_han(*letter));
    }

    /// Guesses the name that begins a text; lengths in bytes.
    fn guess(&self, rest: &str, marked: bool) -> Guess {
        let letters: Vec<char> = rest.chars().take(8).collect();
        let Some(first) = letters.first().copied() else {
            return Guess::Nothing;
        };
        if self
            .words
            .iter()
            .any(|word| rest.starts_with(word.as_str()))
            || rest.starts_with("***")
        {
            return Guess::Nothing;
        }
        if let Some(len) = foreign(rest, marked) {
            return Guess::Name(len);
        }
        let surname = if self.has_compound(rest) {
            2
        } else if self.unsure.contains(&first) {
            usize::from(marked)
        } else {
            usize::from(self.surnames.contains(&first))
        };
        if surname == 0 {
            return Guess::Nothing;
        }
        // 张某, 李某某 are hidden already.
        if letters
            .get(surname)
            .is_some_and(|letter| matches!(letter, '某' | '×' | 'X' | '*' | 'x'))
        {
            return Guess::Nothing;
        }
        let bytes = |count: usize| {
            letters
                .iter()
                .take(count)
                .map(|letter| letter.len_utf8())
                .sum()
        };
        let ends = |count: usize| {
            letters
                .get(count)
                .is_none_or(|letter| self.stops_at(*letter))
        };
        let han = |count: usize| letters.get(count).copied().is_some_and(is_han);
        match (han(surname), han(surname + 1)) {
            (false, _) => Guess::Nothing,
            (true, _) if ends(surname + 1) => Guess::Name(bytes(surname + 1)),
            (true, true) if ends(surname + 2) => Guess::Name(bytes(surname + 2)),
            (true, _) => Guess::Unclear(bytes(surname + 2)),
        }
    }

    /// A clause up to the first character that ends a body's name.
    fn head<'a>(&self, clause: &'a str) -> &'a str {
        let mut places = clause.char_indices().skip(2);
        let end = places.find(|(at, letter)| {
            let rest = clause.get(*at..).unwrap_or_default();
            self.breaks.contains(letter)
                && !self
                    .unbroken
                    .iter()
                    .any(|word| rest.starts_with(word.as_str()))
        });
        clause
            .get(..end.map_or(clause.len(), |(at, _)| at))
            .unwrap_or(clause)
    }

    /// Whether a whole name that ends as no body's may be a person's, a note behind it apart. Every
    /// doubt counts: the caller keeps nothing of the row then.
    pub(super) fn like_a_person(&self, name: &str, endings: &Endings) -> bool {
        if !self.find(name, endings).sure.is_empty() {
            return true;
        }
        if !name.contains(is_han) {
            let words = name.split(|letter: char| !letter.is_alphabetic());
            return words.filter(|word| !word.is_empty()).count() >= 2;
        }
        let head = name
            .split(|letter: char| !(letter.is_alphabetic() || is_joint(letter)))
            .map(|part| part.split('等').next().unwrap_or_default())
            .map(|part| part.trim_matches(is_joint))
            .find(|part| !part.is_empty());
        let Some(head) = head else {
            return false;
        };
        let head = TITLES.iter().fold(head, |head, title| {
            head.strip_suffix(title).map_or(head, str::trim_end)
        });
        let han = head.chars().filter(|letter| is_han(*letter)).count();
        let letters = head.chars().filter(|letter| letter.is_alphabetic()).count();
        let dotted = head.contains(DOTS) && han <= 20;
        let office = endings.short(head) && !self.has_surname(head);
        han == letters && (dotted || (han <= 4 && !office))
    }

    fn has_surname(&self, name: &str) -> bool {
        let first = name.chars().next();
        first.is_some_and(|first| self.surnames.contains(&first) || self.unsure.contains(&first))
            || self.has_compound(name)
    }

    fn stops_at(&self, letter: char) -> bool {
        !is_han(letter) || self.stops.contains(&letter)
    }

    fn has_compound(&self, text: &str) -> bool {
        text.char_indices()
            .nth(2)
            .and_then(|(at, _)| text.get(..at))
            .is_some_and(|two| self.compound.contains(two))
    }
}

/// What people are called behind their names.
const TITLES: [&str; 8] = ["先生", "女士", "同志", "小姐", "老师", "本人", "个人", "户"];

/// The dots in names of peoples that write them.
const DOTS: [char; 4] = ['·', '•', '‧', '・'];

/// What stands within names without ending them.
fn is_joint(letter: char) -> bool {
    DOTS.contains(&letter) || matches!(letter, ' ' | '.' | '-' | '\'')
}

/// A name of a foreigner or of a people with dotted names, behind a colon: 买买提·艾力, John Smith.
fn foreign(rest: &str, marked: bool) -> Option<usize> {
    let end = rest.find(|letter: char| {
        !(is_han(letter)
            || matches!(letter, '·' | '•' | '‧' | '.' | ' ' | '-')
            || letter.is_ascii_alphabetic())
    });
    let name = rest.get(..end.unwrap_or(rest.len()))?;
    let dotted = name.contains(['·', '•', '‧']) && name.chars().count() <= 30;
    let latin = name.chars().filter(char::is_ascii_alphabetic).count() >= 4
        && name.contains(' ')
        && name.is_ascii();
    (marked && (dotted || latin)).then_some(name.len())
}

/// The text up to the next punctuation.
fn clause(rest: &str) -> &str {
    let end = rest.find([
        '，', '。', '；', ',', ';', '、', '\n', '：', ':', '“', '”', '《',
    ]);
    rest.get(..end.unwrap_or(rest.len()))
        .unwrap_or_default()
        .trim()
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}
