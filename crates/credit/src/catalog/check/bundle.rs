//! Checks across themes: editions that overlap, lower layers that repeat a higher item.

use super::super::finding::{Desk, Finding};
use super::super::model::{Item, Role, Theme};
use super::super::raw::RawTheme;
use super::super::refusals;
use std::collections::HashSet;

/// One theme with the file it came from.
pub(in super::super) struct Source<'a> {
    pub(in super::super) file: &'a str,
    pub(in super::super) content: &'a str,
    pub(in super::super) raw: RawTheme,
    pub(in super::super) theme: Theme,
}

/// Checks all themes against each other.
pub(in super::super) fn together(sources: &[Source<'_>], findings: &mut Vec<Finding>) {
    for (position, source) in sources.iter().enumerate() {
        let mut desk = Desk::new(source.file, source.content, findings);
        for other in &sources[..position] {
            if same_place(&source.theme, &other.theme) {
                editions(&mut desk, source, other);
            }
        }
        for other in sources {
            if other.theme.layer < source.theme.layer {
                repeats(&mut desk, source, other);
            }
        }
    }
}

fn same_place(one: &Theme, other: &Theme) -> bool {
    one.code == other.code
}

/// Two editions of one theme may not take rows on the same day, nor carry the same version.
fn editions(desk: &mut Desk<'_>, source: &Source<'_>, other: &Source<'_>) {
    let (new, old) = (&source.theme, &other.theme);
    if new.version == old.version {
        let at = source.raw.version.span();
        desk.refuse(at, &refusals::DUPLICATE, &[&new.version]);
    }
    let apart = new.valid_to.is_some_and(|end| end < old.valid_from)
        || old.valid_to.is_some_and(|end| end < new.valid_from);
    if !apart {
        let at = source.raw.valid_from.span();
        desk.refuse(at, &refusals::OVERLAP, &[&old.version, other.file]);
    }
}

/// A lower layer may not repeat an item of a higher one under its own name (domain §1.1). Items
/// that say who, where and by which document are no content of their own: every theme has them.
fn repeats(desk: &mut Desk<'_>, source: &Source<'_>, other: &Source<'_>) {
    let higher = &other.theme;
    if source.theme.title.zh == higher.title.zh {
        let at = source.raw.title.span();
        desk.refuse(at, &refusals::LAYER_REPEAT, &[&higher.code]);
    }
    if source.theme.code == higher.code {
        let at = source.raw.code.span();
        desk.refuse(at, &refusals::LAYER_REPEAT, &[&higher.code]);
    }
    if source.theme.class != higher.class {
        return;
    }
    let names: HashSet<&str> = content(higher)
        .flat_map(|item| [item.code.as_str(), item.title.zh.as_str()])
        .collect();
    for (item, raw) in source.theme.items.iter().zip(&source.raw.items) {
        let own = item.role == Role::Content;
        let repeated = names.contains(item.code.as_str()) || names.contains(item.title.zh.as_str());
        if own && repeated {
            let what = format!("{} ({})", item.code, higher.code);
            desk.refuse(raw.get_ref().code.span(), &refusals::LAYER_REPEAT, &[&what]);
        }
    }
}

fn content(theme: &Theme) -> impl Iterator<Item = &Item> {
    theme.items.iter().filter(|item| item.role == Role::Content)
}
