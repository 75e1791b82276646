//! The nouns of public credit information and their lawful moves.
//!
//! Pure: no clock, no entropy, no file, no network. Everything here is a value or a function of
//! values, so that any report can be made again from the same facts on any machine.
//!
//! | module | holds |
//! | --- | --- |
//! | [`lang`] | the three languages of the site and texts in all of them |
//! | [`identifier`] | identifiers of bodies and people: parse, normalise, check digits |
//! | [`subject`] | kinds of credit subject, ids, claims about who a row is about |
//! | [`catalog`] | themes, items, code sets, suppliers: the reviewed data that drives everything |
//! | [`record`] | records, versions, documents, facts of one subject |
//! | [`clock`] | severity, the four clocks, what has effect on a day |
//! | [`calendar`] | working days with the State Council's make-up days, months by the Civil Code |
//! | [`content`] | kinds of data that are never stored, redaction of free text |
//! | [`text`] | widths, spaces, the comparison form of an organisation's name |
//! | [`rule`] | cross-field rules in CEL |
//! | [`case`] | kinds of case as tables, lawful moves, clocks, effects |
//! | [`grant`] | what one agency may see of another's facts, and the lawful moves of that |
//! | [`grade`] | grades of legal entities by a published model, with the reason of every point |
//! | [`announcement`] | what the centre tells the public, from a first to a last day |
//! | [`consent`] | what a person agreed to: to whom, for what, until when |
//! | [`people`] | accounts, roles, appointments, who may do what |
//! | [`fault`] | what is wrong with a row and how to mend it, in three languages |
//! | [`canon`] | canonical JSON (RFC 8785) |
//! | [`limits`] | every limit with its arithmetic |

pub mod announcement;
pub mod calendar;
pub mod canon;
pub mod case;
pub mod catalog;
pub mod clock;
pub mod consent;
pub mod content;
pub mod due;
pub mod fault;
pub mod grade;
pub mod grant;
pub mod identifier;
pub mod lang;
pub mod limits;
pub mod measure;
pub mod notice;
pub mod people;
pub mod personal;
pub mod record;
pub mod rule;
pub mod subject;
pub mod text;
