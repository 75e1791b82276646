//! `measures/*.toml`: each edition built, and whatever the law does not carry refused by the number of
//! its rule, so that no gate ever meets it.

use super::super::finding::Desk;
use super::super::model::{Basis, Layer};
use super::super::raw::At;
use super::super::raw::measures::{RawEdition, RawGround, RawLinked, RawMeasure, RawWord};
use super::super::{refusals, words};
use super::Build;
use crate::measure::gate::{carries, in_order};
use crate::measure::{Class, Edition, Effect, Linked, Measure, On, Role, Term, Word, Words};

/// Builds an edition; what cannot be read leaves a finding.
pub(in super::super) fn edition(
    desk: &mut Desk<'_>,
    raw: &RawEdition,
    themes: &[&str],
) -> Option<Edition> {
    let mut build = Build { desk, codes: &[] };
    for note in &raw.unverified {
        let (span, text) = (note.span(), note.get_ref());
        build.desk.warn(span, &refusals::UNVERIFIED, &[text]);
    }
    let words = Words {
        acts: build.words(&raw.acts),
        items: build.words(&raw.items),
        organs: build.words(&raw.organs),
    };
    let layer = build.choice(words::LAYERS, &raw.layer);
    let shelf = Shelf {
        words: &words,
        themes,
        national: layer == Some(Layer::National),
    };
    let mut measures: Vec<Measure> = Vec::new();
    for one in &raw.measures {
        let Some(measure) = build.measure(one, &shelf) else {
            continue;
        };
        if measures.iter().any(|known| known.code == measure.code) {
            let span = one.get_ref().code.span();
            build
                .desk
                .refuse(span, &refusals::DUPLICATE, &[&measure.code]);
        }
        measures.push(measure);
    }
    Some(Edition {
        code: build.slug(&raw.edition),
        title: build.text(&raw.title),
        jurisdiction: raw.jurisdiction.get_ref().clone(),
        layer: layer?,
        published_on: build.date(&raw.published_on)?,
        valid_from: build.date(&raw.valid_from)?,
        valid_to: raw.valid_to.as_ref().and_then(|day| build.date(day)),
        demonstration: raw.demonstration,
        unverified: super::plain(&raw.unverified),
        words,
        measures,
    })
}

/// What a measure may refer to.
struct Shelf<'a> {
    words: &'a Words,
    themes: &'a [&'a str],
    national: bool,
}

