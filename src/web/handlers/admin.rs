//! The house: members and their roles, rooms, the state of the machine.

use super::{field, for_form, see};
use crate::accounts::{self, Admin, Class, Role};
use crate::auth::session;
use crate::base::id::AccountId;
use crate::base::problem::{Fault, Problem, Result};
use crate::discussion;
use crate::membership;
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::guard::Visitor;
use crate::web::pages::admin::{AdminPage, Member, MemberStanding, Room, RoomForm, SystemFact};
use crate::web::shell::Place;
use crate::web::site::Site;
use crate::web::view;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// Members listed; more than that are found by name when a search comes.
const MOST: i64 = 500;

const DONE: &[(&str, &str)] = &[
    ("role", "Done. It holds from their next click on."),
    ("suspended", "Paused. Their sessions and open pages have ended."),
    ("restored", "Reading and posting go on."),
    ("room", "The room is open."),
];

pub async fn show(
    State(site): State<Site>,
    admin: Admin,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let mut shown = house(&site, &admin).await?;
    let done = asked.get("done").map_or("", String::as_str);
    shown.notice = DONE.iter().find(|(code, _)| *code == done).map(|(_, words)| (*words).to_owned());
    Ok(page(shown))
}

async fn house(site: &Site, admin: &Admin) -> Result<AdminPage> {
    let now = site.log.clock().now();
    let mut conn = site.log.reader().await?;
    let mut members = Vec::new();
    for account in accounts::store::list(&mut conn, MOST).await? {
        let roles = accounts::store::roles(&mut conn, &account.id).await?;
        members.push(Member {
            standing: match (account.suspended_at, account.stands.class()) {
                (Some(_), _) => MemberStanding::Suspended,
                (None, Some(Class::Paused | Class::Memorial)) => MemberStanding::Paused,
                (None, Some(Class::ReadOnly)) => MemberStanding::Reading,
                (None, Some(_)) => MemberStanding::Verified,
                (None, None) if !roles.is_empty() => MemberStanding::Staff,
                (None, None) => MemberStanding::Applicant,
            },
            is_verifier: roles.contains(&Role::Verifier),
            is_moderator: roles.contains(&Role::Moderator),
            is_admin: roles.contains(&Role::Admin),
            is_privacy: roles.contains(&Role::Privacy),
            is_self: account.id == *admin.id(),
            joined: view::moment(account.created_at, now),
            reason: Field::default(),
            id: account.id.as_str().to_owned(),
            name: account.name,
            email: account.email,
        });
    }
    let in_all = accounts::store::count(&mut conn).await?;
    let rooms = discussion::all_rooms(&mut conn, admin, now).await?;
    let registers = membership::registers_read(&mut conn, now).await?;
    drop(conn);
    let head = site.log.head().await?;
    let lag = site.index.cursor().await.map(|seq| (head - seq).max(0));
    let fact = |name: &str, value: String, needs_a_look| SystemFact { name: name.to_owned(), value, needs_a_look };
    // A register that is too old changes nobody's access; the badge says how old, and here the operator sees it.
    let read = registers.iter().map(|one| {
        let read = one.read_at.map_or("never read".to_owned(), |at| format!("read {}", view::moment(at, now).words));
        let read = if one.register.is_published() { read } else { "looked up by hand".to_owned() };
        let swept = one.swept_at.map_or(String::new(), |at| format!(", compared {}", view::moment(at, now).words));
        fact(one.register.name, format!("{} members, {read}{swept}", one.members), one.is_old)
    });
    let read: Vec<SystemFact> = read.collect();
    Ok(AdminPage {
        shell: site.shell(Some(admin.member()), "The house", Place::Admin).await?,
        notice: None,
        problem: None,
        members_in_all: usize::try_from(in_all).unwrap_or(members.len()),
        members,
        rooms: rooms
            .into_iter()
            .map(|room| Room {
                slug: room.slug,
                name: room.name,
                description: room.description,
                threads: usize::try_from(room.threads).unwrap_or(0),
            })
            .collect(),
        room: room_form(&Fields::default(), &[], None),
        facts: vec![
            fact("Version", env!("CARGO_PKG_VERSION").to_owned(), false),
            fact("Database", site.log.db().engine().name().to_owned(), false),
            fact("Search", site.index.name().to_owned(), false),
            fact("Events in the log", head.to_string(), false),
            match lag {
                Ok(lag) => fact("Events the search index has still to read", lag.to_string(), lag > 100),
                Err(_) => fact("Search index", "does not answer".to_owned(), true),
            },
            fact("Open pages", site.hub.count().to_string(), false),
            fact("De-identification rules", crate::deid::RULESET.to_owned(), false),
        ]
        .into_iter()
        .chain(read)
        .collect(),
    })
}

