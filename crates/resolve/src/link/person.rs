//! A person's name in one cell, taken apart: given name and surname are compared as two columns, because
//! a family shares one of them and the order is not always the same.

/// Which part of a cell a column of evidence looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Half {
    /// All of it.
    #[default]
    All,
    /// The given names of a person's name.
    Given,
    /// The surname of a person's name.
    Family,
}

/// Words before a surname that belong to it.
const PARTICLES: [&str; 14] = [
    "van", "von", "de", "da", "del", "della", "der", "den", "di", "la", "le", "bin", "al", "ten",
];
/// Words beside a name that are no part of it.
const TITLES: [&str; 12] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "jr", "sr", "ii", "iii", "phd",
];

impl Half {
    /// The part of a folded cell. A comma stands behind a surname; without one the surname is the last
    /// word with the particles before it. A single word is a surname.
    pub(crate) fn of(self, folded: &str) -> String {
        if self == Half::All {
            return folded.to_owned();
        }
        let (first, second) = folded.split_once(',').unwrap_or((folded, ""));
        let (front, back) = (words(first), words(second));
        let (given, family) = if front.is_empty() || back.is_empty() {
            let all = if front.is_empty() { back } else { front };
            let mut at = all.len().saturating_sub(1);
            while at > 1 && PARTICLES.contains(&all[at - 1]) {
                at -= 1;
            }
            let (given, family) = all.split_at(at);
            (given.join(" "), family.join(" "))
        } else {
            (back.join(" "), front.join(" "))
        };
        if self == Half::Given { given } else { family }
    }
}

fn words(text: &str) -> Vec<&str> {
    let parted = text.split([' ', '.']).filter(|word| !word.is_empty());
    parted.filter(|word| !TITLES.contains(word)).collect()
}

/// Whether a folded text has the form of a name in one cell: two to four words of letters.
pub(crate) fn looks_whole(folded: &str) -> bool {
    let plain = |letter: char| letter.is_alphabetic() || " .,'-".contains(letter);
    folded.chars().all(plain) && (2..=4).contains(&folded.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_in_both_orders() {
        for (text, given, family) in [
            ("ann smith", "ann", "smith"),
            ("smith, ann", "ann", "smith"),
            ("dr. ann b. smith", "ann b", "smith"),
            ("jan van der berg", "jan", "van der berg"),
            ("van der berg, jan", "jan", "van der berg"),
            ("smith", "", "smith"),
            ("smith,", "", "smith"),
            (", ann smith", "ann", "smith"),
            ("van berg", "van", "berg"),
            ("mr", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(Half::Given.of(text), given, "{text}");
            assert_eq!(Half::Family.of(text), family, "{text}");
            assert_eq!(Half::All.of(text), text);
        }
        assert!(looks_whole("o'neil, ann-marie"));
        assert!(!looks_whole("12 main street"));
        assert!(!looks_whole("ann"));
    }
}
