//! Levelling: width, case, variants, numerals, brackets, spaces and punctuation, so that what is left
//! of a difference is a difference.

use super::Script;
use super::lexicon::lexicon;
use unicode_normalization::UnicodeNormalization;

/// Characters of a name that are looked at; the longest registered names have fewer than 100. What
/// is longer is compared only as a whole.
pub(super) const MOST: usize = 240;

/// A name levelled.
pub(super) struct Folded {
    /// Its characters. Chinese names have no spaces; of others the words stand one space apart.
    pub(super) chars: Vec<char>,
    /// What it is written in.
    pub(super) script: Script,
}

/// Levels a name.
pub(super) fn fold(text: &str) -> Folded {
    let mut chars = Vec::with_capacity(text.len() / 2 + 4);
    for letter in text.chars() {
        match letter {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => {
                chars.push(lexicon().level(letter))
            }
            'A'..='Z' | '0'..='9' | '(' | ')' | '&' | '+' => chars.push(letter),
            'a'..='z' => chars.push(letter.to_ascii_uppercase()),
            _ => rare(letter, &mut chars),
        }
    }
    let script = script(&chars);
    match script {
        Script::Han | Script::Mixed => {
            chars.retain(|letter| *letter != ' ');
            numerals(&mut chars);
        }
        _ => spaces(&mut chars),
    }
    Folded { chars, script }
}

/// Letters outside the usual ranges, after their compatibility forms are settled.
fn rare(letter: char, chars: &mut Vec<char>) {
    match letter {
        '（' | '[' | '［' | '【' | '〔' | '{' | '｛' | '〖' | '﹙' | '<' | '＜' | '〈' => {
            chars.push('(')
        }
        '）' | ']' | '］' | '】' | '〕' | '}' | '｝' | '〗' | '﹚' | '>' | '＞' | '〉' => {
            chars.push(')')
        }
        '〇' | '○' | '◯' => chars.push('〇'),
        '\''
        | '’'
        | '‘'
        | '`'
        | '´'
        | '·'
        | '•'
        | '・'
        | '.'
        | '．'
        | '。'
        | '\u{200B}'..='\u{200F}'
        | '\u{FEFF}' => {}
        _ => {
            for settled in std::iter::once(letter).nfkd() {
                if matches!(settled, '(' | ')' | '&' | '+') {
                    chars.push(settled);
                } else if settled.is_alphanumeric() {
                    settle(settled, chars);
                } else if !is_mark(settled) {
                    chars.push(' ');
                }
            }
        }
    }
}

/// Upper case and without the stroke or ligature that decomposition leaves.
fn settle(letter: char, chars: &mut Vec<char>) {
    match letter {
        'ß' => chars.extend(['S', 'S']),
        'æ' | 'Æ' => chars.extend(['A', 'E']),
        'œ' | 'Œ' => chars.extend(['O', 'E']),
        'ø' | 'Ø' => chars.push('O'),
        'ł' | 'Ł' => chars.push('L'),
        'đ' | 'Đ' | 'ð' | 'Ð' => chars.push('D'),
        'þ' | 'Þ' => chars.extend(['T', 'H']),
        'ı' | 'İ' => chars.push('I'),
        'ё' | 'Ё' => chars.push('Е'),
        _ => chars.extend(letter.to_uppercase().map(|upper| lexicon().level(upper))),
    }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// One space between words, none at the ends or beside brackets.
fn spaces(chars: &mut Vec<char>) {
    let mut before = ' ';
    chars.retain(|letter| {
        let keep = *letter != ' ' || !matches!(before, ' ' | '(');
        if keep {
            before = *letter;
        }
        keep
    });
    if chars.last() == Some(&' ') {
        chars.pop();
    }
}

fn script(chars: &[char]) -> Script {
    let (mut han, mut latin, mut cyrillic) = (0, 0, 0);
    for letter in chars.iter().take(MOST) {
        match letter {
            '\u{3400}'..='\u{9FFF}' | '〇' => han += 1,
            'A'..='Z' => latin += 1,
            '\u{0400}'..='\u{04FF}' => cyrillic += 1,
            _ => {}
        }
    }
    match (han, latin, cyrillic) {
        (0, 0, 0) => Script::Other,
        (0, latin, cyrillic) if latin >= cyrillic => Script::Latin,
        (0, _, _) => Script::Cyrillic,
        (_, 0, 0) => Script::Han,
        _ => Script::Mixed,
    }
}

/// Numbers in one spelling, digit by digit in Chinese: 12, １２ and 十二 are 一二 behind 第 or where
/// they count something. 第 itself goes: 第一分公司 is 一分公司.
fn numerals(chars: &mut Vec<char>) {
    let mut at = 0;
    while at < chars.len() {
        let ordinal = chars.get(at) == Some(&'第');
        let from = if ordinal { at + 1 } else { at };
        let run = chars
            .iter()
            .skip(from)
            .take_while(|letter| numeral(**letter).is_some())
            .count();
        if run == 0 {
            at += 1;
            continue;
        }
        let written: Vec<char> = chars.iter().skip(from).take(run).copied().collect();
        let spelled = spell(&written, ordinal);
        let width = spelled.len();
        // 第 stays where no number follows: 第九州 is no ordinal but a name, yet both spellings of
        // one name lose it alike.
        chars.splice(at..from + run, spelled);
        at += width;
    }
}

/// The value of a numeral character: a digit, or a power of ten as its exponent plus ten.
fn numeral(letter: char) -> Option<u32> {
    Some(match letter {
        '0'..='9' => u32::from(letter) - u32::from('0'),
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 11,
        '百' => 12,
        _ => return None,
    })
}

/// A run of numerals digit by digit. A lone 十 or 百, or one that is no well-formed number (三百,
/// 八百伴), is a word of the trade name and stays unless it follows 第.
fn spell(run: &[char], ordinal: bool) -> Vec<char> {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let values: Vec<u32> = run.iter().filter_map(|letter| numeral(*letter)).collect();
    let powers = values.iter().filter(|value| **value > 10).count();
    let count = |value: u32| -> Vec<char> {
        value
            .to_string()
            .chars()
            .filter_map(numeral)
            .filter_map(|digit| DIGITS.get(digit as usize).copied())
            .collect()
    };
    if powers == 0 {
        return values
            .iter()
            .filter_map(|digit| DIGITS.get(*digit as usize).copied())
            .collect();
    }
    match number(&values) {
        Some(value) if ordinal || (run.len() > 1 && !run.contains(&'百')) => count(value),
        _ => run.to_vec(),
    }
}

/// A number below a thousand in Chinese notation.
fn number(values: &[u32]) -> Option<u32> {
    let (mut total, mut digit, mut last) = (0u32, None, 13);
    for value in values {
        match (*value, digit) {
            (power @ 11..=12, held) if power < last => {
                total += held.unwrap_or(1) * if power == 12 { 100 } else { 10 };
                (digit, last) = (None, power);
            }
            (0, None) if last < 13 => {}
            (plain @ 0..=9, None) => digit = Some(plain),
            _ => return None,
        }
    }
    Some(total + digit.unwrap_or(0))
}
