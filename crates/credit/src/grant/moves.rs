//! How a grant comes and goes: a table of states, moves and who may make them. Each move is written
//! with its instant, who made it and why; the state is that of the last move and stands nowhere else.
//!
//! What this does not say is when a grant in force runs out: its last day says that.

use crate::lang::Lang;

/// Declares an enum with codes and titles.
macro_rules! words {
    ($(#[$doc:meta])* $enum:ident { $($(#[$one:meta])* $name:ident = $code:literal, $zh:literal, $en:literal, $ru:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $enum { $($(#[$one])* $name,)* }

        impl $enum {
            /// Every one of them.
            pub const ALL: &[$enum] = &[$($enum::$name),*];

            /// The code in the store, the API and on the command line.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $($enum::$name => $code),* }
            }

            /// Reads a code; the inverse of `code`.
            #[must_use]
            pub fn parse(code: &str) -> Option<$enum> {
                $enum::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// In the reader's language.
            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(($enum::$name, Lang::Zh) => $zh,
                    ($enum::$name, Lang::En) => $en,
                    ($enum::$name, Lang::Ru) => $ru,)*
                }
            }
        }
    };
}

words! {
    /// Where a grant stands.
    GrantState {
        /// 待答复: the supplier has the next move, by its deadline.
        Asked = "asked", "待答复", "asked for", "запрошено";
        /// 已授权: in force within its term.
        Granted = "granted", "已授权", "granted", "разрешено";
        /// 不予共享: the supplier said no, with reasons.
        Refused = "refused", "不予共享", "refused", "отказано";
        /// 协商中: the two agencies talk, by a deadline.
        Disputed = "disputed", "协商中", "being talked over", "обсуждается";
        /// 报上级裁定中: the authority above decides, by its deadline.
        Escalated = "escalated", "报上级裁定中", "before the authority above", "у вышестоящего органа";
        /// 裁定不予共享: the authority above said no. It stays so; another need is another request.
        Denied = "denied", "裁定不予共享", "denied for good", "отказано окончательно";
        /// 已撤回: who asked took it back.
        Withdrawn = "withdrawn", "已撤回", "withdrawn", "отозвано";
        /// 已终止: ended before its last day.
        Ended = "ended", "已终止", "ended", "прекращено";
    }
}

words! {
    /// What may happen to a grant.
    GrantMove {
        /// 申请.
        Ask = "ask", "申请", "ask", "запрос";
        /// 依规则授权: every theme is shared unconditionally, so the rule grants at once.
        Rule = "rule", "依规则授权", "grant by rule", "разрешение по правилу";
        /// 同意, all of it or less.
        Grant = "grant", "同意共享", "grant", "разрешение";
        /// 不同意, with reasons.
        Refuse = "refuse", "不同意共享", "refuse", "отказ";
        /// 提出争议: against a refusal, a sharing class, or an answer that is late.
        Dispute = "dispute", "提出争议", "dispute", "спор";
        /// 报请上级裁定, once the talks failed.
        Escalate = "escalate", "报请上级裁定", "escalate", "передача наверх";
        /// 裁定共享: the authority above grants.
        Overrule = "overrule", "裁定共享", "decide: share", "решение: разрешить";
        /// 裁定不予共享.
        Uphold = "uphold", "裁定不予共享", "decide: do not share", "решение: отказать";
        /// 撤回.
        Withdraw = "withdraw", "撤回", "withdraw", "отзыв";
        /// 终止, by either agency or the authority above.
        End = "end", "终止", "end", "прекращение";
    }
}

words! {
    /// Who has a part in a grant.
    Party {
        /// 需求单位.
        Asker = "asker", "需求单位", "asking agency", "запрашивающий орган";
        /// 提供单位.
        Supplier = "supplier", "提供单位", "supplier", "поставщик";
        /// 共享主管部门.
        Authority = "authority", "共享主管部门", "authority above", "вышестоящий орган";
        /// The catalogue's sharing class.
        Rule = "rule", "目录规则", "catalogue's rule", "правило каталога";
    }
}

