//! Composing the house: opens everything, starts the followers and the listeners, and closes them in order.

use crate::auth::{Passkeys, Passwords, join};
use crate::base::chance::Chance;
use crate::base::clock::Clock;
use crate::base::problem::{Problem, Result};
use crate::base::secret::HouseKey;
use crate::breach;
use crate::config::Config;
use crate::db::Db;
use crate::discussion::{self, Deliveries};
use crate::duty;
use crate::evidence::{Reader, Vault};
use crate::live::Hub;
use crate::log::Log;
use crate::membership;
use crate::moderation;
use crate::notify::{self, Postman, Transport};
use crate::registers::live::Live;
use crate::search::{self, Index};
use crate::verification::{self, Strongroom};
use crate::web::api::check;
use crate::web::metrics::Metrics;
use crate::web::routes::router;
use crate::web::server;
use crate::web::site::{DemoAccount, Inner, Site};
use crate::web::view;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// What is handed in: the real clock and chance, or a story's.
pub struct Ground {
    pub clock: Clock,
    pub chance: Chance,
}

impl Ground {
    pub fn real() -> Ground {
        Ground { clock: Clock::real(), chance: Chance::real() }
    }
}

/// How mail leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailWay {
    Smtp,
    /// Into the outbox that the demo shows.
    Capture,
}

/// The running house.
pub struct House {
    pub site: Site,
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Opens the database and the log behind a configuration.
pub async fn open_log(config: &Config, ground: &Ground) -> Result<Log> {
    std::fs::create_dir_all(&config.data)
        .map_err(|cause| Problem::fault(format!("data: {}: {cause}", config.data.display())))?;
    let db = Db::open(config.database_url().reveal()).await?;
    Log::open(db, ground.clock.clone(), ground.chance.clone()).await
}

/// Opens the search index behind a configuration.
pub async fn open_index(config: &Config) -> Result<Index> {
    Index::open(&config.search, &config.data.join("search")).await
}

/// Opens the folder of sealed documents behind a configuration.
pub fn open_strongroom(config: &Config) -> Result<Strongroom> {
    let vault = Vault::open(&config.evidence_folder(), config.evidence_key()?)?;
    Ok(Strongroom { vault, reader: Reader::new(config.evidence.program.clone())? })
}

/// Starts everything and begins to serve on `listener`.
pub async fn start(
    config: Config,
    ground: Ground,
    log: Log,
    listener: TcpListener,
    mail: MailWay,
    demo: Option<Vec<DemoAccount>>,
) -> Result<House> {
    let key = HouseKey::new(config.house_key()?);
    discussion::reconcile(&log).await?;
    moderation::seal_notes(&log).await?;
    let index = Arc::new(open_index(&config).await?);
    let address = listener.local_addr()?;
    let clock = ground.clock.clone();
    let choices = config.members.clone();
    let render = Arc::new(move |post: &_, mine| view::live_post(post, mine, &choices, clock.now()));
    let deliveries = Deliveries::new(log.clone());
    let hub = Hub::new(deliveries.clone(), log.clone(), render, check::of_drafts(log.clone()));
    let postman = Postman {
        log: log.clone(),
        key: key.clone(),
        transport: match mail {
            MailWay::Capture => Transport::Capture,
            MailWay::Smtp => Transport::smtp(&config.mail.smtp, config.mail.password.as_ref(), &config.mail.from)?,
        },
        host: config.host.clone(),
        home: config.home(),
        data_protection_contact: config.data_protection_contact.clone(),
    };
    let strongroom = open_strongroom(&config)?;
    let site = Site::new(Inner {
        strongroom: strongroom.clone(),
        ledger: breach::Ledger::default(),
        passwords: Passwords::new(ground.chance.clone()),
        passkeys: Passkeys::new(&config.public_url)?,
        log: log.clone(),
        key,
        index: Arc::clone(&index),
        hub: hub.clone(),
        deliveries,
        live: Live::new(&config.live)?,
        demo,
        config,
    });
    let (stop, stopped) = watch::channel(false);
    let mut tasks = Vec::new();
    tasks.push(tokio::spawn(search::follow(log.clone(), index, stopped.clone())));
    tasks.push(tokio::spawn({
        let mut stopped = stopped.clone();
        async move {
            tokio::select! {
                ended = hub.follow() => if let Err(problem) = ended {
                    tracing::error!(%problem, "the hub ended");
                },
                _ = stopped.wait_for(|stop| *stop) => {}
            }
        }
    }));
    let rung = Arc::new(Notify::new());
    tasks.push(tokio::spawn(write_letters(log.clone(), Arc::clone(&rung), stopped.clone())));
    tasks.push(tokio::spawn(carry_letters(postman, rung, stopped.clone())));
    tasks.push(tokio::spawn(moderation::keep_rescanning(log.clone(), stopped.clone())));
    tasks.push(tokio::spawn(moderation::keep_listening(log.clone(), stopped.clone())));
    let choices = site.config.members.clone();
    let live = site.live.clone();
    tasks.push(tokio::spawn(membership::keep_asking(log.clone(), choices.clone(), live.clone(), stopped.clone())));
    tasks.push(tokio::spawn(membership::keep_watching(log.clone(), choices, live, stopped.clone())));
    tasks.push(tokio::spawn(verification::keep(log.clone(), strongroom, stopped.clone())));
    tasks.push(tokio::spawn(breach::keep(log.clone(), site.config.breach.clone(), stopped.clone())));
    tasks.push(tokio::spawn(duty::keep(log.clone(), stopped.clone())));
    let metrics = Metrics::default();
    if !site.config.metrics_listen.is_empty() {
        let listener = TcpListener::bind(&site.config.metrics_listen)
            .await
            .map_err(|cause| Problem::fault(format!("metrics_listen: {}: {cause}", site.config.metrics_listen)))?;
        tasks.push(tokio::spawn(serve_metrics(listener, site.clone(), metrics.clone(), stopped.clone())));
    }
    let header_limit = Duration::from_secs(site.config.limits.header_seconds);
    tasks.push(tokio::spawn({
        let router = router(&site, &metrics);
        let mut stopped = stopped.clone();
        async move {
            let stop = async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            if let Err(problem) = server::serve(listener, router, header_limit, stop).await {
                tracing::error!(%problem, "the listener ended");
            }
        }
    }));
    Ok(House { site, address, stop, tasks })
}

impl House {
    /// Ends in order: no new connections, requests in hand end, followers stop, the database closes.
    pub async fn close(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = tokio::time::timeout(Duration::from_secs(15), task).await;
        }
        self.site.log.db().close().await;
    }

