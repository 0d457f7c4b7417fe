//! The door: signing up, confirming, signing in and out, the fresh proof, the first administrator.

use super::{field, for_form, safe_next, see};
use crate::accounts::Member;
use crate::auth::{SignIn, join, passkey, recovery, session, throttle};
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use crate::web::body::Fields;
use crate::web::edge::{page, page_with};
use crate::web::form::Field;
use crate::web::guard::{self, Perhaps, Visitor};
use crate::web::pages::confirm::ConfirmPage;
use crate::web::pages::first_admin::FirstAdminPage;
use crate::web::pages::join::JoinPage;
use crate::web::pages::join_sent::JoinSentPage;
use crate::web::pages::set_password::SetPasswordPage;
use crate::web::pages::sign_in::{DemoAccount, SignInPage};
use crate::web::pages::step_up::StepUpPage;
use crate::web::server::From;
use crate::web::shell::Place;
use crate::web::site::Site;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;

type Asked = Query<HashMap<String, String>>;

pub async fn sign_in_page(State(site): State<Site>, visitor: Perhaps, Query(asked): Asked) -> Result<Response> {
    if let Some(member) = visitor.member() {
        return Ok(see(guard::home_of(member)));
    }
    let mut form = sign_in_form(&site, safe_next(asked.get("next").map_or("/", String::as_str))).await?;
    form.notice = match (asked.contains_key("quiet"), asked.contains_key("signed-out")) {
        (true, _) => Some(SignInPage::QUIET.to_owned()),
        (false, true) => Some(SignInPage::SIGNED_OUT.to_owned()),
        (false, false) => None,
    };
    Ok(page(form))
}

async fn sign_in_form(site: &Site, next: String) -> Result<SignInPage> {
    Ok(SignInPage {
        shell: site.shell(None, "Sign in", Place::Elsewhere).await?,
        email: Field::default(),
        password: Field::default(),
        shared: false,
        next,
        problem: None,
        notice: None,
        demo_accounts: site
            .demo
            .iter()
            .flatten()
            .map(|account| DemoAccount {
                name: account.name.clone(),
                role: account.role.clone(),
                email: account.email.clone(),
                password: account.password.clone(),
            })
            .collect(),
    })
}

pub async fn sign_in(
    State(site): State<Site>,
    Extension(from): Extension<From>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let next = safe_next(fields.get("next"));
    let by = SignIn { device: device(&headers), shared: fields.has("shared") };
    let password = Secret::new(fields.take("password"));
    let tried = match throttle::ask_address(&site.log, &client(&site, from, &headers)).await {
        Ok(()) => site.passwords.sign_in(&site.log, fields.get("email"), &password, by).await,
        Err(problem) => Err(problem),
    };
    match tried {
        Ok((_, token)) => Ok(with_cookie(see(&next), &guard::cookie(&site, &token))),
        Err(problem) => {
            if matches!(problem, Problem::Refused(_)) {
                throttle::count_address(&site.log, &client(&site, from, &headers)).await?;
            }
            let status = crate::web::edge::status(&problem);
            let (faults, whole) = for_form(problem)?;
            let mut form = sign_in_form(&site, next).await?;
            form.email = Field::typed(fields.take("email"));
            form.shared = fields.has("shared");
            form.problem = whole.or_else(|| faults.first().map(|fault| fault.words.clone()));
            Ok(page_with(if status == StatusCode::CONFLICT { StatusCode::UNPROCESSABLE_ENTITY } else { status }, form))
        }
    }
}

pub async fn sign_out(State(site): State<Site>, visitor: Perhaps) -> Result<Response> {
    if let Some(visitor) = visitor.0 {
        match session::end(&site.log, &visitor.member, &visitor.session.id).await {
            Ok(()) | Err(Problem::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let mut answer = with_cookie(see("/sign-in?signed-out"), &guard::no_cookie(&site));
    // A shared ward computer keeps nothing of what was read.
    answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(answer)
}

pub async fn join_page(State(site): State<Site>) -> Result<Response> {
    Ok(page(JoinPage {
        shell: site.shell(None, "Join", Place::Elsewhere).await?,
        name: Field::default(),
        email: Field::default(),
        password: Field::default(),
        problem: None,
    }))
}

pub async fn join(
    State(site): State<Site>,
    Extension(from): Extension<From>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response> {
    let address = client(&site, from, &headers);
    throttle::ask_address(&site.log, &address).await?;
    let password = Secret::new(fields.take("password"));
    match join::join(&site.log, &site.passwords, fields.get("name"), fields.get("email"), &password).await {
        Ok(()) => {
            throttle::count_address(&site.log, &address).await?;
            Ok(page(JoinSentPage {
                shell: site.shell(None, "Check your mail", Place::Elsewhere).await?,
                email: fields.take("email"),
            }))
        }
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            Ok(page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                JoinPage {
                    shell: site.shell(None, "Join", Place::Elsewhere).await?,
                    name: field(fields.take("name"), "name", &faults),
                    email: field(fields.take("email"), "email", &faults),
                    password: field(String::new(), "password", &faults),
                    problem: whole,
                },
            ))
        }
    }
}

/// Shows one button: mail scanners follow links, and following consumes nothing.
pub async fn confirm_page(State(site): State<Site>, Query(asked): Asked) -> Result<Response> {
    let token = asked.get("token").cloned().unwrap_or_default();
    let shell = site.shell(None, "Confirm your address", Place::Elsewhere).await?;
    Ok(page(ConfirmPage { shell, is_spent: token.is_empty(), token }))
}

pub async fn confirm(State(site): State<Site>, fields: Fields) -> Result<Response> {
    match join::confirm(&site.log, &site.key, fields.get("token")).await {
        Ok(_) => Ok(see("/sign-in?next=/application")),
        Err(Problem::NotFound | Problem::Conflict { .. }) => {
            let shell = site.shell(None, "Confirm your address", Place::Elsewhere).await?;
            Ok(page_with(StatusCode::CONFLICT, ConfirmPage { shell, token: String::new(), is_spent: true }))
        }
        Err(other) => Err(other),
    }
}

pub async fn step_up_page(State(site): State<Site>, visitor: Visitor, Query(asked): Asked) -> Result<Response> {
    let next = safe_next(asked.get("next").map_or("/", String::as_str));
    Ok(page(step_up_form(&site, &visitor.member, next).await?))
}

async fn step_up_form(site: &Site, member: &Member, next: String) -> Result<StepUpPage> {
    let has_passkey = !passkey::of_member(&site.log, member).await?.is_empty();
    let grave = next.starts_with("/moderation") || next.starts_with("/admin") || next.starts_with("/verify");
    Ok(StepUpPage {
        shell: site.shell(Some(member), "Show that it is you", Place::Elsewhere).await?,
        email: member.account().email.clone(),
        deed: next.starts_with("/moderation").then(|| "remove a post for good".to_owned()),
        lasts: "10 minutes".to_owned(),
        has_passkey,
        may_use_password: !(grave && site.strong_proof()),
        password: Field::default(),
        problem: None,
        next,
    })
}

pub async fn step_up(State(site): State<Site>, visitor: Visitor, fields: Fields) -> Result<Response> {
    let next = safe_next(fields.get("next"));
    let password = Secret::new(fields.take("password"));
    match site.passwords.prove(&site.log, &visitor.member, &visitor.session, &password).await {
        Ok(()) => Ok(see(&next)),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            let mut form = step_up_form(&site, &visitor.member, next).await?;
            form.password = field(String::new(), "password", &faults);
            form.problem = whole;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, form))
        }
    }
}

