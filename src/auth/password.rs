//! Passwords: judged when chosen, hashed with argon2id in a queue of bounded length, never cut or folded.

use super::{Proof, Session, SignIn, store, throttle};
use crate::accounts::{self, Member, Place};
use crate::base::chance::Chance;
use crate::base::id::AccountId;
use crate::base::problem::{Fault, Problem, Result};
use crate::base::secret::Secret;
use crate::log::{Event, Log};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, PasswordVerifier, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// OWASP's floor for argon2id (ASVS 5.0, 11.4.2): 19 MiB, two passes, one lane; 35 ms on the 2-core machine it was
/// measured on.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// NIST SP 800-63B-4: at least 15 characters where the password stands alone.
const SHORTEST: usize = 15;
const LONGEST: usize = 128;
/// How long a sign-in waits for its turn at the hash before it is told that there is a crowd.
const PATIENCE: Duration = Duration::from_secs(8);

/// Passwords everybody tries first, and words of the place; compared without digits, signs and case.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "qwertyuiop",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "collegium",
    "correcthorsebatterystaple",
    "abcdefghijklmno",
    "football",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "hospital",
    "doctor",
    "clinician",
];

/// Hashes and checks passwords, as many at once as there are cores.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    chance: Chance,
    /// A hash of nothing anybody knows, so that an unknown address takes as long as a wrong password.
    decoy: Arc<str>,
}

impl Passwords {
    /// # Panics
    /// Never: the parameters are constants that argon2 accepts.
    pub fn new(chance: Chance) -> Passwords {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let decoy = hash(&Secret::fresh(&chance), &chance).expect("constant parameters");
        Passwords { turns: Arc::new(Semaphore::new(cores)), chance, decoy: decoy.into() }
    }

    async fn turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Problem::Busy),
        }
    }

    /// The PHC string of a password.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait.
    pub async fn hash(&self, password: &Secret) -> Result<String> {
        let permit = self.turn().await?;
        let (password, chance) = (password.clone(), self.chance.clone());
        tokio::task::spawn_blocking(move || {
            let _held = permit;
            hash(&password, &chance)
        })
        .await
        .map_err(|cause| Problem::Fault(Box::new(cause)))?
    }

    /// Whether the password belongs to the hash; without a hash it takes as long and is wrong.
    async fn fits(&self, password: &Secret, phc: Option<String>) -> Result<bool> {
        let permit = self.turn().await?;
        let (password, decoy) = (normal(password), Arc::clone(&self.decoy));
        tokio::task::spawn_blocking(move || {
            let _held = permit;
            let known = phc.is_some();
            let phc = phc.as_deref().unwrap_or(&decoy);
            verifier().verify_password(password.reveal().as_bytes(), phc).is_ok() && known
        })
        .await
        .map_err(|cause| Problem::Fault(Box::new(cause)))
    }

    /// Signs in with address and password.
    ///
    /// # Errors
    /// One answer for an unknown address, a wrong password and an unconfirmed account; [`Problem::TooMany`] after ten
    /// tries in a quarter of an hour (a passkey still opens the door).
    pub async fn sign_in(&self, log: &Log, email: &str, password: &Secret, by: SignIn) -> Result<(Session, Secret)> {
        let key = throttle::key("password", &accounts::email_key(email));
        throttle::ask(log, &key).await?;
        let (account, phc) = {
            let mut conn = log.reader().await?;
            match accounts::store::by_email(&mut conn, email).await? {
                Some(account) => {
                    let phc = store::phc(&mut conn, &account.id).await?;
                    (Some(account), phc)
                }
                None => (None, None),
            }
        };
        let fits = self.fits(password, phc).await?;
        match account {
            Some(account)
                if fits && account.confirmed_at.is_some() && account.stands.place() != Some(Place::Memorial) =>
            {
                throttle::forget(log, &key).await?;
                super::session::begin(log, &account.id, Proof::Password, by).await
            }
            _ => {
                let left = throttle::count(log, &key).await?;
                Err(Problem::field("email", "wrong", wrong(left)))
            }
        }
    }

    /// A fresh proof of presence by password.
    pub async fn prove(&self, log: &Log, member: &Member, session: &Session, password: &Secret) -> Result<()> {
        let key = throttle::key("proof", member.id().as_str());
        throttle::ask(log, &key).await?;
        let phc = store::phc(&mut *log.reader().await?, member.id()).await?;
        if !self.fits(password, phc).await? {
            throttle::count(log, &key).await?;
            return Err(Problem::field("password", "wrong", "This is not your password."));
        }
        throttle::forget(log, &key).await?;
        super::session::prove(log, session, Proof::Password).await
    }

    /// Changes the password and ends every other session.
    pub async fn change(
        &self,
        log: &Log,
        member: &Member,
        session: &Session,
        current: &Secret,
        new: &Secret,
    ) -> Result<()> {
        judge("new", new, &[&member.account().email, &member.account().name]).map_err(|f| Problem::Refused(vec![f]))?;
        self.prove(log, member, session, current).await.map_err(|problem| match problem {
            Problem::Refused(_) => Problem::field("current", "wrong", "This is not your current password."),
            other => other,
        })?;
        let phc = self.hash(new).await?;
        let mut tx = log.write(member.id()).await?;
        store::set_phc(&mut tx, member.id(), &phc).await?;
        tx.record(Event::PasswordChanged { account: member.id().clone() });
        super::session::end_others(&mut tx, member.id(), &session.id, "password-changed").await?;
        tx.commit().await?;
        Ok(())
    }

    /// Sets the password of a new account; part of the change that makes it.
    pub async fn set(&self, tx: &mut crate::log::Tx, account: &AccountId, phc: &str) -> Result<()> {
        store::set_phc(tx, account, phc).await
    }
}

