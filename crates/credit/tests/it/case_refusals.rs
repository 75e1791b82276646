//! Each rule of the checker over tables of cases, against a file that breaks it.

use credit::catalog::{Finding, Grade, check};

/// A table that keeps every rule; each case below breaks one thing in it.
const GOOD: &str = r#"
code = "quarrel"
version = "cn-1"
valid_from = 2026-01-01
jurisdiction = "CN"
layer = "national"
title = { zh = "争议", en = "Quarrel", ru = "Спор" }
about = { zh = "测试", en = "Test", ru = "Проверка" }

[[basis]]
law = "民法典"
rank = "law"
verified = true

[[states]]
code = "filed"
title = { zh = "已提出", en = "filed", ru = "подано" }
effects = ["contested"]
deadline = { who = "centre", working_days = 3, basis = "某法 1", verified = true }

[[states]]
code = "paused"
title = { zh = "中止", en = "paused", ru = "пауза" }
paused = true
deadline = { who = "centre", term = "3 months", basis = "某法 2", verified = true }

[[states]]
code = "won"
title = { zh = "支持", en = "won", ru = "выиграно" }
end = true

[[states]]
code = "lost"
title = { zh = "驳回", en = "lost", ru = "проиграно" }
end = true
adverse = true

[[states]]
code = "gone"
title = { zh = "逾期", en = "gone", ru = "истекло" }
end = true

[[moves]]
code = "file"
title = { zh = "提出", en = "file", ru = "подать" }
to = "filed"
by = ["subject"]
basis = "某法 3"
verified = true

[[moves]]
code = "win"
title = { zh = "支持", en = "win", ru = "выиграть" }
from = ["filed"]
to = "won"
by = ["centre"]
basis = "某法 4"
verified = true

[[moves]]
code = "lose"
title = { zh = "驳回", en = "lose", ru = "проиграть" }
from = ["filed"]
to = "lost"
by = ["centre"]
needs = ["reason"]
remedy = { zh = "复议", en = "review", ru = "пересмотр" }
basis = "某法 5"
verified = true

[[moves]]
code = "stop"
title = { zh = "中止", en = "stop", ru = "остановить" }
from = ["filed"]
to = "paused"
by = ["centre"]
choices = [{ code = "appraisal", title = { zh = "鉴定", en = "appraisal", ru = "экспертиза" } }]
basis = "某法 6"
verified = true

[[moves]]
code = "go"
title = { zh = "恢复", en = "go on", ru = "продолжить" }
from = ["paused"]
to = "filed"
by = ["centre"]
resumes = true
basis = "某法 7"
verified = true

[[moves]]
code = "run-out"
title = { zh = "逾期", en = "run out", ru = "истечь" }
from = ["filed"]
to = "gone"
by = ["clock"]
basis = "某法 8"
verified = true

[[moves]]
code = "put-off"
title = { zh = "延长", en = "put off", ru = "продлить" }
from = ["filed"]
to = "filed"
by = ["centre"]
extends = 3
basis = "某法 9"
verified = true
"#;

fn errors(text: &str) -> Vec<Finding> {
    let files = [("cases/quarrel.toml".to_owned(), text.to_owned())];
    let mut findings = check(&files);
    findings.retain(|finding| finding.severity == Grade::Error);
    findings
}

/// Puts `new` for `old` and expects that rule, in three languages.
fn refuses(rule: &str, old: &str, new: &str) {
    assert_eq!(GOOD.matches(old).count(), 1, "{rule}: {old:?} stands once");
    let found = errors(&GOOD.replace(old, new));
    let hit = found.iter().find(|finding| finding.rule == rule);
    let hit = hit.unwrap_or_else(|| panic!("{rule} for {new:?}: {found:#?}"));
    assert!(hit.line > 1);
    for text in [&hit.message.zh, &hit.message.en, &hit.message.ru] {
        assert!(!text.is_empty() && !text.contains("{0}"), "{text}");
    }
}

#[test]
fn the_fixture_itself_is_good() {
    assert_eq!(errors(GOOD), []);
}

#[test]
fn every_state_is_reached_and_leads_to_an_end() {
    let orphan = "code = \"orphan\"\ntitle = { zh = \"孤\", en = \"orphan\", ru = \"сирота\" }\nend = true\n\n[[states]]\ncode = \"gone\"";
    refuses("C40", "code = \"gone\"", orphan);
    // With its only way back gone, the pause leads nowhere.
    refuses(
        "C41",
        "from = [\"paused\"]\nto = \"filed\"",
        "from = [\"paused\"]\nto = \"paused\"",
    );
    refuses(
        "C48",
        "from = [\"filed\"]\nto = \"won\"",
        "from = [\"filed\"]\nto = \"nowhere\"",
    );
}

