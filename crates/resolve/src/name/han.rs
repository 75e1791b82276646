//! A Chinese name taken apart: brackets, branch, legal form, region, trade name, industry.

mod brackets;
mod branch;
mod core;

pub(super) use self::core::{Covered, covered, split};

use super::OrgName;
use super::lexicon::{Entry, Place, lexicon};

/// A division that a name mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The number of its short name.
    pub(super) short: u16,
    /// 0 nation, 1 province, 2 prefecture, 3 county or district.
    pub(super) level: u8,
    /// Whether it is written with 市, 县, 省.
    pub(super) marked: bool,
    /// Whether it is written with 市.
    pub(super) city: bool,
    /// The entry it was found by.
    place: u16,
}

impl Mention {
    /// The mention of a place by the entry that names it.
    fn of(place: &Place, entry: Entry) -> Mention {
        Mention {
            short: place.short,
            level: place.level,
            marked: place.marked,
            city: place.city,
            place: entry.place,
        }
    }

    /// Whether this division lies in another.
    pub(super) fn lies_in(self, other: Mention) -> bool {
        let entry = Entry {
            place: self.place,
            ..Entry::default()
        };
        lexicon()
            .place(entry)
            .is_some_and(|place| place.within.contains(&other.short))
            && self.level > other.level
    }
}

/// The parts of a Chinese name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Han {
    /// Divisions, in the order of the name.
    pub(super) regions: Vec<Mention>,
    /// Their text as written.
    pub(super) region: String,
    /// Whether what was taken for a region may as well be a trade name: 安康药业.
    pub(super) unsure: bool,
    /// Trade name and industry.
    pub(super) core: Vec<char>,
    /// Length of the trade name in the core.
    pub(super) trade: usize,
    /// Number of the legal form; 0 when left out.
    pub(super) form: u8,
    /// Its text.
    pub(super) form_text: String,
    /// Whether it calls itself a group.
    pub(super) group: bool,
    /// The branch, its region in short form; empty for the organisation itself.
    pub(super) branch: String,
    /// Bracketed words of no known kind.
    pub(super) qualifiers: Vec<String>,
    /// Whether the last of them stands at the end, where clerks write what happened to a registration.
    pub(super) noted: bool,
    /// A former name in brackets.
    pub(super) former: Option<Box<OrgName>>,
    /// Everything but brackets, status and former name, in the order of the name.
    pub(super) whole: Vec<char>,
    /// Where in `whole` the leading region ends.
    pub(super) head: usize,
    /// Where in `whole` the legal form begins and ends.
    pub(super) form_at: (usize, usize),
}

impl Han {
    /// Takes a levelled name apart.
    pub(super) fn parse(chars: &[char]) -> Han {
        let mut han = Han::default();
        let plain = han.take_brackets(chars);
        let whole = lexicon().settle(&plain).unwrap_or(plain);
        let own = han.take_branch(&whole);
        let before = han.take_form(own);
        han.take_region(before);
        han.whole = whole;
        han
    }

    /// 字号.
    pub(super) fn trade(&self) -> &[char] {
        self.core.get(..self.trade).unwrap_or(&[])
    }

    /// 行业.
    pub(super) fn industry(&self) -> &[char] {
        self.core.get(self.trade..).unwrap_or(&[])
    }

    /// Bracketed words within the name, and the note at its end.
    pub(super) fn words_in_brackets(&self) -> (&[String], &[String]) {
        let within = self.qualifiers.len() - usize::from(self.noted && !self.qualifiers.is_empty());
        self.qualifiers.split_at(within)
    }

    /// Whether its legal form is written out: 有限公司, 股份有限公司.
    pub(super) fn is_company(&self) -> bool {
        [lexicon().limited, lexicon().stock].contains(&self.form)
    }

    /// How much the core tells, in bits: rare trade names and industries tell more.
    pub(super) fn information(&self) -> f32 {
        let trade: f32 = self
            .trade()
            .iter()
            .map(|letter| lexicon().rarity(*letter))
            .sum();
        trade + covered(self.industry()).bits.min(40.0)
    }

