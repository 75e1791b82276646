//! Which subject is this? Same, new, or a person decides; pure.
