//! `[theme]`: the name of the theme and the colours, logo and footer of the site.
//!
//! A colour on which words could not be read is refused with the ratio that was measured, and the theme's own stands.

use super::colour::{Colour, ENOUGH};
use super::faults::Faults;
use super::rules::{CONTRAST, WRONG_TYPE};
use super::settings::{Colours, ThemeSettings};
use super::table::Table;
use crate::text::{Span, Spanned};

/// The grounds of the built-in theme on which the accent is hardest to read: its panels, by day and by night.
const PANEL: (&str, Colour) = ("a light page's panels", Colour::new(0xf3f5f6));
const NIGHT: (&str, Colour) = ("a dark page's panels", Colour::new(0x1a242b));

/// What stands on the board besides the lamp.
const WHITE: (&str, Colour) = ("the board's white words", Colour::new(0xffffff));

pub(super) fn theme(mut table: Table<'_>, languages: &[String], faults: &mut Faults<'_>) -> ThemeSettings {
    let defaults = ThemeSettings::default();
    let name = table.string("name", faults).and_then(|name| theme_name(&name, faults));
    let colours = colours(&mut table, faults);
    let theme = ThemeSettings {
        name: name.unwrap_or(defaults.name),
        colours,
        logo: table.text("logo", faults),
        logo_alt: table.label("logo_alt", languages, faults),
        footer: table.label("footer", languages, faults),
    };
    table.finish(faults);
    theme
}

fn colours(table: &mut Table<'_>, faults: &mut Faults<'_>) -> Colours {
    let defaults = Colours::default();
    let mut take = |key: &'static str, against: &[(&str, Colour)], faults: &mut Faults<'_>| {
        let written = table.string(key, faults)?;
        let colour = colour(key, &written, faults)?;
        let worst = against.iter().map(|ground| (ground, colour.contrast(ground.1)));
        let worst = worst.min_by(|a, b| a.1.total_cmp(&b.1));
        match worst {
            Some((ground, ratio)) if ratio < ENOUGH => {
                refuse(key, colour, *ground, ratio, written.span, faults);
                None
            }
            _ => Some((colour, written.span)),
        }
    };
    let accent = take("accent", &[PANEL], faults).map_or(defaults.accent, |(colour, _)| colour);
    let dark = take("accent_dark", &[NIGHT], faults);
    let board = take("board", &[WHITE], faults).map_or(defaults.board, |(colour, _)| colour);
    // The lamp is judged on the board that it will stand on.
    let lamp = take("lamp", &[("the board", board)], faults).map_or(defaults.lamp, |(colour, _)| colour);
    let on_board = lamp.contrast(board);
    if on_board < ENOUGH {
        let span = table.key_span("board").unwrap_or_default();
        refuse("board", board, ("the lamp's words", lamp), on_board, span, faults);
    }
    Colours {
        accent,
        accent_dark: dark.map_or_else(|| accent.readable_on(NIGHT.1), |(colour, _)| colour),
        board: if on_board < ENOUGH { defaults.board } else { board },
        lamp,
    }
}

fn refuse(
    key: &str,
    colour: Colour,
    ground: (&str, Colour),
    ratio: f64,
    span: Span,
    faults: &mut Faults<'_>,
) {
    let (name, ground) = ground;
    // Cut, not rounded: 4.499 is not enough and must not be called 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    faults.error(
        CONTRAST,
        span,
        format!(
            "`{key} = \"{colour}\"` cannot be read beside {name} ({ground}): the contrast is {ratio:.2} to 1, and words \
             need {ENOUGH} to 1. The theme's own colour is used."
        ),
        format!("The nearest shade that can be read there is `{key} = \"{}\"`.", colour.readable_on(ground)),
    );
}

fn theme_name(name: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    // The name becomes a folder under `themes/`, and whoever can push must not reach outside of it.
    let fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !fits {
        faults.error(
            WRONG_TYPE,
            name.span,
            format!("`{}` is not the name of a theme.", name.value),
            "Write the name of a folder in `themes/`: letters, digits and `-`.",
        );
    }
    fits.then(|| name.value.clone())
}

fn colour(key: &str, written: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Colour> {
    let colour = Colour::parse(written);
    if colour.is_none() {
        faults.error(
            WRONG_TYPE,
            written.span,
            format!("`{}` is not a colour.", written.value),
            format!("Write it as `{key} = \"#0b5fa5\"`: a `#` and six digits 0-9, a-f."),
        );
    }
    colour
}

#[cfg(test)]
mod tests {
    use crate::config::{Colours, read_settings};
    use crate::text::Source;

    fn read(theme: &str) -> (Colours, Vec<(String, String)>) {
        let text = format!(
            "name = \"R\"\nbase_url = \"https://r.example\"\ntime_zone = \"Europe/London\"\n[theme]\n{theme}"
        );
        let (settings, findings) = read_settings(&Source::new("candor.toml", text.as_str()));
        (settings.theme.colours, findings.into_iter().map(|f| (f.message, f.help)).collect())
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_refused_with_the_measured_ratio() {
        let (colours, told) = read("accent = \"#ffe600\"\n");
        assert_eq!(colours, Colours::default());
        assert_eq!(
            told,
            [(
                "`accent = \"#ffe600\"` cannot be read beside a light page's panels (#f3f5f6): the contrast is 1.15 to 1, \
                 and words need 4.5 to 1. The theme's own colour is used."
                    .to_owned(),
                "The nearest shade that can be read there is `accent = \"#7a6e00\"`.".to_owned()
            )]
        );
        assert_eq!(read("accent = \"#7a6e00\"\n").1, []);
    }

    #[test]
    fn every_colour_is_judged_where_it_stands() {
        let (colours, told) = read("accent = \"#0a5a6b\"\nboard = \"#7a0019\"\nlamp = \"#fff2c4\"\n");
        assert_eq!(told, []);
        assert_eq!(colours.board.to_string(), "#7a0019");
        assert!(colours.accent_dark.contrast(super::NIGHT.1) >= 4.5);
        for (theme, key, ratio) in [
            ("accent_dark = \"#0a5a6b\"\n", "accent_dark", "2.01"),
            ("board = \"#eeeeee\"\n", "board", "1.16"),
            ("lamp = \"#333333\"\n", "lamp", "1.36"),
        ] {
            let (colours, told) = read(theme);
            assert_eq!((colours, told.len()), (Colours::default(), 1), "{told:?}");
            assert!(told[0].0.starts_with(&format!("`{key} =")) && told[0].0.contains(ratio), "{told:?}");
        }
    }
}
