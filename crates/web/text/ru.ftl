site-name = Гунсинь
skip-to-content = Перейти к содержанию
nav-main = Основные разделы
nav-lookup = Поиск
nav-catalog = Каталог данных
nav-supply = Подача данных
nav-about = Справка и права
nav-language = Язык и размер текста
size-large = Крупный текст
size-normal = Обычный текст
foot-neutral = Сайт записывает сведения, предоставленные органами по закону. Он ничего не правит, никому не ставит баллов и оценок.
foot-object = Возразить против сведений
foot-repair = Восстановление
foot-never = Чего этот сайт не делает
foot-api = API
home-title = Публичная кредитная информация
home-lead = Сведения об организациях, открытые по закону. У каждого сведения указаны источник, дата, документ и срок.
search-label = Наименование организации или единый код
search-hint = Не менее двух знаков наименования; подходят также код организации и старый регистрационный номер. Поиска физических лиц нет.
search-button = Найти
search-title = Результаты
search-caption = Организации, чьё наименование совпадает с текстом, начинается с него или содержит его
search-near = Возможно, вы искали одну из этих организаций?
search-near-caption = Организации, чьё наименование отличается одним-двумя знаками или так пишется пиньинем
search-rebuilding = Указатель наименований строится заново: опечатки и пиньинь пока не учитываются.
search-none = Ничего не найдено
search-none-why = Возможно, в наименовании или коде ошибка либо открытых по закону сведений нет. Проверьте и повторите; код точнее наименования.
search-count =
    { $count ->
        [one] { $count } организация на странице
        [few] { $count } организации на странице
       *[other] { $count } организаций на странице
    }
