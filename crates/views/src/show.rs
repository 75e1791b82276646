//! Values for reading: dates, times, money with its unit, titles of code values.
//!
//! The canonical text stays beside what is shown, so nothing is lost by showing it.

use crate::text::label;
use credit::catalog::model::{CodeSet, Item, ItemKind};
use credit::lang::Lang;
use credit::record::Instant;
use jiff::civil::Date;
use jiff::tz::Offset;

/// The end that sources write when there is none.
const OPEN_END: &str = "2099-12-31";

/// Separates several values of one code item in canonical text.
const MANY: char = ';';

/// China's legal time is UTC+8 everywhere and all year since 1992.
const LEGAL_TIME: Offset = Offset::constant(8);

/// A date as 2026-11-22.
#[must_use]
pub fn date(day: Date) -> String {
    day.to_string()
}

/// An instant in legal time as 2026-11-22 08:30:00 (UTC+8); an instant beyond every calendar, which
/// callers use for "now and later", is `None`.
#[must_use]
pub fn instant(at: Instant) -> Option<String> {
    let timestamp = jiff::Timestamp::from_microsecond(at.0).ok()?;
    let civil = LEGAL_TIME.to_datetime(timestamp);
    Some(civil.strftime("%Y-%m-%d %H:%M:%S (UTC+8)").to_string())
}

/// The day of an instant in legal time.
#[must_use]
pub fn day(at: Instant) -> Option<Date> {
    let timestamp = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(LEGAL_TIME.to_datetime(timestamp).date())
}

/// A canonical value of an item, for reading.
#[must_use]
pub fn value(item: &Item, canonical: &str, lang: Lang) -> String {
    match &item.kind {
        ItemKind::Date if canonical == OPEN_END => label::OPEN_ENDED.get(lang).to_owned(),
        ItemKind::Decimal {
            unit: Some(unit), ..
        } => money(canonical, unit, lang),
        ItemKind::Code { set, .. } => titles(set, canonical, lang),
        _ => canonical.to_owned(),
    }
}

fn money(canonical: &str, unit: &str, lang: Lang) -> String {
    let pattern = match unit {
        "元" => &label::MONEY_YUAN,
        "万元" => &label::MONEY_WAN,
        _ => &label::MONEY_OTHER,
    };
    pattern.fill(lang, &[("value", canonical), ("unit", unit)])
}

fn titles(set: &CodeSet, canonical: &str, lang: Lang) -> String {
    let mut shown = String::with_capacity(canonical.len());
    for (position, part) in canonical.split(MANY).enumerate() {
        if position > 0 {
            shown.push_str(label::LIST_JOIN.get(lang));
        }
        let known = set.values.iter().find(|value| value.value == part);
        shown.push_str(known.map_or(part, |value| value.title.get(lang)));
    }
    shown
}
