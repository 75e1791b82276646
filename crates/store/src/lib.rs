//! The only SQL: SQLite and PostgreSQL, one schema, the same statements.
//!
//! Facts go in by slices ([`Store::slice_apply`]), each one transaction with its event, gated by
//! submission and slice number. They come out sealed ([`Store::subject_facts`]), for one permit.
//! History (versions, events, membership, looks) is insert-only: an authorizer keeps it on SQLite,
//! grants keep it on PostgreSQL. What is held of natural persons is sealed, in tables of its own
//! ([`Store::person_facts`]). How the seam works stands in `docs/decisions/0004-store-seam.md`.

mod address;
mod announcement;
mod case;
mod cause;
mod consent;
mod deferral;
mod due;
mod error;
mod event;
mod export;
mod facts;
mod figure;
mod gate;
mod grade;
mod grant;
mod job;
mod journal;
mod legal;
mod lite;
mod look;
mod mandate;
mod mark;
mod membership;
mod metrics;
mod migrate;
mod names;
mod notice;
mod opening;
mod page;
mod past;
mod people;
mod person;
mod pg;
mod plan;
mod pull;
mod recall;
mod report;
mod slice;
mod snapshot;
mod source;
mod sql;
mod store;
mod subject;
mod submission;
mod supply;
mod tx;

pub use address::StoreUrl;
pub use announcement::AnnouncementProof;
pub use case::{HeldFact, Question};
pub use cause::{Cause as SubmissionCause, CauseKind, CauseProof, NewCause};
pub use consent::{NewConsent, StoredConsent, Used};
pub use deferral::LookDeferral;
pub use due::{HeldSum, SentReport, Unmended};
pub use error::{Cause, Engine, Error, Result};
pub use event::LogEntry;
pub use export::StoredExport;
pub use figure::Figures;
pub use grade::{Drift, GradeAsk, GradePage, GradeWhom, StoredGrade};
pub use grant::{
    CaseFault, CaseRow, GrantDeed, GrantLook, GrantMoved, GrantProof, GrantRow, GrantStep,
    LookFault, LookRow, NewCases, NewGrant, OfficerLooks, Pace, PersonLook,
};
pub use job::{JobCursor, JobPage};
pub use journal::{
    Access, Head as JournalHead, NewEvent, Ordered, Placed, Round, SignedReceipt, SliceRoot, Stamp,
    StoredVersion, Turn,
};
pub use legal::{
    CaseCard, CaseMoved, CaseProof, NewCase, NewFile, NewMove, OpenCase, OpenedAsk, OwnCases,
    QueueAsk as CaseQueueAsk, Queued as QueuedCase, Receipt, ReceiptAsk, ReceiptCount, Receiver,
    ReceiverProof, Rules as CaseRules, Twin, TwinAsk, Whose as CaseWhose,
};
pub use mark::Mark;
pub use membership::{
    Arrange, Arranged, By, COMPONENT_MENTIONS, Card, Component, Decided, Decision, DecisionId,
    Holding, Meaning, Meant, Member, Moved, QueueAsk, QueueKind, Verdict,
};
pub use metrics::TransactionCount;
pub use names::{NameCursor, NameHit, NamePage, NameQuery, NameRow, NameSource, NamesRead};
pub use notice::{Attempt, Contact, Deferral, DueMessage, NewNotice, Notice, Tried};
pub use opening::{DayOpenings, RefusedLooks, Settled};
pub use page::Page;
pub use people::{
    Account, Code, Deed, Invitation, KeyKind, MachineKey, Moved as AccountMoved, NewAccount,
    NewSession, OpenSession, Secrets, Session, Stage, Tie, Tries, TryScope,
};
pub use person::{
    BODY, Erased, Erasure, IDENTIFIER, KEY, NewPerson, NewPersonVersion, PersonHead, PersonKey,
    PersonPlan, SeenPerson, body_row,
};
pub use plan::{
    Counts, Head, KnownMention, Namesake, NewHead, NewHold, NewMembership, NewMention, NewQuestion,
    NewReject, NewVersion, Seen, SliceApplied, SliceKey, SlicePlan, StopUse,
};
pub use pull::{PullDone, PullRow, PullState, PullTry};
pub use recall::{Back, TakenBack};
pub use report::{Issue, IssueBody, NewIssue};
pub use slice::Decide;
pub use snapshot::{Absent, WaitingSnapshot};
pub use store::Store;
pub use submission::{Finish, NewSubmission, SubmissionState};
pub use supply::{Mended, Quality, RejectRow, Standing, Submission};
