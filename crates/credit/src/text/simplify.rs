//! Traditional characters as their simplified ones, for comparison only: what a supplier sent is
//! stored and shown as it was sent. The pairs are data (`catalog/traditional.txt`).

use std::borrow::Cow;
use std::sync::LazyLock;

/// The first and the last letter that can be a key: ideographs of the basic plane.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// By code point less [`FIRST`]; NUL where a letter stands for itself.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table = vec!['\0'; (LAST - FIRST + 1) as usize];
    // INVARIANT: the file is part of the program and a test reads every word of it.
    for (traditional, simplified) in pairs(include_str!("../../../../catalog/traditional.txt")) {
        if let Some(cell) = place(traditional).and_then(|at| table.get_mut(at)) {
            *cell = simplified;
        }
    }
    table
});

/// The simplified character of a traditional one; any other letter stands for itself. Letters that
/// simplified texts use in a meaning of their own (乾, 徵) stay: two names that differ by one of
/// them are not made equal.
#[must_use]
pub fn simplify_char(letter: char) -> char {
    match place(letter).and_then(|at| TABLE.get(at)) {
        None | Some('\0') => letter,
        Some(simplified) => *simplified,
    }
}

/// A text with each traditional character as its simplified one; borrowed where there is none.
/// Words are not translated: 軟體 becomes 软体, not 软件.
#[must_use]
pub fn simplify(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| simplify_char(letter) == letter) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(simplify_char).collect())
    }
}

fn place(letter: char) -> Option<usize> {
    let at = u32::from(letter).checked_sub(FIRST)?;
    (at <= LAST - FIRST).then_some(at as usize)
}

/// Pairs of (traditional, simplified): a word of the file is a simplified character and then the
/// traditional ones.
fn pairs(file: &str) -> impl Iterator<Item = (char, char)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .flat_map(|word| {
            let simplified = word.chars().next().unwrap_or_default();
            word.chars()
                .skip(1)
                .map(move |traditional| (traditional, simplified))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_word_of_the_file_is_read_once_and_leads_nowhere_else() {
        let file = include_str!("../../../../catalog/traditional.txt");
        let all: Vec<_> = pairs(file).collect();
        assert!(all.len() > 2_900, "{}", all.len());
        let keys: HashSet<char> = all.iter().map(|(traditional, _)| *traditional).collect();
        assert_eq!(keys.len(), all.len(), "a letter has two simplified forms");
        for (traditional, simplified) in all {
            // Places in a text are the same before and after.
            assert_eq!(traditional.len_utf8(), simplified.len_utf8());
            assert_eq!(simplify_char(traditional), simplified);
            assert_eq!(
                simplify_char(simplified),
                simplified,
                "{simplified} is led on"
            );
            assert!(
                place(traditional).is_some(),
                "{traditional} is outside the table"
            );
        }
    }
}
