//! What the table of rights says of each request.

/// What the table says of a request: lists without a theme are let in where anything of the agency is
/// reached; decisions and confirmations about what is not there end as "not found" for those who may.
pub(super) fn expected(
    reach: &credit::people::Reach,
    method: &str,
    route: &str,
    probe: (&str, &str, &str),
) -> bool {
    match (method, route) {
        (
            "GET",
            "/supply/submit" | "/supply/snapshots" | "/supply/correct" | "/sharing/ask"
            | "/sharing/lookup" | "/sharing/officers" | "/api/v1/look-audit" | "/cases/open",
        ) => !reach.is_nothing(),
        // A consent tells its agency's systems what it allows; to others it is unknown.
        ("POST", "/api/v1/consents") => !reach.is_nothing(),
        (
            _,
            "/cases"
            | "/cases/open"
            | "/cases/search"
            | "/cases/search.csv"
            | "/cases/search.xlsx"
            | "/cases/statistics"
            | "/api/v1/legal-cases"
            | "/sharing/receipts"
            | "/api/v1/receipts",
        ) => reach.touches(probe.1),
        // Grants are an agency's; whoever decides on one is asked for each of its themes.
        (_, "/sharing" | "/sharing/ask" | "/sharing/lookup" | "/sharing/deferrals") => {
            reach.touches(probe.1)
        }
        ("GET", "/sharing/grants/{id}") => reach.touches(probe.1),
        (_, "/api/v1/grants" | "/api/v1/grants/{id}" | "/api/v1/lookups" | "/api/v1/cases") => {
            reach.touches(probe.1)
        }
        (
            "GET",
            "/supply"
            | "/supply/holds"
            | "/supply/pulls"
            | "/supply/quality"
            | "/supply/questions"
            | "/api/v1/submissions"
            | "/api/v1/due",
        ) => reach.touches(probe.1),
        _ => reach.covers(probe.1, probe.2),
    }
}
