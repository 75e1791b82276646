//! Names by pinyin: the first letters of a name's syllables, from its beginning and from behind its
//! place, in a sorted table of at most twelve letters each. Full syllables lead there by their
//! first letters and are checked against the readings of each character.

use super::alphabet::Alphabet;
use super::build::Sorted;
use super::format::{Out, word};
use super::index::{Ask, Match};
use super::pinyin::{readings, syllables};
use super::query::Kind;
use super::segment::LETTER_BYTES;
use std::collections::HashMap;
use std::io;
use std::ops::Range;

/// Letters of one entry, five bits each.
const LETTERS: usize = 12;
/// Spellings of one beginning: two characters with two initials each.
const SPELLINGS: usize = 4;
/// Ways to read letters as syllables that are tried.
const WAYS: usize = 8;
/// Entries looked at for one way; two or three letters alone stand for many names.
const ENTRIES: u64 = 4_096;
/// Fewest letters of a question.
const FEWEST: usize = 3;
/// How far into a name its own part may begin.
const DEEPEST: usize = 8;

/// Writes the table.
pub(super) fn put(names: &Sorted, alphabet: &Alphabet, out: &mut Out<'_>) -> io::Result<()> {
    let initials = Initials::new(alphabet);
    let places = Places::new(names, alphabet);
    let mut entries: Vec<[u8; LETTER_BYTES]> = Vec::with_capacity(names.count() * 2);
    let mut spellings = Vec::new();
    for (number, name) in names.names() {
        for start in places.starts(name) {
            initials.spell(name.get(start..).unwrap_or_default(), &mut spellings);
            entries.extend(spellings.iter().map(|key| entry(*key, number)));
        }
    }
    entries.sort_unstable();
    entries.dedup();
    for entry in entries {
        out.put(&entry)?;
    }
    Ok(())
}

