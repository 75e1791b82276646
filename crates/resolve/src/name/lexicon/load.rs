//! Reading `catalog/names` into the tables. The files are part of the program; a line that cannot be
//! read is left out here and found by the test below.

use super::places::short;
use super::trie::Trie;
use super::{Bracket, Branch, Entry, FIRST, LAST, Lexicon, Place, slot};
use std::collections::{HashMap, HashSet};

const REGIONS: &str = include_str!("../../../../../catalog/names/regions.txt");
const FORMS: &str = include_str!("../../../../../catalog/names/forms.txt");
const BRANCHES: &str = include_str!("../../../../../catalog/names/branches.txt");
const QUALIFIERS: &str = include_str!("../../../../../catalog/names/qualifiers.txt");
const INDUSTRY: &str = include_str!("../../../../../catalog/names/industry.txt");
const TRADE: &str = include_str!("../../../../../catalog/names/trade-characters.txt");
const RENAMED: &str = include_str!("../../../../../catalog/names/renamed.txt");
const GENERIC: &str = include_str!("../../../../../catalog/names/generic.txt");
const WORD_PAIRS: &str = include_str!("../../../../../catalog/names/word-pairs.txt");
const VARIANTS: &str = include_str!("../../../../../catalog/names/variants.txt");

/// Everything.
pub(super) fn lexicon() -> Lexicon {
    let mut build = Build {
        trie: Trie::new(),
        entries: vec![Entry::default()],
        variants: variants(),
    };
    let places = build.places();
    let forms = build.forms();
    build.others();
    let number = |key: &str| -> u8 {
        let at = forms.iter().position(|known| *known == key);
        at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(0)
    };
    Lexicon {
        limited: number("limited"),
        stock: number("stock"),
        company: number("company"),
        group: number("group"),
        bank: number("bank"),
        trie: build.trie,
        entries: build.entries,
        variants: build.variants,
        rarity: rarity(),
        places,
        generic: generic(),
        pairs: word_pairs(),
    }
}

/// Spellings of generic words and what stands for them, the longest first.
fn generic() -> Vec<(Vec<char>, Vec<char>)> {
    let pairs = |(first, others): (&'static str, std::str::SplitWhitespace<'static>)| {
        others.map(move |other| (other.chars().collect(), first.chars().collect()))
    };
    let mut all: Vec<(Vec<char>, Vec<char>)> = lines(GENERIC).flat_map(pairs).collect();
    all.sort_by_key(|(other, _)| std::cmp::Reverse(other.len()));
    all
}

/// Pairs of characters that end industries: a line has the second and all that stand before it.
fn word_pairs() -> HashSet<(char, char)> {
    let before = |(second, firsts): (&'static str, std::str::SplitWhitespace<'static>)| {
        let second = second.chars().next();
        firsts
            .flat_map(str::chars)
            .filter_map(move |first| Some((first, second?)))
    };
    lines(WORD_PAIRS).flat_map(before).collect()
}

fn lines(
    file: &'static str,
) -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words))
        })
}

fn table<T: Clone>(empty: T) -> Vec<T> {
    vec![empty; (LAST - FIRST + 1) as usize]
}

fn variants() -> Vec<char> {
    let mut table = table('\0');
    for code in FIRST..=LAST {
        let Some(letter) = char::from_u32(code) else {
            continue;
        };
        let simple = credit::text::simplify_char(letter);
        if let (true, Some(cell)) = (
            simple != letter,
            slot(letter).and_then(|at| table.get_mut(at)),
        ) {
            *cell = simple;
        }
    }
    for (first, others) in pairs() {
        for other in others.chars() {
            if let Some(cell) = slot(other).and_then(|at| table.get_mut(at)) {
                *cell = first;
            }
        }
    }
    table
}

/// Each character that stands for others, and those.
fn pairs() -> Vec<(char, String)> {
    let split = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| (first, letters.collect()))
    };
    let mut pairs = Vec::new();
    for (first, others) in lines(VARIANTS) {
        if first == "=" {
            pairs.extend(others.filter_map(split));
        } else {
            pairs.extend(split(&format!("{first}{}", others.collect::<String>())));
        }
    }
    pairs
}

fn rarity() -> Vec<u8> {
    let mut table = table(0);
    for (bits, words) in lines(TRADE) {
        let half = bits.parse::<f32>().map_or(0, |bits| (bits * 2.0) as u8);
        for letter in words.flat_map(str::chars) {
            if let Some(cell) = slot(letter).and_then(|at| table.get_mut(at)) {
                *cell = half;
            }
        }
    }
    table
}

