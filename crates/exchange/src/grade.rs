//! Grading of organisations by the models that an authority adopted: all of them by command, those whose facts
//! changed again, a subject for its own eyes, and what a new version of a model would change before it is released.
//!
//! An event on a fact makes the subject's stored grade stale in its own transaction (`store`); [`due`] reckons those
//! again, and [`own`] reckons at the moment at which it is asked, so that nobody reads a grade without its reasons.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::grade::{Adopted, Grade, Model, NotGraded};
use credit::people::Action;
use credit::record::Instant;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::{Dossier, JobPermit, Officer};
use std::collections::BTreeMap;
use store::{GradeAsk, GradeWhom};

/// How long a run may read, in microseconds: 6 hours. A million subjects take some minutes.
const JOB_TIME: i64 = 21_600_000_000;

/// Counts under this are not told apart (rights, small cells).
const SMALL: u64 = 10;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The model's version.
    pub version: String,
    /// Subjects that were looked at.
    pub subjects: u64,
    /// Grades that were written, since they differ from those before.
    pub written: u64,
    /// How many subjects came out how: by band, `no-record`, or the reason for which they are not graded.
    pub outcomes: BTreeMap<String, u64>,
}

/// A cell of the table of drift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What subjects come out as by the version before.
    pub before: String,
    /// By the version after.
    pub after: String,
    /// How many; none where they are fewer than ten.
    pub count: Option<u64>,
}

/// A subject's grade for its own eyes.
#[derive(Clone, Debug)]
pub struct OwnGrade<'a> {
    /// By which model, and whose it is.
    pub model: Adopted<'a>,
    /// The grade with all that led to it and all that was left out, or why there is none.
    pub grade: std::result::Result<Grade, NotGraded>,
}

/// The officer who grades: an account of the centre that may.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may not.
pub fn grader(who: &Acting) -> Result<Officer> {
    who.officer(who.home(Action::Grade)?)
}

/// Grades every organisation by a model; `progress` hears how many were looked at.
///
/// # Errors
/// [`Error::Request`] for a model that nobody adopted, or that the catalogue does not have.
pub async fn all(
    office: &Office,
    model: &str,
    officer: Officer,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Run> {
    run(office, model, officer, GradeWhom::All, progress).await
}

/// Grades those again whose facts changed since, and those whose grade has ended.
///
/// # Errors
/// As [`all`].
pub async fn due(
    office: &Office,
    model: &str,
    officer: Officer,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Run> {
    run(office, model, officer, GradeWhom::Due, progress).await
}

/// Grades one subject.
///
/// # Errors
/// As [`all`].
pub async fn one(
    office: &Office,
    model: &str,
    officer: Officer,
    subject: SubjectId,
) -> Result<Run> {
    run(office, model, officer, GradeWhom::One(subject), &mut |_| {}).await
}

/// What a subject's own file is graded as, today, by every model that an authority adopted and that grades its kind.
#[must_use]
pub fn own<'a>(office: &'a Office, file: &Dossier) -> Vec<OwnGrade<'a>> {
    let models = office.catalog.models.iter();
    let adopted = models.filter_map(|model| model.adopted(office.today()));
    let graded = adopted.map(|model| OwnGrade {
        model,
        grade: policy::grade_own(model.model(), file),
    });
    graded
        .filter(|one| one.grade != Err(NotGraded::Kind))
        .collect()
}

