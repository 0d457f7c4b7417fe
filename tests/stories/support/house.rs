//! A house in a temporary folder, started through the same door as a real one.

use super::cast::{self, Role as Part};
use super::database::{Database, number};
use super::person::Way;
use super::{Engine, PASSWORD, Person};
use collegium::accounts::{Role, Verifier};
use collegium::app::{self, Ground, MailWay};
use collegium::auth::join;
use collegium::base::chance::Chance;
use collegium::base::clock::{Clock, Time};
use collegium::base::id::AccountId;
use collegium::base::secret::Secret;
use collegium::config::Config;
use collegium::log::Log;
use collegium::registers::{self, Status, Version};
use collegium::verification::{self, Claim, Decision, Policy};
use collegium::web::site::{DemoAccount, Site};
use collegium::{discussion, membership, notify};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;

/// 2026-11-21 09:00 UTC.
const BEGINS: Time = Time(1_795_251_600_000);

/// How a house is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// A password is proof enough for grave acts, as in the demo.
    pub password_step_up: bool,
    /// The public address is https, behind a proxy.
    pub https: bool,
    /// The machine's own clock.
    pub real_clock: bool,
    /// The demo's doors are there.
    pub demo: bool,
    /// More lines for the configuration.
    pub more: &'static str,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { password_step_up: true, https: false, real_clock: false, demo: false, more: "" }
    }
}

impl Plan {
    /// As a real house: grave acts ask for a passkey.
    pub fn strict() -> Plan {
        Plan { password_step_up: false, ..Plan::default() }
    }

    pub fn https() -> Plan {
        Plan { https: true, ..Plan::default() }
    }

    pub fn demo() -> Plan {
        Plan { demo: true, ..Plan::default() }
    }
}

/// The running house of one story.
pub struct House {
    pub clock: Clock,
    pub engine: Engine,
    pub folder: PathBuf,
    pub database: Database,
    way: Way,
    /// The configuration it was started with.
    text: String,
    inner: app::House,
}

/// What a house leaves behind for `collegium serve`.
pub struct Left {
    pub address: SocketAddr,
    pub config: PathBuf,
    folder: PathBuf,
    database: Database,
}