home-held = В реестре
home-themes = Темы данных
home-doors = Также вы можете
home-door-catalog = узнать, какие сведения собираются, по какому закону, на какой срок и кто их видит.
home-door-object = сообщить кредитному центру или поставщику об ошибке, пропуске, повторе или истёкшем сроке.
home-door-repair = просить о прекращении публикации, передачи и использования после исполнения обязанностей.
home-door-supply = как поставщик, подать файл, прочитать квитанцию и исправить возвращённые строки.
col-name = Наименование
col-code = Код
col-kind = Вид
col-section = Раздел
col-count = Сведений
page-next = Следующая страница
subject-report = Отчёт о публичной кредитной информации
subject-sections = Обзор сведений
report-pdf = Скачать PDF
report-json = Скачать JSON
report-back = К странице субъекта
report-options = Выбрать день, период и темы
report-as-of = Содержание по состоянию на
report-as-of-hint = Пусто — сегодня. За прошлый день показывается известное тогда; что можно показать, решается по сегодняшнему дню.
report-period = Период, по дате решения
report-from = С
report-to = По
report-themes = Темы
report-make = Составить отчёт
report-no-font = На сервере нет китайского шрифта, PDF недоступен. Пользуйтесь страницей или JSON; администратор может установить fonts-noto-cjk или задать GONGXIN_FONTS.
back-home = На главную
missing-page = По этому адресу страницы нет. Возможно, ссылка неверна или сведения больше не публикуются по закону.
problem-request = Запрос нужно изменить
problem-file = Файл не может быть принят
problem-not-found = Ничего не найдено
problem-unavailable = Временно недоступно
problem-internal = Сбой системы
about-lead = Гунсинь — платформа публичной кредитной информации: органы по закону сообщают известное им, субъект видит, оспаривает и исправляет, а разрешения, проверки и торги пользуются теми же фактами.
about-object-1 = Можно возразить против сведений ошибочных, неполных, повторных, не подлежащих публикации, просроченных или расходящихся с данными органа. Укажите номер отчёта, тему и номер документа, основания и приложите доказательства.
about-object-2 = Возражение подаётся в окно кредитного центра или прямо поставщику; он указан у каждого сведения.
about-repair-1 = Восстановление возможно, когда истёк кратчайший срок публикации, нарушение исправлено, обязанности исполнены, дано обязательство и соблюдены иные условия закона. Оно прекращает публикацию, передачу, использование и меры.
about-repair-2 = Решает орган, вынесший определение; заявления принимает единое окно «Кредитный Китай». Плата не взимается.
never-score = Не ставит физическим лицам баллов, разрядов и мест и никого не делит по числу сведений.
never-judge = Не называет субъекта хорошим или плохим. Записывает факты, источники и даты.
never-people = Не ищет людей по имени, не публикует ничего о физических лицах и не ведёт от организации к человеку.
never-forbidden = Не собирает сведений о религии, национальности, политических взглядах, жалобах, профсоюзах, сексуальности, генах, биометрии, группе крови, болезнях и передвижениях.
never-basis = Не принимает сведений и не поддерживает мер без правового основания.
never-forever = Не держит отрицательных сведений вечно: публикация прекращается сама, а восстановление действует сразу везде.
kind-enterprise = Предприятие
kind-social-organisation = Общественная организация
kind-public-institution = Государственное учреждение
kind-government-agency = Орган власти
kind-other-organisation = Иная организация
kind-individual-business = Индивидуальный предприниматель
kind-natural-person = Физическое лицо
home-facts = Записей
home-subjects = Субъектов
home-empty = Пока никто ничего не подал. После первой подачи здесь появится число субъектов и записей.
home-suppliers = Поставщики в каталоге
home-newest = Последняя подача
yes = Да
no = Нет
problem-method = Здесь это невозможно
problem-method-detail = Этот адрес не принимает такой метод. См. заголовок Allow или описание API.
problem-timeout = Превышено время
problem-timeout-detail = Ожидание прервано. Файл можно отправить снова: обработка продолжится с места остановки.
problem-too-large = Слишком большой объём
problem-too-large-detail = Файл не должен превышать 64 МиБ. Подайте его частями или передайте оператору для gongxin ingest.
problem-media-type = Неизвестный вид данных
problem-media-type-detail = Вид содержимого не тот; см. описание API.
problem-request-detail = Запрос не понят; проверьте адрес и параметры.
problem-not-found-detail = Ничего не найдено. Проверьте адрес, код или наименование и повторите.
problem-unavailable-detail = Сервис временно недоступен; повторите позже.
problem-busy-detail = Обрабатывается слишком много файлов; повторите чуть позже. Ваш файл не сохранён.
problem-internal-detail = Произошёл сбой, изменения не внесены. Повторите позже; если ошибка останется, сообщите номер запроса кредитному центру.
problem-origin = Источник неизвестен
problem-origin-detail = Формы принимаются только со страниц этого сайта. Вернитесь к форме и отправьте её снова.
problem-unauthorised = Нужен ключ машины
problem-unauthorised-detail = Подпишите запрос зарегистрированным ключом (RFC 9421) или укажите ключ машинной записи в заголовке Authorization: Bearer; ключи регистрирует и выдаёт администратор кредитного центра.
problem-running = Ещё обрабатывается
problem-running-detail = Файл ещё принимается. Отправьте его снова с теми же параметрами, чтобы получить квитанцию; ничего не примется дважды.
lists-nav = Три перечня
list-data-title = Перечень данных
list-data-about = Какие сведения собираются, по какому закону, от кого, кто их видит и сколько они хранятся.
list-applications-title = Перечень применений
list-applications-about = Какие разрешения, проверки, торги и субсидии используют сведения, какие именно и на каком основании.
list-applications-empty = Применения ещё не загружены: через этот сайт сведения не используются ни в разрешениях, ни в проверках, ни в торгах.
list-applications-published = Общегосударственные перечни публикуют Государственный комитет по развитию и реформам и ведомства; местные — местные власти.
list-measures-title = Перечень мер
list-measures-about = Какие меры возможны за какие действия: кто, к кому, по какому закону и на какой срок.
list-measures-empty = Меры ещё не загружены, и сайт никаких не поддерживает. Меры вне перечня не допускаются.
list-measures-published = Общегосударственный основной перечень мер публикуют и обновляют Государственный комитет по развитию и реформам и Народный банк Китая; местное дополнение требует местного нормативного акта.
list-none = Перечень пуст
filter-word = Слово
filter-all = Все
filter-button = Показать
col-theme = Тема
col-items = Полей
col-supplier = Поставщик
supplier-any = любой орган, принявший решение
catalogue-version = Версия каталога
theme-code = Код
theme-class = Класс
theme-jurisdiction = Территория
theme-suppliers = Поставщики
theme-kinds = О ком
theme-public = Открыты
theme-frequency = Обновление
theme-mode = Способ подачи
theme-deadline = Срок подачи
deadline-days = в течение { $count } рабочих дней от «{ $item }»
theme-bases = Правовые основания
theme-basis = Основание
theme-reason = Причина
unverified = не сверено с источником
basis-article = ст. { $article }
rank-law = закон
rank-administrative-regulation = административный регламент
rank-central-policy = документ центральной власти
rank-local-regulation = местный нормативный акт
rank-departmental-rule = ведомственный акт
rank-standard = стандарт или нормативный документ
theme-sharing = Передача
sharing-unconditional = передаются без условий
sharing-conditional = передаются при условиях
sharing-not-shared = не передаются
theme-clocks = Сроки
clock-publicity = Публикация не дольше
clock-sharing = Передача и использование
clock-query = Доступ по запросам
clock-archive = В архив через
clock-from = Отсчёт от
span-none = пока сведение действует
theme-severity = Публикация по тяжести
col-severity = Тяжесть
col-published = Публикуется
col-min = Не менее
col-max = Не более
severity-minor = лёгкая
severity-ordinary = обычная
severity-serious = тяжёлая
theme-repair = Восстановление
repair-how = Как
repair-none = не требуется: сведения не отрицательные
theme-items = Поля
col-item = Поле
col-type = Вид
col-required = Обязательно
col-exposure = Кто видит
type-date = дата
type-integer = целое число
type-decimal = число, знаков после запятой: { $count }
type-decimal-unit = число ({ $unit }), знаков после запятой: { $count }
type-text = текст, знаков не более { $count }
type-code = одно из: { $set }
type-codes = несколько из: { $set }
type-identifier = { $system }
type-identifier-any = код субъекта
required-no = нет
required-yes = да
required-when = при условии
exposure-public = все
exposure-government = органы власти
exposure-authorised = по разрешению
exposure-own = субъект и поставщик
item-never-stored = номер лица: не хранится
item-personal = о физическом лице: публично не показывается
item-free-text = свободный текст: публикуется после обработки
item-mask = маска: видны { $left } слева и { $right } справа
item-consent = только вместе с «{ $item }»
theme-editions = Редакции
theme-unverified = Ещё не проверено
theme-template = Шаблон для заполнения (XLSX)
theme-schema = Table Schema (JSON)
theme-digest = Дайджест файла темы
class-registration = Регистрация
class-permit = Разрешения
class-penalty = Наказания
class-judgment = Суд и исполнение
class-abnormal = Аномальная деятельность
class-serious-list = Списки тяжких нарушений
class-promise = Обязательства
class-evaluation = Оценки ведомств
class-contract = Договоры
class-honour = Награды
class-positive = Исполненные обязанности
class-other-negative = Прочие отрицательные
class-other = Прочие
desk-nav = Рабочее место поставщика
desk-overview = Подачи
desk-submit = Подать файл
desk-holds = Ожидающие сведения
desk-questions = Кто это?
desk-snapshots = Ожидающие снимки
desk-quality = Качество
desk-leave = Выйти
faults-title = Исправьте следующее
overview-none = Подач ещё нет
overview-none-why = После первого файла здесь появятся квитанция и возвращённые строки.
overview-caption = Сначала новые
col-submission = Подача
col-standing = Состояние
col-rows = Строк
col-accepted = Принято
col-rejected = Возвращено
col-held = Ожидают
col-unchanged = Без изменений
col-late = Из них с опозданием
col-removed = Снято
col-received = Получено
standing-open = обрабатывается или прервана
standing-waiting = ждёт второго лица
standing-done = завершена
submit-lead = Принимаются CSV, TSV, XLSX, XLS, ODS, JSON, NDJSON и XML. Верные строки действуют сразу, неверные возвращаются с причиной; файл не отвергается из-за отдельных строк.
submit-supplier-hint = Код из каталога; орган может указать свой единый код.
submit-mode = Способ
submit-date = На дату
submit-date-hint = День, на который даны сведения; пусто — сегодня.
submit-file = Файл
submit-file-hint = Не более 64 МиБ, можно .gz. Кодировка и разделитель определяются сами.
submit-button = Подать
submit-date-wrong = Пишите дату в виде 2026-11-22; она не может быть позже сегодняшней.
submit-theme-missing = Выберите тему, у которой на эту дату есть действующая редакция.
submit-supplier-missing = Укажите поставщика.
submit-file-missing = Выберите непустой файл; после исправлений его надо выбрать снова.
submit-broken = Передача прервалась; выберите файл снова.
mode-theme = как указано в теме
mode-delta = дополнение: новое и исправления
mode-snapshot = снимок: отсутствующее снимается
running-title = Файл принимается
running-progress = Ход
running-checked = Проверено строк
running-applied = Внесено строк
running-note = Страницу можно закрыть: работа продолжится, квитанция появится среди подач.
failed-note = Исправьте файл и подайте снова. Если сбой был у нас, тот же файл продолжится с места остановки.
failed-again = Подать снова
receipt-title = Квитанция
receipt-repeated = Этот же файл уже подавался; ничего не изменилось.
receipt-waiting = Из прежних { $earlier } строк в снимке нет { $absent }, больше допустимого: снятие подтверждает второе должностное лицо.
receipt-rejects = Возвращённые строки
receipt-json = Скачать квитанцию (JSON)
receipt-file = Файл
receipt-format = Вид и кодировка
receipt-started = Начало
receipt-finished = Окончание
receipt-id = Номер подачи
receipt-file-digest = Дайджест файла с солью
receipt-theme-digest = Дайджест темы
receipt-catalogue = Каталог
receipt-program = Программа
receipt-signature = Подпись
rejects-title = Возвращённые строки
rejects-lead = Исправьте их здесь или скачайте файл, исправьте и подайте отдельно; принятые строки не затрагиваются.
rejects-xlsx = Файл для исправления (XLSX)
rejects-csv = Файл для исправления (CSV)
rejects-none = Возвращённых строк нет.
rejects-row = Строка { $count }
rejects-mended = исправлена
rejects-mended-by = Подача, исправившая строку
rejects-mended-times = исправленная строка поступала раз: { $count }; указана первая
rejects-personal = Строка о физическом лице; из неё ничего не сохранено. Исправляйте в своём файле.
rejects-caption = Причины
rejects-mend = Исправить строку { $count }
col-column = Столбец
col-value = Значение
col-wrong = Что не так
col-mend = Как исправить
mend-title = Исправление строки { $count }
mend-wrong = Почему строка возвращена
mend-again = Ещё есть ошибки; строка не принята
mend-lead = После исправления строка проверяется так же, как файл.
mend-button = Подать строку
col-reason = Причина
col-since = С
col-ask-by = Запросить источник до
col-answer-by = Ответ источника до
holds-lead = Эти сведения сохранены, но никому не показываются, пока не уточнены. Дополненная строка источника снимает ожидание.
holds-none = Ожидающих сведений нет.
holds-caption = Сначала старые; сроки в рабочих днях
snapshots-lead = Когда в снимке нет больше строк, чем допустимо, подтверждает второе лицо, не подававшее его.
snapshots-none = Ожидающих снимков нет.
snapshots-absent = Нет строк / было строк
snapshots-ask = Сначала уточните у поставщика, что отсутствующие сведения больше не действуют. Снятое можно внести снова.
snapshots-confirm = Подтвердить снятие строк: { $count }
snapshot-own = Этот снимок подали вы; подтвердить должно другое лицо.
questions-lead = Неясно, о ком говорят эти строки. Сравните сведения, решите и укажите причину; решение можно отменить.
questions-none = Открытых вопросов нет.
questions-which = О ком эта строка?
questions-other = ни о ком из них, это другой субъект
questions-reason = Причина
questions-button = Решить
question-choose = Выберите субъекта или «ни о ком из них».
quality-lead = Эти цифры говорят о подаче данных и никого не оценивают.
quality-choose = Выберите поставщика.
quality-none = За этот период подач нет.
quality-caption = Цифры по темам
quality-submissions = Подач
quality-passed = Прошло проверку
quality-on-time = В срок
quality-repeats = Повторы
quality-corrections = Исправления
themes-count =
    { $count ->
        [one] { $count } тема
        [few] { $count } темы
       *[other] { $count } тем
    }
