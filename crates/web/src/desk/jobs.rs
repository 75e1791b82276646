//! Submissions under way: few at a time, in memory only. A process that ends loses nothing that
//! counts, because the same file sent again goes on where it stopped.

use crate::Site;
use credit::limits::{RUNNING_SUBMISSIONS, SHOWN_SUBMISSIONS};
use credit::subject::SubmissionId;
use exchange::ingest::{self, Progress, Quiet, Receipt, Request};
use policy::Officer;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long one answer waits for its submission; below the limit on every request.
const PATIENCE: Duration = Duration::from_secs(100);

/// What became of a submission.
pub(crate) type Outcome = Result<Receipt, exchange::Error>;

/// One submission under way or just ended.
pub(crate) struct Job {
    /// Its id in addresses: unpredictable.
    pub(crate) id: String,
    /// The file's name, as sent.
    pub(crate) file: String,
    /// The theme's code, to begin again with.
    pub(crate) theme: String,
    /// The supplier's code, likewise.
    pub(crate) supplier: String,
    /// Who sent it: its progress is shown to nobody else.
    pub(crate) sender: Officer,
    checked: AtomicU64,
    applied: AtomicU64,
    ended: OnceLock<Outcome>,
}

impl Job {
    /// Rows checked and rows applied so far.
    pub(crate) fn rows(&self) -> (u64, u64) {
        (
            self.checked.load(Ordering::Relaxed),
            self.applied.load(Ordering::Relaxed),
        )
    }

    /// How it ended, once it has.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.ended.get()
    }

    fn finish(&self, outcome: Outcome) {
        // Set once: the one task that runs it is the only caller.
        let _set = self.ended.set(outcome);
    }
}

impl Progress for Job {
    fn rows_checked(&self, rows: u64) {
        self.checked.fetch_add(rows, Ordering::Relaxed);
    }

    fn rows_applied(&self, rows: u64) {
        self.applied.fetch_add(rows, Ordering::Relaxed);
    }

    fn done(&self) {}
}

/// The jobs of this process: a few running, and the last that ended, until they are asked for.
pub(crate) struct Jobs {
    seats: Arc<Semaphore>,
    known: Mutex<VecDeque<Arc<Job>>>,
}

impl Default for Jobs {
    fn default() -> Jobs {
        Jobs {
            seats: Arc::new(Semaphore::new(RUNNING_SUBMISSIONS)),
            known: Mutex::new(VecDeque::new()),
        }
    }
}

impl Jobs {
    /// A seat for one upload, taken before its body is read; `None` when all are taken.
    pub(crate) fn seat(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.seats).try_acquire_owned().ok()
    }

    /// A job by its id.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Job>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|job| job.id == id).cloned()
    }

    /// The officer who sent a submission, where this process still knows.
    pub(crate) fn sender(&self, id: &SubmissionId) -> Option<Officer> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |job: &&Arc<Job>| matches!(job.outcome(), Some(Ok(receipt)) if receipt.id == *id);
        known.iter().find(of).map(|job| job.sender.clone())
    }

    /// Starts a submission that goes on although nobody waits for it.
    pub(crate) fn start(
        &self,
        site: &Site,
        mut request: Request,
        sender: Officer,
        seat: OwnedSemaphorePermit,
    ) -> Arc<Job> {
        request.told.officer = Some(sender.name().to_owned());
        let job = Arc::new(Job {
            id: site
                .office
                .nonce()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            file: request.file.name.clone(),
            theme: request.theme.clone(),
            supplier: request.supplier.clone().unwrap_or_default(),
            sender,
            checked: AtomicU64::new(0),
            applied: AtomicU64::new(0),
            ended: OnceLock::new(),
        });
        self.remember(Arc::clone(&job));
        let (office, running) = (site.office.clone(), Arc::clone(&job));
        tokio::spawn(async move {
            let progress: Arc<dyn Progress> = Arc::clone(&running) as Arc<dyn Progress>;
            let outcome = ingest::submit(&office, request, progress).await;
            running.finish(outcome);
            drop(seat);
        });
        job
    }

    /// Runs a submission to its end and waits for it; `None` when it takes longer than one answer
    /// may. It goes on then, and the same file sent again finds it.
    pub(crate) async fn run(
        site: &Site,
        request: Request,
        seat: OwnedSemaphorePermit,
    ) -> Option<Outcome> {
        let office = site.office.clone();
        let running = tokio::spawn(async move {
            let outcome = ingest::submit(&office, request, Arc::new(Quiet)).await;
            drop(seat);
            outcome
        });
        match tokio::time::timeout(PATIENCE, running).await {
            Ok(Ok(outcome)) => Some(outcome),
            Ok(Err(cause)) => Some(Err(exchange::Error::inner(
                "a submission ended early",
                cause,
            ))),
            Err(_) => None,
        }
    }

    fn remember(&self, job: Arc<Job>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back(job);
        while known.len() > SHOWN_SUBMISSIONS {
            known.pop_front();
        }
    }
}
