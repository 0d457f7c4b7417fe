//! (room disclosure)
