//! Tidying and comparison forms of texts.

use crate::registry;
use credit::text::{
    could_be_person, looks_like_organisation, name_form, narrow, simplify, simplify_char, tidy,
};
use proptest::prelude::*;
use std::borrow::Cow;

#[test]
fn tidies_what_files_bring() {
    let cases = [
        ("  上海 \t 公司\u{3000}\u{a0}", "上海 公司"),
        ("\u{feff}编号\t", "编号"),
        ("ＡＢＣ１２３－４", "ABC123-4"),
        ("公司（上海）", "公司（上海）"),
        ("罚款，警告；没收", "罚款，警告；没收"),
        ("a\u{200b}b\u{202e}c", "abc"),
        ("e\u{301}", "é"),
        ("一\r\n二", "一 二"),
        ("\0\u{1b}x", "x"),
        ("", ""),
        ("\u{3000}", ""),
    ];
    for (text, tidied) in cases {
        assert_eq!(tidy(text), tidied, "{text:?}");
    }
}

#[test]
fn narrow_is_for_machines() {
    assert_eq!(narrow("２０２４／１／２　１２：３０"), "2024/1/2 12:30");
    assert_eq!(narrow("罚款金额（万元）"), "罚款金额(万元)");
    assert_eq!(narrow("罚款；警告"), "罚款;警告");
}

#[test]
fn clean_texts_are_not_copied() {
    for text in [
        "上海某某（集团）有限公司",
        "plain ascii 12.5",
        "",
        "ООО Пример",
        "食品、饮料；销售。",
    ] {
        assert!(matches!(tidy(text), Cow::Borrowed(_)), "{text}");
        let _ = narrow(text);
    }
    assert!(matches!(narrow("2024-01-02"), Cow::Borrowed(_)));
}

#[test]
fn names_compare_without_width_and_punctuation() {
    let same = [
        ["上海某某（集团）有限公司", "上海某某(集团)有限公司"],
        ["上海某某【集团】有限公司", " 上海某某〔集团〕 有限公司"],
        ["ＡＢＣ贸易", "abc 贸易"],
        ["某某·科技", "某某科技"],
        ["“某某”餐饮店", "某某餐饮店"],
        ["第Ⅱ工程处", "第II工程处"],
        [
            "臺灣積體電路製造股份有限公司",
            "台湾积体电路制造股份有限公司",
        ],
        ["香港匯豐銀行〔中國〕", "香港汇丰银行(中国)"],
        ["⾧城資產", "长城资产"],
    ];
    for [one, two] in same {
        assert_eq!(name_form(one), name_form(two), "{one} {two}");
    }
    assert_ne!(name_form("上海某某公司"), name_form("上海某公司"));
    assert_ne!(name_form("乾元公司"), name_form("干元公司"));
    assert_ne!(name_form("某某(北京)公司"), name_form("某某(上海)公司"));
    assert_eq!(name_form("，。"), "");
}

#[test]
fn traditional_characters_have_a_simplified_one() {
    assert_eq!(simplify("統一社會信用代碼"), "统一社会信用代码");
    assert_eq!(simplify("企業名稱（變更後）"), "企业名称（变更后）");
    assert!(matches!(simplify("统一社会信用代码 ABC"), Cow::Borrowed(_)));
    for letter in ['A', '乾', '台', '\u{3400}', '\u{9FFF}', '\u{20000}', '\0'] {
        assert_eq!(simplify_char(letter), letter);
    }
}

#[test]
fn organisations_are_told_by_their_endings() {
    for name in [
        "某某有限公司",
        "某某公司（上海分公司）",
        "第一小学",
        "ACME Co., Ltd.",
        "某某合伙企业(有限合伙)",
        "某某村委会",
        "某某村民委員會",
        "某某製造廠",
    ] {
        assert!(looks_like_organisation(name), "{name}");
    }
    for name in ["张三", "欧阳小明", "买买提·艾力", "John Smith", ""] {
        assert!(!looks_like_organisation(name), "{name}");
    }
}

#[test]
fn a_name_that_may_be_a_persons_is_known() {
    for name in [
        "张三",
        "赵甲乙",
        "趙甲乙",
        "欧阳小明",
        "赵 甲 乙",
        "买买提·艾力",
        "阿依古丽",
        "赵甲乙（女）",
        "赵甲乙先生",
        "赵甲乙等3人",
        "赵甲乙、钱丙",
        "1.赵甲乙",
        "赵甲乙110101199003077758",
        "当事人：赵甲乙",
        "John Smith",
        "SMITH, John A.",
        "Иванов И.И.",
        "Jean-Luc",
        "赵",
        "王会",
        "甲户",
    ] {
        assert!(could_be_person(name), "{name}");
    }
    for name in [
        "某某有限公司",
        "某某製造廠",
        "教育部",
        "某某小吃店",
        "某某市样例机械开发部",
        "共青团某市委",
        "ACME Co., Ltd.",
        "IBM",
        "",
        "，",
        "3721",
        "某某某某某",
        "某某科技ABC",
    ] {
        assert!(!could_be_person(name), "{name}");
    }
}

#[test]
fn real_names_of_organisations_are_rarely_taken_for_a_persons() {
    let mut taken = 0_usize;
    let rows = registry::for_each(|row| taken += usize::from(could_be_person(&row.name)));
    eprintln!("{taken} of {rows} real names may be a person's");
    assert!(taken * 500 <= rows, "{taken} of {rows}");
}

#[test]
fn real_names_look_like_organisations() {
    let mut told = 0_usize;
    let rows = registry::for_each(|row| told += usize::from(looks_like_organisation(&row.name)));
    eprintln!("{told} of {rows} real names told as organisations");
    assert!(told * 100 >= rows * 97, "{told} of {rows}");
}

proptest! {
    #[test]
    fn tidying_twice_changes_nothing(text in any::<String>()) {
        let once = tidy(&text).into_owned();
        prop_assert_eq!(tidy(&once), once.as_str());
        let narrowed = narrow(&text).into_owned();
        prop_assert_eq!(narrow(&narrowed), narrowed.as_str());
    }

    #[test]
    fn simplifying_twice_changes_nothing(text in "[\u{3000}-\u{a000}\u{f900}-\u{fad9}]{0,30}") {
        let once = simplify(&text).into_owned();
        prop_assert!(matches!(simplify(&once), Cow::Borrowed(_)));
        prop_assert_eq!(name_form(&once), name_form(&text));
    }

    #[test]
    fn a_form_is_its_own_form(text in any::<String>()) {
        let form = name_form(&text);
        prop_assert_eq!(name_form(&form), form);
    }

    #[test]
    fn spaces_and_width_never_tell_names_apart(name in "[\u{4e00}-\u{4eff}A-Z0-9]{1,12}", at in 0_usize..12) {
        let wide: String = name.chars().map(|letter| match letter {
            '!'..='~' => char::from_u32(letter as u32 + 0xFEE0).unwrap(),
            letter => letter,
        }).collect();
        let place = name.char_indices().nth(at).map_or(name.len(), |(place, _)| place);
        let spaced = format!("{} \u{3000}{}", &name[..place], &name[place..]);
        prop_assert_eq!(name_form(&name), name_form(&wide));
        prop_assert_eq!(name_form(&name), name_form(&spaced));
    }

    #[test]
    fn what_is_borrowed_is_what_would_be_written(text in "[ !-~一-龥（），。]{0,20}") {
        if let Cow::Borrowed(same) = tidy(&text) {
            prop_assert_eq!(same, text.as_str());
            prop_assert!(!text.contains("  ") && text.trim() == text);
        }
    }
}
