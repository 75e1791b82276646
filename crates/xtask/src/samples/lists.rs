//! Lists of others: taxpayers, customs, environment, arrears, debtors; two snapshots of one list.

use super::city::{Body, agency_code};
use super::codes;
use super::dice::Dice;
use super::register::{PRINTED_NUMBER, SOMEBODY};
use super::sheet::{Sample, with};
use super::write::Form;

pub(super) type Row = Vec<(&'static str, String)>;

/// Day of most submissions: a Friday.
pub(super) const DATE: &str = "2026-09-18";

/// A body that the number points at; every list takes its own stretch of the register.
pub(super) fn body(bodies: &[Body], from: usize, at: usize) -> Option<&Body> {
    bodies.get((from + at * 7) % bodies.len().max(1))
}

/// Every file of this kind.
#[must_use]
pub fn all(dice: &mut Dice, bodies: &[Body], others: &[Body]) -> Vec<Sample> {
    vec![
        tax_a(dice, bodies),
        customs(dice, bodies),
        environment(dice, bodies),
        abnormal(bodies, "09-abnormal-august.csv", "2026-08-31", 0..200, None),
        abnormal(bodies, "10-abnormal-september.csv", DATE, 3..206, Some(197)),
        serious(bodies),
        safety(bodies),
        debtors(dice, bodies),
        arrears(others),
    ]
}

/// Taxpayers of level A, as a tax office publishes them.
fn tax_a(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "编号",
        "纳税人识别号",
        "纳税人名称",
        "信用级别",
        "评价年度",
        "税务机关",
    ];
    let mut sample = Sample::new("06-tax-a.csv", "tax-a", "tax", DATE, Form::CsvGb, &header);
    let row = |at: usize, body: &Body, level: &str| -> Row {
        vec![
            ("编号", (at + 1).to_string()),
            ("纳税人识别号", body.code.clone()),
            ("纳税人名称", body.name.clone()),
            ("信用级别", level.to_owned()),
            ("评价年度", "2025".to_owned()),
            ("税务机关", format!("国家税务总局{}税务局", body.district)),
        ]
    };
    for (at, body) in bodies.iter().step_by(4).enumerate() {
        sample.good(&row(at, body, dice.pick(&["A", "A级"])));
    }
    if let Some(body) = bodies.get(1) {
        sample.bad(
            &row(900, body, "B"),
            "a level that this theme does not hold",
        );
        sample.bad(
            &with(&row(901, body, "A"), &[("评价年度", "25".to_owned())]),
            "a year of two digits",
        );
    }
    sample
}

fn customs(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "企业名称",
        "统一社会信用代码",
        "海关注册编码",
        "首次注册日期",
        "信用等级",
        "等级认定时间",
        "注销标志",
        "认定海关",
    ];
    let mut sample = Sample::new(
        "07-customs.json",
        "customs",
        "customs",
        DATE,
        Form::Json,
        &header,
    );
    for at in 0..120 {
        let Some(body) = body(bodies, 11, at) else {
            continue;
        };
        let row = [
            ("企业名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("海关注册编码", format!("9901{at:06}")),
            ("首次注册日期", "2025-11-03".to_owned()),
            (
                "信用等级",
                dice.pick(&[
                    "常规企业",
                    "常规企业",
                    "认证企业",
                    "高级认证企业",
                    "失信企业",
                ])
                .to_owned(),
            ),
            ("等级认定时间", format!("2026-{:02}-15", dice.between(4, 8))),
            ("注销标志", "否".to_owned()),
            ("认定海关", "云汀海关".to_owned()),
        ];
        if at == 60 {
            sample.bad(
                &with(&row, &[("信用等级", "一般信用企业".to_owned())]),
                "a level of an older rule, outside the code set",
            );
        } else {
            sample.good(&row);
        }
    }
    sample
}

fn environment(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "ZTMC", "TYSHXYDM", "PJND", "PJDJ", "PJJG", "FBRQ", "YXQ", "DQMC",
    ];
    let mut sample = Sample::new(
        "08-environment.xml",
        "environment",
        "ecology",
        DATE,
        Form::Xml,
        &header,
    );
    for at in 0..150 {
        let Some(body) = body(bodies, 23, at) else {
            continue;
        };
        sample.good(&[
            ("ZTMC", body.name.clone()),
            ("TYSHXYDM", body.code.clone()),
            ("PJND", "2025".to_owned()),
            (
                "PJDJ",
                dice.pick(&["绿", "蓝", "蓝", "蓝", "黄", "红"]).to_owned(),
            ),
            ("PJJG", "云汀市生态环境局".to_owned()),
            ("FBRQ", "2026-06-05".to_owned()),
            ("YXQ", "2027-06-04".to_owned()),
            ("DQMC", body.district.to_owned()),
        ]);
    }
    sample
}

