//! Reports that were issued under a signature: a row of history with digests, the signed text in a
//! table that erasure may empty, and the number by which a holder finds the row.

use crate::error::{Error, Result};
use crate::sql::report as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use policy::Purpose;

/// Rows of a page of an audit.
const PAGE: i64 = 4_096;

/// An issued report as its row keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Whom it is about.
    pub subject: SubjectId,
    /// Which issue: a keyed digest of question, day and answer.
    pub id: [u8; 16],
    /// The printed number.
    pub number: String,
    /// Through which permit it was read.
    pub purpose: Purpose,
    /// What was asked, as canonical JSON.
    pub ask: String,
    /// Keyed digest of the facts that it states.
    pub facts: [u8; 32],
    /// SHA-256 of its signature, which the journal holds too.
    pub document: [u8; 32],
    /// When.
    pub at: Instant,
}

/// An issue that is to be written, with what stands beside its row.
#[derive(Clone, Debug)]
pub struct NewIssue {
    /// The row.
    pub issue: Issue,
    /// The signed text, sealed.
    pub sealed: Vec<u8>,
    /// Keyed digest of the number to verify by.
    pub verify: [u8; 32],
}

/// An issue and its signed text; `None` once that was erased.
pub type IssueBody = (Issue, Option<Vec<u8>>);

impl Store {
    /// Writes an issue and its event in one transaction. The same issue is written once: what stands
    /// afterwards is given back, whoever wrote it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_issue(&self, new: &NewIssue) -> Result<IssueBody> {
        transact!(self, Write, "report_issue", tx => issue(&mut tx, new).await)
    }

    /// One issue.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_issued(
        &self,
        subject: SubjectId,
        id: &[u8; 16],
    ) -> Result<Option<IssueBody>> {
        transact!(self, Read, "report_issued", tx => read(&mut tx, subject, id).await)
    }

    /// The issue that a number leads to, by the number's keyed digest.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_numbered(&self, verify: &[u8; 32]) -> Result<Option<IssueBody>> {
        transact!(self, Read, "report_numbered", tx => numbered(&mut tx, verify).await)
    }

    /// The newest issues of a subject with their signed texts, sealed.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_list(&self, subject: SubjectId, limit: u32) -> Result<Vec<IssueBody>> {
        transact!(self, Read, "report_list", tx => {
            let values = [Val::Bytes(&subject.0), Val::Int(limit.into())];
            let rows = tx.rows(sql::LIST, &values).await;
            rows.and_then(|rows| rows.iter().map(|row| Ok((row_of(row)?, row.opt_blob(8)))).collect())
        })
    }

    /// Notes a file in which an issue was handed out.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_copy(
        &self,
        issue: &Issue,
        digest: &[u8; 32],
        format: &str,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "report_copy", tx => {
            let values = [
                Val::Bytes(&issue.subject.0),
                Val::Bytes(&issue.id),
                Val::Bytes(digest),
                Val::Text(format),
                Val::Int(at.0),
            ];
            tx.exec(sql::COPY_NEW, &values).await.map(|_| ())
        })
    }

    /// Whether a file is one in which the issue was handed out.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_is_copy(&self, issue: &Issue, digest: &[u8; 32]) -> Result<bool> {
        transact!(self, Read, "report_is_copy", tx => {
            let values = [
                Val::Bytes(&issue.subject.0),
                Val::Bytes(&issue.id),
                Val::Bytes(digest),
            ];
            tx.one(sql::COPY, &values).await.map(|row| row.is_some())
        })
    }

    /// Erases the signed text of an issue and the number that leads to it. The row, its digests and
    /// its event stay; nobody can verify the issue by its number any more.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn report_forget(&self, subject: SubjectId, id: &[u8; 16]) -> Result<()> {
        transact!(self, Write, "report_forget", tx => {
            let key = [Val::Bytes(&subject.0), Val::Bytes(id)];
            match tx.exec(sql::FORGET_BODY, &key).await {
                Ok(_) => tx.exec(sql::FORGET_NUMBER, &key).await.map(|_| ()),
                Err(error) => Err(error),
            }
        })
    }

    /// Issues after one, in the order of subject and id, for the audit.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_reports(&self, after: (SubjectId, [u8; 16])) -> Result<Vec<Issue>> {
        let values = [Val::Bytes(&after.0.0), Val::Bytes(&after.1), Val::Int(PAGE)];
        transact!(self, Read, "audit_reports", tx => {
            let rows = tx.rows(sql::PAGE, &values).await;
            rows.and_then(|rows| rows.iter().map(row_of).collect())
        })
    }
}

async fn issue(tx: &mut Tx, new: &NewIssue) -> Result<IssueBody> {
    let one = &new.issue;
    let key = [Val::Bytes(&one.subject.0), Val::Bytes(&one.id)];
    let values = [
        key[0],
        key[1],
        Val::Text(&one.number),
        Val::Text(one.purpose.code()),
        Val::Text(&one.ask),
        Val::Bytes(&one.facts),
        Val::Bytes(&one.document),
        Val::Int(one.at.0),
    ];
    if tx.exec(sql::NEW, &values).await? == 0 {
        let stands = read(tx, one.subject, &one.id).await?;
        return stands.ok_or(Error::Corrupt { what: "issue" });
    }
    let body = [key[0], key[1], Val::Bytes(&new.sealed)];
    tx.exec(sql::BODY_NEW, &body).await?;
    let number = [Val::Bytes(&new.verify), key[0], key[1]];
    tx.exec(sql::NUMBER_NEW, &number).await?;
    let event = format!("report:{}", SubjectId(one.id));
    crate::event::add(tx, &event, "report", one.at, &one.document).await?;
    Ok((one.clone(), Some(new.sealed.clone())))
}

async fn read(tx: &mut Tx, subject: SubjectId, id: &[u8; 16]) -> Result<Option<IssueBody>> {
    let key = [Val::Bytes(&subject.0), Val::Bytes(id)];
    let Some(row) = tx.one(sql::ISSUE, &key).await? else {
        return Ok(None);
    };
    let sealed = row.opt_blob(8);
    Ok(Some((row_of(&row)?, sealed)))
}

async fn numbered(tx: &mut Tx, verify: &[u8; 32]) -> Result<Option<IssueBody>> {
    let Some(row) = tx.one(sql::NUMBER, &[Val::Bytes(verify)]).await? else {
        return Ok(None);
    };
    let subject = SubjectId(row.bytes(1, "subject id")?);
    read(tx, subject, &row.bytes(2, "issue id")?).await
}

fn row_of(row: &Row) -> Result<Issue> {
    Ok(Issue {
        subject: SubjectId(row.bytes(0, "subject id")?),
        id: row.bytes(1, "issue id")?,
        number: row.text(2, "number")?.to_owned(),
        purpose: Purpose::parse(row.text(3, "purpose")?)
            .ok_or(Error::Corrupt { what: "purpose" })?,
        ask: row.text(4, "question")?.to_owned(),
        facts: row.bytes(5, "digest")?,
        document: row.bytes(6, "digest")?,
        at: Instant(row.int(7, "instant")?),
    })
}
