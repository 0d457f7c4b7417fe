//! The rows of applications and their turns.

pub(super) mod disputes;
pub(super) mod documents;
pub(super) mod evidence;
pub(super) mod flows;
pub(super) mod in_hand;
pub(super) mod links;
pub(super) mod vouches;

use super::{ANSWER_WITHIN, Application, State, Waiting, country_name, gist};
use crate::base::clock::Time;
use crate::base::id::{AccountId, ApplicationId};
use crate::base::problem::{Problem, Result};
use crate::db::{Conn, is_taken};
use crate::log::Tx;
use crate::registers::{self, Profession};

pub(super) async fn add(tx: &mut Tx, application: &Application) -> Result<()> {
    let claim = &application.claim;
    sqlx::query(
        "insert into applications
             (application_id, account_id, country, register, profession, number, registered_name, statement, mailbox,
              state, sent_at, waiting_since, reason, gist)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sent', $10, $10, '', '')",
    )
    .bind(&application.id)
    .bind(&application.account)
    .bind(&claim.country)
    .bind(&claim.register)
    .bind(&claim.profession)
    .bind(&claim.number)
    .bind(&claim.registered_name)
    .bind(&claim.statement)
    .bind(application.mailbox.code())
    .bind(application.sent_at)
    .execute(tx.conn())
    .await
    .map_err(open_already)?;
    Ok(())
}

fn open_already(cause: sqlx::Error) -> Problem {
    if is_taken(&cause) {
        Problem::conflict("open", "Your application is with the verifiers already.")
    } else {
        cause.into()
    }
}

pub(super) async fn add_turn(
    tx: &mut Tx,
    id: &ApplicationId,
    act: &str,
    by: Option<&AccountId>,
    reason: &str,
    words: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into application_turns (application_id, turn, at, act, account_id, reason, words)
         select $1, cast(coalesce(max(turn), 0) + 1 as bigint), $2, $3, $4, $5, $6
         from application_turns where application_id = $1",
    )
    .bind(id)
    .bind(now)
    .bind(act)
    .bind(by)
    .bind(reason)
    .bind(words)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn keep_gist(tx: &mut Tx, id: &ApplicationId, gist: &str) -> Result<()> {
    sqlx::query("update applications set gist = $1 where application_id = $2")
        .bind(gist)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn by_id(conn: &mut Conn, id: &ApplicationId) -> Result<Option<Application>> {
    Ok(sqlx::query_as(
        "select application_id, account_id, country, register, profession, number, registered_name, statement, mailbox,
                state, sent_at, waiting_since, approved_once, decided_at, decided_by, reason, appealed_at
         from applications where application_id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?)
}

/// The account's newest application.
pub(super) async fn newest_of(conn: &mut Conn, account: &AccountId) -> Result<Option<Application>> {
    let id: Option<ApplicationId> = sqlx::query_scalar(
        "select application_id from applications where account_id = $1 order by sent_at desc, application_id desc limit 1",
    )
    .bind(account)
    .fetch_optional(&mut *conn)
    .await?;
    match id {
        Some(id) => by_id(conn, &id).await,
        None => Ok(None),
    }
}

/// When this account applied since a time, oldest first.
pub(super) async fn sent_since(conn: &mut Conn, account: &AccountId, since: Time) -> Result<Vec<Time>> {
    Ok(sqlx::query_scalar("select sent_at from applications where account_id = $1 and sent_at > $2 order by sent_at")
        .bind(account)
        .bind(since)
        .fetch_all(conn)
        .await?)
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    application_id: ApplicationId,
    registered_name: String,
    profession: String,
    register: String,
    country: String,
    gist: String,
    sent_at: Time,
    waiting_since: Time,
    approved_once: Option<AccountId>,
}

/// The applications in a state, the one due first on top, without one's own.
pub(super) async fn waiting(conn: &mut Conn, state: State, but: &AccountId) -> Result<Vec<Waiting>> {
    let rows: Vec<WaitingRow> = sqlx::query_as(
        "select application_id, registered_name, profession, register, country, gist, sent_at, waiting_since, approved_once
         from applications where state = $1 and account_id <> $2 order by waiting_since, application_id limit 500",
    )
    .bind(state.code())
    .bind(but)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(WaitingRow::waiting).collect())
}

impl WaitingRow {
    fn waiting(self) -> Waiting {
        Waiting {
            id: self.application_id,
            name: self.registered_name,
            profession: Profession::parse(&self.profession).unwrap_or(Profession::Other).words().to_owned(),
            register: registers::find(&self.register).map_or(self.register, |register| register.short.to_owned()),
            country: country_name(&self.country),
            needs_a_look: self.gist != "equal",
            gist: gist::words(&self.gist).to_owned(),
            sent_at: self.sent_at,
            due_at: self.waiting_since.plus(ANSWER_WITHIN),
            needs_second: self.approved_once.is_some(),
        }
    }
}

pub(super) async fn count_decided(conn: &mut Conn, verifier: &AccountId, since: Time) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from applications where decided_by = $1 and decided_at >= $2")
        .bind(verifier)
        .bind(since)
        .fetch_one(conn)
        .await?)
}

