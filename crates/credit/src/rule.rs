//! Cross-field rules in CEL: terminating, without side effects, compiled once.
//!
//! A rule is data of the catalogue, so it is read here with three fences: its source is short, it
//! names only items of its theme, and it has no loop over loops. The common shapes (comparisons,
//! membership, prefixes, patterns) are lowered to a [`plan`] that takes some tens of nanoseconds;
//! whatever the plan cannot decide is decided by the CEL interpreter, so that both always agree.

mod plan;

use crate::catalog::ItemKind;
use crate::lang::Text;
use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use cel::common::types::{CelDouble, CelNull, CelString};
use cel::common::value::CowVal;
use cel::context::VariableResolver;
use cel::{Context, Env, Program, Value};
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// Longest source of a rule, in characters: the longest shipped one has under 200; × 10 for room.
const SOURCE_CHARS: usize = 2_000;

/// Nesting of `all`, `exists`, `map` and `filter`: one loop over a literal list is enough, and two
/// bound the work by the square of the source's length.
const LOOPS: usize = 2;

/// A compiled rule. Items are variables by code: text and code items are strings (empty when
/// unfilled), dates are strings `YYYY-MM-DD` (they compare as dates do), numbers are doubles or
/// null; `today` is the day of the submission.
#[derive(Debug)]
pub struct Rule {
    /// Code shown to the supplier: `CF-01`.
    pub code: String,
    /// The expression as written.
    pub source: String,
    /// What to say when it does not hold, and how to mend the row.
    pub message: Text,
    /// Items it reads, for pointing at columns, in the order of their first use.
    pub items: Vec<String>,
    program: Program,
    plan: Option<plan::Plan>,
}

/// Why a rule was not compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// What is wrong, for the author of the catalogue file.
    pub message: String,
    /// Where in the source, in bytes, if that is known.
    pub offset: Option<usize>,
}

/// Why a compiled rule gave no answer for a row: a defect of the rule, not of the row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rule {code} gave no answer: {cause}")]
pub struct RuleFailure {
    /// The rule's code.
    pub code: String,
    /// What the interpreter said, without values of the row.
    pub cause: &'static str,
}

/// An item's value as rules see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Var<'a> {
    /// Text, code or date; empty when unfilled.
    Text(&'a str),
    /// A filled number.
    Number(f64),
    /// An unfilled number.
    Null,
}

impl<'a> Var<'a> {
    /// The value of an item from its canonical text.
    #[must_use]
    pub fn of(kind: &ItemKind, value: Option<&'a str>) -> Var<'a> {
        match kind {
            ItemKind::Integer | ItemKind::Decimal { .. } => value
                .and_then(|text| text.parse().ok())
                .map_or(Var::Null, Var::Number),
            _ => Var::Text(value.unwrap_or("")),
        }
    }

    fn cel<'b>(self) -> CowVal<'b, 'a>
    where
        'a: 'b,
    {
        match self {
            Var::Text(text) => CowVal::owned(CelString::from(text)),
            Var::Number(number) => CowVal::owned(CelDouble::from(number)),
            Var::Null => CowVal::owned(CelNull),
        }
    }
}

/// The values of one row by item code, for callers that have no positions at hand.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    today: String,
    vars: Vec<(&'a str, Var<'a>)>,
}

impl<'a> Scope<'a> {
    /// A row without values on a day.
    #[must_use]
    pub fn new(today: Date) -> Scope<'a> {
        Scope {
            today: today.to_string(),
            vars: Vec::new(),
        }
    }

    /// Adds an item's canonical value.
    #[must_use]
    pub fn with(mut self, code: &'a str, kind: &ItemKind, value: Option<&'a str>) -> Scope<'a> {
        self.vars.push((code, Var::of(kind, value)));
        self
    }

    fn get(&self, code: &str) -> Var<'a> {
        self.vars
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(Var::Text(""), |(_, var)| *var)
    }
}

