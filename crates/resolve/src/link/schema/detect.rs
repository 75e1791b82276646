//! From a title and a look at the content to a kind and a role.

use super::hint::Hint;
use super::look::Look;
use super::{Column, MAX_EVIDENCE};
use crate::link::kind::{Kind, Role};
use crate::table::{MISSING, Table};

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
    words(look)
}

/// Why a column gives no evidence.
fn passed_over(look: &Look) -> Option<&'static str> {
    let coded = look.any_digit > 0.9 && look.words < 4.0 && look.at_signs < 0.5;
    let named = !matches!(
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
    if look.length < 2.5 && look.distinct < 40 {
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
    let of_people = columns.iter().any(|column| column.kind == Kind::Date);
    let has = |columns: &[Column], role| columns.iter().any(|column| column.role == role);
    if !of_people || (has(columns, Role::Given) && has(columns, Role::Family)) {
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
    let mut open: Vec<(f32, usize)> = (0..columns.len())
        .filter(|&at| columns[at].kind == Kind::Name && looks[at].hint == Hint::None)
        .map(|at| {
            (
                at_home.iter().map(|home| agrees(table, *home, at)).sum(),
                at,
            )
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
