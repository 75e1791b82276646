//! What a reader who looks an organisation up is told about a code that is none: what is wrong, at
//! which character, and what to enter instead. The reader holds a certificate in the hand, not our
//! tables, so the lengths and the letters that no code uses are said as well.

use super::compact::Compact;
use super::{Identifier, IdentifierError};
use crate::lang::Lang;

/// What a text that is no code looks most like.
#[derive(Clone, Copy)]
enum Fault {
    /// No code has this many characters.
    Length(usize),
    /// A character that is neither a letter nor a digit.
    Foreign(usize),
    /// A letter that unified codes do not use, and what it was mistaken for.
    Letter(usize, char, char),
    /// A letter where a unified code has digits only.
    Digit(usize),
    /// Check digits do not fit a code of this length.
    Check(usize),
    /// What every system says by itself.
    Other(IdentifierError),
}

impl Identifier {
    /// What is wrong with a text that [`Identifier::detect`] refused, and what to enter. Repeats
    /// one character of the text at most.
    #[must_use]
    pub fn explain(text: &str, error: IdentifierError, lang: Lang) -> String {
        let wrong = Fault::of(text, error).message(lang);
        if matches!(error, IdentifierError::Personal) {
            return wrong;
        }
        format!("{wrong}{}{}", lang_space(lang), what_to_enter(lang))
    }
}

impl Fault {
    fn of(text: &str, error: IdentifierError) -> Fault {
        let compact = match Compact::of(text) {
            Ok(compact) => compact,
            Err(IdentifierError::Character { position }) => return Fault::Foreign(position),
            Err(IdentifierError::Length { found }) => return Fault::Length(found),
            Err(other) => return Fault::Other(other),
        };
        let bytes = compact.bytes();
        if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
            return Fault::Foreign(at + 1);
        }
        match (error, bytes.len()) {
            (IdentifierError::Personal, _) => Fault::Other(error),
            (IdentifierError::Character { position }, 18) => {
                let letter = bytes.get(position.saturating_sub(1)).copied();
                match letter.and_then(meant) {
                    Some((typed, meant)) => Fault::Letter(position, typed, meant),
                    None => Fault::Digit(position),
                }
            }
            (_, 9 | 15 | 18 | 20) => Fault::Check(bytes.len()),
            (_, found) => Fault::Length(found),
        }
    }

    fn message(self, lang: Lang) -> String {
        match self {
            Fault::Length(found) => match lang {
                Lang::Zh => {
                    format!("输入了 {found} 位，没有这样长度的代码；请核对是否缺位或多位。")
                }
                Lang::En => format!(
                    "{found} characters were entered, and no code has that many; look for missing or extra ones."
                ),
                Lang::Ru => format!(
                    "Введено знаков: {found}; кодов такой длины нет. Проверьте, нет ли пропущенных или лишних."
                ),
            },
            Fault::Foreign(at) => match lang {
                Lang::Zh => format!("第 {at} 位既不是字母也不是数字。"),
                Lang::En => format!("Character {at} is neither a letter nor a digit."),
                Lang::Ru => format!("Знак {at} — не буква и не цифра."),
            },
            Fault::Letter(at, typed, meant) => match lang {
                Lang::Zh => format!(
                    "第 {at} 位是字母 {typed}；统一社会信用代码不用 I、O、S、V、Z，可能应为 {meant}。"
                ),
                Lang::En => format!(
                    "Character {at} is the letter {typed}; unified codes never use I, O, S, V or Z. It may be {meant}."
                ),
                Lang::Ru => format!(
                    "Знак {at} — буква {typed}; в едином коде нет I, O, S, V и Z. Возможно, это {meant}."
                ),
            },
            Fault::Digit(at) => match lang {
                Lang::Zh => format!("第 {at} 位应为数字：第 2 至 8 位只有数字。"),
                Lang::En => {
                    format!("Character {at} must be a digit: characters 2 to 8 are digits only.")
                }
                Lang::Ru => {
                    format!("Знак {at} должен быть цифрой: знаки со 2-го по 8-й — только цифры.")
                }
            },
            Fault::Check(length) => check(length, lang).to_owned(),
            Fault::Other(error) => error.message(lang),
        }
    }
}

/// Letters that GB 32100-2015 leaves out because hands and eyes confuse them, and with what.
fn meant(letter: u8) -> Option<(char, char)> {
    Some(match letter {
        b'I' => ('I', '1'),
        b'O' => ('O', '0'),
        b'S' => ('S', '5'),
        b'V' => ('V', 'U'),
        b'Z' => ('Z', '2'),
        _ => return None,
    })
}