items-count =
    { $count ->
        [one] { $count } поле
        [few] { $count } поля
       *[other] { $count } полей
    }
span-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
span-months =
    { $count ->
        [one] { $count } месяц
        [few] { $count } месяца
       *[other] { $count } месяцев
    }
span-years =
    { $count ->
        [one] { $count } год
        [few] { $count } года
       *[other] { $count } лет
    }
problem-busy = Сейчас занято
clock-by-severity = по тяжести, см. таблицу ниже
search-personal = Поиска физических лиц нет. Введённое похоже на личный номер; он не искался и не сохранён.

# Сопоставление
reconcile-name = Гунсинь: сопоставление организаций
reconcile-property-uscc = Единый код социального кредита
reconcile-property-org-code = Код организации
reconcile-property-reg-no = Регистрационный номер
reconcile-property-tax-no = Налоговый номер
reconcile-property-lei = Идентификатор юридического лица (LEI)
reconcile-property-kind = Вид субъекта
reconcile-property-other-names = Прежние и иные наименования
problem-match = Запросы не распознаны
problem-match-detail = Отправьте JSON: у каждого запроса в queries есть schema и properties; см. описание API.
problem-match-many = Слишком много запросов
problem-match-many-detail = В одном пакете не более 100 запросов; разделите его на части.
problem-match-schema = Только организации
problem-match-schema-detail = Схема должна быть Company, Organization, PublicBody или LegalEntity. Физические лица здесь не сопоставляются.
problem-callback = Недопустимое имя функции
problem-callback-detail = В callback допустимы только буквы, цифры, подчёркивание, $ и точка, не более 64 знаков.
problem-reconcile = Запрос не распознан
problem-reconcile-detail = Поля queries и extend содержат JSON по Reconciliation Service API 0.2; список свойств: /api/v1/reconcile/properties.

