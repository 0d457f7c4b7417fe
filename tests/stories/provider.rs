//! Signing in at an identity provider of the profession: an issuer runs here, tells the truth, and lies in every way.

use crate::each_db;
use crate::evidence::apply;
use crate::support::{Answer, House, Person, Plan};
use axum::extract::{Form, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use collegium::base::clock::MINUTE;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, LazyLock, Mutex};

each_db!(with_issuer() =>
    the_provider_lets_one_in_at_once,
    what_a_provider_asserts_is_checked,
    a_sign_in_serves_once_and_for_whom_it_was_begun,
);

/// What an issuer can do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    None,
    Audience,
    Issuer,
    Nonce,
    Expired,
    Unsigned,
    /// Signed with the client's secret, which more than the provider know.
    SharedSecret,
    OtherKey,
    ChangedAfter,
    OtherNumber,
    NoNumber,
    LowLevel,
    NoLevel,
}

struct Desk {
    lie: Lie,
    /// By code: nonce, challenge, the number that is asserted.
    codes: HashMap<String, (String, String, String)>,
    made: u32,
    now: i64,
}

#[derive(Clone)]
struct Issuer {
    url: String,
    desk: Arc<Mutex<Desk>>,
}

/// Bound before the house is configured; served once its story begins.
static BOUND: LazyLock<Mutex<HashMap<u16, TcpListener>>> = LazyLock::new(Mutex::default);

fn with_issuer() -> Plan {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    BOUND.lock().unwrap().insert(port, listener);
    let more = format!(
        "[[admission.providers]]\ncode = \"pro-card\"\nname = \"The Society's Card\"\nissuer = \"http://127.0.0.1:{port}\"\n\
         client_id = \"collegium\"\nregister = \"gmc\"\nnumber = [\"registrations\", \"0\", \"number\"]\nprefix = \"GMC-\"\n\
         levels = [\"substantial\", \"high\"]\n"
    );
    Plan { more: Box::leak(more.into_boxed_str()), ..Plan::default() }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).expect("a key")
}

impl Issuer {
    async fn open(house: &House) -> Issuer {
        let issuer = &house.site().config.admission.providers[0].issuer;
        let listener = BOUND.lock().unwrap().remove(&issuer.port().expect("a port")).expect("bound before");
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let now = house.clock.now().millis() / 1_000;
        let desk = Arc::new(Mutex::new(Desk { lie: Lie::None, codes: HashMap::new(), made: 0, now }));
        let issuer = Issuer { url: issuer.as_str().trim_end_matches('/').to_owned(), desk };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    fn lie(&self, lie: Lie) {
        self.desk.lock().unwrap().lie = lie;
    }

    /// Somebody signs in: the code that the browser brings back, and the state.
    fn sign_in(&self, url: &str, number: &str) -> (String, String) {
        let url = url::Url::parse(url).expect("an address");
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert!(url.as_str().starts_with(&format!("{}/authorize?", self.url)), "{url}");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].contains("openid") && asked["acr_values"].contains("substantial"), "{asked:?}");
        let mut desk = self.desk.lock().unwrap();
        desk.made += 1;
        let code = format!("code-{}", desk.made);
        let bound = (asked["nonce"].clone(), asked["code_challenge"].clone(), number.to_owned());
        desk.codes.insert(code.clone(), bound);
        (code, asked["state"].clone())
    }
}

async fn describe(State(issuer): State<Issuer>) -> Json<Value> {
    let url = &issuer.url;
    Json(json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "none", "HS256"],
    }))
}

async fn keys() -> Json<Value> {
    let point = key(7).verifying_key().to_encoded_point(false);
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Json(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one",
        "x": part(point.x().unwrap()), "y": part(point.y().unwrap()) }] }))
}

