//! Cases: tables that the checker refuses, and the engine against an independent oracle that counts days
//! one by one and knows nothing of it.

mod oracle;

use crate::catalog::load;
use credit::case::{Effect, Kind, Need, Party, Refusal, Said, Step};
use credit::catalog::Catalog;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use oracle::{Dice, Oracle};

const PARTIES: [Party; 5] = [
    Party::Subject,
    Party::Supplier,
    Party::Centre,
    Party::Authority,
    Party::Clock,
];

fn brings(dice: &mut Dice) -> Vec<Need> {
    let all = dice.below(4) > 0;
    let wanted = Need::ALL.iter().copied();
    wanted.filter(|_| all || dice.below(2) == 0).collect()
}

/// One walk: opened on some day, then moves of anybody at any time, most of them unlawful.
fn walk(kind: &Kind, catalog: &Catalog, dice: &mut Dice) -> usize {
    let calendar = &catalog.calendar;
    let start = date(2024, 1, 1).checked_add((dice.below(700) as i64).days());
    let mut today = start.unwrap();
    let opening = kind.moves.iter().find(|one| one.opens()).unwrap();
    let choice = opening.choices.first().map(|one| one.code.clone());
    let said = Said {
        choice: choice.as_deref(),
        brings: Need::ALL,
    };
    let opened = kind.apply(&[], &opening.code, opening.by[0], &said, today, calendar);
    let opened = opened.expect("a lawful opening");
    let mut steps = vec![opened.step];
    let mut oracle = Oracle::open(kind, &opening.to, today, calendar);
    let mut lawful = 0;
    for _ in 0..40 {
        for _ in 0..dice.below(9) {
            oracle.next_day();
        }
        today = oracle.today;
        check(kind, &steps, &oracle);
        let one = &kind.moves[dice.below(kind.moves.len())];
        let by = match dice.below(2) {
            0 => one.by[dice.below(one.by.len())],
            _ => PARTIES[dice.below(PARTIES.len())],
        };
        let brought = brings(dice);
        let choice = match dice.below(8) {
            0 => Some("no-such-choice".to_owned()),
            1 => None,
            _ => one.choices.first().map(|choice| choice.code.clone()),
        };
        let said = Said {
            choice: choice.as_deref(),
            brings: &brought,
        };
        let expected = oracle.may(one, by, &brought, choice.as_deref());
        let found = kind.apply(&steps, &one.code, by, &said, today, calendar);
        assert_eq!(
            found.is_ok(),
            expected,
            "{kind:?} {} by {by:?} on {today} after {steps:?}: {found:?}",
            one.code
        );
        if let Ok(applied) = found {
            assert!(applied.one == one && applied.step.on == today);
            oracle.make(one);
            assert_eq!(applied.then.state.code, oracle.clock.state);
            steps.push(applied.step);
            check(kind, &steps, &oracle);
            lawful += 1;
        }
    }
    lawful
}

/// Engine and oracle tell the same.
fn check(kind: &Kind, steps: &[Step], oracle: &Oracle<'_>) {
    let today = oracle.today;
    let standing = kind.standing(steps, today, oracle.calendar).unwrap();
    assert_eq!(
        standing.state.code, oracle.clock.state,
        "{kind:?} {steps:?} {today}"
    );
    assert_eq!(standing.due, oracle.due(), "{kind:?} {steps:?} {today}");
    assert_eq!(
        standing.is_overdue(),
        oracle.late(),
        "{kind:?} {steps:?} {today}"
    );
    assert_eq!(standing.is_over(), oracle.ended());
}

#[test]
fn no_unlawful_move_succeeds_and_every_deadline_is_the_oracles() {
    let catalog = load();
    let mut dice = Dice(0x5EED_0005);
    assert!(catalog.cases.len() >= 6, "{:?}", catalog.cases);
    for kind in &catalog.cases {
        let made: usize = (0..400).map(|_| walk(kind, &catalog, &mut dice)).sum();
        assert!(made > 400, "{kind:?} was hardly walked: {made}");
    }
}

fn objection<'c>(catalog: &'c Catalog, area: &str) -> &'c Kind {
    catalog
        .case_kind("objection", area, date(2026, 6, 1))
        .unwrap()
}