# Кто есть кто
questions-done = Решение действует. Его номер:
questions-undo = Отменить это решение
questions-undo-reason = отменено должностным лицом после проверки
questions-undone = Решение отменено, вопрос снова открыт.
questions-theme = Тема
questions-supplier = Поставщик
questions-age = Когда задан
questions-all = все
questions-days = { $count ->
    [one] { $count } день назад и раньше
    [few] { $count } дня назад и раньше
   *[other] { $count } дней назад и раньше
}
questions-filter = Отобрать
questions-open = { $count ->
    [one] { $count } открытый вопрос
    [few] { $count } открытых вопроса
   *[other] { $count } открытых вопросов
}
questions-none-filtered = Под отбор не подходит ни один открытый вопрос. Измените условия.
questions-keys = Клавиши: S — тот же, что первый кандидат, 1–9 — этот кандидат, D — ни один, Enter — решить, U — отменить последнее решение, → дальше, ← назад, Esc — выйти из поля.
questions-evidence = Сведения рядом; различия в наименованиях выделены
questions-what = Что
questions-asked = Ожидает
questions-own = её нынешний субъект
questions-name = Наименование
questions-nameless = (без наименования)
questions-likeness = Сходство наименований
questions-codes = Коды
questions-kind = Вид и регион
questions-days-known = Даты сведений
questions-sources = Поставщики, темы, записи
questions-records = { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[other] { $count } записей
}
questions-same = Тот же, что
question-reason-same-name = Кода нет, известный субъект носит такое же наименование.
question-reason-registered-later = До сих пор было известно только наименование; теперь зарегистрирована организация с ним. До решения всё остаётся как есть.
question-reason-holders-disagree = Два кода одной строки принадлежат двум субъектам.
question-reason-stronger-differs = Менее надёжный код совпадает, более надёжный различается.
question-reason-person-without-identifier = Физическое лицо или предприниматель без действительного номера.
question-reason-nothing-to-go-by = Нет ни кода, ни наименования.

