//! Notices: whom something is told, what kind it is, and what may be said outside the inbox, which is
//! that there is a message and nothing of what it says (rights 6).

use crate::lang::Lang;
use crate::people::AccountId;
use crate::subject::{SubjectId, id16};
use std::fmt;

id16! {
    /// A notice: a keyed digest of whom it tells what, so that the same thing is told once.
    NoticeId
}

/// Tries of one message. The last comes some eighteen hours after the first.
const TRIES: u32 = 9;
/// Seconds before the second try; each later one waits three times as long.
const FIRST: u64 = 20;

/// Whom a notice tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Addressee {
    /// An account.
    Account(AccountId),
    /// An agency: its officers who send, on the day.
    Agency(String),
    /// A subject: whoever may read its file on its behalf.
    Subject(SubjectId),
    /// An agency that looked at facts of others: its sharing officers, on the day.
    Receiver(String),
    /// The credit centre, and the authority above: the centre's clerks, on the day.
    Centre,
}

impl Addressee {
    /// As the store keeps it: `account:ID`, `agency:CODE`, `subject:ID`, `receiver:CODE`, `centre`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Addressee::Account(id) => format!("account:{id}"),
            Addressee::Agency(code) => format!("agency:{code}"),
            Addressee::Subject(id) => format!("subject:{id}"),
            Addressee::Receiver(code) => format!("receiver:{code}"),
            Addressee::Centre => "centre".to_owned(),
        }
    }
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A period is due soon.
    Due,
    /// A period's deadline passed without a report.
    Missed,
    /// A supplier's file could not be pulled, three times in a row.
    PullFailed,
    /// Facts that are not public were looked up.
    LookedUp,
    /// A fact that is not public was recorded.
    Recorded,
    /// A case was moved.
    Case,
    /// A deadline of a case comes soon.
    CaseSoon,
    /// A deadline of a case passed.
    CaseLate,
    /// A fact that was looked at is not to be used any more.
    StopUse,
    /// An agency did not say in time that it stopped using a fact.
    StopUseLate,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [NoticeKind; 10] = [
        NoticeKind::Due,
        NoticeKind::Missed,
        NoticeKind::PullFailed,
        NoticeKind::LookedUp,
        NoticeKind::Recorded,
        NoticeKind::Case,
        NoticeKind::CaseSoon,
        NoticeKind::CaseLate,
        NoticeKind::StopUse,
        NoticeKind::StopUseLate,
    ];

    /// The code in the store and in texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::Due => "due",
            NoticeKind::Missed => "missed",
            NoticeKind::PullFailed => "pull-failed",
            NoticeKind::LookedUp => "looked-up",
            NoticeKind::Recorded => "recorded",
            NoticeKind::Case => "case",
            NoticeKind::CaseSoon => "case-soon",
            NoticeKind::CaseLate => "case-late",
            NoticeKind::StopUse => "stop-use",
            NoticeKind::StopUseLate => "stop-use-late",
        }
    }

    /// The inverse of [`NoticeKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A way to tell that there is a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// Electronic mail.
    Mail,
    /// A short message, through a gateway.
    Sms,
}

impl Channel {
    /// The code in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Channel::Mail => "mail",
            Channel::Sms => "sms",
        }
    }

    /// The inverse of [`Channel::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Channel> {
        [Channel::Mail, Channel::Sms]
            .into_iter()
            .find(|one| one.code() == code)
    }

    /// Whether a text is an address of this channel: one mailbox without display name or control
    /// characters, or a telephone number with country code or of eleven digits.
    #[must_use]
    pub fn takes(self, address: &str) -> bool {
        match self {
            Channel::Mail => is_mailbox(address),
            Channel::Sms => {
                let digits = address.strip_prefix('+').unwrap_or(address);
                (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
    }
}

/// `local@domain` of plain characters: what may stand in an SMTP command as it is.
fn is_mailbox(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let plain = |text: &str, more: &str| {
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || more.as_bytes().contains(&byte);
        !text.is_empty() && text.bytes().all(sound)
    };
    address.len() <= 254 && plain(local, ".!#$%&'*+-/=?^_`{|}~") && plain(domain, ".-")
}

/// Seconds until a message is tried again after so many tries; `None` when it is given up.
#[must_use]
pub fn again_after(tries: u32) -> Option<u64> {
    (1..TRIES)
        .contains(&tries)
        .then(|| FIRST.saturating_mul(3_u64.saturating_pow(tries - 1)))
}

/// What is said outside the inbox: a subject line and one sentence. It carries no fact.
#[must_use]
pub fn outside(lang: Lang, site: &str) -> (String, String) {
    match lang {
        Lang::Zh => (
            "公共信用信息平台：您有一条新消息".to_owned(),
            format!("您在 {site} 有一条新消息。请登录后查看。"),
        ),
        Lang::En => (
            "Public credit information: there is a message for you".to_owned(),
            format!("There is a message for you at {site}. Sign in to read it."),
        ),
        Lang::Ru => (
            "Публичная кредитная информация: для вас есть сообщение".to_owned(),
            format!("Для вас есть сообщение на {site}. Войдите, чтобы прочитать его."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_wait_longer_and_end() {
        let waits: Vec<u64> = (1..TRIES).filter_map(again_after).collect();
        assert_eq!(waits.first(), Some(&20));
        assert!(waits.windows(2).all(|pair| pair[1] == pair[0] * 3));
        assert_eq!(again_after(TRIES), None);
        assert_eq!(again_after(0), None);
        let days = waits.iter().sum::<u64>() / 86_400;
        assert!((0..3).contains(&days), "{days}");
    }

    #[test]
    fn only_plain_addresses_are_taken() {
        for good in ["a@b.example", "first.last+tag@credit.example"] {
            assert!(Channel::Mail.takes(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a@b\r\nRCPT TO:<c@d>",
            "a b@c",
            "<a@b>",
            "a@b>",
            "a@b c",
            "a@[127.0.0.1]",
        ] {
            assert!(!Channel::Mail.takes(bad), "{bad}");
        }
        assert!(Channel::Sms.takes("+8613800000000") && Channel::Sms.takes("13800000000"));
        for bad in ["", "138", "1380000000a", "++861380000000", "138 0000 0000"] {
            assert!(!Channel::Sms.takes(bad), "{bad}");
        }
    }
}
