//! What the editor's side asks of a site.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Settings;
use crate::content::Content;
use crate::diag::Finding;
use crate::timeline::Record;

/// Texts as they stand in the editor, saved or not, by path relative to the site.
pub type Buffers = BTreeMap<Arc<str>, Arc<str>>;

/// Finds and opens sites.
pub trait Sites: Send + Sync {
    /// The folder of the site that a file belongs to.
    fn root(&self, file: &Path) -> Option<PathBuf>;

    /// Opens the site in a folder; the error says what to do next.
    fn open(&self, root: &Path) -> Result<Box<dyn Site>, String>;

    fn now(&self) -> Timestamp;
}

/// One site, judged with what stands in the editor laid over what is saved.
pub trait Site {
    /// Judges everything.
    fn look(&mut self, buffers: &Buffers) -> Result<Look, String>;

    /// Whether files or the clock call for another look.
    fn stirred(&mut self) -> bool;
}

/// What a look at everything brings.
pub struct Look {
    pub view: Arc<View>,
    pub ground: Box<dyn Ground>,
}

/// A site as a look left it: what a glance at one file starts from, beside the next look, which takes its time.
pub trait Ground: Send {
    /// Judges one file that changed since the look: what itself, its record and the clock say about it. `None` where only
    /// a look can tell.
    fn glance(&mut self, path: &str, buffers: &Buffers) -> Option<Vec<Finding>>;
}

/// A site as it was seen in one look.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub settings: Arc<Settings>,
    pub content: Content,
    pub record: Arc<Record>,
    /// The files that are no incidents: registers and settings, by path.
    pub files: HashMap<Arc<str>, Arc<str>>,
    /// About the files in the editor, by path.
    pub findings: HashMap<Arc<str>, Vec<Finding>>,
}
