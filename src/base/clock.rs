//! Time as a value that is handed in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. Stored as `bigint`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Time(pub i64);

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Time {
    pub fn millis(self) -> i64 {
        self.0
    }

    /// This time moved by `millis`, which may be negative.
    pub fn plus(self, millis: i64) -> Time {
        Time(self.0.saturating_add(millis))
    }

    /// RFC 3339 in UTC, to the second.
    pub fn iso(self) -> String {
        jiff::Timestamp::from_millisecond(self.0)
            .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
            .unwrap_or_default()
    }
}

/// Where the time comes from: the machine, or a story that sets it.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's own clock.
    pub fn real() -> Clock {
        Clock(None)
    }

    /// A clock that stands still until it is told to move.
    pub fn standing(at: Time) -> Clock {
        Clock(Some(Arc::new(AtomicI64::new(at.0))))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the real clock")]
    pub fn now(&self) -> Time {
        match &self.0 {
            Some(set) => Time(set.load(Ordering::SeqCst)),
            None => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Moves a standing clock forward; the machine's clock does not move for anybody.
    pub fn advance(&self, millis: i64) {
        if let Some(set) = &self.0 {
            set.fetch_add(millis, Ordering::SeqCst);
        }
    }
}
