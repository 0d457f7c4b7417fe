//! The one list of what can go wrong in a way a person may be told.

use std::error::Error;

pub type Result<T> = std::result::Result<T, Problem>;

/// What a person may be told. Anything else is a [`Problem::Fault`], whose cause is logged once, at the edge, and never
/// sent.
#[derive(Debug)]
pub enum Problem {
    /// Not there, or not for this viewer: the two are told alike.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// Signed in, but this is for others.
    NotAllowed(&'static str),
    /// Needs a fresh proof of presence first.
    StepUp,
    /// Fields that must be put right; nothing was stored.
    Refused(Vec<Fault>),
    /// The request itself cannot be read: malformed JSON, an unknown field, a wrong type.
    Malformed(String),
    /// The state has moved on: already decided, already removed, somebody else was faster.
    Conflict { code: &'static str, words: String },
    /// Tried too often; how many seconds to wait.
    TooMany { seconds: i64 },
    /// Larger than the configured limit, in bytes.
    TooLarge { limit: usize },
    /// Not the content type that is read here.
    WrongType(&'static str),
    /// Too much at once on our side.
    Busy,
    /// Our own fault.
    Fault(Box<dyn Error + Send + Sync>),
}

/// One field and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The form field's name.
    pub field: String,
    /// A stable code for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub words: String,
}

impl Fault {
    pub fn new(field: &str, code: &'static str, words: impl Into<String>) -> Fault {
        Fault { field: field.to_owned(), code, words: words.into() }
    }
}

impl Problem {
    /// One refused field.
    pub fn field(field: &str, code: &'static str, words: impl Into<String>) -> Problem {
        Problem::Refused(vec![Fault::new(field, code, words)])
    }

    pub fn conflict(code: &'static str, words: impl Into<String>) -> Problem {
        Problem::Conflict { code, words: words.into() }
    }

    /// A fault of ours with words for the log.
    pub fn fault(words: impl Into<String>) -> Problem {
        Problem::Fault(words.into().into())
    }

    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::NotFound => "not-found",
            Problem::SignIn => "sign-in",
            Problem::NotAllowed(_) => "not-allowed",
            Problem::StepUp => "step-up",
            Problem::Refused(_) => "refused",
            Problem::Malformed(_) => "malformed",
            Problem::Conflict { code, .. } => code,
            Problem::TooMany { .. } => "too-many",
            Problem::TooLarge { .. } => "too-large",
            Problem::WrongType(_) => "wrong-type",
            Problem::Busy => "busy",
            Problem::Fault(_) => "fault",
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::NotFound => f.write_str("There is nothing here, or it is not for you."),
            Problem::SignIn => f.write_str("Sign in first."),
            Problem::NotAllowed(why) => f.write_str(why),
            Problem::StepUp => f.write_str("Show that it is you: confirm with your passkey or password."),
            Problem::Refused(faults) => {
                for (at, fault) in faults.iter().enumerate() {
                    write!(f, "{}{}: {}", if at > 0 { " " } else { "" }, fault.field, fault.words)?;
                }
                Ok(())
            }
            Problem::Malformed(why) => f.write_str(why),
            Problem::Conflict { words, .. } => f.write_str(words),
            Problem::TooMany { seconds } => write!(f, "Too many tries. Wait {seconds} seconds."),
            Problem::TooLarge { limit } => write!(f, "This is larger than the {limit} bytes that are read here."),
            Problem::WrongType(wanted) => write!(f, "Send {wanted}."),
            Problem::Busy => f.write_str("Too much is happening at once. Try again in a moment; nothing was lost."),
            Problem::Fault(_) => f.write_str("This did not work, and it is our fault."),
        }
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Problem::Fault(cause) => Some(&**cause),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(cause: sqlx::Error) -> Problem {
        match cause {
            sqlx::Error::PoolTimedOut => Problem::Busy,
            other => Problem::Fault(Box::new(other)),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(cause: std::io::Error) -> Problem {
        Problem::Fault(Box::new(cause))
    }
}

impl From<serde_json::Error> for Problem {
    fn from(cause: serde_json::Error) -> Problem {
        Problem::Fault(Box::new(cause))
    }
}
