//! Invented people with households, twins, namesakes and all kinds of mistakes, from a seed. The tests
//! and the generator of the benchmark (`examples/m1_people.rs`) share it.
//!
//! Names are made of syllables and follow Zipf's law, so that a few are very common.

/// How a set is made.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Rows, about.
    pub rows: usize,
    /// Start of the random numbers.
    pub seed: u64,
    /// Mistakes in a repeated row, on average.
    pub mistakes: f64,
    /// Percent of rows that repeat an earlier person.
    pub repeats: u64,
    /// Percent of cells that are missing.
    pub missing: u64,
    /// Columns: every one of [`COLUMNS`] whose letter occurs.
    pub columns: &'static str,
}

/// Letters and titles of the columns.
pub const COLUMNS: [(char, &str); 13] = [
    ('g', "given_name"),
    ('f', "surname"),
    ('n', "street_number"),
    ('a', "address_1"),
    ('b', "address_2"),
    ('u', "suburb"),
    ('p', "postcode"),
    ('t', "state"),
    ('d', "date_of_birth"),
    ('s', "soc_sec_id"),
    ('h', "phone"),
    ('e', "email"),
    ('c', "city"),
];

/// Rows and, for each, the number of its person.
#[derive(Clone, Debug, Default)]
pub struct Set {
    pub titles: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
    pub truth: Vec<u32>,
}

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5851_f42d_4c95_7f2d)
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// A rank below `end`, low ranks often: Zipf's law with exponent 1, roughly.
    pub fn zipf(&mut self, end: usize) -> usize {
        ((end as f64).powf(self.unit()) - 1.0) as usize
    }
}

const ONSETS: [&str; 24] = [
    "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh",
    "st", "t", "th", "v", "w", "z",
];
const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "y"];
const CODAS: [&str; 14] = [
    "", "n", "r", "l", "s", "t", "m", "ck", "nd", "rt", "ll", "ng", "", "",
];

/// A made-up word, the same for the same number.
fn word(kind: u64, number: usize, syllables: usize) -> String {
    let mut dice = Dice::new(kind << 32 | number as u64);
    let mut made = String::new();
    for _ in 0..syllables {
        made.push_str(ONSETS[dice.below(ONSETS.len())]);
        made.push_str(VOWELS[dice.below(VOWELS.len())]);
        made.push_str(CODAS[dice.below(CODAS.len())]);
    }
    made
}

#[derive(Clone, Debug, Default)]
struct Home {
    number: String,
    street: String,
    flat: String,
    suburb: String,
    postcode: String,
    state: String,
    phone: String,
    city: String,
}

fn home(dice: &mut Dice) -> Home {
    const STATES: [&str; 8] = ["nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt"];
    const STREETS: [&str; 5] = ["street", "road", "place", "crescent", "close"];
    let town = dice.zipf(1_500);
    Home {
        number: (1 + dice.zipf(300)).to_string(),
        street: format!(
            "{} {}",
            word(3, dice.below(6_000), 2),
            STREETS[dice.below(5)]
        ),
        flat: match dice.below(3) {
            0 => format!("flat {}", 1 + dice.below(40)),
            1 => word(4, dice.below(4_000), 3),
            _ => String::new(),
        },
        suburb: word(5, town, 3),
        postcode: (1_000 + town * 4 + dice.below(3)).to_string(),
        state: STATES[town % 8].to_owned(),
        phone: format!("0{} {:08}", 2 + town % 8, dice.below(100_000_000)),
        city: word(6, town % 200, 2),
    }
}

fn person(dice: &mut Dice, home: &Home, surname: usize) -> Vec<(char, String)> {
    let given = word(1, dice.zipf(900), 2);
    let surname = word(2, surname, 2);
    let year = 1920 + dice.below(85);
    let born = format!("{year}{:02}{:02}", 1 + dice.below(12), 1 + dice.below(28));
    let tail = if dice.chance(50) {
        dice.below(100).to_string()
    } else {
        String::new()
    };
    let email = format!("{given}.{surname}{tail}@{}.net", word(7, dice.zipf(300), 2));
    vec![
        ('g', given),
        ('f', surname),
        ('n', home.number.clone()),
        ('a', home.street.clone()),
        ('b', home.flat.clone()),
        ('u', home.suburb.clone()),
        ('p', home.postcode.clone()),
        ('t', home.state.clone()),
        ('d', born),
        ('s', format!("{:07}", 1_000_000 + dice.below(8_999_999))),
        ('h', home.phone.clone()),
        ('e', email),
        ('c', home.city.clone()),
    ]
}

fn mistype(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return String::new();
    }
    let at = dice.below(letters.len());
    let digit = letters[at].is_ascii_digit();
    let fresh = if digit {
        char::from(b'0' + dice.below(10) as u8)
    } else {
        char::from(b'a' + dice.below(26) as u8)
    };
    match dice.below(4) {
        0 => letters.insert(at, fresh),
        1 if letters.len() > 1 => drop(letters.remove(at)),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = fresh,
    }
    letters.into_iter().collect()
}

