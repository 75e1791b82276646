//! A provider that lies, against the room that must not believe it: each answer is right but for one
//! thing. A provider that does not lie is a real one, in the tests of `web`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

mod liar;
mod settings;

use liar::{Liar, NOW, trip};
use oidc::Error;
use serde_json::json;

fn unproven(liar: &Liar) -> String {
    match liar.provider().back(&trip(), "a-code", NOW) {
        Err(Error::Unproven { cause, .. }) => cause,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("believed"),
    }
}

#[test]
fn a_right_answer_proves_who_came() {
    let liar = Liar::start();
    let proven = liar
        .provider()
        .back(&trip(), "a-code", NOW)
        .expect("proven");
    assert_eq!(proven.issuer, liar.issuer());
    assert_eq!(proven.subject, "somebody");
    assert_eq!(proven.name.as_deref(), Some("Somebody"));
    assert_eq!(proven.represents.as_deref(), Some("91990104MD00100119"));
    assert!(proven.two_factors);
    // What the site sent: its secret, the code, and what the challenge was made of.
    let asked = liar.asked("/token");
    assert!(asked.contains("authorization: basic "), "{asked}");
    assert!(asked.contains("code_verifier=vvvv"), "{asked}");
    assert!(asked.contains("grant_type=authorization_code"), "{asked}");
}

#[test]
fn the_way_out_carries_what_must_come_back() {
    let liar = Liar::start();
    let url = liar
        .provider()
        .leave(&trip(), "zh-CN", true, NOW)
        .expect("an address");
    assert!(
        url.starts_with(&format!("{}/auth?", liar.issuer())),
        "{url}"
    );
    for part in [
        "response_type=code",
        "client_id=gongxin",
        "state=a-state",
        "nonce=a-nonce",
        "code_challenge_method=S256",
        "scope=openid+organisation",
        "prompt=login",
        "acr_values=two",
        "redirect_uri=https%3A%2F%2Fcredit.example%2Faccount%2Fback%2Fgov",
    ] {
        assert!(url.contains(part), "{part} in {url}");
    }
    assert!(!url.contains("vvvv"), "the verifier stays here");
}

#[test]
fn a_token_that_is_wrong_in_one_thing_is_not_believed() {
    let cases = [
        ("iss", json!("https://elsewhere.example"), "issuer"),
        ("aud", json!("another-site"), "another site"),
        ("aud", json!(["gongxin", "another-site"]), "another site"),
        ("nonce", json!("of-another-trip"), "another way out"),
        ("exp", json!(NOW - 1), "over"),
        ("iat", json!(NOW + 3_600), "not yet"),
        ("sub", json!(""), "subject"),
        ("sub", json!("s".repeat(256)), "subject"),
    ];
    for (claim, value, why) in cases {
        let liar = Liar::start();
        liar.claim(claim, value.clone());
        let cause = unproven(&liar);
        assert!(cause.contains(why), "{claim} {value}: {cause}");
        assert!(
            !cause.contains("another-site\"") && !cause.contains("somebody"),
            "{cause}"
        );
    }
}

#[test]
fn a_token_that_anyone_could_sign_is_not_believed() {
    for (what, make) in [
        ("none", Liar::unsigned as fn(&Liar)),
        ("the site's secret", Liar::signed_by_the_secret),
        ("the public key as a secret", Liar::signed_by_the_public_key),
        ("another key under the same name", Liar::signed_by_another),
        ("a signature of something else", Liar::signature_of_another),
    ] {
        let liar = Liar::start();
        make(&liar);
        let provider = liar.provider();
        let answer = provider.back(&trip(), "a-code", NOW);
        assert!(
            matches!(
                answer,
                Err(Error::Unproven { .. } | Error::Unreachable { .. })
            ),
            "{what} was believed"
        );
    }
}

#[test]
fn keys_that_the_provider_changed_are_fetched_once() {
    let liar = Liar::start();
    let provider = liar.provider();
    provider.back(&trip(), "a-code", NOW).expect("proven");
    liar.new_key();
    // Within ten seconds of the last look nobody makes the site ask again.
    assert!(provider.back(&trip(), "a-code", NOW + 5).is_err());
    provider
        .back(&trip(), "a-code", NOW + 11)
        .expect("proven by the new key");
    assert_eq!(liar.count("/jwks"), 2);
}

#[test]
fn what_the_token_leaves_out_is_asked_for_and_is_of_the_same_person() {
    let liar = Liar::start();
    liar.drop_claim("organisation");
    liar.person(json!({"sub": "somebody", "organisation": "91990104MD00100119", "acr": "two"}));
    let proven = liar
        .provider()
        .back(&trip(), "a-code", NOW)
        .expect("proven");
    assert_eq!(proven.represents.as_deref(), Some("91990104MD00100119"));
    liar.person(json!({"sub": "somebody-else", "organisation": "91990104MD00100119"}));
    assert!(unproven(&liar).contains("another's"));
    // What it says of factors counts inside the token only.
    liar.drop_claim("acr");
    liar.person(json!({"sub": "somebody", "organisation": "91990104MD00100119", "acr": "two"}));
    let proven = liar
        .provider()
        .back(&trip(), "a-code", NOW)
        .expect("proven");
    assert!(!proven.two_factors);
}

#[test]
fn who_works_there_represents_nothing() {
    for capacity in [
        json!("clerk"),
        json!(["clerk", "auditor"]),
        json!(null),
        json!(7),
        json!({}),
    ] {
        let liar = Liar::start();
        liar.claim("capacity", capacity.clone());
        let proven = liar
            .provider()
            .back(&trip(), "a-code", NOW)
            .expect("proven");
        assert_eq!(proven.represents, None, "{capacity}");
    }
    let liar = Liar::start();
    liar.claim("capacity", json!(["clerk", "legal-representative"]));
    let proven = liar
        .provider()
        .back(&trip(), "a-code", NOW)
        .expect("proven");
    assert!(proven.represents.is_some());
}

#[test]
fn a_provider_that_leads_elsewhere_or_answers_without_end_is_left() {
    for (what, make) in [
        (
            "another issuer in its own description",
            Liar::names_another as fn(&Liar),
        ),
        ("a token address without TLS", Liar::opens_elsewhere),
        ("a redirect", Liar::redirects),
        ("two mebibytes", Liar::floods),
        ("words", Liar::babbles),
    ] {
        let liar = Liar::start();
        make(&liar);
        let provider = liar.provider();
        let answer = provider.back(&trip(), "a-code", NOW);
        assert!(matches!(answer, Err(Error::Unreachable { .. })), "{what}");
    }
    let liar = Liar::start();
    let provider = liar.provider();
    liar.stop();
    assert!(provider.back(&trip(), "a-code", NOW).is_err());
    let cause = provider.leave(&trip(), "en", false, NOW + 1);
    assert!(cause.is_err_and(|cause| cause.to_string().contains("just now")));
}
