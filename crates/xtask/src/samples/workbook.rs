//! A workbook as a spreadsheet program writes it, with the standard library alone: one sheet, texts in
//! their cells, days as numbers with the format of a date. The archive is stored and not packed, and
//! every entry bears the same time, so that the bytes are the same whenever it is made.

use super::write::Sheet;
use std::fmt::Write as _;

/// Fixed parts of the package: their paths and what they hold.
const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
         </Types>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
         </Relationships>",
    ),
    // The second format of cells is the built-in short date.
    (
        "xl/styles.xml",
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
         <cellXfs count=\"2\"><xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
    ),
];

/// Day 0 of spreadsheets, 1899-12-30, in days since the first of March of the year 0.
const EPOCH: i64 = 693_900;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The bytes of a workbook.
#[must_use]
pub fn bytes(sheet: &Sheet) -> Vec<u8> {
    let mut archive = Archive::default();
    for (path, part) in PARTS {
        archive.add(path, &format!("{DECLARATION}{part}"));
    }
    archive.add("xl/worksheets/sheet1.xml", &worksheet(sheet));
    archive.finish()
}

fn worksheet(sheet: &Sheet) -> String {
    let mut text = format!(
        "{DECLARATION}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
    );
    let header: Vec<String> = sheet.header.iter().map(|cell| (*cell).to_owned()).collect();
    for (at, row) in std::iter::once(&header).chain(&sheet.rows).enumerate() {
        _ = write!(text, "<row r=\"{}\">", at + 1);
        for (column, cell) in row.iter().enumerate() {
            let place = format!("{}{}", letters(column), at + 1);
            match serial(cell) {
                _ if cell.is_empty() => {}
                Some(day) => _ = write!(text, "<c r=\"{place}\" s=\"1\"><v>{day}</v></c>"),
                None => {
                    let cell = cell
                        .replace('&', "&amp;")
                        .replace('<', "&lt;")
                        .replace('>', "&gt;");
                    _ = write!(
                        text,
                        "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t></is></c>"
                    );
                }
            }
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    text
}

/// The letters of a column: A to Z, then AA to ZZ.
fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match column / 26 {
        0 => letter(column).to_string(),
        many => format!("{}{}", letters(many - 1), letter(column)),
    }
}

/// A day `2026-04-20` as spreadsheets count days; `None` for any other text.
fn serial(cell: &str) -> Option<i64> {
    let mut parts = cell.splitn(3, '-');
    let mut part = |digits: usize| -> Option<i64> {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    // Years begin in March here, so that the leap day is the last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    Some(days - EPOCH)
}

/// A ZIP archive of stored entries.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    fn add(&mut self, path: &str, content: &str) {
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let name = u16::try_from(path.len()).unwrap_or(u16::MAX);
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let mut common = Vec::new();
        // Version 2.0, names in UTF-8, stored, midnight of 2026-01-01.
        for word in [20_u16, 0x0800, 0, 0, (46 << 9) | (1 << 5) | 1] {
            common.extend(word.to_le_bytes());
        }
        for word in [crc32(content.as_bytes()), size, size] {
            common.extend(word.to_le_bytes());
        }
        common.extend(name.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(content.as_bytes());
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(20_u16.to_le_bytes());
        self.directory.extend(&common);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(path.as_bytes());
        self.entries += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        for word in [0, 0, self.entries, self.entries] {
            self.bytes.extend(word.to_le_bytes());
        }
        for word in [size, start] {
            self.bytes.extend(word.to_le_bytes());
        }
        self.bytes.extend(0_u16.to_le_bytes());
        self.bytes
    }
}

/// The check sum of archives, bit by bit: the files are small.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), step)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_the_one_of_archives() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn days_count_as_in_spreadsheets() {
        for (day, wanted) in [
            ("1900-03-01", Some(61)),
            ("2024-02-29", Some(45_351)),
            ("2024-01-02", Some(45_293)),
            ("2026-04-20", Some(46_132)),
            ("2026-4-20", None),
            ("YTRY20260001", None),
            ("", None),
        ] {
            assert_eq!(serial(day), wanted, "{day}");
        }
    }

    #[test]
    fn columns_have_letters() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701].map(letters).into();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ"]);
    }

    #[test]
    fn the_archive_tells_where_its_entries_are() {
        let sheet = Sheet {
            header: vec!["名称"],
            rows: vec![vec!["<&".into()], vec!["2026-04-20".into()]],
        };
        let bytes = bytes(&sheet);
        assert_eq!(bytes, super::bytes(&sheet));
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("&lt;&amp;") && text.contains("<v>46132</v>"));
        let end = bytes.len() - 22;
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
        };
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let (size, start) = (word(end + 12), word(end + 16));
        assert_eq!(start + size, end);
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        // The first entry's own header stands where the directory says.
        assert_eq!(&bytes[word(start + 42)..][..4], b"PK\x03\x04");
    }
}
