//! (room base)
