//! Values and headers against oracles that know the answer: days written in every usual form, amounts
//! moved between units by integer arithmetic, columns of every shipped theme in any order and dress.

use crate::check_support::catalog;
use credit::fault::FaultKind;
use credit::lang::Lang;
use intake::header::{Column, bind};
use intake::value::{date, decimal};
use proptest::prelude::*;

/// The forms in which a day is written; some need two digits.
const FORMS: [&str; 14] = [
    "Y-M-D",
    "Y/m/d",
    "Y.m.d",
    "Y年m月d日",
    "Y年M月D日",
    "YMD",
    "Y-m-d",
    "Y/M/D 00:00:00",
    "Y-M-D 12:30",
    "Y-M-DT08:30:00Z",
    "Y—m—d",
    "Y年m月d号",
    "YMD235959",
    "Y\\m\\d",
];

fn written(form: &str, (year, month, day): (i16, i8, i8)) -> String {
    form.replace('Y', &format!("{year:04}"))
        .replace('M', &format!("{month:02}"))
        .replace('D', &format!("{day:02}"))
        .replace('m', &month.to_string())
        .replace('d', &day.to_string())
}

/// `digits` × 10^`power` in plain digits, by integers alone.
fn plain(digits: u64, power: i32) -> String {
    let scale = 10_u128.pow(power.unsigned_abs());
    let digits = u128::from(digits);
    if power >= 0 {
        return (digits * scale).to_string();
    }
    let (whole, rest) = (digits / scale, digits % scale);
    let width = power.unsigned_abs() as usize;
    let rest = format!("{rest:0width$}");
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}.{rest}"),
    }
}

fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const UNITS: [(&str, i32); 6] = [
    ("元", 0),
    ("万元", 4),
    ("萬元", 4),
    ("亿元", 8),
    ("百万元", 6),
    ("千元", 3),
];

/// What agencies put around a title.
fn dressed(title: &str, dress: usize) -> String {
    match dress {
        0 => title.to_owned(),
        1 => format!("{title}（必填）"),
        2 => format!("*{title}"),
        3 => format!(" {title}：\t"),
        4 => format!("\u{feff}{title}"),
        5 => title.chars().flat_map(|each| [each, ' ']).collect(),
        6 => title.to_lowercase(),
        _ => title.to_uppercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_day_is_the_same_in_every_form(
        year in 1901_i16..2099, month in 1_i8..=12, day in 1_i8..=31, form in prop::sample::select(FORMS.to_vec()),
    ) {
        let text = written(form, (year, month, day));
        let found = date::parse(&text, false).map(|day| day.map(std::borrow::Cow::into_owned));
        match jiff::civil::Date::new(year, month, day) {
            Ok(day) => {
                prop_assert_eq!(date::day(&day.to_string()), Some(day));
                prop_assert_eq!(found, Ok(Some(day.to_string())), "{}", text);
            }
            Err(_) => prop_assert_eq!(found, Err(FaultKind::NoSuchDay), "{}", text),
        }
    }

    #[test]
    fn no_day_is_read_into_other_digits(year in 0_u32..100_000, month in 13_u32..100, day in 32_u32..100) {
        for text in [format!("{year}-{month}-{day}"), format!("{year}年{month}月{day}日"), format!("{year}/{month}")] {
            prop_assert!(date::parse(&text, false).is_err(), "{}", text);
        }
    }

    #[test]
    fn an_amount_is_the_same_in_every_unit(
        digits in 0_u64..1_000_000_000_000, scale in 0_i32..5,
        from in prop::sample::select(UNITS.to_vec()), to in prop::sample::select(vec![("元", 0), ("万元", 4), ("亿元", 8)]),
        how in 0..4,
    ) {
        let number = plain(digits, -scale);
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        let tail = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
        let (text, header) = match how {
            0 => (format!("{number}{}", from.0), None),
            1 => (format!("{}{tail} {}", grouped(whole), from.0), None),
            2 => (format!("人民币{number}{}", from.0), None),
            _ => (number.clone(), Some(from.0).filter(|unit| *unit != "萬元")),
        };
        let moved = from.1 - to.1;
        let moved = if how == 3 && header.is_none() { 0 } else { moved };
        let form = decimal::Form { digits: 60, scale: 30, unit: Some(to.0), header_unit: header };
        let found = decimal::parse(&text, &form).map(|number| number.map(std::borrow::Cow::into_owned));
        prop_assert_eq!(found, Ok(Some(plain(digits, moved - scale))), "{}", text);
    }

    #[test]
    fn a_number_never_fits_by_losing_digits(digits in 1_u64..10_000_000_000, scale in 0_i32..8, room in 1_u8..12, behind in 0_u8..6) {
        prop_assume!(behind <= room);
        let text = plain(digits, -scale);
        let form = decimal::Form { digits: room, scale: behind, unit: None, header_unit: None };
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fits = fraction.len() <= usize::from(behind)
            && (whole == "0" || whole.len() <= usize::from(room - behind));
        match decimal::parse(&text, &form) {
            Ok(found) => prop_assert!(fits && found.as_deref() == Some(text.as_str())),
            Err(fault) => {
                let is_told = matches!(fault, FaultKind::Digits { .. });
                prop_assert!(!fits && is_told);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Any item under its code or a title of any language, in any dress and order, binds to itself;
    /// columns that no theme knows bind to nothing.
    #[test]
    fn columns_bind_in_any_order_and_dress(
        theme in any::<prop::sample::Index>(),
        order in prop::collection::vec(any::<u32>(), 40),
        names in prop::collection::vec(0_usize..4, 40),
        dresses in prop::collection::vec(0_usize..8, 40),
        stranger in "未知[甲-癸]{3,6}",
    ) {
        let theme = theme.get(&catalog().themes);
        let mut columns: Vec<(u32, usize)> = order.iter().copied().zip(0..theme.items.len()).collect();
        columns.sort_unstable();
        let mut header: Vec<String> = columns
            .iter()
            .map(|(_, ix)| {
                let item = &theme.items[*ix];
                let title = match names[*ix % names.len()] {
                    0 => &item.code,
                    1 => &item.title.en,
                    2 => &item.title.ru,
                    _ => &item.title.zh,
                };
                dressed(title, dresses[*ix % dresses.len()])
            })
            .collect();
        header.push(stranger);
        let binding = bind(theme, &header, Lang::Zh)
            .map_err(|refusal| TestCaseError::fail(format!("{} {refusal} {:?} {header:?}", theme.code, refusal.kind)))?;
        for (at, (_, ix)) in columns.iter().enumerate() {
            prop_assert!(
                matches!(&binding.columns[at], Column::Item(found, _) if found == ix),
                "{} {:?} is {:?}", theme.code, header[at], binding.columns[at]
            );
        }
        prop_assert_eq!(binding.columns.last(), Some(&Column::Unknown));
    }
}
