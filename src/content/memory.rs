//! What was read before: a file whose bytes are the same is not read again.

use std::sync::Arc;

use super::{Bytes, Committed, File, Incident, Read, Registers};
use crate::config::Settings;

/// Incidents read earlier, with what they were read under. Holds one reading: what is not asked for again is forgotten.
#[derive(Debug, Default)]
pub struct Memory {
    settings: Option<Settings>,
    registers: Registers,
    /// By path.
    known: Vec<Arc<Remembered>>,
}

/// One incident file, with its translations, as it was read.
#[derive(Debug)]
pub(super) struct Remembered {
    file: Known,
    translations: Vec<Known>,
    pub(super) read: Read<Option<Arc<Incident>>>,
}

type Known = (Arc<str>, Bytes, Committed);

impl Memory {
    /// Forgets everything where settings or registers are not those of the last reading: they decide what words mean.
    pub(super) fn is_about(&mut self, settings: &Settings, registers: &Registers) {
        if self.settings.as_ref() != Some(settings) || self.registers != *registers {
            *self =
                Self { settings: Some(settings.clone()), registers: registers.clone(), known: Vec::new() };
        }
    }

    /// What the very bytes of these files said, each with its translations; the files in the order of their paths, as
    /// they were kept, so one walk finds all.
    pub(super) fn recall<'f>(
        &self,
        files: impl Iterator<Item = (&'f File, &'f [&'f File])>,
    ) -> Vec<Option<Arc<Remembered>>> {
        let mut known = self.known.iter().peekable();
        let recalled = files.map(|(file, translations)| {
            while known.next_if(|known| known.file.0 < file.path).is_some() {}
            known.next_if(|known| known.is_of(file, translations)).cloned()
        });
        recalled.collect()
    }

    /// Keeps this reading, in the order of the paths, and nothing else.
    pub(super) fn keep(&mut self, readings: Vec<Arc<Remembered>>) {
        self.known = readings;
    }
}

impl Remembered {
    pub(super) fn new(file: &File, translations: &[&File], read: Read<Option<Incident>>) -> Self {
        Self {
            file: known(file),
            translations: translations.iter().map(|file| known(file)).collect(),
            read: Read { value: read.value.map(Arc::new), findings: read.findings },
        }
    }

    fn is_of(&self, file: &File, translations: &[&File]) -> bool {
        is_same(&self.file, file)
            && self.translations.len() == translations.len()
            && self.translations.iter().zip(translations).all(|(known, file)| is_same(known, file))
    }
}

fn known(file: &File) -> Known {
    (file.path.clone(), file.bytes.clone(), file.committed.clone())
}

fn is_same((path, bytes, committed): &Known, file: &File) -> bool {
    *path == file.path && *committed == file.committed && bytes.is_same(&file.bytes)
}

#[cfg(test)]
mod tests {
    use super::super::read_again;
    use super::*;

    fn file(text: &str) -> File {
        File::new("content/incidents/a.md", text.as_bytes())
    }

    #[test]
    fn the_same_bytes_are_the_same_incident_and_other_settings_are_not() {
        let text = "+++\ntitle = \"A\"\nseverity = \"minor\"\nservices = []\nowner = \"x\"\nstarted = 2026-03-02T09:00:00Z\n+++\n";
        let mut memory = Memory::default();
        let mut settings = Settings::default();
        let mut read = |text: &str, settings: &Settings| {
            read_again(&[file(text)], settings, &mut memory).value.incidents.into_iter().next().unwrap()
        };
        let first = read(text, &settings);
        assert!(Arc::ptr_eq(&first, &read(text, &settings)));
        assert!(!Arc::ptr_eq(&first, &read(&text.replace("\"A\"", "\"B\""), &settings)));
        let second = read(text, &settings);
        settings.languages = vec!["fr".to_owned()];
        assert!(!Arc::ptr_eq(&second, &read(text, &settings)));
    }
}
