//! The sentences of refusals. One place for all three languages, so that none is forgotten.

use super::{FileRefusal, RefusalKind};
use credit::lang::Lang;
use credit::limits;

/// The sentence, with the row in front where one is known.
pub(super) fn message(refusal: &FileRefusal, lang: Lang) -> String {
    let body = body(&refusal.kind, lang);
    match (refusal.row, lang) {
        (None, _) => body,
        (Some(row), Lang::Zh) => format!("第 {row} 行：{body}"),
        (Some(row), Lang::En) => format!("Row {row}: {body}"),
        (Some(row), Lang::Ru) => format!("Строка {row}: {body}"),
    }
}

fn body(kind: &RefusalKind, lang: Lang) -> String {
    limit_words(kind, lang)
        .or_else(|| length_words(kind, lang))
        .or_else(|| data_words(kind, lang))
        .or_else(|| column_words(kind, lang))
        .unwrap_or_else(|| plain_words(kind, lang).to_owned())
}

fn pick(lang: Lang, zh: String, en: String, ru: String) -> Option<String> {
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    })
}

/// Refusals that name a limit.
fn limit_words(kind: &RefusalKind, lang: Lang) -> Option<String> {
    match kind {
        RefusalKind::TooLarge(bytes) => {
            let mib = bytes >> 20;
            pick(
                lang,
                format!(
                    "文件超过 {mib} MiB 的上限。请拆分成几个文件分别报送；工作簿可另存为 CSV。"
                ),
                format!(
                    "The file is over the limit of {mib} MiB. Split it and send the parts; save a workbook as CSV."
                ),
                format!(
                    "Файл больше предела {mib} МиБ. Разделите его и отправьте по частям; книгу сохраните как CSV."
                ),
            )
        }
        RefusalKind::TooManyRows => pick(
            lang,
            format!("文件超过 {} 行。请拆分后分别报送。", limits::ROWS),
            format!(
                "The file has more than {} rows. Split it and send the parts.",
                limits::ROWS
            ),
            format!(
                "В файле больше {} строк. Разделите его и отправьте по частям.",
                limits::ROWS
            ),
        ),
        RefusalKind::TooManyColumns => pick(
            lang,
            format!(
                "列数超过 {}。请检查分隔符，并删去不属于本主题的列。",
                limits::COLUMNS
            ),
            format!(
                "There are more than {} columns. Check the delimiter and remove columns of other themes.",
                limits::COLUMNS
            ),
            format!(
                "Столбцов больше {}. Проверьте разделитель и удалите лишние столбцы.",
                limits::COLUMNS
            ),
        ),
        _ => None,
    }
}

/// Refusals that name a length within the file.
fn length_words(kind: &RefusalKind, lang: Lang) -> Option<String> {
    match kind {
        RefusalKind::TooLongLine => pick(
            lang,
            format!(
                "一行超过 {} KiB，多半是引号没有成对。请检查该行的引号和换行后重新报送。",
                limits::LINE_BYTES >> 10
            ),
            format!(
                "One row is longer than {} KiB; most likely a quotation mark is not closed. Check quotation marks and line ends there and send again.",
                limits::LINE_BYTES >> 10
            ),
            format!(
                "Строка длиннее {} КиБ; вероятно, не закрыта кавычка. Проверьте кавычки и переносы и отправьте снова.",
                limits::LINE_BYTES >> 10
            ),
        ),
        RefusalKind::TooDeep => pick(
            lang,
            format!(
                "数据嵌套超过 {} 层。请把记录放在一个平铺的列表里。",
                limits::NESTING
            ),
            format!(
                "The data is nested deeper than {} levels. Put the records in one flat list.",
                limits::NESTING
            ),
            format!(
                "Вложенность больше {} уровней. Поместите записи в один плоский список.",
                limits::NESTING
            ),
        ),
        _ => None,
    }
}

