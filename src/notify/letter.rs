//! What a letter says, written at the moment it is sent.

use super::{breach, decided, duty, standing};
use crate::auth::join;
use crate::base::id::{AccountId, EvidenceId};
use crate::base::secret::HouseKey;
use crate::moderation;
use crate::verification;
use askama::Template;

/// Every kind of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Confirm,
    Known,
    ApplicationWaits,
    ApplicationDecided,
    Suspended,
    Flagged,
    FlagSettled,
    Veiled,
    Shown,
    Removed,
    Breach,
    Held,
    Released,
    Returned,
    Rescan,
    Paused,
    Reopened,
    Reminder,
    AppealKept,
    Doubt,
    Dispute,
    EvidenceLink,
    Vouched,
    EvidenceAlert,
    Measure,
    Undone,
    Proposed,
    AppealSent,
    AppealHeard,
    Undelivery,
    UndeliveryAgain,
    BreachAlarm,
    PassedOn,
    DutyGap,
    Drill,
}

impl Kind {
    const ALL: [Kind; 35] = [
        Kind::Confirm,
        Kind::Known,
        Kind::ApplicationWaits,
        Kind::ApplicationDecided,
        Kind::Suspended,
        Kind::Flagged,
        Kind::FlagSettled,
        Kind::Veiled,
        Kind::Shown,
        Kind::Removed,
        Kind::Breach,
        Kind::Held,
        Kind::Released,
        Kind::Returned,
        Kind::Rescan,
        Kind::Paused,
        Kind::Reopened,
        Kind::Reminder,
        Kind::AppealKept,
        Kind::Doubt,
        Kind::Dispute,
        Kind::EvidenceLink,
        Kind::Vouched,
        Kind::EvidenceAlert,
        Kind::Measure,
        Kind::Undone,
        Kind::Proposed,
        Kind::AppealSent,
        Kind::AppealHeard,
        Kind::Undelivery,
        Kind::UndeliveryAgain,
        Kind::BreachAlarm,
        Kind::PassedOn,
        Kind::DutyGap,
        Kind::Drill,
    ];

    /// Whether it goes to somebody whose account is suspended: what tells them of it, and what they can do.
    pub fn reaches_suspended(self) -> bool {
        matches!(
            self,
            Kind::Suspended
                | Kind::Paused
                | Kind::Reopened
                | Kind::AppealKept
                | Kind::Removed
                | Kind::Measure
                | Kind::Undone
                | Kind::AppealHeard
        )
    }

    pub fn code(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::Known => "known",
            Kind::ApplicationWaits => "application-waits",
            Kind::ApplicationDecided => "application-decided",
            Kind::Suspended => "suspended",
            Kind::Flagged => "flagged",
            Kind::FlagSettled => "flag-settled",
            Kind::Veiled => "veiled",
            Kind::Shown => "shown",
            Kind::Removed => "removed",
            Kind::Breach => "breach",
            Kind::Held => "held",
            Kind::Released => "released",
            Kind::Returned => "returned",
            Kind::Rescan => "rescan",
            Kind::Paused => "paused",
            Kind::Reopened => "reopened",
            Kind::Reminder => "reminder",
            Kind::AppealKept => "appeal-kept",
            Kind::Doubt => "doubt",
            Kind::Dispute => "dispute",
            Kind::EvidenceLink => "evidence-link",
            Kind::Vouched => "vouched",
            Kind::EvidenceAlert => "evidence-alert",
            Kind::Measure => "measure",
            Kind::Undone => "undone",
            Kind::Proposed => "proposed",
            Kind::AppealSent => "appeal-sent",
            Kind::AppealHeard => "appeal-heard",
            Kind::Undelivery => "undelivery",
            Kind::UndeliveryAgain => "undelivery-again",
            Kind::BreachAlarm => "breach-alarm",
            Kind::PassedOn => "passed-on",
            Kind::DutyGap => "duty-gap",
            Kind::Drill => "drill",
        }
    }

    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A letter as it leaves.
pub struct Letter {
    pub subject: &'static str,
    pub body: String,
}

