//! Registrations: the bodies that all other sample files speak of.

use super::city::Body;
use super::codes;
use super::dice::Dice;
use super::sheet::{Sample, with};
use super::write::Form;

/// Stand-ins in the place of people's names, as in textbooks of law.
pub const SOMEBODY: [&str; 10] = [
    "甲某", "乙某", "丙某", "丁某", "戊某", "己某", "庚某", "辛某", "壬某", "癸某",
];

/// The example printed in the standard of citizens' numbers, which is nobody's.
pub const PRINTED_NUMBER: &str = "11010519491231002X";

const HEADER: [&str; 12] = [
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "法人代表",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
    "注册地址",
    "登记机关",
    "登记状态",
];

fn cells(dice: &mut Dice, body: &Body) -> Vec<(&'static str, String)> {
    let capital = match dice.below(4) {
        0 => format!("{}万元人民币", body.capital),
        1 => format!("{}.000000万人民币", body.capital),
        2 => format!("{}万元整", body.capital),
        _ => format!("{}万", body.capital),
    };
    vec![
        ("企业名称", body.name.clone()),
        ("统一社会信用代码", body.code.clone()),
        ("注册日期", body.since.clone()),
        ("企业类型", body.form.to_owned()),
        ("法人代表", dice.pick(&SOMEBODY).to_owned()),
        ("注册资金", capital),
        ("经营范围", format!("{}。", body.scope)),
        ("所在省份", "云汀省".to_owned()),
        ("地区", body.district.to_owned()),
        ("注册地址", body.address.clone()),
        ("登记机关", format!("{}市场监督管理局", body.district)),
        (
            "登记状态",
            if dice.chance(94) { "存续" } else { "注销" }.to_owned(),
        ),
    ]
}

/// Enterprises, as the market regulator sends them, with rows that are wrong on purpose.
#[must_use]
pub fn enterprises(dice: &mut Dice, bodies: &[Body], businesses: &[Body]) -> Sample {
    let mut sample = Sample::new(
        "01-registration.csv",
        "registration",
        "samr",
        "2026-09-18",
        Form::Csv,
        &HEADER,
    );
    let (good, spare) = bodies.split_at(bodies.len().saturating_sub(20));
    for body in good {
        let row = cells(dice, body);
        sample.good(&row);
    }
    let mut spare = spare.iter();
    let mut next = || {
        spare
            .next()
            .map(|body| cells(dice, body))
            .unwrap_or_default()
    };
    odd_rows(&mut sample, &mut next);
    bad_rows(&mut sample, &mut next);
    if let Some(body) = good.first() {
        let row = sample.sheet.rows.first().cloned().unwrap_or_default();
        let first: Vec<(&'static str, String)> = HEADER.into_iter().zip(row).collect();
        sample.again(&first, "the first row once more, equal in every cell");
        sample.bad(
            &with(&first, &[("注册地址", format!("{}二楼", body.address))]),
            "the first row once more, with another address",
        );
    }
    let mut dice = Dice::new(92);
    for body in businesses {
        let row = cells(&mut dice, body);
        sample.good(&with(&row, &[("企业类型", "个体工商户".to_owned())]));
    }
    sample
}

fn odd_rows(sample: &mut Sample, next: &mut impl FnMut() -> Vec<(&'static str, String)>) {
    let code = |row: &[(&str, String)]| row.get(1).map(|cell| cell.1.clone()).unwrap_or_default();
    for (column, value, why) in [
        ("注册日期", "2003年5月17日", "a date in words"),
        ("注册日期", "2011.3.8", "a date with points"),
        ("注册日期", "２０１５／０７／０１", "a date in full width"),
        (
            "注册资金",
            "伍佰万元整",
            "an amount in words, which this theme leaves as it is",
        ),
    ] {
        let row = next();
        sample.odd(&with(&row, &[(column, value.to_owned())]), why);
    }
    let row = next();
    let lower = code(&row).to_lowercase();
    sample.odd(
        &with(&row, &[("统一社会信用代码", lower)]),
        "a code in small letters",
    );
    let row = next();
    let number = codes::registration(990_101, 1_234_567);
    sample.odd(
        &with(&row, &[("统一社会信用代码", number)]),
        "an old registration number of 15 digits",
    );
}

fn bad_rows(sample: &mut Sample, next: &mut impl FnMut() -> Vec<(&'static str, String)>) {
    let row = next();
    let spoilt = codes::spoilt(&row.get(1).map(|cell| cell.1.clone()).unwrap_or_default());
    sample.bad(
        &with(&row, &[("统一社会信用代码", spoilt)]),
        "the check digit is wrong",
    );
    for (column, value, why) in [
        ("企业名称", String::new(), "the name is missing"),
        ("统一社会信用代码", String::new(), "the code is missing"),
        (
            "统一社会信用代码",
            "91990101MD0012".to_owned(),
            "the code is too short",
        ),
        (
            "注册日期",
            "2031-01-01".to_owned(),
            "a day that has not come",
        ),
        (
            "注册日期",
            "2021-02-30".to_owned(),
            "a day that does not exist",
        ),
        (
            "企业名称",
            format!("云汀{}有限公司", "长".repeat(200)),
            "the name has more than 200 characters",
        ),
        (
            "登记状态",
            "悬空".to_owned(),
            "a value outside the code set",
        ),
        (
            "经营范围",
            "食品销售。法定代表人信仰佛教，曾患肝炎。".to_owned(),
            "a person's religion and illness: never stored",
        ),
        (
            "注册地址",
            format!("云汀市栖澜区枫渡路8号，身份证{PRINTED_NUMBER}"),
            "a citizen's number inside an address: never stored",
        ),
    ] {
        let row = next();
        sample.bad(&with(&row, &[(column, value)]), why);
    }
}

/// Associations, foundations, law firms, institutions and cooperatives, by titles that other
/// registries use.
#[must_use]
pub fn others(bodies: &[Body]) -> Sample {
    const TITLES: [&str; 7] = [
        "name",
        "code",
        "registrationDay",
        "character",
        "businessScope",
        "city",
        "address",
    ];
    let mut sample = Sample::new(
        "02-registration-bodies.ndjson",
        "registration",
        "civil-affairs",
        "2026-09-18",
        Form::Ndjson,
        &TITLES,
    );
    for body in bodies {
        sample.good(&[
            ("name", body.name.clone()),
            ("code", body.code.clone()),
            ("registrationDay", body.since.replace('-', "/")),
            ("character", body.form.to_owned()),
            ("businessScope", body.scope.clone()),
            ("city", body.district.to_owned()),
            ("address", body.address.clone()),
        ]);
    }
    sample
}
