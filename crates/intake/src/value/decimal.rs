//! Numbers as agencies write them, to plain digits, with units of money converted exactly.
//!
//! A conversion only moves the decimal point, so it works on the digits as text: no rounding, no
//! limit of a machine number.

use super::Canonical;
use credit::fault::FaultKind;
use credit::text::simplify;
use std::borrow::Cow;

/// Units of money and the power of ten of one of them in yuan.
const MONEY: [(&str, i32); 13] = [
    ("元", 0),
    ("圆", 0),
    ("元整", 0),
    ("百元", 2),
    ("千元", 3),
    ("万元", 4),
    ("万", 4),
    ("百万元", 6),
    ("千万元", 7),
    ("亿元", 8),
    ("亿", 8),
    ("万元整", 4),
    ("元人民币", 0),
];

/// Largest exponent of a number of JSON that is written out: above it no amount makes sense.
const EXPONENT: i32 = 30;

/// Whether a word is a unit of money that can be converted.
#[must_use]
pub fn is_money(unit: &str) -> bool {
    power(unit).is_some()
}

fn power(unit: &str) -> Option<i32> {
    MONEY
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, power)| *power)
}

/// Form and unit of a decimal item.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// All digits.
    pub digits: u8,
    /// Digits after the point.
    pub scale: u8,
    /// The item's unit.
    pub unit: Option<&'a str>,
    /// The unit that the file's header names, for cells without one.
    pub header_unit: Option<&'a str>,
}

/// Reads a tidied number.
///
/// # Errors
/// No number, a unit that cannot be converted, or too many digits.
pub fn parse<'a>(text: &'a str, form: &Form<'_>) -> Canonical<'a> {
    let same_unit = form.header_unit.is_none() || form.header_unit == form.unit;
    if same_unit && is_plain(text) {
        fits(text, form)?;
        return Ok(Some(Cow::Borrowed(text)));
    }
    let (negative, rest) = sign(strip_currency(text));
    let end = rest
        .find(|each: char| !(each.is_ascii_digit() || matches!(each, '.' | ',' | '，' | '\'')))
        .unwrap_or(rest.len());
    let (number, tail) = rest.split_at(end);
    let (whole, fraction) = split(number).ok_or(FaultKind::NotANumber)?;
    // Spreadsheet programs write long codes and amounts so, and drop digits.
    if exponent(tail).is_some_and(|(_, tail)| tail.len() < rest.len() - end) {
        return Err(FaultKind::Exponent);
    }
    let shift = shift(&simplify(tail.trim()), form)?;
    let canonical = place(negative, &whole, fraction, shift);
    fits(&canonical, form)?;
    Ok(Some(Cow::Owned(canonical)))
}

/// Reads a tidied whole number.
///
/// # Errors
/// No number, or one with a fraction.
pub fn whole(text: &str) -> Canonical<'_> {
    let form = Form {
        digits: 18,
        scale: 6,
        unit: None,
        header_unit: None,
    };
    match parse(text, &form)? {
        Some(found) if found.contains('.') => Err(FaultKind::NotWhole),
        found => Ok(found),
    }
}

/// A number token of JSON in plain digits, where it has an exponent: there `1.5e3` is the number
/// 1500 by the grammar and nobody's abbreviation. `None` where there is none, or it is out of reason.
pub(crate) fn written_out(token: &str) -> Option<String> {
    let (negative, rest) = sign(token);
    let (number, tail) = rest.split_at(rest.find(['e', 'E'])?);
    let (shift, tail) = exponent(tail)?;
    let (whole, fraction) = split(number)?;
    tail.is_empty()
        .then(|| place(negative, &whole, fraction, shift))
}

/// Digits only, no leading zero, perhaps a point with digits that do not end in zero.
fn is_plain(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "1"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && !fraction.ends_with('0')
}

fn fits(canonical: &str, form: &Form<'_>) -> Result<(), FaultKind> {
    let (whole, fraction) = canonical.split_once('.').unwrap_or((canonical, ""));
    let whole = whole.trim_start_matches('-');
    let whole = if whole == "0" { 0 } else { whole.len() };
    let room = usize::from(form.digits.saturating_sub(form.scale));
    if whole > room || fraction.len() > usize::from(form.scale) {
        return Err(FaultKind::Digits {
            digits: form.digits,
            scale: form.scale,
        });
    }
    Ok(())
}

fn strip_currency(text: &str) -> &str {
    let mut text = text.trim();
    for word in ["人民币", "RMB", "CNY", "¥", "￥"] {
        text = text.strip_prefix(word).unwrap_or(text).trim_start();
        text = text.strip_suffix(word).unwrap_or(text).trim_end();
    }
    text
}

/// `-5`, `－5` (already narrowed), `(5)` as accountants write it.
fn sign(text: &str) -> (bool, &str) {
    if let Some(inside) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return (true, inside);
    }
    match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `E+05` behind the digits, and what follows it.
