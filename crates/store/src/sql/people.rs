//! Statements over accounts, appointments, sessions and tries to sign in.

pub(crate) const ACCOUNT_NEW: &str =
    "INSERT INTO account (account_id, kind, made_at) VALUES ($1, $2, $3)";
pub(crate) const KEY_NEW: &str = "INSERT INTO account_key (account_id, wrapped) VALUES ($1, $2)";
pub(crate) const PERSON_NEW: &str = "INSERT INTO account_person (account_id, login, sealed)
    VALUES ($1, $2, $3) ON CONFLICT (login) DO NOTHING";
pub(crate) const KEY_ERASE: &str = "DELETE FROM account_key WHERE account_id = $1";
pub(crate) const PERSON_ERASE: &str = "DELETE FROM account_person WHERE account_id = $1";

pub(crate) const ACCOUNT: &str = "SELECT a.account_id, a.kind, p.sealed, k.wrapped
    FROM account a LEFT JOIN account_person p ON p.account_id = a.account_id
        LEFT JOIN account_key k ON k.account_id = a.account_id
    WHERE a.account_id = $1";
pub(crate) const LOGIN: &str =
    "SELECT account_id FROM account_person WHERE login = $1 ORDER BY account_id";
pub(crate) const ACCOUNTS: &str = "SELECT account_id FROM account
    WHERE made_at > $1 OR (made_at = $1 AND account_id > $2)
    ORDER BY made_at, account_id LIMIT $3";
pub(crate) const ACCOUNT_MADE: &str = "SELECT made_at FROM account WHERE account_id = $1";

pub(crate) const STATE: &str = "SELECT state, seq FROM account_move WHERE account_id = $1
    ORDER BY seq DESC LIMIT 1";
pub(crate) const MOVE_NEW: &str = "INSERT INTO account_move
    (account_id, seq, move, state, moved_at, by_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const MOVES: &str = "SELECT move, state, moved_at, by_id, reason FROM account_move
    WHERE account_id = $1 ORDER BY seq";

pub(crate) const APPOINT: &str =
    "INSERT INTO appointment (account_id, appointment_id, role, agency,
    unit, themes, from_on, until_on, made_at, by_id, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
pub(crate) const APPOINTMENTS: &str = "SELECT a.appointment_id, a.role, a.agency, a.unit, a.themes,
    a.from_on, a.until_on FROM appointment a
    WHERE a.account_id = $1 AND NOT EXISTS (SELECT 1 FROM appointment_end e
        WHERE e.account_id = a.account_id AND e.appointment_id = a.appointment_id)
    ORDER BY a.made_at, a.appointment_id";
pub(crate) const APPOINT_END: &str = "INSERT INTO appointment_end (account_id, appointment_id,
    ended_at, by_id, reason)
    SELECT a.account_id, a.appointment_id, $3, $4, $5 FROM appointment a
    WHERE a.account_id = $1 AND a.appointment_id = $2
    ON CONFLICT (account_id, appointment_id) DO NOTHING";

pub(crate) const PASSWORD: &str = "SELECT phc FROM account_password WHERE account_id = $1";
pub(crate) const PASSWORD_SET: &str = "INSERT INTO account_password (account_id, phc, set_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (account_id) DO UPDATE SET phc = excluded.phc, set_at = excluded.set_at";
pub(crate) const PASSWORD_VOID: &str = "DELETE FROM account_password WHERE account_id = $1";

pub(crate) const CODE: &str =
    "SELECT sealed, confirmed_at, last_step FROM account_code WHERE account_id = $1";
pub(crate) const CODE_SET: &str = "INSERT INTO account_code (account_id, sealed, last_step)
    VALUES ($1, $2, 0)
    ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, last_step = 0
    WHERE account_code.confirmed_at IS NULL";
pub(crate) const CODE_CONFIRM: &str = "UPDATE account_code SET confirmed_at = $2, last_step = $3
    WHERE account_id = $1 AND confirmed_at IS NULL";
pub(crate) const CODE_TAKE: &str = "UPDATE account_code SET last_step = $2
    WHERE account_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
pub(crate) const CODE_VOID: &str = "DELETE FROM account_code WHERE account_id = $1";

pub(crate) const RECOVERY_NEW: &str =
    "INSERT INTO account_recovery (account_id, code) VALUES ($1, $2)
    ON CONFLICT (account_id, code) DO NOTHING";
pub(crate) const RECOVERY_TAKE: &str = "UPDATE account_recovery SET used_at = $3
    WHERE account_id = $1 AND code = $2 AND used_at IS NULL";
pub(crate) const RECOVERY_LEFT: &str = "SELECT count(*) FROM account_recovery
    WHERE account_id = $1 AND used_at IS NULL";
pub(crate) const RECOVERY_VOID: &str = "DELETE FROM account_recovery WHERE account_id = $1";

pub(crate) const PROVIDER_NEW: &str = "INSERT INTO account_provider (account_id, provider, subject,
    made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
pub(crate) const PROVIDER_SUBJECT: &str =
    "SELECT account_id FROM account_provider WHERE subject = $1 ORDER BY account_id";
