//! Permits and penalties by the standard of double publicity.

use super::city::{Body, agency_code};
use super::codes;
use super::dice::Dice;
use super::register::{PRINTED_NUMBER, SOMEBODY};
use super::sheet::{Sample, with};
use super::write::Form;

type Row = Vec<(&'static str, String)>;

const DATE: &str = "2026-09-18";
const PERMIT_ORGAN: &str = "云汀市市场监督管理局";

const PERMIT: [&str; 21] = [
    "XK_XDR_MC",
    "XK_XDR_LB",
    "XK_XDR_SHXYM",
    "XK_FRDB",
    "XK_XDR_ZJLX",
    "XK_XDR_ZJHM",
    "XK_XKWS",
    "XK_WSH",
    "XK_XKLB",
    "XK_XKZS",
    "XK_XKBH",
    "XK_NR",
    "XK_JDRQ",
    "XK_YXQZ",
    "XK_YXQZI",
    "XK_XKJG",
    "XK_XKJGDM",
    "XK_ZT",
    "XK_LYDW",
    "XK_LYDWDM",
    "BZ",
];

const PERMITS: [(&str, &str); 6] = [
    ("食品经营许可证", "准予从事食品销售"),
    ("药品经营许可证", "准予从事药品零售"),
    ("特种设备使用登记证", "准予登记并使用特种设备"),
    ("计量器具型式批准证书", "批准计量器具型式"),
    ("检验检测机构资质认定证书", "认定检验检测能力"),
    ("工业产品生产许可证", "准予生产列入目录的产品"),
];

fn permit(dice: &mut Dice, body: &Body, number: usize, decided: &str) -> Row {
    let (paper, content) = dice.pick(&PERMITS);
    let organ = agency_code(PERMIT_ORGAN);
    let year: usize = decided
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(2026);
    let until = if dice.chance(15) {
        "2099-12-31".to_owned()
    } else {
        format!("{}{}", year + 5, decided.get(4..).unwrap_or("-01-01"))
    };
    vec![
        ("XK_XDR_MC", body.name.clone()),
        ("XK_XDR_LB", "法人及非法人组织".to_owned()),
        ("XK_XDR_SHXYM", body.code.clone()),
        ("XK_FRDB", dice.pick(&SOMEBODY).to_owned()),
        ("XK_XKWS", "准予行政许可决定书".to_owned()),
        ("XK_WSH", format!("云市监许准字〔{year}〕第{number:05}号")),
        ("XK_XKLB", dice.pick(&["普通", "核准", "登记"]).to_owned()),
        ("XK_XKZS", paper.to_owned()),
        ("XK_XKBH", format!("YT{year}{number:06}")),
        ("XK_NR", content.to_owned()),
        ("XK_JDRQ", decided.to_owned()),
        ("XK_YXQZ", decided.to_owned()),
        ("XK_YXQZI", until),
        ("XK_XKJG", PERMIT_ORGAN.to_owned()),
        ("XK_XKJGDM", organ.clone()),
        ("XK_ZT", "1".to_owned()),
        ("XK_LYDW", PERMIT_ORGAN.to_owned()),
        ("XK_LYDWDM", organ),
    ]
}

/// Permits in GB18030 under the codes of the standard.
#[must_use]
pub fn permits(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let supplier = agency_code(PERMIT_ORGAN);
    let mut sample = Sample::new(
        "03-permit.csv",
        "permit",
        &supplier,
        DATE,
        Form::CsvGb,
        &PERMIT,
    );
    let mut number = 0;
    let mut next = |dice: &mut Dice, decided: &str| {
        number += 1;
        let at = dice.below(bodies.len());
        bodies
            .get(at)
            .map(|body| permit(dice, body, number, decided))
            .unwrap_or_default()
    };
    for _ in 0..560 {
        let decided = format!("2026-09-{}", dice.between(14, 17));
        let row = next(dice, &decided);
        sample.good(&row);
    }
    for _ in 0..24 {
        let decided = format!("2026-08-{:02}", dice.between(3, 21));
        let row = next(dice, &decided);
        sample.late(&row);
    }
    let decided = "2026-09-16";
    for (column, value, why) in [
        ("XK_YXQZI", "2026-09-01", "it ends before it begins"),
        (
            "XK_JDRQ",
            "2027-03-01",
            "decided on a day that has not come",
        ),
        ("XK_WSH", "", "the decision has no number"),
        ("XK_XKLB", "口头", "a value outside the code set"),
        ("XK_XDR_SHXYM", "", "an organisation without its code"),
    ] {
        let row = next(dice, decided);
        sample.bad(&with(&row, &[(column, value.to_owned())]), why);
    }
    for _ in 0..3 {
        let row = next(dice, decided);
        let row = person(
            dice,
            row,
            "XK_XDR_LB",
            "XK_XDR_MC",
            ["XK_XDR_SHXYM", "XK_FRDB", "XK_XDR_ZJLX", "XK_XDR_ZJHM"],
        );
        sample.bad(&row, "a natural person: nothing of the row is stored");
    }
    sample
}

/// The row as it would be sent of a person.
fn person(
    dice: &mut Dice,
    row: Row,
    kind: &'static str,
    name: &'static str,
    others: [&'static str; 4],
) -> Row {
    let [code, head, paper, number] = others;
    with(
        &row,
        &[
            (kind, "自然人".to_owned()),
            (name, dice.pick(&SOMEBODY).to_owned()),
            (code, String::new()),
            (head, String::new()),
            (paper, "身份证".to_owned()),
            (number, PRINTED_NUMBER.to_owned()),
        ],
    )
}

const PENALTY: [&str; 23] = [
    "行政相对人名称",
    "行政相对人类别",
    "统一社会信用代码",
    "法定代表人",
    "自然人证件类型",
    "自然人证件号码",
    "行政处罚决定书文号",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "处罚内容",
    "罚款金额（万元）",
    "没收违法所得、没收非法财物的金额（万元）",
    "暂扣或吊销证照名称及编号",
    "处罚决定日期",
    "处罚有效期",
    "公示截止期",
    "处罚机关",
    "处罚机关统一社会信用代码",
    "数据来源单位",
    "数据来源单位统一社会信用代码",
    "失信严重程度",
];

/// A violation: its kind, its facts, the ground of the penalty.
const VIOLATIONS: [(&str, &str, &str); 6] = [
    (
        "销售不合格商品",
        "抽检发现所售商品的标识与执行标准不符",
        "《中华人民共和国产品质量法》第五十四条",
    ),
    (
        "广告内容不实",
        "在网页上发布的广告使用了不能核实的数据",
        "《中华人民共和国广告法》第五十九条",
    ),
    (
        "未按规定明码标价",
        "经营场所内部分商品未标明价格",
        "《中华人民共和国价格法》第四十二条",
    ),
    (
        "计量器具超期使用",
        "使用的电子秤超过检定周期",
        "《中华人民共和国计量法》第二十五条",
    ),
    (
        "未按规定公示年度报告",
        "逾期未公示上一年度报告",
        "《市场主体登记管理条例》",
    ),
    (
        "超范围排放",
        "采样检测的排放浓度超过许可限值",
        "《中华人民共和国水污染防治法》第八十三条",
    ),
];

struct Organ {
    name: &'static str,
    word: &'static str,
}

fn penalty(dice: &mut Dice, body: &Body, organ: &Organ, number: usize, decided: &str) -> Row {
    let (kind, facts, ground) = dice.pick(&VIOLATIONS);
    let code = agency_code(organ.name);
    let year = decided.get(..4).unwrap_or("2026");
    let mut row = vec![
        ("行政相对人名称", body.name.clone()),
        ("行政相对人类别", "法人及非法人组织".to_owned()),
        ("统一社会信用代码", body.code.clone()),
        ("法定代表人", dice.pick(&SOMEBODY).to_owned()),
        (
            "行政处罚决定书文号",
            format!("{}〔{year}〕{number}号", organ.word),
        ),
        ("违法行为类型", kind.to_owned()),
        ("违法事实", facts.to_owned()),
        ("处罚依据", ground.to_owned()),
        ("处罚决定日期", decided.to_owned()),
        ("处罚有效期", "2099-12-31".to_owned()),
        ("处罚机关", organ.name.to_owned()),
        ("处罚机关统一社会信用代码", code.clone()),
        ("数据来源单位", organ.name.to_owned()),
        ("数据来源单位统一社会信用代码", code),
    ];
    row.extend(sanction(dice, number));
    row
}

/// What was imposed; every kind that the severity table can tell.
fn sanction(dice: &mut Dice, number: usize) -> Row {
    match dice.below(20) {
        0..=2 => vec![
            ("处罚类别", "警告".to_owned()),
            ("处罚内容", "警告".to_owned()),
        ],
        3..=5 => fine(dice.between(5, 30), "罚款", "", "罚款"),
        6 => with(
            &fine(
                dice.between(5, 30),
                "罚款;没收违法所得",
                "",
                "没收违法所得，罚款",
            ),
            &[(
                "没收违法所得、没收非法财物的金额（万元）",
                "0.86".to_owned(),
            )],
        ),
        7 => vec![
            ("处罚类别", "吊销许可证件".to_owned()),
            ("处罚内容", "吊销许可证".to_owned()),
            (
                "暂扣或吊销证照名称及编号",
                format!("食品经营许可证 YT2024{number:06}"),
            ),
        ],
        8 => fine(dice.between(2_000, 9_000), "罚款", "严重", "罚款"),
        _ => fine(dice.between(50, 1_500), "罚款", "一般", "罚款"),
    }
}

/// A fine in hundredths of 万元, that is in hundreds of yuan.
fn fine(hundreds: usize, kind: &str, label: &str, content: &str) -> Row {
    vec![
        ("处罚类别", kind.to_owned()),
        ("处罚内容", format!("{content}{}元", hundreds * 100)),
        (
            "罚款金额（万元）",
            format!("{}.{:02}", hundreds / 100, hundreds % 100),
        ),
        ("失信严重程度", label.to_owned()),
    ]
}

/// Penalties of a week, with rows that wait and rows that are wrong on purpose.
#[must_use]
pub fn penalties(dice: &mut Dice, bodies: &[Body], businesses: &[Body]) -> Sample {
    let organ = Organ {
        name: PERMIT_ORGAN,
        word: "云市监罚",
    };
    let mut sample = Sample::new(
        "04-penalty.csv",
        "penalty",
        &agency_code(organ.name),
        DATE,
        Form::CsvMark,
        &PENALTY,
    );
    let mut number = 300;
    let mut next = |dice: &mut Dice, decided: &str| {
        number += 1;
        let at = dice.below(bodies.len());
        bodies
            .get(at)
            .map(|body| penalty(dice, body, &organ, number, decided))
            .unwrap_or_default()
    };
    for _ in 0..260 {
        let decided = format!("2026-09-{}", dice.between(14, 17));
        let row = next(dice, &decided);
        sample.good(&row);
    }
    refused(&mut sample, dice, bodies, &mut next);
    for body in businesses.iter().take(2) {
        let row = next(dice, MIDWEEK);
        let own = [
            ("行政相对人名称", body.name.clone()),
            ("行政相对人类别", "个体工商户".to_owned()),
            ("统一社会信用代码", body.code.clone()),
        ];
        sample.bad(
            &with(&row, &own),
            "an individual business counts as its person",
        );
    }
    sample
}

/// A day on which decisions are in time for the submission.
const MIDWEEK: &str = "2026-09-15";

/// Columns that tell of a person what is told of an organisation.
const PARTY: [&str; 4] = [
    "统一社会信用代码",
    "法定代表人",
    "自然人证件类型",
    "自然人证件号码",
];

/// Rows that wait, and rows that go back.
fn refused(
    sample: &mut Sample,
    dice: &mut Dice,
    bodies: &[Body],
    next: &mut impl FnMut(&mut Dice, &str) -> Row,
) {
    for _ in 0..8 {
        let row = next(dice, MIDWEEK);
        sample.held(
            &with(&row, &plain_fine()),
            "a fine whose severity its source did not label",
        );
    }
    let code = bodies
        .first()
        .map(|body| codes::spoilt(&body.code))
        .unwrap_or_default();
    for (column, value, why) in [
        (
            "统一社会信用代码",
            code.as_str(),
            "the check digit is wrong",
        ),
        (
            "处罚决定日期",
            "2027-01-01",
            "decided on a day that has not come",
        ),
        ("行政处罚决定书文号", "", "the decision has no number"),
        (
            "处罚类别",
            "批评教育",
            "a kind of penalty that the law does not know",
        ),
        ("处罚机关统一社会信用代码", "", "the organ has no code"),
    ] {
        let row = next(dice, MIDWEEK);
        sample.bad(&with(&row, &[(column, value.to_owned())]), why);
    }
    let row = with(&next(dice, MIDWEEK), &plain_fine());
    sample.bad(
        &with(&row, &[("罚款金额（万元）", String::new())]),
        "a fine without its amount",
    );
    for _ in 0..4 {
        let row = next(dice, MIDWEEK);
        let row = person(dice, row, "行政相对人类别", "行政相对人名称", PARTY);
        sample.bad(&row, "a natural person: nothing of the row is stored");
    }
}

fn plain_fine() -> Row {
    fine(500, "罚款", "", "罚款")
}

/// Old decisions of the environmental agency, sent late: their clocks run from the decision.
#[must_use]
pub fn backlog(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let organ = Organ {
        name: "云汀市生态环境局",
        word: "云环罚",
    };
    let mut sample = Sample::new(
        "05-penalty-backlog.txt",
        "penalty",
        &agency_code(organ.name),
        DATE,
        Form::Semicolon,
        &PENALTY,
    );
    for number in 1..=90 {
        let (year, months) = if dice.chance(30) {
            (2025, (9, 12))
        } else {
            (2026, (1, 7))
        };
        let decided = format!(
            "{year}-{:02}-{:02}",
            dice.between(months.0, months.1),
            dice.between(1, 28)
        );
        let at = dice.below(bodies.len());
        if let Some(body) = bodies.get(at) {
            let row = penalty(dice, body, &organ, number, &decided);
            sample.late(&row);
        }
    }
    sample
}
