//! Finds a key that stands twice in one object, in constant time a key, and nearly always without looking.

use foldhash::HashMap;

use crate::document::{Builder, NodeId, Symbol};
use crate::source::Span;

/// The keys of the objects that are open, the innermost last.
///
/// Names are numbered as they first appear, and records have theirs in one order: a key whose number is above
/// those of all others before it stands there for the first time.
#[derive(Debug, Default)]
pub(super) struct Keys {
    open: Vec<Known>,
}

/// The keys of one object.
#[derive(Debug, Default)]
struct Known {
    highest: Option<Symbol>,
    /// All of them with the place of the first, once one was not above all others.
    places: Option<HashMap<Symbol, Span>>,
}

impl Keys {
    pub(super) fn open(&mut self) {
        self.open.push(Known::default());
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Records a key of the innermost object, whose value was added last; the first place if the object has it
    /// already.
    pub(super) fn seen(&mut self, name: Symbol, builder: &Builder, object: NodeId, span: Span) -> Option<Span> {
        let known = self.open.last_mut()?;
        let is_above = known.highest.is_none_or(|highest| name > highest);
        known.highest = known.highest.max(Some(name));
        if is_above && known.places.is_none() {
            return None;
        }
        let places = known.places.get_or_insert_with(|| {
            let mut places = HashMap::default();
            for (key, place) in builder.keys_of(object).filter(|(_, place)| *place != span) {
                places.entry(key).or_insert(place);
            }
            places
        });
        let first = places.get(&name).copied();
        places.entry(name).or_insert(span);
        first
    }
}