impl Rule {
    /// Compiles a rule. `known_items` are the codes of the theme's items; a name outside them
    /// (and `today`) is refused, so that a misspelt item cannot make a rule hold for ever.
    ///
    /// # Errors
    /// A source that is too long, no CEL, names unknown items, nests loops or is no condition.
    pub fn compile(
        code: &str,
        source: &str,
        message: Text,
        known_items: &[&str],
    ) -> Result<Rule, RuleError> {
        if source.chars().count() > SOURCE_CHARS {
            return Err(refuse(format!(
                "the rule is longer than {SOURCE_CHARS} characters"
            )));
        }
        let program = Program::compile(source).map_err(|errors| syntax(source, &errors))?;
        let items = names(&program, known_items)?;
        let plan = plan::lower(program.expression(), &items);
        let rule = Rule {
            code: code.to_owned(),
            source: source.to_owned(),
            message,
            items,
            program,
            plan,
        };
        rule.try_out()?;
        Ok(rule)
    }

    /// Whether the rule holds for a row.
    ///
    /// # Errors
    /// The rule itself is at fault (it compares a date with a number, say); the row is not.
    pub fn holds(&self, scope: &Scope<'_>) -> Result<bool, RuleFailure> {
        self.holds_for(&scope.today, &|slot| {
            self.items
                .get(slot)
                .map_or(Var::Null, |code| scope.get(code))
        })
    }

    /// Whether the rule holds, where `get` gives the value of the item at a position of
    /// [`Rule::items`] and `today` is written `YYYY-MM-DD`. The way of the checker: no lookups by
    /// name and no allocation.
    ///
    /// # Errors
    /// As [`Rule::holds`].
    pub fn holds_for<'a>(
        &self,
        today: &'a str,
        get: &(dyn Fn(usize) -> Var<'a> + Sync),
    ) -> Result<bool, RuleFailure> {
        if let Some(answer) = self.plan.as_ref().and_then(|plan| plan.holds(today, get)) {
            return Ok(answer);
        }
        self.interpret(today, get)
    }

    /// The answer of the CEL interpreter alone: what the plan is tested against.
    fn interpret<'a>(
        &self,
        today: &'a str,
        get: &(dyn Fn(usize) -> Var<'a> + Sync),
    ) -> Result<bool, RuleFailure> {
        let vars: Vec<Var<'a>> = (0..self.items.len()).map(get).collect();
        let names = Names {
            items: &self.items,
            vars: &vars,
            today,
        };
        let mut context = Context::with_env(environment());
        context.set_variable_resolver(&names);
        match self.program.execute(&context) {
            Ok(Value::Bool(answer)) => Ok(answer),
            Ok(_) => Err(self.failure("it is not a condition")),
            Err(_) => Err(self.failure("it compares values that cannot be compared")),
        }
    }

    fn failure(&self, cause: &'static str) -> RuleFailure {
        RuleFailure {
            code: self.code.clone(),
            cause,
        }
    }

    /// Runs the rule once over empty values: an expression whose result is text or a number is
    /// found before any row meets it.
    fn try_out(&self) -> Result<(), RuleError> {
        match self.interpret("2000-01-01", &|_| Var::Text("")) {
            Err(failure) if failure.cause == "it is not a condition" => Err(refuse(
                "the rule is no condition: its result is not true or false".into(),
            )),
            _ => Ok(()),
        }
    }
}

/// The standard environment, built once: building it for each evaluation would cost more than
/// the evaluation.
fn environment() -> Arc<Env> {
    static ENV: OnceLock<Arc<Env>> = OnceLock::new();
    Arc::clone(ENV.get_or_init(|| Arc::new(Env::stdlib())))
}

fn refuse(message: String) -> RuleError {
    RuleError {
        message,
        offset: None,
    }
}

fn syntax(source: &str, errors: &cel::ParseErrors) -> RuleError {
    let Some(first) = errors.errors.first() else {
        return refuse("the rule is not CEL".into());
    };
    let line = usize::try_from(first.pos.0).unwrap_or(1).max(1);
    let column = usize::try_from(first.pos.1).unwrap_or(1).max(1);
    let before: usize = source
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    RuleError {
        message: format!("the rule is not CEL: {}", first.msg),
        offset: Some((before + column - 1).min(source.len())),
    }
}

