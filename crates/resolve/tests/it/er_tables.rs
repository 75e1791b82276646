//! Tables as they come: with columns that tell nothing, names in one cell, files without repeats, numbers
//! with check digits. What was learnt must not collapse on any of them.

use super::er_people::{Ask, Dice, Set, pair_f1, people};
use resolve::link::{Costs, Kind, Resolver, Schema};
use resolve::table::Table;

fn ask(rows: usize, seed: u64, columns: &'static str) -> Ask {
    Ask {
        rows,
        seed,
        mistakes: 1.5,
        repeats: 40,
        missing: 4,
        columns,
    }
}

/// A table with these titles, each row made by `cells`.
fn table(titles: &[&str], set: &Set, mut cells: impl FnMut(&[String]) -> Vec<String>) -> Table {
    let mut all = Table::new(titles.iter().map(|title| (*title).to_owned()).collect());
    for row in &set.rows {
        all.push(cells(row).iter().map(String::as_str));
    }
    all
}

fn learn(table: &Table) -> Resolver {
    Resolver::learn(&Schema::detect(table), table, Costs::default(), 3, 2)
}

fn f1(set: &Set, resolver: &Resolver) -> f64 {
    pair_f1(&set.truth, &resolver.clusters()).2
}

#[test]
fn columns_that_tell_nothing_cost_nothing() {
    let set = people(ask(3_000, 61, "gfpdc"));
    let plain = learn(&table(&set.titles, &set, <[String]>::to_vec));
    let mut dice = Dice::new(5);
    let titles = [&set.titles[..], &["source", "entered", "clerk", "batch"]].concat();
    let noisy = table(&titles, &set, |row| {
        let number = |dice: &mut Dice, below: u64| (dice.next() % below).to_string();
        let entered = format!(
            "2024-{:02}-{:02}",
            1 + dice.next() % 12,
            1 + dice.next() % 28
        );
        let further = [
            ["crm", "paper", "web"][(dice.next() % 3) as usize].to_owned(),
            entered,
            number(&mut dice, 40),
            number(&mut dice, 999_999),
        ];
        row.iter().cloned().chain(further).collect()
    });
    let resolver = learn(&noisy);
    let skipped = |title: &str| {
        let columns = &resolver.model().schema.columns;
        columns
            .iter()
            .any(|column| column.title == title && column.kind == Kind::Skip)
    };
    assert!(["entered", "clerk", "batch"].into_iter().all(skipped));
    assert!(!set.titles.iter().any(|title| skipped(title)));
    let (noisy, plain) = (f1(&set, &resolver), f1(&set, &plain));
    assert!(noisy > plain - 0.01, "{noisy} {plain}");
}

#[test]
fn a_name_in_one_cell_is_taken_apart_whatever_its_title() {
    let set = people(ask(3_000, 62, "gfnaupd"));
    let apart = f1(&set, &learn(&table(&set.titles, &set, <[String]>::to_vec)));
    let joined = |row: &[String], at: usize| {
        let (given, family) = (&row[0], &row[1]);
        let name = match at % 3 {
            0 => format!("{family}, {given}"),
            _ => format!("{given} {family}"),
        };
        let mut cells = vec![name];
        cells.extend(row[2..].iter().cloned());
        cells
    };
    for titles in [
        [
            "full_name",
            "street_number",
            "address_1",
            "suburb",
            "postcode",
            "date_of_birth",
        ],
        ["c1", "c2", "c3", "c4", "c5", "c6"],
    ] {
        let mut at = 0;
        let whole = table(&titles, &set, |row| {
            at += 1;
            joined(row, at)
        });
        let resolver = learn(&whole);
        assert_eq!(resolver.model().schema.columns[0].kind, Kind::Person);
        let one = f1(&set, &resolver);
        assert!(one > apart - 0.03, "{titles:?}: {one} and {apart} apart");
    }
}

/// The first two rows of each subject, one to a file; the others are left out.
fn two_files(set: &Set) -> (Table, Vec<u32>) {
    let mut sides: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    let mut seen = std::collections::HashMap::new();
    for (row, subject) in set.truth.iter().enumerate() {
        let times = seen.entry(*subject).or_insert(0_usize);
        let side = (*times + *subject as usize) % 2;
        if *times < 2 {
            sides[side].push(row);
        }
        *times += 1;
    }
    let mut all = Table::new(set.titles.iter().map(|title| (*title).to_owned()).collect());
    let mut truth = Vec::new();
    for side in sides {
        all.next_file();
        for row in side {
            all.push(set.rows[row].iter().map(String::as_str));
            truth.push(set.truth[row]);
        }
    }
    (all, truth)
}

