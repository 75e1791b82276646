//! What a site's file of providers may say.

use oidc::{Error, Settings};

const SOUND: &str = r#"
[[provider]]
code = "gov"
title = { zh = "政务服务网", en = "Government portal", ru = "Портал" }
issuer = "https://id.example.gov.cn"
client_id = "gongxin"
secret_file = "gov.secret"
scopes = ["profile"]
two_factors = ["two", "mfa"]
claims = { name = "name", organisation = "org", capacity = "capacity", representative = ["legal"] }
"#;

fn read(name: &str) -> std::io::Result<Vec<u8>> {
    match name {
        "gov.secret" => Ok(b"hush\n".to_vec()),
        _ => Err(std::io::ErrorKind::NotFound.into()),
    }
}

#[test]
fn a_sound_file_is_read_whole() {
    let found = Settings::parse(SOUND, read).expect("settings");
    let one = found.first().expect("one");
    assert_eq!(
        one.secret.as_deref(),
        Some("hush"),
        "the line's end is no part of it"
    );
    assert_eq!(one.claims.organisation, "org");
    assert!(Settings::parse("", read).expect("none").is_empty());
}

#[test]
fn what_would_open_a_door_is_refused() {
    let cases = [
        ("code = \"gov\"", "code = \"../gov\"", "no code"),
        ("https://id", "http://id", "https"),
        ("client_id = \"gongxin\"", "client_id = \"\"", "client_id"),
        (
            "representative = [\"legal\"]",
            "representative = []",
            "whoever works there",
        ),
        ("capacity = \"capacity\", ", "", "named together"),
        ("gov.secret", "gone.secret", "gone.secret"),
        ("scopes", "scope", "unknown field"),
    ];
    for (from, to, why) in cases {
        let text = SOUND.replace(from, to);
        match Settings::parse(&text, read) {
            Err(Error::Settings(cause)) => assert!(cause.contains(why), "{to}: {cause}"),
            _ => panic!("{to} was taken"),
        }
    }
    let twice = format!("{SOUND}{SOUND}");
    assert!(Settings::parse(&twice, read).is_err(), "twice");
    let many: String = (0..9)
        .map(|n| SOUND.replace("\"gov\"", &format!("\"gov-{n}\"")))
        .collect();
    assert!(Settings::parse(&many, read).is_err(), "nine");
}
