//! `gongxin subject CODE`: what is public about a subject, in short.

use crate::args::Subject;
use crate::exit::{Exit, Failure};
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
        println!("{}", views::lookup::json(&summary));
    } else {
        print(&summary);
    }
    Ok(Exit::Done)
}

/// Who it is, then what is on file by section, with source, day and state.
fn print(summary: &Lookup) {
    for line in &summary.who.lines {
        println!("{}: {}", line.label, line.value);
    }
    for section in &summary.sections {
        println!("\n{} ({})", section.title, section.found);
        for line in &section.lines {
            let headline = line.headline.as_deref().unwrap_or_default();
            println!(
                "  {} {headline} | {} | {} | {}",
                line.title, line.source, line.dated, line.state.text
            );
            for mark in &line.marks {
                println!("    {}", mark.text);
            }
        }
        if let Some(note) = &section.note {
            println!("  {note}");
        }
    }
}
