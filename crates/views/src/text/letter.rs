//! Texts of letters: what a case tells its subject on paper.

super::messages! {
    /// Line: the letter's own number.
    NUMBER = "文书编号", "Number of this letter", "Номер письма";
    /// Line: the case.
    CASE = "案件编号", "Case", "Дело";
    /// Line: who sends it.
    ORGAN = "出具单位", "Issued by", "Выдано";
    /// Line: the day.
    DATED = "日期", "Date", "Дата";
    /// Heading: to whom.
    ADDRESSEE = "致", "To", "Кому";
    /// Heading: what it is about.
    MATTER = "所涉信息", "The fact concerned", "О каком сведении";
    /// Line: the theme of the fact.
    THEME = "信息类别", "Theme", "Тема";
    /// Line: whose fact it is.
    SOURCE = "信源单位", "Supplier", "Поставщик";
    /// Heading: what was decided.
    DECISION = "办理情况", "What was decided", "Что решено";
    /// Line: the step.
    STEP = "事项", "Step", "Шаг";
    /// Line: where the case stands then.
    STATE = "案件状态", "The case now", "Состояние дела";
    /// Line: the ground that was chosen.
    CHOICE = "理由类别", "Ground", "Основание возражения";
    /// Line: reasons.
    REASON = "理由、说明", "Reasons", "Обоснование";
    /// Line: the head who approved.
    HEAD = "批准的负责人", "The head who approved", "Согласовавший руководитель";
    /// Line: kind of a legal document.
    DOCUMENT_KIND = "文书名称", "Kind of document", "Вид документа";
    /// Line: number of a legal document.
    DOCUMENT_NUMBER = "文号", "Number of the document", "Номер документа";
    /// Line: day of a legal document.
    DOCUMENT_DAY = "文书日期", "Day of the document", "Дата документа";
    /// Line: organ of a legal document.
    DOCUMENT_ORGAN = "出具机关", "Organ that issued the document", "Выдавший орган";
    /// What a decision to list says beside its reasons: law and article.
    CONTENT_BASIS = "列入依据", "Basis of the listing", "Основание внесения";
    /// The measures that are warned of.
    CONTENT_MEASURES = "失信惩戒措施提示", "Measures that are warned of", "Меры, о которых предупреждено";
    /// How it ends.
    CONTENT_REMOVAL = "移出条件和程序", "Conditions and procedure of removal", "Условия и порядок исключения";
    /// How it is contested.
    CONTENT_REMEDIES = "救济措施", "Remedies", "Обжалование";
    /// What is promised.
    PROMISE_CONTENT = "承诺内容", "What is promised", "Содержание обязательства";
    /// The liability.
    PROMISE_LIABILITY = "违诺责任", "Liability", "Ответственность";
    /// Who may see it.
    PROMISE_OPEN = "公开类型", "Who may see it", "Кому видно";
    /// To when it holds.
    PROMISE_UNTIL = "承诺有效期", "Valid to", "Действует до";
    /// When a paper was served.
    SERVICE_DAY = "送达日期", "Served on", "Дата вручения";
    /// How.
    SERVICE_WAY = "送达方式", "How it was served", "Способ вручения";
    /// Line: the commitment.
    COMMITMENT = "信用承诺", "Credit commitment", "Кредитное обязательство";
    /// Line: the version of the fact.
    VERSION = "信息版本", "Version of the fact", "Версия сведения";
    /// Line: the basis.
    BASIS = "依据", "Basis", "Основание";
    /// Line: the last day of whoever has the next move.
    DUE = "办理期限（截至）", "To be done by", "Срок";
    /// Heading: how to contest it.
    REMEDY = "救济途径", "How to contest this", "Как обжаловать";
    /// What a letter is.
    FOOT = "本文书由平台按案件记录生成，内容与案件记录一致；案件记录和全部附件可在“我的案件”或服务窗口查看。办理案件不收取任何费用。",
        "This letter was made from the record of the case and says what stands there; the record and all attachments can be read under \"My cases\" or at the service window. No case costs a fee.",
        "Письмо составлено по записям дела и повторяет их; записи и все вложения доступны в разделе «Мои дела» и в окне обслуживания. Дела рассматриваются бесплатно.";
}
