//! Legal forms at the end of a name in letters, or before it.

use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../../catalog/names/forms-words.txt");

/// The legal forms by spelling.
struct Forms {
    class: HashMap<String, &'static str>,
    /// Most words of a spelling that begins with a word, and of one that ends with it.
    begins: HashMap<String, usize>,
    ends: HashMap<String, usize>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms: HashMap<String, &'static str> = HashMap::new();
    for line in FILE.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let Some(class) = words.next() else { continue };
        for spelling in words {
            forms.insert(
                spelling
                    .replace('_', " ")
                    .replace('Ё', "Е")
                    .replace('Й', "И"),
                class,
            );
        }
    }
    let (mut begins, mut ends) = (HashMap::new(), HashMap::new());
    for spelling in forms.keys() {
        let words: Vec<&str> = spelling.split(' ').collect();
        for (edge, most) in [(words.first(), &mut begins), (words.last(), &mut ends)] {
            let most: &mut usize = most.entry((*edge.unwrap_or(&"")).to_owned()).or_default();
            *most = words.len().max(*most);
        }
    }
    Forms {
        class: forms,
        begins,
        ends,
    }
});

/// Most words of a form at this edge that leave one word of the name over.
fn most(at_edge: &HashMap<String, usize>, edge: Option<&&str>, words: &[&str]) -> usize {
    let known = edge.and_then(|word| at_edge.get(*word)).copied();
    known.unwrap_or(0).min(words.len().saturating_sub(1))
}

/// The class of some words that are a legal form together.
pub(super) fn class(words: &[&str]) -> Option<&'static str> {
    match words {
        [one] => FORMS.class.get(*one).copied(),
        _ => FORMS.class.get(&words.join(" ")).copied(),
    }
}

/// Takes legal forms off both ends while a word remains: the class of the outermost at the end,
/// else of that in front, and its text.
pub(super) fn take(words: &mut Vec<&str>) -> (&'static str, String) {
    let (mut found, mut text) = ("", String::new());
    while let Some((length, class)) = at_end(words) {
        let cut = words.len() - length;
        text = [words.get(cut..).unwrap_or(&[]).join(" "), text]
            .join(" ")
            .trim()
            .to_owned();
        words.truncate(cut);
        if found.is_empty() {
            found = class;
        }
    }
    while let Some((length, class)) = in_front(words) {
        if found.is_empty() {
            (found, text) = (class, words.get(..length).unwrap_or(&[]).join(" "));
        }
        words.drain(..length);
    }
    (found, text)
}

fn at_end(words: &[&str]) -> Option<(usize, &'static str)> {
    let most = most(&FORMS.ends, words.last(), words);
    (1..=most)
        .rev()
        .find_map(|length| Some((length, class(words.get(words.len() - length..)?)?)))
}

/// Some languages put the form in front: ООО Ромашка, PT Maju. Of one word in Latin letters only
/// those that are always in front count.
fn in_front(words: &[&str]) -> Option<(usize, &'static str)> {
    const FRONT: [&str; 10] = [
        "OOO", "OAO", "ZAO", "PAO", "AO", "PT", "TOO", "JSC", "LLC", "PJSC",
    ];
    let most = most(&FORMS.begins, words.first(), words);
    (1..=most).rev().find_map(|length| {
        let some = words.get(..length)?;
        let cyrillic = some.iter().all(|word| !word.is_ascii());
        let front = cyrillic || length > 2 || some.first().is_some_and(|word| FRONT.contains(word));
        class(some).filter(|_| front).map(|class| (length, class))
    })
}
