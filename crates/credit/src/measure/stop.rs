//! Why a measure may not be applied: each reason with the number of its rule and a sentence that an
//! officer, a supplier of a system and a court can read.

use crate::lang::Text;

/// What stops a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// No list has it.
    Unknown,
    /// Its list is not published or does not hold on the day.
    NotInForce,
    /// Its list only demonstrates.
    DemonstrationOnly,
    /// Its list holds in another area.
    Elsewhere,
    /// Class III: others are informed, and nobody orders them.
    InformOnly,
    /// This organ may not apply it.
    Organ,
    /// It does not meet subjects of this kind.
    Kind,
    /// It does not meet this person of the subject.
    Role,
    /// It does not act on this business item.
    Item,
    /// No basis joins the act with the item.
    Unlinked,
    /// It would rest on a grade alone.
    GradeAlone,
    /// The fact is contested, and nobody wrote why it is used.
    Contested,
    /// The fact has no effect any more.
    FactEnded,
    /// The fact hangs on a resemblance of names.
    ByName,
    /// A first minor act that was put right.
    FirstMinor,
    /// The fact is less grave than the basis asks.
    NotGrave,
    /// The term is outside the law's.
    Term,
    /// The subject was not told before it takes effect.
    NotServed,
}

impl Stop {
    /// Every reason, in the order in which they are looked for.
    pub const ALL: [Stop; 18] = [
        Stop::Unknown,
        Stop::NotInForce,
        Stop::DemonstrationOnly,
        Stop::Elsewhere,
        Stop::InformOnly,
        Stop::Organ,
        Stop::Kind,
        Stop::Role,
        Stop::Item,
        Stop::Unlinked,
        Stop::GradeAlone,
        Stop::Contested,
        Stop::FactEnded,
        Stop::ByName,
        Stop::FirstMinor,
        Stop::NotGrave,
        Stop::Term,
        Stop::NotServed,
    ];

