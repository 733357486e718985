//! The document as the validator walks it: its own tree, without a copy.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object, cmp, unique};
use serde_json::{Map, Value};

use crate::document::{self, Children, Document, NodeId};

use super::number::Literal;

/// Documents, as a kind of JSON that the validator can read.
#[derive(Debug)]
pub(super) struct Tree;

/// A value of a document, or a name of a field where the validator looks at names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    Value(&'a Document, NodeId),
    Name(&'a str),
}

impl<'a> Item<'a> {
    pub(super) fn root(document: &'a Document) -> Self {
        Self::Value(document, document.root())
    }

    fn value(self) -> Option<document::Value> {
        match self {
            Self::Value(document, id) => Some(document.node(id).value),
            Self::Name(_) => None,
        }
    }

    fn holder(self, value: document::Value) -> Option<Holder<'a>> {
        match self {
            Self::Value(document, id) if document.node(id).value == value => Some(Holder(document, id)),
            _ => None,
        }
    }
}

/// An object or a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder<'a>(&'a Document, NodeId);

impl Json for Tree {
    type Node<'a> = Item<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Item<'_>) -> T) -> T {
        f(Item::Name(string))
    }
}

impl<'a> Node<'a, Tree> for Item<'a> {
    type Object = Holder<'a>;
    type Array = Holder<'a>;
    type Number = Literal<'a>;

    fn as_object(&self) -> Option<Holder<'a>> {
        self.holder(document::Value::Object)
    }

    fn as_array(&self) -> Option<Holder<'a>> {
        self.holder(document::Value::List)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value(document, id) => document.text(*id).map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Literal<'a>> {
        match *self {
            Self::Value(document, id) if self.is_number() => Some(Literal(document, id)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.value() {
            Some(document::Value::Bool(value)) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.value() == Some(document::Value::Null)
    }

    fn is_number(&self) -> bool {
        self.value() == Some(document::Value::Number)
    }

    fn json_type(&self) -> JsonType {
        match self.value() {
            Some(document::Value::Null) => JsonType::Null,
            Some(document::Value::Bool(_)) => JsonType::Boolean,
            Some(document::Value::Number) => JsonType::Number,
            Some(document::Value::List) => JsonType::Array,
            Some(document::Value::Object) => JsonType::Object,
            Some(document::Value::Text(_)) | None => JsonType::String,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Self::Value(document, id), _) => equal(document, *id, expected),
            (Self::Name(name), Value::String(expected)) => name == expected,
            _ => false,
        }
    }

    /// What an error carries of the value. Ours are told from the tree, so an error carries the
    /// number of the node in it (a name: the name): no subtree is copied, and its place is known
    /// without searching for its path. Nothing else asks for it, as equality is decided above and
    /// in `is_unique`.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Value(_, id) => Value::from(id.0),
            Self::Name(name) => Value::from(*name),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Value(document, id) => {
                Some(NodeIdentity::tagged(std::ptr::from_ref::<Document>(document).addr(), id.0))
            }
            Self::Name(_) => None,
        }
    }
}

impl<'a> Object<'a, Tree> for Holder<'a> {
    type Node = Item<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.0.children(self.1).count()
    }

    fn is_empty(&self) -> bool {
        self.0.children(self.1).next().is_none()
    }

    fn get(&self, key: &String) -> Option<Item<'a>> {
        self.0.get(self.1, key).map(|id| Item::Value(self.0, id))
    }

    fn members(&self) -> Members<'a> {
        Members(self.0, self.0.children(self.1))
    }
}

impl<'a> Array<'a, Tree> for Holder<'a> {
    type Node = Item<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.0.children(self.1).count()
    }

    fn elements(&self) -> Elements<'a> {
        Elements(self.0, self.0.children(self.1))
    }

    fn is_unique(&self) -> bool {
        let values: Vec<Value> = self.0.children(self.1).map(|id| copy(self.0, id)).collect();
        unique::is_unique(&values)
    }
}

/// The fields of an object.
#[derive(Debug)]
pub(super) struct Members<'a>(&'a Document, Children<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Item<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.1.next().map(|id| (self.0.key(id), Item::Value(self.0, id)))
    }
}

/// The items of a list.
#[derive(Debug)]
pub(super) struct Elements<'a>(&'a Document, Children<'a>);

impl<'a> Iterator for Elements<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.1.next().map(|id| Item::Value(self.0, id))
    }
}

/// Whether a value is what a schema says; numbers are compared by value.
fn equal(document: &Document, id: NodeId, expected: &Value) -> bool {
    match (document.node(id).value, expected) {
        (document::Value::Null, Value::Null) => true,
        (document::Value::Bool(found), Value::Bool(expected)) => found == *expected,
        (document::Value::Number, Value::Number(expected)) => cmp::equal_numbers(&Literal(document, id), expected),
        (document::Value::Text(_), Value::String(expected)) => document.text(id) == Some(expected),
        (document::Value::List, Value::Array(expected)) => {
            document.children(id).count() == expected.len()
                && document.children(id).zip(expected).all(|(item, expected)| equal(document, item, expected))
        }
        (document::Value::Object, Value::Object(expected)) => {
            document.children(id).count() == expected.len()
                && expected.iter().all(|(name, expected)| {
                    document.get(id, name).is_some_and(|field| equal(document, field, expected))
                })
        }
        _ => false,
    }
}

/// A copy of a value, to compare it with its neighbours; a number that is too large for a copy is
/// compared by its literal.
fn copy(document: &Document, id: NodeId) -> Value {
    match document.node(id).value {
        document::Value::Null => Value::Null,
        document::Value::Bool(value) => Value::Bool(value),
        document::Value::Number => {
            let literal = document.printed(id);
            literal.parse().map_or_else(|_| Value::from(literal), Value::Number)
        }
        document::Value::Text(_) => Value::from(document.text(id)),
        document::Value::List => document.children(id).map(|item| copy(document, item)).collect(),
        document::Value::Object => {
            let fields = document.children(id).map(|field| (document.key(field).to_owned(), copy(document, field)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}
