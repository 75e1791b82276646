//! The index follows what happens to subjects that are on file: later names, merges, splits, facts
//! that wait and facts that are withdrawn. After any history it answers as one that was just made.

use crate::desk::{Desk, catalog, desks};
use crate::snapshots::code;
use credit::catalog::Mode;
use exchange::identity::{self, DecisionId, Verdict};
use exchange::ingest::File;
use exchange::search::{Followed, Found, Names, by_name};
use policy::Officer;

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";
const LISTED: &str =
    "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n";

fn officer() -> Officer {
    Officer::parse("甲某", "信用中心").expect("an officer")
}

async fn caught_up(desk: &Desk, names: &Names) {
    while names.follow(&desk.office).await.expect("followed") != Followed::Added(0) {}
}

async fn ask(desk: &Desk, names: &Names, text: &str) -> Found {
    by_name(&desk.office, Some(names), text, None)
        .await
        .expect("answered")
}

/// What is told of each hit, in an order of its own: hits of one class and length stand as the
/// index met them.
fn told(found: &Found) -> Vec<String> {
    let mut told: Vec<String> = found
        .hits
        .iter()
        .map(|one| {
            let hit = &one.hit;
            format!("{} {} {:?} {}", hit.subject, hit.name, one.kind, one.edits)
        })
        .collect();
    told.sort();
    told
}

async fn register(desk: &Desk, file: &str, bodies: &[(u32, String)]) {
    let rows = bodies
        .iter()
        .map(|(number, name)| format!("{name},{},2001-02-03,软件开发\n", code(*number)));
    let text: String = std::iter::once(HEAD.to_owned()).chain(rows).collect();
    desk.take("registration", file, text.into_bytes()).await;
}

/// A list of which each edition replaces the one before; what is missing from it is withdrawn.
async fn list(desk: &Desk, day: &str, bodies: &[(u32, String)]) {
    let rows = bodies.iter().map(|(number, name)| {
        format!(
            "{name},{},云异列〔2026〕{number}号,2025-12-04,通过登记的住所无法取得联系,云汀市市场监督管理局\n",
            code(*number)
        )
    });
    let text: String = std::iter::once(LISTED.to_owned()).chain(rows).collect();
    let file = File::bytes("list.csv", text.into_bytes());
    let taken = desk
        .submit("abnormal", Some(Mode::Snapshot), Some(day), file)
        .await
        .expect("taken");
    if taken.waiting.is_some() {
        exchange::snapshots::confirm(&desk.office, &taken.id, "乙某", "信用中心")
            .await
            .expect("confirmed");
    }
}

async fn decide(desk: &Desk, verdict: Verdict, a: u32, b: u32) -> Option<DecisionId> {
    let pair = (code(a), code(b));
    let pair = (pair.0.as_str(), pair.1.as_str());
    // Decisions that stand against it refuse it; a history goes on.
    let done = identity::decide(&desk.office, verdict, pair, &officer(), "同一住所").await;
    done.ok().map(|done| done.id)
}

#[tokio::test]
async fn a_later_name_a_merge_and_a_withdrawn_fact_show_in_the_next_turn() {
    for desk in desks(&catalog(&[])).await {
        let names = Names::in_memory();
        let body = |n: u32, name: &str| (n, name.to_owned());
        desk.on("2026-01-05");
        let first = [
            body(1, "云汀市栖澜枫渡商贸有限公司"),
            body(2, "云汀市鹭洲软件有限公司"),
        ];
        register(&desk, "a.csv", &first).await;
        // A third stands on a list and nowhere else.
        list(
            &desk,
            "2026-01-05",
            &[
                body(3, "云汀市砚溪仓储有限公司"),
                body(9, "云汀市某库有限公司"),
            ],
        )
        .await;
        caught_up(&desk, &names).await;
        assert_eq!(
            ask(&desk, &names, "云汀市砚西仓储有限公司")
                .await
                .hits
                .len(),
            1
        );

        // One renames itself: the new name is found with a slip, and the old one still leads there.
        desk.on("2026-02-05");
        register(&desk, "b.csv", &[body(1, "云汀市雁栖湖光商贸有限公司")]).await;
        let turn = names.follow(&desk.office).await.expect("followed");
        assert_eq!(turn, Followed::Added(1), "{}", desk.engine);
        let new = ask(&desk, &names, "云汀市雁西湖光商贸有限公司").await;
        let old = ask(&desk, &names, "云汀市栖澜枫度商贸有限公司").await;
        assert_eq!(new.hits.len(), 1, "{}", desk.engine);
        assert_eq!(new.hits[0].hit.subject, old.hits[0].hit.subject);
        assert_eq!(names.count(), 5);

        // Merged, both names lead to one subject; parted again, to two.
        let merged = decide(&desk, Verdict::Same, 1, 2).await.expect("decided");
        caught_up(&desk, &names).await;
        let one = ask(&desk, &names, "云汀市雁西湖光商贸有限公司").await;
        let two = ask(&desk, &names, "云汀市鹭州软件有限公司").await;
        assert_eq!(one.hits[0].hit.subject, two.hits[0].hit.subject);
        identity::undo(&desk.office, merged, &officer(), "有误")
            .await
            .expect("undone");
        caught_up(&desk, &names).await;
        let two = ask(&desk, &names, "云汀市鹭州软件有限公司").await;
        assert_ne!(one.hits[0].hit.subject, two.hits[0].hit.subject);

        // Withdrawn from its list, the third is nobody's business any more.
        desk.on("2026-03-05");
        list(&desk, "2026-03-05", &[body(9, "云汀市某库有限公司")]).await;
        caught_up(&desk, &names).await;
        let gone = ask(&desk, &names, "云汀市砚西仓储有限公司").await;
        assert!(gone.hits.is_empty(), "{}", desk.engine);
    }
}

