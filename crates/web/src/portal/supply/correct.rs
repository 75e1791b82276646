//! A fact is corrected with a document: the supplier's own facts on a subject are looked up (which is
//! written down), one is opened with the version in force, and the corrected row goes through the door
//! with its reason and document. Nothing of it stands in an address.

mod page;

pub(super) use page::kind;

use super::form::{self, Shown, busy, typed};
use super::{Fault, field};
use crate::Site;
use crate::desk::Clerk;
use crate::reader::Reader;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::Theme;
use credit::people::Action;
use credit::subject::RecordId;
use exchange::Error;
use exchange::corrections::{self, Corrected, Correction, Look, OwnFact, Paper};
use exchange::ingest::{self, Recall, Rehearsed, Told, What};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    supplier: String,
}

/// Where a correction stands: for whom, by whom, and what was typed.
struct Desk<'a> {
    site: &'a Site,
    reader: &'a Reader,
    clerk: &'a Clerk,
    theme: Arc<Theme>,
    supplier: &'a str,
    fields: &'a [(String, String)],
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    if !clerk.can(Action::FactCorrect.code()) {
        return crate::page::error(&reader, &Error::Forbidden);
    }
    page::start(&site, &reader, &clerk, &ask, &[], Vec::new())
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let ask = ask.or(&fields);
    let catalog = &site.office.catalog;
    let theme = catalog.theme(&ask.theme, site.office.today());
    if let Err(error) = clerk.may(Action::FactCorrect, &ask.supplier, &ask.theme) {
        return crate::page::error(&reader, &error);
    }
    let Some(theme) = theme else {
        let faults = page::theme_fault(&reader);
        return page::start(&site, &reader, &clerk, &ask, &fields, faults);
    };
    let desk = Desk {
        site: &site,
        reader: &reader,
        clerk: &clerk,
        theme: Arc::clone(theme),
        supplier: &ask.supplier,
        fields: &fields,
    };
    desk.step(field(&fields, "step")).await
}

impl Ask {
    /// The form of the first step names both in its fields, later ones in their address.
    fn or(self, fields: &[(String, String)]) -> Ask {
        let told = |name: &str, query: String| match field(fields, name) {
            "" => query,
            typed => typed.to_owned(),
        };
        Ask {
            theme: told("theme", self.theme),
            supplier: told("supplier", self.supplier),
        }
    }
}

