//! Where the sign-up service is, if there is one: `sign_up` of `candor.toml`, in the reader's language.

use super::index::Site;
use super::shown::Shown;
use super::tongue::Tongue;
use crate::timeline::Statement;

/// The last part of the form's path where it is ours; then its other pages are beside it.
const FORM: &str = "/subscribe";

/// The form; empty: there is none.
pub(super) fn form(site: &Site<'_>, tongue: &Tongue<'_>) -> String {
    let url = site.view.settings.sign_up.as_str();
    match url {
        "" => String::new(),
        url => format!("{url}{}lang={}", if url.contains('?') { '&' } else { '?' }, tongue.lang),
    }
}

/// The form for one incident; empty: there is none.
pub(super) fn follow(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> String {
    match ours(site) {
        Some(_) => format!("{}&incident={}", form(site, tongue), shown.incident().slug),
        None => String::new(),
    }
}

/// Where a reader says whether a statement was of use; empty: nowhere.
pub(super) fn feedback(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown, said: &Statement) -> String {
    ours(site).map_or_else(String::new, |root| {
        format!("{root}/f/{}/{}?lang={}", shown.incident().slug, said.id.stamp(), tongue.lang)
    })
}

/// The root of our own service.
fn ours<'s>(site: &'s Site<'_>) -> Option<&'s str> {
    site.view.settings.sign_up.strip_suffix(FORM)
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nWe look.\n\n";

    #[test]
    fn an_open_incident_leads_to_its_own_mails_and_the_newest_statement_to_an_answer() {
        let more = "## 2026-11-21 14:30 Identified\n\nFound.\n\n";
        let mut town = Town::burst(&format!("{SAID}{more}")).awake_until("14:31");
        let of_ours = |links: &[String]| -> Vec<String> {
            links.iter().filter(|link| link.contains("tell.")).cloned().collect()
        };
        let page = "fr/incidents/burst/";
        assert_eq!(of_ours(&town.page("14:31", page).links), [""; 0]);
        town.settings.sign_up = "https://tell.riverton.example/subscribe".to_owned();
        let found = town.page("14:31", page);
        assert_eq!(
            of_ours(&found.links),
            [
                "https://tell.riverton.example/subscribe?lang=fr&incident=burst",
                "https://tell.riverton.example/f/burst/20261121T2030Z?lang=fr",
            ]
        );
        assert_eq!(found.errors, Vec::<String>::new());
        let front = of_ours(&town.page("14:31", "").links);
        assert_eq!(front, ["https://tell.riverton.example/subscribe?lang=en&incident=burst"]);
        let over = format!("{SAID}{more}## 2026-11-21 14:40 Resolved\n\nWater runs.\n");
        let mut town = Town::burst(&over).awake_until("14:41");
        town.settings.sign_up = "https://tell.riverton.example/subscribe".to_owned();
        let links = of_ours(&town.page("14:41", "incidents/burst/").links);
        assert_eq!(links, ["https://tell.riverton.example/f/burst/20261121T2040Z?lang=en"]);
    }

    #[test]
    fn a_form_that_is_not_ours_is_only_led_to() {
        let mut town = Town::burst(SAID).awake_until("14:11");
        town.settings.sign_up = "https://lists.riverton.example/?list=7".to_owned();
        let page = town.page("14:11", "subscribe/");
        let form = "https://lists.riverton.example/?list=7&lang=en";
        assert!(page.links.iter().any(|link| link == form), "{:?}", page.links);
        let page = town.page("14:11", "incidents/burst/");
        assert!(!page.links.iter().any(|link| link.contains("lists.")), "{:?}", page.links);
    }
}