    /// The rule's number in `docs/rules.md`; `rights` where the platform's own line is drawn wider.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Stop::Unknown
            | Stop::NotInForce
            | Stop::DemonstrationOnly
            | Stop::Elsewhere
            | Stop::Organ
            | Stop::Kind
            | Stop::Item => "R15",
            Stop::InformOnly => "R16",
            Stop::Role => "R14",
            Stop::Unlinked => "R18",
            Stop::GradeAlone => "R17",
            Stop::Contested => "rights 10",
            Stop::FactEnded => "rights 11",
            Stop::ByName => "rights 7",
            Stop::FirstMinor | Stop::NotGrave | Stop::Term => "R19",
            Stop::NotServed => "R20",
        }
    }

    /// The code in the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Stop::Unknown => "unknown-measure",
            Stop::NotInForce => "not-in-force",
            Stop::DemonstrationOnly => "demonstration-only",
            Stop::Elsewhere => "elsewhere",
            Stop::InformOnly => "inform-only",
            Stop::Organ => "organ",
            Stop::Kind => "kind",
            Stop::Role => "role",
            Stop::Item => "item",
            Stop::Unlinked => "unlinked",
            Stop::GradeAlone => "grade-alone",
            Stop::Contested => "contested",
            Stop::FactEnded => "fact-ended",
            Stop::ByName => "by-name",
            Stop::FirstMinor => "first-minor",
            Stop::NotGrave => "not-grave",
            Stop::Term => "term",
            Stop::NotServed => "not-served",
        }
    }

    /// What the officer is told.
    #[must_use]
    pub fn text(self) -> Text {
        let [zh, en, ru] = self.sentences();
        Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
            ru: ru.to_owned(),
        }
    }

    fn sentences(self) -> [&'static str; 3] {
        match self {
            Stop::Unknown | Stop::NotInForce | Stop::DemonstrationOnly | Stop::Elsewhere => {
                self.of_the_list()
            }
            Stop::InformOnly | Stop::Organ | Stop::Kind | Stop::Role | Stop::Item => {
                self.of_the_target()
            }
            Stop::Unlinked
            | Stop::GradeAlone
            | Stop::Contested
            | Stop::FactEnded
            | Stop::ByName => self.of_the_ground(),
            Stop::FirstMinor | Stop::NotGrave | Stop::Term | Stop::NotServed => {
                self.of_the_weight()
            }
        }
    }

    fn of_the_list(self) -> [&'static str; 3] {
        match self {
            Stop::NotInForce => [
                "措施所在清单当日未公布或未生效，不得实施。",
                "The list that has this measure is not published or does not hold on that day.",
                "Перечень с этой мерой не опубликован или в тот день не действует.",
            ],
            Stop::DemonstrationOnly => [
                "本清单仅供演示。实际辖区须先载入正式公布的清单。",
                "This list only demonstrates. A real jurisdiction loads its official list first.",
                "Этот перечень лишь показывает. Настоящий орган сначала загружает официальный.",
            ],
            Stop::Elsewhere => [
                "措施所在清单不适用于本地区。",
                "The list that has this measure does not hold in this area.",
                "Перечень с этой мерой в этом районе не действует.",
            ],
            _ => [
                "清单中没有该措施。清单以外不得惩戒。",
                "No list has this measure. Nothing outside the lists may be imposed.",
                "Такой меры нет ни в одном перечне. Вне перечней мер не применяют.",
            ],
        }
    }

    fn of_the_target(self) -> [&'static str; 3] {
        match self {
            Stop::InformOnly => [
                "第三类措施由市场主体自主决定，只能提供信息，不得要求实施。",
                "A measure of class III is others' own choice: inform them, order nothing.",
                "Мера третьего класса — дело самих участников рынка: сообщайте, но не предписывайте.",
            ],
            Stop::Organ => [
                "该机关不是清单所列的实施单位。",
                "The list does not name this organ as one that applies the measure.",
                "Перечень не называет этот орган исполнителем меры.",
            ],
            Stop::Kind => [
                "清单没有把这类主体列为惩戒对象。",
                "The list does not name subjects of this kind.",
                "Перечень не называет субъектов этого вида.",
            ],
            Stop::Role => [
                "依据没有把这类人员列为对象；近亲属一律不得列入。",
                "The basis does not name this person of the subject; relatives are never named.",
                "Основание не называет этого лица; родственники не называются никогда.",
            ],
            _ => [
                "清单没有规定在该业务事项中实施。",
                "The list does not let the measure act on this business item.",
                "Перечень не допускает меру в этом деле.",
            ],
        }
    }

    fn of_the_ground(self) -> [&'static str; 3] {
        match self {
            Stop::GradeAlone => [
                "评价等级不是惩戒依据：它只能决定检查频次，或开启法律写明的优惠。",
                "A grade is no basis: it may set how often one is inspected, or open a benefit that a law names.",
                "Оценка не основание: она определяет лишь частоту проверок или льготу, названную законом.",
            ],
            Stop::Contested => [
                "该信息正在异议、复议或者诉讼中。使用的，须由工作人员写明理由。",
                "The fact is contested. An officer who uses it writes why.",
                "Факт оспорен. Кто его использует, пишет почему.",
            ],
            Stop::FactEnded => [
                "该信息已不再有效，不得作为依据。",
                "The fact has no effect any more and grounds nothing.",
                "Факт больше не действует и ничего не обосновывает.",
            ],
            Stop::ByName => [
                "该信息仅凭名称相近关联，未经代码核实，不得作为依据。",
                "The fact is joined by a resemblance of names and not by a code; it grounds nothing.",
                "Факт связан лишь сходством названий, а не кодом, и ничего не обосновывает.",
            ],
            _ => [
                "没有依据把该行为与该事项联系起来（不当联结）。",
                "No basis joins this act with this item (improper linkage).",
                "Нет основания связать этот поступок с этим делом (недопустимая связь).",
            ],
        }
    }

    fn of_the_weight(self) -> [&'static str; 3] {
        match self {
            Stop::FirstMinor => [
                "初次违法、情节轻微并已改正，不予惩戒。",
                "A first minor act that was put right: no measure follows.",
                "Первый незначительный и исправленный проступок: мер не следует.",
            ],
            Stop::NotGrave => [
                "失信行为未达到依据所要求的严重程度。",
                "The act is less grave than the basis asks.",
                "Поступок не достигает тяжести, которой требует основание.",
            ],
            Stop::NotServed => [
                "实施前须书面告知依据、理由、救济途径和解除方式，并留存送达证明。",
                "Before it takes effect the subject is told in writing of basis, reason, remedy and how to lift it, with proof of delivery.",
                "До начала действия субъекту письменно сообщают основание, причину, защиту и порядок снятия, с доказательством вручения.",
            ],
            _ => [
                "期限超出依据规定的范围。",
                "The term is outside what the basis allows.",
                "Срок вне пределов, указанных основанием.",
            ],
        }
    }
}