/// Refusals that name something of the file.
fn data_words(kind: &RefusalKind, lang: Lang) -> Option<String> {
    match kind {
        RefusalKind::NotATable(what) => pick(
            lang,
            format!("这是 {what} 文件，不是数据表。请导出为 CSV、XLSX、JSON 或 XML 后报送。"),
            format!(
                "This is a {what} file and no table. Export it as CSV, XLSX, JSON or XML and send that."
            ),
            format!("Это файл {what}, а не таблица. Выгрузите его как CSV, XLSX, JSON или XML."),
        ),
        RefusalKind::UnknownEncoding(name) => pick(
            lang,
            format!(
                "不认识编码“{name}”。可用：UTF-8、GB18030、GBK、Big5、Shift_JIS、UTF-16；也可不填，由系统识别。"
            ),
            format!(
                "The encoding “{name}” is unknown. Use UTF-8, GB18030, GBK, Big5, Shift_JIS or UTF-16, or leave it out to have it detected."
            ),
            format!(
                "Кодировка «{name}» неизвестна. Укажите UTF-8, GB18030, GBK, Big5, Shift_JIS, UTF-16 или не указывайте её."
            ),
        ),
        RefusalKind::WrongEncoding(name) => pick(
            lang,
            format!("按 {name} 读取时乱码过多。请指明正确的编码，或另存为 UTF-8 后报送。"),
            format!(
                "Read as {name}, too much of the text is damaged. Name the right encoding, or save the file as UTF-8."
            ),
            format!(
                "В кодировке {name} слишком много повреждённого текста. Укажите верную кодировку или сохраните файл в UTF-8."
            ),
        ),
        RefusalKind::UnclearEncoding(tried) => pick(
            lang,
            format!(
                "从这一行起文字无法读出：按 {tried} 都是乱码。请另存为 UTF-8 后报送，或指明文件的编码（命令行用 --encoding 名称，例如 --encoding shift_jis）。"
            ),
            format!(
                "From here on the text cannot be read: it is none of {tried}. Save the file as UTF-8, or name its encoding (on the command line --encoding NAME, such as --encoding shift_jis)."
            ),
            format!(
                "Отсюда текст не читается ни в одной из кодировок: {tried}. Сохраните файл в UTF-8 или укажите кодировку (в командной строке --encoding ИМЯ, например --encoding shift_jis)."
            ),
        ),
        _ => None,
    }
}

/// Refusals that name columns or sheets.
fn column_words(kind: &RefusalKind, lang: Lang) -> Option<String> {
    match kind {
        RefusalKind::HeaderUnclear { titles, cells } => pick(
            lang,
            format!(
                "表头有 {titles} 列，而数据行有 {cells} 列，无法判断各列的含义。请更正表头，使其与数据逐列对应后重新报送。"
            ),
            format!(
                "The header has {titles} columns but the rows have {cells}, and it cannot be told which is which. Correct the header so that it matches the data column by column, and send again."
            ),
            format!(
                "В заголовке столбцов: {titles}, в строках: {cells}; соответствие неясно. Исправьте заголовок и отправьте снова."
            ),
        ),
        RefusalKind::MissingColumns { missing, found } if found.is_empty() => {
            let missing = missing.join("、");
            pick(
                lang,
                format!(
                    "缺少必需的列：{missing}。第一行没有本主题的列名。请按模板在第一行写明列名后重新报送。"
                ),
                format!(
                    "Required columns are missing: {missing}. The first row has none of the theme's column names. Put the header of the template first and send again."
                ),
                format!(
                    "Нет обязательных столбцов: {missing}. В первой строке нет имён столбцов этой темы. Поставьте первым заголовок из шаблона и отправьте снова."
                ),
            )
        }
        RefusalKind::MissingColumns { missing, found } => {
            let (missing, found) = (missing.join("、"), found.join("、"));
            pick(
                lang,
                format!(
                    "缺少必需的列：{missing}。文件中的列：{found}。请按模板补齐表头后重新报送。"
                ),
                format!(
                    "Required columns are missing: {missing}. The file has: {found}. Complete the header by the template and send again."
                ),
                format!(
                    "Нет обязательных столбцов: {missing}. В файле есть: {found}. Дополните заголовок по шаблону."
                ),
            )
        }
        RefusalKind::DoubledColumns(titles) => {
            let titles = titles.join("、");
            pick(
                lang,
                format!("有多列对应同一信息项：{titles}。请只保留一列。"),
                format!("Several columns stand for one item: {titles}. Keep one of them."),
                format!("Несколько столбцов означают одно и то же: {titles}. Оставьте один."),
            )
        }
        RefusalKind::NoSheet { asked, found } => {
            let found = found.join("、");
            pick(
                lang,
                format!("工作簿中没有工作表“{asked}”。现有：{found}。"),
                format!("The workbook has no sheet “{asked}”. It has: {found}."),
                format!("В книге нет листа «{asked}». Есть: {found}."),
            )
        }
        _ => None,
    }
}

