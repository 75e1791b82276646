//! A list of names, asked for the ones that another name may be: a match of two files.
//!
//! Two names are compared only when they share a key: the whole name, the core (trade name and
//! industry) in whole, with one character left out, its beginning or its end, or, of names in letters,
//! one of their two rarest words. So a name in another order, without its legal form or with one slip meets its own.

use super::parts::Parts;
use super::{Likeness, OrgName, Script, compare};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Names of one key that are compared at most: keys that more share say nothing.
const BLOCK: usize = 400;
/// Longest core of which shortened keys are kept, in characters: its keys are as many.
const CORE: usize = 40;
/// Characters of a core's beginning and of its end that are keys, too: a slip in the region or in the
/// legal form makes the core longer at one of them.
const EDGE: usize = 4;

/// A list of names ready to be asked.
#[derive(Debug, Default)]
pub struct Nearest {
    names: Vec<OrgName>,
    blocks: HashMap<u64, Vec<u32>>,
    words: HashMap<u64, u32>,
}

impl Nearest {
    /// Takes a list in; places count from 0.
    #[must_use]
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Nearest {
        let mut list = Nearest {
            names: names.map(OrgName::parse).collect(),
            ..Nearest::default()
        };
        for name in &list.names {
            for word in words(name) {
                *list.words.entry(word).or_default() += 1;
            }
        }
        for (place, name) in (0_u32..).zip(&list.names) {
            for key in list.keys(name) {
                let block = list.blocks.entry(key).or_default();
                // One more than is compared tells that the key is too common.
                if block.len() <= BLOCK && block.last() != Some(&place) {
                    block.push(place);
                }
            }
        }
        list
    }

    /// The name of the list that a name most likely is; the first of equals.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(u32, Likeness)> {
        let asked = OrgName::parse(text);
        let mut places: Vec<u32> = self
            .keys(&asked)
            .into_iter()
            .filter_map(|key| self.blocks.get(&key))
            .filter(|block| block.len() <= BLOCK)
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        let scored = places.into_iter().filter_map(|place| {
            let name = self.names.get(usize::try_from(place).ok()?)?;
            Some((place, compare(&asked, name)))
        });
        scored.reduce(|best, next| {
            if next.1.score > best.1.score {
                next
            } else {
                best
            }
        })
    }

    fn keys(&self, name: &OrgName) -> Vec<u64> {
        if name.folded().is_empty() {
            return Vec::new();
        }
        let mut keys = vec![digest(0, name.folded())];
        if name.script() == Script::Han {
            let core: Vec<char> = name
                .trade()
                .chars()
                .chain(name.industry().chars())
                .collect();
            keys.push(shortened(&core, None));
            if core.len() >= EDGE {
                let (front, back) = (core.get(..EDGE), core.get(core.len() - EDGE..));
                let edges = [(3, front), (4, back)].into_iter();
                keys.extend(edges.filter_map(|(kind, edge)| {
                    Some(digest(kind, &edge?.iter().collect::<String>()))
                }));
            }
            if (3..=CORE).contains(&core.len()) {
                keys.extend((0..core.len()).map(|gap| shortened(&core, Some(gap))));
            }
        } else {
            let mut rarest = words(name);
            rarest.sort_unstable_by_key(|word| (self.words.get(word).copied().unwrap_or(0), *word));
            keys.extend(rarest.into_iter().take(2));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The words that tell, by the sound that their spellings and scripts share.
fn words(name: &OrgName) -> Vec<u64> {
    let Parts::Words(words) = &name.parts else {
        return Vec::new();
    };
    let longer = words.tokens.iter().filter(|token| token.sound.len() > 1);
    longer.map(|token| digest(1, &token.sound)).collect()
}

fn shortened(core: &[char], gap: Option<usize>) -> u64 {
    let kept = core.iter().enumerate().filter(|(at, _)| Some(*at) != gap);
    digest(2, &kept.map(|(_, letter)| letter).collect::<String>())
}

/// Keys of one run only: the digest is the standard library's, without a seed.
fn digest(kind: u8, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, text).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_meets_its_own_in_another_order_without_its_form_and_with_a_slip() {
        let list = Nearest::of(
            [
                "上海明达软件有限公司",
                "北京明远软件有限公司",
                "Romashka LLC",
                "",
            ]
            .into_iter(),
        );
        for (asked, place) in [
            ("北京明远软件有限公司", 1),
            ("明远软件（北京）有限公司", 1),
            ("北京明远软件", 1),
            ("北京明远软软件有限公司", 1),
            ("北京明远软件有线公司", 1),
            ("北惊明远软件有限公司", 1),
            ("ООО Ромашка", 2),
        ] {
            let found = list.find(asked);
            assert!(
                found
                    .as_ref()
                    .is_some_and(|(at, likeness)| *at == place && likeness.same),
                "{asked}: {found:?}"
            );
        }
        for other in ["北京明志软件有限公司", "上海明远软件有限公司", "", "？"]
        {
            assert!(
                !list.find(other).is_some_and(|(_, likeness)| likeness.same),
                "{other}"
            );
        }
    }
}
