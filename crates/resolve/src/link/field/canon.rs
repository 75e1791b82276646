//! The canonical form of a value of a kind: equal forms are equal values.

use crate::link::date;
use crate::link::kind::Kind;
use credit::text::name_form;

/// Writes the canonical form of a folded text into `into`, which is cleared first.
pub(super) fn canon(kind: Kind, folded: &str, into: &mut String) {
    into.clear();
    if folded.is_empty() {
        return;
    }
    match kind {
        Kind::Skip | Kind::Person => {}
        Kind::Category | Kind::Email => into.push_str(folded),
        Kind::Name => apart(folded, into, false),
        Kind::Text => apart(folded, into, true),
        Kind::Code | Kind::Identifier => {
            into.extend(folded.chars().filter(|letter| letter.is_alphanumeric()))
        }
        Kind::Short => short(folded, into),
        Kind::Organisation => into.push_str(&name_form(folded)),
        Kind::Number => number(folded, into),
        Kind::Date => match date::read(folded) {
            Some((year, month, day)) => into.push_str(&format!("{year:04}{month:02}{day:02}")),
            None => into.extend(folded.chars().filter(|letter| letter.is_alphanumeric())),
        },
    }
}

/// Letters and digits; other signs part words, or vanish inside a name.
fn apart(folded: &str, into: &mut String, parting: bool) {
    let mut open = false;
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            if open && !into.is_empty() {
                into.push(' ');
            }
            open = false;
            into.push(letter);
        } else if parting || letter == ' ' {
            open = true;
        }
    }
}

fn short(folded: &str, into: &mut String) {
    into.extend(folded.chars().filter(|letter| letter.is_alphanumeric()));
    let zeros = into.len() - into.trim_start_matches('0').len();
    if zeros < into.len() {
        into.drain(..zeros);
    }
}

fn number(folded: &str, into: &mut String) {
    let digits: String = folded
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '.' || *letter == '-')
        .collect();
    if let Ok(number) = digits.parse::<f64>() {
        into.push_str(&number.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_tell_nothing_are_dropped() {
        for (kind, text, form) in [
            (Kind::Code, "404/231-1368", "4042311368"),
            (Kind::Short, "0800", "800"),
            (Kind::Short, "000", "000"),
            (Kind::Name, "o'brien", "obrien"),
            (Kind::Text, "st. john's, 4", "st john s 4"),
            (Kind::Number, "$1,299.00", "1299"),
            (Kind::Date, "24/06/1971", "19710624"),
            (Kind::Date, "1971-6-24", "19710624"),
            (Kind::Date, "1971-66", "197166"),
        ] {
            let mut into = String::new();
            canon(kind, text, &mut into);
            assert_eq!(into, form, "{text}");
        }
    }
}
