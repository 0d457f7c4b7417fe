//! Figures for the operator, in Prometheus' text form, on a listener of their own. Counts and times by route; never an
//! address, a name or a text.

use super::site::Site;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Upper edges of the time buckets, in milliseconds.
const EDGES: [u64; 9] = [1, 5, 10, 25, 50, 100, 250, 1_000, 5_000];

#[derive(Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<(String, u16), Series>>>);

#[derive(Default)]
struct Series {
    buckets: [u64; EDGES.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let series = all.entry((route.to_owned(), status)).or_default();
        series.count += 1;
        series.seconds += took.as_secs_f64();
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        for (bucket, edge) in series.buckets.iter_mut().zip(EDGES) {
            if millis <= edge {
                *bucket += 1;
            }
        }
    }

    /// The whole page.
    pub async fn page(&self, site: &Site) -> String {
        let mut out = String::from("# TYPE collegium_request_seconds histogram\n");
        for ((route, status), series) in self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).iter() {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            for (count, edge) in series.buckets.iter().zip(EDGES) {
                let _ =
                    writeln!(out, "collegium_request_seconds_bucket{{{labels},le=\"{}\"}} {count}", edge as f64 / 1e3);
            }
            let _ = writeln!(out, "collegium_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
            let _ = writeln!(out, "collegium_request_seconds_sum{{{labels}}} {}", series.seconds);
            let _ = writeln!(out, "collegium_request_seconds_count{{{labels}}} {}", series.count);
        }
        let _ = writeln!(out, "# TYPE collegium_lines_open gauge\ncollegium_lines_open {}", site.hub.count());
        if let Ok(head) = site.log.head().await {
            let _ = writeln!(out, "# TYPE collegium_log_seq counter\ncollegium_log_seq {head}");
            if let Ok(indexed) = site.index.cursor().await {
                let _ = writeln!(
                    out,
                    "# TYPE collegium_search_lag gauge\ncollegium_search_lag {}",
                    (head - indexed).max(0)
                );
            }
        }
        out
    }
}
