//! What people and disks do wrong: each is told in words, and none takes the site down.

use std::fmt::Write as _;

use crate::building::PUMP;
use crate::site::{Site, run};

const AT: &[&str] = &["build", "--at", "2026-03-05 12:00"];
const FILE: &str = "content/incidents/2026-03-02-pump.md";
const PAGE: &str = "public/incidents/2026-03-02-pump/index.html";

fn town_with_theme(file: &str, text: &str) -> Site {
    let site = Site::town();
    let settings = site.read("candor.toml");
    site.write("candor.toml", &format!("{settings}\n[theme]\nname = \"town\"\n"));
    site.write(&format!("themes/town/{file}"), text);
    site.write(FILE, PUMP);
    site
}

#[test]
fn a_theme_that_asks_for_what_is_not_there_is_told_the_place_and_what_is() {
    let site = Site::town();
    site.write(FILE, PUMP);
    site.candor(AT).exits(0);
    let before = site.read("public/index.html");
    let settings = site.read("candor.toml");
    site.write("candor.toml", &format!("{settings}\n[theme]\nname = \"town\"\n"));
    site.write("themes/town/history.html", "<p>\n{{ page.yeers }}\n</p>");
    let run = site.candor(AT);
    assert_ne!(run.code, 0);
    let run = run.says("themes/town/history.html:2");
    run.says("Available fields: years");
    assert_eq!(site.read("public/index.html"), before, "the old site is gone");
}

#[test]
fn a_theme_that_would_never_end_is_refused_and_the_site_is_built_all_the_same() {
    let site = town_with_theme("ours.html", "{% component a() %}{{ <a/> }}{% endcomponent %}\n");
    site.candor(AT).exits(1).says("themes/town/ours.html:1").says("it would never end");
    assert!(site.exists(PAGE));
}

#[test]
fn a_theme_reaches_nothing_outside_of_itself() {
    let site = town_with_theme("404.html", "{% include \"../../candor.toml\" %}");
    site.candor(AT).exits(1).says("themes/town/404.html");
    assert!(!site.read("public/404.html").contains("id_domain"));
    let settings = site.read("candor.toml").replace("name = \"town\"", "name = \"../content\"");
    site.write("candor.toml", &settings);
    site.candor(AT).exits(1).says("is not the name of a theme");
    let settings = settings.replace("\"../content\"", "\"town\"\nlogo = \"../../candor.toml\"");
    site.write("candor.toml", &settings);
    site.write("themes/town/404.html", "<p>Nothing here.</p>");
    site.candor(AT);
    assert!(
        !site.files("public").iter().any(|path| path.contains("candor.toml")),
        "{:?}",
        site.files("public")
    );
}

#[test]
fn a_logo_stands_beside_the_name_and_one_that_could_act_is_left_out() {
    let logo = |text: &str| {
        let site = town_with_theme("logo.svg", text);
        let settings = site.read("candor.toml");
        site.write("candor.toml", &format!("{settings}logo = \"logo.svg\"\nlogo_alt = \"A heron\"\n"));
        site
    };
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 24\"><path d=\"M0 0h48v24z\"/></svg>";
    let site = logo(drawing);
    site.candor(AT).exits(0);
    let picture = "<img src=\"../../logo.svg\" alt=\"A heron\" width=\"72\" height=\"36\"> Town</a>";
    assert!(site.read(PAGE).contains(picture));
    assert_eq!(site.read("public/logo.svg"), drawing);
    let site = logo(&drawing.replace("<path", "<script>go()</script><path"));
    site.candor(AT).exits(1).says("themes/town/logo.svg").says("it holds `<script`");
    assert!(!site.exists("public/logo.svg") && !site.read(PAGE).contains("<img"));
}

#[test]
fn a_service_renamed_while_old_incidents_name_it_keeps_its_history() {
    let site = Site::town();
    site.write(FILE, PUMP);
    site.candor(AT).exits(0);
    let services = site.read("content/services.toml");
    let renamed =
        services.replace("id = \"water\"\nname = \"Water\"", "id = \"tap-water\"\nname = \"Tap water\"");
    site.write("content/services.toml", &renamed);
    // Without a word about the old name, every file that uses it is told so, and its page stays.
    site.candor(AT).exits(1).says("There is no service “water”.");
    assert!(site.read(PAGE).contains("Water is back in every home"));
    site.write(
        "content/services.toml",
        &renamed.replace("name = \"Tap water\"", "name = \"Tap water\"\naliases = [\"water\"]"),
    );
    site.candor(AT).exits(0);
    assert!(site.read("public/services/tap-water/index.html").contains("No water in Mill Lane"));
}

