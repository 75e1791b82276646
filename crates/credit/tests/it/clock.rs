//! What has effect on a day, on shipped themes and on themes made harder.

use crate::catalog::shipped;
use credit::catalog::{Catalog, Theme};
use credit::clock::{Effect, Ended, Severity, Span, effect, end_of, sharing_effect, term};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&shipped()).unwrap());

fn penalty() -> &'static Theme {
    CATALOG.theme("penalty", date(2026, 11, 22)).unwrap()
}

/// The penalty theme, changed.
fn changed(change: impl FnOnce(&mut Theme)) -> Theme {
    let catalog = Catalog::load(&shipped()).unwrap();
    let theme = catalog
        .themes
        .into_iter()
        .find(|theme| theme.code == "penalty" && theme.version == penalty().version)
        .unwrap();
    let mut theme = Arc::into_inner(theme).unwrap();
    change(&mut theme);
    theme
}

const DECIDED: Date = date(2026, 4, 30);
const TODAY: Date = date(2026, 11, 22);

fn ordinary(today: Date, stated: Option<Date>) -> Effect {
    effect(
        penalty(),
        Some(DECIDED),
        Some(Severity::Ordinary),
        stated,
        today,
    )
}

#[test]
fn publicity_counts_from_the_document_and_stops_by_itself() {
    let until = date(2027, 4, 30);
    let public = Effect::Public { until: Some(until) };
    assert_eq!(ordinary(DECIDED, None), public);
    assert_eq!(ordinary(until, None), public);
    let after = until.tomorrow().unwrap();
    assert_eq!(ordinary(after, None), Effect::Ended(Ended::PublicityEnd));
}

#[test]
fn a_stated_end_shortens_and_never_lengthens() {
    let early = date(2026, 8, 1);
    assert_eq!(
        ordinary(early, Some(early)),
        Effect::Public { until: Some(early) }
    );
    assert_eq!(
        ordinary(TODAY, Some(early)),
        Effect::Ended(Ended::PublicityEnd)
    );
    let forever = date(2099, 12, 31);
    assert_eq!(ordinary(TODAY, Some(forever)), ordinary(TODAY, None));
}

#[test]
fn minor_matters_are_shared_and_not_published() {
    let minor = effect(
        penalty(),
        Some(DECIDED),
        Some(Severity::Minor),
        None,
        DECIDED,
    );
    assert_eq!(minor, Effect::Ended(Ended::MinorNotPublished));
    assert!(sharing_effect(penalty(), Some(DECIDED), TODAY).is_public());
}

#[test]
fn unknown_severity_and_missing_days_publish_nothing() {
    let unknown = effect(penalty(), Some(DECIDED), None, None, TODAY);
    assert_eq!(unknown, Effect::Ended(Ended::SeverityUnknown));
    let undated = effect(penalty(), None, Some(Severity::Serious), None, TODAY);
    assert_eq!(undated, Effect::Ended(Ended::Undated));
    assert_eq!(
        sharing_effect(penalty(), None, TODAY),
        Effect::Ended(Ended::Undated)
    );
    let without_row = changed(|theme| {
        if let Some(table) = &mut theme.severity {
            table
                .publicity
                .retain(|row| row.severity != Severity::Serious);
        }
    });
    let rowless = effect(
        &without_row,
        Some(DECIDED),
        Some(Severity::Serious),
        None,
        TODAY,
    );
    assert_eq!(rowless, Effect::Ended(Ended::SeverityUnknown));
    let closed = changed(|theme| theme.public = false);
    let closed = effect(
        &closed,
        Some(DECIDED),
        Some(Severity::Ordinary),
        None,
        TODAY,
    );
    assert_eq!(closed, Effect::Ended(Ended::NotPublic));
}

#[test]
fn the_four_clocks_are_kept_apart() {
    let theme = changed(|theme| {
        theme.clocks.sharing = Some(Span::Months(6));
        theme.clocks.query = Some(Span::Months(9));
    });
    let public = |today| effect(&theme, Some(DECIDED), Some(Severity::Ordinary), None, today);
    // 30 April and six months: 30 October.
    assert_eq!(
        public(date(2026, 10, 30)),
        Effect::Public {
            until: Some(date(2026, 10, 30))
        }
    );
    assert_eq!(public(date(2026, 10, 31)), Effect::Ended(Ended::SharingEnd));
    assert_eq!(
        sharing_effect(&theme, Some(DECIDED), TODAY),
        Effect::Ended(Ended::SharingEnd)
    );
    let theme = changed(|theme| {
        theme.clocks.sharing = None;
        theme.clocks.query = Some(Span::Months(6));
    });
    assert_eq!(
        sharing_effect(&theme, Some(DECIDED), TODAY),
        Effect::Ended(Ended::QueryEnd)
    );
}

