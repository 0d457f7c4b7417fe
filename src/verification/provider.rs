//! Identity providers of a profession: somebody signs in there, and the provider asserts their registration number. This
//! alone answers for a real person and for that registrant at once (I 4, B 4), because the provider knows both.
//!
//! Providers are rows of configuration, no code for a country: which issuer, where among the claims the number stands,
//! which register it is of, which level of assurance is enough. The flow is OpenID Connect's code flow with PKCE; state,
//! nonce and verifier are made from the house's key for a flow that serves once, for ten minutes, for the account that
//! began it. The asserted number, as the register writes it, must be the claimed one.

use super::given::{count, own_open, piece, set_aside, weigh};
use super::policy::Policy;
use super::store::{evidence, flows};
use super::worth::Kind;
use crate::accounts::Member;
use crate::base::clock::MINUTE;
use crate::base::id::fresh;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{HouseKey, Secret};
use crate::log::Log;
use crate::registers::{self, judge_number};
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

pub(super) mod exchange;

/// A sign-in that has begun is finished within this time.
const LASTS: i64 = 10 * MINUTE;

/// One provider, under `[[admission.providers]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Short, for addresses: letters, figures, hyphens.
    pub code: String,
    /// As people know it.
    pub name: String,
    /// What is known of a provider beforehand: `pro-sante-connect`, `helseid`; left out: nothing.
    #[serde(default)]
    pub preset: Option<Preset>,
    pub issuer: Url,
    pub client_id: String,
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// The register that the asserted number is of.
    #[serde(default)]
    pub register: Option<String>,
    /// The way to the number among the claims, name by name.
    #[serde(default)]
    pub number: Option<Vec<String>>,
    /// What stands before the number and is no part of it.
    #[serde(default)]
    pub prefix: Option<String>,
    /// Scopes beside `openid`.
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
    /// The way to the level of assurance, and which levels are enough. Without levels no provider is used.
    #[serde(default)]
    pub level: Option<Vec<String>>,
    #[serde(default)]
    pub levels: Option<Vec<String>>,
}

/// What is known of a provider before anybody configures it. Its address is not: it differs between test and real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// France: the national identifier is the RPPS number with an 8 before it.
    ProSanteConnect,
    /// Norway: the number in the register of health personnel.
    Helseid,
}

/// A provider with everything said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known<'a> {
    pub register: &'a str,
    pub number: Vec<&'a str>,
    pub prefix: &'a str,
    pub scopes: Vec<&'a str>,
    pub level: Vec<&'a str>,
    pub levels: Vec<&'a str>,
}

impl Provider {
    pub(super) fn known(&self) -> Known<'_> {
        fn list<'a>(set: &'a Option<Vec<String>>, preset: &[&'a str]) -> Vec<&'a str> {
            set.as_ref().map_or_else(|| preset.to_vec(), |set| set.iter().map(String::as_str).collect())
        }
        let (register, number, prefix, scopes, level, levels): (_, &[&str], _, &[&str], &[&str], &[&str]) =
            match self.preset {
                Some(Preset::ProSanteConnect) => {
                    ("rpps", &["SubjectNameID"], "8", &["scope_all"], &["acr"], &["eidas1", "eidas2", "eidas3"])
                }
                Some(Preset::Helseid) => (
                    "hpr",
                    &["helseid://claims/hpr/hpr_number"],
                    "",
                    &["helseid://scopes/hpr/hpr_number", "helseid://scopes/identity/security_level"],
                    &["helseid://claims/identity/security_level"],
                    &["4"],
                ),
                None => ("", &[], "", &[], &["acr"], &[]),
            };
        Known {
            register: self.register.as_deref().unwrap_or(register),
            number: list(&self.number, number),
            prefix: self.prefix.as_deref().unwrap_or(prefix),
            scopes: list(&self.scopes, scopes),
            level: list(&self.level, level),
            levels: list(&self.levels, levels),
        }
    }

    /// # Errors
    /// Names the provider and what is missing or cannot be.
    pub(super) fn check(&self) -> Result<()> {
        let refuse = |words: &str| Err(Problem::fault(format!("admission.providers: {:?}: {words}", self.code)));
        let known = self.known();
        let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.code.is_empty() || !self.code.chars().all(is_code) {
            return refuse("code: small letters, figures and hyphens");
        }
        let local = matches!(self.issuer.host_str(), Some("localhost" | "127.0.0.1"));
        if self.issuer.scheme() != "https" && !local {
            return refuse("issuer: https, or what it says can be changed on the way");
        }
        if registers::find(known.register).is_none() {
            return refuse("register: name the register whose number it asserts (collegium register list)");
        }
        if known.number.is_empty() {
            return refuse("number: say where among the claims the number stands");
        }
        if known.levels.is_empty() || known.level.is_empty() {
            return refuse("levels: say which levels of assurance are enough; without one, anybody could be anybody");
        }
        Ok(())
    }

