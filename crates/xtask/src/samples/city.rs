//! The invented city of Yunting (云汀市) and its bodies: no place, no body and no person of these names
//! exists; the words are our own.

use super::codes;
use super::dice::Dice;
use std::collections::BTreeSet;

/// A body of the city.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its name.
    pub name: String,
    /// Its unified social credit code.
    pub code: String,
    /// First two characters of the code.
    pub kind: &'static str,
    /// District by name.
    pub district: &'static str,
    /// Area code of the district.
    pub area: u32,
    /// Street and number.
    pub address: String,
    /// What it does, as the register words it.
    pub scope: String,
    /// Its legal form.
    pub form: &'static str,
    /// Day of registration.
    pub since: String,
    /// Capital in 万元.
    pub capital: usize,
}

/// Districts with their area codes.
pub const DISTRICTS: [(&str, u32); 6] = [
    ("栖澜区", 990_101),
    ("青砚区", 990_102),
    ("望岫区", 990_103),
    ("鹭洲区", 990_104),
    ("临浦新区", 990_105),
    ("枫渡县", 990_121),
];

/// Agencies that send the files: name and code serial.
pub const AGENCIES: [&str; 14] = [
    "云汀市市场监督管理局",
    "云汀市民政局",
    "云汀市机构编制办公室",
    "云汀市税务局",
    "云汀海关",
    "云汀市生态环境局",
    "云汀市中级人民法院",
    "云汀市人力资源和社会保障局",
    "云汀市财政局",
    "云汀市应急管理局",
    "云汀市交通运输局",
    "云汀市住房和城乡建设局",
    "云汀市科学技术局",
    "云汀市公共资源交易中心",
];

const FIRST: [&str; 36] = [
    "砚", "澜", "岫", "汀", "鹭", "枫", "栖", "临", "浦", "舒", "朗", "屿", "禾", "樾", "筠", "漪",
    "砺", "珩", "泓", "渚", "湛", "棠", "苇", "霁", "岱", "荻", "沐", "柘", "翊", "焕", "昶", "旻",
    "钰", "铎", "锜", "铮",
];
const SECOND: [&str; 30] = [
    "禾", "川", "屿", "溪", "舟", "原", "岭", "石", "桥", "麦", "鸣", "远", "同", "和", "明", "成",
    "达", "信", "安", "立", "行", "衡", "牧", "耘", "朴", "简", "微", "航", "程", "序",
];
/// A trade: how it stands in a name, how the register words the scope.
const TRADES: [(&str, &str); 28] = [
    ("精密机械", "精密机械零部件的制造、销售；货物进出口"),
    ("食品", "食品生产；食品销售；餐饮服务"),
    ("建筑工程", "房屋建筑工程施工；市政公用工程施工"),
    ("物流", "道路普通货物运输；仓储服务；装卸搬运"),
    ("环保科技", "环境保护专用设备制造；水污染治理"),
    ("信息技术", "软件开发；信息系统集成服务；数据处理服务"),
    ("生物医药", "生物医药技术研发；药品批发；第二类医疗器械销售"),
    ("纺织", "纺织面料的生产、加工、销售"),
    ("新材料", "新型高分子材料的研发、生产、销售"),
    ("农业", "农作物种植；农产品初加工；农业技术推广"),
    ("粮油贸易", "粮食收购；粮油批发、零售；仓储"),
    ("水产", "水产品养殖、加工、销售"),
    ("装饰设计", "室内外装饰工程设计、施工"),
    ("电子", "电子元器件的制造、销售"),
    ("新能源", "太阳能发电技术服务；储能设备销售"),
    ("化工", "化工产品（不含危险化学品）的生产、销售"),
    ("园林绿化", "园林绿化工程施工；苗木种植、销售"),
    ("酒店管理", "酒店管理；住宿服务；会议服务"),
    ("文化传媒", "广告设计、制作、发布；文化活动策划"),
    ("教育科技", "教育软件开发；教育信息咨询（不含培训）"),
    ("商贸", "日用百货、五金交电的批发、零售"),
    ("汽车配件", "汽车零配件的制造、批发"),
    ("家具", "木质家具的制造、销售"),
    ("船舶修造", "船舶修理；船用配件制造"),
    ("印刷包装", "包装装潢印刷；纸制品制造"),
    ("安防工程", "安全技术防范系统设计、施工、维护"),
    ("供应链管理", "供应链管理服务；普通货物仓储"),
    ("检测技术", "检验检测服务；计量技术服务"),
];
const FORMS: [(&str, &str); 5] = [
    ("有限公司", "有限责任公司（自然人投资或控股）"),
    ("有限责任公司", "有限责任公司（法人独资）"),
    ("股份有限公司", "股份有限公司（非上市）"),
    ("合伙企业（有限合伙）", "有限合伙企业"),
    ("厂", "集体所有制"),
];
const STREETS: [&str; 14] = [
    "枫渡路",
    "听潮街",
    "石屏路",
    "望岫大道",
    "砚池路",
    "白鹭街",
    "临浦一路",
    "澜桥路",
    "青砚街",
    "荻花路",
    "苇塘路",
    "霁虹路",
    "棠梨街",
    "鸣溪路",
];
const SOCIETIES: [(&str, &str, &str); 6] = [
    ("51", "行业协会", "社会团体"),
    ("51", "商会", "社会团体"),
    ("52", "养老服务中心", "民办非企业单位"),
    ("52", "职业培训学校", "民办非企业单位"),
    ("53", "公益基金会", "基金会"),
    ("31", "律师事务所", "律师执业机构"),
];
const INSTITUTIONS: [(&str, &str); 6] = [
    ("12", "实验学校"),
    ("12", "图书馆"),
    ("12", "卫生服务中心"),
    ("12", "水文站"),
    ("93", "农业专业合作社"),
    ("12", "文化馆"),
];

