//! What third parties and the subject see, compared with what they should.

use super::World;
use super::firm::Before;
use exchange::cases;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

impl World<'_> {
    /// Looks at a firm that is drawn.
    pub(super) async fn look(&mut self) {
        let ix = self.dice.below(self.firms.len());
        self.compare(ix).await;
    }

    /// The public's report of today and of a past day, and where one case stands.
    pub(super) async fn compare(&mut self, ix: usize) {
        let back = (self.dice.below(400) as i64).days();
        let past = self.today.saturating_sub(back).max(super::BEGIN);
        for as_of in [None, Some(past)] {
            let expected = self.firms[ix].shown(self.today, as_of.unwrap_or(self.today));
            let found = self.marks(ix, as_of).await;
            let found = found
                .as_ref()
                .map(|marks| marks.iter().map(String::as_str).collect());
            let firm = &self.firms[ix];
            let stand: Vec<_> = firm
                .cases
                .iter()
                .map(|case| &case.oracle.clock.state)
                .collect();
            assert_eq!(
                found, expected,
                "{} {} {as_of:?}: {:?} of {} taken {:?}, {stand:?}",
                self.desk.engine, self.today, firm.severity, firm.decided, firm.taken
            );
        }
        self.standing(ix).await;
        self.is_as_before(ix).await;
        self.tally.looks += 1;
    }

    async fn marks(&self, ix: usize, as_of: Option<Date>) -> Option<Vec<String>> {
        let as_of = as_of.map(|day| day.to_string());
        let report = self
            .desk
            .report(&self.firms[ix].code, as_of.as_deref())
            .await;
        crate::cases::marks_of(&report.expect("a report"))
    }

    /// One case of the firm as its subject reads it.
    async fn standing(&mut self, ix: usize) {
        let count = self.firms[ix].cases.len();
        if count == 0 {
            return;
        }
        let one = self.dice.below(count);
        let (actor, own) = self.mandate(ix).await;
        let case = &self.firms[ix].cases[one];
        let shown = cases::own_case(&self.desk.office, &actor, &own, &case.id).await;
        let standing = shown.expect("a case").standing;
        let oracle = &case.oracle;
        let about = format!("{} {:?} on {}", self.desk.engine, oracle.kind, self.today);
        assert_eq!(standing.state, oracle.clock.state, "{about}");
        assert_eq!(standing.due, oracle.due(), "{about} {}", standing.state);
        assert_eq!(standing.over, oracle.ended(), "{about} {}", standing.state);
        assert_eq!(
            standing.overdue,
            oracle.late(),
            "{about} {}",
            standing.state
        );
    }

    /// Keeps the report of the day before, where the fact stands in it without a mark.
    pub(super) async fn remember(&mut self, ix: usize) {
        let as_of = self.today.saturating_sub(1.day());
        let firm = &self.firms[ix];
        let kept = firm.before.is_some();
        if kept
            || firm
                .shown(self.today, as_of)
                .is_none_or(|marks| !marks.is_empty())
        {
            return;
        }
        let report = self.facts(ix, as_of).await;
        let versions = firm.versions.len();
        self.firms[ix].before = Some(Before {
            as_of,
            report,
            versions,
        });
    }

    /// Once nothing hides or marks the fact any more, the report of that day reads as it did, byte by byte.
    pub(super) async fn is_as_before(&mut self, ix: usize) {
        let firm = &self.firms[ix];
        let Some(before) = &firm.before else { return };
        if firm.shown(self.today, before.as_of) != Some(Vec::new()) {
            return;
        }
        let report = self.facts(ix, before.as_of).await;
        if before.versions == firm.versions.len() {
            assert_eq!(report, before.report, "{} on {}", firm.code, self.today);
            self.tally.undone += 1;
        }
        self.firms[ix].before = None;
    }

    /// What a third party's report tells of a past day, without the day of reading: neither its number nor
    /// whether a repair may be applied for by now.
    async fn facts(&self, ix: usize, as_of: Date) -> String {
        let as_of = as_of.to_string();
        let report = self.desk.report(&self.firms[ix].code, Some(&as_of)).await;
        let mut report: Value = serde_json::from_str(&report.expect("a report")).expect("JSON");
        let mut sections = report["sections"].take();
        let entries = sections.as_array_mut().into_iter().flatten();
        for entry in entries
            .filter_map(|section| section["entries"].as_array_mut())
            .flatten()
        {
            entry["repair"].take();
        }
        format!("{sections} {}", report["subject"])
    }
}
