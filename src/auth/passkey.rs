//! Passkeys (WebAuthn Level 3, through webauthn-rs): discoverable, user verification required.
//!
//! The library asks for keys that are *not* discoverable; the challenge is edited before it is sent, which its state
//! ignores. Its states carry no time, so ours do: a ceremony lives five minutes, belongs to one purpose, and is deleted
//! by the statement that reads it, before anything in the answer is believed.

use super::{Proof, Session, SignIn, session, store};
use crate::accounts::Member;
use crate::base::clock::{MINUTE, Time};
use crate::base::id::{self, AccountId, CeremonyId, PasskeyId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::{Secret, hex};
use crate::log::{Actor, Event, Log};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use url::Url;
use webauthn_rs::prelude::*;
use webauthn_rs_proto::{ResidentKeyRequirement, UserVerificationPolicy};

const LIFETIME: i64 = 5 * MINUTE;
/// Passkeys of one account.
const MOST: usize = 20;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Kept {
    #[sqlx(rename = "passkey_id")]
    pub id: PasskeyId,
    pub name: String,
    /// 1: it is copied to the maker's cloud; 0: it lives on one device.
    pub backed_up: i64,
    pub added_at: Time,
    pub used_at: Option<Time>,
}

/// A ceremony begun: its id and what the browser is to do.
#[derive(Debug, serde::Serialize)]
pub struct Begun {
    pub id: CeremonyId,
    #[serde(rename = "publicKey")]
    pub public_key: Value,
}

/// The relying party.
#[derive(Clone)]
pub struct Passkeys(Arc<Webauthn>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Add,
    SignIn,
    StepUp,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Add => "add",
            Purpose::SignIn => "sign-in",
            Purpose::StepUp => "step-up",
        }
    }
}

impl Passkeys {
    /// For the house at this address; the host is the relying party for ever.
    ///
    /// # Errors
    /// An address without a host.
    pub fn new(public_url: &Url) -> Result<Passkeys> {
        let host = public_url.host_str().ok_or_else(|| Problem::fault("public_url has no host"))?;
        let webauthn = WebauthnBuilder::new(host, public_url)
            .map(|builder| builder.rp_name("Collegium"))
            .and_then(WebauthnBuilder::build)
            .map_err(|cause| Problem::fault(format!("public_url: {cause}")))?;
        Ok(Passkeys(Arc::new(webauthn)))
    }

    /// Begins to add a passkey to the member's own, under a name they choose.
    pub async fn start_add(&self, log: &Log, member: &Member, session: &Session, name: &str) -> Result<Begun> {
        let name = if name.trim().is_empty() {
            "Passkey".to_owned()
        } else {
            crate::accounts::read_name("name", name).map_err(|fault| Problem::Refused(vec![fault]))?
        };
        let mut conn = log.reader().await?;
        let known = store::credentials(&mut conn, member.id()).await?;
        drop(conn);
        if known.len() >= MOST {
            return Err(Problem::conflict("many", "Twenty passkeys are enough; remove one first."));
        }
        let exclude: Vec<_> =
            known.iter().filter_map(|json| passkey(json).ok()).map(|key| key.cred_id().clone()).collect();
        let user = id::to_uuid(member.id().as_str()).ok_or(Problem::NotFound)?;
        let (mut challenge, state) = self
            .0
            .start_passkey_registration(user, &member.account().email, &member.account().name, Some(exclude))
            .map_err(|cause| Problem::fault(format!("passkey: {cause}")))?;
        if let Some(selection) = &mut challenge.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
            selection.user_verification = UserVerificationPolicy::Required;
        }
        let public_key = serde_json::to_value(&challenge.public_key)?;
        begin(log, Purpose::Add, Some(session), serde_json::to_string(&(name, state))?, public_key).await
    }

    /// Ends the adding: checks the new key and keeps it.
    ///
    /// # Errors
    /// An expired or foreign ceremony, a wrong answer, a key that is known already.
    pub async fn finish_add(
        &self,
        log: &Log,
        member: &Member,
        session: &Session,
        ceremony: &CeremonyId,
        answer: Value,
    ) -> Result<PasskeyId> {
        let (name, state): (String, PasskeyRegistration) = take(log, Purpose::Add, Some(session), ceremony).await?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let key = self.0.finish_passkey_registration(&answer, &state).map_err(refused)?;
        let credential = serde_json::to_value(&key)?;
        let mut tx = log.write(member.id()).await?;
        let id = PasskeyId::fresh(tx.now(), tx.chance());
        let shape = store::NewPasskey {
            id: &id,
            account: member.id(),
            credential_id: hex(key.cred_id()),
            backed_up: credential["cred"]["backup_state"] == true,
            credential: credential.to_string(),
            name: &name,
        };
        store::add_passkey(&mut tx, shape).await?;
        tx.record(Event::PasskeyAdded { account: member.id().clone(), passkey: id.clone() });
        tx.commit().await?;
        Ok(id)
    }

    /// Begins a sign-in without a name: the device knows who it is.
    pub async fn start_sign_in(&self, log: &Log) -> Result<Begun> {
        self.start_proof(log, Purpose::SignIn, None).await
    }

    /// Ends the sign-in and begins a session.
    pub async fn finish_sign_in(
        &self,
        log: &Log,
        ceremony: &CeremonyId,
        answer: Value,
        by: SignIn,
    ) -> Result<(Session, Secret)> {
        let account = self.check(log, Purpose::SignIn, None, ceremony, answer).await?;
        if Member::load(&mut *log.reader().await?, &account).await?.is_none() {
            return Err(unknown_key());
        }
        session::begin(log, &account, Proof::Passkey, by).await
    }

    /// Begins a fresh proof of presence.
    pub async fn start_step_up(&self, log: &Log, session: &Session) -> Result<Begun> {
        self.start_proof(log, Purpose::StepUp, Some(session)).await
    }

    /// Ends it: the key must be the member's own.
    pub async fn finish_step_up(
        &self,
        log: &Log,
        current: &Session,
        ceremony: &CeremonyId,
        answer: Value,
    ) -> Result<()> {
        let account = self.check(log, Purpose::StepUp, Some(current), ceremony, answer).await?;
        if account != current.account_id {
            return Err(unknown_key());
        }
        session::prove(log, current, Proof::Passkey).await
    }

    async fn start_proof(&self, log: &Log, purpose: Purpose, session: Option<&Session>) -> Result<Begun> {
        let (mut challenge, state) =
            self.0.start_discoverable_authentication().map_err(|cause| Problem::fault(format!("passkey: {cause}")))?;
        // The library presumes the address field's menu; ours is a button.
        challenge.mediation = None;
        let public_key = serde_json::to_value(&challenge.public_key)?;
        begin(log, purpose, session, serde_json::to_string(&state)?, public_key).await
    }

    /// Checks an assertion and says whose it is.
    async fn check(
        &self,
        log: &Log,
        purpose: Purpose,
        session: Option<&Session>,
        ceremony: &CeremonyId,
        answer: Value,
    ) -> Result<AccountId> {
        let state: DiscoverableAuthentication = take(log, purpose, session, ceremony).await?;
        let answer: PublicKeyCredential = read(answer)?;
        let (claimed, credential_id) = self.0.identify_discoverable_authentication(&answer).map_err(refused)?;
        let row = store::passkey_by_credential(&mut *log.reader().await?, &hex(credential_id)).await?;
        let Some(row) = row else { return Err(unknown_key()) };
        // The user handle is the client's word and unsigned: it must name the key's owner.
        if id::from_uuid(claimed) != row.account_id.as_str() {
            return Err(unknown_key());
        }
        let mut key = passkey(&row.credential)?;
        let result = self.0.finish_discoverable_authentication_v2(&answer, state, &key).map_err(refused)?;
        if !result.user_verified() {
            return Err(refused(WebauthnError::UserNotVerified));
        }
        key.update_credential(&result);
        let mut tx = log.write(&row.account_id).await?;
        store::use_passkey(&mut tx, &row.passkey_id, &serde_json::to_string(&key)?, result.backup_state()).await?;
        tx.commit_quietly("a passkey's counter").await?;
        Ok(row.account_id)
    }
}