/// Dice that fall the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    fn name(&mut self) -> String {
        const WORDS: [&str; 12] = [
            "栖", "澜", "枫", "渡", "鹭", "洲", "砚", "溪", "雁", "汀", "岫", "霁",
        ];
        const TRADES: [&str; 4] = ["商贸", "软件", "仓储", "建材"];
        let mut word = || WORDS[self.below(12) as usize];
        let trade = format!("{}{}{}", word(), word(), word());
        let branch = TRADES[self.below(4) as usize];
        format!("云汀市{trade}{branch}有限公司")
    }
}

/// A name with one of its characters replaced.
fn slip(name: &str) -> String {
    name.chars()
        .enumerate()
        .map(|(place, one)| if place == 4 { '某' } else { one })
        .collect()
}

/// Bodies of a random history, and what was ever called how.
struct History {
    dice: Dice,
    bodies: u32,
    names: Vec<String>,
    decided: Vec<DecisionId>,
    listed: Vec<(u32, String)>,
}

impl History {
    async fn step(&mut self, desk: &Desk, number: u32) {
        let day = format!("2026-{:02}-{:02}", number / 28 + 1, number % 28 + 1);
        desk.on(&day);
        let known = self.dice.below(self.bodies) + 1;
        match self.dice.below(6) {
            0 | 1 => {
                // One that may be new and one that is on file, each under a new name.
                self.bodies += 1;
                let bodies = [(self.bodies, self.dice.name()), (known, self.dice.name())];
                self.names.extend(bodies.iter().map(|body| body.1.clone()));
                register(desk, &format!("r{number}.csv"), &bodies).await;
            }
            2 => {
                let other = self.dice.below(self.bodies) + 1;
                let verdict = match self.dice.below(3) {
                    0 => Verdict::Different,
                    _ => Verdict::Same,
                };
                if known != other {
                    self.decided
                        .extend(decide(desk, verdict, known, other).await);
                }
            }
            3 if !self.decided.is_empty() => {
                let at = self
                    .dice
                    .below(u32::try_from(self.decided.len()).unwrap_or(1));
                let id = self.decided.swap_remove(at as usize);
                let undone = identity::undo(&desk.office, id, &officer(), "有误").await;
                undone.expect("undone");
            }
            _ => {
                // The list's next edition has one body more, under a name of the list's own, and
                // may lack one.
                if self.listed.len() > 2 {
                    let at = self
                        .dice
                        .below(u32::try_from(self.listed.len()).unwrap_or(1));
                    self.listed.swap_remove(at as usize);
                }
                let name = self.dice.name();
                self.names.push(name.clone());
                self.listed.retain(|body| body.0 != known + 100);
                self.listed.push((known + 100, name));
                list(desk, &day, &self.listed).await;
            }
        }
    }
}

async fn assert_as_made_anew(desk: &Desk, names: &Names, history: &History, step: u32) {
    let anew = Names::in_memory();
    caught_up(desk, &anew).await;
    assert_eq!(names.count(), anew.count(), "{} {step}", desk.engine);
    let asked = history.names.iter().flat_map(|name| {
        let part: String = name.chars().skip(3).take(3).collect();
        [name.clone(), slip(name), part]
    });
    for text in asked {
        let (followed, made) = (ask(desk, names, &text).await, ask(desk, &anew, &text).await);
        assert_eq!(
            told(&followed),
            told(&made),
            "{} {step} {text}",
            desk.engine
        );
    }
}

#[tokio::test]
async fn after_any_history_the_index_answers_as_one_made_anew() {
    for seed in [1, 2] {
        for desk in desks(&catalog(&[])).await {
            let folder = tempfile::tempdir().expect("a folder");
            let mut names = Names::in_folder(folder.path());
            let mut history = History {
                dice: Dice(seed),
                bodies: 1,
                names: Vec::new(),
                decided: Vec::new(),
                listed: Vec::new(),
            };
            for step in 0..36 {
                history.step(&desk, step).await;
                match history.dice.below(5) {
                    // The process ends, and another takes the folder up.
                    0 => names = Names::in_folder(folder.path()),
                    1 | 2 => drop(names.follow(&desk.office).await.expect("followed")),
                    _ => {}
                }
                if step % 12 == 11 {
                    caught_up(&desk, &names).await;
                    assert_as_made_anew(&desk, &names, &history, step).await;
                }
            }
            assert!(history.names.len() > 10, "a history of names");
        }
    }
}