fn exponent(tail: &str) -> Option<(i32, &str)> {
    let Some(rest) = tail.strip_prefix(['e', 'E']) else {
        return Some((0, tail));
    };
    let (negative, rest) = sign(rest);
    let end = rest
        .find(|each: char| !each.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let value: i32 = digits.parse().ok()?;
    (value <= EXPONENT).then_some((if negative { -value } else { value }, tail))
}

/// The digits before and after the point; separators of thousands must stand at thousands.
fn split(number: &str) -> Option<(Cow<'_, str>, &str)> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if is_digits(whole) {
        return Some((Cow::Borrowed(whole), fraction));
    }
    let mut groups = whole.split([',', '，', '\'']);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let joined: String = whole.chars().filter(char::is_ascii_digit).collect();
    fits.then_some((Cow::Owned(joined), fraction))
}

/// How far the point moves from the unit written to the item's own.
fn shift(unit: &str, form: &Form<'_>) -> Result<i32, FaultKind> {
    let refuse = || FaultKind::Unit {
        wanted: form.unit.unwrap_or_default().to_owned(),
    };
    let Some(own) = form.unit else {
        return if unit.is_empty() {
            Ok(0)
        } else {
            Err(FaultKind::NotANumber)
        };
    };
    let written = if unit.is_empty() {
        form.header_unit.unwrap_or(own)
    } else {
        unit
    };
    if written == own {
        return Ok(0);
    }
    let (from, to) = (
        power(written).ok_or_else(refuse)?,
        power(own).ok_or_else(refuse)?,
    );
    Ok(from - to)
}

/// Writes the digits with the point moved, without idle zeros.
fn place(negative: bool, whole: &str, fraction: &str, shift: i32) -> String {
    let mut digits = String::with_capacity(whole.len() + fraction.len() + 8);
    digits.push_str(whole);
    digits.push_str(fraction);
    let mut point = i64::try_from(whole.len()).unwrap_or(0) + i64::from(shift);
    while point < 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).unwrap_or(0);
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let mut out = String::with_capacity(digits.len() + 3);
    if negative && !(whole.is_empty() && fraction.is_empty()) {
        out.push('-');
    }
    out.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        text: &str,
        unit: Option<&str>,
        header_unit: Option<&str>,
    ) -> Result<String, FaultKind> {
        let form = Form {
            digits: 18,
            scale: 6,
            unit,
            header_unit,
        };
        parse(text, &form).map(|found| found.unwrap_or_default().into_owned())
    }

    #[test]
    fn usual_forms() {
        for (text, wanted) in [
            ("0", "0"),
            ("0.2", "0.2"),
            ("1,234,567.50", "1234567.5"),
            ("007", "7"),
            ("-0.00", "0"),
            ("-1.50", "-1.5"),
            ("(12)", "-12"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+3", "3"),
        ] {
            assert_eq!(read(text, None, None).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn scientific_notation_is_no_text_of_a_number() {
        for text in [
            "1e3",
            "1E+05",
            "1.5E-2",
            "9.12308E+17",
            "-1e3",
            "(1e3)",
            "1e3元",
        ] {
            let unit = text.contains('元').then_some("元");
            assert_eq!(read(text, unit, None), Err(FaultKind::Exponent), "{text}");
        }
        assert_eq!(whole("1e3"), Err(FaultKind::Exponent));
    }

    #[test]
    fn a_number_of_json_is_written_out() {
        for (token, digits) in [
            ("1e3", "1000"),
            ("-1.50E+2", "-150"),
            ("15e-1", "1.5"),
            ("0e5", "0"),
        ] {
            assert_eq!(written_out(token).as_deref(), Some(digits), "{token}");
        }
        for token in [
            "1000",
            "1e31",
            "1e99999999999",
            "true",
            "",
            "e",
            "1e",
            "1e5x",
        ] {
            assert_eq!(written_out(token), None, "{token}");
        }
    }

    #[test]
    fn units_move_the_point_exactly() {
        for (text, unit, header, wanted) in [
            ("2000元", "万元", None, "0.2"),
            ("2000", "万元", Some("元"), "0.2"),
            ("0.2", "元", Some("万元"), "2000"),
            ("0.2万元", "元", None, "2000"),
            ("3亿", "万元", None, "30000"),
            ("人民币 1,000.01 元", "元", None, "1000.01"),
            ("¥5万元", "万元", None, "5"),
            ("1元", "万元", None, "0.0001"),
        ] {
            assert_eq!(
                read(text, Some(unit), header).as_deref(),
                Ok(wanted),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_told_from_what_is_too_long() {
        for text in [
            "", "abc", "1,23", "12,3456", "1.2.3", "--1", "1e", "五百", "3 个",
        ] {
            assert_eq!(read(text, None, None), Err(FaultKind::NotANumber), "{text}");
        }
        assert!(matches!(
            read("5美元", Some("万元"), None),
            Err(FaultKind::Unit { .. })
        ));
        assert!(matches!(
            read("1234567890123", None, None),
            Err(FaultKind::Digits { .. })
        ));
        assert!(matches!(
            read("0.1234567", None, None),
            Err(FaultKind::Digits { .. })
        ));
        assert!(matches!(
            read("0.001元", Some("万元"), None),
            Err(FaultKind::Digits { .. })
        ));
        assert_eq!(whole("1.5"), Err(FaultKind::NotWhole));
        assert_eq!(whole("1,000.0"), Ok(Some(Cow::Borrowed("1000"))));
    }
}
