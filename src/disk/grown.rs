//! A file that only grows: how far it is, and the hash up to there, so that adding to it costs what is added.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::manifest::Hash;

/// The state of a growing file.
#[derive(Clone, Debug, Default)]
pub(super) struct Grown {
    /// In bytes.
    pub(super) len: u64,
    digest: Sha256,
}

impl Grown {
    /// Writes pieces into a new file, as if they followed what is there; returns how far the growing file then is.
    pub(super) fn write(mut self, pieces: impl Iterator<Item = String>, into: &Path) -> io::Result<Self> {
        let mut file = File::create(into)?;
        for piece in pieces {
            file.write_all(piece.as_bytes())?;
            self.digest.update(piece.as_bytes());
            self.len += piece.len() as u64;
        }
        Ok(self)
    }

    pub(super) fn hash(&self) -> Hash {
        self.digest.clone().finalize().into()
    }

    /// Adds the content of `from` to the end of `target`, which is as far as this says. Where that fails, `target` is
    /// cut back, so that no half a line stays.
    pub(super) fn append(&self, from: &Path, target: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(target)?;
        let added = File::open(from).and_then(|mut from| io::copy(&mut from, &mut file));
        if let Err(error) = added {
            file.set_len(self.len)?;
            return Err(error);
        }
        Ok(())
    }

    /// Whether two files hold the same bytes; false where one cannot be read.
    pub(super) fn same(a: &Path, b: &Path) -> bool {
        fn compare(a: &Path, b: &Path) -> io::Result<bool> {
            let (mut a, mut b) = (BufReader::new(File::open(a)?), BufReader::new(File::open(b)?));
            let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
            loop {
                let n = a.read(&mut left)?;
                if n == 0 {
                    return Ok(b.read(&mut right)? == 0);
                }
                b.read_exact(&mut right[..n])?;
                if left[..n] != right[..n] {
                    return Ok(false);
                }
            }
        }
        compare(a, b).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::manifest::hash;

    #[test]
    fn what_was_added_in_steps_has_the_hash_of_the_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (target, tail) = (dir.path().join("log"), dir.path().join("tail"));
        let first = Grown::default().write(["a\n".to_owned()].into_iter(), &target).unwrap();
        let both = first.clone().write(["b\n".to_owned(), "c\n".to_owned()].into_iter(), &tail).unwrap();
        first.append(&tail, &target).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"a\nb\nc\n");
        assert_eq!((both.hash(), both.len), (hash(b"a\nb\nc\n"), 6));
    }

    #[test]
    fn files_are_the_same_only_byte_by_byte() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &[u8]| {
            fs::write(dir.path().join(name), text).unwrap();
            dir.path().join(name)
        };
        let long = vec![b'x'; 200_000];
        let (a, b) = (write("a", &long), write("b", &long));
        assert!(Grown::same(&a, &b));
        let shorter = write("c", &long[1..]);
        assert!(!Grown::same(&a, &shorter) && !Grown::same(&shorter, &a));
        assert!(!Grown::same(&a, &dir.path().join("absent")));
    }
}
