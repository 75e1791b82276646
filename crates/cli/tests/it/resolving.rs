//! `gongxin resolve`: a cluster for each row of plain tables.

use crate::desk::Desk;

/// Forty people on invented rows; every fourth is written twice, with a slip.
fn people(sign: char) -> (String, usize) {
    let names = [
        "Avery", "Blake", "Casey", "Drew", "Ellis", "Finley", "Gray", "Harper", "Indigo", "Jules",
    ];
    let towns = ["Norford", "Easton", "Westbury", "Southam"];
    let mut rows = Vec::new();
    for number in 0..40_usize {
        let (given, family) = (names[number % 10], names[(number * 7 + 3) % 10]);
        let town = towns[number % 4];
        let day = format!(
            "19{:02}-{:02}-{:02}",
            40 + number,
            1 + number % 12,
            1 + (number * 5) % 28
        );
        let street = format!("{} Mill Lane", 3 + number * 17);
        rows.push([
            given.to_owned(),
            format!("{family}son{number}"),
            day.clone(),
            street.clone(),
            town.to_owned(),
        ]);
        if number % 4 == 0 {
            rows.push([
                given.to_owned(),
                format!("{family}sn{number}"),
                day,
                street,
                town.to_owned(),
            ]);
        }
    }
    let count = rows.len();
    let mut text =
        ["given_name", "surname", "date_of_birth", "address", "town"].join(&sign.to_string());
    for row in rows {
        text.push('\n');
        text.push_str(&row.join(&sign.to_string()));
    }
    (text, count)
}

fn clusters(out: &str) -> Vec<usize> {
    let cells = out.lines().skip(1);
    cells
        .map(|line| line.rsplit(',').next().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn every_row_gets_the_number_of_its_oldest() {
    let desk = Desk::new();
    let (text, count) = people(',');
    desk.write("a.csv", &text);
    let ran = desk.ends(0, &["resolve", "a.csv"]);
    assert!(
        ran.out
            .starts_with("given_name,surname,date_of_birth,address,town,cluster\n")
    );
    let found = clusters(&ran.out);
    assert_eq!(found.len(), count);
    for (at, oldest) in (1..).zip(&found) {
        assert!(*oldest >= 1 && *oldest <= at, "{at}: {oldest}");
        assert_eq!(found[*oldest - 1], *oldest, "the oldest is its own");
    }
    let joined = (1..)
        .zip(&found)
        .filter(|(at, oldest)| at != *oldest)
        .count();
    assert_eq!(joined, 10, "{}", ran.out);
    assert!(
        ran.err
            .contains(&format!("rows {count}, clusters {}", count - 10)),
        "{}",
        ran.err
    );
    desk.ends(0, &["resolve", "a.csv", "--out", "o.csv"]);
    assert_eq!(desk.read("o.csv"), ran.out);
    let again = desk.ends(0, &["resolve", "o.csv"]);
    assert!(
        again
            .out
            .starts_with("given_name,surname,date_of_birth,address,town,cluster_before,cluster\n")
    );
    for sign in ['\t', ';', '|'] {
        desk.write("b.txt", people(sign).0);
        assert_eq!(desk.ends(0, &["resolve", "b.txt"]).out, ran.out, "{sign:?}");
    }
    desk.write("c.txt", people('#').0);
    assert_eq!(
        desk.ends(0, &["resolve", "c.txt", "--delimiter", "#"]).out,
        ran.out
    );
}

#[test]
fn rows_of_a_second_file_go_on_counting_and_may_come_one_by_one() {
    let desk = Desk::new();
    let (text, count) = people(',');
    let (header, body) = text.split_once('\n').unwrap();
    let lines: Vec<&str> = body.lines().collect();
    let (first, second) = lines.split_at(count - 5);
    desk.write("a.csv", format!("{header}\n{}\n", first.join("\n")));
    // The second file has its columns in another order, and one of its own.
    let turned: Vec<String> = second
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},x,{}", cells[4], cells[..4].join(","))
        })
        .collect();
    desk.write(
        "b.csv",
        format!(
            "town,note,given_name,surname,date_of_birth,address\n{}\n",
            turned.join("\n")
        ),
    );
    let both = desk.ends(0, &["resolve", "a.csv", "b.csv"]);
    assert!(
        both.out
            .starts_with("given_name,surname,date_of_birth,address,town,note,cluster\n")
    );
    assert_eq!(clusters(&both.out).len(), count);
    assert!(
        both.out.lines().nth(count).unwrap().contains(",x,"),
        "{}",
        both.out
    );
    let one_by_one = desk.ends(0, &["resolve", "a.csv", "--then", "b.csv"]);
    assert!(
        one_by_one.err.contains("equal to the batch"),
        "{}",
        one_by_one.err
    );
}

#[test]
fn two_columns_of_one_name_stay_two() {
    let desk = Desk::new();
    let twice = |text: &str| {
        let lines = text.lines().enumerate().map(|(at, line)| {
            if at == 0 {
                format!("{line},note,note")
            } else {
                format!("{line},p{at},q{at}")
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let table = twice(&people(',').0);
    desk.write("a.csv", &table);
    desk.write("b.csv", &table);
    let ran = desk.ends(0, &["resolve", "a.csv", "b.csv"]);
    let last = ran.out.lines().last().unwrap();
    assert!(last.contains(",p50,q50,"), "{last}");
}

#[test]
fn what_cannot_be_resolved_is_refused_with_a_reason() {
    let desk = Desk::new();
    desk.write("a.csv", people(',').0);
    for (name, bytes, says) in [
        ("empty.csv", "", "no header"),
        ("header.csv", "given_name,surname\n", "no rows"),
        ("blank.csv", "a\n\"\"\n\"\"\n", "no column"),
    ] {
        desk.write(name, bytes);
        let ran = desk.ends(3, &["resolve", name]);
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
        assert!(ran.out.is_empty(), "{name}: {}", ran.out);
    }
    for (args, exit) in [
        (&["absent.csv"][..], 3),
        (&["a.csv", "absent.csv"], 3),
        (&["a.csv", "--settings", "absent.json"], 3),
        (&["a.csv", "--settings", "a.csv"], 3),
        (&["a.csv", "--out", "no/where.csv"], 3),
        (&["a.csv", "--explain", "1", "9999"], 3),
        (&["a.csv", "--explain", "1", "1"], 3),
        (&["a.csv", "--encoding", "klingon"], 3),
        (&["a.csv", "--delimiter", "ab"], 2),
        (&["a.csv", "--svg", "x.svg"], 2),
        (&["a.csv", "--seed", "x"], 2),
        (&[], 2),
    ] {
        let ran = desk.ends(exit, &[&["resolve"], args].concat());
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}

#[test]
fn settings_that_were_saved_give_the_same_clusters() {
    let desk = Desk::new();
    desk.write("a.csv", people(',').0);
    let learnt = desk.ends(0, &["resolve", "a.csv", "--save-settings", "s.json"]);
    let kept = desk.ends(0, &["resolve", "a.csv", "--settings", "s.json"]);
    assert_eq!(kept.out, learnt.out);
    let columns = desk.ends(0, &["resolve", "a.csv", "--columns"]);
    assert_eq!(columns.out.lines().count(), 5, "{}", columns.out);
    let why = desk.ends(
        0,
        &["resolve", "a.csv", "--explain", "1", "2", "--svg", "w.svg"],
    );
    assert!(
        why.out.contains("address") && desk.read("w.svg").starts_with("<svg"),
        "{}",
        why.out
    );
}
