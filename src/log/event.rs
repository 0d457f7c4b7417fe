//! Everything that can happen, as one closed list.

use crate::base::clock::Time;
use crate::base::id::*;
use crate::base::problem::Result;
use serde::{Deserialize, Serialize};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Account(AccountId),
    /// The house itself: an importer, a policy, the operator at the command line.
    House,
}

impl From<&AccountId> for Actor {
    fn from(id: &AccountId) -> Actor {
        Actor::Account(id.clone())
    }
}

/// One thing that happened. Ids and codes only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    AccountCreated { account: AccountId },
    SignUpRepeated { account: AccountId },
    EmailConfirmed { account: AccountId },
    SignedIn { account: AccountId, session: SessionId, by: String },
    SessionEnded { account: AccountId, session: SessionId, why: String },
    StepUp { account: AccountId, session: SessionId, by: String },
    PasswordChanged { account: AccountId },
    PasskeyAdded { account: AccountId, passkey: PasskeyId },
    PasskeyRenamed { account: AccountId, passkey: PasskeyId },
    PasskeyRemoved { account: AccountId, passkey: PasskeyId },
    RoleGranted { account: AccountId, role: String },
    RoleRevoked { account: AccountId, role: String },
    AccountSuspended { account: AccountId, why: String },
    AccountRestored { account: AccountId },
    RegisterImported { register: String, version: String, added: i64, changed: i64, refused: i64 },
    ApplicationSent { application: ApplicationId, account: AccountId },
    ApplicationAnswered { application: ApplicationId, account: AccountId },
    ApplicationOpened { application: ApplicationId },
    ApplicationDecided { application: ApplicationId, account: AccountId, decision: String, reason: String },
    ApplicationApprovedOnce { application: ApplicationId, reason: String },
    ApplicationCorrected { application: ApplicationId, account: AccountId },
    DisputeNotice { application: ApplicationId, account: AccountId, until: Time },
    StandingChanged { account: AccountId, from: String, to: String, class: String, rule: String, source: String },
    MemberMissing { account: AccountId, source: String },
    MemberListed { account: AccountId, source: String },
    MemberReminded { account: AccountId, of: String, nth: i64 },
    MemberAttested { account: AccountId },
    AttestationOverdue { account: AccountId },
    DoubtRaised { account: AccountId, doubt: DoubtId, what: String, source: String },
    DoubtSettled { account: AccountId, doubt: DoubtId, what: String, decision: String },
    EvidenceGiven { application: ApplicationId, account: AccountId, evidence: EvidenceId, what: String },
    EvidenceSettled { application: ApplicationId, account: AccountId, evidence: EvidenceId, what: String, to: String },
    EvidenceSeen { application: ApplicationId, evidence: EvidenceId, what: String },
    EvidenceDeleted { application: ApplicationId, evidence: EvidenceId, why: String },
    EvidenceHeld { application: ApplicationId, evidence: EvidenceId, until: Time },
    EvidenceAudited { kept: i64, overdue: i64, strays: i64 },
    EvidenceAlert { account: AccountId, looks: i64 },
    InterestDeclared { account: AccountId, interest: InterestId },
    InterestEnded { account: AccountId, interest: InterestId },
    RoomOpened { room: RoomId },
    ThreadStarted { thread: ThreadId, room: RoomId, post: PostId },
    PostAdded { thread: ThreadId, post: PostId, position: i64 },
    PostRevised { thread: ThreadId, post: PostId, revision: i64 },
    PostFlagged { thread: ThreadId, post: PostId, flag: FlagId, reason: String },
    PostVeiled { thread: ThreadId, post: PostId, reason: String },
    PostShown { thread: ThreadId, post: PostId, reason: String },
    PostRemoved { thread: ThreadId, post: PostId, reason: String },
    PostHeld { thread: ThreadId, post: PostId, revision: i64 },
    PostReleased { thread: ThreadId, post: PostId, revision: i64 },
    PostReturned { thread: ThreadId, post: PostId, reason: String },
    PostWithdrawn { thread: ThreadId, post: PostId },
    PostOpened { thread: ThreadId, post: PostId },
    RemovalProved { thread: ThreadId, post: PostId, found: i64 },
    FlagsSettled { thread: ThreadId, post: PostId, upheld: bool },
    RescanDone { ruleset: String, looked: i64, flagged: i64 },
    MailSent { mail: MailId },
    MailFailed { mail: MailId, reason: String },
    // What moderators decide; see moderation/measure.rs.
    MeasureProposed { decision: DecisionId, thread: ThreadId, post: PostId, account: AccountId, measure: String },
    MeasureDeclined { decision: DecisionId, thread: ThreadId, post: PostId, account: AccountId, measure: String },
    MeasureTaken { decision: DecisionId, thread: ThreadId, post: PostId, measure: String, reason: String },
    MeasureUndone { decision: DecisionId, thread: ThreadId, post: PostId, account: AccountId, measure: String },
    AppealSent { decision: DecisionId, thread: ThreadId, post: PostId, account: AccountId },
    AppealHeard { decision: DecisionId, thread: ThreadId, post: PostId, account: AccountId, outcome: String },
    ThreadLocked { thread: ThreadId },
    ThreadUnlocked { thread: ThreadId },
    ThreadMoved { thread: ThreadId, from: RoomId, to: RoomId },
    PostNoticed { thread: ThreadId, post: PostId, stands: bool },
    MemberRestricted { account: AccountId, until: Time },
    RestrictionLifted { account: AccountId },
    // After a breach.
    BreachConfirmed { post: PostId, flagged: Option<Time>, readers: i64 },
    ReadersReminded { post: PostId, readers: i64 },
    ReaderAnswered { post: PostId, answer: String },
    ExposureSeen { post: PostId },
    ExposureTaken { post: PostId, form: String },
    BreachAlarm { post: PostId, clock: String, hours: i64 },
    BreachDecided { post: PostId, decision: String },
    AuditExported { events: i64 },
    // Who is on duty, and drills; see src/duty/. Hours are of the week, in UTC.
    DutyTaken { account: AccountId, hour: i64, hours: i64 },
    DutyLeft { account: AccountId, hour: i64, hours: i64 },
    DutyGap { begins: Time, hours: i64 },
    CasePassedOn { case: String, is_drill: bool, since: Time, to: String },
    DrillStep { drill: DrillId, step: String },
}

