//! The kinds of body that the first two characters of a unified code name. The table is data
//! (`catalog/bodies.toml`), because departments and categories are added by notice.

use crate::subject::SubjectKind;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    body: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    kind: String,
}

/// By department (a character of ASCII) and category (a digit).
static KINDS: LazyLock<[[Option<SubjectKind>; 10]; 128]> = LazyLock::new(|| {
    let mut table = [[None; 10]; 128];
    // INVARIANT: the file is part of the program and a test reads every row of it.
    let file = toml::from_str(include_str!("../../../../catalog/bodies.toml"));
    for row in file.map_or_else(|_| Vec::new(), |file: File| file.body) {
        if let [department, category @ b'0'..=b'9'] = row.code.as_bytes()
            && let Some(cell) = cell(&mut table, *department, *category)
        {
            *cell = SubjectKind::parse(&row.kind);
        }
    }
    table
});

/// The kind of body of a unified code; `None` where the table has no such pair.
pub(super) fn kind(code: &[u8]) -> Option<SubjectKind> {
    let category = usize::from(code.get(1)?.checked_sub(b'0')?);
    *KINDS.get(usize::from(*code.first()?))?.get(category)?
}

fn cell(
    table: &mut [[Option<SubjectKind>; 10]; 128],
    department: u8,
    category: u8,
) -> Option<&mut Option<SubjectKind>> {
    let category = usize::from(category.checked_sub(b'0')?);
    table.get_mut(usize::from(department))?.get_mut(category)
}
