//! Tokens of a name: every pair of neighbouring Chinese characters, every triple of others.

use crate::error::Engine;
use crate::sql::name as sql;
use std::collections::BTreeSet;

/// Tokens of one name in comparison form, joined by spaces; each once.
pub(super) fn of(form: &str) -> String {
    let set = set(form);
    let mut text = String::with_capacity(form.len() * 3);
    for token in &set {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

/// The statement that finds names with all tokens of a text, and its tokens; `None` where the text
/// is too short to have any.
pub(super) fn query(form: &str, engine: Engine) -> Option<(&'static str, String)> {
    let set = set(form);
    if set.is_empty() {
        return None;
    }
    let list: Vec<String> = set.into_iter().collect();
    Some(match engine {
        Engine::Sqlite => {
            let quoted: Vec<String> = list.iter().map(|token| format!("\"{token}\"")).collect();
            (sql::TOKENS_FIND_SQLITE, quoted.join(" AND "))
        }
        Engine::Postgres => (sql::TOKENS_FIND_POSTGRES, list.join(" ")),
    })
}

fn set(form: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let mut run: Vec<char> = Vec::new();
    let mut han = false;
    for one in form.chars().filter(|one| one.is_alphanumeric()) {
        if is_han(one) != han {
            take(&mut tokens, &run, han);
            run.clear();
            han = is_han(one);
        }
        run.push(one);
    }
    take(&mut tokens, &run, han);
    tokens
}

fn take(tokens: &mut BTreeSet<String>, run: &[char], han: bool) {
    let width = if han { 2 } else { 3 };
    for window in run.windows(width) {
        tokens.insert(window.iter().collect::<String>().to_lowercase());
    }
}

fn is_han(one: char) -> bool {
    matches!(u32::from(one), 0x2E80..=0x2FDF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_chinese_and_triples_of_latin() {
        assert_eq!(of("甲乙丙"), "乙丙 甲乙");
        assert_eq!(of("甲ABCD乙丙"), "abc bcd 乙丙");
        assert_eq!(of("甲"), "");
    }

    #[test]
    fn a_part_of_a_name_never_has_a_token_that_the_name_lacks() {
        let name = "广东某市ABC123科技（集团）有限公司";
        let whole = set(name);
        let chars: Vec<char> = name.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let part: String = chars[from..to].iter().collect();
                assert!(set(&part).is_subset(&whole), "{part}");
            }
        }
    }
}
