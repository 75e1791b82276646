//! The decision itself: identifiers first, then a question, never a guess.

use crate::answer::{Answer, Candidate, Reason};
use crate::key::{Key, keys, strength};
use credit::identifier::{Identifier, System};
use credit::limits::CANDIDATES;
use credit::subject::{Claim, SubjectId};
use credit::text::name_form;

/// Says whom a claim speaks of.
///
/// `holders` are identifiers on file with the roots of the subjects that hold them: those among
/// [`keys`](crate::keys()) of the claim, **and every other identifier of the subjects found**. Without
/// the latter a branch whose unified code contains its parent's organisation code would pass for
/// the parent; real registers hold such pairs. `namesakes` bear the same name. The order of both
/// does not matter.
#[must_use]
pub fn resolve(
    claim: &Claim,
    holders: &[(Identifier, SubjectId)],
    namesakes: &[Candidate],
) -> Answer {
    let keys = keys(claim);
    let found = found(&keys, holders);
    if let Some(((key, subject), others)) = found.split_first() {
        if others.iter().any(|(_, other)| other != subject) {
            return AskAbout { claim, namesakes }.holders(&found);
        }
        if let Some(system) = contradiction(&keys, key, *subject, holders) {
            let reason = Reason::StrongerDiffers(system);
            let candidates = vec![AskAbout { claim, namesakes }.candidate(key, *subject)];
            return Answer::AskHuman { candidates, reason };
        }
        let reason = match key.is_derived() {
            true => Reason::OrgCodeInside(key.within),
            false => Reason::SameIdentifier(key.within),
        };
        return Answer::Same {
            subject: *subject,
            reason,
        };
    }
    unknown(claim, &keys, namesakes)
}

/// No identifier of the claim is on file.
fn unknown(claim: &Claim, keys: &[Key], namesakes: &[Candidate]) -> Answer {
    let ask = |candidates, reason| Answer::AskHuman { candidates, reason };
    if !claim.kind.is_organisation() {
        return match keys {
            [] => ask(Vec::new(), Reason::PersonWithoutIdentifier),
            _ => Answer::New,
        };
    }
    let form = claim.name.as_deref().map(name_form).unwrap_or_default();
    // Brackets alone are no name.
    if !form.contains(char::is_alphanumeric) {
        return match keys {
            [] => ask(Vec::new(), Reason::NothingToGoBy),
            _ => Answer::New,
        };
    }
    let same_name = |candidate: &&Candidate| {
        candidate.kind.is_organisation()
            && name_form(&candidate.name) == form
            && !is_somebody_else(keys, candidate)
    };
    let candidates = in_order(namesakes.iter().filter(same_name).cloned().collect());
    match candidates.as_slice() {
        [] => Answer::New,
        _ => ask(candidates, Reason::SameName),
    }
}

/// Keys of the claim that are on file, strongest first, with their holders.
fn found<'a>(keys: &'a [Key], holders: &[(Identifier, SubjectId)]) -> Vec<(&'a Key, SubjectId)> {
    let mut found: Vec<(&Key, SubjectId)> = keys
        .iter()
        .flat_map(|key| {
            let holds = holders.iter().filter(|(held, _)| *held == key.identifier);
            holds.map(move |(_, subject)| (key, *subject))
        })
        .collect();
    // Keys come strongest first; two holders of one key are told apart by id alone.
    found.dedup();
    found
}

/// A system, stronger than that of the matching key, in which the subject holds another value
/// than the claim gives. The match itself is then no evidence enough.
fn contradiction(
    keys: &[Key],
    matched: &Key,
    subject: SubjectId,
    holders: &[(Identifier, SubjectId)],
) -> Option<System> {
    let differs = |key: &&Key| {
        let system = key.identifier.system();
        let stronger = matched.is_derived() || strength(system) < strength(matched.within);
        stronger
            && !key.is_derived()
            && holders.iter().any(|(held, holder)| {
                *holder == subject && held.system() == system && *held != key.identifier
            })
    };
    keys.iter().find(differs).map(|key| key.identifier.system())
}

/// Whether a namesake's own identifier shows that it is another body: two values of one system.
fn is_somebody_else(keys: &[Key], candidate: &Candidate) -> bool {
    candidate.identifier.as_ref().is_some_and(|held| {
        let same_system = |key: &&Key| key.identifier.system() == held.system();
        keys.iter()
            .filter(same_system)
            .any(|key| key.identifier != *held)
    })
}

/// Makes candidates out of holders.
struct AskAbout<'a> {
    claim: &'a Claim,
    namesakes: &'a [Candidate],
}

impl AskAbout<'_> {
    fn holders(&self, found: &[(&Key, SubjectId)]) -> Answer {
        let candidates = found
            .iter()
            .map(|(key, subject)| self.candidate(key, *subject))
            .collect();
        Answer::AskHuman {
            candidates: in_order(candidates),
            reason: Reason::HoldersDisagree,
        }
    }

    /// A holder, with its name where the store gave it among the namesakes.
    fn candidate(&self, key: &Key, subject: SubjectId) -> Candidate {
        let known = self.namesakes.iter().find(|known| known.subject == subject);
        // The name of a person is no evidence and is not shown as such.
        let known = known.filter(|_| self.claim.kind.is_organisation());
        known.cloned().unwrap_or_else(|| Candidate {
            subject,
            kind: self.claim.kind,
            name: String::new(),
            identifier: Some(key.identifier.clone()),
        })
    }
}

/// Each subject once, by ascending id, as many as a person can look at.
fn in_order(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    // Of several candidates for one subject that with the smallest identifier is kept, so that
    // the order of the input shows nowhere.
    candidates.sort_by(|a, b| {
        (a.subject, &a.identifier, &a.name).cmp(&(b.subject, &b.identifier, &b.name))
    });
    candidates.dedup_by_key(|candidate| candidate.subject);
    candidates.truncate(CANDIDATES);
    candidates
}
