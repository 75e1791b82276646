//! What somebody says with a move: read from a form or a message, checked, and put into the form in which
//! it is kept and committed to.

use super::attach;
use crate::error::{Error, Result};
use crate::ids;
use crate::office::Office;
use credit::case::Need;
use credit::content::{self, NumberKind};
use credit::record::Document;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use store::NewFile;

/// Characters of a statement or of reasons: three pages.
const REASON_CHARS: usize = 3_000;
/// Characters of a part of a document, or of a name: the longest official name of an organ has about 60.
const PART_CHARS: usize = 120;

/// A legal document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// What kind.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its day, `YYYY-MM-DD`.
    pub day: String,
    /// The organ that issued it.
    pub organ: String,
}

/// How a paper was served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The manner: in person, by post, electronically.
    pub way: String,
}

/// What a decision to list says beside its reasons (国办发〔2020〕49号).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Law and article.
    pub basis: String,
    /// The measures that are warned of.
    pub measures: String,
    /// Conditions and procedure of removal.
    pub removal: String,
    /// How it is contested.
    pub remedies: String,
}

/// What is promised, by the fields of the standard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// 承诺内容.
    pub content: String,
    /// 违诺责任.
    pub liability: String,
    /// 公开类型: a value of the code set `promise-open`.
    pub open: String,
    /// 承诺有效期, `YYYY-MM-DD`; empty: none.
    pub until: String,
}

/// A file as it was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    /// Prints no content.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.content.len())
    }
}

/// What is said with a move, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// The ground or reason that was chosen.
    pub choice: String,
    /// A statement, or reasons.
    pub reason: String,
    /// A legal document.
    pub paper: Paper,
    /// The head who approved.
    pub head: String,
    /// The version of the fact that corrects it or takes it back.
    pub version: Option<u32>,
    /// The credit commitment was given.
    pub commitment: bool,
    /// How a paper was served.
    pub service: Service,
    /// What a decision says.
    pub contents: Contents,
    /// What is promised.
    pub promise: Promise,
    /// What is attached.
    pub files: Vec<Upload>,
}

/// The same, checked.
pub(super) struct Said {
    pub(super) choice: Option<String>,
    pub(super) brings: Vec<Need>,
    pub(super) body: String,
    pub(super) version: Option<u32>,
    pub(super) files: Vec<NewFile>,
    /// The day of service, where one is named.
    pub(super) served: Option<Date>,
}

/// Reads what is said.
///
/// # Errors
/// [`Error::Request`] for a text that is too long, is not printable or holds a citizen's number, for a
/// document that is not whole, and for a file that is refused.
pub(super) fn read(office: &Office, saying: Saying, supplier: &str) -> Result<Said> {
    let mut brings = Vec::new();
    let mut said = Map::new();
    let mut put = |name: &str, text: String| {
        if !text.is_empty() {
            said.insert(name.to_owned(), Value::String(text));
        }
    };
    let reason = text(&saying.reason, REASON_CHARS, true)?;
    if !reason.is_empty() {
        brings.push(Need::Reason);
    }
    put("reason", reason);
    let head = text(&saying.head, PART_CHARS, false)?;
    if !head.is_empty() {
        brings.push(Need::Head);
    }
    put("head", head);
    let choice = text(&saying.choice, PART_CHARS, false)?;
    put("choice", choice.clone());
    for (name, part) in paper(office, &saying.paper, &mut brings)? {
        put(name, part);
    }
    let parts = service(office, &saying.service, &mut brings)?;
    let served = parts.first().and_then(|(_, day)| day.parse().ok());
    for (name, part) in parts
        .into_iter()
        .chain(contents(&saying.contents, &mut brings)?)
        .chain(promise(office, &saying.promise, &mut brings)?)
    {
        put(name, part);
    }
    if saying.version.is_some() {
        // Which of the two it is, the store tells.
        brings.extend([Need::Version, Need::Removal]);
    }
    if saying.commitment {
        brings.push(Need::Commitment);
        put("commitment", "✓".to_owned());
    }
    let files = attach::take(saying.files)?;
    if !files.is_empty() {
        brings.push(Need::Attachment);
    }
    let digests: Vec<Value> = files
        .iter()
        .map(|file| json!(seal::Digest(file.digest).to_string()))
        .collect();
    // Whether the fact that comes of the case is there, the store tells: it rests on these documents.
    brings.extend([Need::Fact, Need::Gone]);
    let documents = documents(office, &said, supplier);
    let body = json!({ "said": said, "files": digests, "documents": documents });
    Ok(Said {
        choice: (!choice.is_empty()).then_some(choice),
        brings,
        body: credit::canon::value(&body),
        version: saying.version,
        files,
        served,
    })
}

/// The keyed digests under which a fact that rests on the document may know it: of its number with the name
/// of the organ, and with the organ's code, which rows may give instead.
fn documents(office: &Office, said: &Map<String, Value>, supplier: &str) -> Vec<String> {
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let named = text("document-number").zip(text("document-organ"));
    let each = named.into_iter().flat_map(|(number, organ)| {
        [organ, supplier].map(|organ| Document {
            organ: organ.to_owned(),
            number: number.to_owned(),
            decided_on: None,
        })
    });
    each.map(|one| ids::document(&office.site_key, &one).to_string())
        .collect()
}