/// The member's own passkeys.
pub async fn of_member(log: &Log, member: &Member) -> Result<Vec<Kept>> {
    store::passkeys(&mut *log.reader().await?, member.id()).await
}

/// Renames one of them.
pub async fn rename(log: &Log, member: &Member, id: &PasskeyId, name: &str) -> Result<()> {
    let name = crate::accounts::read_name("name", name).map_err(|fault| Problem::Refused(vec![fault]))?;
    let mut tx = log.write(member.id()).await?;
    if !store::rename_passkey(&mut tx, member.id(), id, &name).await? {
        return Err(Problem::NotFound);
    }
    tx.record(Event::PasskeyRenamed { account: member.id().clone(), passkey: id.clone() });
    tx.commit().await?;
    Ok(())
}

/// Removes one of them. The password stays as the other way in.
pub async fn remove(log: &Log, member: &Member, id: &PasskeyId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    if !store::remove_passkey(&mut tx, member.id(), id).await? {
        return Err(Problem::NotFound);
    }
    tx.record(Event::PasskeyRemoved { account: member.id().clone(), passkey: id.clone() });
    tx.commit().await?;
    Ok(())
}

async fn begin(
    log: &Log,
    purpose: Purpose,
    session: Option<&Session>,
    state: String,
    public_key: Value,
) -> Result<Begun> {
    let mut tx = log.write(Actor::House).await?;
    let id = CeremonyId::fresh(tx.now(), tx.chance());
    let expires = tx.now().plus(LIFETIME);
    store::add_ceremony(&mut tx, &id, purpose.code(), session.map(|s| &s.id), &state, expires).await?;
    tx.commit_quietly("a passkey ceremony").await?;
    Ok(Begun { id, public_key })
}

/// Takes a ceremony's state out of the database, so that it serves once.
async fn take<T: DeserializeOwned>(
    log: &Log,
    purpose: Purpose,
    session: Option<&Session>,
    id: &CeremonyId,
) -> Result<T> {
    let mut tx = log.write(Actor::House).await?;
    let state = store::take_ceremony(&mut tx, id, purpose.code(), session.map(|s| &s.id)).await?;
    tx.commit_quietly("a passkey ceremony taken").await?;
    let state = state.ok_or_else(|| Problem::conflict("expired", "This took too long. Start again."))?;
    Ok(serde_json::from_str(&state)?)
}

fn read<T: DeserializeOwned>(answer: Value) -> Result<T> {
    serde_json::from_value(answer).map_err(|_| Problem::Malformed("credential: not what a passkey answers.".to_owned()))
}

fn passkey(json: &str) -> Result<Passkey> {
    Ok(serde_json::from_str(json)?)
}

fn refused(cause: WebauthnError) -> Problem {
    tracing::info!(%cause, "a passkey's answer was refused");
    Problem::field("passkey", "refused", "The passkey's answer did not hold. Try again, or use your password.")
}

fn unknown_key() -> Problem {
    Problem::field(
        "passkey",
        "unknown",
        "This device has no passkey for Collegium. Use another device, or your password.",
    )
}