impl Desk<'_> {
    async fn step(&self, step: &str) -> Response {
        match step {
            "open" => self.open().await,
            "check" => self.check().await,
            "change" => {
                let shown = Shown::first(self.typed(), Vec::new());
                self.write(shown, Vec::new()).await
            }
            "send" => self.send().await,
            "recall" => self.recall().await,
            _ => self.find(Vec::new()).await,
        }
    }

    fn field(&self, name: &str) -> &str {
        field(self.fields, name)
    }

    fn typed(&self) -> Vec<String> {
        typed(&self.theme, self.fields)
    }

    fn record(&self) -> Option<RecordId> {
        RecordId::parse(self.field("record"))
    }

    fn fails(&self, error: &Error) -> Response {
        crate::page::error(self.reader, error)
    }

    /// The agency's own facts on the subject. The look is written down.
    async fn facts(&self) -> Result<Vec<OwnFact>, Error> {
        let look = Look {
            supplier: self.supplier,
            theme: &self.theme.code,
            code: self.field("code"),
            officer: self.clerk.officer.name(),
            case: self.field("case"),
        };
        corrections::own_facts(&self.site.office, &look, self.reader.lang).await
    }

    async fn find(&self, faults: Vec<Fault>) -> Response {
        match self.facts().await {
            Ok(facts) => self.list(&facts, faults),
            Err(error) => self.back(&error),
        }
    }

    /// What is wrong with the code or the case, beside the first step's fields.
    fn back(&self, error: &Error) -> Response {
        let ask = Ask {
            theme: self.theme.code.clone(),
            supplier: self.supplier.to_owned(),
        };
        let text = match error {
            Error::Request(text) => text.get(self.reader.lang).to_owned(),
            Error::NotFound => error.message(self.reader.lang),
            _ => return self.fails(error),
        };
        let at = if self.field("case").is_empty() {
            "case"
        } else {
            "code"
        };
        let faults = vec![Fault::new(at, text)];
        page::start(
            self.site,
            self.reader,
            self.clerk,
            &ask,
            self.fields,
            faults,
        )
    }

    /// The form with the version in force.
    async fn open(&self) -> Response {
        let facts = match self.facts().await {
            Ok(facts) => facts,
            Err(error) => return self.back(&error),
        };
        let record = self.record();
        let Some(fact) = facts.iter().find(|fact| Some(fact.record) == record) else {
            return self.fails(&Error::NotFound);
        };
        let values = self.theme.items.iter().map(|item| {
            let value = fact.values.iter().find(|(code, _)| *code == item.code);
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        });
        let shown = Shown::first(values.collect(), Vec::new());
        self.form(shown, Vec::new(), (fact.record, fact.version))
    }

    /// What the officer saw when the form was opened.
    fn seen(&self) -> Option<(RecordId, u32)> {
        Some((self.record()?, self.field("version").parse().ok()?))
    }

    async fn write(&self, shown: Shown, faults: Vec<Fault>) -> Response {
        match self.seen() {
            Some(seen) => self.form(shown, faults, seen),
            None => self.find(Vec::new()).await,
        }
    }

    fn paper(&self) -> Paper {
        let field = |name: &str| self.field(name).to_owned();
        Paper {
            kind: field("paper-kind"),
            number: field("paper-number"),
            day: field("paper-day"),
            organ: field("paper-organ"),
        }
    }

    fn request(&self, values: &[String]) -> ingest::Request {
        let terms = form::Terms {
            theme: &self.theme,
            supplier: self.supplier,
            date: None,
            name: "correction.json",
        };
        let told = Told {
            officer: Some(self.clerk.officer.name().to_owned()),
            ..Told::default()
        };
        form::request(&terms, values, told)
    }

    /// Whether the corrected row would be taken; then its answers, else what is wrong.
    async fn check(&self) -> Response {
        let values = self.typed();
        match ingest::rehearse(&self.site.office, self.request(&values)).await {
            Ok(Rehearsed::Taken {
                values: canonical, ..
            }) => self.answers(&values, &canonical),
            Ok(Rehearsed::Rejected(row)) => {
                let shown = Shown::rejected(values, &row, self.reader.lang);
                self.write(shown, Vec::new()).await
            }
            Ok(Rehearsed::Empty | Rehearsed::Several) => {
                self.write(Shown::again(values, Vec::new()), Vec::new())
                    .await
            }
            Err(error) => self.fails(&error),
        }
    }

    async fn send(&self) -> Response {
        let values = self.typed();
        let Some(_seat) = self.site.desk.jobs.seat() else {
            return self.fails(&busy());
        };
        let correction = Correction {
            request: self.request(&values),
            seen: self.seen(),
            reason: self.field("reason").to_owned(),
            paper: self.paper(),
        };
        match corrections::correct(&self.site.office, correction).await {
            Ok(Corrected::Sent(receipt)) => {
                Redirect::to(&format!("/supply/submissions/{}", receipt.id)).into_response()
            }
            Ok(Corrected::Rejected(row)) => {
                let shown = Shown::rejected(values, &row, self.reader.lang);
                self.write(shown, Vec::new()).await
            }
            Err(Error::Request(text)) => {
                let fault = Fault::new("reason", text.get(self.reader.lang).to_owned());
                self.write(Shown::again(values, Vec::new()), vec![fault])
                    .await
            }
            Err(error) => self.fails(&error),
        }
    }

    /// The whole fact was sent in error.
    async fn recall(&self) -> Response {
        let Some(record) = self.record() else {
            return self.fails(&Error::NotFound);
        };
        let recall = Recall {
            what: What::Record(self.supplier.to_owned(), self.theme.code.clone(), record),
            reason: self.field("reason").to_owned(),
            officer: self.clerk.officer.name().to_owned(),
        };
        if let Err(error) =
            self.clerk
                .may(Action::SubmissionRecall, self.supplier, &self.theme.code)
        {
            return self.fails(&error);
        }
        match ingest::recall(&self.site.office, recall).await {
            Ok(receipt) => {
                Redirect::to(&format!("/supply/submissions/{}", receipt.id)).into_response()
            }
            Err(Error::Request(text)) => {
                let text = text.get(self.reader.lang).to_owned();
                let field = page::REASONS
                    .get(self.place())
                    .copied()
                    .unwrap_or("reason-1");
                self.find(vec![Fault::new(field, text)]).await
            }
            Err(error) => self.fails(&error),
        }
    }

    /// Which fact of the list the form stood at, from 0.
    fn place(&self) -> usize {
        self.field("place")
            .parse::<usize>()
            .unwrap_or(1)
            .saturating_sub(1)
    }
}
