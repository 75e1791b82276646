//! Signed requests: the vectors of RFC 9421, and attempts to have another request taken for a signed
//! one.

use proptest::prelude::*;
use seal::message::{
    Fields, Message, Refusal, Signed, Terms, Window, content_digest, read_content_digest, sign,
};
use seal::{Signer, Verifier};

/// The request of RFC 9421, appendix B.2.
const FIELDS: [(&str, &str); 5] = [
    ("host", "example.com"),
    ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("content-type", "application/json"),
    (
        "content-digest",
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
    ),
    ("content-length", "18"),
];
const REQUEST: Message<'static> = Message {
    method: "POST",
    scheme: "https",
    authority: "example.com",
    path: "/foo",
    query: Some("param=Value&Pet=dog"),
    fields: &FIELDS,
};
/// `test-key-ed25519` of appendix B.1.4.
const KEY: &str = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";

fn key() -> Verifier {
    Verifier::parse(KEY).unwrap()
}

#[test]
fn the_vectors_of_the_standard_fit() {
    let covered = r#"("date" "@method" "@path" "@authority" "content-type" "content-length")"#;
    let tail = r#";created=1618884473;keyid="test-key-ed25519""#;
    for (input, signature) in [
        (
            format!("sig-b26={covered}{tail}"),
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
        ),
        (
            format!("sig-b27={covered}{tail};tag=\"tag-b27\""),
            "sig-b27=:pDPhW4vxi28JZfogrM4NLeYhZKW+TYDko8KtzCFoTOFeGCCSivD0iVcIuT9gqM6AtGfgzqQU/GaoLqh8sC6bCg==:",
        ),
    ] {
        let signed = Signed::read(&input, signature).unwrap();
        assert_eq!(signed.keyid(), "test-key-ed25519");
        assert_eq!(signed.fits(&REQUEST, &key()), Ok(()));
        let other = Message {
            path: "/bar",
            ..REQUEST
        };
        assert_eq!(signed.fits(&other, &key()), Err(Refusal::Forged));
        // It fits, and is none that we take: it covers neither query nor content and never ends.
        let window = Window {
            length: 300,
            ahead: 60,
        };
        let asked = signed.demand(&REQUEST, 1_618_884_473, window);
        assert_eq!(asked, Err(Refusal::Coverage));
    }
}

#[test]
fn the_digest_of_the_standard_is_read() {
    // RFC 9530, appendix B.1: the content is `{"hello": "world"}` and a line's end.
    let field = content_digest(b"{\"hello\": \"world\"}\n");
    assert_eq!(
        field,
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    );
    assert!(read_content_digest(&field).is_ok());
    for damaged in [
        "",
        "sha-256",
        "sha-256=:RK/0:",
        "sha-256=\"RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=\"",
        "sha-512=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:, sha-256=:AAAA:",
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:;a",
    ] {
        assert_eq!(
            read_content_digest(damaged),
            Err(Refusal::Form),
            "{damaged}"
        );
    }
}

const NOW: i64 = 1_795_320_000;
const WINDOW: Window = Window {
    length: 300,
    ahead: 60,
};
const TERMS: Terms<'static> = Terms {
    created: NOW,
    expires: NOW + 60,
    nonce: "0123456789abcdef",
};

fn ours<'m>(fields: &'m [(&'m str, &'m str)]) -> Message<'m> {
    Message {
        method: "POST",
        scheme: "https",
        authority: "Credit.Example:443",
        path: "/api/v1/submissions",
        query: Some("theme=penalty"),
        fields,
    }
}

fn signer() -> Signer {
    Signer::from_seed([5; 32])
}

fn made() -> Fields {
    sign(&ours(&[]), Some(b"a,b\n1,2\n"), TERMS, &signer()).unwrap()
}

/// Everything a server does with a request but for its content.
fn judge(message: &Message<'_>, fields: &Fields, now: i64) -> Result<(), Refusal> {
    let signed = Signed::read(&fields.input, &fields.signature)?;
    signed.demand(message, now, WINDOW)?;
    signed.fits(message, &signer().verifier())
}

