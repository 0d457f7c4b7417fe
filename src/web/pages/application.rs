//! `/application`: what the applicant says, what was found, what happens next.

use askama::Template;

use crate::web::form::{Choice, Field, Summary, choices};
use crate::web::moment::Moment;
use crate::web::shell::{Place, Shell, Viewer};

#[derive(Template)]
#[template(config = "web/askama.toml", path = "pages/application.html")]
pub struct ApplicationPage {
    pub shell: Shell,
    pub standing: Standing,
    pub questions: Vec<Question>,
    pub steps: Vec<Step>,
    /// Who opened this application, newest first.
    pub looks: Vec<Look>,
    /// Evidence can be given.
    pub may_give: bool,
    /// What was sent. Empty until then.
    pub claim: Vec<(String, String)>,
    /// To put right what was mistyped, while nobody has decided.
    pub correct: Option<Box<ClaimForm>>,
}

/// Where it stands; each has its own head and, where something is asked, its own form.
pub enum Standing {
    NotSent(Box<ClaimForm>),
    Waiting {
        sent: Moment,
        /// By when a verifier answers.
        due: Moment,
    },
    MoreAsked {
        /// The verifier's words.
        question: String,
        asked: Moment,
        answer: Field,
    },
    Refused {
        reason: String,
        note: Option<String>,
        refused: Moment,
        may_apply_again: bool,
        /// A second person has not been asked yet: the field to ask with.
        appeal: Option<Field>,
    },
    Admitted {
        admitted: Moment,
        /// "General Medical Council".
        register: String,
    },
}

pub struct ClaimForm {
    pub country: Field,
    pub register: Field,
    pub profession: Field,
    pub number: Field,
    /// The number is not written as the register's are known to be, and the applicant may say that it is right.
    pub number_is_strange: bool,
    pub registered_name: Field,
    pub statement: Field,
    pub problem: Option<String>,
    pub countries: Vec<Choice>,
    pub registers: Vec<Choice>,
    pub professions: Vec<Choice>,
}

/// One of the three: the registration exists, you are a real person, you are that registrant.
pub struct Question {
    pub title: String,
    pub answer: Answer,
    /// "Nursing register, in good standing. Checked 8 minutes ago."
    pub words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Yes,
    Look,
    NotYet,
    No,
}

pub struct Step {
    pub title: String,
    pub state: StepState,
    pub words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Todo,
}

pub struct Look {
    /// Role, never a name: "A verifier".
    pub who: String,
    pub what: String,
    pub when: Moment,
}

impl Answer {
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Yes => "ok",
            Self::Look => "confirm",
            Self::NotYet => "todo",
            Self::No => "block",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Self::Yes => "is-ok",
            Self::Look => "is-confirm",
            Self::NotYet => "quiet",
            Self::No => "is-block",
        }
    }

    /// For those who see no colours and no shapes.
    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::Look => "Needs a look",
            Self::NotYet => "Not yet",
            Self::No => "No",
        }
    }
}

impl StepState {
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Todo => "",
        }
    }

    pub fn glyph(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Now => "now",
            Self::Todo => "todo",
        }
    }
}

impl ApplicationPage {
    /// What is still missing, in the words of the questions.
    pub fn missing(&self) -> Vec<&Question> {
        self.questions.iter().filter(|question| question.answer != Answer::Yes).collect()
    }
}

impl ClaimForm {
    pub fn is_wrong(&self) -> bool {
        self.problem.is_some() || !self.summary().fields.is_empty()
    }

    pub fn summary(&self) -> Summary {
        Summary::new(
            &self.problem,
            &[
                ("country", "Country", &self.country),
                ("register", "Register", &self.register),
                ("profession", "Profession", &self.profession),
                ("number", "Registration number", &self.number),
                ("registered_name", "Name in the register", &self.registered_name),
                ("statement", "Anything a verifier should know", &self.statement),
            ],
        )
    }

    fn sample() -> Self {
        Self {
            country: Field::typed("GB"),
            register: Field::default(),
            profession: Field::default(),
            number: Field::default(),
            number_is_strange: false,
            registered_name: Field::typed("Oyin Farrow-Adair"),
            statement: Field::default(),
            problem: None,
            countries: choices(&[
                ("AU", "Australia"),
                ("NZ", "New Zealand"),
                ("GB", "United Kingdom"),
                ("US", "United States"),
            ]),
            registers: choices(&[
                ("gb-gmc", "General Medical Council (UK)"),
                ("gb-nmc", "Nursing and Midwifery Council (UK)"),
                ("gb-gphc", "General Pharmaceutical Council (UK)"),
                ("us-nppes", "National Provider Identifier (US)"),
            ]),
            professions: choices(&[
                ("doctor", "Doctor"),
                ("nurse", "Nurse"),
                ("midwife", "Midwife"),
                ("pharmacist", "Pharmacist"),
            ]),
        }
    }

    fn sample_refused() -> Self {
        Self {
            register: Field::typed("gb-nmc"),
            profession: Field::wrong("", "Choose the profession under which you are registered."),
            number: Field::wrong(
                "99Z4471",
                "A number of this register has 8 characters, as in 99Z9999Z. This one has 7.",
            ),
            number_is_strange: true,
            statement: Field::typed("I was registered as Farrow until last spring."),
            ..Self::sample()
        }
    }
}