# Accounts
account-title = Моя запись
account-name = Имя
account-enter-title = Вход
account-enter-lead = Рабочее место открыто для учётных записей. Всё, что вы здесь делаете, хранится под вашей записью.
account-login = Имя для входа
account-password = Пароль
account-enter-button = Продолжить
account-enter-lost = Нет учётной записи или забыт пароль? Обратитесь к администратору своего органа или кредитного центра.
account-enter-wrong = Имя или пароль неверны, либо вход для этой записи закрыт.
account-code-title = Одноразовый код
account-code-lead = Введите шесть цифр из приложения-аутентификатора; если его нет под рукой, один из кодов восстановления.
account-code = Код или код восстановления
account-code-button = Войти
account-code-wrong = Код неверен или уже использован. Введите следующий.
account-begin-title = Начало работы
account-begin-lead = Задайте пароль для этого имени. Следующий шаг: одноразовые коды.
account-password-new = Новый пароль
account-password-old = Нынешний пароль
account-password-hint = От 12 до 256 знаков любого письма, пробелы тоже; без имени для входа.
account-password-short = Пароль слишком короткий, нужно не менее 12 знаков.
account-password-long = Пароль слишком длинный, допускается не более 256 знаков.
account-password-plain = Пароль легко угадать: возьмите больше разных знаков и не включайте имя для входа.
account-gone-title = Ссылка больше не действует
account-gone = Она использована, истекла или неполна. Попросите у администратора новую.
account-link-title = Разовый вход
account-link-lead = Эта ссылка действует один раз. Она для показа.
account-link-button = Войти
account-enrol-title = Одноразовые коды
account-enrol-lead = Снимите изображение приложением-аутентификатором или введите ключ вручную, затем введите шесть цифр. Изображение показывается один раз.
account-enrol-picture = QR-код ключа для аутентификатора
account-enrol-typed = Ключ для ввода вручную
account-enrol-code = Шесть цифр
account-enrol-button = Подключить
account-enrol-wrong = Код неверен. Удалите прежний ключ из приложения и снимите новое изображение.
account-recovery-title = Коды восстановления
account-recovery-lead = Учётная запись готова. Запишите эти коды и храните их: каждый действует один раз и больше не показывается.
account-recovery-button = Я записал коды
account-roles = Ваши назначения
account-role = Роль
account-agency = Орган
account-themes = Темы
account-all-themes = все
account-from = С
account-until = По
account-no-roles = Сейчас у вас нет назначений, поэтому страницы рабочего места закрыты. Обратитесь к администратору.
account-sessions = Где вы вошли
account-began = Вход
account-seen = Последнее действие
account-session = Сеанс
account-this = этот
account-end = Завершить
account-leave-others = Выйти везде, кроме этого места
account-change = Смена пароля
account-change-button = Сменить пароль
account-old-wrong = Нынешний пароль неверен.

