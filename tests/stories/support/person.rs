//! An actor: somebody with a browser or a program, speaking HTTP.

use super::{Answer, Socket};
use collegium::accounts::{Member, Role};
use collegium::base::id::AccountId;
use collegium::log::Log;
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Mutex;
use tokio::net::TcpStream;

pub const PASSWORD: &str = "kettle orbit plum sand";

/// Where the house stands.
#[derive(Debug, Clone)]
pub struct Way {
    pub address: SocketAddr,
    /// As a browser writes it: scheme, host, port.
    pub origin: String,
}

/// Somebody who can ask the house for something.
pub struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    pub account: Option<AccountId>,
    pub roles: Vec<Role>,
    way: Way,
    cookie: Mutex<Option<String>>,
}

impl Person {
    pub fn new(key: &str, name: &str, email: &str, account: Option<AccountId>, roles: &[Role], way: Way) -> Person {
        Person {
            key: key.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            account,
            roles: roles.to_vec(),
            way,
            cookie: Mutex::new(None),
        }
    }

    /// The same person at another device, not signed in there.
    pub fn at_another_device(&self) -> Person {
        Person::new(&self.key, &self.name, &self.email, self.account.clone(), &self.roles, self.way.clone())
    }

    /// The same person, still signed in, where the house stands now.
    pub fn at_address(&self, address: SocketAddr) -> Person {
        let way = Way { address, origin: self.way.origin.clone() };
        let person = Person::new(&self.key, &self.name, &self.email, self.account.clone(), &self.roles, way);
        person.set_cookie(self.cookie());
        person
    }

    pub fn id(&self) -> &AccountId {
        self.account.as_ref().expect("they have an account")
    }

    pub fn origin(&self) -> &str {
        &self.way.origin
    }

    /// `name=value`, as the browser sends it.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().expect("not poisoned").clone()
    }

    pub fn set_cookie(&self, pair: Option<String>) {
        *self.cookie.lock().expect("not poisoned") = pair;
    }

    // Asking.

    /// A request as a story writes it, with the cookie and nothing else added.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Answer {
        let asked = self.try_ask(method, path, headers, body).await;
        asked.unwrap_or_else(|cause| panic!("{} {method} {path}: {cause}", self.key))
    }

    /// The same, when the house may be away.
    ///
    /// # Errors
    /// No connection, or one that broke off.
    pub async fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, Box<dyn std::error::Error>> {
        let asked = format!("{} {method} {path}", self.key);
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, self.way.address.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = self.cookie()
            && !headers.iter().any(|(name, _)| *name == "cookie")
        {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Full::new(body.into())).expect("a request");
        let stream = TcpStream::connect(self.way.address).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(request).await?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes().to_vec();
        connection.abort();
        let answer = Answer { asked, status: parts.status.as_u16(), headers: parts.headers, body };
        self.keep_cookie(&answer);
        Ok(answer)
    }

    fn keep_cookie(&self, answer: &Answer) {
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("readable");
            let pair = set.split(';').next().unwrap_or_default();
            self.set_cookie((!set.contains("Max-Age=0")).then(|| pair.to_owned()));
        }
    }

    /// A page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "").await
    }

    /// A form, as a browser sends it.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", self.origin())];
        self.ask("POST", path, &headers, body).await
    }

    /// A program's request with a JSON body.
    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.ask(method, path, &[("content-type", "application/json")], body.to_string()).await
    }

    // Deeds.

    /// Sends a document for one's own application.
    pub async fn give_document(&self, kind: &str, file: &[u8]) -> Answer {
        let path = format!("/api/v1/application/evidence/documents?kind={kind}");
        self.ask("POST", &path, &[("content-type", "application/octet-stream")], file.to_vec()).await
    }

    pub async fn sign_in(&self) -> Answer {
        self.sign_in_with(PASSWORD).await
    }

    pub async fn sign_in_with(&self, password: &str) -> Answer {
        self.send("POST", "/api/v1/session", &json!({ "email": self.email, "password": password })).await
    }

    /// Starts a thread in the room that every house has.
    pub async fn publish(&self, case: Value) -> Answer {
        self.publish_in("cardiology", case).await
    }

    pub async fn publish_in(&self, room: &str, case: Value) -> Answer {
        self.send("POST", &format!("/api/v1/rooms/{room}/threads"), &case).await
    }

    pub async fn reply(&self, thread: &str, reply: Value) -> Answer {
        self.send("POST", &format!("/api/v1/threads/{thread}/posts"), &reply).await
    }

    pub async fn revise(&self, post: &str, change: Value) -> Answer {
        self.send("PATCH", &format!("/api/v1/posts/{post}"), &change).await
    }

    /// Reads a thread through the API.
    pub async fn read(&self, thread: &str) -> Answer {
        self.get(&format!("/api/v1/threads/{thread}")).await
    }

    pub async fn check(&self, parts: &[(&str, &str)]) -> Answer {
        let parts: Vec<Value> = parts.iter().map(|(name, text)| json!({ "name": name, "text": text })).collect();
        self.send("POST", "/api/v1/deid/check", &json!({ "parts": parts })).await
    }

    pub async fn search(&self, query: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.get(&format!("/api/v1/search?{query}")).await
    }

    /// The posts that a search finds, best first.
    pub async fn finds(&self, words: &str) -> Vec<String> {
        let found = self.search(&[("q", words)]).await.ok().json();
        found["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|hit| hit["post"].as_str().expect("an id").to_owned())
            .collect()
    }

    pub async fn flag(&self, post: &str, kind: &str, note: &str) -> Answer {
        self.send("POST", &format!("/api/v1/posts/{post}/flags"), &json!({ "kind": kind, "note": note })).await
    }

    pub async fn remove(&self, post: &str, code: &str) -> Answer {
        self.send("POST", &format!("/api/v1/posts/{post}/removal"), &json!({ "code": code })).await
    }

    pub async fn restore(&self, post: &str) -> Answer {
        self.ask("POST", &format!("/api/v1/posts/{post}/restoration"), &[], "").await
    }

    pub async fn release(&self, post: &str) -> Answer {
        self.ask("POST", &format!("/api/v1/posts/{post}/release"), &[], "").await
    }

    pub async fn give_back(&self, post: &str, reason: &str, note: &str) -> Answer {
        let told = json!({ "reason": reason, "note": note });
        self.send("POST", &format!("/api/v1/posts/{post}/return"), &told).await
    }

    /// Opens a line and watches a thread from a place in the log.
    pub async fn watch(&self, thread: &str, since: i64) -> Socket {
        let mut socket = self.line().await.expect("a line");
        socket.watch(thread, since).await;
        socket
    }

    /// Opens a line; the status of a refusal.
    pub async fn line(&self) -> Result<Socket, u16> {
        let origin = self.origin().to_owned();
        self.line_from(Some(&origin)).await
    }

    pub async fn line_from(&self, origin: Option<&str>) -> Result<Socket, u16> {
        Socket::open(self.way.address, origin, self.cookie().as_deref()).await
    }

    // As the rooms see them.

    pub async fn member(&self, log: &Log) -> Member {
        Member::load(&mut log.reader().await.expect("a reader"), self.id()).await.expect("read").expect("confirmed")
    }
}
