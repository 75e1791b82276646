//! From a checked row to what the store needs: ids, canonical bytes, digests. Pure; runs on the
//! reading thread, so that the write connection waits for nothing.

use super::person::PersonRow;
use crate::ids;
use crate::office::Entropy;
use credit::canon;
use credit::catalog::Theme;
use credit::identifier::Identifier;
use credit::record::Instant;
use credit::subject::{DocumentId, RecordId, SubjectId, SubmissionId};
use credit::text::name_form;
use intake::check::{Draft, HoldReason, Rejected};
use jiff::civil::Date;
use seal::{Digest, Ring, SiteKey};

/// What is the same for every row of one submission.
pub(super) struct Frame<'a> {
    pub(super) key: &'a SiteKey,
    /// Seals what is held of persons; without it none of their rows comes here.
    pub(super) ring: Option<&'a Ring>,
    /// Nonces and keys of what is sealed.
    pub(super) entropy: &'a Entropy,
    pub(super) theme: &'a Theme,
    pub(super) supplier: &'a str,
    pub(super) submission: SubmissionId,
    pub(super) stated_on: Date,
    pub(super) known_at: Instant,
    /// The record that is corrected with a document, where that is so: a repeat is meant then.
    pub(super) corrects: Option<RecordId>,
    /// Seed of the salts; every row's salt is a keyed digest of it.
    pub(super) seed: [u8; 32],
}

/// A fact ready to be decided on.
pub(super) struct Fact {
    pub(super) draft: Draft,
    pub(super) held: Option<HoldReason>,
    pub(super) record: RecordId,
    pub(super) mention: SubjectId,
    /// Every identifier under which the subject is looked up and kept.
    pub(super) keys: Vec<Identifier>,
    pub(super) document: Option<DocumentId>,
    /// Keyed digest of the content: equal digest, equal fact.
    pub(super) digest: [u8; 32],
    pub(super) body: String,
    pub(super) salt: [u8; 16],
    /// Salted commitment, the leaf of the slice's tree.
    pub(super) leaf: Digest,
    /// Only where there is no identifier.
    pub(super) name_form: Option<String>,
}

/// A rejected row; its record, where the key could be read, counts as present in a snapshot.
pub(super) struct Refused {
    pub(super) rejected: Rejected,
    pub(super) record: Option<RecordId>,
}

/// A row of a slice.
pub(super) enum Row {
    Fact(Box<Fact>),
    Person(Box<PersonRow>),
    Refused(Box<Refused>),
}

impl Frame<'_> {
    pub(super) fn fact(&self, draft: Draft, held: Option<HoldReason>) -> Row {
        let body = self.body(&draft);
        let salt = self.salt(draft.row);
        Row::Fact(Box::new(Fact {
            record: ids::record(self.key, self.supplier, &self.theme.code, &draft.key),
            mention: ids::mention(self.key, self.supplier, &draft.claim),
            keys: resolve::keys(&draft.claim)
                .into_iter()
                .map(|key| key.identifier)
                .collect(),
            document: draft
                .document
                .as_ref()
                .map(|document| ids::document(self.key, document)),
            digest: self.digest(&draft),
            leaf: seal::commit(&salt, body.as_bytes()),
            name_form: self.name_to_ask(&draft),
            body,
            salt,
            held,
            draft,
        }))
    }

    /// The record of a rejected row, where its key could be read.
    pub(super) fn record(&self, rejected: &Rejected) -> Option<RecordId> {
        let key = rejected.key.as_deref()?;
        Some(ids::record(self.key, self.supplier, &self.theme.code, key))
    }

    fn name_to_ask(&self, draft: &Draft) -> Option<String> {
        if draft.claim.identifiers.is_empty() {
            draft.claim.name.as_deref().map(name_form)
        } else {
            None
        }
    }

    /// The payload: item codes and canonical texts, as canonical JSON.
    pub(super) fn body(&self, draft: &Draft) -> String {
        let members: Vec<(&str, &str)> = self
            .filled(draft)
            .map(|(_, code, text)| (code, text))
            .collect();
        canon::object(&members)
    }

    /// Whether two rows say the same: items that the theme leaves out do not count.
    pub(super) fn digest(&self, draft: &Draft) -> [u8; 32] {
        let mut parts: Vec<&[u8]> = Vec::with_capacity(draft.values.len() * 2 + 2);
        parts.push(if draft.removed { b"removed" } else { b"stated" });
        parts.push(
            draft
                .severity
                .map_or("", |severity| severity.code())
                .as_bytes(),
        );
        for (ix, code, text) in self.filled(draft) {
            if !self.theme.digest_excludes.contains(&ix) {
                parts.push(code.as_bytes());
                parts.push(text.as_bytes());
            }
        }
        self.key.keyed32("content", &parts)
    }

    fn filled<'d>(&'d self, draft: &'d Draft) -> impl Iterator<Item = (usize, &'d str, &'d str)> {
        self.theme
            .items
            .iter()
            .zip(&draft.values)
            .enumerate()
            .filter_map(|(ix, (item, value))| Some((ix, item.code.as_str(), value.as_deref()?)))
    }

    pub(super) fn salt(&self, row: u64) -> [u8; 16] {
        let digest = seal::commit(
            &self.submission.0,
            &[self.seed.as_slice(), &row.to_be_bytes()].concat(),
        );
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest.0[..16]);
        salt
    }
}
