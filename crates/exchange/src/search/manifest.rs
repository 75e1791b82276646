//! How far an index has read, and which files hold it. A file that the manifest does not name is
//! none of the index: what a stopped process left behind is removed when the folder is opened.

use super::files;
use resolve::search::Segment;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::NamesRead;

/// The manifest of a folder.
const MANIFEST: &str = "names.json";
/// Ending of a segment's file.
const ENDING: &str = "names";
/// What the index was made by; a change of forms or of what is read makes it anew.
const EDITION: u64 = 2;

/// How far the store was read: all names of the submissions below a number, and of later ones
/// those up to a mention and to a later name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// The first submission that was not read to its end.
    pub(super) from: i64,
    /// Of each submission from there on: the last that was read.
    pub(super) open: BTreeMap<i64, NamesRead>,
}

/// What a folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// How far the files have read.
    pub(super) read: Read,
    /// Files of segments.
    pub(super) files: Vec<String>,
    /// The number of the next file.
    pub(super) next: u64,
    /// Digest that tells the store of the index from others.
    pub(super) store: String,
}

impl Manifest {
    /// Reads the manifest of a folder and its segments, when it is of this store and whole; may
    /// remove what else lies there. `None`: there is nothing to use.
    pub(super) fn open(
        folder: &Path,
        store: &str,
        sweep: bool,
    ) -> Option<(Manifest, Vec<Arc<Segment>>)> {
        let text = std::fs::read_to_string(folder.join(MANIFEST)).ok()?;
        let manifest = Manifest::parse(&text).filter(|one| one.store == store)?;
        let opened = manifest
            .files
            .iter()
            .map(|file| files::open(&folder.join(file)));
        match opened.collect::<io::Result<Vec<Segment>>>() {
            Ok(segments) => {
                if sweep {
                    manifest.sweep(folder);
                }
                Some((manifest, segments.into_iter().map(Arc::new).collect()))
            }
            Err(cause) => {
                tracing::warn!(%cause, "the index of names is made anew");
                None
            }
        }
    }

    /// A path for a segment that no file of the folder has.
    pub(super) fn fresh(&mut self, folder: &Path) -> PathBuf {
        loop {
            let name = format!("{:06}.{ENDING}", self.next);
            self.next += 1;
            let path = folder.join(&name);
            if !path.exists() {
                self.files.push(name);
                return path;
            }
        }
    }

    /// Writes the manifest; from here on its files are the index.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let open: Vec<Value> = self
            .read
            .open
            .iter()
            .map(|(one, last)| json!([one, last.mention, last.later]))
            .collect();
        let value = json!({
            "edition": EDITION,
            "store": self.store,
            "from": self.read.from,
            "open": open,
            "next": self.next,
            "files": self.files,
        });
        files::put(&folder.join(MANIFEST), |out| {
            out.write_all(value.to_string().as_bytes())
        })
    }

    /// Removes segments that are not of the index. One that is still read stays readable.
    pub(super) fn sweep(&self, folder: &Path) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let ending = path.extension().and_then(|end| end.to_str());
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let ours = name.is_some_and(|name| self.files.contains(&name));
            if ending == Some(ENDING) && !ours {
                // Left for the next time where it cannot be removed now.
                _ = std::fs::remove_file(path);
            }
        }
    }

    fn parse(text: &str) -> Option<Manifest> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value.get("edition")?.as_u64()? != EDITION {
            return None;
        }
        let open = value.get("open")?.as_array()?.iter().map(|three| {
            let number = |place: usize| three.get(place)?.as_i64();
            let read = NamesRead {
                mention: number(1)?,
                later: number(2)?,
            };
            Some((number(0)?, read))
        });
        let plain = |name: &str| !name.contains(['/', '\\']) && name.ends_with(ENDING);
        let files = value.get("files")?.as_array()?.iter();
        let files = files.map(|file| file.as_str().filter(|name| plain(name)).map(str::to_owned));
        Some(Manifest {
            read: Read {
                from: value.get("from")?.as_i64()?,
                open: open.collect::<Option<_>>()?,
            },
            files: files.collect::<Option<_>>()?,
            next: value.get("next")?.as_u64()?,
            store: value.get("store")?.as_str()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_comes_back_and_nonsense_does_not() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let mut manifest = Manifest {
            read: Read {
                from: 7,
                open: BTreeMap::from([
                    (7, NamesRead::before(7)),
                    (
                        9,
                        NamesRead {
                            mention: i64::MAX,
                            later: 0,
                        },
                    ),
                ]),
            },
            files: Vec::new(),
            next: 3,
            store: "ab".to_owned(),
        };
        let path = manifest.fresh(folder.path());
        assert_eq!(path, folder.path().join("000003.names"));
        manifest.write(folder.path())?;
        let text = std::fs::read_to_string(folder.path().join(MANIFEST))?;
        assert_eq!(Manifest::parse(&text), Some(manifest.clone()));
        for text in [
            "",
            "{}",
            "[]",
            &text.replace("000003", "../000003"),
            &text.replace("\"edition\":2", "\"edition\":1"),
            &text.replace("000003.names", "000003.other"),
        ] {
            assert_eq!(Manifest::parse(text), None, "{text}");
        }
        assert!(
            Manifest::open(folder.path(), "ab", true).is_none(),
            "its file is missing"
        );
        Ok(())
    }

    #[test]
    fn what_is_not_of_the_index_is_removed_and_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["000001.names", "000002.names", "other.txt", MANIFEST] {
            std::fs::write(folder.path().join(name), "x")?;
        }
        let manifest = Manifest {
            files: vec!["000002.names".to_owned()],
            ..Manifest::default()
        };
        manifest.sweep(folder.path());
        let left = |name: &str| folder.path().join(name).exists();
        assert!(!left("000001.names"));
        assert!(left("000002.names") && left("other.txt") && left(MANIFEST));
        Ok(())
    }
}
