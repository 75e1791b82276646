//! Which form, encoding and delimiter a file has, from a bounded sample of its bytes. What the
//! sender told wins; then what the bytes say; the file's name decides only between equals.

mod delimiter;
mod encoding;
mod form;

pub use delimiter::{CANDIDATES, delimiter};
pub use encoding::{Found, encoding, is_ascii};
pub use form::{Format, form, is_gzip};

/// Bytes of the sample: a few hundred rows of the widest theme, and quick to read.
pub const SAMPLE: usize = 256 << 10;