#[test]
fn files_without_repeats_are_found_and_no_two_rows_of_one_are_joined() {
    let set = people(ask(4_000, 63, "gfaupd"));
    let (all, truth) = two_files(&set);
    let resolver = learn(&all);
    assert_eq!(resolver.model().files, 2);
    let clusters = resolver.clusters();
    let border = all.file_starts()[1];
    let mut met = std::collections::HashSet::new();
    for (row, cluster) in clusters.iter().enumerate() {
        assert!(met.insert((row >= border, *cluster)), "row {row}");
    }
    let (.., f1) = pair_f1(&truth, &clusters);
    assert!(f1 > 0.9, "{f1}");
    // The same rows as one file: nothing may be barred by a model of two.
    let mut one = Table::new(set.titles.iter().map(|title| (*title).to_owned()).collect());
    for row in &set.rows {
        one.push(row.iter().map(String::as_str));
    }
    let (_, recall, _) = pair_f1(
        &set.truth,
        &Resolver::batch(resolver.model().clone(), &one, 1).clusters(),
    );
    assert!(recall > 0.8, "{recall}");
}

#[test]
fn rows_that_come_alone_belong_to_no_file() {
    let set = people(ask(2_000, 64, "gfaupd"));
    let (mut all, _) = two_files(&set);
    let mut single = learn(&all);
    assert_eq!(single.model().files, 2);
    all.next_file();
    let rows = all.rows();
    for (at, row) in set.rows.iter().take(300).enumerate() {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        single.add(&cells, (rows + at) as u64);
        all.push(cells);
    }
    let batch = Resolver::batch(single.model().clone(), &all, 2);
    assert_eq!(batch.clusters(), single.clusters());
}

#[test]
fn two_files_of_one_table_may_hold_repeats() {
    let set = people(ask(2_000, 65, "gfaupd"));
    let mut all = Table::new(set.titles.iter().map(|title| (*title).to_owned()).collect());
    for (at, row) in set.rows.iter().enumerate() {
        if at == 0 || at == set.rows.len() / 2 {
            all.next_file();
        }
        all.push(row.iter().map(String::as_str));
    }
    assert_eq!(learn(&all).model().files, 0);
}

/// A code with a check character that fits (GB 32100-2015), made from a number.
fn code(number: usize) -> String {
    const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("91310000{number:09}");
    let mut total = 0;
    let mut weight = 1;
    for sign in body.bytes() {
        let value = SIGNS.iter().position(|known| *known == sign).unwrap_or(0);
        total += value * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(SIGNS[(31 - total % 31) % 31]))
}

/// Bodies in rows of two: code, name, place. Even ones bear their code twice, the others once.
fn bodies() -> Table {
    let mut all = Table::new(["码", "名", "地"].map(str::to_owned).into());
    for number in 0..400_usize {
        let name = format!(
            "上海云{}贸易有限公司",
            char::from_u32(0x5000 + (number / 2) as u32).unwrap_or('云')
        );
        let place = format!("云汀路{}号", number % 90);
        let mut second = String::new();
        if number % 2 == 0 {
            second = code(number);
        }
        all.push([code(number).as_str(), name.as_str(), place.as_str()]);
        all.push([second.as_str(), "另写的名称", place.as_str()]);
    }
    all
}

#[test]
fn a_valid_number_decides_and_two_valid_ones_bar() {
    let all = bodies();
    let resolver = learn(&all);
    assert_eq!(resolver.model().schema.columns[0].kind, Kind::Identifier);
    let clusters = resolver.clusters();
    for number in 0..400 {
        let (own, again) = (number * 2, number * 2 + 1);
        if number % 2 == 0 {
            assert_eq!(clusters[own], clusters[again], "body {number}");
            // Its neighbour bears the same name under another code.
            assert_ne!(clusters[own], clusters[own + 2], "body {number}");
        }
    }
}

#[test]
fn whole_names_are_one_even_where_nothing_else_tells() {
    let mut all = Table::new(vec!["企业名称".to_owned()]);
    for number in 0..3_000_u32 {
        let sign = |at: u32| char::from_u32(0x4E00 + at % 5_000).unwrap_or('云');
        let brand = [
            sign(number * 7 + 11),
            sign(number * 13 + 5),
            sign(number / 3),
        ];
        let brand: String = brand.into_iter().collect();
        all.push([format!("上海{brand}贸易有限公司").as_str()]);
        if number % 100 == 0 {
            all.push([format!("{brand}贸易（上海）有限公司").as_str()]);
            all.push([format!("上海{brand}贸易有限公司").as_str()]);
        }
    }
    let resolver = learn(&all);
    let clusters = resolver.clusters();
    let own = clusters
        .iter()
        .enumerate()
        .filter(|(at, id)| *at as u32 == **id);
    assert_eq!(own.count(), 3_000);
}
