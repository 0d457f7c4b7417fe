//! The exposure report against the truth: readers who open, watch, search, list and read by program at random, a model
//! that notes what was really in each answer, and the report that must say the same of every post: nobody missing, nobody
//! added, by no other way, at no other time.

use crate::support::each_db::tell;
use crate::support::{Engine, House, Person, Plan, Socket, case, reply};
use collegium::accounts::{self, Role};
use collegium::base::clock::{MINUTE, SECOND, Time};
use collegium::base::id::{AccountId, PostId};
use collegium::base::secret::Secret;
use collegium::breach;
use collegium::deid::aside::{Setting, pass};
use collegium::log::Actor;
use collegium::membership;
use collegium::registers::{self, Profession, Status, Version, fiction};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

#[test]
fn small_on_sqlite() {
    tell(Engine::Sqlite, Plan::default(), async |house: &House| simulate(house, 24, 12, 240).await);
}

#[test]
fn small_on_postgres() {
    tell(Engine::Postgres, Plan::default(), async |house: &House| simulate(house, 24, 12, 240).await);
}

/// A repeatable row of numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
}

/// A post as the story knows it: its words in each revision stand in no other text.
struct Written {
    id: String,
    thread: usize,
    author: usize,
    /// Of a beginning: the word of its title.
    title: Option<String>,
    words: Vec<String>,
    is_open: bool,
}

/// Way and revision; first and last, as the house writes them down.
type Sights = BTreeMap<(String, i64), (Time, Time)>;

/// What is really known: by post and reader.
#[derive(Default)]
struct Truth(BTreeMap<(usize, usize), Sights>);

impl Truth {
    fn saw(&mut self, post: usize, reader: usize, way: &str, revision: i64, now: Time) {
        let sights = self.0.entry((post, reader)).or_default();
        let sight = sights.entry((way.to_owned(), revision)).or_insert((now, now));
        if now >= sight.1.plus(10 * MINUTE) {
            sight.1 = now;
        }
    }

    /// Each time it arrives on an open page is written down.
    fn heard(&mut self, post: usize, reader: usize, revision: i64, now: Time) {
        let sights = self.0.entry((post, reader)).or_default();
        sights.entry(("live".to_owned(), revision)).or_insert((now, now)).1 = now;
    }
}

/// Days pass in this story; nobody grows idle in it.
async fn stay_signed_in(house: &House) {
    let mut tx = house.log().write(Actor::House).await.expect("a change");
    let now = house.clock.now();
    sqlx::query("update sessions set seen_at = $1, created_at = $1, proved_at = $1")
        .bind(now)
        .execute(tx.conn())
        .await
        .expect("done");
    tx.commit_quietly("a story").await.expect("committed");
}

/// A word of its own for each number, of letters alone.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 8] = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti"];
    let digits = [number / 512 % 8, number / 64 % 8, number / 8 % 8, number % 8];
    format!("quill{}wort", digits.map(|digit| SYLLABLES[digit]).concat())
}

struct Stage<'a> {
    house: &'a House,
    people: Vec<Person>,
    threads: Vec<String>,
    posts: Vec<Written>,
    sockets: Vec<(usize, usize, Socket)>,
    truth: Truth,
    dice: Dice,
    next_word: usize,
    did: BTreeMap<&'static str, usize>,
}

