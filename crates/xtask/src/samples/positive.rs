//! Honours, promises, contracts, duties kept on time, and what a trade's platform says.

use super::city::{Body, agency_code};
use super::dice::Dice;
use super::lists::{DATE, body};
use super::sheet::{Sample, with};
use super::write::Form;

/// Every file of this kind.
#[must_use]
pub fn all(dice: &mut Dice, bodies: &[Body]) -> Vec<Sample> {
    vec![
        promises(dice, bodies),
        contracts(dice, bodies),
        honours(bodies),
        social_insurance(bodies),
        utilities(dice, bodies),
        market(dice, bodies),
    ]
}

const PROMISE: [&str; 16] = [
    "承诺编码",
    "承诺人名称",
    "承诺人类别",
    "承诺人代码",
    "承诺类型",
    "承诺事由",
    "承诺内容",
    "违诺责任",
    "承诺作出日期",
    "承诺有效期",
    "承诺履行状态",
    "未履行的承诺内容",
    "违诺责任追究内容",
    "承诺受理单位",
    "承诺受理单位统一社会信用代码",
    "公开类型",
];

fn promise(
    dice: &mut Dice,
    body: &Body,
    number: usize,
    month: usize,
    day: usize,
) -> Vec<(&'static str, String)> {
    let organ = "云汀市市场监督管理局";
    let kind = dice.pick(&["审批替代型", "容缺受理型", "证明事项型", "主动型"]);
    vec![
        (
            "承诺编码",
            format!("9901002026{month:02}{day:02}{number:06}"),
        ),
        ("承诺人名称", body.name.clone()),
        ("承诺人类别", "法人及非法人组织".to_owned()),
        ("承诺人代码", body.code.clone()),
        ("承诺类型", kind.to_owned()),
        ("承诺事由", "申请办理食品经营许可".to_owned()),
        (
            "承诺内容",
            "所提交的材料真实、有效，并在三十日内补齐".to_owned(),
        ),
        (
            "违诺责任",
            "违反承诺的，依法撤销许可并承担相应责任".to_owned(),
        ),
        ("承诺作出日期", format!("2026-{month:02}-{day:02}")),
        ("承诺有效期", "2027-09-30".to_owned()),
        ("承诺履行状态", "全部履行".to_owned()),
        ("承诺受理单位", organ.to_owned()),
        ("承诺受理单位统一社会信用代码", agency_code(organ)),
        ("公开类型", "可向社会公开".to_owned()),
    ]
}

fn promises(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let mut sample = Sample::new(
        "15-promise.json",
        "promise",
        "credit-centre",
        DATE,
        Form::Json,
        &PROMISE,
    );
    let partly = [
        ("承诺履行状态", "部分履行".to_owned()),
        ("未履行的承诺内容", "未按期补齐一份材料".to_owned()),
        ("违诺责任追究内容", "责令限期改正".to_owned()),
    ];
    let (state, unkept) = (&partly[..1], &partly[1..2]);
    for at in 0..124 {
        let Some(body) = body(bodies, 71, at) else {
            continue;
        };
        let late = at >= 115;
        let (month, day) = if late { (8, 3) } else { (9, 14 + at % 4) };
        let row = promise(dice, body, at + 1, month, day);
        match at {
            10 => sample.odd(&with(&row, &partly), "kept in part, with what was not kept"),
            11 => sample.bad(
                &with(&row, state),
                "kept in part, without saying what was not",
            ),
            12 => sample.bad(
                &with(&row, unkept),
                "kept in full, and yet something was not",
            ),
            13 => sample.bad(
                &with(&row, &[("承诺编码", "YT-13".to_owned())]),
                "a number that is not twenty digits",
            ),
            _ if late => sample.late(&row),
            _ => sample.good(&row),
        }
    }
    sample
}

fn contracts(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "供应商名称",
        "统一社会信用代码",
        "合同编号",
        "合同名称",
        "采购人名称",
        "采购人统一社会信用代码",
        "合同金额（万元）",
        "签订日期",
        "履行期限自",
        "履行期限至",
        "履行状态",
    ];
    let mut sample = Sample::new(
        "16-contract.ndjson",
        "contract",
        "public-resource",
        DATE,
        Form::Ndjson,
        &header,
    );
    let buyers = ["云汀市财政局", "云汀市科学技术局", "云汀市交通运输局"];
    for at in 0..150 {
        let Some(body) = body(bodies, 83, at) else {
            continue;
        };
        let buyer = dice.pick(&buyers);
        sample.good(&[
            ("供应商名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("合同编号", format!("YTCG-2026-{:05}", at + 1)),
            (
                "合同名称",
                dice.pick(&["办公设备采购", "物业服务", "信息系统运维", "道路养护"])
                    .to_owned(),
            ),
            ("采购人名称", buyer.to_owned()),
            ("采购人统一社会信用代码", agency_code(buyer)),
            (
                "合同金额（万元）",
                format!("{}.{:02}", dice.between(5, 900), dice.between(0, 99)),
            ),
            (
                "签订日期",
                format!("2026-{:02}-{:02}", dice.between(1, 5), dice.between(1, 28)),
            ),
            ("履行期限自", "2026-06-01".to_owned()),
            ("履行期限至", "2027-05-31".to_owned()),
            ("履行状态", dice.pick(&["全部履行", "部分履行"]).to_owned()),
        ]);
    }
    sample
}

