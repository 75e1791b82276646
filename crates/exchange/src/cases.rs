//! Cases on legal clocks: who opens one, who moves it, who reads it. Whether a move is lawful is asked of
//! the table (`credit::case`) in the transaction that writes it; here stands who may act for which party,
//! and that what is brought can be taken.
//!
//! A subject acts by a mandate, a supplier's officer for the facts of the agency's own themes, the centre
//! for all, and whoever reviews has had no part in what is reviewed.

mod act;
mod attach;
mod conditions;
mod differ;
mod export;
mod file;
pub(crate) mod made;
mod promise;
mod queue;
mod receipts;
mod remind;
mod saying;
mod search;
mod show;
mod statistics;
mod tell;

pub use act::{act, act_by, act_own};
pub use attach::{FILE_BYTES, FILES, Unsafe, examine};
pub(crate) use differ::differ;
pub use export::{Form, Sheet, export};
pub use file::{
    Filed, Filing, file_at_window, file_by_supplier, file_own, file_own_once, supplied,
};
pub use promise::{Promising, promise_own, promise_own_once, promises};
pub use queue::{Kept, Line, Seen as Desk, kept, queue};
pub(crate) use receipts::owes;
pub use receipts::{ReceiptLine, acknowledge, acknowledge_by, receipts, receipts_counted};
pub use remind::remind;
pub use saying::{Contents, Paper, Promise, Saying, Service, Upload};
pub use search::{Found, OPEN, OVER, Search, Term, of_subject, search};
pub use show::{
    OwnLine, Shown, Standing, attachment, attachment_own, own, own_case, own_facts, own_page, show,
};
pub use statistics::{Statistic, statistics};
pub use store::{CaseCard, Page, Receipt, ReceiptCount};

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::case::{CaseId, Kind, Move, Party};
use credit::lang::Lang;
use credit::people::Action;
use std::sync::Arc;
use store::CaseMoved;

/// The table under which a case was opened.
fn kind<'o>(office: &'o Office, card: &CaseCard) -> Result<&'o Arc<Kind>> {
    let found = office.catalog.case_edition(&card.kind, &card.version);
    found.ok_or_else(|| {
        let what = format!("{} {}", card.kind, card.version);
        Error::inner("the catalogue lacks the table of a case", what)
    })
}

/// A case that an account of the desk may know of; to any other there is none.
async fn known(office: &Office, who: &Acting, id: &str) -> Result<CaseCard> {
    let reach = who.reach(Action::LegalList);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let id = CaseId::parse(id).ok_or(Error::NotFound)?;
    let card = office.store.case(id).await?.ok_or(Error::NotFound)?;
    let own = reach.covers(&card.supplier, &card.theme);
    own.then_some(card).ok_or(Error::NotFound)
}

/// For which parties an account of the desk may act in a case.
fn parties(who: &Acting, card: &CaseCard) -> Vec<Party> {
    let supplier = who.reach(Action::LegalAnswer);
    let mut parties = Vec::new();
    if supplier.covers(&card.supplier, &card.theme) {
        parties.push(Party::Supplier);
    }
    if !who.reach(Action::LegalHandle).is_nothing() {
        parties.push(Party::Centre);
    }
    if !who.reach(Action::LegalReview).is_nothing() {
        parties.push(Party::Authority);
    }
    parties
}

/// The party for which one of these makes a move.
fn party_of(one: &Move, parties: &[Party]) -> Option<Party> {
    let mut own = parties.iter().copied();
    own.find(|party| one.by.contains(party))
}

/// What became of a move, for whoever made it.
fn done(moved: CaseMoved) -> Result<u32> {
    match moved {
        CaseMoved::Done(seq) => Ok(seq),
        CaseMoved::Refused(why) => Err(Error::request(
            why.text(Lang::Zh),
            why.text(Lang::En),
            why.text(Lang::Ru),
        )),
        CaseMoved::Raced | CaseMoved::Looked => Err(Error::request(
            "这个案件刚刚已由别人办理。请刷新页面，看过最新进展后再办理。",
            "Somebody moved this case a moment ago. Load the page again and look at it before you act.",
            "Это дело только что изменили. Обновите страницу и посмотрите на него, прежде чем действовать.",
        )),
        CaseMoved::Open(other) => Err(Error::request(
            format!("对这条信息的同类案件正在办理（{other}），请在该案中补充。"),
            format!(
                "A case of this kind about this fact is open already ({other}); add to that one."
            ),
            format!("Такое дело об этом сведении уже открыто ({other}); дополните его."),
        )),
        CaseMoved::NotVersion => Err(Error::request(
            "请写明立案后更正或者撤下该信息的版本号：先在“更正”或者“撤回”页面办理，再回到本案。",
            "Name the version that corrected the fact, or took it back, since the case was opened: do that first on its own page, then come back.",
            "Укажите номер версии, которой сведение исправлено или снято после открытия дела: сначала сделайте это на своей странице.",
        )),
        CaseMoved::NotFact => Err(Error::request(
            "信源单位尚未报送（或者尚未移出）本案文书所载的信息：先按本案最后一份文书的机关和文号报送，再回到本案。",
            "The fact on the case's document was not stated (or not ended) by the supplier yet: state it first, with the organ and number of the case's last document, then come back.",
            "Сведение по документу дела ещё не подано (или не прекращено) поставщиком: сначала подайте его с органом и номером последнего документа дела.",
        )),
        CaseMoved::Barred(until) => Err(Error::request(
            format!(
                "此前的同类申请因虚假材料或者承诺严重不实被撤销，至 {until} 不得再次申请，期满后可以申请。认为撤销有误的，可以依法申请行政复议或者提起行政诉讼。"
            ),
            format!(
                "An earlier application of this kind was revoked for false material or a false commitment: none may be made until {until}, and one may be made after that. Against the revocation administrative reconsideration and a lawsuit are open by law."
            ),
            format!(
                "Прежнее такое заявление отменено из-за ложных материалов или обязательства: до {until} нового подать нельзя, потом можно. На отмену по закону возможны административный пересмотр и суд."
            ),
        )),
        CaseMoved::Full => Err(Error::request(
            "本主体的案件数量已达上限，请联系信用中心。",
            "The subject has as many cases as there may be; ask the credit centre.",
            "У субъекта предельное число дел; обратитесь в кредитный центр.",
        )),
    }
}
