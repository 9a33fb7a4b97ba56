//! [`Plan`]: which rules see a node of which kind. Made once for a configuration.

use super::{ALL, Marks, Needs, Phase, Rule};
use crate::document::tree::Node;
use crate::document::{Flags, Kind};

/// The rules that run, by the kind of node they want, in the order of [`ALL`].
#[derive(Clone)]
pub(crate) struct Plan {
    by_kind: [Wanting; Kind::COUNT],
    /// The rules that want a paragraph which is no boilerplate, where one is looked for.
    beside_boilerplate: Option<Wanting>,
}

/// The rules that want nodes of one kind.
#[derive(Clone, Default)]
pub(crate) struct Wanting {
    /// Those of [`Phase::Structure`].
    pub structure: Rules,
    /// The others.
    pub rest: Rules,
}

/// Rules of one phase, in the order of [`ALL`], so grouped that a node with nothing for any of them costs a comparison or two.
#[derive(Clone, Default)]
pub(crate) struct Rules {
    all: Vec<Wanted>,
    /// Those that need no marks.
    unmarked: RuleSet,
    /// Those that need one of some marks, by mark.
    by_mark: [RuleSet; Marks::COUNT],
    /// The marks that any of them needs.
    marks: Marks,
    /// Those that need flags, by what they need.
    by_flags: Vec<(Flags, RuleSet)>,
}

/// Some of [`Rules`], in their order.
#[derive(Clone, Copy, Default)]
pub(crate) struct RuleSet(u64);

impl RuleSet {
    #[inline]
    fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    #[inline]
    fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl Iterator for RuleSet {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let next = (self.0 != 0).then_some(self.0.trailing_zeros() as usize);
        self.0 &= self.0.wrapping_sub(1);
        next
    }
}

impl Rules {
    fn of(all: Vec<Wanted>) -> Self {
        debug_assert!(all.len() <= u64::BITS as usize, "a set holds no more");
        let mut rules = Self::default();
        for (index, Needs { flags, marks, .. }) in all.iter().map(|w| w.needs).enumerate() {
            let own = RuleSet(1 << index);
            if marks.is_empty() {
                rules.unmarked = rules.unmarked.with(own);
            }
            for mark in marks.each() {
                rules.by_mark[mark] = rules.by_mark[mark].with(own);
            }
            rules.marks = rules.marks.or(marks);
            match rules.by_flags.iter_mut().find(|(needed, _)| *needed == flags) {
                _ if flags == Flags::default() => {}
                Some((_, set)) => *set = set.with(own),
                None => rules.by_flags.push((flags, own)),
            }
        }
        Self { all, ..rules }
    }

    fn without_boilerplate(&self) -> Self {
        Self::of(self.all.iter().filter(|w| w.rule.info().family() != "BP").copied().collect())
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The rule of that number.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&Wanted> {
        self.all.get(index)
    }

    /// Those whose flags `node` has, and whose marks may occur in it; `marks` tells which do.
    #[inline]
    pub fn for_node(&self, node: &Node, marks: impl FnOnce() -> Marks) -> RuleSet {
        let mut set = self.unmarked;
        if !self.marks.is_empty() {
            for mark in marks().and(self.marks).each() {
                set = set.with(self.by_mark[mark]);
            }
        }
        for (flags, needing) in &self.by_flags {
            if !node.has(*flags) {
                set = set.without(*needing);
            }
        }
        set
    }
}

/// A rule, with what a node must have before it is asked.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub rule: &'static dyn Rule,
    pub needs: Needs,
    /// See [`Info::removes`](super::Info::removes).
    pub removes: bool,
}

impl Plan {
    /// The plan of the rules that run.
    pub fn new(runs: impl Fn(&dyn Rule) -> bool) -> Self {
        let mut by_kind: [[Vec<Wanted>; 2]; Kind::COUNT] = std::array::from_fn(|_| Default::default());
        for rule in ALL.iter().filter(|rule| runs(**rule)) {
            for &kind in rule.info().kinds {
                let [structure, rest] = &mut by_kind[kind as usize];
                let (phase, removes) = (rule.info().phase, rule.info().removes());
                if phase == Phase::Structure { structure } else { rest }.push(Wanted {
                    rule: *rule,
                    needs: rule.needs(),
                    removes,
                });
            }
        }
        let by_kind = by_kind
            .map(|[structure, rest]| Wanting { structure: Rules::of(structure), rest: Rules::of(rest) });
        let of_paragraphs = &by_kind[Kind::Paragraph as usize];
        let others = Wanting {
            structure: of_paragraphs.structure.without_boilerplate(),
            rest: of_paragraphs.rest.without_boilerplate(),
        };
        let count = |w: &Wanting| w.structure.all.len() + w.rest.all.len();
        let beside_boilerplate = (count(&others) < count(of_paragraphs)).then_some(others);
        Self { by_kind, beside_boilerplate }
    }

    /// Who wants a paragraph that no rule on boilerplate wants, if such rules run.
    pub fn beside_boilerplate(&self) -> Option<&Wanting> {
        self.beside_boilerplate.as_ref()
    }

    /// Who wants nodes of `kind`.
    pub fn of(&self, kind: Kind) -> &Wanting {
        &self.by_kind[kind as usize]
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rules = |w: &Wanting| {
            w.structure.all.iter().chain(&w.rest.all).map(|w| w.rule.info().code).collect::<Vec<_>>()
        };
        f.debug_list().entries(self.by_kind.iter().map(rules)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html::Tag;

    #[test]
    fn those_are_asked_whose_needs_a_node_meets() {
        let plan = Plan::new(|_| true);
        let some =
            [Marks::NONE, Marks::STAR, Marks::HASH.or(Marks::GAP), Marks::BACKSLASH.or(Marks::INVISIBLE)];
        let flags = [Flags(0), Flags::HTML, Flags::IN_BLOCK, Flags::HTML.with(Flags::IN_BLOCK)];
        for rules in plan.by_kind.iter().flat_map(|w| [&w.structure, &w.rest]) {
            for (marks, flags) in some.into_iter().flat_map(|m| flags.map(|f| (m, f))) {
                let node = Node {
                    kind: Kind::Text,
                    tag: Tag::Unknown,
                    flags,
                    start: 0,
                    end: 0,
                    parent: 0,
                    next: 1,
                    data: 0,
                };
                let meets = |n: Needs| flags.has(n.flags) && (n.marks.is_empty() || marks.has_any(n.marks));
                let wanted: Vec<usize> =
                    (0..).zip(&rules.all).filter(|(_, w)| meets(w.needs)).map(|(i, _)| i).collect();
                assert_eq!(rules.for_node(&node, || marks).collect::<Vec<_>>(), wanted);
            }
        }
    }
}
