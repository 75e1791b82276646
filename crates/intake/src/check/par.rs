//! The checker on several cores, outcomes in the order of the rows.
//!
//! The thread that reads also checks: whenever the others have enough before them it takes a batch
//! itself. So as many threads run as were asked for, none of them waits for another, and memory
//! goes back to the thread that took it, which costs half as much as freeing it elsewhere.

use super::{Checker, Outcome};
use crate::read::{RowBuf, Rows};
use crate::refusal::FileRefusal;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows of one batch. A row with its outcome takes about 2 kB, so a batch (128 × 2 kB = 256 kB)
/// stays in a core's own cache on its way from one thread to the other; with 1,024 rows it did not,
/// and two threads used twice the time of one. Handing a batch over costs some microseconds, the
/// checking of it some hundreds.
pub const BATCH: usize = 128;

/// Batches before each worker: enough that it never waits while the reader checks one itself.
const AHEAD: usize = 4;

/// Batches under way at most, for each thread: what bounds the memory.
const UNDER_WAY: usize = 16;

#[derive(Default)]
struct Batch {
    rows: Vec<RowBuf>,
    used: usize,
    outcomes: Vec<Outcome>,
}

struct Worker {
    work: SyncSender<Batch>,
    done: Receiver<Batch>,
    /// Batches that this worker has filled before; their memory is its own.
    spare: Vec<Batch>,
    before_it: usize,
}

/// Where a batch is being checked, in the order of the rows.
enum Turn {
    Here(Batch),
    There(usize),
}

/// Reads all rows, checks them on `threads` threads and gives every outcome to `sink` in order,
/// until it says stop by `false`: then nothing more is read. `sink` takes of an outcome what it
/// needs; what it leaves goes back to the thread that made it.
///
/// # Errors
/// The refusal that ended the reading; outcomes of rows before it have been given.
pub fn run(
    rows: &mut Rows,
    checker: &Checker<'_>,
    threads: usize,
    sink: &mut dyn FnMut(&mut Outcome) -> bool,
) -> Result<(), FileRefusal> {
    if threads <= 1 {
        return alone(rows, checker, sink);
    }
    std::thread::scope(|scope| {
        let workers: Vec<Worker> = (1..threads)
            .map(|_| {
                let (work, inbox) = sync_channel::<Batch>(AHEAD);
                let (outbox, done) = sync_channel::<Batch>(AHEAD);
                let mut checker = checker.clone();
                scope.spawn(move || {
                    for mut batch in inbox {
                        check(&mut checker, &mut batch);
                        if outbox.send(batch).is_err() {
                            return;
                        }
                    }
                });
                Worker {
                    work,
                    done,
                    spare: Vec::new(),
                    before_it: 0,
                }
            })
            .collect();
        let mut desk = Desk {
            workers,
            turns: VecDeque::new(),
            checker: checker.clone(),
            spare: Vec::new(),
        };
        desk.deal(rows, sink)
    })
}

fn alone(
    rows: &mut Rows,
    checker: &Checker<'_>,
    sink: &mut dyn FnMut(&mut Outcome) -> bool,
) -> Result<(), FileRefusal> {
    let mut checker = checker.clone();
    while let Some(row) = rows.next()? {
        if !sink(&mut checker.row(&row)) {
            break;
        }
    }
    Ok(())
}

fn check(checker: &mut Checker<'_>, batch: &mut Batch) {
    batch.outcomes.clear();
    let rows = batch.rows.iter().take(batch.used);
    batch
        .outcomes
        .extend(rows.map(|row| checker.row(&row.row())));
}

/// The reading thread's side.
struct Desk<'t> {
    workers: Vec<Worker>,
    turns: VecDeque<Turn>,
    checker: Checker<'t>,
    spare: Vec<Batch>,
}

impl Desk<'_> {
    fn deal(
        &mut self,
        rows: &mut Rows,
        sink: &mut dyn FnMut(&mut Outcome) -> bool,
    ) -> Result<(), FileRefusal> {
        let mut ended = Ok(false);
        while matches!(ended, Ok(false)) {
            let worker = self.idlest();
            let spare = match worker.and_then(|at| self.workers.get_mut(at)) {
                Some(worker) => &mut worker.spare,
                None => &mut self.spare,
            };
            let mut batch = spare.pop().unwrap_or_default();
            ended = fill(rows, &mut batch);
            self.place(batch, worker);
            let most = UNDER_WAY * (self.workers.len() + 1);
            if !self.collect(most, sink) {
                // The workers end when what they get their batches from is gone.
                return Ok(());
            }
        }
        if !self.collect(0, sink) {
            return Ok(());
        }
        ended.map(|_| ())
    }

    /// The worker with the least before it, if one has room.
    fn idlest(&self) -> Option<usize> {
        let before = |(at, worker): (usize, &Worker)| (worker.before_it, at);
        let idlest = self.workers.iter().enumerate().map(before).min();
        idlest
            .filter(|(before_it, _)| *before_it < AHEAD)
            .map(|(_, at)| at)
    }

    fn place(&mut self, mut batch: Batch, worker: Option<usize>) {
        if let Some(at) = worker
            && let Some(worker) = self.workers.get_mut(at)
        {
            match worker.work.send(batch) {
                Ok(()) => {
                    worker.before_it += 1;
                    self.turns.push_back(Turn::There(at));
                    return;
                }
                // A worker that is gone has panicked, which the scope will pass on.
                Err(back) => batch = back.0,
            }
        }
        check(&mut self.checker, &mut batch);
        self.turns.push_back(Turn::Here(batch));
    }

    /// Gives away what is ready, and waits while more than `most` batches are under way. `false`
    /// when the sink has enough.
    fn collect(&mut self, most: usize, sink: &mut dyn FnMut(&mut Outcome) -> bool) -> bool {
        while let Some(turn) = self.turns.pop_front() {
            match turn {
                Turn::Here(mut batch) => {
                    if !batch.outcomes.iter_mut().all(&mut *sink) {
                        return false;
                    }
                    self.spare.push(batch);
                }
                Turn::There(at) => {
                    let Some(worker) = self.workers.get_mut(at) else {
                        continue;
                    };
                    let batch = if self.turns.len() >= most {
                        worker.done.recv().ok()
                    } else {
                        worker.done.try_recv().ok()
                    };
                    let Some(mut batch) = batch else {
                        if self.turns.len() >= most {
                            // Only a worker that has panicked gives nothing.
                            continue;
                        }
                        self.turns.push_front(Turn::There(at));
                        return true;
                    };
                    worker.before_it -= 1;
                    if !batch.outcomes.iter_mut().all(&mut *sink) {
                        return false;
                    }
                    worker.spare.push(batch);
                }
            }
        }
        true
    }
}

/// Fills a batch; `Ok(true)` at the end of the file.
fn fill(rows: &mut Rows, batch: &mut Batch) -> Result<bool, FileRefusal> {
    batch.used = 0;
    while batch.used < BATCH {
        let Some(row) = rows.next()? else {
            return Ok(true);
        };
        if batch.rows.len() == batch.used {
            batch.rows.push(RowBuf::new());
        }
        if let Some(buffer) = batch.rows.get_mut(batch.used) {
            buffer.copy_from(&row);
        }
        batch.used += 1;
    }
    Ok(false)
}
