//! Administrative areas (GB/T 2260) that codes begin with: in force, abolished, or unknown. The
//! list is data (`catalog/areas.toml`) and only ever warns, since codes keep the area of their day.

use super::Warning;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    current: Vec<String>,
    abolished: Vec<String>,
}

/// What is known of every number of six digits, one byte each: 1 in force, 2 abolished.
static AREAS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut table = vec![0_u8; 1_000_000];
    // INVARIANT: the file is part of the program and a test reads it.
    if let Ok(file) = toml::from_str::<File>(include_str!("../../../../catalog/areas.toml")) {
        mark(&mut table, &file.abolished, 2);
        mark(&mut table, &file.current, 1);
    }
    table
});

/// An area code without the trailing pairs of noughts that mean all below it: `440300` is `4403`.
pub(crate) fn digits(area: &str) -> &str {
    let pairs = area.as_bytes().chunks(2).rposition(|pair| pair != b"00");
    let kept = pairs.map_or(0, |last| (last + 1) * 2);
    area.get(..kept.min(area.len())).unwrap_or_default()
}

/// The doubt about an area of six digits, if any.
pub(super) fn doubt(digits: &[u8]) -> Option<Warning> {
    let mut area = 0_usize;
    for digit in digits {
        area = area * 10 + usize::from(digit.checked_sub(b'0')?);
    }
    match AREAS.get(area) {
        Some(1) => None,
        Some(2) => Some(Warning::AbolishedArea),
        _ => Some(Warning::UnknownArea),
    }
}

/// Each line of the list is a prefix of four digits and the endings it has: `1101 00 01 02 05`.
fn mark(table: &mut [u8], lines: &[String], value: u8) {
    for line in lines {
        let mut words = line.split_whitespace();
        let Some(prefix) = words.next().and_then(|word| word.parse::<usize>().ok()) else {
            continue;
        };
        for ending in words.filter_map(|word| word.parse::<usize>().ok()) {
            if let Some(cell) = table.get_mut(prefix * 100 + ending) {
                *cell = value;
            }
        }
    }
}
