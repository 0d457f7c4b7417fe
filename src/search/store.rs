//! The rows this room reads: a post for the index, and a hit as the reader may see it now.

use super::engine::Document;
use super::plain::plain;
use crate::base::clock::Time;
use crate::base::id::{AccountId, PostId, RoomId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion;

/// A post's parts in the order in which they are read.
const ORDER: [&str; 7] = ["title", "presentation", "history", "findings", "investigations", "question", "body"];

/// A post as the index shall hold it; `None` when it is removed, hidden or not there.
pub(super) async fn document(conn: &mut Conn, post: &PostId) -> Result<Option<Document>> {
    let Some(shown) = shown(conn, post).await? else { return Ok(None) };
    let (title, text) = texts(conn, post, shown.revision).await?;
    Ok(Some(Document {
        post: shown.post,
        thread: shown.thread,
        room: shown.room,
        position: shown.position,
        title,
        text,
        kind: shown.kind,
        written_at: shown.written_at,
    }))
}

/// A post that any clinician may read now.
#[derive(sqlx::FromRow)]
pub(super) struct Shown {
    #[sqlx(rename = "post_id")]
    pub post: PostId,
    #[sqlx(rename = "thread_id")]
    pub thread: ThreadId,
    #[sqlx(rename = "room_id")]
    pub room: RoomId,
    pub room_slug: String,
    pub room_name: String,
    #[sqlx(rename = "account_id")]
    pub author: AccountId,
    pub position: i64,
    pub revision: i64,
    #[sqlx(rename = "ground")]
    pub kind: String,
    pub written_at: Time,
    pub posts: i64,
}

/// The row of a post that is neither removed nor hidden.
pub(super) async fn shown(conn: &mut Conn, post: &PostId) -> Result<Option<Shown>> {
    Ok(sqlx::query_as(
        "select p.post_id, p.thread_id, t.room_id, r.slug as room_slug, r.name as room_name, p.account_id, p.position,
                p.revision, p.ground, p.written_at, t.posts
         from posts p join threads t on t.thread_id = p.thread_id join rooms r on r.room_id = t.room_id
         where p.post_id = $1 and p.removed_at is null and p.veiled_at is null",
    )
    .bind(post)
    .fetch_optional(conn)
    .await?)
}

/// The posts of a thread that is in another room now.
pub(super) async fn posts_of(conn: &mut Conn, thread: &ThreadId) -> Result<Vec<PostId>> {
    Ok(sqlx::query_scalar("select post_id from posts where thread_id = $1").bind(thread).fetch_all(conn).await?)
}

/// Title and joined text of one revision, as plain text.
pub(super) async fn texts(conn: &mut Conn, post: &PostId, revision: i64) -> Result<(String, String)> {
    let parts = discussion::parts_for_search(conn, post, revision).await?;
    let of = |wanted: &str| parts.iter().find(|part| part.name == wanted).map(|part| plain(&part.text));
    let title = of(ORDER[0]).unwrap_or_default();
    let text: Vec<String> = ORDER[1..].iter().filter_map(|part| of(part)).filter(|text| !text.is_empty()).collect();
    Ok((title, text.join("\n")))
}

/// The title of a thread, unless its first post is removed or hidden.
pub(super) async fn thread_title(conn: &mut Conn, thread: &ThreadId) -> Result<Option<String>> {
    Ok(discussion::title_for_search(conn, thread).await?.map(|markdown| plain(&markdown)))
}

/// A room by its slug or its id.
pub(super) async fn room(conn: &mut Conn, named: &str) -> Result<Option<RoomId>> {
    Ok(sqlx::query_scalar("select room_id from rooms where slug = $1 or room_id = $1")
        .bind(named)
        .fetch_optional(conn)
        .await?)
}

/// A room's slug and name.
pub(super) async fn room_name(conn: &mut Conn, room: &RoomId) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as("select slug, name from rooms where room_id = $1").bind(room).fetch_optional(conn).await?)
}
