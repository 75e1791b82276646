//! Each rule of the checker against a file that breaks it: the rule's number and the very line.

use credit::catalog::{Catalog, Finding, Grade, check};

/// A negative theme that keeps every rule; each case below breaks one thing in it.
const GOOD: &str = r#"
code = "fines"
version = "2026-1"
valid_from = 2026-04-01
jurisdiction = "CN"
layer = "national"
class = "penalty"
section = "administrative"
suppliers = ["samr"]
subject_kinds = ["enterprise", "public-institution"]
public = true
key = ["@subject", "WSH"]
title = { zh = "罚款", en = "Fines", ru = "Штрафы" }
about = { zh = "测试", en = "Test", ru = "Проверка" }

[[basis]]
law = "行政处罚法"
rank = "law"
verified = true

[sharing]
class = "unconditional"

[severity]
basis = { law = "第36号令", rank = "departmental-rule" }
case = [{ severity = "minor", when = 'FK == null || FK <= 0.3' }]
publicity = [{ severity = "minor", published = false, max = "3 months" }]

[clocks]
sharing = "3 years"
query = "5 years"
archive = "10 years"
from = "JDRQ"

[reporting]
frequency = { zh = "每日", en = "daily", ru = "ежедневно" }

[submission]
mode = "delta"

[[items]]
code = "MC"
title = { zh = "名称", en = "Name", ru = "Имя" }
type = "text"
length = 200
role = "subject-name"

[[items]]
code = "DM"
title = { zh = "代码", en = "Code", ru = "Код" }
type = "identifier"
system = "uscc"
required = true
role = "subject-identifier"

[[items]]
code = "WSH"
title = { zh = "文号", en = "Number", ru = "Номер" }
type = "text"
length = 64
required = true
role = "document-number"

[[items]]
code = "JG"
title = { zh = "机关", en = "Organ", ru = "Орган" }
type = "text"
length = 200
required = true
role = "document-organ"

[[items]]
code = "JDRQ"
title = { zh = "日期", en = "Date", ru = "Дата" }
type = "date"
required = true
role = "decided-on"

[[items]]
code = "FK"
title = { zh = "金额", en = "Amount", ru = "Сумма" }
type = "decimal"
digits = 18
scale = 6

[[rules]]
code = "F-01"
holds = 'JDRQ <= today'
message = { zh = "日期", en = "date", ru = "дата" }
"#;

const SUPPLIERS: &str = r#"
[[suppliers]]
code = "samr"
title = { zh = "市监", en = "Regulator", ru = "Регулятор" }
area = "CN"
"#;

fn files(theme: &str) -> Vec<(String, String)> {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    vec![
        file("suppliers.toml", SUPPLIERS),
        file("themes/t.toml", theme),
    ]
}

fn errors(files: &[(String, String)]) -> Vec<Finding> {
    let mut findings = check(files);
    findings.retain(|finding| finding.severity == Grade::Error);
    findings
}

/// Puts `new` for `old` and expects that rule on the line where `mark` stands then.
fn refuses(rule: &str, old: &str, new: &str, mark: &str) {
    assert_eq!(
        GOOD.matches(old).count(),
        1,
        "{rule}: the fixture has {old:?} once"
    );
    let text = GOOD.replace(old, new);
    expect(rule, &text, mark);
}

fn expect(rule: &str, text: &str, mark: &str) {
    let at = text
        .find(mark)
        .unwrap_or_else(|| panic!("{rule}: no {mark:?}"));
    let line = 1 + text[..at].matches('\n').count();
    let found = errors(&files(text));
    assert!(
        found.iter().any(|finding| finding.rule == rule
            && finding.line == line
            && finding.file == "themes/t.toml"),
        "{rule} expected on line {line}, found {found:#?}"
    );
    for finding in found {
        for text in [
            &finding.message.zh,
            &finding.message.en,
            &finding.message.ru,
        ] {
            assert!(
                !text.is_empty() && !text.contains("{0}") && !text.contains("{1}"),
                "{text}"
            );
        }
    }
    assert!(
        Catalog::load(&files(text)).is_err(),
        "{rule} must stop the catalogue"
    );
}

