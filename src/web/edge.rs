//! The edge: what every request passes and every answer carries. Same origin, headers, problems in the asker's own
//! form, one line in the log.

use super::guard;
use super::metrics::Metrics;
use super::pages::problem::ProblemPage;
use super::shell::Place;
use super::site::Site;
use crate::base::problem::Problem;
use askama::Template;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::time::Instant;

const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
require-trusted-types-for 'script'; trusted-types collegium";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: that would send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
    ),
];

/// What an answer says about a problem; the edge turns it into a page or into JSON.
#[derive(Clone)]
pub struct Told(pub Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(Told(Arc::new(self)));
        response
    }
}

/// The one match from what a person may be told to HTTP.
pub fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::SignIn => StatusCode::UNAUTHORIZED,
        Problem::NotAllowed(_) | Problem::StepUp => StatusCode::FORBIDDEN,
        Problem::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::Malformed(_) => StatusCode::BAD_REQUEST,
        Problem::Conflict { .. } => StatusCode::CONFLICT,
        Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::WrongType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Wraps the whole house.
pub async fn edge(State((site, metrics)): State<(Site, Metrics)>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let asked = Asked::of(&request);
    let answer = if foreign(&site, &request) {
        Problem::NotAllowed("This came from another site, or from no page at all.").into_response()
    } else if asked.wanted.contains("%00") {
        // No text of ours has a U+0000, and PostgreSQL refuses to look for one.
        unreadable().into_response()
    } else {
        let limit = std::time::Duration::from_secs(site.config.limits.request_seconds);
        // A photo takes minutes on a slow line.
        let limit = if asked.route.ends_with("/evidence/documents") { limit * 10 } else { limit };
        match tokio::time::timeout(limit, next.run(request)).await {
            Ok(answer) => answer,
            Err(_) => Problem::Busy.into_response(),
        }
    };
    let mut answer = tell(&site, &asked, answer).await;
    dress(&asked, answer.headers_mut(), &site);
    let took = began.elapsed();
    metrics.count(&asked.route, answer.status().as_u16(), took);
    tracing::info!(method = %asked.method, route = asked.route, status = answer.status().as_u16(),
        ms = took.as_millis() as u64, "answered");
    answer
}

/// What is needed of a request once it is answered.
struct Asked {
    method: Method,
    /// The route's pattern, never the address itself: that may hold what somebody searched for.
    route: String,
    path: String,
    wanted: String,
    json: bool,
}

impl Asked {
    fn of(request: &Request) -> Asked {
        let path = request.uri().path().to_owned();
        let accepts_json = request
            .headers()
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("json") && !value.contains("text/html"));
        Asked {
            method: request.method().clone(),
            route: request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned()),
            json: guard::is_for_programs(&path) || accepts_json,
            wanted: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            path,
        }
    }
}

/// Whether an unsafe request comes from elsewhere. A browser says so itself (`Sec-Fetch-Site`, `Origin`); without
/// either, a form with our cookie is refused, while JSON and other methods cannot be sent across sites unasked.
fn foreign(site: &Site, request: &Request) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let text = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(fetch) = text("sec-fetch-site") {
        return !matches!(fetch, "same-origin" | "none");
    }
    if let Some(origin) = text("origin") {
        return !same_origin(site, origin);
    }
    let form = text("content-type").is_some_and(|kind| {
        kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("multipart/form-data")
    });
    form && guard::has_cookie(site, request.headers())
}

/// Whether an `Origin` is ours. A house on this very machine answers to its number as well as to `localhost`.
pub fn same_origin(site: &Site, origin: &str) -> bool {
    let ours = site.config.public_url.origin().ascii_serialization();
    origin == ours || (site.config.is_local() && origin.replacen("127.0.0.1", "localhost", 1) == ours)
}

fn unreadable() -> Problem {
    Problem::Malformed("This address cannot be read: a part of it is missing or has the wrong form.".to_owned())
}

