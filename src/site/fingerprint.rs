//! Equal fingerprints, equal pages: what every page shows. What is said of one incident is in
//! [`Timeline::fingerprint`](crate::timeline::Timeline::fingerprint).

use super::View;
use crate::text::Fingerprint;
use crate::theme::Theme;

/// What every page shows: settings, registers, free pages' titles, theme.
pub(super) fn common(view: &View<'_>, theme: &Theme) -> u64 {
    let settings = view.settings;
    let mut all = Fingerprint::default();
    all.add(&theme.fingerprint())
        .add(&(
            &settings.name,
            &settings.base_url,
            &settings.id_domain,
            &settings.sign_up,
            &settings.languages,
        ))
        .add(&format!(
            "{:?}{:?}{:?}{:?}{:?}",
            settings.zone.iana_name(),
            settings.contact,
            settings.theme,
            settings.cap,
            settings.plans
        ))
        // The registers have no hash of their own; they are small and print every value.
        .add(&format!("{:?}", view.registers))
        .add(&view.preview);
    for page in view.pages {
        all.add(&page.slug);
        for text in page.texts() {
            all.add(&(&text.lang, &text.title));
        }
    }
    all.finish()
}
