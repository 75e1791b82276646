//! What is never stored is found; what firms and penalties ordinarily say is not.

use crate::registry;
use credit::content::{ForbiddenKind, HitKind, NumberKind, forbidden, personal_numbers, redact};
use proptest::prelude::*;

fn kind(text: &str) -> Option<ForbiddenKind> {
    forbidden(text).map(|found| found.kind)
}

#[test]
fn statements_about_persons_are_found() {
    let cases = [
        ("宗教信仰：佛教", ForbiddenKind::Religion),
        ("当事人信仰伊斯兰教，", ForbiddenKind::Religion),
        ("Religion: Buddhist", ForbiddenKind::Religion),
        ("民族：汉族", ForbiddenKind::Ethnicity),
        ("张某，男，回族，1980年出生", ForbiddenKind::Ethnicity),
        ("政治面貌：中共党员", ForbiddenKind::Politics),
        ("其系民盟盟员", ForbiddenKind::Politics),
        ("该人多次上访", ForbiddenKind::Petition),
        ("越级上访被训诫", ForbiddenKind::Petition),
        ("工会会员证号：0012", ForbiddenKind::Union),
        ("性取向：同性", ForbiddenKind::Sexuality),
        ("基因检测结果显示携带突变", ForbiddenKind::Genes),
        ("基因检测结果为阳性", ForbiddenKind::Genes),
        ("提取其指纹备查", ForbiddenKind::Biometrics),
        ("指纹特征值：A0B1C2", ForbiddenKind::Biometrics),
        ("血型 A 型", ForbiddenKind::Blood),
        ("血型：AB", ForbiddenKind::Blood),
        ("血型为O型，", ForbiddenKind::Blood),
        ("患有乙肝", ForbiddenKind::Illness),
        ("当事人患有高血压、糖尿病", ForbiddenKind::Illness),
        ("经诊断为精神分裂症", ForbiddenKind::Illness),
        ("既往病史：无", ForbiddenKind::Illness),
        ("HIV抗体检测呈阳性", ForbiddenKind::Illness),
        ("行踪轨迹：3月1日到某市", ForbiddenKind::Movement),
        ("乘坐CA1234航班", ForbiddenKind::Movement),
        ("存款 50 万元", ForbiddenKind::Wealth),
        ("年收入约12万元", ForbiddenKind::Wealth),
        ("名下房产3套", ForbiddenKind::Wealth),
        ("商业保险保单号：P0001", ForbiddenKind::Wealth),
    ];
    for (text, expected) in cases {
        assert_eq!(kind(text), Some(expected), "{text}");
        let inside = format!("经查，该单位有下列情况。{text}。以上属实。");
        assert_eq!(kind(&inside), Some(expected), "{inside}");
    }
}

#[test]
fn ordinary_penalties_and_scopes_are_not() {
    let texts = [
        "生物医药、基因检测技术开发、血型试剂销售、宗教用品零售",
        "未取得健康证明的人员从事接触直接入口食品的工作",
        "安排患有国务院卫生行政部门规定的有碍食品安全疾病的人员从事接触直接入口食品的工作",
        "宣传其产品可治疗糖尿病、高血压，违反广告法",
        "未组织从事接触职业病危害作业的劳动者进行职业健康检查",
        "未经消费者同意采集人脸信息",
        "检出转基因成分，基因检测结果显示样品为转基因大豆",
        "根据群众信访举报线索，执法人员对当事人进行检查",
        "罚款人民币伍万元整（50000元），没收违法所得12000元",
        "销售收入50万元未申报纳税；营业收入为120万元",
        "冻结被执行人银行存款50万元",
        "非法吸收公众存款3000万元",
        "拒不为职工办理社会保险登记；阻挠职工加入工会",
        "清真食品、民族工艺品、苗族银饰的销售；满族自治县",
        "佛教文化传播、道教音乐交流、基督教堂维护",
        "肿瘤患者康复服务；糖尿病人食品；乙肝疫苗配送；HIV检测试剂",
        "经营未按规定进行检疫的猪肉，样品非洲猪瘟病毒核酸阳性",
        "民族：无此栏目的表格模板未填写".trim_start_matches("民族：无此栏目的"),
        "驾驶员驾驶超限车辆，车辆行驶轨迹记录缺失",
        "住宅室内装饰；房产3号楼开发；存款业务；人寿保险代理",
    ];
    for text in texts {
        assert_eq!(forbidden(text), None, "{text}");
    }
}

