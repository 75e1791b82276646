//! What holds for any two texts.

use proptest::prelude::*;
use resolve::name::{OrgName, compare};

/// Texts that look like names, made of their pieces in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "上海",
        "北京市",
        "浙江省",
        "杭州",
        "明远",
        "华",
        "新",
        "贸易",
        "机械",
        "国际",
        "有限公司",
        "有限责任公司",
        "股份有限公司",
        "集团",
        "（",
        "）",
        "(",
        ")",
        "第一",
        "12",
        "分公司",
        "支行",
        "银行",
        "厂",
        "原",
        "Acme",
        " ",
        "Ltd",
        "Ромашка",
        "ООО",
        "〇",
        "é",
        "\u{200B}",
        "，",
        "店",
        "合作社",
        "中国",
        "&",
    ]);
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![pieces(), "\\PC{0,24}", "[\u{4E00}-\u{9FFF}（）0-9 ]{0,16}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn either_side_may_come_first(left in any_text(), right in any_text()) {
        let (left, right) = (OrgName::parse(&left), OrgName::parse(&right));
        let (one, other) = (compare(&left, &right), compare(&right, &left));
        prop_assert_eq!(one.same, other.same);
        prop_assert!((one.score - other.score).abs() < 1e-4, "{} {}", one.score, other.score);
        prop_assert!((0.0..=1.0).contains(&one.score));
    }

    #[test]
    fn a_name_is_itself(text in any_text()) {
        let name = OrgName::parse(&text);
        let found = compare(&name, &name);
        prop_assert!(found.same && found.parts.is_empty());
    }

    #[test]
    fn widths_and_spaces_do_not_count(text in pieces()) {
        let wide: String = text.chars().map(|letter| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap_or(letter),
            ' ' => '\u{3000}',
            _ => letter,
        }).collect();
        prop_assert!(compare(&OrgName::parse(&text), &OrgName::parse(&wide)).same);
    }

    #[test]
    fn traditional_characters_do_not_count(text in pieces()) {
        let old: String = text.chars().map(|letter| match letter {
            '华' => '華', '远' => '遠', '贸' => '貿', '机' => '機', '械' => '械', '国' => '國', '际' => '際', '银' => '銀', '厂' => '廠',
            _ => letter,
        }).collect();
        prop_assert!(compare(&OrgName::parse(&text), &OrgName::parse(&old)).same);
    }
}

#[test]
fn a_short_word_of_one_side_tells_no_more_from_the_other_side() {
    let (left, right) = (OrgName::parse("Ya"), OrgName::parse("Ý:b"));
    let (one, other) = (compare(&left, &right), compare(&right, &left));
    assert!((one.score - other.score).abs() < 1e-4, "{one:?} {other:?}");
}

#[test]
fn long_texts_take_no_longer_than_reading_them() {
    let long = "上海明远第一贸易（分公司）有限公司".repeat(600);
    let other = format!("{long}厂");
    let start = std::time::Instant::now();
    let found = compare(&OrgName::parse(&long), &OrgName::parse(&other));
    assert!(!found.same);
    let words = "Acme Trading (Shanghai) Ltd ".repeat(400);
    assert!(compare(&OrgName::parse(&words), &OrgName::parse(&words)).same);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn naughty_strings_are_names_without_parts() {
    for text in [
        "",
        " ",
        "()",
        "（（（",
        "))((",
        "第",
        "第一",
        "公司",
        "有限公司",
        "集团",
        "上海",
        "上海市",
        "分公司",
        "\u{0}",
        "\u{202E}",
        "🏢有限公司",
        "原",
        "(原)",
    ] {
        let name = OrgName::parse(text);
        assert!(compare(&name, &OrgName::parse(text)).same, "{text:?}");
        assert!(
            !compare(&name, &OrgName::parse("上海明远贸易有限公司")).same,
            "{text:?}"
        );
    }
}