/// All abnormal operations on a day. The second file lacks three rows of the first and has new ones; one
/// row of it is broken, which counts as present and removes nothing.
fn abnormal(
    bodies: &[Body],
    file: &'static str,
    date: &'static str,
    rows: std::ops::Range<usize>,
    broken: Option<usize>,
) -> Sample {
    let header = [
        "企业名称",
        "统一社会信用代码",
        "列入决定文书号",
        "列入日期",
        "列入经营异常名录原因",
        "作出决定机关（列入）",
    ];
    let mut sample = Sample::new(file, "abnormal", "samr", date, Form::Csv, &header);
    sample.mode = "snapshot";
    for at in rows {
        let Some(body) = body(bodies, 37, at) else {
            continue;
        };
        let month = if at < 200 { 7 } else { 9 };
        let row = [
            ("企业名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            (
                "列入决定文书号",
                format!("云市监异列〔2026〕{:04}号", at + 1),
            ),
            ("列入日期", format!("2026-{month:02}-{:02}", at % 9 + 1)),
            (
                "列入经营异常名录原因",
                if at % 3 == 0 {
                    "通过登记的住所无法取得联系"
                } else {
                    "未按规定期限公示年度报告"
                }
                .to_owned(),
            ),
            (
                "作出决定机关（列入）",
                format!("{}市场监督管理局", body.district),
            ),
        ];
        if Some(at) == broken {
            sample.bad(
                &with(&row, &[("列入日期", "2026-07-32".to_owned())]),
                "a day that does not exist; its row of August stays",
            );
        } else if at < 200 && broken.is_some() {
            sample.again(&row, "");
        } else {
            sample.good(&row);
        }
    }
    sample.notes.retain(|(_, why)| !why.is_empty());
    sample
}

