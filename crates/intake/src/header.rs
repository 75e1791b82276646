//! Which column of a file holds which item of a theme.
//!
//! Agencies write headers by code, by title, by the title of an older edition, with or without the
//! unit, in any order. All of these bind; what is unknown is reported and left out; what would be
//! guessed is refused: two columns for one item, or a required column that is not there.

mod form;

use crate::refusal::{FileRefusal, RefusalKind};
use crate::rejects::{self, Reference};
use credit::catalog::{Item, ItemIx, KeyPart, Required, Role, Theme};
use credit::lang::Lang;
use std::collections::HashMap;

pub use form::header_form;

/// What a file's column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// An item, and the unit that the header itself names in brackets.
    Item(ItemIx, Option<String>),
    /// No item of the theme: left out, never stored.
    Unknown,
    /// A column that the platform itself added to a file of rejects.
    Ours,
}

/// The columns of one file, bound to a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// For each column of the file what it is.
    pub columns: Vec<Column>,
    /// For each item of the theme its column.
    pub by_item: Vec<Option<usize>>,
    /// The file's own headers.
    pub headers: Vec<String>,
    /// The file is one of our own files of rejects: its guard against formulas is taken off.
    pub guarded: bool,
    /// The column that says which rejected row each row mends.
    pub reference: Option<usize>,
}

impl Binding {
    /// Headers that no item of the theme has.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .zip(&self.headers)
            .filter(|(column, header)| **column == Column::Unknown && !header.is_empty())
            .map(|(_, header)| header.as_str())
    }
}

/// Binds a header to a theme.
///
/// # Errors
/// Required columns are missing (the refusal lists them and what was found), or two columns stand
/// for one item.
pub fn bind(theme: &Theme, header: &[String], lang: Lang) -> Result<Binding, FileRefusal> {
    let columns = match theme.layouts.iter().find(|layout| layout.fits(header)) {
        Some(layout) => layout
            .columns
            .iter()
            .map(|item| item.map_or(Column::Unknown, |ix| Column::Item(ix, None)))
            .collect(),
        None => by_titles(theme, header),
    };
    let mut by_item = vec![None; theme.items.len()];
    let mut doubled = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Column::Item(ix, _) = column else {
            continue;
        };
        if let Some(place) = by_item.get_mut(*ix) {
            if place.is_some() {
                doubled.push(title(theme, *ix, lang));
            } else {
                *place = Some(at);
            }
        }
    }
    if !doubled.is_empty() {
        let cause = format!("{} items have two columns", doubled.len());
        return Err(FileRefusal::new(
            RefusalKind::DoubledColumns(doubled),
            cause,
        ));
    }
    let missing = missing(theme, &by_item, lang);
    if !missing.is_empty() {
        let cause = format!("{} required columns are missing", missing.len());
        let found = tellable(&columns, header);
        return Err(FileRefusal::new(
            RefusalKind::MissingColumns { missing, found },
            cause,
        ));
    }
    Ok(Binding {
        guarded: columns.contains(&Column::Ours),
        reference: header.iter().position(|title| Reference::is_title(title)),
        columns,
        by_item,
        headers: header.to_vec(),
    })
}

/// The headers that a refusal may repeat. Where no column binds, the first row may be a person's and
/// no header at all: then none. A cell that is long or full of digits is no title either.
fn tellable(columns: &[Column], header: &[String]) -> Vec<String> {
    if columns.iter().all(|column| *column == Column::Unknown) {
        return Vec::new();
    }
    header
        .iter()
        .filter(|title| {
            let digits = title.chars().filter(|sign| sign.is_numeric()).count();
            !title.is_empty() && digits < 6 && title.chars().count() <= 40
        })
        .take(50)
        .cloned()
        .collect()
}

/// Reads each header cell by itself.
fn by_titles(theme: &Theme, header: &[String]) -> Vec<Column> {
    let names = Names::of(theme);
    header
        .iter()
        .map(|cell| {
            if rejects::is_ours(cell) {
                return Column::Ours;
            }
            names
                .find(cell)
                .map_or(Column::Unknown, |ix| Column::Item(ix, form::unit(cell)))
        })
        .collect()
}

/// Titles of items that must have a column and have none.
fn missing(theme: &Theme, by_item: &[Option<usize>], lang: Lang) -> Vec<String> {
    let has = |ix: ItemIx| by_item.get(ix).is_some_and(Option::is_some);
    let mut missing: Vec<String> = theme
        .items
        .iter()
        .enumerate()
        .filter(|(ix, item)| needs_column(theme, *ix, item) && !has(*ix))
        .map(|(ix, _)| title(theme, ix, lang))
        .collect();
    let mut subject = theme
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| matches!(item.role, Role::SubjectName | Role::SubjectIdentifier))
        .map(|(ix, _)| ix);
    // A theme whose subject columns are all optional still needs one of them.
    if missing.is_empty() && !subject.clone().any(has) {
        missing.extend(subject.next().map(|ix| title(theme, ix, lang)));
    }
    missing
}

/// A person's number is dropped before anything sees it, so its column is never demanded.
fn needs_column(theme: &Theme, ix: ItemIx, item: &Item) -> bool {
    item.role != Role::PersonIdentifier
        && (matches!(item.required, Required::Yes) || theme.key.contains(&KeyPart::Item(ix)))
}

fn title(theme: &Theme, ix: ItemIx, lang: Lang) -> String {
    theme
        .items
        .get(ix)
        .map(|item| item.title.get(lang).to_owned())
        .unwrap_or_default()
}

/// Every spelling of every item, by its comparison form.
struct Names {
    exact: HashMap<String, ItemIx>,
    bare: HashMap<String, Option<ItemIx>>,
}

impl Names {
    fn of(theme: &Theme) -> Names {
        let mut names = Names {
            exact: HashMap::new(),
            bare: HashMap::new(),
        };
        // Codes go first: no title may take the place of a code.
        for (ix, item) in theme.items.iter().enumerate() {
            names.exact.entry(header_form(&item.code)).or_insert(ix);
        }
        for (ix, item) in theme.items.iter().enumerate() {
            for spelling in spellings(item) {
                names.exact.entry(header_form(spelling)).or_insert(ix);
                let bare = form::bare(spelling);
                names
                    .bare
                    .entry(bare)
                    .and_modify(|known| {
                        if *known != Some(ix) {
                            *known = None;
                        }
                    })
                    .or_insert(Some(ix));
            }
        }
        names
    }

    /// The item of a header: as written, then without brackets, then by what the brackets hold.
    fn find(&self, header: &str) -> Option<ItemIx> {
        self.exact
            .get(&header_form(header))
            .or_else(|| self.exact.get(&form::bare(header)))
            .copied()
            .or_else(|| self.bare.get(&form::bare(header)).copied().flatten())
            .or_else(|| {
                let inside = form::inside(header)?;
                self.exact.get(&header_form(inside)).copied()
            })
    }
}

fn spellings(item: &Item) -> impl Iterator<Item = &str> {
    [
        item.title.zh.as_str(),
        item.title.en.as_str(),
        item.title.ru.as_str(),
    ]
    .into_iter()
    .chain(item.aliases.iter().map(String::as_str))
}
