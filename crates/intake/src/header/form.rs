//! Comparison forms of a header cell.

use credit::text::{narrow, simplify, simplify_char};

/// Marks of templates that say when a column must be filled; they are no part of a title.
const MARKS: [&str; 6] = [
    "(必填)",
    "(必填项)",
    "(选填)",
    "(条件必填)",
    "(REQUIRED)",
    "(OPTIONAL)",
];

/// The form in which headers are compared: widths settled, traditional characters as simplified
/// ones, upper case, without spaces, the marks that say *required*, and a colon at the end.
#[must_use]
pub fn header_form(cell: &str) -> String {
    let mut form: String = narrow(cell)
        .chars()
        .map(narrow_bracket)
        .filter(|each| {
            !each.is_whitespace() && !matches!(each, '*' | '※' | '"' | '\'' | '\u{feff}')
        })
        .flat_map(char::to_uppercase)
        .map(simplify_char)
        .collect();
    for mark in MARKS {
        if form.contains(mark) {
            form = form.replace(mark, "");
        }
    }
    form.truncate(form.trim_end_matches([':', '：']).len());
    form
}

/// The same without whatever stands in brackets: the unit, `（必填）`, an explanation.
pub(super) fn bare(cell: &str) -> String {
    let mut depth = 0_u32;
    header_form(cell)
        .chars()
        .filter(|each| match each {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// What stands in the first brackets.
pub(super) fn inside(cell: &str) -> Option<&str> {
    let (_, rest) = cell.split_once(['(', '（', '[', '【'])?;
    let (inside, _) = rest.split_once([')', '）', ']', '】'])?;
    Some(inside)
}

/// The unit of money that a header names in brackets: `罚款金额（元）`.
pub(super) fn unit(cell: &str) -> Option<String> {
    let inside = inside(cell)?;
    let inside = narrow(inside);
    let inside = simplify(&inside);
    let name = inside
        .trim_start_matches("单位")
        .trim_start_matches([':', '：'])
        .trim();
    crate::value::is_money(name).then(|| name.to_owned())
}

fn narrow_bracket(each: char) -> char {
    match each {
        '（' | '[' | '［' | '【' => '(',
        '）' | ']' | '］' | '】' => ')',
        other => other,
    }
}
