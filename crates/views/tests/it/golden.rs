//! One dossier, three languages, fixed bytes.

use crate::sample::{
    CATALOG, Outcome, REPRESENTATIVE, ask, own, penalty, public, registration, today,
};
use credit::lang::Lang;
use jiff::civil::date;
use views::report::{json, tree};

#[test]
fn the_catalogue_of_these_tests_is_accepted() {
    assert_eq!(CATALOG.themes.len(), 2);
}

#[test]
fn a_report_reads_the_same_in_three_languages() -> Outcome {
    let mut late = penalty(2, date(2026, 6, 1));
    late.versions[0].late = true;
    let dossier = public(vec![registration(), late], today())?;
    for lang in Lang::ALL {
        let report = views::report(&CATALOG, &dossier, &ask(lang));
        let mut shape = tree(&report);
        shape["versions"]["catalogue"] = "digest".into();
        insta::assert_json_snapshot!(format!("report-{}", lang.tag()), shape);
    }
    Ok(())
}

#[test]
fn the_same_dossier_gives_the_same_bytes_whatever_the_order_of_records() -> Outcome {
    let records = || {
        vec![
            registration(),
            penalty(2, date(2026, 6, 1)),
            penalty(3, date(2026, 6, 1)),
        ]
    };
    let mut turned = records();
    turned.reverse();
    let one = json(&views::report(
        &CATALOG,
        &public(records(), today())?,
        &ask(Lang::Zh),
    ));
    let other = json(&views::report(
        &CATALOG,
        &public(turned, today())?,
        &ask(Lang::Zh),
    ));
    assert_eq!(one, other);
    assert!(!one.contains(REPRESENTATIVE));
    assert!(one.contains("江罚〔2026〕2号"));
    Ok(())
}

#[test]
fn a_subject_without_records_has_ten_sections_that_say_so() -> Outcome {
    for (lang, sentence) in [
        (Lang::Zh, "查询期内无相关信息"),
        (Lang::En, "No such information in the period"),
        (Lang::Ru, "За период сведений нет"),
    ] {
        let report = views::report(&CATALOG, &own(Vec::new(), today())?, &ask(lang));
        assert_eq!(report.sections.len(), 10);
        for section in &report.sections {
            assert_eq!(section.note.as_deref(), Some(sentence), "{}", section.code);
            assert!(section.entries.is_empty());
        }
        let glance = views::lookup::lookup(&CATALOG, &own(Vec::new(), today())?, lang);
        assert!(
            glance
                .sections
                .iter()
                .all(|section| section.note.as_deref() == Some(sentence))
        );
    }
    Ok(())
}

#[test]
fn no_text_gives_a_score_or_a_verdict() -> Outcome {
    let dossier = public(vec![registration(), penalty(2, date(2026, 6, 1))], today())?;
    let report = views::report(&CATALOG, &dossier, &ask(Lang::Zh));
    let entries: String = report
        .sections
        .iter()
        .map(|section| format!("{section:?}"))
        .collect();
    for word in ["评分", "得分", "等级:", "失信企业", "黑名单", "良好"] {
        assert!(!entries.contains(word), "{word}");
    }
    assert!(
        report
            .notices
            .iter()
            .any(|text| text.contains("不对任何主体评分"))
    );
    Ok(())
}
