//! Short texts: titles, column labels, names of states.

super::messages! {
    /// Title of a report on an organisation.
    TITLE_ORGANISATION = "法人和非法人组织公共信用信息报告",
        "Public credit information report on an organisation",
        "Отчёт о публичной кредитной информации об организации";
    /// Title of a report on a natural person or an individual business.
    TITLE_PERSON = "自然人公共信用信息报告",
        "Public credit information report on a natural person",
        "Отчёт о публичной кредитной информации о физическом лице";

    /// Cover line.
    REPORT_NUMBER = "报告编号", "Report number", "Номер отчёта";
    /// Cover line.
    REPORT_PURPOSE = "查询方式", "Kind of reading", "Вид запроса";
    /// Cover line: content known at.
    KNOWN_AT = "信息截至", "Information known as of", "Сведения по состоянию на";
    /// Cover line: states read on.
    STATE_ON = "状态判断日", "States read on", "Состояния определены на дату";
    /// Cover line: publication decided on.
    SHOWN_ON = "展示判断日", "Publication decided on", "Допустимость показа на дату";
    /// Cover line.
    THEMES = "所选主题", "Chosen themes", "Выбранные темы";
    /// Cover line.
    PERIOD = "查询期", "Period", "Период";
    /// Value: every theme.
    ALL_THEMES = "全部主题", "All themes", "Все темы";
    /// Value: the whole time.
    ALL_TIME = "全部时间", "Whole time", "Всё время";
    /// Value: a span of days.
    FROM_TO = "{from} 至 {to}", "{from} to {to}", "с {from} по {to}";

    /// Heading of what an issued report is verified by.
    PROOF = "签名与验证", "Signature and verification", "Подпись и проверка";
    /// The number to verify by.
    PROOF_NUMBER = "验证码", "Number to verify by", "Код проверки";
    /// When it was issued.
    PROOF_ISSUED = "签发时间", "Issued at", "Время выдачи";
    /// Where it is verified.
    PROOF_ADDRESS = "验证网址", "Verify at", "Адрес проверки";
    /// Name of the picture.
    PROOF_PICTURE = "验证二维码", "QR code that leads to the verification page", "QR-код страницы проверки";

    /// The subject.
    SUBJECT = "信用主体", "Credit subject", "Субъект";
    /// The subject's name.
    NAME = "名称", "Name", "Наименование";
    /// Its former names.
    OTHER_NAMES = "曾用名及其他名称", "Former and other names", "Прежние и другие наименования";
    /// Its kind.
    KIND = "主体类型", "Kind of subject", "Вид субъекта";
    /// Kind of subject.
    KIND_ENTERPRISE = "企业", "Enterprise", "Предприятие";
    /// Kind of subject.
    KIND_SOCIAL = "社会组织", "Social organisation", "Общественная организация";
    /// Kind of subject.
    KIND_INSTITUTION = "事业单位", "Public institution", "Государственное учреждение";
    /// Kind of subject.
    KIND_AGENCY = "政府机构", "Government agency", "Орган власти";
    /// Kind of subject.
    KIND_OTHER = "其他组织", "Other organisation", "Иная организация";
    /// Kind of subject.
    KIND_BUSINESS = "个体工商户", "Individual business", "Индивидуальный предприниматель";
    /// Kind of subject.
    KIND_PERSON = "自然人", "Natural person", "Физическое лицо";

    /// Identifier.
    ID_USCC = "统一社会信用代码", "Unified social credit code", "Единый код социального кредита";
    /// Identifier.
    ID_ORG = "组织机构代码", "Organisation code", "Код организации";
    /// Identifier.
    ID_REG = "工商注册号", "Business registration number", "Регистрационный номер";
    /// Identifier.
    ID_TAX = "税务登记号", "Tax registration number", "Налоговый номер";
    /// Identifier.
    ID_LEI = "法人机构识别编码", "Legal Entity Identifier", "Международный код юридического лица";
    /// Identifier of a system that reports print without a name of its own.
    ID_OTHER = "其他登记号码", "Other registered number", "Иной регистрационный номер";

    /// Section title.
    EXPLANATION = "报告说明", "About this report", "Об отчёте";
    /// Overview of sections.
    OVERVIEW = "信息概览", "Overview", "Обзор";
    /// Column of the overview.
    SECTION = "部分", "Section", "Раздел";
    /// Column of the overview. A number of entries, not a judgement.
    ENTRIES = "信息条数", "Entries", "Записей";
    /// Section title.
    SECTION_BASIC = "基础信息", "Basic information", "Основные сведения";
    /// Section title.
    SECTION_ADMINISTRATIVE = "行政管理信息", "Administrative matters", "Административные сведения";
    /// Section title.
    SECTION_TRUSTWORTHY = "诚实守信信息", "Duties kept and honours", "Выполнение обязательств и отличия";
    /// Section title.
    SECTION_SERIOUS = "严重失信主体名单信息", "Lists of serious breach", "Перечни серьёзных нарушений";
    /// Section title.
    SECTION_ABNORMAL = "经营异常信息", "Abnormal operation", "Отклонения в деятельности";
    /// Section title.
    SECTION_PROMISE = "信用承诺信息", "Credit promises", "Обязательства";
    /// Section title.
    SECTION_EVALUATION = "信用评价信息", "Evaluations by agencies", "Оценки ведомств";
    /// Section title.
    SECTION_JUDGMENT = "司法判决信息", "Judgments and enforcement", "Судебные решения и исполнение";
    /// Section title.
    SECTION_OTHER = "其他信息", "Other information", "Прочие сведения";
    /// Section title.
    SECTION_LOCAL = "公共信用信息地方补充内容", "Local supplement", "Местное дополнение";
    /// Section title.
    RIGHTS = "异议与信用修复", "Objection and repair", "Возражение и исправление";

    /// Line of an entry.
    SOURCE = "信息来源", "Source", "Источник";
    /// Line of an entry.
    DOCUMENT_NAME = "文书名称", "Document", "Документ";
    /// Line of an entry.
    DOCUMENT_NUMBER = "文书号", "Document number", "Номер документа";
    /// Line of an entry.
    DOCUMENT_ORGAN = "作出机关", "Issuing organ", "Орган, издавший документ";
    /// Line of an entry.
    DOCUMENT_DATE = "文书日期", "Document date", "Дата документа";
    /// Line of an entry.
    STATUS = "状态", "Status", "Состояние";
    /// Line of an entry.
    PUBLICATION = "公示情况", "Publication", "Публикация";
    /// Line of an entry.
    SEVERITY = "严重程度", "Severity", "Тяжесть";
    /// Line of an entry.
    PUBLIC_UNTIL = "最长公示期限届满日", "Published at the latest until", "Публикуется не позднее чем до";
    /// Line of an entry.
    REPAIR_FROM = "最短公示期限届满日", "Shortest publicity ends on", "Кратчайший срок публикации истекает";
    /// Line of an entry.
    REPAIR = "信用修复", "Repair", "Исправление";
    /// Line of an entry.
    REPAIR_BASIS = "修复依据", "Basis of repair", "Основание исправления";
    /// Line of an entry.
    THEME = "数据主题", "Theme", "Тема данных";
    /// Line of an entry: the theme's code and edition.
    EDITION = "目录版本", "Catalogue edition", "Редакция каталога";
    /// Line of an entry.
    STATED_ON = "报送日期", "Stated by the source for", "Указано источником на дату";
    /// Line of an entry.
    KNOWN_SINCE = "入库日期", "On file since", "В реестре с";
    /// Line of an entry.
    RECORD = "信息编号", "Record", "Запись";
    /// Line of an entry.
    MARKS = "标注", "Marks", "Отметки";

    /// State of an entry.
    IN_FORCE = "有效期内", "In force", "Действует";
    /// State of an entry.
    EXPIRED = "已过有效期", "Term expired", "Срок действия истёк";
    /// State of an entry.
    NOT_YET = "尚未生效", "Not yet in force", "Ещё не вступило в силу";
    /// Publication of an entry: the public sees it.
    PUBLIC = "向社会公开", "Published", "Публикуется";
    /// Publication in the own file.
    ENDED_REMOVED = "来源单位已撤下，不再展示", "Withdrawn by its source, no longer shown",
        "Отозвано источником, больше не показывается";
    /// Publication in the own file.
    ENDED_PUBLICITY = "公示期限已届满，不再展示", "Publicity has ended, no longer shown",
        "Срок публикации истёк, больше не показывается";
    /// Publication in the own file.
    ENDED_SHARING = "共享期限已届满，不再展示", "Sharing has ended, no longer shown",
        "Срок передачи истёк, больше не показывается";
    /// Publication in the own file.
    ENDED_QUERY = "查询期限已届满，不再展示", "The query term has ended, no longer shown",
        "Срок запроса истёк, больше не показывается";
    /// Publication in the own file.
    ENDED_MINOR = "轻微事项，不予公示", "Minor matter, not published",
        "Незначительное дело, не публикуется";
    /// Publication in the own file.
    SEVERITY_UNKNOWN = "严重程度待来源单位确认，暂不展示", "Not shown until its source states how grave it is",
        "Не показывается, пока источник не укажет тяжесть";
    /// Publication in the own file.
    UNDATED = "起算日期待来源单位确认，暂不展示", "Not shown until its source states the day its terms count from",
        "Не показывается, пока источник не укажет день отсчёта сроков";
    /// Publication in the own file.
    MOVED = "来源单位已更正为其他主体，不再展示", "Corrected by its source to another subject, no longer shown",
        "Исправлено источником на другой субъект, больше не показывается";
    /// Publication in the own file: waits before it can be shown to others.
    HELD = "待核实，未向他人展示", "Waiting for checking, not shown to others",
        "Ожидает проверки, другим не показывается";
    /// Publication in the own file: the theme is not published.
    NOT_PUBLISHED = "不向社会公开", "Not published", "Не публикуется";
    /// Not shown to third parties while a case lasts.
    SUSPENDED = "暂停展示", "Showing is suspended", "Показ приостановлен";

    /// Repaired: said in the own file alone.
    REPAIRED = "已修复，不再公示、共享和使用", "Repaired: no longer published, shared or used", "Восстановлено: не публикуется, не передаётся и не используется";

    /// Whose fact it is, and who returned it.
    RETURNED_BY = "{source}（经{sender}）", "{source} (by way of: {sender})", "{source} (через: {sender})";
    /// Mark of an entry.
    MARK_LATE = "超过报送期限报送", "Reported after its deadline", "Сообщено позже срока";
    /// Mark of an entry.
    MARK_CONTESTED = "异议处理中", "Under objection", "Оспаривается";
    /// Mark of an entry.
    MARK_APPEALED = "复议、诉讼中", "Under review or before a court", "Обжалуется";

    /// Severity.
    SEVERITY_MINOR = "轻微", "Minor", "Незначительная";
    /// Severity.
    SEVERITY_ORDINARY = "一般", "Ordinary", "Обычная";
    /// Severity.
    SEVERITY_SERIOUS = "严重", "Serious", "Серьёзная";

    /// A date that stands for no end.
    OPEN_ENDED = "长期", "Open-ended", "Бессрочно";
    /// What the matter lasts until, where no end is set.
    WHILE_TRUE = "无固定期限", "No fixed term", "Без установленного срока";
    /// Money.
    MONEY_YUAN = "{value} 元", "{value} yuan", "{value} юаней";
    /// Money in units of ten thousand.
    MONEY_WAN = "{value} 万元", "{value} × 10,000 yuan", "{value} × 10 000 юаней";
    /// A number with another unit.
    MONEY_OTHER = "{value} {unit}", "{value} {unit}", "{value} {unit}";
    /// Joins several values of one item.
    LIST_JOIN = "、", "; ", "; ";

    /// A page header or footer.
    PAGE = "第 {page} 页，共 {pages} 页", "Page {page} of {pages}", "Страница {page} из {pages}";
    /// Versions line.
    VERSIONS = "版本", "Versions", "Версии";
    /// Versions line.
    CATALOGUE_DIGEST = "目录摘要", "Catalogue digest", "Хеш каталога";
    /// Versions line.
    PROGRAM = "程序版本", "Program version", "Версия программы";

    /// What a version says.
    CHANGE_STATED = "报送或者更正", "Stated or corrected", "Сообщено или исправлено";
    /// What a version says.
    CHANGE_REMOVED = "来源单位撤下", "Withdrawn by its source", "Отозвано источником";
    /// What a version says.
    CHANGE_RECALLED = "来源单位撤回（误报）", "Taken back by its source as sent in error", "Отозвано источником как ошибочное";
    /// What a version says.
    CHANGE_MOVED = "更正至其他主体", "Corrected to another subject", "Исправлено на другой субъект";
}
