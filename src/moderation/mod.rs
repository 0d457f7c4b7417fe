//! (room moderation)
