//! One name written in the ways that registers, agencies and clerks write it stays one; what makes another
//! organisation of it never does, however the two are written.

use proptest::prelude::*;
use resolve::name::{OrgName, compare};

/// What a name is made of.
#[derive(Clone, Debug)]
struct Parts {
    province: &'static str,
    city: &'static str,
    trade: String,
    industry: &'static str,
    form: &'static str,
}

impl Parts {
    fn plain(&self) -> String {
        let Parts {
            city,
            trade,
            industry,
            form,
            ..
        } = self;
        format!("{city}{trade}{industry}{form}")
    }

    /// One of the ways to write it, by number.
    fn written(&self, way: usize) -> String {
        let Parts {
            province,
            city,
            trade,
            industry,
            form,
        } = self;
        match way % 9 {
            0 => format!("{city}市{trade}{industry}{form}"),
            1 => format!("{trade}（{city}）{industry}{form}"),
            2 => format!("{trade}{industry}（{city}）{form}"),
            3 => format!("{trade}(({city})){industry}{form}"),
            4 => format!("{province}省{city}市{trade}{industry}{form}"),
            5 => format!("{province}{city}{trade}{industry}{form}"),
            6 => format!("{city} {trade} {industry} {form}"),
            7 => format!("{city}{trade}{industry}{form}（筹）"),
            _ => format!("{city}·{trade}—{industry}，{form}。"),
        }
    }
}

fn parts() -> impl Strategy<Value = Parts> {
    let places = prop::sample::select(vec![
        ("浙江", "杭州"),
        ("江苏", "苏州"),
        ("广东", "佛山"),
        ("四川", "绵阳"),
        ("山东", "烟台"),
        ("湖南", "株洲"),
    ]);
    let letters = prop::sample::select("瀚霖曦珩沅蔚琮骁翎逸澜铄".chars().collect::<Vec<_>>());
    let trade =
        prop::collection::vec(letters, 2..4).prop_map(|all| all.into_iter().collect::<String>());
    let industry = prop::sample::select(vec![
        "贸易",
        "机械",
        "电子科技",
        "建筑工程",
        "食品",
        "化工",
        "物流",
    ]);
    let form = prop::sample::select(vec!["有限公司", "有限责任公司", "股份有限公司", "厂"]);
    (places, trade, industry, form).prop_map(|((province, city), trade, industry, form)| Parts {
        province,
        city,
        trade,
        industry,
        form,
    })
}

fn same(left: &str, right: &str) -> bool {
    compare(&OrgName::parse(left), &OrgName::parse(right)).same
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_two_ways_to_write_a_name_are_one(parts in parts(), one in 0_usize..9, other in 0_usize..9) {
        let (left, right) = (parts.written(one), parts.written(other));
        prop_assert!(same(&left, &right), "{left} {right}");
        prop_assert!(same(&left, &parts.plain()), "{left}");
    }

    #[test]
    fn spaces_of_any_kind_anywhere_change_nothing(parts in parts(), places in prop::collection::vec((0_usize..20, 0_usize..5), 0..6)) {
        let plain = parts.plain();
        let mut letters: Vec<char> = plain.chars().collect();
        for (at, kind) in places {
            letters.insert(at % (letters.len() + 1), [' ', '\u{3000}', '\t', '\u{200B}', '\u{00A0}'][kind]);
        }
        let spaced: String = letters.into_iter().collect();
        let found = compare(&OrgName::parse(&spaced), &OrgName::parse(&plain));
        prop_assert!(found.same && found.parts.is_empty(), "{spaced}");
    }

    #[test]
    fn another_character_of_the_trade_name_is_another(
        parts in parts(), at in 0_usize..3, way in 0_usize..9, other in 0_usize..9,
    ) {
        let mut letters: Vec<char> = parts.trade.chars().collect();
        let at = at % letters.len();
        letters[at] = '赟';
        let changed = Parts { trade: letters.into_iter().collect(), ..parts.clone() };
        let (left, right) = (parts.written(way), changed.written(other));
        prop_assert!(!same(&left, &right), "{left} {right}");
    }

    #[test]
    fn a_character_more_or_less_in_the_trade_name_is_another(parts in parts(), at in 0_usize..4, way in 0_usize..9) {
        let mut letters: Vec<char> = parts.trade.chars().collect();
        letters.insert(at % (letters.len() + 1), '赟');
        let changed = Parts { trade: letters.into_iter().collect(), ..parts.clone() };
        prop_assert!(!same(&parts.written(way), &changed.plain()), "{}", changed.trade);
    }

    #[test]
    fn another_city_is_another(parts in parts(), way in 0_usize..9, other in 0_usize..9) {
        let moved = Parts { province: "河北", city: "沧州", ..parts.clone() };
        prop_assert!(!same(&parts.written(way), &moved.written(other)));
    }

    #[test]
    fn a_branch_is_neither_its_parent_nor_its_sister(
        parts in parts(), (number, next) in (1_u32..40, 1_u32..40),
        kind in prop::sample::select(vec!["分公司", "分店", "门市部", "经营部", "办事处"]),
    ) {
        let parent = parts.plain();
        let branch = |number: u32| format!("{parent}第{number}{kind}");
        prop_assert!(!same(&parent, &branch(number)));
        prop_assert_eq!(same(&branch(number), &branch(next)), number == next);
    }

    #[test]
    fn numbers_are_one_in_every_script(parts in parts(), number in 1_usize..30) {
        const WRITTEN: [&str; 29] = [
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六",
            "十七", "十八", "十九", "二十", "二十一", "二十二", "二十三", "二十四", "二十五", "二十六", "二十七",
            "二十八", "二十九",
        ];
        let parent = parts.plain();
        let (digits, words) = (format!("{parent}第{number}分公司"), format!("{parent}第{}分公司", WRITTEN[number - 1]));
        let found = compare(&OrgName::parse(&digits), &OrgName::parse(&words));
        prop_assert!(found.same && found.parts.is_empty(), "{digits} {words}");
    }

    /// What was levelled once is level.
    #[test]
    fn levelling_twice_is_levelling_once(parts in parts(), way in 0_usize..9) {
        let once = OrgName::parse(&parts.written(way));
        let again = OrgName::parse(once.folded());
        prop_assert_eq!(again.folded(), once.folded());
    }

    /// Parts of a name add up to what is said of it.
    #[test]
    fn what_differs_adds_up(parts in parts(), other in parts()) {
        let found = compare(&OrgName::parse(&parts.plain()), &OrgName::parse(&other.plain()));
        let bits: f32 = found.parts.iter().map(|part| part.bits).sum();
        prop_assert!(found.parts.iter().all(|part| part.bits < 0.0));
        prop_assert_eq!(found.same, bits > -11.0, "{:?}", found);
    }
}
