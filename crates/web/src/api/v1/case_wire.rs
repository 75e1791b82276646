//! Cases on legal clocks as machines read and send them: the same for a supplier's system and for one
//! that acts for a subject.

use super::wire::{Code, instant};
use credit::case::{CaseId, Kind, Miss, Move, Party, Step, Told};
use credit::lang::Lang;
use credit::record::Instant;
use exchange::cases::{CaseCard, Shown, Standing};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A case and where it stands today.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseLine {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// Code of the kind: `objection`, `repair`, `appeal`.
    kind: String,
    /// Edition of its table.
    version: String,
    /// Its title.
    title: String,
    /// The fact that it is about, 32 hexadecimal digits.
    record: Option<String>,
    /// Code of the fact's theme.
    theme: String,
    /// Code of the agency that answers.
    supplier: String,
    /// When it was opened, RFC 3339.
    opened_at: Option<String>,
    /// Code of the state.
    state: String,
    /// Its title.
    state_title: String,
    /// Since when.
    #[schema(format = Date)]
    since: String,
    /// Who has the next move: `subject`, `supplier`, `centre`, `authority`; `null` at an end.
    turn: Option<&'static str>,
    /// The last day for it.
    #[schema(format = Date)]
    due: Option<String>,
    /// The last day of the whole case, where a law names one.
    #[schema(format = Date)]
    due_in_all: Option<String>,
    /// The deadline comes soon.
    soon: bool,
    /// It has passed.
    overdue: bool,
    /// The clock stands still.
    paused: bool,
    /// The case is over.
    over: bool,
    /// Number of its last move: what the next one names as `seen`.
    seen: u32,
}

/// Everything on a case.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseWhole {
    /// Where it stands.
    case: CaseLine,
    /// Name of the subject.
    subject: String,
    /// Its codes.
    codes: Vec<Code>,
    /// What happened, oldest first.
    moves: Vec<MoveWire>,
    /// Deadlines that were not kept.
    missed: Vec<MissWire>,
    /// The moves that the reader may make now.
    open: Vec<OpenMove>,
}

/// A move that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct MoveWire {
    /// 1, 2, 3 … within the case.
    number: u32,
    /// Its code.
    #[serde(rename = "move")]
    what: String,
    /// Its title.
    title: String,
    /// For whom it was made.
    by: &'static str,
    /// When, RFC 3339.
    at: Option<String>,
    /// Field and text; empty once they were erased.
    said: BTreeMap<String, String>,
    /// The version of the fact that it names.
    version: Option<u32>,
    /// What was attached.
    files: Vec<FileWire>,
    /// What the subject is told.
    letter: Option<String>,
    /// How the subject may contest it.
    remedy: Option<String>,
    /// Law and article.
    basis: String,
}

/// An attached file.
#[derive(Serialize, ToSchema)]
pub(super) struct FileWire {
    /// 1, 2, 3 … within the move.
    number: u32,
    /// Its name as sent; `null` once it was erased.
    name: Option<String>,
    /// What it was found to be.
    media: String,
    /// Bytes.
    size: u64,
    /// SHA-256, hexadecimal.
    sha256: String,
}

/// A deadline that was not kept.
#[derive(Serialize, ToSchema)]
pub(super) struct MissWire {
    /// Who had to act.
    who: &'static str,
    /// The last day.
    #[schema(format = Date)]
    due: String,
    /// The day on which it was done after all.
    #[schema(format = Date)]
    done: Option<String>,
}

/// A move that may be made now.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenMove {
    /// Its code.
    #[serde(rename = "move")]
    what: String,
    /// Its title.
    title: String,
    /// What it must bring: `reason`, `attachment`, `version`, `removal`, `document`, `commitment`, `head`,
    /// `service` (`service-day`, `service-way`), `contents` (`content-…`), `promise` (`promise-…`); `eligible`,
    /// `fact` and `fact-ended` are looked up and sent by nobody.
    needs: Vec<&'static str>,
    /// Of which one is named as `choice`: code and title.
    choices: BTreeMap<String, String>,
}

