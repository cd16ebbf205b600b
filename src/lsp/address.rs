//! Addresses of files (`file:///a/b%20c.md`) and their paths.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

/// The path of a file's address; `None` for what is no file of this machine (an unsaved note, a file in an archive).
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(left.next())?, digit(left.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    // `/C:/site` on Windows.
    let drive = path.len() > 2 && path.as_bytes()[2] == b':' && path.as_bytes()[1].is_ascii_alphabetic();
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The address of a path.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let path = path.to_str()?.replace('\\', "/");
    let mut text = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_the_way_there_and_back() {
        for written in ["/srv/site/content/incidents/a.md", "/a b/é%/c#1?.md"] {
            assert_eq!(path(&uri(Path::new(written)).unwrap()).as_deref(), Some(Path::new(written)));
        }
        let address = |text: &str| path(&text.parse().unwrap());
        assert_eq!(address("file:///C%3A/site/a.md"), Some(PathBuf::from("C:/site/a.md")));
        assert_eq!(address("untitled:Untitled-1"), None);
    }
}
