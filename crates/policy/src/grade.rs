//! Grading behind the lock: an organisation's facts go in, a grade comes out, and no fact leaves.
//!
//! Which facts are in force is decided by the code that opens a file for its subject, so a repaired,
//! contested, ended or withdrawn fact stands for a grade as it stands everywhere else.

use crate::dossier::{Dossier, Entry, Publication, Status};
use crate::job::OrganisationFacts;
use crate::open;
use crate::permit::Purpose;
use credit::catalog::{Catalog, Role};
use credit::clock::Ended;
use credit::grade::{Entity, Evidence, Grade, Model, NotGraded, Standing};
use credit::record::AsOf;

/// Grades an organisation by a model, as of now and on `at.today`. A person's facts cannot be given to it:
///
/// ```compile_fail,E0308
/// # use credit::{catalog::Catalog, grade::Model, record::{AsOf, Facts}};
/// fn person(model: &Model, facts: Facts, catalog: &Catalog, at: AsOf) {
///     let _ = policy::grade(model, facts, catalog, at);
/// }
/// ```
///
/// # Errors
/// [`NotGraded`]: the model has no word for it.
pub fn grade(
    model: &Model,
    facts: OrganisationFacts,
    catalog: &Catalog,
    at: AsOf,
) -> Result<Grade, NotGraded> {
    let facts = facts.facts();
    let subject = facts.subject.id;
    let opened = open::facts(subject, Purpose::Grading, facts, catalog, at);
    // The subject is its own, so nothing can differ; were it otherwise, nobody would be graded.
    let dossier = opened.map_err(|_| NotGraded::FormUnknown)?;
    of_dossier(model, &dossier)
}

/// Grades an organisation by its own file, where that was opened: the same grade for its own eyes.
///
/// # Errors
/// [`NotGraded`]: the model has no word for it, or the file was not opened for its subject.
pub fn grade_own(model: &Model, dossier: &Dossier) -> Result<Grade, NotGraded> {
    match dossier.purpose() {
        Purpose::OwnReport | Purpose::CaseWork => of_dossier(model, dossier),
        _ => Err(NotGraded::FormUnknown),
    }
}

fn of_dossier(model: &Model, dossier: &Dossier) -> Result<Grade, NotGraded> {
    let facts: Vec<Evidence<'_>> = dossier
        .entries()
        .iter()
        .filter(|entry| reads(model, &entry.theme.code))
        .map(evidence)
        .collect();
    let form = form(model, &facts);
    let entity = Entity::of(dossier.subject().kind, form)?;
    credit::grade::grade(model, entity, &facts, dossier.at().today)
}

fn reads(model: &Model, theme: &str) -> bool {
    let of_form = model.form.iter().any(|form| form.theme == theme);
    of_form || model.indicators.iter().any(|one| one.theme == theme)
}

/// The registered form: of what is in force, one that says "its owner's" before any other.
fn form<'a>(model: &Model, facts: &[Evidence<'a>]) -> Option<&'a str> {
    let form = model.form.as_ref()?;
    let stands = |fact: &&Evidence<'a>| {
        fact.theme == form.theme && matches!(fact.standing, Standing::InForce(_))
    };
    let forms = facts.iter().filter(stands);
    let forms = forms.map(|fact| fact.value(&form.item));
    let is_owners = |form: &&str| {
        Entity::of(credit::subject::SubjectKind::Enterprise, Some(form)) == Err(NotGraded::Owner)
    };
    let all: Vec<&str> = forms.filter(|form| !form.is_empty()).collect();
    let owners = all.iter().copied().find(|form| is_owners(form));
    owners.or_else(|| all.first().copied())
}

fn evidence(entry: &Entry) -> Evidence<'_> {
    let values = entry.values.iter().filter_map(|(ix, shown)| {
        let item = entry.theme.items.get(*ix)?;
        Some((item.code.as_str(), shown.plain()?))
    });
    Evidence {
        record: entry.record,
        version: entry.version,
        theme: &entry.theme.code,
        dated: entry.dated(),
        severity: entry.severity,
        standing: standing(entry),
        values: values.collect(),
    }
}

fn standing(entry: &Entry) -> Standing {
    match (&entry.publication, entry.status) {
        (Publication::Repaired, _) => Standing::Repaired,
        (Publication::Suspended, _) => Standing::Contested,
        (Publication::Moved | Publication::Ended(Ended::Removed), _) => Standing::Withdrawn,
        (Publication::Held(_), _) => Standing::Held,
        (Publication::Ended(Ended::MinorNotPublished | Ended::NotPublic), _)
        | (Publication::NotPublished, _) => Standing::Unpublished,
        (Publication::Ended(Ended::SeverityUnknown | Ended::Undated), _) => Standing::Held,
        (Publication::Ended(_), _) | (Publication::Public { .. }, Status::Expired) => {
            Standing::Expired
        }
        (Publication::Public { .. }, _) if !entry.marks.is_empty() => Standing::Contested,
        (Publication::Public { .. }, Status::NotYet) => {
            Standing::NotYet(date_of(entry, Role::ValidFrom))
        }
        (Publication::Public { until }, Status::InForce) => {
            let own = date_of(entry, Role::ValidTo);
            Standing::InForce((*until).into_iter().chain(own).min())
        }
    }
}

/// The date that an entry gives for a role.
fn date_of(entry: &Entry, role: Role) -> Option<jiff::civil::Date> {
    let shown = entry.value(entry.theme.item_with(role)?)?;
    shown.plain()?.parse().ok()
}
