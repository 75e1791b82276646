//! The table of who may do what, over HTTP: every role at every address of the desk, for its own
//! agency, for a theme outside its appointment, and for another agency. What is measured is compared
//! with the table cell by cell, and kept as one file that is reviewed like code.

mod body;
mod cases;
mod table;

use crate::site::{BY, ORGAN, TestSite, appointment};
use axum::body::Body;
use body::{body, spoilt};
use credit::grant::{GrantId, GrantMove, Items, Party, Terms};
use credit::people::{AccountKind, Action, Role};
use credit::subject::SubjectKind;
use exchange::people::{self, NewAppointment, Person};
use std::collections::BTreeSet;
use std::fmt::Write;
use store::{GrantDeed, NewGrant};

/// The agency and theme that a request is about.
const PROBES: [(&str, &str, &str); 3] = [
    ("own", "samr", "registration"),
    ("other theme", "samr", "abnormal"),
    ("other agency", ORGAN, "penalty"),
];

/// Routes of the desk and of the machines' part of the API: method, route, action. A route that the
/// sources have and neither this list nor [`OPEN`] has fails a test.
const GUARDED: &[(&str, &str, Action)] = &[
    ("GET", "/supply", Action::SubmissionList),
    ("GET", "/supply/submit", Action::SubmissionCreate),
    ("POST", "/supply/submit", Action::SubmissionCreate),
    ("GET", "/supply/fact", Action::SubmissionCreate),
    ("POST", "/supply/fact", Action::SubmissionCreate),
    ("GET", "/supply/submissions/{id}", Action::SubmissionRead),
    (
        "GET",
        "/supply/submissions/{id}/receipt.json",
        Action::SubmissionRead,
    ),
    (
        "GET",
        "/supply/submissions/{id}/rejects",
        Action::RejectRead,
    ),
    (
        "GET",
        "/supply/submissions/{id}/rejects.csv",
        Action::RejectRead,
    ),
    (
        "GET",
        "/supply/submissions/{id}/rejects.xlsx",
        Action::RejectRead,
    ),
    (
        "GET",
        "/supply/submissions/{id}/rejects/{row}",
        Action::RejectMend,
    ),
    (
        "POST",
        "/supply/submissions/{id}/rejects/{row}",
        Action::RejectMend,
    ),
    (
        "GET",
        "/supply/submissions/{id}/recall",
        Action::SubmissionRecall,
    ),
    (
        "POST",
        "/supply/submissions/{id}/recall",
        Action::SubmissionRecall,
    ),
    ("GET", "/supply/correct", Action::FactCorrect),
    ("POST", "/supply/correct", Action::FactCorrect),
    ("GET", "/supply/nil", Action::SubmissionCreate),
    ("POST", "/supply/nil", Action::SubmissionCreate),
    ("GET", "/supply/holds", Action::HoldList),
    ("GET", "/supply/pulls", Action::SubmissionList),
    ("GET", "/supply/snapshots", Action::SnapshotList),
    ("POST", "/supply/snapshots/{id}", Action::SnapshotConfirm),
    ("GET", "/supply/questions", Action::QuestionList),
    (
        "POST",
        "/supply/questions/{mention}",
        Action::QuestionDecide,
    ),
    (
        "POST",
        "/supply/decisions/{id}/undo",
        Action::QuestionDecide,
    ),
    ("GET", "/supply/quality", Action::QualityRead),
    ("GET", "/desk/announcements", Action::AnnouncementList),
    ("POST", "/desk/announcements", Action::AnnouncementPublish),
    (
        "POST",
        "/desk/announcements/{id}/withdraw",
        Action::AnnouncementPublish,
    ),
    ("GET", "/people", Action::PeopleList),
    ("GET", "/people/{id}", Action::PeopleList),
    ("GET", "/people/new", Action::PeopleMove),
    ("POST", "/people/new", Action::PeopleMove),
    ("POST", "/people/{id}/move", Action::PeopleMove),
    ("POST", "/people/{id}/appointments", Action::PeopleMove),
    (
        "POST",
        "/people/{id}/appointments/{one}/end",
        Action::PeopleMove,
    ),
    ("POST", "/people/{id}/keys", Action::PeopleMove),
    ("POST", "/people/{id}/keys/{key}/end", Action::PeopleMove),
    ("GET", "/window", Action::MandateList),
    ("POST", "/window", Action::MandateRecord),
    (
        "POST",
        "/window/{subject}/{mandate}/end",
        Action::MandateRecord,
    ),
    ("GET", "/sharing", Action::GrantList),
    ("GET", "/sharing/ask", Action::GrantAsk),
    ("POST", "/sharing/ask", Action::GrantAsk),
    ("GET", "/sharing/grants/{id}", Action::GrantList),
    ("POST", "/sharing/grants/{id}", Action::GrantAsk),
    ("POST", "/sharing/grants/{id}", Action::GrantDecide),
    ("POST", "/sharing/grants/{id}", Action::GrantSettle),
    ("GET", "/sharing/lookup", Action::LookupMake),
    ("POST", "/sharing/lookup", Action::LookupMake),
    ("GET", "/sharing/deferrals", Action::DeferralList),
    ("POST", "/sharing/deferrals", Action::DeferralDecide),
    ("GET", "/sharing/officers", Action::LookAudit),
    ("GET", "/sharing/receipts", Action::ReceiptList),
    ("POST", "/sharing/receipts", Action::ReceiptGive),
    ("GET", "/api/v1/receipts", Action::ReceiptList),
    ("POST", "/api/v1/receipts", Action::ReceiptGive),
    ("GET", "/cases", Action::LegalList),
    ("GET", "/cases/new", Action::LegalHandle),
    ("POST", "/cases/new", Action::LegalHandle),
    ("GET", "/cases/open", Action::LegalAnswer),
    ("POST", "/cases/open", Action::LegalAnswer),
    ("GET", "/cases/search", Action::LegalList),
    ("POST", "/cases/search", Action::LegalFind),
    ("GET", "/cases/search.csv", Action::LegalExport),
    ("GET", "/cases/search.xlsx", Action::LegalExport),
    ("GET", "/cases/statistics", Action::LegalList),
    ("GET", "/cases/{id}", Action::LegalList),
    ("POST", "/cases/{id}/moves", Action::LegalAnswer),
    ("POST", "/cases/{id}/moves", Action::LegalHandle),
    ("POST", "/cases/{id}/moves", Action::LegalReview),
    ("GET", "/cases/{id}/files/{seq}/{number}", Action::LegalList),
    ("GET", "/cases/{id}/letters/{seq}", Action::LegalList),
    ("GET", "/api/v1/grants", Action::GrantList),
    ("GET", "/api/v1/grants/{id}", Action::GrantList),
    ("POST", "/api/v1/grants", Action::GrantAsk),
    ("POST", "/api/v1/grants/{id}/moves", Action::GrantAsk),
    ("POST", "/api/v1/grants/{id}/moves", Action::GrantDecide),
    ("GET", "/api/v1/look-audit", Action::LookAudit),
    ("POST", "/api/v1/lookups", Action::LookupMake),
    ("POST", "/api/v1/consents", Action::LookupMake),
    ("POST", "/api/v1/cases", Action::CaseLoad),
    ("GET", "/api/v1/legal-cases", Action::LegalList),
    ("GET", "/api/v1/legal-cases/{id}", Action::LegalList),
    (
        "POST",
        "/api/v1/legal-cases/{id}/moves",
        Action::LegalAnswer,
    ),
    (
        "GET",
        "/api/v1/legal-cases/{id}/files/{seq}/{number}",
        Action::LegalList,
    ),
    ("GET", "/window/person", Action::PersonReport),
    ("POST", "/window/person", Action::PersonReport),
    ("POST", "/window/person/contact", Action::PersonReport),
    ("GET", "/window/consent", Action::PersonConsent),
    ("POST", "/window/consent", Action::PersonConsent),
    ("POST", "/window/consent/withdraw", Action::PersonConsent),
    ("GET", "/api/v1/submissions", Action::SubmissionList),
    ("POST", "/api/v1/submissions", Action::SubmissionCreate),
    ("GET", "/api/v1/submissions/{id}", Action::SubmissionRead),
    (
        "POST",
        "/api/v1/submissions/{id}/recall",
        Action::SubmissionRecall,
    ),
    (
        "POST",
        "/api/v1/submissions/{id}/undo",
        Action::SubmissionRecall,
    ),
    ("GET", "/api/v1/due", Action::SubmissionList),
    ("POST", "/api/v1/nil-reports", Action::SubmissionCreate),
    ("POST", "/api/v1/own-facts", Action::FactCorrect),
    ("POST", "/api/v1/corrections", Action::FactCorrect),
    (
        "GET",
        "/api/v1/submissions/{id}/rejects",
        Action::RejectRead,
    ),
];