const ITEM: &str = "\n[[rules]]";

/// Adds an item before the rules.
fn refuses_item(rule: &str, item: &str, mark: &str) {
    refuses(rule, ITEM, &format!("\n[[items]]\n{item}\n{ITEM}"), mark);
}

fn titled(code: &str, zh: &str, en: &str) -> String {
    format!(
        "code = \"{code}\"\ntitle = {{ zh = \"{zh}\", en = \"{en}\", ru = \"Пункт {code}\" }}\ntype = \"text\"\nlength = 20"
    )
}

#[test]
fn the_fixture_itself_is_good() {
    assert_eq!(errors(&files(GOOD)), []);
    assert!(Catalog::load(&files(GOOD)).is_ok());
}

#[test]
fn form() {
    refuses("C01", "public = true", "public = \"yes\"", "public =");
    refuses("C01", "[clocks]", "[clocks", "[clocks");
    refuses("C02", "query = \"5 years\"", "qwery = \"5 years\"", "qwery");
    refuses("C03", ", ru = \"Штрафы\"", "", "title = { zh = \"罚款\"");
    refuses("C03", "ru = \"Проверка\"", "ru = \" \"", "about =");
    refuses("C06", "\"national\"", "\"planet\"", "layer =");
    refuses(
        "C06",
        "role = \"decided-on\"",
        "role = \"decided\"",
        "role = \"decided\"",
    );
    refuses(
        "C07",
        "type = \"text\"\nlength = 200\nrole",
        "type = \"text\"\nrole",
        "code = \"MC\"",
    );
    refuses("C08", "\"10 years\"", "\"ten years\"", "archive");
    refuses("C08", "\"10 years\"", "\"0 years\"", "archive");
    refuses("C36", "code = \"fines\"", "code = \"Fines!\"", "Fines!");
    refuses("C36", "code = \"JG\"", "code = \"机关代码\"", "机关代码");
}

#[test]
fn a_file_too_large_and_a_file_nobody_reads() {
    let mut files = files(GOOD);
    files.push(("themes/big.toml".to_owned(), "#".repeat(300 * 1024)));
    files.push(("theme/typo.toml".to_owned(), GOOD.to_owned()));
    let rules: Vec<(String, String)> = errors(&files)
        .into_iter()
        .map(|finding| (finding.file, finding.rule))
        .collect();
    assert!(rules.contains(&("themes/big.toml".to_owned(), "C04".to_owned())));
    assert!(rules.contains(&("theme/typo.toml".to_owned(), "C05".to_owned())));
}

#[test]
fn no_basis_no_data() {
    let basis = "[[basis]]\nlaw = \"行政处罚法\"\nrank = \"law\"\nverified = true\n";
    refuses("C10", basis, "", "code = \"fines\"");
    refuses("C10", "rank = \"law\"", "rank = \"standard\"", "[[basis]]");
    refuses(
        "C10",
        "law = \"行政处罚法\"",
        "law = \"  \"",
        "law = \"  \"",
    );
    refuses("C11", "suppliers = [\"samr\"]\n", "", "code = \"fines\"");
    refuses("C30", "[\"samr\"]", "[\"samr\", \"nobody\"]", "suppliers =");
}

#[test]
fn everything_ends() {
    refuses("C12", "sharing = \"3 years\"\n", "", "[clocks]");
    refuses("C12", "query = \"5 years\"\n", "", "[clocks]");
    refuses("C12", "archive = \"10 years\"\n", "", "[clocks]");
    refuses("C12", "from = \"JDRQ\"\n", "", "[clocks]");
    refuses(
        "C12",
        "publicity = [{ severity = \"minor\", published = false, max = \"3 months\" }]\n",
        "",
        "[clocks]",
    );
    refuses(
        "C13",
        "query = \"5 years\"",
        "query = \"61 months\"",
        "61 months",
    );
    refuses("C33", "from = \"JDRQ\"", "from = \"NOSUCH\"", "NOSUCH");
}