/// The items a program reads, in order of first use; refuses names that are no items.
fn names(program: &Program, known: &[&str]) -> Result<Vec<String>, RuleError> {
    let mut walk = Walk {
        program,
        known,
        locals: Vec::new(),
        items: Vec::new(),
        loops: 0,
    };
    walk.expression(program.expression())?;
    Ok(walk.items)
}

struct Walk<'p> {
    program: &'p Program,
    known: &'p [&'p str],
    locals: Vec<&'p str>,
    items: Vec<String>,
    loops: usize,
}

impl<'p> Walk<'p> {
    fn expression(&mut self, expression: &'p IdedExpr) -> Result<(), RuleError> {
        match &expression.expr {
            Expr::Ident(name) => self.name(name, expression.id),
            Expr::Call(call) => {
                if let (true, [pattern]) = (call.func_name == "matches", call.args.as_slice())
                    && let Expr::Literal(LiteralValue::String(pattern)) = &pattern.expr
                    && regex::Regex::new(pattern.inner()).is_err()
                {
                    let message = "the pattern is no regular expression".into();
                    return Err(self.at(expression.id, message));
                }
                if let Some(target) = &call.target {
                    self.expression(target)?;
                }
                call.args.iter().try_for_each(|each| self.expression(each))
            }
            Expr::List(list) => list
                .elements
                .iter()
                .try_for_each(|each| self.expression(each)),
            Expr::Comprehension(folded) => {
                self.loops += 1;
                if self.loops > LOOPS {
                    return Err(self.at(expression.id, "the rule nests too many loops".into()));
                }
                self.expression(&folded.iter_range)?;
                let outer = self.locals.len();
                self.locals.push(&folded.iter_var);
                self.locals.extend(folded.iter_var2.as_deref());
                self.locals.push(&folded.accu_var);
                for part in [
                    &folded.accu_init,
                    &folded.loop_cond,
                    &folded.loop_step,
                    &folded.result,
                ] {
                    self.expression(part)?;
                }
                self.locals.truncate(outer);
                Ok(())
            }
            Expr::Literal(_) => Ok(()),
            Expr::Select(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => Err(self.at(
                expression.id,
                "a rule reads plain items: no fields, maps or structures".into(),
            )),
        }
    }

    fn name(&mut self, name: &'p str, id: u64) -> Result<(), RuleError> {
        if name == "today" || self.locals.contains(&name) {
            return Ok(());
        }
        if !self.known.contains(&name) {
            return Err(self.at(id, format!("the theme has no item {name}")));
        }
        if !self.items.iter().any(|item| item == name) {
            self.items.push(name.to_owned());
        }
        Ok(())
    }

    fn at(&self, id: u64, message: String) -> RuleError {
        let start = self.program.source_info().offset_for(id);
        RuleError {
            message,
            offset: start.and_then(|(start, _)| usize::try_from(start).ok()),
        }
    }
}

/// Gives the interpreter its variables without copying a row's text.
struct Names<'s, 'a> {
    items: &'s [String],
    vars: &'s [Var<'a>],
    today: &'a str,
}

