//! Statements of the schema itself: versions, settings of a connection, grants.

/// Where migrations are noted. HISTORY.
pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_version (
    version BIGINT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
    CONSTRAINT schema_version_pk PRIMARY KEY (version))";

/// Holds the table to the end of the transaction: whoever migrates goes one by one.
pub(crate) const TURN: &str = "LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE";

/// Whether the table is there.
pub(crate) const EXISTS_SQLITE: &str =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'";

/// Whether the table is there.
pub(crate) const EXISTS_POSTGRES: &str = "SELECT tablename::text FROM pg_tables WHERE tablename = 'schema_version' AND schemaname = current_schema()";

/// The newest migration.
pub(crate) const VERSION: &str = "SELECT max(version) FROM schema_version";

/// The digest of one migration.
pub(crate) const DIGEST: &str = "SELECT digest FROM schema_version WHERE version = $1";

/// Notes a migration.
pub(crate) const RECORD: &str =
    "INSERT INTO schema_version (version, name, digest) VALUES ($1, $2, $3)";

/// The write-ahead log, which stays on in the file.
pub(crate) const SQLITE_LOG: &str = "PRAGMA journal_mode = WAL";

/// Settings of a writing connection. The cache and the write-ahead log are bounded; a checkpoint
/// every 131,072 pages (512 MiB) lets pages that many slices touch be written once. What is deleted is
/// overwritten: an erased person's key is not left in a free page.
pub(crate) const SQLITE_WRITER: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 131072;
    PRAGMA journal_size_limit = 671088640;
    PRAGMA trusted_schema = OFF;
    PRAGMA secure_delete = ON;
";

/// Settings of a reading connection.
pub(crate) const SQLITE_READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA cache_size = -8192;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
";

/// A slice survives the death of the process; power loss may take the last ones, whole.
pub(crate) const SQLITE_SLICE: &str = "PRAGMA synchronous = NORMAL";

/// What is acknowledged survives power loss.
pub(crate) const SQLITE_DURABLE: &str = "PRAGMA synchronous = FULL";

/// Changes on a connection whenever any other connection, of any process, commits.
pub(crate) const MARK_SQLITE: &str = "PRAGMA data_version";

/// Which transactions are visible: every one that wrote and ended changes the text.
pub(crate) const MARK_POSTGRES: &str = "SELECT pg_current_snapshot()::text";

/// Moves the write-ahead log into the file and empties it, so that no old page is left in it.
pub(crate) const SCRUB_SQLITE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Takes deleted rows out of the pages of what is sealed.
pub(crate) const SCRUB_POSTGRES: &str =
    "VACUUM person_key, person_identifier, person_body, person_head";

/// Sorts tokens of names that wait into their index; its owner may.
pub(crate) const SORT_NAMES: &str = "SELECT gin_clean_pending_list('name_search_tokens')";

/// The role under which the program runs on PostgreSQL: it cannot rewrite history. Where the
/// migrating role may not create roles, an administrator does it once and migrates again.
pub(crate) const GRANTS: &str = "
DO $grant$
DECLARE history text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gongxin_app') THEN
        BEGIN
            CREATE ROLE gongxin_app NOLOGIN;
        EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
            RAISE NOTICE 'the role gongxin_app was not created';
        END;
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gongxin_app') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO gongxin_app', current_schema());
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO gongxin_app', current_schema());
        FOREACH history IN ARRAY ARRAY['schema_version', 'catalog_bundle', 'slice', 'submission_cause', 'notice_deferral', 'look_deferral', 'message_try', 'pull_try', 'membership',
            'version', 'answer', 'access', 'job_access', 'lock_opening', 'event', 'event_order', 'mention_link', 'decision',
            'decision_pair', 'decision_undone',
            'journal_tile', 'journal_head', 'journal_signature', 'journal_identity', 'account_move', 'appointment', 'appointment_end',
            'person_version', 'person_notice', 'person_erasure', 'consent', 'consent_withdrawn', 'consent_use',
            'mandate', 'mandate_end',
            'sharing_grant', 'grant_move', 'grant_terms', 'case_subject', 'case_load',
            'report_issue', 'report_copy', 'journal_stamp',
            'legal_case', 'legal_move', 'legal_file', 'legal_receiver', 'legal_receipt', 'grade', 'table_export', 'announcement', 'announcement_withdrawn']
        LOOP
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I.%I FROM gongxin_app', current_schema(), history);
        END LOOP;
        EXECUTE format('REVOKE INSERT ON %I.schema_version FROM gongxin_app', current_schema());
        IF NOT pg_has_role(current_user, 'gongxin_app', 'MEMBER') THEN
            EXECUTE format('GRANT gongxin_app TO %I', current_user);
        END IF;
    END IF;
END
$grant$;
";

/// Whether the role is there and may be taken.
pub(crate) const ROLE: &str = "SELECT 1::bigint FROM pg_roles WHERE rolname = 'gongxin_app' AND pg_has_role(current_user, oid, 'MEMBER')";

/// Takes the role, for the life of the connection.
pub(crate) const SET_ROLE: &str = "SET ROLE gongxin_app";
