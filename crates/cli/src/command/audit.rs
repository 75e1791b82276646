//! `gongxin audit`: the rows of the store beside the log. Ends with 5 when anything differs.

use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::journal::{Audit, audit_all};

pub(super) fn run(desk: &Desk) -> Result<Exit, Failure> {
    let audit = desk.runtime.block_on(audit_all(&desk.office));
    let audit = audit.map_err(|error| Failure::of(error, desk.lang))?;
    for finding in &audit.findings {
        out::line(&format!("{}\t{}", finding.wrong.code(), finding.what))?;
    }
    let blanks = counts(&audit).map(|count| count.to_string());
    let blanks = blanks.each_ref().map(String::as_str);
    out::line(&text::AUDITED.say(desk.lang, &blanks))?;
    let more = [
        audit.openings,
        audit.runs,
        audit.looks,
        audit.deferrals,
        audit.causes,
    ];
    let more = more.map(|count| count.to_string());
    let more = more.each_ref().map(String::as_str);
    out::line(&text::AUDIT_OPENED.say(desk.lang, &more))?;
    out::line(&text::AUDIT_LIMITS.say(desk.lang, &[]))?;
    if audit.wrong == 0 {
        return Ok(Exit::Done);
    }
    let wrong = audit.wrong.to_string();
    out::line(&text::AUDIT_WRONG.say(desk.lang, &[&wrong]))?;
    Ok(Exit::Incomplete)
}

fn counts(audit: &Audit) -> [u64; 10] {
    [
        audit.events,
        audit.erased,
        audit.looks,
        audit.look_events,
        audit.receipts,
        audit.slices,
        audit.versions,
        audit.bare,
        audit.erasures,
        audit.reports,
    ]
}
