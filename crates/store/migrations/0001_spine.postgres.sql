-- Search over names on PostgreSQL: our own tokens. Derived; can be dropped and rebuilt.
CREATE TABLE name_search (
    subject_id BYTEA NOT NULL,  -- the mention
    mention_no BIGINT NOT NULL, -- its number
    tokens TEXT[] NOT NULL,     -- pairs of Chinese characters, triples of others
    CONSTRAINT name_search_pk PRIMARY KEY (subject_id, mention_no)
);
CREATE INDEX name_search_tokens ON name_search USING gin (tokens);
