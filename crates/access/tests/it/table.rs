//! All that the shipped policies say, as a table that is read before it is accepted.

use crate::{appointed, shipped, today};
use credit::people::{Action, Reach, Role};
use std::fmt::Write as _;

#[test]
fn the_table_of_roles_and_actions_is_as_committed() {
    let access = shipped();
    let mut table = String::from("action");
    for role in Role::ALL {
        write!(table, "\t{}", role.code()).expect("a string");
    }
    for action in Action::ALL {
        write!(table, "\n{}", action.code()).expect("a string");
        for role in Role::ALL {
            let reach = |themes| access.reach(&[appointed(role, "samr", themes)], *action, today());
            let own = |themes: Vec<String>| Reach::Own(vec![("samr".to_owned(), themes)]);
            let cell = match (reach(&[]), reach(&["penalty"])) {
                (Reach::All, Reach::All) => "all",
                (all, some)
                    if all == own(Vec::new()) && some == own(vec!["penalty".to_owned()]) =>
                {
                    "own"
                }
                (all, some) if all.is_nothing() && some.is_nothing() => "-",
                other => panic!("{role:?} {action:?}: {other:?}"),
            };
            write!(table, "\t{cell}").expect("a string");
        }
    }
    testkit::data::kept("docs/access-table.tsv", &(table + "\n"));
}
