//! `cases/*.toml`: kinds of case. Whole tables are read first, then those that say what differs from
//! another kind's, then those that say what differs from an edition of their own.

use super::super::build;
use super::super::check;
use super::super::finding::{Desk, Finding};
use super::super::raw::RawCaseKind;
use super::super::refusals;
use super::{in_folder, parse};
use crate::case::Kind;
use std::sync::Arc;

/// Reads the kinds, by code, then by jurisdiction and first day.
pub(super) fn kinds(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> Vec<Arc<Kind>> {
    let mut read = Vec::new();
    for (file, content) in in_folder(files, "cases") {
        let mut desk = Desk::new(file, content, findings);
        if let Some(raw) = parse::<RawCaseKind>(&mut desk) {
            read.push((file, content, raw));
        }
    }
    // Tables that are like another kind's come before the editions of their own.
    read.sort_by_key(|(.., raw)| {
        let like = raw.like.as_ref();
        like.map(|like| !like.get_ref().contains('/'))
    });
    let mut kinds: Vec<Arc<Kind>> = Vec::new();
    for (file, content, raw) in &read {
        let mut desk = Desk::new(file, content, findings);
        let like = raw.like.as_ref().map(|like| {
            let own = (raw.code.get_ref().as_str(), like.get_ref().as_str());
            // Another kind's edition is named with its kind: "promise/cn-1".
            let (code, version) = like.get_ref().split_once('/').unwrap_or(own);
            let mut known = kinds.iter();
            let found = known.find(|one| one.code == code && one.version == version);
            (like, found.cloned())
        });
        if let Some((like, None)) = &like {
            let text = [like.get_ref().as_str()];
            desk.refuse(like.span(), &refusals::CASE_UNKNOWN, &text);
            continue;
        }
        let like = like.and_then(|(_, found)| found);
        let Some(kind) = build::cases::kind(&mut desk, raw, like.as_deref()) else {
            continue;
        };
        check::cases::kind(&mut desk, raw, &kind);
        check::cases::editions(&mut desk, raw, &kind, &kinds);
        kinds.push(Arc::new(kind));
    }
    kinds.sort_by(|one, other| {
        let key = |kind: &Kind| {
            (
                kind.code.clone(),
                kind.jurisdiction.clone(),
                kind.valid_from,
            )
        };
        key(one).cmp(&key(other))
    });
    kinds
}