/// What there is to say.
pub struct Facts<'a> {
    /// Whom it greets.
    pub name: &'a str,
    pub account: Option<&'a AccountId>,
    /// The house's name and address.
    pub host: &'a str,
    pub home: &'a str,
    pub about: &'a str,
    pub code: &'a str,
    /// When what it tells of happened, in words.
    pub when: &'a str,
    /// People who were shown the post.
    pub readers: i64,
}

#[derive(Template)]
#[template(config = "web/askama.toml", path = "mail/letter.txt")]
struct Sheet<'a> {
    name: &'a str,
    host: &'a str,
    paragraphs: Vec<String>,
}

/// Writes a letter. `None` when there is nothing left to say (the address is confirmed already).
pub fn write(kind: Kind, facts: &Facts<'_>, key: &HouseKey) -> Option<Letter> {
    let home = facts.home;
    let (subject, paragraphs) = match kind {
        Kind::Confirm => {
            let token = join::confirmation(key, facts.account?);
            (
                "Confirm your address",
                vec![
                    "Somebody signed up with this address. If it was you, confirm it here:".to_owned(),
                    format!("{home}/join/confirm?token={token}"),
                    "If it was not you, do nothing: without this step no account can be used.".to_owned(),
                ],
            )
        }
        Kind::Known => (
            "You have an account already",
            vec![
                "Somebody, perhaps you, tried to sign up with this address. It has an account already; nothing was changed.".to_owned(),
                format!("Sign in: {home}/sign-in"),
            ],
        ),
        Kind::ApplicationWaits => (
            "An application waits",
            vec!["An application for membership waits for a verifier.".to_owned(), format!("{home}/verify")],
        ),
        Kind::ApplicationDecided => on_application(facts),
        Kind::Suspended => (
            "Reading and posting are paused",
            vec![
                "Reading and posting are paused for your account.".to_owned(),
                "If you think this is a mistake, answer this mail; a person will look.".to_owned(),
                format!("If a moderator decided it, you see why, and can appeal, here: {home}/membership/decisions"),
            ],
        ),
        Kind::Measure | Kind::Undone | Kind::Proposed | Kind::AppealSent | Kind::AppealHeard => {
            decided::write(kind, facts)
        }
        Kind::Flagged => (
            "A post waits for a moderator",
            vec![
                match facts.code {
                    "confidentiality" => "A member thought that a post could identify a patient. It is hidden until one of you has looked.",
                    _ => "A member flagged a post.",
                }
                .to_owned(),
                format!("{home}/moderation/{}", facts.about),
            ],
        ),
        Kind::FlagSettled => (
            "What was decided on your flag",
            vec![match facts.code {
                "upheld" => "You flagged a post. A moderator agreed, and it was removed or put right. Thank you.",
                _ => "You flagged a post. A moderator looked and left it in place. You were right to ask.",
            }
            .to_owned()],
        ),
        Kind::Veiled => (
            "Your post is hidden while a moderator looks",
            vec!["A colleague thought that one of your posts could identify a patient. It is hidden from everyone until a moderator has looked, usually within 15 minutes.".to_owned()],
        ),
        Kind::Shown => (
            "Your post is shown again",
            vec!["A moderator looked at your post and shows it again: no one can be recognised from it.".to_owned()],
        ),
        Kind::Removed => {
            let (rule, words) = moderation::reason_words(facts.code);
            let mut paragraphs = vec![
                format!("One of your posts was removed on {} under rule {rule}: {words}.", facts.when),
                format!("How to post safely: {home}/help"),
                format!("What was decided, and how to appeal: {home}/membership/decisions"),
            ];
            if facts.code == "confidentiality" {
                paragraphs.push("Your own hospital may need to know. The data-protection contact of this house was told.".to_owned());
            }
            ("A post of yours was removed", paragraphs)
        }
        Kind::Held => (
            "A text waits for a moderator",
            vec![
                "Its details together could identify the patient, and its author has documented consent. It is not published until one of you has looked.".to_owned(),
                format!("{home}/moderation/held/{}", facts.about),
            ],
        ),
        Kind::Released => (
            "Your text is published",
            vec!["A moderator looked at the text that waited, and released it. Your colleagues can read it now.".to_owned()],
        ),
        Kind::Returned => (
            "Your text is given back to you",
            vec![
                "A moderator looked at the text that waited, and gives it back to you:".to_owned(),
                moderation::RETURNS
                    .iter()
                    .find(|(code, _)| *code == facts.code)
                    .map_or(String::new(), |(_, words)| format!("{words}.")),
                format!("Nobody else saw it. You can change it and send it again: {home}/held/{}", facts.about),
            ],
        ),
        Kind::Rescan => (
            "The check finds more in posts that stand",
            vec![
                format!("The rules of the check have changed. Every post was looked at again; {} now wait for a moderator. None is hidden.", facts.code),
                format!("{home}/moderation"),
            ],
        ),
        Kind::Paused | Kind::Reopened | Kind::Reminder | Kind::AppealKept | Kind::Doubt | Kind::Dispute => {
            standing::write(kind, facts)
        }
        Kind::EvidenceLink => {
            let token = verification::link_token(key, &EvidenceId::parse(facts.about)?);
            (
                "Did you apply to join us?",
                vec![
                    format!("Somebody applied to join {} as the registrant to whom this address belongs.", facts.host),
                    "If it was you, sign in with the account you applied with and open this link. It serves once, for fourteen days:".to_owned(),
                    format!("{home}/link?token={token}"),
                    "If it was not you, open the same link and say so; you need no account for it. Pass the link on to nobody, whoever asks: we never do.".to_owned(),
                ],
            )
        }
        Kind::Vouched => (
            "You and a colleague have vouched",
            vec![
                "You and a second member have vouched for somebody who applied. If that was a mistake, or was not you, take it back within 72 hours:".to_owned(),
                format!("{home}/vouches"),
            ],
        ),
        Kind::EvidenceAlert => (
            "Many documents were looked at",
            vec![
                "A verifier has opened more than 30 documents of applicants within an hour. Ask them why; the audit trail says which.".to_owned(),
                format!("Account: {}", facts.about),
            ],
        ),
        Kind::PassedOn | Kind::DutyGap | Kind::Drill => duty::write(kind, facts),
        Kind::Breach | Kind::Undelivery | Kind::UndeliveryAgain | Kind::BreachAlarm => breach::write(kind, facts),
    };
    let paragraphs = paragraphs.into_iter().filter(|words| !words.is_empty()).collect();
    let body = Sheet { name: facts.name, host: facts.host, paragraphs }.render().ok()?;
    Some(Letter { subject, body })
}

