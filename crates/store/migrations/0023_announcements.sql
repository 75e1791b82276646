-- Announcements of the centre to the public. One is shown from its first to its last day, unless it was
-- withdrawn; both follow from these rows and the day.

-- HISTORY. An announcement as it was published.
CREATE TABLE announcement (
    announcement_id {bytes} NOT NULL, -- 16 unpredictable bytes
    title_zh {text} NOT NULL,         -- title in Chinese
    title_en {text} NOT NULL,         -- in English; empty: none
    title_ru {text} NOT NULL,         -- in Russian; empty: none
    text_zh {text} NOT NULL,          -- text in Chinese
    text_en {text} NOT NULL,          -- in English; empty: none
    text_ru {text} NOT NULL,          -- in Russian; empty: none
    from_on {text} NOT NULL,          -- first day
    until_on {text} NOT NULL,         -- last day
    officer {text} NOT NULL,          -- who: an account, as histories name it
    agency {text} NOT NULL,           -- for whom
    published_at {bigint} NOT NULL,   -- when
    CONSTRAINT announcement_pk PRIMARY KEY (announcement_id)
);
CREATE INDEX announcement_newest ON announcement (published_at, announcement_id);

-- HISTORY. Announcements that were withdrawn, each once.
CREATE TABLE announcement_withdrawn (
    announcement_id {bytes} NOT NULL, -- which
    reason {text} NOT NULL,           -- why, for the public
    officer {text} NOT NULL,          -- who: an account, as histories name it
    withdrawn_at {bigint} NOT NULL,   -- when
    CONSTRAINT announcement_withdrawn_pk PRIMARY KEY (announcement_id)
);