    /// Takes the legal form off the end; 集团 before it makes a group. Gives what stands before.
    fn take_form<'a>(&mut self, own: &'a [char]) -> &'a [char] {
        let mut rest = own;
        while let Some((length, form)) = form_at_end(rest) {
            let Some(before) = rest
                .get(..rest.len() - length)
                .filter(|before| before.len() >= 2)
            else {
                break;
            };
            let is_group = form == lexicon().group;
            if self.form != 0 && !is_group {
                break;
            }
            self.group |= is_group;
            if self.form == 0 || is_group {
                self.form_text = rest
                    .iter()
                    .skip(before.len())
                    .chain(self.form_text.chars().collect::<Vec<_>>().iter())
                    .collect();
            }
            if self.form == 0 && (!is_group || self.form_text.ends_with("公司")) {
                self.form = if is_group { lexicon().company } else { form };
            }
            rest = before;
            if !is_group
                && !matches!(form, f if f == lexicon().limited || f == lexicon().stock || f == lexicon().company)
            {
                break;
            }
        }
        self.form_at = (rest.len(), own.len());
        rest
    }

    /// Takes the regions off the front, or from before the form, and splits the rest.
    fn take_region(&mut self, before: &[char]) {
        let (mut rest, mut taken, mut last) = (before, 0, 0);
        while let Some((length, mention)) =
            self.region_at_start(rest, taken == 0 && self.regions.is_empty())
        {
            if rest.len() < length + 1 {
                break;
            }
            self.push_region(rest.get(..length).unwrap_or(&[]), mention);
            rest = rest.get(length..).unwrap_or(&[]);
            (taken, last) = (taken + length, length);
        }
        self.core = rest.to_vec();
        self.region_inside();
        let span = split(&self.core);
        self.trade = span.trade;
        let bare = |one: &&Mention| !one.marked && one.level > 1;
        if let Some(innermost) = self.regions.last().copied().as_ref().filter(bare)
            && taken > 0
            && span.trade == 0
        {
            self.unsure = true;
            if innermost.level == 3 {
                taken -= last;
                self.give_back(before.get(taken..).unwrap_or(&[]), last);
            }
        }
        self.head = taken;
    }

    /// 东方电气: what looks like a county is all the trade name there is.
    fn give_back(&mut self, core: &[char], length: usize) {
        self.regions.pop();
        let kept = self.region.chars().count().saturating_sub(length);
        self.region = self.region.chars().take(kept).collect();
        self.core = core.to_vec();
        self.trade = split(core).trade.max(length.min(core.len()));
    }

    fn push_region(&mut self, text: &[char], mention: Mention) {
        self.region.extend(text);
        if !self
            .regions
            .iter()
            .any(|known| known.short == mention.short && known.level == mention.level)
        {
            self.regions.push(mention);
        }
    }

    /// The longest division at the front that may be one there.
    fn region_at_start(&self, text: &[char], first: bool) -> Option<(usize, Mention)> {
        let mut best = None;
        for (length, entry) in lexicon().words(text) {
            let Some(place) = lexicon().place(entry) else {
                continue;
            };
            if !place.marked && is_town(text.get(length..).unwrap_or(&[])) {
                continue;
            }
            let mention = Mention::of(place, entry);
            let inside = self
                .regions
                .last()
                .is_some_and(|last| mention.lies_in(*last));
            let fits = match (place.level, place.marked) {
                (0 | 1, _) => first,
                (2, true) | (3, true) => first || inside,
                (2, false) => first || inside,
                _ => inside || (first && !place.district),
            };
            if fits {
                best = Some((length, mention));
            }
        }
        best
    }

    /// 可口可乐上海有限公司, 某某上海贸易有限公司: a province or city behind the trade name, with
    /// nothing or only industry words after it.
    fn region_inside(&mut self) {
        if !self.regions.is_empty() || self.core.len() < 4 {
            return;
        }
        if let Some((at, length, mention)) = inside(&self.core) {
            self.region.extend(self.core.drain(at..at + length));
            self.regions.push(mention);
        }
    }
}

/// Where such a place stands, and its length.
fn inside(core: &[char]) -> Option<(usize, usize, Mention)> {
    for at in 2..core.len() - 1 {
        let tail = core.get(at..)?;
        for (length, entry) in lexicon().words(tail) {
            let Some(place) = lexicon()
                .place(entry)
                .filter(|place| matches!(place.level, 1 | 2))
            else {
                continue;
            };
            if covered(tail.get(length..).unwrap_or(&[])).unknown == 0 {
                return Some((at, length, Mention::of(place, entry)));
            }
        }
    }
    None
}

/// 新安镇 is a town and not the county 新安: what follows a bare name says what it is.
fn is_town(behind: &[char]) -> bool {
    matches!(behind, ['镇' | '乡' | '村', ..] | ['街', '道', ..])
}

/// The longest legal form that ends a text.
pub(super) fn form_at_end(text: &[char]) -> Option<(usize, u8)> {
    let longest = text.len().min(9);
    (1..=longest).rev().find_map(|length| {
        let form = lexicon().entry(text.get(text.len() - length..)?).form;
        (form != 0).then_some((length, form))
    })
}
