//! `gongxin resolve`: which rows of plain tables are one subject? A cluster id for each row.

use super::plain::{Plain, Reading};
use crate::exit::{Exit, Failure};
use crate::out;
use crate::text::{self, Words};
use clap::Args;
use credit::lang::Lang;
use indicatif::ProgressBar;
use resolve::link::{Costs, Model, Resolver, Schema, Settings};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const SUMMARY: Words = Words {
    zh: "{0} 行，{1} 个主体，比较 {2} 对，{3} 秒",
    en: "rows {0}, clusters {1}, pairs {2}, seconds {3}",
    ru: "строк {0}, кластеров {1}, пар {2}, секунд {3}",
};
const ADDED: Words = Words {
    zh: "逐行加入 {0} 行，每行 {1} 微秒；与整批结果{2}",
    en: "added one by one: {0} rows, {1} µs a row; {2} to the batch",
    ru: "добавлено по одной: {0} строк, {1} мкс на строку; с пакетным результатом {2}",
};
const EQUAL: Words = Words {
    zh: "相同",
    en: "equal",
    ru: "совпадает",
};
const UNEQUAL: Words = Words {
    zh: "不同",
    en: "NOT equal",
    ru: "НЕ совпадает",
};
const NO_ROW: Words = Words {
    zh: "没有第 {0} 行与第 {1} 行可比。行号从 1 起，两行须不同。",
    en: "rows {0} and {1} cannot be compared: rows count from 1, and two different ones are needed.",
    ru: "Строки {0} и {1} сравнить нельзя: строки считаются с 1, нужны две разные.",
};
const NO_EVIDENCE: Words = Words {
    zh: "没有可用于比较的列。请用 --columns 查看各列，并在设置文件中指明。",
    en: "no column can be compared. See what the columns were taken for with --columns, and state them in a settings file.",
    ru: "Нет столбцов для сравнения. Посмотрите их с --columns и задайте в файле настроек.",
};
const SETTINGS: Words = Words {
    zh: "设置文件 {0} 不能用：{1}",
    en: "the settings file {0} cannot be used: {1}",
    ru: "Файл настроек {0} использовать нельзя: {1}",
};

/// Rows of plain tables (UTF-8, UTF-16 or GB18030; comma, semicolon, tab or `|`) get a column `cluster`:
/// the number of the cluster's oldest row, counted from 1 through all files. Needs no data folder.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// Tables with a header line. Several are resolved together.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tables whose rows are then added one at a time; the end says whether the batch is equal.
    #[arg(long, value_name = "FILE")]
    then: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Where to write the rows; standard output without it.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Take weights, or only kinds of columns, from this file instead of learning them.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Write what was learnt there, to be used again and reviewed.
    #[arg(long, value_name = "FILE")]
    save_settings: Option<PathBuf>,
    /// What it costs to take two subjects for one, in any unit.
    #[arg(long, value_name = "COST")]
    cost_false_merge: Option<f32>,
    /// What it costs to take one subject for two, in the same unit.
    #[arg(long, value_name = "COST")]
    cost_missed: Option<f32>,
    /// Start of the random pairs; equal input and seed give equal clusters.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads that compare.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Only say what each column was taken for.
    #[arg(long)]
    columns: bool,
    /// Instead of the rows, explain what speaks for and against two of them.
    #[arg(long, num_args = 2, value_names = ["ROW_A", "ROW_B"])]
    explain: Option<Vec<usize>>,
    /// Draw the explanation there as SVG.
    #[arg(long, value_name = "FILE", requires = "explain")]
    svg: Option<PathBuf>,
}

pub(super) fn run(ask: &Ask, lang: Lang) -> Result<Exit, Failure> {
    let start = Instant::now();
    let busy = spinner();
    let paths: Vec<PathBuf> = ask.files.iter().chain(&ask.then).cloned().collect();
    let plain = Plain::read(&paths, &ask.reading)?;
    let first = plain
        .starts
        .get(ask.files.len())
        .copied()
        .unwrap_or_else(|| plain.rows());
    let settings = ask.settings.as_deref().map(read_settings).transpose()?;
    if ask.columns {
        return columns(&plain, first);
    }
    let mut resolver = begin(ask, &plain, first, settings)?;
    let added = (first < plain.rows()).then(|| add(&mut resolver, &plain, first, ask.threads));
    busy.finish_and_clear();
    if let Some(path) = &ask.save_settings {
        std::fs::write(path, resolver.model().settings())
            .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))?;
    }
    if let Some(rows) = &ask.explain {
        return explain(&resolver, rows, ask.svg.as_deref());
    }
    let clusters = resolver.clusters();
    let all: Vec<usize> = (0..plain.titles.len()).collect();
    let cluster = |row: usize| clusters.get(row).map_or(row, |oldest| *oldest as usize) + 1;
    let rows = (0..plain.rows(), all.as_slice());
    plain.write(ask.out.as_deref(), rows, &["cluster".to_owned()], |row| {
        vec![cluster(row).to_string()]
    })?;
    if let Some((seconds, equal)) = added {
        let rows = plain.rows() - first;
        let micros = format!("{:.1}", seconds * 1e6 / rows.max(1) as f64);
        let word = if equal { EQUAL } else { UNEQUAL }.say(lang, &[]);
        eprintln!("{}", ADDED.say(lang, &[&rows.to_string(), &micros, &word]));
    }
    let own = |(at, oldest): &(usize, &u32)| **oldest as usize == *at;
    let count = clusters.iter().enumerate().filter(own).count();
    let said = [
        plain.rows().to_string(),
        count.to_string(),
        resolver.tally().proposed.to_string(),
        format!("{:.2}", start.elapsed().as_secs_f64()),
    ];
    eprintln!(
        "{}",
        SUMMARY.say(lang, &said.each_ref().map(String::as_str))
    );
    Ok(Exit::Done)
}

