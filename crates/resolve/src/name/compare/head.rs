//! A difference in front of the trade name. Workshops and shops of the countryside bear their town and village before
//! a trade name, and towns are merged, renamed, left out and mistyped. How much the rest tells decides whether that
//! makes another of them.

use super::super::han::Han;
use super::super::lexicon::lexicon;
use super::super::{Difference, Part};
use super::core::is_numeral;
use super::edit::Edit;

/// Bits of another town before an equal rest, and of a slip in a place.
const TOWN: f32 = -7.0;
const SLIP: f32 = -4.0;
/// Information of the rest, in bits, from which on it is one of its kind: three rare characters or four common ones.
const TOLD: f32 = 30.0;
/// Equal characters of the trade name behind a slip: no trade name of four has so many behind its first.
const BEHIND: usize = 4;
/// Information of a whole trade name in which a village or an owner is left out.
const TOLD_WHOLE: f32 = 34.0;
/// Longest name of a town, its mark counted.
const LONGEST: usize = 5;

/// What the difference is, where it lies in front and the rest tells enough.
pub(super) fn headed(left: &Han, right: &Han, found: Edit) -> Option<(Part, Difference, f32)> {
    if !is_workshop(left) || !is_workshop(right) {
        return None;
    }
    if slipped(left, right, found) {
        return Some((Part::Region, Difference::Typo, SLIP));
    }
    if inserted(left, right) || inserted(right, left) {
        return Some((Part::Region, Difference::Missing, TOWN));
    }
    towns(left, right).then_some((Part::Region, Difference::Other, TOWN))
}

/// A works, field or shop with a trade name of its own. A company's name is registered without town and village, and
/// what differs there is its trade name; of a cooperative town and village are all its name.
fn is_workshop(han: &Han) -> bool {
    let form = han.form_text.chars().last();
    matches!(form, Some('厂' | '场' | '店' | '坊')) && han.branch.is_empty()
}

/// 石岩圹头荣丰 beside 石岩荣丰, 沙咀联合企业公司德信 beside 沙咀德信: a village or an owner between place and trade name.
fn inserted(longer: &Han, shorter: &Han) -> bool {
    let (long, short) = (longer.core.as_slice(), shorter.core.as_slice());
    let same = |(one, other): &(&char, &char)| one == other;
    let front = long.iter().zip(short).take_while(same).count();
    let back = long
        .iter()
        .rev()
        .zip(short.iter().rev())
        .take_while(same)
        .count();
    let front = front.min(short.len().saturating_sub(back));
    if front + back != short.len() || front < 2 || shorter.trade < front + 2 {
        return false;
    }
    let more = long.get(front..long.len() - back).unwrap_or(&[]);
    let fit = match more {
        [.., '公', '司'] | [.., '农' | '牧', '场'] => true,
        [one, other] => !is_numeral(*one) && !is_numeral(*other),
        _ => false,
    };
    fit && told(shorter, 0) >= TOLD_WHOLE
}

/// 新安镇径贝彩辉 beside 西乡镇径贝彩辉, or beside 径贝彩辉: another town, or none.
fn towns(left: &Han, right: &Han) -> bool {
    let pairs = left.core.iter().rev().zip(right.core.iter().rev());
    let equal = pairs.take_while(|(one, other)| one == other).count();
    let front = |han: &Han| han.core.len() - equal;
    let (one, other) = (front(left), front(right));
    if one > left.trade || other > right.trade || one.max(other) > LONGEST {
        return false;
    }
    let marked =
        |han: &Han, to: usize| matches!(han.core.get(..to), Some([.., '镇' | '乡']) if to > 1);
    let bare = |to: usize| matches!(to, 0 | 2);
    let fit = match (marked(left, one), marked(right, other)) {
        (true, true) => true,
        (true, false) => bare(other),
        (false, true) => bare(one),
        (false, false) => false,
    };
    fit && told(left, one) >= TOLD
}

/// One character in front, and a whole trade name behind it.
fn slipped(left: &Han, right: &Han, found: Edit) -> bool {
    let (Edit::Other(at) | Edit::More { at, .. }) = found else {
        return false;
    };
    let trade = left.trade.min(right.trade);
    trade > at + BEHIND && told(left, at + 1).min(told(right, at + 1)) >= TOLD
}

/// What the trade name tells from a place on; the marks of places tell nothing.
fn told(han: &Han, from: usize) -> f32 {
    let trade = han.trade().get(from..).unwrap_or(&[]);
    let telling = trade
        .iter()
        .filter(|letter| !matches!(**letter, '镇' | '乡' | '村' | '街' | '道'));
    telling.map(|letter| lexicon().rarity(*letter)).sum()
}
