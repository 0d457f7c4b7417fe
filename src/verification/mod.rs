//! (room verification)
