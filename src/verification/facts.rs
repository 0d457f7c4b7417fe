//! Gathering what the policy looks at: the register's entry, the name beside it, who else came with this number.

use super::policy::Facts;
use super::{Application, store};
use crate::accounts;
use crate::base::clock::Time;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::registers::names::{Registered, compare};
use crate::registers::{self, Namesakes, Profession};

pub(super) async fn gather(conn: &mut Conn, application: &Application, now: Time) -> Result<Facts> {
    let claim = &application.claim;
    let number = claim.number()?;
    let register = claim.register().ok_or_else(|| Problem::fault("an application names a register that is gone"))?;
    let reading = registers::last_reading(conn, register.code).await?;
    let listed = registers::entry(conn, &number).await?;
    let is_absent = listed.as_ref().is_some_and(|entry| entry.absent_since.is_some());
    let entry = listed.filter(|entry| entry.absent_since.is_none());
    let mut namesakes = Namesakes::default();
    let mut found = None;
    if let Some(entry) = &entry {
        namesakes = registers::namesakes(conn, entry).await?;
        let registered = Registered {
            family: &entry.family,
            given: &entry.given,
            others: &entry.other_names,
            same_initial: namesakes.same_initial,
        };
        found = Some(compare(&claim.registered_name, &registered));
    }
    let bound = accounts::store::bound_to(conn, register.code, number.as_str()).await?;
    let others = store::others(conn, application).await?;
    let signs = store::evidence::signs(conn, &application.id, &application.account).await?;
    let pieces = store::evidence::pieces(conn, &application.id).await?;
    Ok(Facts {
        register,
        reading,
        profession_fits: entry.as_ref().is_some_and(|entry| fits(claim.profession(), entry.profession)),
        entry,
        is_absent,
        found,
        namesakes,
        mailbox: application.mailbox,
        country: claim.country.clone(),
        bound_elsewhere: bound.is_some_and(|account| account != application.account),
        tried_elsewhere: others.tried_elsewhere > 0,
        numbers_tried: others.numbers_tried,
        name_changed: others.other_names > 0,
        pieces,
        document_seen: signs.seen_elsewhere > 0,
        link_denied: signs.denied > 0,
        vouch_doubted: signs.doubted > 0,
        refused_before: others.refused_before > 0,
        now,
    })
}

/// A nurse and a midwife can be one entry; a trainee's entry often says no more than that.
fn fits(claimed: Profession, listed: Profession) -> bool {
    use Profession::{AdvancedPractice, Midwife, Nurse};
    claimed == listed || matches!((claimed, listed), (Midwife | Nurse, Nurse | Midwife | AdvancedPractice))
}