pub(crate) const PROVIDERS: &str = "SELECT provider, made_at FROM account_provider
    WHERE account_id = $1 ORDER BY provider LIMIT $2";
pub(crate) const PROVIDER_END: &str =
    "DELETE FROM account_provider WHERE account_id = $1 AND provider = $2";
pub(crate) const PROVIDERS_VOID: &str = "DELETE FROM account_provider WHERE account_id = $1";

pub(crate) const INVITE: &str = "INSERT INTO invitation (token, account_id, kind, ends_at)
    VALUES ($1, $2, $3, $4)";
pub(crate) const INVITATION: &str = "SELECT account_id, kind FROM invitation
    WHERE token = $1 AND used_at IS NULL AND ends_at > $2 ORDER BY token";
pub(crate) const INVITATION_TAKE: &str = "UPDATE invitation SET used_at = $2
    WHERE token = $1 AND used_at IS NULL AND ends_at > $2";
pub(crate) const INVITATIONS_VOID: &str = "UPDATE invitation SET used_at = $2
    WHERE account_id = $1 AND used_at IS NULL";

pub(crate) const SESSION_NEW: &str = "INSERT INTO session (token, session_id, account_id, stage,
    began_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)";
pub(crate) const SESSION: &str = "SELECT session_id, account_id, stage, began_at, seen_at, ends_at
    FROM session WHERE token = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY token";
pub(crate) const SESSION_SEEN: &str = "UPDATE session SET seen_at = $2
    WHERE token = $1 AND ended_at IS NULL";
pub(crate) const SESSION_LEAVE: &str = "UPDATE session SET ended_at = $2
    WHERE token = $1 AND ended_at IS NULL";
pub(crate) const SESSION_END: &str = "UPDATE session SET ended_at = $3
    WHERE account_id = $1 AND session_id = $2 AND ended_at IS NULL";
pub(crate) const SESSIONS_END: &str = "UPDATE session SET ended_at = $2
    WHERE account_id = $1 AND ended_at IS NULL AND session_id <> $3";
pub(crate) const SESSIONS: &str =
    "SELECT session_id, stage, began_at, seen_at, ends_at FROM session
    WHERE account_id = $1 AND ended_at IS NULL AND ends_at > $2
    ORDER BY began_at DESC, session_id LIMIT $3";

pub(crate) const TRIES: &str = "SELECT failed, last_at FROM sign_in_try
    WHERE scope = $1 AND place = $2 ORDER BY scope";
pub(crate) const TRY_FAILED: &str = "INSERT INTO sign_in_try (scope, place, failed, last_at)
    VALUES ($1, $2, 1, $3)
    ON CONFLICT (scope, place) DO UPDATE SET failed = sign_in_try.failed + 1,
        last_at = excluded.last_at";
pub(crate) const TRIES_CLEAR: &str = "DELETE FROM sign_in_try WHERE scope = $1 AND place = $2";
pub(crate) const TRIES_FORGET: &str = "DELETE FROM sign_in_try WHERE last_at < $1";

pub(crate) const MACHINE_KEY_NEW: &str = "INSERT INTO machine_key (key_id, account_id, kind, proof,
    made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)";
pub(crate) const MACHINE_TOKEN: &str = "SELECT key_id, account_id FROM machine_key
    WHERE proof = $1 AND kind = 'token' AND ended_at IS NULL AND ends_at > $2 ORDER BY key_id";
pub(crate) const MACHINE_PUBLIC_NEW: &str = "INSERT INTO machine_key (key_id, account_id, kind,
    proof, made_at, ends_at) VALUES ($1, $2, 'ed25519', $3, $4, $5) ON CONFLICT DO NOTHING";
pub(crate) const MACHINE_PUBLIC: &str = "SELECT account_id, proof FROM machine_key
    WHERE key_id = $1 AND kind = 'ed25519' AND ended_at IS NULL AND ends_at > $2 ORDER BY key_id";
pub(crate) const MACHINE_KEYS: &str = "SELECT key_id, kind, proof, made_at, ends_at, ended_at
    FROM machine_key WHERE account_id = $1 ORDER BY made_at, key_id LIMIT $2";
pub(crate) const MACHINE_KEYS_OVERLAP: &str = "UPDATE machine_key SET ends_at = $3
    WHERE account_id = $1 AND key_id <> $2 AND ended_at IS NULL AND ends_at > $3";
pub(crate) const MACHINE_KEY_END: &str = "UPDATE machine_key SET ended_at = $3
    WHERE account_id = $1 AND key_id = $2 AND ended_at IS NULL";
pub(crate) const NONCE_TAKE: &str = "INSERT INTO machine_nonce (key_id, nonce, ends_at)
    VALUES ($1, $2, $3) ON CONFLICT (key_id, nonce) DO NOTHING";
pub(crate) const NONCES_FORGET: &str = "DELETE FROM machine_nonce WHERE ends_at < $1";
pub(crate) const MACHINE_KEYS_END: &str = "UPDATE machine_key SET ended_at = $2
    WHERE account_id = $1 AND ended_at IS NULL";