/// The day and manner of service: both, or none.
fn service(
    office: &Office,
    service: &Service,
    brings: &mut Vec<Need>,
) -> Result<Vec<(&'static str, String)>> {
    let day = text(&service.day, PART_CHARS, false)?;
    let way = text(&service.way, PART_CHARS, false)?;
    if day.is_empty() && way.is_empty() {
        return Ok(Vec::new());
    }
    let served = day.parse::<Date>().ok();
    if !way.is_empty() && served.is_some_and(|day| day <= office.today()) {
        brings.push(Need::Service);
        return Ok(vec![("service-day", day), ("service-way", way)]);
    }
    Err(Error::request(
        "送达须写明日期（不晚于今天）和方式。",
        "Name the day of service (not after today) and its manner.",
        "Укажите дату вручения (не позже сегодня) и способ.",
    ))
}

/// What is promised: content, liability and who may see it, or none of them.
fn promise(
    office: &Office,
    promise: &Promise,
    brings: &mut Vec<Need>,
) -> Result<Vec<(&'static str, String)>> {
    let until = text(&promise.until, PART_CHARS, false)?;
    let day = until.parse::<Date>().ok();
    if !until.is_empty() && day.is_none_or(|day| day < office.today()) {
        return Err(Error::request(
            "承诺有效期须为今天以后的日期，没有期限的留空。",
            "A promise is valid to a day that has not passed; leave it empty where there is none.",
            "Срок обязательства — не прошедшая дата; если срока нет, оставьте пустым.",
        ));
    }
    let set = office.catalog.code_set("promise-open");
    let open = promise.open.trim();
    let known = set.is_some_and(|set| set.values.iter().any(|one| one.value == open));
    let mut read = Vec::new();
    for (name, part) in [
        (
            "promise-content",
            text(&promise.content, REASON_CHARS, true)?,
        ),
        (
            "promise-liability",
            text(&promise.liability, REASON_CHARS, true)?,
        ),
        (
            "promise-open",
            if known {
                open.to_owned()
            } else {
                String::new()
            },
        ),
    ] {
        if !part.is_empty() {
            read.push((name, part));
        }
    }
    if read.len() == 3 {
        brings.push(Need::Promise);
    }
    if !until.is_empty() {
        read.push(("promise-until", until));
    }
    Ok(read)
}

/// What a decision says. It counts as brought when none of it is missing.
fn contents(contents: &Contents, brings: &mut Vec<Need>) -> Result<Vec<(&'static str, String)>> {
    let mut read = Vec::new();
    for (name, part) in [
        ("content-basis", &contents.basis),
        ("content-measures", &contents.measures),
        ("content-removal", &contents.removal),
        ("content-remedies", &contents.remedies),
    ] {
        let part = text(part, REASON_CHARS, true)?;
        if !part.is_empty() {
            read.push((name, part));
        }
    }
    if read.len() == 4 {
        brings.push(Need::Contents);
    }
    Ok(read)
}

/// The parts of a document: all of them, or none.
fn paper(
    office: &Office,
    paper: &Paper,
    brings: &mut Vec<Need>,
) -> Result<Vec<(&'static str, String)>> {
    let parts = [
        ("document-kind", &paper.kind),
        ("document-number", &paper.number),
        ("document-day", &paper.day),
        ("document-organ", &paper.organ),
    ];
    let mut read = Vec::new();
    for (name, part) in parts {
        let part = text(part, PART_CHARS, false)?;
        if !part.is_empty() {
            read.push((name, part));
        }
    }
    if read.is_empty() {
        return Ok(read);
    }
    let day = paper.day.trim().parse::<Date>().ok();
    if read.len() == parts.len() && day.is_some_and(|day| day <= office.today()) {
        brings.push(Need::Document);
        return Ok(read);
    }
    Err(Error::request(
        "法律文书须写全：名称、文号、日期（不晚于今天）和出具机关。",
        "Give the whole document: kind, number, day (not after today) and organ.",
        "Укажите документ полностью: вид, номер, дату (не позже сегодня) и орган.",
    ))
}

/// A text without a citizen's number: it would stand unsealed (rights 13).
fn text(given: &str, most: usize, lines: bool) -> Result<String> {
    let given = given.trim().replace("\r\n", "\n");
    let odd = |c: char| c.is_control() && !(lines && (c == '\n' || c == '\t'));
    if given.chars().count() > most || given.chars().any(odd) {
        return Err(Error::request(
            format!("文字不超过 {most} 字，不含控制字符。"),
            format!("Write at most {most} characters without control characters."),
            format!("Не более {most} знаков без управляющих символов."),
        ));
    }
    let numbers = content::personal_numbers(&given);
    if numbers.iter().any(|one| one.kind == NumberKind::Citizen) {
        return Err(Error::request(
            "请不要填写身份证号码；需要证明身份的，到服务窗口办理。",
            "Do not write a citizen's number; who must prove an identity goes to the service window.",
            "Не указывайте номер удостоверения; личность подтверждают в окне обслуживания.",
        ));
    }
    Ok(given)
}