pub async fn simulate(house: &House, readers: usize, posts: usize, steps: usize) {
    let began = Instant::now();
    let ines = house.moderator("ines").await;
    let officer = house.staff("petra", &[Role::Privacy]).await;
    let people = readers_of(house, readers).await;
    let mut stage = Stage {
        house,
        people,
        threads: Vec::new(),
        posts: Vec::new(),
        sockets: Vec::new(),
        truth: Truth::default(),
        dice: Dice(20_261_121),
        next_word: 0,
        did: BTreeMap::new(),
    };
    for _ in 0..posts.div_ceil(3) {
        stage.start().await;
    }
    for step in 0..steps {
        // The last posts come while people read.
        if stage.posts.len() < posts && step % (steps / (posts * 2 / 3).max(1)).max(1) == 0 {
            stage.answer().await;
        } else {
            stage.something().await;
        }
        let pause = stage.dice.below(240) as i64 * SECOND;
        house.advance(pause);
        stay_signed_in(house).await;
        if step % 10 == 0 {
            stage.breathe().await;
        }
    }
    while stage.posts.len() < posts {
        stage.answer().await;
    }
    let compared = stage.judge(&ines, &officer).await;
    println!(
        "{:?}: {readers} readers, {posts} posts, {steps} steps ({:?}): {compared} pairs of reader and way compared, nobody missing, \
         nobody added; {:.1} s",
        house.engine,
        stage.did,
        began.elapsed().as_secs_f64()
    );
}

/// Members with a session each; past the door, which other stories tell of.
async fn readers_of(house: &House, many: usize) -> Vec<Person> {
    let register = registers::find("gmc").expect("known");
    let numbers: Vec<String> = (0..many).map(|at| fiction::gmc_number(600_000 + at as u32)).collect();
    let wanted: Vec<_> = numbers
        .iter()
        .map(|number| fiction::Wanted {
            register: "gmc",
            number,
            family: "Lovelock",
            given: "Ada",
            profession: Profession::Physician,
            specialty: "Cardiology",
            status: Status::Active,
        })
        .collect();
    let mut file = crate::support::cast::register_file(|_| Status::Active);
    let mut more = Vec::new();
    fiction::write(register, 7, 0, &wanted, &mut more).expect("written");
    // One file of both: the second without its head.
    let head = more.iter().position(|byte| *byte == b'\n').expect("a head") + 1;
    file.extend_from_slice(&more[head..]);
    let version = Version { allow: true, ..Version::complete("more") };
    registers::import(house.log(), register, std::io::Cursor::new(file), version, |_| {}).await.expect("imported");
    house.caught_up().await;
    let mut people = Vec::new();
    let now = house.clock.now();
    let mut tx = house.log().write(Actor::House).await.expect("a change");
    for (at, number) in numbers.iter().enumerate() {
        let email = format!("reader{at}@story.example");
        let name = pass(Setting::Profile, "name", "Ada Lovelock").expect("a name");
        let id = accounts::create(&mut tx, &email, &name).await.expect("made");
        accounts::confirm_email(&mut tx, &id).await.expect("confirmed");
        accounts::store::admit(&mut tx, &id, "gmc", number, "physician", "Cardiology").await.expect("admitted");
        let judged = registers::judge_number(register, number).expect("a number");
        let entry = registers::entry(tx.conn(), &judged).await.expect("read");
        membership::begin(&mut tx, &id, entry.as_ref(), "physician", "shown-by-call").await.expect("begun");
        let token = Secret::fresh(house.log().chance());
        sqlx::query(
            "insert into sessions (session_id, token_hash, account_id, device, shared, created_at, seen_at, proved_at, proved_by)
             values ($1, $2, $3, 'a story', 0, $4, $4, $4, 'password')",
        )
        .bind(format!("{at:025}"))
        .bind(token.hash())
        .bind(&id)
        .bind(now)
        .execute(tx.conn())
        .await
        .expect("a session");
        let person = house.somebody("Ada Lovelock", &email, id);
        person.set_cookie(Some(format!("sid={}", token.reveal())));
        people.push(person);
    }
    tx.commit().await.expect("committed");
    people
}

