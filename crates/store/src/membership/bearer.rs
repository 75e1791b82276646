//! Who bears exactly a name, now or since a later day: one point read by its comparison form.

use crate::error::Result;
use crate::plan::Namesake;
use crate::slice::{namesake, roots};
use crate::sql::slice as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::limits::CANDIDATES;
use credit::subject::SubjectId;
use credit::text::name_form;
use std::collections::HashSet;

impl Store {
    /// Organisations that bear a name, each subject once; at most
    /// [`CANDIDATES`](credit::limits::CANDIDATES). Whether the public may know of them is not
    /// decided here.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn name_bearers(&self, name: &str) -> Result<Vec<Namesake>> {
        let form = name_form(name);
        if form.is_empty() {
            return Ok(Vec::new());
        }
        transact!(self, Read, "name_bearers", tx => bearers(&mut tx, &form).await)
    }
}

async fn bearers(tx: &mut Tx, form: &str) -> Result<Vec<Namesake>> {
    let mut found = Vec::new();
    for statement in [&sql::NAMESAKES, &sql::LATER_NAMESAKES] {
        for row in tx.each(statement, &[Val::Text(form)]).await? {
            let one = namesake(&row)?;
            if one.kind.is_organisation() && found.len() < CANDIDATES {
                found.push(one);
            }
        }
    }
    let mentions: Vec<SubjectId> = found.iter().map(|one| one.subject).collect();
    let now = roots(tx, &mentions).await?;
    let mut met = HashSet::new();
    found.retain_mut(|one| {
        if let Some((_, root)) = now.get(&one.subject) {
            one.subject = *root;
        }
        met.insert(one.subject)
    });
    Ok(found)
}
