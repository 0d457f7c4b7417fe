//! (room accounts)
