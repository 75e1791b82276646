//! Asks segments stage by stage, from names that hold the text to those that are only near it, and
//! merges what they say into one order. A later stage runs only where the page is not full.

use super::letters;
use super::query::{Cursor, Hit, Kind, PAGE_HITS, Page, Query, SHORT};
use super::segment::Segment;
use super::text::Texts;
use super::{NAME_CHARS, contain, edit, fuzzy};
use credit::text::name_form;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// The fewest characters of a question for which two edits are forgiven: of four, half would differ.
const TWO_EDITS_FROM: usize = 5;

/// Segments that are asked together.
#[derive(Clone, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
}

impl Index {
    /// An index of segments; a name that stands in two of them is found twice.
    #[must_use]
    pub fn new(segments: Vec<Arc<Segment>>) -> Index {
        Index { segments }
    }

    /// Names in all segments.
    #[must_use]
    pub fn names(&self) -> u64 {
        let names = self.segments.iter().map(|segment| segment.names());
        names.map(u64::from).sum()
    }

    /// The segments.
    #[must_use]
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// A page of names for a question, best first.
    ///
    /// # Errors
    /// When a segment cannot be read or is damaged; the index is then to be made again.
    pub fn search(&self, query: &Query) -> io::Result<Page> {
        let form: Vec<char> = name_form(&query.text).chars().take(NAME_CHARS).collect();
        if form.is_empty() {
            return Ok(Page::default());
        }
        let limit = query.limit.clamp(1, PAGE_HITS);
        let asks = self.segments.iter();
        let mut asks: Vec<Ask<'_>> = asks.map(|one| Ask::new(one, &form, query, limit)).collect();
        for stage in stages(form.len(), query) {
            for ask in &mut asks {
                stage(ask)?;
            }
            if asks.iter().map(|ask| ask.hits.len()).sum::<usize>() > limit {
                break;
            }
        }
        let mut hits: Vec<Hit> = asks.into_iter().flat_map(|ask| ask.hits).collect();
        hits.sort_unstable_by(|a, b| a.place.cmp(&b.place));
        let more = hits.len() > limit;
        hits.truncate(limit);
        let next = hits.last().filter(|_| more).map(|hit| hit.place.clone());
        Ok(Page { hits, next })
    }
}

type Stage = fn(&mut Ask<'_>) -> io::Result<()>;

/// What is tried, in the order of the groups of hits.
fn stages(asked: usize, query: &Query) -> Vec<Stage> {
    let mut stages: Vec<Stage> = vec![contain::exact];
    if asked <= SHORT && query.edits > 0 {
        stages.extend([fuzzy::one as Stage, contain::beyond_one]);
    } else {
        stages.push(contain::all);
        if query.edits > 0 {
            stages.push(fuzzy::one);
        }
    }
    if query.edits > 1 && asked >= TWO_EDITS_FROM {
        stages.push(fuzzy::two);
    }
    if query.pinyin {
        stages.push(letters::find);
    }
    stages
}

/// A question put to one segment, and what was found so far.
pub(super) struct Ask<'a> {
    pub(super) segment: &'a Segment,
    pub(super) texts: Texts<'a>,
    /// The question as characters and as the segment's numbers.
    pub(super) form: &'a [char],
    pub(super) asked: Vec<u16>,
    pub(super) hits: Vec<Hit>,
    /// Hits after which a stage that finds them in order may stop: a page and one more.
    need: usize,
    edits: u8,
    after: Option<&'a Cursor>,
}

impl<'a> Ask<'a> {
    fn new(segment: &'a Segment, form: &'a [char], query: &'a Query, limit: usize) -> Ask<'a> {
        Ask {
            segment,
            texts: segment.texts(),
            form,
            asked: segment.alphabet().of_question(form),
            hits: Vec::new(),
            need: limit + 1,
            edits: query.edits,
            after: query.after.as_ref(),
        }
    }

    /// Whether enough was found.
    pub(super) fn is_full(&self) -> bool {
        self.hits.len() >= self.need
    }

    /// The group in which the last page ended.
    pub(super) fn after_group(&self) -> u8 {
        self.after.map_or(0, |after| after.group)
    }

    /// Reads a name and looks at it: as `judge` says, it is a hit.
    pub(super) fn consider(
        &mut self,
        number: u32,
        judge: impl FnOnce(&[u16], &[u16]) -> Option<Match>,
    ) -> io::Result<()> {
        let name = self.segment.name(&mut self.texts, number)?;
        let Some(found) = judge(&self.asked, name) else {
            return Ok(());
        };
        let asked = self.asked.len();
        // Without edits a short question has no near names that would come first.
        let counted = if self.edits == 0 { NAME_CHARS } else { asked };
        let place = Cursor {
            group: super::query::group(found.kind, counted, found.extra),
            apart: found.apart,
            extra: u16::try_from(found.extra).unwrap_or(u16::MAX),
            form: name
                .iter()
                .map(|&one| self.segment.alphabet().char(one))
                .collect(),
            key: self.segment.key(number)?,
        };
        if self.after.is_none_or(|after| place > *after) {
            self.hits.push(Hit {
                key: place.key,
                form: place.form.clone(),
                kind: found.kind,
                edits: found.edits,
                matched: found.matched,
                place,
            });
        }
        Ok(())
    }
}

/// How a name matches.
pub(super) struct Match {
    pub(super) kind: Kind,
    pub(super) edits: u8,
    pub(super) apart: u16,
    pub(super) extra: usize,
    pub(super) matched: Vec<Range<usize>>,
}

impl Match {
    /// The name holds the question from a character on. Between whole names (short questions) the
    /// distance counts before the way it was found.
    pub(super) fn literal(asked: usize, name: usize, at: usize) -> Match {
        let extra = name - asked.min(name);
        Match {
            kind: match (at, extra) {
                (_, 0) => Kind::Exact,
                (0, _) => Kind::Prefix,
                _ => Kind::Part,
            },
            edits: 0,
            apart: if asked <= SHORT && extra == 1 {
                apart(asked, name, asked)
            } else {
                0
            },
            extra,
            matched: std::iter::once(at..at + asked).collect(),
        }
    }

    /// The name is the question with two neighbours swapped: one slip of the hand, but two characters
    /// that stand elsewhere, so behind what differs in one.
    pub(super) fn swapped(asked: &[u16], name: &[u16]) -> Match {
        let near = Match::near(asked, name, 1);
        Match {
            apart: near.apart.saturating_add(1),
            ..near
        }
    }

    /// The name is nearly the question.
    pub(super) fn near(asked: &[u16], name: &[u16], edits: u8) -> Match {
        let (common, matched) = edit::common(asked, name);
        Match {
            kind: if edits > 1 {
                Kind::TwoEdits
            } else {
                Kind::OneEdit
            },
            edits,
            apart: apart(asked.len(), name.len(), common),
            extra: 0,
            matched,
        }
    }
}

/// Characters of two names that are not in common, in ten thousandths of all their characters.
fn apart(left: usize, right: usize, common: usize) -> u16 {
    let all = (left + right).max(1);
    u16::try_from((all - (2 * common).min(all)) * 10_000 / all).unwrap_or(u16::MAX)
}

/// Where a name holds a text first.
pub(super) fn place_of(text: &[u16], name: &[u16]) -> Option<usize> {
    name.windows(text.len().max(1))
        .position(|part| part == text)
}