/// One row of the table: from where, what, to where, by whom.
type Row = (Option<GrantState>, GrantMove, GrantState, &'static [Party]);

const EITHER: &[Party] = &[Party::Asker, Party::Supplier, Party::Authority];

const MOVES: [Row; 16] = {
    use GrantMove as M;
    use GrantState as S;
    use Party as P;
    [
        (None, M::Ask, S::Asked, &[P::Asker]),
        (Some(S::Asked), M::Rule, S::Granted, &[P::Rule]),
        (Some(S::Asked), M::Grant, S::Granted, &[P::Supplier]),
        (Some(S::Asked), M::Refuse, S::Refused, &[P::Supplier]),
        (Some(S::Asked), M::Withdraw, S::Withdrawn, &[P::Asker]),
        // Only once the supplier's deadline is over: see `is_early`.
        (Some(S::Asked), M::Dispute, S::Disputed, &[P::Asker]),
        (Some(S::Refused), M::Dispute, S::Disputed, &[P::Asker]),
        (Some(S::Refused), M::Withdraw, S::Withdrawn, &[P::Asker]),
        (Some(S::Disputed), M::Grant, S::Granted, &[P::Supplier]),
        (Some(S::Disputed), M::Refuse, S::Refused, &[P::Supplier]),
        (
            Some(S::Disputed),
            M::Escalate,
            S::Escalated,
            &[P::Asker, P::Supplier],
        ),
        (Some(S::Disputed), M::Withdraw, S::Withdrawn, &[P::Asker]),
        (Some(S::Escalated), M::Overrule, S::Granted, &[P::Authority]),
        (Some(S::Escalated), M::Uphold, S::Denied, &[P::Authority]),
        (Some(S::Escalated), M::Withdraw, S::Withdrawn, &[P::Asker]),
        (Some(S::Granted), M::End, S::Ended, EITHER),
    ]
};

impl GrantMove {
    /// Where it leads when a party makes it; `None` where the table has no such move.
    #[must_use]
    pub fn from(self, state: Option<GrantState>, by: Party) -> Option<GrantState> {
        MOVES
            .iter()
            .find(|(from, one, _, parties)| *from == state && *one == self && parties.contains(&by))
            .map(|(_, _, to, _)| *to)
    }

    /// Moves that a party may make from a state.
    pub fn of(state: GrantState, by: Party) -> impl Iterator<Item = GrantMove> {
        let ours = MOVES.iter();
        ours.filter(move |(from, _, _, parties)| *from == Some(state) && parties.contains(&by))
            .map(|(_, one, _, _)| *one)
    }

    /// Whether it comes too early: who asked may dispute an answer that has not come only once the
    /// supplier's deadline is over.
    #[must_use]
    pub fn is_early(self, state: GrantState, is_late: bool) -> bool {
        self == GrantMove::Dispute && state == GrantState::Asked && !is_late
    }

    /// Whether it comes with terms of its own.
    #[must_use]
    pub fn has_terms(self) -> bool {
        matches!(
            self,
            GrantMove::Ask | GrantMove::Rule | GrantMove::Grant | GrantMove::Overrule
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_table_leads_from_one_place_to_one_place() {
        for (ix, (from, one, _, _)) in MOVES.iter().enumerate() {
            let same = MOVES
                .iter()
                .filter(|(other, two, _, _)| (other, two) == (from, one));
            assert_eq!(same.count(), 1, "row {ix}");
        }
        for state in GrantState::ALL {
            assert_eq!(GrantState::parse(state.code()), Some(*state));
            for lang in Lang::ALL {
                let same = GrantState::ALL.iter();
                let same = same.filter(|other| other.title(lang) == state.title(lang));
                assert_eq!(same.count(), 1, "{state:?}");
            }
        }
        for one in GrantMove::ALL {
            assert_eq!(GrantMove::parse(one.code()), Some(*one));
        }
    }

    #[test]
    fn only_the_supplier_the_rule_and_the_authority_grant() {
        let grants = [GrantMove::Rule, GrantMove::Grant, GrantMove::Overrule];
        for (from, one, to, parties) in &MOVES {
            assert_eq!(
                *to == GrantState::Granted,
                grants.contains(one),
                "{from:?} {one:?}"
            );
            if *to == GrantState::Granted {
                assert!(!parties.contains(&Party::Asker), "{from:?} {one:?}");
            }
        }
        assert_eq!(
            GrantMove::Grant.from(Some(GrantState::Asked), Party::Asker),
            None
        );
        assert_eq!(
            GrantMove::Overrule.from(Some(GrantState::Asked), Party::Authority),
            None
        );
        assert_eq!(
            GrantMove::Uphold.from(Some(GrantState::Escalated), Party::Supplier),
            None
        );
    }

    #[test]
    fn what_is_over_stays_over_and_everything_begins_by_asking() {
        for one in GrantMove::ALL {
            for party in Party::ALL {
                for over in [GrantState::Ended, GrantState::Withdrawn, GrantState::Denied] {
                    assert_eq!(one.from(Some(over), *party), None, "{one:?}");
                }
                let begins = one.from(None, *party).is_some();
                assert_eq!(begins, *one == GrantMove::Ask && *party == Party::Asker);
            }
        }
        // Nobody waits for ever: from each state that is not over some party has a move.
        for state in GrantState::ALL {
            let over = matches!(
                state,
                GrantState::Ended | GrantState::Withdrawn | GrantState::Denied
            );
            let next = Party::ALL
                .iter()
                .flat_map(|party| GrantMove::of(*state, *party));
            assert_eq!(next.count() == 0, over, "{state:?}");
        }
    }

    #[test]
    fn an_answer_is_disputed_before_it_came_only_when_it_is_late() {
        assert!(GrantMove::Dispute.is_early(GrantState::Asked, false));
        assert!(!GrantMove::Dispute.is_early(GrantState::Asked, true));
        assert!(!GrantMove::Dispute.is_early(GrantState::Refused, false));
        assert!(!GrantMove::Withdraw.is_early(GrantState::Asked, false));
    }
}