impl Event {
    /// The id of the thing it happened to.
    pub fn subject(&self) -> &str {
        use Event::*;
        match self {
            AccountCreated { account }
            | SignUpRepeated { account }
            | EmailConfirmed { account }
            | PasswordChanged { account }
            | RoleGranted { account, .. }
            | RoleRevoked { account, .. }
            | AccountSuspended { account, .. }
            | AccountRestored { account }
            | StandingChanged { account, .. }
            | MemberMissing { account, .. }
            | MemberListed { account, .. }
            | MemberReminded { account, .. }
            | MemberAttested { account }
            | AttestationOverdue { account }
            | DoubtRaised { account, .. }
            | DoubtSettled { account, .. } => account.as_str(),
            SignedIn { session, .. } | SessionEnded { session, .. } | StepUp { session, .. } => session.as_str(),
            PasskeyAdded { passkey, .. } | PasskeyRenamed { passkey, .. } | PasskeyRemoved { passkey, .. } => {
                passkey.as_str()
            }
            RegisterImported { register, .. } => register,
            RescanDone { ruleset, .. } => ruleset,
            ApplicationSent { application, .. }
            | ApplicationAnswered { application, .. }
            | ApplicationOpened { application }
            | ApplicationApprovedOnce { application, .. }
            | ApplicationCorrected { application, .. }
            | DisputeNotice { application, .. }
            | ApplicationDecided { application, .. }
            | EvidenceGiven { application, .. }
            | EvidenceSettled { application, .. }
            | EvidenceSeen { application, .. }
            | EvidenceDeleted { application, .. }
            | EvidenceHeld { application, .. } => application.as_str(),
            EvidenceAudited { .. } => "evidence",
            EvidenceAlert { account, .. } => account.as_str(),
            InterestDeclared { interest, .. } | InterestEnded { interest, .. } => interest.as_str(),
            RoomOpened { room } => room.as_str(),
            ThreadStarted { thread, .. } => thread.as_str(),
            PostAdded { post, .. }
            | PostRevised { post, .. }
            | PostFlagged { post, .. }
            | PostVeiled { post, .. }
            | PostShown { post, .. }
            | PostRemoved { post, .. }
            | PostHeld { post, .. }
            | PostReleased { post, .. }
            | PostReturned { post, .. }
            | PostWithdrawn { post, .. }
            | PostOpened { post, .. }
            | RemovalProved { post, .. }
            | FlagsSettled { post, .. } => post.as_str(),
            MailSent { mail } | MailFailed { mail, .. } => mail.as_str(),
            MeasureProposed { post, .. }
            | MeasureDeclined { post, .. }
            | MeasureTaken { post, .. }
            | MeasureUndone { post, .. }
            | AppealSent { post, .. }
            | AppealHeard { post, .. }
            | PostNoticed { post, .. } => post.as_str(),
            ThreadLocked { thread } | ThreadUnlocked { thread } | ThreadMoved { thread, .. } => thread.as_str(),
            MemberRestricted { account, .. } | RestrictionLifted { account } => account.as_str(),
            // After a breach.
            BreachConfirmed { post, .. }
            | ReadersReminded { post, .. }
            | ReaderAnswered { post, .. }
            | ExposureSeen { post }
            | ExposureTaken { post, .. }
            | BreachAlarm { post, .. }
            | BreachDecided { post, .. } => post.as_str(),
            AuditExported { .. } => "log",
            DutyTaken { account, .. } | DutyLeft { account, .. } => account.as_str(),
            DutyGap { .. } => "rota",
            CasePassedOn { case, .. } => case,
            DrillStep { drill, .. } => drill.as_str(),
        }
    }

