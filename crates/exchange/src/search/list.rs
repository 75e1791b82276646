//! Searching a plain list of names, without a platform: the same index over the lines of a file,
//! so that anybody can measure it on names of their own.

use super::{Index, files};
use credit::text::name_form;
use resolve::search::Builder;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// An index over names in the order of a list; the keys of hits are their numbers, from 0. With a
/// path it stands in a file there, else in memory.
///
/// # Errors
/// When a name cannot be read or the file cannot be written.
pub fn list_index(
    names: impl Iterator<Item = io::Result<String>>,
    file: Option<&Path>,
) -> io::Result<Index> {
    let mut builder = Builder::new();
    for (number, name) in (0_u64..).zip(names) {
        builder.push(number, &name_form(&name?));
    }
    let segment = match file {
        Some(path) => files::write(builder, path)?,
        None => files::in_memory(builder)?,
    };
    Ok(Index::new(vec![Arc::new(segment)]))
}
