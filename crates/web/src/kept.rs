//! Answers that are used again while nothing changed: a public look-up is asked for often, and is
//! the same bytes until something is committed or the day ends.
//!
//! Each answer is kept with the mark that was read before it was made. Any commit, by this process
//! or another, and every midnight makes another mark, and then all that was kept is dropped.

use crate::etag::Tagged;
use credit::lang::Lang;
use credit::limits::{KEPT_ANSWER_BYTES, KEPT_ANSWERS, KEPT_QUESTION_BYTES};
use exchange::lookup::Fresh;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Kept answers. Bounded: when the newer half is full, the older half is dropped.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    /// The mark of all that is kept.
    fresh: Option<Fresh>,
    newer: HashMap<(Lang, Box<str>), Tagged>,
    older: HashMap<(Lang, Box<str>), Tagged>,
}

impl Kept {
    /// The answer to a question, if one as fresh as this is kept.
    pub(crate) fn get(&self, fresh: &Fresh, lang: Lang, asked: &str) -> Option<Tagged> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.fresh.as_ref() != Some(fresh) {
            *inside = Inside {
                fresh: Some(fresh.clone()),
                ..Inside::default()
            };
            return None;
        }
        let key = (lang, Box::from(asked));
        if let Some(found) = inside.newer.get(&key) {
            return Some(found.clone());
        }
        let found = inside.older.remove(&key)?;
        inside.put(key, found.clone());
        Some(found)
    }

    /// Keeps an answer that was made after its mark was read. One made under another mark than the
    /// last reader's is not kept.
    pub(crate) fn put(&self, fresh: &Fresh, lang: Lang, asked: &str, answer: &Tagged) {
        if answer.bytes() > KEPT_ANSWER_BYTES || asked.len() > KEPT_QUESTION_BYTES {
            return;
        }
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.fresh.as_ref() == Some(fresh) {
            inside.put((lang, Box::from(asked)), answer.clone());
        }
    }
}

impl Inside {
    fn put(&mut self, key: (Lang, Box<str>), answer: Tagged) {
        if self.newer.len() >= KEPT_ANSWERS / 2 {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(key, answer);
    }
}