impl ApplicationPage {
    pub fn sample() -> Self {
        let shell = Shell {
            viewer: Some(Viewer {
                account: "a3".to_owned(),
                name: "Oyin Farrow-Adair".to_owned(),
                ..Viewer::default()
            }),
            ..Shell::sample("Your application", Place::Application)
        };
        Self {
            shell,
            standing: Standing::NotSent(Box::new(ClaimForm::sample())),
            questions: vec![
                Question::sample(0, Answer::NotYet, "We look it up in the register you name."),
                Question::sample(1, Answer::Yes, "Address confirmed."),
                Question::sample(
                    2,
                    Answer::NotYet,
                    "A number is public, so a person looks for one sign that it is yours.",
                ),
            ],
            steps: vec![
                Step::sample("Address confirmed", StepState::Done, "Today, 09:43"),
                Step::sample("What register you are in", StepState::Now, "Waiting for you"),
                Step::sample("A verifier decides", StepState::Todo, "Within a day"),
                Step::sample("Welcome in", StepState::Todo, ""),
            ],
            looks: vec![],
            may_give: false,
            claim: vec![],
            correct: None,
        }
    }

    pub fn sample_refused_form() -> Self {
        Self { standing: Standing::NotSent(Box::new(ClaimForm::sample_refused())), ..Self::sample() }
    }

    pub fn sample_waiting() -> Self {
        Self {
            standing: Standing::Waiting { sent: moment("today, 09:51"), due: moment("tomorrow, 17:00") },
            questions: vec![
                Question::sample(
                    0,
                    Answer::Yes,
                    "Nursing and Midwifery Council, in good standing. Checked 8 minutes ago.",
                ),
                Question::sample(1, Answer::Yes, "Address confirmed."),
                Question::sample(
                    2,
                    Answer::Look,
                    "Your name differs by one word. That is usual; a verifier will look.",
                ),
            ],
            steps: vec![
                Step::sample("Address confirmed", StepState::Done, "Today, 09:43"),
                Step::sample("Application sent", StepState::Done, "Today, 09:51"),
                Step::sample("A verifier decides", StepState::Now, "By tomorrow, 17:00"),
                Step::sample("Welcome in", StepState::Todo, ""),
            ],
            looks: vec![Look {
                who: "A verifier".to_owned(),
                what: "opened it".to_owned(),
                when: moment("12 minutes ago"),
            }],
            claim: [
                ("Register", "Nursing and Midwifery Council (UK)"),
                ("Number", "99Z4471E"),
                ("Name in the register", "Oyin Farrow-Adair"),
                ("Profession", "Nurse"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
            correct: Some(Box::new(ClaimForm::sample_refused())),
            may_give: true,
            ..Self::sample()
        }
    }

    pub fn sample_more_asked() -> Self {
        let mut page = Self {
            standing: Standing::MoreAsked {
                question: "The register has your first name as Oyinade. Have you anything from work that shows both?"
                    .to_owned(),
                asked: moment("2 hours ago"),
                answer: Field::wrong("", "Write an answer, or say that you have nothing of the kind."),
            },
            ..Self::sample_waiting()
        };
        page.steps[2] = Step::sample("Your answer", StepState::Now, "Waiting for you");
        page.steps.insert(3, Step::sample("A verifier decides", StepState::Todo, "Within a day of your answer"));
        page
    }

    pub fn sample_refused() -> Self {
        Self {
            standing: Standing::Refused {
                reason: "We could not show that the registration is yours.".to_owned(),
                note: Some("The work address you named did not answer.".to_owned()),
                refused: moment("yesterday, 16:20"),
                may_apply_again: true,
                appeal: Some(Field::default()),
            },
            correct: None,
            ..Self::sample_waiting()
        }
    }

    pub fn sample_admitted() -> Self {
        let mut page = Self {
            standing: Standing::Admitted {
                admitted: moment("5 minutes ago"),
                register: "Nursing and Midwifery Council (UK)".to_owned(),
            },
            correct: None,
            ..Self::sample_waiting()
        };
        page.questions[2] = Question::sample(2, Answer::Yes, "A verifier looked: a known short form of your name.");
        page.steps[2] = Step::sample("A verifier decided", StepState::Done, "5 minutes ago");
        page.steps[3] = Step::sample("Welcome in", StepState::Done, "");
        page
    }
}

impl Question {
    pub const TITLES: [&str; 3] = ["The registration exists", "You are a real person", "You are that registrant"];

    fn sample(which: usize, answer: Answer, words: &str) -> Self {
        Self { title: Self::TITLES[which].to_owned(), answer, words: words.to_owned() }
    }
}

impl Step {
    fn sample(title: &str, state: StepState, words: &str) -> Self {
        Self { title: title.to_owned(), state, words: words.to_owned() }
    }
}

fn moment(words: &str) -> Moment {
    Moment { iso: "2026-03-12T16:00:00Z".to_owned(), words: words.to_owned() }
}
