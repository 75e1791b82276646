//! Cells and headers written to slip through: what keeps people out must hold for every way of
//! writing, and what lets files in must take every usual one.

use crate::check_support::{FIRM, Sample, buffer, checker, citizen, strings, theme, uscc};
use credit::lang::Lang;
use intake::check::Outcome;
use intake::header::bind;
use intake::value::{date, decimal, identifier};
use proptest::prelude::*;

/// A text in full width where `wide` says so, with something between its characters.
fn written(text: &str, wide: bool, between: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '!'..='~' if wide => char::from_u32(letter as u32 + 0xFEE0).unwrap(),
        other => other,
    });
    let letters: Vec<String> = letters.map(String::from).collect();
    letters.join(between)
}

fn is_sealed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Rejected(rejected) if rejected.personal
        && rejected.cells.is_none()
        && rejected.key.is_none()
        && !rejected.faults.is_empty()
        && rejected.faults.iter().all(|fault| fault.value.is_none()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_way_of_writing_a_wrong_code_lets_an_individual_business_through(
        tail in "[0-9]{6}[0-9A-HJ-NPQRTUWXY]{0,12}",
        wide in any::<bool>(),
        between in prop::sample::select(vec!["", " ", "-", "\u{200b}", "\u{3000}"]),
        prefix in prop::sample::select(vec!["", "'", " ", "代码：", "\u{feff}"]),
        column in prop::sample::select(vec!["CF_XDR_MC", "CF_SY", "CF_FRDB", "BZ", "CF_JDRQ"]),
    ) {
        let code = prefix.to_owned() + &written(&format!("92{tail}"), wide, between);
        let sample = Sample::penalty().with("CF_XDR_SHXYM", &code).with(column, "金丝雀");
        let outcome = sample.outcome();
        prop_assert!(!strings(&outcome).contains("金丝雀"), "{code}: {outcome:?}");
        prop_assert!(is_sealed(&outcome), "{code}: {outcome:?}");
    }

    #[test]
    fn a_citizens_number_with_one_wrong_character_is_a_persons_still(
        area in prop::sample::select(vec!["110101", "330106", "440305"]),
        day in "(19[4-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        sequence in "[0-9]{3}",
        at in 8_usize..18,
        digit in "[0-9]",
    ) {
        let mut number = citizen(&format!("{area}{day}{sequence}"));
        number.replace_range(at..=at, &digit);
        let sample = Sample::penalty().with("CF_XDR_SHXYM", &number).with("CF_XDR_MC", "金丝雀");
        let outcome = sample.outcome();
        prop_assert!(!strings(&outcome).contains(&number), "{number}");
        prop_assert!(is_sealed(&outcome), "{number}: {outcome:?}");
    }

    #[test]
    fn a_valid_citizens_number_is_never_a_unified_code(
        area in prop::sample::select(vec!["110101", "120101", "330106", "520102", "654321"]),
        day in "(19[4-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        sequences in prop::collection::vec("[0-9]{3}", 8),
    ) {
        // One in 31 fits the check of a unified code: 200 cases try 1,600.
        for sequence in sequences {
            let number = citizen(&format!("{area}{day}{sequence}"));
            for column in ["CF_XDR_SHXYM", "CF_CFJGDM"] {
                let outcome = Sample::penalty().with(column, &number).outcome();
                prop_assert!(!strings(&outcome).contains(&number), "{number}");
                prop_assert!(is_sealed(&outcome), "{number}: {outcome:?}");
            }
        }
    }

    #[test]
    fn one_wrong_digit_of_a_firm_stays_mendable_and_names_its_column(
        tail in "[0-9]{6}MA[0-9A-HJ-NPQRTUWXY]{7}",
        at in 2_usize..17,
        by in 1_u8..9,
    ) {
        let mut code = uscc(&format!("91{tail}")).into_bytes();
        prop_assume!(code[at].is_ascii_digit());
        code[at] = b'0' + (code[at] - b'0' + by) % 10;
        let code = String::from_utf8(code).unwrap();
        let rejected = Sample::penalty().with("CF_XDR_SHXYM", &code).rejected();
        prop_assert!(!rejected.personal);
        let fault = rejected.faults.iter().find(|fault| fault.rule == "R06").unwrap();
        prop_assert_eq!(fault.column, Some(2));
        prop_assert_eq!(fault.value.as_deref(), Some(code.as_str()));
        prop_assert!(rejected.cells.unwrap().contains(&code));
    }

    #[test]
    fn a_valid_code_is_one_code_however_it_is_written(
        wide in any::<bool>(),
        lower in any::<bool>(),
        between in prop::sample::select(vec!["", " ", "-", "\u{200b}", "\t"]),
    ) {
        let code = if lower { FIRM.to_lowercase() } else { FIRM.to_owned() };
        let parsed = identifier(None, &written(&code, wide, between)).unwrap();
        prop_assert_eq!(parsed.identifier.value(), FIRM);
    }

    #[test]
    fn every_day_is_read_in_every_usual_form(year in 1950_i16..2090, month in 1_i8..13, day in 1_i8..29) {
        let plain = format!("{year:04}-{month:02}-{day:02}");
        for text in [
            plain.clone(),
            format!("{year}{month:02}{day:02}"),
            format!("{year}/{month}/{day}"),
            format!("{year}.{month:02}.{day:02}"),
            format!("{year}年{month}月{day}日"),
            format!("{plain} 00:00:00"),
            format!("{plain}T00:00:00"),
        ] {
            let day = date::parse(&text, false).unwrap().map(|day| day.into_owned());
            prop_assert_eq!(day.as_deref(), Some(plain.as_str()), "{}", text);
        }
    }

    #[test]
    fn a_whole_number_is_itself_and_a_fraction_none(number in 0_i64..1_000_000_000, part in 1_u8..10) {
        let text = number.to_string();
        let whole = decimal::whole(&text).unwrap();
        prop_assert_eq!(whole.as_deref(), Some(text.as_str()));
        let fraction = format!("{number}.{part}");
        prop_assert!(decimal::whole(&fraction).is_err());
    }

    #[test]
    fn yuan_and_ten_thousand_yuan_are_one_amount(yuan in 0_u64..10_000_000_000) {
        let form = decimal::Form { digits: 18, scale: 6, unit: Some("万元"), header_unit: None };
        let (yuan_text, other_text) = (format!("{yuan}元"), format!("{}.{:04}", yuan / 10_000, yuan % 10_000));
        let one = decimal::parse(&yuan_text, &form).unwrap();
        let other = decimal::parse(&other_text, &form).unwrap();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_header_is_known_in_any_order_and_width(
        order in Just((0_usize..25).collect::<Vec<_>>()).prop_shuffle(),
        wide in prop::collection::vec(any::<bool>(), 25),
        titled in prop::collection::vec(0_usize..4, 25),
    ) {
        let sample = Sample::penalty();
        let theme = theme("penalty");
        let header: Vec<String> = order
            .iter()
            .map(|&at| {
                let code = sample.cells[at].0;
                let title = &theme.items[theme.item(code).unwrap()].title;
                let name = [code, &title.zh, &title.en, &title.ru][titled[at]];
                format!(" {}\t", written(name, wide[at], ""))
            })
            .collect();
        let Ok(binding) = bind(&theme, &header, Lang::Zh) else {
            return Err(TestCaseError::fail(format!("{header:?}")));
        };
        for (column, &at) in order.iter().enumerate() {
            let ix = theme.item(sample.cells[at].0).unwrap();
            prop_assert_eq!(binding.by_item[ix], Some(column), "{:?}", header[column]);
        }
    }
}

#[test]
fn a_shifted_row_says_so_and_keeps_nothing() {
    let sample = Sample::penalty().with("YZCD", "轻微");
    let header: Vec<&str> = sample.cells.iter().map(|(code, _)| *code).collect();
    let mut check = checker(&sample.theme, &header);
    let cells: Vec<&str> = sample.cells.iter().map(|(_, cell)| cell.as_str()).collect();
    for row in [
        cells[1..].to_vec(),
        [&["金丝雀"], cells.as_slice()].concat(),
        cells[..3].to_vec(),
    ] {
        let outcome = check.row(&buffer(&row).row());
        assert!(!strings(&outcome).contains("机械"), "{outcome:?}");
        let Outcome::Rejected(rejected) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(rejected.faults[0].rule, "I01");
        assert!(rejected.cells.is_none());
    }
}
