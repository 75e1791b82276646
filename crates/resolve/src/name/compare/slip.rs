//! A slip of the pen in the region or the legal form, where a broken word hides the part.

use super::super::han::{Han, covered};
use super::super::{Difference, Part, PartDifference};
use super::core::is_numeral;
use super::difference;
use super::edit::Edit;
use super::edit::is_doubled;

/// Bits of a slip in a part that is a known word on one side only.
const SLIP: f32 = -4.0;

/// Whether the one change between two whole names broke a known word of region or form.
pub(super) fn slip(left: &Han, right: &Han, found: Edit) -> Option<PartDifference> {
    if left.qualifiers != right.qualifiers {
        return None;
    }
    let (at, width) = match found {
        Edit::Other(at) | Edit::More { at, .. } => (at, 1),
        Edit::Swapped(at) => (at, 2),
        Edit::Equal | Edit::Moved(..) | Edit::Far => return None,
    };
    let digit = |han: &Han| han.whole.get(at).is_some_and(|letter| is_numeral(*letter));
    if digit(left) || digit(right) {
        return None;
    }
    [(left, right), (right, left)]
        .into_iter()
        .find_map(|(sound, broken)| {
            let part = in_region(sound, broken, at, found)
                .or_else(|| in_form(sound, broken, at, width))?;
            let text = |han: &Han| han.whole.iter().collect::<String>();
            Some(difference(
                part,
                Difference::Typo,
                text(left),
                text(right),
                SLIP,
            ))
        })
}

/// The sound name begins with a region, surely one; the other has none where the change is, or has
/// a character of it twice.
fn in_region(sound: &Han, broken: &Han, at: usize, found: Edit) -> Option<Part> {
    let last = sound.regions.last()?;
    // A bare city behind a province may as well begin the trade name: 广西百色华侨.
    let only = sound.regions.len() == 1 && matches!(last.level, 1 | 2);
    let sure = !sound.unsure && sound.trade > 0 && (last.marked || only);
    let fewer = broken.regions.len() < sound.regions.len();
    let swapped = matches!(found, Edit::Swapped(_)) && broken.head < sound.head;
    let doubled = broken.whole.len() > sound.whole.len() && is_doubled(&broken.whole, at);
    let mark = at == sound.head && matches!(broken.whole.get(at), Some('省' | '市' | '县' | '区'));
    let rest =
        sound.form == broken.form && sound.branch == broken.branch && sound.group == broken.group;
    let inside = at < sound.head && (fewer || swapped || doubled);
    (sure && rest && (inside || (doubled && mark))).then_some(Part::Region)
}

/// The change is within a legal form of three characters or more, or at its edge, and leaves a remnant of the form in
/// the other's core.
fn in_form(sound: &Han, broken: &Han, at: usize, width: usize) -> Option<Part> {
    let (from, to) = sound.form_at;
    let long = sound.form != 0 && to >= from + 3;
    // 制造厂有限公司 beside 制造有限公司 leaves a word, not a remnant.
    let remnant = broken.core.len() > sound.core.len()
        && (broken.trade > sound.trade || covered(broken.industry()).unknown > 0);
    let regions = sound.regions == broken.regions && sound.head == broken.head;
    // 兴凯湖供销社: a character put before the form belongs to the name, unless it is doubled.
    let inserted = broken.whole.len() > sound.whole.len() && (at == from || at == to);
    let touches = at + width > from && at <= to && (!inserted || is_doubled(&broken.whole, at));
    (long && remnant && regions && touches && sound.branch == broken.branch).then_some(Part::Form)
}