/// A case that was opened and forwarded on some days.
fn forwarded(kind: &Kind, filed: Date, forwarded: Date) -> Vec<Step> {
    let step = |seq, what: &str, by, on| Step {
        seq,
        what: what.to_owned(),
        by,
        on,
    };
    assert!(kind.one_move("forward").is_some());
    vec![
        step(1, "file", Party::Subject, filed),
        step(2, "forward", Party::Centre, forwarded),
    ]
}

#[test]
fn the_city_goes_before_the_province_and_the_nation() {
    let catalog = load();
    for (area, version) in [
        ("CN", "cn-1"),
        ("110000", "cn-1"),
        ("440300", "shenzhen-1"),
        ("440305", "shenzhen-1"),
        ("440100", "cn-1"),
        ("310115", "shanghai-1"),
        ("330100", "zhejiang-1"),
        ("321200", "taizhou-1"),
    ] {
        assert_eq!(objection(&catalog, area).version, version, "{area}");
    }
    // Before its first day a local table is not in force, and a case keeps its own edition.
    let early = catalog.case_kind("objection", "440300", date(2022, 12, 31));
    assert_eq!(early.unwrap().version, "cn-1");
    assert!(catalog.case_edition("objection", "shenzhen-1").is_some());
    assert!(catalog.case_edition("objection", "no-such").is_none());
}

#[test]
fn r22_deadlines_are_working_days_with_make_up_days_warned_of_and_missed() {
    let catalog = load();
    let calendar = &catalog.calendar;
    let kind = objection(&catalog, "440300");
    // The National Day holidays of 2026 begin on 1 October; 10 October is worked.
    let filed = date(2026, 9, 29);
    let steps = forwarded(kind, filed, date(2026, 9, 30));
    let at = |day| kind.standing(&steps, day, calendar).unwrap();
    let due = at(date(2026, 9, 30)).due.unwrap();
    assert_eq!(calendar.working_days_between(date(2026, 9, 30), due), 2);
    assert!(due > date(2026, 10, 7), "{due}");
    assert!(!at(due).is_overdue());
    let after = due.tomorrow().unwrap();
    assert!(at(after).is_overdue());
    assert_eq!(at(after).missed[0].who, Party::Supplier);
    assert!(at(due).warn_on.unwrap() < due);
    // Put off once, with the head's approval, and not once it has passed.
    let said = |brings| Said {
        choice: None,
        brings,
    };
    let put_off = |steps: &[Step], day, brings| {
        kind.apply(
            steps,
            "extend",
            Party::Supplier,
            &said(brings),
            day,
            calendar,
        )
        .map(|applied| (applied.then.due, applied.step))
    };
    let both: &[Need] = &[Need::Reason, Need::Head];
    assert_eq!(
        put_off(&steps, due, &[Need::Reason]),
        Err(Refusal::Missing(Need::Head))
    );
    let (later, step) = put_off(&steps, due, both).unwrap();
    assert_eq!(later, Some(calendar.add_working_days(due, 3)));
    let again = [steps.clone(), vec![step]].concat();
    assert_eq!(put_off(&again, due, both), Err(Refusal::Twice));
    assert_eq!(put_off(&steps, after, both), Err(Refusal::Late));
}

#[test]
fn r22_a_clock_stands_still_for_a_listed_reason_only() {
    let catalog = load();
    let calendar = &catalog.calendar;
    let kind = objection(&catalog, "CN");
    let steps = forwarded(kind, date(2026, 6, 1), date(2026, 6, 1));
    let apply = |steps: &[Step], what, choice, day| {
        let said = Said {
            choice,
            brings: &[Need::Reason],
        };
        kind.apply(steps, what, Party::Supplier, &said, day, calendar)
            .map(|applied| (applied.step, applied.then.due))
    };
    for choice in [None, Some("busy"), Some("")] {
        let refused = apply(&steps, "appraise", choice, date(2026, 6, 2));
        assert_eq!(refused, Err(Refusal::Choice), "{choice:?}");
    }
    let (step, _) = apply(&steps, "appraise", Some("appraisal"), date(2026, 6, 2)).unwrap();
    let paused = [steps.clone(), vec![step]].concat();
    let before = kind
        .standing(&steps, date(2026, 6, 2), calendar)
        .unwrap()
        .due;
    let (_, after) = apply(&paused, "resume", None, date(2026, 6, 12)).unwrap();
    let stood = calendar.working_days_between(date(2026, 6, 2), date(2026, 6, 12));
    let moved = calendar.add_working_days(before.unwrap(), stood as u16);
    assert_eq!(after, Some(moved));
    let standing = kind.standing(&paused, date(2026, 6, 12), calendar).unwrap();
    assert!(standing.is_paused() && !standing.is_overdue());
    assert!(standing.effects().contains(&Effect::Contested));
}

