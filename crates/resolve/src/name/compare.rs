//! Two names side by side.

mod core;
mod edit;
mod han;
mod head;
mod region;
mod slip;
mod words;

use super::parts::Parts;
use super::{Difference, Likeness, OrgName, Part, PartDifference};

/// What two names that agree in every part are worth, in bits: about 1 in 2,000 is another
/// organisation of the very same name, registered elsewhere or by mistake.
const AGREE: f32 = 11.0;

/// Whether two names are the same organisation's. Symmetric but for `left` and `right` of the parts.
#[must_use]
pub fn compare(left: &OrgName, right: &OrgName) -> Likeness {
    if left.folded() == right.folded() {
        return judge(Vec::new());
    }
    let parts = match (&left.parts, &right.parts) {
        (Parts::Han(one), Parts::Han(other)) => {
            by_former(left, right, han::differences(one, other))
        }
        (Parts::Words(one), Parts::Words(other)) => words::differences(one, other),
        _ => vec![whole(left.folded(), right.folded(), -20.0)],
    };
    judge(parts)
}

/// A former name in the text itself counts when it fits better than the name of today.
fn by_former(left: &OrgName, right: &OrgName, parts: Vec<PartDifference>) -> Vec<PartDifference> {
    let known = [(left.former(), right), (right.former(), left)];
    for (former, other) in known {
        let Some(former) = former else { continue };
        if compare(former, other).same {
            return vec![PartDifference {
                part: Part::Whole,
                kind: Difference::Former,
                left: left.folded().to_owned(),
                right: right.folded().to_owned(),
                bits: -4.0,
            }];
        }
    }
    parts
}

/// Adds the evidence up. The threshold is even odds after the cost of a false match is in the
/// weights: see the decision record on names.
fn judge(parts: Vec<PartDifference>) -> Likeness {
    let bits = AGREE + parts.iter().map(|part| part.bits).sum::<f32>();
    let score = if parts.is_empty() {
        1.0
    } else {
        1.0 / (1.0 + (-bits).exp2())
    };
    Likeness {
        score,
        same: bits > 0.0,
        parts,
    }
}

fn whole(left: &str, right: &str, bits: f32) -> PartDifference {
    difference(
        Part::Whole,
        Difference::Other,
        left.to_owned(),
        right.to_owned(),
        bits,
    )
}

/// The kind and the bits of a part that one side lacks, or that both write otherwise.
fn missing(one_lacks_it: bool, lacks: f32, differs: f32) -> (Difference, f32) {
    if one_lacks_it {
        (Difference::Missing, lacks)
    } else {
        (Difference::Other, differs)
    }
}

/// A difference of one part.
fn difference(
    part: Part,
    kind: Difference,
    left: String,
    right: String,
    bits: f32,
) -> PartDifference {
    PartDifference {
        part,
        kind,
        left,
        right,
        bits,
    }
}
