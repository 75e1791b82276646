//! Subjects: found by identifier, rooted by membership, read sealed.

use crate::error::{Error, Result};
use crate::facts;
use crate::sql::{grant as grant_sql, subject as sql};
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::identifier::Identifier;
use credit::notice::{Addressee, NoticeId, NoticeKind};
use credit::record::{Facts, Instant};
use credit::subject::SubjectId;
use policy::{Access, Permit, Purpose, Sealed};
use std::collections::BTreeSet;

impl Store {
    /// Who holds an identifier: the root of its mention.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_find(&self, identifier: &Identifier) -> Result<Option<SubjectId>> {
        transact!(self, Read, "subject_find", tx => {
            let asked = [Val::Text(identifier.system().code()), Val::Text(identifier.value())];
            match tx.one(sql::FIND, &asked).await {
                Ok(Some(row)) => match row.bytes(0, "subject id") {
                    Ok(id) => root(&mut tx, SubjectId(id)).await.map(Some),
                    Err(error) => Err(error),
                },
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// The root of a mention: itself, unless it was merged.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_root(&self, subject: SubjectId) -> Result<SubjectId> {
        transact!(self, Read, "subject_root", tx => root(&mut tx, subject).await)
    }

    /// Everything held on the permit's subject, sealed for that permit. A look that must be logged
    /// is logged in the same transaction, at the instant given. `None`: no such subject.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a permit that must be logged is used twice.
    pub async fn subject_facts(
        &self,
        permit: &Permit,
        at: Instant,
    ) -> Result<Option<Sealed<Facts>>> {
        self.subject_facts_then(permit, at, None).await
    }

    /// The same as known at a past instant: with the mentions that were of the subject then and
    /// are not apart from it today, and with the answers that had been given.
    ///
    /// # Errors
    /// As [`Store::subject_facts`].
    pub async fn subject_facts_then(
        &self,
        permit: &Permit,
        at: Instant,
        known: Option<Instant>,
    ) -> Result<Option<Sealed<Facts>>> {
        let Some(access) = permit.access() else {
            let facts = transact!(self, Read, "subject_facts", tx => {
                facts::read(&mut tx, permit.subject(), known).await
            })?;
            return Ok(facts.map(|facts| Sealed::new(permit, facts)));
        };
        let facts = transact!(self, Write, "subject_facts_logged", tx => {
            read_logged(&mut tx, &access, at, known).await
        })?;
        Ok(facts.map(|facts| self.sealed(permit, facts, at)))
    }

    /// The mention that holds an identifier, whatever subject it belongs to.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn identifier_mention(&self, identifier: &Identifier) -> Result<Option<SubjectId>> {
        transact!(self, Read, "identifier_mention", tx => {
            let asked = [Val::Text(identifier.system().code()), Val::Text(identifier.value())];
            match tx.one(sql::FIND, &asked).await {
                Ok(Some(row)) => row.bytes(0, "subject id").map(|id| Some(SubjectId(id))),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

async fn read_logged(
    tx: &mut Tx,
    access: &Access,
    at: Instant,
    known: Option<Instant>,
) -> Result<Option<Facts>> {
    let facts = facts::read(tx, access.subject, known).await?;
    log(tx, access, at).await?;
    Ok(facts)
}

/// Writes a look down, with its event, and tells it at once. A permit is logged once.
pub(crate) async fn log(tx: &mut Tx, access: &Access, at: Instant) -> Result<()> {
    log_deferring(tx, access, at, |_| false).await
}

/// The same of a look that is told later where a decision says so by a law that `defers` names.
pub(crate) async fn log_deferring(
    tx: &mut Tx,
    access: &Access,
    at: Instant,
    defers: impl Fn(&str) -> bool,
) -> Result<()> {
    let ground = access.ground.as_ref();
    let items = ground.map(|ground| ground.items.to_string());
    let look = crate::journal::Access {
        subject: access.subject,
        permit: access.permit,
        texts: [
            access.purpose_code().to_owned(),
            access.officer.name().to_owned(),
            access.officer.agency().to_owned(),
            access.case.as_str().to_owned(),
        ],
        ground: ground.map(|ground| ground.grant).zip(items),
        consent: ground.and_then(|ground| ground.consent),
        at: at.0,
    };
    let (grant, items) = match &look.ground {
        Some((grant, items)) => (Val::Bytes(&grant.0), Val::Text(items)),
        None => (Val::Null, Val::Null),
    };
    let [purpose, officer, agency, case] = &look.texts;
    let values = [
        Val::Bytes(&access.subject.0),
        Val::Bytes(&access.permit),
        Val::Text(purpose),
        Val::Text(officer),
        Val::Text(agency),
        Val::Text(case),
        Val::Int(at.0),
        grant,
        items,
        Val::opt_bytes(look.consent.as_ref().map(|consent| consent.0.as_slice())),
    ];
    if tx.exec(grant_sql::LOOKED, &values).await? == 0 {
        return Err(Error::Conflict("a permit is used once; ask for a new one"));
    }
    let id = format!("access:{}", SubjectId(access.permit));
    crate::event::add(tx, &id, "access", at, &look.content().0).await?;
    if matches!(access.purpose, Purpose::OwnReport | Purpose::CaseWork) {
        return Ok(());
    }
    let deferral = crate::deferral::of_look(tx, access, at, defers).await?;
    tell(tx, access, at, deferral).await
}

/// Tells the subject that it was looked at, in the transaction of the look (rights 6). Its own file, read by
/// whoever acts for it, is no news to it, nor is work on its own case; both stand among the looks.
async fn tell(
    tx: &mut Tx,
    access: &Access,
    at: Instant,
    deferral: Option<(crate::notice::Deferral, Instant)>,
) -> Result<()> {
    let facts = [
        ("agency", access.officer.agency()),
        ("case", access.case.as_str()),
        ("purpose", access.purpose_code()),
    ];
    let new = crate::notice::NewNotice {
        // The permit is used once, and so is the notice about it.
        id: NoticeId(access.permit),
        addressee: Addressee::Subject(access.subject),
        kind: NoticeKind::LookedUp,
        facts: credit::canon::object(&facts),
        made_at: at,
        deferral,
    };
    crate::notice::add(tx, &new, at.day()).await.map(drop)
}

/// The root of a mention.
pub(crate) async fn root(tx: &mut Tx, subject: SubjectId) -> Result<SubjectId> {
    match tx.one(sql::ROOT, &[Val::Bytes(&subject.0)]).await? {
        Some(row) => Ok(SubjectId(row.bytes(1, "subject id")?)),
        None => Ok(subject),
    }
}

/// The mentions of a root, itself among them.
pub(crate) async fn members(tx: &mut Tx, root: SubjectId) -> Result<Vec<SubjectId>> {
    let rows = tx.rows(sql::EVER_MEMBERS, &[Val::Bytes(&root.0)]).await?;
    let mut ever = BTreeSet::from([root]);
    for row in rows {
        ever.insert(SubjectId(row.bytes(0, "subject id")?));
    }
    let ever: Vec<SubjectId> = ever.into_iter().collect();
    let now = crate::slice::roots(tx, &ever).await?;
    Ok(ever
        .into_iter()
        .filter(|one| now.get(one).map_or(*one, |(_, root)| *root) == root)
        .collect())
}
