//! Proofs: values that exist only for a person who may.

use super::{Account, Action, Choices, Class, Place, Role, store};
use crate::base::clock::Time;
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
    /// A moderator lets them only read.
    restricted: bool,
}

impl Member {
    /// The member behind an account, as the rows stand now; `None` for an ended or unconfirmed one.
    pub async fn load(conn: &mut Conn, id: &AccountId) -> Result<Option<Member>> {
        let Some(account) = store::by_id(conn, id).await? else { return Ok(None) };
        // Nobody comes in with the account of somebody who has died.
        if account.confirmed_at.is_none() || account.stands.place() == Some(Place::Memorial) {
            return Ok(None);
        }
        let roles = store::roles(conn, id).await?;
        let restricted = account.restricted_until.is_some();
        Ok(Some(Member { account, roles, at_shared_computer: false, restricted }))
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

    /// The same member at a time: a restriction that is over restricts no more.
    pub fn at(self, now: Time) -> Member {
        let restricted = self.account.restricted_until.is_some_and(|until| until > now);
        Member { restricted, ..self }
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

    /// What they are for the table of what one may do; `None` for who was never admitted.
    pub fn class(&self) -> Option<Class> {
        self.account.admitted_at?;
        if self.account.suspended_at.is_some() {
            return Some(Class::Paused);
        }
        let class = self.account.stands.class()?;
        Some(if self.restricted { class.restricted() } else { class })
    }

    pub fn may(&self, action: Action, choices: &Choices) -> bool {
        self.class().is_some_and(|class| class.may(action, choices))
    }

    /// Whether they may read.
    pub fn is_clinician(&self) -> bool {
        self.may(Action::Read, &Choices::default())
    }

    /// # Errors
    /// [`Problem::NotAllowed`] without a verified registration under which one may read.
    pub fn clinician(&self) -> Result<Clinician> {
        self.ask(Action::Read, &Choices::default())?;
        Ok(Clinician(self.clone()))
    }

    /// # Errors
    /// [`Problem::NotAllowed`] for who may read and not write, or not even read.
    pub fn writer(&self, choices: &Choices) -> Result<Writer> {
        self.ask(Action::Post, choices)?;
        Ok(Writer {
            clinician: self.clinician()?,
            cases: self.ask(Action::PostCase, choices).map_err(|_| self.class()),
        })
    }

    /// # Errors
    /// [`Problem::NotAllowed`] with why not, and what to do.
    pub fn ask(&self, action: Action, choices: &Choices) -> Result<()> {
        match self.class() {
            None => Err(Problem::NotAllowed("This is for verified clinicians. Your application comes first.")),
            Some(class) if class.may(action, choices) => Ok(()),
            Some(class) => Err(Problem::NotAllowed(class.refusal(action))),
        }
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

    /// # Errors
    /// [`Problem::NotAllowed`] without the role.
    pub fn privacy(&self) -> Result<Privacy> {
        let no = Problem::NotAllowed("This is for the data-protection officer.");
        self.has(Role::Privacy).then(|| Privacy(self.clone())).ok_or(no)
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
    /// A verified clinician whose class may read the discussions.
    Clinician,
    /// May see applications and their evidence, and decide them.
    Verifier,
    /// May see what is hidden, and remove or restore it.
    Moderator,
    /// May appoint people and open rooms; sees neither evidence nor hidden posts.
    Admin,
    /// The data-protection officer: may see what was removed, and whom it had reached.
    Privacy,
}

/// A clinician whose class may publish; whether cases too, is asked with [`Writer::of_cases`].
#[derive(Debug, Clone)]
pub struct Writer {
    clinician: Clinician,
    cases: std::result::Result<(), Option<Class>>,
}

impl Writer {
    pub fn id(&self) -> &AccountId {
        self.clinician.id()
    }

    pub fn member(&self) -> &Member {
        self.clinician.member()
    }

    pub fn clinician(&self) -> &Clinician {
        &self.clinician
    }

    /// # Errors
    /// [`Problem::NotAllowed`] for a class that posts no cases.
    pub fn of_cases(&self) -> Result<()> {
        self.cases.map_err(|class| {
            Problem::NotAllowed(
                class.map_or("This is for verified clinicians.", |class| class.refusal(Action::PostCase)),
            )
        })
    }
}
