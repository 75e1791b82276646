//! What a comparison of two names found, part by part.

use credit::lang::Lang;

/// A part of an organisation's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// 行政区划: where the name is registered.
    Region,
    /// 字号: the trade name, which tells competitors apart.
    Trade,
    /// 行业: what the organisation says it does.
    Industry,
    /// 组织形式: the legal form.
    Form,
    /// A branch, subsidiary office, shop or section of an organisation.
    Branch,
    /// What stands in brackets and is none of the others.
    Qualifier,
    /// A number, such as 第二 or No. 2.
    Number,
    /// The whole name, where its parts cannot be told apart.
    Whole,
}

/// How a part differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Difference {
    /// The same characters after width, variants, numerals and spaces are levelled.
    Spelling,
    /// The same parts in another order.
    Order,
    /// Only one of the two has it.
    Missing,
    /// One is the wider or shorter way of saying the other: 浙江杭州 and 杭州.
    Wider,
    /// Another legal form into which the organisation may have been converted.
    Converted,
    /// A slip of the pen: a doubled, exchanged or dropped character, a word that exists nowhere.
    Typo,
    /// One may be the short name of the other: 中石化.
    Abbreviation,
    /// One of the names says itself that it was the other before.
    Former,
    /// The same sound in another script.
    Transliteration,
    /// Something else.
    Other,
}

/// One part that differs, and what that is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct PartDifference {
    /// Which part.
    pub part: Part,
    /// In what way.
    pub kind: Difference,
    /// What the left name has there; may be empty.
    pub left: String,
    /// What the right name has there; may be empty.
    pub right: String,
    /// Evidence in bits: negative speaks against the same organisation, 1 bit halves the odds.
    pub bits: f32,
}

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// The probability that both name the same organisation, 0 to 1, as far as names can tell.
    pub score: f32,
    /// Whether a clerk would call them the same name, given what a false match costs.
    pub same: bool,
    /// The parts that differ, in the order of the name; empty when the names agree.
    pub parts: Vec<PartDifference>,
}

impl Likeness {
    /// One sentence for a clerk: what decides.
    #[must_use]
    pub fn why(&self, lang: Lang) -> String {
        super::why::sentence(self, lang)
    }

    /// Whether a person should look: not the same, yet not clearly another.
    #[must_use]
    pub fn possible(&self) -> bool {
        !self.same && self.score >= POSSIBLE
    }
}

/// Below this probability nobody needs to look.
pub(crate) const POSSIBLE: f32 = 0.1;