/// A case that was filed or moved.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseSeen {
    /// Its id, 32 hexadecimal digits.
    pub(super) id: String,
    /// Number of its last move.
    pub(super) seen: u32,
}

/// What says what of a case, however it was read.
struct Parts<'a> {
    id: CaseId,
    record: Option<String>,
    theme: &'a str,
    supplier: &'a str,
    opened_at: Instant,
    steps: &'a [Step],
}

impl CaseLine {
    /// A case of a list.
    pub(super) fn of(card: &CaseCard, kind: &Kind, standing: &Standing, lang: Lang) -> CaseLine {
        let parts = Parts {
            id: card.id,
            record: card.record.map(|id| id.to_string()),
            theme: &card.theme,
            supplier: &card.supplier,
            opened_at: card.opened_at,
            steps: &card.steps,
        };
        line(&parts, kind, standing, lang)
    }
}

fn line(parts: &Parts<'_>, kind: &Kind, standing: &Standing, lang: Lang) -> CaseLine {
    let state = kind.state(&standing.state);
    CaseLine {
        id: parts.id.to_string(),
        kind: kind.code.clone(),
        version: kind.version.clone(),
        title: kind.title.get(lang).to_owned(),
        record: parts.record.clone(),
        theme: parts.theme.to_owned(),
        supplier: parts.supplier.to_owned(),
        opened_at: instant(parts.opened_at),
        state_title: state.map_or_else(String::new, |one| one.title.get(lang).to_owned()),
        state: standing.state.clone(),
        since: standing.since.to_string(),
        turn: standing.who.map(Party::code),
        due: standing.due.map(|day| day.to_string()),
        due_in_all: standing.due_in_all.map(|day| day.to_string()),
        soon: standing.soon,
        overdue: standing.overdue,
        paused: standing.paused,
        over: standing.over,
        seen: parts.steps.last().map_or(0, |step| step.seq),
    }
}

impl CaseWhole {
    /// A case as its reader sees it.
    pub(super) fn of(catalog: &credit::catalog::Catalog, shown: &Shown, lang: Lang) -> CaseWhole {
        let (file, kind) = (&shown.file, &shown.kind);
        let who = views::duty::duty(catalog, &shown.dossier, lang).who;
        let parts = Parts {
            id: file.history.id,
            record: file.record.map(|id| id.to_string()),
            theme: &file.theme,
            supplier: &file.supplier,
            opened_at: file.opened_at,
            steps: &file.history.steps,
        };
        let moves = file.history.steps.iter().filter_map(|step| {
            let told = file.told.iter().find(|told| told.seq == step.seq)?;
            Some(made(kind.one_move(&step.what)?, step, told, lang))
        });
        CaseWhole {
            case: line(&parts, kind, &shown.standing, lang),
            subject: who.name,
            codes: who.identifiers.iter().map(Code::from).collect(),
            moves: moves.collect(),
            missed: shown.standing.missed.iter().map(MissWire::from).collect(),
            open: shown.open.iter().map(|one| open(one, lang)).collect(),
        }
    }
}

fn made(one: &Move, step: &Step, told: &Told, lang: Lang) -> MoveWire {
    let text = |text: &Option<credit::lang::Text>| {
        let text = text.as_ref().map(|text| text.get(lang));
        text.map(str::to_owned)
    };
    let files = told.files.iter().map(|file| FileWire {
        number: file.number,
        name: file.name.clone(),
        media: file.media.clone(),
        size: file.size,
        sha256: file
            .digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    });
    MoveWire {
        number: step.seq,
        what: step.what.clone(),
        title: one.title.get(lang).to_owned(),
        by: step.by.code(),
        at: instant(told.at),
        said: told.said.iter().cloned().collect(),
        version: told.version,
        files: files.collect(),
        letter: text(&one.letter),
        remedy: text(&one.remedy),
        basis: one.basis.clone(),
    }
}

