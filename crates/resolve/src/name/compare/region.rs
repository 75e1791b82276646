//! Regions side by side: the innermost division decides, what it lies in may be said or left out.

use super::super::han::{Han, Mention};
use super::super::{Difference, Part, PartDifference};
use super::difference;

/// Bits of each outcome. Different divisions are different subjects: names are registered by place.
const WIDER: f32 = -0.5;
const PARENT: f32 = -12.0;
const ELSEWHERE: f32 = -18.0;
/// What a region left out costs at most and at least, and the information of the rest from which
/// on the least is charged: a rare trade name is rare everywhere.
const MISSING_MOST: f32 = -13.0;
const MISSING_LEAST: f32 = -3.0;
const COMMON: f32 = 28.5;

/// The difference of the regions, if any.
pub(super) fn regions(left: &Han, right: &Han) -> Option<PartDifference> {
    let (kind, bits) = outcome(left, right)?;
    Some(difference(
        Part::Region,
        kind,
        left.region.clone(),
        right.region.clone(),
        bits,
    ))
}

fn outcome(left: &Han, right: &Han) -> Option<(Difference, f32)> {
    match (left.regions.as_slice(), right.regions.as_slice()) {
        ([], []) => None,
        ([], some) | (some, []) => {
            let national = some.iter().any(|one| one.level == 0);
            let told = left.information().min(right.information());
            let bits = if national {
                MISSING_MOST
            } else {
                (told - COMMON).clamp(MISSING_MOST, MISSING_LEAST)
            };
            Some((Difference::Missing, bits))
        }
        (one, other) => both(one, other),
    }
}

fn both(left: &[Mention], right: &[Mention]) -> Option<(Difference, f32)> {
    let (one, other) = (innermost(left), innermost(right));
    let covers = |some: &[Mention], all: &[Mention]| {
        some.iter()
            .all(|one| all.iter().any(|two| same(*one, *two)))
    };
    if covers(&one, &other) && covers(&other, &one) {
        let all = covers(left, right) && covers(right, left);
        return (!all).then_some((Difference::Wider, WIDER));
    }
    let within = |some: &[Mention], all: &[Mention]| {
        some.iter()
            .all(|one| all.iter().any(|two| same(*one, *two) || one.lies_in(*two)))
    };
    if within(&one, &other) || within(&other, &one) {
        return Some((Difference::Wider, PARENT));
    }
    Some((Difference::Other, ELSEWHERE))
}

/// The divisions in which no other one mentioned lies.
fn innermost(all: &[Mention]) -> Vec<Mention> {
    let outer = |one: &Mention| all.iter().any(|other| other.lies_in(*one));
    all.iter().filter(|one| !outer(one)).copied().collect()
}

/// 杭州 is 杭州市, and 吉林 either the province or the city; 吉林省 is not 吉林市, 邢台县 not 邢台.
fn same(one: Mention, other: Mention) -> bool {
    let higher = one.level.max(other.level) < 3 && (!one.marked || !other.marked);
    one.short == other.short && (one.level == other.level || higher)
}
