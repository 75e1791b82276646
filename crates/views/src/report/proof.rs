//! What stands on an issued report so that its reader can verify it.

use super::cover::line;
use super::model::Line;
use crate::show;
use crate::text::{label, notice};
use credit::lang::Lang;
use credit::record::Instant;

/// The proof of an issued report, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Heading.
    pub title: String,
    /// Number, time and address as lines.
    pub lines: Vec<Line>,
    /// How to verify, and what that tells.
    pub how: String,
    /// Name of the picture that leads to the address.
    pub picture: String,
}

/// `number`: as it is printed. `address`: where it is verified, where that is known.
#[must_use]
pub fn proof(lang: Lang, number: &str, at: Instant, address: Option<&str>) -> Proof {
    let issued = show::instant(at).unwrap_or_default();
    let mut lines = vec![
        ("verify", &label::PROOF_NUMBER, number.to_owned()),
        ("issued", &label::PROOF_ISSUED, issued),
    ];
    lines.extend(address.map(|address| ("address", &label::PROOF_ADDRESS, address.to_owned())));
    Proof {
        title: label::PROOF.get(lang).to_owned(),
        lines: lines
            .into_iter()
            .map(|(code, label, value)| line(code, label, lang, value))
            .collect(),
        how: notice::PROOF_HOW.get(lang).to_owned(),
        picture: label::PROOF_PICTURE.get(lang).to_owned(),
    }
}