# People, the service window, a subject's own portal.
desk-window = Окно приёма
desk-people = Сотрудники
my-title = Кого я представляю
my-nav = Портал субъекта
my-lead = Для этих субъектов вы читаете досье и видите, кто его запрашивал. Каждый просмотр записывается.
my-none = Сейчас вы никого не представляете. Законный представитель предъявляет документ в окне приёма или даёт вам поручение.
my-caption = Субъекты, роли, сроки
my-subject = Субъект
my-pages = Страницы
my-file = Собственное досье
my-file-lead = Здесь всё, что есть о субъекте, в том числе уже не публичное. Этот просмотр записан.
my-export-csv = Выгрузить CSV
my-export-json = Выгрузить JSON
my-looks = Кто меня запрашивал
my-looks-lead = Каждый непубличный запрос: когда, зачем, кто, какой орган, по какому делу, какие сведения. Открытие этой страницы тоже записывается и видно в следующий раз.
my-looks-none = Запросов ещё не было.
my-looks-caption = Запросы, новые сверху
my-looks-when = Когда
my-looks-why = Зачем
my-looks-who = Кто
my-looks-case = Дело
my-looks-items = Что было видно
my-looks-all = Всё досье
my-looks-own = от имени самого субъекта
my-looks-mandate = по полномочию
my-looks-public = При открытых запросах публичных сведений о запросившем ничего не хранится.
my-clerks = Мои сотрудники
my-clerks-lead = Дайте сотрудникам поручения со сроком. Со сменой представителя или с концом ваших полномочий кончаются и их.
my-clerks-none = Сотрудников ещё нет.
my-clerks-caption = Сотрудники, новые сверху
my-tasks = Поручения
my-state = Состояние
my-over = завершено
my-clerk-new = Назначить сотрудника
my-clerk-appoint = Назначить
my-clerk-ended = завершено представителем
my-until-hint = Если не заполнить, год; не позже вашего собственного срока.
people-lead = У кого есть учётная запись, какие роли и что с ней было.
people-find = Имя для входа целиком
people-find-button = Найти
people-missed = Такого имени для входа нет.
people-none = Учётных записей ещё нет.
people-new = Новая учётная запись
people-caption = Учётные записи, старые сверху
people-kind = Вид
people-kind-officer = сотрудник
people-kind-machine = система
people-kind-representative = представитель субъекта
people-state-invited = приглашён
people-state-active = действует
people-state-suspended = приостановлен
people-state-ended = завершён
people-move-invite = пригласить
people-move-activate = включить
people-move-suspend = приостановить
people-move-resume = возобновить
people-move-reset = сбросить и пригласить заново
people-move-end = завершить навсегда
people-move-erase = стереть данные человека
people-name = Имя человека или название системы
people-login-hint = От 3 до 64 латинских букв, цифр или . _ @ -
people-agency-hint = Код поставщика или единый код органа; пусто для кредитного центра.
people-unit = Подразделение, если есть
people-themes = Только некоторые темы
people-until = Последний день
people-until-hint = Если не заполнить, год.
people-reason = Почему
people-invite = Создать
people-link-title = Ссылка
people-link-lead = Передайте ссылку лично или надёжным путём. Она показана один раз и действует три дня: пароль задаст первый, кто её откроет.
people-account = Учётная запись
people-number = Номер
people-roles = Роли
people-no-roles = Ролей нет.
people-keys = Ключи
people-no-keys = Ключей нет.
people-key-token = передаётся с запросом
people-key-ed25519 = подписывает (Ed25519)
people-key-new = Зарегистрировать открытый ключ
people-key-public = Открытый ключ
people-key-hint = Весь PEM, который пишет openssl pkey -pubout. Никогда не вставляйте закрытый ключ.
people-key-days = Срок действия, дней
people-key-overlap = Сколько дней ещё действуют другие ключи
people-key-overlap-hint = С числом другие ключи системы кончатся в этот срок; пусто оставляет их.
people-key-register = Зарегистрировать
people-change = Изменить учётную запись
people-what = Что
people-do = Выполнить
people-appoint = Назначить
people-history = Что было
people-by = Кем
people-by-machine = администратор машины
window-lead = Проверьте документ законного представителя и запишите его. Отмечается только вид: ни номера, ни копии.
window-done = Записано.
window-code = Код субъекта
window-show = Показать
window-none = Записей нет.
window-caption = Представители и сотрудники
window-document = Документ
window-document-hint = Вид документа, который вы видели.
window-choose = Выберите
window-holds = действует
window-new = Записать законного представителя
window-new-lead = Это завершает полномочия прежнего представителя, а с ними и поручения его сотрудников.
window-record = Записать
problem-refused = Запрос не разрешён
problem-limit = Слишком много запросов
problem-forbidden = Нет прав
problem-forbidden-detail = У вашей учётной записи нет такого права.
account-shut = { $count ->
    [one] Слишком много неудачных попыток; повторите через { $count } секунду.
    [few] Слишком много неудачных попыток; повторите через { $count } секунды.
   *[other] Слишком много неудачных попыток; повторите через { $count } секунд.
}

