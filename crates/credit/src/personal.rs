//! What is a natural person's, on its way from the checker to the sealer and nowhere else.

/// Something of a natural person. It prints nothing, has no text form and is not serialised; only the
/// sealer looks inside (`cargo xtask tidy` names the one file that may).
///
/// ```compile_fail,E0277
/// # use credit::personal::Personal;
/// let line = format!("{:?}", Personal::new("somebody"));
/// ```
///
/// ```compile_fail,E0277
/// # use credit::personal::Personal;
/// let line = Personal::new("somebody").to_string();
/// ```
///
/// ```compile_fail,E0277
/// # use credit::personal::Personal;
/// let line = serde_json::to_string(&Personal::new("somebody"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T> {
    inner: T,
}

impl<T> Personal<T> {
    /// Marks it; anyone may.
    #[must_use]
    pub fn new(inner: T) -> Personal<T> {
        Personal { inner }
    }

    /// Looks inside, to seal it.
    #[must_use]
    pub fn reveal(&self) -> &T {
        &self.inner
    }
}
