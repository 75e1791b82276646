//! `Signature-Input` and `Signature`: read strictly, and what the profile asks of them.

use super::{
    COVERED, INPUT_BYTES, Message, NONCE_LEAST, NONCE_MOST, Refusal, Terms, Window, base, content,
};
use crate::digest::Digest;
use crate::sign::{Signature, Verifier};
use sfv::{BareItem, Dictionary, FieldType, InnerList, Item, Key, ListEntry, Parser};

/// A signature and what it says of itself. Nothing of it is true before [`Signed::fits`].
#[derive(Clone, Debug)]
pub struct Signed {
    covered: Vec<String>,
    /// The parameters as they stand in the text that is signed.
    params: String,
    signature: Signature,
    created: Option<i64>,
    expires: Option<i64>,
    nonce: Option<String>,
    keyid: Option<String>,
    tag: bool,
}

impl Signed {
    /// Reads the two fields of a request.
    ///
    /// # Errors
    /// [`Refusal::Form`] for anything but one Ed25519 signature in the form that the standard writes.
    pub fn read(input: &str, signature: &str) -> Result<Signed, Refusal> {
        let (label, input) = only(input)?;
        let (other, signature) = only(signature)?;
        let (ListEntry::InnerList(list), ListEntry::Item(item)) = (input, signature) else {
            return Err(Refusal::Form);
        };
        let BareItem::ByteSequence(bytes) = &item.bare_item else {
            return Err(Refusal::Form);
        };
        let bytes = bytes.as_slice().try_into().map_err(|_| Refusal::Form)?;
        if label != other || !item.params.is_empty() {
            return Err(Refusal::Form);
        }
        let mut signed = Signed {
            covered: covered(&list)?,
            params: text(list.clone())?,
            signature: Signature(bytes),
            created: None,
            expires: None,
            nonce: None,
            keyid: None,
            tag: false,
        };
        for (name, value) in &list.params {
            signed.take(name.as_str(), value)?;
        }
        Ok(signed)
    }

    fn take(&mut self, name: &str, value: &BareItem) -> Result<(), Refusal> {
        match (name, value) {
            ("created", BareItem::Integer(at)) => self.created = Some(i64::from(*at)),
            ("expires", BareItem::Integer(at)) => self.expires = Some(i64::from(*at)),
            ("nonce", BareItem::String(text)) => self.nonce = Some(text.as_str().to_owned()),
            ("keyid", BareItem::String(text)) => self.keyid = Some(text.as_str().to_owned()),
            // The key says which algorithm it is for; a signature may repeat it and no more.
            ("alg", BareItem::String(text)) if text.as_str() == "ed25519" => {}
            ("tag", BareItem::String(_)) => self.tag = true,
            _ => return Err(Refusal::Form),
        }
        Ok(())
    }

    /// The name of the key, as the request tells it.
    #[must_use]
    pub fn keyid(&self) -> &str {
        self.keyid.as_deref().unwrap_or_default()
    }

    /// The number that comes once, and the second since 1970 at which the signature ends.
    #[must_use]
    pub fn once(&self) -> (&str, i64) {
        let nonce = self.nonce.as_deref().unwrap_or_default();
        (nonce, self.expires.unwrap_or_default())
    }

    /// Checks the signature over a request.
    ///
    /// # Errors
    /// [`Refusal::Forged`]; [`Refusal::Coverage`] where the request lacks what is covered.
    pub fn fits(&self, message: &Message<'_>, key: &Verifier) -> Result<(), Refusal> {
        let base = base::of(message, &self.covered, &self.params)?;
        key.verify(base.as_bytes(), &self.signature)
            .map_err(|_| Refusal::Forged)
    }