pub async fn first_admin_page(State(site): State<Site>, Query(asked): Asked) -> Result<Response> {
    let token = asked.get("token").cloned().unwrap_or_default();
    if !join::may_be_first_admin(&site.log, &site.key, &token).await? {
        return Err(Problem::NotFound);
    }
    Ok(page(FirstAdminPage {
        shell: site.shell(None, "The first administrator", Place::Elsewhere).await?,
        token: Field::typed(token),
        name: Field::default(),
        email: Field::default(),
        password: Field::default(),
        problem: None,
    }))
}

pub async fn first_admin(State(site): State<Site>, fields: Fields) -> Result<Response> {
    let password = Secret::new(fields.take("password"));
    let made = join::first_admin(
        &site.log,
        &site.passwords,
        &site.key,
        fields.get("token"),
        fields.get("name"),
        fields.get("email"),
        &password,
    )
    .await;
    match made {
        Ok(_) => Ok(see("/sign-in?next=/settings")),
        Err(problem) => {
            let (faults, whole) = for_form(problem)?;
            Ok(page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                FirstAdminPage {
                    shell: site.shell(None, "The first administrator", Place::Elsewhere).await?,
                    token: Field::typed(fields.take("token")),
                    name: field(fields.take("name"), "name", &faults),
                    email: field(fields.take("email"), "email", &faults),
                    password: field(String::new(), "password", &faults),
                    problem: whole,
                },
            ))
        }
    }
}

pub async fn set_password_page(State(site): State<Site>, Query(asked): Asked) -> Result<Response> {
    let token = asked.get("token").cloned().unwrap_or_default();
    let is_spent = recovery::owner(&site.log, &site.key, &token).await?.is_none();
    let shell = site.shell(None, "A new password", Place::Elsewhere).await?;
    Ok(page(SetPasswordPage { shell, token, password: Field::default(), is_spent }))
}

pub async fn set_password(State(site): State<Site>, fields: Fields) -> Result<Response> {
    let (token, chosen) = (fields.take("token"), Secret::new(fields.take("password")));
    match recovery::set_password(&site.log, &site.passwords, &site.key, &token, &chosen).await {
        Ok(()) => Ok(see("/sign-in")),
        Err(Problem::NotFound) => {
            let shell = site.shell(None, "A new password", Place::Elsewhere).await?;
            let spent = SetPasswordPage { shell, token: String::new(), password: Field::default(), is_spent: true };
            Ok(page_with(StatusCode::CONFLICT, spent))
        }
        Err(problem) => {
            let (faults, _) = for_form(problem)?;
            let shell = site.shell(None, "A new password", Place::Elsewhere).await?;
            let password = field(String::new(), "password", &faults);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, SetPasswordPage { shell, token, password, is_spent: false }))
        }
    }
}

/// Puts a cookie on an answer.
pub fn with_cookie(mut answer: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer.into_response()
}

/// Where a request comes from: the peer, or what a trusted proxy says it is (the rightmost address not our own).
pub fn client(site: &Site, From(peer): From, headers: &HeaderMap) -> String {
    let trusted = |ip: &std::net::IpAddr| site.config.trusted_proxies.contains(ip);
    if !trusted(&peer.ip()) {
        return peer.ip().to_string();
    }
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse::<std::net::IpAddr>().ok())
        .rfind(|ip| !trusted(ip))
        .unwrap_or_else(|| peer.ip())
        .to_string()
}

/// The browser and system in words; never the whole user-agent.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let find = |pairs: &[(&str, &str)]| {
        pairs.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "A program".to_owned(),
    }
}