impl Build<'_, '_> {
    fn words(&mut self, raw: &[At<RawWord>]) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for one in raw.iter().map(At::get_ref) {
            let code = self.slug(&one.code);
            if words.iter().any(|known| known.code == code) {
                self.desk
                    .refuse(one.code.span(), &refusals::DUPLICATE, &[&code]);
            }
            let title = self.text(&one.title);
            words.push(Word { code, title });
        }
        words
    }

    fn measure(&mut self, raw: &At<RawMeasure>, shelf: &Shelf<'_>) -> Option<Measure> {
        let at = raw.get_ref();
        let class = self.choice(words::MEASURE_CLASSES, &at.class);
        let effect = self.choice(words::EFFECTS, &at.effect);
        let kinds = at.kinds.iter();
        let kinds = kinds.filter_map(|kind| self.choice(words::KINDS, kind));
        let kinds = kinds.collect();
        let measure = Measure {
            code: at.code.get_ref().clone(),
            title: self.text(&at.title),
            class: class?,
            effect: effect?,
            kinds,
            roles: self.roles(&at.roles),
            organs: self.of(&at.organs, &shelf.words.organs),
            grounds: self.grounds(&at.grounds, effect?, shelf),
            bases: self.linked(&at.basis, shelf),
            term: self.term(at)?,
            lift: self.text(&at.lift),
            remedy: self.text(&at.remedy),
        };
        self.class(at, &measure, shelf.national);
        self.linkage(at, &measure);
        Some(measure)
    }

    /// R14: a relative is no role.
    fn roles(&mut self, raw: &[At<String>]) -> Vec<Role> {
        let mut roles = Vec::new();
        for role in raw {
            match Role::parse(role.get_ref()) {
                Some(known) => roles.push(known),
                None => {
                    let (span, text) = (role.span(), role.get_ref());
                    self.desk.refuse(span, &refusals::MEASURE_ROLE, &[text]);
                }
            }
        }
        roles
    }

    /// Words that the edition must have.
    fn of(&mut self, raw: &[At<String>], known: &[Word]) -> Vec<String> {
        let mut list = Vec::new();
        for one in raw {
            let text = one.get_ref();
            if known.iter().all(|word| word.code != *text) {
                let all: Vec<&str> = known.iter().map(|word| word.code.as_str()).collect();
                let all = all.join(", ");
                self.desk
                    .refuse(one.span(), &refusals::CHOICE, &[text, &all]);
            }
            list.push(text.clone());
        }
        list
    }

    fn grounds(&mut self, raw: &[At<RawGround>], effect: Effect, shelf: &Shelf<'_>) -> Vec<On> {
        let mut grounds = Vec::new();
        for ground in raw.iter().map(At::get_ref) {
            if let Some(count) = &ground.count {
                self.desk
                    .refuse(count.span(), &refusals::MEASURE_COUNT, &[]);
            }
            if let Some(grade) = &ground.grade
                && effect != Effect::Inspect
            {
                self.desk
                    .refuse(grade.span(), &refusals::MEASURE_GRADE, &[]);
            }
            let (Some(theme), Some(act)) = (&ground.theme, &ground.act) else {
                continue;
            };
            if !shelf.themes.contains(&theme.get_ref().as_str()) {
                let all = shelf.themes.join(", ");
                let text = theme.get_ref();
                self.desk
                    .refuse(theme.span(), &refusals::CHOICE, &[text, &all]);
            }
            let acts = self.of(std::slice::from_ref(act), &shelf.words.acts);
            let severity = ground.severity.as_ref();
            grounds.push(On {
                theme: theme.get_ref().clone(),
                act: acts.into_iter().next().unwrap_or_default(),
                severity: severity.and_then(|word| self.choice(words::SEVERITIES, word)),
            });
        }
        grounds
    }

    fn linked(&mut self, raw: &[At<RawLinked>], shelf: &Shelf<'_>) -> Vec<Linked> {
        let mut linked = Vec::new();
        for one in raw.iter().map(At::get_ref) {
            let acts = self.of(&one.acts, &shelf.words.acts);
            let items = self.of(&one.items, &shelf.words.items);
            let law = one.law.get_ref();
            if law.trim().is_empty() {
                self.desk.refuse(one.law.span(), &refusals::NO_BASIS, &[]);
            }
            let raw = one.basis();
            if let Some(rank) = self.choice(words::RANKS, &raw.rank) {
                let basis = Basis {
                    law: law.clone(),
                    article: raw.article,
                    rank,
                    verified: raw.verified,
                };
                linked.push(Linked { basis, acts, items });
            }
        }
        linked
    }

    /// Rights 9: every measure ends.
    fn term(&mut self, raw: &RawMeasure) -> Option<Term> {
        let Some(at) = &raw.term else {
            self.desk
                .refuse(raw.code.span(), &refusals::MEASURE_END, &[]);
            return None;
        };
        let term = at.get_ref();
        if let Some(ends) = &term.ends {
            return self.choice(words::MEASURE_ENDS, ends);
        }
        let Some(max) = &term.max else {
            self.desk.refuse(at.span(), &refusals::MEASURE_END, &[]);
            return None;
        };
        let longest = self.span(max)?;
        let shortest = match &term.min {
            Some(min) => self.span(min)?,
            None => crate::clock::Span::Days(1),
        };
        if !in_order(shortest, longest) {
            self.desk
                .refuse(at.span(), &refusals::SENSE, &["min", "> max"]);
        }
        Some(Term::Fixed {
            min: shortest,
            max: longest,
        })
    }

    /// R16, R39: what a class may do, on what basis, and who may order it.
    fn class(&mut self, raw: &RawMeasure, measure: &Measure, national: bool) {
        let span = raw.class.span();
        let carried = measure.bases.iter();
        let carried = carried
            .filter(|one| carries(one.basis.rank, measure.class, national))
            .count();
        if carried == 0 {
            self.desk
                .refuse(span.clone(), &refusals::MEASURE_BASIS, &[&measure.code]);
        }
        let takes = matches!(
            measure.effect,
            Effect::Bar | Effect::Office | Effect::Restrict
        );
        let informs = measure.effect == Effect::Inform;
        let (wrong, why) = match measure.class {
            Class::Reducing => (informs, "inform"),
            Class::Managing => (takes || informs, raw.effect.get_ref().as_str()),
            Class::Informing => (!informs || !measure.organs.is_empty(), "organs"),
        };
        if wrong {
            let details = [raw.class.get_ref().as_str(), why];
            self.desk
                .refuse(span.clone(), &refusals::MEASURE_CLASS, &details);
        }
        if measure.class != Class::Informing && measure.organs.is_empty() {
            self.desk
                .refuse(span, &refusals::MISSING, &["organs", "R15"]);
        }
    }

    /// R18: each act that grounds it is joined by a basis with some item.
    fn linkage(&mut self, raw: &RawMeasure, measure: &Measure) {
        if measure.class != Class::Informing && measure.grounds.is_empty() {
            let span = raw.code.span();
            self.desk
                .refuse(span, &refusals::MISSING, &["grounds", "R15"]);
        }
        for (on, raw) in measure.grounds.iter().zip(&raw.grounds) {
            let joined = measure.bases.iter();
            let mut joined = joined.filter(|one| one.acts.contains(&on.act));
            if joined.all(|one| one.items.is_empty()) {
                self.desk
                    .refuse(raw.span(), &refusals::MEASURE_LINK, &[&on.act]);
            }
        }
    }
}
