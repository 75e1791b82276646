//! What a column's title says about it, in words of several languages.

/// The part of a title that tells: behind the last `/`, `#`, `:` or `.`, lower case, words joined
/// by one underscore.
#[must_use]
pub fn local_title(title: &str) -> String {
    let tail = title.rsplit(['/', '#', ':', '.']).next().unwrap_or(title);
    let mut found = String::with_capacity(tail.len());
    let mut lower = false;
    for letter in tail.trim().trim_start_matches('\u{feff}').chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && lower {
                found.push('_');
            }
            lower = letter.is_lowercase();
            found.extend(letter.to_lowercase());
        } else if !found.is_empty() && !found.ends_with('_') {
            found.push('_');
            lower = false;
        }
    }
    found.trim_end_matches('_').to_owned()
}

/// What a title hints at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    RowKey,
    Result,
    Given,
    Family,
    Person,
    FullName,
    Organisation,
    Date,
    Email,
    Telephone,
    Identity,
    Postcode,
    Place,
    Measure,
    None,
}

/// Titles that name a row and not what the row is about.
const ROW_KEYS: [&str; 22] = [
    "id",
    "row",
    "row_id",
    "rowid",
    "rec_id",
    "recid",
    "record_id",
    "recordid",
    "record",
    "unique_id",
    "uid",
    "uuid",
    "index",
    "idx",
    "key",
    "unnamed_0",
    "source",
    "dataset",
    "source_dataset",
    "source_file",
    "序号",
    "行号",
];

/// Titles of what an earlier run or a truth file says; never evidence.
const RESULTS: [&str; 8] = [
    "cluster",
    "cluster_id",
    "cluster_before",
    "entity_id",
    "true_id",
    "truth",
    "label",
    "match_id",
];

/// Words of a title, each with its hint; the first that occurs counts.
const WORDS: &[(Hint, &[&str])] = &[
    (Hint::Email, &["email", "mail", "邮箱"]),
    (
        Hint::Telephone,
        &[
            "phone",
            "tel",
            "telephone",
            "mobile",
            "cell",
            "fax",
            "电话",
            "手机",
        ],
    ),
    (
        Hint::Postcode,
        &[
            "postcode",
            "post_code",
            "postal",
            "zip",
            "zipcode",
            "plz",
            "邮编",
        ],
    ),
    (
        Hint::Date,
        &[
            "date",
            "dob",
            "birth",
            "birthday",
            "birthdate",
            "born",
            "日期",
            "出生",
            "时间",
        ],
    ),
    (
        Hint::Organisation,
        &[
            "company",
            "organisation",
            "organization",
            "org",
            "firm",
            "employer",
            "企业名称",
            "单位名称",
            "公司",
            "机构名称",
            "纳税人名称",
            "主体名称",
        ],
    ),
    (
        Hint::Place,
        &[
            "address", "street", "suburb", "city", "town", "state", "county", "district",
            "province", "country", "region", "place", "locality", "village", "addr", "road",
            "house", "地址", "城市", "省", "市", "区", "住所",
        ],
    ),
    (
        Hint::Given,
        &[
            "given",
            "first",
            "fname",
            "forename",
            "firstname",
            "christian",
            "givenname",
            "名",
        ],
    ),
    (
        Hint::Family,
        &[
            "surname", "last", "lname", "lastname", "family", "sname", "姓",
        ],
    ),
    (
        Hint::Person,
        &[
            "fullname",
            "full_name",
            "person",
            "person_name",
            "patient",
            "customer_name",
            "client_name",
            "applicant",
            "姓名",
        ],
    ),
    (Hint::FullName, &["name", "名称"]),
    (
        Hint::Identity,
        &[
            "ssn",
            "soc",
            "sec",
            "social",
            "passport",
            "licence",
            "license",
            "nino",
            "nhs",
            "tax",
            "vat",
            "代码",
            "证号",
            "身份证",
            "税号",
            "code",
            "number",
            "no",
            "isbn",
            "sku",
        ],
    ),
    (
        Hint::Measure,
        &[
            "price",
            "amount",
            "cost",
            "salary",
            "weight",
            "height",
            "age",
            "price_usd",
            "金额",
            "价格",
        ],
    ),
];

/// The hint of a title.
pub(super) fn hint(title: &str) -> Hint {
    let title = local_title(title);
    if RESULTS.contains(&title.as_str()) {
        return Hint::Result;
    }
    if title.is_empty() || ROW_KEYS.contains(&title.as_str()) {
        return Hint::RowKey;
    }
    let has = |word: &&str| {
        if word.is_ascii() {
            title == *word || title.split('_').any(|part| part == *word)
        } else {
            title.contains(*word)
        }
    };
    let found = WORDS.iter().find(|(_, words)| words.iter().any(has));
    found.map_or(Hint::None, |(hint, _)| *hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_in_many_styles() {
        for (title, expected) in [
            ("givenName", Hint::Given),
            (" date_of_birth", Hint::Date),
            ("http://x.org/owl#phone_number", Hint::Telephone),
            ("Last Name", Hint::Family),
            ("soc_sec_id", Hint::Identity),
            ("rec_id", Hint::RowKey),
            ("Cluster", Hint::Result),
            ("street_number", Hint::Place),
            ("统一社会信用代码", Hint::Identity),
            ("企业名称", Hint::Organisation),
            ("col7", Hint::None),
        ] {
            assert_eq!(hint(title), expected, "{title}");
        }
    }
}
