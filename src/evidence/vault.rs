//! Sealing: XChaCha20-Poly1305, a key for each document, wrapped by one that the database never sees.
//!
//! The associated data bind a seal to its purpose, document and account: a sealed document that is put in another's place
//! does not open. The nonce is drawn for each seal and stands before the sealed bytes. A document lies in the folder as
//! one file of noise; its wrapped key lies in the database. Destroying either destroys the document.

use crate::base::chance::Chance;
use crate::base::cipher;
use crate::base::id::{AccountId, EvidenceId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What backup programs look for (bford.info/cachedir): they leave such a folder out.
const CACHE_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Evidence of applicants: never in a backup.\n";
const ENDING: &str = "sealed";

/// The folder of sealed documents, and the key that wraps theirs.
#[derive(Clone)]
pub struct Vault {
    folder: PathBuf,
    secret: Secret,
}

/// A document as it is kept: the wrapped key for its row, the noise for its file.
pub struct Sealed {
    pub wrapped: String,
    pub noise: Vec<u8>,
}

impl Vault {
    /// Opens the folder; makes it, marked as nothing for backups, when it is not there.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn open(folder: &Path, secret: Secret) -> Result<Vault> {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Problem::fault(format!("evidence.folder: {}: {cause}", folder.display())))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
        std::fs::write(folder.join("CACHEDIR.TAG"), CACHE_TAG)?;
        Ok(Vault { folder: folder.to_owned(), secret })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A keyed print of something, for one purpose.
    pub fn keyed(&self, purpose: &str, subject: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.secret.reveal().as_bytes())
            .expect("any length will do");
        mac.update(b"collegium evidence ");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject);
        mac.finalize().into_bytes().into()
    }

    /// Seals the pages of a document for its account.
    pub fn seal(&self, chance: &Chance, id: &EvidenceId, account: &AccountId, pages: &[Vec<u8>]) -> Sealed {
        let mut plain = Vec::new();
        for page in pages {
            plain.extend(u32::try_from(page.len()).unwrap_or(0).to_be_bytes());
            plain.extend_from_slice(page);
        }
        let key: [u8; 32] = chance.bytes();
        let noise = cipher::close(chance, &key, &about("pages", id, account), &plain);
        let wrapped = cipher::close(chance, &self.keyed("wrap", b""), &about("key", id, account), &key);
        Sealed { wrapped: URL_SAFE_NO_PAD.encode(wrapped), noise }
    }

    /// One page of a document, from 0.
    ///
    /// # Errors
    /// [`Problem::NotFound`] without such a page or file; a fault when the seal does not hold: another key, another
    /// document's file, a changed byte.
    pub fn unseal(&self, id: &EvidenceId, account: &AccountId, wrapped: &str, page: usize) -> Result<Vec<u8>> {
        let wrapped = URL_SAFE_NO_PAD.decode(wrapped).map_err(|_| broken())?;
        let key = cipher::open(&self.keyed("wrap", b""), &about("key", id, account), &wrapped).ok_or_else(broken)?;
        let key: [u8; 32] = key.try_into().map_err(|_| broken())?;
        let noise = std::fs::read(self.file(id)).map_err(|_| Problem::NotFound)?;
        let plain = cipher::open(&key, &about("pages", id, account), &noise).ok_or_else(broken)?;
        let mut rest = plain.as_slice();
        let mut at = 0;
        loop {
            let (length, after) = rest.split_first_chunk::<4>().ok_or(Problem::NotFound)?;
            let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| broken())?;
            let (bytes, after) = after.split_at_checked(length).ok_or_else(broken)?;
            if at == page {
                return Ok(bytes.to_vec());
            }
            (rest, at) = (after, at + 1);
        }
    }

    /// Writes the noise; whole or not at all.
    pub fn put(&self, id: &EvidenceId, noise: &[u8]) -> Result<()> {
        use std::io::Write;
        let beside = self.folder.join(format!("{id}.new"));
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(noise)?;
        file.sync_all()?;
        std::fs::rename(&beside, self.file(id))?;
        std::fs::File::open(&self.folder)?.sync_all()?;
        Ok(())
    }

    /// Deletes a document's file; one that is gone already is no error.
    pub fn drop(&self, id: &EvidenceId) -> Result<()> {
        match std::fs::remove_file(self.file(id)) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause.into()),
            _ => Ok(()),
        }
    }

    pub fn holds(&self, id: &EvidenceId) -> bool {
        self.file(id).exists()
    }

    /// Files that belong to no document that is kept: what a crash left between file and row.
    pub fn strays(&self, kept: &BTreeSet<String>) -> Result<Vec<PathBuf>> {
        let mut strays = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_ours = path.extension().is_some_and(|ending| ending == ENDING || ending == "new");
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if is_ours && !(kept.contains(&name) && path.extension().is_some_and(|ending| ending == ENDING)) {
                strays.push(path);
            }
        }
        Ok(strays)
    }

    fn file(&self, id: &EvidenceId) -> PathBuf {
        self.folder.join(format!("{id}.{ENDING}"))
    }
}

