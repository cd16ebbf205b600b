//! The front page in other editions: `/text/` without any style, `/print/` to hang on a door, `/embed/` for a frame on
//! someone else's page.

use super::frame::{self, Place};
use super::front::{fingerprint, front, title};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::diag::Finding;

/// Folder and template of each.
const EDITIONS: [(&str, &str); 3] =
    [("text/", "text.html"), ("print/", "print.html"), ("embed/", "embed.html")];

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        let fingerprint = fingerprint(site, index);
        for (item, (folder, _)) in EDITIONS.into_iter().enumerate() {
            pages.add(Planned {
                path: format!("{}{folder}index.html", tongue.prefix),
                fingerprint,
                tongue: index,
                item,
                writing: Writing::Page(write),
                source: None,
            });
        }
    }
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (folder, template) = EDITIONS[item];
    let place = Place { tongue: index, folder, title: title(site, index) };
    frame::page(site, template, &place, &front(site, index))
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed Riverside Drive.\n\n\
        ### What you can do\n\nBoil water.\n";

    #[test]
    fn each_edition_says_what_is_wrong_and_what_to_do() {
        let town = Town::burst(SAID).awake_until("14:11");
        let text = town.page("14:11", "text/");
        text.says("Tap water: some areas affected");
        text.says("What you can do Boil water.");
        text.says("Next update by 2:40pm");
        assert!(!text.html.contains("<style") && !text.html.contains("<svg"), "no style at all");
        assert!(text.links.iter().any(|link| link == "../incidents/burst/"), "{:?}", text.links);
        let print = town.page("14:11", "fr/print/");
        print.says("Ce que vous pouvez faire Boil water.");
        print.says("status.riverton.example");
        let embed = town.page("14:11", "embed/");
        embed.says("Tap water: some areas affected");
        assert!(embed.html.len() < 3000, "{} bytes", embed.html.len());
        for page in [text, print, embed] {
            assert_eq!(page.errors, Vec::<String>::new());
        }
    }
}
