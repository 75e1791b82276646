//! Letters: fixed bytes, nothing but data, every part on the page.

use super::{Outcome, text_of, typesetter};
use credit::lang::Lang;
use jiff::civil::date;
use views::Letter;
use views::report::model::Line;

fn line(label: &str, value: &str) -> Line {
    Line {
        code: String::new(),
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

fn letter(lang: Lang, name: &str) -> Letter {
    Letter {
        lang,
        number: "1A2B3C4D-3".to_owned(),
        dated: date(2026, 6, 1),
        title: "异议 · 维持原信息".to_owned(),
        head: vec![line("文书编号", "1A2B3C4D-3"), line("日期", "2026-06-01")],
        addressee: name.to_owned(),
        says: "经核查，信源单位维持该信息，理由见下。".to_owned(),
        matter: vec![line("信息类别", "行政处罚")],
        decision: vec![
            line("理由、说明", "#strong[证据] $x$ \\ 充分"),
            line("依据", "中华人民共和国民法典 1029"),
        ],
        remedy: Some("可以自收到之日起六十日内申请复核。".to_owned()),
    }
}

#[test]
fn a_letter_has_every_part_and_runs_nothing() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    for lang in Lang::ALL {
        let one = typesetter.letter(&letter(lang, "江州远帆贸易有限公司"))?;
        let other = typesetter.letter(&letter(lang, "江州远帆贸易有限公司"))?;
        assert!(one == other && one.starts_with(b"%PDF-1.7"), "{lang:?}");
    }
    let bytes = typesetter.letter(&letter(Lang::Zh, "江州#远帆贸易有限公司"))?;
    let Some(text) = text_of(&bytes)? else {
        return Ok(());
    };
    for part in [
        "1A2B3C4D-3",
        "江州#远帆贸易有限公司",
        "维持该信息",
        "#strong[证据]",
        "民法典",
        "六十日内",
        "不收取任何费用",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    Ok(())
}

#[test]
fn a_letter_without_a_fact_or_a_remedy_has_no_heading_for_it() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    let mut bare = letter(Lang::Zh, "某公司");
    bare.matter.clear();
    bare.remedy = None;
    bare.says.clear();
    let Some(text) = text_of(&typesetter.letter(&bare)?)? else {
        return Ok(());
    };
    assert!(
        !text.contains("救济途径") && !text.contains("所涉信息"),
        "{text}"
    );
    Ok(())
}
