//! The command line. Shapes kept: scripts of agencies depend on them.

use clap::{Parser, Subcommand, ValueEnum};
use credit::lang::Lang;
use jiff::civil::Date;
use std::path::PathBuf;

/// 公信 Gongxin: a public credit information platform. It records facts and does not judge.
#[derive(Debug, Parser)]
#[command(name = "gongxin", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Data folder: keys, and the SQLite store unless --store names another.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "data",
        env = "GONGXIN_DATA"
    )]
    pub(crate) data: PathBuf,
    /// Store: sqlite:PATH or postgres://USER@HOST/DATABASE.
    #[arg(long, global = true, value_name = "URL", env = "GONGXIN_STORE")]
    pub(crate) store: Option<String>,
    /// Folder of catalogue files used instead of the shipped catalogue; themes/*.toml and so on.
    #[arg(long, global = true, value_name = "DIR", env = "GONGXIN_CATALOG")]
    pub(crate) catalog: Option<PathBuf>,
    /// Language of messages: zh, en or ru.
    #[arg(long, global = true, value_name = "LANG", env = "GONGXIN_LANG", value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// Say more on standard error; twice for more still.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take agency files in. The last line tells: accepted N, rejected N, held N, unchanged N, late N.
    Ingest(Ingest),
    /// Write facts in the theme's template, for a platform above: a file's, or those on file.
    Forward(Forward),
    /// Print a public credit information report (a public look-up), or the subject's own.
    Report(Report),
    /// Show what is public about a subject, in short.
    Subject(Subject),
    /// Find organisations by name, slips and pinyin forgiven; or search plain lists of names.
    Search(Search),
    /// Serve the site and the API.
    Serve(Serve),
    /// Work with the catalogue.
    Catalog {
        /// What to do with it.
        #[command(subcommand)]
        command: Catalog,
    },
    /// Snapshots whose absences wait for a second officer.
    Snapshots {
        /// What to do with them.
        #[command(subcommand)]
        command: Snapshots,
    },
    /// What an agency owes by when, and its nil reports.
    Due {
        /// What to do.
        #[command(subcommand)]
        command: crate::command::due::Command,
    },
    /// Take back what was sent in error: a whole submission within its days, a row at any time, or an
    /// earlier recall.
    Recall(Recall),
    /// Pull suppliers' files that are due from the sources of a file.
    Pull(crate::command::pull::Pull),
    /// Receipts of submissions: check one offline, or print the key that checks them.
    Receipt {
        /// What to do with them.
        #[command(subcommand)]
        command: Receipt,
    },
    /// Decide who is who: two subjects are the same or different. Each decision can be undone.
    Decide {
        /// What is decided.
        #[command(subcommand)]
        command: Decide,
    },
    /// Who works here: accounts, what they are appointed to, keys of systems.
    People {
        /// What to do.
        #[command(subcommand)]
        command: crate::command::people::People,
    },
    /// Sign a request of a system: prints the fields to send with it, for `curl -H @-`.
    Sign(crate::command::sign::Ask),
    /// Grade organisations by a model that an authority adopted, or show what its next version would change.
    Grade(crate::command::grade::Ask),
    /// Grants: what one agency may see of another's facts, for what and until when.
    Grant {
        /// What to do.
        #[command(subcommand)]
        command: crate::command::grant::Grant,
    },
    /// Look a subject up under a grant; the look is written down for the subject to see.
    Lookup(crate::command::lookup::Lookup),
    /// Who looked at a subject's facts that are not public, for the subject itself.
    Looks(crate::command::lookup::Looks),
    /// Decisions by which whoever is looked up for a case is told later: by a law, with an end.
    Deferral {
        /// What to do.
        #[command(subcommand)]
        command: crate::command::deferral::Deferral,
    },
    /// An agency's own register of cases, by which the case numbers of looks are confirmed.
    Cases {
        /// What to do.
        #[command(subcommand)]
        command: crate::command::lookup::Cases,
    },
    /// Compare names of organisations: each pair of a file, or each row of a file with another file.
    Match(Match),
    /// Find which rows of plain tables are one subject: adds a cluster id to each row.
    Resolve(crate::command::resolve::Ask),
    /// The journal: an append-only log of every change and look, which outsiders check.
    Journal {
        /// What to do with it.
        #[command(subcommand)]
        command: crate::command::journal::Command,
    },
    /// Check a published log, a proof or a receipt offline; says what is proven and what is not.
    Verify {
        /// What is checked.
        #[command(subcommand)]
        command: crate::command::verify::Command,
    },
    /// Compare the rows of the store with the journal; names what was changed around the platform.
    /// Exit code 5 when anything differs.
    Audit,
    /// Be a witness of a log: sign its heads while it only grows. A process of its own.
    Witness(crate::command::witness::Ask),
    /// Keep the log's key in a process of its own, behind a socket.
    Signer(crate::command::signer::Ask),
    /// The key ring of sealed storage, under which what is held of natural persons stands.
    Keys {
        /// What to do with it.
        #[command(subcommand)]
        command: crate::command::keys::Keys,
    },
    /// A natural person's own report, handed out at the service window. The person's number is read from
    /// standard input, never from the command line; the look is written down for the person to see.
    Person(crate::command::person::Person),
    /// Erase what is held of a natural person, by a decision. The person's number is read from standard
    /// input.
    Erase(crate::command::erase::Erase),
    /// After a copy of the store was put back: replay the erasures that it misses. Nothing else works
    /// on such a copy before.
    Restore,
    /// Bring the store to this program's schema.
    Migrate,
    /// Build a demonstration from the shipped synthetic files and serve it.
    Demo(Serve),
    /// Read one workbook from standard input and write its rows; used by `ingest` itself.
    #[command(hide = true)]
    ReadWorkbook {
        /// Sheet to read.
        #[arg(long)]
        sheet: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ingest {
    /// Theme code, see `gongxin catalog list`.
    #[arg(long, value_name = "CODE")]
    pub(crate) theme: String,
    /// Files, in order: CSV, TSV (also .gz), XLSX, XLS, ODS, JSON, NDJSON, XML.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Supplier code; without it the theme's first.
    #[arg(long, value_name = "CODE")]
    pub(crate) supplier: Option<String>,
    /// delta: additions and corrections. snapshot: everything there is.
    #[arg(long, value_enum)]
    pub(crate) mode: Option<Mode>,
    /// The day for which the rows are stated; without it today.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Date>,
    /// Write the signed receipt there (one JSON line a file).
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Option<PathBuf>,
    /// Write the rejected rows there, to be mended and sent again alone (CSV, or XLSX by name).
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Encoding, when it should not be detected: utf-8, gb18030, gbk, big5, shift_jis, utf-16le.
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// Delimiter, when it should not be detected: one character, or tab.
    #[arg(long, value_name = "CHAR")]
    pub(crate) delimiter: Option<String>,
    /// Sheet of a workbook, when not the first that has a header.
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Exit with 5 when any row was rejected, held or waits.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The file is one row that corrects a fact on file: why. Needs --document, --by and --supplier.
    #[arg(long, value_name = "TEXT", requires_all = ["document", "by", "supplier"])]
    pub(crate) corrects: Option<String>,
    /// The correcting document: kind, number, day and organ, joined by commas.
    #[arg(long, value_name = "KIND,NUMBER,DATE,ORGAN", requires = "corrects")]
    pub(crate) document: Option<String>,
    /// The account in whose name the fact is corrected.
    #[arg(long, value_name = "LOGIN", requires = "corrects")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Forward {
    /// Theme code, see `gongxin catalog list`.
    #[arg(long, value_name = "CODE")]
    pub(crate) theme: String,
    /// The file; without it what is on file of organisations and in public view, which is written
    /// down as a look of the officer.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Supplier code; without it the theme's first.
    #[arg(long, value_name = "CODE", requires = "file")]
    pub(crate) supplier: Option<String>,
    /// The day for which the rows are stated; without it today.
    #[arg(long, value_name = "DATE", requires = "file")]
    pub(crate) date: Option<Date>,
    /// The officer who forwards what is on file: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN", required_unless_present = "file")]
    pub(crate) by: Option<String>,
    /// Write there: CSV in UTF-8, item codes as the header.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    /// Unified social credit code, organisation code, registration number or LEI.
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// Format.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    pub(crate) format: Format,
    /// As known at the end of that day; what may be shown is decided today.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Only these themes.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) themes: Option<Vec<String>>,
    /// Only facts decided from that day on.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Only facts decided up to that day.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    /// Write there instead of to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The subject's own report, handed out at the service window: asks for officer and case, and the
    /// look-up is written down for the subject to see.
    #[arg(long, requires_all = ["by", "case"])]
    pub(crate) own: bool,
    /// The officer who hands it out: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN", requires = "own")]
    pub(crate) by: Option<String>,
    /// The case number under which the subject proved who it is.
    #[arg(long, value_name = "NUMBER", requires = "own")]
    pub(crate) case: Option<String>,
    /// Issue it: it gets a signature and a number that anyone verifies it by, and is kept. JSON is the
    /// signed file; HTML and PDF carry the number and its QR code.
    #[arg(long)]
    pub(crate) sign: bool,
    /// Where the site is reached, for the QR code; without it the code holds the number alone.
    #[arg(long, value_name = "URL", env = "GONGXIN_SITE")]
    pub(crate) site: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Subject {
    /// Unified social credit code, organisation code, registration number or LEI.
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// With --names and --queries it needs no data folder and reads plain UTF-8 lists.
#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// The name, a part of it, or the beginning of its pinyin.
    #[arg(value_name = "TEXT", required_unless_present = "names")]
    pub(crate) text: Option<String>,
    /// Names to search in: lines, or CSV with a column name (名称, 企业名称).
    #[arg(
        long,
        value_name = "FILE",
        requires = "queries",
        conflicts_with = "text"
    )]
    pub(crate) names: Option<PathBuf>,
    /// What to search for: lines, or CSV with a column query. Writes CSV: query_row, query, rank,
    /// row, name, match, edits.
    #[arg(long, value_name = "FILE", requires = "names")]
    pub(crate) queries: Option<PathBuf>,
    /// Hits a question, at most 1000; of a platform at most one page.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Where to write; standard output without it.
    #[arg(short, long, value_name = "FILE", requires = "names")]
    pub(crate) out: Option<PathBuf>,
    /// Keep the index of the list there.
    #[arg(long, value_name = "FILE", requires = "names")]
    pub(crate) index: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,
    /// Readers come by TLS, which a server before this one ends: cookies are marked Secure.
    #[arg(long, env = "GONGXIN_BEHIND_TLS")]
    pub(crate) behind_tls: bool,
    /// Where people and machines reach the site, such as https://credit.example.gov.cn: signed
    /// requests must be for that address, and it stands on issued reports.
    #[arg(long, value_name = "URL", env = "GONGXIN_SITE")]
    pub(crate) site: Option<String>,
    /// Serve although the clock is behind the newest record: it was ahead once, and that was looked at.
    #[arg(long)]
    pub(crate) clock_is_right: bool,
    /// File of the OpenID providers through which people may enter; it and the files that it names
    /// hold secrets. People come back to the address of --site.
    #[arg(
        long,
        value_name = "FILE",
        env = "GONGXIN_PROVIDERS",
        requires = "site"
    )]
    pub(crate) providers: Option<PathBuf>,
    /// File of the sources from which suppliers' files are pulled on a schedule (see `gongxin pull`).
    #[arg(long, value_name = "FILE", env = "GONGXIN_SOURCES")]
    pub(crate) sources: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) keeping: crate::command::journal::Keeping,
    #[command(flatten)]
    pub(crate) telling: crate::command::telling::Telling,
    /// Demo only: take the files in and stop, without serving.
    #[arg(long, hide = true)]
    pub(crate) no_serve: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Catalog {
    /// Check catalogue files; refuses with file, line and reason. Exit code 6 when refused.
    Check {
        /// Files or a folder; without any the catalogue in use.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// List the themes.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the XLSX that an agency fills in.
    Template {
        /// Theme code.
        theme: String,
        /// Write there; without it THEME.xlsx in the current folder, `-` for standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Export a theme as Frictionless Table Schema; without a code all themes.
    Export {
        /// Theme code.
        theme: Option<String>,
        /// Write there instead of to standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Draft a theme file from a Frictionless Table Schema; what it cannot know is left to fill in.
    Import {
        /// Table Schema as JSON.
        schema: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Snapshots {
    /// List those that wait.
    List,
    /// Confirm the removal of absent rows, as a second officer.
    Confirm {
        /// Submission id, from the receipt.
        submission: String,
        /// The officer who confirms: the account's name to sign in with.
        #[arg(long, value_name = "LOGIN")]
        by: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Recall {
    /// Submission id, from the receipt.
    pub(crate) submission: String,
    /// Only this row of its file.
    #[arg(long, value_name = "N", conflicts_with = "undo")]
    pub(crate) row: Option<u64>,
    /// The submission is a recall: undo it.
    #[arg(long)]
    pub(crate) undo: bool,
    /// Why, in one line.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The account in whose name it is taken back.
    #[arg(long, value_name = "LOGIN")]
    pub(crate) by: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Receipt {
    /// Check signed receipts without the platform; says what is proven and what is not.
    Verify {
        /// Receipts as `ingest --receipt` or the suppliers' desk wrote them; `-` for standard input.
        #[arg(value_name = "RECEIPT")]
        receipt: PathBuf,
        /// Check also that this is the file; needs the site's own key in the data folder.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// The platform's public key, or a file with it; without it that of the data folder.
        // One key in 64 begins with a hyphen.
        #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
        key: Option<String>,
    },
    /// Print the public key with which anyone checks this platform's receipts.
    Key,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Decide {
    /// Two subjects are one. Prints the decision's number.
    Same {
        /// Code or id of one subject.
        left: String,
        /// Code or id of the other.
        right: String,
        #[command(flatten)]
        by: Decider,
    },
    /// Two subjects are two, whatever their names and numbers say. Prints the decision's number.
    Different {
        /// Code or id of one subject.
        left: String,
        /// Code or id of the other.
        right: String,
        #[command(flatten)]
        by: Decider,
    },
    /// Take a decision back; an answered question is open again.
    Undo {
        /// The decision's number, from `gongxin decide list`.
        decision: String,
        #[command(flatten)]
        by: Decider,
    },
    /// List the decisions, newest first: number, verdict, state, pairs, day, officer, reason.
    List,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decider {
    /// The officer who decides: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN")]
    pub(crate) by: String,
    /// Why, in one line.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}

/// Needs no data folder and reads plain CSV (UTF-8 or GB18030; comma, semicolon or tab).
#[derive(Debug, clap::Args)]
pub(crate) struct Match {
    /// CSV with the columns left and right. Adds score (0 to 1), same (true or false) and why.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "against"], required_unless_present = "file")]
    pub(crate) pairs: Option<PathBuf>,
    /// CSV whose rows are looked for in the file of --against.
    #[arg(value_name = "FILE", requires = "against")]
    pub(crate) file: Option<PathBuf>,
    /// CSV in which they are looked for.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub(crate) against: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: crate::command::plain::Reading,
    /// Where to write; standard output without it.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Mode {
    Delta,
    Snapshot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Html,
    Json,
    Pdf,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "one of zh, en, ru".to_owned())
}
