//! The search against a search that looks at every name, on small invented names with many near
//! misses, and what happens to a segment that is not whole.

use credit::text::name_form;
use proptest::prelude::*;
use resolve::search::{Builder, Cursor, Hit, Index, Kind, Query, Segment, edit};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

/// An index of names, cut into so many segments; keys are positions.
fn index(names: &[String], segments: usize) -> io::Result<Index> {
    let mut builders = vec![Builder::new(); segments];
    for (at, name) in names.iter().enumerate() {
        builders[at % segments].push(at as u64, &name_form(name));
    }
    let opened = builders.into_iter().map(|builder| {
        let mut bytes = Vec::new();
        builder.finish(&mut bytes)?;
        Segment::open(Box::new(bytes)).map(Arc::new)
    });
    Ok(Index::new(opened.collect::<io::Result<_>>()?))
}

/// How a name should be found, by looking at it.
fn truth(asked: &str, name: &str) -> Option<(Kind, u8)> {
    let (asked, name): (Vec<char>, Vec<char>) = (
        name_form(asked).chars().collect(),
        name_form(name).chars().collect(),
    );
    let place = name.windows(asked.len()).position(|part| part == asked);
    match place {
        Some(_) if name.len() == asked.len() => return Some((Kind::Exact, 0)),
        Some(0) => return Some((Kind::Prefix, 0)),
        Some(_) => return Some((Kind::Part, 0)),
        None => {}
    }
    match damerau(&asked, &name) {
        1 => Some((Kind::OneEdit, 1)),
        2 if asked.len() >= 5 => Some((Kind::TwoEdits, 2)),
        _ => None,
    }
}

/// Damerau's distance in full, as its authors wrote it down: a swap counts once wherever later edits
/// put characters between the two. Slow, and without anything in common with what it judges.
fn damerau(left: &[char], right: &[char]) -> usize {
    let (rows, columns) = (left.len() + 2, right.len() + 2);
    let far = left.len() + right.len();
    let mut table = vec![vec![far; columns]; rows];
    for i in 0..=left.len() {
        table[i + 1][1] = i;
    }
    for j in 0..=right.len() {
        table[1][j + 1] = j;
    }
    let mut last_row: HashMap<char, usize> = HashMap::new();
    for i in 1..=left.len() {
        let mut last_column = 0;
        for j in 1..=right.len() {
            let row = last_row.get(&right[j - 1]).copied().unwrap_or(0);
            let column = last_column;
            let differs = usize::from(left[i - 1] != right[j - 1]);
            if differs == 0 {
                last_column = j;
            }
            table[i + 1][j + 1] = (table[i][j] + differs)
                .min(table[i + 1][j] + 1)
                .min(table[i][j + 1] + 1)
                .min(table[row][column] + (i - row - 1) + 1 + (j - column - 1));
        }
        last_row.insert(left[i - 1], i);
    }
    table[left.len() + 1][right.len() + 1]
}

/// Names of few different characters, so that near misses abound.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec!['甲', '乙', '丙', '丁', 'A', '1']),
        2..9,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

