//! Every reader against bytes that nobody would send on purpose: seeds that are cut, spliced and
//! flipped in a fixed order, and bytes without any order. Nothing may panic, no row may come out of
//! order, and what is refused must say how to go on.
//!
//! `GONGXIN_FUZZ_ITERS` sets how many inputs each reader gets; the order depends on nothing else,
//! so that a failing input can be made again.

use crate::support::{files_below, read_with, shared};
use credit::lang::Lang;
use intake::read::{Format, ReadOptions};
use proptest::prelude::*;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A small generator with good spread (SplitMix64); tests need order, not secrecy.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((value ^ (value >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Pieces that mean something to one of the readers.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"\"\"",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\x81\x30",
    b"\xE4\xB8",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\u0000",
    b"<a>",
    b"</a>",
    b"<!DOCTYPE a [",
    b"&#0;",
    b"]]>",
    b"PK\x03\x04",
    b"\x1F\x8B\x08",
];

pub(crate) fn iterations() -> usize {
    std::env::var("GONGXIN_FUZZ_ITERS")
        .ok()
        .and_then(|told| told.parse().ok())
        .unwrap_or(1_500)
}

/// `GONGXIN_FUZZ_SEED`: other inputs for each go of a long soak; 0, the ordinary run, draws the same
/// inputs always.
pub(crate) fn seed() -> u64 {
    std::env::var("GONGXIN_FUZZ_SEED")
        .ok()
        .and_then(|told| told.parse().ok())
        .unwrap_or(0)
}

/// One changed input: one to eight cuts, splices, flips or insertions.
pub(crate) fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            3 => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len() + 1);
                let length = dice.roll(200).min(other.len() - from);
                bytes.splice(at..at, other[from..from + length].iter().copied());
            }
            _ => {
                let end = (at + dice.roll(40)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

/// Reads an input and checks what holds of every answer.
pub(crate) fn probe(bytes: &[u8], options: &ReadOptions<'_>) {
    match read_with("x", bytes, options) {
        Ok(file) => {
            assert!(file.numbers().is_sorted());
            assert!(file.header.len() <= credit::limits::COLUMNS);
        }
        Err(refusal) => {
            for lang in Lang::ALL {
                assert!(!refusal.message(lang).is_empty());
            }
        }
    }
}

fn run(format: Option<Format>, seeds: &[Vec<u8>], iterations: usize) {
    let mut dice = Dice(format.map_or(7, |format| format as u64 + 100) ^ (seed() << 16));
    let options = ReadOptions {
        format,
        ..ReadOptions::default()
    };
    for round in 0..iterations {
        let bytes = mutate(seeds, &mut dice);
        let outcome = catch_unwind(AssertUnwindSafe(|| probe(&bytes, &options)));
        assert!(
            outcome.is_ok(),
            "round {round} of {format:?}: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

const TEXTS: [&str; 6] = [
    "编号,名称,日期\n1,\"甲,\"\"公司\"\"\",2024-01-02\n2,乙,\n\n3,丙\n",
    "附件1\n编号\t名称\t日期\r\n1\t甲\t2024\r\n",
    r#"{"code":0,"data":{"list":[{"a":"甲","b":1.50,"c":null},{"a":"é","b":[1,{"x":2}]}]}}"#,
    r#"[["a","b"],[1,"x"],[2]]"#,
    "{\"a\":1,\"b\":\"x\"}\n{\"b\":2}\n{\"a\":{}}\n",
    "<?xml version=\"1.0\" encoding=\"GBK\"?><d><r id=\"1\"><n>a &amp; b</n><t/></r><r><n><![CDATA[x]]></n></r></d>",
];

fn text_seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.extend(
        TEXTS
            .iter()
            .map(|text| encoding_rs::GB18030.encode(text).0.into_owned()),
    );
    seeds.push(TEXTS[0].encode_utf16().flat_map(u16::to_le_bytes).collect());
    seeds
}

#[test]
fn delimited_text() {
    run(Some(Format::Csv), &text_seeds(), iterations());
}

#[test]
fn json() {
    run(Some(Format::Json), &text_seeds(), iterations());
}

#[test]
fn ndjson() {
    run(Some(Format::Ndjson), &text_seeds(), iterations());
}

#[test]
fn xml() {
    run(Some(Format::Xml), &text_seeds(), iterations());
}

#[test]
fn detection() {
    let mut seeds = text_seeds();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let packed =
        std::io::Write::write_all(&mut packer, TEXTS[0].as_bytes()).and_then(|()| packer.finish());
    seeds.extend(packed);
    run(None, &seeds, iterations());
}

/// Workbooks of the shared folder, changed inside. The small old binary form is read in this
/// process only up to its parser's own checks; the memory limit is the other process's.
#[test]
fn workbooks() -> Result<(), Box<dyn Error>> {
    let Some(shared) = shared() else {
        return Ok(());
    };
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for path in files_below(&shared.join("bad_inputs/frictionless_data"))? {
        let extension = path
            .extension()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if matches!(extension, "xlsx" | "ods") {
            let bytes = std::fs::read(&path)?;
            if bytes.len() < 12_000 {
                seeds.push(bytes);
            }
        }
    }
    assert!(seeds.len() > 5);
    // Panics of the parsers are caught and become refusals; their noise is of no use here.
    let rounds = iterations() / 5;
    run(Some(Format::Xlsx), &seeds, rounds);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_without_any_order(bytes in proptest::collection::vec(any::<u8>(), 0..600), format in 0..8_usize) {
        let options = ReadOptions { format: Format::ALL.get(format).copied(), ..ReadOptions::default() };
        probe(&bytes, &options);
    }

    /// What a careful writer writes is what is read, cell for cell, whatever the cells hold.
    #[test]
    fn written_tables_come_back(rows in proptest::collection::vec(proptest::collection::vec("[^\u{0}-\u{8}\u{fffd}]{1,12}", 3), 1..12)) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["甲列", "乙列", "丙列"])?;
        for row in &rows {
            writer.write_record(row)?;
        }
        let bytes = writer.into_inner().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let options = ReadOptions { delimiter: Some(b','), encoding: Some("utf-8"), ..ReadOptions::default() };
        let file = read_with("x.csv", &bytes, &options).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let found: Vec<Vec<String>> = file.rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(found, rows);
    }
}
