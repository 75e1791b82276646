//! The checker on several cores, outcomes in the order of the rows.

use super::{Checker, Outcome};
use crate::read::{RowBuf, Rows};
use crate::refusal::FileRefusal;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows of one batch: large enough that handing it over costs nothing, small enough that a few of
/// them stay in the cache (4,096 rows × about 500 bytes = 2 MiB).
pub const BATCH: usize = 4_096;

/// Batches under way for each worker: one in work, one waiting.
const AHEAD: usize = 2;

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
    sink: &mut dyn FnMut(Outcome),
) -> Result<(), FileRefusal> {
    let mut checker = checker.clone();
    while let Some(row) = rows.next()? {
        sink(checker.row(&row));
    }
    Ok(())
}

fn check(checker: &mut Checker<'_>, batch: &mut Batch) {
    let rows = batch.rows.iter().take(batch.used);
    batch
        .outcomes
        .extend(rows.map(|row| checker.row(&row.row())));
}

/// Deals batches round and collects them in the same round, which keeps their order.
fn deal(
    rows: &mut Rows,
    workers: &[Worker],
    sink: &mut dyn FnMut(Outcome),
) -> Result<(), FileRefusal> {
    let mut spare: Vec<Batch> = Vec::new();
    let mut under_way: VecDeque<&Worker> = VecDeque::new();
    let mut turn = workers.iter().cycle();
    let mut ended = Ok(false);
    while let Ok(false) = ended {
        let mut batch = spare.pop().unwrap_or_else(empty);
        ended = fill(rows, &mut batch);
        let Some(worker) = turn.next() else { break };
        if worker.work.send(batch).is_err() {
            break;
        }
        under_way.push_back(worker);
        if under_way.len() >= workers.len() * AHEAD {
            spare.extend(collect(&mut under_way, sink));
        }
    }
    while !under_way.is_empty() {
        spare.extend(collect(&mut under_way, sink));
    }
    ended.map(|_| ())
}

fn collect(under_way: &mut VecDeque<&Worker>, sink: &mut dyn FnMut(Outcome)) -> Option<Batch> {
    let mut batch = under_way.pop_front()?.done.recv().ok()?;
    batch.outcomes.drain(..).for_each(sink);
    Some(batch)
}

fn empty() -> Batch {
    Batch {
        rows: Vec::with_capacity(BATCH),
        used: 0,
        outcomes: Vec::with_capacity(BATCH),
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
