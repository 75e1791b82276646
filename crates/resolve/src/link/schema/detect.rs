//! From a title and a look at the content to a kind and a role.

use super::hint::Hint;
use super::look::Look;
use super::{Column, MAX_EVIDENCE};
use crate::link::kind::{Kind, Role};
use crate::table::{MISSING, Table};
use std::collections::HashMap;

/// Kind and role of one column.
pub(super) fn column(look: &Look) -> Column {
    let (kind, why) = kind(look);
    Column {
        title: look.title.clone(),
        kind,
        role: role(look, kind),
        why,
    }
}

fn kind(look: &Look) -> (Kind, &'static str) {
    if let Some(why) = passed_over(look) {
        return (Kind::Skip, why);
    }
    if look.numbered > 0.6 && look.variety() > 0.05 {
        return (Kind::Identifier, "holds numbers whose check digits fit");
    }
    if look.at_signs > 0.5 {
        return (Kind::Email, "holds electronic addresses");
    }
    if look.dates > 0.85 || (look.hint == Hint::Date && look.dates > 0.4) {
        return (Kind::Date, "holds dates");
    }
    if look.decimals > 0.3 || (look.hint == Hint::Measure && look.digits > 0.7) {
        return (Kind::Number, "holds measures");
    }
    if look.digits > 0.7 {
        return number(look);
    }
    if look.hint == Hint::Organisation || (look.han > 0.5 && look.organisations > 0.3) {
        return (Kind::Organisation, "holds names of organisations");
    }
    if look.hint == Hint::Person && look.persons > 0.6 && look.organisations < 0.2 {
        return (Kind::Person, "holds given name and surname");
    }
    words(look)
}

/// Why a column gives no evidence.
fn passed_over(look: &Look) -> Option<&'static str> {
    let coded = look.any_digit > 0.9 && look.words < 4.0 && look.at_signs < 0.5;
    let named = look.numbered < 0.6
        && !matches!(
            look.hint,
            Hint::Identity | Hint::Telephone | Hint::Date | Hint::Place | Hint::Postcode
        );
    match look.hint {
        _ if look.distinct < 2 => Some("says nothing or always the same"),
        Hint::Result => Some("the result of an earlier run"),
        Hint::RowKey if look.unique || look.distinct < 12 => Some("names the row"),
        _ if look.unique && look.dense && look.filled > 2 => Some("counts the rows"),
        _ if look.unique && coded && named && look.filled > 20 && look.dates < 0.8 => {
            Some("differs in every row")
        }
        _ => None,
    }
}

fn number(look: &Look) -> (Kind, &'static str) {
    if look.hint == Hint::Telephone {
        return (Kind::Code, "holds telephone numbers");
    }
    let long = look.length >= 5.5 && look.hint != Hint::Postcode;
    if long && (look.variety() > 0.1 || look.hint == Hint::Identity) {
        return (Kind::Code, "holds long numbers that few rows share");
    }
    (Kind::Short, "holds short numbers")
}

fn words(look: &Look) -> (Kind, &'static str) {
    let coded = look.any_digit > 0.8 && look.words < 1.5 && look.length >= 5.5;
    if coded && (look.variety() > 0.1 || look.hint == Hint::Identity) {
        return (Kind::Code, "holds codes that few rows share");
    }
    if look.length < 2.5 && (look.distinct < 40 || look.variety() < 0.01) {
        return (Kind::Category, "holds few short signs");
    }
    let names = matches!(look.hint, Hint::Given | Hint::Family);
    if !names && (look.words > 1.6 || look.length > 14.0) {
        return (Kind::Text, "holds several words");
    }
    (Kind::Name, "holds single words")
}

fn role(look: &Look, kind: Kind) -> Role {
    match (kind, look.hint) {
        (Kind::Name, Hint::Given) => Role::Given,
        (Kind::Name, Hint::Family) => Role::Family,
        (_, Hint::Place | Hint::Postcode | Hint::Telephone) => Role::Place,
        (Kind::Short | Kind::Category, _) => Role::Place,
        _ => Role::Own,
    }
}

