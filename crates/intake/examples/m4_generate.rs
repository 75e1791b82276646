//! Makes the file of the measurement M4: rows of 14 columns, some of them bad in known ways.
//!
//! `m4_generate OUT.csv [ROWS] [SEED] [all|plain]` writes the file and one JSON line with how many
//! rows are bad and how. `plain` uses only mistakes that checkers without check digits, cross-field
//! rules and protection of persons find as well, so that peers can be compared row for row.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};

/// Bad rows per thousand.
const BAD: u64 = 40;

const HEADER: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,决定书文号,违法行为,处罚类别,罚款金额（万元）,决定日期,有效期,公示截止期,处罚机关,处罚机关统一社会信用代码,备注";

/// Mistakes that a type, a pattern, a length or a list finds.
const PLAIN: [&str; 6] = ["no-name", "no-number", "kind", "date", "amount", "long"];

/// Mistakes that need knowledge of the field.
const DEEP: [&str; 8] = [
    "check-digit",
    "organ-digit",
    "no-such-day",
    "future",
    "ends-before",
    "no-amount",
    "person",
    "citizen",
];

/// A small generator of numbers: the same seed gives the same file on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.roll(list.len() as u64)).unwrap_or(0);
        list.get(at).copied().unwrap_or("")
    }
}

/// Adds the check digit of a unified code (GB 32100-2015).
fn uscc(head: &str) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut weight = 1;
    let mut sum = 0;
    for byte in head.bytes() {
        let value = ALPHABET.iter().position(|each| *each == byte).unwrap_or(0);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let check = ALPHABET.get((31 - sum % 31) % 31).copied().unwrap_or(b'0');
    format!("{head}{}", char::from(check))
}

/// A code whose last character is another than the right one.
fn broken(code: &str) -> String {
    let last = if code.ends_with('1') { '2' } else { '1' };
    let mut wrong = code.to_owned();
    wrong.pop();
    wrong.push(last);
    wrong
}

struct Row {
    name: String,
    kind: &'static str,
    code: String,
    number: String,
    violation: String,
    penalty: String,
    amount: String,
    decided: String,
    until: String,
    published: String,
    organ: String,
    organ_code: String,
    remark: String,
}

impl Row {
    fn new(nth: u64, dice: &mut Dice) -> Row {
        let firm = dice.roll(200_000);
        let organ = dice.roll(60);
        let (year, month, day) = (2023 + dice.roll(3), 1 + dice.roll(12), 1 + dice.roll(28));
        let penalty = dice.pick(&[
            "警告",
            "罚款",
            "03",
            "警告;罚款",
            "没收违法所得",
            "责令停产停业",
            "通报批评",
        ]);
        let is_fine = penalty.contains("罚款") || penalty == "03";
        Row {
            name: format!(
                "样例市第{firm}号{}有限公司",
                dice.pick(&["机械", "食品", "建筑", "物流", "环保科技", "餐饮管理"])
            ),
            kind: if dice.roll(4) == 0 {
                "01"
            } else {
                "法人及非法人组织"
            },
            code: uscc(&format!("91350{:03}MA{firm:07}", 200 + firm % 13)),
            number: format!("样市监罚〔{year}〕{nth}号"),
            violation: format!(
                "{}，现场检查记录第{}号",
                dice.pick(&[
                    "未按规定公示年度报告",
                    "销售不符合标准的产品",
                    "未按审批方案施工",
                    "超出许可范围经营",
                    "未按要求保存台账"
                ]),
                dice.roll(90_000)
            ),
            penalty: penalty.to_owned(),
            amount: if is_fine {
                format!("{}.{}", dice.roll(30), 1 + dice.roll(9))
            } else {
                String::new()
            },
            decided: format!("{year}-{month:02}-{day:02}"),
            until: if dice.roll(3) == 0 {
                "2099-12-31".into()
            } else {
                format!("{}-{month:02}-{day:02}", year + 1)
            },
            published: if dice.roll(2) == 0 {
                String::new()
            } else {
                format!("{}-{month:02}-{day:02}", year + 1)
            },
            organ: format!("样例市第{organ}区市场监督管理局"),
            organ_code: uscc(&format!("11350{:03}MB{organ:07}", 200 + organ % 13)),
            remark: if dice.roll(5) == 0 {
                "已整改，经复查合格".into()
            } else {
                String::new()
            },
        }
    }

    fn spoil(&mut self, mistake: &str, dice: &mut Dice) {
        match mistake {
            "no-name" => self.name.clear(),
            "no-number" => self.number.clear(),
            "kind" => self.penalty = "口头教育".into(),
            "date" => self.decided = "不详".into(),
            "amount" => self.amount = "若干".into(),
            "long" => self.violation = "违".repeat(201),
            "check-digit" => self.code = broken(&self.code),
            "organ-digit" => self.organ_code = broken(&self.organ_code),
            "no-such-day" => self.decided = format!("{}-02-30", 2023 + dice.roll(3)),
            "future" => {
                self.decided = "2031-01-05".into();
                self.until = "2099-12-31".into();
                self.published.clear();
            }
            "ends-before" => self.until = "2001-01-01".into(),
            "no-amount" => {
                self.penalty = "罚款".into();
                self.amount.clear();
            }
            "person" => self.kind = "自然人",
            _ => self.remark = "经办人证件110101199003077758".into(),
        }
    }

    fn write(&self, line: &mut String) {
        line.clear();
        let cells = [
            &self.name,
            self.kind,
            &self.code,
            "甲某",
            &self.number,
            &self.violation,
            &self.penalty,
            &self.amount,
            &self.decided,
            &self.until,
            &self.published,
            &self.organ,
            &self.organ_code,
            &self.remark,
        ];
        for (nth, cell) in cells.iter().enumerate() {
            if nth > 0 {
                line.push(',');
            }
            line.push_str(cell);
        }
        line.push('\n');
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args
        .first()
        .ok_or("usage: m4_generate OUT.csv [ROWS] [SEED] [all|plain]")?;
    let number =
        |at: usize, otherwise: u64| args.get(at).map_or(Ok(otherwise), |text| text.parse());
    let (rows, seed) = (number(1, 1_000_000)?, number(2, 20_261_122)?);
    let mut mistakes = PLAIN.to_vec();
    if args.get(3).map(String::as_str) != Some("plain") {
        mistakes.extend(DEEP);
    }
    let mut dice = Dice(seed.max(1));
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "{HEADER}")?;
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    let mut line = String::new();
    for nth in 0..rows {
        let mut row = Row::new(nth, &mut dice);
        if dice.roll(1_000) < BAD {
            let mistake = dice.pick(&mistakes);
            row.spoil(mistake, &mut dice);
            *kinds.entry(mistake).or_default() += 1;
        }
        row.write(&mut line);
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    let mut json = String::new();
    for (kind, count) in &kinds {
        write!(json, ",\"{kind}\":{count}")?;
    }
    let bad: u64 = kinds.values().sum();
    println!("{{\"rows\":{rows},\"bad\":{bad},\"seed\":{seed}{json}}}");
    Ok(())
}
