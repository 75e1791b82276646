//! The one change that makes one text of another, if one is enough.

/// One change. Places are counted in characters; `longer_left` says which side has more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// None.
    Equal,
    /// Another character at this place.
    Other(usize),
    /// A character more at this place of the longer text.
    More {
        /// Its place.
        at: usize,
        /// Whether the left text is the longer.
        left: bool,
    },
    /// This character and the next exchanged.
    Swapped(usize),
    /// Two neighbouring blocks exchanged: from, first block's length, second block's length.
    Moved(usize, usize, usize),
    /// More than one change.
    Far,
}

/// Finds it.
pub(super) fn edit(left: &[char], right: &[char]) -> Edit {
    let front = left
        .iter()
        .zip(right)
        .take_while(|(one, other)| one == other)
        .count();
    let (left, right) = (
        left.get(front..).unwrap_or(&[]),
        right.get(front..).unwrap_or(&[]),
    );
    let back = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let left = left.get(..left.len() - back).unwrap_or(&[]);
    let right = right.get(..right.len() - back).unwrap_or(&[]);
    match (left, right) {
        ([], []) => Edit::Equal,
        ([_], [_]) => Edit::Other(front),
        ([_], []) => Edit::More {
            at: front,
            left: true,
        },
        ([], [_]) => Edit::More {
            at: front,
            left: false,
        },
        ([a, b], [c, d]) if a == d && b == c => Edit::Swapped(front),
        (one, other) if one.len() == other.len() && one.len() > 2 => moved(front, one, other),
        _ => Edit::Far,
    }
}

/// A rotation of the middle is an exchange of two blocks.
fn moved(front: usize, one: &[char], other: &[char]) -> Edit {
    for cut in 1..one.len() {
        let (first, second) = one.split_at(cut);
        if other.starts_with(second) && other.ends_with(first) {
            return Edit::Moved(front, first.len(), second.len());
        }
    }
    Edit::Far
}

/// Whether the character at a place stands there twice in a row.
pub(super) fn is_doubled(text: &[char], at: usize) -> bool {
    let letter = text.get(at);
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    letter.is_some() && (letter == before || letter == text.get(at + 1))
}

#[cfg(test)]
mod tests {
    use super::{Edit, edit};

    #[test]
    fn finds_the_one_change() {
        let check = |left: &str, right: &str| {
            edit(
                &left.chars().collect::<Vec<_>>(),
                &right.chars().collect::<Vec<_>>(),
            )
        };
        assert_eq!(check("华新贸易", "华新贸易"), Edit::Equal);
        assert_eq!(check("华新贸易", "华欣贸易"), Edit::Other(1));
        assert_eq!(
            check("华新贸易", "华贸易"),
            Edit::More { at: 1, left: true }
        );
        assert_eq!(
            check("华贸易", "华新贸易"),
            Edit::More { at: 1, left: false }
        );
        assert_eq!(check("华新贸易", "新华贸易"), Edit::Swapped(0));
        assert_eq!(check("华新贸易", "贸易华新"), Edit::Moved(0, 2, 2));
        assert_eq!(check("华新贸易", "宏达工程"), Edit::Far);
        assert_eq!(check("", ""), Edit::Equal);
    }
}
