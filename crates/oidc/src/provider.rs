//! One provider: where it sends people, and what it proves when they come back.
//!
//! All calls block while the provider is asked; a server makes them apart from its own threads.

use crate::error::Error;
use crate::settings::Settings;
use crate::wire::{Lost, Wire, may_be_asked};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, AuthenticationContextClass, AuthenticationFlow, AuthorizationCode,
    ClaimsVerificationError, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenClaims,
    IdTokenFields, IdTokenVerifier, IssuerUrl, LanguageTag, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, SubjectIdentifier,
    TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::{Mutex, PoisonError};

/// Seconds for which what a provider says of itself is kept: an hour.
const KEPT: i64 = 3_600;
/// Seconds after which keys are fetched anew for a token of an unknown key, at the earliest: who
/// sends such tokens cannot make the site ask again and again.
const APART: i64 = 10;
/// Seconds by which a provider's clock may be ahead of the site's.
const AHEAD: i64 = 300;

/// Signatures that count. What anyone can make (`none`) and what the site's own secret makes (`HS…`)
/// is not among them, so that no token is believed that a reader of the settings could write.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Claims beyond the standard ones, as they come.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extra {
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl AdditionalClaims for Extra {}

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type Told = IdTokenClaims<Extra, CoreGenderClaim>;
type Known = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The secrets of one way out and back. All three are unpredictable; the browser keeps what they
/// follow from, the provider sees the first two and a digest of the third.
#[derive(Clone)]
pub struct Trip {
    /// Comes back with the code, so that nobody else's code is taken.
    pub state: String,
    /// Comes back inside the token, so that no other trip's token is taken.
    pub nonce: String,
    /// Proves to the provider that who left is who exchanges the code (RFC 7636): 43 to 128
    /// characters of letters, digits and `-._~`.
    pub verifier: String,
}

/// What a provider has proven.
#[derive(Clone, PartialEq, Eq)]
pub struct Proven {
    /// The issuer, as in its token.
    pub issuer: String,
    /// Who, in the issuer's own words: at most 255 characters, for digests only.
    pub subject: String,
    /// The person's name, where the provider tells it.
    pub name: Option<String>,
    /// Code of the organisation whose legal representative the person is, by the claims that the
    /// settings name; none for everybody else.
    pub represents: Option<String>,
    /// The person's own number, where the settings name its claim. Nothing prints what is proven.
    pub number: Option<String>,
    /// The provider asked for two factors.
    pub two_factors: bool,
}

/// One provider. Keeps what it says of itself for an hour.
pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    wire: Wire,
    kept: Mutex<Kept>,
}

/// What is known of a provider, and when it last did not answer: both in seconds of Unix time.
#[derive(Default)]
struct Kept {
    known: Option<(i64, CoreProviderMetadata)>,
    silent: Option<i64>,
}

