-- The journal: the tree over all events in their order, its signed heads, and the salts that tie
-- entries to events. Everything but salts and the growing edge is insert-only.

-- HISTORY. Full tiles of the tree (C2SP tlog-tiles). Local table.
CREATE TABLE journal_tile (
    tile_no {bigint} NOT NULL, -- 0, 1, 2 … within the level
    level {bigint} NOT NULL,   -- -1: the entries themselves; 0: digests of leaves; 1 …: above
    body {bytes} NOT NULL,     -- 256 digests of 32 bytes, or 256 entries with their lengths
    CONSTRAINT journal_tile_pk PRIMARY KEY (level, tile_no)
);

-- What does not fill a tile yet: one row a level. Local table.
CREATE TABLE journal_edge (
    level {bigint} NOT NULL,   -- as in journal_tile
    tile_no {bigint} NOT NULL, -- the tile that it will be
    body {bytes} NOT NULL,     -- 0 to 255 digests or entries
    CONSTRAINT journal_edge_pk PRIMARY KEY (level)
);

-- HISTORY. Heads of the tree, one a batch of events, written with the batch. Local table.
CREATE TABLE journal_head (
    size {bigint} NOT NULL,    -- events up to and with the batch
    root {bytes} NOT NULL,     -- the root over their entries
    made_at {bigint} NOT NULL, -- when
    CONSTRAINT journal_head_pk PRIMARY KEY (size)
);

-- HISTORY. Signatures under heads: the log's own and those of witnesses. Local table.
CREATE TABLE journal_signature (
    size {bigint} NOT NULL,      -- the head
    name {text} NOT NULL,        -- name of the key; the log's own is the origin
    line {text} NOT NULL,        -- the signature line as published
    signed_at {bigint} NOT NULL, -- when it was stored
    CONSTRAINT journal_signature_pk PRIMARY KEY (size, name)
);
CREATE INDEX journal_signature_by_name ON journal_signature (name, size);

-- Salts of entries. Erasure deletes here; the log stays as valid as it was. Local table.
CREATE TABLE journal_salt (
    log_index {bigint} NOT NULL, -- the entry
    salt {bytes} NOT NULL,       -- 16 bytes
    CONSTRAINT journal_salt_pk PRIMARY KEY (log_index)
){clustered};

-- HISTORY. The log's name and key, once: a log never changes either. Local table.
CREATE TABLE journal_identity (
    origin {text} NOT NULL,   -- first line of every checkpoint
    key {text} NOT NULL,      -- NAME+ID+KEY of the log, as verifiers are configured with
    since {bigint} NOT NULL,  -- when
    CONSTRAINT journal_identity_pk PRIMARY KEY (origin)
);
