//! (room log)
