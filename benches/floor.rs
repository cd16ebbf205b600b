//! The least that any builder has to do: parse the markdown, fill a template for each page, write the same bytes.
//!
//! Run by `benches/scale.py`: `floor CONTENT BUILT OUT`. It writes as many files of the same sizes as `BUILT` has; all
//! their bytes go through the template, but for one body each there is nothing to work out, escape or loop over.

// What a benchmark cannot do, it says by stopping.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tera::{Context, Tera};

const TEMPLATE: &str = "<!doctype html><html lang=en><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>{{ body | safe }}</body></html>";

fn main() {
    let folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).map(PathBuf::from).collect();
    let [content, built, out] = folders.as_slice() else { return };
    let mut tera = Tera::default();
    tera.add_raw_template("page", TEMPLATE).unwrap();
    let sources: Vec<PathBuf> = fs::read_dir(content).unwrap().map(|entry| entry.unwrap().path()).collect();
    let bodies: Vec<String> = sources
        .par_iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let mut html = String::with_capacity(text.len() * 2);
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
            html
        })
        .collect();
    let mut pages = Vec::new();
    walk(built, built, &mut pages);
    pages.par_iter().enumerate().for_each(|(index, (path, size))| {
        let mut context = Context::new();
        let title = path.display().to_string();
        let frame = TEMPLATE.len() - "{{ title }}{{ title }}{{ body | safe }}".len() + 2 * title.len();
        let mut body = bodies[index % bodies.len()].clone().into_bytes();
        body.resize(size.saturating_sub(frame), b' ');
        context.insert("title", &title);
        context.insert("body", &String::from_utf8_lossy(&body));
        let mut bytes = tera.render("page", &context).unwrap().into_bytes();
        // Where escaping made the title longer, or the page is shorter than the frame.
        bytes.resize(*size, b' ');
        let target = out.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    });
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<(PathBuf, usize)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let meta = fs::metadata(&path).unwrap();
        if meta.is_dir() {
            walk(root, &path, found);
        } else {
            found.push((path.strip_prefix(root).unwrap().to_owned(), usize::try_from(meta.len()).unwrap()));
        }
    }
}
