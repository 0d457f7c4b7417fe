//! What the stories are told with: a house, the people in it, and a line to it.

mod answer;
mod cases;
pub mod cast;
mod database;
pub mod each_db;
mod house;
pub mod papers;
mod person;
mod sealed;
mod socket;
mod spine;
pub mod traces;

pub use answer::Answer;
pub use cases::{case, question, recognisable, reply};
pub use cast::find as part;
pub use database::{Database, Engine, postgres_server};
pub use house::{House, Plan};
pub use papers::photo;
pub use person::{PASSWORD, Person};
pub use socket::{Heard, Socket};
