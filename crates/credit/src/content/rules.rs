//! The rules of content as data: what is forbidden, what is redacted, what makes a text doubtful.

use super::find::{NameFile, Names};
use super::pattern::{Endings, Patterns};
use super::redact::{self, HitKind, Redaction};
use crate::lang::Lang;
use crate::text::{simplify, simplify_char};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// A kind of data that is never stored (rights 3; R02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ForbiddenKind {
    /// 宗教信仰.
    Religion,
    /// 民族、种族.
    Ethnicity,
    /// 政治面貌、政治观点.
    Politics,
    /// 信访、上访.
    Petition,
    /// 工会会籍.
    Union,
    /// 性取向.
    Sexuality,
    /// 基因.
    Genes,
    /// 指纹、人脸、虹膜、声纹.
    Biometrics,
    /// 血型.
    Blood,
    /// 疾病和病史.
    Illness,
    /// 行踪轨迹.
    Movement,
    /// 收入、存款、保险、不动产: only with a consent on file, which does not exist yet.
    Wealth,
}

impl ForbiddenKind {
    /// Every kind.
    pub const ALL: [ForbiddenKind; 12] = [
        ForbiddenKind::Religion,
        ForbiddenKind::Ethnicity,
        ForbiddenKind::Politics,
        ForbiddenKind::Petition,
        ForbiddenKind::Union,
        ForbiddenKind::Sexuality,
        ForbiddenKind::Genes,
        ForbiddenKind::Biometrics,
        ForbiddenKind::Blood,
        ForbiddenKind::Illness,
        ForbiddenKind::Movement,
        ForbiddenKind::Wealth,
    ];

    /// The code in data files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ForbiddenKind::Religion => "religion",
            ForbiddenKind::Ethnicity => "ethnicity",
            ForbiddenKind::Politics => "politics",
            ForbiddenKind::Petition => "petition",
            ForbiddenKind::Union => "union",
            ForbiddenKind::Sexuality => "sexuality",
            ForbiddenKind::Genes => "genes",
            ForbiddenKind::Biometrics => "biometrics",
            ForbiddenKind::Blood => "blood",
            ForbiddenKind::Illness => "illness",
            ForbiddenKind::Movement => "movement",
            ForbiddenKind::Wealth => "wealth",
        }
    }

    /// The inverse of [`ForbiddenKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<ForbiddenKind> {
        ForbiddenKind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// What it is called to the officer whose row is refused.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            ForbiddenKind::Religion => ["宗教信仰", "religion", "вероисповедание"],
            ForbiddenKind::Ethnicity => ["民族", "ethnicity", "этническая принадлежность"],
            ForbiddenKind::Politics => [
                "政治面貌或观点",
                "political opinion",
                "политические взгляды",
            ],
            ForbiddenKind::Petition => ["信访情况", "petitions", "жалобы и обращения к властям"],
            ForbiddenKind::Union => ["工会会籍", "union membership", "членство в профсоюзе"],
            ForbiddenKind::Sexuality => ["性取向", "sexuality", "сексуальная ориентация"],
            ForbiddenKind::Genes => ["基因", "genes", "генетические данные"],
            ForbiddenKind::Biometrics => ["生物识别信息", "biometrics", "биометрические данные"],
            ForbiddenKind::Blood => ["血型", "blood type", "группа крови"],
            ForbiddenKind::Illness => ["疾病和病史", "illness", "болезни"],
            ForbiddenKind::Movement => ["行踪轨迹", "movements", "перемещения"],
            ForbiddenKind::Wealth => [
                "个人收入、存款、保险、财产",
                "a person's income, deposits, insurance or property",
                "доходы, вклады, страховки и имущество лица",
            ],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}

/// A statement of a forbidden kind and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forbidden {
    /// Its kind.
    pub kind: ForbiddenKind,
    /// Its bytes in the text. They are for masking; never repeat them in a message or log.
    pub range: Range<usize>,
}