async fn token(
    State(issuer): State<Issuer>,
    Form(asked): Form<HashMap<String, String>>,
) -> Result<Json<Value>, axum::http::StatusCode> {
    let mut desk = issuer.desk.lock().unwrap();
    // Each code once, and only with the verifier behind its challenge.
    let bound = asked.get("code").and_then(|code| desk.codes.remove(code));
    let (nonce, challenge, number) = bound.ok_or(axum::http::StatusCode::BAD_REQUEST)?;
    let verifier = asked.get("code_verifier").map(String::as_str).unwrap_or_default();
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != challenge {
        return Err(axum::http::StatusCode::BAD_REQUEST);
    }
    let (lie, now) = (desk.lie, desk.now);
    let mut claims = json!({
        "iss": issuer.url, "aud": "collegium", "sub": "a-person", "iat": now, "exp": now + 300, "nonce": nonce,
        "acr": "substantial", "registrations": [{ "number": format!("GMC-{number}") }],
    });
    match lie {
        Lie::Audience => claims["aud"] = json!("somebody-else"),
        Lie::Issuer => claims["iss"] = json!("https://evil.example"),
        Lie::Nonce => claims["nonce"] = json!("another"),
        Lie::Expired => claims["exp"] = json!(now - 1),
        Lie::OtherNumber => claims["registrations"][0]["number"] = json!("GMC-9810101"),
        Lie::NoNumber => claims["registrations"] = json!([]),
        Lie::LowLevel => claims["acr"] = json!("low"),
        Lie::NoLevel => drop(claims.as_object_mut().unwrap().remove("acr")),
        _ => {}
    }
    let algorithm = match lie {
        Lie::Unsigned => "none",
        Lie::SharedSecret => "HS256",
        _ => "ES256",
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let said = format!("{}.{}", part(&json!({ "alg": algorithm, "kid": "one", "typ": "JWT" })), part(&claims));
    let signature = match lie {
        Lie::Unsigned => Vec::new(),
        Lie::SharedSecret => {
            use hmac::{KeyInit, Mac};
            let mut mac = hmac::Hmac::<Sha256>::new_from_slice(b"collegium").unwrap();
            mac.update(said.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Lie::OtherKey => <SigningKey as Signer<Signature>>::sign(&key(8), said.as_bytes()).to_bytes().to_vec(),
        _ => <SigningKey as Signer<Signature>>::sign(&key(7), said.as_bytes()).to_bytes().to_vec(),
    };
    let said = if lie == Lie::ChangedAfter {
        claims["registrations"][0]["number"] = json!("GMC-9810115");
        claims["acr"] = json!("high");
        format!("{}.{}", said.split('.').next().unwrap(), part(&claims))
    } else {
        said
    };
    let id_token = format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature));
    Ok(Json(
        json!({ "access_token": "an-access-token", "token_type": "Bearer", "expires_in": 300, "id_token": id_token }),
    ))
}

/// Begins; the address that the page leads to.
async fn begin(person: &Person) -> String {
    let page = person.form("/application/provider/pro-card", &[]).await.is(200).shows("On to The Society");
    let text = page.text();
    let url = text.split("href=\"").find(|part| part.starts_with("http://127.0.0.1")).expect("a way on");
    url.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

async fn come_back(person: &Person, code: &str, state: &str) -> Answer {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs([("code", code), ("state", state)]).finish();
    person.get(&format!("/application/provider/return?{query}")).await
}

async fn the_provider_lets_one_in_at_once(house: &House) {
    let issuer = Issuer::open(house).await;
    let oyin = house.member("oyin").await;
    oyin.form("/application/provider/pro-card", &[]).await.is(409);
    apply(&oyin).await;
    oyin.get("/application/evidence").await.is(200).shows("Sign in with your profession").shows("The Society");
    oyin.form("/application/provider/nowhere", &[]).await.is(404);
    let url = begin(&oyin).await;
    let (code, state) = issuer.sign_in(&url, "9810115");
    come_back(&oyin, &code, &state).await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
    let letters = house.letters_to("oyin@story.example").await;
    assert!(letters.iter().any(|(subject, _)| subject == "You are admitted"), "{letters:?}");
    assert_eq!(
        house.count("select count(*) from applications where decided_by is null and state = 'admitted'").await,
        1
    );
    // Neither nonce, verifier nor code lies in the tables.
    let all = crate::support::traces::everything(house).await;
    let asked: HashMap<String, String> = url::Url::parse(&url).unwrap().query_pairs().into_owned().collect();
    assert!(!all.contains(&asked["nonce"]) && !all.contains(state.split('.').nth(1).unwrap()));
}

async fn what_a_provider_asserts_is_checked(house: &House) {
    let issuer = Issuer::open(house).await;
    let oyin = house.member("oyin").await;
    apply(&oyin).await;
    for (lie, words) in [
        (Lie::Audience, "could not be confirmed"),
        (Lie::Issuer, "could not be confirmed"),
        (Lie::Nonce, "could not be confirmed"),
        (Lie::Expired, "could not be confirmed"),
        (Lie::Unsigned, "could not be confirmed"),
        (Lie::SharedSecret, "could not be confirmed"),
        (Lie::OtherKey, "could not be confirmed"),
        (Lie::ChangedAfter, "could not be confirmed"),
        (Lie::LowLevel, "did not make sure enough"),
        (Lie::NoLevel, "did not make sure enough"),
        (Lie::NoNumber, "did not say your registration number"),
        (Lie::OtherNumber, "another registration number"),
    ] {
        issuer.lie(lie);
        let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810115");
        let answer = come_back(&oyin, &code, &state).await;
        assert_eq!(answer.status, 409, "{lie:?}: {answer}");
        assert!(answer.has(words), "{lie:?}: {answer}");
        oyin.get("/api/v1/rooms").await.problem(401, "sign-in");
    }
    assert_eq!(house.count("select count(*) from evidence where state = 'counted'").await, 0);
    assert_eq!(house.count("select count(*) from evidence where kind = 'provider' and state = 'refused'").await, 1);
    // Somebody else's true sign-in asserts somebody else's number.
    issuer.lie(Lie::None);
    let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810101");
    come_back(&oyin, &code, &state).await.is(409).shows("another registration number");
    oyin.get("/application/provider/return?error=access_denied").await.is(409).shows("without having signed in");
    // And the truth still counts.
    let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810115");
    come_back(&oyin, &code, &state).await.is(303);
    oyin.get("/api/v1/rooms").await.is(200);
}

async fn a_sign_in_serves_once_and_for_whom_it_was_begun(house: &House) {
    let issuer = Issuer::open(house).await;
    let [oyin, nils] = [house.member("oyin").await, house.member("nils").await];
    apply(&oyin).await;
    apply(&nils).await;
    let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810115");
    // Another account's browser, a changed state, none.
    come_back(&nils, &code, &state).await.is(409).shows("begun by somebody else");
    come_back(&oyin, &code, &format!("{state}x")).await.is(409);
    come_back(&oyin, &code, "").await.is(409);
    let other = issuer.sign_in(&begin(&nils).await, "9810114");
    // A code under another sign-in's state has another challenge and nonce.
    come_back(&oyin, &other.0, &state).await.is(409).shows("could not be confirmed");
    // That used the state up; the right code comes too late.
    come_back(&oyin, &code, &state).await.is(409).shows("used already");
    // Too slow.
    let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810115");
    house.advance(11 * MINUTE);
    come_back(&oyin, &code, &state).await.is(409).shows("took too long");
    issuer.desk.lock().unwrap().now = house.clock.now().millis() / 1_000;
    // Once, then never again: neither the same answer nor the same code under a new state.
    let (code, state) = issuer.sign_in(&begin(&oyin).await, "9810115");
    come_back(&oyin, &code, &state).await.is(303);
    come_back(&oyin, &code, &state).await.is(409);
    let fresh = issuer.sign_in(&begin(&nils).await, "9810114");
    come_back(&nils, &code, &fresh.1).await.is(409);
    nils.get("/api/v1/rooms").await.problem(401, "sign-in");
    // A provider that is away is no dead end.
    nils.get("/application/evidence").await.is(200).shows("A document").shows("Ask for a call");
}
