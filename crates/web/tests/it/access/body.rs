//! What the requests of the table carry.

use super::Grants;
use credit::people::Action;

/// What is sent: enough to be let in where one may, and too little for anything to change.
pub(super) fn body(
    (method, route, action): (&str, &str, Action),
    (_, agency, theme): (&str, &str, &str),
    grants: &Grants,
) -> (String, String) {
    if route == "/supply/submit" && method == "POST" {
        let part = |name: &str, value: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--b--\r\n";
        let body = part("theme", theme) + &part("supplier", agency) + file;
        return ("multipart/form-data; boundary=b".to_owned(), body);
    }
    if route == "/cases/search" {
        let kind = "application/x-www-form-urlencoded".to_owned();
        return (kind, "code=&matter=".to_owned());
    }
    if route.contains("/cases") && route != "/api/v1/cases" || route.contains("/legal-cases") {
        return super::cases::body(action);
    }
    if route == "/api/v1/consents" {
        return (
            "application/json".to_owned(),
            "{\"consent\":\"0\"}".to_owned(),
        );
    }
    if route == "/api/v1/lookups" {
        let asked = format!(
            "{{\"grant\":\"{}\",\"code\":\"\",\"purpose\":\"\",\"case\":\"\",\"officer\":\"looks.named\"}}",
            grants.asks
        );
        return ("application/json".to_owned(), asked);
    }
    if route.ends_with("/receipts") && method == "POST" {
        let case = "0".repeat(32);
        return match route {
            "/api/v1/receipts" => (
                "application/json".to_owned(),
                format!(
                    "{{\"case\":\"{case}\",\"number\":1,\"agency\":\"{agency}\",\"officer\":\"looks.named\"}}"
                ),
            ),
            _ => (
                "application/x-www-form-urlencoded".to_owned(),
                format!("case={case}&seq=1&agency={agency}"),
            ),
        };
    }
    if route == "/api/v1/nil-reports" {
        let body = format!(
            "{{\"supplier\":\"{agency}\",\"theme\":\"{theme}\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}}"
        );
        return ("application/json".to_owned(), body);
    }
    if route == "/api/v1/own-facts" {
        let body = format!(
            "{{\"supplier\":\"{agency}\",\"theme\":\"{theme}\",\"code\":\"\",\"case\":\"c\",\"officer\":\"looks.named\"}}"
        );
        return ("application/json".to_owned(), body);
    }
    if route == "/api/v1/corrections" {
        let record = "0".repeat(32);
        let paper = "{\"kind\":\"\",\"number\":\"\",\"day\":\"\",\"organ\":\"\"}";
        let body = format!(
            "{{\"supplier\":\"{agency}\",\"theme\":\"{theme}\",\"record\":\"{record}\",\"version\":1,\"values\":{{}},\"reason\":\"\",\"document\":{paper}}}"
        );
        return ("application/json".to_owned(), body);
    }
    if route.starts_with("/api/v1/grants") && method == "POST" {
        let rest = match (route, action) {
            ("/api/v1/grants", _) => format!(
                "\"agency\":\"{agency}\",\"supplier\":\"\",\"items\":[],\"purposes\":[],\"kinds\":[],\"basis\":\"\",\"per_day\":0,\"in_all\":0"
            ),
            (_, Action::GrantDecide) => "\"move\":\"refuse\"".to_owned(),
            _ => "\"move\":\"withdraw\"".to_owned(),
        };
        let body = format!("{{{rest},\"reason\":\"\",\"officer\":\"looks.named\"}}");
        return ("application/json".to_owned(), body);
    }
    let kind = "application/x-www-form-urlencoded".to_owned();
    let text = match (route, action) {
        ("/sharing/ask" | "/sharing/deferrals", _) => format!("agency={agency}"),
        ("/sharing/lookup", _) => format!("grant={}", grants.asks),
        (_, Action::GrantAsk) => "move=withdraw".to_owned(),
        (_, Action::GrantDecide) => "move=refuse".to_owned(),
        (_, Action::GrantSettle) => "move=uphold".to_owned(),
        _ => "answer=none&reason=why".to_owned(),
    };
    (kind, text)
}

/// A row whose code has a wrong last character.
pub(super) fn spoilt(row: &str) -> String {
    let cells = row.split(',').map(|cell| match cell.strip_prefix("91") {
        Some(_) if cell.len() == 18 => {
            let last = if cell.ends_with('A') { "B" } else { "A" };
            format!("{}{last}", &cell[..17])
        }
        _ => cell.to_owned(),
    });
    cells.collect::<Vec<_>>().join(",")
}
