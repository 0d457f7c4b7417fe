//! (room registers)
