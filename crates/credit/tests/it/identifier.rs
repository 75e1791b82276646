//! Identifiers: known vectors, damage that check digits must find, and what may not be guessed.

use credit::identifier::{Identifier, IdentifierError, Parsed, System, Warning};
use credit::lang::Lang;
use credit::subject::SubjectKind;
use proptest::prelude::*;

fn parse(system: System, text: &str) -> Result<Parsed, IdentifierError> {
    Identifier::parse(system, text)
}

fn require(system: System, text: &str) -> Parsed {
    parse(system, text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Synthetic codes, one for each way a kind of body is found.
const USCC: [(&str, SubjectKind); 8] = [
    ("91110000MA00000152", SubjectKind::Enterprise),
    ("11330000001234562L", SubjectKind::GovernmentAgency),
    ("12310000425000014Y", SubjectKind::PublicInstitution),
    ("51440000500000015C", SubjectKind::SocialOrganisation),
    ("93410000MA9K0001X3", SubjectKind::Enterprise),
    ("135000005040000120", SubjectKind::GovernmentAgency),
    ("34120000400000018N", SubjectKind::OtherOrganisation),
    ("N1420000MF00000131", SubjectKind::OtherOrganisation),
];

#[test]
fn unified_codes_tell_their_kind_of_body() {
    for (code, kind) in USCC {
        let parsed = require(System::Uscc, code);
        assert_eq!(parsed.identifier.subject_kind(), Some(kind), "{code}");
        assert_eq!(parsed.identifier.value(), code);
        let inner = parsed.identifier.org_code().unwrap();
        assert_eq!(inner.value(), &code[8..17]);
        assert_eq!(inner.system(), System::OrgCode);
        assert_eq!(parsed.warnings, [], "{code}");
    }
    // Not the wrong table in which 3 is education and 4 public security: 31 is a law firm.
    assert_ne!(
        require(System::Uscc, USCC[6].0).identifier.subject_kind(),
        Some(SubjectKind::PublicInstitution)
    );
}

#[test]
fn individual_businesses_are_persons() {
    // The public test vectors hold many; one of them here.
    let parsed = require(System::Uscc, "92340602MA2PBQAH7E");
    let kind = parsed.identifier.subject_kind().unwrap();
    assert_eq!(kind, SubjectKind::IndividualBusiness);
    assert!(!kind.is_organisation());
}

#[test]
fn every_way_of_writing_gives_one_value() {
    let written = [
        "91110000ma00000152",
        " 91 110000 MA0000015 2 ",
        "91-110000-MA000001-5-2",
        "９１１１００００ＭＡ０００００１５２",
        "\u{feff}91110000MA00000152\u{3000}",
        "\t91110000MA00000152\t",
        "91110000MA00000152\u{a0}",
        "9111\u{200b}0000MA00000152",
    ];
    for text in written {
        assert_eq!(
            require(System::Uscc, text).identifier.value(),
            "91110000MA00000152",
            "{text:?}"
        );
    }
}

#[test]
fn refusals_say_what_is_wrong_and_never_the_value() {
    let wrong = [
        ("", IdentifierError::Empty),
        (" \u{3000}\t-", IdentifierError::Empty),
        ("12345", IdentifierError::Length { found: 5 }),
        ("A1110000600037341L", IdentifierError::CheckDigit),
        ("91110000600037341N", IdentifierError::CheckDigit),
        (
            "9111000060003IOZSV",
            IdentifierError::Character { position: 14 },
        ),
        (
            "911100006000373汉L",
            IdentifierError::Character { position: 16 },
        ),
        (
            "9Z110000600037341L",
            IdentifierError::Character { position: 2 },
        ),
    ];
    for (text, error) in wrong {
        assert_eq!(parse(System::Uscc, text).unwrap_err(), error, "{text:?}");
        for lang in Lang::ALL {
            let message = error.message(lang);
            assert!(!message.is_empty() && (text.is_empty() || !message.contains(text)));
        }
    }
}

#[test]
fn doubts_warn_and_do_not_refuse() {
    // 崇文区 (110103) was merged away in 2010; 999999 never was; 99 is in no table of bodies.
    let cases = [
        (made("91110103MA0000015"), Warning::AbolishedArea),
        (made("91999999MA0000015"), Warning::UnknownArea),
        (made("99110000MA0000015"), Warning::UnknownBody),
        (made("91110000MA0000016"), Warning::InnerOrgCode),
    ];
    for (code, warning) in cases {
        assert_eq!(require(System::Uscc, &code).warnings, [warning], "{code}");
    }
    assert_eq!(
        require(System::Uscc, &made("99110000MA0000015"))
            .identifier
            .subject_kind(),
        None
    );
    assert_eq!(
        require(System::Uscc, &made("91110000MA0000016"))
            .identifier
            .org_code(),
        None
    );
}

/// Completes a unified code by trying all check characters; exactly one must fit.
fn made(stem: &str) -> String {
    let mut fitting = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .map(|check| format!("{stem}{check}"))
        .filter(|code| Identifier::parse(System::Uscc, code).is_ok());
    let code = fitting.next().unwrap();
    assert_eq!(fitting.next(), None);
    code
}

#[test]
fn organisation_codes_with_and_without_hyphen() {
    for (text, value) in [
        ("13830295-X", "13830295X"),
        ("60003734-1", "600037341"),
        ("MA000001-5", "MA0000015"),
    ] {
        let parsed = require(System::OrgCode, text).identifier;
        assert_eq!(parsed.value(), value);
        assert_eq!(parsed.org_code(), Some(parsed.clone()));
        assert_eq!(parsed.subject_kind(), None);
        assert_eq!(Identifier::detect(text).unwrap().identifier, parsed);
    }
    assert_eq!(
        parse(System::OrgCode, "13830295-1").unwrap_err(),
        IdentifierError::CheckDigit
    );
}

/// Registration numbers made by the rule of GS15-2006 in its long-hand form.
fn reg_no(stem: &str) -> String {
    let mut rem = 0;
    for digit in stem.bytes().map(|byte| u32::from(byte - b'0')) {
        rem = (rem + digit) % 10;
        rem = if rem == 0 { 10 } else { rem };
        rem = (rem * 2) % 11;
    }
    format!("{stem}{}", (11 - rem) % 10)
}

#[test]
fn registration_numbers_tell_individual_businesses() {
    for (sequence, kind) in [
        ("00123456", SubjectKind::Enterprise),
        ("40000012", SubjectKind::Enterprise),
        ("60000012", SubjectKind::IndividualBusiness),
        ("90000012", SubjectKind::IndividualBusiness),
    ] {
        let number = reg_no(&format!("320102{sequence}"));
        let parsed = require(System::RegNo, &number);
        assert_eq!(parsed.identifier.subject_kind(), Some(kind));
    }
    assert!(
        require(System::RegNo, &reg_no("10000000123456"))
            .warnings
            .is_empty()
    );
}

#[test]
fn citizens_numbers() {
    for number in [
        "11010519491231002X",
        "440524188001010014",
        "11010519491231002x",
    ] {
        let parsed = require(System::CitizenId, number);
        assert!(parsed.identifier.is_personal());
        assert_eq!(
            parsed.identifier.subject_kind(),
            Some(SubjectKind::NaturalPerson)
        );
        assert_eq!(parsed.identifier.org_code(), None);
    }
    assert_eq!(
        parse(System::CitizenId, "110105194912310021").unwrap_err(),
        IdentifierError::CheckDigit
    );
    // 30 February with a fitting check character.
    let wrong_day: Vec<_> = ('0'..='9')
        .chain(['X'])
        .map(|check| parse(System::CitizenId, &format!("11010519490230002{check}")))
        .filter(|parsed| !matches!(parsed, Err(IdentifierError::CheckDigit)))
        .collect();
    assert_eq!(wrong_day, [Err(IdentifierError::Date)]);
}

#[test]
fn old_tax_numbers() {
    // Area and organisation code, also with suffixes of branches.
    for number in ["110000600037341", "11000060003734101", "110000600037341001"] {
        let parsed = require(System::TaxNo, number).identifier;
        assert_eq!(parsed.system(), System::TaxNo);
        assert!(!parsed.is_personal());
        assert_eq!(parsed.org_code().unwrap().value(), "600037341");
    }
    // Built on a citizen's number: it names a person, whoever asks.
    for number in [
        "11010519491231002X",
        "11010519491231002X01",
        "110105491231002",
    ] {
        let parsed = require(System::TaxNo, number).identifier;
        assert!(parsed.is_personal(), "{number}");
        assert_eq!(parsed.subject_kind(), Some(SubjectKind::IndividualBusiness));
        assert_eq!(parsed.org_code(), None);
    }
    // Since 2015 the tax number is the unified code.
    assert_eq!(
        require(System::TaxNo, USCC[0].0).identifier.system(),
        System::Uscc
    );
    assert!(parse(System::TaxNo, "1234567890").is_err());
}

#[test]
fn an_old_number_links_to_the_unified_code() {
    let old = require(System::TaxNo, "110000600037341").identifier;
    let unified = require(System::Uscc, "91110000600037341L").identifier;
    assert_eq!(old.org_code(), unified.org_code());
}

#[test]
fn people_are_not_detected_as_organisations() {
    assert_eq!(
        Identifier::detect("110105194912310021").unwrap_err(),
        IdentifierError::CheckDigit
    );
    for number in ["11010519491231002X", "440524188001010014"] {
        let parsed = Identifier::detect(number).unwrap();
        assert!(parsed.identifier.is_personal());
    }
    // Fifteen digits of a birthday and no check: never an organisation.
    let old = Identifier::detect("110105491231002");
    assert!(old.map_or_else(
        |error| error == IdentifierError::Personal,
        |parsed| parsed.identifier.is_personal() || parsed.warnings.contains(&Warning::Ambiguous)
    ));
    assert!(Identifier::detect("无").is_err());
    assert!(Identifier::detect("企合苏锡总字第0001").is_err());
}

#[test]
fn papers_of_travellers_are_checked_by_form_only() {
    let right = [
        (System::Passport, "E12345678"),
        (System::Passport, "K0123456P"),
        (System::HkMacaoPermit, "H1234567890"),
        (System::HkMacaoPermit, "M12345678"),
        (System::TaiwanPermit, "12345678"),
        (System::ForeignerId, "USA110001010101"),
    ];
    for (system, text) in right {
        let parsed = require(system, text);
        assert_eq!(parsed.warnings, [Warning::FormOnly], "{text}");
        assert!(parsed.identifier.is_personal());
    }
    for (system, text) in [
        (System::Passport, "护照"),
        (System::Passport, "ABCDEFGH"),
        (System::HkMacaoPermit, "X12345678"),
        (System::TaiwanPermit, "1234567"),
        (System::ForeignerId, "US1110001010101"),
    ] {
        assert!(parse(system, text).is_err(), "{text}");
    }
}

#[test]
fn public_vectors_of_other_libraries() {
    for (file, system, least) in [
        ("cn_codes/stdnum_test_cn_uscc.doctest", System::Uscc, 90),
        ("cn_codes/stdnum_test_lei.doctest", System::Lei, 100),
    ] {
        let Some(path) = testkit::data::shared(file) else {
            continue;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let block = text.split("numbers = '''").nth(1).unwrap();
        let block = block.split("'''").next().unwrap();
        let numbers: Vec<&str> = block
            .lines()
            .map(|line| line.trim_start_matches("...").trim())
            .filter(|line| !line.is_empty())
            .collect();
        assert!(numbers.len() >= least, "{file}: {}", numbers.len());
        for number in numbers {
            require(system, number);
        }
    }
}

#[test]
fn real_codes_are_seldom_in_doubt() {
    let (mut parsed, mut doubts) = (0_usize, std::collections::BTreeMap::new());
    let rows = crate::registry::for_each(|row| {
        if let Ok(code) = Identifier::detect(&row.code) {
            parsed += 1;
            assert!(!code.identifier.is_personal());
            for warning in code.warnings {
                *doubts.entry(warning.message(Lang::En)).or_insert(0_usize) += 1;
            }
        }
    });
    eprintln!("{rows} rows, {parsed} identifiers, in doubt: {doubts:?}");
    assert!(parsed * 1_000 >= rows * 995, "{parsed} of {rows}");
    assert!(doubts.values().sum::<usize>() * 10 <= rows, "{doubts:?}");
}

#[test]
fn codes_of_systems_round_trip() {
    for system in System::ALL {
        assert_eq!(System::parse(system.code()), Some(system));
        assert!(!system.lengths().is_empty());
        for lang in Lang::ALL {
            assert!(!system.title(lang).is_empty());
        }
    }
    assert_eq!(System::parse("USCC"), None);
}

#[test]
fn a_code_is_parsed_within_a_microsecond() {
    // The quickest of many short rounds: a machine that is busy with other tests slows some, not all.
    let rounds = 5_000_u32;
    let round_took = || {
        let started = std::time::Instant::now();
        for round in 0..rounds {
            let (code, _) = USCC[round as usize % USCC.len()];
            std::hint::black_box(parse(System::Uscc, std::hint::black_box(code)).unwrap());
        }
        started.elapsed() / rounds
    };
    let each = (0..40).map(|_| round_took()).min().unwrap();
    eprintln!("one unified code: {each:?} in this profile");
    assert!(each.as_nanos() < 2_000, "{each:?}");
}

fn uscc_char() -> impl Strategy<Value = char> {
    prop::sample::select(
        "0123456789ABCDEFGHJKLMNPQRTUWXY"
            .chars()
            .collect::<Vec<_>>(),
    )
}

proptest! {
    #[test]
    fn one_wrong_character_is_always_found(which in 0..USCC.len(), at in 0_usize..18, wrong in uscc_char()) {
        let code = USCC[which].0;
        let mut letters: Vec<char> = code.chars().collect();
        prop_assume!(letters[at] != wrong);
        letters[at] = wrong;
        let text: String = letters.into_iter().collect();
        prop_assert!(parse(System::Uscc, &text).is_err());
    }

    #[test]
    fn two_swapped_neighbours_are_always_found(which in 0..USCC.len(), at in 0_usize..17) {
        let mut letters: Vec<char> = USCC[which].0.chars().collect();
        prop_assume!(letters[at] != letters[at + 1]);
        letters.swap(at, at + 1);
        let text: String = letters.into_iter().collect();
        prop_assert!(parse(System::Uscc, &text).is_err());
    }

    #[test]
    fn no_text_breaks_a_parser(text in "\\PC{0,40}", which in 0..System::ALL.len()) {
        let _ = Identifier::detect(&text);
        if let Ok(parsed) = parse(System::ALL[which], &text) {
            // What was parsed parses again, to itself and without further change.
            let again = parse(parsed.identifier.system(), parsed.identifier.value());
            prop_assert_eq!(again, Ok(parsed));
        }
    }

    #[test]
    fn parsers_take_every_form_of_digits(digits in "[0-9A-Z -]{1,24}") {
        for system in System::ALL {
            if let Ok(parsed) = parse(system, &digits) {
                prop_assert!(parsed.identifier.value().bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()));
                let kind = parsed.identifier.subject_kind();
                let person = kind.is_some_and(|kind| !kind.is_organisation());
                prop_assert!(!parsed.identifier.is_personal() || person);
            }
        }
    }

    #[test]
    fn registration_numbers_follow_the_long_hand_rule(stem in "[0-9]{14}", check in 0_u32..10) {
        let right = reg_no(&stem);
        let number = format!("{stem}{check}");
        prop_assert_eq!(parse(System::RegNo, &number).is_ok(), number == right);
    }
}
