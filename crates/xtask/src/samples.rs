//! `cargo xtask samples`: the files of an invented city that `gongxin demo` takes in. Made from a fixed
//! seed, committed, and equal bytes whenever they are made again.

pub mod city;
pub mod codes;
pub mod decisions;
pub mod dice;
pub mod lists;
pub mod positive;
pub mod register;
pub mod sheet;
pub mod workbook;
pub mod write;

use dice::Dice;
use sheet::Sample;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Legal entities of the city.
const ENTERPRISES: u32 = 2_020;
const OTHERS: u32 = 180;
const BUSINESSES: u32 = 24;

/// Every sample file, in the order in which it is taken in.
#[must_use]
pub fn all() -> Vec<Sample> {
    let mut dice = Dice::new(2_026);
    let enterprises = city::enterprises(&mut dice, ENTERPRISES);
    let others = city::others(&mut dice, OTHERS);
    let businesses = city::businesses(&mut dice, BUSINESSES);
    // The last twenty enterprises stand in rows that are wrong on purpose: no other file speaks of them.
    let known = enterprises
        .get(..enterprises.len().saturating_sub(20))
        .unwrap_or_default();
    let mut samples = vec![
        register::enterprises(&mut dice, &enterprises, &businesses),
        register::others(&others),
        decisions::permits(&mut dice, known),
        decisions::penalties(&mut dice, known, &businesses),
        decisions::backlog(&mut dice, known),
    ];
    samples.extend(lists::all(&mut dice, known, &others));
    samples.extend(positive::all(&mut dice, known));
    samples
}

/// The files with their bytes, the manifest and the description included.
///
/// # Errors
/// When a form cannot be written.
pub fn files() -> io::Result<Vec<(String, Vec<u8>)>> {
    let samples = all();
    let mut files = Vec::new();
    for sample in &samples {
        files.push((
            sample.file.to_owned(),
            write::bytes(&sample.sheet, sample.form)?,
        ));
    }
    files.push(("manifest.tsv".to_owned(), manifest(&samples).into_bytes()));
    files.push(("README.md".to_owned(), readme(&samples).into_bytes()));
    Ok(files)
}

/// Writes them.
///
/// # Errors
/// When a file cannot be written.
pub fn write_all(root: &Path) -> io::Result<()> {
    let folder = root.join("samples");
    std::fs::create_dir_all(&folder)?;
    let mut bytes = 0;
    for (name, content) in files()? {
        bytes += content.len();
        std::fs::write(folder.join(name), content)?;
    }
    println!("samples: {} KiB in {}", bytes / 1024, folder.display());
    Ok(())
}

fn manifest(samples: &[Sample]) -> String {
    let mut text = String::from(
        "order\tfile\ttheme\tsupplier\tmode\tdate\taccepted\trejected\theld\tunchanged\tlate\n",
    );
    for (at, sample) in samples.iter().enumerate() {
        let counts = sample.counts;
        _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            at + 1,
            sample.file,
            sample.theme,
            sample.supplier,
            sample.mode,
            sample.date,
            counts.accepted,
            counts.rejected,
            counts.held,
            counts.unchanged,
            counts.late
        );
    }
    text
}

const ABOUT: &str = "\
# Sample files

Files as the agencies of a city send them, for `gongxin demo` and for tests. The city of Yunting (云汀市)
does not exist, nor does any body, decision or person in these files: area codes begin with 99, which no
place has, so that no code can belong to a real body although every check digit is right; where a column
asks for a person's name it holds a stand-in of the textbooks (甲某, 乙某 …), and the one citizen's number is
the example printed in its standard.

The files are made by `cargo xtask samples` from a fixed seed; a test compares them byte for byte. Edit the
generator, not the files. `manifest.tsv` says in which order they are taken in, for whom, how and when, and
what must become of their rows; late rows are counted among the accepted ones.

";

fn readme(samples: &[Sample]) -> String {
    let mut text = String::from(ABOUT);
    text.push_str("| file | theme | rows | accepted | rejected | held | unchanged | late |\n|---|---|--:|--:|--:|--:|--:|--:|\n");
    for sample in samples {
        let counts = sample.counts;
        _ = writeln!(
            text,
            "| `{}` | `{}` | {} | {} | {} | {} | {} | {} |",
            sample.file,
            sample.theme,
            sample.sheet.rows.len(),
            counts.accepted,
            counts.rejected,
            counts.held,
            counts.unchanged,
            counts.late
        );
    }
    text.push_str("\n## Rows that are bad, wait or look odd on purpose\n\nRow 1 is the header.\n\n| file | row | why |\n|---|--:|---|\n");
    for sample in samples {
        for (row, why) in &sample.notes {
            _ = writeln!(text, "| `{}` | {row} | {why} |", sample.file);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_one_outcome() {
        for sample in all() {
            let counts = sample.counts;
            let sum = counts.accepted + counts.rejected + counts.held + counts.unchanged;
            assert_eq!(sum, sample.sheet.rows.len(), "{}", sample.file);
            assert!(counts.late <= counts.accepted);
        }
    }

    /// A header that no theme knows would be ignored in silence.
    #[test]
    fn every_header_is_a_title_code_or_alias_of_its_theme() -> io::Result<()> {
        let root = crate::run::root();
        for sample in all() {
            let theme = std::fs::read_to_string(
                root.join(format!("catalog/themes/{}.toml", sample.theme)),
            )?;
            for header in &sample.sheet.header {
                assert!(
                    theme.contains(&format!("\"{header}\"")),
                    "{}: {header}",
                    sample.file
                );
            }
        }
        Ok(())
    }

    #[test]
    fn the_committed_files_are_those_of_the_generator() -> io::Result<()> {
        for (name, content) in files()? {
            let committed = std::fs::read(crate::run::root().join("samples").join(&name))?;
            assert!(
                committed == content,
                "{name} differs: run `cargo xtask samples`"
            );
        }
        Ok(())
    }

    #[test]
    fn the_files_are_small_and_the_same_every_time() -> io::Result<()> {
        let files = files()?;
        let bytes: usize = files.iter().map(|(_, content)| content.len()).sum();
        assert!(bytes < 4 << 20, "{bytes} bytes");
        assert!(files == super::files()?);
        Ok(())
    }
}
