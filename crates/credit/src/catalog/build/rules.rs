//! Rules of a theme, compiled; a defect is shown on the line where the rule stands.

use super::super::raw::{At, RawItem, RawTheme};
use super::super::refusals;
use super::Build;
use crate::lang::Text;
use crate::rule::Rule;

impl Build<'_, '_> {
    /// The rule by which each row says whether it is public.
    pub(super) fn public_when(&mut self, raw: &RawTheme) -> Option<Rule> {
        let when = raw.public_when.as_ref()?;
        self.rule("public-when", when, internal_text())
    }

    pub(super) fn rules(&mut self, raw: &RawTheme) -> Vec<Rule> {
        let mut rules = Vec::new();
        for rule in &raw.rules {
            let rule = rule.get_ref();
            let message = self.text(&rule.message);
            rules.extend(self.rule(rule.code.get_ref(), &rule.holds, message));
        }
        for item in &raw.items {
            rules.extend(self.consent(item.get_ref()));
        }
        rules
    }

    /// 征信业管理条例 14: the item may be filled only beside the number of a written consent. The
    /// rule is made here, so that no author of a theme can forget it.
    pub(super) fn consent(&mut self, item: &RawItem) -> Option<Rule> {
        let consent = item.consent_item.as_ref()?;
        self.item(consent)?;
        let number = matches!(item.kind.get_ref().as_str(), "integer" | "decimal");
        let empty = if number { "null" } else { "\"\"" };
        let (code, given) = (item.code.get_ref(), consent.get_ref());
        let source = format!("{code} == {empty} || {given} != \"\"");
        let (title, code) = (item.title.get_ref(), format!("consent:{code}"));
        let message = Text {
            zh: format!(
                "填写“{}”须有本人书面同意：请填写同意书编号，否则留空。",
                title.zh
            ),
            en: format!(
                "\"{}\" needs the person's written consent: give its number or leave it empty.",
                title.en
            ),
            ru: format!(
                "«{}» требует письменного согласия: укажите его номер или оставьте пустым.",
                title.ru
            ),
        };
        match Rule::compile(&code, &source, message, self.codes) {
            Ok(rule) => Some(rule),
            Err(error) => {
                self.desk
                    .refuse(consent.span(), &refusals::CEL, &[&code, &error.message]);
                None
            }
        }
    }

    /// Compiles a rule; a defect is shown on the line where it stands.
    pub(super) fn rule(&mut self, code: &str, source: &At<String>, message: Text) -> Option<Rule> {
        match Rule::compile(code, source.get_ref(), message, self.codes) {
            Ok(rule) => Some(rule),
            Err(error) => {
                self.desk
                    .refuse(source.span(), &refusals::CEL, &[code, &error.message]);
                None
            }
        }
    }
}

/// For rules that decide something and refuse nothing: their message is never shown for a row.
pub(super) fn internal_text() -> Text {
    Text {
        zh: "内部规则".to_owned(),
        en: "internal rule".to_owned(),
        ru: "внутреннее правило".to_owned(),
    }
}
