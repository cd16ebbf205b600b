//! Rows as aligned columns: for eyes, for a screen reader that reads line by line, and for `cut`.

/// A heading and rows, columns two blanks apart, no trailing blanks. Without rows, `empty` on a line of its own.
pub(super) fn table(heading: &[&str], rows: &[Vec<String>], empty: &str) -> String {
    if rows.is_empty() {
        return format!("{empty}\n");
    }
    let mut widths: Vec<usize> = heading.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    let mut text = line(&mut heading.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_nothing_trails() {
        let rows = vec![vec!["é".to_owned(), "long one".to_owned()], vec!["wider".to_owned(), String::new()]];
        assert_eq!(table(&["a", "b"], &rows, "none"), "a      b\né      long one\nwider\n");
        assert_eq!(table(&["a"], &[], "Nothing yet."), "Nothing yet.\n");
    }
}
