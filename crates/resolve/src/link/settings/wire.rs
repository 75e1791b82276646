//! The shape of a settings file.

use super::{FORMAT, Settings, SettingsError};
use crate::block::{Atom, Part, Plan};
use crate::link::kind::{Kind, LEVELS, Role};
use crate::link::model::{Costs, Follow, Model, Weights, WordBits};
use crate::link::schema::{Column, STATED, Schema};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Serialize, Deserialize)]
pub(super) struct File {
    pub(super) format: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    costs: Option<FileCosts>,
    columns: Vec<FileColumn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    learnt: Option<Learnt>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct FileCosts {
    false_merge: f32,
    missed: f32,
}

#[derive(Serialize, Deserialize)]
struct FileColumn {
    title: String,
    kind: String,
    #[serde(default = "own")]
    role: String,
}

fn own() -> String {
    Role::Own.code().to_owned()
}

#[derive(Serialize, Deserialize)]
struct Learnt {
    rows: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    files_without_repeats: u32,
    seed: u64,
    prior_bits: f32,
    home_bits: Option<f32>,
    weights: Vec<FileWeights>,
    passes: Vec<Vec<String>>,
    cap: usize,
    stopped: BTreeSet<String>,
}

/// For the serialiser, which passes a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Serialize, Deserialize)]
struct FileWeights {
    same: [f32; LEVELS],
    chance: [f32; LEVELS],
    home: [f32; LEVELS],
    rarest_bits: f32,
    rarity_bits: BTreeMap<String, f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<FileWords>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    follows: Vec<FileFollow>,
}

#[derive(Serialize, Deserialize)]
struct FileFollow {
    column: usize,
    chance: [f32; LEVELS],
}

#[derive(Serialize, Deserialize)]
struct FileWords {
    rarest_bits: f32,
    bits: BTreeMap<String, f32>,
}

fn hex(table: &HashMap<u64, f32>) -> BTreeMap<String, f32> {
    table
        .iter()
        .map(|(key, bits)| (format!("{key:016x}"), *bits))
        .collect()
}

fn unhex(key: &str) -> Result<u64, SettingsError> {
    u64::from_str_radix(key, 16).map_err(|_| SettingsError::Content("a digest".to_owned()))
}

fn table(from: &BTreeMap<String, f32>) -> Result<HashMap<u64, f32>, SettingsError> {
    from.iter()
        .map(|(key, bits)| Ok((unhex(key)?, *bits)))
        .collect()
}

impl File {
    pub(super) fn of(model: &Model) -> File {
        let column = |column: &Column| FileColumn {
            title: column.title.clone(),
            kind: column.kind.code().to_owned(),
            role: column.role.code().to_owned(),
        };
        let weights = |(weights, words): (&Weights, &Option<WordBits>)| FileWeights {
            same: weights.same,
            chance: weights.chance,
            home: weights.home,
            rarest_bits: weights.rarest,
            rarity_bits: hex(&weights.rarity),
            words: words.as_ref().map(|(bits, rarest)| FileWords {
                rarest_bits: *rarest,
                bits: hex(bits),
            }),
            follows: weights.follows.iter().map(FileFollow::of).collect(),
        };
        let atom = |atom: Atom| format!("{}:{}", atom.column, atom.part.code());
        let passes = model.plan.passes.iter();
        File {
            format: FORMAT.to_owned(),
            costs: Some(FileCosts {
                false_merge: model.costs.false_merge,
                missed: model.costs.missed,
            }),
            columns: model.schema.columns.iter().map(column).collect(),
            learnt: Some(Learnt {
                rows: model.rows,
                files_without_repeats: model.files,
                seed: model.seed,
                prior_bits: model.prior,
                home_bits: model.home,
                weights: model
                    .columns
                    .iter()
                    .zip(&model.words)
                    .map(weights)
                    .collect(),
                passes: passes
                    .map(|(left, right)| {
                        [Some(*left), *right]
                            .into_iter()
                            .flatten()
                            .map(atom)
                            .collect()
                    })
                    .collect(),
                cap: model.plan.cap,
                stopped: model
                    .plan
                    .stopped
                    .iter()
                    .map(|key| format!("{key:016x}"))
                    .collect(),
            }),
        }
    }

