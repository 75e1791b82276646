//! The shipped catalogue loads, and says what it must.

use credit::catalog::{Catalog, Exposure, Finding, Grade, ItemKind, Theme};
use credit::clock::Severity;
use credit::rule::{Rule, Scope};
use credit::subject::SubjectKind;
use jiff::civil::date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The catalogue folder of this repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog")
}

/// Its files, as the command line reads them.
pub(crate) fn shipped() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&folder(), &folder(), &mut files);
    files
}

fn collect(root: &Path, at: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

pub(crate) fn load() -> Catalog {
    Catalog::load(&shipped()).unwrap_or_else(|findings| panic!("{}", listed(&findings)))
}

fn listed(findings: &[Finding]) -> String {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Grade::Error);
    errors.map(|finding| format!("{finding}\n")).collect()
}

fn theme(catalog: &Catalog, code: &str) -> Arc<Theme> {
    let day = date(2026, 11, 22);
    Arc::clone(
        catalog
            .theme(code, day)
            .unwrap_or_else(|| panic!("no theme {code}")),
    )
}

/// The severity that a theme's table gives to a row of these values; as intake finds it.
fn severity(theme: &Theme, row: &[(&str, &str)]) -> Option<Severity> {
    let table = theme.severity.as_ref().unwrap();
    let case = table
        .cases
        .iter()
        .find(|case| holds(theme, &case.when, row));
    case.map(|case| case.severity)
}

fn holds(theme: &Theme, rule: &Rule, row: &[(&str, &str)]) -> bool {
    let mut scope = Scope::new(date(2026, 11, 22));
    for item in &theme.items {
        let value = row
            .iter()
            .find(|(code, _)| *code == item.code)
            .map(|(_, value)| *value);
        scope = scope.with(&item.code, &item.kind, value);
    }
    rule.holds(&scope).unwrap()
}

fn rule<'t>(theme: &'t Theme, code: &str) -> &'t Rule {
    theme.rules.iter().find(|rule| rule.code == code).unwrap()
}

#[test]
fn the_shipped_catalogue_has_no_error() {
    let catalog = load();
    assert_eq!(catalog.digest.len(), 64);
    assert!(catalog.calendar.covers(2026));
    for code in [
        "not-final",
        "severity-unknown",
        "subject-unclear",
        "text-doubtful",
    ] {
        assert!(
            catalog.hold(code).is_some_and(|hold| hold.ask_within == 3),
            "{code}"
        );
    }
}

#[test]
fn every_theme_of_the_issue_is_there() {
    let catalog = load();
    for code in [
        "registration",
        "permit",
        "penalty",
        "tax-a",
        "customs",
        "environment",
        "abnormal",
        "serious-list",
        "judgment-debtor",
        "promise",
        "contract",
        "honour",
        "social-insurance",
        "utilities",
        "government-arrears",
        "safety-list",
        "market",
    ] {
        let theme = theme(&catalog, code);
        assert!(!theme.items.is_empty() && !theme.key.is_empty(), "{code}");
    }
    assert_eq!(theme(&catalog, "promise").items.len(), 20);
}

#[test]
fn no_shipped_theme_stores_people() {
    for theme in &load().themes {
        assert!(
            !theme.subject_kinds.contains(&SubjectKind::NaturalPerson),
            "{}",
            theme.code
        );
        for item in theme.items.iter().filter(|item| item.personal) {
            assert_ne!(
                item.exposure,
                Exposure::Public,
                "{} {}",
                theme.code,
                item.code
            );
        }
    }
}

#[test]
fn the_digest_names_the_content() {
    let mut files = shipped();
    let one = Catalog::load(&files).unwrap().digest;
    files.reverse();
    assert_eq!(
        one,
        Catalog::load(&files).unwrap().digest,
        "order does not matter"
    );
    let theme = files
        .iter_mut()
        .find(|(path, _)| path == "themes/tax-a.toml")
        .unwrap();
    theme.1.push_str("# reviewed\n");
    assert_ne!(
        one,
        Catalog::load(&files).unwrap().digest,
        "every byte does"
    );
}

