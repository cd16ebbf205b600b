//! Saving one of the author's own files: whole or not at all, with the rights that it had, through a link if it is one.

use std::fs;
use std::io;
use std::path::Path;

/// Puts `bytes` in the place of the file at `path`, or makes it. A reader sees the old file or the new one.
pub fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    // A name with a dot in front is no file of the site.
    let aside = target.with_file_name(format!(".{}.new", name.to_string_lossy()));
    let saved = fs::write(&aside, bytes).and_then(|()| {
        if let Ok(old) = fs::metadata(&target) {
            fs::set_permissions(&aside, old.permissions())?;
        }
        fs::rename(&aside, &target)
    });
    if saved.is_err() {
        let _ = fs::remove_file(&aside);
    }
    saved
}

/// As [`save`], where the file still holds `seen`; `false`: somebody saved it meanwhile, and it is left alone.
pub fn save_over(path: &Path, seen: &[u8], bytes: &[u8]) -> io::Result<bool> {
    let is_as_seen = fs::read(path)? == seen;
    if is_as_seen {
        save(path, bytes)?;
    }
    Ok(is_as_seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_with_its_rights_and_only_as_it_was_seen() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        save(&file, b"one").unwrap();
        let mut rights = fs::metadata(&file).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&file, rights.clone()).unwrap();
        assert!(save_over(&file, b"one", b"two").unwrap());
        assert!(!save_over(&file, b"one", b"three").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::metadata(&file).unwrap().permissions(), rights);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a.md"), dir.path().join("b.md"));
        fs::write(&file, "one").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        save(&link, b"two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
    }
}