fn all(index: &Index, query: &Query) -> io::Result<Vec<Hit>> {
    let mut query = query.clone();
    let mut hits = Vec::new();
    loop {
        let page = index.search(&query)?;
        hits.extend(page.hits);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(hits),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_name_is_found_as_looking_at_all_of_them_finds_it(
        names in proptest::collection::vec(name(), 1..60),
        asked in name(),
        segments in 1_usize..4,
    ) {
        let index = index(&names, segments).map_err(|cause| TestCaseError::fail(cause.to_string()))?;
        let query = Query { pinyin: false, ..Query::new(&asked, 1_000) };
        let page = index.search(&query).map_err(|cause| TestCaseError::fail(cause.to_string()))?;
        for (at, name) in names.iter().enumerate() {
            let found = page.hits.iter().filter(|hit| hit.key == at as u64).collect::<Vec<_>>();
            match truth(&asked, name) {
                Some(kind) => {
                    prop_assert_eq!(found.len(), 1, "{} {}", asked, name);
                    prop_assert_eq!((found[0].kind, found[0].edits), kind, "{} {}", asked, name);
                }
                None => prop_assert!(found.is_empty(), "{asked} {name} {found:?}"),
            }
        }
        prop_assert!(page.hits.is_sorted_by(|a, b| a.place < b.place));
    }

    #[test]
    fn two_replacements_are_always_found(
        names in proptest::collection::vec(name(), 0..40),
        asked in proptest::collection::vec(proptest::sample::select(vec!['甲', '乙', '丙', '丁']), 5..10),
        places in (0_usize..100, 0_usize..100),
    ) {
        let mut other = asked.clone();
        for place in [places.0, places.1] {
            let at = place % other.len();
            other[at] = '戊';
        }
        let mut names = names;
        names.push(other.iter().collect());
        let asked: String = asked.into_iter().collect();
        let index = index(&names, 1).map_err(|cause| TestCaseError::fail(cause.to_string()))?;
        let page = index.search(&Query::new(&asked, 1_000));
        let page = page.map_err(|cause| TestCaseError::fail(cause.to_string()))?;
        prop_assert!(page.hits.iter().any(|hit| hit.key == names.len() as u64 - 1), "{asked}");
    }

    #[test]
    fn a_swap_beside_another_slip_is_always_found(
        names in proptest::collection::vec(name(), 0..40),
        asked in proptest::collection::vec(proptest::sample::select(vec!['甲', '乙', '丙', '丁', '戊']), 5..14),
        place in 0_usize..100,
        other in (0_usize..100, 0_usize..4),
    ) {
        let mut slipped = asked.clone();
        let at = place % (slipped.len() - 1);
        slipped.swap(at, at + 1);
        let at = other.0 % slipped.len();
        match other.1 {
            0 => slipped.insert(at, '己'),
            1 => drop(slipped.remove(at)),
            2 => slipped[at] = '己',
            _ => slipped.swap(at, (at + 1) % asked.len()),
        }
        let fail = |cause: io::Error| TestCaseError::fail(cause.to_string());
        let mut names = names;
        names.push(asked.iter().collect());
        // A text that holds what was meant, or two swaps over the ends, are other questions.
        let edits = damerau(&slipped, &asked);
        prop_assume!(edits <= 2 && slipped.len() >= 5);
        let slipped: String = slipped.into_iter().collect();
        let page = index(&names, 1).map_err(fail)?.search(&Query::new(&slipped, 1_000)).map_err(fail)?;
        prop_assert!(page.hits.iter().any(|hit| hit.key == names.len() as u64 - 1), "{slipped} {asked:?}");
    }

    #[test]
    fn distances_are_those_of_the_whole_table(left in name(), right in name(), most in 0_u8..3) {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let whole = damerau(&left, &right);
        let wanted = u8::try_from(whole).ok().filter(|edits| *edits <= most);
        prop_assert_eq!(edit::within(&left, &right, most), wanted);
        prop_assert_eq!(edit::within(&right, &left, most), wanted);
    }

    #[test]
    fn pages_of_any_size_give_the_same_hits_in_the_same_order(
        names in proptest::collection::vec(name(), 1..80),
        asked in name(),
        limit in 1_usize..7,
        segments in 1_usize..4,
    ) {
        let fail = |cause: io::Error| TestCaseError::fail(cause.to_string());
        let whole = index(&names, 1).map_err(fail)?;
        let cut = index(&names, segments).map_err(fail)?;
        // A stage runs where the page is not full, so a page of all hits runs them all.
        let once = all(&whole, &Query::new(&asked, 1_000)).map_err(fail)?;
        let paged = all(&cut, &Query::new(&asked, limit)).map_err(fail)?;
        prop_assert_eq!(once, paged);
    }

    #[test]
    fn any_text_is_answered(asked in ".{0,300}", names in proptest::collection::vec(".{0,20}", 0..20)) {
        let index = index(&names, 1).map_err(|cause| TestCaseError::fail(cause.to_string()))?;
        prop_assert!(index.search(&Query::new(&asked, 10)).is_ok());
    }
}

#[test]
fn each_slip_in_each_place_of_a_name_is_forgiven() -> io::Result<()> {
    let names: Vec<String> = [
        "云汀市栖澜枫渡商贸有限公司",
        "枫渡",
        "枫渡茶",
        "云汀枫渡有限公司",
    ]
    .map(String::from)
    .to_vec();
    let index = index(&names, 1)?;
    for (key, name) in names.iter().enumerate() {
        let chars: Vec<char> = name.chars().collect();
        for at in 0..=chars.len() {
            for slip in 0..4 {
                let mut other = chars.clone();
                match slip {
                    0 => other.insert(at, '龘'),
                    1 if at < chars.len() => drop(other.remove(at)),
                    2 if at < chars.len() => other[at] = '龘',
                    3 if at + 1 < chars.len() => other.swap(at, at + 1),
                    _ => continue,
                }
                let asked: String = other.into_iter().collect();
                if asked.chars().count() < 2 {
                    continue;
                }
                let page = index.search(&Query::new(&asked, 10))?;
                assert!(
                    page.hits.iter().any(|hit| hit.key == key as u64),
                    "{asked} for {name}"
                );
            }
        }
    }
    Ok(())
}

#[test]
fn classes_come_in_order_and_say_what_matches() -> io::Result<()> {
    let names = [
        "枫渡商贸",
        "枫渡商贸有限公司",
        "云汀枫渡商贸",
        "枫度商贸",
        "枫渡商",
    ]
    .map(String::from);
    let page = index(&names, 1)?.search(&Query::new("枫渡商贸", 10))?;
    let kinds: Vec<Kind> = page.hits.iter().map(|hit| hit.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Exact,
            Kind::Prefix,
            Kind::Part,
            Kind::OneEdit,
            Kind::OneEdit
        ]
    );
    assert_eq!(page.hits[2].matched, vec![2..6]);
    assert_eq!(
        page.hits
            .iter()
            .find(|hit| hit.key == 3)
            .map(|hit| hit.matched.clone()),
        Some(vec![0..1, 2..4])
    );
    assert_eq!(page.next, None);
    Ok(())
}

