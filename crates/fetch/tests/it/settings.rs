//! A file of sources names its hosts, and what does not fit is refused with what is wrong.

use fetch::{Every, Settings};

const HOSTS: &str = "[[host]]\nname = \"data.example.gov.cn\"\n[[host]]\nname = \"Inner.example:8443\"\ninside = true\n";

fn source(change: impl Fn(&str) -> String) -> String {
    let text = "[[source]]\ncode = \"samr-daily\"\nsupplier = \"samr\"\ntheme = \"registration\"\n\
        account = \"samr.gateway\"\nurl = \"https://data.example.gov.cn/out/r.csv?a=1\"\nevery_minutes = 60\n";
    format!("{HOSTS}{}", change(text))
}

fn read(text: &str) -> Result<Settings, fetch::BadSettings> {
    Settings::parse(text, |name| match name {
        "key" => Ok(b"0123456789abcdef\n".to_vec()),
        "bad" => Ok(b"two\nlines".to_vec()),
        _ => Err(std::io::Error::other("not there")),
    })
}

#[test]
fn a_whole_file_is_read() {
    let read = read(&source(|text| {
        format!("{text}mode = \"delta\"\nkey_file = \"key\"\n")
    }))
    .expect("read");
    let [one] = read.sources.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(
        (one.code.as_str(), one.host()),
        ("samr-daily", "data.example.gov.cn")
    );
    assert_eq!(
        (&one.every, read.keys.as_slice()),
        (&Every::Minutes(60), ["key".to_owned()].as_slice())
    );
    let said = format!("{read:?}");
    assert!(
        !said.contains("0123456789") && !said.contains("/out/"),
        "{said}"
    );
    let inner =
        source(|text| text.replace("https://data.example.gov.cn/", "http://inner.example:8443/"));
    assert!(
        self::read(&inner).is_ok(),
        "a host inside may be asked without TLS"
    );
    let times = source(|text| text.replace("every_minutes = 60", "times = [\"18:00\", \"06:30\"]"));
    let times = self::read(&times).expect("read").sources[0].every.clone();
    assert!(matches!(times, Every::Times(times) if times.len() == 2 && times[0] < times[1]));
}

#[test]
fn what_does_not_fit_is_refused() {
    let with = |from: &'static str, to: &'static str| source(move |text| text.replace(from, to));
    for (why, text) in [
        ("a code", with("samr-daily", "Samr")),
        (
            "an unlisted host",
            with("data.example.gov.cn/", "other.example.gov.cn/"),
        ),
        (
            "an unlisted port",
            with("data.example.gov.cn/", "data.example.gov.cn:8443/"),
        ),
        (
            "the end of another host",
            with("data.example.gov.cn/", "data.example.gov.cn.evil.example/"),
        ),
        (
            "a name before the host",
            with("https://data", "https://data.example.gov.cn@evil.example/"),
        ),
        ("a backslash", with("/out/", "\\\\evil.example/")),
        ("plain HTTP outside", with("https://", "http://")),
        ("another scheme", with("https://", "file://")),
        (
            "no host",
            with("https://data.example.gov.cn/out", "https:///out"),
        ),
        (
            "a pause too short",
            with("every_minutes = 60", "every_minutes = 4"),
        ),
        ("no time", with("every_minutes = 60", "")),
        (
            "both",
            with(
                "every_minutes = 60",
                "every_minutes = 60\ntimes = [\"06:00\"]",
            ),
        ),
        (
            "a time that is none",
            with("every_minutes = 60", "times = [\"25:00\"]"),
        ),
        (
            "a mode",
            with("every_minutes", "mode = \"all\"\nevery_minutes"),
        ),
        (
            "a key that is not there",
            with("every_minutes", "key_file = \"x\"\nevery_minutes"),
        ),
        (
            "a key of two lines",
            with("every_minutes", "key_file = \"bad\"\nevery_minutes"),
        ),
        (
            "a word that is not known",
            with("every_minutes", "password = \"x\"\nevery_minutes"),
        ),
        ("a code twice", source(|text| format!("{text}{text}"))),
    ] {
        assert!(read(&text).is_err(), "{why}: {text}");
    }
}
