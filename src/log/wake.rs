//! Waking the followers: a hint that there is more to read. The log is the truth; a lost hint costs a few seconds.

use crate::base::problem::Result;
use crate::db::{Conn, Db, Engine};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::sync::watch;

/// How long a follower waits without a hint before it looks by itself.
const PATIENCE: Duration = Duration::from_secs(3);
const CHANNEL: &str = "collegium";

#[derive(Clone)]
pub(super) struct Wake {
    rung: watch::Sender<u64>,
    engine: Engine,
    /// Ends the listener when the last clone is dropped.
    _ends: Arc<EndsListener>,
}

struct EndsListener(Arc<Notify>);

impl Drop for EndsListener {
    fn drop(&mut self) {
        self.0.notify_waiters();
    }
}

impl Wake {
    pub async fn open(db: &Db) -> Result<Wake> {
        let rung = watch::Sender::new(0);
        let ends = Arc::new(Notify::new());
        if db.engine() == Engine::Postgres {
            tokio::spawn(listen(db.url().to_owned(), rung.clone(), Arc::clone(&ends)));
        }
        Ok(Wake { rung, engine: db.engine(), _ends: Arc::new(EndsListener(ends)) })
    }

    /// Part of the transaction: tells the other nodes once it commits.
    pub async fn ring_with(&self, conn: &mut Conn) -> Result<()> {
        if self.engine == Engine::Postgres {
            sqlx::query("select 1 from pg_notify($1, '')").bind(CHANNEL).execute(conn).await?;
        }
        Ok(())
    }

    /// Tells the followers of this node.
    pub fn ring(&self) {
        self.rung.send_modify(|count| *count += 1);
    }

    pub fn bell(&self) -> Bell {
        Bell(self.rung.subscribe())
    }
}

/// One follower's ear.
pub(super) struct Bell(watch::Receiver<u64>);

impl Bell {
    /// Waits for the next ring, or a few seconds at most.
    pub async fn wait(&mut self) {
        let _ = tokio::time::timeout(PATIENCE, self.0.changed()).await;
    }
}

/// Passes PostgreSQL's notifications on, and connects again whenever the line is lost.
async fn listen(url: String, rung: watch::Sender<u64>, ends: Arc<Notify>) {
    let listening = async {
        loop {
            match sqlx::postgres::PgListener::connect(&url).await {
                Ok(mut listener) => {
                    if listener.listen(CHANNEL).await.is_ok() {
                        while listener.recv().await.is_ok() {
                            rung.send_modify(|count| *count += 1);
                        }
                    }
                }
                Err(cause) => tracing::warn!(%cause, "the listener for other nodes cannot connect; it tries again"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        () = listening => {}
        () = ends.notified() => {}
    }
}