/// Why a file of content rules is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// Not the form of such a file.
    #[error("not a file of content rules: {0}")]
    Form(#[from] toml::de::Error),
    /// A pattern that does not compile.
    #[error("a pattern does not compile: {0}")]
    Pattern(#[from] regex::Error),
    /// A kind that does not exist.
    #[error("{0} is no kind")]
    Kind(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    forbidden: Vec<Entry>,
    redact: Vec<Entry>,
    doubtful: Doubtful,
    names: NameFile,
    organisation: Organisation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) kind: String,
    pub(super) words: Vec<String>,
    pub(super) patterns: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubtful {
    words: Vec<String>,
    patterns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub(super) endings: Vec<String>,
    pub(super) short: Vec<String>,
    pub(super) strong: Vec<String>,
    pub(super) latin: Vec<String>,
}

/// Compiled rules of content. The default has none and lets nothing through: every text is then
/// forbidden and doubtful, so that a broken file cannot open the door.
#[derive(Debug, Default)]
pub struct ContentRules {
    version: String,
    open: bool,
    forbidden: Patterns<ForbiddenKind>,
    pub(super) redact: Patterns<HitKind>,
    pub(super) doubtful: Patterns<()>,
    pub(super) names: Names,
    pub(super) endings: Endings,
}

/// INVARIANT: the file is part of the program and compiles; a test says so.
static BUILTIN: LazyLock<ContentRules> = LazyLock::new(|| {
    ContentRules::parse(include_str!("../../../../catalog/content.toml")).unwrap_or_default()
});

impl ContentRules {
    /// The rules shipped with the program.
    #[must_use]
    pub fn builtin() -> &'static ContentRules {
        &BUILTIN
    }

    /// Compiles a file of rules.
    ///
    /// # Errors
    /// When the file has another form, an unknown kind, or a pattern that does not compile.
    pub fn parse(toml: &str) -> Result<ContentRules, ContentError> {
        let file: File = toml::from_str(toml)?;
        let doubtful = Entry {
            kind: String::new(),
            words: file.doubtful.words,
            patterns: file.doubtful.patterns,
            unless: Vec::new(),
        };
        Ok(ContentRules {
            version: file.version,
            open: true,
            forbidden: Patterns::compile(&file.forbidden, ForbiddenKind::parse)?,
            redact: Patterns::compile(&file.redact, HitKind::parse)?,
            doubtful: Patterns::compile(&[doubtful], |_| Some(()))?,
            names: Names::compile(file.names)?,
            endings: Endings::compile(&file.organisation)?,
        })
    }

    /// The version of the rules, for receipts.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// See [`super::forbidden`].
    #[must_use]
    pub fn forbidden(&self, text: &str) -> Option<Forbidden> {
        if !self.open {
            let kind = ForbiddenKind::Illness;
            return Some(Forbidden {
                kind,
                range: 0..text.len(),
            });
        }
        if !self.forbidden.may_hold(text.chars().map(simplify_char)) {
            return None;
        }
        // A simplified character takes as many bytes as the traditional one, so places stay.
        let (kind, range) = self.forbidden.find(&simplify(text)).into_iter().next()?;
        Some(Forbidden { kind, range })
    }

    /// See [`super::redact`].
    #[must_use]
    pub fn redact(&self, text: &str) -> Redaction {
        if self.open {
            redact::redact(self, text)
        } else {
            Redaction {
                text: String::new(),
                doubtful: true,
                hits: Vec::new(),
            }
        }
    }

    /// Whether a tidied name ends as organisations' names do.
    pub(crate) fn is_organisation(&self, name: &str) -> bool {
        self.endings.end(name)
    }

    /// Whether a tidied name may be a person's.
    pub(crate) fn could_be_person(&self, name: &str) -> bool {
        !self.open || (!self.is_organisation(name) && self.names.like_a_person(name, &self.endings))
    }
}

#[cfg(test)]
mod tests {
    use super::ContentRules;

    #[test]
    fn the_shipped_rules_compile() -> Result<(), super::ContentError> {
        let rules = ContentRules::parse(include_str!("../../../../catalog/content.toml"))?;
        assert!(rules.open && rules.version().len() >= 6);
        assert!(ContentRules::builtin().open);
        Ok(())
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3_000))]
        /// The quick look misses nothing that the rules themselves find.
        #[test]
        fn the_quick_look_misses_nothing(
            text in "[一-龥a-zA-Z：，0-9 ]{0,12}",
            seed in proptest::sample::select(vec![
                "宗教信仰：佛教", "民族：汉", "系回族群众", "政治面貌：党员", "血型：A", "患有乙肝", "Religion: x", "RELIGION: x",
                "blood type: A", "вероисповедание: x", "Вероисповедание: x", "月收入：5000元", "上访", "基因检测结果",
            ]),
            at in 0_usize..12,
        ) {
            let rules = ContentRules::builtin();
            let place = text.char_indices().nth(at).map_or(text.len(), |(place, _)| place);
            let (head, tail) = text.split_at(place);
            for text in [format!("{head}{seed}{tail}"), text.clone()] {
                let slow = !rules.forbidden.find(&text).is_empty();
                proptest::prop_assert_eq!(rules.forbidden(&text).is_some(), slow, "{}", text);
            }
        }
    }

    #[test]
    fn without_rules_nothing_passes() {
        let closed = ContentRules::default();
        assert!(closed.forbidden("任何文字").is_some());
        assert!(closed.redact("任何文字").doubtful);
        assert_eq!(closed.redact("任何文字").text, "");
    }
}
