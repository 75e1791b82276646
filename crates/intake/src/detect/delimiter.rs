//! The delimiter of a delimited file: the character that cuts the sample's records into the same
//! number of cells, more than one, most consistently.

use std::collections::HashMap;

/// Delimiters in use, likeliest first: an earlier one wins a tie.
pub const CANDIDATES: [char; 9] = [',', '\t', ';', '|', '、', '\u{1}', '^', '~', '\u{1f}'];

/// Records looked at.
const RECORDS: usize = 200;

/// Finds the delimiter of a sample; `whole`: it ends where the file ends, so that its last record
/// counts too. A file of one column has none, and a comma stands for that.
#[must_use]
pub fn delimiter(sample: &str, name: &str, whole: bool) -> char {
    let name = name.to_ascii_lowercase();
    let named_tab = name.ends_with(".tsv") || name.ends_with(".tsv.gz") || name.ends_with(".tab");
    let mut best = (',', 0.0_f64);
    for candidate in CANDIDATES {
        let mut score = score(sample, candidate, whole);
        if candidate == '\t' && named_tab {
            score *= 1.5;
        }
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

/// Share of records of the commonest width, weighted a little by that width; 0 for one column.
fn score(sample: &str, delimiter: char, whole: bool) -> f64 {
    let mut widths = widths(sample, delimiter);
    if !whole && widths.len() > 1 {
        widths.pop();
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for width in &widths {
        *counts.entry(*width).or_default() += 1;
    }
    let Some((&width, &count)) = counts
        .iter()
        .filter(|(width, _)| **width > 1)
        .max_by_key(|(width, count)| (**count, **width))
    else {
        return 0.0;
    };
    let share = count as f64 / widths.len() as f64;
    // Rare delimiters also occur in prose: they count only where nearly every record has them.
    let needed = if matches!(delimiter, ',' | '\t' | ';' | '|') {
        0.0
    } else {
        0.9
    };
    if share < needed {
        0.0
    } else {
        share * share * (1.0 + (width as f64).ln() / 4.0)
    }
}

/// Cells of each record, line ends and delimiters inside quotation marks left alone.
fn widths(sample: &str, delimiter: char) -> Vec<usize> {
    let mut widths = Vec::new();
    let (mut width, mut quoted, mut at_start, mut filled) = (1_usize, false, true, false);
    let mut closed = false;
    for character in sample.chars() {
        if quoted {
            quoted = character != '"';
            closed = !quoted;
            continue;
        }
        // A doubled mark inside a quoted cell closes and opens it again.
        let reopens = std::mem::take(&mut closed);
        match character {
            '"' if at_start || reopens => quoted = true,
            '\n' | '\r' => {
                if filled || width > 1 {
                    widths.push(width);
                }
                (width, at_start, filled) = (1, true, false);
                if widths.len() >= RECORDS {
                    return widths;
                }
                continue;
            }
            _ if character == delimiter => {
                width += 1;
                at_start = true;
                continue;
            }
            _ => {}
        }
        filled = true;
        at_start = false;
    }
    if filled || width > 1 {
        widths.push(width);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_candidate_is_found_among_commas_in_prose() {
        for candidate in CANDIDATES {
            let row = |cells: [&str; 3]| cells.join(&candidate.to_string());
            let sample = format!(
                "{}\n{}\n{}\n",
                row(["文号", "名称", "内容"]),
                row(["甲1号", "某某公司", "未按规定办理, 责令改正"]),
                row(["甲2号", "某某工厂", "罚款"]),
            );
            assert_eq!(delimiter(&sample, "x.txt", true), candidate);
        }
    }

    #[test]
    fn a_stray_tab_in_the_header_does_not_win() {
        let sample = "编号\t识别号,名称,级别,年度,机关\n1,912,甲,2018,局\n1,913,乙,2018,局\n";
        assert_eq!(delimiter(sample, "x.csv", true), ',');
    }

    #[test]
    fn quoted_delimiters_and_line_ends_do_not_count() {
        let sample = "a;b\n\"x,y,z\nq,r,s\";2\n\"1,2,3\";4\n";
        assert_eq!(widths(sample, ';'), [2, 2, 2]);
        assert_eq!(delimiter(sample, "", true), ';');
    }

    #[test]
    fn one_column_is_a_comma() {
        assert_eq!(delimiter("名称\n甲\n乙\n", "", true), ',');
    }
}
