//! Searching bytes for canaries in every form in which a program could have written them.

use std::path::Path;

/// What is searched for: the form's name, the canary, its bytes.
pub(crate) struct Canaries {
    forms: Vec<(&'static str, String, Vec<u8>)>,
    /// Whether two bytes begin any form.
    begins: Vec<bool>,
}

impl Canaries {
    /// Every canary in UTF-8, UTF-16, GB18030, hexadecimal and base64.
    pub(crate) fn new(canaries: &[&str]) -> Canaries {
        let mut all = Canaries {
            forms: Vec::new(),
            begins: vec![false; 1 << 16],
        };
        for canary in canaries {
            all.add(canary);
        }
        for (_, _, bytes) in &all.forms {
            all.begins[usize::from(bytes[0]) << 8 | usize::from(bytes[1])] = true;
        }
        all
    }

    fn add(&mut self, canary: &str) {
        let units: Vec<u16> = canary.encode_utf16().collect();
        let national = encoding_rs::GB18030.encode(canary).0.into_owned();
        let plain = [
            ("utf-8", canary.as_bytes().to_vec()),
            (
                "utf-16le",
                units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
            ),
            (
                "utf-16be",
                units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            ),
            ("gb18030", national),
        ];
        for (form, bytes) in plain {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            self.push("hex", canary, hex.to_uppercase().into_bytes());
            self.push("hex", canary, hex.into_bytes());
            for shift in 0..3 {
                self.push("base64", canary, base64(&bytes, shift));
            }
            self.push(form, canary, bytes);
        }
    }

    fn push(&mut self, form: &'static str, canary: &str, bytes: Vec<u8>) {
        // What is left of base64 between signs that two alphabets write differently may be too short to
        // mean anything.
        if form == "base64" && bytes.len() < 8 {
            return;
        }
        assert!(bytes.len() >= 6, "{canary} is too short to be looked for");
        self.forms.push((form, canary.to_owned(), bytes));
    }

    /// The first canary in some bytes, and its form.
    pub(crate) fn find(&self, bytes: &[u8]) -> Option<(&'static str, &str)> {
        for at in 0..bytes.len().saturating_sub(1) {
            if !self.begins[usize::from(bytes[at]) << 8 | usize::from(bytes[at + 1])] {
                continue;
            }
            let found = self
                .forms
                .iter()
                .find(|(_, _, form)| bytes[at..].starts_with(form));
            if let Some((form, canary, _)) = found {
                return Some((form, canary));
            }
        }
        None
    }

    #[track_caller]
    pub(crate) fn absent(&self, place: &str, bytes: &[u8]) {
        if let Some((form, canary)) = self.find(bytes) {
            panic!("{canary} as {form} in {place}");
        }
    }

    /// Searches every file below a folder, and tells how many there were.
    #[track_caller]
    pub(crate) fn absent_below(&self, folder: &Path) -> usize {
        let files = crate::desk::files_below(folder);
        for (path, bytes) in &files {
            self.absent(&path.display().to_string(), bytes);
        }
        files.len()
    }
}

/// The letters of base64 that follow from the bytes alone, where `shift` other bytes stand before them.
/// The standard and the URL alphabet differ in two signs, which are cut out at.
fn base64(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut padded = vec![0; shift];
    padded.extend(bytes);
    let mut letters = Vec::new();
    for chunk in padded.chunks_exact(3) {
        let word = u32::from(chunk[0]) << 16 | u32::from(chunk[1]) << 8 | u32::from(chunk[2]);
        letters.extend([18, 12, 6, 0].map(|by| LETTERS[(word >> by & 63) as usize]));
    }
    // The first letters hold bits of what stands before.
    let letters = &letters[[0, 2, 3][shift]..];
    let runs = letters.split(|letter| matches!(letter, b'+' | b'/'));
    runs.max_by_key(|run| run.len())
        .unwrap_or_default()
        .to_vec()
}

#[test]
fn every_form_is_found() {
    let canaries = Canaries::new(&["欧阳金雀丁", "13877665544"]);
    assert!(
        canaries
            .find("别人的名字与 13877665543".as_bytes())
            .is_none()
    );
    for canary in ["欧阳金雀丁", "13877665544"] {
        let units = canary.encode_utf16();
        let wide: Vec<u8> = units.flat_map(|unit| unit.to_le_bytes()).collect();
        let national = encoding_rs::GB18030.encode(canary).0.into_owned();
        for bytes in [canary.as_bytes().to_vec(), wide, national] {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(
                canaries
                    .find(&[b"xx", bytes.as_slice(), b"y"].concat())
                    .is_some()
            );
            assert!(canaries.find(hex.as_bytes()).is_some());
            for shift in 0..3 {
                let padded = [&b"abc"[..shift], bytes.as_slice(), b"zz"].concat();
                let encoded = base64(&padded, 0);
                // Cut at signs of one alphabet, it may be that the longest run is another's.
                let whole = canaries.find(&encoded).is_some();
                assert!(whole || encoded.len() < padded.len(), "{canary} {shift}");
            }
        }
    }
}
