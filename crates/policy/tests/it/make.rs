//! A small adversarial catalogue and facts for it. Its editions are written by hand because the
//! checker would refuse them: the lock must hold even where the catalogue is careless.

use credit::catalog::{
    Basis, Catalog, Class, Clocks, Exposure, Item, ItemKind, Layer, Mask, Mode, Publicity, Rank,
    Repair, Reporting, Required, Role, Section, SeverityTable, Sharing, SharingClass, Submission,
    Theme,
};
use credit::clock::{Severity, Span};
use credit::identifier::{Identifier, System};
use credit::lang::Text;
use credit::record::{AsOf, Change, DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::rule::Rule;
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::{Date, date};
use policy::{CaseNumber, Dossier, Mismatch, NotAccepted, Officer, Permit, Shown};
use std::sync::Arc;

/// A word that stands in every value that the public must never see.
pub(crate) const CANARY: &str = "某某某不可公开";

/// The reader's day in tests that do not vary it.
pub(crate) const TODAY: Date = date(2026, 6, 1);

/// The theme of negative facts: two editions, a severity table, every kind of item.
pub(crate) const PENALTY: &str = "penalty";
/// A theme without clocks and severity.
pub(crate) const PERMIT: &str = "permit";
/// A theme whose rows say themselves whether they are public: where the remark is 公开.
pub(crate) const PROMISE: &str = "promise";
/// A theme that is not public.
pub(crate) const INNER: &str = "inner";

fn text(text: &str) -> Text {
    let text = text.to_owned();
    Text {
        zh: text.clone(),
        en: text.clone(),
        ru: text,
    }
}

fn basis() -> Basis {
    Basis {
        law: "test".to_owned(),
        article: None,
        rank: Rank::Law,
        verified: true,
    }
}

fn item(code: &str, role: Role) -> Item {
    Item {
        code: code.to_owned(),
        title: text(code),
        kind: ItemKind::Text(1_000),
        required: Required::No,
        format: None,
        aliases: Vec::new(),
        role,
        exposure: Exposure::Public,
        mask: None,
        personal: false,
        free_text: false,
        consent: None,
    }
}

fn dated(code: &str, role: Role) -> Item {
    Item {
        kind: ItemKind::Date,
        ..item(code, role)
    }
}

/// Every kind of item; those that name people are marked public on purpose.
fn items() -> Vec<Item> {
    let content = |code| item(code, Role::Content);
    vec![
        item("NAME", Role::SubjectName),
        item("NUMBER", Role::DocumentNumber),
        dated("DECIDED", Role::DecidedOn),
        dated("FROM", Role::ValidFrom),
        dated("TO", Role::ValidTo),
        dated("END", Role::PublicityEnd),
        Item {
            free_text: true,
            ..content("FACTS")
        },
        content("REMARK"),
        Item {
            mask: Some(Mask { left: 2, right: 1 }),
            ..content("PLACE")
        },
        item("PERSON", Role::PersonName),
        item("PERSON_ID", Role::PersonIdentifier),
        Item {
            kind: ItemKind::Identifier(Some(System::CitizenId)),
            ..content("ODD_ID")
        },
        Item {
            kind: ItemKind::Identifier(None),
            ..content("ANY_ID")
        },
        Item {
            personal: true,
            ..content("OFFICER")
        },
        Item {
            exposure: Exposure::Government,
            ..content("GOVERNMENT")
        },
        Item {
            exposure: Exposure::Authorised,
            ..content("AUTHORISED")
        },
        Item {
            exposure: Exposure::Own,
            ..content("OWN")
        },
        // The second edition closes it.
        content("CLOSED_LATER"),
    ]
}

/// Items whose value no public dossier may hold, nor any dossier for the last three.
pub(crate) const HIDDEN: [&str; 7] = [
    "OFFICER",
    "PERSON",
    "GOVERNMENT",
    "AUTHORISED",
    "OWN",
    "PERSON_ID",
    "ODD_ID",
];

fn severity_table() -> SeverityTable {
    let row = |severity, published, min, max| Publicity {
        severity,
        published,
        min,
        max,
    };
    SeverityTable {
        basis: basis(),
        cases: Vec::new(),
        publicity: vec![
            row(Severity::Minor, false, None, Span::Months(3)),
            row(
                Severity::Ordinary,
                true,
                Some(Span::Months(3)),
                Span::Years(1),
            ),
            row(
                Severity::Serious,
                true,
                Some(Span::Months(6)),
                Span::Years(3),
            ),
        ],
    }
}

fn theme(code: &str, version: &str) -> Theme {
    Theme {
        code: code.to_owned(),
        version: version.to_owned(),
        valid_from: date(2020, 1, 1),
        valid_to: None,
        jurisdiction: "CN".to_owned(),
        layer: Layer::National,
        class: Class::Permit,
        section: Section::Administrative,
        title: text(code),
        about: text(code),
        suppliers: vec!["s".to_owned()],
        any_authority: false,
        subject_kinds: SubjectKind::ALL.to_vec(),
        names_organisations: false,
        bases: vec![basis()],
        sharing: Sharing {
            class: SharingClass::Unconditional,
            reason: None,
            basis: None,
        },
        public: true,
        public_when: None,
        severity: None,
        clocks: Clocks::default(),
        reporting: Reporting {
            frequency: text("daily"),
            deadline: None,
        },
        repair: Repair::NotApplicable,
        submission: Submission {
            mode: Mode::Delta,
            scope: Vec::new(),
        },
        key: Vec::new(),
        digest_excludes: Vec::new(),
        individual_business: None,
        natural_person: None,
        items: items(),
        rules: Vec::new(),
        unverified: Vec::new(),
        finality_required: false,
        empty: Vec::new(),
        layouts: Vec::new(),
        reference: Vec::new(),
        digest: String::new(),
    }
}

/// The catalogue of the tests.
pub(crate) fn catalog() -> Catalog {
    let penalty = |version: &str| Theme {
        class: Class::Penalty,
        severity: Some(severity_table()),
        ..theme(PENALTY, version)
    };
    let mut first = penalty("1");
    first.valid_to = Some(date(2025, 12, 31));
    let mut second = penalty("2");
    second.valid_from = date(2026, 1, 1);
    for item in &mut second.items {
        if item.code == "CLOSED_LATER" {
            item.exposure = Exposure::Government;
        }
    }
    let inner = Theme {
        public: false,
        ..theme(INNER, "1")
    };
    let mut promise = theme(PROMISE, "1");
    promise.public_when = Rule::compile("P", "REMARK == '公开'", text("P"), &["REMARK"]).ok();
    let themes = [inner, first, second, theme(PERMIT, "1"), promise];
    Catalog {
        themes: themes.into_iter().map(Arc::new).collect(),
        ..Catalog::default()
    }
}

/// Rows: item code and value.
pub(crate) type Row<'a> = &'a [(&'a str, &'a str)];

/// A version stated on its day, known at second `seq`, of an ordinary document of 2026-03-01.
pub(crate) fn version(seq: u32, row: Row<'_>) -> Version {
    let pair = |(code, value): &(&str, &str)| ((*code).to_owned(), (*value).to_owned());
    Version {
        seq,
        known_at: Instant(i64::from(seq)),
        stated_on: date(2026, 3, 1),
        change: Change::Stated,
        values: row.iter().map(pair).collect(),
        document: Some(DocumentClock {
            id: DocumentId([1; 16]),
            started_on: date(2026, 3, 1),
        }),
        severity: Some(Severity::Ordinary),
        theme_version: "2".to_owned(),
        submission: SubmissionId([0; 16]),
        late: false,
        held: None,
    }
}

pub(crate) fn record(n: u8, theme: &str, versions: Vec<Version>) -> Record {
    Record {
        id: RecordId([n; 16]),
        theme: theme.to_owned(),
        supplier: "s".to_owned(),
        versions,
        cases: Vec::new(),
    }
}

pub(crate) fn subject_id() -> SubjectId {
    SubjectId([7; 16])
}

/// Facts about a firm that also has two numbers of a person on file, as it never should.
pub(crate) fn facts(kind: SubjectKind, records: Vec<Record>) -> Facts {
    let id = |system, value: &str| Identifier::from_store(system, value.to_owned());
    Facts {
        subject: Subject {
            id: subject_id(),
            kind,
            name: "甲市乙厂".to_owned(),
            other_names: Vec::new(),
            identifiers: vec![
                id(System::Uscc, "91350100M000100Y43"),
                id(System::CitizenId, "11010519491231002X"),
                id(System::TaxNo, "11010519491231002X00"),
            ],
        },
        records,
    }
}

/// Everything known, on [`TODAY`].
pub(crate) fn now() -> AsOf {
    AsOf {
        known: Instant(i64::MAX),
        on: TODAY,
        today: TODAY,
    }
}

pub(crate) fn open_public(records: Vec<Record>, at: AsOf) -> Result<Dossier, Mismatch> {
    let permit = Permit::public(subject_id());
    let sealed = sealed(&permit, facts(SubjectKind::Enterprise, records));
    permit.open(sealed, &catalog(), at)
}

pub(crate) fn own_permit(id: u8) -> Result<Permit, NotAccepted> {
    let officer = Officer::parse("窗口甲", "信用中心")?;
    Ok(Permit::own(
        [id; 16],
        subject_id(),
        officer,
        CaseNumber::parse("2026-1")?,
    ))
}

pub(crate) fn open_own(records: Vec<Record>, at: AsOf) -> Result<Dossier, Mismatch> {
    let permit = own_permit(1).map_err(|_| Mismatch::Permit)?;
    let sealed = sealed(&permit, facts(SubjectKind::Enterprise, records));
    permit.open(sealed, &catalog(), at)
}

/// The value of an item by its code in the only entry.
pub(crate) fn value(dossier: &Dossier, code: &str) -> Option<Shown> {
    let [entry] = dossier.entries() else {
        return None;
    };
    entry.value(entry.theme.item(code)?).cloned()
}

/// Every text in a dossier, in every place where there is one.
pub(crate) fn all_texts(dossier: &Dossier) -> Vec<String> {
    let lang = credit::lang::Lang::Zh;
    let of = |values: &[(usize, Shown)]| -> Vec<String> {
        values
            .iter()
            .map(|(_, shown)| shown.text(lang).to_owned())
            .collect()
    };
    let subject = dossier.subject();
    let mut all = vec![subject.name.clone()];
    all.extend(subject.other_names.iter().cloned());
    all.extend(
        subject
            .identifiers
            .iter()
            .map(|identifier| identifier.value().to_owned()),
    );
    for entry in dossier.entries() {
        all.push(entry.supplier.clone());
        all.extend(of(&entry.values));
        entry
            .history
            .iter()
            .for_each(|past| all.extend(of(&past.values)));
    }
    all
}

/// Seals as the store does: with a counter.
pub(crate) fn sealed<T>(permit: &Permit, inner: T) -> policy::Sealed<T> {
    policy::Sealed::counted(permit, inner, policy::Tally::default().on(TODAY))
}
