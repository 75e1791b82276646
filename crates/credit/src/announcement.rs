//! Announcements of the credit centre to the public (公告): a title and a text, from a first to a last day.

use crate::content;
use crate::lang::{Lang, Text};
use crate::record::Instant;
use crate::subject::id16;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

id16! {
    /// One announcement: 16 unpredictable bytes.
    AnnouncementId
}

/// Characters of a title: one line of a list on a desk's screen has about 60; × 2 for Russian.
pub const TITLE_CHARS: usize = 120;

/// Characters of a text in one language: two printed pages; longer ones are documents of their own.
pub const TEXT_CHARS: usize = 4_000;

/// Characters of the reason for which one is withdrawn: a paragraph.
pub const REASON_CHARS: usize = 300;

/// Days for which one is shown at most: a year, since what everybody must know for longer belongs on a page
/// of its own.
pub const DAYS: i64 = 366;

/// An announcement as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Which.
    pub id: AnnouncementId,
    /// Its title; empty in a language that it does not have. Chinese is never empty.
    pub title: Text,
    /// Its text, likewise: in a language without a title there is none.
    pub text: Text,
    /// The first day on which it is shown.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// Who published it, as histories name accounts.
    pub officer: String,
    /// For whom.
    pub agency: String,
    /// When.
    pub published_at: Instant,
    /// That it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
}

/// Why, by whom and when an announcement was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Why, for the public.
    pub reason: String,
    /// By whom, as histories name accounts.
    pub officer: String,
    /// When.
    pub at: Instant,
}

/// What is wrong with an announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The Chinese title or text is missing, or of another language one of the two.
    #[error("a title or a text is missing")]
    Missing,
    /// Longer than it may be.
    #[error("too long")]
    Long,
    /// It holds a number of a person.
    #[error("it holds a number of a person")]
    Personal,
    /// Its days lie in the past, the wrong way round, or too far apart.
    #[error("its days are not in order")]
    Days,
}

impl Announcement {
    /// Whether it is shown on a day.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.withdrawn.is_none() && self.is_within(day)
    }

    /// Whether a day is one of its days.
    #[must_use]
    pub fn is_within(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// The language in which a reader of some language reads it: the reader's own where it has that, else
    /// Chinese.
    #[must_use]
    pub fn read_in(&self, lang: Lang) -> Lang {
        match self.title.get(lang) {
            "" => Lang::Zh,
            _ => lang,
        }
    }

    /// What is wrong with it, on the day on which it would be published.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn check(&self, today: Date) -> Result<(), Fault> {
        for lang in Lang::ALL {
            let (title, text) = (self.title.get(lang), self.text.get(lang));
            let missing = title.is_empty() != text.is_empty();
            if missing || (lang == Lang::Zh && title.is_empty()) {
                return Err(Fault::Missing);
            }
            let long = |text: &str, most| text.chars().count() > most;
            if long(title, TITLE_CHARS) || long(text, TEXT_CHARS) {
                return Err(Fault::Long);
            }
            if is_personal(title) || is_personal(text) {
                return Err(Fault::Personal);
            }
        }
        let last = self.from.saturating_add(DAYS.days());
        let sound = today <= self.from && self.from <= self.until && self.until <= last;
        if sound { Ok(()) } else { Err(Fault::Days) }
    }
}

/// Whether a text holds a number of a person.
#[must_use]
pub fn is_personal(text: &str) -> bool {
    !content::personal_numbers(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn words(zh: &str, en: &str) -> Text {
        Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
            ru: String::new(),
        }
    }

    fn one(title: Text, text: Text, (from, until): (Date, Date)) -> Announcement {
        Announcement {
            id: AnnouncementId([1; 16]),
            title,
            text,
            from,
            until,
            officer: "account:1".to_owned(),
            agency: "credit-centre".to_owned(),
            published_at: Instant(0),
            withdrawn: None,
        }
    }

    #[test]
    fn one_has_chinese_both_parts_of_each_language_and_days_in_order() {
        let today = date(2026, 11, 22);
        let term = (today, date(2026, 12, 22));
        let check = |title: Text, text: Text, term| one(title, text, term).check(today);
        let sound = || {
            (
                words("停机", "Maintenance"),
                words("今晚停机。", "Tonight."),
            )
        };
        let (title, text) = sound();
        assert_eq!(check(title, text, term), Ok(()));
        assert_eq!(
            check(words("", "x"), words("", "x"), term),
            Err(Fault::Missing)
        );
        assert_eq!(
            check(words("停", "x"), words("停", ""), term),
            Err(Fault::Missing)
        );
        assert_eq!(
            check(words("停", ""), words("", ""), term),
            Err(Fault::Missing)
        );
        let long = "长".repeat(TEXT_CHARS + 1);
        assert_eq!(
            check(words("停", ""), words(&long, ""), term),
            Err(Fault::Long)
        );
        let personal = words("停", "");
        let number = words("关于11010519491231002X的公告", "");
        assert_eq!(check(personal, number, term), Err(Fault::Personal));
        for days in [
            (date(2026, 11, 21), date(2026, 12, 1)),
            (date(2026, 12, 1), date(2026, 11, 30)),
            (today, date(2028, 1, 1)),
        ] {
            let (title, text) = sound();
            assert_eq!(check(title, text, days), Err(Fault::Days), "{days:?}");
        }
    }

    #[test]
    fn one_is_shown_on_its_days_and_until_it_is_withdrawn() {
        let term = (date(2026, 11, 22), date(2026, 11, 30));
        let mut shown = one(words("停", ""), words("停", ""), term);
        for (day, is) in [(21, false), (22, true), (30, true)] {
            assert_eq!(shown.is_in_force(date(2026, 11, day)), is, "{day}");
        }
        assert!(!shown.is_in_force(date(2026, 12, 1)));
        assert_eq!(shown.read_in(Lang::Ru), Lang::Zh);
        shown.withdrawn = Some(Withdrawn {
            reason: "x".to_owned(),
            officer: "account:1".to_owned(),
            at: Instant(1),
        });
        assert!(!shown.is_in_force(date(2026, 11, 25)) && shown.is_within(date(2026, 11, 25)));
    }
}
