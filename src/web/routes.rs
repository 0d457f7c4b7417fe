//! Every address of the house, declared once: who may use it and what answers. The router, the API's description and the
//! table that the tests run over are all made from here; a route that is not here does not exist.

use super::api::openapi::{self, Described};
use super::api::{
    applications, check, decisions as api_decisions, evidence as api_evidence, held as api_held,
    membership as api_membership, moderation as api_moderation, reading, search as api_search, session as api_session,
    writing,
};
use super::edge::edge;
use super::guard::{Who, guard};
use super::handlers::{
    admin, case, correction, decisions, demo, desk, doubts, duty, entry, evidence, held, house, live, membership,
    moderation, notices, passkeys, posts, privacy, proof, record, removal, rooms, search, settings, threads, trail,
    verification, verify, vouching,
};
use super::metrics::Metrics;
use super::site::Site;
use crate::accounts::Action;
use axum::Router;
use axum::handler::Handler;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};
use utoipa::openapi::path::HttpMethod;

/// One address and method.
pub struct Route {
    pub method: &'static str,
    pub path: String,
    pub who: Who,
    /// For the API: what it says of itself.
    pub described: Option<Described>,
    handler: MethodRouter<Site>,
}

fn route<H, T>(method: MethodFilter, name: &'static str, path: &str, who: Who, handler: H) -> Route
where
    H: Handler<T, Site>,
    T: 'static,
{
    Route { method: name, path: path.to_owned(), who, described: None, handler: on(method, handler) }
}

fn get<H: Handler<T, Site>, T: 'static>(path: &str, who: Who, handler: H) -> Route {
    route(MethodFilter::GET, "GET", path, who, handler)
}

fn post<H: Handler<T, Site>, T: 'static>(path: &str, who: Who, handler: H) -> Route {
    route(MethodFilter::POST, "POST", path, who, handler)
}

fn api<P, H, T>(who: Who, handler: H) -> Route
where
    P: utoipa::Path + utoipa::__dev::SchemaReferences,
    H: Handler<T, Site>,
    T: 'static,
{
    let described = Described::of::<P>();
    let (method, name) = match described.method {
        HttpMethod::Post => (MethodFilter::POST, "POST"),
        HttpMethod::Patch => (MethodFilter::PATCH, "PATCH"),
        HttpMethod::Delete => (MethodFilter::DELETE, "DELETE"),
        _ => (MethodFilter::GET, "GET"),
    };
    Route { method: name, path: described.path.clone(), who, handler: on(method, handler), described: Some(described) }
}

