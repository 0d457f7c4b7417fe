//! Configuration: defaults, then one TOML file, then `COLLEGIUM_*` from the environment.
//!
//! `COLLEGIUM_DATABASE__URL` sets `database.url`: two underscores step into a section. An unknown key stops the start
//! with its name; a secret can also be given as a file (`house_key_file`), so that it stands in no listing.

use crate::accounts::Choices;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{HouseKey, Secret};
use crate::breach;
use crate::evidence;
use crate::moderation;
use crate::registers::live;
use crate::search;
use crate::verification::Policy;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use url::Url;

/// Everything an operator can set. `deploy/collegium.toml` is the commented example, and a test parses it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address people type; its host is the passkeys' relying party for ever.
    pub public_url: Url,
    /// The name of the society, college or hospital that hosts the house.
    pub host: String,
    /// Where plain HTTP is served, behind a proxy that does TLS.
    #[serde(default = "default_listen")]
    pub listen: String,
    /// Where metrics are served; never the public listener. Empty: not at all.
    #[serde(default)]
    pub metrics_listen: String,
    /// The folder for everything that is kept in files.
    pub data: PathBuf,
    /// The house's own key, at least 32 characters; or the file that holds it.
    #[serde(default)]
    house_key: Option<Secret>,
    #[serde(default)]
    house_key_file: Option<PathBuf>,
    /// Who is told of a removal for confidentiality.
    pub data_protection_contact: String,
    #[serde(default)]
    pub database: Database,
    pub mail: Mail,
    #[serde(default)]
    pub search: search::Settings,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub admission: Policy,
    /// The documents that applicants send.
    #[serde(default)]
    pub evidence: evidence::Settings,
    #[serde(default)]
    pub members: Choices,
    /// Registers that are asked for a number their file does not hold; none as a rule.
    #[serde(default)]
    pub live: Vec<live::Settings>,
    /// What the operator asks of moderators.
    #[serde(default)]
    pub moderation: moderation::Rules,
    /// After a breach: the law's clocks, and to whom packages are sealed.
    #[serde(default)]
    pub breach: breach::Settings,
    #[serde(default)]
    pub staff: Staff,
    /// Proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; empty: `collegium.db` in the data folder.
    #[serde(default)]
    pub url: Option<Secret>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://user@host`, `smtp://host:587?tls=required` or `smtp://localhost:25`.
    pub smtp: String,
    #[serde(default)]
    pub password: Option<Secret>,
    /// `Collegium <collegium@example.org>`
    pub from: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest request body in bytes.
    pub body_bytes: usize,
    /// Seconds for the head of a request to arrive.
    pub header_seconds: u64,
    /// Seconds for a request to be answered.
    pub request_seconds: u64,
    /// Open lines of one person.
    pub lines_per_person: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { body_bytes: 256 * 1024, header_seconds: 10, request_seconds: 30, lines_per_person: 10 }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// Whether a password is proof enough for grave acts. Only for trying things out: the demo sets it.
    pub password_step_up: bool,
}

fn default_listen() -> String {
    "127.0.0.1:8080".to_owned()
}

