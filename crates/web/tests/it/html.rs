//! A structural check of pages: what every reader, with or without eyes, relies on.

use std::collections::BTreeSet;

/// Values of an attribute, in order.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let open = format!(" {name}=\"");
    html.split(open.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// The opening tags of an element.
fn tags<'h>(html: &'h str, element: &str) -> Vec<&'h str> {
    let open = format!("<{element}");
    html.split(open.as_str())
        .skip(1)
        .filter(|rest| rest.starts_with([' ', '>']))
        .filter_map(|rest| rest.split('>').next())
        .collect()
}

/// Refuses a page that breaks a promise of the site.
pub(crate) fn check(path: &str, html: &str) {
    assert!(
        html.starts_with("<!DOCTYPE html>"),
        "{path}: a document type"
    );
    assert!(html.contains("<html lang=\""), "{path}: a language");
    assert_eq!(
        tags(html, "h1").len(),
        1,
        "{path}: one heading of the first rank"
    );
    assert_eq!(tags(html, "main").len(), 1, "{path}: one main part");
    assert_eq!(html.matches("<title>").count(), 1, "{path}: one title");
    let ids = attributes(html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
    let labelled: BTreeSet<&str> = attributes(html, "for").into_iter().collect();
    for field in ["input", "select", "textarea", "progress"] {
        let seen = |tag: &&str| !tag.contains("type=\"hidden\"");
        for tag in tags(html, field).into_iter().filter(seen) {
            let tag = format!(" {tag}");
            // What nobody sees nobody needs a label for.
            if tag.contains(" type=\"hidden\"") {
                continue;
            }
            let id = attributes(&tag, "id").first().copied().unwrap_or_default();
            assert!(labelled.contains(id), "{path}: no label for <{field}{tag}>");
        }
    }
    for name in ["aria-describedby", "aria-labelledby", "list"] {
        for targets in attributes(html, name) {
            for target in targets.split_whitespace() {
                assert!(
                    unique.contains(target),
                    "{path}: {name} leads to no {target}"
                );
            }
        }
    }
    for target in attributes(html, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'))
    {
        assert!(unique.contains(target), "{path}: #{target} leads nowhere");
    }
    assert!(
        !html.contains(" style=\""),
        "{path}: the policy forbids styles in tags"
    );
    assert!(
        !html.contains(" onclick=") && !html.contains("javascript:"),
        "{path}: script in tags"
    );
    for tag in tags(html, "table") {
        let _ = tag;
        assert!(html.contains("<caption"), "{path}: a table without caption");
    }
}

#[test]
fn the_check_finds_what_is_wrong() {
    let good = "<!DOCTYPE html><html lang=\"zh\"><title>t</title><main id=\"m\"><h1>x</h1><label for=\"a\">l</label><input id=\"a\"></main>";
    check("good", good);
    for bad in [
        good.replace("<label for=\"a\">l</label>", ""),
        good.replace("<h1>x</h1>", ""),
        good.replace("id=\"a\"", "id=\"m\""),
        good.replace("<h1>", "<h1 id=\"m\">"),
    ] {
        assert!(
            std::panic::catch_unwind(|| check("bad", &bad)).is_err(),
            "{bad}"
        );
    }
}
