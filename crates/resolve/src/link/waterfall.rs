//! The evidence of a pair as a picture: bars that begin where the last one ended.

use super::score::Scored;

const LINE: f32 = 26.0;
const LEFT: f32 = 250.0;
const WIDTH: f32 = 420.0;

impl Scored {
    /// The waterfall as SVG, 900 wide. Colour is not the only sign: bars to the left speak against.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut sums = vec![0.0];
        for part in &self.parts {
            sums.push(sums.last().copied().unwrap_or_default() + part.bits);
        }
        let least = sums.iter().copied().fold(self.threshold.min(0.0), f32::min);
        let most = sums.iter().copied().fold(self.threshold.max(0.0), f32::max);
        let x = |bits: f32| LEFT + (bits - least) / (most - least).max(1.0) * WIDTH;
        let height = LINE * (self.parts.len() as f32 + 3.0);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {height}\" \
             font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n<title>{}</title>\n\
             <rect width=\"900\" height=\"{height}\" fill=\"#fff\"/>\n",
            escape(&self.why())
        );
        let down = height - LINE * 1.2;
        svg.push_str(&line(x(0.0), down, "#999", "0"));
        svg.push_str(&line(x(self.threshold), down, "#333", "4 3"));
        for (at, part) in self.parts.iter().enumerate() {
            let y = LINE * (at as f32 + 1.0);
            let (from, to) = (x(sums[at]), x(sums[at + 1]));
            let colour = if part.bits < 0.0 {
                "#b5482f"
            } else {
                "#2f6f9f"
            };
            let told = match (part.left.as_str(), part.right.as_str()) {
                (left, right) if left == right => left.to_owned(),
                (left, right) => format!("{left} | {right}"),
            };
            svg.push_str(&format!(
                "<text x=\"8\" y=\"{:.0}\">{}</text>\n\
                 <rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"16\" fill=\"{colour}\"/>\n\
                 <text x=\"690\" y=\"{:.0}\">{:+.1}  {} {}</text>\n",
                y + 13.0,
                escape(&part.title),
                from.min(to),
                y,
                (to - from).abs().max(1.0),
                y + 13.0,
                part.bits,
                escape(part.found),
                escape(&told),
            ));
        }
        let word = if self.same() { "same" } else { "different" };
        svg.push_str(&format!(
            "<text x=\"8\" y=\"{:.0}\" font-weight=\"bold\">{:.1} bits, probability {:.4}, threshold \
             {:.1}: {word}</text>\n</svg>\n",
            height - 10.0,
            self.bits,
            self.probability,
            self.threshold
        ));
        svg
    }
}

fn line(x: f32, down: f32, colour: &str, dashes: &str) -> String {
    format!(
        "<line x1=\"{x:.1}\" y1=\"8\" x2=\"{x:.1}\" y2=\"{down:.1}\" stroke=\"{colour}\" \
         stroke-dasharray=\"{dashes}\"/>\n"
    )
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
