//! A name taken apart once, to be compared many times.

use super::fold::{MOST, fold};
use super::han::Han;
use super::words::Words;

/// The script a name is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Chinese characters.
    Han,
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Chinese characters and letters.
    Mixed,
    /// Neither letters nor characters that tell.
    Other,
}

/// An organisation's name, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct OrgName {
    script: Script,
    folded: String,
    pub(super) parts: Parts,
}

/// The parts, by kind of name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parts {
    /// A Chinese name.
    Han(Box<Han>),
    /// A name of words.
    Words(Box<Words>),
    /// Nothing to take apart, or too long for a name.
    Plain,
}

impl OrgName {
    /// Takes a name apart. Any text is accepted; what is no name simply has few parts.
    #[must_use]
    pub fn parse(text: &str) -> OrgName {
        let folded = fold(text);
        let parts = match folded.script {
            _ if folded.chars.len() > MOST => Parts::Plain,
            Script::Han | Script::Mixed => Parts::Han(Box::new(Han::parse(&folded.chars))),
            Script::Latin | Script::Cyrillic => Parts::Words(Box::new(Words::parse(&folded.chars))),
            Script::Other => Parts::Plain,
        };
        OrgName {
            script: folded.script,
            folded: folded
                .chars
                .iter()
                .filter(|letter| !matches!(letter, '(' | ')'))
                .collect(),
            parts,
        }
    }

    /// The script.
    #[must_use]
    pub fn script(&self) -> Script {
        self.script
    }

    /// The whole name after width, variants, numerals, spaces and punctuation are levelled. Equal
    /// texts are equal names; a good key for counting and interning.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// 行政区划, empty when the name has none: `浙江杭州`.
    #[must_use]
    pub fn region(&self) -> &str {
        match &self.parts {
            Parts::Han(han) => &han.region,
            _ => "",
        }
    }

    /// 字号, the trade name; for letters the words that tell.
    #[must_use]
    pub fn trade(&self) -> String {
        match &self.parts {
            Parts::Han(han) => han.trade().iter().collect(),
            Parts::Words(words) => words.telling(),
            Parts::Plain => self.folded.clone(),
        }
    }

    /// 行业, empty when the name has none.
    #[must_use]
    pub fn industry(&self) -> String {
        match &self.parts {
            Parts::Han(han) => han.industry().iter().collect(),
            _ => String::new(),
        }
    }

    /// 组织形式 in its usual spelling, empty when left out.
    #[must_use]
    pub fn form(&self) -> &str {
        match &self.parts {
            Parts::Han(han) => &han.form_text,
            Parts::Words(words) => words.form_key(),
            Parts::Plain => "",
        }
    }

    /// What follows the organisation's own name: branch, sub-branch, shop; empty for the
    /// organisation itself.
    #[must_use]
    pub fn branch(&self) -> &str {
        match &self.parts {
            Parts::Han(han) => &han.branch,
            _ => "",
        }
    }

    /// What stands in brackets and is neither region, form nor state.
    #[must_use]
    pub fn qualifiers(&self) -> &[String] {
        match &self.parts {
            Parts::Han(han) => &han.qualifiers,
            _ => &[],
        }
    }

    /// The former name that the text itself gives: `某某有限公司（原某某厂）`.
    #[must_use]
    pub fn former(&self) -> Option<&OrgName> {
        match &self.parts {
            Parts::Han(han) => han.former.as_deref(),
            _ => None,
        }
    }
}
