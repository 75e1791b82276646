//! Pictures of texts: QR codes drawn as SVG, in the page itself.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// White around the picture, in squares: four, as the standard (ISO/IEC 18004) asks.
const QUIET: usize = 4;

/// A text as a QR code.
pub(crate) struct Picture {
    /// The side of the picture, in squares.
    pub(crate) size: usize,
    /// Its dark squares, as an SVG path.
    pub(crate) squares: String,
}

impl Picture {
    pub(crate) fn of(text: &str) -> Result<Picture, qrcode::types::QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        let (width, mut squares) = (code.width(), String::new());
        for (ix, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (ix % width + QUIET, ix / width + QUIET);
                // Writing to a string does not fail.
                let _written = write!(squares, "M{x} {y}h1v1h-1z");
            }
        }
        Ok(Picture {
            size: width + 2 * QUIET,
            squares,
        })
    }

    /// The picture as a file of its own.
    pub(crate) fn svg(&self) -> String {
        let Picture { size, squares } = self;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{squares}"/></svg>"##
        )
    }
}
