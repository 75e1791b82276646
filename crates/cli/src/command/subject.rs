//! `gongxin subject CODE`: what is public about a subject, in short.

use crate::args::Subject;
use crate::exit::{Exit, Failure};
use crate::out;
use crate::setup::Desk;
use views::lookup::Lookup;

pub(super) fn run(desk: &Desk, ask: &Subject) -> Result<Exit, Failure> {
    let summary = desk
        .runtime
        .block_on(exchange::lookup::by_code(
            &desk.office,
            &ask.code,
            desk.lang,
        ))
        .map_err(|error| Failure::of(error, desk.lang))?;
    if ask.json {
        out::line(&views::lookup::json(&summary))?;
    } else {
        out::bytes(short(&summary).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// Who it is, then what is on file by section, with source, day and state.
fn short(summary: &Lookup) -> String {
    let mut lines = Vec::new();
    for line in &summary.who.lines {
        lines.push(format!("{}: {}", line.label, line.value));
    }
    for section in &summary.sections {
        lines.push(format!("\n{} ({})", section.title, section.found));
        for line in &section.lines {
            let headline = line.headline.as_deref().unwrap_or_default();
            lines.push(format!(
                "  {} {headline} | {} | {} | {}",
                line.title, line.source, line.dated, line.state.text
            ));
            for mark in &line.marks {
                lines.push(format!("    {}", mark.text));
            }
        }
        if let Some(note) = &section.note {
            lines.push(format!("  {note}"));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
