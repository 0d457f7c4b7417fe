//! The rows of the discussion, by table.

mod deliveries;
mod held;
mod keys;
mod posts;
mod standing;
mod texts;
mod threads;
mod unsealed;

pub use deliveries::*;
pub use held::*;
pub use keys::*;
pub use posts::*;
pub use standing::*;
pub use texts::*;
pub use threads::*;
pub use unsealed::*;
