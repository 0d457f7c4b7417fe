//! Who may come in: every route says so in the table, the guard asks before the handler runs, and the handler's own
//! parameter cannot be made for anybody else.

use super::site::Site;
use crate::accounts::{Action, Admin, Choices, Clinician, Member, Moderator, Privacy, Role, Verifier, Writer};
use crate::auth::{Session, session};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// Who a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Anyone,
    /// Signed in, admitted or not.
    Member,
    /// Whose class may do this; see `accounts/class.rs`.
    May(Action),
    Verifier,
    Moderator,
    Admin,
    /// The data-protection officer.
    Privacy,
}

impl Who {
    fn admits(self, visitor: Option<&Visitor>, choices: &Choices) -> bool {
        match (self, visitor) {
            (Who::Anyone, _) => true,
            (_, None) => false,
            (Who::Member, Some(_)) => true,
            (Who::May(action), Some(visitor)) => visitor.member.may(action, choices),
            (Who::Verifier, Some(visitor)) => visitor.member.has(Role::Verifier),
            (Who::Moderator, Some(visitor)) => visitor.member.has(Role::Moderator),
            (Who::Admin, Some(visitor)) => visitor.member.has(Role::Admin),
            (Who::Privacy, Some(visitor)) => visitor.member.has(Role::Privacy),
        }
    }
}

/// Whoever sends a request with a standing session.
#[derive(Clone)]
pub struct Visitor {
    pub session: Session,
    pub member: Member,
}

/// The cookie's name. With https it carries the `__Host-` prefix, which binds it to this host and to TLS.
pub fn cookie_name(site: &Site) -> &'static str {
    if site.config.public_url.scheme() == "https" { "__Host-sid" } else { "sid" }
}

/// The cookie that keeps a session.
pub fn cookie(site: &Site, token: &Secret) -> String {
    let secure = if site.config.public_url.scheme() == "https" { "; Secure" } else { "" };
    format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(site), token.reveal())
}

/// The cookie that ends one.
pub fn no_cookie(site: &Site) -> String {
    let secure = if site.config.public_url.scheme() == "https" { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", cookie_name(site))
}

fn token(site: &Site, headers: &HeaderMap) -> Option<Secret> {
    let name = cookie_name(site);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && value.len() == 43)
        .map(|(_, value)| Secret::new(value))
}

/// Whether a request carries a session cookie at all.
pub fn has_cookie(site: &Site, headers: &HeaderMap) -> bool {
    token(site, headers).is_some()
}

/// Stands before one route.
pub async fn guard(State((site, who)): State<(Site, Who)>, mut request: Request, next: Next) -> Response {
    let visitor = match token(&site, request.headers()) {
        Some(token) => match session::find(&site.log, &token).await {
            Ok(found) => found.map(|(session, member)| Visitor { session, member }),
            Err(problem) => return problem.into_response(),
        },
        None => None,
    };
    if !who.admits(visitor.as_ref(), &site.config.members) {
        return turn_away(who, visitor.as_ref(), &request, &site.config.members);
    }
    if let Some(visitor) = visitor {
        request.extensions_mut().insert(visitor);
    }
    next.run(request).await
}

/// A members' place answers an applicant as it answers a stranger; a staff place answers a member as if it were not
/// there. A member whose class may not do this is told why, and what to do.
fn turn_away(who: Who, visitor: Option<&Visitor>, request: &Request, choices: &Choices) -> Response {
    let is_page = !is_for_programs(request.uri().path());
    match (who, visitor) {
        // Who may not even read is led to the page that says why.
        (Who::May(_), Some(visitor)) if is_page && !visitor.member.is_clinician() => {
            Redirect::to(home_of(&visitor.member)).into_response()
        }
        (Who::May(action), Some(visitor)) if visitor.member.class().is_some() => {
            let why = visitor.member.ask(action, choices).err();
            why.unwrap_or(Problem::SignIn).into_response()
        }
        (Who::Verifier | Who::Moderator | Who::Admin | Who::Privacy, Some(_)) => Problem::NotFound.into_response(),
        _ if is_for_programs(request.uri().path()) => Problem::SignIn.into_response(),
        (_, Some(visitor)) => Redirect::to(home_of(&visitor.member)).into_response(),
        (_, None) => {
            let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
            let back = if request.method() == axum::http::Method::GET && wanted != "/" {
                let next: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
                format!("/sign-in?next={next}")
            } else {
                "/sign-in".to_owned()
            };
            Redirect::to(&back).into_response()
        }
    }
}

/// Where a member belongs.
pub fn home_of(member: &Member) -> &'static str {
    if member.is_clinician() {
        "/"
    } else if member.class().is_some() && !member.is_staff() {
        "/membership"
    } else if member.has(Role::Verifier) {
        "/verify"
    } else if member.has(Role::Moderator) {
        "/moderation"
    } else if member.has(Role::Admin) {
        "/admin"
    } else if member.has(Role::Privacy) {
        "/privacy"
    } else {
        "/application"
    }
}

/// Whether problems are answered as JSON.
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path == "/live"
}

/// The visitor behind a request that passed the guard.
fn visitor(parts: &Parts) -> Result<Visitor> {
    parts.extensions.get::<Visitor>().cloned().ok_or(Problem::SignIn)
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Visitor> {
        visitor(parts)
    }
}

/// A visitor or nobody; for pages that are open to all.
pub struct Perhaps(pub Option<Visitor>);

impl Perhaps {
    pub fn member(&self) -> Option<&Member> {
        self.0.as_ref().map(|visitor| &visitor.member)
    }
}

impl FromRequestParts<Site> for Perhaps {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> std::result::Result<Perhaps, std::convert::Infallible> {
        Ok(Perhaps(visitor(parts).ok()))
    }
}

macro_rules! extract {
    ($($proof:ident by $door:ident),+ $(,)?) => {$(
        impl FromRequestParts<Site> for $proof {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<$proof> {
                visitor(parts)?.member.$door()
            }
        }
    )+};
}

impl FromRequestParts<Site> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Writer> {
        visitor(parts)?.member.writer(&site.config.members)
    }
}

extract!(Clinician by clinician, Verifier by verifier, Moderator by moderator, Admin by admin, Privacy by privacy);

impl FromRequestParts<Site> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Member> {
        Ok(visitor(parts)?.member)
    }
}