    /// The one-time link for the first administrator; `None` once there is one.
    pub async fn first_admin_link(&self) -> Result<Option<String>> {
        let token = join::first_admin_token(&self.site.key);
        if !join::may_be_first_admin(&self.site.log, &self.site.key, token.reveal()).await? {
            return Ok(None);
        }
        Ok(Some(format!("{}/first-administrator?token={}", self.site.config.home(), token.reveal())))
    }
}

async fn write_letters(log: Log, rung: Arc<Notify>, stopped: watch::Receiver<bool>) {
    loop {
        let mut ends = stopped.clone();
        let until = async move {
            let _ = ends.wait_for(|stop| *stop).await;
        };
        match notify::follow(log.clone(), &rung, until).await {
            Ok(()) => return,
            Err(problem) => {
                tracing::warn!(%problem, "letters cannot be written now; tried again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn carry_letters(postman: Postman, rung: Arc<Notify>, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(problem) = notify::send_due(&postman).await {
            tracing::warn!(%problem, "letters cannot be sent now; tried again");
        }
        tokio::select! {
            () = rung.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(15)) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

async fn serve_metrics(listener: TcpListener, site: Site, metrics: Metrics, mut stopped: watch::Receiver<bool>) {
    let router = axum::Router::new().route(
        "/metrics",
        axum::routing::get(move || {
            let (site, metrics) = (site.clone(), metrics.clone());
            async move { metrics.page(&site).await }
        }),
    );
    let stop = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    if let Err(problem) = server::serve(listener, router, Duration::from_secs(10), stop).await {
        tracing::error!(%problem, "the metrics listener ended");
    }
}
