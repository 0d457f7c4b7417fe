//! The protocol: OpenID Connect Core 1.0, code flow, PKCE (RFC 7636). Everything that a provider says is checked here:
//! issuer, audience, signature, times, nonce, level. Unsigned tokens and those signed with a shared secret are refused.

use super::Provider;
use crate::base::clock::Clock;
use crate::base::problem::{Problem, Result};
use crate::base::secret::Secret;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AsyncHttpClient, AuthenticationContextClass, AuthorizationCode, Client,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::pin::Pin;
use std::time::Duration;

/// What binds an answer to a question.
pub struct Secrets {
    pub state: String,
    pub nonce: Secret,
    pub verifier: Secret,
}

/// Every claim beside those that the protocol names.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claims(serde_json::Map<String, Value>);

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Party = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Signatures by the provider's own key. `none` and the shared-secret ones are not among them.
const SIGNED: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// Largest answer of a provider.
const MOST_BYTES: usize = 512 * 1024;

/// Asks a provider: short patience, no detours, no endless answers.
async fn ask(client: &reqwest::Client, request: HttpRequest) -> std::result::Result<HttpResponse, Refused> {
    let mut answer = client.execute(request.try_into()?).await?;
    let mut built = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        built = built.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > MOST_BYTES {
            return Err(Refused("an answer without end".to_owned()));
        }
    }
    built.body(body).map_err(|cause| Refused(cause.to_string()))
}

/// The client as the protocol's library asks it.
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, Refused>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(ask(&self.0, request))
    }
}

/// Why a provider could not be asked.
#[derive(Debug)]
struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl From<reqwest::Error> for Refused {
    fn from(cause: reqwest::Error) -> Refused {
        Refused(cause.without_url().to_string())
    }
}

fn client() -> Result<Http> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(5))
        .build()
        .map(Http)
        .map_err(|cause| Problem::Fault(Box::new(cause)))
}

fn away(provider: &Provider, cause: impl std::fmt::Display) -> Problem {
    tracing::warn!(provider = provider.code, %cause, "an identity provider does not answer as it should");
    let words = format!("{} does not answer now. Try again in a while, or show it in another way.", provider.name);
    Problem::conflict("away", words)
}

fn broken(provider: &Provider, cause: impl std::fmt::Display) -> Problem {
    tracing::warn!(provider = provider.code, %cause, "an assertion does not hold");
    let words = format!("What {} said about you could not be confirmed. Begin again.", provider.name);
    Problem::conflict("assertion", words)
}

/// The provider as it describes itself; the issuer must be the configured one.
async fn party(provider: &Provider, back: &str, http: &Http) -> Result<Party> {
    // As configured, without the slash that a URL type adds at the end of a bare host.
    let issuer = provider.issuer.as_str();
    let bare = if provider.issuer.path() == "/" { issuer.trim_end_matches('/') } else { issuer };
    let issuer = IssuerUrl::new(bare.to_owned()).map_err(|cause| away(provider, cause))?;
    let metadata = CoreProviderMetadata::discover_async(issuer, http).await.map_err(|cause| away(provider, cause))?;
    let secret = provider.secret()?.map(|secret| ClientSecret::new(secret.reveal().to_owned()));
    let back = RedirectUrl::new(back.to_owned()).map_err(|cause| away(provider, cause))?;
    Ok(Client::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), secret)
        .set_redirect_uri(back))
}

/// Where the applicant signs in.
pub async fn address(provider: &Provider, back: &str, secrets: &Secrets) -> Result<String> {
    let party = party(provider, back, &client()?).await?;
    let verifier = PkceCodeVerifier::new(secrets.verifier.reveal().to_owned());
    let (state, nonce) = (secrets.state.clone(), secrets.nonce.reveal().to_owned());
    let known = provider.known();
    let mut request = party
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        )
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    for scope in &known.scopes {
        request = request.add_scope(Scope::new((*scope).to_owned()));
    }
    if known.level == ["acr"] {
        for level in &known.levels {
            request = request.add_auth_context_value(AuthenticationContextClass::new((*level).to_owned()));
        }
    }
    let (url, _, _) = request.url();
    Ok(url.to_string())
}

/// Exchanges the code, checks the token, and gives the number that the provider asserts.
pub async fn assertion(
    provider: &Provider,
    back: &str,
    secrets: &Secrets,
    code: &str,
    clock: &Clock,
) -> Result<String> {
    let http = client()?;
    let party = party(provider, back, &http).await?;
    let answer = party
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|cause| away(provider, cause))?
        .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.reveal().to_owned()))
        .request_async(&http)
        .await
        .map_err(|cause| broken(provider, cause))?;
    let token = answer.id_token().ok_or_else(|| broken(provider, "no id token"))?;
    let now = clock.now();
    let verifier = party
        .id_token_verifier()
        .set_allowed_algs(SIGNED)
        .set_time_fn(move || chrono::DateTime::from_timestamp_millis(now.millis()).unwrap_or_default());
    let nonce = Nonce::new(secrets.nonce.reveal().to_owned());
    let claims = token.claims(&verifier, &nonce).map_err(|cause| broken(provider, cause))?;
    if let Some(hash) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|cause| broken(provider, cause))?;
        let key = token.signing_key(&verifier).map_err(|cause| broken(provider, cause))?;
        let own = AccessTokenHash::from_token(answer.access_token(), algorithm, key);
        if own.map_err(|cause| broken(provider, cause))? != *hash {
            return Err(broken(provider, "the access token is another one"));
        }
    }
    let mut all = claims.additional_claims().0.clone();
    if let Some(acr) = claims.auth_context_ref() {
        all.insert("acr".to_owned(), Value::String(acr.as_str().to_owned()));
    }
    let known = provider.known();
    let level = at(&all, &known.level);
    if !level.is_some_and(|level| known.levels.contains(&level.as_str())) {
        let words =
            format!("{} did not make sure enough that it is you. Sign in there with your card or app.", provider.name);
        return Err(Problem::conflict("level", words));
    }
    at(&all, &known.number).ok_or_else(|| {
        let words = format!(
            "{} did not say your registration number. Allow it there, or show it in another way.",
            provider.name
        );
        Problem::conflict("no-number", words)
    })
}

/// What stands at the end of a way through the claims: a text, or a number written as one.
fn at(claims: &serde_json::Map<String, Value>, way: &[&str]) -> Option<String> {
    let (first, rest) = way.split_first()?;
    let found = rest.iter().try_fold(claims.get(*first)?, |value, name| match value {
        Value::Array(all) => all.get(name.parse::<usize>().ok()?),
        other => other.get(*name),
    })?;
    match found {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