    pub(super) fn secret(&self) -> Result<Option<Secret>> {
        let Some(path) = &self.client_secret_file else { return Ok(None) };
        let told = |cause: std::io::Error| Problem::fault(format!("client_secret_file: {}: {cause}", path.display()));
        Ok(Some(Secret::new(std::fs::read_to_string(path).map_err(told)?.trim())))
    }
}

impl Policy {
    /// The providers that assert numbers of a register.
    pub fn providers_of(&self, register: &str) -> Vec<&Provider> {
        self.providers.iter().filter(|provider| provider.known().register == register).collect()
    }
}

/// A sign-in that has begun: where to go.
pub struct Begun {
    pub name: String,
    pub url: String,
}

fn secrets(key: &HouseKey, flow: &str) -> exchange::Secrets {
    exchange::Secrets {
        state: format!("{flow}.{}", key.token("provider-state", flow).reveal()),
        nonce: key.token("provider-nonce", flow),
        verifier: key.token("provider-verifier", flow),
    }
}

fn return_address(home: &str) -> String {
    format!("{home}/application/provider/return")
}

/// Begins to sign in at a provider for one's own open application.
///
/// # Errors
/// [`Problem::NotFound`] for a provider that is none, or of another register; [`Problem::Conflict`] without an open
/// application, or `away` when the provider does not answer.
pub async fn begin(
    log: &Log,
    policy: &Policy,
    key: &HouseKey,
    home: &str,
    member: &Member,
    code: &str,
) -> Result<Begun> {
    let provider = policy.providers.iter().find(|provider| provider.code == code).ok_or(Problem::NotFound)?;
    let flow_id = fresh(log.clock().now(), log.chance());
    // Asked first: what is slow or away holds no row open.
    let url = exchange::address(provider, &return_address(home), &secrets(key, &flow_id)).await?;
    let mut tx = log.write(member.id()).await?;
    let application = own_open(&mut tx, member.id()).await?;
    if application.claim.register != provider.known().register {
        return Err(Problem::NotFound);
    }
    let flow = flows::Flow {
        flow_id,
        account_id: member.id().clone(),
        application_id: application.id,
        provider: provider.code.clone(),
        expires_at: tx.now().plus(LASTS),
    };
    flows::add(&mut tx, &flow).await?;
    tx.commit_quietly("a sign-in elsewhere begins").await?;
    Ok(Begun { name: provider.name.clone(), url })
}

/// Back from a provider: what it asserts is checked, and counts when its number is the claimed one.
///
/// # Errors
/// [`Problem::Conflict`]: `flow` for a sign-in that is not this account's, was used or is out of time; `assertion` when
/// what the provider said does not hold; `level`; `no-number`; `other-number`; `away`.
pub async fn finish(
    log: &Log,
    policy: &Policy,
    key: &HouseKey,
    home: &str,
    member: &Member,
    state: &str,
    code: &str,
) -> Result<()> {
    let no_flow = || {
        Problem::conflict(
            "flow",
            "This sign-in was used already, took too long, or was begun by somebody else. Begin again.",
        )
    };
    let flow_id = state.split_once('.').map(|(flow, _)| flow).ok_or_else(no_flow)?;
    let secrets = secrets(key, flow_id);
    if Secret::new(state).hash() != Secret::new(&*secrets.state).hash() {
        return Err(no_flow());
    }
    let mut tx = log.write(member.id()).await?;
    let flow = flows::take(&mut tx, flow_id, member.id()).await?.ok_or_else(no_flow)?;
    // Used from here on, whatever comes of it.
    tx.commit_quietly("a sign-in elsewhere ends").await?;
    let provider = policy.providers.iter().find(|provider| provider.code == flow.provider).ok_or_else(no_flow)?;
    let asserted = exchange::assertion(provider, &return_address(home), &secrets, code, log.clock()).await?;

    let mut tx = log.write(member.id()).await?;
    let application = own_open(&mut tx, member.id()).await?;
    if application.id != flow.application_id {
        return Err(no_flow());
    }
    let known = provider.known();
    let register = registers::find(known.register).ok_or(Problem::NotFound)?;
    let number = asserted.strip_prefix(known.prefix).and_then(|number| judge_number(register, number).ok());
    let held = piece(&tx, &application, Kind::Provider, "given", &provider.code);
    evidence::add(&mut tx, &held).await?;
    if application.claim.register == register.code
        && number.is_some_and(|number| number.as_str() == application.claim.number)
    {
        count(&mut tx, policy, &held, None).await?;
        tx.commit().await?;
        return weigh(log, policy, &application.id).await;
    }
    // Kept, so that a verifier sees that it was tried.
    set_aside(&mut tx, &held, "refused", None).await?;
    tx.commit().await?;
    Err(Problem::conflict(
        "other-number",
        format!(
            "{} knows you by another registration number than the one in your application. If you mistyped it, tell the \
             verifier, or apply again once this is answered.",
            provider.name
        ),
    ))
}
