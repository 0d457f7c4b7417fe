//! What a browser or a program sees: routes, guards, forms, headers, problems, assets, pages, the API.
//!
//! [`routes`] is the table of every address with who may use it. A request passes the [`edge`] (same origin, time
//! limit, headers, problems), its route's [`guard`], and one of the [`handlers`] or the [`api`], which extract, call one
//! verb and answer. A page is one struct in [`pages`] and one template in `web/pages/`; every page struct carries a
//! [`shell::Shell`], which the layout `web/layout.html` reads. [`view`] turns what the rooms know into what pages show.

pub mod api;
pub mod assets;
pub mod body;
mod differences;
pub mod edge;
pub mod form;
pub mod guard;
pub mod handlers;
pub mod metrics;
pub mod moment;
pub mod pages;
pub mod routes;
pub mod server;
pub mod shell;
pub mod site;
pub mod upload;
pub mod view;