/// Letters and name, so that bytes order as they do.
fn entry(key: u64, number: u32) -> [u8; LETTER_BYTES] {
    let mut bytes = [0; LETTER_BYTES];
    bytes[..8].copy_from_slice(&key.to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// First letters of each character of an alphabet, as 1 to 26; none for brackets and digits.
struct Initials {
    of: Vec<Vec<u8>>,
}

impl Initials {
    fn new(alphabet: &Alphabet) -> Initials {
        let skip = alphabet.numbers() - alphabet.chars().len();
        let letters = alphabet.chars().iter().map(|&one| initials(one));
        let none = std::iter::repeat_n(Vec::new(), skip);
        Initials {
            of: none.chain(letters).collect(),
        }
    }

    /// The keys under which a beginning stands.
    fn spell(&self, name: &[u16], into: &mut Vec<u64>) {
        into.clear();
        let spoken = name.iter().filter_map(|&one| self.of.get(usize::from(one)));
        let spoken = spoken.filter(|letters| !letters.is_empty()).take(LETTERS);
        let mut keys = vec![0_u64];
        let mut count = 0;
        for letters in spoken {
            count += 1;
            let ways = if keys.len() * letters.len() > SPELLINGS {
                1
            } else {
                letters.len()
            };
            let letters = letters.iter().take(ways);
            let longer =
                letters.flat_map(|&one| keys.iter().map(move |key| key << 5 | u64::from(one)));
            keys = longer.collect();
        }
        if count >= 2 {
            into.extend(keys.iter().map(|key| key << (5 * (LETTERS - count))));
        }
    }
}

fn initials(one: char) -> Vec<u8> {
    let mut letters: Vec<u8> = Vec::new();
    let own = one.is_ascii_uppercase().then(|| one.to_string());
    for reading in readings(one).into_iter().chain(own) {
        let letter = reading.bytes().next().unwrap_or(b'A').wrapping_sub(b'A') + 1;
        if (1..=26).contains(&letter) && !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters
}

/// Which two characters at the beginning of names are a place: those with which many names begin.
/// It is learnt from the names themselves, so that it needs no list and holds anywhere.
struct Places {
    frequent: HashMap<(u16, u16), u32>,
    /// 省, 市, 县, 区, 州: what may stand behind the two characters of a place.
    kinds: Vec<u16>,
}

impl Places {
    fn new(names: &Sorted, alphabet: &Alphabet) -> Places {
        let mut frequent = HashMap::new();
        for (_, name) in names.names() {
            if let [first, second, ..] = name {
                *frequent.entry((*first, *second)).or_insert(0) += 1;
            }
        }
        let least = (names.count() as u32 / 2_000).max(16);
        frequent.retain(|_, count| *count >= least);
        let kinds = "省市县区州盟旗".chars();
        Places {
            frequent,
            kinds: kinds.filter_map(|one| alphabet.number(one)).collect(),
        }
    }

    /// Where a name may be said to begin: at its first character, and behind one or two places.
    fn starts(&self, name: &[u16]) -> Vec<usize> {
        let mut starts = vec![0];
        let mut at = 0;
        for _ in 0..2 {
            let pair = name.get(at).zip(name.get(at + 1));
            if pair.is_none_or(|(a, b)| !self.frequent.contains_key(&(*a, *b))) {
                break;
            }
            let kind = name.get(at + 2).is_some_and(|one| self.kinds.contains(one));
            at += if kind { 3 } else { 2 };
            if name.len() < at + 2 {
                break;
            }
            starts.push(at);
        }
        starts
    }
}

/// Names whose pinyin begins with the letters asked for.
pub(super) fn find(ask: &mut Ask<'_>) -> io::Result<()> {
    let letters: String = ask.form.iter().collect();
    if letters.len() < FEWEST || !letters.bytes().all(|one| one.is_ascii_uppercase()) {
        return Ok(());
    }
    let mut ways = syllables(&letters, WAYS);
    ways.push(letters.chars().map(String::from).collect());
    let mut met: Vec<u32> = Vec::new();
    for way in ways.iter().filter(|way| way.len() >= 2) {
        let full = way.iter().any(|part| part.len() > 1);
        let mut numbers = beginning_with(ask, way)?;
        numbers.retain(|number| !met.contains(number));
        for number in numbers {
            let before = ask.hits.len();
            let alphabet = ask.segment.alphabet();
            ask.consider(number, |_, name| spoken(way, full, name, alphabet))?;
            if ask.hits.len() > before {
                met.push(number);
            }
        }
    }
    Ok(())
}

/// Names with an entry that begins with the first letters of the syllables.
fn beginning_with(ask: &Ask<'_>, way: &[String]) -> io::Result<Vec<u32>> {
    let letters = way.iter().take(LETTERS);
    let letters = letters.map(|part| part.bytes().next().unwrap_or(b'A') - b'A' + 1);
    let (count, key) = letters.fold((0, 0_u64), |(count, key), letter| {
        (count + 1, key << 5 | u64::from(letter))
    });
    let shift = 5 * (LETTERS - count);
    let from = bound(ask, key << shift)?;
    let to = bound(ask, (key + 1) << shift)?.min(from + ENTRIES);
    let mut bytes = vec![0; (to - from) as usize * LETTER_BYTES];
    let at = ask.segment.letters().0 + from * LETTER_BYTES as u64;
    ask.segment.bytes().read_at(at, &mut bytes)?;
    let entries = bytes.chunks_exact(LETTER_BYTES);
    let mut numbers: Vec<u32> = entries
        .map(|entry| (word(entry.get(8..).unwrap_or_default()) as u32).swap_bytes())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// The first entry whose key is not below.
fn bound(ask: &Ask<'_>, key: u64) -> io::Result<u64> {
    let (at, count) = ask.segment.letters();
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        let mut held = [0; 8];
        let place = at + middle * LETTER_BYTES as u64;
        ask.segment.bytes().read_at(place, &mut held)?;
        if u64::from_be_bytes(held) < key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The characters of a name that are read as the parts say, from its beginning or a little behind.
fn spoken(way: &[String], full: bool, name: &[u16], alphabet: &Alphabet) -> Option<Match> {
    let said = name
        .iter()
        .enumerate()
        .map(|(at, &one)| (at, alphabet.char(one)));
    let said: Vec<(usize, char)> = said.filter(|(_, one)| !initials(*one).is_empty()).collect();
    let starts = said.len().checked_sub(way.len())?.min(DEEPEST);
    for start in 0..=starts {
        let chars = said.get(start..start + way.len())?;
        let reads = |((_, one), part): (&(usize, char), &String)| {
            *part == one.to_string() || readings(*one).iter().any(|said| said.starts_with(part))
        };
        let whole = chars.iter().zip(way).enumerate().all(|(at, pair)| {
            let last = at + 1 == way.len();
            reads(pair) && (last || !full || readings(pair.0.1).contains(pair.1))
        });
        if whole {
            let (first, last) = (chars.first()?.0, chars.last()?.0);
            let matched: Range<usize> = first..last + 1;
            return Some(Match {
                kind: Kind::Pinyin,
                edits: 0,
                apart: u16::from(!full),
                extra: name.len() - matched.len(),
                matched: vec![matched],
            });
        }
    }
    None
}