fn serious(bodies: &[Body]) -> Sample {
    let header = [
        "企业名称",
        "统一社会信用代码",
        "名单名称",
        "列入事由",
        "列入决定文书号",
        "列入决定机关",
        "列入日期",
        "列入依据",
        "决定送达日期",
    ];
    let mut sample = Sample::new(
        "11-serious-list.csv",
        "serious-list",
        "samr",
        DATE,
        Form::Csv,
        &header,
    );
    for at in 0..16 {
        let Some(body) = body(bodies, 41, at) else {
            continue;
        };
        let row = [
            ("企业名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("名单名称", "市场监督管理严重违法失信名单".to_owned()),
            (
                "列入事由",
                "生产销售不符合保障人体健康标准的产品，受到较重行政处罚".to_owned(),
            ),
            (
                "列入决定文书号",
                format!("云市监严列〔2026〕{:03}号", at + 1),
            ),
            ("列入决定机关", "云汀市市场监督管理局".to_owned()),
            ("列入日期", format!("2026-05-{:02}", at + 10)),
            (
                "列入依据",
                "《市场监督管理严重违法失信名单管理办法》".to_owned(),
            ),
            ("决定送达日期", format!("2026-05-{:02}", at + 13)),
        ];
        match at {
            14 => sample.bad(
                &with(&row, &[("决定送达日期", String::new())]),
                "the listing was not served on its subject",
            ),
            15 => sample.bad(
                &with(&row, &[("列入决定文书号", String::new())]),
                "a listing without a decision",
            ),
            _ => sample.good(&row),
        }
    }
    sample
}

fn safety(bodies: &[Body]) -> Sample {
    let header = [
        "单位名称",
        "代码",
        "失信行为简况",
        "纳入理由",
        "列入决定文书号",
        "列入决定机关",
        "列入日期",
        "列入依据",
        "决定送达日期",
    ];
    let mut sample = Sample::new(
        "12-safety-list.csv",
        "safety-list",
        "emergency",
        DATE,
        Form::CsvGb,
        &header,
    );
    for at in 0..9 {
        let Some(body) = body(bodies, 53, at) else {
            continue;
        };
        sample.good(&[
            ("单位名称", body.name.clone()),
            ("代码", body.code.clone()),
            (
                "失信行为简况",
                "未按规定设置安全设施，被责令停产后擅自恢复生产".to_owned(),
            ),
            ("纳入理由", "拒不执行安全监管决定".to_owned()),
            (
                "列入决定文书号",
                format!("云应急严列〔2026〕{:02}号", at + 1),
            ),
            ("列入决定机关", "云汀市应急管理局".to_owned()),
            ("列入日期", format!("2026-04-{:02}", at + 10)),
            (
                "列入依据",
                "《安全生产严重失信主体名单管理办法》".to_owned(),
            ),
            ("决定送达日期", format!("2026-04-{:02}", at + 12)),
        ]);
    }
    sample
}

fn debtors(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "被执行人姓名/名称",
        "被执行人性质",
        "组织机构代码",
        "身份证号码",
        "执行法院",
        "省份",
        "执行依据文号",
        "立案时间",
        "案号",
        "被执行人的履行情况",
        "失信被执行人行为具体情形",
        "发布时间",
        "纳入期限（年）",
    ];
    let mut sample = Sample::new(
        "13-judgment-debtor.csv",
        "judgment-debtor",
        "court",
        DATE,
        Form::CsvGb,
        &header,
    );
    for at in 0..43 {
        let Some(body) = body(bodies, 61, at) else {
            continue;
        };
        let row = [
            ("被执行人姓名/名称", body.name.clone()),
            ("被执行人性质", "法人及非法人组织".to_owned()),
            ("组织机构代码", body.code.clone()),
            ("执行法院", "云汀市中级人民法院".to_owned()),
            ("省份", "云汀省".to_owned()),
            ("执行依据文号", format!("（2025）云01民初{}号", 200 + at)),
            ("立案时间", "2026-02-11".to_owned()),
            ("案号", format!("（2026）云01执{}号", 500 + at)),
            (
                "被执行人的履行情况",
                dice.pick(&["全部未履行", "部分未履行"]).to_owned(),
            ),
            (
                "失信被执行人行为具体情形",
                "有履行能力而拒不履行生效法律文书确定义务".to_owned(),
            ),
            ("发布时间", format!("2026-07-{:02}", at % 28 + 1)),
            ("纳入期限（年）", "2".to_owned()),
        ];
        if at < 40 {
            sample.good(&row);
        } else {
            let person = [
                ("被执行人姓名/名称", dice.pick(&SOMEBODY).to_owned()),
                ("被执行人性质", "自然人".to_owned()),
                ("组织机构代码", String::new()),
                ("身份证号码", PRINTED_NUMBER.to_owned()),
            ];
            sample.bad(
                &with(&row, &person),
                "a natural person: nothing of the row is stored",
            );
        }
    }
    sample
}

/// What public bodies owe to firms.
fn arrears(others: &[Body]) -> Sample {
    let header = [
        "单位名称",
        "统一社会信用代码",
        "认定文书号",
        "认定单位",
        "认定单位统一社会信用代码",
        "认定日期",
        "拖欠金额（万元）",
        "拖欠事由",
        "失信严重程度",
    ];
    let mut sample = Sample::new(
        "14-government-arrears.csv",
        "government-arrears",
        "finance",
        DATE,
        Form::Csv,
        &header,
    );
    let institutions = others.iter().filter(|body| body.kind == "12");
    for (at, body) in institutions.take(12).enumerate() {
        let row = [
            ("单位名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("认定文书号", format!("云财清欠〔2026〕{}号", at + 1)),
            ("认定单位", "云汀市财政局".to_owned()),
            ("认定单位统一社会信用代码", agency_code("云汀市财政局")),
            ("认定日期", format!("2026-06-{:02}", at + 10)),
            ("拖欠金额（万元）", format!("{}.50", at * 13 + 20)),
            ("拖欠事由", "工程款逾期未付".to_owned()),
            ("失信严重程度", "一般".to_owned()),
        ];
        match at {
            9 => sample.held(
                &with(&row, &[("失信严重程度", String::new())]),
                "arrears whose severity the source did not label",
            ),
            10 => sample.bad(
                &with(&row, &[("统一社会信用代码", codes::spoilt(&body.code))]),
                "the check digit is wrong",
            ),
            11 => sample.bad(
                &with(&row, &[("拖欠金额（万元）", "若干".to_owned())]),
                "an amount that is no number",
            ),
            _ => sample.good(&row),
        }
    }
    sample
}