impl Stage<'_> {
    fn word(&mut self) -> String {
        self.next_word += 1;
        word(self.next_word)
    }

    fn now(&self) -> Time {
        self.house.clock.now()
    }

    async fn start(&mut self) {
        let (author, title, words) = (self.dice.below(self.people.len()), self.word(), self.word());
        let mut told = case(&format!("The {title} sign"));
        told["question"] = json!(format!("Has anybody seen the {words} sign?"));
        let placed = self.people[author].publish(told).await.ok();
        self.threads.push(placed.of("thread"));
        self.posts.push(Written {
            id: placed.of("post"),
            thread: self.threads.len() - 1,
            author,
            title: Some(title),
            words: vec![words],
            is_open: true,
        });
    }

    /// A reply, or a change of one, that reaches open pages.
    async fn answer(&mut self) {
        let (author, thread, words) =
            (self.dice.below(self.people.len()), self.dice.below(self.threads.len()), self.word());
        let placed =
            self.people[author].reply(&self.threads[thread], reply(&format!("The {words} sign, once."))).await.ok();
        self.posts.push(Written {
            id: placed.of("post"),
            thread,
            author,
            title: None,
            words: vec![words],
            is_open: true,
        });
        self.hear(self.posts.len() - 1).await;
        *self.did.entry("reply").or_default() += 1;
    }

    async fn change(&mut self) {
        let replies: Vec<usize> = (0..self.posts.len()).filter(|at| self.posts[*at].title.is_none()).collect();
        if replies.is_empty() {
            return;
        }
        let (post, words) = (replies[self.dice.below(replies.len())], self.word());
        let mut told = reply(&format!("The {words} sign, again."));
        told["revision"] = json!(self.posts[post].words.len());
        self.people[self.posts[post].author].revise(&self.posts[post].id, told).await.is(200);
        self.posts[post].words.push(words);
        self.hear(post).await;
        *self.did.entry("change").or_default() += 1;
    }

    /// Every open page of the thread hears of the post; who hears its words has seen it.
    async fn hear(&mut self, post: usize) {
        let now = self.now();
        let written = &self.posts[post];
        let words = written.words.last().expect("a word");
        for (reader, thread, socket) in &mut self.sockets {
            if *thread != written.thread {
                continue;
            }
            let heard = loop {
                let heard = socket.hear_post().await;
                if heard["post"] == json!(written.id) && heard.to_string().contains(words.as_str()) {
                    break heard;
                }
            };
            assert!(heard["html"].as_str().expect("html").contains(words.as_str()));
            if *reader != written.author {
                self.truth.heard(post, *reader, written.words.len() as i64, now);
            }
        }
    }

    /// Notes whose words are in an answer.
    fn note(&mut self, reader: usize, way: &str, body: &str) {
        let now = self.now();
        for (post, written) in self.posts.iter().enumerate().filter(|(_, written)| written.author != reader) {
            let shown: Vec<i64> = match (&written.title, way) {
                (Some(title), "list") if body.contains(title.as_str()) => vec![written.words.len() as i64],
                (_, "list") => Vec::new(),
                _ => (1..)
                    .zip(&written.words)
                    .filter(|(_, word)| body.contains(word.as_str()))
                    .map(|(revision, _)| revision)
                    .collect(),
            };
            for revision in shown {
                self.truth.saw(post, reader, way, revision, now);
            }
        }
    }

    async fn something(&mut self) {
        let (reader, thread) = (self.dice.below(self.people.len()), self.dice.below(self.threads.len()));
        let post = self.dice.below(self.posts.len());
        let at = self.threads[thread].clone();
        let kind = match self.dice.below(20) {
            0..5 => {
                let body = self.people[reader].get(&format!("/threads/{at}")).await.is(200).text();
                self.note(reader, "page", &body);
                "page"
            }
            5..8 => {
                self.watch(reader, thread).await;
                "line"
            }
            8 => {
                if !self.sockets.is_empty() {
                    let gone = self.dice.below(self.sockets.len());
                    self.sockets.swap_remove(gone);
                    // The house has noticed by the next post at the latest, or hands it to a line that nobody hears.
                    self.settle().await;
                }
                "line closed"
            }
            9..13 => {
                self.search(reader, post).await;
                "search"
            }
            13 => {
                let body = self.people[reader].read(&at).await.ok().text();
                self.note(reader, "api", &body);
                "api"
            }
            14..16 => {
                let body = self.people[reader].get("/").await.is(200).text();
                self.note(reader, "list", &body);
                "rooms"
            }
            16 => {
                let body = self.people[reader].get("/api/v1/rooms/cardiology/threads").await.is(200).text();
                self.note(reader, "list", &body);
                "api list"
            }
            17 => {
                let body = self.people[reader].get(&format!("/posts/{}/revisions", self.posts[post].id)).await.is(200);
                let body = body.text();
                self.note(reader, "page", &body);
                if self.posts[post].title.is_none() {
                    self.note(reader, "list", &body);
                }
                "revisions"
            }
            18 => {
                // A flag makes letters to moderators; none holds words of a post.
                let body =
                    self.people[reader].get(&format!("/posts/{}/flag", self.posts[post].id)).await.is(200).text();
                if self.posts[post].title.is_none() {
                    self.note(reader, "list", &body);
                }
                self.people[reader].flag(&self.posts[post].id, "accuracy", "").await.is(201);
                "flag and mail"
            }
            _ => {
                self.change().await;
                return;
            }
        };
        *self.did.entry(kind).or_default() += 1;
    }

    async fn watch(&mut self, reader: usize, thread: usize) {
        if self.sockets.len() >= 40 || self.sockets.iter().any(|(who, at, _)| (*who, *at) == (reader, thread)) {
            return;
        }
        let since = if self.dice.below(2) == 0 { 0 } else { self.house.log().head().await.expect("the head") };
        let mut socket = self.people[reader].line().await.expect("a line");
        let missed = socket.watch(&self.threads[thread], since).await;
        let now = self.now();
        for message in missed {
            for (post, written) in self.posts.iter().enumerate().filter(|(_, written)| written.author != reader) {
                let words = written.words.last().expect("a word");
                if message["post"] == json!(written.id) && message.to_string().contains(words.as_str()) {
                    self.truth.saw(post, reader, "live", written.words.len() as i64, now);
                }
            }
        }
        self.sockets.push((reader, thread, socket));
    }

    async fn search(&mut self, reader: usize, post: usize) {
        self.house.caught_up().await;
        let words = self.posts[post].words.last().expect("a word").clone();
        let asked = if self.dice.below(3) == 0 { "sign".to_owned() } else { words };
        let found: Value = self.people[reader].search(&[("q", asked.as_str())]).await.ok().json();
        let now = self.now();
        for hit in found["hits"].as_array().expect("hits") {
            let of = |id: &Value| self.posts.iter().position(|written| json!(written.id) == *id).expect("ours");
            let at = of(&hit["post"]);
            if self.posts[at].author != reader {
                self.truth.saw(at, reader, "search", self.posts[at].words.len() as i64, now);
            }
            let beginning = self
                .posts
                .iter()
                .position(|written| written.thread == self.posts[at].thread && written.title.is_some());
            let beginning = beginning.expect("a beginning");
            let title = hit["title"].as_str().unwrap_or_default();
            if at != beginning && self.posts[beginning].author != reader {
                assert!(title.contains(self.posts[beginning].title.as_deref().expect("a title")));
                self.truth.saw(beginning, reader, "list", self.posts[beginning].words.len() as i64, now);
            }
        }
    }

    /// A page reads what comes; a line that answers no ping for a minute is closed.
    async fn breathe(&mut self) {
        for (_, _, socket) in &mut self.sockets {
            while socket.next(std::time::Duration::from_millis(1)).await.is_some() {}
        }
    }

    /// Waits until the house knows of no more lines than there are.
    async fn settle(&self) {
        let ends = Instant::now() + std::time::Duration::from_secs(15);
        while self.house.site().hub.count() != self.sockets.len() {
            assert!(Instant::now() < ends, "{} lines, {} known", self.house.site().hub.count(), self.sockets.len());
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// Removes every post, and compares what is reported with what is known. How many sights were compared.
    async fn judge(&mut self, ines: &Person, officer: &Person) -> usize {
        self.settle().await;
        let proof = officer.member(self.house.log()).await.privacy().expect("the officer");
        let mut compared = 0;
        // Replies first: when a beginning goes, the others of its thread stay.
        for post in (0..self.posts.len()).rev() {
            self.breathe().await;
            let id = self.posts[post].id.clone();
            ines.remove(&id, "confidentiality").await.is(201);
            self.posts[post].is_open = false;
            while self.house.count("select seq from cursors where follower = 'breach'").await
                < self.house.log().head().await.expect("the head")
            {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let parsed = PostId::parse(&id).expect("an id");
            let report = breach::exposure(self.house.log(), &proof, &parsed).await.expect("a report");
            let told: BTreeMap<String, Sights> = report
                .readers
                .iter()
                .map(|reader| {
                    let sights = reader
                        .sights
                        .iter()
                        .map(|sight| ((sight.way.clone(), sight.revision), (sight.first, sight.last)))
                        .collect();
                    (reader.account.to_string(), sights)
                })
                .collect();
            let known: BTreeMap<String, Sights> = self
                .truth
                .0
                .iter()
                .filter(|((at, _), _)| *at == post)
                .map(|((_, reader), sights)| (self.people[*reader].id().to_string(), sights.clone()))
                .collect();
            assert_eq!(told, known, "the report of post {post} and the truth");
            let seen = |reader: usize| {
                self.truth
                    .0
                    .get(&(post, reader))
                    .is_some_and(|sights| sights.keys().any(|(way, _)| matches!(way.as_str(), "page" | "live" | "api")))
            };
            let on_screen: BTreeSet<&AccountId> = self
                .sockets
                .iter()
                .filter(|(reader, thread, _)| *thread == self.posts[post].thread && seen(*reader))
                .map(|(reader, ..)| self.people[*reader].id())
                .collect();
            let told: BTreeSet<&AccountId> =
                report.readers.iter().filter(|one| one.on_screen).map(|one| &one.account).collect();
            assert_eq!(told, on_screen, "on screen when it went: post {post}");
            compared += known.values().map(Sights::len).sum::<usize>();
            if post % 5 == 0 {
                self.table(officer, &id, &known).await;
            }
        }
        let letters = collegium::notify::captured(self.house.log(), 100_000).await.expect("read");
        let words: Vec<&String> =
            self.posts.iter().flat_map(|written| written.words.iter().chain(&written.title)).collect();
        for letter in &letters {
            assert!(!words.iter().any(|word| letter.body.contains(word.as_str())), "{}", letter.body);
        }
        // The letters to all these readers are another story.
        let mut tx = self.house.log().write(Actor::House).await.expect("a change");
        sqlx::query("update mails set given_up_at = 1 where sent_at is null").execute(tx.conn()).await.expect("done");
        tx.commit_quietly("a story").await.expect("committed");
        compared
    }

    /// The table that is taken out says the same.
    async fn table(&self, officer: &Person, id: &str, known: &BTreeMap<String, Sights>) {
        officer.form("/step-up", &[("password", crate::support::PASSWORD), ("next", "/privacy")]).await.is(303);
        let table = officer.form(&format!("/privacy/{id}/downloads"), &[("form", "csv")]).await.is(200).text();
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let told: Vec<(String, String)> =
            rows.records().map(|row| row.expect("a row")).map(|row| (row[1].to_owned(), row[6].to_owned())).collect();
        let mut wanted: Vec<(String, String)> = known
            .iter()
            .flat_map(|(account, sights)| sights.values().map(|(first, _)| (account.clone(), first.iso())))
            .collect();
        let mut told = told;
        told.sort();
        wanted.sort();
        assert_eq!(told, wanted);
    }
}
