//! What is known beside a text that is sent: what the same case's posts have told already, and where its author works.

use super::store;
use crate::base::id::{AccountId, PostId, ThreadId};
use crate::base::problem::Result;
use crate::db::Conn;
use crate::deid::Around;
use crate::deid::gate::{self, Part};

/// Reads it. Of a thread count the posts of whoever started it and the author's own, for these are about the one case;
/// what other colleagues tell of their own patients is not added up. An invented case tells of nobody. `except` is the
/// post whose text is to be changed.
pub async fn around(
    conn: &mut Conn,
    author: &AccountId,
    thread: Option<&ThreadId>,
    except: Option<&PostId>,
) -> Result<Around> {
    let mut around = Around { employer: store::shows_employer(conn, author).await?, ..Around::default() };
    if let Some(thread) = thread {
        let texts = store::case_texts(conn, thread, author, except).await?;
        if !texts.is_empty() {
            around.earlier = gate::told(&[Part { name: String::new(), text: texts.join("\n\n") }]);
        }
    }
    Ok(around)
}
