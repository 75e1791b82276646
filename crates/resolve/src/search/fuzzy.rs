//! Names one or two edits away. One edit leaves one of two halves of the text as it was, two edits
//! one of three thirds: the text with its ends is cut where the rarest pairs of the parts are rarest
//! together, the lists of each part are met, and the union is read and measured. A swap across a
//! cut breaks the parts on both sides. With one edit the few swapped texts are therefore looked up as
//! such; with two, each of the two cuts is asked once more with its neighbours swapped and one edit
//! left, so that no swap is missed and hardly a list more is read.

use super::alphabet::{END, START};
use super::contain::READ_AT_ONCE;
use super::edit;
use super::index::{Ask, Match, place_of};
use super::postings::List;
use super::query::{Kind, SHORT, group};
use super::segment::marks;
use std::io;
use std::ops::Range;

/// Entries of lists that one search may read, about 10 ms; a text of nothing but the most frequent
/// parts of names is found by its halves only.
const MOST_READ: u64 = 4_000_000;

/// Names one edit away.
pub(super) fn one(ask: &mut Ask<'_>) -> io::Result<()> {
    if ask.after_group() > group(Kind::OneEdit, usize::MAX, 0) {
        return Ok(());
    }
    swapped(ask)?;
    near(ask, 1)
}

/// Names two edits away. What leaves none of three parts whole has a swap across one of the cuts.
pub(super) fn two(ask: &mut Ask<'_>) -> io::Result<()> {
    let asked = ask.asked.clone();
    let Some((mut numbers, cuts)) = candidates(ask, &asked, 2)? else {
        return Ok(());
    };
    for at in cuts {
        let Some(text) = with_swap(&asked, at) else {
            continue;
        };
        let Some((more, cuts)) = candidates(ask, &text, 1)? else {
            continue;
        };
        numbers.extend(more);
        for text in cuts.into_iter().filter_map(|at| with_swap(&text, at)) {
            numbers.extend(ask.segment.beginning(&mut ask.texts, text.len(), &text)?);
        }
    }
    measure(ask, numbers, 2)
}

/// Names that are the text with two neighbours swapped.
fn swapped(ask: &mut Ask<'_>) -> io::Result<()> {
    let asked = ask.asked.clone();
    for text in (1..asked.len()).filter_map(|at| with_swap(&asked, at)) {
        let found = ask.segment.beginning(&mut ask.texts, text.len(), &text)?;
        for number in found {
            ask.consider(number, |asked, name| Some(Match::swapped(asked, name)))?;
        }
    }
    Ok(())
}

/// The text with the characters before and behind a place exchanged; none where that changes nothing.
fn with_swap(text: &[u16], at: usize) -> Option<Vec<u16>> {
    let (before, behind) = (text.get(at.checked_sub(1)?)?, text.get(at)?);
    (before != behind).then(|| {
        let mut text = text.to_vec();
        text.swap(at - 1, at);
        text
    })
}

fn near(ask: &mut Ask<'_>, edits: u8) -> io::Result<()> {
    let asked = ask.asked.clone();
    match candidates(ask, &asked, edits)? {
        Some((numbers, _)) => measure(ask, numbers, edits),
        None => Ok(()),
    }
}

/// Reads names, each once, and keeps those at exactly so many edits.
fn measure(ask: &mut Ask<'_>, mut numbers: Vec<u32>, edits: u8) -> io::Result<()> {
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        ask.consider(number, |asked, name| judge(asked, name, edits))?;
    }
    Ok(())
}

/// Names that leave a part of the text whole, and between which of its characters the parts were
/// cut; `None` for a text too short to be cut or one of nothing but the most frequent pairs.
fn candidates(
    ask: &Ask<'_>,
    text: &[u16],
    edits: u8,
) -> io::Result<Option<(Vec<u32>, Vec<usize>)>> {
    let mut lists: Vec<Option<List>> = pairs(text).map(|pair| ask.segment.list(pair)).collect();
    let counts: Vec<u64> = lists
        .iter()
        .map(|list| list.as_ref().map_or(0, |list| u64::from(list.count)))
        .collect();
    // Of a single character, what is one edit longer begins or ends with it.
    let single = || (text.len() == 1).then(|| (0, vec![0..1, 1..2]));
    let found = cut(&counts, usize::from(edits) + 1).or_else(single);
    let Some((_, parts)) = found.filter(|(cost, _)| *cost <= MOST_READ) else {
        return Ok(None);
    };
    let lengths = text.len().saturating_sub(usize::from(edits)).max(1);
    let range = ask
        .segment
        .of_lengths(lengths..text.len() + usize::from(edits) + 1);
    let mut numbers = Vec::new();
    // A part's pairs begin at the character of the same number, the beginning of the text counted.
    let cuts = parts.iter().filter_map(|part| part.start.checked_sub(1));
    let cuts = cuts.filter(|at| *at > 0).collect();
    for part in parts {
        let lists = lists.get_mut(part).unwrap_or_default();
        numbers.extend(having_all(ask, lists, &range, edits)?);
    }
    Ok(Some((numbers, cuts)))
}

