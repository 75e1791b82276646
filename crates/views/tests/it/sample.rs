//! A small catalogue of its own, an invented enterprise, and the one lawful way to a dossier.

use credit::catalog::Catalog;
use credit::clock::Severity;
use credit::identifier::{Identifier, System};
use credit::lang::Lang;
use credit::record::{AsOf, Change, DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::{Date, date};
use policy::{CaseNumber, Dossier, Officer, Permit, Sealed};
use std::error::Error;
use std::sync::LazyLock;
use views::{Report, ReportAsk};

/// What tests return, so that none of them has to unwrap.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// The subject of every sample.
pub(crate) const SUBJECT: SubjectId = SubjectId([7; 16]);

/// The representative, whom no public view may name.
pub(crate) const REPRESENTATIVE: &str = "欧阳不可见";

/// The catalogue of these tests.
pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let files = [
        (
            "themes/registration.toml",
            include_str!("catalog/registration.toml"),
        ),
        ("themes/penalty.toml", include_str!("catalog/penalty.toml")),
        ("codes/kinds.toml", include_str!("catalog/kinds.toml")),
        (
            "suppliers.toml",
            "[[suppliers]]\ncode = \"register\"\narea = \"CN\"\n\
             title = { zh = \"登记机关\", en = \"Register\", ru = \"Регистратор\" }\n\
             [[suppliers]]\ncode = \"above\"\narea = \"CN\"\nrelays = true\n\
             title = { zh = \"上级平台\", en = \"Platform above\", ru = \"Вышестоящая платформа\" }\n",
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()));
    match Catalog::load(&files) {
        Ok(catalog) => catalog,
        Err(findings) => {
            eprintln!("{findings:#?}");
            Catalog::default()
        }
    }
});

/// Noon of a day in legal time.
pub(crate) fn noon(day: Date) -> Instant {
    let days = i64::from((day - date(1970, 1, 1)).get_days());
    Instant((days * 86_400 + 4 * 3_600) * 1_000_000)
}

/// Everything as of a day, read on the same day.
pub(crate) fn on(day: Date) -> AsOf {
    AsOf {
        known: noon(day),
        on: day,
        today: day,
    }
}

/// The day on which most tests read.
pub(crate) fn today() -> AsOf {
    on(date(2026, 11, 22))
}

/// An enterprise with a former name and a unified code.
pub(crate) fn subject() -> Subject {
    Subject {
        id: SUBJECT,
        kind: SubjectKind::Enterprise,
        name: "江州远帆贸易有限公司".to_owned(),
        other_names: vec!["江州远航贸易有限公司".to_owned()],
        identifiers: vec![Identifier::from_store(
            System::Uscc,
            "91310000MA1FL0001X".to_owned(),
        )],
    }
}

/// A version with these values, stated and known on a day.
pub(crate) fn version(seq: u32, day: Date, values: &[(&str, &str)]) -> Version {
    Version {
        seq,
        known_at: noon(day),
        stated_on: day,
        change: Change::Stated,
        values: values
            .iter()
            .map(|(code, value)| ((*code).into(), (*value).into()))
            .collect(),
        document: None,
        severity: None,
        theme_version: "t-1".to_owned(),
        submission: SubmissionId([3; 16]),
        late: false,
        held: None,
    }
}

/// A record of one theme.
pub(crate) fn record(id: u16, theme: &str, versions: Vec<Version>) -> Record {
    let [high, low] = id.to_be_bytes();
    let mut bytes = [0; 16];
    bytes[0] = high;
    bytes[1] = low;
    Record {
        id: RecordId(bytes),
        theme: theme.into(),
        supplier: "register".into(),
        versions,
        cases: Vec::new(),
    }
}

/// The registration of the sample's subject.
pub(crate) fn registration() -> Record {
    let values = [
        ("MC", "江州远帆贸易有限公司"),
        ("DM", "91310000MA1FL0001X"),
        ("FR", REPRESENTATIVE),
        ("ZB", "500.00"),
        ("QX", "2099-12-31"),
    ];
    record(
        1,
        "registration",
        vec![version(1, date(2020, 5, 6), &values)],
    )
}

/// An ordinary penalty decided on a day.
pub(crate) fn penalty(id: u16, decided: Date) -> Record {
    let (number, day) = (format!("江罚〔2026〕{id}号"), decided.to_string());
    let values = [
        ("MC", "江州远帆贸易有限公司"),
        ("WSH", number.as_str()),
        ("JG", "江州市市场监督管理局"),
        ("NR", "责令改正,没收违法所得。"),
        ("LB", "警告;罚款"),
        ("FK", "0.5"),
        ("RQ", day.as_str()),
        ("YXQ", "2099-12-31"),
    ];
    let mut stated = version(1, decided, &values);
    stated.severity = Some(Severity::Ordinary);
    stated.document = Some(DocumentClock {
        id: DocumentId([id as u8; 16]),
        started_on: decided,
    });
    record(id, "penalty", vec![stated])
}

/// A public dossier of these records.
pub(crate) fn public(records: Vec<Record>, at: AsOf) -> Result<Dossier, Box<dyn Error>> {
    let permit = Permit::public(SUBJECT);
    let sealed = Sealed::new(
        &permit,
        Facts {
            subject: subject(),
            records,
        },
    );
    Ok(permit.open(sealed, &CATALOG, at)?)
}

/// The subject's own dossier of these records.
pub(crate) fn own(records: Vec<Record>, at: AsOf) -> Result<Dossier, Box<dyn Error>> {
    let officer = Officer::parse("窗口甲", "信用中心")?;
    let permit = Permit::own([5; 16], SUBJECT, officer, CaseNumber::parse("C-1")?);
    let facts = Facts {
        subject: subject(),
        records,
    };
    let sealed = Sealed::counted(&permit, facts, policy::Tally::default().on(at.today));
    Ok(permit.open(sealed, &CATALOG, at)?)
}

/// Asks for everything in a language.
pub(crate) fn ask(lang: Lang) -> ReportAsk {
    ReportAsk {
        lang,
        themes: None,
        period: None,
        number: "GX-1".to_owned(),
    }
}

/// The report of a dossier in Chinese.
pub(crate) fn report(dossier: &Dossier) -> Report {
    views::report(&CATALOG, dossier, &ask(Lang::Zh))
}

/// Theme codes of the entries of a section.
pub(crate) fn section<'a>(report: &'a Report, code: &str) -> &'a [views::report::model::Item] {
    let found = report.sections.iter().find(|section| section.code == code);
    found.map_or(&[], |section| section.entries.as_slice())
}
