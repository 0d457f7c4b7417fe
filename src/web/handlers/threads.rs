//! A thread, a new thread, a reply.

use super::{field, held, see};
use crate::accounts::{Action, Clinician, Writer};
use crate::base::id::{PostId, ThreadId};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::disclosure;
use crate::discussion::{self, Attached, Declined, Draft, HeldRow, Placed, Start, Way};
use crate::web::body::{Fields, json};
use crate::web::edge::{page, page_with};
use crate::web::form::{Choice, Field};
use crate::web::pages::new::NewPage;
use crate::web::pages::thread::{Reply, ThreadPage, Waiting};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use std::collections::HashMap;

/// The parts of a thread's first post, as the form names them.
const START_PARTS: [&str; 6] = ["title", "presentation", "history", "findings", "investigations", "question"];

/// What just happened, by the code in the address.
const NOTICES: &[(&str, &str)] = &[
    ("flagged", "Thank you. You will hear what was decided."),
    ("hidden", "Thank you. It is hidden. You will hear what was decided."),
    ("published", "Published."),
    ("revised", "Changed. What stood before can be read under “edited”."),
];

pub async fn show(
    State(site): State<Site>,
    viewer: Clinician,
    Path(id): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let id = ThreadId::parse(&id).ok_or(Problem::NotFound)?;
    let mut shown = thread_page(&site, &viewer, &id).await?;
    if let Some(held) = asked.get("held") {
        let fields = Fields::of(held::as_typed(&site, &viewer, held).await?);
        shown.reply = Some(reply_form(&site, &viewer, &fields, (Vec::new(), Vec::new(), None, None)).await?);
    }
    let done = asked.get("done").map_or("", String::as_str);
    shown.notice = NOTICES.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

/// Reads the thread and writes down, before it is shown, what this reader is about to see.
async fn thread_page(site: &Site, viewer: &Clinician, id: &ThreadId) -> Result<ThreadPage> {
    let now = site.log.clock().now();
    // The head is read before the posts: what comes in between is sent again by the socket, never missed.
    let seq = site.log.head().await?;
    let mut conn = site.log.reader().await?;
    let thread = discussion::thread(&mut conn, viewer, id).await?.ok_or(Problem::NotFound)?;
    let posts = discussion::posts(&mut conn, viewer, id, 0, thread.posts).await?;
    let interests = disclosure::of_member(&mut conn, viewer.id()).await?;
    let seen = discussion::seen_before(&mut conn, viewer, id).await?;
    let held = discussion::own_held(&mut conn, viewer).await?;
    drop(conn);
    let shown: Vec<_> = posts
        .iter()
        .filter(|post| post.is_open() && !post.is_by(viewer.id()))
        .map(|post| (id.clone(), post.id.clone(), post.revision))
        .collect();
    site.deliveries.deliver(viewer, Way::Page, &shown).await?;
    let title = posts.first().and_then(|post| post.text("title")).map(|text| text.markdown.clone());
    let heading = title.clone().unwrap_or_else(|| "Under privacy review".to_owned());
    Ok(ThreadPage {
        shell: site.shell(Some(viewer.member()), &heading, Place::Rooms).await?,
        id: id.as_str().to_owned(),
        room: thread.room_name,
        room_slug: thread.room_slug,
        kind: view::kind_words(thread.kind),
        title,
        basis: thread.basis.map_or("", |basis| basis.words()),
        replies: thread.posts - 1,
        seq,
        posts: posts
            .iter()
            .map(|post| {
                let is_unread = !post.is_by(viewer.id()) && post.is_open() && !seen.contains(&post.id);
                view::post(post, Some(viewer.id()), is_unread, &site.config.members, now)
            })
            .collect(),
        notice: None,
        waiting: held.iter().filter(|row| row.thread == *id).map(waiting).collect(),
        reply: (thread.locked_at.is_none() && viewer.member().may(Action::Post, &site.config.members)).then(|| Reply {
            body: Field::default(),
            ground: Field::default(),
            source: Field::default(),
            consent_note: Field::default(),
            instead_of: String::new(),
            statement: view::statement(&interests, Field::default(), &[], ""),
            check: view::check(&[], None, &[]),
            key: fresh_key(site),
            problem: None,
        }),
        why_no_reply: match viewer.member().ask(Action::Post, &site.config.members) {
            _ if thread.locked_at.is_some() => {
                Some("A moderator has locked this thread. It can be read, but nobody can reply now.".to_owned())
            }
            asked => asked.err().map(|why| why.to_string()),
        },
        is_locked: thread.locked_at.is_some(),
    })
}

fn waiting(row: &HeldRow) -> Waiting {
    Waiting {
        post: row.post.as_str().to_owned(),
        words: match (row.act.as_str(), row.returned.is_some()) {
            ("reply", false) => "Your reply waits for a moderator.",
            ("reply", true) => "A moderator gave your reply back to you.",
            (_, false) => "Your change waits for a moderator; what stood before is shown.",
            (_, true) => "A moderator gave your change back to you; what stood before is shown.",
        },
    }
}

/// A sender's key: the same form sent twice adds one post.
pub fn fresh_key(site: &Site) -> String {
    Secret::fresh(site.log.chance()).hash()[..32].to_owned()
}

pub async fn new_page(
    State(site): State<Site>,
    viewer: Clinician,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let kind = asked.get("kind").filter(|kind| *kind == "question").map_or("case", String::as_str);
    let mut fields = vec![("kind".to_owned(), kind.to_owned())];
    fields.extend(asked.get("room").map(|room| ("room".to_owned(), room.clone())));
    if let Some(held) = asked.get("held") {
        fields = held::as_typed(&site, &viewer, held).await?;
    }
    Ok(page(composer(&site, &viewer, &Fields::of(fields), None).await?))
}

async fn composer(site: &Site, viewer: &Clinician, typed: &Fields, declined: Option<Declined>) -> Result<NewPage> {
    let mut conn = site.log.reader().await?;
    let rooms = discussion::rooms(&mut conn, viewer, site.log.clock().now()).await?;
    let interests = disclosure::of_member(&mut conn, viewer.id()).await?;
    drop(conn);
    let (faults, findings, risk, whole) = parts_of(declined)?;
    let with = |name: &str| field(typed.take(name), name, &faults);
    let answers = view::answers(typed);
    let text: String = START_PARTS.iter().map(|part| typed.get(part)).collect::<Vec<_>>().join("\n");
    Ok(NewPage {
        shell: site.shell(Some(viewer.member()), "Start a case", Place::New).await?,
        rooms: rooms.into_iter().map(|room| Choice::new(room.slug, room.name)).collect(),
        room: with("room"),
        kind: with("kind"),
        title: with("title"),
        presentation: with("presentation"),
        history: with("history"),
        findings: with("findings"),
        investigations: with("investigations"),
        question: with("question"),
        basis: with("basis"),
        consent_note: with("consent_note"),
        instead_of: typed.take("instead_of"),
        statement: view::statement(&interests, with("interest_statement"), &typed.all("interests"), &text),
        check: view::check(&findings, risk.as_ref(), &answers),
        key: if typed.has("key") { typed.take("key") } else { fresh_key(site) },
        problem: whole,
    })
}

type Parts =
    (Vec<crate::base::problem::Fault>, Vec<crate::deid::gate::PartFinding>, Option<crate::deid::Risk>, Option<String>);

/// Takes apart why nothing was published; what no form can show goes on to the edge.
pub fn parts_of(declined: Option<Declined>) -> Result<Parts> {
    match declined {
        None => Ok((Vec::new(), Vec::new(), None, None)),
        Some(Declined::Form { faults, findings, risk }) => Ok((faults, findings, risk, None)),
        Some(Declined::Problem(problem)) => {
            let (faults, whole) = super::for_form(problem)?;
            Ok((faults, Vec::new(), None, whole))
        }
    }
}

fn draft(fields: &Fields, parts: &[&str]) -> Draft {
    Draft {
        ground: fields.take("ground"),
        source: fields.take("source"),
        key: fields.take("key"),
        consent_note: fields.take("consent_note"),
        texts: parts.iter().map(|part| ((*part).to_owned(), fields.take(part))).collect(),
    }
}

pub fn attached(fields: &Fields) -> Attached {
    Attached {
        answers: view::answers(fields),
        interest_statement: fields.take("interest_statement"),
        interests: fields.all("interests"),
        instead_of: PostId::parse(fields.get("instead_of")),
    }
}

/// The parts of a first post as typed in a form.
pub fn start_draft(fields: &Fields) -> Draft {
    draft(fields, &START_PARTS)
}

/// A reply as typed in a form.
pub fn reply_draft(fields: &Fields) -> Draft {
    draft(fields, &["body"])
}

pub async fn start(State(site): State<Site>, writer: Writer, fields: Fields) -> Result<Response> {
    let start = Start { room: fields.take("room"), kind: fields.take("kind"), basis: fields.take("basis") };
    match discussion::submit_start(&site.log, &writer, &start, &start_draft(&fields), &attached(&fields)).await {
        Ok(Placed { post, held: true, .. }) => Ok(see(&format!("/held/{post}"))),
        Ok(Placed { thread, .. }) => Ok(see(&format!("/threads/{thread}?done=published"))),
        Err(declined) => {
            let form = composer(&site, writer.clinician(), &fields, Some(declined)).await?;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, form))
        }
    }
}

