//! Trade name and industry side by side. One other character in the trade name is another subject;
//! one other character that breaks an industry word is a slip of the pen.

use super::super::han::{Covered, Han, covered};
use super::super::lexicon::lexicon;
use super::super::{Difference, Part, PartDifference};
use super::difference;
use super::edit::{Edit, edit, is_doubled};
use super::head::headed;

/// Bits of each outcome.
const TRADE: f32 = -24.0;
const INDUSTRY: f32 = -18.0;
const INDUSTRY_MISSING: f32 = -14.0;
const ABBREVIATED: f32 = -13.0;
const SLIP: f32 = -4.0;
const ORDER: f32 = -2.0;
const TOWNSHIP: f32 = -6.0;

/// The difference of the cores, if any.
pub(super) fn cores(left: &Han, right: &Han) -> Option<PartDifference> {
    if left.core == right.core {
        return None;
    }
    let found = edit(&left.core, &right.core);
    if numbered(left, right, found) {
        return Some(said(left, right, Part::Number, Difference::Other, TRADE));
    }
    let mild = slipped(left, right, found).or_else(|| headed(left, right, found));
    if let Some((part, kind, bits)) = mild {
        return Some(said(left, right, part, kind, bits));
    }
    Some(plain(left, right))
}

/// A numeral that differs: 一厂 and 二厂 are two, and 厂 is a third.
fn numbered(left: &Han, right: &Han, found: Edit) -> bool {
    let numeral = |han: &Han, at: usize| han.core.get(at).is_some_and(|letter| is_numeral(*letter));
    match found {
        Edit::Other(at) => numeral(left, at) || numeral(right, at),
        Edit::More { at, left: true } => numeral(left, at),
        Edit::More { at, left: false } => numeral(right, at),
        Edit::Swapped(at) => numeral(left, at) && numeral(left, at + 1),
        Edit::Equal | Edit::Moved(..) | Edit::Far => false,
    }
}

/// A digit as names write it after levelling.
pub(super) fn is_numeral(letter: char) -> bool {
    matches!(
        letter,
        '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
    )
}

fn said(left: &Han, right: &Han, part: Part, kind: Difference, bits: f32) -> PartDifference {
    let text = |han: &Han| -> String {
        match part {
            Part::Trade => han.trade().iter().collect(),
            Part::Industry => han.industry().iter().collect(),
            _ => han.core.iter().collect(),
        }
    };
    difference(part, kind, text(left), text(right), bits)
}

/// Whether the one change between the cores is a slip of the pen.
fn slipped(left: &Han, right: &Han, found: Edit) -> Option<(Part, Difference, f32)> {
    let typo = |part| Some((part, Difference::Typo, SLIP));
    if let Edit::Other(at) | Edit::More { at, .. } = found
        && left.trade == right.trade
        && stands(left, at)
        && stands(right, at)
    {
        return None;
    }
    match found {
        Edit::Other(at) => {
            if breaks(left, right, at) || breaks(right, left, at) {
                return typo(Part::Industry);
            }
            None
        }
        Edit::Swapped(at) => swapped(left, right, at).then(|| typo(part_of(left, at + 1)))?,
        Edit::More { at, left: of_left } if township(if of_left { left } else { right }, at) => {
            Some((Part::Region, Difference::Wider, TOWNSHIP))
        }
        Edit::More { at, left: true } => more(left, right, at).then(|| typo(part_of(left, at)))?,
        Edit::More { at, left: false } => {
            more(right, left, at).then(|| typo(part_of(right, at)))?
        }
        Edit::Moved(at, first, second) => {
            let whole_blocks = at == 0
                && (first == left.trade
                    || first == right.industry().len()
                    || second == right.trade);
            (whole_blocks && first >= 2 && second >= 2).then_some((
                Part::Whole,
                Difference::Order,
                ORDER,
            ))
        }
        Edit::Equal | Edit::Far => None,
    }
}

/// Whether the industry that holds this place consists of known words: 副食品 beside 副食果品 is no
/// slip, as both exist.
fn stands(han: &Han, at: usize) -> bool {
    at >= han.trade && !han.industry().is_empty() && covered(han.industry()).unknown == 0
}

/// 北底乡 beside 北底: the mark of a township behind its name.
fn township(longer: &Han, at: usize) -> bool {
    at >= 2 && matches!(longer.core.get(at), Some('乡' | '镇'))
}

fn part_of(han: &Han, at: usize) -> Part {
    if at < han.trade {
        Part::Trade
    } else {
        Part::Industry
    }
}

/// Where the industry begins for the purpose of slips: never within the first two characters, which
/// are taken for the trade name even where they look like industry (上海建设机械厂).
fn from(han: &Han) -> usize {
    han.trade.max(2)
}

