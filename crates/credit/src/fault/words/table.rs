//! The table of sentences, apart from the code that fills them in, so that a reader of a language
//! can go through it alone. `{item}` is the item's title, `{a}` and `{b}` are the kind's figures.

/// One kind's sentences: for each language what is wrong, then how to mend it.
pub(super) struct Words {
    pub(super) code: &'static str,
    pub(super) zh: [&'static str; 2],
    pub(super) en: [&'static str; 2],
    pub(super) ru: [&'static str; 2],
}

/// The other row stands in a part of the file that was stored before: its number is not known.
pub(super) const REPEAT_OF_A_PART: Words = Words {
    code: "I27",
    zh: [
        "与同一文件前面已处理的一行为同一事实，但内容不同",
        "两行只保留正确的一行",
    ],
    en: [
        "A row in an earlier part of the same file is the same fact with other content",
        "Keep the right one of the two rows",
    ],
    ru: [
        "В уже обработанной части этого файла есть тот же факт с другим содержанием",
        "Оставьте верную из двух строк",
    ],
};

pub(super) const CODE_OF_ANY_SYSTEM: Words = Words {
    code: "R06",
    zh: ["“{item}”不是有效的代码：", "对照登记证照原件更正“{item}”"],
    en: [
        "“{item}” is not a valid code: ",
        "Correct “{item}” from the certificate of registration",
    ],
    ru: [
        "«{item}» — неверный код: ",
        "Исправьте «{item}» по свидетельству о регистрации",
    ],
};

pub(super) const NO_UNIT: Words = Words {
    code: "I20",
    zh: ["“{item}”不带单位", "只填写数字"],
    en: ["“{item}” takes no unit", "Write only the number"],
    ru: ["«{item}» указывают без единицы", "Запишите только число"],
};

pub(super) const FORM_UNNAMED: Words = Words {
    code: "I13",
    zh: ["“{item}”的格式不符", "对照目录中“{item}”的格式说明更正"],
    en: [
        "“{item}” does not have its form",
        "Correct “{item}” by its form in the catalogue",
    ],
    ru: [
        "«{item}» не соответствует формату",
        "Исправьте «{item}» по формату в каталоге",
    ],
};

pub(super) const TABLE: &[Words] = &[
    Words {
        code: "I01",
        zh: [
            "本行有 {b} 个单元格，表头有 {a} 个",
            "检查本行是否多了或少了分隔符，含分隔符的内容请加引号",
        ],
        en: [
            "The row has {b} cells, the header has {a}",
            "Look for a missing or extra delimiter; put text that contains one in quotation marks",
        ],
        ru: [
            "В строке ячеек: {b}, в заголовке: {a}",
            "Проверьте, нет ли лишнего или пропущенного разделителя; текст с разделителем заключите в кавычки",
        ],
    },
    Words {
        code: "I02",
        zh: [
            "本行不是完整的记录，文件可能在此处中断",
            "重新导出文件，检查本行的括号和引号",
        ],
        en: [
            "The row is not a whole record; the file may break off here",
            "Export the file anew; check brackets and quotation marks in this row",
        ],
        ru: [
            "Строка не является целой записью; файл мог оборваться",
            "Выгрузите файл заново; проверьте скобки и кавычки в этой строке",
        ],
    },
    Words {
        code: "I03",
        zh: [
            "本条记录含有其他记录没有的字段",
            "删去该字段，或在前面的记录中一并给出",
        ],
        en: [
            "The record has a field that the records before it do not have",
            "Remove the field, or give it in the earlier records too",
        ],
        ru: [
            "В записи есть поле, которого нет в предыдущих",
            "Удалите поле или добавьте его и в предыдущие записи",
        ],
    },
    Words {
        code: "I04",
        zh: ["本条记录的同一字段出现两次", "只保留正确的一个"],
        en: ["The record has one field twice", "Keep the right one"],
        ru: ["Одно поле встречается в записи дважды", "Оставьте верное"],
    },
    Words {
        code: "I05",
        zh: [
            "“{item}”含有无法识别的字节",
            "用正确的编码重新导出该单元格（建议 UTF-8）",
        ],
        en: [
            "“{item}” holds bytes that are no text",
            "Export the cell in the right encoding (UTF-8 is best)",
        ],
        ru: [
            "«{item}» содержит байты, которые не являются текстом",
            "Выгрузите ячейку в верной кодировке (лучше UTF-8)",
        ],
    },
    Words {
        code: "I06",
        zh: [
            "“{item}”超过单元格上限 {a} 字",
            "缩短内容；如为误粘贴，请更正",
        ],
        en: [
            "“{item}” is over the limit of {a} characters for a cell",
            "Shorten it; if it was pasted by mistake, correct it",
        ],
        ru: [
            "«{item}» превышает предел ячейки: {a} знаков",
            "Сократите; если вставлено по ошибке, исправьте",
        ],
    },
    Words {
        code: "I07",
        zh: ["“{item}”在工作簿中显示为错误值", "更正公式，或直接填写数值"],
        en: [
            "“{item}” shows an error in the workbook",
            "Correct the formula, or type the value itself",
        ],
        ru: [
            "«{item}» в книге содержит ошибку",
            "Исправьте формулу или впишите само значение",
        ],
    },
    Words {
        code: "I08",
        zh: [
            "“{item}”是超过 15 位的数值，末几位已被表格软件抹为零",
            "把该列设为“文本”格式后重新填写原号码",
        ],
        en: [
            "“{item}” is a number of more than 15 digits, and the spreadsheet has lost the last of them",
            "Format the column as text and type the number again",
        ],
        ru: [
            "«{item}» — число длиннее 15 цифр, последние цифры в таблице утрачены",
            "Задайте столбцу текстовый формат и впишите номер заново",
        ],
    },
    Words {
        code: "I10",
        zh: ["“{item}”为必填项，现为空", "填写“{item}”"],
        en: ["“{item}” is required and empty", "Fill in “{item}”"],
        ru: ["Обязательное поле «{item}» пусто", "Заполните «{item}»"],
    },
    Words {
        code: "I11",
        zh: [
            "按本行的其他内容，“{item}”应当填写",
            "填写“{item}”，或核对：{a}",
        ],
        en: [
            "By the row's other values “{item}” must be filled",
            "Fill in “{item}”, or check: {a}",
        ],
        ru: [
            "По другим значениям строки поле «{item}» должно быть заполнено",
            "Заполните «{item}» или проверьте: {a}",
        ],
    },
    Words {
        code: "I12",
        zh: ["“{item}”有 {b} 字，最多 {a} 字", "缩短到 {a} 字以内"],
        en: [
            "“{item}” has {b} characters, at most {a} are taken",
            "Shorten it to {a} characters",
        ],
        ru: [
            "«{item}»: знаков {b}, допускается {a}",
            "Сократите до {a} знаков",
        ],
    },
    Words {
        code: "I13",
        zh: ["“{item}”的格式不符", "按规定格式填写：{a}"],
        en: [
            "“{item}” does not have its form",
            "Write it in this form: {a}",
        ],
        ru: [
            "«{item}» не соответствует формату",
            "Запишите в этом формате: {a}",
        ],
    },
    Words {
        code: "I14",
        zh: ["“{item}”不是日期", "写成 2024-01-31 的形式"],
        en: ["“{item}” is no date", "Write it like 2024-01-31"],
        ru: ["«{item}» не является датой", "Запишите в виде 2024-01-31"],
    },
    Words {
        code: "I15",
        zh: [
            "“{item}”的日期不存在，或年份不合理",
            "核对年、月、日，写成 2024-01-31 的形式",
        ],
        en: [
            "“{item}” is a day that does not exist, or its year is out of reason",
            "Check year, month and day; write it like 2024-01-31",
        ],
        ru: [
            "«{item}»: такого дня нет или год неправдоподобен",
            "Проверьте год, месяц и день; запишите в виде 2024-01-31",
        ],
    },
    Words {
        code: "I16",
        zh: [
            "“{item}”晚于报送日期 {a}",
            "填写实际日期；尚未发生的请到时再报",
        ],
        en: [
            "“{item}” is after the day of submission, {a}",
            "Write the true day; send what has not happened yet when it has",
        ],
        ru: [
            "«{item}» позже дня отправки, {a}",
            "Укажите верный день; будущее отправьте, когда оно наступит",
        ],
    },
    Words {
        code: "I17",
        zh: ["“{item}”不是数字", "只填写数字，例如 1234.5"],
        en: [
            "“{item}” is no number",
            "Write only the number, such as 1234.5",
        ],
        ru: [
            "«{item}» не является числом",
            "Запишите только число, например 1234.5",
        ],
    },
    Words {
        code: "I18",
        zh: ["“{item}”应为整数", "填写整数，不带小数"],
        en: [
            "“{item}” must be a whole number",
            "Write it without a fraction",
        ],
        ru: [
            "«{item}» должно быть целым числом",
            "Запишите без дробной части",
        ],
    },
    Words {
        code: "I19",
        zh: [
            "“{item}”位数过多：整数部分最多 {a} 位，小数最多 {b} 位",
            "核对数值和单位后更正",
        ],
        en: [
            "“{item}” has too many digits: at most {a} before the point and {b} after it",
            "Check the figure and its unit",
        ],
        ru: [
            "В «{item}» слишком много цифр: до запятой не более {a}, после — {b}",
            "Проверьте число и единицу",
        ],
    },
    Words {
        code: "I20",
        zh: ["“{item}”的单位无法换算为“{a}”", "换算为“{a}”，只填写数字"],
        en: [
            "The unit of “{item}” cannot be turned into “{a}”",
            "Convert it to “{a}” and write only the number",
        ],
        ru: [
            "Единицу «{item}» нельзя перевести в «{a}»",
            "Переведите в «{a}» и запишите только число",
        ],
    },
    Words {
        code: "I21",
        zh: ["“{item}”的取值不在代码表中", "从代码表中选择：{a}"],
        en: ["“{item}” is not in its code set", "Choose from: {a}"],
        ru: ["Значения «{item}» нет в перечне", "Выберите из: {a}"],
    },
    Words {
        code: "I22",
        zh: ["“{item}”只能填一个值", "只保留一个，其余另行报送"],
        en: [
            "“{item}” takes one value only",
            "Keep one, and send the others apart",
        ],
        ru: [
            "«{item}» принимает одно значение",
            "Оставьте одно, остальные отправьте отдельно",
        ],
    },
    Words {
        code: "R06",
        zh: ["“{item}”不是有效的{a}：", "对照登记证照原件更正“{item}”"],
        en: [
            "“{item}” is not valid ({a}): ",
            "Correct “{item}” from the certificate of registration",
        ],
        ru: [
            "«{item}» — неверный код ({a}): ",
            "Исправьте «{item}» по свидетельству о регистрации",
        ],
    },
    Words {
        code: "I23",
        zh: [
            "“{item}”是科学计数法，部分数字可能已经丢失",
            "在原表中把该列设为“数值”或“文本”格式，写出全部数字",
        ],
        en: [
            "“{item}” is in scientific notation, and digits may be lost",
            "Format the column as a number or text where it was exported, and write every digit",
        ],
        ru: [
            "«{item}» записано в экспоненциальной форме, часть цифр могла пропасть",
            "Задайте столбцу числовой или текстовый формат и запишите все цифры",
        ],
    },
    Words {
        code: "I24",
        zh: [
            "本行的几个主体代码不属于同一主体",
            "核对各代码，只保留属于本主体的",
        ],
        en: [
            "The identifiers of the row belong to different bodies",
            "Check them and keep those of this body",
        ],
        ru: [
            "Коды в строке принадлежат разным лицам",
            "Проверьте их и оставьте относящиеся к этому лицу",
        ],
    },
    Words {
        code: "I25",
        zh: [
            "既无主体代码也无名称，不知所指主体",
            "填写统一社会信用代码，至少填写名称",
        ],
        en: [
            "Neither a code nor a name says whom the row is about",
            "Fill in the unified code, or at least the name",
        ],
        ru: [
            "Ни код, ни название не говорят, о ком строка",
            "Укажите единый код или хотя бы название",
        ],
    },
    Words {
        code: "I26",
        zh: ["“{item}”为空，无法识别这是哪一条事实", "填写“{item}”"],
        en: [
            "“{item}” is empty, so that the fact cannot be told from others",
            "Fill in “{item}”",
        ],
        ru: [
            "«{item}» пусто, и факт нельзя отличить от других",
            "Заполните «{item}»",
        ],
    },
    Words {
        code: "I27",
        zh: [
            "与同一文件第 {a} 行为同一事实，但内容不同",
            "两行只保留正确的一行",
        ],
        en: [
            "Row {a} of the same file is the same fact with other content",
            "Keep the right one of the two rows",
        ],
        ru: [
            "Строка {a} того же файла — тот же факт с другим содержанием",
            "Оставьте верную из двух строк",
        ],
    },
    Words {
        code: "I28",
        zh: ["几项内容相互矛盾", "核对并更正：{a}"],
        en: [
            "Some values contradict each other",
            "Check and correct: {a}",
        ],
        ru: [
            "Некоторые значения противоречат друг другу",
            "Проверьте и исправьте: {a}",
        ],
    },
    Words {
        code: "I29",
        zh: ["目录中的一条规则无法执行", "数据无须改动，请联系信用中心"],
        en: [
            "A rule of the catalogue could not be run",
            "The row need not be changed; tell the credit centre",
        ],
        ru: [
            "Правило каталога не удалось выполнить",
            "Строку менять не нужно; сообщите кредитному центру",
        ],
    },
    Words {
        code: "R12",
        zh: [
            "该主体的列入案件（或者承诺）正在本平台办理：列入决定尚未送达，或者未履行尚未认定",
            "在案件中听取陈述申辩、作出决定并送达（认定）后，按其机关和文号报送",
        ],
        en: [
            "A case on this platform has not come so far: no decision to list was served, or no breach of the promise was found",
            "Hear, decide and serve in the case first; then send the row with the case's organ and number",
        ],
        ru: [
            "Дело на платформе ещё не дошло до этого: решение о внесении не вручено или нарушение обязательства не установлено",
            "Сначала выслушайте, решите и вручите в деле, затем подайте строку с его органом и номером",
        ],
    },
    Words {
        code: "I31",
        zh: [
            "主体的登记地不在报送单位的管辖区域内",
            "核对统一社会信用代码；确属其他区域的，由当地单位报送",
        ],
        en: [
            "The subject is registered outside the area in the supplier's charge",
            "Check the unified social credit code; what belongs elsewhere is sent by the agency there",
        ],
        ru: [
            "Субъект зарегистрирован вне территории поставщика",
            "Проверьте единый код; сведения о других территориях подаёт местный орган",
        ],
    },
    Words {
        code: "I30",
        zh: [
            "目录不允许这一来源单位报送本主题",
            "填写产生该信息的行政机关的统一社会信用代码，或联系信用中心",
        ],
        en: [
            "The catalogue does not allow this source for the theme",
            "Give the unified code of the authority that produced the fact, or tell the credit centre",
        ],
        ru: [
            "Каталог не допускает такой источник для этой темы",
            "Укажите единый код органа, создавшего сведения, или сообщите кредитному центру",
        ],
    },
    Words {
        code: "R01",
        zh: [
            "本主题不收此类主体的信息：{a}",
            "核对主体代码和类别；确属此类的，不在本主题报送",
        ],
        en: [
            "This theme takes nothing about this kind of subject: {a}",
            "Check code and kind; if they are right, do not send it under this theme",
        ],
        ru: [
            "Эта тема не принимает сведения о таких субъектах: {a}",
            "Проверьте код и вид; если верно, не отправляйте по этой теме",
        ],
    },
    Words {
        code: "R02",
        zh: [
            "“{item}”含有禁止归集的信息，本行未保存",
            "删去该内容（宗教、民族、政治见解、疾病、基因、生物特征、收入、存款等）后重新报送",
        ],
        en: [
            "“{item}” holds data that is never collected; nothing of the row was kept",
            "Remove it (religion, ethnicity, political opinion, illness, genes, biometrics, income, deposits …) and send the row again",
        ],
        ru: [
            "«{item}» содержит сведения, которые не собирают; строка не сохранена",
            "Удалите их (религия, национальность, взгляды, болезни, гены, биометрия, доходы, вклады …) и отправьте строку снова",
        ],
    },
    Words {
        code: "R03",
        zh: [
            "不利信息缺少“{item}”，没有法律文书不得归集",
            "按决定文书填写文号、机关和日期",
        ],
        en: [
            "A negative fact lacks “{item}”; without its legal document it is not collected",
            "Fill in number, organ and date from the decision",
        ],
        ru: [
            "Негативному факту недостаёт «{item}»; без правового документа он не собирается",
            "Укажите номер, орган и дату по решению",
        ],
    },
];
