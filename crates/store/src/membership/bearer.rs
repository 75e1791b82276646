//! Whom ids, codes and names mean: holders and bearers of many of them in one reading.

use crate::error::Result;
use crate::plan::Namesake;
use crate::slice::{namesake, place, roots};
use crate::sql::slice as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::identifier::Identifier;
use credit::limits::CANDIDATES;
use credit::subject::SubjectId;
use credit::text::name_form;
use std::collections::HashSet;

/// What somebody has of subjects: each list by itself, each entry for itself.
#[derive(Clone, Debug, Default)]
pub struct Meaning<'a> {
    /// Ids, of subjects or of their mentions.
    pub ids: Vec<SubjectId>,
    /// Codes of organisations.
    pub codes: Vec<&'a Identifier>,
    /// Names, compared by their comparison form.
    pub names: Vec<&'a str>,
}

/// Whom they mean today, in the order in which they were asked.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    /// The root of each id: itself where it was not merged, on file or not.
    pub roots: Vec<SubjectId>,
    /// Who holds each code.
    pub holders: Vec<Option<SubjectId>>,
    /// Organisations that bear each name, now or since a later day; each subject once, at most
    /// [`CANDIDATES`](credit::limits::CANDIDATES) of a name.
    pub bearers: Vec<Vec<Namesake>>,
}

impl Store {
    /// Whom ids, codes and names mean, in two round trips however many they are. Whether the public
    /// may know of them is not decided here.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subjects_meant(&self, asked: &Meaning<'_>) -> Result<Meant> {
        let forms = asked.names.iter().map(|name| name_form(name)).enumerate();
        // A name of nothing but signs is borne by all who are nameless, and tells nothing.
        let forms: Vec<(usize, String)> = forms.filter(|(_, form)| !form.is_empty()).collect();
        transact!(self, Read, "subjects_meant", tx => meant(&mut tx, asked, &forms).await)
    }
}

async fn meant(tx: &mut Tx, asked: &Meaning<'_>, forms: &[(usize, String)]) -> Result<Meant> {
    let codes = asked
        .codes
        .iter()
        .flat_map(|code| [Val::Text(code.system().code()), Val::Text(code.value())]);
    let codes: Vec<Val<'_>> = codes.collect();
    let names: Vec<Val<'_>> = forms.iter().map(|(_, form)| Val::Text(form)).collect();
    let read = tx
        .gather(&[
            (&sql::HOLDERS, &codes),
            (&sql::NAMESAKES, &names),
            (&sql::LATER_NAMESAKES, &names),
        ])
        .await?;
    let mut meant = Meant {
        roots: asked.ids.clone(),
        holders: vec![None; asked.codes.len()],
        bearers: vec![Vec::new(); asked.names.len()],
    };
    let mut read = read.into_iter();
    for row in read.next().unwrap_or_default() {
        if let Some(slot) = meant.holders.get_mut(place(&row)?) {
            *slot = Some(SubjectId(row.bytes(1, "subject id")?));
        }
    }
    for row in read.flatten() {
        let at = forms.get(place(&row)?).map_or(usize::MAX, |(at, _)| *at);
        let one = namesake(&row)?;
        if let Some(found) = meant.bearers.get_mut(at)
            && one.kind.is_organisation()
            && found.len() < CANDIDATES
        {
            found.push(one);
        }
    }
    rooted(tx, &mut meant).await?;
    Ok(meant)
}

/// Puts roots in place of mentions.
async fn rooted(tx: &mut Tx, meant: &mut Meant) -> Result<()> {
    let named = meant.bearers.iter().flatten().map(|one| one.subject);
    let held = meant.holders.iter().flatten().copied();
    let mentions: Vec<SubjectId> = meant
        .roots
        .iter()
        .copied()
        .chain(held)
        .chain(named)
        .collect();
    let now = roots(tx, &mentions).await?;
    let root = |one: &mut SubjectId| {
        if let Some((_, root)) = now.get(one) {
            *one = *root;
        }
    };
    meant.roots.iter_mut().for_each(root);
    meant.holders.iter_mut().flatten().for_each(root);
    for found in &mut meant.bearers {
        let mut met = HashSet::new();
        found.retain_mut(|one| {
            root(&mut one.subject);
            met.insert(one.subject)
        });
    }
    Ok(())
}
