//! Every rule of the catalogue checker, in one table, so that its numbers stay unique and a reader
//! can see at a glance what a theme may not be.

use super::finding::Refusal;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $rule:literal, $zh:literal, $en:literal, $ru:literal;)*) => {
        $($(#[$doc])* pub const $name: Refusal =
            Refusal { rule: $rule, zh: $zh, en: $en, ru: $ru };)*

        /// All of them, in order of their numbers.
        pub const ALL: &[Refusal] = &[$($name),*];
    };
}

refusals! {
    /// Not TOML, or a value of the wrong type.
    SYNTAX = "C01",
        "无法读取：{0}。请按 catalog/README.md 的格式改写。",
        "cannot be read: {0}. Rewrite it in the form of catalog/README.md.",
        "не читается: {0}. Запишите по образцу catalog/README.md.";
    /// A key nobody knows: a misspelt clock would silently be no clock.
    UNKNOWN_KEY = "C02",
        "未知的键：{0}。拼写错误会使规则悄悄失效，请改正或删除。",
        "unknown key: {0}. A misspelt rule would silently be no rule; correct or delete it.",
        "неизвестный ключ: {0}. Опечатка молча отключила бы правило; исправьте или удалите.";
    /// A text lacks a language.
    LANGUAGE = "C03",
        "缺少语言文本：{0}。中文、英文、俄文缺一不可。",
        "a language is missing: {0}. Every text exists in zh, en and ru.",
        "нет текста на одном из языков: {0}. Нужны zh, en и ru.";
    /// Larger than any theme a person can review.
    SIZE = "C04",
        "文件有 {0} 字节，超过 {1} 字节，无法审阅。请拆分。",
        "the file has {0} bytes, more than {1}: nobody can review it. Split it.",
        "в файле {0} байт, больше {1}: его никто не проверит. Разделите.";
    /// A path that the catalogue does not know.
    PATH = "C05",
        "目录中不认识的文件。可用：themes/、codes/、cases/、calendars/、measures/、models/、suppliers.toml、holds.toml、purposes.toml、sharing.toml、content.toml。",
        "the catalogue does not know this file. It reads themes/, codes/, cases/, calendars/, measures/, models/, suppliers.toml, holds.toml, purposes.toml, sharing.toml and content.toml.",
        "каталог не знает этого файла. Он читает themes/, codes/, cases/, calendars/, measures/, models/, suppliers.toml, holds.toml, purposes.toml, sharing.toml и content.toml.";
    /// A word that is not in the list of choices.
    CHOICE = "C06",
        "“{0}”不在可选值之内：{1}。",
        "\"{0}\" is not one of: {1}.",
        "«{0}» нет среди: {1}.";
    /// A required key of a theme is missing.
    MISSING = "C07",
        "缺少“{0}”。{1}",
        "\"{0}\" is missing. {1}",
        "нет «{0}». {1}";
    /// A term that cannot be read.
    SPAN = "C08",
        "期限“{0}”无法识别，请写成 \"3 months\"、\"1 year\" 或 \"90 days\"。",
        "the term \"{0}\" cannot be read; write \"3 months\", \"1 year\" or \"90 days\".",
        "срок «{0}» не читается; пишите \"3 months\", \"1 year\" или \"90 days\".";
    /// No legal basis (rights 3, R01).
    NO_BASIS = "C10",
        "没有法定依据。没有依据就没有数据：请在 [[basis]] 写明法律、法规或中央政策文件。",
        "no legal basis. No basis, no data: name a law, regulation or central policy document in [[basis]].",
        "нет правового основания. Нет основания — нет данных: укажите закон, постановление или документ центра в [[basis]].";
    /// No supplying authority (rights 3).
    NO_SUPPLIER = "C11",
        "没有信源单位。请在 suppliers 列出，或写 any_authority = true。",
        "no supplying authority. List it in suppliers or write any_authority = true.",
        "нет органа-поставщика. Укажите его в suppliers или any_authority = true.";
    /// Terms are missing (rights 9, R11).
    NO_TERMS = "C12",
        "缺少期限“{0}”。不利信息和涉及自然人的信息都有终点：公示、共享、查询、归档四项期限缺一不可。",
        "the term \"{0}\" is missing. Facts that weigh against someone or speak of a person end: publicity, sharing, query and archive are all needed.",
        "нет срока «{0}». Неблагоприятные и личные сведения имеют конец: нужны сроки публикации, обмена, запросов и архива.";
    /// Queries beyond five years (R11).
    QUERY_TOO_LONG = "C13",
        "查询期限不得超过五年，现为“{0}”。",
        "the query term may not exceed five years; it is \"{0}\".",
        "срок запросов не больше пяти лет, указано «{0}».";
    /// No sharing class, or no reason and basis for the last two classes.
    SHARING = "C14",
        "共享属性不完整：{0}。有条件共享和不予共享须写明理由和依据。",
        "the sharing class is incomplete: {0}. Conditional and not shared need a reason and a basis.",
        "класс обмена не полон: {0}. Условный обмен и отказ от обмена требуют причины и основания.";
    /// A lower layer without a local regulation.
    LAYER_BASIS = "C15",
        "省、市补充目录的事项须有地方性法规依据（rank = \"local-regulation\"）。",
        "a lower layer may add an item only on a local regulation (rank = \"local-regulation\").",
        "нижний уровень добавляет сведения только по местному закону (rank = \"local-regulation\").";
    /// A lower layer repeats a higher item.
    LAYER_REPEAT = "C16",
        "与上级目录事项重复：{0}。下级目录不得重复上级事项。",
        "repeats an item of a higher layer: {0}. A lower layer may not.",
        "повторяет пункт верхнего уровня: {0}. Это не допускается.";
    /// Two editions of one theme on the same day.
    OVERLAP = "C17",
        "与版本 {0}（{1}）的有效期重叠。请用 valid_to 结束旧版本。",
        "overlaps edition {0} ({1}). End the older one with valid_to.",
        "пересекается с редакцией {0} ({1}). Закройте старую через valid_to.";
    /// Two things of one name.
    DUPLICATE = "C18",
        "“{0}”重复出现。",
        "\"{0}\" occurs twice.",
        "«{0}» встречается дважды.";
    /// A forbidden kind of data (rights 3, R02).
    FORBIDDEN = "C20",
        "“{0}”属于绝不归集的信息（{1}）。请删除该项。",
        "\"{0}\" is a kind of data that is never collected ({1}). Delete the item.",
        "«{0}» относится к данным, которые никогда не собираются ({1}). Удалите пункт.";
    /// Kinds of data that need a consent on file (rights 3).
    CONSENT = "C21",
        "“{0}”须有本人书面同意。请用 consent_item 指明填写同意书编号的信息项。",
        "\"{0}\" needs the person's written consent. Name the item that carries the consent's number in consent_item.",
        "«{0}» требует письменного согласия. Укажите в consent_item пункт с номером согласия.";
    /// A negative theme without its legal document (R03).
    DOCUMENT = "C22",
        "不利信息须有法律文书：缺少角色为“{0}”的必填信息项。",
        "a negative fact needs its legal document: a required item with the role \"{0}\" is missing.",
        "неблагоприятный факт требует документа: нет обязательного пункта с ролью «{0}».";
    /// A negative theme whose severity cannot be found (R08).
    SEVERITY = "C23",
        "不利信息须有严重程度表：{0}。",
        "a negative theme needs a severity table: {0}.",
        "неблагоприятной теме нужна таблица тяжести: {0}.";
    /// A person's number that others could see (rights 13).
    PERSON_NUMBER = "C24",
        "“{0}”是自然人证件信息：须写 role = \"person-identifier\"、exposure = \"own\"。",
        "\"{0}\" is a person's identity document: write role = \"person-identifier\" and exposure = \"own\".",
        "«{0}» — документ личности: нужны role = \"person-identifier\" и exposure = \"own\".";
    /// A grade of natural persons (rights 2, R33).
    PERSON_GRADE = "C25",
        "不得对{0}评价、分级、计分或排名。",
        "{0} may not be evaluated, graded, scored or ranked.",
        "{0}: оценка, классы, баллы и рейтинги недопустимы.";
    /// A serious list whose rows could not show that the subject was heard (rights 8, R12).
    LISTING = "C26",
        "严重失信主体名单的每一行须写明列入机关、文号、日期、依据和送达：缺少“{0}”。",
        "each row of a serious list names organ, number, date, basis and service of the decision: \"{0}\" is missing.",
        "каждая строка списка называет орган, номер, дату, основание и вручение решения: нет «{0}».";
    /// Something about a person that everyone would see (rights 7).
    PERSON_PUBLIC = "C27",
        "“{0}”涉及自然人，不得社会公开（exposure = \"public\"）。",
        "\"{0}\" speaks of a person and may not be public.",
        "«{0}» говорит о человеке и не может быть открыто всем.";
    /// Individual businesses without a statute.
    INDIVIDUAL = "C28",
        "个体工商户按自然人保护：须在 [individual_business] 写明法律、行政法规依据及其公开的信息项。",
        "an individual business is protected as a person: name the statute and the items it publishes in [individual_business].",
        "индивидуальный предприниматель защищён как человек: назовите закон и публикуемые пункты в [individual_business].";
    /// Finality asked for without a law that asks for it, or without the item that shows it (R05).
    FINALITY = "C29",
        "finality_required 须有地方性法规依据和角色为“final-on”的信息项：缺少 {0}。",
        "finality_required needs a local regulation and an item with the role \"final-on\": {0} is missing.",
        "finality_required требует местного закона и пункта с ролью «final-on»: нет {0}.";
    /// A supplier that nobody knows.
    SUPPLIER_UNKNOWN = "C30",
        "suppliers.toml 中没有信源单位“{0}”。",
        "suppliers.toml has no supplier \"{0}\".",
        "в suppliers.toml нет поставщика «{0}».";
    /// A code set that nobody knows.
    CODE_SET = "C31",
        "codes/ 中没有代码集“{0}”。",
        "codes/ has no code set \"{0}\".",
        "в codes/ нет набора кодов «{0}».";
    /// Two items answer to one header.
    ALIAS = "C32",
        "列名“{0}”同时指向 {1} 和 {2}，无法判断。请改其中一个。",
        "the header \"{0}\" means both {1} and {2}. Change one of them.",
        "заголовок «{0}» означает и {1}, и {2}. Измените один из них.";
    /// An item that the theme does not have.
    ITEM = "C33",
        "本主题没有信息项“{0}”。",
        "the theme has no item \"{0}\".",
        "в теме нет пункта «{0}».";
    /// A rule in CEL that does not compile.
    CEL = "C34",
        "规则“{0}”无法编译：{1}",
        "the rule \"{0}\" does not compile: {1}",
        "правило «{0}» не компилируется: {1}";
    /// A format that is no regular expression.
    FORMAT = "C35",
        "格式不是有效的正则表达式：{0}",
        "the format is no regular expression: {0}",
        "формат не является регулярным выражением: {0}";
    /// A number, date or combination that makes no sense.
    SENSE = "C36",
        "{0} 不成立：{1}。",
        "{0} makes no sense: {1}.",
        "{0} не имеет смысла: {1}.";
    /// Natural persons without a number that no other row keeps, or without a kind.
    NATURAL_PERSON = "C37",
        "[natural_person] 须指明角色为“person-identifier”的证件号码项，且主题须有角色为“subject-kind”的信息项。",
        "[natural_person] names an item with the role \"person-identifier\", and the theme has an item with the role \"subject-kind\".",
        "[natural_person] называет пункт с ролью «person-identifier», и в теме есть пункт с ролью «subject-kind».";
    /// Other people on a list without a law that holds them responsible (R14).
    LISTED_PEOPLE = "C38",
        "名单中有他人的信息项“{0}”，但没有依据使其承担责任（R14）：须有法律、行政法规或者地方性法规，并写 responsible = true；近亲属一律不得列入。",
        "the list names other people (\"{0}\") though no basis holds them responsible (R14): a law, an administrative or a local regulation with responsible = true. Relatives never.",
        "список называет других людей («{0}»), хотя ни одно основание не возлагает на них ответственность (R14): нужен закон, постановление или местный закон с responsible = true. Родственников — никогда.";
    /// A state of a case that nothing leads to.
    CASE_UNREACHED = "C40",
        "状态“{0}”从提出案件起无法到达。请删除，或补上到达它的步骤。",
        "the state \"{0}\" cannot be reached from the opening of a case. Delete it, or add the move that leads there.",
        "состояние «{0}» недостижимо с начала дела. Удалите его или добавьте ход, ведущий туда.";
    /// A state of a case that leads nowhere.
    CASE_ENDLESS = "C41",
        "从状态“{0}”无法到达任何终结状态。每个案件都要有终点。",
        "no end can be reached from the state \"{0}\". Every case ends.",
        "из состояния «{0}» нельзя прийти к концу. Каждое дело завершается.";
    /// A move that nobody makes.
    CASE_ACTOR = "C42",
        "步骤“{0}”没有写明由谁办理（by），或者提出案件的步骤写成了由期限办理。",
        "nobody makes the move \"{0}\": name who in by; a deadline opens no case.",
        "ход «{0}» никто не делает: укажите, кто (by); срок дела не открывает.";
    /// A move or deadline without a basis.
    CASE_BASIS = "C43",
        "“{0}”没有依据（basis）。没有找到来源的，写“平台规则”并写 verified = false。",
        "\"{0}\" has no basis. Where no source was found, write that it is the platform's own rule, and verified = false.",
        "у «{0}» нет основания (basis). Если источника нет, напишите, что это правило платформы, и verified = false.";
    /// An open state in which somebody could wait for ever.
    CASE_DEADLINE = "C44",
        "状态“{0}”的期限不成立：未终结的状态须有期限（长于零），终结状态没有期限。",
        "the deadline of the state \"{0}\" makes no sense: a state that is no end has one longer than nothing, and an end has none.",
        "срок состояния «{0}» не имеет смысла: у незавершающего состояния он есть и больше нуля, у конца его нет.";
    /// A decision against the subject without reasons or remedy (rights 12).
    CASE_REMEDY = "C45",
        "步骤“{0}”对主体不利：须说明理由（needs 含 reason）并告知救济途径（remedy）。",
        "the move \"{0}\" is against the subject: it needs reasons (reason in needs) and says how to contest it (remedy).",
        "ход «{0}» против субъекта: нужны мотивы (reason в needs) и способ обжалования (remedy).";
    /// A deadline that decides (rights 12).
    CASE_CLOCK = "C46",
        "期限步骤“{0}”不成立：期限只能单独列为办理方，每个状态最多一个，不带任何材料，且不得作出对主体不利的决定。",
        "the move \"{0}\" of a deadline makes no sense: the clock stands alone in by, once for a state, brings nothing, and decides nothing against the subject.",
        "ход срока «{0}» не имеет смысла: срок указан один, не более раза на состояние, ничего не приносит и ничего не решает против субъекта.";
    /// A pause that is not closed, or is open to any reason (R22).
    CASE_PAUSE = "C47",
        "“{0}”的中止或延长不成立：中止须列明可选理由（choices），能恢复到原状态；延长须有天数并留在原状态。",
        "the pause or extension \"{0}\" makes no sense: a pause lists its reasons (choices) and can go back to each state it stops; an extension has days and stays where it is.",
        "пауза или продление «{0}» не имеет смысла: у паузы есть перечень причин (choices) и возврат в каждое остановленное состояние; продление имеет дни и остаётся на месте.";
    /// A state, or an edition, that nobody knows.
    CASE_UNKNOWN = "C48",
        "本表没有“{0}”。",
        "the table has no \"{0}\".",
        "в таблице нет «{0}».";
    /// A listing, or a breach of a promise, without one of its steps (R12, R13).
    CASE_HEARD = "C49",
        "列入名单或者认定承诺未履行的案件（makes）由谁提出有规定，并且不经过“{0}”不得到达可以报送的状态（admits）。",
        "a case that lists, or that finds a promise broken (makes), is opened by whom the law says, and reaches no state that admits the fact but through: {0}.",
        "дело о внесении или о нарушении обязательства (makes) открывает тот, кому это дано, и до состояния, допускающего сведение (admits), нельзя дойти без: {0}.";
    /// A measure of a class that its basis does not carry (R16).
    MEASURE_BASIS = "C60",
        "措施“{0}”没有足够的依据（R16）。减损权利或者增加义务的，须有法律、法规或者党中央、国务院政策文件；地方清单须有地方性法规。",
        "no basis carries the measure \"{0}\" (R16). What reduces rights needs a law, a regulation or a central policy document; a local list needs a local regulation.",
        "мера «{0}» не имеет достаточного основания (R16). Ограничение прав требует закона, постановления или документа центра; местный перечень — местного закона.";
    /// A measure does what its class may not (R16, R39).
    MEASURE_CLASS = "C61",
        "第 {0} 类措施不得如此：{1}（R16、R39）。第二类不减损权利；第三类只提供信息，没有实施单位。",
        "a measure of class {0} may not: {1} (R16, R39). Class II takes no right; class III informs and nobody orders it.",
        "мера класса {0} не может: {1} (R16, R39). Второй класс не отнимает прав; третий лишь сообщает, и его никто не предписывает.";
    /// A measure on a grade (R17).
    MEASURE_GRADE = "C62",
        "评价等级不得作为该措施的依据（R17）。它只能决定检查频次。",
        "a grade grounds no such measure (R17). It may set how often one is inspected.",
        "оценка не обосновывает такой меры (R17). Она определяет лишь частоту проверок.";
    /// A measure on a number of facts (R13).
    MEASURE_COUNT = "C63",
        "不得以失信信息的条数作为依据（R13）。",
        "a number of facts grounds nothing (R13).",
        "число фактов ничего не обосновывает (R13).";
    /// A measure against somebody whom no law names (R14).
    MEASURE_ROLE = "C64",
        "不得对“{0}”实施措施（R14）。可用：subject、representative、responsible；近亲属一律不得列入。",
        "no measure meets \"{0}\" (R14). It may meet subject, representative and responsible; never a relative.",
        "мера не касается «{0}» (R14). Возможны subject, representative и responsible; родственники — никогда.";
    /// A ground that no basis joins with an item (R18).
    MEASURE_LINK = "C65",
        "没有依据把行为“{0}”与任何事项联系起来（R18，不当联结）。",
        "no basis joins the act \"{0}\" with any item (R18, improper linkage).",
        "ни одно основание не связывает поступок «{0}» с делом (R18, недопустимая связь).";
    /// A measure without an end (rights 9, R19).
    MEASURE_END = "C66",
        "措施没有期限（R19）。请写 term = { min, max } 或 { ends = \"with-fact\" }、{ ends = \"by-order\" }。",
        "the measure has no end (R19). Write term = { min, max }, { ends = \"with-fact\" } or { ends = \"by-order\" }.",
        "у меры нет конца (R19). Укажите term = { min, max }, { ends = \"with-fact\" } или { ends = \"by-order\" }.";
    /// A model whose indicator reads what it may not (Shenzhen 29, rights 2).
    MODEL_READS = "C70",
        "评价指标不得使用“{0}”：只能使用目录中向社会公开的主题和信息项，且不涉及个人，不是自由文本；date 须为日期项。",
        "an indicator may not read \"{0}\": only public themes and items of the catalogue, of no person and no free text; date names an item of dates.",
        "показатель не читает «{0}»: только открытые темы и пункты каталога, не о людях и не свободный текст; date — пункт с датой.";
    /// Bands that overlap, leave a gap or have no scale.
    MODEL_BANDS = "C71",
        "等级区间在“{0}”处重叠、留有空缺或者超出分值范围。区间须首尾相接，恰好覆盖 scale。",
        "the bands overlap, leave a gap or leave the scale at \"{0}\". They join end to end and cover the scale exactly.",
        "ступени у «{0}» перекрываются, оставляют пробел или выходят за шкалу. Они смыкаются и точно покрывают шкалу.";
    /// A model that does not say what never counts (rights 9–11).
    MODEL_EXCLUDES = "C72",
        "excludes 缺少“{0}”。到期、修复、撤回、有异议、待核实、未公开的信息一律不计入评价。",
        "excludes lacks \"{0}\". What has ended, is repaired, withdrawn, contested, held or not public never counts.",
        "в excludes нет «{0}». Истёкшее, исправленное, отозванное, оспоренное, ожидающее и неоткрытое не учитывается.";
    /// A grade as more than a grade (R17).
    MODEL_USE = "C73",
        "评价等级不得用于“{0}”（R17）。它只能决定检查频次（inspection），或者开启法律写明的优惠（benefit），不得作为任何措施的依据。",
        "a grade may not serve \"{0}\" (R17). It sets how often one is inspected (inspection) or opens a benefit that a law names (benefit), and grounds no measure.",
        "оценка не служит «{0}» (R17). Она определяет частоту проверок (inspection) или льготу, названную законом (benefit), и не обосновывает мер.";
    /// A bad grade that its subject would read in public first (R34, Shenzhen 39).
    MODEL_NOTICE = "C74",
        "有不良等级（bad）的模型须写明公布前告知主体的工作日数（notice_working_days）。",
        "a model with a bad band says how many working days before its publication the subject is told (notice_working_days).",
        "модель с плохой ступенью указывает, за сколько рабочих дней до публикации сообщают субъекту (notice_working_days).";
    /// An indicator that means nothing, or two things.
    MODEL_SAYS = "C75",
        "指标“{0}”须在 points（并写 most 和 scale）、band、level 中恰选一项；on 须写 is 或 contains。",
        "the indicator \"{0}\" says exactly one of points (with most, and a scale), band and level; on names is or contains.",
        "показатель «{0}» говорит ровно одно: points (с most и шкалой), band или level; on называет is или contains.";
    /// A demonstration that somebody adopted, or an adoption without a document (R33).
    MODEL_ADOPTED = "C76",
        "演示模型不得写 adopted；采用模型须写明机关和文号。",
        "a demonstration is adopted by nobody; an adoption names the authority and the number of its document.",
        "показ никто не принимает; принятие называет орган и номер документа.";
    /// Not found in a source.
    UNVERIFIED = "C90",
        "尚未在来源中核实：{0}",
        "not verified in a source: {0}",
        "не проверено по источнику: {0}";
}
