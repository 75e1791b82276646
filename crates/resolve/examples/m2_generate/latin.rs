//! Made-up names in Latin letters.

use super::{Dice, Pair, slip};

const ROOTS: [&str; 30] = [
    "Nor", "Vel", "Kar", "Zen", "Lum", "Tor", "Bel", "Cor", "Dra", "Fen", "Gal", "Hel", "Ira",
    "Jun", "Kel", "Lor", "Mar", "Nav", "Ost", "Pel", "Qua", "Ras", "Sol", "Tam", "Uri", "Vor",
    "Wes", "Xan", "Yor", "Zul",
];
const TAILS: [&str; 16] = [
    "dan", "mira", "tek", "vista", "lin", "gard", "sen", "poli", "ronik", "vanta", "dorf", "stad",
    "lex", "monte", "rium", "wick",
];
const FIELDS: [&str; 14] = [
    "Trading",
    "Technology",
    "Shipping",
    "Electronics",
    "Engineering",
    "Pharmaceuticals",
    "Foods",
    "Logistics",
    "Consulting",
    "Chemical Industry",
    "Steel",
    "Software",
    "International Trading",
    "Medical Equipment",
];
const ENDS: [&str; 6] = ["Ltd.", "Limited", "Co., Ltd.", "Inc.", "LLC", "GmbH"];

fn word(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&ROOTS), dice.pick(&TAILS))
}

pub(super) fn pair(dice: &mut Dice) -> Pair {
    let (one, two, field, end) = (word(dice), word(dice), dice.pick(&FIELDS), dice.pick(&ENDS));
    let brand = if dice.below(2) == 0 {
        one.clone()
    } else {
        format!("{one} {two}")
    };
    let name = format!("{brand} {field} {end}");
    let same = dice.below(2) == 0;
    let (right, kind) = match (same, dice.below(6)) {
        (true, 0) => (format!("{brand} {field}"), "form left out"),
        (true, 1) => (
            format!("{brand} {field} {}", dice.pick(&ENDS)),
            "other form",
        ),
        (true, 2) => (format!("{field} {brand} {end}"), "order"),
        (true, 3) => (name.to_uppercase().replace('.', ""), "case"),
        (true, _) => (slip(dice, &name, 1), "slip"),
        (false, 0 | 1) => (format!("{} {field} {end}", word(dice)), "other brand"),
        (false, 2) => {
            let mut other = dice.pick(&FIELDS);
            while other == field {
                other = dice.pick(&FIELDS);
            }
            (format!("{brand} {other} {end}"), "industry")
        }
        (false, 3) => (format!("{brand} {field} Shanghai Branch"), "branch"),
        (false, 4) => (format!("{one} {} {field} {end}", word(dice)), "second word"),
        (false, _) => (
            format!("{brand} {field} {} {end}", 2 + dice.below(7)),
            "number",
        ),
    };
    (name, right, same, kind)
}
