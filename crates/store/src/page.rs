//! Pages: rows and where the next page begins. A cursor is a position in an order, so pages stay
//! stable while rows are added.

use crate::error::{Error, Result};

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of rows of which one more was read than wanted: that one tells of a next page.
    pub(crate) fn cut(mut rows: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Page<T> {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor);
        Page { rows, next }
    }
}

/// Reads a cursor that is a number; `first` where there is none.
pub(crate) fn number(after: Option<&str>, first: i64) -> Result<i64> {
    after.map_or(Ok(first), |text| text.parse().map_err(|_| Error::Cursor))
}

/// Reads a cursor of an instant and an id; before everything where there is none.
pub(crate) fn instant_and_id(after: Option<&str>) -> Result<(i64, Vec<u8>)> {
    let Some(text) = after else {
        return Ok((i64::MIN, Vec::new()));
    };
    let (at, id) = text.split_once('.').ok_or(Error::Cursor)?;
    let at = at.parse().map_err(|_| Error::Cursor)?;
    let bytes = (0..id.len())
        .step_by(2)
        .map(|from| {
            id.get(from..from + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect::<Option<Vec<u8>>>()
        .ok_or(Error::Cursor)?;
    Ok((at, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_place_is_refused() {
        for wrong in ["x", "1.zz", "1.é", "1.abc", "."] {
            assert!(instant_and_id(Some(wrong)).is_err(), "{wrong}");
        }
        assert!(number(Some("1x"), 0).is_err());
        assert_eq!(
            instant_and_id(Some("-5.0aff")).ok(),
            Some((-5, vec![10, 255]))
        );
    }

    #[test]
    fn one_row_more_than_wanted_tells_of_a_next_page() {
        let page = Page::cut(vec![1, 2, 3], 2, ToString::to_string);
        assert_eq!((page.rows, page.next), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(Page::cut(vec![1, 2], 2, ToString::to_string).next, None);
    }
}
