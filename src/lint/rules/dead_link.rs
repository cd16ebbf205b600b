//! Links within the site that lead to nothing.

use crate::content::Incident;
use crate::diag::Level;
use crate::lint::{Category, Check, Context, Part, Passage, Report, Rule};
use crate::text::{AreaId, ServiceId, Slug, nearest};

pub(super) const RULE: Rule = Rule {
    id: "dead-link",
    category: Category::Markdown,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "A link within the site that leads to nothing.",
    explanation: "A reader in trouble follows a link once. “Page not found” is the end of the way for most of them.",
    source: "GOV.UK, problem with the service: link to what helps.",
    backing: "A link to a page of this site (an incident, a maintenance, a service, an area, a free page), to a file \
        beside the content, or to another site. Pages elsewhere are not fetched.",
    check: Check::Markdown(check),
};

/// Pages and files that every site has, by the first part of their path.
const BUILT: &[&str] =
    &["", "api", "embed", "feed", "feeds", "history", "learned", "print", "record", "subscribe", "text"];

/// Endings of files that every site has.
const FILES: &[&str] = &["atom", "ics", "json", "jsonl", "rss", "svg", "txt", "xml"];

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    for link in &passage.prose.links {
        let Some(path) = within_site(passage, &link.target) else { continue };
        let help = match why_dead(passage.context, &path) {
            None => continue,
            Some(Some(instead)) => format!("Did you mean `/{instead}`?"),
            Some(None) => "Mend the address, or take the link out and keep its words.".to_owned(),
        };
        report.find(passage.place(link.span), format!("There is no page at “{}”.", link.target), help);
    }
}

/// The path within the site that a link leads to, without language and slashes around it; `None` for other sites and
/// for places on the same page.
fn within_site(passage: &Passage<'_>, target: &str) -> Option<String> {
    let settings = passage.context.settings;
    let base = settings.base_url.trim_end_matches('/');
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let whole = path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let from_root = match (whole, path.strip_prefix('/')) {
        (Some(rest), _) => rest.to_owned(),
        (None, _) if has_scheme(path) || path.starts_with("//") => return None,
        (None, _) if path.is_empty() && !target.is_empty() => return None,
        // Above the folder in which the site lies there may be anything.
        (None, Some(absolute)) => absolute.strip_prefix(folder_of(base))?.to_owned(),
        (None, None) => format!("{}/{path}", page_of(passage)),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in from_root.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "" | "." | "index.html" => {}
            part => parts.push(part),
        }
    }
    let translated = |part: &&str| settings.languages.iter().skip(1).any(|language| language == part);
    if parts.first().is_some_and(translated) {
        parts.remove(0);
    }
    Some(parts.join("/"))
}

/// The path in an absolute address, without its first slash.
fn folder_of(base: &str) -> &str {
    base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path)
}

fn has_scheme(path: &str) -> bool {
    let end = path.find([':', '/']).unwrap_or(path.len());
    path[end..].starts_with(':')
}

/// The folder of the page on which a passage stands.
fn page_of(passage: &Passage<'_>) -> String {
    let stem = passage.source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    match passage.part {
        Part::Page => stem.to_owned(),
        _ if passage.maintenance => format!("maintenance/{stem}"),
        _ => format!("incidents/{stem}"),
    }
}

/// `None` where there is such a page or file; else what may have been meant.
fn why_dead(context: &Context<'_>, path: &str) -> Option<Option<String>> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_asset = context.assets.iter().any(|asset| {
        asset.strip_suffix(path).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    });
    if BUILT.contains(&first) || FILES.contains(&ending) || is_asset {
        return None;
    }
    let registers = &context.content.registers;
    match first {
        "incidents" | "maintenance" => match named(context, rest) {
            Some(incident) if home(incident) == path => None,
            // An earlier address leads on to the new one.
            Some(incident) if incident.aliases.iter().any(|alias| alias.as_str() == rest) => None,
            Some(incident) => Some(Some(home(incident))),
            None => Some(near(context, rest)),
        },
        "services" if registers.service(&ServiceId::from(rest)).is_some() => None,
        "areas" if registers.area(&AreaId::from(rest)).is_some() => None,
        _ if context.content.pages.iter().any(|page| page.slug == path || format!("pages/{}", page.slug) == path) => None,
        _ => {
            let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
            Some(named(context, stem).map(home).or_else(|| near(context, stem)))
        }
    }
}

/// The incident of a slug or an earlier slug.
fn named<'c>(context: &Context<'c>, slug: &str) -> Option<&'c Incident> {
    let content = context.content;
    if let Some(timeline) = context.timelines.get(&Slug::from(slug)) {
        return Some(&timeline.incident);
    }
    let renamed = |incident: &&std::sync::Arc<Incident>| {
        incident.slug.as_str() == slug || incident.aliases.iter().any(|alias| alias.as_str() == slug)
    };
    content.incidents.iter().find(renamed).map(|incident| &**incident)
}

fn near(context: &Context<'_>, slug: &str) -> Option<String> {
    let slugs = context.content.incidents.iter().map(|incident| incident.slug.as_str());
    named(context, nearest(slug, slugs)?).map(home)
}

fn home(incident: &Incident) -> String {
    format!("{}/{}", incident.folder(), incident.slug)
}
