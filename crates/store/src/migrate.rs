//! Migrations: numbered, forward only, one text for both engines with their own parts beside it.

use crate::error::{Engine, Error, Result};
use crate::tx::{Tx, Val};
use crate::{sql, store::Store};
use seal::sha256;

/// One migration.
pub(crate) struct Migration {
    /// 1, 2, 3 …
    pub(crate) version: u32,
    /// Its file, for messages.
    pub(crate) name: &'static str,
    /// For both engines, with placeholders for types.
    pub(crate) common: &'static str,
    /// For SQLite only.
    pub(crate) sqlite: &'static str,
    /// For PostgreSQL only.
    pub(crate) postgres: &'static str,
}

/// All migrations, oldest first. A merged one never changes: its digest is kept in the store.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "0001_spine",
        common: include_str!("../migrations/0001_spine.sql"),
        sqlite: include_str!("../migrations/0001_spine.sqlite.sql"),
        postgres: include_str!("../migrations/0001_spine.postgres.sql"),
    },
    Migration {
        version: 2,
        name: "0002_desk",
        common: include_str!("../migrations/0002_desk.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 3,
        name: "0003_decisions",
        common: include_str!("../migrations/0003_decisions.sql"),
        sqlite: include_str!("../migrations/0003_decisions.sqlite.sql"),
        postgres: include_str!("../migrations/0003_decisions.postgres.sql"),
    },
    Migration {
        version: 4,
        name: "0004_names",
        common: include_str!("../migrations/0004_names.sql"),
        sqlite: include_str!("../migrations/0004_names.sqlite.sql"),
        postgres: include_str!("../migrations/0004_names.postgres.sql"),
    },
    Migration {
        version: 5,
        name: "0005_journal",
        common: include_str!("../migrations/0005_journal.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 6,
        name: "0006_people",
        common: include_str!("../migrations/0006_people.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 7,
        name: "0007_figures",
        common: include_str!("../migrations/0007_figures.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 8,
        name: "0008_persons",
        common: include_str!("../migrations/0008_persons.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 9,
        name: "0009_mandates",
        common: include_str!("../migrations/0009_mandates.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 10,
        name: "0010_later_names",
        common: include_str!("../migrations/0010_later_names.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 11,
        name: "0011_sharing",
        common: include_str!("../migrations/0011_sharing.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 12,
        name: "0012_causes",
        common: include_str!("../migrations/0012_causes.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 13,
        name: "0013_reports",
        common: include_str!("../migrations/0013_reports.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 14,
        name: "0014_notices",
        common: include_str!("../migrations/0014_notices.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 15,
        name: "0015_providers",
        common: include_str!("../migrations/0015_providers.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 16,
        name: "0016_deferrals",
        common: include_str!("../migrations/0016_deferrals.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 17,
        name: "0017_openings",
        common: include_str!("../migrations/0017_openings.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 18,
        name: "0018_pulls",
        common: include_str!("../migrations/0018_pulls.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 19,
        name: "0019_cases",
        common: include_str!("../migrations/0019_cases.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 20,
        name: "0020_consents",
        common: include_str!("../migrations/0020_consents.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 21,
        name: "0021_receivers",
        common: include_str!("../migrations/0021_receivers.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 22,
        name: "0022_console",
        common: include_str!("../migrations/0022_console.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 23,
        name: "0023_announcements",
        common: include_str!("../migrations/0023_announcements.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 24,
        name: "0024_grades",
        common: include_str!("../migrations/0024_grades.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// The schema that this program needs.
pub(crate) fn wanted() -> u32 {
    MIGRATIONS.last().map_or(0, |last| last.version)
}

impl Migration {
    /// The text that one engine runs.
    pub(crate) fn text(&self, engine: Engine) -> String {
        let (bytes, own, clustered) = match engine {
            Engine::Sqlite => ("BLOB", self.sqlite, " WITHOUT ROWID"),
            Engine::Postgres => ("BYTEA", self.postgres, ""),
        };
        let text = match engine {
            Engine::Sqlite => "TEXT",
            Engine::Postgres => "TEXT COLLATE \"C\"",
        };
        let common = self
            .common
            .replace("{bigint}", "BIGINT")
            .replace("{text}", text)
            .replace("{bytes}", bytes)
            .replace("{clustered}", clustered);
        format!("{common}\n{own}")
    }

    fn digest(&self, engine: Engine) -> String {
        sha256(self.text(engine).as_bytes()).to_string()
    }
}

/// Tries of the whole before its caller is told why: two programs that make the first table at the
/// same moment settle after two.
const TRIES: u32 = 4;

/// Brings the schema up to this program's and names the migrations that ran. All of them are one
/// transaction: a program that is ended half way leaves the schema that it found.
pub(crate) async fn run(store: &Store) -> Result<Vec<String>> {
    let mut tries = 0;
    loop {
        let mut tx = store.begin_migration().await?;
        tries += 1;
        let error = match whole(&mut tx).await {
            Ok(done) => match tx.commit().await {
                Ok(()) => return Ok(done),
                Err(error) => error,
            },
            Err(error) => {
                tx.roll_back().await;
                error
            }
        };
        if !error.is_transient() || tries == TRIES {
            return Err(error);
        }
    }
}

async fn whole(tx: &mut Tx) -> Result<Vec<String>> {
    tx.exec(sql::schema::TABLE, &[]).await?;
    if tx.engine() == Engine::Postgres {
        // Programs that migrate at the same time go one by one; readers go on.
        tx.exec(sql::schema::TURN, &[]).await?;
    }
    let mut done = Vec::new();
    for migration in MIGRATIONS {
        if apply(tx, migration).await? {
            done.push(migration.name.to_owned());
        }
    }
    if tx.engine() == Engine::Postgres {
        script(tx, sql::schema::GRANTS).await?;
    }
    Ok(done)
}

async fn apply(tx: &mut Tx, migration: &Migration) -> Result<bool> {
    let engine = tx.engine();
    let version = Val::Int(migration.version.into());
    if let Some(row) = tx.one(sql::schema::DIGEST, &[version]).await? {
        let same = row.text(0, "migration digest")? == migration.digest(engine);
        return if same {
            Ok(false)
        } else {
            Err(Error::MigrationChanged(migration.version))
        };
    }
    script(tx, &migration.text(engine)).await?;
    let digest = migration.digest(engine);
    tx.exec(
        sql::schema::RECORD,
        &[version, Val::Text(migration.name), Val::Text(&digest)],
    )
    .await?;
    Ok(true)
}

async fn script(tx: &mut Tx, text: &str) -> Result<()> {
    match tx {
        Tx::Lite(conn) => conn.script(text),
        Tx::Pg(conn) => conn.script(text).await,
    }
}

/// Refuses a schema that this program does not know.
pub(crate) async fn check(tx: &mut Tx) -> Result<()> {
    let wanted = wanted();
    let exists = match tx.engine() {
        Engine::Sqlite => tx.one(sql::schema::EXISTS_SQLITE, &[]).await?,
        Engine::Postgres => tx.one(sql::schema::EXISTS_POSTGRES, &[]).await?,
    };
    if exists.is_none() {
        return Err(Error::SchemaOld { found: 0, wanted });
    }
    let row = tx.one(sql::schema::VERSION, &[]).await?.unwrap_or_default();
    let found = u32::try_from(row.opt_int(0).unwrap_or(0)).unwrap_or(u32::MAX);
    match found.cmp(&wanted) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Error::SchemaOld { found, wanted }),
        std::cmp::Ordering::Greater => Err(Error::SchemaUnknown { found, wanted }),
    }
}