impl Left {
    pub async fn clear(self) {
        self.database.end().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn open(engine: Engine, plan: Plan) -> House {
        let folder = std::env::temp_dir().join(format!("collegium-story-{}-{}", std::process::id(), number()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let database = Database::fresh(engine, &folder).await;
        let clock = if plan.real_clock { Clock::real() } else { Clock::standing(BEGINS) };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let origin = if plan.https {
            "https://forum.example.org".to_owned()
        } else {
            format!("http://localhost:{}", address.port())
        };
        let text = config(&plan, &origin, &folder, &database.url);
        let config = Config::parse(&text, std::iter::empty()).expect("a configuration");
        let ground = Ground { clock: clock.clone(), chance: Chance::real() };
        let log = app::open_log(&config, &ground).await.expect("the log opens");
        let demo = plan.demo.then(|| {
            let email = "ada@story.example".to_owned();
            vec![DemoAccount {
                email,
                password: PASSWORD.to_owned(),
                role: "clinician".to_owned(),
                name: "Ada".to_owned(),
            }]
        });
        let inner = app::start(config, ground, log, listener, MailWay::Capture, demo).await.expect("the house starts");
        let house = House { clock, engine, folder, database, way: Way { address, origin }, text, inner };
        house.read_register(|_| Status::Active).await;
        for (slug, name) in [("cardiology", "Cardiology"), ("renal", "Renal")] {
            discussion::open_room(house.log(), None, slug, name, "A room.").await.expect("a room");
        }
        house
    }

    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    pub fn running(&self) -> &app::House {
        &self.inner
    }

    pub fn log(&self) -> &Log {
        &self.inner.site.log
    }

    pub fn advance(&self, millis: i64) {
        self.clock.advance(millis);
    }

    /// Ends the house and clears away what it left.
    pub async fn end(self) {
        self.inner.close().await;
        self.database.end().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// A configuration file like this house's, for the command line: with another data folder and database if wanted.
    pub fn config_file(&self, name: &str, elsewhere: Option<(&Path, &str)>) -> PathBuf {
        let mut text = self.text.clone();
        if let Some((data, url)) = elsewhere {
            text = text
                .replace(&format!("data = \"{}\"", self.folder.display()), &format!("data = \"{}\"", data.display()));
            text = text.replace(&self.database.url, url);
        }
        let file = self.folder.join(name);
        std::fs::write(&file, text).expect("written");
        file
    }

    /// Ends the house and leaves its folder and tables to a process of its own.
    pub async fn leave(self) -> Left {
        self.inner.close().await;
        let config = self.folder.join("collegium.toml");
        let text = format!("listen = \"{}\"\n{}", self.way.address, self.text);
        std::fs::write(&config, text).expect("written");
        Left { address: self.way.address, config, folder: self.folder, database: self.database }
    }

    // People.

    pub fn stranger(&self) -> Person {
        Person::new("a stranger", "", "stranger@story.example", None, &[], self.way.clone())
    }

    /// Somebody of the cast who has no account yet.
    pub fn newcomer(&self, key: &str) -> Person {
        let part = cast::find(key);
        Person::new(key, &part.name(), &part.email(), None, &[], self.way.clone())
    }

    /// Somebody whose account was made elsewhere.
    pub fn somebody(&self, name: &str, email: &str, id: AccountId) -> Person {
        Person::new(email, name, email, Some(id), &[], self.way.clone())
    }

    /// Somebody with a confirmed address and roles, signed in; not admitted.
    pub async fn staff(&self, key: &str, roles: &[Role]) -> Person {
        let part = cast::find(key);
        let id = self.account(&part, roles).await;
        let person = Person::new(key, &part.name(), &part.email(), Some(id), roles, self.way.clone());
        person.sign_in().await.is(201);
        person
    }

    /// Somebody with a confirmed address, signed in, who has not applied.
    pub async fn member(&self, key: &str) -> Person {
        self.staff(key, &[]).await
    }

    /// A verified clinician, signed in.
    pub async fn clinician(&self, key: &str) -> Person {
        self.clinician_who(key, &[]).await
    }

    pub async fn clinician_who(&self, key: &str, roles: &[Role]) -> Person {
        let person = self.staff(key, roles).await;
        self.admit(&person).await;
        person
    }

    /// A clinician who moderates.
    pub async fn moderator(&self, key: &str) -> Person {
        self.clinician_who(key, &[Role::Moderator]).await
    }

    pub async fn clinicians<const N: usize>(&self, keys: [&str; N]) -> [Person; N] {
        let mut people = Vec::with_capacity(N);
        for key in keys {
            people.push(self.clinician(key).await);
        }
        people.try_into().unwrap_or_else(|_| unreachable!("as many as were asked for"))
    }

    async fn account(&self, part: &Part, roles: &[Role]) -> AccountId {
        let password = Secret::new(PASSWORD);
        join::create(self.log(), &self.site().passwords, &part.name(), &part.email(), &password, roles)
            .await
            .unwrap_or_else(|problem| panic!("{}: {problem}", part.key))
    }

    /// Applies and is approved by a verifier, through the room's own verbs.
    pub async fn admit(&self, person: &Person) {
        let claim = claim(&cast::find(&person.key));
        let member = person.member(self.log()).await;
        let application =
            verification::apply(self.log(), &Policy::default(), &member, claim).await.expect("the application is sent");
        let verifier = self.any_verifier().await;
        verification::decide(
            self.log(),
            &Policy::default(),
            &verifier,
            &application,
            Decision::Approve,
            "shown-by-work-contact",
            "",
        )
        .await
        .expect("approved");
    }

    async fn any_verifier(&self) -> Verifier {
        let known: Option<String> = sqlx::query_scalar("select account_id from accounts where email_key = $1")
            .bind("verifier@story.example")
            .fetch_optional(&mut *self.log().reader().await.expect("a reader"))
            .await
            .expect("read");
        let id = match known {
            Some(id) => AccountId::parse(&id).expect("an id"),
            None => join::create(
                self.log(),
                &self.site().passwords,
                "The First Verifier",
                "verifier@story.example",
                &Secret::new(PASSWORD),
                &[Role::Verifier],
            )
            .await
            .expect("made"),
        };
        let mut conn = self.log().reader().await.expect("a reader");
        let member = collegium::accounts::Member::load(&mut conn, &id).await.expect("read").expect("confirmed");
        member.verifier().expect("a verifier")
    }

    // The world outside.

    /// Imports the register as it stands today and looks at the members again, as the command does.
    pub async fn read_register(&self, standing: impl Fn(&Part) -> Status) {
        let register = registers::find("gmc").expect("known");
        let file = std::io::Cursor::new(cast::register_file(standing));
        registers::import(self.log(), register, file, Version::complete("LRMP.csv"), |_| {}).await.expect("imported");
        membership::sweep(self.log(), &self.site().config.members, &self.site().live, register).await.expect("swept");
    }

    /// The letters to an address, oldest first, once the postman has carried what is due.
    pub async fn letters_to(&self, email: &str) -> Vec<(String, String)> {
        self.caught_up().await;
        let mut letters: Vec<(String, String)> = notify::captured(self.log(), 10_000)
            .await
            .expect("read")
            .into_iter()
            .filter(|letter| letter.to_address == email)
            .map(|letter| (letter.subject, letter.body))
            .collect();
        letters.reverse();
        letters
    }

    /// Waits until every follower has read the whole log and no letter is due.
    pub async fn caught_up(&self) {
        let ends = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            let head = self.log().head().await.expect("the head");
            let index = self.site().index.cursor().await.expect("the index's cursor");
            let letters = self.count("select seq from cursors where follower = 'notify'").await;
            let watch = self.count("select seq from cursors where follower = 'membership'").await;
            let breach = self.count("select seq from cursors where follower = 'breach'").await;
            // Drills alone move its cursor.
            let drill = "select coalesce(max(seq), 0) - (select coalesce(max(c.seq), 0) from cursors c where c.follower = 'duty')
                         from events where kind = 'drill-step'";
            let drill = self.count(drill).await;
            let due = self.count("select count(*) from mails where sent_at is null and given_up_at is null").await;
            if index == head
                && letters == head
                && watch == head
                && breach == head
                && drill <= 0
                && due == 0
                && head == self.log().head().await.expect("the head")
            {
                return;
            }
            assert!(
                tokio::time::Instant::now() < ends,
                "the followers do not catch up: log {head}, index {index}, letters {letters}, due {due}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A text out of the tables; empty when there is no row.
    pub async fn text(&self, sql: &'static str) -> String {
        let mut conn = self.log().reader().await.expect("a reader");
        sqlx::query_scalar(sql).fetch_optional(&mut *conn).await.expect(sql).unwrap_or_default()
    }

    /// A number out of the tables; 0 when there is no row.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut conn = self.log().reader().await.expect("a reader");
        sqlx::query_scalar(sql).fetch_optional(&mut *conn).await.expect(sql).unwrap_or(0)
    }
}

/// What a person of the cast claims.
pub fn claim(part: &Part) -> Claim {
    Claim {
        country: "GB".to_owned(),
        register: "gmc".to_owned(),
        profession: "physician".to_owned(),
        number: part.number(),
        registered_name: part.name(),
        statement: String::new(),
        number_stands: false,
    }
}

fn config(plan: &Plan, origin: &str, folder: &Path, database: &str) -> String {
    format!(
        r#"
public_url = "{origin}"
host = "the Society of Stories"
data = "{data}"
house_key = "a key of a story, long enough to be one"
data_protection_contact = "dpo@story.example"
[evidence]
program = "{program}"
[database]
url = "{database}"
[mail]
smtp = "smtp://localhost:25"
from = "Collegium <collegium@story.example>"
[staff]
password_step_up = {step_up}
{more}
"#,
        data = folder.display(),
        program = env!("CARGO_BIN_EXE_collegium"),
        step_up = plan.password_step_up,
        more = plan.more,
    )
}
