//! Giving events their places, signing heads, asking witnesses.

use super::BATCH;
use super::show::note_of;
use crate::error::{Error, Result};
use crate::office::{Entropy, Now};
use seal::checkpoint::Checkpoint;
use seal::note::{Kind, Note, NoteKey};
use seal::tile::{Tile, Tiles};
use seal::witness::Request;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use store::{JournalHead, NewEvent, Round, Store, Turn};
use tokio::sync::{Mutex, mpsc, oneshot};

/// Writers that may wait for their proof at once; who comes later waits for a place.
const WAITING: usize = 16_384;

/// Turns in a row that bring no writer before a batch is closed.
const QUIET_TURNS: u32 = 2;

/// Turns that a batch is kept open for at most: a turn is as long as those who are ready need, some
/// tens of microseconds for a few, some milliseconds for thousands.
const TURNS: u32 = 64;

/// Who signs the heads of the log.
#[derive(Clone)]
pub enum LogKey {
    /// This process.
    Here(seal::Signer),
    /// Another process, which gets the request of a witness and answers with the signature line.
    Apart {
        /// Its public key.
        key: NoteKey,
        /// Asks it.
        ask: Ask,
    },
}

/// Sends a request to sign a head, and gives the answer: signature lines. An answer that names the
/// size that was signed last is given as that size.
pub type Ask = Arc<dyn Fn(&str) -> io::Result<std::result::Result<String, u64>> + Send + Sync>;

/// A witness that is asked for its signature.
#[derive(Clone)]
pub struct Witness {
    /// Its public key.
    pub key: NoteKey,
    /// Asks it.
    pub ask: Ask,
}

/// An event that stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its place.
    pub index: u64,
    /// A signed head that covers it.
    pub head: JournalHead,
}

/// What one run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Another process gives events their places.
    Elsewhere,
    /// So many events got theirs, and the newest head is signed.
    Done(u64),
}

/// The writing side of the journal. Cheap to clone; all clones share one turn.
#[derive(Clone)]
pub struct Journal {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<Store>,
    now: Now,
    entropy: Entropy,
    holder: String,
    origin: String,
    key: LogKey,
    witnesses: Vec<Witness>,
    turn: Mutex<Option<Turn>>,
    /// Held while witnesses are asked, so that a slow one is not asked twice at once.
    asking: Mutex<()>,
    append: mpsc::Sender<Waiting>,
    appended: Mutex<mpsc::Receiver<Waiting>>,
}

/// A writer that waits for its proof.
struct Waiting {
    event: NewEvent,
    told: oneshot::Sender<Written>,
}

/// What a journal works with: a store, the clock and entropy.
#[derive(Clone)]
pub struct Tools {
    /// The store.
    pub store: Arc<Store>,
    /// The clock.
    pub now: Now,
    /// Entropy.
    pub entropy: Entropy,
}

impl From<&crate::Office> for Tools {
    fn from(office: &crate::Office) -> Tools {
        Tools {
            store: Arc::clone(&office.store),
            now: Arc::clone(&office.now),
            entropy: Arc::clone(&office.entropy),
        }
    }
}

