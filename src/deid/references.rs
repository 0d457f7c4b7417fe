//! Public references: guidelines, papers, codes of terms. A link or a number of theirs says nothing about a patient.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Hosts of public references; a link there says nothing about a patient.
const REFERENCES: &[&str] = &[
    "nice.org.uk",
    "doi.org",
    "ncbi.nlm.nih.gov",
    "nih.gov",
    "pubmed.gov",
    "who.int",
    "nejm.org",
    "bmj.com",
    "thelancet.com",
    "jamanetwork.com",
    "cochrane.org",
    "cochranelibrary.com",
    "cdc.gov",
    "fda.gov",
    "ema.europa.eu",
    "gov.uk",
    "gmc-uk.org",
    "clinicaltrials.gov",
    "escardio.org",
    "uptodate.com",
    "sign.ac.uk",
    "mdcalc.com",
    "medscape.com",
    "radiopaedia.org",
    "wikipedia.org",
    "nature.com",
    "science.org",
    "sciencedirect.com",
    "springer.com",
    "wiley.com",
    "medrxiv.org",
    "biorxiv.org",
    "arxiv.org",
    "kdigo.org",
    "eular.org",
    "acc.org",
    "heart.org",
    "ahajournals.org",
    "diabetes.org",
    "resus.org.uk",
    "rcog.org.uk",
    "acog.org",
    "acr.org",
    "asco.org",
    "esmo.org",
    "nccn.org",
    "idsociety.org",
    "asahq.org",
    "rcpch.ac.uk",
    "rcplondon.ac.uk",
    "rcoa.ac.uk",
    "bnf.nice.org.uk",
    "toxbase.org",
    "lactmed.org",
    "orpha.net",
    "omim.org",
    "icmr.gov.in",
    "health.gov.au",
    "tg.org.au",
    "starship.org.nz",
    "rch.org.au",
    "england.nhs.uk",
];

/// Whether a link leads to one.
pub fn reference(link: &str) -> bool {
    let lower = link.to_ascii_lowercase();
    let host = lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or(host).trim_end_matches('.');
    REFERENCES.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether the words before a number say that it is a public reference.
pub fn near_reference(text: &str, start: usize) -> bool {
    MARKS.is_match(&text[start.saturating_sub(24)..start])
}

static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let marks = [
        "pmid",
        "pmc",
        "doi",
        "snomed",
        "icd-1",
        "icd1",
        "icd 1",
        "icd-9",
        "icd9",
        "icd code",
        "icd:",
        "icd-o",
        "nct",
        "isbn",
        "isrctn",
        "omim",
        "orpha",
        "loinc",
        "rxnorm",
        "actrn",
        "ctri",
        "eudract",
        "umin",
        "issn",
        "chembl",
        "cas no",
        "pubmed",
        "concept id",
        "10.1",
        "sctid",
        "uniprot",
        "gtin",
        "ndc",
        "grant no",
        "mim ",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(marks).expect("marks")
});
