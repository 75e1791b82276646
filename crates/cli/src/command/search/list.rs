//! Search over the lines of a file, without a platform, with the time that each search took: so that
//! others can measure it on their own names.

use super::super::plain::NAME_TITLES;
use crate::args::Search;
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use csv::{StringRecord, Writer};
use exchange::search::{Index, Query, list_index};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Columns of an answer: number of the question and its text, place of the hit, line of the name in
/// the list (1 is the first name), the name, how it was found, slips forgiven.
const COLUMNS: [&str; 7] = [
    "query_row",
    "query",
    "rank",
    "row",
    "name",
    "match",
    "edits",
];
pub(super) fn run(ask: &Search, lang: Lang) -> Result<Exit, Failure> {
    let (Some(names), Some(queries)) = (&ask.names, &ask.queries) else {
        return Err(Failure::usage(text::SEARCH_WHAT, &[]));
    };
    let begun = Instant::now();
    let scratch = scratch(ask.index.as_deref());
    let mut list = List::default();
    let index = lines(names)
        .and_then(|lines| {
            let kept = lines.map(|line| line.inspect(|name| list.push(name)));
            list_index(kept, Some(&scratch))
        })
        .map_err(|cause| Failure::io(names, text::CANNOT_READ, cause));
    if ask.index.is_none() {
        // An open file stays readable.
        _ = std::fs::remove_file(&scratch);
    }
    let index = index?;
    let built = begun.elapsed().as_secs_f64();
    let questions =
        lines(queries).map_err(|cause| Failure::io(queries, text::CANNOT_READ, cause))?;
    let mut times = Vec::new();
    let answered = answer(&index, &list, questions, ask, &mut times);
    answered.map_err(|cause| Failure::io(queries, text::CANNOT_READ, cause))?;
    say(index.names(), built, times, lang);
    Ok(Exit::Done)
}

/// Where the index of a list stands while it is asked.
fn scratch(kept: Option<&Path>) -> PathBuf {
    let process = std::process::id();
    kept.map_or_else(
        || std::env::temp_dir().join(format!("gongxin-{process}.names")),
        Path::to_path_buf,
    )
}

/// Searches for each line and writes the hits.
fn answer(
    index: &Index,
    list: &List,
    questions: Lines,
    ask: &Search,
    times: &mut Vec<f64>,
) -> io::Result<()> {
    let out: Box<dyn Write> = match &ask.out {
        Some(path) => Box::new(BufWriter::new(File::create(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let mut out = Writer::from_writer(out);
    out.write_record(COLUMNS)?;
    for (row, question) in (1_u64..).zip(questions) {
        let question = question?;
        let query = Query::new(&question, ask.limit);
        let begun = Instant::now();
        let page = index.search(&query)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        for (rank, hit) in (1_u64..).zip(page.hits) {
            out.write_record([
                &row.to_string(),
                &question,
                &rank.to_string(),
                &(hit.key + 1).to_string(),
                list.name(hit.key),
                hit.kind.code(),
                &hit.edits.to_string(),
            ])?;
        }
    }
    out.flush()
}

/// Says on standard error how long searches took, in milliseconds by the clock.
fn say(names: u64, built: f64, mut times: Vec<f64>, lang: Lang) {
    times.sort_by(f64::total_cmp);
    let part = |share: f64| {
        let at = (times.len() as f64 * share) as usize;
        times.get(at).or(times.last()).copied().unwrap_or(0.0)
    };
    let all: f64 = times.iter().sum();
    let blanks = [
        names.to_string(),
        format!("{built:.2}"),
        times.len().to_string(),
        format!("{:.3}", part(0.5)),
        format!("{:.3}", part(0.95)),
        format!("{:.3}", part(0.99)),
        format!("{:.3}", part(1.0)),
        format!("{:.2}", all / 1e3),
    ];
    let blanks = blanks.each_ref().map(String::as_str);
    eprintln!("{}", text::SEARCHED.say(lang, &blanks));
}

/// Names of a list, one after another in one text.
#[derive(Default)]
struct List {
    text: String,
    ends: Vec<usize>,
}

impl List {
    fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    fn name(&self, number: u64) -> &str {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let range = start.copied().unwrap_or(0)..self.ends.get(at).copied().unwrap_or(0);
        self.text.get(range).unwrap_or_default()
    }
}

type Lines = Box<dyn Iterator<Item = io::Result<String>>>;

/// The names of a file: a column of a CSV file with a known title, else its lines. UTF-8.
fn lines(path: &Path) -> io::Result<Lines> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let start = file.fill_buf()?;
    if start.starts_with(b"\xEF\xBB\xBF") {
        file.consume(3);
    }
    let mut first = String::new();
    file.read_line(&mut first)?;
    let delimiter = [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|one| {
            (
                first.bytes().filter(|byte| byte == one).count(),
                *one == b',',
            )
        })
        .unwrap_or(b',');
    if let Some(column) = column(&first, delimiter) {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(file);
        return Ok(Box::new(reader.into_records().map(move |record| {
            let cell =
                |record: StringRecord| record.get(column).unwrap_or_default().trim().to_owned();
            record.map(cell).map_err(io::Error::from)
        })));
    }
    let first = if first.is_empty() {
        None
    } else {
        Some(Ok(first))
    };
    let lines = first.into_iter().chain(file.lines());
    Ok(Box::new(
        lines.map(|line| line.map(|line| line.trim().to_owned())),
    ))
}

/// The place of the column that has a known title.
fn column(header: &str, delimiter: u8) -> Option<usize> {
    let titles = header.trim_end().split(char::from(delimiter));
    let plain = |title: &str| title.trim().trim_matches('"').to_lowercase();
    let mut titles = titles.map(plain);
    titles.position(|title| NAME_TITLES.contains(&title.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> io::Result<Vec<String>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("list");
        std::fs::write(&path, content)?;
        lines(&path)?.collect()
    }

    #[test]
    fn a_column_with_a_title_or_whole_lines() -> io::Result<()> {
        assert_eq!(read("甲公司\n乙公司\r\n")?, ["甲公司", "乙公司"]);
        assert_eq!(
            read("\u{FEFF}code,name\n1,\"甲,公司\"\n2,乙\n")?,
            ["甲,公司", "乙"]
        );
        assert_eq!(read("企业名称\n甲\n")?, ["甲"]);
        assert_eq!(read("Acme, Inc.\nOther\n")?, ["Acme, Inc.", "Other"]);
        assert_eq!(read("代码\t名称\n1\t甲\n")?, ["甲"]);
        assert!(read("")?.is_empty());
        Ok(())
    }

    #[test]
    fn a_list_gives_its_names_back() {
        let mut list = List::default();
        for name in ["甲", "", "乙丙"] {
            list.push(name);
        }
        assert_eq!(
            [list.name(0), list.name(1), list.name(2)],
            ["甲", "", "乙丙"]
        );
        assert_eq!(list.name(3), "");
        assert_eq!(list.name(u64::MAX), "");
    }
}