impl Provider {
    /// A provider of the settings; `back` is the site's address that people come back to.
    ///
    /// # Errors
    /// [`Error::Settings`].
    pub fn new(settings: Settings, back: &str) -> Result<Provider, Error> {
        let wrong = |cause: &dyn std::fmt::Display| {
            Error::Settings(format!("`{}`: {cause}", settings.code))
        };
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|cause| wrong(&cause))?;
        let redirect = RedirectUrl::new(back.to_owned()).map_err(|cause| wrong(&cause))?;
        let wire = Wire::to(&settings)?;
        Ok(Provider {
            settings,
            issuer,
            redirect,
            wire,
            kept: Mutex::default(),
        })
    }

    /// What the settings say of it.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The provider's address to which a browser leaves. `now` is in seconds of Unix time. `anew` asks
    /// the provider to have its person prove who they are again, whoever is signed in there.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub fn leave(&self, trip: &Trip, lang: &str, anew: bool, now: i64) -> Result<String, Error> {
        let client = self.client(self.metadata(now, KEPT)?);
        let verifier = PkceCodeVerifier::new(trip.verifier.clone());
        let (state, nonce) = (trip.state.clone(), trip.nonce.clone());
        let mut asked = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_ui_locale(LanguageTag::new(lang.to_owned()));
        for scope in &self.settings.scopes {
            asked = asked.add_scope(Scope::new(scope.clone()));
        }
        for value in &self.settings.two_factors {
            asked = asked.add_auth_context_value(AuthenticationContextClass::new(value.clone()));
        }
        if anew {
            asked = asked.add_prompt(CoreAuthPrompt::Login);
        }
        let (url, _, _) = asked.url();
        if may_be_asked(url.as_str()) {
            Ok(url.into())
        } else {
            Err(self.unreachable("its own page is not reached by https"))
        }
    }

    /// What a code proves that came back from a trip whose state was compared before.
    ///
    /// # Errors
    /// [`Error::Unreachable`]; [`Error::Unproven`].
    pub fn back(&self, trip: &Trip, code: &str, now: i64) -> Result<Proven, Error> {
        let client = self.client(self.metadata(now, KEPT)?);
        let send = |request: HttpRequest| -> Result<HttpResponse, Lost> { self.wire.send(request) };
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|cause| self.unreachable(&cause))?
            .set_pkce_verifier(PkceCodeVerifier::new(trip.verifier.clone()))
            .request(&send)
            .map_err(|cause| match cause {
                RequestTokenError::ServerResponse(said) => self.unproven(said.error().as_ref()),
                other => self.unreachable(&other),
            })?;
        let told = self.told(&client, &answer, trip, now)?;
        let mut claims = flat(&told);
        let strong = self.is_strong(&claims);
        if self.misses(&claims) && client.user_info_url().is_some() {
            let subject = SubjectIdentifier::new(told.subject().to_string());
            let more: UserInfoClaims<Extra, CoreGenderClaim> = client
                .user_info(answer.access_token().clone(), Some(subject))
                .map_err(|cause| self.unreachable(&cause))?
                .request(&send)
                .map_err(|_| {
                    self.unproven("what it says of the person is no answer, or another's")
                })?;
            for (name, value) in flat(&more) {
                claims.entry(name).or_insert(value);
            }
        }
        let (issuer, subject) = (told.issuer().to_string(), told.subject().to_string());
        if subject.is_empty() || subject.len() > 255 {
            return Err(self.unproven("a subject of 1 to 255 characters is missing"));
        }
        Ok(Proven {
            issuer,
            subject,
            name: text(&claims, &self.settings.claims.name),
            represents: self.represents(&claims),
            number: text(&claims, &self.settings.claims.number),
            two_factors: strong,
        })
    }

    /// The claims of the token, once its signature, issuer, audience, end and nonce are right. A
    /// token of an unknown key is tried again with the keys that the provider has now.
    fn told(&self, client: &Known, answer: &Answer, trip: &Trip, now: i64) -> Result<Told, Error> {
        let token = answer.id_token();
        let token = token.ok_or_else(|| self.unproven("its answer holds no identity"))?;
        let nonce = Nonce::new(trip.nonce.clone());
        let told = match token.claims(&verifier(client, now), &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let anew = self.client(self.metadata(now, APART)?);
                token.claims(&verifier(&anew, now), &nonce).cloned()
            }
            told => told.cloned(),
        };
        told.map_err(|cause| self.unproven(why(&cause)))
    }

    /// What the provider says of itself, at most so many seconds old.
    fn metadata(&self, now: i64, age: i64) -> Result<CoreProviderMetadata, Error> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, known)) = &kept.known
            && (0..age).contains(&(now - at))
        {
            return Ok(known.clone());
        }
        // Whoever waited while it did not answer does not wait for it again.
        if kept
            .silent
            .is_some_and(|at| (0..APART).contains(&(now - at)))
        {
            return Err(self.unreachable("it did not answer just now"));
        }
        let send = |request: HttpRequest| -> Result<HttpResponse, Lost> { self.wire.send(request) };
        match CoreProviderMetadata::discover(&self.issuer, &send) {
            Ok(metadata) => {
                kept.known = Some((now, metadata.clone()));
                kept.silent = None;
                Ok(metadata)
            }
            Err(cause) => {
                kept.silent = Some(now);
                Err(self.unreachable(&with_source(&cause)))
            }
        }
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Known {
        // Where nothing is said of it the secret goes by HTTP Basic (RFC 6749, 2.3.1).
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic =
            methods.is_none_or(|all| all.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = self.settings.secret.clone().map(ClientSecret::new);
        let client = Client::from_provider_metadata(metadata, id, secret);
        client
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if basic {
                AuthType::BasicAuth
            } else {
                AuthType::RequestBody
            })
    }

    /// Whether the token says by one of the settings' values that two factors were asked for.
    fn is_strong(&self, claims: &Map<String, Value>) -> bool {
        let counts = |value: &Value| {
            let value = value.as_str();
            value.is_some_and(|value| self.settings.two_factors.iter().any(|one| one == value))
        };
        let methods = claims.get("amr").and_then(Value::as_array);
        claims.get("acr").is_some_and(counts) || methods.is_some_and(|all| all.iter().any(counts))
    }

    /// Whether a claim is missing that the settings name.
    fn misses(&self, claims: &Map<String, Value>) -> bool {
        let named = &self.settings.claims;
        let told = [
            &named.name,
            &named.organisation,
            &named.capacity,
            &named.number,
        ];
        told.into_iter()
            .any(|name| !name.is_empty() && !claims.contains_key(name.as_str()))
    }

    fn represents(&self, claims: &Map<String, Value>) -> Option<String> {
        let named = &self.settings.claims;
        let is = |value: &Value| {
            let value = value.as_str();
            value.is_some_and(|value| named.representative.iter().any(|one| one == value))
        };
        let capacity = claims.get(&named.capacity)?;
        let representative = match capacity {
            Value::Array(all) => all.iter().any(is),
            one => is(one),
        };
        representative
            .then(|| text(claims, &named.organisation))
            .flatten()
    }

    fn unreachable(&self, cause: &(impl std::fmt::Display + ?Sized)) -> Error {
        Error::Unreachable {
            code: self.settings.code.clone(),
            cause: cause.to_string(),
        }
    }

    fn unproven(&self, cause: &str) -> Error {
        Error::Unproven {
            code: self.settings.code.clone(),
            cause: cause.to_owned(),
        }
    }
}

