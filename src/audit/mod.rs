//! (room audit)
