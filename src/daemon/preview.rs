//! The files as they lie here, built: drafts and withheld updates included. Publishes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::builder::Builder;
use super::judge::{Judge, Judgement};
use super::sources::date_preview;
use super::{Place, Problem, known};
use crate::content::File;
use crate::disk::Report;
use crate::disk::read;
use crate::site::View;
use crate::timeline::Record;

/// Builds previews into one folder.
#[derive(Debug)]
pub struct Preview {
    builder: Builder,
    judge: Judge,
    /// The working copy as last read, by path.
    files: BTreeMap<Arc<str>, File>,
}

impl Preview {
    pub fn open(out: &Path) -> Result<Self, Problem> {
        Ok(Self { builder: Builder::open(out)?, judge: Judge::default(), files: BTreeMap::new() })
    }

    /// Reads what changed: some files, or everything where a folder changed as a whole or nothing was read yet.
    /// A `## now` takes the time of its commit, else `now`.
    pub fn refresh(&mut self, place: &Place, changed: &BTreeSet<PathBuf>, now: Timestamp) {
        let is_file = |path: &&PathBuf| path.extension().is_some_and(|end| end == "md" || end == "toml");
        if self.files.is_empty() || changed.iter().any(|path| !is_file(&path)) {
            self.files.clear();
            self.take(place, read::site(&place.root).files, now);
            return;
        }
        let inside = |path: &PathBuf| Some(path.strip_prefix(&place.root).ok()?.to_str()?.replace('\\', "/"));
        let paths: Vec<String> = changed.iter().filter_map(inside).collect();
        for path in &paths {
            self.files.remove(path.as_str());
        }
        self.take(place, read::some(&place.root, &paths).files, now);
    }

    fn take(&mut self, place: &Place, mut files: Vec<File>, now: Timestamp) {
        date_preview(place, &mut files, now);
        self.files.extend(files.into_iter().map(|file| (file.path.clone(), file)));
    }

    /// Builds what was read, as it is at `now`.
    pub fn build(
        &mut self,
        place: &Place,
        record: &Record,
        now: Timestamp,
    ) -> Result<(Judgement, Report), Problem> {
        let files: Vec<File> = self.files.values().cloned().collect();
        let judgement = self.judge.judge(&files, &place.settings, record, now);
        self.builder.dress(&files, &place.settings.theme.name);
        let view = View {
            settings: &place.settings,
            registers: &judgement.content.registers,
            pages: &judgement.content.pages,
            timelines: &judgement.timelines,
            unreadable: &judgement.content.unreadable,
            set_aside: &judgement.set_aside,
            record,
            commit: "",
            now,
            preview: true,
        };
        let report = self.builder.build(&view)?;
        Ok((judgement, report))
    }
}

