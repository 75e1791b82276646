-- Search over names on SQLite: our own tokens, ids only. Derived; can be dropped and rebuilt.
CREATE VIRTUAL TABLE name_search USING fts5(tokens, content='', detail=none, tokenize="ascii");
