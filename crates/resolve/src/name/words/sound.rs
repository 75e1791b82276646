//! Cyrillic letters as Latin ones, and the skeleton that spellings of one sound share.

/// A word in Latin letters. Cyrillic by the letters of passports (ICAO Doc 9303), others as they are.
pub(super) fn latin(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        match cyrillic(letter) {
            Some(letters) => out.push_str(letters),
            None => out.push(letter),
        }
    }
    out
}

fn cyrillic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'А' => "A",
        'Б' => "B",
        'В' => "V",
        'Г' | 'Ґ' => "G",
        'Д' => "D",
        'Е' | 'Э' | 'Є' => "E",
        'Ж' => "ZH",
        'З' => "Z",
        'И' | 'Й' | 'І' | 'Ї' => "I",
        'К' => "K",
        'Л' => "L",
        'М' => "M",
        'Н' => "N",
        'О' => "O",
        'П' => "P",
        'Р' => "R",
        'С' => "S",
        'Т' => "T",
        'У' | 'Ў' => "U",
        'Ф' => "F",
        'Х' => "KH",
        'Ц' => "TS",
        'Ч' => "CH",
        'Ш' => "SH",
        'Щ' => "SHCH",
        'Ы' => "Y",
        'Ю' => "IU",
        'Я' => "IA",
        'Ъ' | 'Ь' => "",
        _ => return None,
    })
}

/// Letters that sound as others do, longer ones first.
const SOUNDS: [(&str, &str); 8] = [
    ("SHCH", "SH"),
    ("SCH", "SH"),
    ("KH", "H"),
    ("TS", "C"),
    ("CZ", "CH"),
    ("KS", "X"),
    ("PH", "F"),
    ("CK", "K"),
];

/// What spellings of one sound share: ROSSIYA, ROSSIIA and ROSSIJA; KHIMIYA and HIMIA.
pub(super) fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut push = |letter: char| {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    };
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let known = matches!(letter, 'S' | 'K' | 'T' | 'C' | 'P')
            .then(|| SOUNDS.iter().find(|(written, _)| rest.starts_with(written)))
            .flatten();
        if let Some((written, sound)) = known {
            sound.chars().for_each(&mut push);
            rest = rest.get(written.len()..).unwrap_or("");
            continue;
        }
        push(match letter {
            'J' | 'Y' => 'I',
            'W' => 'V',
            'Q' => 'K',
            other => other,
        });
        rest = rest.get(letter.len_utf8()..).unwrap_or("");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{latin, skeleton};

    #[test]
    fn spellings_of_one_sound_meet() {
        for (one, other) in [
            ("ROSSIYA", "ROSSIJA"),
            ("KHIMIYA", "HIMIA"),
            ("ROMASHKA", "РОМАШКА"),
            ("SHCHUKIN", "SCHUKIN"),
            ("TSENTR", "ЦЕНТР"),
            ("PHARMA", "FARMA"),
            ("BECKER", "BEKER"),
        ] {
            assert_eq!(skeleton(&latin(one)), skeleton(&latin(other)), "{one}");
        }
        assert_ne!(skeleton("ROMASHKA"), skeleton("RAMASHKA"));
    }
}
