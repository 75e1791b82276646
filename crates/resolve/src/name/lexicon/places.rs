//! Administrative divisions as names use them: long and short, with what they lie in.

/// A division under one spelling of its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::name) struct Place {
    /// The same for the long and the short spelling: 杭州市 and 杭州.
    pub(in crate::name) short: u16,
    /// The short name of today: 襄阳 for 襄樊市.
    pub(in crate::name) head: &'static str,
    /// 0 nation, 1 province, 2 prefecture, 3 county or district.
    pub(in crate::name) level: u8,
    /// Whether the spelling says what it is: 市, 县, 省.
    pub(in crate::name) marked: bool,
    /// Whether the spelling ends with 市.
    pub(in crate::name) city: bool,
    /// A district: its bare name is never the first word of a name (新华, 和平).
    pub(in crate::name) district: bool,
    /// Short numbers of the divisions in which one of this name lies.
    pub(in crate::name) within: Vec<u16>,
}

/// The endings that a short form leaves out, longest first.
const ENDINGS: [&str; 13] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "新区",
    "省",
    "市",
    "县",
    "区",
    "旗",
];

/// The peoples whose names stand in those of autonomous divisions. 盟 ends leagues.
const PEOPLES: [&str; 45] = [
    "维吾尔",
    "哈萨克",
    "柯尔克孜",
    "达斡尔族",
    "蒙古族",
    "蒙古",
    "布依族",
    "朝鲜族",
    "土家族",
    "哈尼族",
    "傈僳族",
    "拉祜族",
    "东乡族",
    "纳西族",
    "景颇族",
    "仫佬族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "阿昌族",
    "普米族",
    "塔吉克",
    "独龙族",
    "保安族",
    "裕固族",
    "鄂温克族",
    "鄂伦春",
    "壮族",
    "回族",
    "藏族",
    "苗族",
    "彝族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "傣族",
    "黎族",
    "佤族",
    "畲族",
    "水族",
    "土族",
    "羌族",
    "怒族",
];

/// The short form of a division's name; itself when nothing of two characters would remain.
pub(super) fn short(name: &str) -> &str {
    let Some(mut left) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) else {
        return name
            .strip_suffix('盟')
            .filter(|left| long_enough(left))
            .unwrap_or(name);
    };
    if name.contains("自治") {
        while let Some(less) = PEOPLES.iter().find_map(|people| left.strip_suffix(people)) {
            if !long_enough(less) {
                break;
            }
            left = less;
        }
    }
    if long_enough(left) { left } else { name }
}

fn long_enough(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn leaves_out_what_a_place_is() {
        for (long, expected) in [
            ("杭州市", "杭州"),
            ("内蒙古自治区", "内蒙古"),
            ("广西壮族自治区", "广西"),
            ("延边朝鲜族自治州", "延边"),
            ("双江拉祜族佤族布朗族傣族自治县", "双江"),
            ("蓟县", "蓟县"),
            ("锡林郭勒盟", "锡林郭勒"),
            ("浦东新区", "浦东"),
        ] {
            assert_eq!(short(long), expected);
        }
    }
}
