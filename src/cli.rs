//! The command line. Exit status 0 for done, 1 for a finding, 2 for misuse or a fault.

mod backup;
mod breach;
mod deid;
mod house;
mod keep;
mod register;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What a command ends with.
type Outcome = std::result::Result<ExitCode, crate::base::problem::Problem>;

/// A command found something; it did its work.
const FOUND: u8 = 1;
/// Misuse, or a fault.
const MISUSED: u8 = 2;

#[derive(Parser)]
#[command(name = "collegium", version, about = "A private discussion network for verified clinicians")]
struct Collegium {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts everything embedded, with fictional content. Nothing real belongs in it.
    #[command(after_help = "Example: collegium demo --listen 127.0.0.1:8080 --data /tmp/collegium-demo")]
    Demo {
        /// Where to serve.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// Where to keep its files; left out, a folder of its own that is emptied at each start.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Runs the house for real.
    #[command(after_help = "Example: collegium serve --config /etc/collegium/collegium.toml")]
    Serve {
        #[arg(long)]
        config: PathBuf,
    },
    /// Brings the database's tables up to date and says which engine it found.
    #[command(after_help = "Example: collegium migrate --config /etc/collegium/collegium.toml")]
    Migrate {
        #[arg(long)]
        config: PathBuf,
    },
    /// The de-identification check.
    #[command(subcommand)]
    Deid(deid::Deid),
    /// Professional registers.
    #[command(subcommand)]
    Register(register::Register),
    /// Accounts.
    #[command(subcommand)]
    Account(house::Account),
    /// The search engine.
    #[command(subcommand)]
    Search(keep::Search),
    /// Builds the search index anew from the log.
    #[command(after_help = "Example: collegium reindex --config /etc/collegium/collegium.toml")]
    Reindex {
        #[arg(long)]
        config: PathBuf,
    },
    /// After a breach.
    #[command(subcommand)]
    Breach(breach::Breach),
    /// Copies the house's database in two halves: the content, and the keys that open it.
    #[command(
        after_help = "Example: collegium backup --config /etc/collegium/collegium.toml --content /backup/content/$(date +%F) --keys /other/keys/$(date +%F)"
    )]
    Backup {
        #[arg(long)]
        config: PathBuf,
        /// A folder for the content.
        #[arg(long)]
        content: PathBuf,
        /// Another folder, kept elsewhere and for a short time, for the keys and the list of erasures.
        #[arg(long)]
        keys: PathBuf,
    },
    /// Puts a backup back, and erases again what was erased since.
    #[command(
        after_help = "Example: collegium restore --config /etc/collegium/collegium.toml --content /backup/content/2026-11-20 --keys /other/keys/2026-11-20"
    )]
    Restore {
        #[arg(long)]
        config: PathBuf,
        #[arg(long)]
        content: PathBuf,
        #[arg(long)]
        keys: PathBuf,
    },
    /// The audit trail.
    #[command(subcommand)]
    Audit(keep::Audit),
    /// The documents that applicants send.
    #[command(subcommand)]
    Evidence(keep::Evidence),
    /// Reads one document from standard input; the house starts it for itself.
    #[command(name = crate::evidence::reader::COMMAND, hide = true)]
    ReadDocument,
}

/// Reads the arguments and does what they say.
pub fn run() -> ExitCode {
    let arguments = match Collegium::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            let _ = told.print();
            return if told.use_stderr() { ExitCode::from(MISUSED) } else { ExitCode::SUCCESS };
        }
    };
    // Before anything else is begun: this process is to hold nothing.
    if matches!(arguments.command, Command::ReadDocument) {
        return if crate::evidence::worker::run().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(MISUSED) };
    }
    let filter = std::env::var("RUST_LOG").unwrap_or_else(|_| "warn,collegium=info".to_owned());
    let filter = match &arguments.command {
        Command::Serve { .. } => filter,
        // A person reads the terminal: only what they must know.
        _ => std::env::var("RUST_LOG").unwrap_or_else(|_| "error,collegium=warn".to_owned()),
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // The message of a panic can hold what was being handled; its place never does.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        tracing::error!(at, "a panic");
    }));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => {
            eprintln!("collegium: {cause}");
            return ExitCode::from(MISUSED);
        }
    };
    let done = runtime.block_on(async move {
        match arguments.command {
            Command::Demo { listen, data } => house::demo(&listen, data).await,
            Command::Serve { config } => house::serve(&config).await,
            Command::Migrate { config } => house::migrate(&config).await,
            Command::Deid(command) => deid::run(command).await,
            Command::Register(command) => register::run(command).await,
            Command::Account(command) => house::account(command).await,
            Command::Search(command) => keep::search(command).await,
            Command::Reindex { config } => keep::reindex(&config).await,
            Command::Breach(command) => breach::run(command).await,
            Command::Backup { config, content, keys } => backup::backup(&config, &content, &keys).await,
            Command::Restore { config, content, keys } => backup::restore(&config, &content, &keys).await,
            Command::Audit(command) => keep::audit(command).await,
            Command::Evidence(command) => keep::evidence(command).await,
            Command::ReadDocument => Ok(ExitCode::SUCCESS),
        }
    });
    match done {
        Ok(code) => code,
        Err(problem) => {
            match std::error::Error::source(&problem) {
                Some(cause) => eprintln!("collegium: {cause}"),
                None => eprintln!("collegium: {problem}"),
            }
            ExitCode::from(MISUSED)
        }
    }
}