fn misdate(dice: &mut Dice, text: &str) -> String {
    if text.len() != 8 || !dice.chance(45) {
        return mistype(dice, text);
    }
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..]);
    match dice.below(3) {
        0 => format!("{year}{day}{month}"),
        1 => format!("{year}{:02}{day}", 1 + dice.below(12)),
        _ => format!("{:04}{month}{day}", 1920 + dice.below(85)),
    }
}

/// One mistake somewhere in a row.
fn mistake(dice: &mut Dice, row: &mut [(char, String)]) {
    let find = |row: &[(char, String)], letter| row.iter().position(|cell| cell.0 == letter);
    match dice.below(20) {
        0 => {
            if let (Some(given), Some(family)) = (find(row, 'g'), find(row, 'f')) {
                let (one, other) = (row[given].1.clone(), row[family].1.clone());
                row[given].1 = other;
                row[family].1 = one;
            }
        }
        1 => {
            let moved = home(dice);
            for (letter, text) in [
                ('n', moved.number),
                ('a', moved.street),
                ('b', moved.flat),
                ('u', moved.suburb),
                ('p', moved.postcode),
                ('t', moved.state),
                ('h', moved.phone),
                ('c', moved.city),
            ] {
                if let Some(at) = find(row, letter) {
                    row[at].1 = text;
                }
            }
        }
        2 => {
            if let Some(at) = find(row, 'f') {
                row[at].1 = word(2, dice.zipf(4_000), 2);
            }
        }
        3 => {
            if let Some(at) = find(row, 'g') {
                let short = 1 + dice.below(3);
                row[at].1 = row[at].1.chars().take(short).collect();
            }
        }
        _ => {
            let at = dice.below(row.len());
            let text = row[at].1.clone();
            row[at].1 = match row[at].0 {
                _ if dice.chance(15) => String::new(),
                'd' => misdate(dice, &text),
                _ => mistype(dice, &text),
            };
        }
    }
}

/// Makes a set.
pub fn people(ask: Ask) -> Set {
    let mut dice = Dice::new(ask.seed);
    let mut originals: Vec<Vec<(char, String)>> = Vec::new();
    let mut found: Vec<(u32, Vec<(char, String)>)> = Vec::new();
    while found.len() < ask.rows {
        let home = home(&mut dice);
        let surname = dice.zipf(4_000);
        for member in 0..1 + dice.below(4) {
            let own = if dice.chance(85) {
                surname
            } else {
                dice.zipf(4_000)
            };
            let mut made = person(&mut dice, &home, own);
            if member > 0 && dice.chance(4) {
                // A twin, or a child named like a parent.
                let last = originals[originals.len() - 1].clone();
                let keep = if dice.chance(50) { 'd' } else { 'g' };
                let at = made
                    .iter()
                    .position(|cell| cell.0 == keep)
                    .unwrap_or_default();
                made[at].1 = last[at].1.clone();
            }
            originals.push(made.clone());
            let id = originals.len() as u32 - 1;
            found.push((id, made.clone()));
            while dice.chance(ask.repeats) {
                let mut again = made.clone();
                let many = -(1.0 - dice.unit()).ln() * ask.mistakes;
                for _ in 0..many.round() as usize {
                    mistake(&mut dice, &mut again);
                }
                found.push((id, again));
            }
        }
    }
    for at in (1..found.len()).rev() {
        found.swap(at, dice.below(at + 1));
    }
    finish(ask, &mut dice, found)
}

fn finish(ask: Ask, dice: &mut Dice, found: Vec<(u32, Vec<(char, String)>)>) -> Set {
    let mut set = Set {
        titles: COLUMNS
            .iter()
            .filter(|(letter, _)| ask.columns.contains(*letter))
            .map(|(_, title)| *title)
            .collect(),
        ..Set::default()
    };
    for (id, row) in found {
        let cells = row
            .into_iter()
            .filter(|(letter, _)| ask.columns.contains(*letter));
        let cells = cells.map(|(_, text)| {
            if dice.chance(ask.missing) {
                String::new()
            } else {
                text
            }
        });
        set.rows.push(cells.collect());
        set.truth.push(id);
    }
    set
}

/// How well clusters meet the truth: precision, recall and F1 over pairs of rows.
pub fn pair_f1(truth: &[u32], clusters: &[u32]) -> (f64, f64, f64) {
    use std::collections::HashMap;
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let (mut one, mut other, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (t, c) in truth.iter().zip(clusters) {
        *one.entry(*t).or_insert(0_u64) += 1;
        *other.entry(*c).or_insert(0_u64) += 1;
        *both.entry((*t, *c)).or_insert(0_u64) += 1;
    }
    let right: u64 = both.into_values().map(pairs).sum();
    let said: u64 = other.into_values().map(pairs).sum();
    let real: u64 = one.into_values().map(pairs).sum();
    let precision = right as f64 / said.max(1) as f64;
    let recall = right as f64 / real.max(1) as f64;
    (
        precision,
        recall,
        2.0 * precision * recall / (precision + recall).max(1e-9),
    )
}
