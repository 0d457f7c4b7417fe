//! What every handler can reach.

use crate::accounts::{Member, Role};
use crate::auth::{Passkeys, Passwords};
use crate::base::problem::Result;
use crate::base::secret::HouseKey;
use crate::breach;
use crate::config::Config;
use crate::discussion::Deliveries;
use crate::duty;
use crate::live::Hub;
use crate::log::Log;
use crate::membership;
use crate::moderation;
use crate::registers::judge_number;
use crate::registers::live::Live;
use crate::search::Index;
use crate::verification;
use crate::web::shell::{Place, Shell, Theme, Viewer};
use std::sync::Arc;

/// The running house, shared by all requests.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

pub struct Inner {
    pub config: Config,
    pub log: Log,
    pub key: HouseKey,
    pub passwords: Passwords,
    pub passkeys: Passkeys,
    pub index: Arc<Index>,
    pub hub: Hub,
    /// The record of who is shown what.
    pub deliveries: Deliveries,
    /// What members may see of moderation.
    pub ledger: breach::Ledger,
    pub strongroom: verification::Strongroom,
    /// Registers that are asked one number at a time.
    pub live: Live,
    /// Set in the demo alone: whom one can sign in as.
    pub demo: Option<Vec<DemoAccount>>,
}

/// A fictional person of the demo.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DemoAccount {
    pub email: String,
    pub password: String,
    pub role: String,
    pub name: String,
}

impl std::ops::Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Site {
    /// Asks the register for a number that its file does not hold, before an application with it is looked at. A register
    /// that cannot be reached delays nothing.
    pub async fn look_up(&self, claim: &verification::Claim) -> Result<()> {
        let number = claim.register().and_then(|register| judge_number(register, &claim.number).ok());
        if let Some(number) = number {
            self.live.refresh(&self.log, &number).await?;
        }
        Ok(())
    }

    pub fn new(inner: Inner) -> Site {
        Site(Arc::new(inner))
    }

    /// Whether a password is proof enough for a grave act.
    pub fn strong_proof(&self) -> bool {
        !self.config.staff.password_step_up
    }

    /// The frame of a page for this viewer.
    pub async fn shell(&self, viewer: Option<&Member>, title: &str, place: Place) -> Result<Shell> {
        let mut shell = Shell::new(title, place);
        shell.host.clone_from(&self.config.host);
        shell.demo = self.demo.is_some();
        if let Some(member) = viewer {
            shell.theme = Theme::named(&member.account().theme);
            shell.is_shared = member.is_at_shared_computer();
            shell.viewer = Some(Viewer {
                account: member.id().as_str().to_owned(),
                name: member.account().name.clone(),
                is_clinician: member.is_clinician(),
                is_verifier: member.has(Role::Verifier),
                is_moderator: member.has(Role::Moderator),
                is_admin: member.has(Role::Admin),
                is_privacy: member.has(Role::Privacy),
            });
            if let Ok(clinician) = member.clinician() {
                let (mut conn, now) = (self.log.reader().await?, self.log.clock().now());
                shell.to_recall =
                    verification::vouch::count_retractable(&mut conn, &self.config.admission, &clinician, now).await?;
            }
            let mut conn = self.log.reader().await?;
            shell.to_answer = breach::count_open(&mut conn, member).await?;
            if member.has(Role::Privacy) {
                shell.to_decide = breach::count_undecided(&mut conn).await?;
            }
            drop(conn);
            if member.has(Role::Verifier) || member.has(Role::Moderator) {
                let mut conn = self.log.reader().await?;
                if let Ok(verifier) = member.verifier() {
                    shell.to_verify = verification::queue(&mut conn, &verifier).await?.len()
                        + membership::doubts(&mut conn, &verifier).await?.len();
                }
                if member.has(Role::Moderator) {
                    shell.to_moderate = usize::try_from(moderation::count(&mut conn).await?).unwrap_or(0);
                    if let Ok(moderator) = member.moderator() {
                        shell.to_moderate += duty::open_drills(&mut conn, &moderator).await?.len();
                    }
                }
            }
        }
        Ok(shell)
    }
}
