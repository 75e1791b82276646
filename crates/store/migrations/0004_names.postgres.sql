-- Tokens of new names wait in a list that a search reads too. After each large slice another
-- connection sorts them into the index; the limit, in KiB, only bounds what waits where it cannot.
ALTER INDEX name_search_tokens SET (gin_pending_list_limit = 32768);
