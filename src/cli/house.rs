//! Running the house, and what its operator does by hand.

use super::Outcome;
use super::keep::configuration;
use crate::accounts::Role;
use crate::app::{self, Ground, MailWay};
use crate::auth::{Passwords, join, recovery};
use crate::base::clock::MINUTE;
use crate::base::problem::Problem;
use crate::base::secret::{HouseKey, Secret};
use crate::demo;
use clap::Subcommand;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::net::TcpListener;

#[derive(Subcommand)]
pub enum Account {
    /// Makes an account with a confirmed address; the password is read from standard input.
    #[command(
        after_help = "Example: collegium account create --config collegium.toml --email rhea@example.org --name 'Rhea Obi' --role admin"
    )]
    Create {
        #[arg(long)]
        config: PathBuf,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// verifier, moderator, admin, privacy (the data-protection officer); may be given several times.
        #[arg(long)]
        role: Vec<String>,
    },
    /// Prints a one-time link that sets a new password. Hand it over only after making sure who asks.
    #[command(after_help = "Example: collegium account link --config collegium.toml --email ada@example.org")]
    Link {
        #[arg(long)]
        config: PathBuf,
        #[arg(long)]
        email: String,
    },
}

async fn bind(address: &str) -> Result<TcpListener, Problem> {
    TcpListener::bind(address).await.map_err(|cause| Problem::fault(format!("listen: {address}: {cause}")))
}

/// Until the operator or the system says stop.
async fn until_told() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(_) => return,
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

pub async fn demo(listen: &str, data: Option<PathBuf>) -> Outcome {
    let listener = bind(listen).await?;
    let house = demo::open(listener, data).await?;
    let address = house.site.config.home();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n  Collegium, a demonstration: every person and every case in it is invented.\n")?;
    writeln!(
        out,
        "  Open   {address}\n  Mail   {address}/demo/outbox\n  Files  {}\n",
        house.site.config.data.display()
    )?;
    writeln!(out, "  Sign in as (the password is always “{}”):", demo::PASSWORD)?;
    for person in house.site.demo.iter().flatten() {
        writeln!(out, "    {:<26} {:<13} {}", person.email, person.role, person.name)?;
    }
    writeln!(out, "\n  Stop with Ctrl-C.")?;
    out.flush()?;
    drop(out);
    until_told().await;
    house.close().await;
    Ok(ExitCode::SUCCESS)
}

pub async fn serve(config: &Path) -> Outcome {
    let config = configuration(config)?;
    let ground = Ground::real();
    let log = app::open_log(&config, &ground).await?;
    let listener = bind(&config.listen).await?;
    let house = app::start(config, ground, log, listener, MailWay::Smtp, None).await?;
    println!("Collegium serves {} at {}.", house.site.config.home(), house.address);
    if let Some(link) = house.first_admin_link().await? {
        println!("There is no administrator yet. This link makes the first one, once:\n{link}");
    }
    until_told().await;
    house.close().await;
    Ok(ExitCode::SUCCESS)
}

pub async fn migrate(config: &Path) -> Outcome {
    let config = configuration(config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    println!("{} is up to date; the log stands at event {}.", log.db().engine().name(), log.head().await?);
    Ok(ExitCode::SUCCESS)
}

pub async fn account(command: Account) -> Outcome {
    let (config, email, name, role) = match command {
        Account::Create { config, email, name, role } => (config, email, name, role),
        Account::Link { config, email } => return link(&config, &email).await,
    };
    let config = configuration(&config)?;
    let mut roles = Vec::new();
    for code in &role {
        roles.push(
            Role::parse(code).ok_or_else(|| {
                Problem::fault(format!("role: {code:?} is none of verifier, moderator, admin, privacy"))
            })?,
        );
    }
    if std::io::stdin().is_terminal() {
        eprint!("Password (it is shown): ");
    }
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = Secret::new(password.trim_end_matches(['\r', '\n']));
    let ground = Ground::real();
    let log = app::open_log(&config, &ground).await?;
    let passwords = Passwords::new(ground.chance);
    let id = join::create(&log, &passwords, &name, &email, &password, &roles).await?;
    println!("Account {id} can sign in at {}/sign-in.", config.home());
    Ok(ExitCode::SUCCESS)
}

async fn link(config: &Path, email: &str) -> Outcome {
    let config = configuration(config)?;
    let log = app::open_log(&config, &Ground::real()).await?;
    let token =
        recovery::token(&log, &HouseKey::new(config.house_key()?), email).await.map_err(|problem| match problem {
            Problem::NotFound => Problem::fault(format!("email: no account has the address {email}")),
            other => other,
        })?;
    println!("It serves once, for {} minutes:\n{}/set-password?token={token}", recovery::LASTS / MINUTE, config.home());
    Ok(ExitCode::SUCCESS)
}
