//! Three times, a period and chosen themes.

use crate::sample::{
    CATALOG, Outcome, ask, noon, on, penalty, public, registration, report, section, today, version,
};
use credit::lang::Lang;
use credit::record::AsOf;
use jiff::civil::date;
use views::ReportAsk;

#[test]
fn a_past_day_is_said_in_plain_words_with_all_three_times() -> Outcome {
    let at = AsOf {
        known: noon(date(2026, 7, 1)),
        on: date(2026, 7, 2),
        today: date(2026, 11, 22),
    };
    let made = report(&public(vec![penalty(2, date(2026, 6, 1))], at)?);
    let told = made.notices.iter().find(|text| text.contains("过去的日期"));
    let told = told.map(String::as_str).unwrap_or_default();
    for part in ["2026-07-01 12:00:00 (UTC+8)", "2026-07-02", "2026-11-22"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let today = report(&public(vec![registration()], today())?);
    assert!(!today.notices.iter().any(|text| text.contains("过去的日期")));
    Ok(())
}

#[test]
fn what_ended_since_is_not_in_a_report_of_a_past_day() -> Outcome {
    let at = AsOf {
        known: noon(date(2025, 7, 1)),
        on: date(2025, 7, 1),
        today: date(2026, 11, 22),
    };
    let ended = public(vec![registration(), penalty(2, date(2025, 6, 1))], at)?;
    assert!(section(&report(&ended), "administrative").is_empty());
    let then = public(vec![penalty(2, date(2025, 6, 1))], on(date(2025, 7, 1)))?;
    assert_eq!(section(&report(&then), "administrative").len(), 1);
    Ok(())
}

#[test]
fn content_of_a_past_day_is_what_was_known_then() -> Outcome {
    let mut corrected = registration();
    corrected.versions.push(version(
        2,
        date(2026, 1, 1),
        &[("MC", "新名"), ("ZB", "900.00")],
    ));
    let capital = |at: AsOf| -> Result<Option<String>, Box<dyn std::error::Error>> {
        let made = report(&public(vec![corrected.clone()], at)?);
        let entry = section(&made, "basic").first().cloned();
        let value = entry.and_then(|item| item.values.into_iter().find(|value| value.code == "ZB"));
        Ok(value.map(|value| value.shown))
    };
    assert_eq!(
        capital(on(date(2025, 6, 1)))?.as_deref(),
        Some("500.00 万元")
    );
    assert_eq!(capital(today())?.as_deref(), Some("900.00 万元"));
    Ok(())
}

#[test]
fn a_period_takes_both_its_ends_and_leaves_registration_in() -> Outcome {
    let records = vec![
        registration(),
        penalty(2, date(2026, 5, 31)),
        penalty(3, date(2026, 6, 1)),
        penalty(4, date(2026, 6, 30)),
        penalty(5, date(2026, 7, 1)),
    ];
    let period = Some((date(2026, 6, 1), date(2026, 6, 30)));
    let made = views::report(
        &CATALOG,
        &public(records, today())?,
        &ReportAsk {
            period,
            ..ask(Lang::Zh)
        },
    );
    let numbers: Vec<_> = section(&made, "administrative")
        .iter()
        .filter_map(|item| item.document.number.as_deref())
        .collect();
    assert_eq!(numbers, ["江罚〔2026〕4号", "江罚〔2026〕3号"]);
    assert_eq!(section(&made, "basic").len(), 1);
    assert!(
        made.notices
            .iter()
            .any(|text| text.contains("2026-06-01 至 2026-06-30"))
    );
    Ok(())
}

#[test]
fn chosen_themes_leave_the_rest_out_and_say_so() -> Outcome {
    let records = vec![registration(), penalty(2, date(2026, 6, 1))];
    let themes = Some(vec!["penalty".to_owned(), "no-such".to_owned()]);
    let made = views::report(
        &CATALOG,
        &public(records, today())?,
        &ReportAsk {
            themes,
            ..ask(Lang::En)
        },
    );
    assert!(section(&made, "basic").is_empty());
    assert_eq!(section(&made, "administrative").len(), 1);
    assert!(
        made.notices
            .iter()
            .any(|text| text.contains("Penalties; no-such"))
    );
    Ok(())
}

#[test]
fn repair_and_publicity_days_count_from_the_document() -> Outcome {
    let made = report(&public(vec![penalty(2, date(2026, 8, 31))], today())?);
    let item = &section(&made, "administrative")[0];
    let repair = item.repair.clone().ok_or("no repair")?;
    assert_eq!(
        repair.from,
        Some(date(2026, 11, 30)),
        "three months, at the month's last day"
    );
    assert_eq!(item.public_until, Some(date(2027, 8, 31)));
    assert_eq!(repair.basis, "试验办法 8");
    let line = |code: &str| {
        item.lines
            .iter()
            .find(|line| line.code == code)
            .map(|line| &line.value)
    };
    assert_eq!(line("public-until").map(String::as_str), Some("2027-08-31"));
    assert!(line("repair").is_some_and(|text| text.contains("2026-11-30")));
    Ok(())
}
