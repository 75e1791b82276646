//! Items by exposure, masks, numbers of people, redaction.

use crate::make::{
    CANARY, HIDDEN, PENALTY, PERMIT, all_texts, now, open_own, open_public, record, value, version,
};
use credit::lang::Lang;
use credit::record::Version;
use policy::{Mismatch, Shown};

/// The example number of GB 11643.
const CITIZEN: &str = "11010519491231002X";

fn public(code: &str, text: &str) -> Result<Option<Shown>, Mismatch> {
    let records = vec![record(1, PENALTY, vec![version(1, &[(code, text)])])];
    Ok(value(&open_public(records, now())?, code))
}

fn own(code: &str, text: &str) -> Result<Option<Shown>, Mismatch> {
    let records = vec![record(1, PENALTY, vec![version(1, &[(code, text)])])];
    Ok(value(&open_own(records, now())?, code))
}

fn plain(text: &str) -> Option<Shown> {
    Some(Shown::Plain(text.to_owned()))
}

#[test]
fn the_public_sees_no_guarded_item() -> Result<(), Mismatch> {
    for code in HIDDEN {
        assert_eq!(public(code, CANARY)?, None, "{code}");
    }
    assert_eq!(public("REMARK", "普通说明")?, plain("普通说明"));
    Ok(())
}

#[test]
fn its_own_file_shows_all_but_numbers_of_people() -> Result<(), Mismatch> {
    for code in HIDDEN {
        let expected = match code {
            "PERSON_ID" | "ODD_ID" => None,
            _ => plain(CANARY),
        };
        assert_eq!(own(code, CANARY)?, expected, "{code}");
    }
    Ok(())
}

/// What an edition of today closes is closed for rows that came in under an older one.
#[test]
fn a_newer_edition_closes_items_of_older_rows() -> Result<(), Mismatch> {
    let old = Version {
        theme_version: "1".to_owned(),
        ..version(1, &[("CLOSED_LATER", CANARY)])
    };
    let records = vec![record(1, PENALTY, vec![old])];
    let dossier = open_public(records.clone(), now())?;
    assert_eq!(dossier.entries().len(), 1);
    assert_eq!(dossier.entries()[0].theme.version, "1");
    assert_eq!(value(&dossier, "CLOSED_LATER"), None);
    assert_eq!(
        value(&open_own(records, now())?, "CLOSED_LATER"),
        plain(CANARY)
    );
    Ok(())
}

#[test]
fn items_that_no_edition_knows_are_left_out() -> Result<(), Mismatch> {
    let records = vec![record(
        1,
        PERMIT,
        vec![version(1, &[("UNKNOWN", CANARY), ("NAME", "甲")])],
    )];
    assert!(!all_texts(&open_public(records.clone(), now())?).contains(&CANARY.to_owned()));
    assert!(!all_texts(&open_own(records, now())?).contains(&CANARY.to_owned()));
    Ok(())
}

#[test]
fn masks_hide_the_middle_from_the_public_only() -> Result<(), Mismatch> {
    let masked = |text: &str| Some(Shown::Masked(text.to_owned()));
    assert_eq!(public("PLACE", "甲市乙区丙路")?, masked("甲市***路"));
    assert_eq!(public("PLACE", "甲市乙")?, masked("***"));
    assert_eq!(public("PLACE", "甲")?, masked("*"));
    assert_eq!(own("PLACE", "甲市乙区丙路")?, plain("甲市乙区丙路"));
    Ok(())
}

#[test]
fn identifiers_of_people_are_found_in_items_for_any_identifier() -> Result<(), Mismatch> {
    for number in [CITIZEN, "11010519491231002X00", "110105491231002"] {
        for shown in [public("ANY_ID", number)?, own("ANY_ID", number)?] {
            let text = shown.map(|shown| shown.text(Lang::Zh).to_owned());
            assert!(text.is_none() || number.len() == 15, "{number}: {text:?}");
        }
    }
    assert_eq!(
        public("ANY_ID", "91350100M000100Y43")?,
        plain("91350100M000100Y43")
    );
    Ok(())
}

#[test]
fn a_number_of_a_person_never_leaves_in_a_text() -> Result<(), Mismatch> {
    for code in ["REMARK", "FACTS"] {
        let text = format!("经查，{CITIZEN}未按期申报。");
        for shown in [public(code, &text)?, own(code, &text)?] {
            let shown = shown
                .map(|shown| shown.text(Lang::Zh).to_owned())
                .unwrap_or_default();
            assert!(!shown.is_empty(), "{code}");
            assert!(!shown.contains("19491231"), "{code}: {shown}");
        }
    }
    Ok(())
}

#[test]
fn doubtful_text_waits_whole_and_says_so() -> Result<(), Mismatch> {
    let doubtful = doubtful_text();
    let shown = public("FACTS", &doubtful)?;
    assert_eq!(shown, Some(Shown::Waits));
    let notices = Lang::ALL.map(|lang| Shown::Waits.text(lang));
    assert_eq!(notices[0], "待人工核对后公开");
    assert!(notices[0] != notices[1] && notices[1] != notices[2]);
    assert_eq!(Shown::Waits.plain(), None);
    // Its subject reads it all the same.
    assert_eq!(own("FACTS", &doubtful)?, plain(&doubtful));
    Ok(())
}

/// A text that the shipped rules call doubtful, and that holds no number of a person.
fn doubtful_text() -> String {
    let texts = ["经查，赵女士在场。", "当事人现年60，独自在场。"];
    let is_doubtful = |text: &&str| {
        credit::content::redact(text).doubtful && credit::content::personal_numbers(text).is_empty()
    };
    texts
        .into_iter()
        .find(is_doubtful)
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn plain_facts_are_published_as_they_are() -> Result<(), Mismatch> {
    let text = "未按规定期限公示2024年度报告";
    assert_eq!(public("FACTS", text)?, plain(text));
    Ok(())
}
