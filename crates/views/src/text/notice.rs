//! Longer texts: what a report is, what it is not, how to object and how to repair.
//!
//! They name no number of days: deadlines are dated data in the catalogue, and each entry prints its
//! own dates.

super::messages! {
    /// How an issued report is verified, and what that tells.
    PROOF_HOW = "扫描二维码，或在验证网址输入验证码，可核对本报告是否由本平台签发、今天的报告是否仍载明相同的事实。请同时核对页面所示的主体名称和报告编号。任何人可用平台公钥离线核对电子文件的签名；打印件上的文字以验证结果和电子文件为准。",
        "Scan the code, or type the number at the address, to see whether the platform issued this report and whether today's report would still state the same facts. Hold the name and the report number shown there against this report. Anyone can check the signature of the electronic file offline with the platform's public key; of a print, the verification and the electronic file are decisive.",
        "Отсканируйте код или введите номер по указанному адресу, чтобы узнать, выдан ли отчёт платформой и указал бы сегодняшний отчёт те же факты. Сверьте показанные там наименование и номер с этим отчётом. Подпись электронного файла можно проверить без связи открытым ключом платформы; для печатной копии решающими являются проверка и электронный файл.";
    /// What is in the report.
    ABOUT = "本报告汇集有关机关依照公共信用信息目录提供、并可向查询人展示的公共信用信息。每条信息均列明来源单位、文书和日期。",
        "This report brings together the public credit information that agencies supplied under the catalogue of public credit information and that this reader may see. Every entry names its source, its document and its dates.",
        "Отчёт содержит публичную кредитную информацию, переданную ведомствами по каталогу и доступную данному читателю. Для каждой записи указаны источник, документ и даты.";
    /// Statement of neutrality.
    NEUTRAL = "本平台客观、中立地展示信息，不编辑信息内容，不对任何主体评分、评级或者作出评价。信息内容由来源单位负责。",
        "The platform shows information objectively and neutrally. It does not edit what sources state, and it gives nobody a score, a grade or an opinion. Each source answers for what it states.",
        "Платформа показывает сведения объективно и нейтрально, не редактирует их и никому не присваивает баллов, категорий или оценок. За содержание отвечает источник.";
    /// What an empty section means.
    EMPTY_MEANS = "“查询期内无相关信息”仅表示在所选范围内没有可向查询人展示的信息，不作为肯定或者否定的评价。",
        "\"No such information in the period\" only says that within the chosen range there is nothing that this reader may see. It is neither praise nor blame.",
        "«За период сведений нет» означает лишь, что в выбранных пределах нет сведений, доступных данному читателю. Это не положительная и не отрицательная оценка.";
    /// Redaction.
    REDACTED = "涉及自然人的姓名、证件号码、住址、账号、健康等内容已经遮蔽；不能确定的文字待人工核对后展示。",
        "Names, document numbers, addresses, accounts and health of natural persons are masked. Text about which there is doubt is shown after a person has checked it.",
        "Имена, номера документов, адреса, счета и сведения о здоровье физических лиц скрыты. Текст, вызывающий сомнение, показывается после проверки человеком.";
    /// A report as of a past day: all three times in plain words.
    PAST_DAY = "本报告按过去的日期生成：内容为截至 {known} 已知的信息，状态按 {on} 判断，能否展示按 {today} 判断。此后终止公示、撤下或者修复的信息不再展示。",
        "This report is made as of a past day: its content is what was known by {known}, states are read on {on}, and what may be shown is decided on {today}. Information whose publicity has ended since, or that was withdrawn or repaired, is not shown.",
        "Отчёт составлен на прошедшую дату: содержание известно на {known}, состояния определены на {on}, допустимость показа — на {today}. Сведения, публикация которых с тех пор прекращена, отозванные или исправленные, не показаны.";
    /// Chosen themes.
    CHOSEN_THEMES = "本报告只包含所选主题：{themes}。",
        "This report holds only the chosen themes: {themes}.",
        "Отчёт содержит только выбранные темы: {themes}.";
    /// Chosen period.
    CHOSEN_PERIOD = "本报告只包含文书日期（没有文书的，为报送日期）在 {from} 至 {to} 之间的信息；登记注册信息不受此限。",
        "This report holds only information whose document, or statement where there is no document, is dated from {from} to {to}. Registration is shown in any case.",
        "Отчёт содержит только сведения, документ по которым (при его отсутствии — сообщение источника) датирован с {from} по {to}. Регистрационные сведения показаны в любом случае.";
    /// The own file.
    OWN_FILE = "本报告供信用主体了解自身信息，包含不向社会公开的信息和已经停止展示的信息；每条信息均列明其状态。请妥善保管。",
        "This report is for the subject itself. It includes information that is not published and information no longer shown to others; each entry says so. Please keep it safe.",
        "Отчёт предназначен самому субъекту. Он включает непубликуемые сведения и сведения, которые другим больше не показываются; это указано в каждой записи. Храните его надёжно.";
    /// Empty section.
    EMPTY = "查询期内无相关信息", "No such information in the period", "За период сведений нет";
    /// More entries than a report prints.
    LEFT_OUT = "本部分共有 {total} 条信息，此处列出日期最近的 {shown} 条，其余 {left} 条可以通过选择主题或者查询期查看。",
        "This section has {total} entries. The {shown} most recent ones are printed; the other {left} can be seen by choosing themes or a period.",
        "В разделе {total} записей. Напечатаны {shown} последних по дате; остальные {left} можно увидеть, выбрав темы или период.";

    /// Heading.
    OBJECT_TITLE = "如何提出异议", "How to object", "Как подать возражение";
    /// Who may object, on which grounds, where.
    OBJECT = "认为信息错误、遗漏、重复、超过公示期限或者依法不应当展示的，可以向本平台提出异议，也可以直接向来源单位提出，并说明理由、附上证明材料。",
        "Whoever finds that information is wrong, missing, repeated, shown beyond its term or not to be shown by law may object here or directly to its source, giving reasons and evidence.",
        "Если сведения неверны, неполны, повторяются, показаны сверх срока или по закону не должны показываться, возражение можно подать здесь или прямо источнику, с доводами и доказательствами.";
    /// What happens meanwhile.
    OBJECT_MEANWHILE = "核查期间该信息标注“异议处理中”；经核查有误的，予以更正、补充或者停止展示，并告知结果。",
        "While it is checked the information is marked \"under objection\". If it proves wrong it is corrected, completed or no longer shown, and the result is notified.",
        "На время проверки сведения помечаются «оспаривается». Если они неверны, их исправляют, дополняют или перестают показывать; о результате сообщают.";
    /// Heading.
    REPAIR_TITLE = "如何申请信用修复", "How to apply for repair", "Как подать заявление об исправлении";
    /// Who may apply, with which conditions.
    REPAIR = "已经纠正失信行为、履行完毕相关义务，并且达到最短公示期限的，可以申请信用修复；由认定单位依法决定。法律、法规规定不可修复的，在该条信息中注明。",
        "Whoever has corrected the matter, performed the duties and reached the end of the shortest publicity may apply for repair; the organ that decided the matter decides on it. Where the law excludes repair, the entry says so.",
        "Заявление об исправлении может подать тот, кто устранил нарушение, исполнил обязанности и выждал кратчайший срок публикации; решает орган, установивший факт. Если закон исключает исправление, это указано в записи.";
    /// Free of charge; when publicity ends by itself.
    REPAIR_FREE = "信用修复不收取任何费用。达到最长公示期限的，公示自动终止，无需申请。",
        "Repair is free of charge. When the longest publicity is reached, publicity ends by itself without an application.",
        "Исправление бесплатно. По истечении наибольшего срока публикация прекращается сама, без заявления.";
    /// Entry: the end of its shortest publicity.
    REPAIR_AFTER = "最短公示期限于 {date} 届满，此后可以申请。", "The shortest publicity ends on {date}; an application is possible after that.",
        "Кратчайший срок публикации истекает {date}; после этого можно подать заявление.";
    /// Entry: no shortest term.
    REPAIR_AT_ONCE = "履行相关义务后即可申请。", "An application is possible once the duties are performed.",
        "Заявление можно подать сразу после исполнения обязанностей.";
    /// Entry: the law excludes repair.
    REPAIR_EXCLUDED = "依照法律、法规不可修复。", "Repair is excluded by law.", "Исправление исключено законом.";
    /// Records whose theme the catalogue does not know.
    UNREADABLE = "另有 {count} 条信息因目录暂缺相应主题，未能列出。", "Another {count} records are not listed, because the catalogue lacks their theme for now.",
        "Ещё {count} записей не приведены, так как в каталоге пока нет их темы.";
    /// A look under a grant: what may be done with it (R37; Shenzhen 37).
    DUTY = "仅限用于本次查询所列事由和案件。不得用于其他目的，不得再次提供或公开；标注“异议处理中”的信息不得作为自动决定的依据，使用时须写明理由。",
        "For the purpose and the case of this look only. It is not used for anything else, passed on or published; no automatic decision rests on what is under objection, and who uses it writes why.",
        "Только для цели и дела этого запроса. Не использовать иначе, не передавать и не публиковать; на оспариваемых сведениях не строят автоматических решений, а использующий их пишет почему.";
}
