//! Kinds of data that are never collected (rights 3, R02), found by what items are called.
//!
//! The words stand in `catalog/never-collected.toml`, reviewed like everything else there, but they
//! are built into the program: a catalogue folder cannot switch them off by leaving the file out.

use super::super::model::Item;
use super::super::refusals;
use super::Check;
use serde::Deserialize;
use std::sync::OnceLock;

/// One kind of data and the words that mean it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    zh: Vec<String>,
    en: Vec<String>,
    ru: Vec<String>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    never: Vec<Kind>,
    with_consent: Vec<Kind>,
    of_a_person: Vec<String>,
    names_a_person: Vec<String>,
    score: Kind,
}

/// The words, read once. The file is part of the program and a test reads it, so a reader never
/// meets the empty list that stands for a broken one.
fn words() -> Option<&'static Never> {
    static WORDS: OnceLock<Option<Never>> = OnceLock::new();
    WORDS
        .get_or_init(|| {
            let file = include_str!("../../../../../catalog/never-collected.toml");
            toml::from_str(file).ok()
        })
        .as_ref()
}

/// Refuses items whose code, title or alias means a forbidden kind.
pub(super) fn check(check: &mut Check<'_, '_>) {
    let Some(words) = words() else {
        let at = check.raw.code.span();
        let file = "never-collected.toml";
        check.desk.refuse(at, &refusals::SYNTAX, &[file]);
        return;
    };
    let kinds = &check.theme.subject_kinds;
    let people = kinds.iter().any(|kind| !kind.is_organisation());
    for (item, raw) in check.theme.items.iter().zip(&check.raw.items) {
        let at = raw.get_ref().code.span();
        let code = item.code.as_str();
        if let Some(kind) = words.never.iter().find(|kind| means(item, kind)) {
            let details = [code, kind.name.as_str()];
            check
                .desk
                .refuse(at.clone(), &refusals::FORBIDDEN, &details);
        }
        let personal = people || item.personal || has(item, &words.of_a_person);
        let money = words.with_consent.iter().any(|kind| means(item, kind));
        if personal && money && item.consent.is_none() {
            check.desk.refuse(at.clone(), &refusals::CONSENT, &[code]);
        }
        if (people || item.personal) && means(item, &words.score) {
            check
                .desk
                .refuse(at.clone(), &refusals::PERSON_GRADE, &[code]);
        }
        if has(item, &words.names_a_person) && !item.personal {
            check.desk.refuse(at, &refusals::PERSON_PUBLIC, &[code]);
        }
    }
}

/// Whether the Chinese title has one of the words.
fn has(item: &Item, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| item.title.zh.contains(word.as_str()))
}

fn means(item: &Item, kind: &Kind) -> bool {
    let codes = item.code.replace('_', " ");
    let names = [&codes, &item.title.zh, &item.title.en, &item.title.ru];
    names
        .into_iter()
        .chain(&item.aliases)
        .any(|name| says(name, kind))
}

/// Chinese words anywhere; Russian ones at the start of a word (endings vary); English ones whole,
/// so that `gene` is not found in `general`.
fn says(name: &str, kind: &Kind) -> bool {
    let lower = name.to_lowercase().replace('_', " ");
    let spoken: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let english = format!(" {} ", spoken.join(" "));
    kind.zh.iter().any(|word| lower.contains(word.as_str()))
        || kind
            .en
            .iter()
            .any(|word| english.contains(&format!(" {word} ")))
        || kind
            .ru
            .iter()
            .any(|word| english.contains(&format!(" {word}")))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_built_in_words_can_be_read() {
        let words = words();
        assert!(
            words.is_some_and(|words| words.never.len() >= 11 && words.with_consent.len() >= 4)
        );
    }
}
