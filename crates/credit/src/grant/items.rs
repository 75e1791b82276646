//! A set of items of themes, as grants and looks name it: `penalty/CF_WSH registration/ZCDZ`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Items of one grant or look at most: all 19 shipped editions have some 300; × 2 for room.
const ITEMS: usize = 600;

/// Items by theme. Never empty, save by [`Items::default`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items(BTreeMap<String, BTreeSet<String>>);

/// Why a list of items cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("items are written THEME/ITEM, parted by spaces, at least one and at most {ITEMS}")]
pub struct BadItems;

impl Items {
    /// Reads `THEME/ITEM` pairs parted by white space or commas; each once, in any order.
    ///
    /// # Errors
    /// [`BadItems`] for a list that is empty, too long, or has a pair of another form.
    pub fn parse(text: &str) -> Result<Items, BadItems> {
        let mut items = Items::default();
        for pair in text.split([' ', ',', '\n', '\r', '\t']) {
            if pair.is_empty() {
                continue;
            }
            let (theme, item) = pair.split_once('/').ok_or(BadItems)?;
            let sound = |code: &str| {
                !code.is_empty()
                    && code.len() <= 64
                    && code
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            };
            if !sound(theme) || !sound(item) || items.len() >= ITEMS {
                return Err(BadItems);
            }
            let of_theme = items.0.entry(theme.to_owned()).or_default();
            of_theme.insert(item.to_owned());
        }
        if items.is_empty() {
            return Err(BadItems);
        }
        Ok(items)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// Whether an item of a theme is among them.
    #[must_use]
    pub fn has(&self, theme: &str, item: &str) -> bool {
        self.0.get(theme).is_some_and(|items| items.contains(item))
    }

    /// Whether a theme has any.
    #[must_use]
    pub fn has_theme(&self, theme: &str) -> bool {
        self.0.contains_key(theme)
    }

    /// Whether all of them are among others.
    #[must_use]
    pub fn is_within(&self, other: &Items) -> bool {
        self.pairs().all(|(theme, item)| other.has(theme, item))
    }

    /// Those of them that are among others, too.
    #[must_use]
    pub fn within(&self, other: &Items) -> Items {
        let mut both = Items::default();
        for (theme, item) in self.pairs().filter(|(theme, item)| other.has(theme, item)) {
            let of_theme = both.0.entry(theme.to_owned()).or_default();
            of_theme.insert(item.to_owned());
        }
        both
    }

    /// Codes of the themes.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Theme and item, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(theme, items)| {
            let of_theme = items.iter();
            of_theme.map(move |item| (theme.as_str(), item.as_str()))
        })
    }
}

impl fmt::Display for Items {
    /// In order, each once: equal sets are equal texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (theme, item)) in self.pairs().enumerate() {
            let between = if position == 0 { "" } else { " " };
            write!(f, "{between}{theme}/{item}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_any_order_and_written_in_one() {
        let one = Items::parse("penalty/B, a-b/X_1\npenalty/A penalty/B").expect("items");
        assert_eq!(one.to_string(), "a-b/X_1 penalty/A penalty/B");
        assert_eq!(Items::parse(&one.to_string()), Ok(one.clone()));
        assert_eq!((one.len(), one.themes().count()), (3, 2));
        assert!(one.has("penalty", "A") && !one.has("a-b", "A") && !one.has_theme("permit"));
    }

    #[test]
    fn what_two_lists_share_is_in_both() {
        let one = Items::parse("penalty/A penalty/B permit/A").expect("items");
        let other = Items::parse("penalty/B penalty/C judgment/A").expect("items");
        let both = one.within(&other);
        assert_eq!(both.to_string(), "penalty/B");
        assert!(both.is_within(&one) && both.is_within(&other));
        assert!(one.within(&Items::default()).is_empty());
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in [
            "",
            " ,",
            "penalty",
            "penalty/",
            "/A",
            "penalty/*",
            "a/b/c",
            "罚/A",
        ] {
            assert_eq!(Items::parse(wrong), Err(BadItems), "{wrong}");
        }
        let many: Vec<String> = (0..=ITEMS).map(|number| format!("t/I{number}")).collect();
        assert_eq!(Items::parse(&many.join(" ")), Err(BadItems));
        assert!(Items::parse(&many[1..].join(" ")).is_ok());
    }
}
