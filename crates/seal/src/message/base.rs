//! The text that is signed (RFC 9421, section 2.5).

use super::{Message, Refusal};

/// Makes the text; refuses a component that the request does not have.
pub(super) fn of(
    message: &Message<'_>,
    covered: &[String],
    params: &str,
) -> Result<String, Refusal> {
    let mut base = String::new();
    for name in covered {
        let value = value(message, name)?;
        if value.contains(['\n', '\r']) {
            return Err(Refusal::Form);
        }
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {params}"));
    Ok(base)
}

fn value(message: &Message<'_>, name: &str) -> Result<String, Refusal> {
    let path = if message.path.is_empty() {
        "/"
    } else {
        message.path
    };
    let query = message.query.map(|query| format!("?{query}"));
    Ok(match name {
        "@method" => message.method.to_owned(),
        "@authority" => authority(message),
        "@scheme" => message.scheme.to_owned(),
        "@path" => path.to_owned(),
        // An address without a query is signed as one with an empty query (section 2.2.7).
        "@query" => query.unwrap_or_else(|| "?".to_owned()),
        "@request-target" => format!("{path}{}", query.unwrap_or_default()),
        "@target-uri" => {
            let (scheme, authority) = (message.scheme, authority(message));
            format!("{scheme}://{authority}{path}{}", query.unwrap_or_default())
        }
        field if !field.starts_with('@') => values(message, field)?,
        _ => return Err(Refusal::Coverage),
    })
}

/// The host in lower case, without the port that the scheme has anyway (section 2.2.3).
fn authority(message: &Message<'_>) -> String {
    let port = if message.scheme == "https" {
        ":443"
    } else {
        ":80"
    };
    let host = message.authority.to_ascii_lowercase();
    host.strip_suffix(port).map(str::to_owned).unwrap_or(host)
}

/// All lines of a field, trimmed and joined (section 2.1).
fn values(message: &Message<'_>, field: &str) -> Result<String, Refusal> {
    let lines = message.fields.iter().filter(|(name, _)| *name == field);
    let lines: Vec<&str> = lines.map(|(_, value)| value.trim()).collect();
    if lines.is_empty() {
        return Err(Refusal::Coverage);
    }
    Ok(lines.join(", "))
}
