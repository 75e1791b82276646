//! Traditional characters as their simplified ones, for comparison only: what a supplier sent is
//! stored and shown as it was sent. The pairs are data (`catalog/traditional.txt`).

use std::borrow::Cow;
use std::sync::LazyLock;

/// The first and the last letter that can be a key: ideographs of the basic plane.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// The pairs, by code point less [`FIRST`].
struct Table {
    /// A bit for each letter that has another form: 3 kB that stay near, since nearly every letter of
    /// a file is asked and hardly one has.
    marks: Vec<u64>,
    letters: Vec<char>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let size = (LAST - FIRST + 1) as usize;
    let mut table = Table {
        marks: vec![0; size.div_ceil(64)],
        letters: vec!['\0'; size],
    };
    // INVARIANT: the file is part of the program and a test reads every word of it.
    for (traditional, simplified) in pairs(include_str!("../../../../catalog/traditional.txt")) {
        if let Some(at) = place(traditional)
            && let (Some(mark), Some(letter)) =
                (table.marks.get_mut(at / 64), table.letters.get_mut(at))
        {
            *mark |= 1 << (at % 64);
            *letter = simplified;
        }
    }
    table
});

impl Table {
    fn find(&self, letter: char) -> Option<char> {
        let at = place(letter)?;
        let marked = self.marks.get(at / 64)? >> (at % 64) & 1 == 1;
        marked.then(|| self.letters.get(at).copied())?
    }
}

/// The simplified character of a traditional one; any other letter stands for itself. Letters that
/// simplified texts use in a meaning of their own (乾, 徵) stay: two names that differ by one of
/// them are not made equal.
#[must_use]
pub fn simplify_char(letter: char) -> char {
    TABLE.find(letter).unwrap_or(letter)
}

/// A text with each traditional character as its simplified one; borrowed where there is none.
/// Words are not translated: 軟體 becomes 软体, not 软件.
#[must_use]
pub fn simplify(text: &str) -> Cow<'_, str> {
    let table = &*TABLE;
    if text.is_ascii() || text.chars().all(|letter| table.find(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    let fold = |letter| table.find(letter).unwrap_or(letter);
    Cow::Owned(text.chars().map(fold).collect())
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