/// Builds the working copy once.
pub fn preview(place: &Place, out: &Path, now: Timestamp) -> Result<(Judgement, Report), Problem> {
    let mut preview = Preview::open(out)?;
    preview.refresh(place, &BTreeSet::new(), now);
    preview.build(place, &known::record(place)?, now)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::SignedDuration;

    use super::*;
    use crate::timeline::{Inputs, publications};

    const SETTINGS: &str = "name = \"Avery\"\nbase_url = \"https://status.avery.example\"\nid_domain = \"avery.example\"\n\
        time_zone = \"Europe/London\"\nlanguages = [\"en\", \"fr\"]\npublish = \"save\"\n";
    const SERVICES: &str = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Home\"\n\n\
        [[service]]\nid = \"buses\"\nname = \"Buses\"\ngroup = \"Ways\"\n";
    const PEOPLE: &str = "[[person]]\nid = \"dana\"\nname = \"Dana Osei\"\nrole = \"Water lead\"\nphone = \"+44 1632 960001\"\n";

    /// A site whose files are changed at random, the same way in every run.
    struct Hands {
        root: PathBuf,
        state: u64,
        made: u64,
    }

    impl Hands {
        fn any(&mut self, count: u64) -> u64 {
            self.state =
                self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.state >> 33) % count
        }

        fn incident(&mut self) -> PathBuf {
            self.made += 1;
            let (day, service) = (1 + self.any(28), ["water", "buses"][self.any(2) as usize]);
            let related = if self.any(3) == 0 {
                format!("related = [\"incident-{}\"]\n", self.any(self.made))
            } else {
                String::new()
            };
            let text = format!(
                "+++\ntitle = \"Trouble {}\"\nseverity = \"major\"\nservices = [\"{service}\"]\nowner = \"dana\"\n\
                 started = 2026-03-{day:02}T09:00:00\n{related}+++\n\nA main broke.\n\n## 2026-03-{day:02} 09:10 Investigating\n\nWe dig.\n",
                self.made
            );
            let path = self.root.join(format!("content/incidents/incident-{}.md", self.made));
            fs::write(&path, text).unwrap();
            path
        }

        /// Does one thing that a person does, and names the paths that it touched.
        fn work(&mut self) -> Vec<PathBuf> {
            let folder = self.root.join("content/incidents");
            let mut all: Vec<PathBuf> =
                fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            all.sort();
            let path = all[self.any(all.len() as u64) as usize].clone();
            let text = fs::read_to_string(&path).unwrap();
            let day = 1 + self.any(28);
            match self.any(8) {
                0 | 1 => return vec![self.incident()],
                2 => fs::write(&path, text.replace("We dig.", "We dig at 4th Street.")).unwrap(),
                3 => fs::write(&path, format!("{text}\n## 2026-03-{day:02} 18:00 Resolved\n\nIt is over.\n"))
                    .unwrap(),
                4 => fs::write(&path, text.replacen("+++", "++", 1)).unwrap(),
                5 if all.len() > 2 => fs::remove_file(&path).unwrap(),
                6 => {
                    let new = folder.join(format!("renamed-{}.md", self.any(1_000_000)));
                    fs::rename(&path, &new).unwrap();
                    return vec![path, new];
                }
                7 => {
                    let path = self.root.join("content/services.toml");
                    let name = ["Water", "Tap water"][self.any(2) as usize];
                    fs::write(&path, SERVICES.replace("\"Water\"", &format!("\"{name}\""))).unwrap();
                    return vec![path];
                }
                _ => fs::write(&path, text.replace("A main broke.", "A main broke in March.")).unwrap(),
            }
            vec![path]
        }
    }

    fn site(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
                }
            }
        }
        // The manifest last: it differs wherever anything does.
        files.sort_by_key(|(path, _)| (path.starts_with(crate::disk::MANIFEST), path.clone()));
        files
    }

    #[test]
    fn a_rebuild_gives_the_very_bytes_of_a_build_from_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content/incidents")).unwrap();
        for (name, text) in
            [("candor.toml", SETTINGS), ("content/services.toml", SERVICES), ("content/people.toml", PEOPLE)]
        {
            fs::write(root.join(name), text).unwrap();
        }
        let mut hands = Hands { root: root.clone(), state: 7, made: 0 };
        (0..6).for_each(|_| drop(hands.incident()));
        let place = Place::open(Some(&root), None).unwrap();
        let mut now: Timestamp = "2026-03-20T12:00:00Z".parse().unwrap();
        let mut record = Record::default();
        let mut kept = Preview::open(&dir.path().join("kept")).unwrap();
        kept.refresh(&place, &BTreeSet::new(), now);
        kept.build(&place, &record, now).unwrap();
        for step in 0..40 {
            let mut changed: BTreeSet<PathBuf> = hands.work().into_iter().collect();
            if step % 5 == 2 {
                // A site that cannot be laid out comes between; what it changed is not lost with it.
                let page = root.join("content/pages/history.md");
                fs::create_dir_all(page.parent().unwrap()).unwrap();
                fs::write(&page, "# History\n\nOurs.\n").unwrap();
                changed.insert(page.clone());
                kept.refresh(&place, &changed, now);
                assert!(kept.build(&place, &record, now).is_err(), "step {step}");
                fs::remove_file(&page).unwrap();
            }
            now += SignedDuration::from_mins(hands.any(90) as i64);
            kept.refresh(&place, &changed, now);
            let (judgement, _) = kept.build(&place, &record, now).unwrap();
            let fresh = dir.path().join(format!("fresh-{step}"));
            let mut from_nothing = Preview::open(&fresh).unwrap();
            from_nothing.refresh(&place, &BTreeSet::new(), now);
            let (anew, _) = from_nothing.build(&place, &record, now).unwrap();
            assert_eq!(judgement.findings(), anew.findings(), "step {step}: {changed:?}");
            let (rebuilt, built) = (site(&dir.path().join("kept")), site(&fresh));
            for (rebuilt, built) in rebuilt.iter().zip(&built) {
                let of = |file: &(PathBuf, Vec<u8>)| String::from_utf8_lossy(&file.1).into_owned();
                let other = of(rebuilt)
                    .lines()
                    .zip(of(built).lines())
                    .find(|(a, b)| a != b)
                    .map(|(a, b)| format!("{a}\n{b}"));
                assert!(
                    rebuilt == built,
                    "step {step}: {changed:?}: {} is not {}\n{other:?}",
                    rebuilt.0.display(),
                    built.0.display()
                );
            }
            assert_eq!(rebuilt.len(), built.len(), "step {step}: {changed:?}");
            // Now and then it is published, so that the record grows between two builds.
            if step % 3 == 0 {
                let incidents = judgement.content.incidents.iter();
                let lines = publications(
                    &record,
                    incidents.map(|i| Inputs::of(i, &place.settings, &record, false)),
                    now,
                );
                lines.into_iter().for_each(|line| record.push(line));
            }
        }
    }
}
