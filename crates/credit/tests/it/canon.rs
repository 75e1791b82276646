//! Canonical JSON against RFC 8785's own figures and against a second reading.

use credit::canon;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn numbers_as_ecmascript_writes_them() {
    // Appendix B of RFC 8785: bits of a double, its text.
    let cases: [(u64, &str); 24] = [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ];
    for (bits, text) in cases {
        assert_eq!(canon::value(&json!(f64::from_bits(bits))), text);
    }
    assert_eq!(canon::value(&json!(u64::MAX)), "18446744073709552000");
    assert_eq!(canon::value(&json!(-42)), "-42");
}

#[test]
fn members_are_sorted_by_utf16() {
    // The order of RFC 8785, section 3.2.3: U+1F600 stands before U+FB33.
    let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
    let order = [
        "\\r",
        "1",
        "\u{80}",
        "\u{f6}",
        "\u{20ac}",
        "\u{1f600}",
        "\u{fb33}",
    ];
    let text = canon::value(&value);
    let places: Vec<_> = order
        .iter()
        .map(|name| text.find(&format!("\"{name}\":")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn texts_are_escaped_only_where_they_must() {
    let text = "\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{7f}\u{2028}";
    assert_eq!(
        canon::value(&json!(text)),
        "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7f}\u{2028}\""
    );
}

#[test]
fn an_object_of_texts_is_the_same_as_its_value() {
    assert_eq!(canon::object(&[]), "{}");
    assert_eq!(
        canon::object(&[("b", "2"), ("a", "1\n")]),
        r#"{"a":"1\n","b":"2"}"#
    );
    assert_eq!(
        canon::object(&[("a", "old"), ("a", "new")]),
        r#"{"a":"new"}"#
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53)..(1_i64 << 53)).prop_map(Value::from),
        // serde_json reads other doubles inexactly; they have a test of their own.
        any::<i32>().prop_map(|whole| Value::from(f64::from(whole) / 4.0)),
        "\\PC{0,12}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Equal as RFC 8785 sees values: numbers as doubles, members in any order.
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => one.as_f64() == two.as_f64(),
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .all(|(name, value)| two.get(name).is_some_and(|other| same(value, other)))
        }
        (one, two) => one == two,
    }
}

proptest! {
    #[test]
    fn reads_back_to_the_same_value_and_the_same_bytes(value in any_value()) {
        let text = canon::value(&value);
        let back: Value = serde_json::from_str(&text).unwrap();
        prop_assert!(same(&value, &back), "{}", text);
        prop_assert_eq!(canon::value(&back), text);
    }

    #[test]
    fn objects_agree_with_values(members in prop::collection::vec((any::<String>(), any::<String>()), 0..8)) {
        let pairs: Vec<(&str, &str)> = members.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let map: serde_json::Map<String, Value> = members.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
        prop_assert_eq!(canon::object(&pairs), canon::value(&Value::Object(map)));
    }

    #[test]
    fn every_double_reads_back_to_itself(double in any::<f64>()) {
        prop_assume!(double.is_finite());
        let text = canon::value(&json!(double));
        prop_assert_eq!(text.parse::<f64>().unwrap(), double);
    }
}
