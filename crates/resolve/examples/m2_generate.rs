//! Pairs of made-up organisation names with a label and a kind, from a seed: what the bench of M2 gives
//! to every program. `m2_generate han|latin COUNT SEED FILE`.

use std::io::Write as _;

/// A small generator of even numbers; the same seed gives the same pairs everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all.get(self.below(all.len())).copied().unwrap_or("")
    }
}

const CITIES: [&str; 24] = [
    "上海", "北京", "天津", "重庆", "杭州", "宁波", "苏州", "徐州", "常州", "南京", "合肥", "福州",
    "广州", "惠州", "郑州", "长沙", "武汉", "成都", "昆明", "西安", "兰州", "沈阳", "大连", "青岛",
];
const CHARACTERS: &str = "华新达金中天兴东安通海利龙泰盛源鑫恒宏丰发联信星德光宝力建万美科康富宇江明顺永高长福瑞林佳亚诚正伟胜元凯嘉远博旭辉润荣昌隆腾飞启航卓越睿智慧欣悦";
const TRADES: [&str; 20] = [
    "贸易",
    "国际贸易",
    "机械制造",
    "机电设备",
    "塑料制品",
    "建筑工程",
    "装饰工程",
    "房地产开发",
    "物业管理",
    "信息技术",
    "环保科技",
    "食品",
    "服饰",
    "医疗器械",
    "汽车配件",
    "金属材料",
    "电子科技",
    "印刷包装",
    "园林绿化",
    "企业管理咨询",
];
const FORMS: [&str; 3] = ["有限公司", "有限责任公司", "股份有限公司"];
const OLD: [(char, char); 24] = [
    ('华', '華'),
    ('达', '達'),
    ('东', '東'),
    ('龙', '龍'),
    ('兴', '興'),
    ('联', '聯'),
    ('宝', '寶'),
    ('万', '萬'),
    ('贸', '貿'),
    ('国', '國'),
    ('际', '際'),
    ('机', '機'),
    ('电', '電'),
    ('设', '設'),
    ('备', '備'),
    ('制', '製'),
    ('发', '發'),
    ('长', '長'),
    ('术', '術'),
    ('车', '車'),
    ('广', '廣'),
    ('庆', '慶'),
    ('岛', '島'),
    ('医', '醫'),
];
const ROOTS: [&str; 30] = [
    "Nor", "Vel", "Kar", "Zen", "Lum", "Tor", "Bel", "Cor", "Dra", "Fen", "Gal", "Hel", "Ira",
    "Jun", "Kel", "Lor", "Mar", "Nav", "Ost", "Pel", "Qua", "Ras", "Sol", "Tam", "Uri", "Vor",
    "Wes", "Xan", "Yor", "Zul",
];
const TAILS: [&str; 16] = [
    "dan", "mira", "tek", "vista", "lin", "gard", "sen", "poli", "ronik", "vanta", "dorf", "stad",
    "lex", "monte", "rium", "wick",
];
const FIELDS: [&str; 14] = [
    "Trading",
    "Technology",
    "Shipping",
    "Electronics",
    "Engineering",
    "Pharmaceuticals",
    "Foods",
    "Logistics",
    "Consulting",
    "Chemical Industry",
    "Steel",
    "Software",
    "International Trading",
    "Medical Equipment",
];
const ENDS: [&str; 6] = ["Ltd.", "Limited", "Co., Ltd.", "Inc.", "LLC", "GmbH"];

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [set, count, seed, path] = words.as_slice() else {
        return Err(std::io::Error::other(
            "m2_generate han|latin COUNT SEED FILE",
        ));
    };
    let mut dice = Dice(
        seed.parse::<u64>()
            .unwrap_or(1)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            | 1,
    );
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut written = 0;
    while written < count.parse().unwrap_or(1000) {
        let (left, right, same, kind) = if set == "han" {
            han(&mut dice)
        } else {
            latin(&mut dice)
        };
        if left != right {
            writeln!(out, "{left}\t{right}\t{}\t{kind}", u8::from(same))?;
            written += 1;
        }
    }
    out.flush()
}

