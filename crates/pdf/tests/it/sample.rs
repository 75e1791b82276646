//! A report of an invented enterprise, made by hand: the layout must not depend on how it came about.

use credit::catalog::Section;
use credit::clock::Severity;
use credit::lang::Lang;
use credit::record::{AsOf, Instant};
use credit::subject::{RecordId, SubjectId, SubjectKind};
use jiff::civil::date;
use views::report::model::{
    Document, Item, Labelled, Line, Report, SectionView, Value, Versions, Who,
};
use views::text::{Msg, label, notice};

/// The sections that a sample fills or leaves empty.
const SECTIONS: [(Section, &str, &Msg); 10] = [
    (Section::Basic, "basic", &label::SECTION_BASIC),
    (
        Section::Administrative,
        "administrative",
        &label::SECTION_ADMINISTRATIVE,
    ),
    (
        Section::Trustworthy,
        "trustworthy",
        &label::SECTION_TRUSTWORTHY,
    ),
    (
        Section::SeriousList,
        "serious-list",
        &label::SECTION_SERIOUS,
    ),
    (Section::Abnormal, "abnormal", &label::SECTION_ABNORMAL),
    (Section::Promise, "promise", &label::SECTION_PROMISE),
    (
        Section::Evaluation,
        "evaluation",
        &label::SECTION_EVALUATION,
    ),
    (Section::Judgment, "judgment", &label::SECTION_JUDGMENT),
    (Section::Other, "other", &label::SECTION_OTHER),
    (Section::Local, "local", &label::SECTION_LOCAL),
];

/// A report with one registration, `penalties` penalties and a tax record.
pub(crate) fn report(lang: Lang, name: &str, penalties: usize) -> Report {
    let at = AsOf {
        known: Instant(1_795_312_800_000_000),
        on: date(2026, 11, 22),
        today: date(2026, 11, 22),
    };
    Report {
        number: "GX-20261122-000001".to_owned(),
        lang,
        title: label::TITLE_ORGANISATION.get(lang).to_owned(),
        purpose: Labelled {
            code: "public-lookup",
            text: "社会公开查询".to_owned(),
        },
        who: who(lang, name),
        at,
        cover: cover(lang),
        notices: [
            &notice::ABOUT,
            &notice::NEUTRAL,
            &notice::EMPTY_MEANS,
            &notice::REDACTED,
        ]
        .iter()
        .map(|text| text.get(lang).to_owned())
        .collect(),
        sections: SECTIONS
            .iter()
            .map(|(section, code, title)| view(lang, *section, code, title, name, penalties))
            .collect(),
        rights: views::report::rights(lang),
        versions: Versions {
            shape: "gongxin.report/1",
            catalogue: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
                .to_owned(),
            program: "0.1.0",
        },
    }
}

