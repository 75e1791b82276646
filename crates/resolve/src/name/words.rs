//! A name of words, Latin or Cyrillic: tokens and a legal form.

/// The parts of a name of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words {
    /// The words that tell, in order.
    pub(super) tokens: Vec<String>,
}

impl Words {
    /// Takes a levelled name apart.
    pub(super) fn parse(chars: &[char]) -> Words {
        let text: String = chars.iter().collect();
        Words {
            tokens: text.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// The words that tell, one space apart.
    pub(super) fn telling(&self) -> String {
        self.tokens.join(" ")
    }

    /// The key of the legal form.
    pub(super) fn form_key(&self) -> &str {
        ""
    }
}
