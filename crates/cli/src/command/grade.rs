//! `gongxin grade`: grade organisations by an adopted model, or see what another version would change.

use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::grade;

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// Code of the model.
    #[arg(value_name = "MODEL")]
    model: String,
    /// Only those whose facts changed since they were graded, or whose grade has ended.
    #[arg(long)]
    due: bool,
    /// Write nothing and show how grades would differ between two versions; one need not be adopted.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "due")]
    compare: Vec<String>,
    /// The account of the centre in whose name it is done.
    #[arg(long, value_name = "LOGIN")]
    by: String,
}

pub(super) fn run(desk: &Desk, ask: &Ask) -> Result<Exit, Failure> {
    let said = |error| Failure::of(error, desk.lang);
    let who = super::lookup::acting(desk, &ask.by)?;
    let officer = grade::grader(&who).map_err(said)?;
    let bar = super::resolve::spinner();
    let mut progress = |subjects: u64| bar.set_message(subjects.to_string());
    if let [before, after] = ask.compare.as_slice() {
        let versions = (before.as_str(), after.as_str());
        let drift = grade::compare(&desk.office, &ask.model, versions, officer, &mut progress);
        let drift = desk.runtime.block_on(drift);
        bar.finish_and_clear();
        for one in drift.map_err(said)? {
            let count = one
                .count
                .map_or("<10".to_owned(), |count| count.to_string());
            out::line(&format!("{}\t{}\t{count}", one.before, one.after))?;
        }
        return Ok(Exit::Done);
    }
    let run = desk.runtime.block_on(async {
        if ask.due {
            grade::due(&desk.office, &ask.model, officer, &mut progress).await
        } else {
            grade::all(&desk.office, &ask.model, officer, &mut progress).await
        }
    });
    bar.finish_and_clear();
    let run = run.map_err(said)?;
    for (outcome, count) in &run.outcomes {
        out::line(&format!("{outcome}\t{count}"))?;
    }
    let [subjects, written] = [run.subjects, run.written].map(|count| count.to_string());
    out::line(&text::GRADED.say(desk.lang, &[&subjects, &written, &run.version]))?;
    Ok(Exit::Done)
}