fn is_plain(answer: &Response) -> bool {
    answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Turns a problem into what the asker reads.
async fn tell(site: &Site, asked: &Asked, answer: Response) -> Response {
    let empty_refusal = answer.status().is_client_error() && answer.headers().get(header::CONTENT_TYPE).is_none();
    let problem = match answer.extensions().get::<Told>() {
        Some(Told(problem)) => Arc::clone(problem),
        None if empty_refusal && answer.status() == StatusCode::METHOD_NOT_ALLOWED => {
            return with_problem(
                StatusCode::METHOD_NOT_ALLOWED,
                asked,
                site,
                &Problem::NotFound,
                None,
                answer.headers(),
            )
            .await;
        }
        None if empty_refusal && answer.status() == StatusCode::NOT_FOUND => Arc::new(Problem::NotFound),
        // What axum itself says of a path or a query: plain words in its own terms.
        None if answer.status() == StatusCode::BAD_REQUEST && is_plain(&answer) => Arc::new(unreadable()),
        None => return answer,
    };
    let mut reference = None;
    if let Problem::Fault(cause) = &*problem {
        let id = crate::base::id::fresh(site.log.clock().now(), site.log.chance());
        let short = id[id.len() - 8..].to_uppercase();
        tracing::error!(reference = short, route = asked.route, %cause, "a fault of ours");
        reference = Some(short);
    }
    if !asked.json && matches!(*problem, Problem::StepUp) {
        let back = if asked.method == Method::GET { asked.wanted.clone() } else { parent(&asked.path) };
        let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        return Redirect::to(&format!("/step-up?next={next}")).into_response();
    }
    with_problem(status(&problem), asked, site, &problem, reference, answer.headers()).await
}

/// The page that a form stood on: its address without the last step; of a measure without both, and a decision's form
/// stands on its own page.
fn parent(path: &str) -> String {
    if path.starts_with("/moderation/decisions/") {
        return path.to_owned();
    }
    if let Some((post, _)) = path.rsplit_once("/measures/") {
        return post.to_owned();
    }
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
    }
}

async fn with_problem(
    status: StatusCode,
    asked: &Asked,
    site: &Site,
    problem: &Problem,
    reference: Option<String>,
    kept: &HeaderMap,
) -> Response {
    let mut answer = if asked.json {
        problem_json(status, problem, reference)
    } else {
        match site.shell(None, "", Place::Elsewhere).await {
            Ok(shell) => match ProblemPage::of(shell, status.as_u16(), problem, reference).render() {
                Ok(page) => (status, Html(page)).into_response(),
                Err(_) => (status, problem.to_string()).into_response(),
            },
            Err(_) => (status, problem.to_string()).into_response(),
        }
    };
    if let Some(allow) = kept.get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    if let Problem::TooMany { seconds } = problem
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    answer
}

/// RFC 9457.
fn problem_json(status: StatusCode, problem: &Problem, reference: Option<String>) -> Response {
    let mut body = serde_json::json!({
        "type": format!("urn:collegium:problem:{}", problem.code()),
        "title": status.canonical_reason().unwrap_or("Problem"),
        "status": status.as_u16(),
        "code": problem.code(),
        "detail": problem.to_string(),
    });
    if let Problem::Refused(faults) = problem {
        body["faults"] = serde_json::json!(faults);
    }
    if let Some(reference) = reference {
        body["reference"] = serde_json::json!(reference);
    }
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

/// The headers every answer carries.
fn dress(asked: &Asked, headers: &mut HeaderMap, site: &Site) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if site.config.public_url.scheme() == "https" {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains; preload"),
        );
    }
    if !asked.path.starts_with("/assets/") {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
}

/// Renders a page.
pub fn page<T: Template>(template: T) -> Response {
    page_with(StatusCode::OK, template)
}

/// Renders a page with a status: 422 for a form that comes back.
pub fn page_with<T: Template>(status: StatusCode, template: T) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(cause) => Problem::Fault(Box::new(cause)).into_response(),
    }
}
