//! Stored grades. The facts of a page of organisations are read, graded behind the lock and compared with what was
//! reckoned before, in one transaction; only what differs is written, under one event of the page. Whatever happens
//! to a fact makes its subject's grades stale in the transaction in which it happens ([`stale`]), so that no stored
//! grade outlives its reasons.

use crate::error::{Error, Result};
use crate::facts;
use crate::slice::{place, roots};
use crate::sql::grade as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::catalog::Catalog;
use credit::grade::{Adopted, Grade, Model, NotGraded, Outcome, Worth};
use credit::record::{AsOf, Facts, Instant};
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::{JobPermit, OrganisationFacts};
use std::collections::BTreeMap;

/// Subjects of a page: with some ten records of about 2 kB each, 250 × 20 kB = 5 MB.
const PAGE: usize = 250;

/// Which subjects a page takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeWhom {
    /// Every organisation.
    All,
    /// Those whose grade is stale or has ended.
    Due,
    /// One subject.
    One(SubjectId),
}

/// A page of grading.
#[derive(Clone, Copy)]
pub struct GradeAsk<'a> {
    /// The catalogue in force.
    pub catalog: &'a Catalog,
    /// The time at which facts are read, and the day of the grade.
    pub at: AsOf,
    /// The instant.
    pub now: Instant,
    /// Whom.
    pub whom: GradeWhom,
    /// Number of the page within its run.
    pub page: u32,
}

/// What became of a page.
#[derive(Clone, Debug, Default)]
pub struct GradePage {
    /// Subjects that were looked at.
    pub subjects: u64,
    /// Grades that were written, since they differ from those before.
    pub written: u64,
    /// How many subjects came out how: by band, `no-record` or the reason for which they are not graded.
    pub outcomes: BTreeMap<String, u64>,
    /// Where to go on; nowhere at the end.
    pub next: Option<SubjectId>,
}

/// The newest grade of a subject by a model, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGrade {
    /// Its number.
    pub seq: u32,
    /// The model's version.
    pub version: String,
    /// The day on which it was reckoned.
    pub day: Date,
    /// The last day on which it holds.
    pub until: Date,
    /// `band`, `no-record` or the reason for which the subject is not graded.
    pub outcome: String,
    /// The band.
    pub band: Option<String>,
    /// The points.
    pub points: Option<i64>,
    /// Indicator, fact, version and worth of each fact that counted, JSON.
    pub counted: String,
    /// Whether something happened to its facts since.
    pub stale: bool,
}

/// Outcomes of a model and of another, of one subject after the other.
pub type Drift = BTreeMap<(String, String), u64>;

impl Store {
    /// Grades the next page of subjects by an adopted model.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the permit is another job's or has expired.
    pub async fn grade_page(
        &self,
        permit: &mut JobPermit,
        model: Adopted<'_>,
        ask: &GradeAsk<'_>,
        after: Option<SubjectId>,
    ) -> Result<GradePage> {
        transact!(self, Write, "grade_page", tx => {
            page(&mut tx, permit, model, ask, after).await
        })
    }

    /// Reckons the next page by two models, adopted or not, and counts how they differ. Nothing is written.
    ///
    /// # Errors
    /// As [`Store::grade_page`].
    pub async fn grade_drift(
        &self,
        permit: &mut JobPermit,
        models: (&Model, &Model),
        ask: &GradeAsk<'_>,
        after: Option<SubjectId>,
    ) -> Result<(Drift, Option<SubjectId>)> {
        transact!(self, Read, "grade_drift", tx => {
            drift(&mut tx, permit, models, ask, after).await
        })
    }

    /// The newest grade of a subject by a model.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn grade_newest(
        &self,
        subject: SubjectId,
        model: &str,
    ) -> Result<Option<StoredGrade>> {
        transact!(self, Read, "grade_newest", tx => {
            let known = newest(&mut tx, &[subject], model).await;
            known.map(|mut known| known.remove(&0))
        })
    }
}

