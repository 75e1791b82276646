//! The sentence that a clerk reads.

use super::Likeness;
use credit::lang::Lang;

/// One sentence for the whole outcome.
pub(super) fn sentence(likeness: &Likeness, lang: Lang) -> String {
    match (likeness.same, lang) {
        (true, Lang::Zh) => "名称一致",
        (true, Lang::En) => "the names agree",
        (true, Lang::Ru) => "наименования совпадают",
        (false, Lang::Zh) => "名称不同",
        (false, Lang::En) => "the names differ",
        (false, Lang::Ru) => "наименования различаются",
    }
    .to_owned()
}
