//! Dates in the forms that agencies write, to `YYYY-MM-DD`.

use super::Canonical;
use credit::fault::FaultKind;
use credit::text::simplify;
use std::borrow::Cow;

/// What stands for *no end*: kept as the standards' own spelling.
pub const OPEN_ENDED: &str = "2099-12-31";

/// What old exports write where there is no date; it becomes no value.
pub const NONE: &str = "1900-01-01";

/// Years that a fact can speak of: the oldest bodies on file are from the late Qing, terms of land
/// use reach 70 years on.
const YEARS: std::ops::RangeInclusive<i16> = 1850..=2199;

/// First and last serial of a workbook's calendar taken for a day: 1954-10-03 to 2119-01-11.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=80_000;

/// Reads a tidied date. `open_words` lets words for *no end* through (`长期`), for items where a
/// term ends.
///
/// # Errors
/// No date, or no such day.
pub fn parse(text: &str, open_words: bool) -> Canonical<'_> {
    if let Some(day) = plain(text.as_bytes()) {
        return match day {
            Some(_) if text == NONE => Ok(None),
            Some(_) => Ok(Some(Cow::Borrowed(text))),
            None if text == "9999-12-31" => Ok(Some(Cow::Borrowed(OPEN_ENDED))),
            None if text == "0001-01-01" => Ok(None),
            None => Err(FaultKind::NoSuchDay),
        };
    }
    if open_words && is_open_word(text) {
        return Ok(Some(Cow::Borrowed(OPEN_ENDED)));
    }
    let (year, month, day) = parts(text).ok_or(FaultKind::NotADate)?;
    match (year, month, day) {
        (9999, 12, 31) => return Ok(Some(Cow::Borrowed(OPEN_ENDED))),
        (1900 | 1, 1, 1) => return Ok(None),
        _ => {}
    }
    exists(year, month, day)
        .then(|| Some(Cow::Owned(format!("{year:04}-{month:02}-{day:02}"))))
        .ok_or(FaultKind::NoSuchDay)
}

/// `YYYY-MM-DD` already: the common case, without allocation. The outer `None` means another form.
fn plain(text: &[u8]) -> Option<Option<()>> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = text else {
        return None;
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let year = digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?;
    let month = digit(e)? * 10 + digit(f)?;
    let day = digit(g)? * 10 + digit(h)?;
    Some(exists(year, month, day).then_some(()))
}

/// The day of a canonical text.
#[must_use]
pub fn day(canonical: &str) -> Option<jiff::civil::Date> {
    let number = |from: usize, to: usize| canonical.get(from..to)?.parse().ok();
    plain(canonical.as_bytes())??;
    let (month, day): (i16, i16) = (number(5, 7)?, number(8, 10)?);
    jiff::civil::Date::new(
        number(0, 4)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

fn exists(year: i16, month: i16, day: i16) -> bool {
    YEARS.contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= length(year, month)
}

fn length(year: i16, month: i16) -> i16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_open_word(text: &str) -> bool {
    matches!(
        &*simplify(text),
        "长期" | "永久" | "长期有效" | "永久有效" | "无固定期限" | "无期限" | "不限"
    )
}

/// Year, month and day of any other form.
fn parts(text: &str) -> Option<(i16, i16, i16)> {
    if text.len() > 64 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_only(text);
    }
    if let Some(found) = era(text) {
        return Some(found);
    }
    let text = without_time(text);
    if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        let day = rest.trim_end_matches(['日', '号']);
        return Some((year4(year)?, number(month)?, number(day)?));
    }
    let separator = text.chars().find(|each| !each.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.' | '\\' | '、' | '–' | '—') {
        return None;
    }
    let mut pieces = text.split(separator);
    let found = (
        year4(pieces.next()?)?,
        number(pieces.next()?)?,
        number(pieces.next()?)?,
    );
    pieces.next().is_none().then_some(found)
}

/// `20240131`, `20240131235959`, or a workbook's day number.
fn digits_only(text: &str) -> Option<(i16, i16, i16)> {
    match text.len() {
        8 | 14 => Some((
            text.get(0..4)?.parse().ok()?,
            text.get(4..6)?.parse().ok()?,
            text.get(6..8)?.parse().ok()?,
        )),
        5 => serial(text.parse().ok()?),
        _ => None,
    }
}

/// Day numbers of workbooks count from 1899-12-30 for every day after February 1900.
fn serial(number: u32) -> Option<(i16, i16, i16)> {
    if !SERIALS.contains(&number) {
        return None;
    }
    let start = jiff::civil::date(1899, 12, 30);
    let day = start
        .checked_add(jiff::Span::new().days(i64::from(number)))
        .ok()?;
    Some((day.year(), i16::from(day.month()), i16::from(day.day())))
}

/// Drops a time of day behind the date.
fn without_time(text: &str) -> &str {
    let cut = text
        .char_indices()
        .find(|(at, each)| *at > 0 && matches!(each, ' ' | 'T' | 't'))
        .map_or(text.len(), |(at, _)| at);
    let (date, time) = text.split_at(cut);
    let is_time = time
        .chars()
        .all(|each| each.is_ascii_digit() || " TtZz:.+-时分秒".contains(each));
    if is_time { date } else { text }
}