/// How grades would differ between two versions of a model, adopted or not, over all organisations: only counts, and
/// of fewer than ten not even those. Nothing is written but that it was looked.
///
/// # Errors
/// [`Error::Request`] for a version that the catalogue does not have.
pub async fn compare(
    office: &Office,
    model: &str,
    (before, after): (&str, &str),
    officer: Officer,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Vec<Moved>> {
    let [one, two] = [before, after].map(|version| office.catalog.model(model, version));
    let (Some(one), Some(two)) = (one, two) else {
        return Err(unknown(model));
    };
    let [one, two] = [one, two].map(|model| as_of_today(model, office.today()));
    let mut permit = permit(office, &one, officer);
    office.store.job_begin(&permit, office.now()).await?;
    let mut drift = store::Drift::new();
    let (mut after, mut number) = (None, 0);
    let read = loop {
        let ask = ask(office, GradeWhom::All, number);
        let models = (&one, &two);
        let page = office.store.grade_drift(&mut permit, models, &ask, after);
        let (counts, next) = match page.await {
            Ok(page) => page,
            Err(error) => break Err(error),
        };
        for (pair, count) in counts {
            *drift.entry(pair).or_default() += count;
        }
        progress(drift.values().sum());
        (after, number) = (next, number + 1);
        if after.is_none() {
            break Ok(());
        }
    };
    office.store.job_end(&permit.end(), office.now()).await?;
    read?;
    let cells = drift.into_iter().map(|((before, after), count)| Moved {
        before,
        after,
        count: (count >= SMALL).then_some(count),
    });
    Ok(cells.collect())
}

async fn run(
    office: &Office,
    model: &str,
    officer: Officer,
    whom: GradeWhom,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Run> {
    let model = adopted(office, model)?;
    let mut permit = permit(office, model.model(), officer);
    office.store.job_begin(&permit, office.now()).await?;
    let mut done = Run {
        version: model.model().version.clone(),
        ..Run::default()
    };
    let (mut after, mut number) = (None, 0);
    let read = loop {
        let ask = ask(office, whom, number);
        let page = office.store.grade_page(&mut permit, model, &ask, after);
        let page = match page.await {
            Ok(page) => page,
            Err(error) => break Err(error),
        };
        done.subjects += page.subjects;
        done.written += page.written;
        for (outcome, count) in page.outcomes {
            *done.outcomes.entry(outcome).or_default() += count;
        }
        progress(done.subjects);
        (after, number) = (page.next, number + 1);
        if after.is_none() {
            break Ok(());
        }
    };
    // What was read was read, also where a page failed.
    office.store.job_end(&permit.end(), office.now()).await?;
    read?;
    Ok(done)
}

/// A version as if it graded today: what one not yet in force would say of today's facts.
fn as_of_today(model: &Model, today: Date) -> Model {
    Model {
        valid_from: model.valid_from.min(today),
        valid_to: model.valid_to.filter(|end| *end >= today),
        ..model.clone()
    }
}

fn permit(office: &Office, model: &Model, officer: Officer) -> JobPermit {
    let expires = Instant(office.now().0.saturating_add(JOB_TIME));
    JobPermit::grading(office.nonce(), model, officer, expires)
}

fn ask(office: &Office, whom: GradeWhom, page: u32) -> GradeAsk<'_> {
    GradeAsk {
        catalog: &office.catalog,
        at: office.as_of(None),
        now: office.now(),
        whom,
        page,
    }
}

/// The model that is somebody's today.
fn adopted<'a>(office: &'a Office, code: &str) -> Result<Adopted<'a>> {
    let mut of_code = office
        .catalog
        .models
        .iter()
        .filter(|one| one.code == code)
        .peekable();
    if of_code.peek().is_none() {
        return Err(unknown(code));
    }
    of_code.find_map(|model| model.adopted(office.today())).ok_or_else(|| {
        Error::request(
            format!("模型 {code} 今日没有任何机关采用，不得用来评价。"),
            format!("No authority has adopted the model {code} for today, so nobody is graded by it."),
            format!("Модель {code} сегодня никем не принята, поэтому по ней никого не оценивают."),
        )
    })
}

fn unknown(code: &str) -> Error {
    Error::request(
        format!("目录中没有模型 {code} 的这一版本。"),
        format!("The catalogue has no such version of the model {code}."),
        format!("В каталоге нет такой версии модели {code}."),
    )
}
