//! Every limit of the platform, with its arithmetic. A limit is a safety rail, not a rule of law;
//! rules of law are dated data in `catalog/`.

/// Longest line of a delimited file, in bytes. The longest lawful row of the shipped themes is a
/// penalty: about 20,000 characters of free text × 4 bytes in GB18030 = 80 kB; × 12 for room.
pub const LINE_BYTES: usize = 1 << 20;

/// Columns of a file. The widest known table has 57 columns; × 8 for room.
pub const COLUMNS: usize = 512;

/// Characters of one cell: the widest item allows 5,000; a cell of six such is surely a mistake.
pub const CELL_CHARS: usize = 32_768;

/// Rows of one submission: a province's registrations (20 million) in one file, with room.
pub const ROWS: u64 = 50_000_000;

/// Bytes of a delimited or JSON file after decompression: 50 million rows × 200 bytes, and room.
pub const FILE_BYTES: u64 = 64 << 30;

/// Bytes of a workbook (XLSX, XLS, ODS): it must be read whole, in a process of its own.
pub const WORKBOOK_BYTES: u64 = 64 << 20;

/// Memory of the process that reads a workbook: 64 MiB × about 16 for its parsed cells.
pub const WORKBOOK_MEMORY: u64 = 1 << 30;

/// Unpacked bytes per packed byte of a container; ordinary workbooks stay under 30.
pub const ZIP_RATIO: u64 = 200;

/// Depth of JSON and XML: a wrapper, a list, a record, a value, and room.
pub const NESTING: usize = 16;

/// Bytes of an upload over HTTP: kept in memory, 4 at a time = 256 MiB at most.
pub const UPLOAD_BYTES: usize = 64 << 20;

/// Rows of one slice: at about 1 µs to 5 µs a row on the write connection a slice of 1,000 stays
/// near 5 ms, so that interactive writes wait no longer than that.
pub const SLICE_ROWS: usize = 1_000;

/// Rows from which a file counts as large.
pub const LARGE_FILE_ROWS: u64 = 20_000;

/// Rows of one slice of a large file. Every row touches some eight random pages of indexes; the
/// more rows share a transaction, the fewer pages are written twice. 8,000 rows hold the write
/// connection about 0.3 s and some 30 MB of memory.
pub const SLICE_ROWS_LARGE: usize = 8_000;

/// Share of a snapshot's earlier rows that may be absent without a second officer, in per mille.
pub const SNAPSHOT_ABSENT_PER_MILLE: u64 = 20;

/// Faults listed for one row; a row with more is surely of another theme.
pub const FAULTS_PER_ROW: usize = 32;

/// Rows on a page of results.
pub const PAGE_ROWS: usize = 50;

/// Candidates shown to a person who decides on a name.
pub const CANDIDATES: usize = 20;

/// Entries printed in one section of a report: 10 sections × 200 entries × about a third of a page
/// = 670 pages at most, the size of a bound volume. A reader chooses themes or a period for more.
pub const REPORT_SECTION_ENTRIES: usize = 200;

/// Characters of content in one section of a report: 200 entries × about 2,000, with half as much
/// for room; an entry that crosses it is printed whole, the next one is not.
pub const REPORT_SECTION_CHARS: usize = 600_000;

/// Bytes of an ordinary form over HTTP: one mended row of 57 columns × 5,000 characters × 9 bytes
/// (a Chinese character, percent-encoded) = 2.5 MiB at the very most; ordinary rows need 50 kB.
pub const FORM_BYTES: usize = 4 << 20;

/// Uploads under way at once: 4 × [`UPLOAD_BYTES`] = 256 MiB at most.
pub const RUNNING_SUBMISSIONS: usize = 4;

/// Submissions remembered for their progress pages, ended ones included: a few hundred bytes each.
pub const SHOWN_SUBMISSIONS: usize = 64;

/// Wrong codes at the suppliers' desk within a minute before it shuts for the rest of it.
pub const DESK_TRIES: u32 = 10;

/// Look-ups kept while nothing changes: 4,096 × [`KEPT_ANSWER_BYTES`] = 64 MiB at most, ordinarily
/// 4,096 × 3 kB = 12 MB.
pub const KEPT_ANSWERS: usize = 4_096;

/// Bytes of a kept look-up; a longer one is made anew each time.
pub const KEPT_ANSWER_BYTES: usize = 16 << 10;

/// Bytes of a code as it was asked for, to be kept: the longest is an id of 32 digits; × 2 for room.
pub const KEPT_QUESTION_BYTES: usize = 64;

/// Queries of one batch of matching or reconciliation: each is a few reads of the index and some
/// ten comparisons, under a millisecond; 100 of them hold a connection a tenth of a second.
pub const MATCH_QUERIES: usize = 100;

/// Names and codes of one query: a body has a handful of names in its lifetime; × 2 for room.
pub const MATCH_VALUES: usize = 16;

/// Characters of one value of a query: the longest registered names have some 100; × 2 for room.
pub const MATCH_CHARS: usize = 255;

/// Results of one query at most: nobody looks at more.
pub const MATCH_RESULTS: usize = 50;

/// Bytes of a batch: 100 queries × 16 values × 255 characters × 4 bytes = 1.6 MB at the very most.
pub const MATCH_BYTES: usize = 2 << 20;

/// Seconds from the making of a machine's signature to its end at most: a file of 64 MiB on a line of
/// 2 Mbit/s takes 270 s, and the signature is looked at before the file comes; ordinary requests
/// take a second.
pub const SIGNATURE_SECONDS: i64 = 300;

/// Seconds by which a machine's clock may be before ours: what machines without a time server drift
/// in some weeks.
pub const SIGNATURE_AHEAD_SECONDS: i64 = 60;

/// Moves of one case at most: an objection has under ten; × 20 for applications that are completed and
/// court cases that are looked after twice a year.
pub const CASE_STEPS: usize = 200;

/// Pairs of facts in a slice that differ between two suppliers and of which cases are opened: more than that is a
/// mistake of the file, which its receipt and a correction mend, and no hundred officers could check them.
pub const DOUBTS_OF_SLICE: usize = 200;

/// Cases about the facts of one subject that are read with them: a firm with a hundred facts contests
/// some of them; × 10 for years of closed ones.
pub const CASES_OF_SUBJECT: usize = 1_000;

/// Cases looked through for one page of a search: where a case stands is computed, some 20 µs each, so that
/// 5,000 take a tenth of a second. A search that finds fewer than a page among them goes on on the next.
pub const CASES_SEARCHED: usize = 5_000;

/// Cases looked through for a file or for figures: a city with a hundred thousand decisions a year has a tenth
/// of them contested or repaired; 10,000 × 10 years. At 20 µs each that is two seconds.
pub const CASES_COUNTED: usize = 100_000;

/// Rows of a table that is taken out as a file: 10,000 rows × 10 cells × about 100 bytes in a workbook's memory
/// = 10 MB; more is a term to be cut into years.
pub const EXPORT_ROWS: usize = 10_000;
