//! What makes a word look like a name, and the words around names.

use super::lexicon::*;
use super::token::{Case, Kind, Token};

/// Titles before a patient's or a lay person's name.
pub const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "mdm", "madam", "mme", "mr.", "smt", "shri", "sri", "kumari", "haji", "hajia", "hajja", "alhaji", "mallam", "malam", "begum", "sheikh", "shaikh", "rev", "reverend", "fr", "pastor", "imam", "rabbi", "lord", "dame", "bibi", "seth", "tunku", "datuk", "puan", "encik", "mama", "baba", "gogo", "tata"];
/// Titles of colleagues.
pub const DOCTORS: &[&str] = &["dr", "drs", "prof", "professor", "doctor", "sr", "matron", "doc"];
/// Relatives and other lay people; a capitalised word straight after is a name.
pub const RELATIVES: &[&str] = &["wife", "husband", "son", "daughter", "mum", "mom", "mother", "father", "dad", "brother", "sister", "aunt", "auntie", "aunty", "uncle", "gran", "granny", "nan", "nana", "grandmother", "grandfather", "grandad", "granddad", "grandpa", "grandma", "grandson", "granddaughter", "nephew", "niece", "cousin", "partner", "boyfriend", "girlfriend", "fiance", "fiancee", "spouse", "carer", "flatmate", "housemate", "roommate", "neighbour", "neighbor", "friend", "guardian", "stepson", "stepdaughter", "stepfather", "stepmother", "stepdad", "stepmum", "twin", "twins", "sibling", "mam", "mammy", "mummy", "papa", "koro", "kuia", "ouma", "oupa", "amma", "appa", "nok", "nephews", "widow", "widower", "landlady", "landlord", "teammate", "classmate", "colleague's", "employer", "daughters", "sons", "baby", "godson", "goddaughter", "bride", "grandchild", "caregiver", "in-law", "law", "parent", "attender", "attendant"];
/// The patient.
pub const PATIENTS: &[&str] = &["patient", "pt", "lady", "gentleman", "gent", "boy", "girl", "lad", "lass", "toddler", "infant", "newborn", "chap", "bloke", "guy", "fella", "client", "resident", "index", "kid", "teenager", "pensioner", "inpatient", "donor", "recipient", "child", "proband", "victim", "witness", "driver"];
/// Health professionals; a capitalised name after one is a colleague's.
pub const STAFF: &[&str] = &["gp", "consultant", "registrar", "reg", "nurse", "midwife", "pharmacist", "optometrist", "optician", "physio", "physiotherapist", "dietitian", "dietician", "anaesthetist", "anesthesiologist", "intern", "resident", "surgeon", "cardiologist", "neurologist", "radiologist", "oncologist", "haematologist", "hematologist", "paediatrician", "pediatrician", "psychiatrist", "psychologist", "dermatologist", "rheumatologist", "nephrologist", "urologist", "gynaecologist", "obstetrician", "intensivist", "pathologist", "microbiologist", "endocrinologist", "gastroenterologist", "hepatologist", "pulmonologist", "ophthalmologist", "orthopod", "dentist", "podiatrist", "paramedic", "hca", "sho", "fy1", "fy2", "f1", "f2", "spr", "st3", "mo", "jmo", "houseman", "officer", "supervisor", "attending", "fellow", "pcp", "np", "pa", "rn", "cns", "sister", "matron", "locum", "trainee", "colleague", "manager", "coordinator", "chaplain", "chw", "asha", "anm", "ot", "slt", "interpreter", "charge", "technician", "sonographer", "radiographer", "phlebotomist", "receptionist", "secretary", "student", "lecturer", "mentor", "trainer", "hod"];
/// What people do, as told in a case; a name before one is a name.
pub const DEEDS: &[&str] = &["is", "was", "has", "had", "says", "said", "told", "tells", "presented", "presents", "came", "comes", "got", "gets", "went", "goes", "feels", "felt", "thinks", "thought", "wants", "wanted", "asked", "asks", "lives", "lived", "denies", "denied", "reports", "reported", "rang", "rings", "called", "calls", "stays", "works", "worked", "drove", "drives", "took", "takes", "gave", "gives", "did", "does", "didn", "doesn", "isn", "wasn", "hasn", "noticed", "noted", "found", "brought", "started", "stopped", "refused", "refuses", "agreed", "died", "lost", "fell", "turned", "turns", "returned", "attended", "developed", "remains", "remained", "became", "hates", "loves", "likes", "knows", "knew", "keeps", "kept", "seems", "seemed", "looked", "looks", "used", "needs", "needed", "smokes", "drinks", "signed", "posted", "recorded", "phoned", "texted", "emailed", "messaged", "walked", "collapsed", "deserves", "proposes", "suggested", "suggests", "insists", "insisted", "claims", "believes", "hopes", "swears", "cried", "smiled", "laughed", "complained", "complains", "underwent", "received", "would", "wrote", "left", "moved", "arrived", "managed", "sent"];
/// Deeds that only people do: enough to make an unknown word a person.
pub const HUMAN: &[&str] = &["says", "said", "told", "tells", "came", "comes", "feels", "felt", "thinks", "wants", "wanted", "asked", "asks", "lives", "lived", "denies", "rang", "rings", "stays", "works", "drove", "drives", "refused", "refuses", "agreed", "died", "hates", "loves", "likes", "knows", "knew", "smokes", "drinks", "phoned", "texted", "emailed", "messaged", "walked", "collapsed", "deserves", "insists", "insisted", "swears", "cried", "smiled", "laughed", "complained", "complains", "went", "brought", "noticed", "signed", "posted", "recorded", "proposes", "attended", "fell", "lost", "wept", "begged", "took", "gave"];
/// After an eponym these make it one, whoever else bears the name.
pub const HEADS: &[&str] = &["disease", "syndrome", "sign", "signs", "test", "tests", "criteria", "criterion", "score", "scores", "scale", "procedure", "operation", "repair", "fracture", "line", "catheter", "tube", "incision", "manoeuvre", "maneuver", "reflex", "triad", "law", "classification", "stage", "staging", "grade", "grading", "index", "phenomenon", "palsy", "paralysis", "encephalopathy", "disorder", "lymphoma", "sarcoma", "tumour", "tumor", "cells", "cell", "bodies", "body", "nodes", "node", "nodules", "lesion", "ulcer", "hernia", "contracture", "deformity", "drain", "forceps", "retractor", "clamp", "needle", "stain", "agar", "medium", "formula", "equation", "rule", "rules", "protocol", "regimen", "trial", "trials", "study", "studies", "cohort", "registry", "group", "series", "paper", "data", "consensus", "guideline", "guidelines", "recommendations", "model", "method", "technique", "approach", "position", "view", "angle", "ratio", "gradient", "curve", "plot", "effect", "response", "reaction", "antigen", "antibody", "virus", "fever", "encephalitis", "arthritis", "thyroiditis", "anaemia", "anemia", "nephropathy", "neuropathy", "myopathy", "dystrophy", "chorea", "dementia", "epilepsy", "ataxia", "aphasia", "area", "gyrus", "duct", "gland", "ring", "band", "bands", "pouch", "loop", "shunt", "valve", "graft", "stent", "balloon", "bag", "frame", "splint", "cast", "plate", "nail", "screw", "pin", "wire", "collar", "brace", "boot", "block", "anaesthesia", "pump", "mask", "airway", "blade", "laryngoscope", "circuit", "system", "blot", "assay", "stool", "chart", "calculator", "nomogram", "questionnaire", "inventory", "assessment", "hypothesis", "theory", "doctrine", "oedema", "edema", "melanoma", "carcinoma", "adenoma", "cyst", "naevus", "nevus", "purpura", "vasculitis", "granulomatosis", "nystagmus", "pupil", "rash", "spots", "lines"];
/// Journals and the like, after an author's name.
pub const CITED: &[&str] = &["et", "nejm", "lancet", "jama", "bmj", "rct", "trial", "study", "studies", "series", "paper", "review", "chest", "blood", "circulation", "gut", "brain", "ann", "arch", "cochrane", "al", "cohort", "group", "guideline", "guidelines", "consensus", "data", "criteria", "score", "bjd", "bja", "jacc", "jco", "idsa"];
/// Parts of a family name.
pub const PARTICLES: &[&str] = &["de", "da", "di", "del", "della", "dos", "das", "du", "la", "le", "van", "von", "der", "den", "ter", "bin", "binti", "binte", "ibn", "al", "el", "ul", "ur", "abu", "ni", "nic", "mac", "mc", "te", "st", "ap", "y", "dela", "bint"];

