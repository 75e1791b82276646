//! Neighbours share a town and so its postcode, state and city: one fact, however many columns tell it.

use super::er_people::{Ask, Set, pair_f1, people};
use resolve::link::{Costs, Model, Resolver, Schema, Settings, SettingsError};
use resolve::table::Table;

/// People of whom few are repeated, with four columns that tell of one town.
fn town() -> Set {
    people(Ask {
        rows: 12_000,
        seed: 43,
        mistakes: 1.0,
        repeats: 4,
        missing: 2,
        columns: "gfuptcd",
    })
}

fn table(set: &Set, rows: std::ops::Range<usize>) -> Table {
    let mut table = Table::new(set.titles.iter().map(|title| (*title).to_owned()).collect());
    for row in &set.rows[rows] {
        table.push(row.iter().map(String::as_str));
    }
    table
}

fn learn(table: &Table) -> Resolver {
    Resolver::learn(&Schema::detect(table), table, Costs::default(), 7, 2)
}

fn without_follows(model: &Model) -> Model {
    let mut model = model.clone();
    for weights in &mut model.columns {
        weights.follows.clear();
    }
    model
}

fn read_model(text: &str) -> Result<Model, SettingsError> {
    match Settings::read(text)? {
        Settings::Model(model) => Ok(*model),
        Settings::Columns(..) => Err(SettingsError::Content("no model".to_owned())),
    }
}

#[test]
fn neighbours_are_not_taken_for_one_and_repeats_are_found() {
    let set = town();
    let all = table(&set, 0..set.rows.len());
    let mut resolver = learn(&all);
    let (precision, recall, _) = pair_f1(&set.truth, &resolver.clusters());
    println!("precision {precision:.4} recall {recall:.4}");
    assert!(precision > 0.75, "{precision}");
    assert!(recall > 0.85, "{recall}");
    // What neighbours share counts as often as columns tell it, where nothing is known to follow.
    let mut naive = Resolver::batch(without_follows(resolver.model()), &all, 2);
    let joined = |resolver: &mut Resolver| {
        let graph = resolver.graph();
        let linked = |row: u32| graph.linked(row).filter(|link| link.1 > 0.0).count();
        (0..set.rows.len() as u32).map(linked).sum::<usize>()
    };
    let (with, without) = (joined(&mut resolver), joined(&mut naive));
    assert!(without > with * 2, "{with} {without}");
}

/// Without birthdays a given name alone tells a family apart, so it must not pass for noise where few repeat.
#[test]
fn a_given_name_is_no_noise_where_few_repeat() {
    let set = people(Ask {
        rows: 6_000,
        seed: 42,
        mistakes: 1.0,
        repeats: 3,
        missing: 2,
        columns: "gfuptc",
    });
    let resolver = learn(&table(&set, 0..set.rows.len()));
    let evidence = resolver.model().schema.evidence();
    let given = set.titles.iter().position(|title| *title == "given_name");
    assert!(
        given.is_some_and(|given| evidence.contains(&given)),
        "{evidence:?}"
    );
}

#[test]
fn two_neighbours_of_one_given_name_are_two() -> Result<(), String> {
    let set = town();
    let at = |title: &str| set.titles.iter().position(|known| *known == title);
    let places: Vec<usize> = ["suburb", "postcode", "state", "city"]
        .into_iter()
        .filter_map(at)
        .collect();
    let given = at("given_name").ok_or("no given name")?;
    let born = at("date_of_birth").ok_or("no birthday")?;
    let surname = at("surname").ok_or("no surname")?;
    let resolver = learn(&table(&set, 0..set.rows.len()));
    let (mut neighbours, mut repeats) = (0, 0);
    for left in 0..set.rows.len() {
        for right in left + 1..set.rows.len() {
            let (l, r) = (&set.rows[left], &set.rows[right]);
            let alike = |at: usize| !l[at].is_empty() && l[at] == r[at];
            if !alike(given) || !places.iter().all(|&at| alike(at)) {
                continue;
            }
            let scored = resolver
                .explain(left as u32, right as u32)
                .ok_or("no explanation")?;
            let apart = |at: usize| !l[at].is_empty() && !r[at].is_empty() && l[at] != r[at];
            if set.truth[left] != set.truth[right] && apart(born) && apart(surname) {
                neighbours += 1;
                assert!(!scored.same(), "{l:?} {r:?}\n{}", scored.text());
            } else if set.truth[left] == set.truth[right] && alike(born) && alike(surname) {
                repeats += 1;
                assert!(scored.same(), "{l:?} {r:?}\n{}", scored.text());
            }
        }
    }
    assert!(neighbours > 500 && repeats > 50, "{neighbours} {repeats}");
    Ok(())
}

#[test]
fn what_follows_is_in_the_settings_and_one_by_one_gives_the_batch() -> Result<(), SettingsError> {
    let set = town();
    let first = set.rows.len() * 19 / 20;
    let mut single = learn(&table(&set, 0..first));
    let model = single.model().clone();
    let follows = |model: &Model| {
        let columns = model.columns.iter();
        columns.map(|weights| weights.follows.len()).sum::<usize>()
    };
    assert!(follows(&model) >= 3, "{}", follows(&model));
    let text = model.settings();
    let read = read_model(&text)?;
    assert!(read.columns == model.columns && read.settings() == text);
    for (at, row) in set.rows.iter().enumerate().skip(first) {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        single.add(&cells, at as u64);
    }
    let all = table(&set, 0..set.rows.len());
    let batch = Resolver::batch(model.clone(), &all, 2);
    assert!(single.clusters() == batch.clusters());

    // Settings of before say nothing of what follows, and are read.
    let before = without_follows(&model);
    let text = before.settings();
    assert!(!text.contains("follows"));
    assert!(read_model(&text)?.columns == before.columns);

    let mut wrong = model;
    for weights in &mut wrong.columns {
        for follow in &mut weights.follows {
            follow.column = 999;
        }
    }
    let read = Settings::read(&wrong.settings());
    assert!(matches!(read, Err(SettingsError::Content(_))));
    Ok(())
}
