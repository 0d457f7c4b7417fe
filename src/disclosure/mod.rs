//! What a member stands to gain: their own register of interests, and the statement on every post.
//!
//! A post without a statement cannot exist (`publish` takes one, and so does the table). What is shown beside a post is
//! the interest as it stood on that day; a later change of the register does not rewrite old posts.

mod store;

use crate::accounts::{Clinician, Member};
use crate::base::id::InterestId;
use crate::base::problem::{Fault, Problem, Result};
use crate::db::Conn;
use crate::deid::aside::{self, Setting};
use crate::log::{Event, Log};

pub use store::{Interest, of_member};

/// Kinds of interest, with the words shown. After the ICMJE disclosure form's headings.
pub const KINDS: &[(&str, &str)] = &[
    ("employment", "Employment"),
    ("fee", "Speaker fee"),
    ("consultancy", "Consultancy"),
    ("research", "Research funding"),
    ("shares", "Shares or patents"),
    ("travel", "Travel or hospitality"),
    ("family", "Interest of a family member"),
    ("other", "Other"),
];

/// What it is worth in a year.
pub const BANDS: &[(&str, &str)] = &[
    ("none", "no money"),
    ("under-1000", "under £1,000"),
    ("1000-10000", "£1,000 to £10,000"),
    ("over-10000", "over £10,000"),
];

/// The statement on a post: nothing, or these of one's own interests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    Nothing,
    Some(Vec<Interest>),
}

impl Statement {
    pub fn code(&self) -> &'static str {
        match self {
            Statement::Nothing => "none",
            Statement::Some(_) => "some",
        }
    }

    /// Whether it tells who employs the author.
    pub fn names_employer(&self) -> bool {
        matches!(self, Statement::Some(interests) if interests.iter().any(|one| one.kind == "employment"))
    }

    /// Reads the form's choice against the author's own register.
    ///
    /// # Errors
    /// No choice, "some" without one, both at once, or an interest that is not the author's.
    pub async fn read(conn: &mut Conn, author: &Clinician, choice: &str, chosen: &[String]) -> Result<Statement> {
        let refused = |code, words: &str| Err(Problem::field("interest_statement", code, words));
        match choice {
            "none" if chosen.is_empty() => Ok(Statement::Nothing),
            "none" => refused("both", "Choose either nothing to declare, or the interests that matter here."),
            "some" => {
                let own = of_member(conn, author.id()).await?;
                let picked: Vec<Interest> =
                    own.into_iter().filter(|interest| chosen.iter().any(|id| id == interest.id.as_str())).collect();
                if picked.is_empty() || picked.len() != chosen.len() {
                    return refused(
                        "which",
                        "Choose which of your interests matters here, or add it in your settings.",
                    );
                }
                Ok(Statement::Some(picked))
            }
            _ => refused("missing", "Say what you stand to gain: nothing to declare, or which interest."),
        }
    }
}

/// What is typed to declare an interest.
#[derive(Debug, Clone, Default)]
pub struct NewInterest {
    pub kind: String,
    pub organisation: String,
    pub detail: String,
    pub band: String,
    pub year: String,
}

/// Adds an interest to the member's register.
///
/// # Errors
/// [`Problem::Refused`] with every field that must be put right.
pub async fn declare(log: &Log, member: &Member, new: &NewInterest) -> Result<InterestId> {
    let mut faults = Vec::new();
    let organisation = new.organisation.trim();
    let detail = new.detail.trim();
    if !KINDS.iter().any(|(code, _)| *code == new.kind) {
        faults.push(Fault::new("kind", "unknown", "Choose what kind of interest it is."));
    }
    if organisation.is_empty() || organisation.chars().count() > 120 {
        faults.push(Fault::new("organisation", "missing", "Name the organisation, in at most 120 characters."));
    }
    if detail.chars().count() > 200 {
        faults.push(Fault::new("detail", "too-long", "Use at most 200 characters."));
    }
    if !BANDS.iter().any(|(code, _)| *code == new.band) {
        faults.push(Fault::new("band", "unknown", "Choose about how much it is worth in a year."));
    }
    let year = new.year.trim().parse::<i64>().unwrap_or(0);
    if !(1950..=2100).contains(&year) {
        faults.push(Fault::new("year", "not-a-year", "Write the year as four figures, such as 2026."));
    }
    let mut passed = |field, text| aside::pass(Setting::Profile, field, text).map_err(|fault| faults.push(fault)).ok();
    let (organisation, detail) = (passed("organisation", organisation), passed("detail", detail));
    let (Some(organisation), Some(detail), true) = (organisation, detail, faults.is_empty()) else {
        return Err(Problem::Refused(faults));
    };
    let mut tx = log.write(member.id()).await?;
    let id = InterestId::fresh(tx.now(), tx.chance());
    store::add(&mut tx, member.id(), &id, (&new.kind, &new.band, year), (&organisation, &detail)).await?;
    tx.record(Event::InterestDeclared { account: member.id().clone(), interest: id.clone() });
    tx.commit().await?;
    Ok(id)
}

/// Ends an interest; posts that declared it keep it.
pub async fn end(log: &Log, member: &Member, id: &InterestId) -> Result<()> {
    let mut tx = log.write(member.id()).await?;
    if !store::end(&mut tx, member.id(), id).await? {
        return Err(Problem::NotFound);
    }
    tx.record(Event::InterestEnded { account: member.id().clone(), interest: id.clone() });
    tx.commit().await?;
    Ok(())
}

/// Words of an interest that any text may hold.
const COMMON: &[&str] = &[
    "makes",
    "maker",
    "which",
    "other",
    "their",
    "group",
    "limited",
    "company",
    "medical",
    "clinical",
    "health",
    "pharma",
    "international",
    "hospital",
    "trial",
    "study",
    "drugs",
    "devices",
    "research",
    "national",
    "regional",
    "network",
    "society",
    "university",
    "college",
    "foundation",
    "europe",
    "global",
    "treatment",
    "products",
    "education",
];

impl Interest {
    /// As it is shown beside a post: "Speaker fee, Norvane (makes mirtazapine), 2025, under £1,000".
    pub fn words(&self) -> String {
        let kind = KINDS.iter().find(|(code, _)| *code == self.kind).map_or("Other", |(_, words)| words);
        let band = BANDS.iter().find(|(code, _)| *code == self.band).map_or("", |(_, words)| words);
        let detail = if self.detail.is_empty() { String::new() } else { format!(" ({})", self.detail) };
        format!("{kind}, {}{detail}, {}, {band}", self.organisation, self.year)
    }

    /// Whether a text names the organisation or what it makes: then readers will expect to see it.
    pub fn is_named_in(&self, folded_text: &str) -> bool {
        self.telling_words().any(|word| folded_text.contains(&word))
    }

    /// The words by which a text names it, in small letters.
    pub fn telling_words(&self) -> impl Iterator<Item = String> {
        [&self.organisation, &self.detail]
            .into_iter()
            .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().count() > 4)
            .map(str::to_lowercase)
            .filter(|word| !COMMON.contains(&word.as_str()))
    }
}
