//! Kinds of columns, the part each plays, and how near two values of a kind can be.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Not looked at: a row number, a constant, nothing.
    Skip,
    /// A word or two of a name: given name, surname, town.
    Name,
    /// A calendar date.
    Date,
    /// A number or code of six signs and more that few share: an identity or telephone number.
    Code,
    /// A short number: a postcode, a house number.
    Short,
    /// One of few words.
    Category,
    /// An electronic address.
    Email,
    /// Several words: an address, a title.
    Text,
    /// An organisation's name.
    Organisation,
    /// A measure: a price, an amount.
    Number,
    /// A given name and a surname in one cell; compared as two columns.
    Person,
    /// A number with check digits, as that of a body: two valid ones that differ are two subjects.
    Identifier,
}

/// What agreement in a column means for two *different* subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A subject's own: two subjects share it by chance only.
    Own,
    /// The given name: own, and may stand in the place of the surname.
    Given,
    /// The surname: shared in a family, and may stand in the place of the given name.
    Family,
    /// Shared by those who live or sit together: address, town, telephone.
    Place,
}

/// Level of a pair where either value is missing.
pub(crate) const ABSENT: u8 = 0;
/// Level of a pair that shares nothing to speak of.
pub(crate) const UNLIKE: u8 = 1;
/// Most levels of a kind.
pub(crate) const LEVELS: usize = 8;
/// Level of two electronic addresses whose parts before the `@` are alike.
pub(crate) const NAMES_ALIKE: u8 = 2;
/// Level of two names that stand in each other's column.
pub(crate) const SWAPPED: u8 = 6;

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 12] = [
        Kind::Skip,
        Kind::Name,
        Kind::Date,
        Kind::Code,
        Kind::Short,
        Kind::Category,
        Kind::Email,
        Kind::Text,
        Kind::Organisation,
        Kind::Number,
        Kind::Person,
        Kind::Identifier,
    ];

    /// What each level says, from "missing" on; the last is equality.
    #[must_use]
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Kind::Skip | Kind::Person => &["not looked at"],
            Kind::Name => &[
                "missing",
                "differ",
                "somewhat alike",
                "initial or short form",
                "sound alike",
                "one edit",
                "columns swapped",
                "equal",
            ],
            Kind::Date => &[
                "missing",
                "differ",
                "same year",
                "two parts agree",
                "one digit off",
                "day and month swapped",
                "equal",
            ],
            Kind::Code => &[
                "missing",
                "differ",
                "half agrees",
                "two edits",
                "one edit",
                "equal",
            ],
            Kind::Short => &["missing", "differ", "one edit", "equal"],
            Kind::Category => &["missing", "differ", "equal"],
            Kind::Email => &[
                "missing",
                "differ",
                "names alike",
                "a few letters off",
                "equal",
            ],
            Kind::Text => &[
                "missing",
                "differ",
                "some words shared",
                "half shared",
                "most shared",
                "nearly all shared",
                "a few letters off",
                "equal",
            ],
            Kind::Organisation => &[
                "missing",
                "another organisation",
                "probably another",
                "perhaps the same",
                "likely the same",
                "same name in other words",
                "equal",
            ],
            Kind::Number => &["missing", "differ", "near", "very near", "equal"],
            Kind::Identifier => &[
                "missing",
                "two valid numbers",
                "differ",
                "two edits",
                "one edit",
                "same body",
                "equal",
            ],
        }
    }

    /// The level of equality.
    #[must_use]
    pub fn equal(self) -> u8 {
        (self.levels().len() - 1) as u8
    }

    /// The word in a settings file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Kind::Skip => "skip",
            Kind::Name => "name",
            Kind::Date => "date",
            Kind::Code => "code",
            Kind::Short => "short",
            Kind::Category => "category",
            Kind::Email => "email",
            Kind::Text => "text",
            Kind::Organisation => "organisation",
            Kind::Number => "number",
            Kind::Person => "person",
            Kind::Identifier => "identifier",
        }
    }

    /// The kind of a word in a settings file.
    #[must_use]
    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How often records of one subject stand at each level, before anything was learnt. The rest
    /// follows from the data; see `train`.
    #[must_use]
    pub(crate) fn expected(self) -> &'static [f32] {
        match self {
            Kind::Skip | Kind::Person => &[1.0],
            Kind::Name => &[0.0, 0.06, 0.03, 0.02, 0.04, 0.09, 0.01, 0.75],
            Kind::Date => &[0.0, 0.05, 0.02, 0.05, 0.08, 0.02, 0.78],
            Kind::Code => &[0.0, 0.05, 0.02, 0.03, 0.1, 0.8],
            Kind::Short => &[0.0, 0.12, 0.1, 0.78],
            Kind::Category => &[0.0, 0.1, 0.9],
            Kind::Email => &[0.0, 0.1, 0.05, 0.1, 0.75],
            Kind::Text => &[0.0, 0.1, 0.05, 0.07, 0.08, 0.05, 0.1, 0.55],
            Kind::Organisation => &[0.0, 0.05, 0.02, 0.03, 0.05, 0.15, 0.7],
            Kind::Number => &[0.0, 0.3, 0.15, 0.15, 0.4],
            Kind::Identifier => &[0.0, 0.01, 0.04, 0.02, 0.08, 0.02, 0.83],
        }
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 4] = [Role::Own, Role::Given, Role::Family, Role::Place];

    /// The word in a settings file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Own => "own",
            Role::Given => "given",
            Role::Family => "family",
            Role::Place => "place",
        }
    }

    /// The role of a word in a settings file.
    #[must_use]
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_an_expectation_and_a_code_reads_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.levels().len(), kind.expected().len(), "{kind:?}");
            assert!(kind.levels().len() <= LEVELS);
            let sum: f32 = kind.expected().iter().sum();
            assert!((sum - 1.0).abs() < 0.02, "{kind:?} {sum}");
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
        }
    }
}