desk-sharing = Обмен
desk-officers = Необычные запросы
sharing-lead = Разрешения, которые запросил ваш орган или у него запросили, новые сверху. Каждое кончается само.
sharing-ask = Запросить разрешение
sharing-lookup = Служебный запрос
sharing-none = Разрешений нет.
sharing-caption = Разрешения и их состояние
sharing-asker = Запрашивает
sharing-supplier = Поставляет
sharing-agency = Орган
sharing-due = Срок следующего шага
sharing-until = Последний день
sharing-asked-at = Запрошено
sharing-over = истекло
sharing-late = просрочено
sharing-every = Все поставщики
sharing-granted = Что разрешено
sharing-asked = Что запрошено
sharing-steps = Шаги
sharing-steps-caption = Каждый шаг: когда, кто и почему
sharing-when = Когда
sharing-step = Шаг
sharing-party = Сторона
sharing-act = Действие
sharing-narrow-items = Разрешаемые сведения (можно только сузить)
sharing-items = Нужные сведения
sharing-purposes = Цели
sharing-purpose = Цель
sharing-kinds = Виды субъектов
sharing-basis = Закон и статья
sharing-term = Срок
sharing-volume = Запросов в день · всего
sharing-used = Использовано: сегодня · всего
sharing-per-day = Запросов в день, не больше
sharing-in-all = Запросов всего, не больше
sharing-power = Полномочие по закону в отношении лиц
sharing-power-hint = Только для физических лиц и предпринимателей.
sharing-impact = Номер оценки воздействия
sharing-impact-hint = Нужен, если затронуты личные сведения (PIPL 55, 56).
sharing-units = Только эти подразделения
sharing-areas = Только субъекты этих районов
sharing-list-hint = Несколько — через запятую; пусто — все.
sharing-supplier-hint = Код органа; * для безусловно передаваемых тем.
sharing-ask-lead = Выберите тему, затем сведения и цели. Нет основания — нет данных; просите только нужное для службы.
sharing-choose = Выбрать
sharing-class-unconditional = Передаётся безусловно: без личных сведений разрешается сразу по правилу.
sharing-class-conditional = Передаётся с условиями: поставщик отвечает в срок.
sharing-class-not = Не передаётся: класс можно оспорить после отказа.
sharing-ask-button = Запросить
sharing-button = Отправить
sharing-due-on = следующий шаг до { $day }
sharing-grant-title = Разрешение: { $asker } у { $supplier }
sharing-grant = Разрешение
sharing-case = Номер дела
sharing-lookup-lead = Для каждого запроса нужны разрешение, цель и номер дела; он записывается, и субъект его видит.
sharing-lookup-button = Запросить
sharing-no-grant = У вашего органа нет действующих разрешений.
sharing-nothing = В пределах разрешения о субъекте ничего нет.
sharing-logged = Запрос записан как
officers-lead = Сравниваются только сотрудники между собой; о субъектах ничего не считается.
officers-month = Месяц (например 2026-11)
officers-none = В этом месяце запросов не было.
officers-caption = Сколько раз сотрудники запрашивали за месяц
officers-account = Учётная запись
officers-looks = Запросов
officers-median = Медиана коллег
officers-out = выделяется
officers-peers = { $count ->
    [one] по { $count } коллеге
   *[other] по { $count } коллегам
}

