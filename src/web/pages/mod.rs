//! One file for each page: the struct its template reads, and what its address does.

pub mod admin;
pub mod application;
pub mod audit_trail;
pub mod badge_part;
pub mod breach;
pub mod check_part;
pub mod confirm;
pub mod decisions;
pub mod document;
pub mod doubt;
pub mod drill;
pub mod edit;
pub mod evidence;
pub mod exhibit;
pub mod first_admin;
pub mod flag;
pub mod held;
pub mod help;
pub mod join;
pub mod join_sent;
pub mod link;
pub mod member;
pub mod membership;
pub mod moderation;
pub mod moderation_held;
pub mod new;
pub mod notices;
pub mod outbox;
pub mod post_part;
pub mod privacy;
pub mod record;
pub mod removal_done;
pub mod revisions;
pub mod room;
pub mod rooms;
pub mod rota;
pub mod search;
pub mod statement_part;
pub mod thread;
pub mod thread_row;

pub mod problem;
pub mod set_password;
pub mod settings;
pub mod sign_in;
pub mod step_up;
pub mod verify;
pub mod verify_one;
pub mod vouch;

#[cfg(test)]
mod samples;
