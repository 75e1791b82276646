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

/// What spellings of one sound share: ROSSIYA, ROSSIIA and ROSSIJA; KHIMIYA and HIMIA.
pub(super) fn skeleton(word: &str) -> String {
    let levelled = word
        .replace("SHCH", "SH")
        .replace("SCH", "SH")
        .replace("KH", "H")
        .replace("TS", "C")
        .replace("CZ", "CH")
        .replace("KS", "X")
        .replace("PH", "F")
        .replace(['J', 'Y'], "I")
        .replace('W', "V")
        .replace("CK", "K")
        .replace('Q', "K");
    let mut out = String::with_capacity(levelled.len());
    for letter in levelled.chars() {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}
