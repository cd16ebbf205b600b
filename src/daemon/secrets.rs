//! Secrets, read at the edge: from the environment, from a file, or made once and kept.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{Place, Problem};
use crate::config::Secret;
use crate::outbox::TokenKeys;
use crate::text::hex;

/// The value of a secret; `None` where none is set. A relative path is taken from the site's folder.
pub fn secret(secret: &Secret, root: &Path) -> Result<Option<String>, Problem> {
    match secret {
        Secret::None => Ok(None),
        Secret::Environment(name) => std::env::var(name).map(Some).map_err(|_| {
            Problem::configuration(format!("the environment has no {name}: set it, or name a file instead"))
        }),
        Secret::File(path) => {
            let path = root.join(path);
            let text = fs::read_to_string(&path).map_err(|error| {
                Problem::configuration(format!("cannot read the secret {}: {error}", path.display()))
            })?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
    }
}

/// The keys that sign the links in mails: those set, else one made for this site and kept beside the ledger. Losing it
/// makes every link in sent mails void.
pub fn token_keys(place: &Place) -> Result<TokenKeys, Problem> {
    let path = place.keep("token.key");
    let (text, from) = match secret(&place.host.mail.token_key, &place.root)? {
        Some(text) => (text, "the token key that is set".to_owned()),
        None => (kept_or_made(&path)?, path.display().to_string()),
    };
    TokenKeys::read(&text).ok_or_else(|| {
        Problem::configuration(format!(
            "{from} is empty. Put back the copy you made, or delete it: then links in sent mails stop working"
        ))
    })
}

fn kept_or_made(path: &Path) -> Result<String, Problem> {
    let failed = |error: std::io::Error| Problem::outside(format!("cannot make {}: {error}", path.display()));
    match fs::read_to_string(path) {
        Ok(text) => return Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Problem::outside(format!("cannot read {}: {error}", path.display()))),
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::outside(format!("this machine gives no random bytes: {error}")))?;
    let key = hex(&bytes) + "\n";
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(key.as_bytes()).map_err(failed)?;
    Ok(key)
}
