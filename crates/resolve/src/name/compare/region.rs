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
            // Only who trades across provinces may register a company's name without a region
            // (企业名称登记管理规定 art. 6): beside the same with one it is the parent more often than a
            // careless hand.
            let registered = left.is_company() && right.is_company();
            let bits = if national || registered {
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
    if apart(left, right) {
        return Some((Difference::Other, ELSEWHERE));
    }
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
    let bare = |some: &[Mention], all: &[Mention]| {
        some.iter()
            .all(|one| all.iter().any(|two| maybe(*one, *two)))
    };
    let either = bare(&one, &other) && bare(&other, &one);
    if either || within(&one, &other) || within(&other, &one) {
        return Some((Difference::Wider, PARENT));
    }
    Some((Difference::Other, ELSEWHERE))
}

/// 南京鼓楼 and 福州鼓楼: two provinces or two cities, whatever the districts are called. 开平市 and 唐山开平区: a
/// county lies in none of the cities that the other name gives.
fn apart(left: &[Mention], right: &[Mention]) -> bool {
    strays(left, right)
        || strays(right, left)
        || (1..=2).any(|level| {
            let at = |all: &[Mention]| -> Vec<Mention> {
                let found = all.iter().filter(|one| one.level == level);
                found.copied().collect()
            };
            let (one, other) = (at(left), at(right));
            let shared = one
                .iter()
                .any(|one| other.iter().any(|two| one.short == two.short));
            !one.is_empty() && !other.is_empty() && !shared
        })
}

/// Whether a county of one side lies in none of the provinces and cities of the other.
fn strays(some: &[Mention], others: &[Mention]) -> bool {
    let higher = |one: &&Mention| matches!(one.level, 1 | 2);
    some.iter().filter(|one| one.level == 3).any(|county| {
        let mut above = others.iter().filter(higher);
        above.any(|other| !county.lies_in(*other) && county.short != other.short)
    })
}

/// The divisions in which no other one mentioned lies.
fn innermost(all: &[Mention]) -> Vec<Mention> {
    let outer = |one: &Mention| all.iter().any(|other| other.lies_in(*one));
    all.iter().filter(|one| !outer(one)).copied().collect()
}

/// 长治 may stand for 长治市 and, in its own county, for 长治县.
fn maybe(one: Mention, other: Mention) -> bool {
    one.short == other.short && (!one.marked || !other.marked)
}

/// 杭州 is 杭州市, 喀什 the city of 喀什地区, and 吉林 either the province or the city; 吉林省 is not 吉林市, 邢台县 not 邢台.
fn same(one: Mention, other: Mention) -> bool {
    let higher = one.level.max(other.level) < 3 && (!one.marked || !other.marked);
    let seat = (!one.marked && other.city) || (!other.marked && one.city);
    one.short == other.short && (one.level == other.level || higher || seat)
}
