//! Headers as agencies write them, bound or refused.

use crate::check_support::{Sample, checker, theme};
use credit::catalog::Theme;
use credit::lang::Lang;
use intake::header::{Binding, bind};
use intake::refusal::{FileRefusal, RefusalKind};

fn bound(theme: &Theme, header: &[&str]) -> Result<Binding, FileRefusal> {
    let header: Vec<String> = header.iter().map(|&title| title.to_owned()).collect();
    bind(theme, &header, Lang::Zh)
}

#[test]
fn codes_titles_and_aliases_bind_in_any_order() {
    let theme = theme("registration");
    let by_code = bound(&theme, &["ZTMC", "TYSHXYDM"]).unwrap();
    for header in [
        ["企业名称", "统一社会信用代码"],
        ["企 业 名 称：", "统一社会信用代码*"],
        ["name", "code"],
        ["NAME", "Code"],
        ["Наименование", "Единый код социального кредита"],
        ["\u{feff}企业名称（必填）", "统一社会信用代码（必填）"],
        ["ｚｔｍｃ", "TYSHXYDM "],
        ["企業名稱", "統一社會信用代碼"],
        ["企業名稱（必填）", "統一社會信用代碼：*"],
    ] {
        let found = bound(&theme, &header).unwrap();
        assert_eq!(found.by_item, by_code.by_item, "{header:?}");
    }
    let turned = bound(&theme, &["code", "别的", "name"]).unwrap();
    assert_eq!(turned.by_item[theme.item("ZTMC").unwrap()], Some(2));
    assert_eq!(turned.unknown().collect::<Vec<_>>(), ["别的"]);
}

#[test]
fn what_is_missing_is_listed_with_what_was_found() {
    let theme = theme("registration");
    let refusal = bound(&theme, &["名称", "别的", ""]).unwrap_err();
    let RefusalKind::MissingColumns { missing, found } = &refusal.kind else {
        panic!("{refusal}")
    };
    assert_eq!(missing, &["统一社会信用代码"]);
    assert_eq!(found, &["名称", "别的"]);
}

#[test]
fn two_columns_for_one_item_are_refused() {
    let theme = theme("registration");
    let refusal = bound(&theme, &["企业名称", "name", "code"]).unwrap_err();
    assert!(matches!(refusal.kind, RefusalKind::DoubledColumns(titles) if titles == ["企业名称"]));
}

#[test]
fn a_unit_in_the_header_counts() {
    let sample = Sample::penalty();
    for (title, cell, wanted) in [
        ("罚款金额（元）", "2000", "0.2"),
        ("罚款金额（万元）", "0.2", "0.2"),
        ("罚款金额", "0.2", "0.2"),
        ("罚款金额（单位：元）", "2000", "0.2"),
        ("罰款金額（單位：萬元）", "0.2", "0.2"),
        ("罰款金額", "0.2萬元", "0.2"),
        ("罰款金額", "2000圓", "0.2"),
        ("CF_NR_FK(元)", "2000", "0.2"),
    ] {
        let header: Vec<&str> = sample
            .cells
            .iter()
            .map(|(code, _)| if *code == "CF_NR_FK" { title } else { code })
            .collect();
        let row = Sample::penalty().with("CF_NR_FK", cell);
        let cells: Vec<&str> = row.cells.iter().map(|(_, cell)| cell.as_str()).collect();
        let outcome =
            checker(&sample.theme, &header).row(&crate::check_support::buffer(&cells).row());
        let intake::check::Outcome::Ready(draft) = outcome else {
            panic!("{title}: {outcome:?}")
        };
        assert_eq!(
            sample.value(&draft, "CF_NR_FK").as_deref(),
            Some(wanted),
            "{title}"
        );
    }
}

#[test]
fn old_names_of_the_2015_edition_bind() {
    let theme = theme("penalty");
    let header: Vec<&str> = Sample::penalty()
        .cells
        .iter()
        .map(|(code, _)| match *code {
            "CF_FRDB" => "CF_FR",
            "CF_CFJG" => "CF_XZJG",
            "CF_XDR_ZZJG" => "CF_XDR_ZDM",
            other => other,
        })
        .collect();
    assert!(bound(&theme, &header).is_ok());
}

#[test]
fn a_layout_of_the_catalogue_goes_before_titles() {
    let theme = theme("tax-a");
    let found = bound(
        &theme,
        &[
            "编号\t纳税人识别号",
            "纳税人名称",
            "信用级别",
            "评价年度",
            "税务机关",
        ],
    )
    .unwrap();
    let at = |code: &str| found.by_item[theme.item(code).unwrap()];
    assert_eq!(at("NSRSBH"), Some(1));
    assert_eq!(at("SWJG"), Some(4));
    assert_eq!(at("XYJB"), None);
}

#[test]
fn a_list_in_traditional_characters_and_big5_goes_in() {
    let theme = theme("tax-a");
    let titles = [
        "納稅人識別號",
        "納稅人名稱",
        "評價年度",
        "信用級別",
        "稅務機關",
    ];
    let text = format!(
        "{}\n91350211M000100Y46,某某市樣例機械有限公司,2018,A,某某市稅務局\n合計,,1,,\n",
        titles.join(",")
    );
    let (bytes, _, lost) = encoding_rs::BIG5.encode(&text);
    assert!(!lost);
    let file = crate::support::read("a.csv", &bytes).unwrap();
    assert_eq!(file.header, titles);
    let binding = bind(&theme, &file.header, Lang::Zh).unwrap();
    assert_eq!(binding.unknown().collect::<Vec<_>>(), [""; 0]);
    // What is stored is what was sent.
    let mut check = checker(&theme, &titles);
    let cells: Vec<&str> = file.rows[0].cells.iter().map(String::as_str).collect();
    let intake::check::Outcome::Ready(draft) =
        check.row(&crate::check_support::buffer(&cells).row())
    else {
        panic!("not ready")
    };
    let name = theme
        .item("NSRMC")
        .and_then(|ix| draft.values[ix].as_deref());
    assert_eq!(name, Some("某某市樣例機械有限公司"));
    let total: Vec<&str> = file.rows[1].cells.iter().map(String::as_str).collect();
    let outcome = check.row(&crate::check_support::buffer(&total).row());
    assert!(matches!(outcome, intake::check::Outcome::Footer { .. }));
}
