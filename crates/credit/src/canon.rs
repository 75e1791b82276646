//! Canonical JSON (RFC 8785): the same value is the same bytes on every machine, so that digests
//! and signatures over it can be checked by anyone.

use serde_json::{Number, Value};
use std::fmt::Write;

/// A canonical object of texts: members sorted by the UTF-16 code units of their names. Of two
/// members with one name the last counts.
#[must_use]
pub fn object(members: &[(&str, &str)]) -> String {
    let mut sorted: Vec<&(&str, &str)> = members.iter().collect();
    sorted.sort_by(|one, two| utf16(one.0, two.0));
    let mut out = String::from("{");
    for (at, (name, text)) in sorted.iter().enumerate() {
        if sorted.get(at + 1).is_some_and(|next| next.0 == *name) {
            continue;
        }
        if out.len() > 1 {
            out.push(',');
        }
        string(&mut out, name);
        out.push(':');
        string(&mut out, text);
    }
    out.push('}');
    out
}

/// Canonical JSON of a value. RFC 8785 knows doubles only: a whole number beyond 2^53 is written as
/// its nearest double, so put such figures (and money) into texts.
#[must_use]
pub fn value(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(figure) => number(out, figure),
        Value::String(text) => string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|one, two| utf16(one.0, two.0));
            out.push('{');
            for (at, (name, member)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                string(out, name);
                out.push(':');
                write(out, member);
            }
            out.push('}');
        }
    }
}

/// RFC 8785 sorts by UTF-16 code units, which differs from UTF-8 order above U+D7FF.
fn utf16(one: &str, two: &str) -> std::cmp::Ordering {
    one.encode_utf16().cmp(two.encode_utf16())
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{C}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control @ '\0'..='\u{1F}' => {
                // INVARIANT: writing to a String does not fail.
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

fn number(out: &mut String, figure: &Number) {
    /// Up to 2^53 every whole number is a double.
    const EXACT: u64 = 1 << 53;
    match (figure.as_i64(), figure.as_f64()) {
        (Some(whole), _) if whole.unsigned_abs() <= EXACT => _ = write!(out, "{whole}"),
        (_, Some(double)) => ecmascript(out, double),
        _ => out.push_str("null"),
    }
}

/// ECMAScript's `Number::toString`: the shortest digits that read back as the same double, plain
/// from 1e-6 up to 1e21, else with an exponent.
fn ecmascript(out: &mut String, double: f64) {
    if !double.is_finite() {
        // JSON has no such numbers, and serde_json does not read them.
        out.push_str("null");
        return;
    }
    if double == 0.0 {
        out.push('0');
        return;
    }
    if double < 0.0 {
        out.push('-');
    }
    // Rust's `{:e}` gives the shortest digits, `d.ddde±x`, but of two that are equally near it may
    // take the odd one; rounding exactly to as many digits takes the even one, as ECMAScript does.
    let shortest = format!("{:e}", double.abs());
    let places = shortest
        .bytes()
        .take_while(|byte| *byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    let exact = format!("{:.*e}", places.saturating_sub(1), double.abs());
    let scientific = match exact.parse::<f64>() {
        Ok(again) if double.abs() == again => exact,
        _ => shortest,
    };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or_default() + 1;
    let len = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if (1..=21).contains(&point) {
        let whole = usize::try_from(point.min(len)).unwrap_or_default();
        let (before, after) = digits.split_at(whole);
        out.push_str(before);
        out.extend(std::iter::repeat_n(
            '0',
            usize::try_from(point - len).unwrap_or_default(),
        ));
        if !after.is_empty() {
            out.push('.');
            out.push_str(after);
        }
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.extend(std::iter::repeat_n(
            '0',
            usize::try_from(-point).unwrap_or_default(),
        ));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        _ = write!(
            out,
            "e{}{}",
            if point > 0 { "+" } else { "-" },
            (point - 1).abs()
        );
    }
}