impl From<&Miss> for MissWire {
    fn from(miss: &Miss) -> MissWire {
        MissWire {
            who: miss.who.code(),
            due: miss.due.to_string(),
            done: miss.done.map(|day| day.to_string()),
        }
    }
}

fn open(one: &Move, lang: Lang) -> OpenMove {
    let choices = one.choices.iter();
    OpenMove {
        what: one.code.clone(),
        title: one.title.get(lang).to_owned(),
        needs: one.needs.iter().map(|need| need.code()).collect(),
        choices: choices
            .map(|one| (one.code.clone(), one.title.get(lang).to_owned()))
            .collect(),
    }
}

/// The fields of a form by which a case is filed or moved: described here, read by the reader of the
/// pages' forms, which looks at every file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a form is described and never made")]
pub(super) struct CaseForm {
    /// To file: code of the kind.
    kind: Option<String>,
    /// To file: the fact that it is about, as `/my/{mandate}/facts` gives it.
    record: Option<String>,
    /// To make a promise: code of the agency that is to accept it; then there is no `record`.
    agency: Option<String>,
    /// To file: a name of the sender's own choice; sent again under it, the same filing is one case.
    #[schema(max_length = 64)]
    key: Option<String>,
    /// To move: code of the move.
    #[schema(rename = "move")]
    what: Option<String>,
    /// To move: number of the last move that was seen. The same move sent again is one move.
    seen: Option<u32>,
    /// A supplier's system: the officer who decides, by the name to sign in with or `account:ID`.
    officer: Option<String>,
    /// Code of the ground or reason.
    choice: Option<String>,
    /// A statement, or reasons; without anybody's identity number.
    #[schema(max_length = 3000)]
    reason: Option<String>,
    /// Of a legal document: its kind. All four parts of one, or none.
    #[schema(rename = "document-kind")]
    document_kind: Option<String>,
    /// Its number.
    #[schema(rename = "document-number")]
    document_number: Option<String>,
    /// Its day.
    #[schema(rename = "document-day", format = Date)]
    document_day: Option<String>,
    /// The organ that issued it.
    #[schema(rename = "document-organ")]
    document_organ: Option<String>,
    /// The head who approved.
    head: Option<String>,
    /// The day on which a paper was served on the subject. Both parts of a service, or none.
    #[schema(rename = "service-day", format = Date)]
    service_day: Option<String>,
    /// How it was served.
    #[schema(rename = "service-way")]
    service_way: Option<String>,
    /// Of a decision to list: its basis. All four parts beside the reasons, or none.
    #[schema(rename = "content-basis", max_length = 3000)]
    content_basis: Option<String>,
    /// The measures warned of.
    #[schema(rename = "content-measures", max_length = 3000)]
    content_measures: Option<String>,
    /// Conditions and procedure of removal.
    #[schema(rename = "content-removal", max_length = 3000)]
    content_removal: Option<String>,
    /// Remedies.
    #[schema(rename = "content-remedies", max_length = 3000)]
    content_remedies: Option<String>,
    /// Of a promise: what is promised.
    #[schema(rename = "promise-content", max_length = 3000)]
    promise_content: Option<String>,
    /// The liability for a breach.
    #[schema(rename = "promise-liability", max_length = 3000)]
    promise_liability: Option<String>,
    /// Who may see it: a value of the code set `promise-open`.
    #[schema(rename = "promise-open")]
    promise_open: Option<String>,
    /// Its last day, where it has one.
    #[schema(rename = "promise-until", format = Date)]
    promise_until: Option<String>,
    /// The version of the fact that corrects it or takes it back.
    version: Option<u32>,
    /// `yes`: the credit commitment is given.
    commitment: Option<String>,
    /// PDF, PNG, JPEG, DOCX or XLSX by content, 10 MiB each, five at most; the part has a file name. What
    /// could act when it is opened is refused.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    file: Option<Vec<String>>,
}
