//! What is said of rows that speak of people: codes P01 to P08. None of it repeats anything of the row.

use super::table::Words;

/// The words of each code.
pub(super) const TABLE: &[Words] = &[
    Words {
        code: "P01",
        zh: [
            "自然人信息：本主题或本平台未启用加密存储，一律不保存，本行未保存任何内容",
            "核对主体代码和类别；确为自然人的，不要报送",
        ],
        en: [
            "The row is about a natural person: nothing is kept where sealed storage is not open for the theme",
            "Check code and kind; if it is a natural person, do not send the row",
        ],
        ru: [
            "Строка о физическом лице: где для темы не открыто защищённое хранение, ничего не сохраняется",
            "Проверьте код и вид; если это физическое лицо, не отправляйте строку",
        ],
    },
    Words {
        code: "P02",
        zh: [
            "个体工商户按自然人保护：一律不保存，本行未保存任何内容",
            "核对代码和各项内容；只有法律公布其信息的主题才收个体工商户",
        ],
        en: [
            "An individual business is protected as its person: nothing of the row was kept",
            "Check the code and the other values; only themes whose law publishes them take individual businesses",
        ],
        ru: [
            "Индивидуальный предприниматель защищён как лицо: строка не сохранена",
            "Проверьте код и остальные значения; предпринимателей принимают лишь темы, по которым сведения публикует закон",
        ],
    },
    Words {
        code: "P03",
        zh: [
            "“{item}”中出现个人号码，本行未保存任何内容",
            "删去证件号码后重新报送",
        ],
        en: [
            "“{item}” holds a person's number; nothing of the row was kept",
            "Remove the identity number and send the row again",
        ],
        ru: [
            "«{item}» содержит номер физического лица; строка не сохранена",
            "Удалите номер документа и отправьте строку снова",
        ],
    },
    Words {
        code: "P04",
        zh: [
            "无法判断是否为自然人，本行未保存任何内容",
            "核对统一社会信用代码和主体类别，更正或补全后重新报送",
        ],
        en: [
            "It cannot be told whether the row is about a person; nothing of it was kept",
            "Check the unified code and the kind of subject, correct or complete them and send it again",
        ],
        ru: [
            "Неясно, не о физическом ли лице строка; она не сохранена",
            "Проверьте единый код и вид субъекта, исправьте или дополните и отправьте снова",
        ],
    },
    Words {
        code: "P05",
        zh: [
            "“{item}”须有本人书面同意方可归集，本行未保存任何内容",
            "填写同意书编号，或删去该项后重新报送",
        ],
        en: [
            "“{item}” is collected only with a written consent; nothing of the row was kept",
            "Fill in the number of the consent, or remove the value and send the row again",
        ],
        ru: [
            "«{item}» собирают только с письменного согласия; строка не сохранена",
            "Укажите номер согласия или удалите значение и отправьте строку снова",
        ],
    },
    Words {
        code: "P06",
        zh: [
            "自然人信息只凭本人的有效身份号码归集：号码缺失或校验不通过，本行未保存任何内容",
            "在证件号码栏填写本人18位公民身份号码（或新版外国人永久居留证号码）；没有的，不要报送",
        ],
        en: [
            "A natural person is taken by the person's own, verified number only: it is missing or fails its check; nothing of the row was kept",
            "Fill in the 18 characters of the citizen's number (or of the newer foreigner's residence card) in the column of the number; without one, do not send the row",
        ],
        ru: [
            "Физическое лицо принимают только по его проверенному номеру: он отсутствует или не проходит проверку; строка не сохранена",
            "Укажите 18 знаков номера гражданина (или новой карты постоянного жительства) в столбце номера; без него строку не отправляйте",
        ],
    },
    Words {
        code: "P07",
        zh: [
            "该自然人的信息已依决定删除，本行未保存任何内容",
            "不要再报送；认为应当恢复的，请联系信用中心",
        ],
        en: [
            "The data on this natural person were erased by a decision; nothing of the row was kept",
            "Do not send it again; if you hold that it should come back, ask the credit centre",
        ],
        ru: [
            "Сведения об этом физическом лице удалены по решению; строка не сохранена",
            "Не отправляйте её снова; если сведения должны вернуться, обратитесь в кредитный центр",
        ],
    },
    Words {
        code: "P08",
        zh: [
            "同一事实已记在另一主体名下，涉及自然人的不自动改记，本行未保存任何内容",
            "先以原主体报送撤销，再报送本行",
        ],
        en: [
            "The same fact stands under another subject, and none moves to or from a natural person by itself; nothing of the row was kept",
            "Send its removal under the former subject first, then this row again",
        ],
        ru: [
            "Тот же факт записан за другим субъектом, а на физическое лицо и с него факты сами не переходят; строка не сохранена",
            "Сначала отправьте отмену под прежним субъектом, затем эту строку",
        ],
    },
];
