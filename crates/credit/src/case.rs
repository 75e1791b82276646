//! Cases on legal clocks: an objection, a repair, a listing, a promise. A kind of case is a table of
//! data (`catalog/cases/`): states, moves, who may make them, what they need, by when, on what basis.
//!
//! A case is the list of its moves and nothing else. Where it stands, by when somebody must act, what
//! was missed and what it does to a fact are computed from that list and the table whenever somebody
//! asks ([`Kind::standing`]), so that one inserted move changes every read. [`Kind::apply`] is the one
//! place that says whether a move is lawful.

mod apply;
mod file;
mod standing;

pub use apply::{Applied, Refusal, Said};
pub use file::{AttachedFile, Attachment, CaseFile, Told};
pub use standing::{Broken, Miss, Standing};

use crate::catalog::{Basis, Class, Layer};
use crate::clock::{Span, end_of};
use crate::identifier::area;
use crate::lang::{Lang, Text};
use crate::subject::id16;
use jiff::civil::Date;
use std::fmt;

id16! {
    /// One case: 16 unpredictable bytes.
    CaseId
}

/// Declares a choice with the words of its table and titles.
macro_rules! words {
    ($(#[$doc:meta])* $enum:ident { $($(#[$one:meta])* $name:ident = $code:literal, $zh:literal, $en:literal, $ru:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $enum { $($(#[$one])* $name,)* }

        impl $enum {
            /// Every one of them.
            pub const ALL: &[$enum] = &[$($enum::$name),*];

            /// The code in tables, the store and the API.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $($enum::$name => $code),* }
            }

            /// Reads a code; the inverse of `code`.
            #[must_use]
            pub fn parse(code: &str) -> Option<$enum> {
                $enum::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// In the reader's language.
            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(($enum::$name, Lang::Zh) => $zh,
                    ($enum::$name, Lang::En) => $en,
                    ($enum::$name, Lang::Ru) => $ru,)*
                }
            }
        }
    };
}

words! {
    /// Who makes a move, or has the next one. What an account needs to act for one is a row of the
    /// table of access.
    Party {
        /// 信用主体: the subject, by its representative, a clerk, or the service window on its behalf.
        Subject = "subject", "信用主体", "subject", "субъект";
        /// 信源单位 (认定单位): who stated the fact.
        Supplier = "supplier", "信源单位", "supplier", "поставщик";
        /// 信用中心.
        Centre = "centre", "信用中心", "credit centre", "кредитный центр";
        /// 上级主管部门.
        Authority = "authority", "上级主管部门", "authority above", "вышестоящий орган";
        /// 期限: a deadline that passed. It never decides against anybody.
        Clock = "clock", "期限届满", "the deadline", "истечение срока";
    }
}

words! {
    /// What a state does to the fact that the case is about, while it lasts.
    Effect {
        /// 异议处理中: the fact is marked wherever it is shown, and no automatic decision rests on it.
        Contested = "contested", "异议处理中", "under objection", "оспаривается";
        /// 复议、诉讼中: marked as before a court or review; not taken down by that.
        Appealed = "appealed", "复议、诉讼中", "under review or before a court", "обжалуется";
        /// 暂停展示: no third party sees the fact.
        Suspended = "suspended", "暂停展示", "showing is suspended", "показ приостановлен";
        /// 已修复: publicity, sharing and use have ended, for every fact that rests on the same document
        /// (Order 36, art. 3; rights 11). Only the subject's own file says so.
        Repaired = "repaired", "已修复", "repaired", "восстановлено";
    }
}

