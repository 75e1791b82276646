//! The report as data for the layout file: texts and rows of lines, nothing to decide there.

use crate::Issue;
use crate::fonts::Faces;
use credit::lang::Lang;
use serde_json::{Value, json};
use views::Letter;
use views::report::model::{Item, Line, Report, SectionView};
use views::text::{label, letter as text};

/// Width of a value, in half-width columns, up to which two lines share a row.
const HALF_ROW: usize = 28;

/// Width of a label up to which two lines share a row.
const HALF_LABEL: usize = 22;

/// The data file.
pub(crate) fn json(report: &Report, issue: Option<&Issue<'_>>, faces: &Faces) -> Vec<u8> {
    let lang = report.lang;
    let data = json!({
        "lang": lang.tag(),
        "fonts": faces.families,
        "title": report.title,
        "number": report.number,
        "date": {
            "year": report.at.today.year(),
            "month": report.at.today.month(),
            "day": report.at.today.day(),
        },
        "cover": lines(&report.cover),
        "issue": issue.map(|issue| json!({
            "title": issue.proof.title,
            "lines": lines(&issue.proof.lines),
            "how": issue.proof.how,
            "picture": issue.picture,
            "alt": issue.proof.picture,
        })),
        "subject": { "title": label::SUBJECT.get(lang), "rows": rows(&report.who.lines) },
        "explanation": { "title": label::EXPLANATION.get(lang), "paragraphs": report.notices },
        "overview": {
            "title": label::OVERVIEW.get(lang),
            "section": label::SECTION.get(lang),
            "entries": label::ENTRIES.get(lang),
        },
        "section-numbering": section_numbering(lang),
        "sections": sections(report),
        "rights": {
            "title": label::RIGHTS.get(lang),
            "notices": report.rights.iter()
                .map(|notice| json!({ "title": notice.title, "paragraphs": notice.paragraphs }))
                .collect::<Vec<_>>(),
        },
        "versions": versions(report),
        "page": page_texts(lang),
    });
    printable(&data.to_string(), |c| faces.prints(c)).into_bytes()
}

/// The data file of a letter.
pub(crate) fn letter(letter: &Letter, faces: &Faces) -> Vec<u8> {
    let lang = letter.lang;
    let data = json!({
        "lang": lang.tag(),
        "fonts": faces.families,
        "title": letter.title,
        "number": letter.number,
        "date": {
            "year": letter.dated.year(),
            "month": letter.dated.month(),
            "day": letter.dated.day(),
        },
        "head": lines(&letter.head),
        "addressee": { "title": text::ADDRESSEE.get(lang), "name": letter.addressee },
        "says": letter.says,
        "matter": { "title": text::MATTER.get(lang), "rows": rows(&letter.matter) },
        "decision": { "title": text::DECISION.get(lang), "rows": rows(&letter.decision) },
        "remedy": letter.remedy.as_ref().map(|said| json!({
            "title": text::REMEDY.get(lang),
            "text": said,
        })),
        "foot": text::FOOT.get(lang),
        "page": page_texts(lang),
    });
    printable(&data.to_string(), |c| faces.prints(c)).into_bytes()
}

/// Replaces a character that the font lacks by its code point, as 〔U+1F642〕: archival files may
/// hold no character without a shape, and a name must not lose a character silently.
fn printable(text: &str, prints: impl Fn(char) -> bool) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() || prints(c) {
            printable.push(c);
        } else {
            printable.push_str(&format!("〔U+{:04X}〕", u32::from(c)));
        }
    }
    printable
}

/// How the standard numbers its sections, as a pattern of the typesetter.
fn section_numbering(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "一、",
        Lang::En | Lang::Ru => "1. ",
    }
}

fn sections(report: &Report) -> Vec<Value> {
    report
        .sections
        .iter()
        .map(|one| section(one, report.lang))
        .collect()
}

fn section(section: &SectionView, lang: Lang) -> Value {
    json!({
        "title": section.title,
        "found": section.found.to_string(),
        "note": section.note,
        "entries": section.entries.iter().enumerate()
            .map(|(position, entry)| item(position + 1, entry, lang))
            .collect::<Vec<_>>(),
    })
}

fn item(number: usize, item: &Item, lang: Lang) -> Value {
    let values: Vec<Line> = item
        .values
        .iter()
        .map(|value| Line {
            code: value.code.clone(),
            label: value.label.clone(),
            value: value.shown.clone(),
        })
        .collect();
    json!({
        "number": number.to_string(),
        "title": item.title,
        "headline": item.headline,
        "state": item.state.text,
        "marks": item.marks.iter().map(|mark| &mark.text).collect::<Vec<_>>(),
        "marks-label": label::MARKS.get(lang),
        "rows": rows(&values),
        "provenance": rows(&item.lines),
    })
}

fn lines(lines: &[Line]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| json!([line.label, line.value]))
        .collect()
}

/// Puts two short lines side by side; a long one has a row of its own. Order is kept.
fn rows(lines: &[Line]) -> Vec<Value> {
    let mut rows = Vec::with_capacity(lines.len());
    let mut waiting: Option<&Line> = None;
    for line in lines {
        match (waiting.take(), is_short(line)) {
            (None, true) => waiting = Some(line),
            (None, false) => rows.push(one(line)),
            (Some(first), true) => {
                rows.push(json!([first.label, first.value, line.label, line.value]));
            }
            (Some(first), false) => rows.extend([one(first), one(line)]),
        }
    }
    rows.extend(waiting.map(one));
    rows
}

fn one(line: &Line) -> Value {
    json!([line.label, line.value])
}

fn is_short(line: &Line) -> bool {
    columns(&line.value) <= HALF_ROW && columns(&line.label) <= HALF_LABEL
}

/// Half-width columns of a text, nearly: what is not Latin or Cyrillic counts twice.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if c < '\u{1100}' { 1 } else { 2 })
        .sum()
}

fn versions(report: &Report) -> String {
    let lang = report.lang;
    let catalogue: String = report.versions.catalogue.chars().take(16).collect();
    format!(
        "{} · {} {} · {} {}",
        report.versions.shape,
        label::CATALOGUE_DIGEST.get(lang),
        catalogue,
        label::PROGRAM.get(lang),
        report.versions.program
    )
}

/// The sentence around the two page numbers, cut at its gaps: before, between, after.
fn page_texts(lang: Lang) -> Vec<&'static str> {
    label::PAGE.get(lang).split(['{', '}']).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, value: &str) -> Line {
        Line {
            code: String::new(),
            label: label.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn short_lines_pair_up_and_order_is_kept() {
        let long = "很长的内容".repeat(10);
        let found = rows(&[
            line("一", "1"),
            line("二", "2"),
            line("三", "3"),
            line("四", &long),
        ]);
        assert_eq!(
            found,
            vec![
                json!(["一", "1", "二", "2"]),
                json!(["三", "3"]),
                json!(["四", long])
            ]
        );
    }

    #[test]
    fn a_character_without_a_shape_is_named() {
        let found = printable("a公🙂", |c| c == '公');
        assert_eq!(found, "a公〔U+1F642〕");
    }

    #[test]
    fn page_sentence_has_three_parts_in_every_language() {
        for lang in Lang::ALL {
            assert_eq!(page_texts(lang).len(), 3);
        }
    }
}