#[test]
fn neutral_facts_hold_while_they_hold() {
    let registration = CATALOG.theme("registration", TODAY).unwrap();
    assert_eq!(
        effect(registration, None, None, None, TODAY),
        Effect::Public { until: None }
    );
    let stated = date(2026, 1, 1);
    let ended = effect(registration, None, None, Some(stated), TODAY);
    assert_eq!(ended, Effect::Ended(Ended::PublicityEnd));
}

#[test]
fn shortest_and_longest_terms() {
    let serious = term(penalty(), date(2024, 2, 29), Severity::Serious).unwrap();
    assert_eq!(serious.min_until, Some(date(2025, 2, 28)));
    assert_eq!(serious.max_until, date(2027, 2, 28));
    let minor = term(penalty(), date(2026, 11, 30), Severity::Minor).unwrap();
    assert_eq!(
        (minor.min_until, minor.max_until),
        (None, date(2027, 2, 28))
    );
    let honour = CATALOG.theme("honour", TODAY).unwrap();
    assert_eq!(term(honour, TODAY, Severity::Minor), None);
}

#[test]
fn every_negative_theme_ends() {
    let negative = CATALOG
        .themes
        .iter()
        .filter(|theme| theme.is_negative() && theme.public);
    let mut seen = 0;
    for theme in negative {
        for severity in [
            None,
            Some(Severity::Minor),
            Some(Severity::Ordinary),
            Some(Severity::Serious),
        ] {
            let at = effect(theme, Some(DECIDED), severity, None, DECIDED);
            assert_ne!(
                at,
                Effect::Public { until: None },
                "{} {severity:?}",
                theme.code
            );
            let far = effect(theme, Some(DECIDED), severity, None, date(2099, 1, 1));
            assert!(!far.is_public(), "{}", theme.code);
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

fn any_effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        Just(Effect::Public { until: None }),
        (0_i32..4_000).prop_map(|days| Effect::Public {
            until: Some(DECIDED.checked_add(days.days()).unwrap())
        }),
        Just(Effect::Ended(Ended::PublicityEnd)),
        Just(Effect::Ended(Ended::SharingEnd)),
    ]
}

/// The last day of an effect; nothing stands for an ended one.
fn last(effect: Effect) -> Date {
    match effect {
        Effect::Public { until } => until.unwrap_or(Date::MAX),
        Effect::Ended(_) => Date::MIN,
    }
}

proptest! {
    #[test]
    fn once_ended_never_public_again(days in 0_i32..3_000, more in 0_i32..3_000, severity in 0..3, stated in proptest::option::of(0_i32..3_000)) {
        let severity = [Severity::Minor, Severity::Ordinary, Severity::Serious][severity as usize];
        let stated = stated.map(|days| DECIDED.checked_add(days.days()).unwrap());
        let today = DECIDED.checked_add(days.days()).unwrap();
        let later = today.checked_add(more.days()).unwrap();
        let now = effect(penalty(), Some(DECIDED), Some(severity), stated, today);
        let then = effect(penalty(), Some(DECIDED), Some(severity), stated, later);
        prop_assert!(now.is_public() || !then.is_public());
        if let Effect::Public { until: Some(until) } = now {
            prop_assert!(until >= today && until <= end_of(DECIDED, Span::Years(3)));
            prop_assert!(stated.is_none_or(|stated| until <= stated));
        }
    }

    #[test]
    fn a_graver_matter_is_never_public_for_less(days in 0_i32..3_000) {
        let today = DECIDED.checked_add(days.days()).unwrap();
        let at = |severity| last(effect(penalty(), Some(DECIDED), Some(severity), None, today));
        prop_assert!(at(Severity::Minor) <= at(Severity::Ordinary));
        prop_assert!(at(Severity::Ordinary) <= at(Severity::Serious));
    }

    #[test]
    fn the_milder_of_two_rules_is_the_one_that_ends_first(one in any_effect(), two in any_effect()) {
        prop_assert_eq!(last(one.milder(two)), last(one).min(last(two)));
        prop_assert_eq!(last(one.milder(two)), last(two.milder(one)));
    }
}
