//! Decisions of persons: taken when they contradict no standing one, undone without a trace.

use super::{Conflict, Decision, Graph, Node, Verdict};
use std::collections::{BTreeMap, BTreeSet};

impl Graph {
    /// Takes a decision. It holds from the next [`Graph::settle`] on.
    ///
    /// # Errors
    /// When standing decisions say the opposite, directly or through others; nothing changes then.
    pub fn decide(&mut self, decision: Decision) -> Result<(), Conflict> {
        let (left, right) = (decision.left, decision.right);
        let known = |node: Node| (node as usize) < self.len();
        if left == right || !known(left) || !known(right) {
            return Err(Conflict::Members);
        }
        if self.decisions.contains_key(&decision.id) {
            return Err(Conflict::Known(decision.id));
        }
        if let Some(by) = self.against(&decision) {
            return Err(Conflict::Decided { by });
        }
        for node in [left, right] {
            self.ruled.entry(node).or_default().insert(decision.id);
        }
        self.touched.extend([left, right]);
        self.decisions.insert(decision.id, decision);
        Ok(())
    }

    /// Takes a decision back. Returns it, or none when no such decision stands.
    pub fn undo(&mut self, id: u64) -> Option<Decision> {
        let decision = self.decisions.remove(&id)?;
        for node in [decision.left, decision.right] {
            if let Some(ids) = self.ruled.get_mut(&node) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.ruled.remove(&node);
                }
            }
        }
        self.touched.extend([decision.left, decision.right]);
        Some(decision)
    }

    /// Standing decisions, by number.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> + '_ {
        self.decisions.values()
    }

    /// The decisions that say the opposite of this one, ascending.
    fn against(&self, decision: &Decision) -> Option<Vec<u64>> {
        let (left, right) = (decision.left, decision.right);
        if decision.verdict == Verdict::Different {
            return self.held_together(left, right);
        }
        let (ours, theirs) = (self.decided_same(left), self.decided_same(right));
        for &node in ours.keys() {
            for ruling in self.rulings(node) {
                let other = ruling.left ^ ruling.right ^ node;
                if ruling.verdict == Verdict::Different && theirs.contains_key(&other) {
                    let mut by: BTreeSet<u64> = path(&ours, node).into_iter().collect();
                    by.extend(path(&theirs, other));
                    by.insert(ruling.id);
                    return Some(by.into_iter().collect());
                }
            }
        }
        None
    }

    /// The decisions that together call two members the same, ascending.
    pub(super) fn held_together(&self, left: Node, right: Node) -> Option<Vec<u64>> {
        let reached = self.decided_same(left);
        let mut by = reached
            .contains_key(&right)
            .then(|| path(&reached, right))?;
        by.sort_unstable();
        Some(by)
    }

    /// All that decisions call the same as `start`, each with the decision and member that led there.
    fn decided_same(&self, start: Node) -> BTreeMap<Node, Option<(u64, Node)>> {
        let mut reached = BTreeMap::from([(start, None)]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            let same = self
                .rulings(node)
                .filter(|ruling| ruling.verdict == Verdict::Same);
            let steps: Vec<(u64, Node)> = same
                .map(|ruling| (ruling.id, ruling.left ^ ruling.right ^ node))
                .collect();
            for (id, other) in steps {
                if let std::collections::btree_map::Entry::Vacant(slot) = reached.entry(other) {
                    slot.insert(Some((id, node)));
                    open.push(other);
                }
            }
        }
        reached
    }
}

/// The decisions on the way from the start to `node`.
fn path(reached: &BTreeMap<Node, Option<(u64, Node)>>, mut node: Node) -> Vec<u64> {
    let mut found = Vec::new();
    while let Some(Some((id, before))) = reached.get(&node) {
        found.push(*id);
        node = *before;
    }
    found
}
