//! An issued report in its three forms: the signed file, a page, and a PDF with the file inside.

use crate::page;
use crate::qr::Picture;
use askama::Template;
use exchange::report::issue::{self, Issued};
use exchange::report::standing::grouped;
use exchange::{Error, Office};
use std::sync::Arc;
use views::Report;
use views::report::proof::{Proof, proof};

/// What stands on an issued report, ready to be drawn.
pub(crate) struct Stamp {
    /// Number, time, address.
    pub(crate) proof: Proof,
    /// The picture that leads to the address.
    pub(crate) picture: Picture,
}

/// Makes what stands on an issued report. `site`: the address of the site, as readers type it; empty
/// where nobody told it, and then the picture holds the number alone.
pub(crate) fn stamp(issued: &Issued, site: &str) -> Result<Stamp, Error> {
    let number = grouped(&issued.verify);
    let pictured = match site {
        "" => number.clone(),
        site => format!("{site}/verify/R/{}", issued.verify),
    };
    let picture = Picture::of(&pictured)
        .map_err(|cause| Error::inner("a picture could not be made", cause))?;
    // The address on paper is the one to type: short, since the number stands beside it.
    let address = Some(format!("{site}/verify")).filter(|_| !site.is_empty());
    let proof = proof(issued.report.lang, &number, issued.at, address.as_deref());
    Ok(Stamp { proof, picture })
}

/// The report as a document of its own, with its styles inside, for printing and keeping.
///
/// # Errors
/// When a picture or the template fails, which only a defect can cause.
pub fn document(issued: &Issued, site: &str) -> Result<String, Error> {
    let stamp = stamp(issued, site)?;
    let page = Document {
        report: &issued.report,
        stamp: Some(&stamp),
        style: page::STYLE,
    };
    page.render()
        .map_err(|cause| Error::inner("a page could not be made", cause))
}

/// The report as PDF, noted as handed out: its pages can be told from changed ones.
///
/// # Errors
/// When it cannot be typeset, or the store failed.
pub async fn pdf(
    office: &Office,
    typesetter: &Arc<pdf::Typesetter>,
    issued: &Issued,
    site: &str,
) -> Result<Vec<u8>, Error> {
    let stamp = stamp(issued, site)?;
    let (typesetter, report) = (Arc::clone(typesetter), issued.report.clone());
    let file = issued.file.clone();
    let made = tokio::task::spawn_blocking(move || {
        let picture = stamp.picture.svg();
        let issue = pdf::Issue {
            proof: &stamp.proof,
            picture: &picture,
            file: &file,
        };
        typesetter.issued(&report, issue)
    });
    let unmade = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::inner("a PDF could not be made", cause)
    };
    let bytes = made
        .await
        .map_err(|cause| unmade(cause.into()))?
        .map_err(|cause| unmade(cause.into()))?;
    issue::handed_out(office, issued, &bytes, "pdf").await?;
    Ok(bytes)
}

#[derive(Template)]
#[template(path = "document.html")]
pub(crate) struct Document<'a> {
    pub(crate) report: &'a Report,
    pub(crate) stamp: Option<&'a Stamp>,
    pub(crate) style: &'static str,
}
