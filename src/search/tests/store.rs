//! The rows of the stories: written here directly, because this room stands beside the discussion room, not above it.

use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::problem::Result;
use crate::discussion::Seal;
use crate::log::{Actor, Event, Log, Tx};

pub async fn clinician(log: &Log, name: &str) -> Result<AccountId> {
    let mut tx = log.write(Actor::House).await?;
    let id = AccountId::fresh(tx.now(), tx.chance());
    sqlx::query(
        "insert into accounts (account_id, email, email_key, name, created_at, confirmed_at, admitted_at)
         values ($1, $2, $2, $2, 1, 1, 1)",
    )
    .bind(&id)
    .bind(name)
    .execute(tx.conn())
    .await?;
    sqlx::query(
        "insert into standings (account_id, place, class, origin, source, since, reminded, answered, doubts,
                                attested_at, attest_reminded, overdue, turn)
         values ($1, 'good', 'doctor', 'admitted', '', 1, 0, '', '', 1, 0, 0, 1)",
    )
    .bind(&id)
    .execute(tx.conn())
    .await?;
    tx.record(Event::AccountCreated { account: id.clone() });
    tx.commit().await?;
    Ok(id)
}

pub async fn room(log: &Log, slug: &str) -> Result<RoomId> {
    let mut tx = log.write(Actor::House).await?;
    let id = RoomId::fresh(tx.now(), tx.chance());
    sqlx::query("insert into rooms (room_id, slug, name, description, opened_at) values ($1, $2, $3, '', 1)")
        .bind(&id)
        .bind(slug)
        .bind(slug.to_uppercase())
        .execute(tx.conn())
        .await?;
    tx.record(Event::RoomOpened { room: id.clone() });
    tx.commit().await?;
    Ok(id)
}

pub async fn thread(log: &Log, by: &AccountId, room: &RoomId, title: &str, body: &str) -> Result<(ThreadId, PostId)> {
    let mut tx = log.write(by).await?;
    let thread = ThreadId::fresh(tx.now(), tx.chance());
    let now = tx.now();
    sqlx::query(
        "insert into threads (thread_id, room_id, kind, basis, started_by, started_at, active_at, posts)
         values ($1, $2, 'case', 'invented', $3, $4, $4, 1)",
    )
    .bind(&thread)
    .bind(room)
    .bind(by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    let post = insert(&mut tx, by, &thread, 1, &[("title", title), ("presentation", body)]).await?;
    tx.record(Event::ThreadStarted { thread: thread.clone(), room: room.clone(), post: post.clone() });
    tx.commit().await?;
    Ok((thread, post))
}

pub async fn reply(log: &Log, by: &AccountId, thread: &ThreadId, position: i64, body: &str) -> Result<PostId> {
    let mut tx = log.write(by).await?;
    let post = insert(&mut tx, by, thread, position, &[("body", body)]).await?;
    sqlx::query("update threads set posts = posts + 1 where thread_id = $1").bind(thread).execute(tx.conn()).await?;
    tx.record(Event::PostAdded { thread: thread.clone(), post: post.clone(), position });
    tx.commit().await?;
    Ok(post)
}

async fn insert(tx: &mut Tx, by: &AccountId, thread: &ThreadId, at: i64, parts: &[(&str, &str)]) -> Result<PostId> {
    let post = PostId::fresh(tx.now(), tx.chance());
    let now = tx.now();
    sqlx::query(
        "insert into posts (post_id, thread_id, position, account_id, revision, ground, source, written_at, send_key)
         values ($1, $2, $3, $4, 1, 'opinion', '', $5, $1)",
    )
    .bind(&post)
    .bind(thread)
    .bind(at)
    .bind(by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    write_parts(tx, &post, 1, parts).await?;
    Ok(post)
}

async fn write_parts(tx: &mut Tx, post: &PostId, revision: i64, parts: &[(&str, &str)]) -> Result<()> {
    let (seal, chance) = (Seal::of_or_new(tx, post).await?, tx.chance().clone());
    for (part, markdown) in parts {
        let sealed = |form: &str, text: &str| seal.close(&chance, &format!("{revision}/{part}/{form}"), text);
        let (markdown, html) = (sealed("markdown", markdown), sealed("html", ""));
        sqlx::query("insert into post_texts (post_id, revision, part, markdown, html) values ($1, $2, $3, $4, $5)")
            .bind(post)
            .bind(revision)
            .bind(*part)
            .bind(markdown)
            .bind(html)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

pub async fn revise(log: &Log, by: &AccountId, thread: &ThreadId, post: &PostId, body: &str) -> Result<()> {
    let mut tx = log.write(by).await?;
    sqlx::query("update posts set revision = 2 where post_id = $1").bind(post).execute(tx.conn()).await?;
    write_parts(&mut tx, post, 2, &[("body", body)]).await?;
    tx.record(Event::PostRevised { thread: thread.clone(), post: post.clone(), revision: 2 });
    tx.commit().await?;
    Ok(())
}

/// Hides a post, or shows it again.
pub async fn veil(log: &Log, thread: &ThreadId, post: &PostId, hidden: bool) -> Result<()> {
    let (thread, post, reason) = (thread.clone(), post.clone(), "confidentiality".to_owned());
    let mut tx = log.write(Actor::House).await?;
    let why = hidden.then_some("confidentiality");
    sqlx::query("update posts set veiled_at = $1, veiled_for = $2 where post_id = $3")
        .bind(why.map(|_| 1i64))
        .bind(why)
        .bind(&post)
        .execute(tx.conn())
        .await?;
    tx.record(if hidden {
        Event::PostVeiled { thread, post, reason }
    } else {
        Event::PostShown { thread, post, reason }
    });
    tx.commit().await?;
    Ok(())
}

/// Removes a post and its text.
pub async fn remove(log: &Log, thread: &ThreadId, post: &PostId) -> Result<()> {
    let mut tx = log.write(Actor::House).await?;
    sqlx::query("update posts set removed_at = 1, removed_for = 'breach' where post_id = $1")
        .bind(post)
        .execute(tx.conn())
        .await?;
    sqlx::query("delete from post_texts where post_id = $1").bind(post).execute(tx.conn()).await?;
    tx.record(Event::PostRemoved { thread: thread.clone(), post: post.clone(), reason: "breach".into() });
    tx.commit().await?;
    Ok(())
}
