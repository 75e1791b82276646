//! The data folder: its lock-down permissions, the site's keys, and where the SQLite store lies.
//!
//! `site.key` keys every digest, `sign.key` signs receipts: 32 bytes each, as hexadecimal, readable
//! by the owner alone. A store without its `site.key` can be read but not added to, so back both up.
//! `persons.keys`, the ring of sealed storage, is backed up apart from the store: whoever has both can
//! open what is sealed.

use crate::exit::Failure;
use crate::text;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The key ring of sealed storage.
const RING: &str = "persons.keys";

/// An opened data folder.
pub(crate) struct Home {
    folder: PathBuf,
}

impl Home {
    /// Opens the folder and makes it when it is missing.
    pub(crate) fn open(folder: &Path) -> Result<Home, Failure> {
        fs::create_dir_all(folder)
            .map_err(|cause| Failure::io(folder, text::CANNOT_MAKE, cause))?;
        Ok(Home {
            folder: folder.to_owned(),
        })
    }

    /// The SQLite file used when no store is named.
    pub(crate) fn store_url(&self) -> String {
        format!("sqlite:{}", self.folder.join("gongxin.db").display())
    }

    /// The key of keyed digests.
    pub(crate) fn site_key(&self) -> Result<seal::SiteKey, Failure> {
        Ok(seal::SiteKey::from_bytes(self.secret("site.key")?))
    }

    /// The key that signs receipts.
    pub(crate) fn signer(&self) -> Result<seal::sign::Signer, Failure> {
        Ok(seal::sign::Signer::from_seed(self.secret("sign.key")?))
    }

    /// The key that signs the heads of the journal.
    pub(crate) fn log_signer(&self) -> Result<seal::sign::Signer, Failure> {
        Ok(seal::sign::Signer::from_seed(self.private("log.key")?))
    }

    /// The key of a witness.
    pub(crate) fn witness_signer(&self) -> Result<seal::sign::Signer, Failure> {
        Ok(seal::sign::Signer::from_seed(self.private("witness.key")?))
    }

    /// A secret whose file nobody else can read; a key that others could copy proves nothing.
    fn private(&self, name: &str) -> Result<[u8; 32], Failure> {
        let secret = self.secret(name)?;
        let path = self.folder.join(name);
        if is_private(&path) {
            Ok(secret)
        } else {
            Err(Failure::request(
                text::KEY_OPEN,
                &[&path.display().to_string()],
            ))
        }
    }

    /// The folder where it is, and nothing made in it: for checks that need no platform.
    pub(crate) fn there(folder: &Path) -> Home {
        Home {
            folder: folder.to_owned(),
        }
    }

    /// The public half of the key that signs receipts, where there is one.
    pub(crate) fn verifier(&self) -> Result<Option<seal::sign::Verifier>, Failure> {
        let seed = self.kept("sign.key")?;
        Ok(seed.map(|seed| seal::sign::Signer::from_seed(seed).verifier()))
    }

    /// The key of keyed digests, where there is one.
    pub(crate) fn kept_site_key(&self) -> Result<Option<seal::SiteKey>, Failure> {
        Ok(self.kept("site.key")?.map(seal::SiteKey::from_bytes))
    }

    /// The key ring of sealed storage, where one was made. Its file is private, like the log's key.
    pub(crate) fn ring(&self) -> Result<Option<seal::Ring>, Failure> {
        let path = self.folder.join(RING);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Failure::io(&path, text::CANNOT_READ, cause)),
        };
        let shown = path.display().to_string();
        if !is_private(&path) {
            return Err(Failure::request(text::KEY_OPEN, &[&shown]));
        }
        let ring = seal::Ring::parse(&text);
        let damaged = |bad: seal::ring::BadRing| {
            Failure::request(text::RING_DAMAGED, &[&shown, &bad.to_string()])
        };
        ring.map(Some).map_err(damaged)
    }

    /// Writes the first ring; one that is there stays.
    pub(crate) fn ring_first(&self, ring: &seal::Ring) -> Result<(), Failure> {
        let (path, fresh) = (self.folder.join(RING), self.ring_fresh(ring)?);
        let linked = fs::hard_link(&fresh, &path);
        fs::remove_file(&fresh).map_err(|cause| Failure::io(&fresh, text::CANNOT_REMOVE, cause))?;
        linked.map_err(|cause| Failure::io(&path, text::CANNOT_WRITE, cause))
    }

    /// Writes a ring in the place of the one that is there, whole or not at all.
    pub(crate) fn ring_write(&self, ring: &seal::Ring) -> Result<(), Failure> {
        let (path, fresh) = (self.folder.join(RING), self.ring_fresh(ring)?);
        let renamed =
            fs::rename(&fresh, &path).and_then(|()| fs::File::open(&self.folder)?.sync_all());
        renamed.map_err(|cause| Failure::io(&path, text::CANNOT_WRITE, cause))
    }

    fn ring_fresh(&self, ring: &seal::Ring) -> Result<PathBuf, Failure> {
        let fresh = self.folder.join(format!("{RING}.{}", std::process::id()));
        let written = private_file(&fresh).and_then(|mut file| {
            file.write_all(ring.file().as_bytes())?;
            file.sync_all()
        });
        written.map_err(|cause| Failure::io(&fresh, text::CANNOT_WRITE, cause))?;
        Ok(fresh)
    }

    /// Reads a secret, or makes it. Of two processes that make it at once one wins and both read
    /// the winner's, because the file is created with `create_new` under another name and linked.
    fn secret(&self, name: &str) -> Result<[u8; 32], Failure> {
        match self.kept(name)? {
            Some(found) => Ok(found),
            None => self.make(&self.folder.join(name), name),
        }
    }

    /// A secret that is there.
    fn kept(&self, name: &str) -> Result<Option<[u8; 32]>, Failure> {
        let path = self.folder.join(name);
        match fs::read_to_string(&path) {
            Ok(found) => parse(found.trim())
                .map(Some)
                .ok_or_else(|| Failure::request(text::KEY_DAMAGED, &[&path.display().to_string()])),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Failure::io(&path, text::CANNOT_READ, cause)),
        }
    }

    fn make(&self, path: &Path, name: &str) -> Result<[u8; 32], Failure> {
        let mut bytes = [0_u8; 32];
        crate::machine::entropy(&mut bytes);
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let fresh = self.folder.join(format!("{name}.{}", std::process::id()));
        let written = private_file(&fresh).and_then(|mut file| {
            file.write_all(digits.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|cause| Failure::io(&fresh, text::CANNOT_WRITE, cause))?;
        let linked = fs::hard_link(&fresh, path);
        let removed = fs::remove_file(&fresh);
        match linked {
            Ok(()) => {}
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return self.secret(name),
            Err(cause) => return Err(Failure::io(path, text::CANNOT_WRITE, cause)),
        }
        removed.map_err(|cause| Failure::io(&fresh, text::CANNOT_REMOVE, cause))?;
        Ok(bytes)
    }
}

/// Whether nobody but its owner can read or change a file.
#[cfg(unix)]
pub(crate) fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
}

/// Without such rights nothing is known to be open.
#[cfg(not(unix))]
pub(crate) fn is_private(_: &Path) -> bool {
    true
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0_u8; 32];
    for (ix, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(ix * 2..ix * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
