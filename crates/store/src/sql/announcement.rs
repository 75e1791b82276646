//! Statements over announcements of the centre.

pub(crate) const NEW: &str =
    "INSERT INTO announcement (announcement_id, title_zh, title_en, title_ru,
    text_zh, text_en, text_ru, from_on, until_on, officer, agency, published_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub(crate) const WITHDRAW: &str = "INSERT INTO announcement_withdrawn (announcement_id, reason,
    officer, withdrawn_at) VALUES ($1, $2, $3, $4) ON CONFLICT (announcement_id) DO NOTHING";
pub(crate) const ONE: &str = "SELECT a.announcement_id, a.title_zh, a.title_en, a.title_ru,
    a.text_zh, a.text_en, a.text_ru, a.from_on, a.until_on, a.officer, a.agency, a.published_at,
    w.reason, w.officer, w.withdrawn_at
    FROM announcement a LEFT JOIN announcement_withdrawn w
        ON w.announcement_id = a.announcement_id
    WHERE a.announcement_id = $1 ORDER BY a.announcement_id";
/// Those in force on a day, newest first.
pub(crate) const IN_FORCE: &str = "SELECT a.announcement_id, a.title_zh, a.title_en, a.title_ru,
    a.text_zh, a.text_en, a.text_ru, a.from_on, a.until_on, a.officer, a.agency, a.published_at,
    w.reason, w.officer, w.withdrawn_at
    FROM announcement a LEFT JOIN announcement_withdrawn w
        ON w.announcement_id = a.announcement_id
    WHERE w.announcement_id IS NULL AND a.from_on <= $1 AND a.until_on >= $1
        AND (a.published_at < $2 OR (a.published_at = $2 AND a.announcement_id < $3))
    ORDER BY a.published_at DESC, a.announcement_id DESC LIMIT $4";
/// All of them, newest first.
pub(crate) const ALL: &str = "SELECT a.announcement_id, a.title_zh, a.title_en, a.title_ru,
    a.text_zh, a.text_en, a.text_ru, a.from_on, a.until_on, a.officer, a.agency, a.published_at,
    w.reason, w.officer, w.withdrawn_at
    FROM announcement a LEFT JOIN announcement_withdrawn w
        ON w.announcement_id = a.announcement_id
    WHERE a.published_at < $1 OR (a.published_at = $1 AND a.announcement_id < $2)
    ORDER BY a.published_at DESC, a.announcement_id DESC LIMIT $3";
/// By their ids, for an audit.
pub(crate) const AFTER: &str = "SELECT a.announcement_id, a.title_zh, a.title_en, a.title_ru,
    a.text_zh, a.text_en, a.text_ru, a.from_on, a.until_on, a.officer, a.agency, a.published_at,
    w.reason, w.officer, w.withdrawn_at
    FROM announcement a LEFT JOIN announcement_withdrawn w
        ON w.announcement_id = a.announcement_id
    WHERE a.announcement_id > $1 ORDER BY a.announcement_id LIMIT $2";
