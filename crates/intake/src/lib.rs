//! Agency file to accepted rows, rejected rows and counts.
//!
//! Pure: files come in as [`source::Source`], time and identity as parameters. A file never fails
//! as a whole for what one row says; it is refused as a whole only when it cannot be read as a
//! table at all or passes a limit, and then the refusal says how to go on.
//!
//! | module | holds |
//! | --- | --- |
//! | [`source`] | a file as the rooms outside hand it over |
//! | [`read`] | any file form to rows of text, streaming |
//! | [`decode`] | any encoding to UTF-8, streaming, damage counted |
//! | [`detect`] | which form, encoding and delimiter a file has |
//! | [`refusal`] | why a file is refused, in three languages |
//! | [`header`] | which column holds which item |
//! | [`value`] | one cell to its canonical text |
//! | [`check`] | one row to a draft, a held fact or a reject; on several cores |
//! | [`template`] | the workbook that an agency fills in |
//! | [`rejects`] | rejected rows as a file to mend and send again |
//! | [`forward`] | facts in the theme's template, for a platform above |

pub mod check;
pub mod decode;
pub mod detect;
pub mod forward;
pub mod header;
pub mod read;
pub mod refusal;
pub mod rejects;
pub mod sheet;
pub mod source;
pub mod template;
pub mod value;
