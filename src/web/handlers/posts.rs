//! One post: changing it, how it came to its words, flagging it.

use super::{field, for_form, held, see, threads};
use crate::accounts::{Clinician, Writer};
use crate::base::id::PostId;
use crate::base::problem::{Problem, Result};
use crate::db::Reader;
use crate::disclosure;
use crate::discussion::{self, Declined, Ground, Post, Revision, Way};
use crate::moderation;
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::pages::edit::{EditGround, EditPage, EditPart};
use crate::web::pages::flag::FlagPage;
use crate::web::pages::revisions::{RevisedPart, RevisionRow, RevisionsPage};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::{differences, view};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

async fn open_post(site: &Site, viewer: &Clinician, id: &str) -> Result<(Post, String)> {
    let id = PostId::parse(id).ok_or(Problem::NotFound)?;
    let mut conn = site.log.reader().await?;
    let post = discussion::post(&mut conn, viewer, &id).await?.filter(Post::is_open).ok_or(Problem::NotFound)?;
    with_title(site, viewer, conn, post).await
}

/// One's own post, which is open or which a moderator asked one to change.
async fn own_post(site: &Site, viewer: &Clinician, id: &str) -> Result<(Post, String)> {
    let parsed = PostId::parse(id).ok_or(Problem::NotFound)?;
    let mut conn = site.log.reader().await?;
    if let Some(post) = discussion::own_to_revise(&mut conn, viewer, &parsed).await? {
        return with_title(site, viewer, conn, post).await;
    }
    drop(conn);
    let (post, title) = open_post(site, viewer, id).await?;
    if post.is_by(viewer.id()) { Ok((post, title)) } else { Err(Problem::NotFound) }
}

async fn with_title(site: &Site, viewer: &Clinician, mut conn: Reader, post: Post) -> Result<(Post, String)> {
    let first = discussion::posts(&mut conn, viewer, &post.thread, 0, 1).await?;
    drop(conn);
    let title = first.first().and_then(|first| first.text("title")).map(|text| text.markdown.clone());
    if post.position > 1 && title.is_some() {
        site.deliveries.deliver_titles(viewer, std::slice::from_ref(&post.thread)).await?;
    }
    Ok((post, title.unwrap_or_else(|| "a thread under review".to_owned())))
}

fn place(post: &Post) -> String {
    match (post.ground, post.position) {
        (Ground::Case, _) => "the case".to_owned(),
        (Ground::Question, _) => "the question".to_owned(),
        (_, position) => format!("reply {}", position - 1),
    }
}

pub async fn edit_page(
    State(site): State<Site>,
    viewer: Clinician,
    Path(id): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let (post, title) = own_post(&site, &viewer, &id).await?;
    let mut typed: Vec<(String, String)> =
        post.texts.iter().map(|text| (text.part.to_owned(), text.markdown.clone())).collect();
    typed.push(("ground".to_owned(), post.ground.code().to_owned()));
    typed.push(("source".to_owned(), post.source.clone()));
    // The statement stands as it was made, as far as the interests still stand.
    let statement = if post.interests.is_empty() { "none" } else { "some" };
    typed.push(("interest_statement".to_owned(), statement.to_owned()));
    for interest in disclosure::of_member(&mut *site.log.reader().await?, viewer.id()).await? {
        if post.interests.contains(&interest.words()) {
            typed.push(("interests".to_owned(), interest.id.as_str().to_owned()));
        }
    }
    let note = discussion::own_consent_note(&mut *site.log.reader().await?, &viewer, &post).await?;
    typed.push(("consent_note".to_owned(), note));
    if let Some(held) = asked.get("held").filter(|held| **held == id) {
        typed = held::as_typed(&site, &viewer, held).await?;
    }
    typed.push(("revision".to_owned(), post.revision.to_string()));
    typed.push(("key".to_owned(), threads::fresh_key(&site)));
    Ok(page(edit_form(&site, &viewer, &post, title, &Fields::of(typed), None).await?))
}

async fn edit_form(
    site: &Site,
    viewer: &Clinician,
    post: &Post,
    thread_title: String,
    typed: &Fields,
    declined: Option<Declined>,
) -> Result<EditPage> {
    let interests = disclosure::of_member(&mut *site.log.reader().await?, viewer.id()).await?;
    let (faults, findings, risk, whole) = threads::parts_of(declined)?;
    let with = |name: &str| field(typed.take(name), name, &faults);
    let part = |name: &'static str, label: &'static str, rows: u8, is_optional: bool| EditPart {
        name,
        label,
        field: with(name),
        rows,
        is_optional,
    };
    let parts = match post.ground {
        Ground::Case => vec![
            part("title", "Title", 2, false),
            part("presentation", "Presentation", 4, false),
            part("history", "History", 4, true),
            part("findings", "Findings", 4, true),
            part("investigations", "Investigations", 5, true),
            part("question", "The question", 3, false),
        ],
        Ground::Question => vec![
            part("title", "Title", 2, false),
            part("question", "The question", 3, false),
            part("presentation", "What stands behind it", 4, true),
        ],
        _ => vec![part("body", "Your reply", 8, false)],
    };
    let is_reply = !matches!(post.ground, Ground::Case | Ground::Question);
    let text: String = typed.take("body");
    Ok(EditPage {
        shell: site.shell(Some(viewer.member()), "Change your post", Place::Rooms).await?,
        post: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        thread_title,
        place: place(post),
        parts,
        ground: is_reply.then(|| EditGround { ground: with("ground"), source: with("source") }),
        consent_note: with("consent_note"),
        instead_of: typed.take("instead_of"),
        statement: view::statement(&interests, with("interest_statement"), &typed.all("interests"), &text),
        check: view::check(&findings, risk.as_ref(), &view::answers(typed)),
        revision: typed.get("revision").parse().unwrap_or(post.revision),
        key: typed.take("key"),
        problem: whole,
    })
}

