//! The invariants of what may be collected, tried on the shipped catalogue itself: each theme, broken in
//! each way, is refused before anything can be stored under it.

use credit::catalog::Catalog;

/// The shipped catalogue's files.
fn shipped() -> Vec<(String, String)> {
    let root = testkit::data::workspace().join("catalog");
    let (mut files, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(&root).expect("below");
            let name = name.to_string_lossy().replace('\\', "/");
            if path.is_dir() && name != "examples" {
                folders.push(path);
            } else if name.ends_with(".toml") {
                files.push((name, std::fs::read_to_string(&path).expect("readable")));
            }
        }
    }
    files.sort();
    files
}

/// The catalogue with one theme's text changed.
fn with(name: &str, change: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let mut files = shipped();
    for (path, text) in &mut files {
        if path == name {
            let changed = change(text);
            assert_ne!(&changed, text, "{name} was changed");
            *text = changed;
        }
    }
    files
}

/// A text without the table that begins with a line, up to the next one.
fn without(text: &str, table: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        if line.starts_with('[') {
            inside = *line == table;
        }
        !inside
    });
    lines.map(|line| format!("{line}\n")).collect()
}

fn themes() -> Vec<String> {
    let files = shipped().into_iter();
    let names = files.map(|(name, _)| name);
    names.filter(|name| name.starts_with("themes/")).collect()
}

#[test]
fn invariant_03_no_theme_goes_without_basis_supplier_sharing_class_or_end() {
    assert!(Catalog::load(&shipped()).is_ok());
    let mut tried = 0;
    for theme in themes() {
        for table in ["[[basis]]", "[sharing]"] {
            let files = with(&theme, |text| without(text, table));
            assert!(Catalog::load(&files).is_err(), "{theme} without {table}");
            tried += 1;
        }
        let files = with(&theme, |text| {
            let lines = text.lines().filter(|line| !line.starts_with("suppliers ="));
            let lines = lines.filter(|line| !line.starts_with("any_authority"));
            lines.map(|line| format!("{line}\n")).collect()
        });
        assert!(Catalog::load(&files).is_err(), "{theme} without suppliers");
        let text = shipped().into_iter().find(|(name, _)| *name == theme);
        if text.is_some_and(|(_, text)| text.contains("[clocks]")) {
            let files = with(&theme, |text| without(text, "[clocks]"));
            assert!(Catalog::load(&files).is_err(), "{theme} without an end");
        }
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn invariant_03_what_is_never_collected_is_no_item_of_any_theme() {
    let never = [
        "宗教信仰",
        "民族",
        "政治面貌",
        "信访次数",
        "工会会员",
        "性取向",
        "基因",
        "指纹",
        "血型",
        "病史",
        "行踪轨迹",
    ];
    for (theme, word) in themes().into_iter().zip(never.iter().cycle()) {
        let item = format!(
            "\n[[items]]\ncode = \"XX\"\ntitle = {{ zh = \"{word}\", en = \"Item\", ru = \"Пункт\" }}\ntype = \"text\"\nlength = 20\n"
        );
        // Before the first item, so that it is one of the theme's whatever follows.
        let files = with(&theme, |text| {
            text.replacen("\n[[items]]\n", &format!("{item}\n[[items]]\n"), 1)
        });
        assert!(Catalog::load(&files).is_err(), "{word} in {theme}");
    }
}

#[test]
fn invariant_02_no_theme_scores_grades_or_ranks_a_person() {
    let words = ["信用分", "评分", "积分", "排名"];
    for (theme, word) in themes().into_iter().zip(words.iter().cycle()) {
        let item = format!(
            "\n[[items]]\ncode = \"XX\"\ntitle = {{ zh = \"{word}\", en = \"Item\", ru = \"Пункт\" }}\ntype = \"text\"\nlength = 20\n"
        );
        for kind in ["natural-person", "individual-business"] {
            let files = with(&theme, |text| {
                let lines = text.lines().map(|line| {
                    if line.starts_with("subject_kinds =") {
                        format!("subject_kinds = [\"{kind}\"]\n")
                    } else {
                        format!("{line}\n")
                    }
                });
                let text: String = lines.collect();
                text.replacen("\n[[items]]\n", &format!("{item}\n[[items]]\n"), 1)
            });
            assert!(
                Catalog::load(&files).is_err(),
                "{word} of a {kind} in {theme}"
            );
        }
    }
}
