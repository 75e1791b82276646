//! Large inputs of the benches: bodies of the invented city, as many as wanted, from their numbers.

use crate::samples::codes;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};

/// The code of the n-th body.
#[must_use]
pub fn code(number: u32) -> String {
    codes::uscc("91", 990_101 + number / 500_000, number % 500_000)
}

/// Writes registrations of so many bodies, unless the file is there.
///
/// # Errors
/// When it cannot be written.
pub fn registrations(path: &str, count: u32) -> io::Result<()> {
    let header = "企业名称,统一社会信用代码,注册日期,企业类型,注册资金,经营范围,所在省份,地区,注册地址,登记机关,登记状态";
    table(path, header, count, |number, code| {
        let (month, day, street) = (number % 12 + 1, number % 28 + 1, number % 399 + 1);
        format!(
            "云汀第{number:07}商贸有限公司,{code},2019-{month:02}-{day:02},有限责任公司,{}万元人民币,\
             日用百货的批发、零售；货物进出口；普通货物仓储服务,云汀省,栖澜区,云汀市栖澜区枫渡路{street}号,栖澜区市场监督管理局,存续",
            number % 900 + 100
        )
    })
}

/// Writes taxpayers of level A of one year, unless the file is there.
///
/// # Errors
/// When it cannot be written.
pub fn taxpayers(path: &str, count: u32, year: u32) -> io::Result<()> {
    table(
        path,
        "纳税人识别号,纳税人名称,信用级别,评价年度,税务机关",
        count,
        |number, code| {
            format!("{code},云汀第{number:07}商贸有限公司,A,{year},国家税务总局栖澜区税务局")
        },
    )
}

fn table(
    path: &str,
    header: &str,
    count: u32,
    row: impl Fn(u32, &str) -> String,
) -> io::Result<()> {
    if std::path::Path::new(path).is_file() {
        return Ok(());
    }
    let part = format!("{path}.part");
    let mut file = BufWriter::new(File::create(&part)?);
    writeln!(file, "{header}")?;
    for number in 0..count {
        writeln!(file, "{}", row(number, &code(number)))?;
    }
    file.flush()?;
    std::fs::rename(part, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_do_not_repeat() {
        let codes: BTreeSet<String> = (499_000..501_000).map(code).collect();
        assert_eq!(codes.len(), 2_000);
    }

    #[test]
    fn a_table_has_its_header_and_rows() -> io::Result<()> {
        let path = std::env::temp_dir().join(format!("gongxin-bench-{}.csv", std::process::id()));
        let name = path.to_string_lossy();
        registrations(&name, 3)?;
        let text = std::fs::read_to_string(&path)?;
        std::fs::remove_file(&path)?;
        assert_eq!(text.lines().count(), 4);
        let columns: BTreeSet<usize> = text.lines().map(|line| line.split(',').count()).collect();
        assert_eq!(columns, BTreeSet::from([11]));
        Ok(())
    }
}
