//! Under which terms a file comes: theme edition, supplier, mode, date. Settled before any byte is
//! read, from the catalogue alone (R01).

use super::file::{File, Told};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::catalog::{ItemIx, Mode, Role, Supplier, Theme};
use credit::identifier::{Identifier, System};
use credit::lang::Text;
use credit::subject::SubjectKind;
use jiff::civil::Date;
use std::sync::Arc;

/// What the sender asks for.
#[derive(Clone)]
pub struct Request {
    /// Theme code.
    pub theme: String,
    /// Supplier code; without one the theme's only supplier.
    pub supplier: Option<String>,
    /// Mode; without one the theme's.
    pub mode: Option<Mode>,
    /// The day for which the rows are stated; without one today.
    pub date: Option<Date>,
    /// The file.
    pub file: File,
    /// What is told about it.
    pub told: Told,
}

/// Settled terms.
pub struct Terms {
    /// The edition in force on the date.
    pub theme: Arc<Theme>,
    /// Who sends.
    pub supplier: Supplier,
    /// How.
    pub mode: Mode,
    /// For which day.
    pub date: Date,
    /// The item that names each row's source, where a platform above returns other agencies' facts.
    pub(super) returned: Option<ItemIx>,
    pub(super) file: File,
    pub(super) told: Told,
}

pub(super) fn settle(office: &Office, request: Request) -> Result<Terms> {
    let today = office.today();
    let date = request.date.unwrap_or(today);
    if date > today {
        return Err(Error::request(
            format!("提交日期 {date} 晚于今天 {today}。请改用今天或更早的日期。"),
            format!(
                "The submission date {date} is after today, {today}. Give today or an earlier day."
            ),
            format!(
                "Дата подачи {date} позже сегодняшней, {today}. Укажите сегодняшнюю или более раннюю дату."
            ),
        ));
    }
    let theme = find_theme(office, &request.theme, date)?;
    let supplier = find_supplier(office, &theme, request.supplier.as_deref())?;
    let returned = if supplier.relays {
        theme.item_with(Role::SourceCode)
    } else {
        None
    };
    let mode = match (request.mode, returned) {
        (Some(Mode::Snapshot), Some(_)) => return Err(no_list()),
        (_, Some(_)) => Mode::Delta,
        (asked, None) => asked.unwrap_or(theme.submission.mode),
    };
    Ok(Terms {
        mode,
        returned,
        theme,
        supplier,
        date,
        file: request.file,
        told: request.told,
    })
}

/// A returned file holds some facts of several sources; what it lacks says nothing of any of them.
fn no_list() -> Error {
    Error::request(
        "上级平台返还的信息只能按增量报送，不能作为全量名单。请改用增量模式。",
        "What a platform above returns is taken as changes, never as a full list. Send it in delta mode.",
        "Возвращённое вышестоящей платформой принимается только как изменения. Подайте в режиме delta.",
    )
}

/// The source that a returned row names, where the catalogue allows it to supply the theme.
pub(super) fn source(office: &Office, theme: &Theme, code: &str) -> Option<Supplier> {
    let found = find_supplier(office, theme, Some(code)).ok();
    found.filter(|source| !source.relays)
}

pub(super) fn find_theme(office: &Office, code: &str, date: Date) -> Result<Arc<Theme>> {
    if let Some(theme) = office.catalog.theme(code, date) {
        return Ok(Arc::clone(theme));
    }
    let known = office.catalog.themes.iter().any(|theme| theme.code == code);
    Err(if known {
        Error::request(
            format!(
                "主题 {code} 在 {date} 没有生效的版本。用 gongxin catalog list 查看各版本的有效期。"
            ),
            format!(
                "No edition of theme {code} is in force on {date}. See the terms with: gongxin catalog list"
            ),
            format!(
                "На {date} нет действующей редакции темы {code}. Сроки редакций: gongxin catalog list"
            ),
        )
    } else {
        Error::request(
            format!("目录中没有主题 {code}。用 gongxin catalog list 查看全部主题。"),
            format!("The catalogue has no theme {code}. See all themes with: gongxin catalog list"),
            format!("В каталоге нет темы {code}. Все темы: gongxin catalog list"),
        )
    })
}

fn find_supplier(office: &Office, theme: &Theme, code: Option<&str>) -> Result<Supplier> {
    let Some(code) = code else {
        let first = theme
            .suppliers
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        return office
            .catalog
            .supplier(first)
            .cloned()
            .ok_or_else(|| no_supplier(theme, first));
    };
    let relays = |code| {
        office
            .catalog
            .supplier(code)
            .is_some_and(|known| known.relays)
    };
    let returned = theme.item_with(Role::SourceCode).is_some() && relays(code);
    if returned || theme.suppliers.iter().any(|allowed| allowed == code) {
        return office
            .catalog
            .supplier(code)
            .cloned()
            .ok_or_else(|| no_supplier(theme, code));
    }
    if theme.any_authority
        && let Ok(parsed) = Identifier::parse(System::Uscc, code)
        && parsed.identifier.value().starts_with('1')
    {
        let title = parsed.identifier.value().to_owned();
        debug_assert!(SubjectKind::GovernmentAgency.is_organisation());
        return Ok(Supplier {
            code: title.clone(),
            title: Text {
                zh: title.clone(),
                en: title.clone(),
                ru: title,
            },
            area: theme.jurisdiction.clone(),
            relays: false,
            limits: Vec::new(),
        });
    }
    Err(no_supplier(theme, code))
}

fn no_supplier(theme: &Theme, code: &str) -> Error {
    let allowed = theme.suppliers.join(", ");
    let theme = &theme.code;
    Error::request(
        format!("信源单位 {code} 不能报送主题 {theme}。目录允许的单位：{allowed}。"),
        format!("Supplier {code} may not send theme {theme}. The catalogue allows: {allowed}."),
        format!("Поставщик {code} не вправе подавать тему {theme}. Каталог допускает: {allowed}."),
    )
}
