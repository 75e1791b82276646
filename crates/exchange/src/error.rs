//! Errors of the workflows: typed, free of transport, each with an outer message that says how to
//! go on and an inner cause for the log. Nothing personal stands in either.

use credit::lang::Text;
use intake::refusal::FileRefusal;
use std::error::Error as StdError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request itself cannot be served; the outer message says what to change.
    #[error("{}", .0.en)]
    Request(Box<Text>),
    /// The file was refused as a whole; nothing of it was stored.
    #[error("{}", .0.message(credit::lang::Lang::En))]
    File(Box<FileRefusal>),
    /// There is no such thing, or the reader may not know of it.
    #[error("not found")]
    NotFound,
    /// The account may not do that.
    #[error("the account may not do that")]
    Forbidden,
    /// A look that grant or case do not allow; the message says why.
    #[error("{}", .0.en)]
    Refused(Box<Text>),
    /// Too much, too soon.
    #[error("{}", .text.en)]
    Limit {
        /// The outer message.
        text: Box<Text>,
        /// Seconds after which it may be tried again.
        seconds: u64,
    },
    /// The store failed; the cause is for the log only.
    #[error("the store failed")]
    Store(#[source] store::Error),
    /// A permit did not fit what it was to open: a defect, never data. What the public may not
    /// know of is [`Error::NotFound`] instead.
    #[error("a permit did not fit")]
    Permit(#[from] policy::Mismatch),
    /// Something inside broke.
    #[error("{what}")]
    Inner {
        /// Which step.
        what: &'static str,
        /// Why.
        #[source]
        cause: Box<dyn StdError + Send + Sync>,
    },
}

impl From<store::Error> for Error {
    /// What the asker can do something about is said so; all else is the store's trouble.
    fn from(cause: store::Error) -> Error {
        match cause {
            store::Error::Cursor => Error::request(
                "翻页位置无效，请从第一页重新开始。",
                "The page mark is not valid; begin again from the first page.",
                "Отметка страницы неверна; начните с первой страницы.",
            ),
            store::Error::SourceTaken => Error::request(
                "同一信源单位、同一主题的另一份全量名单正在入库，本次提交暂未受理，没有改变任何数据。请待其完成（中断的名单最多占用五分钟）后，把同一文件再提交一次；已入库的部分不会重复。",
                "Another full list of the same supplier and theme is being applied, so this one was not taken further. When it is done (one that was broken off keeps others out for at most five minutes), send the same file once more; what was applied already is not applied twice.",
                "Сейчас применяется другой полный список того же поставщика и темы, поэтому этот пока не принят. Когда он будет завершён (прерванный удерживает очередь не более пяти минут), отправьте тот же файл ещё раз; уже применённое не повторится.",
            ),
            store::Error::SameOfficer => Error::request(
                "提交名单的经办人不能自己确认。请由另一名经办人登录后确认。",
                "Who sent the list cannot confirm it. Another officer signs in and confirms.",
                "Отправивший список не может подтвердить его сам. Подтверждает другой сотрудник.",
            ),
            cause => Error::Store(cause),
        }
    }
}

impl Error {
    /// A refusal of the request with its outer message.
    #[must_use]
    pub fn request(zh: impl Into<String>, en: impl Into<String>, ru: impl Into<String>) -> Error {
        Error::Request(Box::new(Text {
            zh: zh.into(),
            en: en.into(),
            ru: ru.into(),
        }))
    }

    /// A failure inside, with its cause for the log.
    pub fn inner(what: &'static str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        Error::Inner {
            what,
            cause: cause.into(),
        }
    }

    /// The outer message in the reader's language.
    #[must_use]
    pub fn message(&self, lang: credit::lang::Lang) -> String {
        use credit::lang::Lang;
        match self {
            Error::Request(text) | Error::Refused(text) | Error::Limit { text, .. } => {
                text.get(lang).to_owned()
            }
            Error::File(refusal) => refusal.message(lang),
            Error::NotFound => match lang {
                Lang::Zh => "没有找到。请核对代码或名称后再试。",
                Lang::En => "Nothing was found. Check the code or the name and try again.",
                Lang::Ru => "Ничего не найдено. Проверьте код или наименование и повторите.",
            }
            .to_owned(),
            Error::Forbidden => match lang {
                Lang::Zh => "您的账号没有这项权限。需要时请联系本单位或信用中心的管理员。",
                Lang::En => "Your account may not do that. Ask the administrator of your agency or of the credit centre.",
                Lang::Ru => "У вашей учётной записи нет такого права. Обратитесь к администратору своего органа или кредитного центра.",
            }
            .to_owned(),
            Error::Store(_) | Error::Permit(_) | Error::Inner { .. } => match lang {
                Lang::Zh => "系统暂时不可用，本次操作未生效。请稍后重试；如仍不成功，请把请求编号告知信用中心。",
                Lang::En => "The service is unavailable for the moment and nothing was changed. Try again later; if it goes on, give the request id to the credit centre.",
                Lang::Ru => "Сервис временно недоступен, изменения не внесены. Повторите позже; если ошибка останется, сообщите номер запроса кредитному центру.",
            }
            .to_owned(),
        }
    }
}

/// Result of a workflow.
pub type Result<T> = std::result::Result<T, Error>;