/// What a seal is bound to.
fn about(purpose: &str, id: &EvidenceId, account: &AccountId) -> Vec<u8> {
    format!("collegium evidence 1 {purpose} {id} {account}").into_bytes()
}

fn broken() -> Problem {
    Problem::fault("the seal of a document does not hold: is the key another one than when it was given?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Time;

    const CANARY: &[u8] = b"Farrow-Adair, passport 99Z4471E";

    #[test]
    fn a_seal_opens_for_its_document_account_and_key_alone() {
        let folder = std::env::temp_dir().join(format!("collegium-vault-{}", std::process::id()));
        let chance = Chance::seeded(3);
        let vault = Vault::open(&folder, Secret::new("k".repeat(40))).unwrap();
        let (one, two) = (EvidenceId::fresh(Time(1), &chance), EvidenceId::fresh(Time(2), &chance));
        let (ada, bram) = (AccountId::fresh(Time(1), &chance), AccountId::fresh(Time(2), &chance));
        let pages = vec![CANARY.to_vec(), b"second".to_vec()];
        let sealed = vault.seal(&chance, &one, &ada, &pages);
        let other = vault.seal(&chance, &two, &bram, &pages);
        vault.put(&one, &sealed.noise).unwrap();
        vault.put(&two, &other.noise).unwrap();
        assert_eq!(vault.unseal(&one, &ada, &sealed.wrapped, 0).unwrap(), CANARY);
        assert_eq!(vault.unseal(&one, &ada, &sealed.wrapped, 1).unwrap(), b"second");
        assert!(matches!(vault.unseal(&one, &ada, &sealed.wrapped, 2), Err(Problem::NotFound)));
        // Another account, another document's key, another house's key, another document's file, a changed byte.
        assert!(vault.unseal(&one, &bram, &sealed.wrapped, 0).is_err());
        assert!(vault.unseal(&one, &ada, &other.wrapped, 0).is_err());
        let elsewhere = Vault::open(&folder, Secret::new("l".repeat(40))).unwrap();
        assert!(elsewhere.unseal(&one, &ada, &sealed.wrapped, 0).is_err());
        vault.put(&one, &other.noise).unwrap();
        assert!(vault.unseal(&one, &ada, &sealed.wrapped, 0).is_err());
        for at in 0..sealed.noise.len() {
            let mut noise = sealed.noise.clone();
            noise[at] ^= 1;
            vault.put(&one, &noise).unwrap();
            assert!(vault.unseal(&one, &ada, &sealed.wrapped, 0).is_err(), "byte {at}");
        }
        // No byte of it lies in the folder, and the same pages never look alike.
        for entry in std::fs::read_dir(&folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(8).any(|piece| CANARY.windows(8).any(|known| known == piece)));
        }
        assert_ne!(sealed.noise[24..], other.noise[24..]);
        let strays = vault.strays(&BTreeSet::from([one.to_string()])).unwrap();
        assert_eq!(strays.len(), 1);
        vault.drop(&two).unwrap();
        vault.drop(&two).unwrap();
        assert!(vault.strays(&BTreeSet::from([one.to_string()])).unwrap().is_empty());
        let _ = std::fs::remove_dir_all(folder);
    }
}
