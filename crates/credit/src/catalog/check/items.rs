//! Checks on items: names that clash, requirements that contradict, people's data that would show.

use super::super::model::{Exposure, Item, ItemKind, Role};
use super::super::raw::RawItem;
use super::super::{refusals, words};
use super::Check;
use std::collections::HashMap;
use std::ops::Range;

/// Checks every item of the theme.
pub(super) fn check(check: &mut Check<'_, '_>) {
    check.headers();
    check.names_of_subject();
    check.roles();
    for position in 0..check.theme.items.len() {
        check.person_number(position);
        check.person_public(position);
        check.requirement(position);
    }
}

impl Check<'_, '_> {
    fn at(&self, position: usize) -> Range<usize> {
        self.raw
            .items
            .get(position)
            .map_or(0..0, |item| item.get_ref().code.span())
    }

    /// No header may mean two items, whatever its width, case or brackets.
    fn headers(&mut self) {
        let mut owners: HashMap<String, usize> = HashMap::new();
        for position in 0..self.raw.items.len() {
            let raw = self.raw.items[position].get_ref();
            for (name, at) in names(raw) {
                let owner = *owners.entry(bare(&name)).or_insert(position);
                if owner != position {
                    let first = self.theme.items[owner].code.clone();
                    let code = raw.code.get_ref();
                    self.desk
                        .refuse(at, &refusals::ALIAS, &[&name, &first, code]);
                }
            }
        }
    }

    /// A row must be able to say whom it speaks of.
    fn names_of_subject(&mut self) {
        let named = |role| self.theme.item_with(role).is_some();
        if !named(Role::SubjectName) && !named(Role::SubjectIdentifier) {
            let roles = "role = \"subject-name\" / \"subject-identifier\"";
            let at = self.raw.code.span();
            self.desk.refuse(at, &refusals::MISSING, &["items", roles]);
        }
    }

    /// A role that answers one question stands on one item, and on one of a fitting type: two days
    /// of decision would be no day at all.
    fn roles(&mut self) {
        let mut seen: Vec<Role> = Vec::new();
        for position in 0..self.theme.items.len() {
            let item = &self.theme.items[position];
            let role = item.role;
            let fits = fits(role, &item.kind);
            let code = item.code.clone();
            if !fits {
                let at = self.at(position);
                self.desk
                    .refuse(at, &refusals::SENSE, &[&code, "role ≠ type"]);
            }
            if is_single(role) && seen.contains(&role) {
                let at = self.at(position);
                let what = words::word(words::ROLES, role);
                self.desk.refuse(at, &refusals::DUPLICATE, &[what]);
            }
            seen.push(role);
        }
    }

    /// Rights 13: an identity document of a person is for the subject alone, and is not stored.
    fn person_number(&mut self, position: usize) {
        let item = &self.theme.items[position];
        let by_role = item.role == Role::PersonIdentifier;
        let by_type = matches!(&item.kind, ItemKind::Identifier(Some(system))
            if system.is_personal());
        let means = by_role || by_type || names_person_number(item);
        if means && !(by_role && item.exposure == Exposure::Own) {
            let (at, code) = (self.at(position), item.code.clone());
            self.desk.refuse(at, &refusals::PERSON_NUMBER, &[&code]);
        }
    }

    /// Rights 7: nothing about a person is public.
    fn person_public(&mut self, position: usize) {
        let item = &self.theme.items[position];
        if item.personal && item.exposure == Exposure::Public {
            let (at, code) = (self.at(position), item.code.clone());
            self.desk.refuse(at, &refusals::PERSON_PUBLIC, &[&code]);
        }
    }

    fn requirement(&mut self, position: usize) {
        let Some(raw) = self.raw.items.get(position).map(toml::Spanned::get_ref) else {
            return;
        };
        if raw.required
            && let Some(when) = &raw.required_when
        {
            let what = "required, required_when";
            self.desk
                .refuse(when.span(), &refusals::SENSE, &[what, "one of two"]);
        }
    }
}

/// Roles that several items may share; every other one names a single item.
fn is_single(role: Role) -> bool {
    !matches!(
        role,
        Role::Content | Role::SubjectIdentifier | Role::PersonIdentifier | Role::PersonName
    )
}

/// Whether an item of this type can play the role.
fn fits(role: Role, kind: &ItemKind) -> bool {
    match role {
        Role::DecidedOn
        | Role::ValidFrom
        | Role::ValidTo
        | Role::PublicityEnd
        | Role::RemovedOn
        | Role::FinalOn => matches!(kind, ItemKind::Date),
        Role::SubjectIdentifier | Role::DocumentOrganCode | Role::SourceCode => {
            matches!(kind, ItemKind::Identifier(_))
        }
        Role::SubjectKind | Role::Severity => matches!(kind, ItemKind::Code { .. }),
        Role::SubjectName | Role::DocumentNumber | Role::DocumentOrgan | Role::SourceName => {
            matches!(kind, ItemKind::Text(_))
        }
        _ => true,
    }
}

/// Every header an item answers to, with its place.
fn names(raw: &RawItem) -> Vec<(String, Range<usize>)> {
    let title = raw.title.get_ref();
    let mut names = vec![(raw.code.get_ref().clone(), raw.code.span())];
    for text in [&title.zh, &title.en, &title.ru] {
        names.push((text.clone(), raw.title.span()));
    }
    for alias in &raw.aliases {
        names.push((alias.get_ref().clone(), alias.span()));
    }
    names
}

/// The form in which headers are compared here: at least as coarse as the binder's.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a title or alias says that the item is the number of a person's document.
fn names_person_number(item: &Item) -> bool {
    let words = ["身份证", "证件号码", "证件号", "护照号"];
    let says = |text: &String| words.iter().any(|word| text.contains(word));
    says(&item.title.zh) || item.aliases.iter().any(says)
}
