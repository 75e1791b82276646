//! Readings of Chinese characters in plain letters, as a search aid and never as evidence. The
//! readings come from the `pinyin` crate (MIT), whose table is made from Unihan and kept up with it.

use pinyin::ToPinyinMulti;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Readings of one character that are used; more only make noise.
const READINGS: usize = 2;

/// The readings of a character in capital letters without tones, the most frequent first; `V`
/// stands for Ü. None for characters without a reading.
#[must_use]
pub fn readings(one: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reading in one.to_pinyin_multi().into_iter().flatten() {
        let plain: String = reading.plain().replace('ü', "v").to_ascii_uppercase();
        if !all.contains(&plain) && !plain.is_empty() {
            all.push(plain);
        }
    }
    all.truncate(READINGS);
    all
}

/// Ways in which letters are syllables one after another, each with the syllables; the last may be
/// the beginning of one. At most `most` ways, longer syllables first.
#[must_use]
pub fn syllables(letters: &str, most: usize) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    split(letters, &mut Vec::new(), &mut ways, most);
    ways
}

/// No syllable is longer (ZHUANG).
const LONGEST: usize = 6;

fn split(rest: &str, before: &mut Vec<String>, ways: &mut Vec<Vec<String>>, most: usize) {
    if ways.len() >= most {
        return;
    }
    if rest.is_empty() {
        ways.push(before.clone());
        return;
    }
    for size in (1..=rest.len().min(LONGEST)).rev() {
        let Some((part, tail)) = rest.split_at_checked(size) else {
            continue;
        };
        let known = if tail.is_empty() {
            beginnings()
        } else {
            whole()
        };
        if known.contains(part) {
            before.push(part.to_owned());
            split(tail, before, ways, most);
            before.pop();
        }
    }
}

/// All syllables.
fn whole() -> &'static HashSet<String> {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    ALL.get_or_init(|| ('\u{4E00}'..='\u{9FA5}').flat_map(readings).collect())
}

/// All syllables and their beginnings.
fn beginnings() -> &'static HashSet<String> {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let parts = |one: &String| -> Vec<String> {
            (1..=one.len())
                .filter_map(|end| one.get(..end).map(str::to_owned))
                .collect()
        };
        whole().iter().flat_map(parts).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_of_characters_with_one_and_several() {
        assert_eq!(readings('华').first().map(String::as_str), Some("HUA"));
        assert!(readings('重').contains(&"CHONG".to_owned()));
        assert!(readings('重').contains(&"ZHONG".to_owned()));
        assert!(readings('绿').contains(&"LV".to_owned()));
        assert!(readings('A').is_empty());
    }

    #[test]
    fn letters_split_into_syllables() {
        let ways = syllables("XIAMENHUAWEI", 8);
        let wanted = ["XIA", "MEN", "HUA", "WEI"].map(str::to_owned).to_vec();
        assert!(ways.contains(&wanted), "{ways:?}");
        assert!(syllables("XIAN", 8).len() > 1);
        assert!(syllables("QQQ", 8).is_empty());
        assert!(syllables(&"XI".repeat(120), 8).len() <= 8);
    }
}
