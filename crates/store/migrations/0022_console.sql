-- The centre's console: cases by the day on which they were opened, and tables that were taken out as files.

CREATE INDEX legal_case_opened ON legal_case (opened_at, case_id);

-- HISTORY. A table that an officer took out as a file. The file itself is kept nowhere.
CREATE TABLE table_export (
    export_id {bytes} NOT NULL,    -- 16 unpredictable bytes
    what {text} NOT NULL,          -- which table: cases
    asked {text} NOT NULL,         -- which of its rows, as the page's address says it
    form {text} NOT NULL,          -- csv, xlsx
    row_count {bigint} NOT NULL,   -- how many rows
    digest {bytes} NOT NULL,       -- SHA-256 of the file
    officer {text} NOT NULL,       -- who: an account, as histories name it
    agency {text} NOT NULL,        -- for which agency
    exported_at {bigint} NOT NULL, -- when
    CONSTRAINT table_export_pk PRIMARY KEY (export_id)
);
