//! What an identifier's error or warning says to the officer who must mend the row, in three
//! languages, without ever repeating the value.

use super::{IdentifierError, System, Warning};
use crate::lang::Lang;

impl System {
    /// The system's name.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            System::Uscc => [
                "统一社会信用代码",
                "unified social credit code",
                "единый код социального кредита",
            ],
            System::OrgCode => ["组织机构代码", "organisation code", "код организации"],
            System::RegNo => ["注册号", "registration number", "регистрационный номер"],
            System::TaxNo => ["税务登记号", "tax number", "налоговый номер"],
            System::CitizenId => ["公民身份号码", "citizen number", "номер гражданина"],
            System::Passport => ["护照号", "passport number", "номер паспорта"],
            System::HkMacaoPermit => [
                "港澳居民来往内地通行证",
                "Hong Kong and Macao residents' permit",
                "пропуск жителя Гонконга и Макао",
            ],
            System::TaiwanPermit => [
                "台湾居民来往大陆通行证",
                "Taiwan residents' permit",
                "пропуск жителя Тайваня",
            ],
            System::ForeignerId => [
                "外国人永久居留身份证",
                "foreigner's permanent residence card",
                "карта постоянного жителя-иностранца",
            ],
            System::Lei => [
                "全球法人识别编码",
                "Legal Entity Identifier",
                "идентификатор юридического лица (LEI)",
            ],
        };
        pick(lang, zh, en, ru)
    }

    /// How many characters a value has, for messages: `18`, `15, 17, 18, 20`.
    #[must_use]
    pub fn lengths(self) -> &'static str {
        match self {
            System::Uscc | System::CitizenId => "18",
            System::OrgCode => "9",
            System::RegNo => "15",
            System::TaxNo => "15, 17, 18, 20",
            System::Passport => "5–9",
            System::HkMacaoPermit => "9, 11",
            System::TaiwanPermit => "8, 10, 11",
            System::ForeignerId => "15, 18",
            System::Lei => "20",
        }
    }
}

impl IdentifierError {
    /// What is wrong and how to mend it.
    #[must_use]
    pub fn message(self, lang: Lang) -> String {
        match self {
            IdentifierError::Length { found } => match lang {
                Lang::Zh => format!("共 {found} 位，位数不对；请核对是否缺位或多位"),
                Lang::En => format!(
                    "it has {found} characters, which is not its length; look for missing or extra ones"
                ),
                Lang::Ru => format!(
                    "знаков: {found}, длина неверна; проверьте, нет ли пропущенных или лишних"
                ),
            },
            IdentifierError::Character { position } => match lang {
                Lang::Zh => format!("第 {position} 位的字符不允许；请按证照原件填写"),
                Lang::En => format!(
                    "character {position} is not allowed there; copy it from the certificate"
                ),
                Lang::Ru => {
                    format!("знак {position} здесь недопустим; перепишите номер со свидетельства")
                }
            },
            other => other.fixed(lang).to_owned(),
        }
    }

    fn fixed(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            IdentifierError::Empty => [
                "为空；请填写",
                "it is empty; fill it in",
                "пусто; заполните",
            ],
            IdentifierError::CheckDigit => [
                "校验位不符；请按证照原件逐位核对",
                "the check digit does not fit; compare it with the certificate character by character",
                "контрольный знак не сходится; сверьте со свидетельством знак за знаком",
            ],
            IdentifierError::Date => [
                "其中的日期不存在；请核对",
                "the date inside does not exist; check it",
                "содержащейся даты не существует; проверьте",
            ],
            IdentifierError::Personal => [
                "疑似个人证件号码；此处只收法人和非法人组织的代码",
                "this looks like a person's number; only organisations' codes are taken here",
                "похоже на номер физического лица; здесь принимаются только коды организаций",
            ],
            _ => [
                "不符合任何已知编码的格式；请核对",
                "it has the form of no known system; check it",
                "вид не соответствует ни одной известной системе; проверьте",
            ],
        };
        pick(lang, zh, en, ru)
    }
}

impl Warning {
    /// What is doubtful.
    #[must_use]
    pub fn message(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            Warning::UnknownBody => [
                "登记管理部门或机构类别代码不在编码表中",
                "its first two characters are not in the table of bodies",
                "первых двух знаков нет в таблице видов организаций",
            ],
            Warning::UnknownArea => [
                "行政区划代码不在已知区划表中",
                "its area is not in the list of areas",
                "кода района нет в перечне",
            ],
            Warning::AbolishedArea => [
                "行政区划代码已撤销或合并",
                "its area has been abolished or merged",
                "район упразднён или объединён",
            ],
            Warning::InnerOrgCode => [
                "其中的组织机构代码校验位不符",
                "the organisation code inside fails its own check digit",
                "контрольный знак внутреннего кода организации не сходится",
            ],
            Warning::Ambiguous => [
                "该号码同时符合另一种编码规则",
                "the number is valid in another system too",
                "номер допустим и в другой системе",
            ],
            Warning::FormOnly => [
                "该类号码没有校验位，只核对了格式",
                "such numbers have no check digit: only the form was checked",
                "у таких номеров нет контрольного знака: проверен только вид",
            ],
        };
        pick(lang, zh, en, ru)
    }
}

fn pick(lang: Lang, zh: &'static str, en: &'static str, ru: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    }
}
