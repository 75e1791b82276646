//! A provider on this machine whose every answer can be bent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use oidc::{Provider, Settings, Trip};
use serde_json::{Map, Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// The day of these tests, in seconds of Unix time.
pub(crate) const NOW: i64 = 1_780_000_000;
const SECRET: &str = "a-secret-of-the-site-that-is-long-enough-for-hs256";

pub(crate) fn trip() -> Trip {
    Trip {
        state: "a-state".to_owned(),
        nonce: "a-nonce".to_owned(),
        verifier: "v".repeat(64),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Signs {
    Own,
    None,
    Secret,
    PublicKey,
    Another,
    Elsewhere,
}

struct Mind {
    claims: Map<String, Value>,
    person: Value,
    key: SigningKey,
    kid: u32,
    signs: Signs,
    described: Map<String, Value>,
    token: Option<(u16, Vec<u8>)>,
    asked: Vec<String>,
}

/// The provider; it ends with the test.
pub(crate) struct Liar {
    at: String,
    mind: Arc<Mutex<Mind>>,
    ended: Arc<AtomicBool>,
}

impl Drop for Liar {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Liar {
    pub(crate) fn start() -> Liar {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = format!("http://{}", listener.local_addr().expect("an address"));
        let claims = json!({
            "iss": at, "aud": "gongxin", "sub": "somebody", "nonce": "a-nonce",
            "iat": NOW - 5, "exp": NOW + 60, "name": "Somebody", "acr": "two",
            "organisation": "91990104MD00100119", "capacity": "legal-representative",
        });
        let described = json!({
            "issuer": at,
            "authorization_endpoint": format!("{at}/auth"),
            "token_endpoint": format!("{at}/token"),
            "userinfo_endpoint": format!("{at}/person"),
            "jwks_uri": format!("{at}/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
        });
        let object = |value: Value| value.as_object().cloned().expect("an object");
        let mind = Arc::new(Mutex::new(Mind {
            claims: object(claims),
            person: json!({"sub": "somebody"}),
            key: SigningKey::from_bytes(&[1; 32]),
            kid: 1,
            signs: Signs::Own,
            described: object(described),
            token: None,
            asked: Vec::new(),
        }));
        let ended = Arc::new(AtomicBool::new(false));
        let (of, end) = (Arc::clone(&mind), Arc::clone(&ended));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    let _ = answer(stream, &of);
                }
            }
        });
        Liar { at, mind, ended }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.at
    }

    pub(crate) fn stop(&self) {
        if !self.ended.swap(true, Ordering::SeqCst) {
            // One more knock lets the loop see it; the port is closed then.
            let _ = TcpStream::connect(self.at.trim_start_matches("http://"));
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    pub(crate) fn provider(&self) -> Provider {
        let at = &self.at;
        let text = format!(
            "[[provider]]\ncode = \"gov\"\ntitle = {{ zh = \"a\", en = \"b\", ru = \"c\" }}\n\
             issuer = \"{at}\"\nclient_id = \"gongxin\"\nsecret_file = \"s\"\n\
             scopes = [\"organisation\"]\ntwo_factors = [\"two\"]\n\
             claims = {{ organisation = \"organisation\", capacity = \"capacity\", \
             representative = [\"legal-representative\"] }}\n"
        );
        let found = Settings::parse(&text, |_| Ok(SECRET.as_bytes().to_vec())).expect("settings");
        let one = found.into_iter().next().expect("one");
        Provider::new(one, "https://credit.example/account/back/gov").expect("a provider")
    }

    fn think<T>(&self, how: impl FnOnce(&mut Mind) -> T) -> T {
        how(&mut self.mind.lock().expect("a mind"))
    }

    pub(crate) fn claim(&self, name: &str, value: Value) {
        self.think(|mind| mind.claims.insert(name.to_owned(), value));
    }

    pub(crate) fn drop_claim(&self, name: &str) {
        self.think(|mind| mind.claims.remove(name));
    }

    pub(crate) fn person(&self, value: Value) {
        self.think(|mind| mind.person = value);
    }

    pub(crate) fn asked(&self, path: &str) -> String {
        self.think(|mind| mind.asked.iter().rfind(|one| one.contains(path)).cloned())
            .unwrap_or_default()
            .to_lowercase()
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        self.think(|mind| mind.asked.iter().filter(|one| one.contains(path)).count())
    }

    pub(crate) fn new_key(&self) {
        self.think(|mind| {
            mind.key = SigningKey::from_bytes(&[2; 32]);
            mind.kid = 2;
        });
    }

    fn sign_by(&self, how: Signs) {
        self.think(|mind| mind.signs = how);
    }

    pub(crate) fn unsigned(&self) {
        self.sign_by(Signs::None);
    }

    pub(crate) fn signed_by_the_secret(&self) {
        self.sign_by(Signs::Secret);
    }

    pub(crate) fn signed_by_the_public_key(&self) {
        self.sign_by(Signs::PublicKey);
    }

    pub(crate) fn signed_by_another(&self) {
        self.sign_by(Signs::Another);
    }

    pub(crate) fn signature_of_another(&self) {
        self.sign_by(Signs::Elsewhere);
    }

    fn describe(&self, name: &str, value: Value) {
        self.think(|mind| mind.described.insert(name.to_owned(), value));
    }

    pub(crate) fn names_another(&self) {
        self.describe("issuer", json!("https://elsewhere.example"));
    }

    pub(crate) fn opens_elsewhere(&self) {
        self.describe("token_endpoint", json!("http://elsewhere.example/token"));
    }

    pub(crate) fn redirects(&self) {
        self.think(|mind| mind.token = Some((302, Vec::new())));
    }

    pub(crate) fn floods(&self) {
        self.think(|mind| mind.token = Some((200, vec![b' '; 2 << 20])));
    }

    pub(crate) fn babbles(&self) {
        self.think(|mind| mind.token = Some((200, b"words".to_vec())));
    }
}

fn answer(mut stream: TcpStream, mind: &Mutex<Mind>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;
    let asked = read(&mut stream)?;
    let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut mind = mind.lock().expect("a mind");
    mind.asked.push(asked);
    let (status, body) = match path.as_str() {
        "/.well-known/openid-configuration" => (
            200,
            Value::Object(mind.described.clone())
                .to_string()
                .into_bytes(),
        ),
        "/jwks" => (200, keys(&mind).to_string().into_bytes()),
        "/token" => mind
            .token
            .clone()
            .unwrap_or_else(|| (200, token(&mind).into_bytes())),
        "/person" => (200, mind.person.to_string().into_bytes()),
        _ => (404, Vec::new()),
    };
    drop(mind);
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nLocation: /elsewhere\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut part = [0; 4_096];
    loop {
        let got = stream.read(&mut part)?;
        bytes.extend_from_slice(&part[..got]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let lower = head.to_lowercase();
            let length = lower.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
            body.len() >= length.unwrap_or(0)
        });
        if whole || got == 0 {
            return Ok(text);
        }
    }
}

fn keys(mind: &Mind) -> Value {
    let x = URL_SAFE_NO_PAD.encode(mind.key.verifying_key().as_bytes());
    json!({"keys": [{
        "kty": "OKP", "crv": "Ed25519", "x": x, "kid": mind.kid.to_string(),
        "use": "sig", "alg": "EdDSA",
    }]})
}

fn token(mind: &Mind) -> String {
    let alg = match mind.signs {
        Signs::Own | Signs::Another | Signs::Elsewhere => "EdDSA",
        Signs::None => "none",
        Signs::Secret | Signs::PublicKey => "HS256",
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({"alg": alg, "kid": mind.kid.to_string(), "typ": "JWT"}));
    let body = part(&Value::Object(mind.claims.clone()));
    let text = format!("{head}.{body}");
    let public = mind.key.verifying_key().to_bytes();
    let signature = match mind.signs {
        Signs::Own => mind.key.sign(text.as_bytes()).to_vec(),
        Signs::None => Vec::new(),
        Signs::Secret => hmac_sha256(SECRET.as_bytes(), text.as_bytes()),
        Signs::PublicKey => hmac_sha256(&public, text.as_bytes()),
        Signs::Another => SigningKey::from_bytes(&[9; 32])
            .sign(text.as_bytes())
            .to_vec(),
        Signs::Elsewhere => mind.key.sign(b"something else").to_vec(),
    };
    let id = format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature));
    json!({
        "access_token": "an-access-token", "token_type": "Bearer", "expires_in": 60, "id_token": id,
    })
    .to_string()
}

fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    use hmac::{KeyInit, Mac};
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(key).expect("any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}
