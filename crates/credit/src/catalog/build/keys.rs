//! The natural key of a theme, what stands for a document's number, and headers in use.

use super::super::model::{ItemIx, KeyPart, Layout};
use super::super::raw::{At, RawLayout, RawTheme};
use super::super::{refusals, words};
use super::Build;

impl Build<'_, '_> {
    pub(super) fn key(&mut self, parts: &[At<String>]) -> Vec<KeyPart> {
        let mut key = Vec::new();
        for part in parts {
            if part.get_ref() == "@subject" {
                key.push(KeyPart::Subject);
            } else if let Some(item) = self.item(part) {
                key.push(KeyPart::Item(item));
            }
        }
        key
    }

    /// `document = "publication"`: the publication of a row is its own reference, told apart by the
    /// items of the natural key.
    pub(super) fn reference(&mut self, raw: &RawTheme, key: &[KeyPart]) -> Vec<ItemIx> {
        let kinds: words::Words<bool> = &[("decision", false), ("publication", true)];
        let publication = raw
            .document
            .as_ref()
            .and_then(|kind| self.choice(kinds, kind));
        if publication != Some(true) {
            return Vec::new();
        }
        key.iter()
            .filter_map(|part| match part {
                KeyPart::Item(item) => Some(*item),
                KeyPart::Subject => None,
            })
            .collect()
    }

    pub(super) fn layouts(&mut self, layouts: &[At<RawLayout>]) -> Vec<Layout> {
        layouts
            .iter()
            .filter_map(|layout| self.layout(layout))
            .collect()
    }

    fn layout(&mut self, layout: &At<RawLayout>) -> Option<Layout> {
        let raw = layout.get_ref();
        if raw.header.len() != raw.columns.len() {
            let reason = "header.len() != columns.len()";
            self.desk
                .refuse(layout.span(), &refusals::SENSE, &["layouts", reason]);
            return None;
        }
        let mut columns = Vec::new();
        for column in &raw.columns {
            columns.push(if column.get_ref().is_empty() {
                None
            } else {
                self.item(column)
            });
        }
        Some(Layout {
            header: raw.header.clone(),
            columns,
        })
    }
}
