//! The catalogue from the command line: what is refused, and where; templates; schemas.

use crate::desk::Desk;
use testkit::data::workspace;

/// A code set with more unverified things than a terminal shows lines.
fn unsure() -> String {
    let path = workspace().join("catalog/codes/yes-no.toml");
    let notes: String = (0..40)
        .map(|number| format!("  \"note {number}\",\n"))
        .collect();
    let text = std::fs::read_to_string(path).unwrap();
    format!("unverified = [\n{notes}]\n{text}")
}

/// The shipped theme of honours with something exchanged.
fn theme(from: &str, to: &str) -> String {
    let path = workspace().join("catalog/themes/honour.toml");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn the_shipped_catalogue_is_accepted_and_listed() {
    let desk = Desk::new();
    let ran = desk.ends(0, &["catalog", "check"]);
    assert!(
        ran.out.lines().last().unwrap().contains("refusals 0"),
        "{}",
        ran.out
    );
    let list = desk.ends(0, &["catalog", "list"]).out;
    for theme in [
        "registration",
        "permit",
        "penalty",
        "tax-a",
        "customs",
        "environment",
    ] {
        assert!(
            list.lines()
                .any(|line| line.starts_with(&format!("{theme}\t"))),
            "{theme}"
        );
    }
    let json = desk.ends(0, &["catalog", "list", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(!json.is_null());
}

/// Exchanges something in the theme of honours and checks it: the refusal names the line.
#[track_caller]
fn refused_where(from: &str, to: &str) {
    let broken = theme(from, to);
    let at = broken.find(to).unwrap();
    let line = broken[..at].lines().count().max(1) + usize::from(broken[..at].ends_with('\n'));
    let desk = Desk::new();
    desk.write("honour.toml", &broken);
    let ran = desk.ends(6, &["catalog", "check", "honour.toml"]);
    let begins = format!("themes/honour.toml:{line}: C");
    assert!(
        ran.out.lines().any(|said| said.starts_with(&begins)),
        "{to} on line {line}: {}",
        ran.out
    );
    assert!(!ran.out.contains("codes/"), "{}", ran.out);
}

#[test]
fn a_broken_theme_is_refused_with_file_line_rule_and_reason() {
    refused_where("[sharing]", "[shared]");
    refused_where("class = \"honour\"", "class = \"fame\"");
    refused_where("FZRQ <= today", "FZRQ <= tomorrow");
    refused_where("type = \"date\"", "type = \"moment\"");
    refused_where(
        "suppliers = [\"science\", \"industry\"]",
        "suppliers = [\"nobody\"]",
    );
    refused_where(
        "code = \"SXXXMC\"\ntitle = { zh = \"守信信息名称\"",
        "code = \"SXXXMC\"\ntitle = { zh = \"宗教信仰\"",
    );
}

#[test]
fn a_refused_catalogue_stops_every_command_with_six() {
    let desk = Desk::new();
    desk.write("c/themes/x.toml", "code = \"x\n");
    desk.write("c/codes/unsure.toml", unsure());
    for args in [&["catalog", "list"][..], &["subject", "X"], &["migrate"]] {
        let ran = desk.ends(6, &[&["--catalog", "c"], args].concat());
        assert!(ran.err.contains("themes/x.toml:1: C"), "{}", ran.err);
    }
}

#[test]
fn a_template_is_filled_in_and_read_back() {
    let desk = Desk::new();
    let made = desk.ends(0, &["catalog", "template", "registration"]);
    assert_eq!(made.out.trim(), "registration.xlsx");
    let bytes = std::fs::read(desk.path("registration.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"));
    let streamed = desk.ends(0, &["catalog", "template", "registration", "-o", "-"]);
    assert!(streamed.bytes.starts_with(b"PK"));
    // Empty as it is, it binds and has no rows.
    let args = ["ingest", "--theme", "registration", "registration.xlsx"];
    assert_eq!(desk.ends(0, &args).counts(), [0, 0, 0, 0, 0]);
    desk.ends(3, &["catalog", "template", "nope"]);
}

#[test]
fn a_schema_goes_out_and_comes_back_as_a_draft() {
    let desk = Desk::new();
    desk.ends(0, &["catalog", "export", "penalty", "-o", "p.json"]);
    let schema: serde_json::Value = serde_json::from_str(&desk.read("p.json")).unwrap();
    let fields = schema["fields"].as_array().unwrap().len();
    let draft = desk.ends(0, &["catalog", "import", "p.json"]).out;
    assert_eq!(draft.matches("[[items]]").count(), fields);
    // What a schema cannot know is refused until a person has filled it in.
    desk.write("draft.toml", &draft);
    desk.ends(6, &["catalog", "check", "draft.toml"]);
    let all: serde_json::Value =
        serde_json::from_str(&desk.ends(0, &["catalog", "export"]).out).unwrap();
    assert!(all.as_array().unwrap().len() >= 17);
    desk.write("bad.json", "{\"fields\": [{}]}");
    desk.ends(3, &["catalog", "import", "bad.json"]);
    desk.write("bad.json", "{");
    desk.ends(3, &["catalog", "import", "bad.json"]);
}

/// A folder with the shipped catalogue and a site's own policies.
fn folder_with(desk: &Desk, policies: &str) {
    let shipped = workspace().join("catalog");
    for (from, content) in crate::desk::files_below(&shipped) {
        let name = from.strip_prefix(&shipped).unwrap_or(&from);
        let to = desk.path("catalog").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, content).unwrap();
    }
    desk.write("catalog/access/site.cedar", policies);
}

#[test]
fn rules_of_a_site_are_checked_and_only_forbid() {
    let desk = Desk::new();
    let forbids = "forbid (principal, action == Action::\"lookup-make\", resource)\n\
                   unless { principal has unit };";
    folder_with(&desk, forbids);
    desk.ends(0, &["catalog", "check", "catalog"]);
    desk.ends(0, &["--catalog", "catalog", "people", "list"]);

    folder_with(&desk, "permit (principal, action, resource);");
    let ran = desk.ends(6, &["catalog", "check", "catalog"]);
    assert!(ran.err.contains("only forbid"), "{}", ran.err);
    let ran = desk.ends(6, &["--catalog", "catalog", "people", "list"]);
    assert!(ran.err.contains("access/site.cedar"), "{}", ran.err);

    folder_with(
        &desk,
        "forbid (principal, action, resource) when { resource.score > 3 };",
    );
    let ran = desk.ends(6, &["catalog", "check", "catalog"]);
    assert!(ran.err.contains("score"), "{}", ran.err);
}
