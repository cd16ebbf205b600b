//! `import`: history from elsewhere, and what came of each file.

use std::collections::HashMap;
use std::path::Path;

use super::{Place, Problem, read_working_copy};
use crate::diag::{Finding, Level};
use crate::import::cstate::{ImportError, Mode, import_folder};

/// What an import did or would do, in words.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// New files, one a line.
    pub lines: Vec<String>,
    pub findings: Vec<Finding>,
    /// The texts that findings are about, by path.
    pub texts: HashMap<String, String>,
    pub summary: String,
}

/// Brings in the content folder of a cState site. Twice changes nothing.
pub fn import_cstate(place: &Place, folder: &Path, dry_run: bool) -> Result<Brought, Problem> {
    let mode = if dry_run { Mode::Preview } else { Mode::Write };
    let registers = read_working_copy(place).registers;
    let imported = import_folder(folder, &place.root, &place.settings, &registers, mode).map_err(
        |error| match error {
            ImportError::Write { .. } => Problem::outside(error),
            ImportError::Read { .. } | ImportError::Register { .. } => Problem::configuration(error),
        },
    )?;
    let passed_over = imported.findings.iter().all(|finding| finding.level == Level::Info);
    if imported.written.is_empty() && imported.unchanged.is_empty() && passed_over {
        return Err(Problem::configuration(format!(
            "there is no cState issue in {}. Name the folder that holds them: usually content/issues",
            folder.display()
        )));
    }
    let verb = if dry_run { "would write" } else { "wrote" };
    let texts = imported.findings.iter().filter_map(|finding| {
        let text = std::fs::read(folder.join(&*finding.path)).ok()?;
        Some((finding.path.to_string(), String::from_utf8_lossy(&text).into_owned()))
    });
    Ok(Brought {
        texts: texts.collect(),
        summary: format!(
            "{verb} {}, {} there already; {} added; {}.",
            counted(imported.written.len(), "file"),
            imported.unchanged.len(),
            counted(imported.services.len(), "service"),
            counted(imported.findings.len(), "finding")
        ),
        lines: imported.written.iter().map(|path| format!("{verb} {path}")).collect(),
        findings: imported.findings,
    })
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
