-- Reports that were issued under a signature.

-- HISTORY. An issued report: what was asked, and digests of what it says. No content stands here.
CREATE TABLE report_issue (
    subject_id {bytes} NOT NULL, -- whom it is about
    issue_id {bytes} NOT NULL,   -- keyed digest of question, day and answer: asked again, it is the same issue
    number {text} NOT NULL,      -- the number printed on it
    purpose {text} NOT NULL,     -- public-lookup, own-report
    ask {text} NOT NULL,         -- language, day, themes and period, as canonical JSON
    facts {bytes} NOT NULL,      -- keyed digest of the facts that it states
    document {bytes} NOT NULL,   -- SHA-256 of its signature (a compact JWS, which holds the whole)
    issued_at {bigint} NOT NULL, -- when
    CONSTRAINT report_issue_pk PRIMARY KEY (subject_id, issue_id)
);

-- The signed text of an issued report, sealed under the site's key. Erasure deletes here.
CREATE TABLE report_body (
    subject_id {bytes} NOT NULL, -- whom it is about
    issue_id {bytes} NOT NULL,   -- the issue
    sealed {bytes} NOT NULL,     -- the compact JWS, sealed
    CONSTRAINT report_body_pk PRIMARY KEY (subject_id, issue_id)
);

-- HISTORY. Files in which an issued report was handed out, by their digests: pages that were changed
-- afterwards are told by it.
CREATE TABLE report_copy (
    subject_id {bytes} NOT NULL, -- whom it is about
    issue_id {bytes} NOT NULL,   -- the issue
    digest {bytes} NOT NULL,     -- SHA-256 of the file
    format {text} NOT NULL,      -- pdf
    made_at {bigint} NOT NULL,   -- when
    CONSTRAINT report_copy_pk PRIMARY KEY (subject_id, issue_id, digest)
);

-- Numbers to verify by: who holds a number finds the issue. Erasure deletes here. Local reference table.
CREATE TABLE report_number (
    verify {bytes} NOT NULL,     -- keyed digest of 16 random bytes
    subject_id {bytes} NOT NULL, -- whom it is about
    issue_id {bytes} NOT NULL,   -- the issue
    CONSTRAINT report_number_pk PRIMARY KEY (verify)
);

-- HISTORY. Stamps of heads of the journal by a time-stamping authority (RFC 3161). Local table.
CREATE TABLE journal_stamp (
    size {bigint} NOT NULL,       -- the head
    answer {bytes} NOT NULL,      -- the authority's answer, DER
    stamped_at {bigint} NOT NULL, -- when it came
    CONSTRAINT journal_stamp_pk PRIMARY KEY (size)
);
