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

#[test]
fn names_and_pages_are_in_the_readers_language_where_somebody_wrote_them_in_it() {
    let site = town("");
    site.write(
        "content/services.toml",
        "[[service]]\nid = \"water\"\nname = { en = \"Water\", fr = \"Eau\" }\ngroup.en = \"Utilities\"\ngroup.fr = \"Réseaux\"\n",
    );
    let plain = site.read("candor.toml");
    let footer = "[theme]\nfooter = { en = \"By the river.\", fr = \"Au bord de la rivière.\" }\n";
    site.write("candor.toml", &format!("{plain}{footer}"));
    let (first, _) = PUMP.split_once("## 2026-03-02 09:25").unwrap();
    site.write("content/incidents/pump.md", first);
    site.write("content/incidents/pump.fr.md", FRENCH);
    site.write("content/pages/about.md", "# About\n\nWe speak plainly.\n");
    site.write("content/pages/about.fr.md", "# À propos\n\nNous parlons clair.\n");
    site.candor(&["build", "--at", "2026-03-02 09:10"]).exits(0);
    let french = site.read("public/fr/index.html");
    for words in [">Eau</a>", "<h3>Réseaux</h3>", "Au bord de la rivière.", ">À propos</a>"] {
        assert!(french.contains(words), "{words} is not in\n{french}");
    }
    assert!(site.read("public/fr/services/water/feed.atom").contains("<title>Eau – "));
    assert!(site.read("public/fr/about/index.html").contains("Nous parlons clair."));
    // Nobody wrote these in German: what is shown is marked.
    let german = site.read("public/de/index.html");
    for words in [
        "<h3><span lang=\"en\" dir=\"ltr\">Utilities</span></h3>",
        "><span lang=\"en\" dir=\"ltr\">Water</span></a>",
        "<span lang=\"en\" dir=\"ltr\">By the river.</span>",
    ] {
        assert!(german.contains(words), "{words} is not in\n{german}");
    }
    assert!(
        site.read("public/de/about/index.html")
            .contains("<h1><span lang=\"en\" dir=\"ltr\">About</span></h1>")
    );
    assert!(site.read("public/index.html").contains("<a href=\"./services/water/\">Water</a>"));
    // Search engines are told of each language, and which one is for everybody else.
    for (lang, prefix) in [("en\" title=\"English", ""), ("fr\" title=\"Français", "fr/"), ("x-default", "")]
    {
        let link = format!("hreflang=\"{lang}\" href=\"https://status.town.example/{prefix}about/\"");
        assert!(site.read("public/de/about/index.html").contains(&link), "{link}");
    }
}
