//! Policies: read, checked against the schema, and asked.

use cedar_policy::{
    Authorizer, Context, Decision, Effect, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicyId, PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};
use credit::people::{Action, Appointment};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

/// The schema as shipped.
pub const SCHEMA: &str = include_str!("../../../catalog/access/desk.cedarschema");
/// The policies as shipped.
pub const SHIPPED: &str = include_str!("../../../catalog/access/desk.cedar");
/// Bytes of a site's policies at most: the shipped ones have under 8 kB; × 8 for a site's own.
pub const SITE_BYTES: usize = 64 * 1024;
/// Policies of a site at most: each is asked at every question that is not remembered.
pub const SITE_POLICIES: usize = 100;

/// Why policies are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPolicies {
    /// They cannot be read.
    #[error("the policies cannot be read: {0}")]
    Unreadable(String),
    /// They speak of what the schema does not know, or compare what cannot be compared.
    #[error("the policies do not fit the schema: {0}")]
    Unfit(String),
    /// A site's policy permits.
    #[error("policy {0} permits; a site's own policies can only forbid")]
    Permits(String),
    /// They are more, or longer, than is asked at every question.
    #[error("at most {SITE_POLICIES} policies in {SITE_BYTES} bytes")]
    TooMany,
}

/// Where a matter stands, seen from an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Of the appointment's agency, in a theme to which it is appointed.
    Named,
    /// Of the appointment's agency, in another theme.
    Unnamed,
    /// Of another agency.
    Foreign,
}

impl Matter {
    /// Every place.
    pub const ALL: [Matter; 3] = [Matter::Named, Matter::Unnamed, Matter::Foreign];

    fn id(self) -> &'static str {
        match self {
            Matter::Named => "named",
            Matter::Unnamed => "unnamed",
            Matter::Foreign => "foreign",
        }
    }
}

/// Policies that fit the schema, with what never changes about them.
pub struct Policies {
    schema: Schema,
    set: PolicySet,
    matters: Vec<Entity>,
    authorizer: Authorizer,
}

impl std::fmt::Debug for Policies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policies({})", self.set.policies().count())
    }
}

impl Policies {
    /// Reads the shipped policies, and a site's own beside them.
    ///
    /// # Errors
    /// [`BadPolicies`], with what Cedar says of the place.
    pub fn read(shipped: &str, site: &str) -> Result<Policies, BadPolicies> {
        let unreadable = |cause: &dyn std::error::Error| BadPolicies::Unreadable(told(cause));
        let (schema, _) =
            Schema::from_cedarschema_str(SCHEMA).map_err(|cause| unreadable(&cause))?;
        let mut set = PolicySet::from_str(shipped).map_err(|cause| unreadable(&cause))?;
        if site.len() > SITE_BYTES {
            return Err(BadPolicies::TooMany);
        }
        let own = PolicySet::from_str(site).map_err(|cause| unreadable(&cause))?;
        if own.policies().count() > SITE_POLICIES || own.templates().next().is_some() {
            return Err(BadPolicies::TooMany);
        }
        for (at, policy) in own.policies().enumerate() {
            if policy.effect() == Effect::Permit {
                let name = policy.annotation("id").unwrap_or_default();
                return Err(BadPolicies::Permits(format!("{} ({name})", at + 1)));
            }
            let renamed = policy.new_id(PolicyId::new(format!("site-{at}")));
            set.add(renamed).map_err(|cause| unreadable(&cause))?;
        }
        let checked = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if let Some(first) = checked.validation_errors().next() {
            return Err(BadPolicies::Unfit(first.to_string()));
        }
        let matters = Matter::ALL.into_iter().map(matter);
        let matters = matters.collect::<Option<Vec<Entity>>>();
        Ok(Policies {
            schema,
            set,
            matters: matters.ok_or(BadPolicies::Unreadable("a matter".to_owned()))?,
            authorizer: Authorizer::new(),
        })
    }

    /// Whether an appointment may do something on a day to what stands there. What cannot be asked or
    /// decided, down to one policy that fails on its way, is refused.
    #[must_use]
    pub fn allow(&self, one: &Appointment, action: Action, matter: Matter, today: Date) -> bool {
        self.decide(one, action, matter, today).unwrap_or(false)
    }

    fn decide(&self, one: &Appointment, action: Action, at: Matter, today: Date) -> Option<bool> {
        let principal = uid("Appointment", "this")?;
        let appointed = appointment(one, principal.clone())?;
        let role = Entity::with_uid(uid("Role", one.role.code())?);
        let all = self.matters.iter().cloned().chain([appointed, role]);
        let entities = Entities::from_entities(all, Some(&self.schema)).ok()?;
        let day = RestrictedExpression::new_datetime(today.to_string());
        let context = Context::from_pairs([("today".to_owned(), day)]).ok()?;
        let (action, resource) = (uid("Action", action.code())?, uid("Matter", at.id())?);
        let asked = Request::new(principal, action, resource, context, Some(&self.schema)).ok()?;
        let answer = self.authorizer.is_authorized(&asked, &self.set, &entities);
        // Cedar leaves out a policy that fails; a forbidding one that is left out would let in.
        let whole = answer.diagnostics().errors().next().is_none();
        Some(whole && answer.decision() == Decision::Allow)
    }
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind = EntityTypeName::from_str(kind).ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn matter(at: Matter) -> Option<Entity> {
    let attrs = HashMap::from([
        (
            "own".to_owned(),
            RestrictedExpression::new_bool(at != Matter::Foreign),
        ),
        (
            "named".to_owned(),
            RestrictedExpression::new_bool(at == Matter::Named),
        ),
    ]);
    Entity::new(uid("Matter", at.id())?, attrs, HashSet::new()).ok()
}

fn appointment(one: &Appointment, name: EntityUid) -> Option<Entity> {
    let agency = RestrictedExpression::new_entity_uid(uid("Agency", &one.agency)?);
    let day = |day: Date| RestrictedExpression::new_datetime(day.to_string());
    let mut attrs = HashMap::from([
        ("agency".to_owned(), agency),
        ("from".to_owned(), day(one.from)),
        ("until".to_owned(), day(one.until)),
    ]);
    if let Some(unit) = &one.unit {
        let unit = RestrictedExpression::new_string(unit.clone());
        attrs.insert("unit".to_owned(), unit);
    }
    let role = HashSet::from([uid("Role", one.role.code())?]);
    Entity::new(name, attrs, role).ok()
}

/// An error with all that it was caused by, in one line.
fn told(cause: &dyn std::error::Error) -> String {
    let mut text = cause.to_string();
    let mut next = cause.source();
    // Causes nest a handful deep; sixteen is never reached.
    for _ in 0..16 {
        let Some(cause) = next else { break };
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