type Pair = (String, String, bool, &'static str);

fn character(dice: &mut Dice) -> char {
    let all: Vec<char> = CHARACTERS.chars().collect();
    all.get(dice.below(all.len())).copied().unwrap_or('华')
}

fn han(dice: &mut Dice) -> Pair {
    let length = [2, 2, 2, 3, 4].get(dice.below(5)).copied().unwrap_or(2);
    let trade: String = (0..length).map(|_| character(dice)).collect();
    let (city, field, form) = (dice.pick(&CITIES), dice.pick(&TRADES), dice.pick(&FORMS));
    let name = format!("{city}{trade}{field}{form}");
    let same = dice.below(2) == 0;
    let (right, kind) = if same {
        han_same(dice, city, &trade, field, form)
    } else {
        han_other(dice, city, &trade, field, form)
    };
    (name, right, same, kind)
}

fn han_same(
    dice: &mut Dice,
    city: &str,
    trade: &str,
    field: &str,
    form: &str,
) -> (String, &'static str) {
    let name = format!("{city}{trade}{field}{form}");
    match dice.below(8) {
        0 => (format!("{trade}{field}（{city}）{form}"), "order"),
        1 => (format!("{trade}({city}){field}{form}"), "order"),
        2 => (format!("{city}{trade}{field}"), "form left out"),
        3 => (
            name.chars()
                .map(|one| OLD.iter().find(|old| old.0 == one).map_or(one, |old| old.1))
                .collect(),
            "traditional",
        ),
        4 => (name.chars().flat_map(|one| [one, ' ']).collect(), "spaces"),
        5 => (
            format!("{city}市{trade}{field}{form}").replace("有限公司", "有限公司 "),
            "city written out",
        ),
        6 => (
            slip(dice, &name, city.chars().count() + trade.chars().count()),
            "slip",
        ),
        _ => (
            format!("{trade}［{city}］{field}{form}")
                .replace('［', "（")
                .replace('］', "）"),
            "width",
        ),
    }
}

/// Two characters exchanged, one doubled or one dropped, behind the trade name.
fn slip(dice: &mut Dice, name: &str, from: usize) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = from + dice.below(letters.len().saturating_sub(from + 1));
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at);
        }
    }
    letters.into_iter().collect()
}

fn han_other(
    dice: &mut Dice,
    city: &str,
    trade: &str,
    field: &str,
    form: &str,
) -> (String, &'static str) {
    match dice.below(6) {
        0..=2 => {
            let mut letters: Vec<char> = trade.chars().collect();
            let at = dice.below(letters.len());
            while Some(letters[at]) == trade.chars().nth(at) {
                letters[at] = character(dice);
            }
            (
                format!("{city}{}{field}{form}", letters.iter().collect::<String>()),
                "one character",
            )
        }
        3 => {
            let mut elsewhere = dice.pick(&CITIES);
            while elsewhere == city {
                elsewhere = dice.pick(&CITIES);
            }
            (format!("{elsewhere}{trade}{field}{form}"), "city")
        }
        4 => (
            format!(
                "{city}{trade}{field}{form}{}分公司",
                dice.pick(&["第一", "第二", "苏州", "长沙"])
            ),
            "branch",
        ),
        _ => {
            let mut other = dice.pick(&TRADES);
            while other == field {
                other = dice.pick(&TRADES);
            }
            (format!("{city}{trade}{other}{form}"), "industry")
        }
    }
}

fn word(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&ROOTS), dice.pick(&TAILS))
}

fn latin(dice: &mut Dice) -> Pair {
    let (one, two, field, end) = (word(dice), word(dice), dice.pick(&FIELDS), dice.pick(&ENDS));
    let brand = if dice.below(2) == 0 {
        one.clone()
    } else {
        format!("{one} {two}")
    };
    let name = format!("{brand} {field} {end}");
    let same = dice.below(2) == 0;
    let (right, kind) = match (same, dice.below(6)) {
        (true, 0) => (format!("{brand} {field}"), "form left out"),
        (true, 1) => (
            format!("{brand} {field} {}", dice.pick(&ENDS)),
            "other form",
        ),
        (true, 2) => (format!("{field} {brand} {end}"), "order"),
        (true, 3) => (name.to_uppercase().replace('.', ""), "case"),
        (true, _) => (slip(dice, &name, 1), "slip"),
        (false, 0 | 1) => (format!("{} {field} {end}", word(dice)), "other brand"),
        (false, 2) => {
            let mut other = dice.pick(&FIELDS);
            while other == field {
                other = dice.pick(&FIELDS);
            }
            (format!("{brand} {other} {end}"), "industry")
        }
        (false, 3) => (format!("{brand} {field} Shanghai Branch"), "branch"),
        (false, 4) => (format!("{one} {} {field} {end}", word(dice)), "second word"),
        (false, _) => (
            format!("{brand} {field} {} {end}", 2 + dice.below(7)),
            "number",
        ),
    };
    (name, right, same, kind)
}