struct Build {
    trie: Trie,
    entries: Vec<Entry>,
    variants: Vec<char>,
}

impl Build {
    /// The entry of a word, its characters levelled as those of names are.
    fn entry(&mut self, word: &str) -> Option<&mut Entry> {
        let level = |letter: char| match slot(letter).and_then(|at| self.variants.get(at)) {
            None | Some('\0') => letter,
            Some(other) => *other,
        };
        let word: String = word.chars().map(level).collect();
        let number = self.trie.insert(&word)?;
        if *number == 0 {
            *number = u16::try_from(self.entries.len()).ok()?;
            self.entries.push(Entry::default());
        }
        self.entries.get_mut(usize::from(*number))
    }

    fn places(&mut self) -> Vec<Place> {
        let mut all = Places::default();
        for (now, before) in lines(RENAMED) {
            all.heads.extend(before.map(|before| (before, now)));
        }
        all.add("中国", 0, &[]);
        let mut province = 0;
        for (first, others) in lines(REGIONS) {
            if let Some(name) = first.strip_prefix('@') {
                province = all.add(name, 1, &[]);
                continue;
            }
            let mut within = vec![province];
            for city in first.split('+').filter(|city| *city != "-") {
                let city = all.add(city, 2, &[province]);
                within.push(city);
            }
            for county in others {
                all.add(county, 3, &within);
            }
        }
        for (spelling, at) in &all.by_spelling {
            if let (Some(entry), Ok(at)) = (self.entry(spelling), u16::try_from(at + 1)) {
                entry.place = at;
            }
        }
        all.places
    }

    fn forms(&mut self) -> Vec<&'static str> {
        let mut keys = Vec::new();
        for (key, spellings) in lines(FORMS) {
            keys.push(key);
            let number = u8::try_from(keys.len()).unwrap_or(0);
            for spelling in spellings {
                if let Some(entry) = self.entry(spelling) {
                    entry.form = number;
                }
            }
        }
        keys
    }

    fn others(&mut self) {
        for (mark, words) in lines(BRANCHES) {
            let kind = if mark == "+" {
                Branch::Always
            } else {
                Branch::Behind
            };
            for word in words {
                if let Some(entry) = self.entry(word) {
                    entry.branch = kind;
                }
            }
        }
        for (bits, words) in lines(INDUSTRY) {
            for word in words {
                if let Some(entry) = self.entry(word) {
                    entry.word = bits.parse().unwrap_or(0);
                }
            }
        }
        for (kind, words) in lines(QUALIFIERS) {
            let kind = match kind {
                "status" => Bracket::Status,
                "former" => Bracket::Former,
                _ => Bracket::Form,
            };
            for word in words {
                if let Some(entry) = self.entry(word) {
                    entry.bracket = kind;
                }
            }
        }
    }
}

/// Divisions while they are read.
#[derive(Default)]
struct Places {
    places: Vec<Place>,
    by_spelling: HashMap<&'static str, usize>,
    shorts: HashMap<&'static str, u16>,
    /// Short names of today by former ones.
    heads: HashMap<&'static str, &'static str>,
}

impl Places {
    /// Adds a division under both spellings and gives the number of its short name. Where a
    /// spelling is known already the higher division keeps it, and both lie where either lies.
    fn add(&mut self, name: &'static str, level: u8, within: &[u16]) -> u16 {
        let bare = short(name);
        let next = u16::try_from(self.shorts.len()).unwrap_or(u16::MAX);
        let head = self.heads.get(bare).copied().unwrap_or(bare);
        let number = *self.shorts.entry(head).or_insert(next);
        for spelling in [name, bare] {
            let at = *self.by_spelling.entry(spelling).or_insert_with(|| {
                self.places.push(Place {
                    short: number,
                    head,
                    level,
                    marked: spelling != bare || (level == 3 && name == bare),
                    city: spelling.ends_with('市'),
                    district: level == 3 && name.ends_with('区'),
                    within: Vec::new(),
                });
                self.places.len() - 1
            });
            if let Some(place) = self.places.get_mut(at) {
                if place.level > level {
                    place.level = level;
                    place.marked = spelling != bare;
                }
                place.district &= name.ends_with('区');
                for one in within {
                    if *one != number && !place.within.contains(one) {
                        place.within.push(*one);
                    }
                }
            }
        }
        number
    }
}
