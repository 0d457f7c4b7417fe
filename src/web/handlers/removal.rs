//! What a removal did, what is outstanding, and who had seen the post.

use crate::accounts::Moderator;
use crate::base::clock::MINUTE;
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::discussion;
use crate::moderation::{self, Removal};
use crate::web::edge::page;
use crate::web::pages::removal_done::{Line, LineState, RemovalDonePage, Seen};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, State};
use axum::response::Response;

/// Gives open pages and the index a moment to confirm, so that the page that follows can say so.
pub async fn settle(site: &Site, seq: i64) {
    for _ in 0..20 {
        if site.hub.served() >= seq && site.index.cursor().await.is_ok_and(|read| read >= seq) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

pub async fn removal(State(site): State<Site>, moderator: Moderator, Path(id): Path<String>) -> Result<Response> {
    let id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let removal = moderation::removal(&mut conn, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    let post = discussion::unveiled_post(&mut conn, &moderator, &id).await?.ok_or(Problem::NotFound)?;
    let thread = discussion::thread_for_moderator(&mut conn, &moderator, &post.thread).await?;
    let reached = discussion::reached(&mut conn, &id).await?;
    let by = moderation::remover(&mut conn, &id).await?.unwrap_or_default();
    drop(conn);
    let hidden_at = moderation::first_hidden(&mut *site.log.reader().await?, &id).await?.unwrap_or(removal.at);
    Ok(page(RemovalDonePage {
        shell: site.shell(Some(moderator.member()), "Removed", Place::Moderation).await?,
        thread: post.thread.as_str().to_owned(),
        place: match (&thread, post.position) {
            (Some(thread), 1) => format!("What started a thread in {}", thread.room_name),
            (Some(thread), at) => format!("Reply {} in {}", at - 1, thread.room_name),
            (None, _) => String::new(),
        },
        rule: view::rule(&removal.reason),
        by,
        at: view::moment(removal.at, now),
        lines: lines(&site, &removal, &post).await?,
        seen: reached
            .into_iter()
            .rev()
            .map(|one| Seen {
                name: one.name,
                at: view::moment(one.at, now),
                way: match one.way.as_str() {
                    "live" => "live".to_owned(),
                    "search" => "search excerpt".to_owned(),
                    "api" => "API".to_owned(),
                    _ => "page".to_owned(),
                },
            })
            .collect(),
        shown_for: span(hidden_at.millis() - post.written_at.millis()),
    }))
}

/// What is done and what is outstanding; nothing says done that was not looked up.
async fn lines(site: &Site, removal: &Removal, post: &discussion::Post) -> Result<Vec<Line>> {
    let done = |words: String, note: &str| Line { words, state: LineState::Done, note: note.to_owned() };
    let at = removal.at.iso()[11..19].to_owned();
    let mut lines = vec![
        done(
            format!(
                "The text and {}",
                if post.revision == 1 {
                    "its 1 revision".to_owned()
                } else {
                    format!("its {} revisions", post.revision)
                }
            ),
            &at,
        ),
        done("Answers to the check, declared words, notes on the flags".to_owned(), &at),
    ];
    let told = site.index.confirm_gone(&removal.post).await;
    let caught_up = site.index.cursor().await.is_ok_and(|seq| seq >= removal.seq);
    lines.push(match told {
        Ok(true) if caught_up => done("The search index, asked itself".to_owned(), ""),
        Ok(_) => Line {
            words: "The search index".to_owned(),
            state: LineState::InHand,
            note: "it is being asked again".to_owned(),
        },
        Err(_) => Line {
            words: "The search index".to_owned(),
            state: LineState::NotDone,
            note: "it does not answer; it is asked again until it does".to_owned(),
        },
    });
    lines.push(if site.hub.served() >= removal.seq {
        done("Open pages: each was sent the removal, or was closed".to_owned(), "")
    } else {
        Line { words: "Open pages".to_owned(), state: LineState::InHand, note: "being told now".to_owned() }
    });
    lines.push(done("Its own key, without which no copy in a backup can be read".to_owned(), &at));
    lines.push(done("Mail: no letter ever held the text".to_owned(), ""));
    if let Some(proof) = moderation::proofs(&mut *site.log.reader().await?, &removal.post).await?.first() {
        let words =
            format!("Looked for it in every table and file, {}", view::moment(proof.at, site.log.clock().now()).words);
        lines.push(match proof.found {
            0 => done(words, "nothing found"),
            found => Line { words, state: LineState::NotDone, note: format!("{found} pieces found") },
        });
    }
    Ok(lines)
}

fn span(millis: i64) -> String {
    let minutes = millis / MINUTE;
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..120 => format!("{minutes} minutes"),
        120..2880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}