#[test]
fn a_theme_about_people_has_terms_too() {
    let text = GOOD
        .replace("\"penalty\"", "\"other\"")
        .replace("\"public-institution\"", "\"natural-person\"")
        .replace("sharing = \"3 years\"\n", "");
    expect("C12", &text, "[clocks]");
}

#[test]
fn sharing_classes() {
    refuses(
        "C14",
        "[sharing]\nclass = \"unconditional\"\n",
        "",
        "code = \"fines\"",
    );
    refuses("C14", "\"unconditional\"", "\"conditional\"", "[sharing]");
    let reason = "\"not-shared\"\nreason = { zh = \"密\", en = \"secret\", ru = \"тайна\" }";
    refuses("C14", "\"unconditional\"", reason, "[sharing]");
}

#[test]
fn layers() {
    refuses("C15", "layer = \"national\"", "layer = \"city\"", "layer =");
    let local = GOOD
        .replace("layer = \"national\"", "layer = \"province\"")
        .replace("code = \"fines\"", "code = \"local-fines\"")
        .replace("jurisdiction = \"CN\"", "jurisdiction = \"330000\"")
        .replace("rank = \"law\"", "rank = \"local-regulation\"");
    assert_eq!(
        errors(&files(&local)),
        [],
        "a local regulation carries an item"
    );
    let mut both = files(GOOD);
    both.push(("themes/z-local.toml".to_owned(), local));
    let found = errors(&both);
    let repeated: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule == "C16")
        .collect();
    assert_eq!(
        repeated.len(),
        2,
        "the title and one item of content: {found:#?}"
    );
    assert!(
        repeated
            .iter()
            .all(|finding| finding.file == "themes/z-local.toml")
    );
}

#[test]
fn editions_do_not_overlap() {
    let second = GOOD
        .replace("2026-1", "2027-1")
        .replace("valid_from = 2026-04-01", "valid_from = 2027-01-01");
    let mut both = files(GOOD);
    both.push(("themes/u.toml".to_owned(), second.clone()));
    let found = errors(&both);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].rule.as_str(), found[0].line), ("C17", 4));
    both[1].1 = GOOD.replace(
        "valid_from = 2026-04-01",
        "valid_from = 2026-04-01\nvalid_to = 2026-12-31",
    );
    assert_eq!(errors(&both), []);
    both[2].1 = second.replace("2027-1\"", "2026-1\"");
    assert_eq!(errors(&both)[0].rule, "C18");
}

#[test]
fn forbidden_kinds_of_data() {
    let cases = [
        ("宗教信仰", "Religion"),
        ("政治面貌", "Political status"),
        ("信访次数", "Petitions"),
        ("工会会员", "Union membership"),
        ("性取向", "Sexual orientation"),
        ("基因", "Genes"),
        ("指纹", "Fingerprint"),
        ("人脸图像", "Face image"),
        ("血型", "Blood type"),
        ("病史", "Medical history"),
        ("行踪轨迹", "Whereabouts"),
        ("民族", "Ethnic group"),
    ];
    for (zh, en) in cases {
        refuses_item("C20", &titled("XX", zh, "Item XX"), "code = \"XX\"");
        refuses_item("C20", &titled("XX", "某项", en), "code = \"XX\"");
        let alias = format!("{}\naliases = [\"{zh}\"]", titled("XX", "某项", "Item XX"));
        refuses_item("C20", &alias, "code = \"XX\"");
    }
    refuses_item(
        "C20",
        &titled("blood_type", "某项", "Item XX"),
        "blood_type",
    );
}

