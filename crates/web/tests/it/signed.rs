//! Requests that machines sign: what passes, and everything that must not. Whoever is refused learns
//! nothing, and every refusal is counted.

use crate::site::{Answer, BY, TestSite, appointment};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::{AccountId, AccountKind, AccountMove, Role};
use exchange::people::{self, Person, machine};
use seal::Signer;
use seal::message::{Fields, Message, Terms, content_digest, sign};
use std::process::Command;

const LIST: &str = "/api/v1/submissions?supplier=samr";
const SEND: &str = "/api/v1/submissions?supplier=samr&theme=registration&mode=delta&name=a.csv";
const FILE: &str = "企业名称,统一社会信用代码\n云汀试验有限公司,91110000MA00000152\n";
const HOST: &str = "credit.example";

/// A machine with a key of its own.
async fn machine(site: &TestSite, login: &str, seed: u8) -> (AccountId, Signer) {
    let office = &site.site.office;
    let person = Person {
        login: login.to_owned(),
        name: "A machine".to_owned(),
    };
    let to = [appointment(Role::MachineClient, "samr")];
    let made = people::add(office, AccountKind::Machine, &person, &to, BY).await;
    let (id, signer) = (made.expect("an account").0, Signer::from_seed([seed; 32]));
    register(site, id, &signer, 30, None).await;
    (id, signer)
}

async fn register(site: &TestSite, id: AccountId, key: &Signer, days: i64, overlap: Option<i64>) {
    let public = key.verifier().to_text();
    let made = machine::register(&site.site.office, id, &public, (days, overlap), BY).await;
    assert_eq!(made.expect("a name"), key.verifier().kid());
}

fn seconds(site: &TestSite) -> i64 {
    site.clock.now() / 1_000_000
}

fn message<'m>(method: &'m str, at: &'m str) -> Message<'m> {
    let (path, query) = at
        .split_once('?')
        .map_or((at, None), |(path, query)| (path, Some(query)));
    Message {
        method,
        scheme: "http",
        authority: HOST,
        path,
        query,
        fields: &[],
    }
}

/// A number that comes once.
fn number() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:016}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn signed(site: &TestSite, key: &Signer, method: &str, at: &str, content: Option<&str>) -> Fields {
    let now = seconds(site);
    let terms = Terms {
        created: now,
        expires: now + 60,
        nonce: &number(),
    };
    sign(&message(method, at), content.map(str::as_bytes), terms, key).expect("fields")
}

async fn send(site: &TestSite, method: &str, at: &str, fields: &Fields, content: &str) -> Answer {
    send_to(site, HOST, method, at, fields, content).await
}

async fn send_to(
    site: &TestSite,
    host: &str,
    method: &str,
    at: &str,
    fields: &Fields,
    content: &str,
) -> Answer {
    let mut headers = vec![
        ("host", host),
        ("signature-input", fields.input.as_str()),
        ("signature", fields.signature.as_str()),
    ];
    headers.extend(
        fields
            .digest
            .as_deref()
            .map(|digest| ("content-digest", digest)),
    );
    site.send(method, at, &headers, Body::from(content.to_owned()))
        .await
}

/// What anybody without a key is answered.
async fn nobody(site: &TestSite, method: &str, at: &str) -> String {
    site.send(method, at, &[], Body::empty()).await.body
}

async fn refused(site: &TestSite, why: &str) -> u64 {
    let metrics = site.get("/metrics").await.body;
    let line = format!("gongxin_signatures_refused_total{{reason=\"{why}\"}} ");
    let count = metrics.lines().find_map(|one| one.strip_prefix(&line));
    count.expect("a counter").parse().expect("a number")
}