    /// The thread whose open pages it concerns.
    pub fn thread(&self) -> Option<&ThreadId> {
        use Event::*;
        match self {
            ThreadStarted { thread, .. }
            | PostAdded { thread, .. }
            | PostRevised { thread, .. }
            | PostFlagged { thread, .. }
            | PostVeiled { thread, .. }
            | PostShown { thread, .. }
            | PostRemoved { thread, .. }
            | PostHeld { thread, .. }
            | PostReleased { thread, .. }
            | PostReturned { thread, .. }
            | PostWithdrawn { thread, .. }
            | PostOpened { thread, .. }
            | RemovalProved { thread, .. }
            | FlagsSettled { thread, .. } => Some(thread),
            MeasureProposed { thread, .. }
            | MeasureDeclined { thread, .. }
            | MeasureTaken { thread, .. }
            | MeasureUndone { thread, .. }
            | AppealSent { thread, .. }
            | AppealHeard { thread, .. }
            | PostNoticed { thread, .. }
            | ThreadLocked { thread }
            | ThreadUnlocked { thread }
            | ThreadMoved { thread, .. } => Some(thread),
            _ => None,
        }
    }
}

/// An event in its place in the log.
#[derive(Debug, Clone)]
pub struct Entry {
    pub seq: i64,
    pub at: Time,
    pub actor: Option<AccountId>,
    pub event: Event,
}

/// A row of `events`, as it stands.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub seq: i64,
    pub at: Time,
    pub kind: String,
    pub actor: Option<AccountId>,
    pub subject: String,
    pub thread: Option<String>,
    pub detail: String,
    pub hash: String,
}

impl Row {
    pub fn entry(self) -> Result<Entry> {
        Ok(Entry { seq: self.seq, at: self.at, actor: self.actor, event: serde_json::from_str(&self.detail)? })
    }
}
