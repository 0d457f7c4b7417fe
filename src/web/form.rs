//! A form as it stands on a page: what was typed, and what is to be mended.

/// One field: what was typed and what is wrong with it, if anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub value: String,
    pub problem: Option<String>,
}

impl Field {
    /// As typed, with nothing to mend.
    pub fn typed(value: impl Into<String>) -> Self {
        Self { value: value.into(), problem: None }
    }

    /// As typed, with something to mend.
    pub fn wrong(value: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { value: value.into(), problem: Some(problem.into()) }
    }

    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }

    pub fn is_wrong(&self) -> bool {
        self.problem.is_some()
    }
}

/// One choice of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub words: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// A list of choices from pairs of value and words.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, words)| Choice::new(*value, *words)).collect()
}

/// What stands in the box above a form: one thing about the whole form, and a link to each field to be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub whole: Option<String>,
    pub fields: Vec<Listed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The `id` of the field.
    pub id: &'static str,
    pub label: &'static str,
    pub problem: String,
}

impl Summary {
    pub fn new(whole: &Option<String>, fields: &[(&'static str, &'static str, &Field)]) -> Self {
        Self {
            whole: whole.clone(),
            fields: fields
                .iter()
                .filter_map(|(id, label, field)| field.problem.clone().map(|problem| Listed { id, label, problem }))
                .collect(),
        }
    }

    /// One field alone speaks for itself, beside the field.
    pub fn is_shown(&self) -> bool {
        self.whole.is_some() || self.fields.len() > 1
    }

    pub fn title(&self) -> String {
        match (&self.whole, self.fields.len()) {
            (Some(whole), _) => whole.clone(),
            (None, 2) => "Two things to mend".to_owned(),
            (None, 3) => "Three things to mend".to_owned(),
            (None, many) => format!("{many} things to mend"),
        }
    }
}
