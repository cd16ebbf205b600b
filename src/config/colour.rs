//! Colours and whether one can be read on another (WCAG 2.2, relative luminance and contrast ratio).

use std::fmt;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// What small text needs (SC 1.4.3).
pub(super) const ENOUGH: f64 = 4.5;

/// What is aimed for where a shade is chosen here: a little to spare.
const COMFORTABLE: f64 = 4.7;

impl Colour {
    /// From `0xrrggbb`.
    pub const fn new(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue }
    }

    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let value = u32::from_str_radix(hex, 16).ok()?;
        match hex.len() {
            6 => Some(Self::new(value)),
            3 => Some(Self::new(0x11_0000 * (value >> 8) + 0x1100 * (value >> 4 & 15) + 0x11 * (value & 15))),
            _ => None,
        }
    }

    /// The nearest shade that can be read on `ground`.
    pub fn readable_on(self, ground: Self) -> Self {
        let target = if ground.luminance() > 0.5 { 0.0 } else { 255.0 };
        let shade = |part: u8, step: u32| {
            let part = f64::from(part);
            // In 0..=255 by construction.
            (part + (target - part) * f64::from(step) / 50.0).round() as u8
        };
        (0..=50)
            .map(|step| Self {
                red: shade(self.red, step),
                green: shade(self.green, step),
                blue: shade(self.blue, step),
            })
            .find(|colour| colour.contrast(ground) >= COMFORTABLE)
            .unwrap_or(self)
    }

    /// The contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (Colour::parse("#000000").unwrap(), Colour::parse("#ffffff").unwrap());
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert_eq!(Colour::parse("#12345"), None);
        assert_eq!(Colour::parse("#0aF"), Colour::parse("#00aaff"));
        assert_eq!(Colour::parse("#+12345"), None);
        assert_eq!(Colour::parse("red"), None);
    }

    #[test]
    fn any_accent_ends_readable() {
        let white = Colour::parse("#ffffff").unwrap();
        for accent in ["#ffffff", "#ffff00", "#0b5fa5", "#7f7f7f"] {
            let shade = Colour::parse(accent).unwrap().readable_on(white);
            assert!(shade.contrast(white) >= COMFORTABLE, "{accent} became {shade}");
        }
        assert_eq!(Colour::parse("#0b5fa5").unwrap().readable_on(white).to_string(), "#0b5fa5");
    }
}