/// Marks the grades of the subjects of some mentions as stale, in the transaction that changes their facts. Where
/// nobody is graded this is one look at an empty table.
pub(crate) async fn stale(tx: &mut Tx, mentions: impl Iterator<Item = SubjectId>) -> Result<()> {
    if tx.one(sql::ANY, &[]).await?.is_none() {
        return Ok(());
    }
    let mut all: Vec<SubjectId> = mentions.collect();
    let above = roots(tx, &all).await?;
    all.extend(above.values().map(|(_, root)| *root));
    all.sort_unstable();
    all.dedup();
    let keys: Vec<Val<'_>> = all.iter().map(|one| Val::Bytes(&one.0)).collect();
    tx.bulk(&sql::STALE, &keys).await?;
    Ok(())
}

async fn page(
    tx: &mut Tx,
    permit: &mut JobPermit,
    model: Adopted<'_>,
    ask: &GradeAsk<'_>,
    after: Option<SubjectId>,
) -> Result<GradePage> {
    let code = &model.model().code;
    let (ids, next) = whom(tx, code, ask, after).await?;
    let keys: Vec<Val<'_>> = ids
        .iter()
        .flat_map(|id| [Val::Bytes(&id.0), Val::Text(code)])
        .collect();
    tx.bulk(&sql::FRESH, &keys).await?;
    let known = newest(tx, &ids, code).await?;
    let found = organisations(tx, &ids).await?;
    let graded = permit.grade(model.model(), found, (ask.catalog, ask.at), ask.now);
    let graded: BTreeMap<SubjectId, _> = graded.map_err(refused)?.into_iter().collect();
    let mut done = GradePage {
        subjects: graded.len() as u64,
        next,
        ..GradePage::default()
    };
    let mut rows = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        let Some(grade) = graded.get(id) else {
            continue;
        };
        *done.outcomes.entry(said(grade)).or_default() += 1;
        rows.extend(NewGrade::of(*id, grade, known.get(&number), ask));
    }
    done.written = rows.len() as u64;
    write(tx, permit, model, ask, &rows).await?;
    Ok(done)
}

async fn drift(
    tx: &mut Tx,
    permit: &mut JobPermit,
    (one, two): (&Model, &Model),
    ask: &GradeAsk<'_>,
    after: Option<SubjectId>,
) -> Result<(Drift, Option<SubjectId>)> {
    let (ids, next) = whom(tx, &one.code, ask, after).await?;
    let mut outcomes = Vec::new();
    for model in [one, two] {
        let found = organisations(tx, &ids).await?;
        let graded = permit.grade(model, found, (ask.catalog, ask.at), ask.now);
        outcomes.push(graded.map_err(refused)?);
    }
    let mut drift = Drift::new();
    let mut outcomes = outcomes.into_iter();
    let both = outcomes.next().into_iter().zip(outcomes.next());
    for ((_, before), (_, then)) in both.flat_map(|(one, two)| one.into_iter().zip(two)) {
        *drift.entry((said(&before), said(&then))).or_default() += 1;
    }
    Ok((drift, next))
}

fn refused(_: policy::Mismatch) -> Error {
    Error::Conflict("a job's permit is for one purpose and until an instant; ask for a new one")
}

