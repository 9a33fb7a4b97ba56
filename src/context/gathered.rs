//! [`Gathered`]: what was found out about a document, and for which stretches of it. Owns how long it holds; must not find out anything.

use crate::document::Document;
use crate::evidence::Memo;
use crate::normalise::Lines;
use crate::settings::Settings;
use crate::zone::Zone;
use std::any::{Any, TypeId};
use std::rc::Rc;

/// What one that was gathered grants.
#[derive(Clone, Copy, Debug)]
struct Grants {
    of: TypeId,
    /// The bits that were set on a text that was looked at.
    bits: u128,
    /// Finds those of a text.
    find: fn(Document<'_>, &Settings) -> Option<u128>,
    /// Whether those of the text as it stands are known.
    is_fresh: bool,
}

/// What was gathered for a zone, by type, with what outlives the text it was gathered from.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(super) zone: Zone,
    found: Vec<(TypeId, Rc<dyn Any>)>,
    pub(super) memo: Memo,
    grants: Vec<Grants>,
    /// Whether something is granted that was not when the text was looked at.
    has_turned: bool,
    /// Whether the whole text showed no place for damage when it was last read: then only what changed since can have brought one.
    pub(super) is_undamaged: bool,
    /// Whether all lines were plain when they were last read: then only what changed since can have others.
    pub(super) has_plain_lines: bool,
}

impl Gathered {
    /// Nothing, to be gathered for `zone`.
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            found: Vec::new(),
            memo: Memo::default(),
            grants: Vec::new(),
            has_turned: false,
            is_undamaged: false,
            has_plain_lines: false,
        }
    }

    /// What is gathered already serves `zone` too, or is let go.
    pub fn serve(&mut self, zone: Zone) {
        if !self.zone.is_all() && self.zone != zone {
            self.found.clear();
            self.zone = zone;
        }
    }

    /// Forgets what was true of the text alone.
    pub fn clear(&mut self) {
        // what changed before this round was not read, if nobody asked
        self.has_plain_lines &= self.get::<Lines>().is_some();
        self.found.clear();
        self.zone = Zone::NOTHING;
        self.grants.iter_mut().for_each(|g| g.is_fresh = false);
    }

    /// Notes what is granted by what was just gathered; `find` tells it of a text.
    pub(super) fn hear<T: 'static>(
        &mut self,
        bits: Option<u128>,
        find: fn(Document<'_>, &Settings) -> Option<u128>,
    ) {
        let Some(bits) = bits else { return };
        let of = TypeId::of::<T>();
        match self.grants.iter_mut().find(|g| g.of == of) {
            Some(known) => {
                self.has_turned |= bits & !known.bits != 0;
                known.bits |= bits;
                known.is_fresh = true;
            }
            None => self.grants.push(Grants { of, bits, find, is_fresh: true }),
        }
    }

    /// Whether the document as a whole grants something now that it did not when its parts were looked at: told once.
    pub fn has_turned(&mut self, document: Document<'_>, settings: &Settings) -> bool {
        for known in self.grants.iter_mut().filter(|g| !g.is_fresh) {
            let bits = (known.find)(document, settings).unwrap_or_default();
            self.has_turned |= bits & !known.bits != 0;
            known.bits |= bits;
            known.is_fresh = true;
        }
        std::mem::take(&mut self.has_turned)
    }

    pub(super) fn get<T: 'static>(&self) -> Option<Rc<T>> {
        let id = TypeId::of::<T>();
        let (_, found) = self.found.iter().find(|(t, _)| *t == id)?;
        Rc::clone(found).downcast().ok()
    }

    pub(super) fn keep<T: 'static>(&mut self, new: T) -> Rc<T> {
        let new = Rc::new(new);
        self.found.push((TypeId::of::<T>(), Rc::clone(&new) as Rc<dyn Any>));
        new
    }
}
