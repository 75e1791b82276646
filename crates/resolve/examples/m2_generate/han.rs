//! Made-up Chinese names, in two styles.

use super::{Dice, Pair, slip};

/// What names of a style are made of.
pub(super) struct Style {
    /// Cities with their provinces; a municipality is its own.
    cities: &'static [(&'static str, &'static str)],
    characters: &'static str,
    trades: &'static [&'static str],
    forms: &'static [&'static str],
}

/// Firms of large cities.
pub(super) const TRADE: Style = Style {
    cities: &[
        ("上海", ""),
        ("北京", ""),
        ("天津", ""),
        ("重庆", ""),
        ("杭州", "浙江"),
        ("宁波", "浙江"),
        ("苏州", "江苏"),
        ("徐州", "江苏"),
        ("常州", "江苏"),
        ("南京", "江苏"),
        ("合肥", "安徽"),
        ("福州", "福建"),
        ("广州", "广东"),
        ("惠州", "广东"),
        ("郑州", "河南"),
        ("长沙", "湖南"),
        ("武汉", "湖北"),
        ("成都", "四川"),
        ("昆明", "云南"),
        ("西安", "陕西"),
        ("兰州", "甘肃"),
        ("沈阳", "辽宁"),
        ("大连", "辽宁"),
        ("青岛", "山东"),
    ],
    characters: "华新达金中天兴东安通海利龙泰盛源鑫恒宏丰发联信星德光宝力建万美科康富宇江明顺永高长福瑞林佳亚诚正伟胜元凯嘉远博旭辉润荣昌隆腾飞启航卓越睿智慧欣悦",
    trades: &[
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
    ],
    forms: &["有限公司", "有限责任公司", "股份有限公司"],
};

/// Firms and cooperatives of the land, with rarer characters.
pub(super) const LAND: Style = Style {
    cities: &[
        ("天水", "甘肃"),
        ("宝鸡", "陕西"),
        ("绵阳", "四川"),
        ("遵义", "贵州"),
        ("曲靖", "云南"),
        ("柳州", "广西"),
        ("赣州", "江西"),
        ("株洲", "湖南"),
        ("宜昌", "湖北"),
        ("洛阳", "河南"),
        ("保定", "河北"),
        ("大同", "山西"),
        ("包头", "内蒙古"),
        ("鞍山", "辽宁"),
        ("四平", "吉林"),
        ("牡丹江", "黑龙江"),
        ("喀什", "新疆"),
        ("临沂", "山东"),
        ("芜湖", "安徽"),
        ("泉州", "福建"),
        ("嘉兴", "浙江"),
        ("盐城", "江苏"),
        ("湛江", "广东"),
        ("三亚", "海南"),
    ],
    characters: "禾穗谷牧耘泽沃川岭峰岩溪泉松柏竹梅兰菊桂枫鹤鹰骏骐麟凤鸿雁鲲鹏曦晨曙昊晟炜烨煜琪瑾璟钰锦铭锐铠骁驰骋沐汐澜",
    trades: &[
        "农资",
        "种业",
        "肥料",
        "粮油购销",
        "茶叶",
        "畜牧养殖",
        "饲料",
        "建材",
        "水泥制品",
        "石材",
        "矿业",
        "煤炭运销",
        "汽车运输",
        "物流",
        "医药连锁",
        "餐饮管理",
        "酒店管理",
        "广告传媒",
        "网络技术",
        "新能源",
    ],
    forms: &[
        "有限公司",
        "有限责任公司",
        "股份有限公司",
        "农民专业合作社",
        "厂",
    ],
};

/// Traditional characters of both styles.
const OLD: &str = "华華达達东東龙龍兴興联聯宝寶万萬贸貿国國际際机機电電设設备備制製发發长長术術车車广廣庆慶岛島医醫岭嶺凤鳳鸿鴻鹏鵬骏駿锦錦铭銘锐銳泽澤农農资資种種业業养養饲飼矿礦输輸运運药藥连連锁鎖饮飲网網络絡传傳";

/// The parts of one name.
struct Name {
    province: &'static str,
    city: &'static str,
    trade: String,
    field: &'static str,
    form: &'static str,
}

impl Name {
    fn roll(dice: &mut Dice, style: &Style) -> Name {
        let length = dice.pick(&[2, 2, 2, 3, 4]);
        let (city, province) = dice.pick(style.cities);
        Name {
            province,
            city,
            trade: (0..length).map(|_| character(dice, style)).collect(),
            field: dice.pick(style.trades),
            form: dice.pick(style.forms),
        }
    }