#[test]
fn a_page_with_the_address_of_a_built_in_one_is_refused_before_anything_is_written() {
    for slug in ["areas", "subscribe", "text", "print", "embed", "history", "record"] {
        let site = Site::town();
        site.write(FILE, PUMP);
        site.write(&format!("content/pages/{slug}.md"), "# Ours\n\nText.\n");
        let run = site.candor(AT);
        assert_ne!(run.code, 0, "{slug}");
        run.says(&format!("content/pages/{slug}.md")).says("Two pages would be written to");
        assert!(!site.exists("public/index.html"), "{slug}");
    }
}

#[test]
fn a_monstrous_title_stays_within_its_own_place() {
    let site = Site::town();
    // Long without a blank, right to left, an override that nobody closes, and control characters.
    let title =
        format!("{} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202e}gnorw \\u0007\\u001b[31m&", "W".repeat(2000));
    site.write(FILE, &PUMP.replace("No water in Mill Lane", &title));
    site.candor(AT);
    for path in [PAGE, "public/index.html", "public/feed.atom", "public/feed.rss", "public/calendar.ics"] {
        let text = site.read(path);
        let control = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        assert_eq!(control, None, "{path}");
    }
    assert!(site.read(PAGE).contains(&"W".repeat(2000)));
}

#[test]
fn places_without_services_and_a_site_without_incidents_have_pages_that_say_so() {
    let site = Site::town();
    site.write("content/services.toml", "");
    site.candor(AT).exits(0);
    assert!(site.read("public/index.html").contains("Everything is working normally"));
    assert!(site.read("public/areas/mill/index.html").contains("Every service is working normally here"));
    assert!(site.read("public/areas/index.html").contains("Working normally"));
    assert!(site.read("public/history/index.html").contains("Nothing has been reported yet."));
    site.write("content/areas.toml", "");
    site.candor(AT).exits(0);
    assert!(!site.exists("public/areas/index.html"), "a page without any place");
    assert!(!site.read("public/index.html").contains("areas/"), "a link to a page that is gone");
}

#[test]
fn five_hundred_updates_all_stand_on_the_page() {
    let site = Site::town();
    let mut file = PUMP.split("## 2026-03-02 09:25").next().unwrap().to_owned();
    for n in 0..500 {
        let (hour, minute) = (10 + n / 60, n % 60);
        let day = 2 + hour / 24;
        let _ = write!(
            file,
            "## 2026-03-0{day} {:02}:{minute:02} Identified\n\nStep {n} of the repair is done; pump part {n} is in.\n\n",
            hour % 24
        );
    }
    site.write(FILE, &file);
    site.candor(AT);
    let page = site.read(PAGE);
    // What is in the head is for programs.
    let page = page.split_once("<main").unwrap().1;
    assert_eq!(page.matches("<article class=\"statement update").count(), 501);
    assert!(
        page.find("Bottled water is at the school").unwrap() < page.find("Step 499").unwrap(),
        "what to do is not on top"
    );
    assert!(site.read("public/index.html").len() < 40_000, "the front page grew with it");
}

#[test]
fn an_address_with_a_path_is_warned_of_and_works() {
    let site = Site::town();
    site.write(FILE, PUMP);
    let settings =
        site.read("candor.toml").replace("https://status.town.example", "https://town.example/status");
    site.write("candor.toml", &settings);
    site.candor(AT).exits(0).says("is not the root of its host").says("/api/v2/");
    assert!(site.read("public/feed.atom").contains("https://town.example/status/incidents/2026-03-02-pump/"));
    assert!(
        site.read(PAGE).contains("href=\"../../services/water/\""),
        "links within the site stay relative"
    );
}

#[test]
fn where_the_disk_is_full_nothing_is_half_written_and_the_old_site_stays() {
    let site = Site::town();
    site.write(FILE, PUMP);
    site.candor(AT).exits(0);
    let tell = |site: &Site| -> Vec<(String, String)> {
        let files = site.files("public");
        files.into_iter().map(|path| (path.clone(), site.read(&format!("public/{path}")))).collect()
    };
    let before = tell(&site);
    site.write(
        FILE,
        &PUMP.replace("Water is back in every home since 9:20am.", "Water is back in every home."),
    );
    site.write(
        "content/incidents/2026-03-04-again.md",
        &PUMP.replace("2026-03-02", "2026-03-04").replace("in Mill Lane", "again"),
    );
    // The kernel refuses to let any file grow past a limit, as a full disk would; the signal that comes with it is ignored.
    let program = site.command(AT);
    let mut full = std::process::Command::new("sh");
    full.current_dir(site.path("."))
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
        .arg(program.get_program())
        .args(program.get_args())
        .env("NO_COLOR", "1");
    let run = run(full).exits(3);
    assert!(run.err.contains("error:"), "{run:?}");
    assert_eq!(tell(&site), before);
    site.candor(AT);
    assert!(site.exists("public/incidents/2026-03-04-again/index.html"));
}