#[test]
fn editions_follow_the_day_of_submission() {
    let catalog = load();
    for (code, before, after) in [
        ("penalty", "2023-1", "2026-1"),
        ("customs", "2018-1", "2026-1"),
    ] {
        assert_eq!(
            catalog.theme(code, date(2026, 3, 31)).unwrap().version,
            before
        );
        assert_eq!(
            catalog.theme(code, date(2026, 4, 1)).unwrap().version,
            after
        );
    }
    let levels = |day| {
        let theme = catalog.theme("customs", day).unwrap();
        let item = theme.item("XYDJ").unwrap();
        match &theme.items[item].kind {
            ItemKind::Code { set, .. } => set.values.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        (levels(date(2026, 3, 31)), levels(date(2026, 4, 1))),
        (3, 5)
    );
}

#[test]
fn severity_of_penalties_by_order_36() {
    let penalty = theme(&load(), "penalty");
    let of = |kinds: &str, fine: &str, label: &str| {
        let mut row = vec![("CF_CFLB", kinds)];
        if !fine.is_empty() {
            row.push(("CF_NR_FK", fine));
        }
        row.push(("YZCD", label));
        severity(&penalty, &row)
    };
    use Severity::{Minor, Ordinary, Serious};
    for (kinds, fine, label, expected) in [
        ("警告", "", "", Some(Minor)),
        ("警告;通报批评", "", "", Some(Minor)),
        ("罚款", "0.3", "", Some(Minor)),
        ("罚款", "0.300001", "", None),
        ("罚款", "50", "一般", Some(Ordinary)),
        ("罚款", "50", "严重", Some(Serious)),
        ("警告", "", "严重", Some(Serious)),
        ("没收违法所得", "", "", Some(Ordinary)),
        ("罚款;没收违法所得", "0.2", "", Some(Ordinary)),
        ("罚款;没收违法所得", "20", "", None),
        ("吊销许可证件", "", "", Some(Serious)),
        ("罚款;吊销许可证件", "0.1", "轻微", Some(Serious)),
        ("责令停产停业", "", "", Some(Serious)),
        ("限制从业", "", "", Some(Serious)),
        ("暂扣许可证件", "", "", None),
        ("降低资质等级", "", "", None),
        ("没收违法所得;降低资质等级", "", "", None),
        ("其他", "", "", None),
    ] {
        assert_eq!(of(kinds, fine, label), expected, "{kinds} {fine} {label}");
    }
}

#[test]
fn cross_field_rules_of_penalties_and_promises() {
    let catalog = load();
    let penalty = theme(&catalog, "penalty");
    let cf = |code: &str, row: &[(&str, &str)]| holds(&penalty, rule(&penalty, code), row);
    assert!(!cf("CF-01", &[("CF_XDR_LB", "自然人"), ("CF_FRDB", "甲")]));
    assert!(cf(
        "CF-01",
        &[("CF_XDR_LB", "法人及非法人组织"), ("CF_FRDB", "甲")]
    ));
    assert!(!cf("CF-02", &[("CF_JDRQ", "2026-11-23")]));
    assert!(cf("CF-02", &[("CF_JDRQ", "2026-11-22")]));
    assert!(!cf(
        "CF-03",
        &[("CF_JDRQ", "2026-02-01"), ("CF_YXQ", "2026-01-31")]
    ));
    assert!(!cf("CF-06", &[("CF_CFLB", "警告"), ("CF_NR_FK", "1")]));
    let promise = theme(&catalog, "promise");
    let kept = [("LXZT", "全部履行"), ("WLXNR", "余款")];
    assert!(!holds(&promise, rule(&promise, "CN-01"), &kept));
    let open = |value: &'static str| {
        let item = promise.item("GKLX").unwrap();
        promise.is_public(|ix| (ix == item).then_some(value), date(2026, 11, 22))
    };
    assert!(open("可向社会公开"));
    assert!(!open("特定范围内公开") && !open("不可公开") && !open(""));
}

#[test]
fn older_names_are_understood() {
    let catalog = load();
    for (code, names) in [
        (
            "penalty",
            &[
                "CF_XDR_ZDM",
                "CF_XDR_GSDJ",
                "CF_XDR_SFZ",
                "CF_FR",
                "CF_JG",
                "CF_XZJG",
                "CF_CFLB1",
            ][..],
        ),
        (
            "permit",
            &[
                "XK_XMMC",
                "XK_SPLB",
                "XK_XDR",
                "XK_XDR_ZDM",
                "XK_XDR_SFZ",
                "XK_FR",
                "XK_JZQ",
                "XK_XZJG",
            ],
        ),
        (
            "registration",
            &[
                "name",
                "code",
                "registrationDay",
                "character",
                "legalRepresentative",
                "capital",
                "businessScope",
                "province",
                "city",
                "address",
            ],
        ),
    ] {
        let theme = theme(&catalog, code);
        for name in names {
            let known = theme
                .items
                .iter()
                .any(|item| item.aliases.iter().any(|alias| alias == name));
            assert!(known, "{code} {name}");
        }
    }
}

#[test]
fn the_broken_header_of_a_real_list_is_a_layout() {
    let theme = theme(&load(), "tax-a");
    let header: Vec<String> = [
        "编号\t纳税人识别号",
        "纳税人名称",
        "信用级别",
        "评价年度",
        "税务机关",
    ]
    .map(str::to_owned)
    .to_vec();
    let layout = theme
        .layouts
        .iter()
        .find(|layout| layout.fits(&header))
        .unwrap();
    let codes: Vec<&str> = layout
        .columns
        .iter()
        .map(|column| theme.items[column.unwrap()].code.as_str())
        .collect();
    assert_eq!(codes, ["XH", "NSRSBH", "NSRMC", "PJND", "SWJG"]);
    let right: Vec<String> = [
        "编号",
        "纳税人识别号",
        "纳税人名称",
        "信用级别",
        "评价年度",
        "税务机关",
    ]
    .map(str::to_owned)
    .to_vec();
    assert!(
        !theme.layouts.iter().any(|layout| layout.fits(&right)),
        "a sound header is read as it is"
    );
}

#[test]
fn the_japanese_example_loads_beside_the_shipped_themes() {
    let mut files = shipped();
    let example = files
        .iter_mut()
        .find(|(path, _)| path == "examples/jp-labour-penalties.toml")
        .unwrap();
    example.0 = "themes/jp-labour-penalties.toml".to_owned();
    files.push((
        "suppliers.toml".to_owned(),
        "[[suppliers]]\ncode = \"mhlw\"\narea = \"JP\"\ntitle = { zh = \"劳动局\", en = \"Labour bureaux\", ru = \"Бюро труда\" }\n".to_owned(),
    ));
    let mut kept = false;
    files.retain(|(path, text)| {
        path != "suppliers.toml" || text.contains("mhlw") && !std::mem::replace(&mut kept, true)
    });
    let findings = credit::catalog::check(&files);
    let wrong: Vec<_> = findings
        .iter()
        .filter(|finding| finding.file.contains("jp-labour") && finding.severity == Grade::Error)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
