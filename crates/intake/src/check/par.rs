//! The checker on several cores, outcomes in the order of the rows.

use super::{Checker, Outcome};
use crate::read::{RowBuf, Rows};
use crate::refusal::FileRefusal;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows of one batch: large enough that handing it over costs nothing, small enough that a few of
/// them stay in the cache (1,024 rows × about 1 kB = 1 MiB).
pub const BATCH: usize = 1_024;

/// Batches under way for each worker: one in work, one waiting.
const AHEAD: usize = 2;

#[derive(Default)]
struct Batch {
    rows: Vec<RowBuf>,
    used: usize,
    outcomes: Vec<Outcome>,
}

struct Worker {
    work: SyncSender<Batch>,
    done: Receiver<Batch>,
}

/// Reads all rows, checks them on `threads` threads and gives every outcome to `sink` in order.
///
/// # Errors
/// The refusal that ended the reading; outcomes of rows before it have been given.
pub fn run(
    rows: &mut Rows,
    checker: &Checker<'_>,
    threads: usize,
    sink: &mut dyn FnMut(Outcome),
) -> Result<(), FileRefusal> {
    look(rows, checker, threads, &mut |outcome| {
        sink(std::mem::replace(outcome, Outcome::Blank));
    })
}

/// As [`run`], but `sink` only looks at the outcome and takes of it what it needs. What it leaves
/// goes back to the thread that made it, which costs half as much as freeing it elsewhere.
///
/// # Errors
/// As [`run`].
pub fn look(
    rows: &mut Rows,
    checker: &Checker<'_>,
    threads: usize,
    sink: &mut dyn FnMut(&mut Outcome),
) -> Result<(), FileRefusal> {
    if threads <= 1 {
        return alone(rows, checker, sink);
    }
    std::thread::scope(|scope| {
        let workers: Vec<Worker> = (0..threads)
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
                Worker { work, done }
            })
            .collect();
        deal(rows, &workers, sink)
    })
}

fn alone(
    rows: &mut Rows,
    checker: &Checker<'_>,
    sink: &mut dyn FnMut(&mut Outcome),
) -> Result<(), FileRefusal> {
    let mut checker = checker.clone();
    while let Some(row) = rows.next()? {
        sink(&mut checker.row(&row));
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

/// Deals batches round and collects them in the same round, which keeps their order. A batch always
/// goes back to the worker that filled it.
fn deal(
    rows: &mut Rows,
    workers: &[Worker],
    sink: &mut dyn FnMut(&mut Outcome),
) -> Result<(), FileRefusal> {
    let mut under_way: VecDeque<&Worker> = VecDeque::new();
    let mut ended = Ok(false);
    let mut turn = workers.iter().cycle();
    while matches!(ended, Ok(false)) {
        let Some(worker) = turn.next() else { break };
        let mut batch = Batch::default();
        // The oldest batch under way is this worker's own: turns and collections go round alike.
        if under_way.len() >= workers.len() * AHEAD {
            batch = collect(&mut under_way, sink).unwrap_or_default();
        }
        ended = fill(rows, &mut batch);
        if worker.work.send(batch).is_err() {
            break;
        }
        under_way.push_back(worker);
    }
    while !under_way.is_empty() {
        collect(&mut under_way, sink);
    }
    ended.map(|_| ())
}

fn collect(under_way: &mut VecDeque<&Worker>, sink: &mut dyn FnMut(&mut Outcome)) -> Option<Batch> {
    let mut batch = under_way.pop_front()?.done.recv().ok()?;
    batch.outcomes.iter_mut().for_each(sink);
    Some(batch)
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