/// What is wrong with a token, without anything that it says of a person.
fn why(cause: &ClaimsVerificationError) -> &'static str {
    match cause {
        ClaimsVerificationError::Expired(_) => "its token is over, or not yet",
        ClaimsVerificationError::InvalidAudience(_) => "its token is for another site",
        ClaimsVerificationError::InvalidIssuer(_) => "its token names another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "its token belongs to another way out",
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::DisallowedAlg(_),
        ) => "its token is signed in a way that does not count",
        ClaimsVerificationError::SignatureVerification(_) => "its token's signature is not right",
        _ => "its token is not as it should be",
    }
}

/// Checks of a token: our algorithms only, our clock, issued by now.
fn verifier(client: &Known, now: i64) -> IdTokenVerifier<'_, CoreJsonWebKey> {
    let instant = chrono::DateTime::from_timestamp(now, 0).unwrap_or_default();
    client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || instant)
        .set_issue_time_verifier_fn(move |issued| {
            if issued.timestamp() <= now + AHEAD {
                Ok(())
            } else {
                Err("issued in the future".to_owned())
            }
        })
}

/// Claims as one object, standard ones among them.
fn flat(claims: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(all)) => all,
        _ => Map::new(),
    }
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let value = claims.get(name).and_then(Value::as_str).map(str::trim);
    value.filter(|value| !value.is_empty()).map(str::to_owned)
}

/// An error with what it comes from.
fn with_source(cause: &dyn std::error::Error) -> String {
    match cause.source() {
        Some(source) => format!("{cause}: {}", with_source(source)),
        None => cause.to_string(),
    }
}
