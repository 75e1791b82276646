//! Lines below the table: totals, signatures, notes. They are no facts and no mistakes.

use crate::read::RawRow;
use credit::text::{simplify, simplify_char};

/// Filled cells that such a line has at most, save totals.
const CELLS: usize = 2;

/// How such lines begin.
const OPENINGS: [&str; 20] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "制表",
    "填表",
    "审核人",
    "复核",
    "负责人",
    "联系人",
    "备注",
    "注:",
    "注：",
    "说明",
    "打印",
    "导出时间",
    "数据来源",
    "统计时间",
    "第",
    "共",
];

/// Totals: such a line may have figures under any column.
const TOTALS: [&str; 4] = ["合计", "总计", "小计", "共计"];

/// The characters of a line below the table, or `None` for a row. `identity` are the columns that
/// name the subject: a line that fills one of them beyond its first cell is a row.
pub(super) fn letters(row: &RawRow<'_>, identity: &[usize]) -> Option<usize> {
    let mut filled = (0..row.len()).filter(|&at| !row.text(at).trim().is_empty());
    let first = filled.next()?;
    let opening = row.text(first).trim();
    // Most rows end here: they begin with a name, a code or a number.
    if !opening.chars().next().is_some_and(begins_a_line) {
        return None;
    }
    let opening = simplify(opening);
    if !OPENINGS.iter().any(|word| opening.starts_with(word)) {
        return None;
    }
    let others = filled.clone().count();
    let bare: String = opening
        .chars()
        .filter(|each| !each.is_whitespace())
        .collect();
    let names_subject = filled.clone().any(|at| identity.contains(&at));
    let is_total = TOTALS
        .iter()
        .any(|word| bare.trim_end_matches([':', '：']) == *word)
        && !names_subject;
    let is_line = others < CELLS && is_line(&bare) && !names_subject;
    (is_total || is_line).then(|| row.iter().map(|text| text.trim().chars().count()).sum())
}

/// Whether one of [`OPENINGS`] begins with a character; one comparison instead of twenty.
fn begins_a_line(first: char) -> bool {
    matches!(
        simplify_char(first),
        '合' | '总'
            | '小'
            | '共'
            | '制'
            | '填'
            | '审'
            | '复'
            | '负'
            | '联'
            | '备'
            | '注'
            | '说'
            | '打'
            | '导'
            | '数'
            | '统'
            | '第'
    )
}

/// `第3页`, `共 12 条`, `制表人：…`: the words alone could begin a name (第一汽车, 共青团), so those
/// need what follows them.
fn is_line(text: &str) -> bool {
    let after = |word: &str| text.strip_prefix(word).and_then(|rest| rest.chars().next());
    if let Some(next) = after("第").or_else(|| after("共")) {
        let counted = text.ends_with(['页', '条', '户', '家', '件', '行', '笔', '项', '。']);
        return next.is_ascii_digit() && counted
            || TOTALS.iter().any(|word| text.starts_with(word));
    }
    text.contains([':', '：'])
        || text.chars().count() <= 4
        || TOTALS.iter().any(|word| text.starts_with(word))
}

/// What stands before a line that slipped into a cell, or `None` where there is none.
pub(super) fn unglue(cell: &str) -> Option<&str> {
    const GLUED: [&str; 8] = [
        "合计", "总计", "制表", "填表", "注：", "注:", "备注", "共计",
    ];
    let cut = cell
        .find(['\n', '\r'])
        .into_iter()
        .chain(GLUED.iter().filter_map(|word| cell.find(word)))
        .min()?;
    let head = cell.get(..cut)?.trim();
    (!head.is_empty()).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::RowBuf;

    fn of(cells: &[&str]) -> Option<usize> {
        let mut buffer = RowBuf::new();
        for cell in cells {
            buffer.push(cell);
        }
        letters(&buffer.row(), &[1])
    }

    #[test]
    fn every_opening_has_its_first_character_in_the_list() {
        for word in OPENINGS.iter().chain(&TOTALS) {
            assert!(word.chars().next().is_some_and(begins_a_line), "{word}");
        }
    }

    #[test]
    fn lines_below_the_table() {
        for cells in [
            &["合计", "", "12", "3.5"][..],
            &["制表人：甲", "", "", ""],
            &["共 12 条", "", "", ""],
            &["第1页", "", "", ""],
            &["注：本表由业务处提供", "", "", ""],
            &["", "合计：", "", "4"],
            &["合計", "", "12", "3.5"],
            &["共 12 條", "", "", ""],
            &["備註：略", "", "", ""],
        ] {
            assert!(of(cells).is_some(), "{cells:?}");
        }
    }

    #[test]
    fn rows_that_begin_like_a_line() {
        for cells in [
            &["第一建筑有限公司", "91110000000000000X", "1", "2"][..],
            &["共青团某市委", "", "", ""],
            &["合计", "91110000000000000X", "1", "2"],
            &["总计信息有限公司", "9111", "", ""],
            &["某公司", "", "", ""],
        ] {
            assert!(of(cells).is_none(), "{cells:?}");
        }
    }

    #[test]
    fn a_glued_line_is_cut() {
        assert_eq!(unglue("2018合计：12"), Some("2018"));
        assert_eq!(unglue("A\n制表人：甲"), Some("A"));
        assert_eq!(unglue("合计"), None);
        assert_eq!(unglue("2018"), None);
    }
}