fn room_form(typed: &Fields, faults: &[Fault], problem: Option<String>) -> RoomForm {
    RoomForm {
        slug: field(typed.take("slug"), "slug", faults),
        name: field(typed.take("name"), "name", faults),
        description: field(typed.take("description"), "description", faults),
        problem,
    }
}

pub async fn roles(
    State(site): State<Site>,
    visitor: Visitor,
    admin: Admin,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let id = AccountId::parse(&id).ok_or(Problem::NotFound)?;
    let role = Role::parse(fields.get("role")).ok_or_else(|| Problem::field("role", "unknown", "Choose a role."))?;
    let mut tx = site.log.write(admin.id()).await?;
    let done = match fields.get("action") {
        "grant" => accounts::grant(&mut tx, Some(&admin), &id, role).await,
        "revoke" => accounts::revoke(&mut tx, &admin, &id, role).await,
        _ => Err(Problem::field("action", "unknown", "Grant or revoke.")),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see("/admin?done=role"))
        }
        Err(problem) => {
            drop(tx);
            refused(&site, &admin, problem).await
        }
    }
}

async fn refused(site: &Site, admin: &Admin, problem: Problem) -> Result<Response> {
    let words = match &problem {
        Problem::NotAllowed(words) => (*words).to_owned(),
        Problem::Conflict { words, .. } => words.clone(),
        _ => return Err(problem),
    };
    let mut shown = house(site, admin).await?;
    shown.problem = Some(words);
    Ok(page_with(StatusCode::CONFLICT, shown))
}

pub async fn suspension(
    State(site): State<Site>,
    visitor: Visitor,
    admin: Admin,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response> {
    visitor.session.present(site.log.clock().now(), site.strong_proof())?;
    let id = AccountId::parse(&id).ok_or(Problem::NotFound)?;
    if id == *admin.id() {
        return refused(&site, &admin, Problem::NotAllowed("Nobody pauses themselves.")).await;
    }
    let mut tx = site.log.write(admin.id()).await?;
    let (done, code) = match fields.get("action") {
        "suspend" => {
            let done = accounts::suspend(&mut tx, &id, "conduct").await;
            if done.is_ok() {
                session::end_all(&mut tx, &id, "suspended").await?;
            }
            (done, "suspended")
        }
        "restore" => (accounts::restore(&mut tx, &id).await, "restored"),
        _ => (Err(Problem::field("action", "unknown", "Suspend or restore.")), ""),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(see(&format!("/admin?done={code}")))
        }
        Err(problem) => {
            drop(tx);
            refused(&site, &admin, problem).await
        }
    }
}

pub async fn open_room(State(site): State<Site>, admin: Admin, fields: Fields) -> Result<Response> {
    let opened = discussion::open_room(
        &site.log,
        Some(&admin),
        fields.get("slug"),
        fields.get("name"),
        fields.get("description"),
    )
    .await;
    match opened {
        Ok(_) => Ok(see("/admin?done=room")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut shown = house(&site, &admin).await?;
            shown.room = room_form(&fields, &faults, whole);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
    }
}
