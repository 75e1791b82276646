//! How far apart two short texts are: edits, and the likeness of Jaro and Winkler. No allocation.

/// Longest text that is measured, in letters; longer ones are only equal or not.
const LONGEST: usize = 64;

/// Edits (insert, delete, replace, swap neighbours) from one text to the other, when at most `most`.
#[must_use]
pub(crate) fn edits(left: &[char], right: &[char], most: usize) -> Option<usize> {
    let front = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[front..], &right[front..]);
    let back = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(l, r)| l == r)
        .count();
    let (left, right) = (&left[..left.len() - back], &right[..right.len() - back]);
    let (long, short) = if left.len() < right.len() {
        (right, left)
    } else {
        (left, right)
    };
    if long.len() - short.len() > most || short.len() > most + LONGEST || long.len() > LONGEST {
        return None;
    }
    if short.is_empty() {
        return (long.len() <= most).then_some(long.len());
    }
    table(long, short, most)
}

fn table(long: &[char], short: &[char], most: usize) -> Option<usize> {
    let mut before_last = [0_u8; LONGEST + 1];
    let mut last = [0_u8; LONGEST + 1];
    for (at, cell) in last.iter_mut().enumerate() {
        *cell = at as u8;
    }
    for (i, l) in long.iter().enumerate() {
        let mut row = [0_u8; LONGEST + 1];
        row[0] = i as u8 + 1;
        let mut least = row[0];
        for (j, s) in short.iter().enumerate() {
            let replace = last[j] + u8::from(l != s);
            let mut cell = replace.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *l == short[j - 1] && long[i - 1] == *s {
                cell = cell.min(before_last[j - 1] + 1);
            }
            row[j + 1] = cell;
            least = least.min(cell);
        }
        if usize::from(least) > most {
            return None;
        }
        before_last = last;
        last = row;
    }
    let found = usize::from(last[short.len()]);
    (found <= most).then_some(found)
}

/// Likeness from 0 to 1: shared letters near the same place, their order, and a common beginning.
#[must_use]
pub(crate) fn winkler(left: &[char], right: &[char]) -> f32 {
    if left.is_empty() || right.is_empty() || left.len() > LONGEST || right.len() > LONGEST {
        return if left == right { 1.0 } else { 0.0 };
    }
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let (mut taken_left, mut taken_right) = (0_u64, 0_u64);
    let mut shared = 0_u32;
    for (i, letter) in left.iter().enumerate() {
        let from = i.saturating_sub(reach);
        let to = (i + reach + 1).min(right.len());
        for (j, other) in right.iter().enumerate().take(to).skip(from) {
            if letter == other && taken_right >> j & 1 == 0 {
                taken_right |= 1 << j;
                taken_left |= 1 << i;
                shared += 1;
                break;
            }
        }
    }
    if shared == 0 {
        return 0.0;
    }
    let moved = moved(left, right, taken_left, taken_right);
    let shared = shared as f32;
    let jaro = (shared / left.len() as f32
        + shared / right.len() as f32
        + (shared - moved as f32 / 2.0) / shared)
        / 3.0;
    let front = left
        .iter()
        .zip(right)
        .take(4)
        .take_while(|(l, r)| l == r)
        .count();
    jaro + front as f32 * 0.1 * (1.0 - jaro)
}

fn moved(left: &[char], right: &[char], mut from: u64, mut to: u64) -> u32 {
    let mut found = 0;
    while from != 0 && to != 0 {
        let (i, j) = (from.trailing_zeros() as usize, to.trailing_zeros() as usize);
        found += u32::from(left[i] != right[j]);
        from &= from - 1;
        to &= to - 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn edits_count_a_swap_as_one() {
        for (left, right, most, expected) in [
            ("smith", "smiht", 2, Some(1)),
            ("smith", "smyth", 2, Some(1)),
            ("smith", "smit", 2, Some(1)),
            ("smith", "mistth", 2, None),
            ("", "ab", 2, Some(2)),
            ("abc", "xyz", 2, None),
            ("19081209", "19080912", 2, None),
        ] {
            let got = edits(&letters(left), &letters(right), most);
            assert_eq!(got, expected, "{left} {right}");
        }
    }

    #[test]
    fn winkler_knows_its_classic_pairs() {
        for (left, right, expected) in [
            ("martha", "marhta", 0.9611),
            ("dixon", "dicksonx", 0.8133),
            ("dwayne", "duane", 0.84),
        ] {
            let got = winkler(&letters(left), &letters(right));
            assert!((got - expected).abs() < 0.001, "{left} {right} {got}");
        }
    }

    fn plain(left: &[char], right: &[char]) -> usize {
        let mut all = vec![vec![0; right.len() + 1]; left.len() + 1];
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                all[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replace = all[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                    let mut cell = replace.min(all[i - 1][j] + 1).min(all[i][j - 1] + 1);
                    if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]
                    {
                        cell = cell.min(all[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        all[left.len()][right.len()]
    }

    proptest! {
        #[test]
        fn edits_agree_with_the_full_table(left in "[abc]{0,9}", right in "[abc]{0,9}") {
            let (left, right) = (letters(&left), letters(&right));
            let full = plain(&left, &right);
            prop_assert_eq!(edits(&left, &right, 2), (full <= 2).then_some(full));
        }

        #[test]
        fn measures_are_symmetric_and_bounded(left in "\\PC{0,70}", right in "\\PC{0,70}") {
            let (left, right) = (letters(&left), letters(&right));
            prop_assert_eq!(edits(&left, &right, 2), edits(&right, &left, 2));
            let likeness = winkler(&left, &right);
            prop_assert!((0.0..=1.0001).contains(&likeness));
            prop_assert_eq!(winkler(&left, &left), 1.0);
        }
    }
}
