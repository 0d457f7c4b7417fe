//! One GET with a limit on everything: time, size, where it may lead.

use super::{Settings, Trouble};
use crate::base::problem::{Problem, Result};
use futures_util::StreamExt as _;
use reqwest::header::{HeaderName, HeaderValue};
use std::time::Duration;
use url::Url;

/// No answer about one person is longer.
const LONGEST: usize = 1024 * 1024;

pub(super) struct Client {
    client: reqwest::Client,
    pub url: Url,
    key: Option<(HeaderName, HeaderValue)>,
}

impl Client {
    pub fn new(settings: &Settings) -> Result<Client> {
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(settings.timeout_seconds.max(1)))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("collegium")
            .build()
            .map_err(|cause| Problem::Fault(Box::new(cause)))?;
        let key = match &settings.key {
            None => None,
            Some(key) => {
                let wrong =
                    || Problem::Malformed(format!("live: {}: the key or its header is none", settings.register));
                let name = HeaderName::from_bytes(settings.key_header.as_bytes()).map_err(|_| wrong())?;
                let mut value = HeaderValue::from_str(key.reveal()).map_err(|_| wrong())?;
                value.set_sensitive(true);
                Some((name, value))
            }
        };
        Ok(Client { client, url: settings.url.clone(), key })
    }

    /// The JSON at this address.
    pub async fn get(&self, url: Url) -> std::result::Result<serde_json::Value, Trouble> {
        let mut request = self.client.get(url).header("accept", "application/json");
        if let Some((name, value)) = &self.key {
            request = request.header(name, value);
        }
        // The address holds the number, so it goes into no message.
        let unreachable = |cause: reqwest::Error| Trouble::Unreachable(cause.without_url().to_string());
        let answer = request.send().await.map_err(unreachable)?;
        match answer.status().as_u16() {
            200 => {}
            404 => return Ok(serde_json::Value::Null),
            429 => return Err(Trouble::Busy),
            status @ 500.. => return Err(Trouble::Unreachable(format!("status {status}"))),
            status => return Err(Trouble::Strange(format!("status {status}"))),
        }
        let mut body = Vec::new();
        let mut pieces = answer.bytes_stream();
        while let Some(piece) = pieces.next().await {
            body.extend_from_slice(&piece.map_err(unreachable)?);
            if body.len() > LONGEST {
                return Err(Trouble::Strange("the answer is longer than 1 MiB".to_owned()));
            }
        }
        serde_json::from_slice(&body).map_err(|_| Trouble::Strange("the answer is no JSON".to_owned()))
    }
}