#[test]
fn r24_where_the_local_rule_says_so_showing_is_suspended_and_ends_when_unverifiable() {
    let catalog = load();
    let calendar = &catalog.calendar;
    let day = date(2026, 6, 1);
    let taizhou = objection(&catalog, "321200");
    let steps = forwarded(taizhou, day, day);
    let standing = taizhou.standing(&steps, day, calendar).unwrap();
    assert!(standing.effects().contains(&Effect::Suspended));
    let said = Said {
        choice: None,
        brings: &[Need::Reason],
    };
    let withheld = taizhou.apply(&steps, "withhold", Party::Supplier, &said, day, calendar);
    let withheld = withheld.unwrap();
    assert!(withheld.then.is_over());
    assert_eq!(withheld.then.effects(), [Effect::Suspended]);
    // Nowhere else.
    let nation = objection(&catalog, "CN");
    let steps = forwarded(nation, day, day);
    let standing = nation.standing(&steps, day, calendar).unwrap();
    assert_eq!(standing.effects(), [Effect::Contested]);
    assert!(nation.one_move("withhold").is_none());
}

#[test]
fn r25_a_pending_appeal_marks_and_a_revoked_decision_is_withdrawn_in_three_working_days() {
    let catalog = load();
    let calendar = &catalog.calendar;
    let kind = catalog.case_kind("appeal", "CN", date(2026, 6, 1)).unwrap();
    let day = date(2026, 6, 1);
    let said = |brings| Said {
        choice: Some("lawsuit"),
        brings,
    };
    let needs: &[Need] = &[Need::Reason, Need::Document];
    let bare = kind.apply(
        &[],
        "file",
        Party::Subject,
        &said(&[Need::Reason]),
        day,
        calendar,
    );
    assert_eq!(bare.unwrap_err(), Refusal::Missing(Need::Document));
    let filed = kind.apply(&[], "file", Party::Subject, &said(needs), day, calendar);
    let filed = filed.unwrap();
    assert_eq!(filed.then.effects(), [Effect::Appealed]);
    let steps = vec![filed.step];
    let said = Said {
        choice: None,
        brings: needs,
    };
    // The subject's own word does not suspend.
    let own = kind.apply(&steps, "stay", Party::Subject, &said, day, calendar);
    assert_eq!(own.unwrap_err(), Refusal::NotYours);
    let revoked = kind.apply(&steps, "revoke", Party::Supplier, &said, day, calendar);
    let revoked = revoked.unwrap();
    assert!(revoked.then.effects().contains(&Effect::Suspended));
    let due = revoked.then.due.unwrap();
    assert_eq!(calendar.working_days_between(day, due), 3);
}

#[test]
fn a_history_that_the_table_does_not_lead_through_is_told() {
    let catalog = load();
    let kind = objection(&catalog, "CN");
    let calendar = &catalog.calendar;
    let day = date(2026, 6, 1);
    let good = forwarded(kind, day, day);
    let mut forged = good.clone();
    forged[1].what = "correct".to_owned();
    let mut by = good.clone();
    by[1].by = Party::Subject;
    let mut gap = good.clone();
    gap[1].seq = 3;
    let mut back = good.clone();
    back[1].on = date(2026, 5, 31);
    back[0].on = day;
    for broken in [forged, by, gap, vec![good[1].clone()], Vec::new()] {
        assert!(kind.standing(&broken, day, calendar).is_err(), "{broken:?}");
        assert!(
            kind.open_moves(&broken, Party::Centre, day, calendar)
                .is_empty()
        );
    }
    assert!(kind.standing(&back, day, calendar).is_err());
}