/// Refusals that need no figure.
fn plain_words(kind: &RefusalKind, lang: Lang) -> &'static str {
    let [zh, en, ru] = match kind {
        RefusalKind::Empty => [
            "文件是空的。请检查导出是否成功后重新报送。",
            "The file is empty. Check the export and send again.",
            "Файл пуст. Проверьте выгрузку и отправьте снова.",
        ],
        RefusalKind::Archive => [
            "这是压缩包。请解压后逐个报送其中的文件（单个 .gz 文件可直接报送）。",
            "This is an archive. Unpack it and send the files inside one by one (a single .gz file may be sent as it is).",
            "Это архив. Распакуйте его и отправьте файлы по одному (одиночный .gz можно отправить как есть).",
        ],
        RefusalKind::DamagedArchive => [
            "压缩文件已损坏或不完整。请重新压缩后报送。",
            "The packed file is damaged or cut off. Pack it anew and send again.",
            "Сжатый файл повреждён или обрезан. Сожмите его заново и отправьте.",
        ],
        RefusalKind::NotText => [
            "文件不是可识别的文本或工作簿。请导出为 CSV、XLSX、JSON 或 XML 后报送。",
            "The file is neither text nor a workbook that we know. Export it as CSV, XLSX, JSON or XML.",
            "Файл не является ни текстом, ни известной книгой. Выгрузите его как CSV, XLSX, JSON или XML.",
        ],
        RefusalKind::NoHeader => [
            "找不到表头。请在数据上方写明各列名称（可下载模板）后重新报送。",
            "No header was found. Name the columns above the data (a template can be downloaded) and send again.",
            "Заголовок не найден. Укажите названия столбцов над данными (есть шаблон) и отправьте снова.",
        ],
        RefusalKind::NoRecords => [
            "文件中没有记录列表。请把记录放在一个数组中，例如 [{…}, {…}]。",
            "There is no list of records in the file. Put the records in one array such as [{…}, {…}].",
            "В файле нет списка записей. Поместите записи в один массив, например [{…}, {…}].",
        ],
        RefusalKind::Malformed => [
            "文件结构不完整或有语法错误，可能在导出时中断。请重新导出后报送。",
            "The file breaks off or its structure is faulty; the export may have been interrupted. Export it anew and send again.",
            "Структура файла нарушена или файл обрезан. Выгрузите его заново и отправьте.",
        ],
        RefusalKind::DocumentType => [
            "XML 中含有文档类型声明或自定义实体，出于安全不予读取。请去掉后重新报送。",
            "The XML declares a document type or entities of its own, which is refused for safety. Remove them and send again.",
            "XML содержит объявление типа документа или свои сущности; это запрещено. Удалите их и отправьте снова.",
        ],
        RefusalKind::BadWorkbook => [
            "工作簿无法打开：可能已损坏、已加密或由其他程序生成。请取消密码并另存为 XLSX 或 CSV 后报送。",
            "The workbook cannot be opened: damaged, encrypted or made by another program. Remove the password and save it as XLSX or CSV.",
            "Книгу не удалось открыть: она повреждена, зашифрована или создана другой программой. Снимите пароль и сохраните как XLSX или CSV.",
        ],
        RefusalKind::WorkbookTooHeavy => [
            "读取工作簿时超出内存或时间限制。请删去多余的空行、格式和工作表，或另存为 CSV 后报送。",
            "Reading the workbook took too much memory or time. Remove spare rows, formats and sheets, or save it as CSV.",
            "Чтение книги превысило предел памяти или времени. Удалите лишние строки, форматы и листы или сохраните как CSV.",
        ],
        RefusalKind::TooDense => [
            "压缩比异常，为安全起见不予解压。请以未压缩的 CSV 报送。",
            "The file is packed beyond the ratio that is unpacked for safety. Send it as plain CSV.",
            "Степень сжатия превышает допустимую. Отправьте файл как обычный CSV.",
        ],
        _ => [
            "文件无法读取。请重新上传；若仍失败，请联系信用中心。",
            "The file could not be read. Upload it again; if that fails, ask the credit centre.",
            "Файл не удалось прочитать. Загрузите его снова; если не поможет, обратитесь в кредитный центр.",
        ],
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    }
}
