//! The three languages of the site, and texts that exist in all of them.

use serde::Deserialize;

/// A language of the reader. The law speaks Chinese; the other two are translations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// 中文, the language of the law and the default.
    #[default]
    Zh,
    /// English.
    En,
    /// Русский.
    Ru,
}

impl Lang {
    /// Every language, in the order in which the site offers them.
    pub const ALL: [Lang; 3] = [Lang::Zh, Lang::En, Lang::Ru];

    /// The BCP 47 tag, as written in `lang` attributes and the `lang` query parameter.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::Ru => "ru",
        }
    }

    /// Reads a tag such as `zh`, `zh-CN`, `en-GB` or `ru`; anything else is no language of ours.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Lang::ALL
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }
}

/// A text in all three languages. A catalogue file that lacks one is refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
    /// Русский.
    pub ru: String,
}

impl Text {
    /// The text in the reader's language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
            Lang::Ru => &self.ru,
        }
    }
}
