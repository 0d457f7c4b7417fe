//! (room discussion)
