//! A site's file of sources: the hosts that may be asked, and the files that are pulled from them.

use jiff::civil::Time;
use serde::Deserialize;
use std::fmt;
use std::io;

/// Sources of one site at most: a city has some hundred suppliers' themes; × 2 for room.
const SOURCES: usize = 256;
/// Hosts at most.
const HOSTS: usize = 256;
/// Minutes between two pulls at least: a file is asked for, not watched.
const LEAST: u32 = 5;
/// Minutes between two pulls at most: 31 days.
const MOST: u32 = 31 * 24 * 60;
/// Times of a day at most.
const TIMES: usize = 24;

/// Why a file of sources cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSettings(pub String);

/// A file of sources.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// Names of the files that hold keys: whoever loads them sees to it that nobody else reads them.
    pub keys: Vec<String>,
}

/// When a source is pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each so many minutes.
    Minutes(u32),
    /// At these times of the day, in Asia/Shanghai, in order.
    Times(Vec<Time>),
}

/// A file that is pulled.
#[derive(Clone)]
pub struct Source {
    /// Its name in lists and in the store: 2 to 32 lower-case letters, digits and hyphens.
    pub code: String,
    /// Code of the supplier whose file it is.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// A full list (`snapshot`), or changes; as the theme says where it is not told.
    pub mode: Option<String>,
    /// The machine's account in whose name it is submitted, by its name to sign in with.
    pub account: String,
    /// When.
    pub every: Every,
    /// Where it is fetched.
    pub(crate) url: String,
    /// Host and port, as the list of hosts names them.
    pub(crate) host: String,
    /// The host may stand behind addresses that are not public, and be asked without TLS.
    pub(crate) inside: bool,
    /// Sent as `Authorization: Bearer …`.
    pub(crate) key: Option<String>,
    /// Certificates that are trusted for it in place of the public ones, PEM.
    pub(crate) roots: Option<Vec<u8>>,
}

impl fmt::Debug for Source {
    /// Prints its name; address and key are nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.code)
    }
}

impl Source {
    /// The host that is asked; its address may hold what is nobody's business.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    host: Vec<HostEntry>,
    #[serde(default)]
    source: Vec<SourceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HostEntry {
    name: String,
    #[serde(default)]
    inside: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    code: String,
    supplier: String,
    theme: String,
    mode: Option<String>,
    account: String,
    url: String,
    every_minutes: Option<u32>,
    #[serde(default)]
    times: Vec<String>,
    key_file: Option<String>,
    roots_file: Option<String>,
}

impl Settings {
    /// Reads a file of sources. Files that it names are read by `read`, by name.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn parse(
        text: &str,
        read: impl Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Settings, BadSettings> {
        let file: File = toml::from_str(text).map_err(|cause| BadSettings(cause.to_string()))?;
        if file.source.len() > SOURCES || file.host.len() > HOSTS {
            return Err(BadSettings(format!(
                "more than {SOURCES} sources or {HOSTS} hosts"
            )));
        }
        let keys = file.source.iter();
        let keys = keys.filter_map(|one| one.key_file.clone()).collect();
        let mut sources: Vec<Source> = Vec::with_capacity(file.source.len());
        for one in file.source {
            if sources.iter().any(|other| other.code == one.code) {
                return Err(BadSettings(format!("`{}` stands there twice", one.code)));
            }
            sources.push(source(one, &file.host, &read)?);
        }
        Ok(Settings { sources, keys })
    }
}

fn source(
    one: SourceEntry,
    hosts: &[HostEntry],
    read: &impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<Source, BadSettings> {
    let code = one.code;
    let wrong = |what: &str| BadSettings(format!("`{code}`: {what}"));
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(2..=32).contains(&code.len()) || !code.bytes().all(sound) {
        return Err(wrong(
            "a code has 2 to 32 lower-case letters, digits and hyphens",
        ));
    }
    if one
        .mode
        .as_deref()
        .is_some_and(|mode| !matches!(mode, "delta" | "snapshot"))
    {
        return Err(wrong("the mode is delta or snapshot"));
    }
    let (tls, host) =
        place(&one.url).ok_or_else(|| wrong("the url is none of the form https://HOST/…"))?;
    let listed = hosts
        .iter()
        .find(|entry| entry.name.to_ascii_lowercase() == host);
    let listed =
        listed.ok_or_else(|| wrong("its host, with its port, is not on the list of hosts"))?;
    if !tls && !listed.inside {
        return Err(wrong("only a host inside is asked without TLS"));
    }
    let named = |name: &Option<String>| match name {
        Some(name) => read(name)
            .map(Some)
            .map_err(|cause| wrong(&format!("{name}: {cause}"))),
        None => Ok(None),
    };
    let key = match named(&one.key_file)? {
        Some(bytes) => {
            Some(key(&bytes).ok_or_else(|| wrong("the key is no line of printable text"))?)
        }
        None => None,
    };
    Ok(Source {
        every: every(one.every_minutes, &one.times).ok_or_else(|| {
            wrong("give every_minutes, from 5 to 44640, or times such as [\"06:30\", \"18:00\"]")
        })?,
        roots: named(&one.roots_file)?,
        supplier: one.supplier,
        theme: one.theme,
        mode: one.mode,
        account: one.account,
        url: one.url,
        inside: listed.inside,
        host,
        key,
        code,
    })
}

/// Whether it is asked by TLS, and host with port in lower case. An address with a name before its host, or
/// with signs that an address has not, is none.
fn place(url: &str) -> Option<(bool, String)> {
    let (tls, rest) = match url.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, url.strip_prefix("http://")?),
    };
    let host = rest.split(['/', '?', '#']).next()?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    let plain = url.len() <= 2_000 && url.bytes().all(|byte| byte.is_ascii_graphic());
    let whole = !host.is_empty() && host.bytes().all(sound) && !url.contains(['#', '\\', '@']);
    (plain && whole).then(|| (tls, host.to_ascii_lowercase()))
}

fn key(bytes: &[u8]) -> Option<String> {
    let key = std::str::from_utf8(bytes).ok()?.trim();
    let sound = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    sound.then(|| key.to_owned())
}

fn every(minutes: Option<u32>, times: &[String]) -> Option<Every> {
    match (minutes, times) {
        (Some(minutes), []) if (LEAST..=MOST).contains(&minutes) => Some(Every::Minutes(minutes)),
        (None, [_, ..]) if times.len() <= TIMES => {
            let read: Option<Vec<Time>> = times.iter().map(|time| time.parse().ok()).collect();
            let mut times = read?;
            times.sort_unstable();
            times.dedup();
            Some(Every::Times(times))
        }
        _ => None,
    }
}
