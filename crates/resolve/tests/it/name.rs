//! Organisation names: what a clerk would say of pairs, and what must hold for any text.

mod generated;
mod labels;
mod laws;
#[path = "../../examples/m2_generate.rs"]
#[allow(
    dead_code,
    clippy::indexing_slicing,
    reason = "the bench's generator, as it stands in the examples"
)]
mod m2_generate;
mod variants;

use credit::lang::Lang;
use resolve::name::{Difference, Likeness, NameHistory, OrgName, Part, Script, compare};

fn look(left: &str, right: &str) -> Likeness {
    compare(&OrgName::parse(left), &OrgName::parse(right))
}

fn same(pairs: &[(&str, &str)]) {
    for (left, right) in pairs {
        let found = look(left, right);
        assert!(found.same, "{left} = {right}: {}", found.why(Lang::En));
    }
}

fn other(pairs: &[(&str, &str)]) {
    for (left, right) in pairs {
        let found = look(left, right);
        assert!(!found.same, "{left} ≠ {right}: {}", found.why(Lang::En));
    }
}

#[test]
fn takes_a_name_apart() {
    let name = OrgName::parse("浙江省杭州市明远机电设备有限公司");
    assert_eq!(name.region(), "浙江省杭州市");
    assert_eq!(name.trade(), "明远");
    assert_eq!(name.industry(), "机电设备");
    assert_eq!(name.form(), "有限公司");
    assert_eq!(name.branch(), "");
    assert_eq!(name.script(), Script::Han);
    let branch = OrgName::parse("明远商贸股份有限公司上海市第二分公司");
    assert_eq!(branch.branch(), "上海二分公司");
    let bracket = OrgName::parse("明远（上海）贸易有限公司（筹）");
    assert_eq!(
        (bracket.region(), bracket.trade().as_str()),
        ("上海", "明远")
    );
    assert!(bracket.qualifiers().is_empty());
    let former = OrgName::parse("杭州明远机械有限公司（原杭州第一机械厂）");
    assert_eq!(former.former().map(OrgName::form), Some("厂"));
}

#[test]
fn writes_one_name_in_many_ways() {
    same(&[
        ("上海明远贸易有限公司", "明远贸易（上海）有限公司"),
        ("上海明远贸易有限公司", "明远(上海)贸易有限公司"),
        ("上海明远贸易有限公司", "上海市明远贸易有限责任公司"),
        ("上海明远贸易有限公司", "上海明远贸易"),
        ("上海明远贸易有限公司", "上 海 明 远 贸 易 有 限 公 司"),
        ("上海明遠貿易有限公司", "上海明远贸易有限公司"),
        ("ＡＢＣ（上海）电子有限公司", "abc(上海)电子有限公司"),
        ("浙江杭州明远贸易有限公司", "杭州市明远贸易有限公司"),
        ("内蒙古自治区明远贸易有限公司", "内蒙古明远贸易有限公司"),
        ("西安明远贸易有限公司", "西安市明远贸易有限公司"),
        ("明远（集团）有限公司", "明远集团有限公司"),
        ("某某建筑第十二工程公司", "某某建筑第12工程公司"),
        ("明远商贸有限公司上海分公司", "明远商贸有限公司上海市分公司"),
        ("杭州明远机械有限公司（原杭州第一机械厂）", "杭州第一机械厂"),
        ("招商银行股份有限公司上海分行", "招商银行上海分行"),
        ("平江南江供销合作社第二门市部", "平江南江供销社二门市"),
        ("平江南江供销社综合二门市", "平江南江供销社二综合门市"),
    ]);
}

#[test]
fn knows_a_division_under_the_names_it_had() {
    same(&[
        ("襄樊明远贸易有限公司", "襄阳市明远贸易有限公司"),
        ("盘县水塘供销社赵官分销店", "盘州市水塘供销合作社赵官分销店"),
        (
            "大丰市大龙供销社赵尖购销站",
            "盐城市大丰区大龙供销社赵尖购销站",
        ),
        ("明远商贸有限公司襄樊分公司", "明远商贸有限公司襄阳分公司"),
        ("喀什明远贸易有限公司", "喀什市明远贸易有限公司"),
        ("宝安区公明楼村明远五金制品厂", "公明楼村明远五金制品厂"),
    ]);
    other(&[
        ("长治县明远贸易有限公司", "长治明远贸易有限公司"),
        ("长治县明远贸易有限公司", "长治市明远贸易有限公司"),
        (
            "南京市鼓楼区明远贸易有限公司",
            "福州市鼓楼区明远贸易有限公司",
        ),
        ("洛阳新安明远贸易商店", "洛阳新安镇明远贸易商行部"),
        ("福建明远食品集团有限公司", "明远食品集团有限公司"),
    ]);
}

#[test]
fn another_word_that_exists_is_no_slip() {
    other(&[
        ("邯郸市副食果品总公司", "邯郸市副食品总公司"),
        ("广州新华彩印刷厂", "广州新华彩印厂"),
        ("昆明明远机械制造厂有限公司", "昆明明远机械制造有限公司"),
        ("杭州明远机械厂", "杭州明远机械厂有限公司"),
        ("沈阳明远贸易公司", "沈阳明远贸易股份有限公司"),
        ("甲县明远供销合作社", "甲县明远湖供销合作社"),
    ]);
    let converted = look("沈阳明远贸易公司", "沈阳明远贸易股份有限公司");
    assert!(converted.possible(), "a person looks: {converted:?}");
}

