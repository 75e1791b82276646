//! The sentence that a clerk reads: which part differs, how, and what follows.

use super::{Difference, Likeness, Part, PartDifference};
use credit::lang::Lang;

/// One sentence for the whole outcome: what decides first.
pub(super) fn sentence(likeness: &Likeness, lang: Lang) -> String {
    let verdict = verdict(likeness, lang);
    let mut parts: Vec<&PartDifference> = likeness.parts.iter().collect();
    parts.sort_by(|one, other| one.bits.total_cmp(&other.bits));
    if parts.is_empty() {
        return verdict.to_owned();
    }
    let said: Vec<String> = parts.iter().map(|part| phrase(part, lang)).collect();
    match lang {
        Lang::Zh => format!("{verdict}：{}", said.join("；")),
        Lang::En | Lang::Ru => format!("{verdict}: {}", said.join("; ")),
    }
}

fn verdict(likeness: &Likeness, lang: Lang) -> &'static str {
    let all = if likeness.parts.is_empty() {
        ["名称一致", "the names agree", "наименования совпадают"]
    } else if likeness.same {
        ["应为同一主体", "taken for the same", "признано тем же"]
    } else if likeness.possible() {
        [
            "可能相关，须人工核对",
            "possibly the same, a person should look",
            "возможно то же, нужна проверка",
        ]
    } else {
        ["不是同一主体", "not the same", "не то же"]
    };
    pick(all, lang)
}

fn pick([zh, en, ru]: [&'static str; 3], lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    }
}

fn part(part: Part) -> [&'static str; 3] {
    match part {
        Part::Region => ["行政区划", "region", "регион"],
        Part::Trade => ["字号", "trade name", "собственное имя"],
        Part::Industry => ["行业", "industry", "отрасль"],
        Part::Form => ["组织形式", "legal form", "правовая форма"],
        Part::Branch => ["分支机构", "branch", "филиал"],
        Part::Qualifier => ["括注", "words in brackets", "слова в скобках"],
        Part::Number => ["编号", "number", "номер"],
        Part::Whole => ["名称", "name", "наименование"],
    }
}

fn kind(kind: Difference) -> [&'static str; 3] {
    match kind {
        Difference::Spelling => ["写法不同", "is spelt otherwise", "пишется иначе"],
        Difference::Order => ["次序不同", "stands in another order", "в другом порядке"],
        Difference::Missing => [
            "一方未写",
            "is missing on one side",
            "указано только с одной стороны",
        ],
        Difference::Wider => [
            "详略不同",
            "is more or less exact",
            "указано с разной точностью",
        ],
        Difference::Converted => [
            "可能改制",
            "may have been converted",
            "возможно, преобразована",
        ],
        Difference::Typo => [
            "疑为笔误",
            "looks like a slip of the pen",
            "похоже на описку",
        ],
        Difference::Abbreviation => ["可能是简称", "may be shortened", "возможно, сокращено"],
        Difference::Former => ["一方为曾用名", "is a former name", "прежнее наименование"],
        Difference::Transliteration => [
            "音译相同",
            "sounds the same in another script",
            "звучит так же другим письмом",
        ],
        Difference::Other => ["不同", "differs", "различается"],
    }
}

fn phrase(one: &PartDifference, lang: Lang) -> String {
    let words = format!(
        "{} {}",
        pick(part(one.part), lang),
        pick(kind(one.kind), lang)
    );
    let words = if lang == Lang::Zh {
        words.replacen(' ', "", 1)
    } else {
        words
    };
    let cut = |text: &str| -> String { text.chars().take(LONGEST).collect() };
    let (left, right) = (cut(&one.left), cut(&one.right));
    match (left.as_str(), right.as_str(), lang) {
        ("", "", _) => words,
        (only, "", Lang::Zh) | ("", only, Lang::Zh) => format!("{words}（{only}）"),
        (left, right, Lang::Zh) => format!("{words}（{left}／{right}）"),
        (only, "", _) | ("", only, _) => format!("{words} ({only})"),
        (left, right, _) => format!("{words} ({left} / {right})"),
    }
}

/// Characters of a part that are repeated in the sentence.
const LONGEST: usize = 60;
