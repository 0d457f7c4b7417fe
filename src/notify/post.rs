//! The postman: writes what is due, hands it over, and comes again when nobody opens.

use super::letter::{self, Facts, Kind};
use super::store::{self, Waiting};
use crate::accounts;
use crate::base::clock::{HOUR, MINUTE, Time};
use crate::base::id::EvidenceId;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{HouseKey, Secret};
use crate::db::Conn;
use crate::log::{Actor, Event, Log};
use crate::verification;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// After so many tries a letter is given up, and the log says so.
const MOST_TRIES: i64 = 12;

/// Where letters go.
pub enum Transport {
    /// The demo's outbox.
    Capture,
    Smtp {
        relay: Box<AsyncSmtpTransport<Tokio1Executor>>,
        from: Box<Mailbox>,
    },
}

impl Transport {
    /// By SMTP: `smtps://user@host:port`, `smtp://host:port?tls=required` or plain `smtp://localhost:25`.
    ///
    /// # Errors
    /// An address that lettre cannot read.
    pub fn smtp(url: &str, password: Option<&Secret>, from: &str) -> Result<Transport> {
        let mut address = url::Url::parse(url).map_err(|cause| Problem::fault(format!("mail.smtp: {cause}")))?;
        if let Some(password) = password {
            let set = address.set_password(Some(password.reveal()));
            set.map_err(|()| Problem::fault("mail.smtp: a password needs a host and a user"))?;
        }
        let relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(address.as_str())
            .map_err(|cause| Problem::fault(format!("mail.smtp: {cause}")))?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        let from = from.parse().map_err(|cause| Problem::fault(format!("mail.from: {cause}")))?;
        Ok(Transport::Smtp { relay: Box::new(relay), from: Box::new(from) })
    }
}

/// What the postman knows of the house.
pub struct Postman {
    pub log: Log,
    pub key: HouseKey,
    pub transport: Transport,
    pub host: String,
    /// The public address, without a slash at the end.
    pub home: String,
    pub data_protection_contact: String,
}

/// A mail in the demo's outbox.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Captured {
    pub to_address: String,
    pub subject: String,
    pub body: String,
    pub sent_at: Time,
}

/// The demo's outbox, newest first.
pub async fn captured(log: &Log, most: i64) -> Result<Vec<Captured>> {
    store::captured(&mut *log.reader().await?, most).await
}

/// Sends everything that is due; how many letters left.
pub async fn send_due(postman: &Postman) -> Result<usize> {
    let mut count = 0;
    loop {
        let now = postman.log.clock().now();
        let due = store::due(&mut *postman.log.reader().await?, now, 50).await?;
        if due.is_empty() {
            return Ok(count);
        }
        for waiting in due {
            if send(postman, &waiting).await? {
                count += 1;
            }
        }
    }
}

async fn send(postman: &Postman, waiting: &Waiting) -> Result<bool> {
    let Some((to, letter)) = compose(postman, waiting).await? else {
        let mut tx = postman.log.write(Actor::House).await?;
        store::give_up(&mut tx, &waiting.mail_id).await?;
        tx.commit_quietly("a letter with nothing left to say").await?;
        return Ok(false);
    };
    if let Transport::Smtp { relay, from } = &postman.transport {
        let message = message(from, &to, waiting, &letter)?;
        if let Err(cause) = relay.send(message).await {
            tracing::warn!(mail = %waiting.mail_id, kind = waiting.kind, tries = waiting.tries, permanent = cause.is_permanent(),
                "a letter could not be handed over");
            return put_off(postman, waiting, cause.is_permanent()).await;
        }
    }
    let mut tx = postman.log.write(Actor::House).await?;
    if matches!(postman.transport, Transport::Capture) {
        store::capture(&mut tx, &waiting.mail_id, &to, letter.subject, &letter.body).await?;
    }
    store::sent(&mut tx, &waiting.mail_id).await?;
    tx.record(Event::MailSent { mail: waiting.mail_id.clone() });
    tx.commit().await?;
    Ok(true)
}

async fn put_off(postman: &Postman, waiting: &Waiting, permanent: bool) -> Result<bool> {
    let mut tx = postman.log.write(Actor::House).await?;
    if permanent || waiting.tries + 1 >= MOST_TRIES {
        store::give_up(&mut tx, &waiting.mail_id).await?;
        let reason = if permanent { "refused" } else { "unreachable" };
        tx.record(Event::MailFailed { mail: waiting.mail_id.clone(), reason: reason.to_owned() });
        tx.commit().await?;
    } else {
        let wait = (MINUTE << waiting.tries.min(8)).min(4 * HOUR);
        let due = tx.now().plus(wait);
        store::later(&mut tx, &waiting.mail_id, due).await?;
        tx.commit_quietly("a letter put off").await?;
    }
    Ok(false)
}

/// Writes a waiting letter from what the tables say now.
async fn compose(postman: &Postman, waiting: &Waiting) -> Result<Option<(String, letter::Letter)>> {
    let Some(kind) = Kind::parse(&waiting.kind) else { return Ok(None) };
    let mut conn = postman.log.reader().await?;
    if kind == Kind::EvidenceLink {
        return link_letter(postman, waiting, &mut conn).await;
    }
    let (to, name) = match &waiting.account_id {
        Some(id) => match accounts::store::by_id(&mut conn, id).await? {
            Some(account) if kind == Kind::Confirm && account.confirmed_at.is_some() => return Ok(None),
            // Whoever is suspended hears of that alone.
            Some(account) if account.suspended_at.is_some() && !kind.reaches_suspended() => return Ok(None),
            Some(account) => (account.email, account.name),
            None => return Ok(None),
        },
        None => (postman.data_protection_contact.clone(), "colleague".to_owned()),
    };
    let readers = if kind == Kind::Breach { store::readers(&mut conn, &waiting.about).await? } else { 0 };
    let when = waiting.made_at.iso().replace('T', " at ").replace('Z', " UTC");
    let facts = Facts {
        name: &name,
        account: waiting.account_id.as_ref(),
        host: &postman.host,
        home: &postman.home,
        about: &waiting.about,
        code: &waiting.code,
        when: &when,
        readers,
    };
    Ok(letter::write(kind, &facts, &postman.key).map(|letter| (to, letter)))
}

/// A link goes to where the register or employer says, not to where the account does.
async fn link_letter(
    postman: &Postman,
    waiting: &Waiting,
    conn: &mut Conn,
) -> Result<Option<(String, letter::Letter)>> {
    let Some(id) = EvidenceId::parse(&waiting.about) else { return Ok(None) };
    let now = postman.log.clock().now();
    let Some((to, _)) = verification::letter_of_link(conn, &id, now).await? else { return Ok(None) };
    let facts = Facts {
        name: "colleague",
        account: None,
        host: &postman.host,
        home: &postman.home,
        about: &waiting.about,
        code: &waiting.code,
        when: "",
        readers: 0,
    };
    Ok(letter::write(Kind::EvidenceLink, &facts, &postman.key).map(|letter| (to, letter)))
}

fn message(from: &Mailbox, to: &str, waiting: &Waiting, letter: &letter::Letter) -> Result<Message> {
    let to: Mailbox = to.parse().map_err(|_| Problem::fault("a stored address cannot be read"))?;
    // The same id at every try: a letter that was taken twice is seen once.
    let id = format!("<{}@{}>", waiting.mail_id, from.email.domain());
    Message::builder()
        .from(from.clone())
        .to(to)
        .message_id(Some(id))
        .subject(letter.subject)
        .body(letter.body.clone())
        .map_err(|cause| Problem::Fault(Box::new(cause)))
}
