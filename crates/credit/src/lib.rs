//! The nouns of public credit information and their lawful moves; pure.
