//! [`Plan`]: which rules see a node of which kind. Made once for a configuration.

use super::{ALL, Needs, Phase, Rule};
use crate::document::Kind;

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
    pub structure: Vec<Wanted>,
    /// The others.
    pub rest: Vec<Wanted>,
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
    /// The plan of the rules that run, told by their index in [`ALL`].
    pub fn new(runs: impl Fn(usize) -> bool) -> Self {
        let mut by_kind: [Wanting; Kind::COUNT] = std::array::from_fn(|_| Wanting::default());
        for (_, rule) in (0..).zip(ALL).filter(|(index, _)| runs(*index)) {
            for &kind in rule.info().kinds {
                let wanting = &mut by_kind[kind as usize];
                let (phase, removes) = (rule.info().phase, rule.info().removes());
                if phase == Phase::Structure { &mut wanting.structure } else { &mut wanting.rest }
                    .push(Wanted { rule: *rule, needs: rule.needs(), removes });
            }
        }
        let of_paragraphs = &by_kind[Kind::Paragraph as usize];
        let mut others = of_paragraphs.clone();
        others.structure.retain(|w| w.rule.info().family() != "BP");
        others.rest.retain(|w| w.rule.info().family() != "BP");
        let count = |w: &Wanting| w.structure.len() + w.rest.len();
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
        let rules =
            |w: &Wanting| w.structure.iter().chain(&w.rest).map(|w| w.rule.info().code).collect::<Vec<_>>();
        f.debug_list().entries(self.by_kind.iter().map(rules)).finish()
    }
}
