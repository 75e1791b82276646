//! What holds of linkage whatever the table: order and direction decide nothing, repeats join, and what two people
//! share by living together does not make them one.

use crate::er_people::{Ask, people};
use proptest::prelude::*;
use resolve::link::{Costs, Resolver, Schema};
use resolve::table::Table;
use std::sync::LazyLock;

const COLUMNS: &str = "gfnaubptd";

/// A model learnt from invented people, and their rows. Learning takes longest, so it is done once.
struct Learnt {
    resolver: Resolver,
    rows: Vec<Vec<String>>,
}

static LEARNT: LazyLock<Learnt> = LazyLock::new(|| {
    let set = people(Ask {
        rows: 1_500,
        seed: 77,
        mistakes: 2.0,
        repeats: 40,
        missing: 4,
        columns: COLUMNS,
    });
    let mut table = Table::new(set.titles.iter().map(|title| (*title).to_owned()).collect());
    for row in &set.rows {
        table.push(row.iter().map(String::as_str));
    }
    let schema = Schema::detect(&table);
    let resolver = Resolver::learn(&schema, &table, Costs::default(), 3, 1);
    Learnt {
        resolver,
        rows: set.rows,
    }
});

/// Rows under the frozen model, one by one.
fn one_by_one(rows: &[&[String]]) -> Vec<u32> {
    let mut resolver = Resolver::empty(LEARNT.resolver.model().clone());
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        resolver.add(&cells, at as u64);
    }
    resolver.clusters()
}

fn batch(rows: &[&[String]]) -> Vec<u32> {
    let titles = LEARNT.resolver.model().schema.columns.iter();
    let mut table = Table::new(titles.map(|column| column.title.clone()).collect());
    for row in rows {
        table.push(row.iter().map(String::as_str));
    }
    Resolver::batch(LEARNT.resolver.model().clone(), &table, 1).clusters()
}

/// A full row that the model was learnt from, to be changed.
fn full() -> impl Strategy<Value = Vec<String>> {
    let full: Vec<usize> = (0..LEARNT.rows.len())
        .filter(|at| LEARNT.rows[*at].iter().all(|cell| !cell.is_empty()))
        .collect();
    prop::sample::select(full).prop_map(|at| LEARNT.rows[at].clone())
}

fn same(left: &[String], right: &[String]) -> bool {
    let clusters = one_by_one(&[left, right]);
    clusters[0] == clusters[1]
}

/// The place of a column.
fn at(title: &str) -> usize {
    let columns = &LEARNT.resolver.model().schema.columns;
    columns
        .iter()
        .position(|column| column.title == title)
        .unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_rows_in_any_order_are_the_batch(
        picked in prop::collection::vec(0_usize..1_500, 2..60),
        keys in prop::collection::vec(any::<u64>(), 60),
    ) {
        let rows: Vec<&[String]> = picked.iter().filter_map(|at| LEARNT.rows.get(*at)).map(Vec::as_slice).collect();
        let all = batch(&rows);
        prop_assert_eq!(&one_by_one(&rows), &all);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|at| keys[*at]);
        let shuffled: Vec<&[String]> = order.iter().map(|at| rows[*at]).collect();
        let other = one_by_one(&shuffled);
        prop_assert_eq!(&other, &batch(&shuffled));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_row_and_its_copy_are_one(row in full()) {
        prop_assert!(same(&row, &row.clone()), "{row:?}");
    }

    #[test]
    fn neighbours_of_one_town_are_two(row in full(), other in full()) {
        let mut neighbour = other.clone();
        for title in ["suburb", "postcode", "state"] {
            neighbour[at(title)] = row[at(title)].clone();
        }
        let own = ["given_name", "surname", "date_of_birth"];
        prop_assume!(own.iter().all(|title| row[at(title)] != other[at(title)]));
        prop_assert!(!same(&row, &neighbour), "{row:?} {neighbour:?}");
    }

    #[test]
    fn evidence_is_the_same_from_both_sides(left in 0_u32..1_500, right in 0_u32..1_500) {
        let resolver = &LEARNT.resolver;
        let (one, other) = (resolver.explain(left, right), resolver.explain(right, left));
        prop_assert_eq!(one.map(|scored| scored.bits), other.map(|scored| scored.bits));
    }
}