    /// Asks what every signed request must have: method, address and query are covered, content by
    /// its digest; it was made just now, ends soon, and has a number and a key. Gives the digest that
    /// the content must have; without one the request must have no content.
    ///
    /// # Errors
    /// [`Refusal::Coverage`], [`Refusal::Time`]; [`Refusal::Form`] for a digest or a number that is
    /// not well formed.
    pub fn demand(
        &self,
        message: &Message<'_>,
        now: i64,
        window: Window,
    ) -> Result<Option<Digest>, Refusal> {
        let has = |name: &str| self.covered.iter().any(|one| one == name);
        let address = has("@target-uri")
            || (has("@authority") && has("@path") && (has("@query") || message.query.is_none()));
        let nonce = self.nonce.as_deref().unwrap_or_default();
        let (Some(created), Some(expires), Some(_)) = (self.created, self.expires, &self.keyid)
        else {
            return Err(Refusal::Coverage);
        };
        if !has("@method") || !address || nonce.is_empty() || self.tag {
            return Err(Refusal::Coverage);
        }
        if !(NONCE_LEAST..=NONCE_MOST).contains(&nonce.len()) {
            return Err(Refusal::Form);
        }
        let length = expires.saturating_sub(created);
        let young = created <= now.saturating_add(window.ahead);
        if !young || expires < now || !(0..=window.length).contains(&length) {
            return Err(Refusal::Time);
        }
        let mut digests = message
            .fields
            .iter()
            .filter(|(name, _)| *name == "content-digest");
        match (digests.next(), digests.next()) {
            (None, _) => Ok(None),
            (Some((_, field)), None) if has("content-digest") => {
                content::read_content_digest(field).map(Some)
            }
            _ => Err(Refusal::Coverage),
        }
    }
}

/// The only member of a dictionary, which must stand as it would be written: a member or a parameter
/// that stands twice, of which only one would be read, is none.
fn only(field: &str) -> Result<(Key, ListEntry), Refusal> {
    if field.len() > INPUT_BYTES {
        return Err(Refusal::Form);
    }
    let parsed: Dictionary = Parser::new(field).parse().map_err(|_| Refusal::Form)?;
    if parsed.len() != 1 || parsed.serialize().as_deref() != Some(field.trim()) {
        return Err(Refusal::Form);
    }
    parsed.into_iter().next().ok_or(Refusal::Form)
}

/// Names of what is covered: each once, in lower case, without parameters.
fn covered(list: &InnerList) -> Result<Vec<String>, Refusal> {
    if list.items.len() > COVERED {
        return Err(Refusal::Form);
    }
    let mut names: Vec<String> = Vec::with_capacity(list.items.len());
    for item in &list.items {
        let BareItem::String(name) = &item.bare_item else {
            return Err(Refusal::Form);
        };
        let name = name.as_str();
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let bare = name.strip_prefix('@').unwrap_or(name);
        if !item.params.is_empty() || bare.is_empty() || !bare.bytes().all(sound) {
            return Err(Refusal::Form);
        }
        if names.iter().any(|one| one == name) {
            return Err(Refusal::Form);
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

fn text(list: InnerList) -> Result<String, Refusal> {
    let list: sfv::List = vec![ListEntry::InnerList(list)];
    list.serialize().ok_or(Refusal::Form)
}

/// The parameters of a signature that is made.
pub(super) fn write(covered: &[&str], terms: Terms<'_>, keyid: &str) -> Result<String, Refusal> {
    let string = |text: &str| {
        let made = sfv::String::from_string(text.to_owned());
        made.map(BareItem::String).map_err(|_| Refusal::Form)
    };
    let integer = |number: i64| {
        let made = sfv::Integer::try_from(number);
        made.map(BareItem::Integer).map_err(|_| Refusal::Form)
    };
    let items = covered.iter().map(|name| string(name).map(Item::new));
    let mut list = InnerList::new(items.collect::<Result<_, _>>()?);
    for (name, value) in [
        ("created", integer(terms.created)?),
        ("expires", integer(terms.expires)?),
        ("nonce", string(terms.nonce)?),
        ("keyid", string(keyid)?),
        ("alg", string("ed25519")?),
    ] {
        let name = Key::from_string(name.to_owned()).map_err(|_| Refusal::Form)?;
        list.params.insert(name, value);
    }
    text(list)
}
