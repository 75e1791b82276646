//! What stands in brackets: a region, a form, a state, a former name, or something else.

use super::super::OrgName;
use super::super::lexicon::{Bracket, lexicon};
use super::{Han, Mention};

impl Han {
    /// Reads the brackets of a name and gives what stands outside them, in order. A form or 集团 in
    /// brackets stays in its place: (集团) is 集团.
    pub(super) fn take_brackets(&mut self, chars: &[char]) -> Vec<char> {
        let mut outside = Vec::with_capacity(chars.len());
        let mut at = 0;
        while let Some(letter) = chars.get(at) {
            match letter {
                '(' => {
                    let inside: Vec<char> = chars
                        .iter()
                        .skip(at + 1)
                        .take_while(|one| !matches!(one, '(' | ')'))
                        .copied()
                        .collect();
                    at += inside.len() + 1;
                    let last = chars.iter().skip(at).all(|one| matches!(one, '(' | ')'));
                    self.bracket(&inside, last, &mut outside);
                }
                ')' => at += 1,
                _ => {
                    outside.push(*letter);
                    at += 1;
                }
            }
        }
        outside
    }

    fn bracket(&mut self, inside: &[char], last: bool, outside: &mut Vec<char>) {
        if inside.is_empty() {
            return;
        }
        let entry = lexicon().entry(inside);
        if entry.form == lexicon().group || (entry.form != 0 && !last) {
            outside.extend(inside);
        } else if let Some(place) = lexicon().place(entry) {
            let mention = Mention::of(place, entry);
            self.push_region(inside, mention);
        } else if entry.bracket == Bracket::Status {
        } else if entry.bracket == Bracket::Form || entry.form != 0 {
            self.form_text.clear();
        } else if let Some(former) = former(inside) {
            self.former = Some(Box::new(former));
        } else if outside.is_empty()
            || (last
                && lexicon()
                    .entry(inside.get(inside.len().saturating_sub(3)..).unwrap_or(&[]))
                    .branch
                    != Default::default())
        {
            outside.extend(inside);
        } else if !self.chain(inside) {
            self.qualifiers.push(inside.iter().collect());
            self.noted = last;
        }
    }

    /// 浙江杭州 in brackets: several divisions in a row.
    fn chain(&mut self, inside: &[char]) -> bool {
        let mut found = Vec::new();
        let mut rest = inside;
        while !rest.is_empty() {
            let longest = lexicon()
                .words(rest)
                .filter(|(_, entry)| entry.place != 0)
                .last();
            let Some((length, entry)) = longest else {
                return false;
            };
            let Some(place) = lexicon().place(entry) else {
                return false;
            };
            found.push(Mention::of(place, entry));
            rest = rest.get(length..).unwrap_or(&[]);
        }
        self.region.extend(inside);
        self.regions.extend(found);
        true
    }
}

/// 原某某厂: the name behind a word that begins a former one.
fn former(inside: &[char]) -> Option<OrgName> {
    let (length, _) = lexicon()
        .words(inside)
        .filter(|(_, entry)| entry.bracket == Bracket::Former)
        .last()?;
    let name = inside.get(length..).filter(|name| name.len() >= 4)?;
    Some(OrgName::parse(&name.iter().collect::<String>()))
}
