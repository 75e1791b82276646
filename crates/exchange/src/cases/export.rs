//! A table of cases as a file: the rows that the search shows, every page of them and no other. Who took
//! which out is written down before the file is handed over.

use super::search::{Found, Search, scan};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::limits::{CASES_COUNTED, EXPORT_ROWS};
use credit::people::Action;
use store::StoredExport;

/// Kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Texts, parted by commas.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// How a file of it ends, and how it stands in the history.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
        }
    }
}

/// How a table is written.
pub struct Sheet<'a> {
    /// Kind of file.
    pub form: Form,
    /// The line of heads.
    pub heads: &'a [String],
    /// Which rows it has, as the page's address says it.
    pub asked: &'a str,
    /// The cells of a case.
    pub cells: &'a (dyn Fn(&Found) -> Vec<String> + Sync),
}

/// The cases that a search shows, as a file.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] where there are more rows than a file may have.
pub async fn export(
    office: &Office,
    who: &Acting,
    asked: &Search<'_>,
    sheet: &Sheet<'_>,
) -> Result<Vec<u8>> {
    let action = Action::LegalExport;
    let most = (EXPORT_ROWS, CASES_COUNTED);
    let scanned = scan(office, who, action, asked, None, most).await?;
    if scanned.next.is_some() {
        return Err(too_many());
    }
    let rows: Vec<Vec<String>> = scanned.rows.iter().map(sheet.cells).collect();
    let broken = "the table could not be made";
    let file =
        match sheet.form {
            Form::Csv => intake::sheet::csv(sheet.heads, &rows)
                .map_err(|cause| Error::inner(broken, cause))?,
            Form::Xlsx => intake::sheet::xlsx(sheet.heads, &rows)
                .map_err(|cause| Error::inner(broken, cause))?,
        };
    let officer = who.officer(who.home(action)?)?;
    let taken = StoredExport {
        id: office.nonce(),
        what: "cases".to_owned(),
        asked: sheet.asked.to_owned(),
        form: sheet.form.code().to_owned(),
        rows: rows.len() as u64,
        digest: seal::sha256(&file).0,
        officer: officer.name().to_owned(),
        agency: officer.agency().to_owned(),
        at: office.now(),
    };
    office.store.export_add(&taken).await?;
    Ok(file)
}

fn too_many() -> Error {
    Error::request(
        format!("符合条件的案件超过 {EXPORT_ROWS} 件，不能一次导出。请缩小日期范围。"),
        format!(
            "More than {EXPORT_ROWS} cases fit, which is more than a file may have. Choose a shorter term."
        ),
        format!(
            "Подходящих дел больше {EXPORT_ROWS}, столько в файл не выводится. Сократите период."
        ),
    )
}