pub async fn reply(
    State(site): State<Site>,
    writer: Writer,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let id = ThreadId::parse(&id).ok_or(Problem::NotFound)?;
    let by_script =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    let sent = discussion::submit_reply(&site.log, &writer, &id, &reply_draft(&fields), &attached(&fields)).await;
    match (sent, by_script) {
        (Ok(Placed { post, held: true, .. }), true) => {
            Ok(json(StatusCode::ACCEPTED, serde_json::json!({ "held": format!("/held/{post}") })))
        }
        (Ok(Placed { post, held: true, .. }), false) => Ok(see(&format!("/held/{post}"))),
        (Ok(placed), true) => Ok(json(
            StatusCode::CREATED,
            serde_json::json!({ "post": placed.post, "position": placed.position, "seq": placed.seq }),
        )),
        (Ok(placed), false) => Ok(see(&format!("/threads/{id}#p-{}", placed.post))),
        (Err(declined), true) => {
            let (faults, findings, risk, whole) = parts_of(Some(declined))?;
            Ok(json(
                StatusCode::UNPROCESSABLE_ENTITY,
                crate::web::api::check::declined(&faults, &findings, risk.as_ref(), whole),
            ))
        }
        (Err(declined), false) => {
            let parts = parts_of(Some(declined))?;
            let mut shown = thread_page(&site, writer.clinician(), &id).await?;
            shown.reply = Some(reply_form(&site, writer.clinician(), &fields, parts).await?);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}

/// The reply's form as typed, with what is wrong with it.
async fn reply_form(
    site: &Site,
    viewer: &Clinician,
    fields: &Fields,
    (faults, findings, risk, problem): Parts,
) -> Result<Reply> {
    let interests = disclosure::of_member(&mut *site.log.reader().await?, viewer.id()).await?;
    let with = |name: &str| field(fields.take(name), name, &faults);
    let statement = with("interest_statement");
    Ok(Reply {
        body: with("body"),
        ground: with("ground"),
        source: with("source"),
        consent_note: with("consent_note"),
        instead_of: fields.take("instead_of"),
        statement: view::statement(&interests, statement, &fields.all("interests"), fields.get("body")),
        check: view::check(&findings, risk.as_ref(), &view::answers(fields)),
        key: if fields.has("key") { fields.take("key") } else { fresh_key(site) },
        problem,
    })
}
