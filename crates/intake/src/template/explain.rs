//! The sheet of a template that explains its columns, in the reader's language.

use credit::catalog::{Item, ItemKind, Required, Theme};
use credit::lang::Lang;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Names of the second and third sheet.
pub(super) fn sheet_name(lang: Lang, nth: usize) -> &'static str {
    match (lang, nth) {
        (Lang::Zh, 1) => "填写说明",
        (Lang::Zh, _) => "代码",
        (Lang::En, 1) => "How to fill in",
        (Lang::En, _) => "Codes",
        (Lang::Ru, 1) => "Как заполнять",
        (Lang::Ru, _) => "Коды",
    }
}

/// Writes the sheet: what the theme is, each column, each cross-field rule.
pub(super) fn explanations(
    sheet: &mut Worksheet,
    theme: &Theme,
    items: &[&Item],
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(lang, 1))?;
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    sheet.write_with_format(0, 0, theme.title.get(lang), &bold)?;
    sheet.write(1, 0, theme.about.get(lang))?;
    for (at, (title, width)) in heads(lang)
        .into_iter()
        .zip([16, 28, 24, 36, 60])
        .enumerate()
    {
        let at = u16::try_from(at).unwrap_or(0);
        sheet.write_with_format(3, at, title, &bold)?;
        sheet.set_column_width(at, width)?;
    }
    let mut row = 4;
    for item in items {
        sheet.write(row, 0, item.code.as_str())?;
        sheet.write(row, 1, item.title.get(lang))?;
        sheet.write(row, 2, required(item, lang))?;
        sheet.write_with_format(row, 3, kind(item, lang), &wrap)?;
        sheet.write_with_format(row, 4, more(item, lang), &wrap)?;
        row += 1;
    }
    for rule in &theme.rules {
        row += 1;
        sheet.write(row, 0, rule.code.as_str())?;
        sheet.write(row, 1, rule.message.get(lang))?;
    }
    Ok(())
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str, ru: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
        Lang::Ru => ru,
    }
}

fn heads(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Zh => ["代码", "信息项", "是否必填", "类型", "取值与格式"],
        Lang::En => ["Code", "Item", "Required", "Type", "Values and form"],
        Lang::Ru => ["Код", "Поле", "Обязательно", "Тип", "Значения и формат"],
    }
}

fn required(item: &Item, lang: Lang) -> &str {
    match &item.required {
        Required::Yes => pick(lang, "必填", "yes", "да"),
        Required::No => pick(lang, "选填", "no", "нет"),
        Required::When(rule) => rule.message.get(lang),
    }
}

fn kind(item: &Item, lang: Lang) -> String {
    match &item.kind {
        ItemKind::Text(max) => match lang {
            Lang::Zh => format!("文本，最多 {max} 字"),
            Lang::En => format!("text of at most {max} characters"),
            Lang::Ru => format!("текст, не более {max} знаков"),
        },
        ItemKind::Date => pick(
            lang,
            "日期，如 2024-01-31；无期限写 2099-12-31",
            "date such as 2024-01-31; 2099-12-31 means no end",
            "дата, например 2024-01-31; 2099-12-31 — бессрочно",
        )
        .to_owned(),
        ItemKind::Integer => pick(lang, "整数", "whole number", "целое число").to_owned(),
        ItemKind::Decimal {
            digits,
            scale,
            unit,
        } => {
            let unit = unit.as_deref().unwrap_or("");
            let whole = digits.saturating_sub(*scale);
            match lang {
                Lang::Zh => format!("数字，整数最多 {whole} 位，小数最多 {scale} 位 {unit}"),
                Lang::En => format!("number, up to {whole} digits and {scale} decimals {unit}"),
                Lang::Ru => format!("число, до {whole} цифр и {scale} знаков после запятой {unit}"),
            }
        }
        ItemKind::Code { many: true, .. } => pick(
            lang,
            "代码，可填多个，用分号隔开",
            "codes, several joined with a semicolon",
            "коды, несколько через точку с запятой",
        )
        .to_owned(),
        ItemKind::Code { .. } => pick(lang, "代码", "code", "код").to_owned(),
        ItemKind::Identifier(system) => system
            .map_or(
                pick(
                    lang,
                    "主体代码",
                    "identifier of an organisation",
                    "код организации",
                ),
                |system| system.title(lang),
            )
            .to_owned(),
    }
}

fn more(item: &Item, lang: Lang) -> String {
    if let ItemKind::Code { set, .. } = &item.kind {
        let values: Vec<String> = set
            .values
            .iter()
            .map(|value| {
                let title = value.title.get(lang);
                if title == value.value {
                    value.value.clone()
                } else {
                    format!("{} ({title})", value.value)
                }
            })
            .collect();
        return values.join("; ");
    }
    item.format
        .as_ref()
        .map_or_else(String::new, |format| format.as_str().to_owned())
}