/// Whether a word of the sound name covers the place, and the other has a hole there. Within the
/// first four characters, which may all be trade name, only when no industry word stands behind the
/// broken one: 安华交联科技 is no slip for 安华交通科技.
fn breaks(sound: &Han, other: &Han, at: usize) -> bool {
    let start = from(sound);
    let Some(offset) = at.checked_sub(start) else {
        return false;
    };
    let tail = |han: &Han| covered(han.core.get(start..).unwrap_or(&[]));
    let hole = |found: Covered| found.holes >> offset.min(63) & 1 == 1;
    let whole = tail(sound);
    if hole(whole)
        || !hole(tail(other))
        || exists(other, at)
        || (placed(sound, at) && placed(other, at))
    {
        return false;
    }
    let behind = whole.ends >> offset.min(63);
    let last = behind.count_ones() <= 1;
    at >= 4 || last
}

/// Whether a character makes a word with a neighbour that other names have, though it is no known industry:
/// 木器 beside 电器, 渔具 beside 渔网.
fn exists(han: &Han, at: usize) -> bool {
    let letter = |at: usize| han.core.get(at).copied();
    let pair = |first: Option<usize>| {
        let first = first?;
        Some(lexicon().is_pair(letter(first)?, letter(first + 1)?))
    };
    let known = |first| pair(first).unwrap_or(false);
    known(at.checked_sub(1)) || known(Some(at))
}

/// Whether the name of a division covers a place of the core: 盐业集团湖州市盐业 beside 盐业集团杭州市盐业.
fn placed(han: &Han, at: usize) -> bool {
    (at.saturating_sub(3)..=at).any(|from| {
        let words = lexicon().words(han.core.get(from..).unwrap_or(&[]));
        let mut places = words.filter(|(_, entry)| entry.place != 0);
        places.any(|(length, _)| from + length > at)
    })
}

/// Two neighbours exchanged: a slip unless both are of the trade name (新华, 华新; 金利达, 金达利; 华耀伟业, 耀华伟业
/// are six firms), or both orders are words (机电, 电机).
fn swapped(left: &Han, right: &Han, at: usize) -> bool {
    let start = from(left).min(from(right));
    if at >= start {
        let unknown = |han: &Han| covered(han.core.get(start..).unwrap_or(&[])).unknown;
        return unknown(left) != unknown(right);
    }
    at + 1 >= left.trade.max(right.trade)
}

/// One character more: a doubled one, or one that the shorter name dropped from a known word. Any
/// other character more is another name: registers are full of such pairs.
fn more(longer: &Han, shorter: &Han, at: usize) -> bool {
    let doubled = is_doubled(&longer.core, at);
    if at < longer.trade.max(2) {
        return doubled && longer.trade > 2;
    }
    doubled || dropped(longer, shorter, at)
}

/// Whether a word of the longer name covers the place, and the shorter has a hole beside it.
fn dropped(longer: &Han, shorter: &Han, at: usize) -> bool {
    let start = from(longer);
    let Some(offset) = at.checked_sub(start) else {
        return false;
    };
    let hole = |han: &Han, offset: usize| {
        covered(han.core.get(start..).unwrap_or(&[])).holes >> offset.min(63) & 1 == 1
    };
    // 彩印 beside 彩印刷: both exist, though they are split at another place.
    let broken = shorter.trade > longer.trade || covered(shorter.industry()).unknown > 0;
    broken
        && !hole(longer, offset)
        && (hole(shorter, offset)
            || offset
                .checked_sub(1)
                .is_some_and(|before| hole(shorter, before)))
}

/// Which part differs when it is no slip.
fn plain(left: &Han, right: &Han) -> PartDifference {
    let (part, kind, bits) = if left.trade() == right.trade() {
        match (left.industry(), right.industry()) {
            ([], _) | (_, []) => (Part::Industry, Difference::Missing, INDUSTRY_MISSING),
            _ => (Part::Industry, Difference::Other, INDUSTRY),
        }
    } else if abbreviates(left, right) || abbreviates(right, left) {
        (Part::Whole, Difference::Abbreviation, ABBREVIATED)
    } else {
        (Part::Trade, Difference::Other, TRADE)
    };
    said(left, right, part, kind, bits)
}

/// 中石化 for 中国石油化工: a short name without industry, each of its characters in the long one in
/// the same order, the first one first.
fn abbreviates(short: &Han, long: &Han) -> bool {
    let whole = |han: &Han| {
        han.whole
            .iter()
            .take(han.form_at.0)
            .copied()
            .collect::<Vec<char>>()
    };
    let (short, long) = (whole(short), whole(long));
    if short.len() < 2
        || short.len() > 5
        || long.len() < short.len() + 2
        || short.first() != long.first()
    {
        return false;
    }
    let mut rest = long.iter();
    let all = short.iter().all(|letter| rest.any(|other| other == letter));
    all && short
        .iter()
        .map(|letter| lexicon().rarity(*letter))
        .sum::<f32>()
        > 8.0
}
