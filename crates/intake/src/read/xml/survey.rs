//! Finds the record element and its columns from the beginning of a document.

use super::Fields;
use super::walk::{Step, Walk};
use crate::decode::Decoded;
use crate::read::json::{Columns, SAMPLED};
use crate::refusal::{FileRefusal, RefusalKind};
use std::collections::HashMap;

/// Elements looked at while the record is sought: a thousand records of the widest known table.
const ELEMENTS: usize = 60_000;

/// What is known of the elements of one path.
#[derive(Default)]
struct Kind {
    order: usize,
    count: usize,
    /// Names of attributes and of elements inside, with their numbers.
    inside: HashMap<String, usize>,
}

/// Finds the path of the record element.
pub(in crate::read) fn survey(text: Decoded) -> Result<Vec<String>, FileRefusal> {
    let mut walk = Walk::new(text)?;
    let mut kinds: HashMap<Vec<String>, Kind> = HashMap::new();
    for _ in 0..ELEMENTS {
        match walk.step()? {
            Step::End => break,
            Step::Open => note(&mut kinds, &walk),
            Step::Text | Step::Close => {}
        }
    }
    choose(&kinds)
        .ok_or_else(|| FileRefusal::new(RefusalKind::NoRecords, "no element that holds fields"))
}

fn note(kinds: &mut HashMap<Vec<String>, Kind>, walk: &Walk) {
    let order = kinds.len();
    let kind = kinds.entry(walk.path().to_vec()).or_insert_with(|| Kind {
        order,
        ..Kind::default()
    });
    kind.count += 1;
    for (name, _) in walk.attributes() {
        *kind.inside.entry(format!("@{name}")).or_default() += 1;
    }
    if let Some((name, outer)) = walk.path().split_last()
        && let Some(outer) = kinds.get_mut(outer)
    {
        *outer.inside.entry(name.clone()).or_default() += 1;
    }
}

/// The shallowest element that repeats and holds fields; without one, the element that holds the
/// most fields, which then is the only record.
fn choose(kinds: &HashMap<Vec<String>, Kind>) -> Option<Vec<String>> {
    let with_fields = || kinds.iter().filter(|(_, kind)| !kind.inside.is_empty());
    let repeated = with_fields()
        .filter(|(_, kind)| kind.count > 1)
        .min_by_key(|(path, kind)| (path.len(), usize::MAX - kind.count, kind.order));
    let single = || {
        with_fields()
            .max_by_key(|(path, kind)| (kind.inside.len(), path.len(), usize::MAX - kind.order))
    };
    repeated.or_else(single).map(|(path, _)| path.clone())
}

/// Collects the columns of the first records.
pub(in crate::read) fn columns(text: Decoded, record: &[String]) -> Result<Columns, FileRefusal> {
    let mut walk = Walk::new(text)?;
    let mut fields = Fields::default();
    let mut columns = Columns::default();
    let mut sampled = 0;
    while sampled < SAMPLED {
        match walk.step()? {
            Step::End => break,
            Step::Open if walk.path() == record => {
                let mut names = Vec::new();
                fields.read(&mut walk, record.len(), |name, _| {
                    names.push(name.to_owned());
                    names.len() <= 100 * credit::limits::COLUMNS
                })?;
                columns.learn(names);
                sampled += 1;
            }
            _ => {}
        }
    }
    Ok(columns)
}
