//! Small files as agencies write them, with codes whose check digits are right.

/// A unified social credit code of an invented body: `head` tells its kind, `number` the body.
pub(crate) fn code(head: &str, number: u32) -> String {
    let body = format!("MB{number:06}");
    let sum: u32 = body
        .chars()
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(sign, weight)| sign.to_digit(36).unwrap() * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap(),
    };
    let mut code = format!("{head}990100{body}{check}");
    let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut weight = 1;
    let mut sum = 0;
    for sign in code.chars() {
        sum += alphabet.find(sign).unwrap() * weight;
        weight = weight * 3 % 31;
    }
    code.push(alphabet.as_bytes()[(31 - sum % 31) % 31] as char);
    code
}

/// The columns of a penalty used here.
pub(crate) const PENALTY: [&str; 18] = [
    "CF_XDR_MC",
    "CF_XDR_LB",
    "CF_XDR_SHXYM",
    "CF_FRDB",
    "CF_XDR_ZJHM",
    "CF_WSH",
    "CF_WFXW",
    "CF_SY",
    "CF_YJ",
    "CF_CFLB",
    "CF_NR",
    "CF_NR_FK",
    "CF_JDRQ",
    "CF_YXQ",
    "CF_CFJG",
    "CF_CFJGDM",
    "CF_SJLY",
    "CF_SJLYDM",
];

/// A penalty of an invented company, with some cells set otherwise; `YZCD` is always there.
pub(crate) fn penalty(number: u32, set: &[(&str, &str)]) -> Vec<String> {
    let organ = code("11", 900);
    let cells = [
        &format!("云汀测试{number}号有限公司"),
        "法人及非法人组织",
        &code("91", number),
        "甲某",
        "",
        &format!("云罚〔2026〕{number}号"),
        "虚假宣传",
        "发布不实广告",
        "《中华人民共和国广告法》第五十五条",
        "罚款",
        "罚款五万元",
        "5",
        "2026-09-10",
        "2099-12-31",
        "云汀市市场监督管理局",
        &organ,
        "云汀市市场监督管理局",
        &organ,
    ];
    let mut cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    cells.push("一般".to_owned());
    for (column, value) in set {
        let at = PENALTY
            .iter()
            .chain(["YZCD"].iter())
            .position(|name| name == column)
            .unwrap();
        cells[at] = (*value).to_owned();
    }
    cells
}

/// Penalties as CSV.
pub(crate) fn penalties(rows: &[Vec<String>]) -> String {
    let header: Vec<String> = PENALTY
        .iter()
        .chain(["YZCD"].iter())
        .map(|name| (*name).to_owned())
        .collect();
    csv(&header, rows, ",")
}

/// Any table, each cell quoted.
pub(crate) fn csv(header: &[String], rows: &[Vec<String>], between: &str) -> String {
    std::iter::once(header)
        .chain(rows.iter().map(Vec::as_slice))
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect();
            cells.join(between) + "\r\n"
        })
        .collect()
}

/// Registrations of `count` invented companies; each fiftieth code is wrong.
pub(crate) fn registrations(count: u32) -> String {
    let mut text = String::from("企业名称,统一社会信用代码,注册日期,注册地址\n");
    for number in 1..=count {
        let mut code = code("91", number);
        if number % 50 == 0 {
            code.replace_range(17.., "?");
        }
        text.push_str(&format!(
            "云汀生成{number}号有限公司,{code},2020-01-01,云汀市某路{number}号\n"
        ));
    }
    text
}