#[test]
fn pinyin_in_full_and_by_initials_leads_to_names() -> io::Result<()> {
    let mut names: Vec<String> = (0..200).map(|n| format!("厦门市第{n}商行")).collect();
    names.push("厦门华为商贸有限公司".to_owned());
    names.push("重庆长安商贸有限公司".to_owned());
    let index = index(&names, 1)?;
    for (asked, key) in [
        ("xiamenhuawei", 200),
        ("XiaMenHua", 200),
        ("xmhw", 200),
        ("huawei", 200),
        ("hwsm", 200),
        ("chongqingchangan", 201),
        ("zhongqingchangan", 201),
        ("cqca", 201),
    ] {
        let page = index.search(&Query::new(asked, 10))?;
        let hit = page.hits.iter().find(|hit| hit.key == key);
        assert_eq!(
            hit.map(|hit| hit.kind),
            Some(Kind::Pinyin),
            "{asked} {:?}",
            page.hits
        );
    }
    let off = Query {
        pinyin: false,
        ..Query::new("xmhw", 10)
    };
    assert!(index.search(&off)?.hits.is_empty());
    assert!(index.search(&Query::new("xmzz", 10))?.hits.is_empty());
    Ok(())
}

#[test]
fn the_same_name_under_many_keys_is_found_under_each() -> io::Result<()> {
    let names = vec!["枫渡商贸有限公司".to_owned(); 25];
    let index = index(&names, 2)?;
    let hits = all(&index, &Query::new("枫渡商贸有限公司", 10))?;
    assert_eq!(
        hits.iter().map(|hit| hit.key).collect::<Vec<_>>(),
        (0..25).collect::<Vec<_>>()
    );
    Ok(())
}

#[test]
fn names_longer_than_a_line_and_lists_longer_than_a_block() -> io::Result<()> {
    let mut names: Vec<String> = (0..6_000).map(|n| format!("第{n}商贸有限公司")).collect();
    names.push("枫".repeat(400));
    let index = index(&names, 1)?;
    let page = index.search(&Query::new("商贸有限", 1_000))?;
    assert_eq!(page.hits.len(), 1_000);
    assert!(page.next.is_some());
    assert!(page.hits.is_sorted_by(|a, b| a.place < b.place));
    assert_eq!(
        index.search(&Query::new("第4711商贸有现公司", 5))?.hits[0].key,
        4_711
    );
    assert_eq!(
        index.search(&Query::new("第5000商贸有限公", 5))?.hits[0].key,
        5_000
    );
    assert_eq!(index.search(&Query::new("枫枫枫枫", 5))?.hits[0].key, 6_000);
    Ok(())
}

#[test]
fn a_segment_that_is_not_whole_is_refused() -> io::Result<()> {
    let mut builder = Builder::new();
    for at in 0..500 {
        builder.push(at, &format!("第{at}商贸有限公司"));
    }
    let mut bytes = Vec::new();
    builder.finish(&mut bytes)?;
    assert!(Segment::open(Box::new(bytes.clone())).is_ok());
    for at in (0..bytes.len()).step_by(37) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x10;
        assert!(Segment::open(Box::new(broken)).is_err(), "byte {at}");
        assert!(
            Segment::open(Box::new(bytes[..at].to_vec())).is_err(),
            "cut at {at}"
        );
    }
    assert!(Segment::open(Box::new(Vec::new())).is_err());
    Ok(())
}

#[test]
fn an_empty_index_and_empty_questions_find_nothing() -> io::Result<()> {
    let nothing = index(&[], 1)?;
    assert_eq!(nothing.names(), 0);
    assert!(nothing.search(&Query::new("枫渡", 10))?.hits.is_empty());
    assert!(
        Index::default()
            .search(&Query::new("枫渡", 10))?
            .hits
            .is_empty()
    );
    let one = index(&["枫渡".to_owned()], 1)?;
    for text in ["", "  ", "、", "（"] {
        assert!(one.search(&Query::new(text, 10))?.hits.len() <= 1, "{text}");
    }
    assert_eq!(Cursor::parse("nonsense"), None);
    Ok(())
}