/// Japanese eras: `H28.10.4`, `平成29年5月15日`, `令和元年7月1日`.
fn era(text: &str) -> Option<(i16, i16, i16)> {
    const ERAS: [(&str, &str, i16); 5] = [
        ("明治", "M", 1867),
        ("大正", "T", 1911),
        ("昭和", "S", 1925),
        ("平成", "H", 1988),
        ("令和", "R", 2018),
    ];
    let (rest, before) = ERAS.iter().find_map(|(name, letter, before)| {
        let rest = text
            .strip_prefix(name)
            .or_else(|| text.strip_prefix(letter))
            .or_else(|| text.strip_prefix(letter.to_lowercase().as_str()))?;
        Some((rest, *before))
    })?;
    let mut pieces = rest
        .split(['.', '/', '-', '年', '月', '日'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty());
    let year = match pieces.next()? {
        "元" => 1,
        year => number(year)?,
    };
    let found = (
        before.checked_add(year)?,
        number(pieces.next()?)?,
        number(pieces.next()?)?,
    );
    pieces.next().is_none().then_some(found)
}

/// A year of four digits: two would have to be guessed.
fn year4(text: &str) -> Option<i16> {
    let text = text.trim();
    let western = (text.len() == 4).then(|| number(text)).flatten();
    western.or_else(|| chinese_year(text))
}

fn number(text: &str) -> Option<i16> {
    let text = text.trim();
    if (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    chinese_number(text)
}

fn chinese_digit(each: char) -> Option<i16> {
    "〇一二三四五六七八九"
        .chars()
        .position(|digit| {
            digit
                == if matches!(each, '○' | '零' | 'Ｏ') {
                    '〇'
                } else {
                    each
                }
        })
        .and_then(|at| i16::try_from(at).ok())
}

/// `二〇二四`.
fn chinese_year(text: &str) -> Option<i16> {
    let digits: Option<Vec<i16>> = text.chars().map(chinese_digit).collect();
    match digits?.as_slice() {
        [a, b, c, d] => Some(a * 1000 + b * 100 + c * 10 + d),
        _ => None,
    }
}

/// `一` to `三十一`.
fn chinese_number(text: &str) -> Option<i16> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if first == '十' {
        return chars
            .next()
            .map_or(Some(10), |unit| Some(10 + chinese_digit(unit)?));
    }
    let tens = chinese_digit(first)?;
    match (chars.next(), chars.next()) {
        (None, _) => Some(tens),
        (Some('十'), None) => Some(tens * 10),
        (Some('十'), Some(unit)) => Some(tens * 10 + chinese_digit(unit)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Result<Option<&str>, FaultKind>) {
        let found = parse(text, true);
        let found = found.as_ref().map(|day| day.as_deref());
        assert_eq!(found, wanted.as_ref().copied(), "{text}");
    }

    #[test]
    fn usual_forms_give_one_spelling() {
        for text in [
            "2024-01-02",
            "2024/1/2",
            "2024.1.2",
            "20240102",
            "2024年1月2日",
            "2024年01月02日",
            "2024-1-2 00:00:00",
            "2024-01-02T08:30:00Z",
            "2024/01/02 10:30",
            "20240102235959",
            "2024年1月2号",
            "45293",
            "R6.1.2",
            "令和6年1月2日",
            "二〇二四年一月二日",
        ] {
            check(text, Ok(Some("2024-01-02")));
        }
    }

    #[test]
    fn eras_count_from_their_first_year() {
        check("H28.10.4", Ok(Some("2016-10-04")));
        check("平成29年5月15日", Ok(Some("2017-05-15")));
        check("令和元年7月1日", Ok(Some("2019-07-01")));
        check("S64.1.7", Ok(Some("1989-01-07")));
        check("二〇二三年十一月三十日", Ok(Some("2023-11-30")));
    }

    #[test]
    fn open_end_and_none() {
        for text in ["2099-12-31", "9999-12-31", "9999/12/31", "99991231", "长期"] {
            check(text, Ok(Some("2099-12-31")));
        }
        for text in ["1900-01-01", "1900/1/1", "19000101", "0001-01-01"] {
            check(text, Ok(None));
        }
        assert_eq!(parse("长期", false), Err(FaultKind::NotADate));
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_no_dates() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024/4/31",
            "20240230",
            "0024-01-02",
            "2024-00-10",
        ] {
            check(text, Err(FaultKind::NoSuchDay));
        }
        for text in [
            "24-01-02",
            "02/01/2024",
            "2024",
            "2024年1月",
            "昨天",
            "2024-01-02合计",
            "1",
            "2024-1-2-3",
            "H28.10",
        ] {
            check(text, Err(FaultKind::NotADate));
        }
    }

    #[test]
    fn leap_days_follow_the_calendar() {
        for year in 1850_i16..=2199 {
            let real = jiff::civil::Date::new(year, 2, 29).is_ok();
            assert_eq!(exists(year, 2, 29), real, "{year}");
        }
    }
}
