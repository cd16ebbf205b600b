//! From what is published to files in the output folder.

use std::path::PathBuf;
use std::sync::Arc;

use super::Problem;
use crate::content::{Bytes, File};
use crate::diag::{self, Colour, Finding};
use crate::disk::{Folder, Report, Staging, WriteError};
use crate::site::{self, Cache, Plan, RenderError, View};
use crate::text::Source;
use crate::theme::Theme;

/// A theme's own files: path and bytes.
pub(super) type Overlay = Vec<(Arc<str>, Bytes)>;

/// The files of the theme called `name`; none for the built-in one.
pub(super) fn overlay(files: &[File], name: &str) -> Overlay {
    let prefix = format!("themes/{name}/");
    let own = files.iter().filter(|file| name != "default" && file.path.starts_with(&prefix));
    own.map(|file| (file.path.clone(), file.bytes.clone())).collect()
}

/// The theme with an overlay, and what is wrong with that.
pub(super) fn dressed(overlay: &Overlay) -> (Theme, Vec<Finding>) {
    let sources: Vec<Source> = overlay
        .iter()
        .filter_map(|(path, bytes)| Some(Source::new(path.clone(), bytes.text()?.clone())))
        .collect();
    let (theme, findings) = Theme::new(&sources);
    let pictures = overlay.iter().filter_map(|(path, bytes)| match bytes {
        Bytes::Text(_) => None,
        Bytes::Other(bytes) => Some((path.clone(), bytes.clone())),
    });
    (theme.with_pictures(pictures), findings)
}

/// Writes one site into one folder, again and again.
#[derive(Debug)]
pub struct Builder {
    folder: Folder,
    cache: Cache,
    /// The overlay that `theme` was made from.
    overlay: Overlay,
    theme: Arc<Theme>,
    theme_findings: Vec<Finding>,
}

impl Builder {
    /// Opens the output folder.
    pub fn open(out: impl Into<PathBuf>) -> Result<Self, Problem> {
        let folder = Folder::open(out).map_err(cannot_write)?;
        let (theme, theme_findings) = Theme::new(&[]);
        Ok(Self {
            folder,
            cache: Cache::default(),
            overlay: Vec::new(),
            theme: Arc::new(theme),
            theme_findings,
        })
    }

    /// Takes the theme called `name` from the site's files; the built-in one stands in for whatever is not there.
    /// Returns what is wrong with it.
    pub fn dress(&mut self, files: &[File], name: &str) -> &[Finding] {
        let overlay = overlay(files, name);
        if overlay != self.overlay {
            let (theme, findings) = dressed(&overlay);
            self.theme = Arc::new(theme);
            self.theme_findings = findings;
            self.overlay = overlay;
        }
        &self.theme_findings
    }

    pub fn theme(&self) -> Arc<Theme> {
        self.theme.clone()
    }

    /// Writes what the view shows; only what changed is rendered and written. On any error the old site stays whole.
    pub fn build(&mut self, view: &View<'_>) -> Result<Report, Problem> {
        let plan = site::plan(view, &self.theme, &mut self.cache)
            .map_err(|findings| refused(&self.overlay, &findings))?;
        let staging = match staged(&mut self.folder, &plan, &self.overlay) {
            Ok(staging) => staging,
            Err(problem) => {
                self.cache.give_up(plan);
                return Err(problem);
            }
        };
        // Where this fails, part of it may be in place, and the cache stays empty: next time everything is compared with
        // what is there.
        let report = staging.commit(plan.paths()).map_err(cannot_write)?;
        self.cache.adopt(plan);
        Ok(report)
    }
}

/// What the plan has anew, rendered and waiting beside the old site.
fn staged<'f>(folder: &'f mut Folder, plan: &Plan<'_>, overlay: &Overlay) -> Result<Staging<'f>, Problem> {
    let staging = folder.stage().map_err(cannot_write)?;
    plan.render(|output| staging.put(&output)).map_err(|error| match error {
        RenderError::Theme(findings) => refused(overlay, &findings),
        RenderError::Sink(error) => cannot_write(error),
    })?;
    Ok(staging)
}

/// A site that cannot be laid out: its findings, as `check` shows them.
fn refused(overlay: &[(Arc<str>, Bytes)], findings: &[Finding]) -> Problem {
    let text = |path: &str| {
        let (_, bytes) = overlay.iter().find(|(known, _)| **known == *path)?;
        bytes.text().map(|text| &**text)
    };
    let text = diag::human(findings, &text, Colour::Never);
    Problem::configuration(format!("the site cannot be built; the old one stays.\n\n{}", text.trim_end()))
}

fn cannot_write(error: WriteError) -> Problem {
    Problem::outside(error)
}