/// The subjects of a page, by their roots, and where the next page begins.
async fn whom(
    tx: &mut Tx,
    model: &str,
    ask: &GradeAsk<'_>,
    after: Option<SubjectId>,
) -> Result<(Vec<SubjectId>, Option<SubjectId>)> {
    if let GradeWhom::One(id) = ask.whom {
        return Ok((vec![crate::subject::root(tx, id).await?], None));
    }
    let empty: &[u8] = &[];
    let from = after.as_ref().map_or(empty, |id| &id.0);
    let most = Val::count(PAGE as u64 + 1);
    let rows = match ask.whom {
        GradeWhom::Due => {
            let today = ask.at.today;
            let asked = [Val::Text(model), Val::Bytes(from), Val::Day(today), most];
            tx.rows(sql::DUE, &asked).await?
        }
        _ => tx.rows(sql::ENTITIES, &[Val::Bytes(from), most]).await?,
    };
    let mut ids = Vec::with_capacity(rows.len());
    for row in &rows {
        ids.push(SubjectId(row.bytes(0, "subject id")?));
    }
    let more = ids.len() > PAGE;
    ids.truncate(PAGE);
    let next = ids.last().copied().filter(|_| more);
    let moved = roots(tx, &ids).await?;
    // A mention that joined another is graded with it; its own last grade is asked for by nobody any more.
    if ask.whom == GradeWhom::All {
        ids.retain(|id| moved.get(id).is_none_or(|(_, root)| root == id));
    }
    Ok((ids, next))
}

/// Facts of the organisations among some subjects.
async fn organisations(tx: &mut Tx, ids: &[SubjectId]) -> Result<Vec<OrganisationFacts>> {
    let facts: Vec<Option<Facts>> = facts::read_of_many(tx, ids).await?;
    let own = facts.into_iter().zip(ids);
    let own = own.filter_map(|(facts, id)| facts.filter(|facts| facts.subject.id == *id));
    Ok(own.filter_map(OrganisationFacts::of).collect())
}

async fn newest(
    tx: &mut Tx,
    ids: &[SubjectId],
    model: &str,
) -> Result<BTreeMap<usize, StoredGrade>> {
    let keys: Vec<Val<'_>> = ids
        .iter()
        .flat_map(|id| [Val::Bytes(&id.0), Val::Text(model)])
        .collect();
    let mut known = BTreeMap::new();
    for row in tx.each(&sql::NEWEST, &keys).await? {
        known.insert(place(&row)?, stored(&row)?);
    }
    Ok(known)
}

fn stored(row: &Row) -> Result<StoredGrade> {
    Ok(StoredGrade {
        seq: row.small(1, "number of a grade")?,
        version: row.text(2, "version")?.to_owned(),
        day: row.day(3, "day")?,
        until: row.day(4, "day")?,
        outcome: row.text(5, "outcome")?.to_owned(),
        band: row.opt_text(6).map(str::to_owned),
        points: row.opt_int(7),
        counted: row.text(8, "counted")?.to_owned(),
        stale: row.flag(9, "flag")?,
    })
}

/// The band, `no-record`, or why not.
fn said(grade: &std::result::Result<Grade, NotGraded>) -> String {
    match grade {
        Ok(grade) => grade.outcome.band().unwrap_or("no-record").to_owned(),
        Err(why) => why.code().to_owned(),
    }
}

/// A grade that is to be written.
struct NewGrade {
    subject: SubjectId,
    seq: u32,
    outcome: &'static str,
    band: Option<String>,
    points: Option<i32>,
    until: Date,
    counted: String,
}

impl NewGrade {
    /// The grade, where it differs from the one before it or the one before it has ended. Who was never graded and
    /// is not now leaves no row.
    fn of(
        subject: SubjectId,
        grade: &std::result::Result<Grade, NotGraded>,
        known: Option<&StoredGrade>,
        ask: &GradeAsk<'_>,
    ) -> Option<(NewGrade, String)> {
        let new = match grade {
            Ok(grade) => NewGrade {
                subject,
                seq: 0,
                outcome: match grade.outcome {
                    Outcome::Band(_) => "band",
                    Outcome::NoRecord => "no-record",
                },
                band: grade.outcome.band().map(str::to_owned),
                points: grade.points,
                until: grade.until,
                counted: counted(grade),
            },
            Err(why) => NewGrade {
                subject,
                seq: 0,
                outcome: why.code(),
                band: None,
                points: None,
                until: Date::MAX,
                counted: "[]".to_owned(),
            },
        };
        let version = grade.as_ref().map(|grade| grade.version.clone());
        let Some(known) = known else {
            return version
                .ok()
                .map(|version| (NewGrade { seq: 1, ..new }, version));
        };
        let version = version.unwrap_or_else(|_| known.version.clone());
        let same = known.version == version
            && known.outcome == new.outcome
            && known.band == new.band
            && known.points == new.points.map(i64::from)
            && known.counted == new.counted
            && known.until >= ask.at.today
            && known.until <= new.until;
        let seq = known.seq.saturating_add(1);
        (!same).then_some((NewGrade { seq, ..new }, version))
    }
}

