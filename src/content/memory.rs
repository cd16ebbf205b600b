//! What was read before: a file whose bytes are the same is not read again.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Committed, File, Incident, Read, Registers};
use crate::config::Settings;

/// Incidents read earlier, with what they were read under. Holds one reading: what is not asked for again is forgotten.
#[derive(Debug, Default)]
pub struct Memory {
    settings: Option<Settings>,
    registers: Registers,
    by_path: HashMap<Arc<str>, Remembered>,
}

/// One incident file, with its translations, as it was read.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    file: Bytes,
    translations: Vec<Bytes>,
    pub(super) read: Read<Option<Arc<Incident>>>,
}

type Bytes = (Arc<str>, Arc<[u8]>, Committed);

impl Memory {
    /// Forgets everything where settings or registers are not those of the last reading: they decide what words mean.
    pub(super) fn is_about(&mut self, settings: &Settings, registers: &Registers) {
        if self.settings.as_ref() != Some(settings) || self.registers != *registers {
            *self = Self {
                settings: Some(settings.clone()),
                registers: registers.clone(),
                by_path: HashMap::new(),
            };
        }
    }

    /// What these very bytes said.
    pub(super) fn recall(&self, file: &File, translations: &[&File]) -> Option<&Remembered> {
        let known = self.by_path.get(&file.path)?;
        let same = is_same(&known.file, file)
            && known.translations.len() == translations.len()
            && known.translations.iter().zip(translations).all(|(known, file)| is_same(known, file));
        same.then_some(known)
    }

    /// Keeps this reading and nothing else.
    pub(super) fn keep(&mut self, readings: impl Iterator<Item = Remembered>) {
        self.by_path = readings.map(|remembered| (remembered.file.0.clone(), remembered)).collect();
    }
}

impl Remembered {
    pub(super) fn new(file: &File, translations: &[&File], read: Read<Option<Incident>>) -> Self {
        Self {
            file: bytes(file),
            translations: translations.iter().map(|file| bytes(file)).collect(),
            read: Read { value: read.value.map(Arc::new), findings: read.findings },
        }
    }
}

fn bytes(file: &File) -> Bytes {
    (file.path.clone(), file.bytes.clone(), file.committed.clone())
}

fn is_same((path, bytes, committed): &Bytes, file: &File) -> bool {
    *path == file.path
        && *committed == file.committed
        && (Arc::ptr_eq(bytes, &file.bytes) || *bytes == file.bytes)
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
