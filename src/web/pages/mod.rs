//! One file for each page: the struct its template reads, and what its address does.

pub mod problem;
pub mod sign_in;

#[cfg(test)]
mod samples;