/// What led to a grade, as canonical JSON: an array of [indicator, record, version, worth].
fn counted(grade: &Grade) -> String {
    let points = grade.counted.iter().map(|point| {
        let worth = match &point.worth {
            Worth::Points(points) => serde_json::json!(points),
            Worth::Band(band) => serde_json::json!(band),
        };
        let record = point.record.to_string();
        serde_json::json!([point.indicator, record, point.version, worth])
    });
    serde_json::Value::Array(points.collect()).to_string()
}

async fn write(
    tx: &mut Tx,
    permit: &JobPermit,
    model: Adopted<'_>,
    ask: &GradeAsk<'_>,
    rows: &[(NewGrade, String)],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let (code, run) = (&model.model().code, permit.id());
    let mut leaves = Vec::with_capacity(rows.len());
    for (row, version) in rows {
        let body = body(row, code, version, ask.at.today);
        leaves.push(seal::commit(&salt(&run, &row.subject), body.as_bytes()));
    }
    let salts: Vec<[u8; 16]> = rows
        .iter()
        .map(|(row, _)| salt(&run, &row.subject))
        .collect();
    let mut grades = Vec::with_capacity(rows.len() * sql::GRADES.columns.len());
    let mut heads = Vec::with_capacity(rows.len() * sql::HEADS.columns.len());
    for (((row, version), leaf), salt) in rows.iter().zip(&leaves).zip(&salts) {
        let key = [
            Val::Bytes(&row.subject.0),
            Val::Text(code),
            Val::Int(row.seq.into()),
        ];
        grades.extend(key);
        grades.extend([
            Val::Text(version),
            Val::Day(ask.at.today),
            Val::Day(row.until),
            Val::Text(row.outcome),
            Val::opt_text(row.band.as_deref()),
            row.points
                .map_or(Val::Null, |points| Val::Int(points.into())),
            Val::Text(&row.counted),
            Val::Int(ask.now.0),
            Val::Bytes(salt),
            Val::Bytes(&leaf.0),
            Val::Bytes(&run),
            Val::Int(ask.page.into()),
        ]);
        heads.extend(key);
        heads.extend([Val::Day(row.until), Val::Int(0)]);
    }
    tx.bulk(&sql::GRADES, &grades).await?;
    tx.bulk(&sql::HEADS, &heads).await?;
    let root = seal::merkle::root(&leaves);
    let event = format!("grade:{}:{}", SubjectId(run), ask.page);
    crate::event::add(tx, &event, "grade", ask.now, &root.0).await
}

/// What a leaf commits to.
fn body(row: &NewGrade, model: &str, version: &str, day: Date) -> String {
    let points = row.points.map(|points| points.to_string());
    [
        &row.subject.to_string(),
        model,
        &row.seq.to_string(),
        version,
        &day.to_string(),
        &row.until.to_string(),
        row.outcome,
        row.band.as_deref().unwrap_or_default(),
        points.as_deref().unwrap_or_default(),
        &row.counted,
    ]
    .join("\u{1f}")
}

/// The salt of a row: its run's unpredictable number, mixed with its subject.
fn salt(run: &[u8; 16], subject: &SubjectId) -> [u8; 16] {
    let mut salt = *run;
    for (byte, own) in salt.iter_mut().zip(subject.0) {
        *byte ^= own;
    }
    salt
}
