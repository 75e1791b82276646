//! Following the store: new names go into a small segment in memory; when that is large it becomes
//! a file, and when there are many files all names are read anew into one. Each step can be cut off
//! anywhere: what the manifest does not name was not done.

use super::manifest::{Manifest, Read};
use super::{Names, State, files};
use crate::error::{Error, Result};
use crate::office::Office;
use resolve::search::{Builder, Index, Segment};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use store::{NameRow, NameSource, NamesRead};

/// Names read from the store at once: some 4 MB.
const PAGE: usize = 20_000;
/// Names in memory that become a file: a segment of so many is made in a few hundredths of a second.
const TAIL: usize = 50_000;
/// Files that are read anew into one.
const FILES: usize = 8;
/// Submissions that are looked at at once.
const SOURCES: usize = 1_000;
/// Pause between two looks at the store; a name can be found so much later than it is stored.
const PAUSE: Duration = Duration::from_secs(1);

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// So many names came.
    Added(usize),
    /// All names were read anew.
    Rebuilt(usize),
}

/// What only the one who follows holds.
#[derive(Default)]
pub(super) struct Tail {
    opened: bool,
    manifest: Manifest,
    segments: Vec<Arc<Segment>>,
    names: Vec<NameRow>,
}

impl Names {
    /// Brings the index up to what the store holds now.
    ///
    /// # Errors
    /// [`Error::Store`] when the store failed, [`Error::Inner`] when the index could not be written;
    /// it is then as it was.
    pub async fn follow(&self, office: &Office) -> Result<Followed> {
        let mut tail = self.turn.lock().await;
        if !tail.opened {
            self.open(office, &mut tail);
        }
        let many = self.writes && tail.manifest.files.len() >= FILES;
        if !self.is_ready() || many {
            return self.rebuild(office, &mut tail).await.map(Followed::Rebuilt);
        }
        let mut read = self.state().read;
        let new = new_names(office, &mut read).await?;
        let count = new.len();
        if count == 0 {
            let mut state = self.state();
            state.read = read;
            self.set(state);
            return Ok(Followed::Added(0));
        }
        tail.names.extend(new);
        self.publish(&mut tail, read).map_err(broken)?;
        Ok(Followed::Added(count))
    }

    /// Follows until it is dropped. Failures are logged and tried again.
    pub async fn keep(self, office: Office) {
        loop {
            match self.follow(&office).await {
                Ok(Followed::Added(0)) => {}
                Ok(done) => tracing::info!(?done, names = self.count(), "names indexed"),
                Err(error) => tracing::warn!(%error, "the index of names is behind"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Has everything read anew at the next step; until then the store's own tables answer.
    pub fn forget(&self) {
        self.set(State::default());
    }

    /// Takes up what the folder holds.
    fn open(&self, office: &Office, tail: &mut Tail) {
        tail.opened = true;
        let store = office.site_key.keyed16("names/index", &[]);
        tail.manifest.store = store.iter().map(|byte| format!("{byte:02x}")).collect();
        let Some(folder) = &self.folder else {
            return;
        };
        if let Some((manifest, segments)) =
            Manifest::open(folder, &tail.manifest.store, self.writes)
        {
            self.set(State {
                index: Index::new(segments.clone()),
                ready: true,
                read: manifest.read.clone(),
            });
            tail.manifest = manifest;
            tail.segments = segments;
        }
    }

    /// Reads all names into one segment.
    async fn rebuild(&self, office: &Office, tail: &mut Tail) -> Result<usize> {
        let mut read = Read::default();
        let mut builder = Builder::new();
        loop {
            let page = new_names(office, &mut read).await?;
            if page.is_empty() {
                break;
            }
            push(&mut builder, &page);
        }
        let count = builder.names();
        let mut manifest = Manifest {
            files: Vec::new(),
            read: read.clone(),
            ..tail.manifest.clone()
        };
        let folder = self.written().cloned();
        let made = tokio::task::spawn_blocking(move || -> io::Result<(Segment, Manifest)> {
            let Some(folder) = folder else {
                return Ok((files::in_memory(builder)?, manifest));
            };
            std::fs::create_dir_all(&folder)?;
            let segment = files::write(builder, &manifest.fresh(&folder))?;
            manifest.write(&folder)?;
            manifest.sweep(&folder);
            Ok((segment, manifest))
        });
        let made = made.await.map_err(|cause| Error::inner(BROKEN, cause))?;
        let (segment, manifest) = made.map_err(broken)?;
        tail.segments = vec![Arc::new(segment)];
        tail.manifest = manifest;
        tail.names.clear();
        self.set(State {
            index: Index::new(tail.segments.clone()),
            ready: true,
            read,
        });
        Ok(count)
    }

    /// Lets the new names be found; a long tail becomes a file first.
    fn publish(&self, tail: &mut Tail, read: Read) -> io::Result<()> {
        let mut builder = Builder::new();
        push(&mut builder, &tail.names);
        let mut segments = tail.segments.clone();
        match self.written().filter(|_| tail.names.len() >= TAIL) {
            Some(folder) => {
                let mut manifest = tail.manifest.clone();
                let segment = files::write(builder, &manifest.fresh(folder))?;
                manifest.read = read.clone();
                manifest.write(folder)?;
                segments.push(Arc::new(segment));
                tail.manifest = manifest;
                tail.segments.clone_from(&segments);
                tail.names.clear();
            }
            None => segments.push(Arc::new(files::in_memory(builder)?)),
        }
        self.set(State {
            index: Index::new(segments),
            ready: true,
            read,
        });
        Ok(())
    }
}

const BROKEN: &str = "the index of names could not be made";

fn broken(cause: io::Error) -> Error {
    Error::inner(BROKEN, cause)
}

fn push(builder: &mut Builder, names: &[NameRow]) {
    for name in names {
        builder.push(name.mention.cast_unsigned(), &name.form);
    }
}

/// The next names that were not read yet, a page at most; none when all were. A submission is left
/// behind once it has ended and was read to its end after that.
async fn new_names(office: &Office, read: &mut Read) -> Result<Vec<NameRow>> {
    let mut next = read.from;
    loop {
        let sources = office.store.names_sources(next, SOURCES).await?;
        let Some(last) = sources.last() else {
            return Ok(Vec::new());
        };
        next = last.submission + 1;
        for source in sources {
            let page = source_names(office, read, source).await?;
            if !page.is_empty() {
                return Ok(page);
            }
        }
    }
}

/// New names of one submission, of new mentions and of those on file.
async fn source_names(
    office: &Office,
    read: &mut Read,
    source: NameSource,
) -> Result<Vec<NameRow>> {
    let submission = source.submission;
    let after = read.open.get(&submission).copied();
    let after = after.unwrap_or_else(|| NamesRead::before(submission));
    let (page, last) = office.store.names_stream(submission, after, PAGE).await?;
    read.open.insert(submission, last);
    if page.is_empty() && source.done {
        settle(read, submission);
    }
    Ok(page)
}

/// Forgets what was read of a submission that has ended, and moves on when it is the first.
fn settle(read: &mut Read, submission: i64) {
    if read.open.keys().next() == Some(&submission) {
        read.open.remove(&submission);
        read.from = submission + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_submission_is_left_behind() {
        let mut read = Read::default();
        read.open.insert(1, NamesRead::before(1));
        read.open.insert(2, NamesRead::before(2));
        settle(&mut read, 2);
        assert_eq!(read.from, 0);
        settle(&mut read, 1);
        settle(&mut read, 2);
        assert_eq!((read.from, read.open.len()), (3, 0));
    }
}