impl VariableResolver for Names<'_, '_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        if let Some(slot) = self.items.iter().position(|item| item == variable) {
            return self.vars.get(slot).map(|var| var.cel());
        }
        (variable == "today").then(|| Var::Text(self.today).cel())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ITEMS: [&str; 4] = ["A", "B", "N", "D"];

    fn text(zh: &str) -> Text {
        Text {
            zh: zh.into(),
            en: zh.into(),
            ru: zh.into(),
        }
    }

    fn compile(source: &str) -> Result<Rule, RuleError> {
        Rule::compile("T-01", source, text("说明"), &ITEMS)
    }

    fn values<'a>(rule: &'a Rule, a: &'a str, n: Option<f64>) -> impl Fn(usize) -> Var<'a> + Sync {
        move |slot| match rule.items.get(slot).map(String::as_str) {
            Some("A") => Var::Text(a),
            Some("B") => Var::Text("罚款;警告"),
            Some("D") => Var::Text("2024-02-29"),
            _ => n.map_or(Var::Null, Var::Number),
        }
    }

    #[test]
    fn what_is_not_a_rule_of_this_theme_is_refused() {
        for (source, part) in [
            ("A ==", "not CEL"),
            ("C == ''", "no item C"),
            ("A == '' && Cc.x", "plain items"),
            ("size(A)", "no condition"),
            ("A", "no condition"),
            ("{'a': A} == {}", "plain items"),
            ("A.matches('(')", "no regular expression"),
            (
                "[1].all(x, [2].all(y, [3].all(z, x + y + z > 0)))",
                "too many loops",
            ),
        ] {
            let error = compile(source).err().map(|error| error.message);
            assert!(
                error.as_deref().is_some_and(|said| said.contains(part)),
                "{source}: {error:?}"
            );
        }
        assert!(compile(&format!("A == '{}'", "x".repeat(SOURCE_CHARS))).is_err());
    }

    #[test]
    fn an_error_points_into_the_source() {
        let found = compile("A == '' || Zz == 'x'")
            .err()
            .and_then(|error| error.offset);
        assert_eq!(found, Some(11));
    }

    #[test]
    fn common_shapes_are_lowered() -> Result<(), RuleError> {
        for source in [
            "A != ''",
            "D <= today",
            "N == null || N >= 0",
            "!(B.contains('罚款')) || N != null",
            "A in ['企业法人', '个体工商户']",
            "A.matches('^[0-9]{3}$') && size(A) == 3",
            "A == '' ? B == '' : true",
        ] {
            assert!(compile(source)?.plan.is_some(), "{source}");
        }
        assert!(compile("N + 1.0 > 2.0")?.plan.is_none());
        Ok(())
    }

    #[test]
    fn a_rule_that_cannot_compare_fails_instead_of_answering() -> Result<(), RuleError> {
        let rule = compile("N > D")?;
        assert!(
            rule.holds_for("2024-01-01", &values(&rule, "", Some(1.0)))
                .is_err()
        );
        let rule = compile("N > 3.0")?;
        assert!(
            rule.holds_for("2024-01-01", &values(&rule, "", None))
                .is_err()
        );
        assert_eq!(
            rule.holds_for("2024-01-01", &values(&rule, "", Some(4.0))),
            Ok(true)
        );
        Ok(())
    }

    fn leaf() -> impl Strategy<Value = String> {
        let term = prop_oneof![
            Just("A".to_owned()),
            Just("B".to_owned()),
            Just("N".to_owned()),
            Just("D".to_owned()),
            Just("today".to_owned()),
            Just("null".to_owned()),
            Just("''".to_owned()),
            Just("'罚款'".to_owned()),
            Just("1".to_owned()),
            Just("0.5".to_owned()),
            Just("size(A)".to_owned()),
        ];
        let operator = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
        prop_oneof![
            4 => (term.clone(), operator, term.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            1 => (term.clone(), term.clone(), term.clone())
                .prop_map(|(value, one, two)| format!("{value} in [{one}, {two}]")),
            1 => (term.clone(), prop::sample::select(vec!["contains", "startsWith", "endsWith", "matches"]))
                .prop_map(|(value, name)| format!("{value}.{name}('罚款')")),
            1 => Just("true".to_owned()),
        ]
    }

    fn condition() -> impl Strategy<Value = String> {
        leaf().prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) && ({b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) || ({b})")),
                inner.clone().prop_map(|a| format!("!({a})")),
                (inner.clone(), inner.clone(), inner)
                    .prop_map(|(a, b, c)| format!("({a}) ? ({b}) : ({c})")),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn the_plan_and_the_interpreter_agree(
            source in condition(),
            a in prop::sample::select(vec!["", "罚款", "123", "罚款;x"]),
            n in prop::sample::select(vec![None, Some(0.5), Some(1.0), Some(-3.0)]),
        ) {
            if let Ok(rule) = compile(&source) {
                let get = values(&rule, a, n);
                let slow = rule.interpret("2024-03-01", &get);
                let fast = rule.plan.as_ref().and_then(|plan| plan.holds("2024-03-01", &get));
                if let Some(fast) = fast {
                    prop_assert_eq!(slow, Ok(fast), "{}", source);
                }
            }
        }
    }
}
