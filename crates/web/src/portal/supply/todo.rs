//! What an agency has to do, by deadline: the head of the desk's first page.

use super::theme_title;
use crate::Site;
use crate::desk::Clerk;
use crate::page::Frame;
use credit::people::Action;
use exchange::due::{self, DueStanding, Owed, Unmended, Waits};
use exchange::snapshots;
use jiff::civil::Date;

/// Lines of periods; what was missed before them is told by its count.
const LINES: usize = 24;

/// One thing to do.
pub(super) struct Line {
    pub(super) what: String,
    pub(super) until: String,
    /// Its day has passed.
    pub(super) late: bool,
    /// What is done about it, and where.
    pub(super) acts: Vec<(String, String)>,
}

/// The list of an agency, where one is shown.
pub(super) async fn of(
    site: &Site,
    clerk: &Clerk,
    supplier: Option<&str>,
    f: &Frame,
) -> Result<Option<Vec<Line>>, exchange::Error> {
    match supplier {
        Some(code) => lines(site, clerk, code, f).await.map(Some),
        None => Ok(None),
    }
}

async fn lines(
    site: &Site,
    clerk: &Clerk,
    supplier: &str,
    f: &Frame,
) -> Result<Vec<Line>, exchange::Error> {
    let to_do = due::to_do(&site.office, supplier).await?;
    let catalog = &site.office.catalog;
    let theme = |code: &str| theme_title(catalog, code, f.t.lang);
    let covers = |action: Action, code: &str| clerk.actor.reach(action).covers(supplier, code);
    let mut lines = Vec::new();
    let seen = |one: &&Owed| covers(Action::SubmissionList, &one.theme);
    for one in to_do.owed.iter().filter(seen).take(LINES) {
        let may = covers(Action::SubmissionCreate, &one.theme);
        lines.push(period(one, &theme(&one.theme), supplier, may, f));
    }
    for one in snapshots::waiting(&site.office).await? {
        if one.supplier == supplier && covers(Action::SnapshotList, &one.theme) {
            lines.push(Line {
                what: f.t.one("todo-snapshot", "theme", &theme(&one.theme)),
                until: String::new(),
                late: false,
                acts: vec![(f.t.get("desk-snapshots"), "/supply/snapshots".to_owned())],
            });
        }
    }
    let seen = |one: &&Waits| covers(Action::HoldList, &one.theme);
    for one in to_do.waits.iter().filter(seen) {
        lines.push(waits(site, one, &theme(&one.theme), f));
    }
    let seen = |one: &&Unmended| covers(Action::RejectRead, &one.theme);
    for one in to_do.unmended.iter().filter(seen) {
        lines.push(unmended(one, &theme(&one.theme), f));
    }
    Ok(lines)
}

/// Facts that wait for their source.
fn waits(site: &Site, one: &Waits, theme: &str, f: &Frame) -> Line {
    let title = site.office.catalog.hold(&one.reason);
    let title = title.map(|hold| hold.title.get(f.t.lang));
    let values = [
        ("theme", theme.into()),
        ("count", one.facts.into()),
        ("reason", title.unwrap_or(one.reason.as_str()).into()),
    ];
    Line {
        what: f.t.with("todo-holds", &values),
        until: one.until.to_string(),
        late: one.until < site.office.today(),
        acts: vec![(f.t.get("desk-holds"), "/supply/holds".to_owned())],
    }
}

/// Rejected rows that nobody mended.
fn unmended(one: &Unmended, theme: &str, f: &Frame) -> Line {
    let values = [
        ("theme", theme.into()),
        ("count", one.rows.into()),
        ("number", one.number.into()),
    ];
    let to = format!("/supply/submissions/{}/rejects", one.id);
    Line {
        what: f.t.with("todo-rejects", &values),
        until: String::new(),
        late: false,
        acts: vec![(f.t.get("rejects-title"), to)],
    }
}

/// A period of a theme that is owed.
fn period(one: &Owed, theme: &str, supplier: &str, may: bool, f: &Frame) -> Line {
    let (from, to) = (one.period.from, one.period.to);
    let values = [("theme", theme.into()), ("period", days(from, to).into())];
    let code = &one.theme;
    let mut acts = Vec::new();
    if may {
        acts.push((
            f.t.get("desk-submit"),
            format!("/supply/submit?theme={code}&supplier={supplier}"),
        ));
        acts.push((
            f.t.get("nil-title"),
            format!("/supply/nil?theme={code}&supplier={supplier}&from={from}&to={to}"),
        ));
    }
    Line {
        what: f.t.with("todo-period", &values),
        until: one.period.due.to_string(),
        late: one.standing == DueStanding::Missed,
        acts,
    }
}

fn days(from: Date, to: Date) -> String {
    if from == to {
        from.to_string()
    } else {
        format!("{from} – {to}")
    }
}
