//! Real registrations, row by row, for tests that must hold on all of them.

use std::fs::File;
use std::path::PathBuf;

/// One registration: the columns that the tests here need.
pub(crate) struct Row {
    /// 企业名称.
    pub(crate) name: String,
    /// 统一社会信用代码, as written.
    pub(crate) code: String,
    /// 经营范围.
    pub(crate) scope: String,
    /// 注册地址.
    pub(crate) address: String,
}

/// The yearly files, oldest first; empty with a message on standard error when there are none.
pub(crate) fn files() -> Vec<PathBuf> {
    testkit::data::shared("cn_registry")
        .map(|folder| testkit::data::files(&folder))
        .unwrap_or_default()
}

/// Calls a function for every row of every file and returns how many there were.
pub(crate) fn for_each(mut visit: impl FnMut(&Row)) -> usize {
    let mut count = 0;
    for path in files() {
        let unpacked = flate2::read::MultiGzDecoder::new(File::open(&path).unwrap());
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(unpacked);
        for record in reader.records() {
            let record = record.unwrap();
            let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
            visit(&Row {
                name: cell(0),
                code: cell(1),
                scope: cell(5),
                address: cell(8),
            });
            count += 1;
        }
    }
    count
}
