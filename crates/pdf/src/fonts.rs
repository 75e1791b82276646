//! Finding a font that can print a report: Chinese, Latin and Cyrillic, regular and bold.
//!
//! None is shipped: a Chinese font is larger than the program. Only files whose names promise such
//! a font are opened, so that a machine with thousands of fonts starts as fast as one with two.

use std::path::{Path, PathBuf};
use thiserror::Error;
use typst::foundations::Bytes;
use typst::text::Font;

/// Where system fonts stand on the machines this program is made for.
const SYSTEM_DIRECTORIES: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
];

/// Families with the characters of simplified Chinese, most wanted first; the start of a family's
/// name is enough.
const CHINESE: &[&str] = &[
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK",
    "Source Han Sans",
    "WenQuanYi",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
];

/// Starts of file names of these families, lower case, with spaces and hyphens left out.
const FILE_NAMES: &[&str] = &[
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "wqy",
    "msyh",
    "pingfang",
    "simhei",
    "droidsansfallback",
];

/// What a font must be able to print.
const PROBE: &str = "公信用报告异议复";

/// Depth of folders and number of files looked at: system folders have 3 levels and some thousand
/// files; beyond that it is no font folder.
const DEPTH: usize = 6;
const FILES: usize = 20_000;

/// Largest font file: Chinese collections reach 40 MB; × 3 for room.
const FONT_BYTES: u64 = 128 << 20;

/// Where to look for fonts.
#[derive(Clone, Debug)]
pub enum FontSource {
    /// The usual directories of the operating system.
    System,
    /// A directory, with its sub-directories.
    Directory(PathBuf),
    /// These files.
    Files(Vec<PathBuf>),
}

/// No font with Chinese characters was found.
#[derive(Debug, Error)]
#[error(
    "No font with Chinese characters was found in {looked_in}. Install one \
     (on Debian: apt-get install fonts-noto-cjk) or set GONGXIN_FONTS to a directory that holds \
     one, for instance Noto Sans CJK SC as OTF, TTF or TTC."
)]
pub struct NoFont {
    /// Where it was looked for.
    pub looked_in: String,
}

/// The faces in use.
pub(crate) struct Faces {
    /// Regular and bold.
    pub(crate) fonts: Vec<Font>,
    /// Their families, most wanted first.
    pub(crate) families: Vec<String>,
    /// A bit for every character that all of them have.
    covered: Vec<u64>,
}

impl Faces {
    /// Whether a character can be printed.
    pub(crate) fn prints(&self, character: char) -> bool {
        let code = u32::from(character);
        let word = self.covered.get(code as usize / 64).copied().unwrap_or(0);
        word >> (code % 64) & 1 == 1
    }
}

/// One bit a code point: looking up a font's own runs for every character of a report is slow.
fn covered_by(fonts: &[Font]) -> Vec<u64> {
    let mut covered = vec![u64::MAX; char::MAX as usize / 64 + 1];
    for font in fonts {
        let mut own = vec![0_u64; covered.len()];
        for code in font.info().coverage.iter() {
            if let Some(word) = own.get_mut(code as usize / 64) {
                *word |= 1 << (code % 64);
            }
        }
        covered
            .iter_mut()
            .zip(own)
            .for_each(|(all, own)| *all &= own);
    }
    covered
}

/// Loads the best family that prints Chinese.
pub(crate) fn load(source: &FontSource) -> Result<Faces, NoFont> {
    let files = match source {
        FontSource::System => system_files(),
        FontSource::Directory(directory) => directory_files(directory),
        FontSource::Files(files) => files.clone(),
    };
    let found: Vec<Font> = files.iter().flat_map(|file| faces_of(file)).collect();
    let family = best_family(&found).ok_or_else(|| NoFont {
        looked_in: looked_in(source),
    })?;
    let fonts: Vec<Font> = found
        .into_iter()
        .filter(|font| font.info().family.as_str() == family)
        .collect();
    let covered = covered_by(&fonts);
    Ok(Faces {
        fonts,
        families: vec![family],
        covered,
    })
}

fn looked_in(source: &FontSource) -> String {
    match source {
        FontSource::System => SYSTEM_DIRECTORIES.join(", "),
        FontSource::Directory(directory) => directory.display().to_string(),
        FontSource::Files(files) => format!("{} given files", files.len()),
    }
}

fn system_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for directory in SYSTEM_DIRECTORIES {
        files.extend(directory_files(Path::new(directory)));
    }
    files.retain(|file| has_wanted_name(file));
    files
}

fn has_wanted_name(file: &Path) -> bool {
    let name: String = file
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase())
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    FILE_NAMES.iter().any(|wanted| name.starts_with(wanted))
}

/// Font files under a directory, in a fixed order: the same machine always picks the same font.
fn directory_files(directory: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![(directory.to_path_buf(), 0_usize)];
    let mut files = Vec::new();
    while let Some((directory, depth)) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&directory) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() && depth < DEPTH {
                waiting.push((path, depth + 1));
            } else if is_font(&path) && files.len() < FILES {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn is_font(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|ext| ext.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("otf" | "ttf" | "ttc" | "otc"))
}

/// Faces of a file that can print Chinese; a file that cannot be read has none.
fn faces_of(file: &Path) -> Vec<Font> {
    let small = std::fs::metadata(file).is_ok_and(|meta| meta.len() <= FONT_BYTES);
    if !small {
        return Vec::new();
    }
    let Ok(bytes) = std::fs::read(file) else {
        return Vec::new();
    };
    Font::iter(Bytes::new(bytes))
        .filter(prints_chinese)
        .collect()
}

fn prints_chinese(font: &Font) -> bool {
    PROBE
        .chars()
        .all(|c| font.info().coverage.contains(u32::from(c)))
}

fn best_family(found: &[Font]) -> Option<String> {
    let family = |font: &Font| font.info().family.as_str().to_owned();
    let wanted = CHINESE.iter().find_map(|start| {
        found
            .iter()
            .map(family)
            .find(|name| name.starts_with(start))
    });
    wanted.or_else(|| found.iter().map(family).min())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_directory_says_how_to_get_a_font() {
        let missing = FontSource::Directory(PathBuf::from("/nonexistent/fonts"));
        let error = load(&missing)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains("fonts-noto-cjk"), "{error}");
        assert!(error.contains("GONGXIN_FONTS"), "{error}");
    }

    #[test]
    fn names_of_wanted_files_are_recognised() {
        assert!(has_wanted_name(Path::new("/x/NotoSansCJK-Regular.ttc")));
        assert!(has_wanted_name(Path::new("/x/NotoSansSC[wght].ttf")));
        assert!(!has_wanted_name(Path::new("/x/DejaVuSans.ttf")));
        assert!(!has_wanted_name(Path::new("/")));
    }
}
