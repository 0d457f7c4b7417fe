//! Sessions: a random token in a cookie, its hash in a row.

use super::{Proof, store};
use crate::accounts::Member;
use crate::base::clock::{HOUR, MINUTE, Time};
use crate::base::id::{AccountId, SessionId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::log::{Actor, Event, Log, Tx};

/// A quiet session ends after this; on a shared computer sooner: its pages blank themselves after five minutes
/// (`web/js/quiet.js`), and this is a last sight's minute later.
const IDLE: i64 = 60 * MINUTE;
const IDLE_SHARED: i64 = 6 * MINUTE;
/// However busy, a session ends after this; staff's sooner.
const LONGEST: i64 = 24 * HOUR;
const LONGEST_STAFF: i64 = 12 * HOUR;
/// A proof of presence is fresh for this long.
pub const FRESH: i64 = 10 * MINUTE;
/// How often a session's last sight is written.
const TOUCH: i64 = MINUTE;
/// Sessions of one account; the oldest goes when another comes.
const MOST: i64 = 20;

/// A signed-in device.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Session {
    #[sqlx(rename = "session_id")]
    pub id: SessionId,
    pub account_id: AccountId,
    /// The browser and system, in words.
    pub device: String,
    pub shared: i64,
    pub created_at: Time,
    pub seen_at: Time,
    pub proved_at: Time,
    pub proved_by: String,
}

/// How a sign-in came about.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// "Firefox on Windows"; never the whole user-agent.
    pub device: String,
    pub shared: bool,
}

/// Proof that somebody showed their presence within the last ten minutes. Grave acts take one.
#[derive(Debug)]
pub struct Present(());

impl Session {
    /// # Errors
    /// [`Problem::StepUp`] when the last proof is too old, or a passkey is asked for and it was a password.
    pub fn present(&self, now: Time, strong: bool) -> Result<Present> {
        if self.is_fresh(now, strong) { Ok(Present(())) } else { Err(Problem::StepUp) }
    }

    pub fn is_shared(&self) -> bool {
        self.shared != 0
    }

    fn lives(&self, now: Time, staff: bool) -> bool {
        let idle = if self.is_shared() { IDLE_SHARED } else { IDLE };
        let longest = if staff { LONGEST_STAFF } else { LONGEST };
        now < self.seen_at.plus(idle) && now < self.created_at.plus(longest)
    }

    /// Whether presence was shown just now; `strong` asks for a passkey.
    pub fn is_fresh(&self, now: Time, strong: bool) -> bool {
        let by = Proof::parse(&self.proved_by);
        now < self.proved_at.plus(FRESH) && (!strong || by == Proof::Passkey)
    }
}

/// Begins a session: the row and the token for the cookie.
pub(super) async fn begin(log: &Log, account: &AccountId, proof: Proof, by: SignIn) -> Result<(Session, Secret)> {
    let token = Secret::fresh(log.chance());
    let mut tx = log.write(account).await?;
    let now = tx.now();
    let session = Session {
        id: SessionId::fresh(now, tx.chance()),
        account_id: account.clone(),
        device: by.device,
        shared: i64::from(by.shared),
        created_at: now,
        seen_at: now,
        proved_at: now,
        proved_by: proof.code().to_owned(),
    };
    store::add_session(&mut tx, &session, &token.hash()).await?;
    for old in store::surplus_sessions(&mut tx, account, MOST).await? {
        end_one(&mut tx, account, &old, "too-many").await?;
    }
    tx.record(Event::SignedIn { account: account.clone(), session: session.id.clone(), by: proof.code().to_owned() });
    tx.commit().await?;
    Ok((session, token))
}

/// Who a cookie's token belongs to, as the rows stand now; `None` when the session or the account has ended.
pub async fn find(log: &Log, token: &Secret) -> Result<Option<(Session, Member)>> {
    let mut conn = log.reader().await?;
    let Some(session) = store::session_by_token(&mut conn, &token.hash()).await? else { return Ok(None) };
    let Some(member) = Member::load(&mut conn, &session.account_id).await? else { return Ok(None) };
    drop(conn);
    let now = log.clock().now();
    if !session.lives(now, member.is_staff()) {
        return Ok(None);
    }
    if now.millis() - session.seen_at.millis() >= TOUCH {
        let mut tx = log.write(Actor::House).await?;
        store::touch_session(&mut tx, &session.id).await?;
        tx.commit_quietly("session touch").await?;
    }
    let member = member.at_shared_computer(session.is_shared()).at(now);
    Ok(Some((session, member)))
}

/// Whether a session still stands; asked by sockets, which do not keep it awake.
pub async fn stands(log: &Log, id: &SessionId) -> Result<bool> {
    let mut conn = log.reader().await?;
    let Some(session) = store::session(&mut conn, id).await? else { return Ok(false) };
    let Some(member) = Member::load(&mut conn, &session.account_id).await? else { return Ok(false) };
    Ok(session.lives(log.clock().now(), member.is_staff()) && member.is_clinician())
}

/// Notes a fresh proof of presence.
pub(super) async fn prove(log: &Log, session: &Session, by: Proof) -> Result<()> {
    let mut tx = log.write(&session.account_id).await?;
    store::prove_session(&mut tx, &session.id, by.code()).await?;
    tx.record(Event::StepUp {
        account: session.account_id.clone(),
        session: session.id.clone(),
        by: by.code().to_owned(),
    });
    tx.commit().await?;
    Ok(())
}

/// The sessions of a member that stand now, the newest first.
pub async fn of_member(log: &Log, member: &Member) -> Result<Vec<Session>> {
    let now = log.clock().now();
    let all = store::sessions(&mut *log.reader().await?, member.id()).await?;
    Ok(all.into_iter().filter(|session| session.lives(now, member.is_staff())).collect())
}

/// Ends one of the member's own sessions.
///
/// # Errors
/// [`Problem::NotFound`] for another's session or an ended one.
pub async fn end(log: &Log, member: &Member, id: &SessionId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    if !end_one(&mut tx, member.id(), id, "signed-out").await? {
        return Err(Problem::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Ends all of an account's sessions but one.
pub async fn end_others(tx: &mut Tx, account: &AccountId, keep: &SessionId, why: &str) -> Result<i64> {
    let mut ended = 0;
    for session in store::sessions(tx.conn(), account).await? {
        if session.id != *keep && end_one(tx, account, &session.id, why).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends all of an account's sessions.
pub async fn end_all(tx: &mut Tx, account: &AccountId, why: &str) -> Result<()> {
    for session in store::sessions(tx.conn(), account).await? {
        end_one(tx, account, &session.id, why).await?;
    }
    Ok(())
}

/// Ends all other sessions of a member.
pub async fn end_all_others(log: &Log, member: &Member, keep: &SessionId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    if end_others(&mut tx, member.id(), keep, "signed-out").await? > 0 {
        tx.commit().await?;
    }
    Ok(())
}

async fn end_one(tx: &mut Tx, account: &AccountId, id: &SessionId, why: &str) -> Result<bool> {
    let done = store::end_session(tx, account, id).await?;
    if done {
        tx.record(Event::SessionEnded { account: account.clone(), session: id.clone(), why: why.to_owned() });
    }
    Ok(done)
}