    pub(super) fn settings(self) -> Result<Settings, SettingsError> {
        let mut schema = Schema::default();
        for column in self.columns {
            let wrong = || SettingsError::Content(format!("the column `{}`", column.title));
            schema.columns.push(Column {
                kind: Kind::parse(&column.kind).ok_or_else(wrong)?,
                role: Role::parse(&column.role).ok_or_else(wrong)?,
                title: column.title,
                why: STATED,
            });
        }
        let costs = self.costs.map_or_else(Costs::default, |costs| Costs {
            false_merge: costs.false_merge,
            missed: costs.missed,
        });
        match self.learnt {
            None => Ok(Settings::Columns(schema, costs)),
            Some(learnt) => Ok(Settings::Model(Box::new(learnt.model(schema, costs)?))),
        }
    }
}

impl FileFollow {
    fn of(follow: &Follow) -> FileFollow {
        FileFollow {
            column: follow.column,
            chance: follow.chance,
        }
    }

    /// What column `at` of `evidence` columns follows.
    fn read(&self, at: usize, evidence: usize) -> Result<Follow, SettingsError> {
        if self.column >= evidence || self.column == at {
            return Err(SettingsError::Content(
                "a column that foretells another".to_owned(),
            ));
        }
        Ok(Follow {
            column: self.column,
            chance: self.chance,
        })
    }
}

impl Learnt {
    fn model(self, schema: Schema, costs: Costs) -> Result<Model, SettingsError> {
        let evidence = schema.evidence().len();
        if self.weights.len() != evidence || evidence > crate::link::schema::MAX_EVIDENCE {
            return Err(SettingsError::Content("the number of columns".to_owned()));
        }
        let (mut columns, mut words) = (Vec::new(), Vec::new());
        for (at, weights) in self.weights.iter().enumerate() {
            let follows = weights.follows.iter();
            let follows = follows.map(|follow| follow.read(at, evidence));
            columns.push(Weights {
                same: weights.same,
                chance: weights.chance,
                home: weights.home,
                rarity: table(&weights.rarity_bits)?,
                rarest: weights.rarest_bits,
                follows: follows.collect::<Result<_, _>>()?,
            });
            let frozen = weights.words.as_ref();
            let frozen = frozen.map(|words| Ok((table(&words.bits)?, words.rarest_bits)));
            words.push(frozen.transpose()?);
        }
        let mut plan = Plan {
            cap: self.cap.max(1),
            ..Plan::default()
        };
        for pass in &self.passes {
            plan.passes.push(read_pass(pass, evidence)?);
        }
        for key in &self.stopped {
            plan.stopped.insert(unhex(key)?);
        }
        Ok(Model {
            schema,
            prior: self.prior_bits,
            home: self.home_bits,
            columns,
            words,
            costs,
            rows: self.rows,
            files: self.files_without_repeats,
            seed: self.seed,
            plan,
        })
    }
}

fn read_pass(pass: &[String], evidence: usize) -> Result<(Atom, Option<Atom>), SettingsError> {
    let wrong = || SettingsError::Content("a pass".to_owned());
    let read = |text: &String| -> Result<Atom, SettingsError> {
        let (column, part) = text.split_once(':').ok_or_else(wrong)?;
        let column: usize = column.parse().map_err(|_| wrong())?;
        let part = Part::ALL
            .into_iter()
            .find(|known| known.code() == part)
            .ok_or_else(wrong)?;
        if column < evidence {
            Ok(Atom { column, part })
        } else {
            Err(wrong())
        }
    };
    match pass {
        [one] => Ok((read(one)?, None)),
        [one, other] => Ok((read(one)?, Some(read(other)?))),
        _ => Err(wrong()),
    }
}