/// How much a word looks like part of a name, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// It is a word, an eponym, a brand.
    No,
    /// A name that is also an everyday word or an eponym.
    Double,
    /// Nobody knows the word.
    Unknown,
    /// A family name.
    Family,
    /// A given name and nothing else.
    Given,
}

/// How a token looks.
pub fn look(token: &Token) -> Look {
    if token.kind == Kind::Foreign {
        return Look::Unknown;
    }
    if !token.word() || token.len() < 2 || token.case == Case::Initial {
        return Look::No;
    }
    let names = FIRST | LAST;
    if token.is(COMMON) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(REGION | MONTH) {
        return if token.is(FIRST) { Look::Double } else { Look::No };
    }
    if token.is(EPONYM | BRAND) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(FIRST) {
        return if token.is(VOCAB) && token.is(PLACE) { Look::Double } else if token.is(VOCAB) && !token.is(LAST) && token.len() < 4 { Look::Double } else { Look::Given };
    }
    if token.is(VOCAB) {
        return if token.is(names) { Look::Double } else { Look::No };
    }
    if token.is(LAST) {
        return Look::Family;
    }
    if token.len() < 3 && token.case != Case::Capital {
        return Look::No;
    }
    Look::Unknown
}

/// Short forms under which a name comes back.
pub fn short_forms(name: &str) -> &'static [&'static str] {
    match name {
        "margaret" => &["maggie", "peggy", "meg", "peg", "marge", "margie", "mags"],
        "elizabeth" => &["liz", "beth", "betty", "lizzie", "eliza", "libby", "bess", "betsy"],
        "william" => &["will", "bill", "billy", "willie", "liam"],
        "robert" => &["rob", "bob", "bobby", "robbie", "bert"],
        "richard" => &["rick", "dick", "richie", "rich", "ricky"],
        "michael" => &["mike", "mick", "mickey", "mikey"],
        "katherine" | "catherine" | "kathleen" | "kathryn" => &["kate", "kathy", "katie", "cathy", "kath", "cath", "kitty"],
        "patricia" => &["pat", "patty", "trish", "tricia", "patsy"],
        "patrick" | "padraig" => &["pat", "paddy"],
        "james" => &["jim", "jimmy", "jamie"],
        "john" => &["jack", "johnny", "johnnie"],
        "joseph" => &["joe", "joey"],
        "thomas" => &["tom", "tommy"],
        "christopher" => &["chris", "kit"],
        "anthony" => &["tony"],
        "edward" => &["ed", "eddie", "ted", "teddy", "ned"],
        "dorothy" => &["dot", "dottie", "dolly"],
        "susan" => &["sue", "susie"],
        "deborah" => &["debbie", "deb"],
        "jennifer" => &["jen", "jenny"],
        "alexander" | "alexandra" => &["alex", "sandy", "sasha", "lex"],
        "wilhelmina" => &["billie", "mina", "minnie"],
        "samuel" | "samantha" => &["sam", "sammy"],
        "daniel" | "danielle" => &["dan", "danny", "dani"],
        "matthew" => &["matt"],
        "andrew" => &["andy", "drew"],
        "david" => &["dave", "davy", "dai"],
        "stephen" | "steven" => &["steve", "stevie"],
        "nicholas" | "nicola" => &["nick", "nicky"],
        "victoria" => &["vicky", "tori"],
        "rebecca" => &["becky", "becca"],
        "mohammed" | "muhammad" | "mohamed" => &["mo"],
        "francis" | "frances" => &["frank", "fran", "frankie"],
        "frederick" => &["fred", "freddie"],
        "albert" => &["al", "bert", "bertie"],
        "gerald" | "gerard" => &["gerry"],
        "ronald" => &["ron", "ronnie"],
        "theresa" | "teresa" => &["terry", "tess"],
        "charles" => &["charlie", "chuck"],
        "henry" => &["harry", "hal"],
        "lawrence" => &["larry"],
        "peter" => &["pete"],
        "timothy" => &["tim"],
        "gregory" => &["greg"],
        "jeffrey" | "geoffrey" => &["jeff", "geoff"],
        "abigail" => &["abby"],
        "barbara" => &["barb", "babs"],
        "pamela" => &["pam"],
        "philip" | "phillip" => &["phil"],
        "zachary" => &["zac", "zak", "zach"],
        _ => &[],
    }
}
