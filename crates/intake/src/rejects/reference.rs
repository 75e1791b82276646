//! The reference of a rejected row, `R<submission>-<row>`: the last of our columns in a file of
//! rejects. It comes back with the mended row and says which rejected one it mends, whatever was
//! changed in the row, its key included. It is never stored as data.
//!
//! The letter in front keeps spreadsheets from reading digits with an `e` between them as a number
//! and short ones as a day. They may change its case or its width; both are read.

use credit::lang::Lang;
use credit::subject::SubmissionId;
use credit::text::narrow;
use std::fmt;

/// Characters at most: 1 + 32 + 1 + 20 digits of the largest row, and room for spaces around.
const CHARS: usize = 64;

/// Which rejected row is meant. Nothing is proven by it: whoever uses it checks that the sender and
/// the theme are those of the submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The submission that was answered with the reject.
    pub submission: SubmissionId,
    /// The row of its file.
    pub row: u64,
}

impl Reference {
    /// Reads a cell; `None` for everything that is no reference.
    #[must_use]
    pub fn parse(cell: &str) -> Option<Reference> {
        if cell.len() > CHARS * 3 {
            return None;
        }
        let cell = narrow(cell.trim()).to_ascii_lowercase();
        let cell = cell.trim_start_matches('\'').trim();
        let (submission, row) = cell.strip_prefix('r')?.split_once('-')?;
        let is_row = !row.is_empty() && row.bytes().all(|digit| digit.is_ascii_digit());
        Some(Reference {
            submission: SubmissionId::parse(submission)?,
            row: row.parse().ok().filter(|_| is_row)?,
        })
    }

    /// The title of its column.
    #[must_use]
    pub fn title(lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => "〔退回编号〕",
            Lang::En => "〔reject number〕",
            Lang::Ru => "〔номер возврата〕",
        }
    }

    /// Whether a header is the title of its column, in any language.
    #[must_use]
    pub fn is_title(header: &str) -> bool {
        let header = header.trim().to_lowercase();
        Lang::ALL
            .into_iter()
            .any(|lang| Reference::title(lang) == header)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R{}-{}", self.submission, self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_comes_back_as_it_went(bytes in any::<[u8; 16]>(), row in any::<u64>()) {
            let one = Reference { submission: SubmissionId(bytes), row };
            let text = one.to_string();
            prop_assert!(text.chars().count() <= CHARS);
            prop_assert_eq!(Reference::parse(&text), Some(one));
            // What spreadsheets and people do to it.
            prop_assert_eq!(Reference::parse(&format!(" {}\t", text.to_uppercase())), Some(one));
            prop_assert_eq!(Reference::parse(&format!("'{text}")), Some(one));
            prop_assert_eq!(Reference::parse(&text.replace('R', "Ｒ")), Some(one));
        }

        #[test]
        fn anything_else_is_no_reference(text in ".{0,80}") {
            if let Some(one) = Reference::parse(&text) {
                prop_assert!(text.to_lowercase().contains(&one.submission.to_string()));
            }
        }
    }

    #[test]
    fn numbers_and_days_are_no_reference() {
        let id = "0".repeat(32);
        for text in [
            String::new(),
            format!("{id}-1"),
            format!("R{id}"),
            format!("R{id}-"),
            format!("R{id}-+1"),
            format!("R{id}-1.0"),
            format!("R{id}-18446744073709551616"),
            format!("R{}-1", &id[1..]),
            "2026-11-22".to_owned(),
        ] {
            assert_eq!(Reference::parse(&text), None, "{text}");
        }
    }

    #[test]
    fn its_title_is_known_in_every_language() {
        for lang in Lang::ALL {
            assert!(Reference::is_title(&format!(
                " {} ",
                Reference::title(lang)
            )));
        }
        assert!(!Reference::is_title("退回编号"));
    }
}