/// Resolves the first rows.
fn begin(
    ask: &Ask,
    plain: &Plain,
    rows: usize,
    settings: Option<Settings>,
) -> Result<Resolver, Failure> {
    let stated = |costs: Costs| Costs {
        false_merge: ask.cost_false_merge.unwrap_or(costs.false_merge),
        missed: ask.cost_missed.unwrap_or(costs.missed),
    };
    let (schema, table, costs) = match settings {
        Some(Settings::Model(mut model)) => {
            model.costs = stated(model.costs);
            let table = plain.table(&titles(&model.schema), rows);
            return Ok(Resolver::batch(*model, &table, ask.threads));
        }
        Some(Settings::Columns(schema, costs)) => {
            let table = plain.table(&titles(&schema), rows);
            (schema, table, costs)
        }
        None => {
            let table = plain.table(&plain.titles, rows);
            (Schema::detect(&table), table, Costs::default())
        }
    };
    if schema.evidence().is_empty() {
        return Err(Failure::request(NO_EVIDENCE, &[]));
    }
    Ok(Resolver::learn(
        &schema,
        &table,
        stated(costs),
        ask.seed,
        ask.threads,
    ))
}

fn titles(schema: &Schema) -> Vec<String> {
    schema
        .columns
        .iter()
        .map(|column| column.title.clone())
        .collect()
}

/// Adds the other rows one at a time. Gives the seconds and whether the batch is equal.
fn add(resolver: &mut Resolver, plain: &Plain, first: usize, threads: usize) -> (f64, bool) {
    let titles = titles(&resolver.model().schema);
    let places = plain.places(&titles);
    let start = Instant::now();
    for row in first..plain.rows() {
        resolver.add(&plain.cells_for(row, &places), row as u64);
    }
    let seconds = start.elapsed().as_secs_f64();
    let model: Model = resolver.model().clone();
    let batch = Resolver::batch(model, &plain.table(&titles, plain.rows()), threads);
    (seconds, batch.clusters() == resolver.clusters())
}

/// Reads a settings file.
fn read_settings(path: &Path) -> Result<Settings, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Failure::io(path, text::CANNOT_READ_UTF8, cause))?;
    Settings::read(&text).map_err(|cause| {
        Failure::request(SETTINGS, &[&path.display().to_string(), &cause.to_string()])
    })
}

/// What each column was taken for, as a table of text.
fn columns(plain: &Plain, rows: usize) -> Result<Exit, Failure> {
    let schema = Schema::detect(&plain.table(&plain.titles, rows));
    for column in &schema.columns {
        let (kind, role) = (column.kind.code(), column.role.code());
        out::line(&format!(
            "{}\t{kind}\t{role}\t{}",
            column.title.trim(),
            column.why
        ))?;
    }
    Ok(Exit::Done)
}

fn explain(resolver: &Resolver, rows: &[usize], svg: Option<&Path>) -> Result<Exit, Failure> {
    let at = |at: usize| rows.get(at).copied().unwrap_or_default();
    let node = |row: usize| u32::try_from(row.wrapping_sub(1)).unwrap_or(u32::MAX);
    let scored = resolver
        .explain(node(at(0)), node(at(1)))
        .ok_or_else(|| Failure::request(NO_ROW, &[&at(0).to_string(), &at(1).to_string()]))?;
    if let Some(path) = svg {
        std::fs::write(path, scored.svg())
            .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))?;
    }
    out::bytes(scored.text().as_bytes())?;
    Ok(Exit::Done)
}

/// Shows that work goes on, on a terminal only.
pub(super) fn spinner() -> ProgressBar {
    if std::io::stderr().is_terminal() {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    } else {
        ProgressBar::hidden()
    }
}
