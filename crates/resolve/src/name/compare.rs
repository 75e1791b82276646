//! Two names side by side.

use super::{Difference, Likeness, OrgName, Part, PartDifference};

/// Whether two names are the same organisation's. Symmetric but for `left` and `right` of the parts.
#[must_use]
pub fn compare(left: &OrgName, right: &OrgName) -> Likeness {
    if left.folded() == right.folded() {
        return Likeness {
            score: 1.0,
            same: true,
            parts: Vec::new(),
        };
    }
    Likeness {
        score: 0.0,
        same: false,
        parts: vec![PartDifference {
            part: Part::Whole,
            kind: Difference::Other,
            left: left.folded().to_owned(),
            right: right.folded().to_owned(),
            bits: -20.0,
        }],
    }
}
