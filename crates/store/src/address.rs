//! Where a store stands: `sqlite:PATH` or `postgres://…`.

use crate::error::{Engine, Error};
use std::path::PathBuf;
use std::str::FromStr;

/// The address of a store, as `--store` takes it.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// One SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL connection string, password included: never printed.
    Postgres(String),
}

impl StoreUrl {
    /// The engine it names.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            StoreUrl::Sqlite(_) => Engine::Sqlite,
            StoreUrl::Postgres(_) => Engine::Postgres,
        }
    }
}

impl FromStr for StoreUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<StoreUrl, Error> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(Error::Address);
            }
            return Ok(StoreUrl::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(StoreUrl::Postgres(text.to_owned()));
        }
        Err(Error::Address)
    }
}

impl std::fmt::Debug for StoreUrl {
    /// A connection string may hold a password, so only the engine is shown for PostgreSQL.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StoreUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            StoreUrl::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_passwords_are_not_shown() -> Result<(), Error> {
        let lite: StoreUrl = "sqlite:/var/lib/gongxin/store.db".parse()?;
        assert_eq!(lite, StoreUrl::Sqlite("/var/lib/gongxin/store.db".into()));
        let pg: StoreUrl = "postgres://u:secret@h/d".parse()?;
        assert!(!format!("{pg:?}").contains("secret"));
        for wrong in ["", "sqlite:", "mysql://h/d", "/var/lib/store.db"] {
            assert!(wrong.parse::<StoreUrl>().is_err(), "{wrong}");
        }
        Ok(())
    }
}