#[test]
fn forgives_slips_that_break_a_word() {
    same(&[
        ("上海明远机械制造有限公司", "上海明远机械制遭有限公司"),
        ("上海明远贸易有限公司", "上海明远贸昜有限公司"),
        ("上海明远贸易有限公司", "上海明远贸易有线公司"),
        ("上海明远贸易有限公司", "上海明远贸易有限公公司"),
        ("上海明远贸易有限公司", "上海明远贸易限有公司"),
        ("上海明远贸易有限公司", "上悔明远贸易有限公司"),
        ("上海明远贸易有限公司", "上海明远易贸有限公司"),
    ]);
}

#[test]
fn keeps_neighbours_apart() {
    other(&[
        ("上海明远贸易有限公司", "上海明达贸易有限公司"),
        ("上海明远贸易有限公司", "上海远明贸易有限公司"),
        ("上海明远贸易有限公司", "北京明远贸易有限公司"),
        ("上海明远贸易有限公司", "明远（北京）贸易有限公司"),
        ("苏州明远贸易有限公司", "徐州明远贸易有限公司"),
        ("上海明远贸易有限公司", "上海明远机械有限公司"),
        ("上海明远贸易有限公司", "上海明远国际贸易有限公司"),
        ("上海明远贸易有限公司", "上海明远贸易有限公司第一分公司"),
        (
            "上海明远贸易有限公司第一分公司",
            "上海明远贸易有限公司第二分公司",
        ),
        ("上海明远集团有限公司", "上海明远有限公司"),
        ("安康药业有限公司", "安泰药业有限公司"),
        (
            "某银行股份有限公司苏州分行",
            "某银行股份有限公司苏州城东支行",
        ),
        (
            "上海明远贸易有限公司",
            "Shanghai Mingyuan Trading Co., Ltd.",
        ),
    ]);
}

#[test]
fn names_the_part_that_differs() {
    let part = |left: &str, right: &str| {
        look(left, right)
            .parts
            .first()
            .map(|part| (part.part, part.kind))
    };
    let left = "上海明远贸易有限公司";
    assert_eq!(
        part(left, "上海明远贸易"),
        Some((Part::Form, Difference::Missing))
    );
    assert_eq!(
        part(left, "上海明达贸易有限公司"),
        Some((Part::Trade, Difference::Other))
    );
    assert_eq!(
        part(left, "北京明远贸易有限公司"),
        Some((Part::Region, Difference::Other))
    );
    assert_eq!(
        part(left, "上海明远机械有限公司"),
        Some((Part::Industry, Difference::Other))
    );
    assert_eq!(
        part(left, "上海明远贸易有限公司苏州分公司"),
        Some((Part::Branch, Difference::Missing))
    );
    let short = look("中国石油化工股份有限公司", "中石化");
    let abbreviated = |part: &resolve::name::PartDifference| part.kind == Difference::Abbreviation;
    assert!(!short.same && short.parts.iter().any(abbreviated));
    for lang in Lang::ALL {
        assert!(
            look(left, "北京明远贸易有限公司")
                .why(lang)
                .contains("北京")
        );
    }
}

#[test]
fn reads_letters() {
    same(&[
        ("Acme Trading Co., Ltd.", "ACME TRADING COMPANY LIMITED"),
        ("Johnson & Sons Inc", "Johnson and Sons, Incorporated"),
        ("Trading House Acme", "Acme Trading House"),
        ("Acme Technolgy Holdings", "Acme Technology Holdings"),
        (
            "Общество с ограниченной ответственностью «Ромашка»",
            "OOO Romashka",
        ),
        (
            "Société Générale Électrique SA",
            "SOCIETE GENERALE ELECTRIQUE",
        ),
        ("Micro soft Corp", "Microsoft Corporation"),
    ]);
    other(&[
        ("Acme Trading Co., Ltd.", "Apex Trading Co., Ltd."),
        ("Acme Holdings 2", "Acme Holdings 3"),
        ("Acme Trading", "Acme Trading Shanghai Branch"),
        ("ООО Ромашка", "ООО Василёк"),
        ("IBM", "International Business Machines"),
        ("Chongqing University", "Chongqing University of Technology"),
    ]);
}

#[test]
fn knows_a_former_name_by_its_dates() {
    use jiff::civil::date;
    use resolve::name::history::Held;
    let held = |name: &str, from, until| Held {
        name: OrgName::parse(name),
        from,
        until,
    };
    let turn = date(2010, 5, 1);
    let history = NameHistory::new(vec![
        held("杭州第一机械厂", None, turn.yesterday().ok()),
        held("杭州明远机械有限公司", Some(turn), None),
    ]);
    let old = OrgName::parse("杭州一机械厂");
    let found = history.recognise(&old, Some(date(2015, 1, 1)));
    assert!(
        found
            .as_ref()
            .is_some_and(|found| found.former && found.likeness.same)
    );
    let then = history.recognise(&old, Some(date(2005, 1, 1)));
    assert!(then.is_some_and(|found| !found.former));
    assert_eq!(history.on(turn).count(), 1);
    assert!(NameHistory::default().recognise(&old, None).is_none());
}
