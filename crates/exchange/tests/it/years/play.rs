//! A deed that is drawn: a case filed or moved, by somebody, with something in the hand. Whether it must
//! succeed is reckoned first.

use super::World;
use super::firm::{Case, Seat, effects, hides};
use super::oracle::Oracle;
use crate::cases::{reason, scan};
use credit::case::{Kind, Move, Need, Party};
use exchange::cases::{self, Filing, Paper, Saying};
use exchange::corrections::{self, Correction};
use exchange::ingest::{self, Recall, What};
use exchange::people::{Acting, Actor};
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) async fn deed(&mut self) {
        let ix = match self.hot.len() {
            hot if hot > 0 && self.dice.below(3) > 0 => self.hot[self.dice.below(hot)],
            _ => self.dice.below(self.firms.len()),
        };
        let firm = &self.firms[ix];
        if firm.taken.is_none() || firm.removed() {
            return;
        }
        // Mostly a case that is open; an ended one stays ended, but for a repair that is revoked.
        let all = 0..firm.cases.len();
        let open = |at: &usize| {
            !firm.cases[*at].oracle.ended() || firm.cases[*at].oracle.clock.state == "repaired"
        };
        let open: Vec<usize> = all.filter(open).collect();
        if open.is_empty() || self.dice.below(5) == 0 {
            self.file(ix).await;
        } else {
            let case = open[self.dice.below(open.len())];
            self.act(ix, case).await;
        }
        self.is_as_before(ix).await;
    }

    /// What somebody says with a move: mostly all that it needs, at times anything.
    fn saying(&mut self, one: &Move) -> Saying {
        let whole = self.dice.below(4) > 0;
        let mut brings = |need| match whole {
            true => one.needs(need),
            false => self.dice.below(2) == 0,
        };
        let mut said = Saying::default();
        if brings(Need::Reason) {
            said = reason("情况属实，材料见附件");
        }
        if brings(Need::Attachment) {
            said.files = vec![scan()];
        }
        if brings(Need::Document) {
            said.paper = Paper {
                kind: "裁定书".to_owned(),
                number: "（2026）某01号".to_owned(),
                day: super::BEGIN.to_string(),
                organ: "某市中级人民法院".to_owned(),
            };
        }
        said.commitment = brings(Need::Commitment);
        if brings(Need::Head) {
            said.head = "某主任".to_owned();
        }
        said.choice = match (self.dice.below(10), one.choices.as_slice()) {
            (0, _) => "no-such-choice".to_owned(),
            (1, _) | (_, []) => String::new(),
            (_, choices) => choices[self.dice.below(choices.len())].code.clone(),
        };
        said
    }

    async fn file(&mut self, ix: usize) {
        let kind = self.kinds[self.dice.below(self.kinds.len())];
        let opening = kind.moves.iter().find(|one| one.opens());
        let opening = opening.expect("every kind opens");
        let seat = match self.dice.below(4) {
            0 => Seat::ALL[self.dice.below(7)],
            1 => Seat::Centre,
            _ => Seat::Own,
        };
        let saying = self.saying(opening);
        let expected = self.may_file(ix, kind, opening, seat, &saying);
        if expected && hides(effects(kind, &opening.to)) {
            self.remember(ix).await;
        }
        let filing = Filing {
            kind: kind.code.clone(),
            record: self.record(ix).await,
            saying,
        };
        let code = self.firms[ix].code.clone();
        let office = &self.desk.office;
        let made = match seat {
            Seat::Own | Seat::Other => {
                let (actor, own) = self.door(ix, seat).await;
                cases::file_own(office, &actor, &own, filing).await
            }
            _ => cases::file_at_window(office, self.acting(seat), &code, filing).await,
        };
        let told = format!("{} {kind:?} by {seat:?}: {made:?}", self.today);
        assert_eq!(made.is_ok(), expected, "{told}");
        let id = made.map_or(String::new(), |id| id.to_string());
        self.note((ix, seat), &kind.code, expected, &id);
        if expected {
            let part = (seat != Seat::Own).then_some(seat);
            let calendar = &self.desk.office.catalog.calendar;
            let case = Case {
                id,
                oracle: Oracle::open(kind, &opening.to, self.today, calendar),
                seq: 1,
                opened: self.now(),
                part: part.into_iter().collect(),
            };
            self.firms[ix].cases.push(case);
        }
    }

    fn may_file(&self, ix: usize, kind: &Kind, one: &Move, seat: Seat, said: &Saying) -> bool {
        let firm = &self.firms[ix];
        let door = match seat {
            Seat::Own => one.by.contains(&Party::Subject),
            Seat::Centre | Seat::Second => one.by.contains(&Party::Centre),
            _ => false,
        };
        let same = |case: &&Case<'_>| case.oracle.kind.code == kind.code;
        let open = firm
            .cases
            .iter()
            .filter(same)
            .any(|case| !case.oracle.ended());
        let chosen = one.choices.iter().any(|choice| choice.code == said.choice);
        let brought = brings(said);
        let ripe = kind.code != "repair"
            || (!firm.repaired() && firm.shortest().is_none_or(|day| day < self.today));
        let needs = one.needs.iter().all(|need| brought.contains(need));
        door && !open && chosen && needs && ripe
    }

    async fn act(&mut self, ix: usize, at: usize) {
        let case = &self.firms[ix].cases[at];
        let (kind, state, seq) = (case.oracle.kind, case.oracle.clock.state.clone(), case.seq);
        let moves: Vec<&Move> = match self.dice.below(5) {
            0 => kind.moves.iter().collect(),
            _ => {
                let from = |one: &&Move| one.from.contains(&state);
                kind.moves.iter().filter(from).collect()
            }
        };
        if moves.is_empty() {
            return;
        }
        let one = moves[self.dice.below(moves.len())];
        let seat = self.seat_for(one);
        let mut saying = self.saying(one);
        let seen = seq - u32::from(self.dice.below(16) == 0);
        self.version(ix, at, (one, seat), &mut saying, seen).await;
        let expected = self.may(ix, at, (one, seat), &saying, seen);
        if expected && hides(effects(kind, &one.to)) && !hides(effects(kind, &state)) {
            self.remember(ix).await;
        }
        let id = self.firms[ix].cases[at].id.clone();
        let office = &self.desk.office;
        let told = format!("{saying:?}");
        let made = match seat {
            Seat::Own | Seat::Other => {
                let (actor, own) = self.door(ix, seat).await;
                cases::act_own(office, &actor, (&own, &id), (&one.code, seen), saying).await
            }
            _ => cases::act(office, self.acting(seat), &id, (&one.code, seen), saying).await,
        };
        let case = &mut self.firms[ix].cases[at];
        assert_eq!(
            made.is_ok(),
            expected,
            "{} {kind:?} in {state}: {} by {seat:?} with {told}, {:?}: {made:?}",
            self.today,
            one.code,
            case.part
        );
        if let Ok(seq) = made {
            assert_eq!(seq, case.seq + 1);
            case.seq = seq;
            case.oracle.make(one);
            case.part.extend((seat != Seat::Own).then_some(seat));
        }
        let then = format!("{id} {}", self.firms[ix].cases[at].oracle.clock.state);
        self.note(
            (ix, seat),
            &format!("{}.{}", kind.code, one.code),
            expected,
            &then,
        );
    }

    /// Mostly somebody whose move it is.
    fn seat_for(&mut self, one: &Move) -> Seat {
        if self.dice.below(4) == 0 {
            return Seat::ALL[self.dice.below(7)];
        }
        match one.by[self.dice.below(one.by.len())] {
            Party::Subject => Seat::Own,
            Party::Supplier => Seat::Supplier,
            _ => [Seat::Centre, Seat::Second][self.dice.below(2)],
        }
    }

    /// Names a version where the move needs one: what the supplier really did just now, or any number.
    async fn version(
        &mut self,
        ix: usize,
        at: usize,
        (one, seat): (&Move, Seat),
        saying: &mut Saying,
        seen: u32,
    ) {
        let (corrects, removes) = (one.needs(Need::Version), one.needs(Need::Removal));
        if !corrects && !removes {
            saying.version = (self.dice.below(12) == 0).then_some(1);
            return;
        }
        let last = self.firms[ix].versions.len();
        saying.version = Some(last as u32 + 1);
        let case = &self.firms[ix].cases[at];
        let lawful = self.party(case, one, seat).is_some_and(|by| {
            let chosen = (!saying.choice.is_empty()).then_some(&*saying.choice);
            case.oracle.may(one, by, &brings(saying), chosen) && seen == case.seq
        });
        if !lawful || self.dice.below(3) == 0 {
            saying.version = Some(1 + self.dice.below(last + 1) as u32);
            return;
        }
        let record = self.record(ix).await;
        self.desk.advance(1_000_000);
        if corrects {
            self.correct(ix).await;
        } else {
            self.recall(&record).await;
        }
        let at = self.now();
        self.firms[ix].versions.push(super::Version { at, removes });
    }

    async fn correct(&self, ix: usize) {
        let firm = &self.firms[ix];
        let done = format!("广告内容不实（第{}次更正）", firm.versions.len());
        let day = self.today;
        let made = corrections::correct(
            &self.desk.office,
            Correction {
                request: super::request(&super::row(firm, &done)),
                seen: None,
                reason: "异议成立".to_owned(),
                paper: corrections::Paper {
                    kind: "更正决定书".to_owned(),
                    number: format!("某更〔{}〕{}号", day.year(), firm.number),
                    day: day.to_string(),
                    organ: "某局".to_owned(),
                },
            },
        );
        made.await.expect("corrected");
    }

    async fn recall(&self, record: &str) {
        let record = credit::subject::RecordId::parse(record).expect("a record");
        let recall = Recall {
            what: What::Record(super::ORGAN.to_owned(), "penalty".to_owned(), record),
            reason: "决定被撤销".to_owned(),
            officer: "account:1".to_owned(),
        };
        ingest::recall(&self.desk.office, recall)
            .await
            .expect("recalled");
    }

    fn may(
        &self,
        ix: usize,
        at: usize,
        (one, seat): (&Move, Seat),
        said: &Saying,
        seen: u32,
    ) -> bool {
        let firm = &self.firms[ix];
        let case = &firm.cases[at];
        let Some(by) = self.party(case, one, seat) else {
            return false;
        };
        let chosen = (!said.choice.is_empty()).then_some(&*said.choice);
        let version = match (one.needs(Need::Version), one.needs(Need::Removal)) {
            (false, false) => said.version.is_none(),
            (corrects, _) => said
                .version
                .is_some_and(|seq| firm.names(case, seq, corrects)),
        };
        let lawful = case.oracle.may(one, by, &brings(said), chosen);
        lawful && version && seen == case.seq
    }

    /// For whom a seat makes a move; none where it may not.
    fn party(&self, case: &Case<'_>, one: &Move, seat: Seat) -> Option<Party> {
        let parties: &[Party] = match seat {
            Seat::Own => &[Party::Subject],
            Seat::Supplier => &[Party::Supplier],
            Seat::Centre | Seat::Second => &[Party::Centre, Party::Authority],
            Seat::Other | Seat::Stranger | Seat::Auditor => &[],
        };
        let party = parties
            .iter()
            .copied()
            .find(|party| one.by.contains(party))?;
        let biased = party == Party::Authority && case.part.contains(&seat);
        (!biased).then_some(party)
    }

    fn acting(&self, seat: Seat) -> &Acting {
        let cast = &self.cast;
        match seat {
            Seat::Supplier => &cast.supplier,
            Seat::Stranger => &cast.stranger,
            Seat::Second => &cast.second,
            Seat::Auditor => &cast.auditor,
            _ => &cast.centre,
        }
    }

    async fn door(&mut self, ix: usize, seat: Seat) -> (Actor, String) {
        let ix = if seat == Seat::Own {
            ix
        } else {
            (ix + 1) % self.firms.len()
        };
        self.mandate(ix).await
    }

    /// The record of the penalty, as the subject's own file names it.
    async fn record(&mut self, ix: usize) -> String {
        if let Some(record) = &self.firms[ix].record {
            return record.clone();
        }
        let (actor, own) = self.mandate(ix).await;
        let record = crate::cases::record(self.desk, &(actor, own)).await;
        self.firms[ix].record = Some(record.clone());
        record
    }
}

/// Kinds of what is brought.
fn brings(said: &Saying) -> Vec<Need> {
    let brought: BTreeSet<Need> = [
        (!said.reason.is_empty(), Need::Reason),
        (!said.files.is_empty(), Need::Attachment),
        (!said.paper.kind.is_empty(), Need::Document),
        (said.commitment, Need::Commitment),
        (!said.head.is_empty(), Need::Head),
        (said.version.is_some(), Need::Version),
        (said.version.is_some(), Need::Removal),
    ]
    .into_iter()
    .filter_map(|(is, need)| is.then_some(need))
    .collect();
    brought.into_iter().collect()
}