#[test]
fn every_move_has_an_actor_and_a_basis() {
    refuses(
        "C42",
        "to = \"filed\"\nby = [\"subject\"]",
        "to = \"filed\"\nby = []",
    );
    refuses(
        "C42",
        "to = \"filed\"\nby = [\"subject\"]",
        "to = \"filed\"\nby = [\"clock\"]",
    );
    refuses(
        "C06",
        "to = \"filed\"\nby = [\"subject\"]",
        "to = \"filed\"\nby = [\"anyone\"]",
    );
    refuses("C43", "basis = \"某法 4\"", "basis = \" \"");
    refuses("C10", "rank = \"law\"", "rank = \"standard\"");
    refuses("C15", "layer = \"national\"", "layer = \"city\"");
}

#[test]
fn every_open_state_has_a_deadline_with_a_basis() {
    let own =
        "deadline = { who = \"centre\", working_days = 3, basis = \"某法 1\", verified = true }";
    refuses("C44", own, "");
    refuses(
        "C43",
        own,
        "deadline = { who = \"centre\", working_days = 3 }",
    );
    refuses(
        "C44",
        own,
        "deadline = { who = \"centre\", working_days = 0, basis = \"某法\" }",
    );
    refuses(
        "C36",
        own,
        "deadline = { who = \"centre\", basis = \"某法\" }",
    );
}

#[test]
fn what_is_against_the_subject_has_reasons_and_a_remedy() {
    refuses("C45", "needs = [\"reason\"]\n", "");
    let remedy = "remedy = { zh = \"复议\", en = \"review\", ru = \"пересмотр\" }\n";
    refuses("C45", remedy, "");
}

#[test]
fn the_clock_decides_against_nobody() {
    refuses(
        "C46",
        "to = \"gone\"\nby = [\"clock\"]",
        "to = \"lost\"\nby = [\"clock\"]",
    );
    let shared = "to = \"gone\"\nby = [\"clock\", \"centre\"]";
    refuses("C46", "to = \"gone\"\nby = [\"clock\"]", shared);
    let brings = "to = \"gone\"\nby = [\"clock\"]\nneeds = [\"reason\"]";
    refuses("C46", "to = \"gone\"\nby = [\"clock\"]", brings);
}

#[test]
fn a_pause_has_listed_reasons_and_a_way_back() {
    let choices = "choices = [{ code = \"appraisal\", title = { zh = \"鉴定\", en = \"appraisal\", ru = \"экспертиза\" } }]\n";
    refuses("C47", choices, "");
    refuses("C47", "resumes = true\n", "");
    refuses("C47", "extends = 3", "extends = 0");
    refuses(
        "C47",
        "to = \"filed\"\nby = [\"centre\"]\nextends",
        "to = \"won\"\nby = [\"centre\"]\nextends",
    );
}

#[test]
fn two_editions_do_not_share_a_day_and_a_local_one_says_what_differs() {
    let two = |text: String| {
        let files = [
            ("cases/a.toml".to_owned(), GOOD.to_owned()),
            ("cases/b.toml".to_owned(), text),
        ];
        let found = check(&files).into_iter();
        found
            .filter(|one| one.severity == Grade::Error)
            .map(|one| one.rule)
            .collect::<Vec<_>>()
    };
    let next = GOOD.replace("version = \"cn-1\"", "version = \"cn-2\"");
    assert_eq!(two(next.clone()), ["C17"]);
    let local = r#"
code = "quarrel"
version = "hz-1"
like = "cn-1"
valid_from = 2026-01-01
jurisdiction = "330100"
layer = "city"
title = { zh = "争议", en = "Quarrel", ru = "Спор" }
about = { zh = "测试", en = "Test", ru = "Проверка" }
[[basis]]
law = "某市条例"
rank = "local-regulation"
verified = true
"#;
    assert_eq!(two(local.to_owned()), Vec::<String>::new());
    assert_eq!(
        two(local.replace("like = \"cn-1\"", "like = \"cn-9\"")),
        ["C48"]
    );
    // What it changes is checked with all that it takes over.
    let cut = format!(
        "{local}\n[[states]]\ncode = \"filed\"\ntitle = {{ zh = \"x\", en = \"x\", ru = \"x\" }}\n"
    );
    assert!(two(cut).contains(&"C44".to_owned()));
}
