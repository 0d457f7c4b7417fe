//! Proofs: values that exist only for a person who may.

use super::{Account, Role, store};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use std::collections::BTreeSet;

/// Somebody with a living account and a confirmed address; nothing clinical is theirs to see yet.
#[derive(Debug, Clone)]
pub struct Member {
    account: Account,
    roles: BTreeSet<Role>,
    at_shared_computer: bool,
}

impl Member {
    /// The member behind an account, as the rows stand now; `None` for an ended or unconfirmed one.
    pub async fn load(conn: &mut Conn, id: &AccountId) -> Result<Option<Member>> {
        let Some(account) = store::by_id(conn, id).await? else { return Ok(None) };
        if account.confirmed_at.is_none() {
            return Ok(None);
        }
        let roles = store::roles(conn, id).await?;
        Ok(Some(Member { account, roles, at_shared_computer: false }))
    }

    pub fn id(&self) -> &AccountId {
        &self.account.id
    }

    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The same member, at a computer that others use too: their pages go blank when it grows quiet.
    pub fn at_shared_computer(self, shared: bool) -> Member {
        Member { at_shared_computer: shared, ..self }
    }

    pub fn is_at_shared_computer(&self) -> bool {
        self.at_shared_computer
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role) && self.account.suspended_at.is_none()
    }

    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.roles.iter().copied()
    }

    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    pub fn is_clinician(&self) -> bool {
        self.account.admitted_at.is_some() && self.account.suspended_at.is_none()
    }

    /// # Errors
    /// [`Problem::NotAllowed`] without a verified, unsuspended registration.
    pub fn clinician(&self) -> Result<Clinician> {
        if self.account.suspended_at.is_some() {
            return Err(Problem::NotAllowed("Reading and posting are paused for this account."));
        }
        if self.account.admitted_at.is_none() {
            return Err(Problem::NotAllowed("This is for verified clinicians. Your application comes first."));
        }
        Ok(Clinician(self.clone()))
    }

    /// # Errors
    /// [`Problem::NotAllowed`] without the role.
    pub fn verifier(&self) -> Result<Verifier> {
        self.has(Role::Verifier).then(|| Verifier(self.clone())).ok_or(Problem::NotAllowed("This is for verifiers."))
    }

    /// # Errors
    /// [`Problem::NotAllowed`] without the role.
    pub fn moderator(&self) -> Result<Moderator> {
        self.has(Role::Moderator).then(|| Moderator(self.clone())).ok_or(Problem::NotAllowed("This is for moderators."))
    }

    /// # Errors
    /// [`Problem::NotAllowed`] without the role.
    pub fn admin(&self) -> Result<Admin> {
        self.has(Role::Admin).then(|| Admin(self.clone())).ok_or(Problem::NotAllowed("This is for administrators."))
    }
}

macro_rules! proofs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(Member);

        impl $name {
            pub fn id(&self) -> &AccountId {
                self.0.id()
            }

            pub fn member(&self) -> &Member {
                &self.0
            }
        }
    )+};
}

proofs! {
    /// A verified, registered, unsuspended clinician: may read and write discussions.
    Clinician,
    /// May see applications and their evidence, and decide them.
    Verifier,
    /// May see what is hidden, and remove or restore it.
    Moderator,
    /// May appoint people and open rooms; sees neither evidence nor hidden posts.
    Admin,
}