# Одна запись
fact-title = Внести одну запись
fact-lead = Форма строится по теме. Перед отправкой вы проверите ответы; об ошибках сказано, как их исправить.
fact-choose = Выбрать другую тему
fact-choose-lead = Выберите тему и орган и внесите одну запись. Она проверяется так же, как файл.
fact-open = Открыть форму
fact-about = О теме
fact-check-button = Проверить ответы
fact-check-title = Проверьте ответы перед отправкой
fact-check-lead = Пока ничего не отправлено. Вот как понята запись; отправьте её, если всё верно.
fact-held = После отправки запись будет ждать:
fact-send = Отправить
fact-change = Изменить ответы
fact-empty = Ничего не заполнено.
need-yes = (обязательно)
need-when = (обязательно в некоторых случаях)
need-no = (необязательно)
form-hint-when = { $kind }. Обязательность зависит от: { $items }
list-comma = {", "}

# Отзыв и исправление
cause-correction = Исправление
cause-recall = Отзыв
cause-undo = Отзыв отменён
cause-nil = Нечего сообщить
cause-line = { $kind }: { $reason }
recall-title = Отозвать отправленное по ошибке
recall-lead = Записи этой подачи сразу исчезают из всех запросов и отчётов, и снова действует то, что было до них; история сохраняется. Повторная подача не начинает сроки документов заново. Целую подачу можно отозвать в течение нескольких дней, строку — в любое время.
recall-row = Только одну строку
recall-row-hint = Номер строки в файле; пусто — отозвать всю подачу.
recall-row-wrong = Укажите номер строки, например 17, или оставьте пустым.
recall-reason = Причина
recall-reason-hint = Укажите, в чём ошибка, без личных номеров документов, телефонов и счетов.
recall-button = Отозвать
recall-fact = Вся запись отправлена по ошибке: отозвать
undo-title = Отменить отзыв
undo-lead = Отозванное снова действует, как прежде; поданное позже не меняется.
undo-button = Отменить отзыв
correct-title = Исправить запись
correct-lead = Запись, поданная вашим органом, исправляется на основании документа. Просмотр записывается; оба значения сохраняются.
correct-code = Единый код социального кредита субъекта или другой код
correct-case = Основание или номер дела
correct-case-hint = Хранится вместе с записью о просмотре; субъект может его увидеть.
correct-find = Найти записи органа
correct-list = Записи, поданные вашим органом
correct-none = У вашего органа нет записей об этом субъекте по этой теме.
correct-gone = Снято или отозвано; исправить нельзя. При необходимости внесите заново.
correct-versions = { $count ->
    [one] { $count } версия
    [few] { $count } версии
   *[many] { $count } версий
}
correct-open = Исправить эту запись
correct-form-lead = В форме — действующее содержание. Меняйте только неверное; то, по чему запись опознаётся (субъект, номер документа и т. п.), изменить нельзя.
correct-why = Основание исправления
correct-reason = Причина исправления
correct-paper-kind = Вид документа
correct-paper-number = Номер документа
correct-paper-day = Дата документа
correct-paper-organ = Орган, издавший документ
correct-paper = { $kind } { $number }, { $day }, { $organ }

# Что сделать, нулевые отчёты
todo-title = Что сделать, по срокам
todo-caption = К подаче, просрочено, ждёт подтверждения, исправления, ответа
todo-none = Сейчас делать нечего.
todo-what = Что
todo-until = Срок
todo-act = Действие
todo-late = Просрочено
todo-period = { $theme }: { $period }
todo-snapshot = { $theme }: отсутствующее в полном списке ждёт другого сотрудника
todo-holds = { $theme }: ждёт { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
} ({ $reason })
todo-rejects = { $theme }: в подаче № { $number } не исправлено { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[many] { $count } строк
}
due-period = Период
due-caption = Соблюдение сроков (нулевой отчёт — тоже отчёт)
due-on-time = Вовремя
due-late = С опозданием
due-missed = Не подано
nil-title = Нечего сообщить
nil-lead = Вы заявляете, что за этот период сообщать нечего. Это равно подаче: до срока — вовремя; указывается в квитанции. Найденное позже подаётся как обычно.
nil-button = Заявить, что сообщать нечего