impl Config {
    /// Reads a file and the environment.
    ///
    /// # Errors
    /// A sentence that names the file, the key, and what to do.
    pub fn load(path: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Config> {
        let text =
            std::fs::read_to_string(path).map_err(|cause| Problem::fault(format!("{}: {cause}", path.display())))?;
        Config::parse(&text, environment).map_err(|problem| match problem {
            Problem::Malformed(words) => Problem::Malformed(format!("{}: {words}", path.display())),
            other => other,
        })
    }

    /// Reads TOML text and the environment.
    pub fn parse(text: &str, environment: impl Iterator<Item = (String, String)>) -> Result<Config> {
        let mut table: toml::Table = toml::from_str(text).map_err(|cause| Problem::Malformed(cause.to_string()))?;
        for (name, value) in environment {
            if let Some(key) = name.strip_prefix("COLLEGIUM_")
                && !key.starts_with("TEST_")
            {
                let path: Vec<String> = key.split("__").map(str::to_lowercase).collect();
                set(&mut table, &path, &value);
            }
        }
        let config: Config = toml::Value::Table(table).try_into().map_err(|cause: toml::de::Error| {
            // Two lines: what is wrong, and in which section.
            let told = cause.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ");
            Problem::Malformed(format!("{told} (see deploy/collegium.toml for every key)"))
        })?;
        config.judge()?;
        Ok(config)
    }

    fn judge(&self) -> Result<()> {
        let refuse = |words: &str| Err(Problem::Malformed(words.to_owned()));
        if !matches!(self.public_url.scheme(), "http" | "https") || self.public_url.host_str().is_none() {
            return refuse("public_url: write the address people type, such as https://forum.example.org");
        }
        if self.public_url.scheme() == "http" && !self.is_local() {
            return refuse("public_url: use https; plain http is only for localhost");
        }
        if self.public_url.path() != "/" {
            return refuse("public_url: the house stands at the root of its host; leave the path out");
        }
        if self.house_key.is_none() && self.house_key_file.is_none() {
            return refuse(
                "house_key_file: name the file that holds the house's key (make one: openssl rand -base64 48)",
            );
        }
        if self.data_protection_contact.parse::<lettre::Address>().is_err() {
            return refuse("data_protection_contact: not an e-mail address");
        }
        self.search.check()?;
        self.admission.check()?;
        self.evidence.check()?;
        self.moderation.check()?;
        self.breach.check()?;
        if self.limits.body_bytes < 64 * 1024 || self.limits.body_bytes > 64 * 1024 * 1024 {
            return refuse("limits.body_bytes: between 65536 (64 KiB) and 67108864 (64 MiB)");
        }
        Ok(())
    }

    pub fn is_local(&self) -> bool {
        matches!(self.public_url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
    }

    /// The house's key.
    ///
    /// # Errors
    /// An unreadable file, or a key that is too short.
    pub fn house_key(&self) -> Result<Secret> {
        let key = match (&self.house_key, &self.house_key_file) {
            (Some(key), _) => key.clone(),
            (None, Some(path)) => Secret::new(
                std::fs::read_to_string(path)
                    .map_err(|cause| Problem::fault(format!("house_key_file: {}: {cause}", path.display())))?
                    .trim(),
            ),
            (None, None) => return Err(Problem::fault("house_key_file is missing")),
        };
        if key.reveal().len() < 32 {
            return Err(Problem::fault("house_key: at least 32 characters are needed (openssl rand -base64 48)"));
        }
        Ok(key)
    }

    /// The key of the documents; made from the house's key where no file is named.
    ///
    /// # Errors
    /// An unreadable file, or a key that is too short.
    pub fn evidence_key(&self) -> Result<Secret> {
        let Some(path) = &self.evidence.key_file else {
            return Ok(HouseKey::new(self.house_key()?).token("evidence", "documents"));
        };
        let told = |why: &str| Problem::fault(format!("evidence.key_file: {}: {why}", path.display()));
        let key = std::fs::read_to_string(path).map_err(|cause| told(&cause.to_string()))?;
        match key.trim() {
            short if short.len() < 32 => Err(told("at least 32 characters are needed (openssl rand -base64 48)")),
            key => Ok(Secret::new(key)),
        }
    }

    /// Where the sealed documents lie.
    pub fn evidence_folder(&self) -> PathBuf {
        self.evidence.folder.clone().unwrap_or_else(|| self.data.join("evidence"))
    }

    /// The database's address.
    pub fn database_url(&self) -> Secret {
        self.database
            .url
            .clone()
            .unwrap_or_else(|| Secret::new(format!("sqlite:{}", self.data.join("collegium.db").display())))
    }

    /// The public address without the slash at its end.
    pub fn home(&self) -> String {
        self.public_url.as_str().trim_end_matches('/').to_owned()
    }
}

/// Sets one key; a value that reads as TOML (a number, `true`, a list) is one, anything else is text.
fn set(table: &mut toml::Table, path: &[String], value: &str) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        let read = toml::from_str::<toml::Table>(&format!("v = {value}")).ok().and_then(|mut t| t.remove("v"));
        let plain = read.filter(|v| v.is_integer() || v.is_bool() || v.is_array());
        table.insert(first.clone(), plain.unwrap_or_else(|| toml::Value::String(value.to_owned())));
    } else if let Some(section) =
        table.entry(first.clone()).or_insert_with(|| toml::Value::Table(toml::Table::new())).as_table_mut()
    {
        set(section, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../deploy/collegium.toml");

    fn parse(text: &str, environment: &[(&str, &str)]) -> Result<Config> {
        Config::parse(text, environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn the_shipped_example_parses() {
        let config = parse(EXAMPLE, &[]).unwrap();
        assert_eq!(config.limits.body_bytes, Limits::default().body_bytes);
    }

    #[test]
    fn an_unknown_key_is_named() {
        let broken = EXAMPLE.replace("[limits]", "[limits]\nbody_byte = 1");
        let told = parse(&broken, &[]).unwrap_err().to_string();
        assert!(told.contains("body_byte"), "{told}");
        let told = parse(EXAMPLE, &[("COLLEGIUM_DATABSE__URL", "x")]).unwrap_err().to_string();
        assert!(told.contains("databse"), "{told}");
        let told = parse(&EXAMPLE.replace("[staff]", "[staff]\npasword = 1"), &[]).unwrap_err().to_string();
        assert!(told.contains("pasword") && told.contains("staff"), "{told}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config =
            parse(EXAMPLE, &[("COLLEGIUM_LIMITS__BODY_BYTES", "131072"), ("COLLEGIUM_HOST", "Elsewhere")]).unwrap();
        assert_eq!((config.limits.body_bytes, config.host.as_str()), (131_072, "Elsewhere"));
    }

    #[test]
    fn plain_http_is_for_localhost_only() {
        let told = parse(EXAMPLE, &[("COLLEGIUM_PUBLIC_URL", "http://forum.example.org")]).unwrap_err().to_string();
        assert!(told.contains("https"), "{told}");
    }
}
