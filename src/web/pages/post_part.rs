//! One post as readers see it: on the thread's page, and alone when it arrives over the socket.
//!
//! The template `web/parts/post.html` reads a variable `post`; [`PostPart`] renders it by itself, the thread's page
//! includes it once for each post. Both give the same markup, so that an open page never differs from a fresh one.

use askama::Template;

use crate::base::text::Html;
use crate::web::moment::Moment;
pub use crate::web::pages::badge_part::{BadgeFact, Seal};

/// One `<article>`, as the socket sends it.
#[derive(Template)]
#[template(config = "web/askama.toml", path = "parts/post.html")]
pub struct PostPart {
    pub post: Post,
}

#[derive(Clone)]
pub struct Post {
    pub id: String,
    pub thread: String,
    /// 1 is the post that starts the thread.
    pub position: i64,
    /// Of the thread: on its first post while that is shown, else empty. An open page keeps its heading right by it.
    pub title: String,
    /// Written since this reader was last here.
    pub is_unread: bool,
    pub content: Content,
}

/// What stands at a post's place. A place never goes away; what fills it may.
#[derive(Clone)]
pub enum Content {
    Shown(Box<Shown>),
    /// Hidden until a moderator has looked.
    Veiled {
        /// The reader is its author.
        is_own: bool,
        /// Until its author has changed it; or they have, and a moderator looks.
        is_asked: bool,
        is_revised: bool,
    },
    Removed {
        at: Moment,
        /// "rule 2 (confidentiality)".
        rule: String,
        is_own: bool,
    },
}

#[derive(Clone)]
pub struct Shown {
    pub byline: Byline,
    pub ground: Ground,
    /// What evidence rests on; empty for all else.
    pub source: String,
    /// What a moderator says about it, above it, and since when.
    pub notice: Option<(String, Moment)>,
    pub written: Moment,
    /// How often it was changed since.
    pub edits: i64,
    pub body: Body,
    pub may_reply: bool,
    pub may_edit: bool,
    pub may_flag: bool,
}

#[derive(Clone)]
pub enum Body {
    Reply(Html),
    Case {
        question: Html,
        folds: Vec<Fold>,
    },
    /// A question that is no case: what is asked, and what stands behind it (may be empty).
    Question {
        question: Html,
        behind: Html,
    },
}

/// One section of a case. Sections that are empty are left out.
#[derive(Clone)]
pub struct Fold {
    /// "Presentation", "History", "Findings", "Investigations".
    pub name: &'static str,
    /// The first words, shown while it is closed.
    pub gist: String,
    pub html: Html,
    pub is_open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Case,
    Question,
    Opinion,
    Experience,
    Evidence,
}

/// Who wrote it, how we know, what they stand to gain; always in this order.
#[derive(Clone)]
pub struct Byline {
    pub name: String,
    /// "Consultant nephrologist".
    pub role: String,
    pub seal: Seal,
    /// "Registered · GMC", "renal medicine", "checked 3 days ago": one fact each.
    pub facts: Vec<String>,
    /// What opens behind it.
    pub details: Vec<BadgeFact>,
    /// The author's account, for their page.
    pub account: String,
    /// As declared on that day; empty is "Nothing to declare".
    pub interests: Vec<String>,
    /// The author's interests were changed since.
    pub is_changed_since: bool,
}

impl Post {
    /// The place as words: "The case", "Reply 3".
    pub fn place(&self) -> String {
        match self.position {
            1 => "The first post".to_owned(),
            more => format!("Reply {}", more - 1),
        }
    }

    pub fn state(&self) -> &'static str {
        match self.content {
            Content::Shown(_) => "shown",
            Content::Veiled { .. } => "veiled",
            Content::Removed { .. } => "removed",
        }
    }
}

impl Shown {
    pub fn edited(&self) -> String {
        match self.edits {
            1 => "edited once".to_owned(),
            2 => "edited twice".to_owned(),
            more => format!("edited {more} times"),
        }
    }

