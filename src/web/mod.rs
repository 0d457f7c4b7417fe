//! What a browser sees: router, guards, forms, headers, problems, assets and one file for each page.
//!
//! A page is one struct in `pages/`, one template in `web/pages/`, one address. Every page struct carries a
//! [`shell::Shell`], which the layout `web/layout.html` reads.

pub mod assets;
pub mod form;
pub mod moment;
pub mod pages;
pub mod shell;