#[test]
fn words_that_only_look_forbidden_pass() {
    for (zh, en) in [
        ("总经理部门", "General office"),
        ("生物医药备案", "Biomedical filing"),
        ("企业营业范围", "Range"),
    ] {
        let text = GOOD.replace(
            ITEM,
            &format!("\n[[items]]\n{}\n{ITEM}", titled("XX", zh, en)),
        );
        assert_eq!(errors(&files(&text)), [], "{zh}");
    }
}

#[test]
fn money_of_people_needs_a_consent() {
    let income = titled("SR", "个人收入", "Income of the person");
    refuses_item("C21", &income, "code = \"SR\"");
    let with = format!(
        "\n[[items]]\n{income}\nconsent_item = \"TYS\"\n\n[[items]]\n{}\n{ITEM}",
        titled("TYS", "同意书编号", "Consent number")
    );
    let text = GOOD.replace(ITEM, &with);
    assert_eq!(errors(&files(&text)), []);
    let catalog = Catalog::load(&files(&text)).unwrap();
    let rules: Vec<_> = catalog.themes[0]
        .rules
        .iter()
        .map(|rule| rule.source.as_str())
        .collect();
    assert!(rules.contains(&"SR == \"\" || TYS != \"\""), "{rules:?}");
}

#[test]
fn a_negative_fact_stands_on_a_document() {
    refuses(
        "C22",
        "role = \"document-number\"",
        "role = \"content\"",
        "class = \"penalty\"",
    );
    refuses(
        "C22",
        "role = \"document-organ\"",
        "role = \"content\"",
        "class = \"penalty\"",
    );
    refuses(
        "C22",
        "role = \"decided-on\"",
        "role = \"content\"",
        "class = \"penalty\"",
    );
    refuses(
        "C22",
        "length = 64\nrequired = true\n",
        "length = 64\n",
        "class = \"penalty\"",
    );
    refuses(
        "C22",
        "public = true",
        "public = true\ndocument = \"publication\"",
        "document = \"publication\"",
    );
}

#[test]
fn a_foreign_register_may_publish_without_numbers() {
    let text = GOOD
        .replace("public = true", "public = true\ndocument = \"publication\"")
        .replace("jurisdiction = \"CN\"", "jurisdiction = \"JP\"")
        .replace("role = \"document-number\"", "role = \"content\"");
    assert_eq!(errors(&files(&text)), []);
}

#[test]
fn severity_is_data() {
    let table = &GOOD[GOOD.find("[severity]").unwrap()..GOOD.find("[clocks]").unwrap()];
    refuses("C23", table, "", "class = \"penalty\"");
    refuses(
        "C23",
        "{ severity = \"minor\", when",
        "{ severity = \"serious\", when",
        "[severity]",
    );
    refuses("C34", "FK <= 0.3", "FK <= ", "case =");
    refuses("C34", "'JDRQ <= today'", "'NOSUCH <= today'", "holds =");
    refuses(
        "C36",
        "max = \"3 months\"",
        "min = \"4 months\", max = \"3 months\"",
        "[severity]",
    );
}

#[test]
fn people() {
    let number = "code = \"ZJ\"\ntitle = { zh = \"证件号码\", en = \"Paper\", ru = \"Бумага\" }\ntype = \"text\"\nlength = 20";
    refuses_item("C24", number, "code = \"ZJ\"");
    refuses_item(
        "C24",
        &format!("{number}\nrole = \"person-identifier\"\nexposure = \"government\""),
        "code = \"ZJ\"",
    );
    let citizen = "code = \"ZJ\"\ntitle = { zh = \"号\", en = \"Paper\", ru = \"Бумага\" }\ntype = \"identifier\"\nsystem = \"citizen-id\"";
    refuses_item("C24", citizen, "code = \"ZJ\"");
    let name = format!(
        "{}\nrole = \"person-name\"\nexposure = \"public\"",
        titled("FR", "法人代表", "Head")
    );
    refuses_item("C27", &name, "code = \"FR\"");
    refuses(
        "C28",
        "\"public-institution\"",
        "\"individual-business\"",
        "subject_kinds =",
    );
}

