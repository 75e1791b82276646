//! Which providers a site trusts, and what their claims mean there.

use crate::error::Error;
use serde::Deserialize;

/// Providers of one site at most: a national one, a province's, the agencies' own; × 2 for room.
const PROVIDERS: usize = 8;

/// One provider, as a site's file names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Its name in addresses and in the store: lower-case letters, digits and hyphens, 2 to 32.
    pub code: String,
    /// Its title for readers, in Chinese, English and Russian.
    pub title: Title,
    /// Its issuer: `https://…`; plain HTTP only on this machine itself.
    pub issuer: String,
    /// What the site is called there.
    pub client_id: String,
    /// The file of the site's secret, beside the settings; none for a public client.
    #[serde(default)]
    pub secret_file: Option<String>,
    /// The secret itself, read from that file by whoever loads the settings.
    #[serde(skip)]
    pub secret: Option<String>,
    /// Certificates (PEM, beside the settings) that are trusted for this provider in place of the
    /// public ones.
    #[serde(default)]
    pub roots_file: Option<String>,
    /// Those certificates.
    #[serde(skip)]
    pub roots: Option<Vec<u8>>,
    /// Scopes asked for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Values of `acr` or `amr` by which the provider proves two factors; without one of them the
    /// site asks for its own second factor.
    #[serde(default)]
    pub two_factors: Vec<String>,
    /// Which claims say what.
    #[serde(default)]
    pub claims: Claims,
}

/// A title in three languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// In Russian.
    pub ru: String,
}

/// Names of claims. Providers of electronic business licences and of government portals differ in
/// them, so each site says what its provider's are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// The person's name.
    pub name: String,
    /// Unified social credit code of the organisation for which the person signed in; empty where
    /// the provider tells none.
    pub organisation: String,
    /// In what capacity.
    pub capacity: String,
    /// Values of that claim that say: the legal representative.
    pub representative: Vec<String>,
    /// The person's own number: a citizen's, or that of a newer foreigner's card. Empty where the provider
    /// tells none; it is used to find the person's own file and kept nowhere.
    pub number: String,
}

impl Default for Claims {
    /// A provider that tells of persons only.
    fn default() -> Claims {
        Claims {
            name: "name".to_owned(),
            organisation: String::new(),
            capacity: String::new(),
            representative: Vec::new(),
            number: String::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provider: Vec<Settings>,
}

impl Settings {
    /// Reads a site's file of providers. Files that it names are read by `read`, by name.
    ///
    /// # Errors
    /// [`Error::Settings`] with what is wrong and where.
    pub fn parse(
        text: &str,
        read: impl Fn(&str) -> std::io::Result<Vec<u8>>,
    ) -> Result<Vec<Settings>, Error> {
        let file: File =
            toml::from_str(text).map_err(|cause| Error::Settings(cause.to_string()))?;
        let wrong = |what: String| Error::Settings(what);
        if file.provider.len() > PROVIDERS {
            return Err(wrong(format!("more than {PROVIDERS} providers")));
        }
        let mut found: Vec<Settings> = Vec::with_capacity(file.provider.len());
        for mut one in file.provider {
            one.check()?;
            if found.iter().any(|other| other.code == one.code) {
                return Err(wrong(format!("`{}` stands there twice", one.code)));
            }
            let named = |name: &str| {
                read(name).map_err(|cause| Error::Settings(format!("{name}: {cause}")))
            };
            if let Some(name) = &one.secret_file {
                let secret = String::from_utf8(named(name)?);
                let secret = secret.map_err(|_| wrong(format!("{name} is not text")))?;
                one.secret = Some(secret.trim().to_owned());
            }
            if let Some(name) = &one.roots_file {
                one.roots = Some(named(name)?);
            }
            found.push(one);
        }
        Ok(found)
    }

    fn check(&self) -> Result<(), Error> {
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let code = &self.code;
        if !(2..=32).contains(&code.len()) || !code.bytes().all(sound) {
            return Err(Error::Settings(format!(
                "`{code}` is no code: 2 to 32 lower-case letters, digits and hyphens"
            )));
        }
        if !crate::wire::may_be_asked(&self.issuer) {
            return Err(Error::Settings(format!(
                "`{code}`: the issuer must be reached by https"
            )));
        }
        if self.client_id.is_empty() {
            return Err(Error::Settings(format!("`{code}`: client_id is empty")));
        }
        let claims = &self.claims;
        if !claims.organisation.is_empty() && claims.representative.is_empty() {
            return Err(Error::Settings(format!(
                "`{code}`: an organisation without the values that say who represents it would let \
                 in whoever works there"
            )));
        }
        if claims.organisation.is_empty() != claims.capacity.is_empty() {
            return Err(Error::Settings(format!(
                "`{code}`: organisation and capacity are named together"
            )));
        }
        Ok(())
    }
}
