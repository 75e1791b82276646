//! The demonstration takes the shipped files in and gives the counts that they must give.

use crate::desk::Desk;
use testkit::data::workspace;

#[test]
fn the_counts_are_those_of_the_manifest_and_a_second_run_adds_nothing() {
    let desk = Desk::new();
    let first = desk.ends(0, &["demo", "--no-serve"]).out;
    let manifest = std::fs::read_to_string(workspace().join("samples/manifest.tsv")).unwrap();
    let mut files = 0;
    for line in manifest.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, counts] = [cells[1], &cells[6..11].join("\t")];
        let said = first
            .lines()
            .find(|said| said.starts_with(file))
            .expect(file);
        let numbers: Vec<&str> = said
            .split([' ', ','])
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty())
            .collect();
        assert_eq!(numbers.join("\t"), *counts, "{file}: {said}");
        files += 1;
    }
    assert!(files >= 12, "{files} files");
    // The company that the demonstration sends people to is there.
    desk.ends(0, &["subject", "91990105MD0024050D"]);
    let size = |desk: &Desk| {
        std::fs::metadata(desk.data().join("gongxin.db"))
            .unwrap()
            .len()
    };
    let before = size(&desk);
    let again = desk.ends(0, &["demo", "--no-serve"]).out;
    assert_eq!(again.lines().count(), first.lines().count());
    assert_eq!(size(&desk), before);
}
