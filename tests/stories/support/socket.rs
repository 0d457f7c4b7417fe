//! An open line, as a page's script holds it.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};

/// How long a story waits for a message before it says that none came.
const PATIENCE: Duration = Duration::from_secs(15);

pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// The newest `seq` seen.
    pub last: i64,
}

/// What the line brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    Message(Value),
    /// It closed, with this code.
    Closed(u16),
}

impl Socket {
    pub async fn open(address: SocketAddr, origin: Option<&str>, cookie: Option<&str>) -> Result<Socket, u16> {
        let mut request = http::Request::builder()
            .uri(format!("ws://{address}/live"))
            .header("host", address.to_string())
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", tungstenite::handshake::client::generate_key());
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let stream = TcpStream::connect(address).await.expect("the house listens");
        match tokio_tungstenite::client_async(request.body(()).expect("a request"), stream).await {
            Ok((stream, _)) => Ok(Socket { stream, last: 0 }),
            Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("the handshake broke: {other}"),
        }
    }

    pub async fn say(&mut self, message: Value) {
        self.stream.send(Message::text(message.to_string())).await.expect("said");
    }

    /// Watches a thread and waits until all that was missed has come; what came meanwhile.
    pub async fn watch(&mut self, thread: &str, since: i64) -> Vec<Value> {
        self.last = since;
        self.say(json!({ "type": "watch", "thread": thread, "since": since })).await;
        let mut missed = Vec::new();
        loop {
            let heard = self.hear().await;
            match heard["type"].as_str() {
                Some("ready") => {
                    self.last = self.last.max(heard["seq"].as_i64().expect("a seq"));
                    return missed;
                }
                Some("post") => missed.push(heard),
                _ => {}
            }
        }
    }

    /// The next message that is no ping.
    pub async fn hear(&mut self) -> Value {
        match self.next(PATIENCE).await {
            Some(Heard::Message(message)) => message,
            other => panic!("a message was waited for: {other:?}"),
        }
    }

    /// The next message about a post.
    pub async fn hear_post(&mut self) -> Value {
        loop {
            let heard = self.hear().await;
            if heard["type"] == "post" {
                return heard;
            }
        }
    }

    /// What comes within a time; `None` when nothing does.
    pub async fn next(&mut self, within: Duration) -> Option<Heard> {
        let heard = tokio::time::timeout(within, async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let message: Value = serde_json::from_str(text.as_str()).expect("JSON");
                        return Heard::Message(message);
                    }
                    Some(Ok(Message::Close(frame))) => {
                        return Heard::Closed(frame.map_or(1005, |frame| frame.code.into()));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Heard::Closed(1006),
                }
            }
        })
        .await
        .ok()?;
        if let Heard::Message(message) = &heard
            && let Some(seq) = message["seq"].as_i64()
        {
            self.last = self.last.max(seq);
        }
        Some(heard)
    }

    /// The code with which it closes, when it does within this time.
    pub async fn closes_within(&mut self, within: Duration) -> Option<u16> {
        let until = tokio::time::Instant::now() + within;
        loop {
            match self.next(until.saturating_duration_since(tokio::time::Instant::now())).await {
                Some(Heard::Closed(code)) => return Some(code),
                Some(Heard::Message(_)) => {}
                None => return None,
            }
        }
    }

    /// Sends raw text.
    pub async fn shout(&mut self, text: &str) {
        let _ = self.stream.send(Message::text(text.to_owned())).await;
    }
}
