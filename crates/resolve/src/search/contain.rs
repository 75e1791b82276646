//! Names that are the text, begin with it, or hold it: pairs of neighbours lead to candidates in
//! the order of hits, each is read and checked, and reading stops when the page is full.

use super::NAME_CHARS;
use super::index::{Ask, Match, place_of};
use super::postings::List;
use super::query::{Kind, group};
use super::segment::marks;
use std::io;

/// Candidates that are read in one go, without regard to order: some 2 ms.
const FEW: u32 = 4_096;
/// Candidates above which another list is asked before their names are read.
pub(super) const READ_AT_ONCE: usize = 48;

/// The name is the text.
pub(super) fn exact(ask: &mut Ask<'_>) -> io::Result<()> {
    if ask.after_group() > 0 {
        return Ok(());
    }
    beginning(ask, ask.asked.len())
}

/// The name holds the text.
pub(super) fn all(ask: &mut Ask<'_>) -> io::Result<()> {
    from_extra(ask, 1)
}

/// The name holds the text and is longer by two characters or more.
pub(super) fn beyond_one(ask: &mut Ask<'_>) -> io::Result<()> {
    from_extra(ask, 2)
}

fn from_extra(ask: &mut Ask<'_>, extra: usize) -> io::Result<()> {
    if ask.after_group() > group(Kind::Part, NAME_CHARS, 0) {
        return Ok(());
    }
    let from = ask.asked.len() + extra;
    let Some(mut lists) = lists(ask) else {
        return Ok(());
    };
    let few = lists.first().is_some_and(|rarest| rarest.count <= FEW);
    if few {
        return candidates(ask, &mut lists, from..NAME_CHARS + 1, true);
    }
    for length in from..=NAME_CHARS {
        if ask.is_full() {
            return Ok(());
        }
        beginning(ask, length)?;
    }
    if lists.is_empty() {
        return Ok(());
    }
    for length in from..=NAME_CHARS {
        if ask.is_full() {
            return Ok(());
        }
        candidates(ask, &mut lists, length..length + 1, false)?;
    }
    Ok(())
}

/// Lists of the pairs of the text, the rarest first; none where a pair is in no name.
fn lists(ask: &Ask<'_>) -> Option<Vec<List>> {
    let pairs = ask.asked.windows(2);
    let pairs = pairs.filter_map(|two| Some((*two.first()?, *two.get(1)?)));
    let mut lists: Vec<List> = pairs
        .map(|pair| ask.segment.list(pair))
        .collect::<Option<_>>()?;
    lists.sort_unstable_by_key(|list| list.count);
    Some(lists)
}

/// Names of one length that begin with the text, in order.
fn beginning(ask: &mut Ask<'_>, length: usize) -> io::Result<()> {
    let text = ask.asked.clone();
    let found = ask.segment.beginning(&mut ask.texts, length, &text)?;
    for number in found {
        if ask.is_full() {
            break;
        }
        ask.consider(number, |asked, name| {
            Some(Match::literal(asked.len(), name.len(), 0))
        })?;
    }
    Ok(())
}

/// Names of some lengths that hold all pairs, each checked. In order of hits they are only where
/// names that begin with the text are left out.
fn candidates(
    ask: &mut Ask<'_>,
    lists: &mut [List],
    lengths: std::ops::Range<usize>,
    beginning_too: bool,
) -> io::Result<()> {
    let range = ask.segment.of_lengths(lengths);
    let mut numbers = Vec::new();
    let Some((rarest, others)) = lists.split_first_mut() else {
        return Ok(());
    };
    rarest.read(ask.segment.bytes(), range, &mut numbers)?;
    let marks = marks(&ask.asked);
    numbers.retain(|number| ask.segment.may_hold(*number, marks));
    for list in others {
        if numbers.len() <= READ_AT_ONCE {
            break;
        }
        list.keep(ask.segment.bytes(), &mut numbers)?;
    }
    for number in numbers {
        if !beginning_too && ask.is_full() {
            break;
        }
        ask.consider(number, |asked, name| {
            let at = place_of(asked, name)?;
            (at > 0 || beginning_too).then(|| Match::literal(asked.len(), name.len(), at))
        })?;
    }
    Ok(())
}