/// Where titles do not tell, columns of single words are told apart by those who share an address or
/// a telephone: the given name agrees least among them, then the surname; the rest is of the place.
pub(super) fn pair_names(table: &Table, columns: &mut [Column], looks: &[Look]) {
    let has = |columns: &[Column], role| columns.iter().any(|column| column.role == role);
    if (has(columns, Role::Given) && has(columns, Role::Family)) || !of_people(columns) {
        return;
    }
    if take_whole(table, columns, looks) {
        for (column, look) in columns.iter_mut().zip(looks) {
            let open = matches!(column.kind, Kind::Text | Kind::Code | Kind::Name);
            if look.hint == Hint::None && open {
                column.role = Role::Place;
            }
        }
        return;
    }
    for (column, look) in columns.iter_mut().zip(looks) {
        if look.hint == Hint::None && matches!(column.kind, Kind::Text | Kind::Code) {
            column.role = Role::Place;
        }
    }
    let at_home: Vec<usize> = (0..columns.len())
        .filter(|&at| columns[at].role == Role::Place && columns[at].kind != Kind::Skip)
        .filter(|&at| looks[at].variety() > 0.05)
        .collect();
    let mail = (0..columns.len()).find(|&at| columns[at].kind == Kind::Email);
    let mut open: Vec<(f32, usize)> = (0..columns.len())
        .filter(|&at| columns[at].kind == Kind::Name && looks[at].hint == Hint::None)
        .map(|at| {
            let homes: f32 = at_home.iter().map(|home| agrees(table, *home, at)).sum();
            let elsewhere = mail.is_some_and(|mail| in_mail(table, mail, at) < 0.1);
            (if elsewhere { homes + 1_000.0 } else { homes }, at)
        })
        .collect();
    open.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    for (rank, (_, at)) in open.iter().enumerate() {
        columns[*at].role = match rank {
            0 => Role::Given,
            1 => Role::Family,
            _ => Role::Place,
        };
        columns[*at].why = "taken for it by how often it agrees where an address does";
    }
}

/// Whether rows speak of people: they have a date, as of birth, or an electronic address, and names.
fn of_people(columns: &[Column]) -> bool {
    let has = |kind| columns.iter().any(|column: &Column| column.kind == kind);
    has(Kind::Date) || has(Kind::Email) || has(Kind::Code)
}

/// Whether a column holds a given name and a surname in one cell: by its title, or because no column holds
/// single names and this one, the first such with many values, two to four words of letters of which the last
/// is not always the same, as "street" would be.
fn take_whole(table: &Table, columns: &mut [Column], looks: &[Look]) -> bool {
    let has = |kind| columns.iter().any(|column: &Column| column.kind == kind);
    let least = if has(Kind::Date) || has(Kind::Email) {
        0.8
    } else {
        0.88
    };
    let single = |(column, look): &(&Column, &Look)| {
        column.kind == Kind::Name && look.hint == Hint::None && look.persons < 0.5
    };
    let singles = columns.iter().zip(looks).filter(single).count();
    let fits = |at: &usize| {
        let (column, look) = (&columns[*at], &looks[*at]);
        let hinted = matches!(look.hint, Hint::None | Hint::FullName);
        matches!(column.kind, Kind::Text | Kind::Name)
            && hinted
            && look.persons > least
            && look.variety() > 0.2
            && look.organisations < 0.1
            && usual_ending(table, *at) < 0.1
    };
    let told = columns.iter().any(|column| column.kind == Kind::Person);
    if told || singles > 1 {
        return told;
    }
    let found = (0..columns.len()).find(fits);
    if let Some(at) = found {
        columns[at].kind = Kind::Person;
        columns[at].why = "holds two names, by its words";
    }
    found.is_some()
}

/// The share of a column's values that end in its most usual last word.
fn usual_ending(table: &Table, column: usize) -> f32 {
    let values = table.column(column);
    let mut endings: HashMap<&str, usize> = HashMap::new();
    let step = (values.len() / 5_000).max(1);
    let mut seen = 0_usize;
    for id in values.ids().step_by(step) {
        let last = values.text(id).rsplit(' ').next().unwrap_or_default();
        *endings.entry(last).or_default() += 1;
        seen += 1;
    }
    let most = endings.into_values().max().unwrap_or_default();
    most as f32 / seen.max(1) as f32
}

/// How often a column's text stands in an electronic address of the same row.
fn in_mail(table: &Table, mail: usize, column: usize) -> f32 {
    let (mut met, mut found) = (0.5_f32, 0.0_f32);
    for row in 0..table.rows().min(5_000) {
        let cells = table.row(row);
        let text = table.column(column).text(cells[column]);
        let address = table.column(mail).text(cells[mail]);
        if text.len() >= 3 && !address.is_empty() {
            met += 1.0;
            found += f32::from(u8::from(address.contains(text)));
        }
    }
    found / met
}

/// How often a column agrees between rows that follow each other with one value of another.
fn agrees(table: &Table, home: usize, column: usize) -> f32 {
    let mut last = vec![MISSING; table.column(home).len()];
    let (mut met, mut same) = (0.5_f32, 0.0_f32);
    for row in 0..table.rows() {
        let (place, value) = (table.row(row)[home], table.row(row)[column]);
        if place == MISSING || value == MISSING {
            continue;
        }
        let before = std::mem::replace(&mut last[place as usize], value);
        if before != MISSING {
            met += 1.0;
            same += f32::from(u8::from(before == value));
        }
    }
    same / met
}

/// Keeps the columns with the most varied values when there are too many.
pub(super) fn keep_strongest(columns: &mut [Column], looks: &[Look]) {
    let mut used: Vec<usize> = (0..columns.len())
        .filter(|&at| columns[at].kind != Kind::Skip)
        .collect();
    used.sort_by_key(|&at| (std::cmp::Reverse(looks[at].distinct), at));
    for &at in used.iter().skip(MAX_EVIDENCE) {
        columns[at].kind = Kind::Skip;
        columns[at].why = "other columns tell more";
    }
}
