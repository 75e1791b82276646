//! Reports to PDF: fixed bytes, nothing but data, bounded time and size.

mod letter;
mod sample;

use credit::lang::Lang;
use pdf::{FontSource, Typesetter};
use std::error::Error;
use std::io::Write;
use std::process::{Command, Stdio};

type Outcome = Result<(), Box<dyn Error>>;

const NAME: &str = "江州远帆贸易有限公司";

/// A typesetter, or `None` with a clear word where the machine has no Chinese font.
fn typesetter() -> Option<Typesetter> {
    let made = Typesetter::new(FontSource::System);
    if let Err(missing) = &made {
        eprintln!("skipped: {missing}");
    }
    made.ok()
}

/// The text of a PDF by `pdftotext`, or `None` with a clear word where it is not installed.
fn text_of(bytes: &[u8]) -> Result<Option<String>, Box<dyn Error>> {
    let child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped in part: pdftotext is not installed (apt-get install poppler-utils)");
        return Ok(None);
    };
    child.stdin.take().ok_or("no stdin")?.write_all(bytes)?;
    Ok(Some(String::from_utf8(child.wait_with_output()?.stdout)?))
}

#[test]
fn equal_reports_give_equal_bytes_in_every_language() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    for lang in Lang::ALL {
        let one = typesetter.report(&sample::report(lang, NAME, 2))?;
        typesetter.report(&sample::report(lang, "另一家", 1))?;
        let other = typesetter.report(&sample::report(lang, NAME, 2))?;
        assert!(one == other, "{lang:?}");
        assert!(one.starts_with(b"%PDF-1.7"));
    }
    let fresh = Typesetter::new(FontSource::System)?;
    let report = sample::report(Lang::Zh, NAME, 2);
    assert!(
        typesetter.report(&report)? == fresh.report(&report)?,
        "another typesetter"
    );
    Ok(())
}

#[test]
fn a_different_report_gives_different_bytes() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    let one = typesetter.report(&sample::report(Lang::Zh, NAME, 1))?;
    assert!(one != typesetter.report(&sample::report(Lang::Zh, NAME, 2))?);
    Ok(())
}

#[test]
fn markup_in_a_name_is_printed_as_it_stands() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    for name in [
        "#panic(1)",
        "#read(\"/report.json\")",
        "$x^2$ *b* _i_ `c` ]",
        "\\#{[]}\\",
        "= <a> @b // c",
    ] {
        let bytes = typesetter.report(&sample::report(Lang::En, name, 1))?;
        if let Some(text) = text_of(&bytes)? {
            assert!(text.contains(name), "{name}");
        }
    }
    Ok(())
}

#[test]
fn archival_tagged_with_title_language_and_report_number() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    let bytes = typesetter.report(&sample::report(Lang::Zh, NAME, 1))?;
    let raw = String::from_utf8_lossy(&bytes);
    for mark in [
        "pdfaid:part>2",
        "pdfaid:conformance>A",
        "pdfuaid:part>1",
        "/MarkInfo",
        "/Lang",
    ] {
        assert!(raw.contains(mark), "{mark}");
    }
    if let Some(text) = text_of(&bytes)? {
        for part in [
            "GX-20261122-000001",
            "行政管理信息",
            "查询期内无相关信息",
            "如何提出异议",
            NAME,
        ] {
            assert!(text.contains(part), "{part}");
        }
    }
    Ok(())
}

#[test]
fn rare_characters_and_long_words_do_not_stop_a_report() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    let long = "A".repeat(3_000);
    for name in ["𠮷野家\u{200b}", "🙂", "", "\u{202e}abc", long.as_str()] {
        let made = typesetter.report(&sample::report(Lang::Ru, name, 1));
        assert!(
            made.is_ok(),
            "{:?}: {made:?}",
            name.chars().take(8).collect::<String>()
        );
    }
    let bytes = typesetter.report(&sample::report(Lang::Zh, "甲🙂乙", 1))?;
    if let Some(text) = text_of(&bytes)? {
        assert!(text.contains("甲〔U+1F642〕乙"));
    }
    Ok(())
}

#[test]
fn a_full_section_is_typeset() -> Outcome {
    let Some(typesetter) = typesetter() else {
        return Ok(());
    };
    let bytes = typesetter.report(&sample::report(Lang::Zh, NAME, 200))?;
    assert!(bytes.len() < 8 << 20, "{}", bytes.len());
    Ok(())
}

#[test]
fn a_directory_without_a_font_is_refused_with_the_way_out() {
    let made = Typesetter::new(FontSource::Directory(env!("CARGO_MANIFEST_DIR").into()));
    let told = made
        .err()
        .map(|missing| missing.to_string())
        .unwrap_or_default();
    assert!(told.contains("apt-get install fonts-noto-cjk"), "{told}");
    assert!(told.contains("GONGXIN_FONTS"), "{told}");
}