    /// A source that is an address is a link.
    pub fn source_is_link(&self) -> bool {
        self.source.starts_with("https://") && !self.source.contains(char::is_whitespace)
    }
}

impl Ground {
    pub fn words(self) -> &'static str {
        match self {
            Self::Case => "The case",
            Self::Question => "The question",
            Self::Opinion => "Opinion",
            Self::Experience => "Experience",
            Self::Evidence => "Evidence",
        }
    }

    /// The name of its glyph; what starts a thread has none.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Case | Self::Question => "",
            Self::Opinion => "opinion",
            Self::Experience => "experience",
            Self::Evidence => "evidence",
        }
    }
}

impl PostPart {
    pub fn sample() -> Self {
        Self { post: Post::samples().remove(1) }
    }
}

impl Post {
    /// A case and its replies, in every state a post can have.
    pub fn samples() -> Vec<Self> {
        use crate::base::text::render;
        let day = |iso: &str, words: &str| Moment { iso: iso.to_owned(), words: words.to_owned() };
        let facts = |facts: [&str; 3]| facts.map(str::to_owned).to_vec();
        let fold =
            |name, gist: &str, text: &str, is_open| Fold { name, gist: gist.to_owned(), html: render(text), is_open };
        let post = |position: i64, content| Self {
            id: format!("019a5c2e-0000-7000-8000-00000000000{position}"),
            thread: "019a5c2e-0000-7000-8000-0000000000aa".to_owned(),
            position,
            title: if position == 1 {
                "Sodium stuck at 124 ten days after stopping a thiazide: what am I missing?".to_owned()
            } else {
                String::new()
            },
            is_unread: position == 6,
            content,
        };
        let shown = |byline, ground, source: &str, written, edits, body| {
            let is_own = ground == Ground::Case;
            Content::Shown(Box::new(Shown {
                byline,
                ground,
                source: source.to_owned(),
                notice: (ground == Ground::Experience).then(|| {
                    let words =
                        "A dose in this post was said higher than the national formulary has it; see the reply.";
                    (words.to_owned(), day("2026-03-03T08:00:00Z", "10 days ago"))
                }),
                written,
                edits,
                body,
                may_reply: true,
                may_edit: is_own,
                may_flag: !is_own,
            }))
        };
        vec![
            post(
                1,
                shown(
                    Byline {
                        name: "Dr Tamsin Oyelaran-Reid".to_owned(),
                        role: "Specialty registrar, acute medicine".to_owned(),
                        seal: Seal::Confirmed,
                        details: BadgeFact::samples(),
                        account: "a1".to_owned(),
                        facts: facts(["Registered · GMC", "acute internal medicine", "checked today"]),
                        interests: vec![],
                        is_changed_since: false,
                    },
                    Ground::Case,
                    "",
                    day("2026-03-01T09:12:00Z", "12 days ago"),
                    1,
                    Body::Case {
                        question: render(
                            "Is this the SSRI? And would you switch, restrict fluid, or reach for urea first?",
                        ),
                        folds: vec![
                            fold(
                                "Presentation",
                                "Woman in her 70s, two weeks of fatigue and unsteadiness, one fall",
                                "Woman in her 70s with two weeks of fatigue, unsteadiness and one fall without head injury. No seizure, no headache, orientated. CT head normal for age.",
                                true,
                            ),
                            fold(
                                "History",
                                "Hypertension, depression; sertraline raised recently",
                                "Hypertension and depression. Indapamide stopped on admission. Sertraline started about six weeks earlier and raised to 100 mg two weeks before admission.",
                                false,
                            ),
                            fold(
                                "Findings",
                                "Euvolaemic on three examinations",
                                "Euvolaemic on three examinations by two people. 138/76 lying, 134/74 standing. No oedema, chest clear, no focal neurology.",
                                false,
                            ),
                            fold(
                                "Investigations",
                                "Na 118, 123, 124; urine osmolality 436",
                                "| Result | Day 0 | Day 4 | Day 10 |\n|---|---|---|---|\n| Sodium, mmol/L | **118** | **123** | **124** |\n| Potassium, mmol/L | 3.4 | 4.1 | 4.2 |\n| Serum osmolality, mOsm/kg | 251 | – | 262 |\n| Urine osmolality, mOsm/kg | 412 | – | 436 |\n| Urine sodium, mmol/L | 58 | – | 61 |\n\nTSH 2.1 mU/L. Cortisol at 9 a.m. 512 nmol/L. Chest film clear.",
                                true,
                            ),
                        ],
                    },
                ),
            ),
            post(
                2,
                shown(
                    Byline {
                        name: "Dr Bronagh Silvestri-Lund".to_owned(),
                        role: "Consultant nephrologist".to_owned(),
                        seal: Seal::Confirmed,
                        details: BadgeFact::samples(),
                        account: "a1".to_owned(),
                        facts: facts(["Registered · GMC", "renal medicine", "checked 3 days ago"]),
                        interests: vec![],
                        is_changed_since: false,
                    },
                    Ground::Evidence,
                    "https://doi.org/10.5555/jin.2023.0412",
                    day("2026-03-02T07:40:00Z", "11 days ago"),
                    0,
                    Body::Reply(render(
                        "Ten days off indapamide is long enough for most people, and the picture no longer fits a thiazide: urine sodium 61 and urate 0.14 with a clinically normal volume is SIAD until shown otherwise. The dose went up two weeks before she came in, which is the usual window.\n\nUrine osmolality of 436 predicts that fluid restriction on its own will disappoint. I would deal with the drug first, restrict gently meanwhile, and keep urea for a sodium still under 128 after five days.",
                    )),
                ),
            ),
            post(
                3,
                shown(
                    Byline {
                        name: "Dr Yusuf Dalgleish-Mbeki".to_owned(),
                        role: "Consultant liaison psychiatrist".to_owned(),
                        seal: Seal::Confirmed,
                        details: BadgeFact::samples(),
                        account: "a1".to_owned(),
                        facts: facts(["Registered · GMC", "general psychiatry", "checked 3 days ago"]),
                        interests: vec!["Speaker fee, Norvane (makes mirtazapine), 2025, under £1,000".to_owned()],
                        is_changed_since: true,
                    },
                    Ground::Experience,
                    "",
                    day("2026-03-02T19:05:00Z", "11 days ago"),
                    2,
                    Body::Reply(render(
                        "If her mood needs treatment, and it sounds as though it did, please do not just stop it. I cross-taper to mirtazapine over seven to ten days and check sodium twice in the first week.\n\n- day 1: half the dose\n- day 4: mirtazapine 15 mg at night\n\nOne caution: a drowsy first week on mirtazapine is not the moment to send someone with recent falls home alone.",
                    )),
                ),
            ),
            post(4, Content::Veiled { is_own: false, is_asked: false, is_revised: false }),
            post(
                5,
                Content::Removed {
                    at: day("2026-03-04T02:11:00Z", "4 March 2026"),
                    rule: "rule 2 (confidentiality)".to_owned(),
                    is_own: false,
                },
            ),
            post(
                6,
                shown(
                    Byline {
                        name: "Maren Castellow-Ito".to_owned(),
                        role: "Advanced clinical pharmacist".to_owned(),
                        seal: Seal::Due,
                        details: BadgeFact::samples(),
                        account: "a1".to_owned(),
                        facts: facts(["Registered · GPhC", "pharmacist, prescriber", "checked 12 days ago, due"]),
                        interests: vec![],
                        is_changed_since: false,
                    },
                    Ground::Opinion,
                    "",
                    day("2026-03-13T14:20:00Z", "40 minutes ago"),
                    0,
                    Body::Reply(render(
                        "> keep urea for a sodium still under 128 after five days\n\nAgree with the order. If it comes to urea, 15 g twice a day in something sharp and cold is what people will actually finish. And do look for a proton pump inhibitor on the list: it is the one we all forget.",
                    )),
                ),
            ),
        ]
    }
}