/// Exactly so many edits; names that earlier stages found are none of them.
fn judge(asked: &[u16], name: &[u16], edits: u8) -> Option<Match> {
    if edit::within(asked, name, edits)? != edits || swaps(asked, name) {
        return None;
    }
    match place_of(asked, name) {
        None => Some(Match::near(asked, name, edits)),
        Some(at) if asked.len() <= SHORT => Some(Match::literal(asked.len(), name.len(), at)),
        Some(_) => None,
    }
}

/// Whether one swap makes the two equal: those are found by looking them up.
fn swaps(asked: &[u16], name: &[u16]) -> bool {
    let mut differ = asked
        .iter()
        .zip(name)
        .enumerate()
        .filter(|(_, (a, b))| a != b);
    let (first, second, third) = (differ.next(), differ.next(), differ.next());
    let (Some((at, (a, b))), Some((next, (c, d))), None) = (first, second, third) else {
        return false;
    };
    asked.len() == name.len() && next == at + 1 && a == d && b == c
}

/// Pairs of neighbours of a text, its ends included.
fn pairs(asked: &[u16]) -> impl Iterator<Item = (u16, u16)> {
    let firsts = std::iter::once(START).chain(asked.iter().copied());
    firsts.zip(asked.iter().copied().chain(std::iter::once(END)))
}

/// Names of a range that are in all lists and may be near; none where a pair is in no name.
fn having_all(
    ask: &Ask<'_>,
    lists: &mut [Option<List>],
    range: &Range<u32>,
    edits: u8,
) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    let lists: Option<Vec<&mut List>> = lists.iter_mut().map(Option::as_mut).collect();
    let Some(mut lists) = lists else {
        return Ok(numbers);
    };
    lists.sort_unstable_by_key(|list| list.count);
    let bytes = ask.segment.bytes();
    let marks = marks(&ask.asked);
    for (at, list) in lists.into_iter().enumerate() {
        if at == 0 {
            list.read(bytes, range.clone(), &mut numbers)?;
            let near = |number: &u32| ask.segment.may_be_near(*number, marks, u32::from(edits));
            numbers.retain(near);
        } else if numbers.len() > READ_AT_ONCE {
            list.keep(bytes, &mut numbers)?;
        }
    }
    Ok(numbers)
}

/// Cuts a text into parts of two characters or more, ends counted, so that the rarest pairs of the
/// parts are together as rare as can be. Gives that sum and the pairs inside each part; `None` for
/// a text too short. `counts` has one entry a pair, so one fewer than there are characters.
fn cut(counts: &[u64], parts: usize) -> Option<(u64, Vec<Range<usize>>)> {
    let chars = counts.len() + 1;
    // best[p][end]: the least sum for the first `end` characters in p parts, and where the last begins.
    let mut best = vec![vec![None; chars + 1]; parts + 1];
    best[0][0] = Some((0, 0));
    for part in 1..=parts {
        for end in 2 * part..=chars {
            let mut rarest = u64::MAX;
            for start in (2 * (part - 1)..=end - 2).rev() {
                rarest = rarest.min(counts[start]);
                let Some((sum, _)) = best[part - 1][start] else {
                    continue;
                };
                let sum: u64 = sum + rarest;
                if best[part][end].is_none_or(|(least, _)| sum < least) {
                    best[part][end] = Some((sum, start));
                }
            }
        }
    }
    let (cost, _) = best[parts][chars]?;
    let mut ranges = Vec::with_capacity(parts);
    let mut end = chars;
    for part in (1..=parts).rev() {
        let (_, start) = best[part][end]?;
        ranges.push(start..end - 1);
        end = start;
    }
    Some((cost, ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_lie_where_parts_are_rare() {
        // Six characters, five pairs.
        let (cost, parts) = cut(&[90, 5, 80, 70, 3], 2).unwrap_or_default();
        assert_eq!(cost, 8);
        assert_eq!(parts.len(), 2);
        for part in &parts {
            assert!(part.contains(&1) != part.contains(&4), "{parts:?}");
        }
        assert_eq!(cut(&[1, 1], 2), None);
        let (cost, parts) = cut(&[7, 0, 9], 2).unwrap_or_default();
        assert_eq!((cost, parts), (16, vec![2..3, 0..1]));
    }

    #[test]
    fn parts_never_share_a_character() {
        for parts in 1..=3 {
            for pairs in 2 * parts - 1..12 {
                let counts: Vec<u64> = (0..pairs as u64).map(|n| n * 37 % 11).collect();
                let (_, ranges) = cut(&counts, parts).unwrap_or_default();
                assert_eq!(ranges.len(), parts);
                for two in ranges.windows(2) {
                    // Pairs i and i+1 share a character, so one pair between them is left out.
                    assert_eq!(two[1].end + 1, two[0].start, "{ranges:?}");
                }
            }
        }
    }
}
