//! What of a fact's content may be seen: items by exposure, masks, redaction of free text.

use super::Editions;
use crate::dossier::Shown;
use crate::permit::Purpose;
use credit::catalog::{Exposure, Item, ItemIx, ItemKind, Mask, Role, Theme};
use credit::content;
use credit::identifier::{Identifier, System};
use credit::record::Version;

/// Digits of the shortest number of a person that could stand in a text: a mobile phone.
const PERSONAL_DIGITS: usize = 11;

/// The items of one edition as one purpose sees them. Made once for a record, used on each of its
/// versions.
pub(super) struct Window<'a> {
    theme: &'a Theme,
    purpose: Purpose,
    rules: Vec<Rule>,
}

/// What happens to the value of an item.
#[derive(Clone, Copy)]
enum Rule {
    /// Left out.
    Hide,
    /// Shown with its middle hidden.
    Mask(Mask),
    /// Free text: shown after redaction.
    Redact,
    /// Shown, unless it turns out to hold a person's number.
    Show,
}

impl<'a> Window<'a> {
    /// Settles the rule of every item. The edition of the day closes items for older rows too:
    /// what may be seen is decided today.
    pub(super) fn new(purpose: Purpose, editions: &Editions<'a>) -> Window<'a> {
        let theme = editions.shown.as_ref();
        let rule_of = |item: &Item| {
            let today = editions.today.item(&item.code);
            let today = today.and_then(|ix| editions.today.items.get(ix));
            rule(purpose, item, today.unwrap_or(item))
        };
        Window {
            theme,
            purpose,
            rules: theme.items.iter().map(rule_of).collect(),
        }
    }

    /// What may be seen of a version, in the theme's order. Items that the edition does not know
    /// are left out: nobody can tell who may see them.
    pub(super) fn values(&self, version: &Version) -> Vec<(ItemIx, Shown)> {
        let mut shown: Vec<(ItemIx, Shown)> = version
            .values
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(code, value)| {
                let ix = self.theme.item(code)?;
                Some((ix, self.show(ix, value)?))
            })
            .collect();
        shown.sort_by_key(|(ix, _)| *ix);
        shown
    }

    fn show(&self, ix: ItemIx, value: &str) -> Option<Shown> {
        let kind = &self.theme.items.get(ix)?.kind;
        match self.rules.get(ix)? {
            Rule::Hide => None,
            _ if is_personal_identifier(kind, value) => None,
            Rule::Mask(mask) => Some(Shown::Masked(masked(value, *mask))),
            Rule::Redact => Some(self.redacted(value)),
            Rule::Show if holds_personal_number(kind, value) => Some(self.redacted(value)),
            Rule::Show => Some(Shown::Plain(value.to_owned())),
        }
    }

    /// Free text. For the public people, addresses, accounts and health go, and what is doubtful
    /// waits whole; a subject reads its own text as it is, without the numbers of people.
    fn redacted(&self, text: &str) -> Shown {
        let is_public = self.purpose == Purpose::PublicLookup;
        if !is_public && content::personal_numbers(text).is_empty() {
            return Shown::Plain(text.to_owned());
        }
        let redaction = content::redact(text);
        match redaction {
            _ if is_public && redaction.doubtful => Shown::Waits,
            _ if redaction.text == text => Shown::Plain(redaction.text),
            _ => Shown::Redacted(redaction.text),
        }
    }
}

/// The rule of an item under its own edition and the edition of the day: the stricter holds.
fn rule(purpose: Purpose, own: &Item, today: &Item) -> Rule {
    let either = |test: fn(&Item) -> bool| test(own) || test(today);
    if either(|item| item.role == Role::PersonIdentifier) {
        return Rule::Hide;
    }
    if own.exposure.max(today.exposure) > purpose.exposure() {
        return Rule::Hide;
    }
    let is_public = purpose.exposure() == Exposure::Public;
    if is_public && either(|item| item.personal || item.role == Role::PersonName) {
        return Rule::Hide;
    }
    match today.mask.or(own.mask) {
        Some(mask) if is_public || purpose == Purpose::Duty => Rule::Mask(mask),
        _ if either(|item| item.free_text) => Rule::Redact,
        _ => Rule::Show,
    }
}

/// Whether a value names a person by number: by its system, or an old tax number built on a
/// citizen's number. What cannot be read as the identifier it should be is looked at by its digits.
fn is_personal_identifier(kind: &ItemKind, value: &str) -> bool {
    let ItemKind::Identifier(system) = kind else {
        return false;
    };
    let parsed = match system {
        Some(system) if system.is_personal() => return true,
        Some(system) => Identifier::parse(*system, value),
        None => Identifier::detect(value),
    };
    match parsed {
        Ok(parsed) => parsed.identifier.is_personal(),
        Err(_) => Identifier::parse(System::CitizenId, value).is_ok(),
    }
}

/// Whether a text that is not marked as free holds a person's number all the same. Looking is
/// skipped for texts without enough digits in a row, which are nearly all.
fn holds_personal_number(kind: &ItemKind, value: &str) -> bool {
    matches!(kind, ItemKind::Text(_))
        && longest_run_of_digits(value) >= PERSONAL_DIGITS
        && !content::personal_numbers(value).is_empty()
}

fn longest_run_of_digits(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        // Spaces and hyphens are how people group the digits of one number.
        run = match c {
            ' ' | '-' => run,
            _ if c.is_numeric() => run + 1,
            _ => 0,
        };
        longest = longest.max(run);
    }
    longest
}

/// Hides the middle of a value. A value that is no longer than what the mask keeps is hidden whole.
fn masked(value: &str, mask: Mask) -> String {
    let (left, right) = (usize::from(mask.left), usize::from(mask.right));
    let length = value.chars().count();
    let is_kept = |at: usize| length > left + right && (at < left || at >= length - right);
    let hide = |(at, c)| if is_kept(at) { c } else { '*' };
    value.chars().enumerate().map(hide).collect()
}
