//! Values of code sets, by value, alias or title, alone or several in one cell.

use super::Canonical;
use credit::catalog::CodeSet;
use credit::fault::FaultKind;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Values that a fault lists, so that the officer can choose without opening the catalogue.
const SUGGESTED: usize = 12;

/// What joins several canonical values.
const JOIN: char = ';';

/// A code set made ready for millions of look-ups.
#[derive(Clone, Debug)]
pub struct CodeIndex {
    set: Arc<CodeSet>,
    by_spelling: HashMap<String, usize>,
}

impl CodeIndex {
    /// Indexes a set. A value's own spelling goes before aliases and titles of others.
    #[must_use]
    pub fn new(set: Arc<CodeSet>) -> CodeIndex {
        let mut by_spelling = HashMap::new();
        for (ix, value) in set.values.iter().enumerate() {
            by_spelling.entry(fold(&value.value)).or_insert(ix);
        }
        for (ix, value) in set.values.iter().enumerate() {
            let titles = [&value.title.zh, &value.title.en, &value.title.ru];
            for spelling in value.aliases.iter().chain(titles) {
                by_spelling.entry(fold(spelling)).or_insert(ix);
            }
        }
        CodeIndex { set, by_spelling }
    }

    /// Reads a tidied cell.
    ///
    /// # Errors
    /// A value outside the set, or several where one is taken.
    pub fn parse<'a>(&self, text: &'a str, many: bool) -> Canonical<'a> {
        if let Some(ix) = self.find(text) {
            return Ok(self.value(ix).map(|value| {
                if value == text {
                    Cow::Borrowed(text)
                } else {
                    Cow::Owned(value.to_owned())
                }
            }));
        }
        let pieces: Vec<&str> = text
            .split([';', '；', ',', '，', '、', '|', '/', '\n'])
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        let found: Option<Vec<usize>> = pieces.iter().map(|piece| self.find(piece)).collect();
        let Some(mut found) = found.filter(|found| !found.is_empty()) else {
            return Err(self.refuse());
        };
        // The order in which an agency lists them carries no meaning.
        found.sort_unstable();
        found.dedup();
        if found.len() > 1 && !many {
            return Err(FaultKind::OneOnly);
        }
        let mut out = String::with_capacity(text.len());
        for ix in found {
            if !out.is_empty() {
                out.push(JOIN);
            }
            out.push_str(self.value(ix).unwrap_or_default());
        }
        Ok(Some(Cow::Owned(out)))
    }

    fn find(&self, text: &str) -> Option<usize> {
        self.by_spelling
            .get(text)
            .or_else(|| self.by_spelling.get(&fold(text)))
            .copied()
    }

    fn value(&self, ix: usize) -> Option<&str> {
        self.set.values.get(ix).map(|value| value.value.as_str())
    }

    fn refuse(&self) -> FaultKind {
        let allowed = self
            .set
            .values
            .iter()
            .take(SUGGESTED)
            .map(|value| value.value.clone())
            .collect();
        FaultKind::NotInSet { allowed }
    }
}

fn fold(text: &str) -> String {
    credit::text::narrow(text)
        .chars()
        .filter(|each| !each.is_whitespace())
        .flat_map(char::to_uppercase)
        .map(credit::text::simplify_char)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit::catalog::CodeValue;
    use credit::lang::Text;

    fn text(zh: &str) -> Text {
        Text {
            zh: zh.into(),
            en: format!("{zh} en"),
            ru: format!("{zh} ru"),
        }
    }

    fn index() -> CodeIndex {
        let value = |value: &str, alias: &str| CodeValue {
            value: value.into(),
            aliases: vec![alias.into()],
            title: text(value),
        };
        CodeIndex::new(Arc::new(CodeSet {
            code: "t".into(),
            title: text("t"),
            values: vec![
                value("警告", "01"),
                value("罚款", "03"),
                value("没收", "04"),
            ],
        }))
    }

    #[test]
    fn spellings_lead_to_the_value() {
        for spelling in ["罚款", "03", "罚 款", "罚款 EN", "０３"] {
            assert_eq!(
                index().parse(spelling, false),
                Ok(Some("罚款".into())),
                "{spelling}"
            );
        }
    }

    #[test]
    fn several_values_have_one_order() {
        for cell in ["罚款;警告", "警告；罚款", "01、03", "03,01,03"] {
            assert_eq!(
                index().parse(cell, true),
                Ok(Some("警告;罚款".into())),
                "{cell}"
            );
        }
        assert_eq!(index().parse("警告;罚款", false), Err(FaultKind::OneOnly));
        assert_eq!(index().parse("罚款;罚款", false), Ok(Some("罚款".into())));
    }

    #[test]
    fn what_is_not_in_the_set_is_refused_with_what_is() {
        for cell in ["拘留", "罚款;拘留", ";", "05"] {
            let found = index().parse(cell, true);
            assert!(
                matches!(&found, Err(FaultKind::NotInSet { allowed }) if allowed.len() == 3),
                "{cell}"
            );
        }
    }
}