/// Routes below the same paths that ask for a session only, or for less.
const OPEN: &[&str] = &[
    // Its sender alone, told by the session (see `desk.rs`).
    "/supply/running/{job}",
];

/// Whom an account is, in a row of the file.
struct Actor {
    role: Role,
    limited: bool,
    headers: (&'static str, String),
}

async fn actor(site: &TestSite, role: Role, limited: bool) -> Actor {
    let to = NewAppointment {
        themes: if limited {
            vec!["registration".to_owned()]
        } else {
            Vec::new()
        },
        ..appointment(role, "samr")
    };
    let login = format!("{}.{limited}", role.code());
    if role != Role::MachineClient {
        let link = site.link_of(&login, &[to]).await;
        let headers = ("cookie", site.enter_by(&link).await);
        return Actor {
            role,
            limited,
            headers,
        };
    }
    let (office, person) = (
        &site.site.office,
        Person {
            login,
            name: "m".to_owned(),
        },
    );
    let made = people::add(office, AccountKind::Machine, &person, &[to], BY).await;
    let key = people::machine::key(office, made.expect("an account").0, 9, BY).await;
    let headers = (
        "authorization",
        format!("Bearer {}", key.expect("a key").shown()),
    );
    Actor {
        role,
        limited,
        headers,
    }
}

/// Files with one bad row, one for each probe: their submissions.
async fn files(site: &TestSite) -> Vec<String> {
    let mut ids = Vec::new();
    for (_, agency, theme) in PROBES {
        let text = match theme {
            "registration" => {
                "企业名称,统一社会信用代码\n云汀错码有限公司,91110000MA00000153\n".to_owned()
            }
            name => {
                let file = if name == "penalty" {
                    "04-penalty.csv"
                } else {
                    "09-abnormal-august.csv"
                };
                let sample = crate::site::sample(file);
                let mut rows = sample.lines();
                let head = rows.next().unwrap_or_default().to_owned();
                let row = spoilt(rows.next().unwrap_or_default());
                format!("{head}\n{row}\n")
            }
        };
        let mode = Some(credit::catalog::Mode::Delta);
        let receipt = site.take(theme, Some(agency), "bad.csv", text, mode).await;
        assert_eq!(receipt.counts.rejected, 1, "{theme}: {:?}", receipt.counts);
        ids.push(receipt.id.to_string());
    }
    ids
}

/// What the grants of a probe are asked by: its agency asks, is asked, and waits for a decision.
pub(super) struct Grants {
    asks: String,
    asked: String,
    waits: String,
    /// A case that its agency answers.
    case: String,
}

async fn grants(site: &TestSite, (_, agency, theme): (&str, &str, &str)) -> Grants {
    let one = async |asker: &str, supplier: &str, moves: &[(GrantMove, Party)]| {
        grant(site, (asker, supplier), theme, moves).await
    };
    let disputed = [
        (GrantMove::Refuse, Party::Supplier),
        (GrantMove::Dispute, Party::Asker),
        (GrantMove::Escalate, Party::Asker),
    ];
    Grants {
        asks: one(agency, "hrss", &[]).await,
        asked: one("finance", agency, &[]).await,
        waits: one("finance", agency, &disputed).await,
        case: cases::open(site, agency, theme).await,
    }
}

async fn grant(
    site: &TestSite,
    (asker, supplier): (&str, &str),
    theme: &str,
    moves: &[(GrantMove, Party)],
) -> String {
    let (office, today) = (&site.site.office, site.site.office.today());
    let id = GrantId(office.nonce());
    let words = |text: &str| BTreeSet::from([text.to_owned()]);
    let terms = Terms {
        items: Items::parse(&format!("{theme}/X")).expect("items"),
        purposes: words("subsidy"),
        kinds: BTreeSet::from([SubjectKind::Enterprise]),
        basis: "a test".to_owned(),
        power: None,
        impact: None,
        units: BTreeSet::new(),
        areas: BTreeSet::new(),
        from: today,
        until: today,
        per_day: 1,
        in_all: 1,
    };
    let new = NewGrant {
        id,
        asker,
        supplier,
        terms: &terms,
    };
    let deed = |party| GrantDeed {
        by: credit::people::AccountId([1; 16]),
        party,
        at: office.now(),
        today,
        reason: "a test",
        due: None,
    };
    let store = &office.store;
    let asked = store.grant_ask(&new, &deed(Party::Asker), false).await;
    asked.expect("asked");
    for (what, party) in moves {
        let moved = store.grant_move(id, *what, None, &deed(*party)).await;
        moved.expect("moved");
    }
    id.to_string()
}

/// The id in the address, and in the form, of a route for a probe.
fn id_of<'i>(route: &str, action: Action, id: &'i str, grants: &'i Grants) -> &'i str {
    match action {
        _ if route.contains("cases/{id}") => &grants.case,
        _ if !route.contains("/grants/") => id,
        Action::GrantDecide => &grants.asked,
        Action::GrantSettle => &grants.waits,
        _ => &grants.asks,
    }
}

/// The address of a route for a probe.
fn path(route: &str, id: &str, (_, agency, theme): (&str, &str, &str)) -> String {
    let path = route
        .replace("{row}", "2")
        .replace("{seq}/{number}", "1/1")
        .replace("letters/{seq}", "letters/1")
        .replace("{one}", &"0".repeat(32))
        .replace("{key}", &"0".repeat(32))
        .replace("{subject}", &"0".repeat(32))
        .replace("{mandate}", &"0".repeat(32))
        .replace("{mention}", &"0".repeat(32))
        .replace("decisions/{id}", &format!("decisions/{}", "0".repeat(32)))
        .replace("{id}", id);
    match route {
        "/supply/nil" => {
            format!("{path}?supplier={agency}&theme={theme}&from=2026-10-01&to=2026-10-31")
        }
        "/api/v1/submissions" | "/supply/fact" | "/supply/correct" => {
            format!("{path}?supplier={agency}&theme={theme}")
        }
        "/sharing"
        | "/cases"
        | "/cases/open"
        | "/cases/search"
        | "/cases/search.csv"
        | "/cases/search.xlsx"
        | "/cases/statistics"
        | "/sharing/deferrals"
        | "/api/v1/grants"
        | "/api/v1/cases"
        | "/sharing/receipts"
        | "/api/v1/receipts"
        | "/api/v1/legal-cases" => {
            format!("{path}?agency={agency}")
        }
        "/supply" | "/supply/pulls" | "/supply/holds" | "/supply/questions" | "/supply/quality"
        | "/api/v1/due" => {
            format!("{path}?supplier={agency}")
        }
        _ => path,
    }
}

/// Whether an answer lets the account through. A page that is not there, a refusal and the way to the
/// entrance do not; a fault in what was sent does.
fn is_let_in(answer: &crate::site::Answer) -> bool {
    let away = answer.header("location").starts_with("/account/");
    !matches!(answer.status.as_u16(), 401 | 403 | 404) && !away
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_cell_of_the_table_holds_over_http() {
    let site = TestSite::new().await;
    let ids = files(&site).await;
    let mut asked = Vec::new();
    for probe in PROBES {
        asked.push(grants(&site, probe).await);
    }
    let named = [
        Role::LookupOfficer,
        Role::SupplierOfficer,
        Role::SharingOfficer,
    ];
    let named = named.map(|role| appointment(role, "samr"));
    let link = site.link_of("looks.named", &named).await;
    site.enter_by(&link).await;
    let (mut wrong, mut file) = (
        Vec::new(),
        String::from("role\tappointed for\tmethod\troute\taction"),
    );
    for (name, _, _) in PROBES {
        write!(file, "\t{name}").expect("a string");
    }
    for role in Role::ALL {
        for limited in [false, true] {
            let actor = actor(&site, role, limited).await;
            for (method, route, action) in GUARDED {
                let api = route.starts_with("/api/");
                // Machines have no session, and people no key: each is refused at the other's door.
                let right_door = api == (actor.role == Role::MachineClient);
                let themes = if actor.limited {
                    "one theme"
                } else {
                    "all themes"
                };
                write!(
                    file,
                    "\n{}\t{themes}\t{method}\t{route}\t{}",
                    role.code(),
                    action.code()
                )
                .expect("a string");
                for ((probe, id), grants) in PROBES.iter().zip(&ids).zip(&asked) {
                    let (kind, body) = body((*method, *route, *action), *probe, grants);
                    let id = id_of(route, *action, id, grants);
                    let headers = [
                        ("content-type", kind.as_str()),
                        ("sec-fetch-site", "same-origin"),
                        (actor.headers.0, actor.headers.1.as_str()),
                    ];
                    let at = path(route, id, *probe);
                    let answer = site.send(method, &at, &headers, Body::from(body)).await;
                    let to = appointed(&actor);
                    let reach =
                        site.site
                            .office
                            .access
                            .reach(&to, *action, site.site.office.today());
                    let may = right_door
                        && match (*method, *route, *action) {
                            (
                                "POST",
                                "/sharing/grants/{id}" | "/api/v1/grants/{id}/moves",
                                Action::GrantAsk,
                            ) => reach.touches(probe.1),
                            _ => table::expected(&reach, method, route, *probe),
                        };
                    let nothing_there = route.contains("snapshots/")
                        || route.contains("decisions/")
                        || route.contains("{mention}")
                        || route.contains("/files/")
                        || route.contains("/letters/")
                        || route.starts_with("/people/{id}")
                        || route.starts_with("/desk/announcements/{id}")
                        || (*method == "POST" && route.ends_with("/receipts"))
                        || route.starts_with("/window");
                    let passed =
                        is_let_in(&answer) || (nothing_there && may && answer.status == 404);
                    if passed != may {
                        wrong.push(format!(
                            "{} {themes} {method} {at}: {} and the table says {may}",
                            role.code(),
                            answer.status
                        ));
                    }
                    write!(file, "\t{}", if may { "yes" } else { "no" }).expect("a string");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    kept(&(file + "\n"));
}

fn appointed(actor: &Actor) -> Vec<credit::people::Appointment> {
    vec![credit::people::Appointment {
        id: credit::people::AppointmentId([0; 16]),
        role: actor.role,
        agency: "samr".to_owned(),
        unit: None,
        themes: if actor.limited {
            vec!["registration".to_owned()]
        } else {
            Vec::new()
        },
        from: jiff::civil::date(2026, 1, 1),
        until: jiff::civil::date(2027, 12, 31),
    }]
}

fn kept(measured: &str) {
    testkit::data::kept("docs/access-matrix.tsv", measured);
}

#[test]
fn every_route_of_the_desk_is_guarded() {
    let listed: Vec<&str> = GUARDED
        .iter()
        .map(|(_, route, _)| *route)
        .chain(OPEN.iter().copied())
        .collect();
    for route in crate::routes::routes_of_the_sources() {
        // A subject's own portal is measured in `my.rs`: no role of the desk opens it.
        let guarded = [
            "/supply", "/people", "/window", "/sharing", "/cases", "/desk",
        ];
        let machines = [
            "submissions",
            "due",
            "nil-reports",
            "own-facts",
            "corrections",
            "grants",
            "lookups",
            "consents",
            "look-audit",
            "cases",
            "legal-cases",
            "receipts",
        ];
        let machine = |name: &&str| route.starts_with(&format!("/api/v1/{name}"));
        let desk =
            guarded.iter().any(|path| route.starts_with(path)) || machines.iter().any(machine);
        assert!(
            !desk || listed.contains(&route.as_str()),
            "{route} is on no list of this file"
        );
    }
    for action in Action::ALL {
        let used = GUARDED.iter().any(|(_, _, one)| one == action);
        // A subject's own file is handed out by the command line, and in the portal by itself; what
        // goes to the platform above is written by the command line; a person is erased by it, since
        // the list of erasures stands beside it.
        let by_command = [
            Action::OwnFile,
            Action::Forward,
            Action::Grade,
            Action::PersonErase,
        ];
        assert!(
            used != by_command.contains(action),
            "{action:?}: an action without an address"
        );
    }
}
