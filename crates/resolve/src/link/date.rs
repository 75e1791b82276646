//! Calendar dates as tables write them.

/// Year, month, day.
pub(crate) type Day = (u16, u8, u8);

/// Names of months; three letters and more of one tell.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a date: eight digits, or three numbers with marks between them, year first or last; the month
/// may be an English word. Where the year is last, a second number above 12 shows the month to be first;
/// otherwise the day is. A year of two digits is taken for one of the twentieth century: whether it is
/// does not matter for telling dates apart.
#[must_use]
pub(crate) fn read(text: &str) -> Option<Day> {
    if text.len() <= 30 && text.bytes().filter(u8::is_ascii_lowercase).count() >= 3 {
        let found = worded(text);
        if found.is_some() {
            return found;
        }
    }
    let text = text.split(['t', ' ']).next().unwrap_or(text);
    let bytes = text.as_bytes();
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let number: u32 = text.parse().ok()?;
        let first = valid(number / 10_000, number / 100 % 100, number % 100);
        return first.or_else(|| valid(number % 10_000, number / 10_000 % 100, number / 1_000_000));
    }
    if bytes.len() > 11 + 4 || !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let mut parts = text
        .split(['-', '/', '.', '年', '月', '日'])
        .filter(|part| !part.is_empty());
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (first, second, third): (u32, u32, u32) =
        (a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    if a.len() == 4 {
        return valid(first, second, third).or_else(|| valid(first, third, second));
    }
    let year = match (a.len(), b.len(), c.len()) {
        (_, _, 4) => third,
        (1..=2, 1..=2, 2) => 1900 + third,
        _ => return None,
    };
    valid(year, second, first).or_else(|| valid(year, first, second))
}

/// A day, a month by its name and a year of four digits, in whatever order: `5 May 1998`, `May 5th, 1998`.
fn worded(text: &str) -> Option<Day> {
    let (mut day, mut month, mut year) = (None, None, None);
    let parts = text.split([' ', '-', '/', '.', ',']);
    for part in parts.filter(|part| !part.is_empty()).take(4) {
        let digits = part.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        let slot = match digits.len() {
            0 => &mut month,
            1 | 2 => &mut day,
            4 => &mut year,
            _ => return None,
        };
        let told = match digits.len() {
            0 if part.len() < 3 => return None,
            0 => MONTHS.iter().position(|name| name.starts_with(part))? as u32 + 1,
            _ => digits.parse().ok()?,
        };
        if slot.replace(told).is_some() {
            return None;
        }
    }
    valid(year?, month?, day?)
}

fn valid(year: u32, month: u32, day: u32) -> Option<Day> {
    let fits =
        (1500..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some((year as u16, month as u8, day as u8))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn dates_are_read_in_many_styles() {
        for (text, day) in [
            ("19081209", Some((1908, 12, 9))),
            ("1971-06-24", Some((1971, 6, 24))),
            ("1971/6/4", Some((1971, 6, 4))),
            ("24.06.1971", Some((1971, 6, 24))),
            ("06/24/1971", Some((1971, 6, 24))),
            ("1998年5月1日", Some((1998, 5, 1))),
            ("1971-06-24t00:00:00", Some((1971, 6, 24))),
            ("24061971", Some((1971, 6, 24))),
            ("24 jun 1971", Some((1971, 6, 24))),
            ("june 24th, 1971", Some((1971, 6, 24))),
            ("24-jun-1971", Some((1971, 6, 24))),
            ("24/06/71", Some((1971, 6, 24))),
            ("24 juno 71", None),
            ("mark 24 1971", None),
            ("may may 1971", None),
            ("19081399", None),
            ("12-13", None),
            ("7364009", None),
            ("", None),
        ] {
            assert_eq!(read(text), day, "{text}");
        }
    }
}