/// All of them.
pub fn routes() -> Vec<Route> {
    use Action::{Export, Flag, Post, Read, Search, Vouch, Watch};
    use Who::*;
    vec![
        // The door.
        get("/sign-in", Anyone, entry::sign_in_page),
        post("/sign-in", Anyone, entry::sign_in),
        post("/sign-in/passkey/start", Anyone, passkeys::start_sign_in),
        post("/sign-in/passkey/finish", Anyone, passkeys::finish_sign_in),
        post("/sign-out", Anyone, entry::sign_out),
        get("/join", Anyone, entry::join_page),
        post("/join", Anyone, entry::join),
        get("/join/confirm", Anyone, entry::confirm_page),
        post("/join/confirm", Anyone, entry::confirm),
        get("/first-administrator", Anyone, entry::first_admin_page),
        post("/first-administrator", Anyone, entry::first_admin),
        get("/set-password", Anyone, entry::set_password_page),
        post("/set-password", Anyone, entry::set_password),
        get("/help", Anyone, house::help),
        get("/demo/outbox", Anyone, demo::outbox),
        get("/assets/{*path}", Anyone, house::asset),
        get("/healthz", Anyone, house::healthz),
        get("/readyz", Anyone, house::readyz),
        // One's own things.
        get("/step-up", Member, entry::step_up_page),
        post("/step-up", Member, entry::step_up),
        post("/step-up/passkey/start", Member, passkeys::start_step_up),
        post("/step-up/passkey/finish", Member, passkeys::finish_step_up),
        get("/settings", Member, settings::show),
        post("/settings/passkeys/start", Member, passkeys::start_add),
        post("/settings/passkeys/finish", Member, passkeys::finish_add),
        post("/settings/passkeys/{id}/rename", Member, settings::rename_passkey),
        post("/settings/passkeys/{id}/removal", Member, settings::remove_passkey),
        post("/settings/sessions/end-others", Member, settings::end_other_sessions),
        post("/settings/sessions/{id}/end", Member, settings::end_session),
        post("/settings/interests", Member, settings::declare),
        post("/settings/interests/{id}/end", Member, settings::end_interest),
        post("/settings/theme", Member, settings::theme),
        post("/settings/password", Member, settings::password),
        get("/membership", Member, membership::own),
        post("/membership/attestation", Member, membership::attest),
        post("/membership/appeal", Member, membership::appeal),
        get("/membership/decisions", Member, decisions::own),
        post("/membership/decisions/{decision}/appeal", Member, decisions::appeal),
        get("/membership/fhir", May(Export), membership::export),
        get("/application", Member, verification::own),
        post("/application", Member, verification::apply),
        post("/application/correction", Member, correction::correct),
        post("/application/reply", Member, verification::answer_question),
        get("/application/evidence", Member, evidence::show),
        post("/application/evidence/documents", Member, evidence::give),
        post("/application/evidence/{id}/withdrawal", Member, evidence::withdraw),
        post("/application/evidence/call", Member, evidence::ask_call),
        post("/application/provider/{id}", Member, evidence::begin_provider),
        get("/application/provider/return", Member, evidence::end_provider),
        get("/link", Anyone, evidence::link_page),
        post("/link", Anyone, evidence::follow_link),
        post("/link/denial", Anyone, evidence::deny_link),
        get("/vouch/{id}", May(Vouch), vouching::plea),
        post("/vouch/{id}", May(Vouch), vouching::vouch_for),
        get("/vouches", May(Read), vouching::own),
        post("/vouches/{id}/retraction", May(Read), vouching::retract),
        // The discussion.
        get("/", May(Read), rooms::all),
        get("/rooms/{room}", May(Read), rooms::one),
        get("/new", May(Post), threads::new_page),
        post("/new", May(Post), threads::start),
        get("/threads/{id}", May(Read), threads::show),
        post("/threads/{id}/posts", May(Post), threads::reply),
        get("/posts/{id}/edit", May(Post), posts::edit_page),
        post("/posts/{id}/edit", May(Post), posts::edit),
        get("/posts/{id}/revisions", May(Read), posts::revisions),
        get("/posts/{id}/flag", May(Flag), posts::flag_page),
        post("/posts/{id}/flag", May(Flag), posts::flag),
        get("/held", May(Read), held::own),
        get("/held/{post}", May(Read), held::own_one),
        post("/held/{post}/withdrawal", May(Read), held::withdraw),
        get("/members/{id}", May(Read), membership::one),
        get("/search", May(Search), search::show),
        get("/live", May(Watch), live::open),
        // Staff.
        get("/verify", Verifier, desk::queue),
        get("/verify/members/{id}", Verifier, doubts::show),
        post("/verify/members/{id}", Verifier, doubts::settle),
        get("/verify/{id}", Verifier, verify::dossier),
        post("/verify/{id}", Verifier, verify::decide),
        get("/verify/{id}/documents/{evidence}", Verifier, proof::document),
        post("/verify/{id}/documents/{evidence}", Verifier, proof::judge),
        get("/verify/{id}/documents/{evidence}/pages/{sheet}", Verifier, proof::document_sheet),
        post("/verify/{id}/live-checks", Verifier, proof::live_check),
        post("/verify/{id}/links", Verifier, proof::send_link),
        post("/verify/{id}/vouches/{evidence}", Verifier, proof::judge_vouch),
        get("/moderation", Moderator, moderation::queue),
        get("/moderation/audit", Moderator, trail::trail),
        get("/moderation/held/{post}", Moderator, held::exhibit),
        post("/moderation/held/{post}/release", Moderator, held::release),
        post("/moderation/held/{post}/return", Moderator, held::give_back),
        // Read by the data-protection officer and administrators too; the handler asks.
        get("/moderation/rota", Member, duty::rota),
        post("/moderation/rota", Moderator, duty::take),
        post("/moderation/rota/end", Moderator, duty::leave),
        get("/moderation/drills/{drill}", Moderator, duty::drill),
        post("/moderation/drills/{drill}", Moderator, duty::answer_drill),
        get("/moderation/{post}", Moderator, case::show),
        get("/moderation/{post}/removal", Moderator, removal::removal),
        get("/moderation/past", Moderator, moderation::past),
        get("/moderation/decisions/{decision}", Moderator, decisions::show),
        post("/moderation/decisions/{decision}", Moderator, decisions::answer),
        post("/moderation/{post}/measures/{measure}", Moderator, case::take),
        post("/moderation/{post}/claim", Moderator, case::give_back),
        // After a breach.
        get("/notices", Member, notices::own),
        post("/notices/{post}", Member, notices::answer),
        get("/record", May(Read), record::show),
        get("/privacy", Privacy, privacy::list),
        get("/privacy/{post}", Privacy, privacy::show),
        post("/privacy/{post}/decision", Privacy, privacy::decide),
        post("/privacy/{post}/downloads", Privacy, privacy::download),
        post("/privacy/{post}/package", Privacy, privacy::package),
        get("/admin", Admin, admin::show),
        post("/admin/accounts/{id}/roles", Admin, admin::roles),
        post("/admin/accounts/{id}/suspension", Admin, admin::suspension),
        post("/admin/rooms", Admin, admin::open_room),
        // The API.
        get("/api/v1/openapi.json", Anyone, describe),
        api::<api_session::__path_begin, _, _>(Anyone, api_session::begin),
        api::<api_session::__path_end, _, _>(Member, api_session::end),
        api::<reading::__path_rooms, _, _>(May(Read), reading::rooms),
        api::<reading::__path_threads, _, _>(May(Read), reading::threads),
        api::<writing::__path_start, _, _>(May(Post), writing::start),
        api::<reading::__path_thread, _, _>(May(Read), reading::thread),
        api::<writing::__path_reply, _, _>(May(Post), writing::reply),
        api::<writing::__path_change, _, _>(May(Post), writing::change),
        api::<check::__path_check, _, _>(May(Post), check::check),
        api::<api_search::__path_search, _, _>(May(Search), api_search::search),
        api::<api_moderation::__path_flag, _, _>(May(Flag), api_moderation::flag),
        api::<api_moderation::__path_queue, _, _>(Moderator, api_moderation::queue),
        api::<api_moderation::__path_remove, _, _>(Moderator, api_moderation::remove),
        api::<api_moderation::__path_restore, _, _>(Moderator, api_moderation::restore),
        api::<api_decisions::__path_take, _, _>(Moderator, api_decisions::take),
        api::<api_decisions::__path_answer, _, _>(Moderator, api_decisions::answer),
        api::<api_decisions::__path_own, _, _>(Member, api_decisions::own),
        api::<api_decisions::__path_appeal, _, _>(Member, api_decisions::appeal),
        api::<api_held::__path_own, _, _>(May(Read), api_held::own),
        api::<api_held::__path_withdraw, _, _>(May(Read), api_held::withdraw),
        api::<api_held::__path_show, _, _>(Moderator, api_held::show),
        api::<api_held::__path_release, _, _>(Moderator, api_held::release),
        api::<api_held::__path_give_back, _, _>(Moderator, api_held::give_back),
        api::<api_membership::__path_own, _, _>(May(Export), api_membership::own),
        api::<api_membership::__path_one, _, _>(Admin, api_membership::one),
        api::<applications::__path_apply, _, _>(Member, applications::apply),
        api::<applications::__path_list, _, _>(Verifier, applications::list),
        api::<api_evidence::__path_own, _, _>(Member, api_evidence::own),
        api::<api_evidence::__path_give, _, _>(Member, api_evidence::give),
        api::<api_evidence::__path_send_link, _, _>(Verifier, api_evidence::send_link),
        api::<api_evidence::__path_live_check, _, _>(Verifier, api_evidence::live_check),
        api::<api_evidence::__path_vouch, _, _>(May(Vouch), api_evidence::vouch),
    ]
}

/// The API's description.
async fn describe() -> impl IntoResponse {
    let text = openapi::document(&routes()).to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text)
}

/// The router of all routes, each behind its guard, all behind the edge.
pub fn router(site: &Site, metrics: &Metrics) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let guarded = route.handler.layer(middleware::from_fn_with_state((site.clone(), route.who), guard));
        router = router.route(&route.path, guarded);
    }
    router
        .with_state(site.clone())
        .layer(middleware::from_fn_with_state((site.clone(), metrics.clone()), edge))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(fallen))
}

/// A panic in a handler: the location is in the log by the panic hook; what was being handled is not.
fn fallen(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "This did not work, and it is our fault.").into_response()
}
