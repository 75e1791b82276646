//! The table of a bench: programs, their figures, the ratio to the first peer, the goal.

use std::fmt::Write as _;

/// One program and what it reached in each run.
#[derive(Clone, Debug)]
pub struct Row {
    /// What ran.
    pub label: String,
    /// Somebody else's program, beside which ours are put.
    pub is_peer: bool,
    /// A figure a run.
    pub figures: Vec<f64>,
    /// Peak resident memory in MiB, where it was watched.
    pub memory: Option<f64>,
    /// The row of this index is what the ratio is taken to; without it there is none.
    pub against: Option<usize>,
}

impl Row {
    /// A program of ours.
    #[must_use]
    pub fn ours(label: &str, figures: Vec<f64>) -> Row {
        Row {
            label: label.to_owned(),
            is_peer: false,
            figures,
            memory: None,
            against: None,
        }
    }

    /// A peer.
    #[must_use]
    pub fn peer(label: &str, figures: Vec<f64>) -> Row {
        Row {
            is_peer: true,
            ..Row::ours(label, figures)
        }
    }

    /// With a ratio to another row.
    #[must_use]
    pub fn against(self, row: usize) -> Row {
        Row {
            against: Some(row),
            ..self
        }
    }

    /// With its peak memory in MiB.
    #[must_use]
    pub fn memory(self, mebibytes: f64) -> Row {
        Row {
            memory: Some(mebibytes),
            ..self
        }
    }

    /// The middle figure; zero without figures.
    #[must_use]
    pub fn median(&self) -> f64 {
        let mut sorted = self.figures.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
        if sorted.len() % 2 == 1 {
            at(middle)
        } else {
            f64::midpoint(at(middle.wrapping_sub(1)), at(middle))
        }
    }

    fn least(&self) -> f64 {
        self.figures
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min)
            .min(self.median())
    }

    fn most(&self) -> f64 {
        self.figures.iter().copied().fold(0.0, f64::max)
    }
}

/// The table.
#[derive(Clone, Debug)]
pub struct Table {
    /// What was measured, as a heading.
    pub title: String,
    /// The unit of the figures.
    pub unit: &'static str,
    /// What is aimed at.
    pub goal: &'static str,
    /// Programs.
    pub rows: Vec<Row>,
    /// What a reader must know: sizes, versions, checks that held.
    pub notes: Vec<String>,
}

impl Table {
    /// The page of the bench.
    #[must_use]
    pub fn markdown(&self, name: &str, conditions: &str) -> String {
        let mut text = format!("# {name}: {}\n\n", self.title);
        _ = writeln!(text, "Goal: {}.\n", self.goal);
        _ = writeln!(
            text,
            "| program | median {0} | least | most | runs | peak MiB | ratio |\n|---|--:|--:|--:|--:|--:|--:|",
            self.unit
        );
        for row in &self.rows {
            let peer = row.against.and_then(|at| self.rows.get(at));
            let ratio = peer.map(|peer| {
                format!(
                    "{:.2} of {}",
                    row.median() / peer.median().max(1e-9),
                    peer.label
                )
            });
            let memory = row.memory.map(|mebibytes| format!("{mebibytes:.0}"));
            let label = if row.is_peer {
                format!("{} (peer)", row.label)
            } else {
                format!("**{}**", row.label)
            };
            _ = writeln!(
                text,
                "| {label} | {} | {} | {} | {} | {} | {} |",
                grouped(row.median()),
                grouped(row.least()),
                grouped(row.most()),
                row.figures.len(),
                memory.as_deref().unwrap_or("–"),
                ratio.as_deref().unwrap_or("–")
            );
        }
        _ = write!(text, "\n![{}]({name}.svg)\n\n", self.title);
        for note in &self.notes {
            _ = writeln!(text, "- {note}");
        }
        text.push_str(conditions);
        _ = writeln!(text, "- what each run printed: `raw/{name}-*.log`");
        text
    }
}

/// A figure with its thousands apart; below ten with two decimals.
#[must_use]
pub fn grouped(figure: f64) -> String {
    if figure < 10.0 {
        return format!("{figure:.2}");
    }
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_odd_even_and_no_figures() {
        assert_eq!(Row::ours("a", vec![3.0, 1.0, 2.0]).median(), 2.0);
        assert_eq!(Row::ours("a", vec![4.0, 1.0]).median(), 2.5);
        assert_eq!(Row::ours("a", Vec::new()).median(), 0.0);
    }

    #[test]
    fn the_page_names_ratio_and_goal() {
        let rows = vec![
            Row::peer("p", vec![2_000.0]),
            Row::ours("o", vec![1_234_567.0]).against(0).memory(33.3),
        ];
        let table = Table {
            title: "t".into(),
            unit: "rows/s",
            goal: "g",
            rows,
            notes: vec!["n".into()],
        };
        let page = table.markdown("m4", "- machine: two cores\n");
        assert!(
            page.contains("| **o** | 1,234,567 | 1,234,567 | 1,234,567 | 1 | 33 | 617.28 of p |"),
            "{page}"
        );
        assert!(page.contains("Goal: g.") && page.contains("\n- machine: two cores\n"));
    }
}