#[track_caller]
fn is_nobody(what: &str, answer: &Answer, nobody: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNAUTHORIZED,
        "{what}: {}",
        answer.body
    );
    assert_eq!(answer.body, nobody, "{what}: one answer for all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_reads_and_sends_by_its_signature() {
    let site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    let fields = signed(&site, &key, "GET", LIST, None);
    let list = send(&site, "GET", LIST, &fields, "").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    let fields = signed(&site, &key, "POST", SEND, Some(FILE));
    let sent = send(&site, "POST", SEND, &fields, FILE).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
    // It is let in as its account and no further: another agency's are not its own.
    let other = "/api/v1/submissions?supplier=court";
    let fields = signed(&site, &key, "GET", other, None);
    let answer = send(&site, "GET", other, &fields, "").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // A signature is no session: pages of people do not open to it.
    let fields = signed(&site, &key, "GET", "/supply", None);
    let page = send(&site, "GET", "/supply", &fields, "").await;
    assert_eq!(page.header("location"), "/account/enter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_was_sent_before_is_refused() {
    let site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    let fields = signed(&site, &key, "POST", SEND, Some(FILE));
    let first = send(&site, "POST", SEND, &fields, FILE).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let nobody = nobody(&site, "POST", SEND).await;
    for _ in 0..2 {
        let again = send(&site, "POST", SEND, &fields, FILE).await;
        is_nobody("replayed", &again, &nobody);
    }
    assert_eq!(refused(&site, "replayed").await, 2);
    // After its end the number is forgotten, and the end itself refuses it.
    site.clock.advance(3_600_000_000);
    let late = send(&site, "POST", SEND, &fields, FILE).await;
    is_nobody("expired", &late, &nobody);
    assert_eq!(refused(&site, "time").await, 1);
    // Many at once: one passes.
    let fields = signed(&site, &key, "GET", LIST, None);
    let tries = (0..8).map(|_| send(&site, "GET", LIST, &fields, ""));
    let answers = futures_util::future::join_all(tries).await;
    let passed = answers.iter().filter(|one| one.status == StatusCode::OK);
    assert_eq!(passed.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_other_request_passes_for_the_signed_one() {
    let site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    let nobody = nobody(&site, "POST", SEND).await;
    let fields = |content| signed(&site, &key, "POST", SEND, content);
    let longer = format!("{FILE}云汀,91110000MA00000152\n");
    for (what, content) in [
        ("swapped", FILE.replace("试验", "实验")),
        ("cut", FILE[..FILE.len() - 1].to_owned()),
        ("longer", longer),
        ("empty", String::new()),
    ] {
        let answer = send(&site, "POST", SEND, &fields(Some(FILE)), &content).await;
        is_nobody(what, &answer, &nobody);
    }
    let answer = send(&site, "POST", SEND, &fields(None), FILE).await;
    is_nobody("content that was not signed", &answer, &nobody);
    assert_eq!(refused(&site, "content").await, 5);
    let mut other = fields(Some(FILE));
    let swapped = FILE.replace("试验", "实验");
    other.digest = Some(content_digest(swapped.as_bytes()));
    let answer = send(&site, "POST", SEND, &other, &swapped).await;
    is_nobody("content and digest", &answer, &nobody);
    let elsewhere = SEND.replace("delta", "snapshot");
    let answer = send(&site, "POST", &elsewhere, &fields(Some(FILE)), FILE).await;
    is_nobody("query", &answer, &nobody);
    let answer = send(&site, "GET", SEND, &fields(Some(FILE)), FILE).await;
    is_nobody("method", &answer, &nobody);
    let answer = send_to(
        &site,
        "evil.example",
        "POST",
        SEND,
        &fields(Some(FILE)),
        FILE,
    )
    .await;
    is_nobody("host", &answer, &nobody);
    let mut turned = fields(Some(FILE));
    turned.input = turned
        .input
        .replace("\"@method\" \"@authority\"", "\"@authority\" \"@method\"");
    let answer = send(&site, "POST", SEND, &turned, FILE).await;
    is_nobody("reordered", &answer, &nobody);
    let mut cut = fields(Some(FILE));
    cut.input = cut.input.replace(" \"content-digest\"", "");
    let answer = send(&site, "POST", SEND, &cut, FILE).await;
    is_nobody("less covered", &answer, &nobody);
    let mut damaged = fields(Some(FILE));
    damaged.signature = damaged.signature.replace("sig=:", "sig=:AAAA");
    let answer = send(&site, "POST", SEND, &damaged, FILE).await;
    is_nobody("damaged", &answer, &nobody);
    assert_eq!(refused(&site, "forged").await, 5);
    assert_eq!(refused(&site, "coverage").await, 1);
    assert_eq!(refused(&site, "form").await, 1);
    // Nothing of all that came in, and the true request still does.
    let answer = send(&site, "POST", SEND, &fields(Some(FILE)), FILE).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_keys_in_force_of_machines_that_may_act_open() {
    let site = TestSite::new().await;
    let (id, key) = machine(&site, "gate.one", 1).await;
    let office = &site.site.office;
    let nobody = nobody(&site, "GET", LIST).await;
    let get = async |key: &Signer| {
        let fields = signed(&site, key, "GET", LIST, None);
        send(&site, "GET", LIST, &fields, "").await
    };
    is_nobody("unknown", &get(&Signer::from_seed([9; 32])).await, &nobody);
    // Another key's name with one's own signature.
    let (_, other) = machine(&site, "gate.two", 2).await;
    let mut fields = signed(&site, &other, "GET", LIST, None);
    let names = (other.verifier().kid(), key.verifier().kid());
    fields.input = fields.input.replace(&names.0, &names.1);
    is_nobody(
        "borrowed name",
        &send(&site, "GET", LIST, &fields, "").await,
        &nobody,
    );
    // A new key beside the old one, which ends after its days.
    let new = Signer::from_seed([3; 32]);
    register(&site, id, &new, 30, Some(2)).await;
    assert_eq!(get(&key).await.status, StatusCode::OK, "both work");
    assert_eq!(get(&new).await.status, StatusCode::OK, "both work");
    site.clock.advance(2 * 86_400_000_000);
    is_nobody("after the overlap", &get(&key).await, &nobody);
    assert_eq!(get(&new).await.status, StatusCode::OK);
    // The same public key is not taken twice, by nobody.
    let public = key.verifier().to_text();
    assert!(
        machine::register(office, id, &public, (9, None), BY)
            .await
            .is_err()
    );
    // Suspended, and back.
    people::shift(office, id, AccountMove::Suspend, BY)
        .await
        .expect("moved");
    is_nobody("suspended", &get(&new).await, &nobody);
    people::shift(office, id, AccountMove::Resume, BY)
        .await
        .expect("moved");
    assert_eq!(get(&new).await.status, StatusCode::OK);
    // Taken back at once; and the last one ends by itself.
    let keys = machine::keys(office, id).await.expect("keys");
    let named = keys
        .iter()
        .find(|one| one.public == Some(new.verifier().to_bytes()));
    machine::end(office, id, &named.expect("a key").id, BY)
        .await
        .expect("ended");
    is_nobody("taken back", &get(&new).await, &nobody);
    assert_eq!(get(&other).await.status, StatusCode::OK);
    site.clock.advance(30 * 86_400_000_000);
    is_nobody("over", &get(&other).await, &nobody);
    assert_eq!(refused(&site, "key").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_for_another_site_is_worth_nothing_here() {
    let mut site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    let nobody = nobody(&site, "GET", LIST).await;
    let at = site.site.clone().reached_at("https://Credit.example:443");
    site.router = web::router(at.expect("an address"));
    // Signed for http://credit.example, and sent with that very host.
    let mut input = signed(&site, &key, "GET", LIST, None);
    assert_eq!(
        send(&site, "GET", LIST, &input, "").await.status,
        StatusCode::OK
    );
    let now = seconds(&site);
    let terms = Terms {
        created: now,
        expires: now + 60,
        nonce: &number(),
    };
    let other = Message {
        authority: "other.example",
        ..message("GET", LIST)
    };
    input = sign(&other, None, terms, &key).expect("fields");
    let answer = send_to(&site, "other.example", "GET", LIST, &input, "").await;
    is_nobody("another site's", &answer, &nobody);
    for none in [
        "credit.example",
        "ftp://a",
        "https://",
        "https://a/b",
        "https://a@b",
    ] {
        assert!(site.site.clone().reached_at(none).is_none(), "{none}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_signature_and_two_of_them_are_refused() {
    let site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    let nobody = nobody(&site, "GET", LIST).await;
    let fields = signed(&site, &key, "GET", LIST, None);
    let (input, signature) = (fields.input.as_str(), fields.signature.as_str());
    let host = ("host", HOST);
    // Beside a key that is good, too: who signs wrongly is not let in by another way.
    let bearer = format!("Bearer {}", site.code);
    for headers in [
        vec![host, ("signature-input", input)],
        vec![host, ("signature", signature)],
        vec![host, ("signature", signature), ("authorization", &bearer)],
        vec![
            host,
            ("signature-input", input),
            ("signature", signature),
            ("signature", signature),
        ],
        vec![
            host,
            ("signature-input", input),
            ("signature-input", input),
            ("signature", signature),
        ],
    ] {
        let answer = site.get_with(LIST, &headers).await;
        is_nobody("half", &answer, &nobody);
    }
    assert_eq!(refused(&site, "form").await, 5);
    // Public pages refuse a wrong signature, too, rather than pass over it.
    let answer = site
        .get_with("/api/v1/themes", &[host, ("signature", signature)])
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

/// Another implementation of the standard, pinned.
const OTHER: &str = "http-message-signatures==3.0.0";

/// Signs what standard input names, and checks what was signed here.
const SCRIPT: &str = r#"
import datetime, json, sys
from dataclasses import dataclass, field
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
import requests
asked = json.load(sys.stdin)
key = load_pem_private_key(asked["pem"].encode(), None)
class Keys(HTTPSignatureKeyResolver):
    def resolve_private_key(self, key_id): return key
    def resolve_public_key(self, key_id): return key.public_key()
at = datetime.datetime.fromtimestamp(asked["now"], datetime.timezone.utc)
out = []
for one in asked["sign"]:
    body = one["body"].encode() if one["body"] is not None else None
    request = requests.Request(one["method"], one["url"], data=body).prepare()
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Keys())
    more = {"body": body} if body is not None else {}
    signer.sign(request, key_id=asked["kid"], created=at, expires=at + datetime.timedelta(seconds=60),
                nonce=one["nonce"], label="sig1", include_alg=one["alg"], covered_component_ids=one["covered"], **more)
    out.append({name.lower(): value for name, value in request.headers.items()})
for one in asked["check"]:
    request = requests.Request(one["method"], one["url"], data=one["body"].encode() if one["body"] else None).prepare()
    request.headers.update(one["headers"])
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=Keys())
    more = {"body": one["body"].encode()} if one["body"] else {}
    verifier.verify(request, max_age=datetime.timedelta(days=36500), **more)
print(json.dumps(out))
"#;

fn python() -> Option<std::path::PathBuf> {
    let cache = std::env::var_os("GONGXIN_CACHE")?;
    let venv = std::path::Path::new(&cache).join("message-signatures");
    let python = venv.join("bin/python");
    let runs = |command: &mut Command| command.status().is_ok_and(|status| status.success());
    if !python.is_file() && !runs(Command::new("python3").args(["-m", "venv"]).arg(&venv)) {
        return None;
    }
    let pip = ["-m", "pip", "install", "-q", OTHER, "requests==2.34.2"];
    runs(Command::new(&python).args(pip)).then_some(python)
}

fn run(python: &std::path::Path, script: &str, given: &str) -> String {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut child = Command::new(python)
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(given.as_bytes()).expect("written");
    drop(stdin);
    let ended = child.wait_with_output().expect("ended");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

/// What of ours the other implementation must accept: a read, and a file sent.
fn for_the_other(key: &Signer, now: i64) -> Vec<serde_json::Value> {
    let each = [("GET", LIST, ""), ("POST", SEND, FILE)].into_iter();
    each.map(|(method, at, body)| {
        let terms = Terms {
            created: now,
            expires: now + 300,
            nonce: &number(),
        };
        let content = (!body.is_empty()).then_some(body.as_bytes());
        let fields = sign(&message(method, at), content, terms, key).expect("fields");
        let mut headers = serde_json::json!({"Signature-Input": fields.input, "Signature": fields.signature});
        if let Some(digest) = fields.digest {
            headers["Content-Digest"] = digest.into();
        }
        serde_json::json!({"method": method, "url": format!("http://{HOST}{at}"), "body": body, "headers": headers})
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_implementation_signs_for_us_and_reads_what_we_sign() {
    let Some(python) = tokio::task::spawn_blocking(python).await.expect("ended") else {
        println!(
            "SKIPPED: set GONGXIN_CACHE to a folder, with Python and its registry at hand, to try {OTHER}"
        );
        return;
    };
    let site = TestSite::new().await;
    let (_, key) = machine(&site, "gate.one", 1).await;
    use base64::Engine as _;
    let head = [
        0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
    ];
    let der = [head.as_slice(), &[1; 32]].concat();
    let der = base64::engine::general_purpose::STANDARD.encode(der);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n");
    let all = ["@method", "@authority", "@path", "@query"];
    let one = |method: &str, at: &str, body: Option<&str>, covered: &[&str], alg: bool| {
        serde_json::json!({"method": method, "url": format!("http://{HOST}{at}"), "body": body,
            "covered": covered, "nonce": number(), "alg": alg})
    };
    let target = ["@target-uri", "@method"];
    let asked = [
        ("GET", LIST, "", one("GET", LIST, None, &all, true)),
        ("GET", LIST, "", one("GET", LIST, None, &target, false)),
        (
            "POST",
            SEND,
            FILE,
            one("POST", SEND, Some(FILE), &all, false),
        ),
        (
            "POST",
            SEND,
            FILE,
            one("POST", SEND, Some(FILE), &target, true),
        ),
    ];
    let real = run(&python, "import time; print(int(time.time()))", "");
    let check = for_the_other(&key, real.trim().parse().expect("seconds"));
    let sign: Vec<_> = asked.iter().map(|(.., one)| one).collect();
    let given = serde_json::json!({"pem": pem, "kid": key.verifier().kid(), "now": seconds(&site),
        "sign": sign, "check": check})
    .to_string();
    let out = tokio::task::spawn_blocking(move || run(&python, SCRIPT, &given))
        .await
        .expect("ended");
    let out: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&out).expect("JSON");
    for ((method, at, body, _), headers) in asked.iter().zip(&out) {
        let field = |name: &str| {
            headers
                .get(name)
                .and_then(|one| one.as_str())
                .map(str::to_owned)
        };
        let fields = Fields {
            input: field("signature-input").expect("a field"),
            signature: field("signature").expect("a field"),
            digest: field("content-digest"),
        };
        let answer = send(&site, method, at, &fields, body).await;
        assert!(
            answer.status.is_success(),
            "{method} {}: {}",
            fields.input,
            answer.body
        );
    }
    assert_eq!(out.len(), asked.len());
}