fn on_application(facts: &Facts<'_>) -> (&'static str, Vec<String>) {
    let home = facts.home;
    let (decision, reason) = facts.code.split_once(':').unwrap_or((facts.code, ""));
    let why = verification::REASONS.iter().find(|(code, ..)| *code == reason).map_or("", |(_, words, _)| words);
    match decision {
        "approve" => (
            "You are admitted",
            vec![
                "A verifier confirmed that the registration is yours. All rooms are open to you.".to_owned(),
                format!("{home}/"),
            ],
        ),
        "more" => (
            "One more thing for your application",
            vec!["A verifier needs more before deciding.".to_owned(), why.to_owned(), format!("{home}/application")],
        ),
        _ => (
            "About your application",
            vec![
                "We could not show that the registration is yours.".to_owned(),
                why.to_owned(),
                format!("You can send other evidence or ask a second person to decide: {home}/application"),
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::secret::Secret;

    #[test]
    fn a_letter_greets_has_paragraphs_and_is_signed() {
        let facts = Facts {
            name: "Ada Byron",
            account: None,
            host: "the Society",
            home: "https://forum.example.org",
            about: "p1",
            code: "confidentiality",
            when: "2026-11-21 at 09:12:00 UTC",
            readers: 1,
        };
        let key = HouseKey::new(Secret::new("k".repeat(32)));
        let letter = write(Kind::Breach, &facts, &key).unwrap();
        assert!(letter.body.starts_with("Dear Ada Byron,\n\nOn 2026-11-21"), "{}", letter.body);
        assert!(letter.body.contains("shown to 1 person.\n\nReference: p1\n\n"), "{}", letter.body);
        assert!(letter.body.ends_with("\n\n-- \nCollegium at the Society"), "{:?}", letter.body);
    }
}
