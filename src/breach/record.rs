//! A filled draft of what a notification says, and the officer's decision.
//!
//! The fields are those of GDPR Art. 33(3) and 33(5) and the four factors of 45 CFR 164.402(2). Numbers and categories come
//! from the report; nothing in it tells of the patient.

use super::report::{Exposure, category_words};
use super::store;
use crate::accounts::Privacy;
use crate::auth::Present;
use crate::base::id::PostId;
use crate::base::problem::{Fault, Problem, Result};
use crate::deid::aside::{self, Setting};
use crate::log::{Event, Log};

/// What can be decided: code and words.
pub const DECISIONS: [(&str, &str); 3] = [
    ("notify-authority", "Notify the authority"),
    ("notify-both", "Notify the authority and the patient"),
    ("no-notice", "No notification; the reason is recorded"),
];

const LONGEST_REASON: usize = 2_000;

/// One field of the draft.
#[derive(Debug, Clone)]
pub struct Section {
    pub title: &'static str,
    /// Where it is asked for: "GDPR Art. 33(3)(a)".
    pub law: &'static str,
    pub words: String,
}

/// The draft as it can be filled now.
pub fn draft(report: &Exposure, host: &str, contact: &str) -> Vec<Section> {
    let breach = &report.breach;
    let people = |count: usize| if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
    let section = |title, law, words: String| Section { title, law, words };
    let kinds: Vec<&str> = report.categories.iter().map(|code| category_words(code)).collect();
    let kinds = if kinds.is_empty() { "details that only a person recognised".to_owned() } else { kinds.join(", ") };
    let ways: Vec<String> = report
        .by_way()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| format!("{words}: {count}"))
        .collect();
    let ways = if ways.is_empty() { "nobody was shown it".to_owned() } else { ways.join("; ") };
    let span = match (report.first(), report.last()) {
        (Some(first), Some(last)) => {
            format!("first shown {}, last shown {} (to within 10 minutes)", first.iso(), last.iso())
        }
        _ => "shown to nobody".to_owned(),
    };
    let classes: Vec<String> =
        report.by_class().into_iter().map(|(country, kind, count)| format!("{kind}, {country}: {count}")).collect();
    let kept = format!(
        "{} answered that they kept nothing, {} that they deleted a copy, {} ask for help, {} have not answered",
        report.answered(Some("kept-nothing")),
        report.answered(Some("deleted")),
        report.answered(Some("help")),
        report.answered(None)
    );
    let done = format!(
        "Hidden from everybody at {}. Removed at {} by a moderator: text, versions, search index, open pages; the key of the \
         text destroyed, so that copies in backups cannot be read. Everybody who was shown it was asked to delete any copy: {kept}.",
        report.hidden_at.iso(),
        breach.confirmed_at.iso()
    );
    vec![
        section(
            "Nature of the breach",
            "GDPR Art. 33(3)(a)",
            format!(
                "A post in a private discussion of registered clinicians at {host} could identify a patient. Published {}, first \
                 flagged {}, confirmed and removed {}.\nPatients concerned: 1, unless the moderator noted more. Records concerned: 1 post. \
                 Kinds of detail found by the check: {kinds}.",
                breach.written_at.iso(),
                breach.flagged_at.map_or("by nobody".to_owned(), |at| at.iso()),
                breach.confirmed_at.iso()
            ),
        ),
        section(
            "Contact point",
            "GDPR Art. 33(3)(b)",
            format!("{contact}, data-protection contact of {host}. Reference {}.", breach.post),
        ),
        section(
            "Likely consequences",
            "GDPR Art. 33(3)(c)",
            format!(
                "It was shown to {}, all of them registered clinicians under a duty of confidence; {span}. Somebody among them may \
                 have recognised the patient. Outside this network it was shown to nobody by us.",
                people(report.readers.len())
            ),
        ),
        section("Measures taken", "GDPR Art. 33(3)(d)", done.clone()),
        section(
            "Facts and effects",
            "GDPR Art. 33(5)",
            format!(
                "By which way, people: {ways}. On screen at the moment it was hidden: {}. Readers: {}.",
                people(report.on_screen()),
                if classes.is_empty() { "none".to_owned() } else { classes.join("; ") }
            ),
        ),
        section(
            "Nature and extent of the information",
            "45 CFR 164.402(2)(i)",
            format!("Clinical text with {kinds}. The officer adds how likely it is that the patient is re-identified."),
        ),
        section(
            "Who received it",
            "45 CFR 164.402(2)(ii)",
            format!("{}, each with a verified professional registration.", people(report.readers.len())),
        ),
        section(
            "Whether it was actually viewed",
            "45 CFR 164.402(2)(iii)",
            format!("Yes, by {}; {ways}.", people(report.readers.len())),
        ),
        section("How far the risk was mitigated", "45 CFR 164.402(2)(iv)", done),
    ]
}

/// Records what was decided and why. The clocks' alarms end with it.
///
/// # Errors
/// [`Problem::Refused`] for an unknown decision, no reason, or one that names a patient; [`Problem::NotFound`];
/// [`Problem::Conflict`] when it was decided already.
pub async fn decide(
    log: &Log,
    by: &Privacy,
    _present: &Present,
    post: &PostId,
    decision: &str,
    reason: &str,
) -> Result<()> {
    let mut faults = Vec::new();
    if !DECISIONS.iter().any(|(code, _)| *code == decision) {
        faults.push(Fault::new("decision", "unknown", "Choose what is decided."));
    }
    let reason = reason.trim();
    match reason.chars().count() {
        0 => faults.push(Fault::new("reason", "missing", "Write why; the law asks for it, whatever is decided.")),
        long if long > LONGEST_REASON => {
            faults.push(Fault::new("reason", "too-long", format!("Use at most {LONGEST_REASON} characters.")));
        }
        _ => {}
    }
    let reason = match aside::pass(Setting::Note, "reason", reason) {
        Ok(reason) if faults.is_empty() => reason,
        Ok(_) => return Err(Problem::Refused(faults)),
        Err(fault) => {
            faults.push(fault);
            return Err(Problem::Refused(faults));
        }
    };
    let mut tx = log.write(by.id()).await?;
    if store::breaches(tx.conn(), Some(post), 1).await?.is_empty() {
        return Err(Problem::NotFound);
    }
    if !store::decide(&mut tx, post, by.id(), decision, &reason).await? {
        return Err(Problem::conflict("decided", "This is decided already."));
    }
    tx.record(Event::BreachDecided { post: post.clone(), decision: decision.to_owned() });
    tx.commit().await.map(|_| ())
}
