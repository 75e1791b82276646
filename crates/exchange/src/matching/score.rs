//! The score of one candidate: codes first, then names part by part. Pure.

use super::candidate::Candidate;
use super::{Query, Terms};
use credit::identifier::{Identifier, System};
use credit::lang::Lang;
use credit::record::Subject;
use resolve::name::{Likeness, OrgName, compare};

/// What is left of a likeness of names where two valid codes differ: a twentieth, below every
/// threshold that anybody would set.
const CODES_DIFFER: f64 = 0.05;

/// Systems of organisations' codes, strongest first.
const STRONGEST_FIRST: [System; 5] = [
    System::Uscc,
    System::OrgCode,
    System::Lei,
    System::RegNo,
    System::TaxNo,
];

/// One thing that a score rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Stable code: `same-code`, `codes-differ`, `name`.
    pub id: &'static str,
    /// 0 to 1; of `codes-differ` the factor that is left.
    pub value: f64,
    /// What it says, in the reader's language.
    pub text: String,
}

/// A query, read once.
#[derive(Default)]
pub(super) struct Asked {
    /// Valid codes of organisations, with those inside them.
    pub(super) codes: Vec<Identifier>,
    /// Names as given and taken apart.
    pub(super) names: Vec<(String, OrgName)>,
}

impl Asked {
    pub(super) fn of(query: &Query) -> Asked {
        let mut codes: Vec<Identifier> = Vec::new();
        for code in &query.codes {
            // A person's number is none of an organisation and is looked up nowhere.
            let read = Identifier::detect(code).ok().map(|read| read.identifier);
            for code in read.into_iter().filter(|code| !code.is_personal()) {
                codes.extend(code.org_code());
                codes.push(code);
            }
        }
        codes.sort();
        codes.dedup();
        let names = query.names.iter().map(|name| name.trim());
        Asked {
            codes,
            names: names
                .filter(|name| !name.is_empty())
                .map(|name| (name.to_owned(), OrgName::parse(name)))
                .collect(),
        }
    }
}

/// A score.
pub(super) struct Scored {
    pub(super) score: f64,
    pub(super) same: bool,
    pub(super) features: Vec<Feature>,
    pub(super) why: String,
}

/// A first score by what the index told; an upper bound but for names that it did not tell.
pub(super) fn guess(asked: &Asked, candidate: &Candidate) -> f64 {
    let Some(name) = &candidate.name else {
        return 1.0;
    };
    let scores = asked
        .names
        .iter()
        .map(|(_, own)| f64::from(compare(own, name).score));
    scores.fold(0.0, f64::max)
}

/// The score of a subject by what the public may know of it.
pub(super) fn score(asked: &Asked, who: &Subject, terms: &Terms) -> Scored {
    let mut features = Vec::new();
    let named = best_name(asked, who);
    if let Some((name, likeness)) = &named {
        features.push(Feature {
            id: "name",
            value: f64::from(likeness.score),
            text: format!("{name}: {}", likeness.why(terms.lang)),
        });
    }
    let likeness = named.as_ref().map(|(_, likeness)| likeness);
    let by_name = likeness.map_or(0.0, |likeness| f64::from(likeness.score));
    let called_same = likeness.is_some_and(|likeness| likeness.same);
    let (score, same) = match codes(asked, who) {
        Some((own, None)) => {
            features.insert(0, same_code(own, terms.lang));
            (1.0, true)
        }
        Some((own, Some(other))) => {
            features.insert(0, codes_differ(own, other, terms.lang));
            (by_name * CODES_DIFFER, false)
        }
        None => (by_name, called_same),
    };
    let why = features.first().map(|feature| feature.text.clone());
    Scored {
        score,
        same: same && score >= terms.threshold,
        features,
        why: why.unwrap_or_default(),
    }
}

/// The subject's name most like one of the names asked; the current name wins a draw.
fn best_name<'w>(asked: &Asked, who: &'w Subject) -> Option<(&'w str, Likeness)> {
    let mut best: Option<(&str, Likeness)> = None;
    for name in std::iter::once(&who.name).chain(&who.other_names) {
        let own = OrgName::parse(name);
        for (_, given) in &asked.names {
            let likeness = compare(given, &own);
            if best
                .as_ref()
                .is_none_or(|(_, known)| likeness.score > known.score)
            {
                best = Some((name, likeness));
            }
        }
    }
    best
}

/// What the codes say: the asked one and, where it differs, the subject's own of that system. The
/// strongest system in which both have a code decides: a branch may carry its parent's organisation
/// code inside its own unified code. Registration and old tax numbers were given again, so that a
/// difference of them proves nothing.
fn codes<'a>(
    asked: &'a Asked,
    who: &'a Subject,
) -> Option<(&'a Identifier, Option<&'a Identifier>)> {
    let inner: Vec<Identifier> = who
        .identifiers
        .iter()
        .filter_map(Identifier::org_code)
        .collect();
    for system in STRONGEST_FIRST {
        let of = |code: &&Identifier| code.system() == system;
        let Some(own) = asked.codes.iter().find(of) else {
            continue;
        };
        if who.identifiers.contains(own) || inner.contains(own) {
            return Some((own, None));
        }
        let proves = !matches!(system, System::RegNo | System::TaxNo);
        if let Some(other) = who.identifiers.iter().find(of).filter(|_| proves) {
            return Some((own, Some(other)));
        }
    }
    None
}

fn same_code(code: &Identifier, lang: Lang) -> Feature {
    let value = code.value();
    Feature {
        id: "same-code",
        value: 1.0,
        text: match lang {
            Lang::Zh => format!("代码 {value} 完全一致。"),
            Lang::En => format!("The code {value} is exactly the same."),
            Lang::Ru => format!("Код {value} в точности совпадает."),
        },
    }
}

fn codes_differ(own: &Identifier, other: &Identifier, lang: Lang) -> Feature {
    let (own, other) = (own.value(), other.value());
    Feature {
        id: "codes-differ",
        value: CODES_DIFFER,
        text: match lang {
            Lang::Zh => format!("两个有效代码不同：{own} 与 {other}，不是同一主体。"),
            Lang::En => format!("Two valid codes differ, {own} and {other}: another subject."),
            Lang::Ru => format!("Два действительных кода различаются: {own} и {other}."),
        },
    }
}
