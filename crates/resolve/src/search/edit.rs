//! Distances between names, counted in characters: additions, omissions, replacements and swaps of
//! neighbours (Damerau's distance), and how much of two names is the same.

use std::ops::Range;

/// One more than the longest name: rows of the tables below.
const ROW: usize = super::NAME_CHARS + 1;
/// Rows of those tables that are held: a swap around another edit looks three back.
const ROWS: usize = 4;

/// The number of edits between two names where it is at most `most`, else `None`. A swap counts once,
/// also where a second edit put a character between the two or took one from there; a third edit at
/// the same place counts as written. Names longer than [`super::NAME_CHARS`] are never close.
#[must_use]
pub fn within<T: PartialEq>(left: &[T], right: &[T], most: u8) -> Option<u8> {
    if left.len().abs_diff(right.len()) > usize::from(most) {
        return None;
    }
    let (left, right) = trimmed(left, right);
    if left.is_empty() || right.is_empty() {
        let edits = left.len().max(right.len());
        return u8::try_from(edits).ok().filter(|edits| *edits <= most);
    }
    if most == 0 || left.len() >= ROW || right.len() >= ROW {
        return None;
    }
    banded(left, right, most)
}

/// What remains without the common beginning and end.
fn trimmed<'a, T: PartialEq>(left: &'a [T], right: &'a [T]) -> (&'a [T], &'a [T]) {
    let same = |(a, b): &(&T, &T)| a == b;
    let start = left.iter().zip(right).take_while(same).count();
    let (left, right) = (&left[start..], &right[start..]);
    let end = left.iter().rev().zip(right.iter().rev());
    let end = end.take_while(same).count();
    (&left[..left.len() - end], &right[..right.len() - end])
}

/// The table of distances, only as wide as `most` edits can reach; four rows of it at a time.
fn banded<T: PartialEq>(left: &[T], right: &[T], most: u8) -> Option<u8> {
    let (far, band) = (most + 1, usize::from(most));
    let mut rows = [[far; ROW]; ROWS];
    for (at, cell) in rows[0].iter_mut().enumerate().take(band + 1) {
        *cell = u8::try_from(at).unwrap_or(far);
    }
    for i in 1..=left.len() {
        let (row, above) = (i % ROWS, (i + ROWS - 1) % ROWS);
        rows[row][..=right.len()].fill(far);
        let from = i.saturating_sub(band);
        if from == 0 {
            rows[row][0] = u8::try_from(i).unwrap_or(far).min(far);
        }
        let mut least = rows[row][0];
        for j in from.max(1)..=(i + band).min(right.len()) {
            let differs = u8::from(left[i - 1] != right[j - 1]);
            let mut cell = rows[above][j - 1] + differs;
            cell = cell.min(rows[above][j] + 1).min(rows[row][j - 1] + 1);
            if differs > 0 {
                cell = cell.min(swapped(&rows, left, right, i, j));
            }
            rows[row][j] = cell.min(far);
            least = least.min(rows[row][j]);
        }
        if least > most && i > 1 {
            return None;
        }
    }
    let edits = rows[left.len() % ROWS].get(right.len()).copied();
    edits.filter(|edits| *edits <= most)
}

/// Edits up to a cell of the table where the last of them is a swap: of neighbours, or of two
/// characters with one between them that stands on one side only.
fn swapped<T: PartialEq>(
    rows: &[[u8; ROW]; ROWS],
    left: &[T],
    right: &[T],
    i: usize,
    j: usize,
) -> u8 {
    let mut least = u8::MAX;
    for (over, aside, edits) in [(2, 2, 1), (2, 3, 2), (3, 2, 2)] {
        let crossed = i >= over
            && j >= aside
            && left[i - 1] == right[j - aside]
            && left[i - over] == right[j - 1];
        if crossed {
            least = least.min(rows[(i - over) % ROWS][j - aside] + edits);
        }
    }
    least
}

/// What two names have in common in the same order: the most characters, and where they stand in
/// the right one.
#[must_use]
pub fn common<T: PartialEq>(left: &[T], right: &[T]) -> (usize, Vec<Range<usize>>) {
    let (inner, other) = trimmed(left, right);
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let mut places: Vec<usize> = (0..start.min(right.len() - other.len())).collect();
    inner_common(inner, other, start, &mut places);
    places.extend(start + other.len()..right.len());
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for &place in &places {
        match ranges.last_mut() {
            Some(last) if last.end == place => last.end += 1,
            _ => ranges.push(place..place + 1),
        }
    }
    (places.len(), ranges)
}

/// Longest common subsequence of what is left after trimming; `offset` is where `right` begins.
fn inner_common<T: PartialEq>(left: &[T], right: &[T], offset: usize, places: &mut Vec<usize>) {
    let width = right.len() + 1;
    let mut table = vec![0_u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            table[i * width + j] = if left[i] == right[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            places.push(offset + j);
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(left: &str, right: &str) -> Option<u8> {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        within(&chars(left), &chars(right), 2)
    }

    #[test]
    fn each_kind_of_edit_counts_once() {
        assert_eq!(edits("甲乙丙丁", "甲乙丙丁"), Some(0));
        assert_eq!(edits("甲乙丙丁", "甲丙乙丁"), Some(1));
        assert_eq!(edits("甲乙丙丁", "甲乙丁"), Some(1));
        assert_eq!(edits("甲乙丙丁", "戊甲乙丙丁"), Some(1));
        assert_eq!(edits("甲乙丙丁", "甲乙戊丁"), Some(1));
        assert_eq!(edits("甲乙丙丁", "乙甲丁丙"), Some(2));
        assert_eq!(edits("甲乙丙丁", "丁丙乙甲"), None);
        assert_eq!(edits("甲乙丙丁", "甲丙戊乙丁"), Some(2));
        assert_eq!(edits("甲丙戊乙丁", "甲乙丙丁"), Some(2));
        assert_eq!(edits("甲乙丙丁戊", "甲丙乙丁"), Some(2));
        assert_eq!(edits("甲乙", "乙丙丁甲"), None);
        assert_eq!(edits("", "甲乙"), Some(2));
        assert_eq!(edits("", "甲乙丙"), None);
    }

    #[test]
    fn what_is_common_keeps_its_order() {
        let (left, right): (Vec<char>, Vec<char>) =
            ("甲乙丙丁".chars().collect(), "甲戊丙乙丁".chars().collect());
        let (count, ranges) = common(&left, &right);
        assert_eq!(count, 3);
        assert_eq!(ranges.iter().map(ExactSizeIterator::len).sum::<usize>(), 3);
        assert_eq!(ranges.first(), Some(&(0..1)));
        assert_eq!(ranges.last().map(|range| range.end), Some(5));
        assert_eq!(common::<char>(&[], &right), (0, Vec::new()));
    }
}
