//! What the command line itself says, in the three languages.
//!
//! The workflows bring their own sentences; here stand those that only a terminal needs. A blank is
//! written `{0}`, `{1}`; what fills it is a path, a number or a day, never anything of a person.

use credit::lang::Lang;

/// One sentence in three languages, with numbered blanks.
#[derive(Debug)]
pub(crate) struct Words {
    /// 中文.
    pub(crate) zh: &'static str,
    /// English.
    pub(crate) en: &'static str,
    /// Русский.
    pub(crate) ru: &'static str,
}

impl Words {
    /// The sentence with its blanks filled.
    pub(crate) fn say(&self, lang: Lang, blanks: &[&str]) -> String {
        let template = match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
            Lang::Ru => self.ru,
        };
        let mut said = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            said.push_str(before);
            let Some(close) = from.find('}') else { break };
            let filled = from
                .get(1..close)
                .and_then(|number| number.parse::<usize>().ok())
                .and_then(|number| blanks.get(number));
            said.push_str(filled.copied().unwrap_or_default());
            rest = from.get(close + 1..).unwrap_or_default();
        }
        said.push_str(rest);
        said
    }
}

/// Declares sentences: a name, then Chinese, English and Russian.
macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal, $ru:literal;)*) => {
        $(pub(crate) const $name: Words = Words { zh: $zh, en: $en, ru: $ru };)*
        #[cfg(test)]
        const ALL: &[(&str, Words)] = &[$((stringify!($name), $name)),*];
    };
}

mod journal;

pub(crate) use journal::*;