impl Journal {
    /// Opens the journal of a store under a name, which stays the same for ever.
    ///
    /// # Errors
    /// [`Error::Request`] when the log has another name or key.
    pub async fn open(
        tools: impl Into<Tools>,
        origin: Option<&str>,
        key: LogKey,
        witnesses: Vec<Witness>,
    ) -> Result<Journal> {
        let Tools {
            store,
            now,
            entropy,
        } = tools.into();
        let verifier = match &key {
            LogKey::Here(signer) => signer.verifier(),
            LogKey::Apart { key, .. } => key.verifier().clone(),
        };
        let known = store.journal_identity().await?;
        let wanted = match (origin, &known, &key) {
            (Some(origin), ..) => origin.to_owned(),
            (None, Some((origin, _)), _) => origin.clone(),
            (None, None, LogKey::Apart { key, .. }) => key.name().to_owned(),
            (None, None, LogKey::Here(_)) => super::default_origin(&verifier),
        };
        let public = NoteKey::new(&wanted, Kind::Ed25519, verifier).ok_or_else(bad_origin)?;
        let text = public.to_string();
        let named = store.journal_name(&wanted, &text, now()).await?;
        if named != (wanted.clone(), text) {
            return Err(another_identity(&named.0));
        }
        let (append, appended) = mpsc::channel(WAITING);
        let mut nonce = [0_u8; 16];
        entropy(&mut nonce);
        let holder: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Journal {
            inner: Arc::new(Inner {
                store,
                now,
                entropy,
                holder,
                origin: wanted,
                key,
                witnesses,
                turn: Mutex::new(None),
                asking: Mutex::new(()),
                append,
                appended: Mutex::new(appended),
            }),
        })
    }

    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.inner.origin
    }

    /// Appends an event that is nothing but itself, and waits until a signed head covers it. Somebody
    /// must run [`Journal::keep`] meanwhile.
    ///
    /// # Errors
    /// [`Error::Inner`] when the journal ends or its batch fails; then the event is not in the log.
    pub async fn append(&self, event: NewEvent) -> Result<Written> {
        let (told, hears) = oneshot::channel();
        let sent = self.inner.append.send(Waiting { event, told }).await;
        sent.map_err(|_| Error::inner("the journal has ended", "closed"))?;
        hears
            .await
            .map_err(|_| Error::inner("the journal could not write a batch", "not written"))
    }

    /// Gives places and signs, for ever: as soon as writers wait for it, and else each `interval`.
    /// A failure is logged and tried again.
    pub async fn keep(self, interval: Duration) {
        loop {
            let batch = self.gather(interval).await;
            if let Err(error) = self.serve(batch).await {
                tracing::error!(error = ?error, "the journal could not be written");
                tokio::time::sleep(interval).await;
            }
        }
    }

    /// Writers that wait, once the first of them came; none when none did in time, and what other
    /// transactions left is to be looked for.
    ///
    /// The writers of the last batch were told a moment ago and most of them are about to write again:
    /// before the batch is closed everybody who is ready has a turn, until two turns bring nobody.
    /// So a batch costs one commit however many write, and who writes alone waits for nobody.
    async fn gather(&self, interval: Duration) -> Vec<Waiting> {
        let mut waiting = Vec::new();
        let mut appended = self.inner.appended.lock().await;
        let many = appended.recv_many(&mut waiting, BATCH);
        if tokio::time::timeout(interval, many).await.is_err() {
            return waiting;
        }
        let mut quiet = 0;
        for _ in 0..TURNS {
            if quiet == QUIET_TURNS || waiting.len() >= BATCH {
                break;
            }
            tokio::task::yield_now().await;
            let before = waiting.len();
            while waiting.len() < BATCH
                && let Ok(one) = appended.try_recv()
            {
                waiting.push(one);
            }
            quiet = if waiting.len() == before {
                quiet + 1
            } else {
                0
            };
        }
        waiting
    }

    /// Gives places to all that wait in the store, signs, has witnesses sign, and gives the turn
    /// back.
    ///
    /// # Errors
    /// What the store or the signer says.
    pub async fn run(&self) -> Result<Ran> {
        let ran = self.place().await?;
        if ran != Ran::Elsewhere {
            self.witness().await?;
        }
        self.leave().await?;
        Ok(ran)
    }

    /// Gives the turn back at the end, so that the next process need not wait for it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn leave(&self) -> Result<()> {
        let mut turn = self.inner.turn.lock().await;
        if turn.take().is_some() {
            self.inner.store.journal_leave(&self.inner.holder).await?;
        }
        Ok(())
    }

    /// Gives places to all that wait in the store, and signs.
    async fn place(&self) -> Result<Ran> {
        let mut done = 0;
        while self.inner.store.journal_waits().await? {
            match self.round(&[]).await? {
                Round::Elsewhere => return Ok(Ran::Elsewhere),
                Round::Nothing => break,
                Round::Done { from, head } => done += head.size - from,
            }
        }
        self.sign().await?;
        Ok(Ran::Done(done))
    }

    async fn serve(&self, batch: Vec<Waiting>) -> Result<()> {
        if batch.is_empty() {
            if self.place().await? != Ran::Elsewhere {
                self.ask_witnesses();
            }
            return Ok(());
        }
        let (events, told): (Vec<NewEvent>, Vec<_>) =
            batch.into_iter().map(|one| (one.event, one.told)).unzip();
        let Round::Done { from, head } = self.round(&events).await? else {
            return Err(Error::inner("the journal is written elsewhere", "no turn"));
        };
        self.sign_head(head).await?;
        for (index, told) in (from..).zip(told) {
            // A writer that went away needs no answer.
            let _ = told.send(Written { index, head });
        }
        self.ask_witnesses();
        Ok(())
    }

    /// Asks the witnesses beside the writing: one that does not answer holds nobody up.
    fn ask_witnesses(&self) {
        if self.inner.witnesses.is_empty() {
            return;
        }
        let journal = self.clone();
        tokio::spawn(async move {
            let Ok(_asking) = journal.inner.asking.try_lock() else {
                return;
            };
            if let Err(error) = journal.witness().await {
                tracing::error!(error = ?error, "the witnesses could not be asked");
            }
        });
    }

    async fn round(&self, events: &[NewEvent]) -> Result<Round> {
        let inner = &self.inner;
        let mut turn = inner.turn.lock().await;
        for fresh in [false, true] {
            if turn.is_none() || fresh {
                *turn = inner
                    .store
                    .journal_turn(&inner.holder, (inner.now)())
                    .await?;
            }
            let Some(held) = *turn else {
                return Ok(Round::Elsewhere);
            };
            let mut seed = [0; 32];
            (inner.entropy)(&mut seed);
            let now = (inner.now)();
            let round = inner
                .store
                .journal_round(held, now, events, BATCH, &seed)
                .await?;
            if round != Round::Elsewhere {
                return Ok(round);
            }
            // Another process had it meanwhile; ask for it once more.
            *turn = None;
        }
        Ok(Round::Elsewhere)
    }

    /// Signs the newest head, unless it is signed.
    async fn sign(&self) -> Result<()> {
        let inner = &self.inner;
        let Some(head) = inner.store.journal_head().await? else {
            return Ok(());
        };
        let signed = inner.store.journal_signed(&inner.origin).await?;
        if signed.is_some_and(|signed| signed.size >= head.size) {
            return Ok(());
        }
        self.sign_head(head).await
    }

    /// Signs a head. It is on the disk by now; the signature of the same head is the same bytes,
    /// whoever dies on the way.
    async fn sign_head(&self, head: JournalHead) -> Result<()> {
        let inner = &self.inner;
        let text = note_of(&inner.origin, head);
        let mut note =
            Note::new(&text).map_err(|cause| Error::inner("a head is no note", cause))?;
        let line = match &inner.key {
            LogKey::Here(signer) => note.sign(&inner.origin, signer),
            LogKey::Apart { key, ask } => {
                let signed = inner.store.journal_signed(&inner.origin).await?;
                let old = signed.map_or(0, |signed| signed.size);
                Some(self.asked(key, ask, &text, old, head).await?)
            }
        };
        let line = line.ok_or_else(bad_origin)?;
        let now = (inner.now)();
        let kept = inner
            .store
            .journal_sign(head.size, &inner.origin, &line, now);
        Ok(kept.await?)
    }

    /// Has the witnesses sign the newest signed head. One that cannot be reached is asked again with
    /// the next head; one that refuses is logged loudly, for that means a fork or a lost state.
    async fn witness(&self) -> Result<()> {
        let inner = &self.inner;
        let Some(head) = inner.store.journal_signed(&inner.origin).await? else {
            return Ok(());
        };
        let lines = inner.store.journal_signatures(head.size).await?;
        let note = format!("{}\n{}", note_of(&inner.origin, head), lines.concat());
        for witness in &inner.witnesses {
            let name = witness.key.name();
            let last = inner.store.journal_signed(name).await?;
            if last.is_some_and(|last| last.size >= head.size) {
                continue;
            }
            let old = last.map_or(0, |last| last.size);
            match self
                .asked(&witness.key, &witness.ask, &note, old, head)
                .await
            {
                Ok(line) => {
                    let now = (inner.now)();
                    inner
                        .store
                        .journal_sign(head.size, name, &line, now)
                        .await?;
                }
                Err(error) => tracing::warn!(witness = name, error = ?error, "no cosignature"),
            }
        }
        Ok(())
    }

    /// Asks for a signature of a head, and checks what comes back.
    async fn asked(
        &self,
        key: &NoteKey,
        ask: &Ask,
        checkpoint: &str,
        old: u64,
        head: JournalHead,
    ) -> Result<String> {
        let mut old = old;
        for _ in 0..2 {
            let path = self.consistency(old, head.size).await?;
            let request = Request {
                old,
                path,
                checkpoint: checkpoint.to_owned(),
            };
            let (ask, text) = (Arc::clone(ask), request.written());
            let asked = tokio::task::spawn_blocking(move || ask(&text));
            let asked = asked
                .await
                .map_err(|cause| Error::inner("a witness", cause))?;
            match asked.map_err(|cause| Error::inner("a witness did not answer", cause))? {
                Ok(lines) => return fitting(key, checkpoint, &lines),
                // It has seen another size than we thought: prove from there.
                Err(size) if size <= head.size && size != old => old = size,
                Err(_) => break,
            }
        }
        Err(Error::inner("a witness refused the head", "refused"))
    }

    async fn consistency(&self, old: u64, size: u64) -> Result<Vec<seal::Digest>> {
        if old == size {
            return Ok(Vec::new());
        }
        let tiles = Tiles::new(size);
        with_tiles(&self.inner.store, tiles, |tiles| tiles.consistency(old)).await
    }
}