fn honours(bodies: &[Body]) -> Sample {
    let header = [
        "企业名",
        "持证单位代码",
        "守信信息名称",
        "证书号",
        "发证日期",
        "颁证单位",
        "有效期限",
    ];
    let mut sample = Sample::new(
        "17-honour.xlsx",
        "honour",
        "science",
        DATE,
        Form::Xlsx,
        &header,
    );
    for at in 0..103 {
        let Some(body) = body(bodies, 97, at) else {
            continue;
        };
        let row = [
            ("企业名", body.name.clone()),
            ("持证单位代码", body.code.clone()),
            (
                "守信信息名称",
                if at % 2 == 0 {
                    "守合同重信用企业"
                } else {
                    "科技型中小企业"
                }
                .to_owned(),
            ),
            ("证书号", format!("YTRY2026{:04}", at + 1)),
            ("发证日期", "2026-04-20".to_owned()),
            ("颁证单位", "云汀市科学技术局".to_owned()),
            ("有效期限", "2029-04-19".to_owned()),
        ];
        match at {
            100 | 101 => sample.held(
                &with(&row, &[("持证单位代码", String::new())]),
                "a known name without its code: a person is asked",
            ),
            102 => sample.odd(
                &with(
                    &row,
                    &[
                        ("持证单位代码", String::new()),
                        ("企业名", "云汀远归来客栈有限公司".to_owned()),
                    ],
                ),
                "a name that nobody has, without a code: a new subject",
            ),
            _ => sample.good(&row),
        }
    }
    sample
}

fn social_insurance(bodies: &[Body]) -> Sample {
    let header = [
        "企业名称",
        "纳税人识别号",
        "征收项目",
        "税款所属期起",
        "税款所属期止",
        "入库日期",
        "是否按期缴纳",
        "征收机关",
    ];
    let mut sample = Sample::new(
        "18-social-insurance.csv",
        "social-insurance",
        "tax",
        DATE,
        Form::Semicolon,
        &header,
    );
    for at in 0..400 {
        let Some(body) = body(bodies, 3, at) else {
            continue;
        };
        let (from, to, paid) = if at % 2 == 0 {
            ("2026-07-01", "2026-07-31", "2026-08-12")
        } else {
            ("20260801", "20260831", "2026年9月10日")
        };
        let row = [
            ("企业名称", body.name.clone()),
            ("纳税人识别号", body.code.clone()),
            ("征收项目", "企业职工基本养老保险费".to_owned()),
            ("税款所属期起", from.to_owned()),
            ("税款所属期止", to.to_owned()),
            ("入库日期", paid.to_owned()),
            ("是否按期缴纳", "是".to_owned()),
            ("征收机关", format!("国家税务总局{}税务局", body.district)),
        ];
        if at == 200 {
            sample.bad(
                &with(&row, &[("是否按期缴纳", "否".to_owned())]),
                "this theme holds what was paid on time only",
            );
        } else {
            sample.good(&row);
        }
    }
    sample
}

fn utilities(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "法人机构名称",
        "统一社会信用代码",
        "费用种类",
        "用户号",
        "用户性质",
        "抄表日期",
        "滞纳金额",
    ];
    let mut sample = Sample::new(
        "19-utilities.tsv",
        "utilities",
        "utilities",
        DATE,
        Form::Tab,
        &header,
    );
    for at in 0..400 {
        let Some(body) = body(bodies, 5, at) else {
            continue;
        };
        sample.good(&[
            ("法人机构名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("费用种类", dice.pick(&["水", "电", "气"]).to_owned()),
            ("用户号", format!("YT{:08}", 10_000 + at)),
            ("用户性质", "非居民".to_owned()),
            ("抄表日期", "2026-08-25".to_owned()),
            ("滞纳金额", "0".to_owned()),
        ]);
    }
    sample
}

fn market(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "企业名称",
        "统一社会信用代码",
        "行业",
        "信用评价名称",
        "评价结果",
        "评定日期",
        "评价机构",
    ];
    let mut sample = Sample::new(
        "20-market.ndjson",
        "market",
        "trade-platform",
        DATE,
        Form::Ndjson,
        &header,
    );
    for at in 0..160 {
        let Some(body) = body(bodies, 9, at) else {
            continue;
        };
        sample.good(&[
            ("企业名称", body.name.clone()),
            ("统一社会信用代码", body.code.clone()),
            ("行业", "道路货物运输".to_owned()),
            ("信用评价名称", "运输服务质量评价".to_owned()),
            ("评价结果", dice.pick(&["AAA", "AA", "A"]).to_owned()),
            ("评定日期", "2026-05-30".to_owned()),
            ("评价机构", "云汀市道路运输协会".to_owned()),
        ]);
    }
    sample
}
