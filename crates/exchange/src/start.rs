//! What a program is held against before it works on a store: a catalogue that knows every theme under
//! which rows came in, and a clock that is not behind what was written down.

use crate::error::{Error, Result};
use crate::office::{Office, date_of};

/// How far the clock may be behind the newest time on file, in microseconds: machines that share a store
/// differ by seconds, one that is being set by minutes.
const BEHIND: i64 = 10 * 60 * 1_000_000;

/// Refuses an older catalogue than the store's: facts of an edition that it does not know could be shown
/// to nobody, and their clocks and publicity be decided by nobody.
///
/// # Errors
/// [`Error::Request`] with the theme and edition.
pub async fn catalogue(office: &Office) -> Result<()> {
    for (theme, edition) in office.store.editions().await? {
        // Not `Catalog::edition`, which takes the newest one in place of one that is not there.
        let mut known = office.catalog.themes.iter();
        if !known.any(|one| one.code == theme && one.version == edition) {
            return Err(Error::request(
                format!(
                    "当前目录不认识主题 {theme} 的 {edition} 版，而库中已有按该版收入的数据：目录比数据旧。请用不旧于数据的目录（--catalog）或新版程序。没有改变任何数据。"
                ),
                format!(
                    "This catalogue does not know edition {edition} of the theme {theme}, under which rows on file came in: it is older than the store. Use one that is not (--catalog), or the newer program. Nothing was changed."
                ),
                format!(
                    "Этот каталог не знает редакцию {edition} темы {theme}, по которой приняты данные в хранилище: он старше данных. Возьмите каталог не старше данных (--catalog) или новую программу. Ничего не изменено."
                ),
            ));
        }
    }
    Ok(())
}

/// Refuses a clock that is behind what was written down: terms would begin anew, what has ended would be
/// shown, and events would be told in an order in which they did not happen.
///
/// # Errors
/// [`Error::Request`] with both days.
pub async fn clock(office: &Office) -> Result<()> {
    let Some(newest) = office.store.newest().await? else {
        return Ok(());
    };
    let now = office.now();
    if now.0.saturating_add(BEHIND) >= newest.0 {
        return Ok(());
    }
    let (now, newest) = (date_of(now), date_of(newest));
    Err(Error::request(
        format!(
            "本机时钟显示 {now}，而库中最新的记录写于 {newest}：时钟慢了，或曾经快过。请先校正时钟（例如 NTP）；如果是此前的时钟快了，请核对期间写入的数据，再加 --clock-is-right 启动。没有改变任何数据。"
        ),
        format!(
            "This machine's clock says {now}, but the newest record was written down on {newest}: the clock is behind, or was ahead once. Set it first (NTP does); if it was ahead, look at what was written meanwhile and start with --clock-is-right. Nothing was changed."
        ),
        format!(
            "Часы этой машины показывают {now}, а последняя запись сделана {newest}: часы отстают или прежде спешили. Сначала установите их (например, NTP); если они спешили, проверьте записанное за это время и запустите с --clock-is-right. Ничего не изменено."
        ),
    ))
}