#[test]
fn a_subject_that_lets_a_right_lapse_missed_nothing_and_a_late_supplier_did() {
    let catalog = load();
    let kind = objection(&catalog, "CN");
    let mut steps = forwarded(kind, date(2026, 3, 2), date(2026, 3, 3));
    steps.push(Step {
        seq: 3,
        what: "uphold".to_owned(),
        by: Party::Supplier,
        on: date(2026, 3, 4),
    });
    let at = |steps: &[Step], day| kind.standing(steps, day, &catalog.calendar).unwrap();
    let closed = at(&steps, date(2026, 9, 1));
    assert_eq!(closed.state.code, "closed");
    assert!(closed.missed.is_empty(), "{:?}", closed.missed);
    steps[2].on = date(2026, 6, 1);
    let late = at(&steps, date(2026, 12, 1));
    assert_eq!(late.state.code, "closed");
    let whose = |party| late.missed.iter().any(|miss| miss.who == party);
    assert!(
        whose(Party::Supplier) && !whose(Party::Subject),
        "{:?}",
        late.missed
    );
}

#[test]
fn nobody_waits_for_ever_and_the_clock_decides_against_nobody() {
    let catalog = load();
    for kind in &catalog.cases {
        for state in kind.states.iter().filter(|state| !state.end) {
            assert!(state.deadline.is_some(), "{kind:?} {}", state.code);
        }
        for one in &kind.moves {
            let to = kind.state(&one.to).unwrap();
            if to.adverse {
                assert!(one.remedy.is_some() && !one.by.contains(&Party::Clock));
            }
            assert!(!one.basis.is_empty(), "{kind:?} {}", one.code);
        }
    }
}

/// 深圳条例 64: a breach of notice and promise is ordered to be put right, suspended, then cancelled: each step only
/// once the term of the one before has passed, and never past a step.
#[test]
fn a_breach_of_notice_and_promise_is_ordered_suspended_then_cancelled() {
    let catalog = load();
    let calendar = &catalog.calendar;
    let of = |area| {
        let kind = catalog.case_kind("notice-promise", area, date(2026, 6, 1));
        kind.unwrap()
    };
    assert_eq!(of("440300").version, "shenzhen-1");
    assert_eq!(of("440100").version, "cn-1");
    let kind = of("440300");
    let mut steps: Vec<Step> = Vec::new();
    let mut on = date(2026, 3, 2);
    let step = |steps: &mut Vec<Step>, what: &str, by, on| {
        steps.push(Step {
            seq: steps.len() as u32 + 1,
            what: what.to_owned(),
            by,
            on,
        });
    };
    step(&mut steps, "promise", Party::Subject, on);
    for what in ["accept", "record", "warn"] {
        step(&mut steps, what, Party::Supplier, on);
    }
    let brings = [
        Need::Reason,
        Need::Document,
        Need::Service,
        Need::Head,
        Need::Attachment,
    ];
    let said = Said {
        choice: Some("not-at-all"),
        brings: &brings,
    };
    let try_ = |steps: &[Step], what: &str, on| {
        let said = Said {
            choice: said.choice.filter(|_| what == "find-broken"),
            ..said
        };
        kind.apply(steps, what, Party::Supplier, &said, on, calendar)
            .map(|applied| applied.then.state.code.clone())
    };
    let all = ["order", "halt", "find-broken", "put-right"];
    let open = |steps: &[Step], on| -> Vec<&str> {
        let may = all.iter().copied();
        may.filter(|what| try_(steps, what, on).is_ok()).collect()
    };
    // While the subject may be heard nothing but its putting right counts.
    assert_eq!(open(&steps, on), ["put-right"]);
    on = calendar.add_working_days(on, 6);
    assert_eq!(
        open(&steps, on),
        ["order", "put-right"],
        "no way past the order"
    );
    step(&mut steps, "order", Party::Supplier, on);
    let last = calendar.add_working_days(on, 10);
    assert_eq!(
        open(&steps, last),
        ["put-right"],
        "not before its term is over"
    );
    on = calendar.add_working_days(on, 11);
    assert_eq!(open(&steps, on), ["halt", "put-right"]);
    step(&mut steps, "halt", Party::Supplier, on);
    let last = calendar.add_working_days(on, 20);
    assert_eq!(open(&steps, last), ["put-right"]);
    on = calendar.add_working_days(on, 21);
    assert_eq!(open(&steps, on), ["find-broken", "put-right"]);
    assert_eq!(try_(&steps, "find-broken", on).as_deref(), Ok("breached"));
    assert_eq!(try_(&steps, "put-right", on).as_deref(), Ok("running"));
    // The nation's table has no such steps: there the breach is found once the subject was heard.
    assert!(of("CN").one_move("halt").is_none());
}
