-- Files that are pulled from suppliers on a schedule.

-- How a source stands: what it was named last, and when it is asked again. Local table.
CREATE TABLE pull_source (
    code {text} NOT NULL,         -- its name in the site's file of sources
    supplier {text} NOT NULL,     -- whose file it is
    theme {text} NOT NULL,        -- of which theme
    host {text} NOT NULL,         -- which host is asked; the address is in the site's file only
    tag {text},                   -- what the source called the last file taken
    digest {bytes},               -- SHA-256 of that file
    taken_on {text},              -- the day on which it was taken
    next_at {bigint} NOT NULL,    -- not before
    failures {bigint} NOT NULL,   -- tries in a row that failed
    failing_since {bigint},       -- the first of them
    CONSTRAINT pull_source_pk PRIMARY KEY (code)
);

-- HISTORY. Each try: what came of it.
CREATE TABLE pull_try (
    code {text} NOT NULL,       -- the source
    tried_at {bigint} NOT NULL, -- when
    outcome {text} NOT NULL,    -- taken, same, or why it failed
    submission_id {bytes},      -- the submission that it became
    CONSTRAINT pull_try_pk PRIMARY KEY (code, tried_at)
);
