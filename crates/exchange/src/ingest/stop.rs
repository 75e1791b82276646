//! Whether whoever looked at facts of a theme is told when its supplier changes or ends them (R25, rights 9).

use crate::office::Office;
use credit::catalog::Theme;
use store::StopUse;

/// Who is told, and by when it is acknowledged; none where nobody is. `named`: the supplier corrects the fact
/// itself, on the ground of a document, or takes it back.
pub(crate) fn stop_use(
    office: &Office,
    theme: &Theme,
    supplier: &str,
    named: bool,
) -> Option<StopUse> {
    let (catalog, today) = (&office.catalog, office.today());
    let days = catalog.supply.stop_use_days(theme.class, named, today)?;
    Some(StopUse {
        theme: theme.code.clone(),
        supplier: supplier.to_owned(),
        due: catalog.calendar.add_working_days(today, days),
    })
}
