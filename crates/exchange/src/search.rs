//! Finding organisations by name with forgiven slips: a derived index beside the store.
//!
//! [`Names`] keeps the index: it is read from its folder, follows the store, is made anew when it
//! is missing or damaged, and says when it is not there yet, when exact names, beginnings and parts
//! are still found in the store's own tables. Every hit is looked up in the store again and shown
//! only as the public may see it, so the index may be behind and is no way around the lock. No
//! person, individual business or representative is read into it (rights 7).

mod ask;
mod files;
mod follow;
mod list;
mod manifest;
mod near;

pub use ask::{Found, FoundHit, by_name};
pub use follow::Followed;
pub use list::list_index;
pub(crate) use near::near;
pub use resolve::search::{Hit, Index, Kind, Page, Query};

use manifest::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The index of names of one store, shared by all who ask. Cheap to clone.
#[derive(Clone)]
pub struct Names {
    state: Arc<RwLock<State>>,
    /// One who follows at a time.
    turn: Arc<tokio::sync::Mutex<follow::Tail>>,
    folder: Option<PathBuf>,
    writes: bool,
}

/// What those who ask see.
#[derive(Clone, Default)]
struct State {
    index: Index,
    ready: bool,
    read: Read,
}

impl Names {
    /// The index kept in a folder; it is not ready before it was followed once.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Names {
        Names::new(Some(folder.to_path_buf()))
    }

    /// The same for a process that only reads: what is new stays in memory, and nothing in the
    /// folder is changed.
    #[must_use]
    pub fn reading(folder: &Path) -> Names {
        Names {
            writes: false,
            ..Names::in_folder(folder)
        }
    }

    /// An index that is kept in memory only.
    #[must_use]
    pub fn in_memory() -> Names {
        Names::new(None)
    }

    fn new(folder: Option<PathBuf>) -> Names {
        Names {
            state: Arc::default(),
            turn: Arc::default(),
            folder,
            writes: true,
        }
    }

    /// The folder, for one who writes there.
    fn written(&self) -> Option<&PathBuf> {
        self.folder.as_ref().filter(|_| self.writes)
    }

    /// Whether all names that stood in the store when it was last followed can be found.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.state().ready
    }

    /// How many names are in it; an organisation has as many as it bore.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.state().index.names()
    }

    fn state(&self) -> State {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.clone()
    }

    fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}