#[test]
fn what_is_signed_here_fits_and_nothing_else_does() {
    let fields = made();
    let digest = fields.digest.clone().unwrap();
    let sent = [("content-digest", digest.as_str())];
    let message = ours(&sent);
    assert_eq!(judge(&message, &fields, NOW), Ok(()));
    // The same host in another spelling is the same host.
    let same = Message {
        authority: "credit.example",
        ..message
    };
    assert_eq!(judge(&same, &fields, NOW), Ok(()));
    for (what, other) in [
        (
            "method",
            Message {
                method: "PUT",
                ..message
            },
        ),
        (
            "host",
            Message {
                authority: "credit.example.org",
                ..message
            },
        ),
        (
            "port",
            Message {
                authority: "credit.example:8443",
                ..message
            },
        ),
        (
            "path",
            Message {
                path: "/api/v1/submissions/",
                ..message
            },
        ),
        (
            "query",
            Message {
                query: Some("theme=penalty&mode=snapshot"),
                ..message
            },
        ),
        (
            "no query",
            Message {
                query: None,
                ..message
            },
        ),
    ] {
        assert_eq!(judge(&other, &fields, NOW), Err(Refusal::Forged), "{what}");
    }
    let swapped = content_digest(b"a,b\n1,3\n");
    let sent = [("content-digest", swapped.as_str())];
    assert_eq!(judge(&ours(&sent), &fields, NOW), Err(Refusal::Forged));
    assert_eq!(judge(&ours(&[]), &fields, NOW), Err(Refusal::Coverage));
    let twice = [
        ("content-digest", digest.as_str()),
        ("content-digest", swapped.as_str()),
    ];
    assert_eq!(judge(&ours(&twice), &fields, NOW), Err(Refusal::Coverage));
}

#[test]
fn a_signature_is_of_its_time() {
    let fields = made();
    let digest = fields.digest.clone().unwrap();
    let sent = [("content-digest", digest.as_str())];
    let message = ours(&sent);
    for (now, right) in [
        (NOW - 61, Err(Refusal::Time)),
        (NOW - 60, Ok(())),
        (NOW + 60, Ok(())),
        (NOW + 61, Err(Refusal::Time)),
        (i64::MAX, Err(Refusal::Time)),
        (i64::MIN, Err(Refusal::Time)),
    ] {
        assert_eq!(judge(&message, &fields, now), right, "{now}");
    }
    for (created, expires) in [
        (NOW, NOW + 301),
        (NOW, NOW - 1),
        (0, NOW),
        (NOW, 999_999_999_999_999),
    ] {
        let terms = Terms {
            created,
            expires,
            ..TERMS
        };
        let long = sign(&ours(&[]), Some(b"a,b\n1,2\n"), terms, &signer()).unwrap();
        assert_eq!(
            judge(&message, &long, NOW),
            Err(Refusal::Time),
            "{created} {expires}"
        );
    }
}

#[test]
fn fields_that_could_be_read_in_two_ways_are_refused() {
    let Fields {
        input, signature, ..
    } = made();
    let good = |input: &str, signature: &str| Signed::read(input, signature).map(|_| ());
    assert_eq!(good(&input, &signature), Ok(()));
    let params = input.strip_prefix("sig=").unwrap();
    for (input, signature) in [
        // Two signatures, one label twice, labels that differ.
        (format!("{input}, b={params}"), signature.clone()),
        (format!("{input}, {input}"), signature.clone()),
        (input.clone(), format!("{signature}, {signature}")),
        (input.clone(), signature.replace("sig", "gis")),
        // A parameter twice, one that is none of ours, one of another type.
        (format!("{input};created={NOW}"), signature.clone()),
        (format!("{input};more=1"), signature.clone()),
        (
            input.replace("\"ed25519\"", "\"hmac-sha256\""),
            signature.clone(),
        ),
        (
            input.replace(";alg=\"ed25519\"", ";alg=\"none\""),
            signature.clone(),
        ),
        (
            input
                .replace("created=", "created=\"")
                .replacen(";expires", "\";expires", 1),
            signature.clone(),
        ),
        // A component twice, with a parameter, in another case, that is no text.
        (
            input.replace("\"@path\"", "\"@path\" \"@path\""),
            signature.clone(),
        ),
        (
            input.replace("\"@path\"", "\"@path\";req"),
            signature.clone(),
        ),
        (
            input.replace("\"content-digest\"", "\"Content-Digest\""),
            signature.clone(),
        ),
        (input.replace("\"@path\"", "@path"), signature.clone()),
        (input.replace("\"@path\"", "\"@\""), signature.clone()),
        // Written otherwise than the standard writes it.
        (input.replace(' ', "  "), signature.clone()),
        (input.replace(";created", "; created"), signature.clone()),
        // Damaged, cut, empty.
        (input.replace(')', ""), signature.clone()),
        (String::new(), signature.clone()),
        (input.clone(), String::new()),
        (input.clone(), "sig=:AAAA:".to_owned()),
        (input.clone(), format!("{signature};a")),
        (input.clone(), signature.replace(':', "\"")),
        (
            format!("sig=({})", "\"a\" ".repeat(40).trim_end()),
            signature.clone(),
        ),
        (
            format!("sig=(\"{}\")", "a".repeat(5_000)),
            signature.clone(),
        ),
    ] {
        assert_eq!(
            good(&input, &signature),
            Err(Refusal::Form),
            "{input} {signature}"
        );
    }
}

