//! Edits between two words.

/// Longest word that is compared letter by letter.
const LONGEST: usize = 63;

/// Edits between two words, neighbours exchanged counting once, when there are few enough.
pub(super) fn distance(one: &str, other: &str, allowed: usize) -> Option<usize> {
    let (mut first, mut second) = (['\0'; LONGEST], ['\0'; LONGEST]);
    let (one, other) = (fill(one, &mut first)?, fill(other, &mut second)?);
    if allowed == 0 || one.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let mut rows = [[0_usize; LONGEST + 1]; 3];
    let [before, last, line] = &mut rows;
    let (mut before, mut last, mut line) = (before, last, line);
    for (column, cell) in last.iter_mut().enumerate() {
        *cell = column;
    }
    for (row, letter) in one.iter().enumerate() {
        line[0] = row + 1;
        let mut least = row + 1;
        for (column, against) in other.iter().enumerate() {
            let mut best = (last[column] + usize::from(letter != against))
                .min(last[column + 1] + 1)
                .min(line[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *against && other[column - 1] == *letter {
                best = best.min(before[column - 1] + 1);
            }
            line[column + 1] = best;
            least = least.min(best);
        }
        // A later exchange of neighbours may look back one row, and never falls below its least.
        if least > allowed + 1 {
            return None;
        }
        (before, last, line) = (last, line, before);
    }
    last.get(other.len())
        .copied()
        .filter(|distance| *distance <= allowed)
}

/// The letters of a word, unless it is too long.
fn fill<'a>(word: &str, letters: &'a mut [char; LONGEST]) -> Option<&'a [char]> {
    let mut length = 0;
    for letter in word.chars() {
        *letters.get_mut(length)? = letter;
        length += 1;
    }
    letters.get(..length)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_edits_up_to_what_is_allowed() {
        for (one, other, allowed, expected) in [
            ("ROMASHKA", "ROMASHKA", 1, Some(0)),
            ("ROMASHKA", "ROMAHSKA", 1, Some(1)),
            ("ROMASHKA", "ROMASKA", 1, Some(1)),
            ("ROMASHKA", "ROMAXHKB", 2, Some(2)),
            ("ROMASHKA", "ROMAXHKB", 1, None),
            ("ROMASHKA", "AKHSAMOR", 2, None),
            ("ROMASHKA", "ROM", 2, None),
            ("", "A", 1, Some(1)),
            ("ROMASHKA", "ROMASHKA", 0, None),
        ] {
            assert_eq!(distance(one, other, allowed), expected, "{one} {other}");
            assert_eq!(distance(other, one, allowed), expected, "{other} {one}");
        }
        assert_eq!(distance(&"A".repeat(64), &"A".repeat(64), 2), None);
    }
}