/// Asks tiles, and reads those that are missing until none is.
pub(super) async fn with_tiles<T>(
    store: &Store,
    mut tiles: Tiles,
    ask: impl Fn(&Tiles) -> std::result::Result<T, BTreeSet<Tile>>,
) -> Result<T> {
    loop {
        let missing = match ask(&tiles) {
            Ok(answer) => return Ok(answer),
            Err(missing) if missing.is_empty() => return Err(Error::NotFound),
            Err(missing) => missing,
        };
        for tile in missing {
            let body = store.journal_tile(&tile).await?.ok_or(Error::NotFound)?;
            if !tiles.add(&tile, &body) {
                return Err(Error::inner("a tile of the journal is broken", tile.path()));
            }
        }
    }
}

/// The line of a key among the lines of an answer, if it fits the checkpoint.
fn fitting(key: &NoteKey, checkpoint: &str, lines: &str) -> Result<String> {
    let refused = || {
        Error::inner(
            "a witness answered with no fitting signature",
            "no signature",
        )
    };
    let text = checkpoint
        .split_once("\n\n")
        .map_or(checkpoint.to_owned(), |(text, _)| format!("{text}\n"));
    Checkpoint::parse(&text).map_err(|_| refused())?;
    for line in lines.lines().take(seal::note::SIGNATURES) {
        let line = format!("{line}\n");
        let mut note = Note::new(&text).map_err(|_| refused())?;
        if note.add_lines(&line).is_ok() && note.verify(std::slice::from_ref(key)).is_ok() {
            return Ok(line);
        }
    }
    Err(refused())
}

fn bad_origin() -> Error {
    Error::request(
        "日志名称不能为空，也不能含空格或加号。例如 credit.example.gov/log。",
        "The name of the log must not be empty and has no spaces or plus signs, such as credit.example.gov/log.",
        "Имя журнала не может быть пустым и не содержит пробелов и знака плюс, например credit.example.gov/log.",
    )
}

fn another_identity(origin: &str) -> Error {
    Error::request(
        format!(
            "本库的日志名为 {origin}，其名称和密钥不可更换。请恢复原来的 log.key，或去掉 --journal-origin。"
        ),
        format!(
            "The log of this store is {origin}; its name and key never change. Restore its log.key, or leave --journal-origin out."
        ),
        format!(
            "Журнал этого хранилища — {origin}; его имя и ключ не меняются. Восстановите log.key или не указывайте --journal-origin."
        ),
    )
}
