//! What the commands of the journal say: what is proven, by whom, and what nobody has proven.

use super::Words;

words! {
    // Blank: how many.
    JOURNAL_RAN: "已入日志 {0} 条，检查点已签名。",
        "{0} events got their places; the checkpoint is signed.",
        "Событий внесено в журнал: {0}; контрольная точка подписана.";
    JOURNAL_ELSEWHERE: "另一进程正在写日志，本进程未做任何事。",
        "Another process keeps the journal; nothing was done here.",
        "Журнал ведёт другой процесс; здесь ничего не сделано.";
    JOURNAL_EMPTY: "日志尚无已签名的检查点。请先运行 `gongxin serve` 或 `gongxin journal run`。",
        "The journal has no signed checkpoint yet. Run `gongxin serve` or `gongxin journal run` first.",
        "В журнале ещё нет подписанной контрольной точки. Сначала запустите `gongxin serve` или `gongxin journal run`.";
    // Blanks: entries, files written, folder.
    JOURNAL_EXPORTED: "日志共 {0} 条，新写 {1} 个文件：{2}",
        "{0} entries, {1} new files: {2}",
        "Записей: {0}, новых файлов: {1}: {2}";
    // Blanks: entries, time as the token has it (UTC).
    STAMPED: "时间戳机构已为前 {0} 条记录盖戳，时间（UTC）{1}",
        "The first {0} entries are stamped by the authority at {1} (UTC)",
        "Первые записи ({0}) заверены службой меток времени: {1} (UTC)";
    STAMPED_NOTHING: "没有新的检查点需要盖戳。",
        "There is no new head to stamp.",
        "Новой контрольной точки для метки нет.";
    // Blanks: name of the log, entries, time as the token has it.
    STAMP_SAYS: "日志 {0} 的前 {1} 条记录在 {2}（UTC）之前已经存在：时间戳与该检查点的字节相符",
        "The first {1} entries of the log {0} existed before {2} (UTC): the stamp is for the bytes of this head",
        "Первые записи ({1}) журнала {0} существовали до {2} (UTC): метка относится к байтам этой контрольной точки";
    STAMP_PROVEN: "已证明：时间戳由该证书之下的机构签发（由 OpenSSL 核对）",
        "proven: the stamp was signed by an authority under that certificate (checked by OpenSSL)",
        "доказано: метка подписана службой под этим сертификатом (проверено OpenSSL)";
    // Blanks: stamp, head.
    STAMP_UNPROVEN: "未证明：时间戳由哪家机构签发。请核对：openssl ts -verify -in {0} -data {1} -CAfile 机构证书.pem",
        "not proven: which authority signed the stamp. Check: openssl ts -verify -in {0} -data {1} -CAfile AUTHORITY.pem",
        "не доказано: какая служба подписала метку. Проверьте: openssl ts -verify -in {0} -data {1} -CAfile СЛУЖБА.pem";
    STAMP_BAD: "这不是该检查点的时间戳，或已损坏。",
        "This is no time stamp of this head, or it is damaged.",
        "Это не метка времени этой контрольной точки, либо она повреждена.";
    STAMP_FORGED: "OpenSSL 不认可该时间戳：签名或证书不符。",
        "OpenSSL refuses the stamp: its signature or certificate does not fit.",
        "OpenSSL отвергает метку: подпись или сертификат не подходят.";
    // Blanks: events, erased, looks, looks in the log, receipts, slices, versions, without content.
    AUDITED: "已核对：日志 {0} 条（盐已删除 {1}），非公开查询 {2} 次、日志中 {3} 条，回执 {4}，批次 {5}，事实版本 {6}（无内容 {7}），删除自然人信息的决定 {8}，签发的报告 {9}。",
        "Compared: {0} events (salts erased: {1}), {2} looks at what is not public and {3} in the log, {4} receipts, {5} slices, {6} versions ({7} without content), {8} erasures of persons, {9} issued reports.",
        "Сверено: событий {0} (соль удалена: {1}), обращений к непубличному {2} и в журнале {3}, квитанций {4}, частей {5}, версий {6} (без содержания {7}), удалений сведений о лицах {8}, выданных отчётов {9}.";
    // Blanks: openings, processes, looks; decisions to tell later; causes.
    AUDIT_OPENED: "锁内开启 {0} 次（{1} 个进程），已记载的查询 {2} 次；暂缓告知的决定 {3} 项；更正、撤回和零报告的缘由 {4} 项。",
        "Opened at the lock: {0} by {1} processes; written down: {2}. Decisions to tell later: {3}. Causes of corrections, recalls and nil reports: {4}.",
        "Открыто замком: {0}, процессов: {1}; записано обращений: {2}. Решений об отсрочке: {3}. Причин исправлений, отзывов и нулевых отчётов: {4}.";
    AUDIT_LIMITS: "未核对：绕过平台直接读取数据库的行为；名称索引等可重建的派生表；审计期间新到的行。",
        "Not compared: reads of the database around the platform; derived tables that can be rebuilt, such as the index of names; rows that came meanwhile.",
        "Не сверялось: чтение базы в обход платформы; производные таблицы, которые можно построить заново; строки, поступившие во время сверки.";
    // Blank: how many.
    AUDIT_WRONG: "与日志不符：{0} 处。请保全现场，并用备份比对。",
        "{0} differences from the log. Keep everything as it is and compare with a backup.",
        "Расхождений с журналом: {0}. Ничего не меняйте и сравните с резервной копией.";
    // Blanks: address, public key.
    WITNESS_SERVES: "见证人在 http://{0} 等待；公钥：{1}",
        "The witness waits at http://{0}; its public key: {1}",
        "Свидетель ожидает по адресу http://{0}; открытый ключ: {1}";
    // Blanks: socket, public key.
    SIGNER_SERVES: "签名进程在 {0} 等待；日志公钥：{1}",
        "The signer waits at {0}; the log's public key: {1}",
        "Процесс подписи ожидает на {0}; открытый ключ журнала: {1}";
    // Blank: what was given.
    VERIFY_KEY: "“{0}” 不是可用的名称或公钥。日志和见证人的公钥形如 NAME+ID+KEY；回执公钥见 `gongxin receipt key`。",
        "“{0}” is no usable name or key. Keys of logs and witnesses look like NAME+ID+KEY; that of receipts is printed by `gongxin receipt key`.",
        "«{0}» — не имя и не ключ. Ключи журналов и свидетелей имеют вид NAME+ID+KEY; ключ квитанций печатает `gongxin receipt key`.";
    VERIFY_NO_PROOF: "这不是证明文件或检查点，或已损坏。",
        "This is no proof or checkpoint, or it is damaged.",
        "Это не доказательство и не контрольная точка, либо файл повреждён.";
    // Blanks: name of the log, entries.
    VERIFIED_LOG: "日志 {0}：检查点签名有效，{1} 条记录与全部文件相符。",
        "Log {0}: the checkpoint is signed by its key, and all {1} entries fit all files.",
        "Журнал {0}: контрольная точка подписана его ключом, все записи ({1}) соответствуют файлам.";
    // Blanks: entries before, entries now.
    VERIFIED_EXTENDS: "此前的 {0} 条原样在现在的 {1} 条之前：只增未改。",
        "The {0} entries of before stand unchanged at the beginning of the {1} of now.",
        "Прежние записи ({0}) без изменений стоят в начале нынешних ({1}).";
    // Blanks: report number, name, code, time, kind of reading.
    REPORT_ABOUT: "报告 {0}：{1}（{2}），签发于 {3}，{4}",
        "Report {0}: {1} ({2}), issued {3}, {4}",
        "Отчёт {0}: {1} ({2}), выдан {3}, {4}";
    // Blank: how many.
    REPORT_ENTRIES: "  共 {0} 条信息", "  {0} entries in all", "  Всего записей: {0}";
    // Blank: name of the key.
    REPORT_PROVEN: "已证明：上述内容由密钥 {0} 签发，此后一字未改",
        "proven: the above was signed by the key {0} and not changed since",
        "доказано: указанное выше подписано ключом {0} и с тех пор не изменено";
    REPORT_PAGES: "未证明：PDF 页面所示与上述内容一致（签名的是 PDF 内附的文件；请逐条核对，或在平台验证页面上传此 PDF）",
        "not proven: that the pages of the PDF show the same (the file inside it is what is signed; compare line by line, or upload this PDF to the platform's verification page)",
        "не доказано: что страницы PDF показывают то же самое (подписан вложенный файл; сверьте построчно или загрузите этот PDF на страницу проверки платформы)";
    // Blank: number to verify by.
    REPORT_UNPROVEN: "未证明：密钥是否属于您所指的平台（请另经可靠途径核对密钥）；平台自报的签发时间；信源单位所述是否属实；这些事实今天是否仍然有效（请用验证码 {0} 在平台验证页面核对）",
        "not proven: whose the key is (compare it by another way that you trust); the time of issue, which the platform states of itself; that what the sources state is true; that it still holds today (verify the number {0} at the platform)",
        "не доказано: чей это ключ (сверьте его другим надёжным путём); время выдачи, указанное самой платформой; истинность сказанного источниками; что это верно и сегодня (проверьте номер {0} на платформе)";
    // Blanks: event, place, entries, name of the log.
    VERIFIED_ENTRY: "{0} 在日志 {3} 中：第 {1} 条，共 {2} 条。",
        "{0} is in the log {3}: entry {1} of {2}.",
        "{0} есть в журнале {3}: запись {1} из {2}.";
    // Blank: an instant.
    VERIFIED_WHEN: "平台记录的时间：{0}。",
        "The platform wrote down this time: {0}.",
        "Время, записанное платформой: {0}.";
    // Blanks: purpose, officer, agency, case number.
    VERIFIED_LOOK: "查询目的 {0}，经办人 {1}，单位 {2}，案号 {3}：与日志承诺相符。",
        "Purpose {0}, officer {1}, agency {2}, case {3}: as the log committed to.",
        "Цель {0}, сотрудник {1}, ведомство {2}, дело {3}: как зафиксировано в журнале.";
    // Blanks: a grant, items.
    VERIFIED_GROUND: "依据授权 {0}，可见信息项 {1}：与日志承诺相符。",
        "Under the grant {0}, which showed the items {1}: as the log committed to.",
        "По разрешению {0}, открывшему сведения {1}: как зафиксировано в журнале.";
    // Blank: a digest.
    VERIFIED_CONTENT: "内容摘要：{0}。内容本身不在证明中。",
        "Digest of the content: {0}. The content itself is not in the proof.",
        "Отпечаток содержания: {0}. Самого содержания в доказательстве нет.";
    PROVES_LOG: "证明：检查点之前的每条记录都未被改动、删除或插入。",
        "Proven: no entry before the checkpoint was changed, removed or put in between.",
        "Доказано: ни одна запись до контрольной точки не изменена, не удалена и не вставлена.";
    PROVES_RECEIPT: "证明：平台收到了回执所列的文件，并在上述时间记下；回执中各批次的根随之固定，此后改动已入库的行会被发现。",
        "Proven: the platform took the file of the receipt and wrote it down then; the roots of its slices are fixed with it, so that a later change of a row that it took would show.",
        "Доказано: платформа приняла файл квитанции и записала это тогда; вместе с ней зафиксированы корни его частей, и позднейшее изменение принятой строки будет заметно.";
    NO_WITNESSES: "没有受信任的见证人签名：只能证明向您展示的日志前后一致，不能证明别人看到的是同一份。",
        "No trusted witness signed: this log is consistent as you were shown it, but nothing tells that others were shown the same.",
        "Доверенных свидетелей нет: журнал согласован в том виде, в каком показан вам, но неизвестно, видят ли другие тот же.";
    // Blanks: how many, names.
    WITNESSED: "受信任的见证人 {0} 名已签名（{1}）：除非他们串通，所有人看到的是同一份日志。",
        "{0} trusted witnesses signed ({1}): unless they conspire, everybody is shown the same log.",
        "Подписали доверенные свидетели: {0} ({1}). Если они не в сговоре, всем показан один журнал.";
    NOT_PROVEN: "未证明：所记内容是否属实；平台时钟是否准确；检查点之后的事；绕过平台直接读取数据库的行为。",
        "Not proven: that what was written down is true; that the platform's clock was right; anything after the checkpoint; reads of the database around the platform.",
        "Не доказано: верность записанного; точность часов платформы; всё после контрольной точки; чтение базы в обход платформы.";
    // Blank: a path below the log's prefix.
    FAULT_MISSING: "日志缺少文件 {0}，无法核验。请重新下载全部文件。",
        "The log's file {0} is missing, so nothing can be checked. Fetch all files again.",
        "Нет файла журнала {0}, проверка невозможна. Загрузите все файлы заново.";
    FAULT_FILE: "日志文件 {0} 与其余文件不符：它被改动过，或下载不完整。",
        "The log's file {0} does not fit the others: it was changed, or not fetched whole.",
        "Файл журнала {0} не согласуется с остальными: он изменён или загружен не полностью.";
    FAULT_SIGNATURE: "检查点没有该日志密钥的有效签名，或属于另一日志。",
        "The checkpoint carries no valid signature of this log's key, or is of another log.",
        "На контрольной точке нет действительной подписи ключа этого журнала, либо она чужая.";
    // Blanks: found, needed.
    FAULT_WITNESSES: "受信任的见证人只有 {0} 名签名，需要 {1} 名。",
        "Only {0} of the trusted witnesses signed; {1} are needed.",
        "Подписали доверенные свидетели: {0}; нужно: {1}.";
    FAULT_ABSENT: "该条目不在此日志的检查点之下。若刚刚发生，请取新的检查点再核验。",
        "The entry is not in this log under this checkpoint. If it has just happened, fetch a newer checkpoint and check again.",
        "Под этой контрольной точкой записи нет. Если событие только что произошло, возьмите более новую точку.";
    // Blanks: entries now, entries before.
    FAULT_SHRUNK: "日志变短了：现有 {0} 条，此前为 {1} 条。这是历史被改写的证据，请保存两份检查点。",
        "The log shrank: {0} entries now, {1} before. This is evidence that history was rewritten; keep both checkpoints.",
        "Журнал стал короче: сейчас {0}, было {1}. Это свидетельство переписанной истории; сохраните обе контрольные точки.";
    FAULT_FORKED: "日志与此前看到的不是同一份历史：它被分叉或改写。请保存两份检查点，它们就是证据。",
        "The log does not begin with what was seen before: it was forked or rewritten. Keep both checkpoints; they are the evidence.",
        "Журнал не начинается с того, что было показано раньше: он раздвоен или переписан. Сохраните обе контрольные точки — это доказательство.";
    // Blank: a path.
    KEY_OPEN: "密钥文件 {0} 可被他人读取。请执行 chmod 600 后重试。",
        "The key file {0} can be read by others. Run chmod 600 on it and try again.",
        "Файл ключа {0} доступен другим. Выполните chmod 600 и повторите.";
}

#[cfg(test)]
mod tests {
    use credit::lang::Lang;

    #[test]
    fn every_language_fills_the_same_blanks() {
        let blanks = ["A", "B", "C", "D", "E", "F", "G", "H"];
        for (name, words) in super::ALL {
            for lang in Lang::ALL {
                let said = words.say(lang, &blanks);
                assert!(!said.is_empty() && !said.contains('{'), "{name}: {said}");
            }
            let count = |text: &str| text.matches('{').count();
            assert_eq!(count(words.zh), count(words.en), "{name}");
            assert_eq!(count(words.zh), count(words.ru), "{name}");
        }
    }
}
