//! A bar a program as SVG, with a title and the figures as text, so that it says the same to somebody
//! who cannot see it.

use super::figures::{Table, grouped};
use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const LABELS: f64 = 260.0;
const ROW: f64 = 34.0;

/// The plot of a table.
#[must_use]
pub fn svg(table: &Table) -> String {
    let most = table
        .rows
        .iter()
        .map(super::figures::Row::median)
        .fold(1e-9, f64::max);
    let mut bars = String::new();
    let mut said = Vec::new();
    let mut top = 44.0;
    for row in &table.rows {
        let median = row.median();
        let length = (WIDTH - LABELS - 120.0) * median / most;
        let (fill, pattern) = if row.is_peer {
            ("#8a94a6", "peer")
        } else {
            ("#1f5fbf", "ours")
        };
        let middle = top + 17.0;
        let (label, figure) = (escaped(&row.label), grouped(median));
        _ = write!(
            bars,
            "  <text x=\"{:.0}\" y=\"{middle:.0}\" text-anchor=\"end\">{label}</text>\n  \
             <rect class=\"{pattern}\" x=\"{LABELS:.0}\" y=\"{top:.0}\" width=\"{length:.1}\" height=\"22\" fill=\"{fill}\"/>\n  \
             <text x=\"{:.0}\" y=\"{middle:.0}\">{figure}</text>\n",
            LABELS - 10.0,
            LABELS + length + 8.0
        );
        said.push(format!("{label}: {figure} {}", table.unit));
        top += ROW;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"img\" aria-labelledby=\"t d\" \
         font-family=\"sans-serif\" font-size=\"14\">\n  <title id=\"t\">{title}</title>\n  <desc id=\"d\">{}. Longer is more; blue is ours, grey a peer.</desc>\n  \
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n  <text x=\"10\" y=\"24\" font-weight=\"bold\">{title}, {}</text>\n{bars}</svg>\n",
        top + 10.0,
        said.join("; "),
        table.unit,
        title = escaped(&table.title),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::Row;

    #[test]
    fn the_plot_says_its_figures_in_words() {
        let rows = vec![Row::peer("a < b", vec![50.0]), Row::ours("c", vec![100.0])];
        let table = Table {
            title: "t & u".into(),
            unit: "rows/s",
            goal: "",
            rows,
            notes: Vec::new(),
        };
        let plot = svg(&table);
        assert!(plot.contains("<title id=\"t\">t &amp; u</title>"));
        assert!(
            plot.contains("a &lt; b: 50.00 rows/s; c: 100 rows/s")
                || plot.contains("a &lt; b: 50 rows/s; c: 100 rows/s"),
            "{plot}"
        );
        assert_eq!(plot.matches("<rect").count(), 3);
    }
}
