//! Office documents of the open kind (ECMA-376): a ZIP archive whose parts are named. Macros, embedded
//! objects, controls and what leads elsewhere are parts of their own.

use super::Unsafe;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Parts of a document at most: a workbook of 200 sheets has some 1,000.
const PARTS: usize = 4_096;
/// Bytes of a part that is read through.
const PART_BYTES: u64 = 4 << 20;

pub(super) fn examine(content: &[u8]) -> Result<&'static str, Unsafe> {
    let unreadable = |_| Unsafe::Unreadable;
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(unreadable)?;
    if archive.len() > PARTS {
        return Err(Unsafe::Unreadable);
    }
    let mut media = None;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        if part.encrypted() {
            return Err(Unsafe::Locked);
        }
        let name = part.name().map_err(unreadable)?;
        let name = name.to_ascii_lowercase().replace('\\', "/");
        let active = [
            "vbaproject",
            "vbadata",
            "/activex/",
            "/embeddings/",
            "oleobject",
            "/externallinks/",
            "macrosheets",
            "/customui",
            "attachedtoolbars",
        ];
        if active.iter().any(|one| name.contains(one)) {
            return Err(Unsafe::Active);
        }
        match name.as_str() {
            "word/document.xml" => {
                media =
                    Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            }
            "xl/workbook.xml" => {
                media = Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            }
            _ => {}
        }
        let told = name == "[content_types].xml" || name.ends_with(".rels");
        if told {
            let mut text = String::new();
            let read = part.take(PART_BYTES + 1).read_to_string(&mut text);
            if read.is_err() || text.len() as u64 > PART_BYTES {
                return Err(Unsafe::Unreadable);
            }
            relations(&text)?;
        }
    }
    media.ok_or(Unsafe::Kind)
}

/// Refuses content types of macros, and relations that load something from elsewhere. A link that a reader
/// follows by clicking is one.
fn relations(text: &str) -> Result<(), Unsafe> {
    let text = text.to_ascii_lowercase();
    let macros = text.contains("macroenabled") || text.contains("vbaproject");
    let mut parts = text.split('<').skip(1);
    let leads = parts
        .any(|part| part.contains("targetmode=\"external\"") && !part.contains("/hyperlink\""));
    if macros || leads {
        return Err(Unsafe::Active);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn document(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let begun = writer.start_file(*name, SimpleFileOptions::default());
            assert!(begun.is_ok() && writer.write_all(text.as_bytes()).is_ok());
        }
        writer.finish().map(Cursor::into_inner).unwrap_or_default()
    }

    #[test]
    fn documents_are_taken_and_what_acts_in_them_is_not() {
        let types = ("[Content_Types].xml", "<Types/>");
        let body = ("word/document.xml", "<w:document/>");
        assert!(examine(&document(&[types, body])).is_ok());
        for part in [
            ("word/vbaProject.bin", "x"),
            ("word/embeddings/oleObject1.bin", "x"),
            ("word/activeX/activeX1.xml", "x"),
            ("xl/externalLinks/externalLink1.xml", "x"),
            (
                "word/_rels/settings.xml.rels",
                "<Relationship Type=\"…/attachedTemplate\" Target=\"http://a\" TargetMode=\"External\"/>",
            ),
        ] {
            let file = document(&[types, body, part]);
            assert_eq!(examine(&file), Err(Unsafe::Active), "{part:?}");
        }
        let link = (
            "word/_rels/document.xml.rels",
            "<Relationship Type=\"http://…/hyperlink\" Target=\"http://a\" TargetMode=\"External\"/>",
        );
        assert!(examine(&document(&[types, body, link])).is_ok());
        let typed = (
            "[Content_Types].xml",
            "<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>",
        );
        assert_eq!(examine(&document(&[typed, body])), Err(Unsafe::Active));
        assert_eq!(examine(&document(&[("a.txt", "x")])), Err(Unsafe::Kind));
        assert_eq!(examine(b"PK\x03\x04 broken"), Err(Unsafe::Unreadable));
    }
}