#[test]
fn a_bare_name_may_be_a_person() {
    let flag = "public = true\nnames_organisations = true";
    refuses("C27", "public = true", flag, "names_organisations");
    let text = GOOD
        .replace("public = true", flag)
        .replace("\"CN\"", "\"JP\"");
    assert_eq!(errors(&files(&text)), []);
}

#[test]
fn people_are_not_graded() {
    for kind in ["natural-person", "individual-business"] {
        let text = GOOD
            .replace("class = \"penalty\"", "class = \"evaluation\"")
            .replace("\"public-institution\"", &format!("\"{kind}\""));
        expect("C25", &text, "subject_kinds =");
    }
}

#[test]
fn people_are_not_scored_or_named() {
    let text = GOOD
        .replace("\"penalty\"", "\"other\"")
        .replace("\"public-institution\"", "\"natural-person\"")
        .replace(
            ITEM,
            &format!("\n[[items]]\n{}\n{ITEM}", titled("FS", "信用分", "Points")),
        );
    expect("C25", &text, "code = \"FS\"");
    refuses_item(
        "C27",
        &titled("FR", "法定代表人姓名", "Head"),
        "code = \"FR\"",
    );
}

#[test]
fn finality_is_a_rule_of_some_provinces() {
    refuses(
        "C29",
        "public = true",
        "public = true\nfinality_required = true",
        "code = \"fines\"",
    );
    let final_on = "code = \"SX\"\ntitle = { zh = \"生效\", en = \"Final\", ru = \"В силе\" }\ntype = \"date\"\nrole = \"final-on\"";
    let text = GOOD
        .replace("public = true", "public = true\nfinality_required = true")
        .replace("rank = \"law\"", "rank = \"local-regulation\"")
        .replace(ITEM, &format!("\n[[items]]\n{final_on}\n{ITEM}"));
    assert_eq!(errors(&files(&text)), []);
}

#[test]
fn a_role_stands_on_one_item_of_its_type() {
    let day = "code = \"D2\"\ntitle = { zh = \"另日\", en = \"Other day\", ru = \"Другой день\" }\ntype = \"date\"\nrole = \"decided-on\"";
    refuses_item("C18", day, "code = \"D2\"");
    let text = format!("{}\nrole = \"valid-to\"", titled("D3", "某日", "Some day"));
    refuses_item("C36", &text, "code = \"D3\"");
}

#[test]
fn a_listing_was_heard_and_served() {
    refuses(
        "C26",
        "class = \"penalty\"",
        "class = \"serious-list\"",
        "class = \"serious-list\"",
    );
}

#[test]
fn references_and_names() {
    refuses(
        "C31",
        "type = \"date\"\nrequired",
        "type = \"code\"\nset = \"nosuch\"\nrequired",
        "set = \"nosuch\"",
    );
    refuses("C33", "\"WSH\"]", "\"NOSUCH\"]", "key =");
    refuses(
        "C35",
        "length = 64",
        "length = 64\nformat = \"[\"",
        "format =",
    );
    let twice = format!(
        "{}\naliases = [\" 文 号 \"]",
        titled("XX", "某项", "Item XX")
    );
    refuses_item("C32", &twice, "aliases = [\" 文");
    refuses_item("C32", &titled("mc", "某项", "Item XX"), "code = \"mc\"");
}

#[test]
fn any_text_is_a_finding_and_no_panic() {
    for at in (0..GOOD.len())
        .step_by(7)
        .filter(|at| GOOD.is_char_boundary(*at))
    {
        let (head, tail) = GOOD.split_at(at);
        let _ = check(&files(head));
        let _ = check(&files(tail));
        let _ = check(&files(&format!("{head}\u{0}[[{tail}")));
    }
}
