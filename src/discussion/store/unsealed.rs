//! The rows from before there were seals, and sealing them. Their words passed the check when they were written.

use crate::base::id::PostId;
use crate::base::problem::Result;
use crate::db::Conn;
use crate::discussion::seal::{SOURCE, Seal, place};
use crate::log::Tx;

pub async fn unsealed_posts(conn: &mut Conn, most: i64) -> Result<Vec<PostId>> {
    Ok(sqlx::query_scalar("select post_id from posts where sealed = 0 and removed_at is null limit $1")
        .bind(most)
        .fetch_all(conn)
        .await?)
}

pub async fn unsealed_held(conn: &mut Conn, most: i64) -> Result<Vec<PostId>> {
    Ok(sqlx::query_scalar("select post_id from held where sealed = 0 limit $1").bind(most).fetch_all(conn).await?)
}

/// Seals every revision of a post, and its source.
pub async fn seal_post(tx: &mut Tx, post: &PostId) -> Result<()> {
    let (seal, chance) = (Seal::of_or_new(tx, post).await?, tx.chance().clone());
    let source: String =
        sqlx::query_scalar("select source from posts where post_id = $1").bind(post).fetch_one(tx.conn()).await?;
    sqlx::query("update posts set source = $1, sealed = 1 where post_id = $2")
        .bind(seal.close(&chance, SOURCE, &source))
        .bind(post)
        .execute(tx.conn())
        .await?;
    let texts: Vec<(i64, String, String, String)> =
        sqlx::query_as("select revision, part, markdown, html from post_texts where post_id = $1")
            .bind(post)
            .fetch_all(tx.conn())
            .await?;
    for (revision, part, markdown, html) in texts {
        let sealed = |form: &str, text: &str| seal.close(&chance, &place(revision, &part, form), text);
        let (markdown, html) = (sealed("markdown", &markdown), sealed("html", &html));
        sqlx::query(
            "update post_texts set markdown = $1, html = $2 where post_id = $3 and revision = $4 and part = $5",
        )
        .bind(markdown)
        .bind(html)
        .bind(post)
        .bind(revision)
        .bind(part)
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// Seals every part of a held text.
pub async fn seal_held(tx: &mut Tx, post: &PostId) -> Result<()> {
    let (seal, chance) = (Seal::of_or_new(tx, post).await?, tx.chance().clone());
    let parts: Vec<(String, String)> = sqlx::query_as("select part, markdown from held_texts where post_id = $1")
        .bind(post)
        .fetch_all(tx.conn())
        .await?;
    for (part, text) in parts {
        sqlx::query("update held_texts set markdown = $1 where post_id = $2 and part = $3")
            .bind(seal.close(&chance, &super::held_place(&part), &text))
            .bind(post)
            .bind(part)
            .execute(tx.conn())
            .await?;
    }
    sqlx::query("update held set sealed = 1 where post_id = $1").bind(post).execute(tx.conn()).await?;
    Ok(())
}