words! {
    // Blanks: subjects, grades written, the model's version.
    GRADED: "已评价 {0} 个主体，写入 {1} 条与此前不同的评价（模型版本 {2}）",
        "{0} subjects graded, {1} grades written that differ from those before (model version {2})",
        "оценено субъектов: {0}, записано отличающихся оценок: {1} (версия модели {2})";
    // Blanks: rows written, rows left out, path.
    FORWARDED: "已写出 {0} 行，未写出 {1} 行（须先更正或补充）：{2}",
        "{0} rows written, {1} left out (mend or complete them first): {2}",
        "записано строк: {0}, не записано: {1} (сначала исправьте или дополните): {2}";
    // Sealed storage.
    PERSON_NUMBER: "请输入本人的公民身份号码，按回车：",
        "Type the person's number and press Enter:",
        "Введите номер документа лица и нажмите Enter:";
    RING_THERE: "密钥环 persons.keys 已存在。要换新密钥，请运行 gongxin keys rotate。",
        "The key ring persons.keys is there already. For a new key run gongxin keys rotate.",
        "Связка ключей persons.keys уже есть. Для нового ключа выполните gongxin keys rotate.";
    RING_NEEDED: "本库中已有加密的自然人信息或删除记录，只认原来的密钥环。请从备份放回 persons.keys；不能另建。",
        "This store holds what stands under a key ring: persons' data or erasures. Put persons.keys back from its backup; a new one cannot take its place.",
        "В хранилище есть записи под связкой ключей: сведения о лицах или удаления. Верните persons.keys из копии; новая связка её не заменит.";
    RING_OTHER: "密钥环 persons.keys 打不开本库中的加密信息：文件属于另一个库，或是轮换之前的旧文件。请放回本库的密钥环。",
        "The key ring persons.keys does not open what is sealed in this store: it is another store's, or older than the last rotation. Put this store's ring in its place.",
        "Связка persons.keys не открывает запечатанное в этом хранилище: она от другого хранилища или старше последней смены. Положите на место связку этого хранилища.";
    RING_MADE: "已建立密钥环 persons.keys，加密存储已启用。请立即另行备份，不要与数据库备份放在一起：密钥丢失，已加密的信息无法恢复。",
        "The key ring persons.keys is made and sealed storage is open. Back it up now, apart from copies of the store: without it nobody opens what is sealed.",
        "Связка ключей persons.keys создана, защищённое хранение открыто. Сразу сохраните её копию отдельно от копий хранилища: без неё запечатанное не открыть.";
    NO_RING: "尚未启用加密存储。请先运行 gongxin keys new。",
        "Sealed storage is not open. Run gongxin keys new first.",
        "Защищённое хранение не открыто. Сначала выполните gongxin keys new.";
    // Blanks: path, reason.
    RING_DAMAGED: "密钥环 {0} 无法使用：{1}。请从备份恢复。",
        "The key ring {0} cannot be used: {1}. Restore it from a backup.",
        "Связка ключей {0} непригодна: {1}. Восстановите её из копии.";
    RING_FULL: "密钥环已满。请先用 gongxin keys retire 移除旧密钥。",
        "The ring is full. Remove old keys with gongxin keys retire first.",
        "Связка полна. Сначала удалите старые ключи: gongxin keys retire.";
    // Blanks: keys that were wrapped anew, keys under the newest one.
    ROTATED: "已改用新密钥 {0} 个，现由最新密钥保护 {1} 个。确认备份无误后，可用 gongxin keys retire 移除旧密钥。",
        "{0} keys were wrapped anew; the newest key opens {1}. When the new ring is backed up, old keys can go with gongxin keys retire.",
        "Перезавёрнуто ключей: {0}; новейший открывает {1}. Сохранив новую связку, удалите старые ключи: gongxin keys retire.";
    // Blank: the number of the key.
    KEY_IN_USE: "密钥 {0} 仍在使用。请先运行 gongxin keys rotate --resume。",
        "Key {0} is still in use. Run gongxin keys rotate --resume first.",
        "Ключ {0} ещё используется. Сначала выполните gongxin keys rotate --resume.";
    KEY_NOT_RETIRED: "密钥 {0} 是最新密钥或不存在，不能移除。",
        "Key {0} is the newest or is not there, so it cannot be removed.",
        "Ключ {0} новейший или отсутствует, удалить его нельзя.";
    KEY_RETIRED: "已移除密钥 {0}。仍需要它的旧备份从此无人能打开。",
        "Key {0} is removed. Older copies that still need it can be opened by nobody now.",
        "Ключ {0} удалён. Старые копии, которым он нужен, теперь не откроет никто.";
    NUMBER_ON_LINE: "这像是自然人的身份号码。自然人只能在网站上或者通过接口凭同意书、法定职权查询，号码不写在命令行上。",
        "This may be a person's number. People are looked up on the site or by the interface, by consent or statutory power; their numbers stand on no command line.",
        "Похоже на номер физического лица. О людях запрашивают на сайте или через интерфейс, с согласия или по полномочию; в командной строке их номеров нет.";
    ERASED: "已删除。日志仍然完整；本删除已记入 erasures.list，恢复旧备份时会重新执行。",
        "Erased. The journal is whole; the erasure stands in erasures.list and is replayed when an older copy is put back.",
        "Удалено. Журнал цел; удаление записано в erasures.list и повторится при восстановлении старой копии.";
    ERASED_NOTHING: "没有此人的信息；今后报送的也不再收。",
        "Nothing was on file; what is sent later is refused.",
        "Сведений не было; поступившие позже не принимаются.";
    ERASED_BEFORE: "此前已删除。", "It was erased before.", "Удалено ранее.";
    // Blanks: erased anew, with nothing on file.
    REPLAYED: "已重新执行删除：{0} 人的信息已删除，{1} 人在此备份中没有信息。可以启动服务。",
        "Erasures replayed: {0} persons' data erased, {1} had nothing in this copy. The store may serve.",
        "Удаления повторены: стёрто {0}, в этой копии ничего не было у {1}. Хранилище может работать.";
    // Blanks: path, line.
    LIST_DAMAGED: "删除清单 {0} 第 {1} 行无法读取。请从备份恢复该文件。",
        "Line {1} of the list of erasures {0} cannot be read. Restore the file from a backup.",
        "Строка {1} списка удалений {0} не читается. Восстановите файл из копии.";
    // Blank: how many.
    ERASURES_MISSED: "本数据库是旧备份，缺少 {0} 项已决定的删除，暂不提供服务。请运行 gongxin restore。",
        "This store is an older copy that misses {0} erasures, and serves nobody before they are replayed. Run gongxin restore.",
        "Это старая копия: в ней нет {0} решённых удалений, до их повторения она не работает. Выполните gongxin restore.";
    BECAUSE: "原因：{0}", "because: {0}", "причина: {0}";
    PLAIN: "{0}", "{0}", "{0}";

    // Who is who. Blanks: number of the decision, subjects that changed.
    DECIDED: "判定编号 {0}；变动的主体 {1} 个", "decision {0}; {1} subjects changed",
        "решение {0}; изменено субъектов: {1}";
    DECISION_ID: "判定编号应为 32 位十六进制数字，见 gongxin decide list。",
        "A decision's number has 32 hexadecimal digits; see gongxin decide list.",
        "Номер решения состоит из 32 шестнадцатеричных цифр; см. gongxin decide list.";
    NO_DECISIONS: "尚无判定。", "There are no decisions yet.", "Решений пока нет.";

    // Names side by side. Blanks: path, then a row's number and the parser's reason.
    PAIRS_HEADER: "{0} 的第一行应有 left 和 right 两列。请补上列名后重试。",
        "The first line of {0} must name the columns left and right. Add them and try again.",
        "В первой строке {0} должны быть столбцы left и right. Добавьте их и повторите.";
    TABLE_ROW: "{0} 无法按 CSV 读取：{1}。请核对引号和列数。",
        "{0} cannot be read as CSV: {1}. Check its quotation marks and columns.",
        "{0} не читается как CSV: {1}. Проверьте кавычки и число столбцов.";
    MATCHED: "比对 {0} 对，同名 {1} 对，用时 {2} 秒", "{0} pairs, {1} same, {2} s",
        "пар: {0}, совпадает: {1}, {2} с";

    // Names found. Blanks: names, seconds, searches, then milliseconds: middle, 95 and 99 of 100,
    // most; seconds in all.
    SEARCH_WHAT: "请给出要查找的名称，或同时给出 --names 与 --queries。",
        "Give the name to look for, or both --names and --queries.",
        "Укажите искомое наименование либо вместе --names и --queries.";
    SEARCHED: "名称 {0} 个，建索引 {1} 秒；查询 {2} 次，毫秒：p50={3} p95={4} p99={5} max={6}，共 {7} 秒",
        "{0} names indexed in {1} s; {2} searches, ms: p50={3} p95={4} p99={5} max={6}, {7} s in all",
        "наименований: {0}, индекс за {1} с; поисков: {2}, мс: p50={3} p95={4} p99={5} max={6}, всего {7} с";

    // Files and folders. Blanks: path, the system's reason.
    CANNOT_READ: "无法读取 {0}：{1}。请核对路径和权限。",
        "{0} cannot be read: {1}. Check the path and its permissions.",
        "Не удаётся прочитать {0}: {1}. Проверьте путь и права.";
    CANNOT_READ_UTF8: "无法按 UTF-8 文本读取 {0}：{1}。请核对路径，并将文件存为 UTF-8。",
        "{0} cannot be read as UTF-8 text: {1}. Check the path and save the file as UTF-8.",
        "Не удаётся прочитать {0} как текст UTF-8: {1}. Проверьте путь и сохраните файл в UTF-8.";
    CANNOT_WRITE: "无法写入 {0}：{1}。请另选位置，或核对权限和磁盘空间。",
        "{0} cannot be written: {1}. Choose another place, or check permissions and disk space.",
        "Не удаётся записать {0}: {1}. Выберите другое место или проверьте права и место на диске.";
    CANNOT_MAKE: "无法建立数据文件夹 {0}：{1}。请用 --data 另选一个可写的文件夹。",
        "The data folder {0} cannot be made: {1}. Choose a folder that can be written with --data.",
        "Не удаётся создать папку данных {0}: {1}. Укажите доступную для записи папку в --data.";
    CANNOT_REMOVE: "无法删除临时文件 {0}：{1}。请手工删除后重试。",
        "The temporary file {0} cannot be removed: {1}. Remove it by hand and try again.",
        "Не удаётся удалить временный файл {0}: {1}. Удалите его вручную и повторите.";
    KEY_DAMAGED: "密钥文件 {0} 已损坏：应为 64 位十六进制数字。请从备份恢复。",
        "{0} is damaged: 64 hexadecimal digits are expected. Restore it from a backup.",
        "Файл ключа {0} повреждён: нужны 64 шестнадцатеричные цифры. Восстановите его из копии.";
    OUTPUT_CLOSED: "标准输出无法写入。请核对输出去向和磁盘空间。",
        "Standard output cannot be written. Check where it goes and the disk space.",
        "Не удаётся писать в стандартный вывод. Проверьте, куда он направлен, и место на диске.";

    // The store.
    STORE_ADDRESS: "--store 的写法应为 sqlite:路径 或 postgres://用户@主机/数据库。",
        "--store is written sqlite:PATH or postgres://USER@HOST/DATABASE.",
        "--store пишется так: sqlite:ПУТЬ или postgres://ПОЛЬЗОВАТЕЛЬ@УЗЕЛ/БАЗА.";
    STORE_OLD: "数据库结构是第 {0} 版，本程序需要第 {1} 版。请先备份，再运行 gongxin migrate。",
        "The store has schema {0}, this program needs {1}. Back it up, then run: gongxin migrate",
        "Схема хранилища — {0}, программе нужна {1}. Сделайте копию и выполните: gongxin migrate";
    STORE_NEW: "数据库结构是第 {0} 版，本程序只认识到第 {1} 版。请安装新版 gongxin。",
        "The store has schema {0}, this program knows {1} at most. Install a newer gongxin.",
        "Схема хранилища — {0}, программа знает не выше {1}. Установите новую версию gongxin.";
    STORE_CLOSED: "无法打开数据库。请核对它是否存在、是否在运行、是否有权限，或用 --store 另指一个。",
        "The store cannot be opened. Check that it exists, runs and may be used, or name another with --store.",
        "Не удаётся открыть хранилище. Проверьте, что оно есть, работает и доступно, или укажите другое в --store.";
    STORE_BUSY: "数据库正忙。请稍后重试。",
        "The store is busy. Try again in a moment.",
        "Хранилище занято. Повторите чуть позже.";
    STORE_FAILED: "数据库出错。请按下列原因处理，或从备份恢复后重试。",
        "The store failed. Mend the cause below, or restore a backup, and try again.",
        "Сбой хранилища. Устраните причину ниже или восстановите копию и повторите.";
    MIGRATED: "数据库结构已是本程序的版本。",
        "The store has this program's schema.",
        "Схема хранилища соответствует программе.";
    NO_RUNTIME: "程序无法启动工作线程。请核对系统资源。",
        "The program could not start its threads. Check the machine's resources.",
        "Не удалось запустить потоки. Проверьте ресурсы машины.";

    // The catalogue.
    CATALOG_MANY: "目录文件超过 10000 个。请指定更小的文件夹。",
        "There are more than 10,000 catalogue files. Give a smaller folder.",
        "Файлов каталога больше 10 000. Укажите папку поменьше.";
    POLICIES_BAD: "access/site.cedar 未通过检查：{0}。请改正；本地规则只能禁止，不能放行。",
        "access/site.cedar is refused: {0}. Correct it; rules of a site can only forbid.",
        "access/site.cedar отклонён: {0}. Исправьте: правила площадки только запрещают.";
    CATALOG_REFUSED: "目录未通过检查，请改正后重试（全部问题：gongxin catalog check 文件夹）：\n{0}",
        "The catalogue is refused; correct it and try again (all findings: gongxin catalog check FOLDER):\n{0}",
        "Каталог отклонён; исправьте и повторите (все замечания: gongxin catalog check ПАПКА):\n{0}";
    CATALOG_COUNTS: "检查文件 {0} 个，拒绝 {1} 处，提示 {2} 处",
        "files {0}, refusals {1}, warnings {2}",
        "файлов {0}, отказов {1}, предупреждений {2}";
    NO_THEME: "目录中没有主题 {0}。用 gongxin catalog list 查看全部主题。",
        "The catalogue has no theme {0}. See all themes with: gongxin catalog list",
        "В каталоге нет темы {0}. Все темы: gongxin catalog list";
    NO_TEMPLATE: "未能生成填报模板。", "The template could not be made.", "Не удалось создать шаблон.";
    NO_SCHEMA: "未能写出表结构。", "The schema could not be written.", "Не удалось записать схему.";
    NOT_JSON: "{0} 不是 JSON：{1}。请导出为 Table Schema（JSON）后重试。",
        "{0} is not JSON: {1}. Export it as a Table Schema in JSON and try again.",
        "{0} — не JSON: {1}. Экспортируйте Table Schema в JSON и повторите.";
    NO_FIELDS: "该文件没有“fields”。请导出为 Table Schema：含“fields”的 JSON 对象。",
        "The schema has no \"fields\". Export it as a Table Schema: a JSON object with \"fields\".",
        "В схеме нет «fields». Экспортируйте Table Schema: объект JSON с «fields».";
    NO_FIELD_NAME: "第 {0} 个字段没有“name”。请给每个字段命名。",
        "Field {0} has no \"name\". Give each field a name.",
        "У поля {0} нет «name». Дайте имя каждому полю.";

    // Intake.
    DELIMITER: "--delimiter 应为一个字符，或 tab。",
        "--delimiter takes one character, or tab.",
        "--delimiter — один знак или tab.";
    REMOVED: "  撤下 {0} 条（本次全量中已没有）",
        "  removed {0} (absent from this snapshot)",
        "  снято {0} (нет в этом полном списке)";
    ABSENT: "  原有 {1} 条中有 {0} 条不在本次全量中，须由第二名工作人员确认：gongxin snapshots confirm {2} --officer 姓名 --agency 单位",
        "  {0} of {1} earlier rows are absent; a second officer confirms: gongxin snapshots confirm {2} --officer NAME --agency NAME",
        "  из {1} прежних строк нет {0}; подтверждает второй сотрудник: gongxin snapshots confirm {2} --officer ИМЯ --agency ОРГАН";
    STOPPED: "到 {0} 为止未再处理；之前的 {1} 个文件已经入库，重发不会重复。",
        "Stopped at {0}; the {1} files before it were taken in, and sending them again changes nothing.",
        "Остановлено на {0}; предыдущие файлы ({1}) приняты, повторная подача ничего не изменит.";

    // Receipts. Blanks: id, theme, edition, supplier, day, rows; the key's name and a count; a path.
    RECEIPT: "{0}：主题 {1}（{2} 版），信源单位 {3}，日期 {4}，行数 {5}",
        "{0}: theme {1} (edition {2}), supplier {3}, date {4}, rows {5}",
        "{0}: тема {1} (редакция {2}), поставщик {3}, дата {4}, строк {5}";
    RECEIPT_PROVEN: "  已证明：以密钥 {0} 签发，此后一字未改；总根由 {1} 个批次的根推出",
        "  proven: signed with the key {0} and not changed since; its root follows from {1} slices",
        "  доказано: подписано ключом {0} и с тех пор не изменено; корень следует из частей: {1}";
    RECEIPT_FILE: "  已证明：{0} 的字节就是当时报送的字节",
        "  proven: the bytes of {0} are those that were sent",
        "  доказано: байты {0} — те самые, что были поданы";
    RECEIPT_OTHER_FILE: "  {0} 不是这份回执所说的文件", "  {0} is not the file of this receipt",
        "  {0} — не тот файл, о котором эта квитанция";
    RECEIPT_UNPROVEN: "未证明：密钥是否属于您所指的平台（请另经可靠途径核对密钥）；平台自报的时间；数据现在是否仍在平台上；各行的内容",
        "not proven: that the key is that of the platform you mean (compare it by another way); the times that the platform itself states; that the facts are still held; what the rows say",
        "не доказано: что ключ принадлежит именно той платформе (сверьте его другим путём); время, указанное самой платформой; что сведения ещё хранятся; содержание строк";
    RECEIPT_NO_FILE: "未证明：报送的是哪个文件（持有 site.key 的平台用 --file 核对）",
        "not proven: which file it was (the platform, which holds site.key, checks it with --file)",
        "не доказано: какой это был файл (платформа с site.key проверяет его через --file)";
    RECEIPT_WRONG_FILE: "{0} 与回执不符：文件被改动过，或报送的是另一个文件。",
        "{0} does not fit the receipt: the file was changed, or another was sent.",
        "{0} не соответствует квитанции: файл изменён или был подан другой.";
    RECEIPT_SITE_KEY: "核对文件须有平台的 site.key，{0} 中没有。请在平台的数据文件夹上运行，或去掉 --file。",
        "Checking the file needs the platform's site.key, and {0} has none. Run it on the platform's data folder, or leave --file out.",
        "Для проверки файла нужен site.key платформы, в {0} его нет. Запустите на папке данных платформы или уберите --file.";
    RECEIPT_NO_KEY: "{0} 中没有平台的密钥。请用 --key 给出平台的公钥（平台上运行 gongxin receipt key 可得）。",
        "{0} has no key of a platform. Give the platform's public key with --key (there: gongxin receipt key).",
        "В {0} нет ключа платформы. Укажите открытый ключ платформы в --key (там: gongxin receipt key).";
    RECEIPT_KEY: "--key 应为平台的公钥（base64url，43 个字符）或存有它的文件。",
        "--key takes the platform's public key (base64url, 43 characters) or a file with it.",
        "--key — открытый ключ платформы (base64url, 43 знака) или файл с ним.";
    RECEIPT_LARGE: "{0} 超过 16 MiB，不像是回执。请核对路径。",
        "{0} is larger than 16 MiB, too large for receipts. Check the path.",
        "{0} больше 16 МиБ — слишком много для квитанций. Проверьте путь.";

    // Snapshots.
    SUBMISSION_ID: "报送编号是 32 位十六进制数字，见回执或 gongxin snapshots list。",
        "The submission id has 32 hexadecimal digits; see the receipt or: gongxin snapshots list",
        "Номер подачи — 32 шестнадцатеричные цифры; см. квитанцию или: gongxin snapshots list";
    SNAPSHOT_REMOVED: "撤下 {0} 条", "removed {0}", "снято {0}";
    SNAPSHOT_WAITS: "缺 {0} 条，原有 {1} 条", "absent {0} of {1}", "нет {0} из {1}";
    // Blanks: the recall's submission, facts taken back, facts in force again.
    RECALLED: "撤回编号 {0}；撤回 {1} 条，恢复 {2} 条", "recall {0}: taken back {1}, in force again {2}",
        "отзыв {0}: отозвано {1}, снова действует {2}";
    // Blank: the submission's id.
    NIL_TAKEN: "零报告已收，编号 {0}", "the nil report is taken: {0}", "нулевой отчёт принят: {0}";
    SMTP_FROM: "--smtp-from 应为一个邮箱地址。", "--smtp-from is one mailbox, such as credit@example.org.",
        "--smtp-from — один почтовый адрес, например credit@example.org.";
    SMS_SECRET: "网关密钥至少 16 个字节。", "The gateway's secret has at least 16 bytes.",
        "Секрет шлюза содержит не меньше 16 байт.";
    DOCUMENT_PARTS: "文书写作：种类,文号,日期,机关。", "Write the document as KIND,NUMBER,DATE,ORGAN.",
        "Документ пишется так: ВИД,НОМЕР,ДАТА,ОРГАН.";
    CORRECTION_REJECTED: "更正未通过检查，没有任何改变：{0}", "The corrected row was rejected and nothing was changed: {0}",
        "Исправленная строка отклонена, ничего не изменено: {0}";
    NONE_WAIT: "没有待确认的全量报送。", "No snapshot waits.", "Ожидающих подтверждения нет.";

    // Reports.
    NO_PAGE: "未能生成网页。", "The page could not be made.", "Не удалось создать страницу.";
    NO_PDF: "未能生成 PDF。", "The PDF could not be made.", "Не удалось создать PDF.";
    NO_FONT: "找不到中文字体（查找位置：{0}）。请安装一种，如 fonts-noto-cjk，或用 GONGXIN_FONTS 指定字体文件夹。",
        "No font with Chinese was found (looked in {0}). Install one, such as fonts-noto-cjk, or name a folder in GONGXIN_FONTS.",
        "Нет шрифта с китайскими знаками (искали: {0}). Установите, например, fonts-noto-cjk или укажите папку в GONGXIN_FONTS.";
    PDF_TO_TERMINAL: "PDF 不在终端显示。请用 -o 文件名 保存。",
        "A PDF is not for a terminal. Save it with -o FILE.",
        "PDF не для терминала. Сохраните его: -o ФАЙЛ.";
    PERIOD: "起始日 {0} 晚于截止日 {1}。请对调 --from 和 --to。",
        "The first day, {0}, is after the last, {1}. Exchange --from and --to.",
        "Первый день, {0}, позже последнего, {1}. Поменяйте --from и --to.";

    // The site and the demonstration.
    CANNOT_LISTEN: "无法在 {0} 监听：{1}。请用 --listen 另选地址。",
        "Cannot listen on {0}: {1}. Choose another with --listen.",
        "Не удаётся слушать {0}: {1}. Выберите другой адрес в --listen.";
    SERVER_ENDED: "服务意外停止。", "The server ended.", "Сервер остановился.";
    SERVES: "网站：http://{0}/", "Site: http://{0}/", "Сайт: http://{0}/";
    SERVES_NOBODY: "还没有账号，报送页 http://{0}/supply 暂不开放。先建一个管理员：gongxin people add 登录名 --name 姓名 --role centre-administrator --reason 缘由",
        "There are no accounts yet, so http://{0}/supply is open to nobody. Make the first: gongxin people add LOGIN --name NAME --role centre-administrator --reason WHY",
        "Учётных записей ещё нет, и http://{0}/supply закрыт. Создайте первую: gongxin people add ИМЯ --name ФИО --role centre-administrator --reason ПРИЧИНА";
    DEMO_BEGINS: "正在入库示例文件：全部为虚构数据，其中有些行是故意写错的。",
        "Taking the sample files in; they are synthetic, and some rows are bad on purpose.",
        "Принимаются примеры файлов; данные вымышлены, часть строк испорчена намеренно.";
    DEMO_DAMAGED: "程序内的示例文件有缺损：{0}。请重新安装。",
        "The sample files inside the program are damaged: {0}. Install it anew.",
        "Примеры внутри программы повреждены: {0}. Установите её заново.";
    DEMO_DATA: "数据在 {0}。", "The data lie in {0}.", "Данные лежат в {0}.";
    DEMO_LOOK: "在 http://{0}/ 按名称或代码查询，例如 {1}：打开主体页面，取得信用报告。",
        "Look at http://{0}/ : search for a name or a code, such as {1}, open the subject, get its report.",
        "Откройте http://{0}/ : найдите имя или код, например {1}, откройте субъект, получите отчёт.";
    DEMO_SUPPLY: "报送工作台（链接一小时内可用一次）：http://{0}/account/begin/{1}",
        "The desk, by a link that works once within an hour: http://{0}/account/begin/{1}",
        "Рабочее место (ссылка действует один раз в течение часа): http://{0}/account/begin/{1}";
    DEMO_SECOND: "复核员（确认另一人报送的全量名单）：http://{0}/account/begin/{1}",
        "The second officer, who confirms what the first one sent: http://{0}/account/begin/{1}",
        "Второй сотрудник, подтверждающий поданное первым: http://{0}/account/begin/{1}";

    // People who work here. Blanks: a link, a key.
    PEOPLE_LINK: "请把此链接交给本人，三天内有效：{0}",
        "Hand this link to the person; it works for three days: {0}",
        "Передайте эту ссылку человеку; она действует три дня: {0}";
    PEOPLE_DONE: "已办。", "Done.", "Готово.";
    PEOPLE_NONE: "还没有账号。", "There are no accounts yet.", "Учётных записей ещё нет.";
    MACHINE_KEY: "密钥（只显示这一次）：{0}", "The key, shown this once: {0}", "Ключ, показывается один раз: {0}";
    KEY_NAME: "公钥已登记，名称（keyid）：{0}", "The public key is registered; its name (keyid): {0}", "Открытый ключ зарегистрирован; его имя (keyid): {0}";
    KEY_NUMBER: "密钥编号为 32 位十六进制数字，见 gongxin people machine keys。",
        "A key's number has 32 hexadecimal digits; see gongxin people machine keys.",
        "Номер ключа состоит из 32 шестнадцатеричных цифр; см. gongxin people machine keys.";
    SECRET_KEY: "{0} 不是 Ed25519 私钥，请用 openssl genpkey -algorithm ed25519 生成。",
        "{0} is no secret key of Ed25519; openssl genpkey -algorithm ed25519 makes one.",
        "{0} не закрытый ключ Ed25519; его создаёт openssl genpkey -algorithm ed25519.";
    SIGN_ADDRESS: "地址应为 https://主机/路径?参数，不带用户和 #，非 ASCII 字符先用 % 编码。",
        "An address is https://HOST/PATH?QUERY without a user and #; what is not ASCII is percent-encoded first.",
        "Адрес имеет вид https://УЗЕЛ/ПУТЬ?ЗАПРОС без имени и #; всё, кроме ASCII, сначала кодируется через %.";
    SITE_ADDRESS: "{0} 不是网站地址，应为 https://主机 或 https://主机:端口。",
        "{0} is no address of a site: https://HOST or https://HOST:PORT.",
        "{0} не адрес сайта: https://УЗЕЛ или https://УЗЕЛ:ПОРТ.";
    PROVIDERS: "认证平台的设置不能使用：{0}",
        "The settings of identity providers cannot be used: {0}",
        "Настройки служб входа непригодны: {0}";
    SOURCES: "拉取来源的设置不能使用：{0}", "The settings of sources cannot be used: {0}",
        "Настройки источников непригодны: {0}";
    NO_SOURCE: "设置文件中没有这个来源。", "The file has no such source.", "В файле нет такого источника.";
    SIGN_LONG: "文件超过 64 MiB，不能一次发送。", "The file has more than 64 MiB and cannot be sent at once.", "Файл больше 64 МиБ, за один раз его не отправить.";
    APPOINTMENT_ID: "任命编号为 32 位十六进制数字，见 gongxin people list。",
        "An appointment's number has 32 hexadecimal digits; see gongxin people list.",
        "Номер назначения состоит из 32 шестнадцатеричных цифр; см. gongxin people list.";
    GRANT_ID: "授权编号为 32 位十六进制数字，见 gongxin grant list。",
        "A grant's id has 32 hexadecimal digits; see gongxin grant list.",
        "Номер разрешения состоит из 32 шестнадцатеричных цифр; см. gongxin grant list.";
    GRANT_ITEMS: "信息项请写成“主题/信息项”，例如 penalty/CF_WSH。",
        "Write items as THEME/ITEM, for example penalty/CF_WSH.",
        "Пишите сведения как ТЕМА/ПУНКТ, например penalty/CF_WSH.";
    GRANTS_NONE: "没有共享授权。", "There are no grants.", "Разрешений нет.";
    DEFERRALS_NONE: "没有暂缓告知的决定。", "There are no decisions to tell later.",
        "Решений об отсрочке извещений нет.";
    LOOKS_NONE: "没有人查询过该主体的非公开信息。",
        "Nobody has looked at what is not public about this subject.",
        "Непубличные сведения о субъекте никто не запрашивал.";
    // Blank: how many.
    CASES_LOADED: "已载入案件 {0} 件。", "Loaded {0} cases.", "Загружено дел: {0}.";
}

#[cfg(test)]
mod tests {
    use super::{ALL, PERIOD};
    use credit::lang::Lang;

    /// The blanks of a template, sorted.
    fn blanks(template: &str) -> Vec<&str> {
        let mut found: Vec<&str> = template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn every_language_fills_the_same_blanks() {
        for (name, words) in ALL {
            assert_eq!(blanks(words.zh), blanks(words.en), "{name}");
            assert_eq!(blanks(words.zh), blanks(words.ru), "{name}");
            for lang in Lang::ALL {
                let said = words.say(lang, &["A", "B", "C"]);
                assert!(!said.is_empty() && !said.contains('{'), "{name}: {said}");
            }
        }
    }

    #[test]
    fn what_fills_a_blank_is_not_read_as_a_blank() {
        let said = PERIOD.say(Lang::En, &["{1}", "2026"]);
        assert!(said.contains("{1}") && said.contains("2026"), "{said}");
    }
}
