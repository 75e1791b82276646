//! Where the organisation's own name ends and a branch of it begins.

use super::super::lexicon::{Branch, lexicon};
use super::{Han, form_at_end};

/// Forms behind which a further place of business is a branch, by how they end.
const ENDS: [&[char]; 5] = [
    &['公', '司'],
    &['银', '行'],
    &['合', '作', '社'],
    &['供', '销', '社'],
    &['联', '社'],
];

/// Digits as names have them after levelling.
const DIGITS: &str = "〇一二三四五六七八九";

impl Han {
    /// Takes the branch off a name and gives the name of its parent, or the whole.
    pub(super) fn take_branch<'a>(&mut self, whole: &'a [char]) -> &'a [char] {
        let at = behind_form(whole).or_else(|| behind_number(whole));
        let Some((own, behind)) = at.and_then(|at| whole.split_at_checked(at)) else {
            return whole;
        };
        self.branch = shortened(own, behind);
        own
    }
}

/// The end of the parent's legal form, where a branch follows it.
fn behind_form(whole: &[char]) -> Option<usize> {
    for at in 3..whole.len().saturating_sub(1) {
        let (own, behind) = whole.split_at_checked(at)?;
        let group = own.ends_with(&['集', '团']);
        let is_end = group
            || ENDS.iter().any(|end| own.ends_with(end))
                && !matches!(own, [.., '分' | '支', '公', '司']);
        if !is_end || is_only_form(behind) || begins_with_form(behind) {
            continue;
        }
        // 某某集团房地产有限公司 is a company of its own; 某某集团上海分公司 is a branch.
        if kind(behind).is_some_and(|(_, always)| always || !group)
            || (!group && form_at_end(behind).is_some())
        {
            return Some(at);
        }
    }
    None
}

/// 银行股份有限公司某某分行: the form of the bank itself follows.
fn begins_with_form(behind: &[char]) -> bool {
    let known = lexicon();
    let company = [known.limited, known.stock];
    let mut words = known.words(behind);
    words.any(|(_, entry)| company.contains(&entry.form))
}

/// What follows is still the form: 集团有限公司, 供销社联合社, 银行股份有限公司.
fn is_only_form(behind: &[char]) -> bool {
    let mut rest = behind;
    while let Some((length, _)) = form_at_end(rest) {
        rest = rest.get(..rest.len() - length).unwrap_or(&[]);
        if rest.is_empty() {
            return true;
        }
    }
    // 银行业协会, 集团财务有限公司 speak of another organisation: those read as branches, too, and
    // so compare as another subject than the parent, which they are.
    false
}

/// 某某超市第一分店, 某某商贸上海分公司 without a form before it: the branch begins at its number or
/// at its region.
fn behind_number(whole: &[char]) -> Option<usize> {
    let (length, always) = kind(whole)?;
    if !always {
        return None;
    }
    let end = whole.len() - length;
    let digits = whole
        .iter()
        .take(end)
        .rev()
        .take_while(|letter| DIGITS.contains(**letter))
        .count();
    if digits > 0 {
        return Some(end - digits);
    }
    let place = (2..=6.min(end.saturating_sub(2))).find(|back| {
        whole
            .get(end - back..end)
            .is_some_and(|text| lexicon().entry(text).place != 0)
    });
    Some(end - place.unwrap_or(0)).filter(|at| *at >= 2)
}

/// The longest word for a branch that ends a text, and whether it always is one.
pub(in crate::name) fn kind(text: &[char]) -> Option<(usize, bool)> {
    (1..=text.len().min(4)).rev().find_map(|length| {
        let branch = lexicon().entry(text.get(text.len() - length..)?).branch;
        (branch != Branch::No).then_some((length, branch == Branch::Always))
    })
}

/// The branch's own text: its region in short form of today, and left out where the parent's name
/// has it in front; then its number, wherever it stands: 综合二门市 is 二综合门市.
fn shortened(own: &[char], behind: &[char]) -> String {
    let mut text = String::new();
    let mut rest = behind;
    while let Some((length, entry)) = lexicon()
        .words(rest)
        .filter(|(_, entry)| entry.place != 0)
        .last()
    {
        let word = rest.get(..length).unwrap_or(&[]);
        let Some(place) = lexicon().place(entry) else {
            break;
        };
        let bare = match word {
            [bare @ .., '省' | '市' | '县' | '区'] if place.marked && bare.len() >= 2 => bare,
            all => all,
        };
        // 吉林市分行 beside 吉林省分行, 大同县 beside 大同: the mark tells which division of a name is meant.
        let known = lexicon()
            .place(lexicon().entry(bare))
            .map(|other| other.level);
        let other = known.is_some_and(|level| level != place.level);
        if other || !own.starts_with(bare) {
            text.push_str(place.head);
        }
        if other {
            text.extend(word.last());
        }
        rest = rest.get(length..).unwrap_or(&[]);
    }
    let is_digit = |letter: &char| DIGITS.contains(*letter);
    let from = rest.iter().position(is_digit).unwrap_or(0);
    let (before, number) = rest.split_at_checked(from).unwrap_or((rest, &[]));
    let to = number.iter().take_while(|letter| is_digit(letter)).count();
    let (number, after) = number.split_at_checked(to).unwrap_or((number, &[]));
    if after.iter().any(is_digit) {
        text.extend(rest);
    } else {
        text.extend(number.iter().chain(before).chain(after));
    }
    text
}
