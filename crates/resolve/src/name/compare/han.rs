//! Two Chinese names, part by part.

use super::super::han::Han;
use super::super::lexicon::lexicon;
use super::super::{Difference, Part, PartDifference};
use super::core::cores;
use super::region::regions;
use super::slip::slip;
use super::{difference, edit, missing};

/// Bits of what differs besides the core. A form left out is weak; a conversion leaves the name but
/// in a register both often stand side by side; a group is the parent of its namesake.
const FORM_MISSING: f32 = -2.0;
const FORM_SHORT: f32 = -3.0;
const FORM_CONVERTED: f32 = -12.0;
const FORM_OTHER: f32 = -14.0;
const GROUP: f32 = -13.0;
const BRANCH: f32 = -18.0;
const QUALIFIER_MISSING: f32 = -12.0;
const NOTE_MISSING: f32 = -6.0;
const QUALIFIER_OTHER: f32 = -14.0;

/// Every part that differs, in the order of a name.
pub(super) fn differences(left: &Han, right: &Han) -> Vec<PartDifference> {
    let mut found = Vec::new();
    if let Some(part) = established(left, right) {
        found.push(part);
    } else {
        found.extend(regions(left, right));
        found.extend(cores(left, right));
        found.extend(forms(left, right));
    }
    found.extend(branches(left, right));
    let ((within, note), (others, other)) = (left.words_in_brackets(), right.words_in_brackets());
    found.extend(qualifiers(within, others, QUALIFIER_MISSING));
    found.extend(qualifiers(note, other, NOTE_MISSING));
    if found.iter().map(|part| part.bits).sum::<f32>() > -9.0 {
        return found;
    }
    if let Some(one) = slip(left, right, edit::edit(&left.whole, &right.whole)) {
        return vec![one];
    }
    found
}

/// 招商银行 beside 招商银行股份有限公司: a company's form behind the word for what it is. Every bank is a
/// company (商业银行法 art. 17), so its form is only left out; a works or a hotel may have been turned
/// into a company.
fn established(left: &Han, right: &Han) -> Option<PartDifference> {
    let known = lexicon();
    let company = |han: &Han| [known.limited, known.stock, known.company].contains(&han.form);
    let (full, short) = match (company(left), company(right)) {
        (true, false) => (left, right),
        (false, true) => (right, left),
        _ => return None,
    };
    let before = full.whole.get(..full.form_at.0)?;
    if short.form == 0 || left.group != right.group || short.whole.get(..short.form_at.1)? != before
    {
        return None;
    }
    let (kind, bits) = if short.form == known.bank {
        (Difference::Missing, FORM_MISSING)
    } else {
        (Difference::Converted, FORM_CONVERTED)
    };
    Some(formed(left, right, kind, bits))
}

/// A difference of the legal forms.
fn formed(left: &Han, right: &Han, kind: Difference, bits: f32) -> PartDifference {
    let (left, right) = (left.form_text.clone(), right.form_text.clone());
    difference(Part::Form, kind, left, right, bits)
}

fn forms(left: &Han, right: &Han) -> Option<PartDifference> {
    let known = lexicon();
    let say = |kind, bits| Some(formed(left, right, kind, bits));
    let any = |one: u8, other: u8, a: u8, b: u8| (one, other) == (a, b) || (one, other) == (b, a);
    if left.group != right.group {
        let bare = left.form_text.is_empty() || right.form_text.is_empty();
        let (kind, bits) = missing(bare, GROUP, GROUP);
        return say(kind, bits);
    }
    match (left.form, right.form) {
        (one, other) if one == other => None,
        (0, _) | (_, 0) => say(Difference::Missing, FORM_MISSING),
        (one, other) if any(one, other, known.limited, known.company) => {
            say(Difference::Wider, FORM_SHORT)
        }
        (one, other)
            if any(one, other, known.limited, known.stock)
                || any(one, other, known.stock, known.company) =>
        {
            say(Difference::Converted, FORM_CONVERTED)
        }
        _ => say(Difference::Other, FORM_OTHER),
    }
}

fn branches(left: &Han, right: &Han) -> Option<PartDifference> {
    if left.branch == right.branch {
        return None;
    }
    let bare = left.branch.is_empty() || right.branch.is_empty();
    let (kind, bits) = missing(bare, BRANCH, BRANCH);
    let (left, right) = (left.branch.clone(), right.branch.clone());
    Some(difference(Part::Branch, kind, left, right, bits))
}

fn qualifiers(left: &[String], right: &[String], lacks: f32) -> Option<PartDifference> {
    if left == right {
        return None;
    }
    let (kind, bits) = missing(left.is_empty() || right.is_empty(), lacks, QUALIFIER_OTHER);
    let (left, right) = (left.join(" "), right.join(" "));
    Some(difference(Part::Qualifier, kind, left, right, bits))
}
