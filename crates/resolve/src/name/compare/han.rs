//! Two Chinese names, part by part.

use super::super::han::Han;
use super::super::lexicon::lexicon;
use super::super::{Difference, Part, PartDifference};
use super::core::cores;
use super::region::regions;
use super::slip::slip;
use super::{difference, edit};

/// Bits of what differs besides the core. A form left out is weak; a conversion leaves the name but
/// in a register both often stand side by side; a group is the parent of its namesake.
const FORM_MISSING: f32 = -2.0;
const FORM_SHORT: f32 = -3.0;
const FORM_CONVERTED: f32 = -12.0;
const FORM_OTHER: f32 = -14.0;
const GROUP: f32 = -13.0;
const BRANCH: f32 = -18.0;
const QUALIFIER_MISSING: f32 = -6.0;
const QUALIFIER_OTHER: f32 = -14.0;

/// Every part that differs, in the order of a name.
pub(super) fn differences(left: &Han, right: &Han) -> Vec<PartDifference> {
    let mut found = Vec::new();
    found.extend(regions(left, right));
    found.extend(cores(left, right));
    found.extend(forms(left, right));
    found.extend(branches(left, right));
    found.extend(qualifiers(left, right));
    if found.iter().map(|part| part.bits).sum::<f32>() > -9.0 {
        return found;
    }
    if let Some(one) = slip(left, right, edit::edit(&left.whole, &right.whole)) {
        return vec![one];
    }
    found
}

fn forms(left: &Han, right: &Han) -> Option<PartDifference> {
    let known = lexicon();
    let say = |kind, bits| {
        Some(difference(
            Part::Form,
            kind,
            left.form_text.clone(),
            right.form_text.clone(),
            bits,
        ))
    };
    let any = |one: u8, other: u8, a: u8, b: u8| (one, other) == (a, b) || (one, other) == (b, a);
    if left.group != right.group {
        let bare = left.form_text.is_empty() || right.form_text.is_empty();
        return say(
            if bare {
                Difference::Missing
            } else {
                Difference::Other
            },
            GROUP,
        );
    }
    match (left.form, right.form) {
        (one, other) if one == other => None,
        (0, _) | (_, 0) => say(Difference::Missing, FORM_MISSING),
        (one, other)
            if any(one, other, known.limited, known.company)
                || any(one, other, known.stock, known.company) =>
        {
            say(Difference::Wider, FORM_SHORT)
        }
        (one, other) if any(one, other, known.limited, known.stock) => {
            say(Difference::Converted, FORM_CONVERTED)
        }
        _ => say(Difference::Other, FORM_OTHER),
    }
}

fn branches(left: &Han, right: &Han) -> Option<PartDifference> {
    if left.branch == right.branch {
        return None;
    }
    let missing = left.branch.is_empty() || right.branch.is_empty();
    let kind = if missing {
        Difference::Missing
    } else {
        Difference::Other
    };
    Some(difference(
        Part::Branch,
        kind,
        left.branch.clone(),
        right.branch.clone(),
        BRANCH,
    ))
}

fn qualifiers(left: &Han, right: &Han) -> Option<PartDifference> {
    if left.qualifiers == right.qualifiers {
        return None;
    }
    let missing = left.qualifiers.is_empty() || right.qualifiers.is_empty();
    let (kind, bits) = if missing {
        (Difference::Missing, QUALIFIER_MISSING)
    } else {
        (Difference::Other, QUALIFIER_OTHER)
    };
    Some(difference(
        Part::Qualifier,
        kind,
        left.qualifiers.join(" "),
        right.qualifiers.join(" "),
        bits,
    ))
}