    fn text(&self) -> String {
        let Name {
            city,
            trade,
            field,
            form,
            ..
        } = self;
        format!("{city}{trade}{field}{form}")
    }
}

fn character(dice: &mut Dice, style: &Style) -> char {
    let all: Vec<char> = style.characters.chars().collect();
    all.get(dice.below(all.len())).copied().unwrap_or('华')
}

/// One pair of a style; half of them are the same.
pub(super) fn pair(dice: &mut Dice, style: &Style) -> Pair {
    let name = Name::roll(dice, style);
    if dice.below(2) == 0 {
        same(dice, &name)
    } else {
        other(dice, &name, style)
    }
}

fn same(dice: &mut Dice, name: &Name) -> Pair {
    let whole = name.text();
    let Name {
        province,
        city,
        trade,
        field,
        form,
    } = name;
    let kind = |right: String, kind| (whole.clone(), right, true, kind);
    match dice.below(11) {
        0 => kind(format!("{trade}{field}（{city}）{form}"), "order"),
        1 => kind(format!("{trade}({city}){field}{form}"), "order"),
        2 => kind(format!("{city}{trade}{field}"), "form left out"),
        3 => kind(whole.chars().map(old).collect(), "traditional"),
        4 => kind(whole.chars().flat_map(|one| [one, ' ']).collect(), "spaces"),
        5 => kind(format!("{city}市{trade}{field}{form}"), "city written out"),
        6 => kind(
            slip(dice, &whole, city.chars().count() + trade.chars().count()),
            "slip",
        ),
        7 => kind(format!("{province}{whole}"), "province in front"),
        8 => {
            let (digit, numeral) =
                dice.pick(&[("1", "一"), ("2", "二"), ("3", "三"), ("12", "十二")]);
            let branch = dice.pick(&["分公司", "门市部", "营业部"]);
            (
                format!("{whole}第{numeral}{branch}"),
                format!("{whole}第{digit}{branch}"),
                true,
                "numeral",
            )
        }
        9 => {
            let state = dice.pick(&["（筹）", "(存续)", "【注销】"]);
            kind(format!("{whole}{state}"), "state in brackets")
        }
        _ => kind(format!("{trade}［{city}］{field}{form}"), "width"),
    }
}

fn old(letter: char) -> char {
    let mut pairs = OLD.chars();
    while let (Some(new), Some(old)) = (pairs.next(), pairs.next()) {
        if new == letter {
            return old;
        }
    }
    letter
}

fn other(dice: &mut Dice, name: &Name, style: &Style) -> Pair {
    let whole = name.text();
    let Name {
        city,
        trade,
        field,
        form,
        ..
    } = name;
    let kind = |right: String, kind| (whole.clone(), right, false, kind);
    match dice.below(11) {
        0..=3 => {
            let mut letters: Vec<char> = trade.chars().collect();
            let at = dice.below(letters.len());
            while letters.get(at).copied() == trade.chars().nth(at) {
                let fresh = character(dice, style);
                if let Some(letter) = letters.get_mut(at) {
                    *letter = fresh;
                }
            }
            let trade: String = letters.into_iter().collect();
            kind(format!("{city}{trade}{field}{form}"), "one character")
        }
        4 => {
            let mut elsewhere = dice.pick(style.cities).0;
            while elsewhere == *city {
                elsewhere = dice.pick(style.cities).0;
            }
            kind(format!("{elsewhere}{trade}{field}{form}"), "city")
        }
        5 => {
            let where_to = dice.pick(&["第一", "第二", "苏州", "长沙"]);
            kind(format!("{whole}{where_to}分公司"), "branch")
        }
        6 => (
            format!("{whole}第一分公司"),
            format!("{whole}第二分公司"),
            false,
            "number",
        ),
        7 => {
            let fresh = character(dice, style);
            let at = dice.below(trade.chars().count() + 1);
            let mut letters: Vec<char> = trade.chars().collect();
            letters.insert(at, fresh);
            let more: String = letters.into_iter().collect();
            let doubled = more
                .chars()
                .zip(more.chars().skip(1))
                .any(|(one, two)| one == two);
            if doubled {
                return other(dice, name, style);
            }
            kind(format!("{city}{more}{field}{form}"), "character added")
        }
        8 => kind(format!("{city}{trade}{field}集团有限公司"), "group"),
        _ => {
            let mut instead = dice.pick(style.trades);
            while instead == *field {
                instead = dice.pick(style.trades);
            }
            kind(format!("{city}{trade}{instead}{form}"), "industry")
        }
    }
}
