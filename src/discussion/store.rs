//! The rows of the discussion, by table.

mod deliveries;
mod held;
mod posts;
mod standing;
mod texts;
mod threads;

pub use deliveries::*;
pub use held::*;
pub use posts::*;
pub use standing::*;
pub use texts::*;
pub use threads::*;