#[test]
fn what_must_be_covered_is_asked_for() {
    let digest = content_digest(b"x");
    let sent = [("content-digest", digest.as_str())];
    let message = ours(&sent);
    let tail = format!(
        ";created={NOW};expires={};nonce=\"0123456789abcdef\";keyid=\"k\"",
        NOW + 9
    );
    let asks = |covered: &str, tail: &str| {
        let input = format!("s=({covered}){tail}");
        let signed = Signed::read(&input, &format!("s=:{}:", "A".repeat(86) + "==")).unwrap();
        signed.demand(&message, NOW, WINDOW).map(|_| ())
    };
    let all = r#""@method" "@authority" "@path" "@query" "content-digest""#;
    assert_eq!(asks(all, &tail), Ok(()));
    assert_eq!(
        asks(r#""content-digest" "@target-uri" "@method""#, &tail),
        Ok(())
    );
    for without in [
        "\"@method\" ",
        "\"@authority\" ",
        "\"@path\" ",
        "\"@query\" ",
        " \"content-digest\"",
    ] {
        let covered = all.replace(without, "");
        assert_eq!(asks(&covered, &tail), Err(Refusal::Coverage), "{without}");
    }
    for (from, to, why) in [
        (format!(";created={NOW}"), "", Refusal::Coverage),
        (format!(";expires={}", NOW + 9), "", Refusal::Coverage),
        (
            ";nonce=\"0123456789abcdef\"".to_owned(),
            "",
            Refusal::Coverage,
        ),
        (";keyid=\"k\"".to_owned(), "", Refusal::Coverage),
        ("0123456789abcdef".to_owned(), "012345678", Refusal::Form),
        (";keyid".to_owned(), ";tag=\"x\";keyid", Refusal::Coverage),
    ] {
        assert_eq!(asks(all, &tail.replace(&from, to)), Err(why), "{from}");
    }
}

proptest! {
    /// Whatever is changed in the fields of a signed request, it is not taken.
    #[test]
    fn no_changed_byte_passes(at in 0_usize..600, byte in 0_u8..128) {
        let fields = made();
        let digest = fields.digest.clone().unwrap();
        let whole = format!("{}\n{}\n{digest}", fields.input, fields.signature);
        let mut bytes = whole.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != b'\n' && bytes[at] != byte && byte != b'\n');
        bytes[at] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        let mut lines = changed.split('\n');
        let (input, signature) = (lines.next().unwrap(), lines.next().unwrap());
        let sent = [("content-digest", lines.next().unwrap())];
        let changed = Fields { input: input.to_owned(), signature: signature.to_owned(), digest: None };
        // A label that changes in both places would say the same; one place alone does not.
        prop_assert!(judge(&ours(&sent), &changed, NOW).is_err(), "{input}\n{signature}");
    }

    /// Reading never panics and says the same of every text.
    #[test]
    fn any_text_is_read_without_harm(input in ".{0,200}", signature in ".{0,200}") {
        let _read = Signed::read(&input, &signature);
        let _read = read_content_digest(&input);
    }
}