/// Enterprises of the city, in the order of their codes.
#[must_use]
pub fn enterprises(dice: &mut Dice, count: u32) -> Vec<Body> {
    let mut taken = BTreeSet::new();
    let mut bodies = Vec::new();
    let mut serial = 1_000;
    while bodies.len() < usize::try_from(count).unwrap_or(0) {
        let (trade, scope) = dice.pick(&TRADES);
        let (ending, form) = if dice.chance(70) {
            ("有限公司", "有限责任公司（自然人投资或控股）")
        } else {
            dice.pick(&FORMS)
        };
        let region = dice.pick(&["云汀", "云汀市", "云汀"]);
        let name = format!(
            "{region}{}{}{trade}{ending}",
            dice.pick(&FIRST),
            dice.pick(&SECOND)
        );
        if taken.insert(name.clone()) {
            serial += 1;
            bodies.push(body(dice, "91", serial, name, scope, form));
        }
    }
    bodies
}

/// Associations, foundations, law firms, institutions, cooperatives.
#[must_use]
pub fn others(dice: &mut Dice, count: u32) -> Vec<Body> {
    let mut taken = BTreeSet::new();
    let mut bodies = Vec::new();
    let mut serial = 500_000;
    while bodies.len() < usize::try_from(count).unwrap_or(0) {
        let (kind, ending, form) = if dice.chance(60) {
            dice.pick(&SOCIETIES)
        } else {
            let (kind, ending) = dice.pick(&INSTITUTIONS);
            (
                kind,
                ending,
                if kind == "93" {
                    "农民专业合作社"
                } else {
                    "事业单位"
                },
            )
        };
        let (trade, scope) = dice.pick(&TRADES);
        let middle = if ending.ends_with("会") {
            trade.to_owned()
        } else {
            format!("{}{}", dice.pick(&FIRST), dice.pick(&SECOND))
        };
        let name = format!("云汀市{middle}{ending}");
        if taken.insert(name.clone()) {
            serial += 1;
            bodies.push(body(dice, kind, serial, name, scope, form));
        }
    }
    bodies
}

/// Individual businesses: in law their business is their person.
#[must_use]
pub fn businesses(dice: &mut Dice, count: u32) -> Vec<Body> {
    (0..count)
        .map(|at| {
            let name = format!("{}{}小吃店", dice.pick(&FIRST), dice.pick(&SECOND));
            body(dice, "92", 800_000 + at, name, "餐饮服务", "个体工商户")
        })
        .collect()
}

fn body(
    dice: &mut Dice,
    kind: &'static str,
    serial: u32,
    name: String,
    scope: &str,
    form: &'static str,
) -> Body {
    let (district, area) = dice.pick(&DISTRICTS);
    Body {
        code: codes::uscc(kind, area, serial),
        name,
        kind,
        district,
        area,
        address: format!(
            "云汀市{district}{}{}号",
            dice.pick(&STREETS),
            dice.between(1, 399)
        ),
        scope: scope.to_owned(),
        form,
        since: format!(
            "{:04}-{:02}-{:02}",
            dice.between(1993, 2025),
            dice.between(1, 12),
            dice.between(1, 28)
        ),
        capital: dice.between(1, 200) * 50,
    }
}

/// The code of an agency of the list above.
#[must_use]
pub fn agency_code(name: &str) -> String {
    let at = AGENCIES
        .iter()
        .position(|agency| *agency == name)
        .unwrap_or(AGENCIES.len());
    let serial = 100 + u32::try_from(at).unwrap_or(0);
    let kind = if name.ends_with("中心") { "12" } else { "11" };
    codes::uscc(kind, 990_100, serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_unique() {
        let mut dice = Dice::new(1);
        let mut bodies = enterprises(&mut dice, 500);
        bodies.extend(others(&mut dice, 120));
        let names: BTreeSet<_> = bodies.iter().map(|body| &body.name).collect();
        let codes: BTreeSet<_> = bodies.iter().map(|body| &body.code).collect();
        assert_eq!((names.len(), codes.len()), (620, 620));
    }
}
