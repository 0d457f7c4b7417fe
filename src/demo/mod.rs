//! A house filled with fictional people and cases, through the same doors as a real one: the register files are written
//! in the publishers' layouts and imported, everybody applies and is admitted by a verifier, every post passes the gate.
//! Nothing real belongs in it.

mod fill;
mod people;

pub use people::PASSWORD;

use crate::app::{self, Ground, House, MailWay};
use crate::base::chance::Chance;
use crate::base::problem::{Problem, Result};
use crate::base::secret::{Secret, sha256_hex};
use crate::config::Config;
use crate::web::site::DemoAccount;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// What a filled folder is marked with: content of another make is thrown away and filled anew.
const MARK: &str = "collegium-demo";

/// Opens the demo in a folder, filling it first if it is new.
///
/// # Errors
/// A folder that holds something else: it is left alone.
pub async fn open(listener: TcpListener, data: Option<PathBuf>) -> Result<House> {
    let data = data.unwrap_or_else(|| std::env::temp_dir().join("collegium-demo"));
    let accounts = people::accounts();
    prepare(&data, &accounts).await?;
    let config = config(&data, listener.local_addr()?.port())?;
    let ground = Ground::real();
    let log = app::open_log(&config, &ground).await?;
    app::start(config, ground, log, listener, MailWay::Capture, Some(accounts)).await
}

async fn prepare(data: &Path, accounts: &[DemoAccount]) -> Result<()> {
    let mark = data.join(MARK);
    let make = sha256_hex(format!("{} {}", env!("CARGO_PKG_VERSION"), fill::content_mark()).as_bytes());
    if std::fs::read_to_string(&mark).is_ok_and(|found| found == make) {
        return Ok(());
    }
    let occupied = std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        if !mark.exists() {
            return Err(Problem::fault(format!(
                "--data: {} holds something that is not a demo; name an empty folder",
                data.display()
            )));
        }
        std::fs::remove_dir_all(data)?;
    }
    std::fs::create_dir_all(data)?;
    // Marked as ours before it is whole: a demo that was broken off is thrown away, not mistaken for a stranger's.
    std::fs::write(&mark, "being filled")?;
    std::fs::write(data.join("house.key"), Secret::fresh(&Chance::real()).reveal())?;
    fill::fill(&config(data, 0)?).await?;
    std::fs::write(data.join("accounts.json"), serde_json::to_string_pretty(accounts)?)?;
    std::fs::write(&mark, make)?;
    Ok(())
}

fn config(data: &Path, port: u16) -> Result<Config> {
    let path = |name: &str| toml::Value::String(data.join(name).display().to_string()).to_string();
    let text = format!(
        r#"
public_url = "http://localhost:{port}"
host = "the Society of Invented Medicine"
data = {data}
house_key_file = {key}
data_protection_contact = "dpo@demo.example"
[mail]
smtp = "smtp://localhost:25"
from = "Collegium <collegium@demo.example>"
[staff]
password_step_up = true
"#,
        data = toml::Value::String(data.display().to_string()),
        key = path("house.key"),
    );
    Config::parse(&text, std::iter::empty())
}