/// Puts an application back to the verifiers. False when it has moved on.
pub(super) async fn reopen(tx: &mut Tx, application: &Application, appeals: bool) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(
        "update applications
         set state = 'sent', waiting_since = $1, decided_at = null, decided_by = null, approved_once = null, reason = '',
             appealed_at = case when $2 = 1 then $1 else appealed_at end
         where application_id = $3 and state = $4",
    )
    .bind(now)
    .bind(i64::from(appeals))
    .bind(&application.id)
    .bind(application.state.code())
    .execute(tx.conn())
    .await
    .map_err(open_already)?;
    Ok(done.rows_affected() == 1)
}

/// Notes the first of two approvals. False when somebody was faster.
pub(super) async fn approve_once(tx: &mut Tx, application: &Application, by: &AccountId) -> Result<bool> {
    let done = sqlx::query(
        "update applications set approved_once = $1
         where application_id = $2 and state in ('sent', 'more-asked') and approved_once is null",
    )
    .bind(by)
    .bind(&application.id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a decision. False when the application is no longer as it was read: the guard that it is decided once.
pub(super) async fn decide(
    tx: &mut Tx,
    application: &Application,
    state: State,
    by: Option<&AccountId>,
    reason: &str,
) -> Result<bool> {
    let now = tx.now();
    let ends = !state.is_open();
    let done = sqlx::query(
        "update applications
         set state = $1, waiting_since = $2, decided_at = $3, decided_by = $4, reason = $5
         where application_id = $6 and (state = 'sent' or (state = 'more-asked' and $1 <> 'more-asked'))",
    )
    .bind(state.code())
    .bind(now)
    .bind(ends.then_some(now))
    .bind(by.filter(|_| ends))
    .bind(reason)
    .bind(&application.id)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who refused last; nobody if the policy did.
pub(super) async fn last_refusal(conn: &mut Conn, id: &ApplicationId) -> Result<Option<AccountId>> {
    let by: Option<Option<AccountId>> = sqlx::query_scalar(
        "select account_id from application_turns where application_id = $1 and act = 'refused' order by turn desc limit 1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    Ok(by.flatten())
}

/// What happened around an application's number and account.
#[derive(sqlx::FromRow)]
pub(super) struct Others {
    /// Other accounts that applied with this number.
    pub tried_elsewhere: i64,
    /// Of those, refused ones.
    pub refused_elsewhere: i64,
    /// Different numbers this account has tried.
    pub numbers_tried: i64,
    /// Other names under which this account has claimed this number.
    pub other_names: i64,
    /// Applications of this account that a verifier refused.
    pub refused_before: i64,
}

pub(super) async fn others(conn: &mut Conn, application: &Application) -> Result<Others> {
    Ok(sqlx::query_as(
        "select
            (select count(distinct account_id) from
                (select account_id from applications where register = $1 and number = $2 and account_id <> $3
                 union select account_id from corrections where register = $1 and number = $2 and account_id <> $3) e)
             as tried_elsewhere,
            (select count(distinct account_id) from applications
             where register = $1 and number = $2 and account_id <> $3 and state = 'refused') as refused_elsewhere,
            (select count(*) from
                (select register || ':' || number as tried from applications where account_id = $3
                 union select register || ':' || number from corrections where account_id = $3) t) as numbers_tried,
            (select count(distinct registered_name) from applications
             where register = $1 and number = $2 and account_id = $3 and registered_name <> $4) as other_names,
            (select count(*) from application_turns t join applications a on a.application_id = t.application_id
             where a.account_id = $3 and t.act = 'refused' and t.account_id is not null) as refused_before",
    )
    .bind(&application.claim.register)
    .bind(&application.claim.number)
    .bind(&application.account)
    .bind(&application.claim.registered_name)
    .fetch_one(conn)
    .await?)
}

/// One thing that was done with an application.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Turn {
    pub at: Time,
    pub act: String,
    pub account_id: Option<AccountId>,
    /// The name of who did it; empty for the policy.
    pub name: String,
    pub reason: String,
    pub words: String,
}

pub(super) async fn turns(conn: &mut Conn, id: &ApplicationId) -> Result<Vec<Turn>> {
    Ok(sqlx::query_as(
        "select t.at, t.act, t.account_id, coalesce(a.name, '') as name, t.reason, t.words
         from application_turns t left join accounts a on a.account_id = t.account_id
         where t.application_id = $1 order by t.turn",
    )
    .bind(id)
    .fetch_all(conn)
    .await?)
}