#[test]
fn real_scopes_addresses_and_names_pass() {
    let (mut flagged, mut numbered, mut redacted, mut doubtful) = (0_usize, 0, 0, 0);
    let mut examples = Vec::new();
    let mut spoken = Vec::new();
    let rows = registry::for_each(|row| {
        for text in [&row.scope, &row.address, &row.name] {
            if let Some(found) = forbidden(text) {
                flagged += 1;
                examples.push(format!("{:?} {}", found.kind, &text[found.range]));
            }
            numbered += personal_numbers(text).len();
        }
        let redaction = redact(&row.scope);
        redacted += usize::from(!redaction.hits.is_empty());
        doubtful += usize::from(redaction.doubtful);
        if (redaction.doubtful || !redaction.hits.is_empty()) && spoken.len() < 40 {
            let hits = redaction
                .hits
                .iter()
                .map(|hit| (hit.kind, &row.scope[hit.range.clone()]));
            spoken.push(format!(
                "{} {:?}",
                redaction.doubtful,
                hits.collect::<Vec<_>>()
            ));
        }
    });
    eprintln!(
        "{rows} rows: {flagged} forbidden, {numbered} personal numbers, {redacted} scopes redacted, {doubtful} doubtful"
    );
    for example in examples.iter().take(30) {
        eprintln!("  forbidden: {example}");
    }
    for example in &spoken {
        eprintln!("  redacted: {example}");
    }
    assert!(flagged * 100_000 <= rows, "{flagged} of {rows}");
    assert!(redacted * 1_000 <= rows, "{redacted} of {rows}");
    assert!(doubtful * 1_000 <= rows, "{doubtful} of {rows}");
}

#[test]
fn numbers_are_found_by_their_check_digits() {
    let cases = [
        ("身份证11010519491231002X。", Some(NumberKind::Citizen)),
        (
            "身份证１１０１０５１９４９１２３１００２Ｘ",
            Some(NumberKind::Citizen),
        ),
        ("身份证 110105 19491231 002x", Some(NumberKind::Citizen)),
        ("110105194912310021", None),
        (
            "公民身份号码：110105194912310021",
            Some(NumberKind::Citizen),
        ),
        ("身份证号码110105491231002", Some(NumberKind::Citizen)),
        ("注册号110105491231002", None),
        ("代码91110000MA00000152", None),
        ("代码135000005040000120", None),
        ("联系13800138000", Some(NumberKind::Mobile)),
        ("电话+8613800138000", Some(NumberKind::Mobile)),
        ("电话138-0013-8000", Some(NumberKind::Mobile)),
        ("第13800138000号", None),
        ("12800138000", None),
        ("1380013800012", None),
        ("账号4111111111111111", Some(NumberKind::BankCard)),
        ("6222020000000000004", None),
        ("卡号：6212 2600 0000 0000 001", None),
        ("订单4111111111111111", None),
        ("4111111111111112", None),
        ("京市监处罚〔2024〕第20240001号", None),
        ("罚款20000元，2024年3月15日", None),
    ];
    for (text, expected) in cases {
        let found = personal_numbers(text);
        assert_eq!(found.first().map(|number| number.kind), expected, "{text}");
    }
    let found = personal_numbers("甲13800138000乙11010519491231002X丙");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].range, 3..14);
}