fn line(label: &str, value: &str) -> Line {
    Line {
        code: "x".to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

fn who(lang: Lang, name: &str) -> Who {
    Who {
        id: SubjectId([7; 16]),
        kind: SubjectKind::Enterprise,
        name: name.to_owned(),
        other_names: vec!["江州远航贸易有限公司".to_owned()],
        identifiers: vec![line(label::ID_USCC.get(lang), "91310000MA1FL0001X")],
        lines: vec![
            line(label::NAME.get(lang), name),
            line(label::OTHER_NAMES.get(lang), "江州远航贸易有限公司"),
            line(label::KIND.get(lang), label::KIND_ENTERPRISE.get(lang)),
            line(label::ID_USCC.get(lang), "91310000MA1FL0001X"),
        ],
    }
}

fn cover(lang: Lang) -> Vec<Line> {
    vec![
        line(label::REPORT_NUMBER.get(lang), "GX-20261122-000001"),
        line(label::REPORT_PURPOSE.get(lang), "社会公开查询"),
        line(label::KNOWN_AT.get(lang), "2026-11-22 16:40:00 (UTC+8)"),
        line(label::STATE_ON.get(lang), "2026-11-22"),
        line(label::SHOWN_ON.get(lang), "2026-11-22"),
        line(label::THEMES.get(lang), label::ALL_THEMES.get(lang)),
        line(label::PERIOD.get(lang), label::ALL_TIME.get(lang)),
    ]
}

fn view(
    lang: Lang,
    section: Section,
    code: &'static str,
    title: &Msg,
    name: &str,
    penalties: usize,
) -> SectionView {
    let entries = match section {
        Section::Basic => vec![registration(lang, name)],
        Section::Administrative => (1..=penalties).map(|n| penalty(lang, name, n)).collect(),
        Section::Trustworthy => vec![tax(lang, name)],
        _ => Vec::new(),
    };
    SectionView {
        section,
        code,
        title: title.get(lang).to_owned(),
        found: entries.len(),
        note: entries
            .is_empty()
            .then(|| notice::EMPTY.get(lang).to_owned()),
        entries,
    }
}

fn item(lang: Lang, theme: &str, title: &str, values: &[(&str, &str, &str)]) -> Item {
    let labelled = |code, msg: &Msg| Labelled {
        code,
        text: msg.get(lang).to_owned(),
    };
    Item {
        record: RecordId([9; 16]),
        seq: 1,
        theme: theme.to_owned(),
        edition: "2018-1".to_owned(),
        title: title.to_owned(),
        headline: None,
        supplier: "scjg".to_owned(),
        source: "江州市市场监督管理局".to_owned(),
        known_at: Instant(1_795_000_000_000_000),
        stated_on: date(2026, 11, 18),
        document: Document::default(),
        state: labelled("in-force", &label::IN_FORCE),
        publication: labelled("public", &label::PUBLIC),
        severity: None,
        public_until: None,
        repair: None,
        late: false,
        marks: Vec::new(),
        values: values
            .iter()
            .map(|(code, label, value)| Value {
                code: (*code).to_owned(),
                label: (*label).to_owned(),
                value: Some((*value).to_owned()),
                shown: (*value).to_owned(),
            })
            .collect(),
        lines: vec![
            line(label::SOURCE.get(lang), "江州市市场监督管理局"),
            line(label::STATUS.get(lang), label::IN_FORCE.get(lang)),
            line(label::STATED_ON.get(lang), "2026-11-18"),
            line(label::KNOWN_SINCE.get(lang), "2026-11-19"),
            line(label::EDITION.get(lang), &format!("{theme} 2018-1")),
            line(
                label::RECORD.get(lang),
                "09090909090909090909090909090909 / 1",
            ),
        ],
    }
}

fn registration(lang: Lang, name: &str) -> Item {
    item(
        lang,
        "registration",
        "登记注册信息",
        &[
            ("QYMC", "名称", name),
            ("TYSHXYDM", "统一社会信用代码", "91310000MA1FL0001X"),
            ("LX", "类型", "有限责任公司(自然人投资或控股)"),
            ("CLRQ", "成立日期", "2015-03-09"),
            ("ZCZB", "注册资本", "500 万元"),
            ("DJZT", "登记状态", "存续"),
            ("ZS", "住所", "江州市滨江区长河路 100 号 3 幢 1201 室"),
            (
                "JYFW",
                "经营范围",
                "一般项目:食品销售(仅销售预包装食品);日用百货销售;货物进出口;技术进出口;信息咨询服务(不含许可类信息咨询服务)。(除依法须经批准的项目外,凭营业执照依法自主开展经营活动)",
            ),
        ],
    )
}

fn penalty(lang: Lang, name: &str, n: usize) -> Item {
    let mut item = item(
        lang,
        "penalty",
        "行政处罚",
        &[
            ("CF_XDR_MC", "行政相对人名称", name),
            (
                "CF_WSH",
                "行政处罚决定书文号",
                &format!("江市监处罚〔2026〕{n}号"),
            ),
            ("CF_WFXW", "违法行为类型", "销售不符合食品安全标准的食品"),
            (
                "CF_WFSS",
                "违法事实",
                "当事人于2026年3月至4月间销售标签不符合规定的预包装食品,货值金额人民币叁仟贰佰元,违法所得人民币捌佰元。",
            ),
            (
                "CF_YJ",
                "处罚依据",
                "《中华人民共和国食品安全法》第一百二十五条第一款第二项",
            ),
            ("CF_CFLB", "处罚类别", "罚款、没收违法所得"),
            (
                "CF_NR",
                "处罚内容",
                "没收违法所得人民币捌佰元,罚款人民币伍仟元。",
            ),
            ("CF_NR_FK", "罚款金额", "0.5 万元"),
            ("CF_JDRQ", "处罚决定日期", "2026-06-01"),
            ("CF_CFJG", "处罚机关", "江州市市场监督管理局"),
        ],
    );
    item.headline = Some(format!("江市监处罚〔2026〕{n}号"));
    item.severity = Some(Severity::Ordinary);
    item.marks = vec![
        Labelled {
            code: "contested",
            text: label::MARK_CONTESTED.get(lang).to_owned(),
        },
        Labelled {
            code: "late",
            text: label::MARK_LATE.get(lang).to_owned(),
        },
    ];
    item.lines.splice(
        2..2,
        [
            line(label::DOCUMENT_DATE.get(lang), "2026-06-01"),
            line(
                label::SEVERITY.get(lang),
                label::SEVERITY_ORDINARY.get(lang),
            ),
            line(label::PUBLICATION.get(lang), label::PUBLIC.get(lang)),
            line(label::PUBLIC_UNTIL.get(lang), "2027-06-01"),
            line(
                label::REPAIR.get(lang),
                &notice::REPAIR_AFTER.fill(lang, &[("date", "2026-09-01")]),
            ),
        ],
    );
    item
}

fn tax(lang: Lang, name: &str) -> Item {
    item(
        lang,
        "tax-a",
        "纳税信用A级纳税人",
        &[("NSRMC", "纳税人名称", name), ("PJND", "评价年度", "2025")],
    )
}
