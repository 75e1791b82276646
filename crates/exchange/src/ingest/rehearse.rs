//! What would become of a row if it were sent: the same terms, the same checker, and nothing is
//! stored. A form says so before its sender decides.

use super::faults;
use super::pass;
use super::terms::{self, Request, Terms};
use crate::error::{Error, Result};
use crate::ids;
use crate::office::Office;
use credit::subject::RecordId;
use intake::check::{Draft, Outcome};
use std::sync::Arc;
use store::RejectRow;

/// What would become of the only row of a file.
#[derive(Clone, Debug)]
pub enum Rehearsed {
    /// It would be taken, now or, with a reason, after it has waited.
    Taken {
        /// Why it would wait: a code of `holds.toml`.
        held: Option<&'static str>,
        /// Its record.
        record: RecordId,
        /// Its values in canonical form, in the order of the theme's items.
        values: Vec<String>,
    },
    /// It would be rejected, for these reasons.
    Rejected(RejectRow),
    /// There is no row in it.
    Empty,
    /// There is more than one row in it.
    Several,
}

/// Checks the only row of a file as [`submit`](super::submit) would. Only what needs no store is
/// said: whether it repeats, corrects or mends something is found when it is sent.
///
/// # Errors
/// As [`submit`](super::submit) for terms and for a file that cannot be read as a whole;
/// [`Error::Request`] for a row on a natural person.
pub async fn rehearse(office: &Office, request: Request) -> Result<Rehearsed> {
    let terms = Arc::new(terms::settle(office, request)?);
    let office = office.clone();
    tokio::task::spawn_blocking(move || {
        let mut first = Rehearsed::Empty;
        let mut of_person = false;
        pass::each_row(&office, &terms, 1, |outcome, _| {
            if !matches!(first, Rehearsed::Empty) {
                let more = !matches!(outcome, Outcome::Blank | Outcome::Footer { .. });
                if more {
                    first = Rehearsed::Several;
                }
                return !more;
            }
            match outcome {
                Outcome::Blank | Outcome::Footer { .. } => return true,
                Outcome::Ready(draft) => first = taken(&office, &terms, draft, None),
                Outcome::Held(draft, reason) => {
                    first = taken(&office, &terms, draft, Some(reason.code()));
                }
                Outcome::Personal(_) => {
                    of_person = true;
                    return false;
                }
                Outcome::Rejected(rejected) => {
                    first = Rehearsed::Rejected(RejectRow {
                        row: rejected.row,
                        personal: rejected.personal,
                        faults: faults::json(&rejected.faults, &terms.theme),
                        cells: None,
                        mended: false,
                        mended_in: None,
                        mended_times: 0,
                    });
                }
            }
            true
        })?;
        if of_person {
            return Err(by_file());
        }
        Ok(first)
    })
    .await
    .map_err(|cause| Error::inner("the rehearsal ended early", cause))?
}

/// What is said of a person is sealed as it comes in, and is not shown once more before.
fn by_file() -> Error {
    Error::request(
        "自然人的信息请用文件报送，不能用表单填写或者更正。",
        "Facts on natural persons are sent as a file; they are not written or corrected by form.",
        "Сведения о физических лицах подаются файлом; в форме их не вносят и не исправляют.",
    )
}

fn taken(office: &Office, terms: &Terms, draft: &Draft, held: Option<&'static str>) -> Rehearsed {
    let (supplier, theme) = (&terms.supplier.code, &terms.theme.code);
    Rehearsed::Taken {
        held,
        record: ids::record(&office.site_key, supplier, theme, &draft.key),
        values: faults::values(draft),
    }
}