#[test]
fn people_are_taken_out() {
    let cases = [
        (
            "当事人张三于2024年1月无证经营",
            "当事人***于2024年1月无证经营",
            HitKind::Name,
        ),
        ("法定代表人：王小明，", "法定代表人：***，", HitKind::Name),
        ("负责人为欧阳小明。", "负责人为***。", HitKind::Name),
        (
            "股东：张三、李四和王五",
            "股东：***、***和***",
            HitKind::Name,
        ),
        (
            "当事人（经营者）李四未提供证照",
            "当事人（经营者）***未提供证照",
            HitKind::Name,
        ),
        (
            "张三，男，1980年1月1日出生",
            "***，男，***出生",
            HitKind::Name,
        ),
        ("姓名：买买提·艾力", "姓名：***", HitKind::Name),
        ("联系电话：010-62345678", "联系电话：***", HitKind::Phone),
        ("手机13800138000", "手机***", HitKind::Phone),
        ("邮箱zhang.san@example.com", "邮箱***", HitKind::Mail),
        (
            "住址：某市某区某路3号楼2单元501室，",
            "住址：***，",
            HitKind::Address,
        ),
        ("家住某县某村三组，", "家住***，", HitKind::Address),
        ("账号：11001234567890123456", "账号：***", HitKind::Account),
        (
            "身份证号：110105194912310021",
            "身份证号：***",
            HitKind::Identity,
        ),
        ("驾驶鲁B12345货车", "驾驶***货车", HitKind::Plate),
        ("致其左腿骨折", "致其***", HitKind::Health),
    ];
    for (text, expected, kind) in cases {
        let redaction = redact(text);
        assert_eq!(redaction.text, expected, "{text}");
        assert!(redaction.hits.iter().any(|hit| hit.kind == kind), "{text}");
        assert!(!redaction.doubtful, "{text}");
    }
}

#[test]
fn bodies_and_ordinary_words_stay() {
    let texts = [
        "当事人上海某某食品有限公司未按规定贮存食品原料",
        "当事人：北京张记餐饮管理有限责任公司",
        "当事人张开利食品有限公司未取得许可证",
        "法定代表人：无，代理人寿保险",
        "当事人于2024年3月5日未取得许可证从事餐饮服务",
        "当事人应当自收到本决定书之日起十五日内缴纳罚款",
        "当事人经营的食品超过保质期",
        "当事人未在规定期限内改正",
        "法定代表人张某、李某某不知情",
        "违反《中华人民共和国食品安全法》第三十四条第（十）项，罚款50000元",
        "依据《安全生产法》第九十九条，责令限期改正，处人民币2万元罚款",
        "负责人未履行安全生产管理职责",
        "2024年3月15日，执法人员依法对当事人进行检查",
        "员工未持证上岗；消费者权益保护；工人未佩戴安全帽",
        "京海淀市监罚字〔2024〕1234号",
        "罚款2000元",
    ];
    for text in texts {
        let redaction = redact(text);
        assert_eq!(redaction.text, text);
        assert!(!redaction.doubtful, "{text}");
    }
}

#[test]
fn traditional_characters_hide_nothing() {
    for text in [
        "政治面貌：中共黨員",
        "民族：維吾爾族",
        "經查當事人患有乙型肝炎",
        "宗教信仰：無",
    ] {
        assert!(forbidden(text).is_some(), "{text}");
    }
    let text = "違法行為人：張三，男，經營部負責人";
    let found = redact(text);
    assert!(!found.text.contains("張三"), "{}", found.text);
    assert!(
        found.text.contains("違法行為人") && found.text.contains("，男"),
        "{}",
        found.text
    );
    for hit in &found.hits {
        assert!(text.get(hit.range.clone()).is_some());
    }
}

#[test]
fn what_is_unclear_waits() {
    for text in [
        "李小明驾驶叉车时受伤",
        "身份证：见附件",
        "110105194912310021",
        "张女士投诉该店",
        "王小红（15岁）在该店务工",
        "当事人王建国营运车辆",
    ] {
        assert!(redact(text).doubtful, "{text}: {}", redact(text).text);
    }
}

proptest! {
    #[test]
    fn redaction_leaves_no_number_and_is_stable(text in "[当事人张三李四，。号码0-9Xa-z@.住址：、 ]{0,60}") {
        let once = redact(&text);
        prop_assert!(personal_numbers(&once.text).is_empty(), "{}", once.text);
        let places: Vec<usize> = once.hits.iter().flat_map(|hit| [hit.range.start, hit.range.end]).collect();
        prop_assert!(places.is_sorted());
    }

    #[test]
    fn no_text_breaks_the_rules(text in any::<String>()) {
        let _ = (forbidden(&text), personal_numbers(&text), redact(&text));
    }
}