pub async fn edit(
    State(site): State<Site>,
    writer: Writer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let viewer = writer.clinician().clone();
    let (post, title) = own_post(&site, &viewer, &id).await?;
    let seen = fields.get("revision").parse().unwrap_or(0);
    let first = matches!(post.ground, Ground::Case | Ground::Question);
    let draft = if first { threads::start_draft(&fields) } else { threads::reply_draft(&fields) };
    match discussion::submit_revision(&site.log, &writer, &post.id, seen, &draft, &threads::attached(&fields)).await {
        Ok(placed) if placed.held => Ok(see(&format!("/held/{}", post.id))),
        Ok(_) => Ok(see(&format!("/threads/{}?done=revised#p-{}", post.thread, post.id))),
        Err(declined) => {
            let form = edit_form(&site, &viewer, &post, title, &fields, Some(declined)).await?;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, form))
        }
    }
}

pub async fn revisions(State(site): State<Site>, viewer: Clinician, Path(id): Path<String>) -> Result<Response> {
    let (post, thread_title) = open_post(&site, &viewer, &id).await?;
    let now = site.log.clock().now();
    let (post, all) =
        discussion::revisions(&mut *site.log.reader().await?, &viewer, &post.id).await?.ok_or(Problem::NotFound)?;
    if !post.is_by(viewer.id()) {
        let shown: Vec<_> = all.iter().map(|one| (post.thread.clone(), post.id.clone(), one.number)).collect();
        site.deliveries.deliver(&viewer, Way::Page, &shown).await?;
    }
    let rows = all
        .iter()
        .enumerate()
        .rev()
        .map(|(at, one)| RevisionRow {
            number: one.number,
            written: view::moment(one.written_at, now),
            is_first: at == 0,
            parts: changed_parts(at.checked_sub(1).and_then(|before| all.get(before)), one),
        })
        .collect();
    Ok(page(RevisionsPage {
        shell: site.shell(Some(viewer.member()), "How it was changed", Place::Rooms).await?,
        post: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        thread_title,
        place: place(&post),
        author: post.author.name.clone(),
        revisions: rows,
    }))
}

/// The parts that differ from the revision before, word by word.
fn changed_parts(before: Option<&Revision>, after: &Revision) -> Vec<RevisedPart> {
    let text = |of: Option<&Revision>, part: &str| {
        of.and_then(|of| of.texts.iter().find(|text| text.part == part))
            .map_or("", |text| text.markdown.as_str())
            .to_owned()
    };
    let several = after.texts.len() > 1;
    discussion::PARTS
        .iter()
        .filter_map(|(part, label)| {
            let (old, new) = (text(before, part), text(Some(after), part));
            (old != new).then(|| RevisedPart {
                label: if several { label } else { "" },
                diff: differences::by_words(if before.is_none() { &new } else { &old }, &new),
            })
        })
        .collect()
}

pub async fn flag_page(State(site): State<Site>, viewer: Clinician, Path(id): Path<String>) -> Result<Response> {
    let (post, title) = open_post(&site, &viewer, &id).await?;
    Ok(page(flag_form(&site, &viewer, &post, title).await?))
}

async fn flag_form(site: &Site, viewer: &Clinician, post: &Post, thread_title: String) -> Result<FlagPage> {
    Ok(FlagPage {
        shell: site.shell(Some(viewer.member()), "Tell a moderator", Place::Rooms).await?,
        post: post.id.as_str().to_owned(),
        thread: post.thread.as_str().to_owned(),
        thread_title,
        place: format!("{} by {}", place(post), post.author.name),
        kind: Field::default(),
        note: Field::default(),
        problem: None,
    })
}

pub async fn flag(
    State(site): State<Site>,
    viewer: Clinician,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    let post_id = PostId::parse(&id).ok_or(Problem::NotFound)?;
    match moderation::flag(&site.log, &viewer, &post_id, fields.get("kind"), fields.get("note")).await {
        Ok(hidden) => {
            let post =
                discussion::post(&mut *site.log.reader().await?, &viewer, &post_id).await?.ok_or(Problem::NotFound)?;
            let done = if hidden { "hidden" } else { "flagged" };
            Ok(see(&format!("/threads/{}?done={done}#p-{}", post.thread, post.id)))
        }
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let (post, title) = open_post(&site, &viewer, &id).await?;
            let mut form = flag_form(&site, &viewer, &post, title).await?;
            form.kind = field(fields.take("kind"), "kind", &faults);
            form.note = field(fields.take("note"), "note", &faults);
            form.problem = whole;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, form))
        }
    }
}
