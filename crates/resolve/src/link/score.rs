//! The evidence of one pair, part by part: what a clerk reads.

use super::resolver::Resolver;
use crate::cluster::Node;

/// One part of the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The column's title; for the first and the last part what they stand for.
    pub title: String,
    /// The left row's value in its canonical form.
    pub left: String,
    /// The right row's.
    pub right: String,
    /// What the comparison found.
    pub found: &'static str,
    /// Bits for (above zero) or against the same subject.
    pub bits: f32,
}

/// A scored pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// All bits together: the logarithm to base 2 of the odds that both are one subject.
    pub bits: f32,
    /// The same as a probability, 0 to 1.
    pub probability: f32,
    /// Bits from which on a pair counts as the same, from the stated costs.
    pub threshold: f32,
    /// The parts; their bits add up to `bits`.
    pub parts: Vec<Evidence>,
}

impl Resolver {
    /// Scores two rows and says why. None when a row does not exist.
    #[must_use]
    pub fn explain(&self, left: Node, right: Node) -> Option<Scored> {
        let (records, model, scorer) = (self.records(), self.model(), self.scorer());
        if left.max(right) as usize >= records.rows() || left == right {
            return None;
        }
        let (l, r) = (records.row(left), records.row(right));
        let levels = scorer.levels(records, left, right);
        let mut parts = vec![plain("before anything is compared", model.prior)];
        let titles = model.schema.evidence();
        for (at, column) in titles.into_iter().enumerate() {
            let kind = records.fields[at].kind();
            let bits = scorer.column(at, l, r, &levels).same;
            parts.push(Evidence {
                title: model.schema.columns[column].title.clone(),
                left: records.text(left, at).to_owned(),
                right: records.text(right, at).to_owned(),
                found: kind
                    .levels()
                    .get(usize::from(levels[at]))
                    .copied()
                    .unwrap_or_default(),
                bits,
            });
        }
        let sums = scorer.sums(l, r, &levels);
        if model.home.is_some() {
            parts.push(plain("may only share a home", -scorer.home_share(sums)));
        }
        let bits = scorer.total(sums);
        Some(Scored {
            bits,
            probability: 1.0 / (1.0 + (-bits).exp2()),
            threshold: model.costs.threshold(),
            parts,
        })
    }
}

fn plain(title: &str, bits: f32) -> Evidence {
    Evidence {
        title: title.to_owned(),
        left: String::new(),
        right: String::new(),
        found: "",
        bits,
    }
}

impl Scored {
    /// Whether the pair counts as the same.
    #[must_use]
    pub fn same(&self) -> bool {
        self.bits > self.threshold
    }

    /// The waterfall as a table of text: each part, its bits, the sum so far.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = String::new();
        let mut sum = 0.0;
        for part in &self.parts {
            sum += part.bits;
            let values = match (part.left.as_str(), part.right.as_str()) {
                ("", "") => String::new(),
                (left, right) if left == right => format!("  {left}"),
                (left, right) => format!("  {left} | {right}"),
            };
            let bar = bar(part.bits);
            lines.push_str(&format!(
                "{:<28} {:>7.2} {:>7.2}  {bar:<16} {}{values}\n",
                part.title, part.bits, sum, part.found
            ));
        }
        let word = if self.same() { "same" } else { "different" };
        lines.push_str(&format!(
            "{:<28} {:>7.2}          probability {:.4}, threshold {:.2} bits: {word}\n",
            "all together", self.bits, self.probability, self.threshold
        ));
        lines
    }

    /// The part that decides most: for a short answer.
    #[must_use]
    pub fn why(&self) -> String {
        let decisive = self.parts.iter().skip(1);
        let most = decisive.max_by(|one, other| {
            let weight = |part: &Evidence| if self.same() { part.bits } else { -part.bits };
            weight(one).total_cmp(&weight(other))
        });
        most.map_or_else(String::new, |part| {
            let found = if part.found.is_empty() {
                String::new()
            } else {
                format!(": {}", part.found)
            };
            format!("{}{found} ({:+.1} bits)", part.title, part.bits)
        })
    }
}

/// Up to 16 signs, one for two bits.
fn bar(bits: f32) -> String {
    let sign = if bits < 0.0 { "-" } else { "+" };
    sign.repeat(((bits.abs() / 2.0).round() as usize).min(16))
}
