//! A site in several languages: who waits for a translation and for how long, and what is said of what is not translated.

use crate::building::PUMP;
use crate::site::Site;

const FRENCH: &str = "+++\ntitle = \"Plus d'eau à Mill Lane\"\ntranslation = \"machine\"\n+++\n\nLa pompe s'est arrêtée.\n\n\
    ## 2026-03-02 09:00 Enquête en cours\n\nTouchés : 212 foyers, comptés aux compteurs\n\nNous refroidissons la pompe.\n";

/// The town in all languages that Candor speaks.
fn town(settings: &str) -> Site {
    let site = Site::town();
    let plain = site.read("candor.toml");
    let languages = "languages = [\"en\", \"fr\", \"es\", \"de\", \"cy\", \"ar\"]";
    site.write("candor.toml", &format!("{settings}{}", plain.replace("languages = [\"en\"]", languages)));
    site
}

#[test]
fn an_update_waits_half_an_hour_for_its_translation_and_no_longer() {
    let site = Site::town();
    let plain = site.read("candor.toml").replace("[\"en\"]", "[\"en\", \"fr\"]");
    site.write("candor.toml", &format!("wait_for_translation = \"30m\"\n{plain}"));
    site.write("content/incidents/pump.md", PUMP);
    site.write("content/incidents/pump.fr.md", FRENCH);
    let page = "public/incidents/pump/index.html";
    // The first update is there in both languages, the second in English only.
    site.candor(&["build", "--at", "2026-03-02 09:30"]).exits(0).says("translation-awaited");
    assert!(site.read(page).contains("We are cooling the pump"));
    assert!(!site.read(page).contains("Water is back"));
    assert!(site.read(page).contains("Our next statement is delayed"));
    site.candor(&["build", "--at", "2026-03-02 09:55"]).exits(0);
    assert!(site.read(page).contains("Water is back"));
    let french = site.read("public/fr/incidents/pump/index.html");
    for words in [
        "Nous refroidissons la pompe",
        "Tout n&#39;est pas encore traduit. Ce qui manque est en anglais.",
        "<div class=\"prose\" lang=\"en\" dir=\"ltr\">\n<p>Water is back",
        "Ce texte a été traduit par une machine",
    ] {
        assert!(french.replace('\'', "&#39;").contains(words), "{words} is not in\n{french}");
    }
}

#[test]
fn nobody_can_ask_for_a_longer_wait() {
    let site = town("wait_for_translation = \"2h\"\n");
    site.candor(&["check"]).exits(1).says("Nobody may wait longer than 30 minutes for a translation.");
}

#[test]
fn every_page_is_there_in_every_language_with_its_direction() {
    let site = town("");
    site.write("content/incidents/pump.md", PUMP);
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nWe speak plainly.\n");
    site.candor(&["build", "--at", "2026-03-02 09:30"]).exits(0);
    let english: Vec<String> =
        site.files("public").into_iter().filter(|path| path.ends_with("index.html")).collect();
    let english: Vec<&String> =
        english.iter().filter(|path| !path[..path.len().min(3)].ends_with('/')).collect();
    assert!(english.len() > 8, "{english:?}");
    for lang in ["fr", "es", "de", "cy", "ar"] {
        let dir = if lang == "ar" { "rtl" } else { "ltr" };
        for path in &english {
            let page = site.read(&format!("public/{lang}/{path}"));
            assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")), "{lang}/{path}");
            // What stands within another page is no edition of it for search engines.
            let framed = path.starts_with("embed/");
            assert!(framed || page.contains("hreflang=\"en\""), "{lang}/{path}");
        }
    }
    let arabic = site.read("public/ar/incidents/pump/index.html");
    assert!(arabic.contains("lang=\"en\" dir=\"ltr\""), "{arabic}");
    assert!(arabic.contains("باللغة <bdi>الإنجليزية</bdi>"), "{arabic}");
}