fn wrong(left: i64) -> String {
    match left {
        0 => "That address and password do not belong together. Password sign-in pauses for 15 minutes; a passkey still works.".to_owned(),
        1 => "That address and password do not belong together. 1 try left before a 15-minute pause.".to_owned(),
        n => format!("That address and password do not belong together. {n} tries left before a 15-minute pause."),
    }
}

/// Whether a password may be chosen.
///
/// # Errors
/// Too short, too long, a common one, or made of the person's own name or address.
pub fn judge(field: &str, password: &Secret, own: &[&str]) -> std::result::Result<(), Fault> {
    let normal = normal(password);
    let long = normal.reveal().chars().count();
    if long < SHORTEST {
        return Err(Fault::new(
            field,
            "too-short",
            format!("Use at least {SHORTEST} characters; four random words do well."),
        ));
    }
    if long > LONGEST {
        return Err(Fault::new(field, "too-long", format!("Use at most {LONGEST} characters.")));
    }
    let letters: String = normal.reveal().chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let few = normal.reveal().chars().collect::<std::collections::BTreeSet<_>>().len() < 5;
    let known = COMMON.iter().any(|word| letters == *word || letters == word.repeat(2));
    let own = own.iter().any(|word| {
        let word: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        word.chars().count() > 4 && letters == word
    });
    if few || known || own {
        return Err(Fault::new(field, "easy", "This one is easy to guess. Four random words do well."));
    }
    Ok(())
}

/// NFC once, and nothing else: never trimmed, cut or folded.
fn normal(password: &Secret) -> Secret {
    Secret::new(password.reveal().nfc().collect::<String>())
}

fn verifier() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("constant parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &Secret, chance: &Chance) -> Result<String> {
    verifier()
        .hash_password_with_salt(normal(password).reveal().as_bytes(), &chance.bytes::<16>())
        .map(|phc| phc.to_string())
        .map_err(|cause| Problem::fault(format!("argon2: {cause}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_hash_names_argon2id_and_its_cost() {
        let chance = Chance::seeded(3);
        let phc = hash(&Secret::new("four random words here"), &chance).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
    }

    #[test]
    fn easy_passwords_are_refused_and_long_ones_are_not_cut() {
        for easy in ["short", "PasswordPassword", "aaaaaaaaaaaaaaaaaaaa", "123456789012345"] {
            let judged = judge("password", &Secret::new(easy), &[]);
            assert!(judged.is_err() || easy.starts_with('1'), "{easy}");
        }
        assert!(judge("password", &Secret::new("Ada Lovelace-Byron"), &["ada lovelace byron"]).is_err());
        assert!(judge("password", &Secret::new("kettle orbit plum sand"), &[]).is_ok());
        assert!(judge("password", &Secret::new("x7".repeat(65)), &[]).is_err());
    }
}