words! {
    /// What a move must bring.
    Need {
        /// 理由, in words.
        Reason = "reason", "理由", "reasons", "обоснование";
        /// 证明材料: at least one attachment.
        Attachment = "attachment", "证明材料", "an attachment", "вложение";
        /// 更正版本: the version that the supplier stated through the one door since the case began.
        Version = "version", "更正后的版本", "the corrected version", "исправленная версия";
        /// 撤下版本: the version by which the supplier took the fact back since the case began.
        Removal = "removal", "撤下的版本", "the version that takes it back", "версия с отзывом";
        /// 文书: kind, number, day and organ of a legal document.
        Document = "document", "法律文书", "a legal document", "правовой документ";
        /// 信用承诺: the public promise that materials are true and that liability is accepted (Order 36).
        Commitment = "commitment", "信用承诺", "the credit commitment", "кредитное обязательство";
        /// 负责人批准: the name of the head who approved.
        Head = "head", "负责人批准", "the head's approval", "согласие руководителя";
        /// 送达: the day on which a paper was served on the subject, and how.
        Service = "service", "送达日期和方式", "the day and manner of service", "дата и способ вручения";
        /// 决定书内容: basis, measures warned of, how it ends, remedies; with the reasons the five contents
        /// of a decision to list (国办发〔2020〕49号).
        Contents = "contents", "决定书五项内容（事由、依据、惩戒措施提示、移出条件和程序、救济措施）", "the five contents of the decision (reasons, basis, measures warned of, conditions and procedure of removal, remedies)", "пять частей решения (мотивы, основание, предупреждение о мерах, условия и порядок исключения, обжалование)";
        /// 承诺内容: what is promised, the liability, and who may see it (the standard's fields).
        Promise = "promise", "承诺内容、违诺责任和公开类型", "what is promised, the liability and who may see it", "содержание обязательства, ответственность и кому его видно";
        /// 无排除情形: nothing public on the subject excludes it from promising (国办发〔2020〕42号).
        Eligible = "eligible", "无排除情形（无未修复的严重失信名单信息或者未履行的承诺）", "that nothing excludes the applicant (no listing and no broken promise that is not repaired)", "отсутствие исключающих обстоятельств (нет внесения в перечень и нарушенного обязательства без восстановления)";
        /// 形成的信息: the fact that comes of the case, stated by the supplier through the one door, resting
        /// on the document that the case named last before.
        Fact = "fact", "本案文书所载的信息（由信源单位报送）", "the fact on the case's document, stated by the supplier", "сведение по документу дела, поданное поставщиком";
        /// 信息已移出: the same fact, stated as ended or taken back by the supplier through the one door.
        Gone = "fact-ended", "该信息的移出（由信源单位报送）", "the end of that fact, stated by the supplier", "прекращение этого сведения, поданное поставщиком";
    }
}

/// How long a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Working days, the State Council's make-up days among them.
    WorkingDays(u16),
    /// Days, months or years by the calendar; a last day that is a holiday moves to the next working
    /// day (Civil Code 203).
    Calendar(Span),
}

/// By when somebody must make a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Who.
    pub who: Party,
    /// Counted from the day on which the state was entered, or, for the whole case, was opened. That day
    /// is not counted (Civil Code 201).
    pub term: Term,
    /// Working days before the last day from which on it is warned of.
    pub warn: u16,
    /// Where the term comes from.
    pub basis: String,
    /// Whether it was read in a source.
    pub verified: bool,
}

/// Where a case can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// The case is over.
    pub end: bool,
    /// The clock of the state before stands still.
    pub paused: bool,
    /// It is to the subject's disadvantage.
    pub adverse: bool,
    /// The case was decided: its deadline as a whole is kept or missed by now, whatever comes after.
    pub settled: bool,
    /// What it does to the fact.
    pub effects: Vec<Effect>,
    /// The listing that comes of the case may be stated now, and not before ([`Kind::makes`]).
    pub admits: bool,
    /// By when it must be left; none at an end.
    pub deadline: Option<Deadline>,
}

/// A thing to choose from: a ground, a reason to pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
}

/// A row of the table: what may happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// States from which it leads; none: it opens the case.
    pub from: Vec<String>,
    /// Where it leads.
    pub to: String,
    /// Who may make it.
    pub by: Vec<Party>,
    /// What it must bring.
    pub needs: Vec<Need>,
    /// Of which one must be named; empty: nothing is chosen.
    pub choices: Vec<Choice>,
    /// It may be made once in a case (材料一次告知).
    pub once: bool,
    /// Only once the deadline of the state has passed.
    pub late: bool,
    /// It goes back to the state that was paused, whose clock goes on.
    pub resumes: bool,
    /// Working days by which the deadline of the state is put off; it stays in that state.
    pub extends: Option<u16>,
    /// Working days within which those who looked at the fact under a grant, and therefore hold it, must
    /// say that they stopped using it; none: what they hold stays good.
    pub receivers: Option<u16>,
    /// For so long after it no case of the kind is opened about any fact of the subject (a false commitment);
    /// none: one is opened at once.
    pub bars: Option<Span>,
    /// Items (`penalty/CF_JDRQ`). Where two suppliers' facts on one document differ in one of them, the
    /// platform makes this move by itself, and it opens a case on each of the two.
    pub differs: Vec<String>,
    /// Who is told, beside those who see it in their queue.
    pub told: Vec<Party>,
    /// How the subject may contest it; there is one wherever the move is adverse.
    pub remedy: Option<Text>,
    /// What the letter says, in the subject's file.
    pub letter: Option<Text>,
    /// Law and article, or that it is the platform's own rule.
    pub basis: String,
    /// Whether it was read in a source.
    pub verified: bool,
}

