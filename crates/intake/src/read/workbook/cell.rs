//! One cell of a workbook as the text that its reader sees, without the noise of binary fractions.

use crate::read::CellState;
use calamine::{Data, DataRef, ExcelDateTime};
use std::borrow::Cow;
use std::fmt::Write;

/// From here on whole numbers have more than fifteen digits, of which spreadsheet programs keep
/// only fifteen: the last digits of a code typed as a number are lost.
const ROUNDED_FROM: f64 = 1e15;

/// The text of a cell and whether it is whole.
pub(super) fn text<'c>(cell: &'c DataRef<'_>) -> (Cow<'c, str>, CellState) {
    let sound = |text: String| (Cow::Owned(text), CellState::Sound);
    match cell {
        DataRef::String(text) => (Cow::Borrowed(text), CellState::Sound),
        DataRef::SharedString(text) => (Cow::Borrowed(text), CellState::Sound),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (Cow::Owned(iso(text)), CellState::Sound)
        }
        DataRef::Int(number) => sound(number.to_string()),
        DataRef::Float(number) => float(*number),
        DataRef::Bool(truth) => sound(truth.to_string()),
        DataRef::DateTime(date) => sound(moment(date)),
        DataRef::Error(error) => (Cow::Owned(error.to_string()), CellState::WorkbookError),
        DataRef::Empty => (Cow::Borrowed(""), CellState::Sound),
    }
}

/// The same cell without what it borrows.
pub(super) fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A number at the fifteen digits that spreadsheet programs show: 0.30000000000000004 is 0.3.
fn float(number: f64) -> (Cow<'static, str>, CellState) {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    let state = if number.abs() >= ROUNDED_FROM {
        CellState::Rounded
    } else {
        CellState::Sound
    };
    // Adding zero turns -0 into 0.
    (Cow::Owned((rounded + 0.0).to_string()), state)
}

/// A date as 2024-01-02, with its time if it has one; a time or length of time as 12:30:00.
fn moment(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        let seconds = (serial * 86_400.0).round().clamp(0.0, 1e12) as u64;
        return format!(
            "{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        );
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        // Writing to a string cannot fail.
        let _ = write!(text, " {hour:02}:{minute:02}:{second:02}");
    }
    text
}

/// `2024-01-02T00:00:00` as the date that it is.
fn iso(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if !date.is_empty() => {
            let time = time.trim_end_matches('Z');
            if time.trim_matches(['0', ':', '.']).is_empty() {
                date.to_owned()
            } else {
                format!("{date} {time}")
            }
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_lose_their_noise_and_keep_their_digits() {
        let rows: [(f64, &str, CellState); 9] = [
            (1.0, "1", CellState::Sound),
            (0.1 + 0.2, "0.3", CellState::Sound),
            (-0.0, "0", CellState::Sound),
            (12.5, "12.5", CellState::Sound),
            (440_301_103_292_191.0, "440301103292191", CellState::Sound),
            (1.1 * 3.0, "3.3", CellState::Sound),
            (1e-7, "0.0000001", CellState::Sound),
            (
                912_308_000_000_000_000.0,
                "912308000000000000",
                CellState::Rounded,
            ),
            (2024.0, "2024", CellState::Sound),
        ];
        for (number, expected, state) in rows {
            assert_eq!(float(number), (expected.into(), state));
        }
    }

    #[test]
    fn dates_are_iso_text() {
        let of = |serial| {
            moment(&ExcelDateTime::new(
                serial,
                ExcelDateTimeType::DateTime,
                false,
            ))
        };
        assert_eq!(of(45_293.0), "2024-01-02");
        assert_eq!(of(45_293.5), "2024-01-02 12:00:00");
        assert_eq!(of(0.5), "12:00:00");
        assert_eq!(iso("2024-01-02T00:00:00"), "2024-01-02");
        assert_eq!(iso("2024-01-02T08:30:00Z"), "2024-01-02 08:30:00");
        assert_eq!(iso("2024-01-02"), "2024-01-02");
    }
}