fn check(length: usize, lang: Lang) -> &'static str {
    match (length, lang) {
        (9, Lang::Zh) => "9 位组织机构代码的校验位不符：至少有一位写错，或有两位颠倒。",
        (9, Lang::En) => {
            "The check digit of this organisation code does not fit: a character is wrong, or two are swapped."
        }
        (9, Lang::Ru) => {
            "Контрольный знак кода организации не сходится: есть ошибка или переставлены два знака."
        }
        (15, Lang::Zh) => {
            "15 位号码既不是有效的注册号，也不是有效的旧税务登记号：校验位不符。该机构若已换发统一社会信用代码，请用 18 位代码查询。"
        }
        (15, Lang::En) => {
            "These 15 characters are neither a valid registration number nor a valid old tax number: the check digit does not fit. If the organisation has a unified code by now, use its 18 characters."
        }
        (15, Lang::Ru) => {
            "Эти 15 знаков — не регистрационный и не прежний налоговый номер: контрольный знак не сходится. Если организация уже получила единый код, введите его 18 знаков."
        }
        (20, Lang::Zh) => "20 位的全球法人识别编码（LEI）校验位不符：请逐位核对。",
        (20, Lang::En) => {
            "Twenty characters would be a Legal Entity Identifier, and its check digits do not fit; compare character by character."
        }
        (20, Lang::Ru) => {
            "Двадцать знаков — это LEI, но его контрольные цифры не сходятся; сверьте знак за знаком."
        }
        (_, Lang::Zh) => {
            "18 位代码的校验位不符：至少有一位写错，或有两位颠倒；请按营业执照或登记证书逐位核对。"
        }
        (_, Lang::En) => {
            "The check digit of these 18 characters does not fit: one is wrong, or two are swapped. Compare them with the licence or certificate, character by character."
        }
        (_, Lang::Ru) => {
            "Контрольный знак этих 18 знаков не сходится: есть ошибка или переставлены два знака. Сверьте их со свидетельством знак за знаком."
        }
    }
}

fn what_to_enter(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => {
            "可输入：18 位统一社会信用代码、9 位组织机构代码、15 位注册号或旧税务登记号、20 位 LEI，或名称中的两个字以上。"
        }
        Lang::En => {
            "Enter a unified social credit code (18 characters), an organisation code (9), a registration or old tax number (15), an LEI (20), or part of the name."
        }
        Lang::Ru => {
            "Введите единый код (18 знаков), код организации (9), регистрационный или прежний налоговый номер (15), LEI (20) или часть наименования."
        }
    }
}

/// Chinese sentences follow each other without a space.
fn lang_space(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "",
        Lang::En | Lang::Ru => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: Lang) -> String {
        match Identifier::detect(text) {
            Ok(parsed) => format!("taken: {:?}", parsed.identifier.system()),
            Err(error) => Identifier::explain(text, error, lang),
        }
    }

    #[test]
    fn each_slip_of_the_hand_has_its_own_words() {
        for (text, words) in [
            ("91110000MA00000153", "check digit of these 18"),
            ("91110000MAO0000152", "Character 11 is the letter O"),
            ("91110000MA0000015Z", "Character 18 is the letter Z"),
            ("9l110000MA00000152", "Character 2 must be a digit"),
            ("91110000MA0000015I", "It may be 1"),
            ("91110000MS00000152", "It may be 5"),
            ("91110000MV00000152", "It may be U"),
            ("9111A000MA00000152", "Character 5 must be a digit"),
            ("91110000MA0000015", "17 characters were entered"),
            ("91110000MA000001522", "19 characters were entered"),
            ("110000000000001", "neither a valid registration number"),
            ("12345678-0", "check digit of this organisation code"),
            ("529900T8BM49AURSDO56", "Legal Entity Identifier"),
            ("91110000MA0000015é", "Character 18 is neither"),
            ("91110000_A00000152", "Character 9 is neither"),
            ("", "empty"),
        ] {
            let said = said(text, Lang::En);
            assert!(said.contains(words), "{text}: {said}");
            assert!(said.contains("18 characters"), "{text}: {said}");
        }
    }

    #[test]
    fn every_language_says_what_to_enter_and_repeats_nothing() {
        for text in [
            "91110000MA00000153",
            "91110000MA0000015",
            "110000000000001",
            "12345678-0",
        ] {
            for (lang, enter) in [
                (Lang::Zh, "可输入"),
                (Lang::En, "Enter a"),
                (Lang::Ru, "Введите единый"),
            ] {
                let said = said(text, lang);
                assert!(said.contains(enter), "{lang:?} {text}: {said}");
                assert!(!said.contains(text), "{lang:?} {text}: {said}");
            }
        }
    }

    #[test]
    fn a_persons_number_is_only_sent_away() {
        for text in ["110105491231002", "35262719900101123"] {
            if let Err(error @ IdentifierError::Personal) = Identifier::detect(text) {
                let said = Identifier::explain(text, error, Lang::En);
                assert!(said.contains("person"), "{said}");
                assert!(!said.contains("LEI"), "{said}");
            }
        }
    }
}