impl Move {
    /// Whether it opens a case.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.from.is_empty()
    }

    /// Whether it needs something.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }
}

/// How the fact that comes of a case says whether what it speaks of was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Code of the item that says it.
    pub item: String,
    /// Its values that are not against the subject.
    pub values: Vec<String>,
}

impl Kept {
    /// Whether a value says that it was not kept; nothing said says nothing.
    #[must_use]
    pub fn is_broken(&self, value: &str) -> bool {
        !value.is_empty() && !self.values.iter().any(|kept| kept == value)
    }
}

/// A kind of case in one jurisdiction from a day on: one file of `catalog/cases/`.
#[derive(Clone, PartialEq, Eq)]
pub struct Kind {
    /// `objection`, `appeal`.
    pub code: String,
    /// The edition; a case keeps that under which it was opened.
    pub version: String,
    /// First day on which cases are opened under it.
    pub valid_from: Date,
    /// Last such day, if it has been replaced.
    pub valid_to: Option<Date>,
    /// Area code of the jurisdiction; `CN` for the nation.
    pub jurisdiction: String,
    /// National, provincial or municipal.
    pub layer: Layer,
    /// Its title.
    pub title: Text,
    /// What it is for, and what a person should know before.
    pub about: Text,
    /// Legal bases; never empty.
    pub bases: Vec<Basis>,
    /// What in this file was not found in a source.
    pub unverified: Vec<String>,
    /// Classes of themes about whose facts it may be; empty: about any.
    pub of: Vec<Class>,
    /// Classes of themes of the fact that comes of it, if one does. Of a list on which somebody is heard the
    /// supplier states nothing new about the subject before the case stands where that is admitted.
    pub makes: Vec<Class>,
    /// Of a promise: how its fact says whether it was kept.
    pub kept: Option<Kept>,
    /// By when the whole case must be decided, where a law says so.
    pub total: Option<Deadline>,
    /// States.
    pub states: Vec<State>,
    /// Moves.
    pub moves: Vec<Move>,
    /// SHA-256 of the files it was made from, hexadecimal.
    pub digest: String,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({} {})", self.code, self.version)
    }
}

impl Kind {
    /// A state by its code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|one| one.code == code)
    }

    /// A move by its code.
    #[must_use]
    pub fn one_move(&self, code: &str) -> Option<&Move> {
        self.moves.iter().find(|one| one.code == code)
    }

    /// The last day on which no other case of the kind is opened about the subject, because of these moves.
    #[must_use]
    pub fn barred_until(&self, steps: &[Step]) -> Option<Date> {
        let each = steps.iter().filter_map(|step| {
            let bars = self.one_move(&step.what)?.bars?;
            Some(end_of(step.on, bars))
        });
        each.max()
    }

    /// The number of the last move that named the document of the case: what comes of it rests on that.
    #[must_use]
    pub fn document_step(&self, steps: &[Step]) -> Option<u32> {
        let mut made = steps.iter().rev();
        let named = made.find(|step| {
            let one = self.one_move(&step.what);
            one.is_some_and(|one| one.needs(Need::Document))
        });
        named.map(|step| step.seq)
    }

    /// Whether the fact that comes of a case was recorded in it.
    #[must_use]
    pub fn has_made(&self, steps: &[Step]) -> bool {
        steps.iter().any(|step| {
            let one = self.one_move(&step.what);
            one.is_some_and(|one| one.needs(Need::Fact))
        })
    }

    /// Whether cases are opened under it on a day.
    #[must_use]
    pub fn is_effective(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }

    /// How much of an area code its jurisdiction covers, in digits; none where it does not cover it. The
    /// longest wins: a city's rule before the province's before the nation's.
    #[must_use]
    pub fn covers(&self, area: &str) -> Option<usize> {
        if self.jurisdiction == "CN" {
            return Some(0);
        }
        let kept = area::digits(&self.jurisdiction);
        (area.starts_with(kept)).then_some(kept.len())
    }
}

/// A move that was made. A case is the list of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 1, 2, 3 … within the case.
    pub seq: u32,
    /// Code of the move.
    pub what: String,
    /// For whom it was made.
    pub by: Party,
    /// The day, in Asia/Shanghai.
    pub on: Date,
}

/// A case about a fact, as far as its effects need it: the table, by code and edition, and the moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The case.
    pub id: CaseId,
    /// Code of the kind.
    pub kind: String,
    /// Its edition.
    pub version: String,
    /// The moves, oldest first.
    pub steps: Vec<Step>,
}
