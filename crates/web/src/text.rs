//! The site's texts, from message files in three languages (`text/*.ftl`). Themes bring their own
//! titles. No sentence is built by gluing words.

use credit::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Borrow;
use std::sync::LazyLock;
use unic_langid::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

const FILES: [(Lang, LanguageIdentifier, &str); 3] = [
    (Lang::Zh, langid!("zh"), include_str!("../text/zh.ftl")),
    (Lang::En, langid!("en"), include_str!("../text/en.ftl")),
    (Lang::Ru, langid!("ru"), include_str!("../text/ru.ftl")),
];

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> = LazyLock::new(|| {
    FILES
        .into_iter()
        .map(|(lang, id, file)| (lang, bundle(id, file)))
        .collect()
});

/// A file with an error still gives its good messages; a test refuses such a file.
fn bundle(id: LanguageIdentifier, file: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    let resource =
        FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The texts of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts {
    /// Which.
    pub(crate) lang: Lang,
}

impl Texts {
    /// The text of a key; the key itself where there is none, which a test refuses.
    pub(crate) fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with one number in it, in the plural of the language.
    pub(crate) fn count(&self, key: &str, count: impl Borrow<u64>) -> String {
        self.with(key, &[("count", FluentValue::from(*count.borrow()))])
    }

    /// The text of a key with one word in it.
    pub(crate) fn one(&self, key: &str, name: &str, value: &str) -> String {
        self.with(key, &[(name, FluentValue::from(value.to_owned()))])
    }

    /// The text of a key with values in it.
    pub(crate) fn with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), value.clone());
        }
        let bundle = BUNDLES
            .iter()
            .find(|(lang, _)| *lang == self.lang)
            .map(|(_, bundle)| bundle);
        bundle
            .and_then(|bundle| {
                let pattern = bundle.get_message(key)?.value()?;
                let mut faults = Vec::new();
                Some(
                    bundle
                        .format_pattern(pattern, Some(&args), &mut faults)
                        .into_owned(),
                )
            })
            .unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(file: &str) -> BTreeSet<&str> {
        file.lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .collect()
    }

    #[test]
    fn every_language_has_every_text() {
        let all: Vec<_> = FILES.iter().map(|(_, _, file)| keys(file)).collect();
        assert!(all[0].len() > 50);
        for (ix, (lang, _, file)) in FILES.iter().enumerate() {
            assert!(
                FluentResource::try_new((*file).to_owned()).is_ok(),
                "{lang:?} parses"
            );
            let missing: Vec<_> = all[0].symmetric_difference(&all[ix]).collect();
            assert!(missing.is_empty(), "{lang:?} differs in {missing:?}");
        }
    }

    #[test]
    fn every_key_used_in_a_template_exists() {
        let known = keys(FILES[0].2);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let folders = [
            folder.to_owned(),
            format!("{folder}/supply"),
            format!("{folder}/account"),
            format!("{folder}/sharing"),
        ];
        let entries = folders
            .iter()
            .flat_map(std::fs::read_dir)
            .flatten()
            .flatten();
        for entry in entries.filter(|entry| entry.path().is_file()) {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            for call in ["t.get(\"", "t.count(\"", "t.one(\"", "t.with(\""] {
                for part in text.split(call).skip(1) {
                    let key = part.split('"').next().unwrap_or_default();
                    assert!(known.contains(key), "{key} in {:?}", entry.path());
                }
            }
        }
    }
}
