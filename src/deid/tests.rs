//! Stories about whole texts.

use super::*;

fn found(text: &str) -> Vec<String> {
    check(text).findings.iter().map(|f| format!("{} {}", f.category.code(), &text[f.start..f.end])).collect()
}

#[test]
fn offsets_are_right_after_emoji() {
    let text = "😂 Mrs Kowalczyk fell";
    let report = check(text);
    assert_eq!(&text[report.findings[0].start..report.findings[0].end], "Mrs Kowalczyk");
    assert_eq!(to_code_points(text, &report.findings), vec![(2, 15)]);
}

#[test]
fn the_clinical_shield_holds() {
    for text in [
        "Crohn's, Graves' disease and Hashimoto's with a Foley in situ",
        "Murphy's sign positive, Glasgow 14/15, Wells 3, Gleason 4+3=7",
        "3/7 of fever, review in 6/12, power 4/5, murmur 3/6, vision 6/6",
        "Whipple, Hickman line, Bishop score 7, Apgar 9, Child-Pugh C12",
        "T2N1M0, pT3N2, HLA-B*57:01, c.1521del, rs12345, L4/5 disc",
        "SSN (subsolid nodule, 12 mm), VIN 3 on path, CHI with GCS 13/15",
        "PMID 31050279, NCT01234567, SNOMED 23502006, doi:10.1056/NEJMoa1911303",
        "https://www.nice.org.uk/guidance/ng95 says doxycycline",
        "Smith et al 2019 and Jones, Lancet 2020 disagree",
        "May I ask who will grant us hope? I hope you will.",
        "West Nile, Lassa, Ebola, Coxsackie and Ross River serology",
        "Give 90 mg; sats 94%, HR 101, Hb 99, over 90 years",
        "KATHERINE and EMILIA were the trials; DAPA-HF too",
        "Creutzfeldt-Jakob, Wolff-Parkinson-White, Guillain-Barré",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_strong_title_beats_an_eponym() {
    assert_eq!(found("Saw Mr Foley again."), ["NAME Mr Foley"]);
    assert_eq!(found("Mrs Bell has Bell's palsy."), ["NAME Mrs Bell"]);
}

#[test]
fn nothing_hides_a_name() {
    for text in [
        "Mrs Kow\u{200b}alczyk fell",
        "Mrs Ko**walc**zyk fell",
        "Mrs &#75;owalczyk fell",
        "Mrs Kоwalczyk fell",
        "Mrs Kowalczyk\u{202e} fell",
        "Mrs <b>Kowalczyk</b> fell",
    ] {
        assert!(check(text).blocked(), "{text}");
    }
    assert!(!check("المريض محمد في السرير").findings.is_empty());
}

#[test]
fn a_name_once_sure_is_found_everywhere() {
    let all =
        found("Margaret Oyelaran, 61F, is unwell. Oyelaran's bloods are back. Maggie wants to go home, says margaret.");
    assert_eq!(all.len(), 4, "{all:?}");
}

#[test]
fn numbers_with_and_without_labels() {
    for (text, code) in [
        ("NHS no 999 418 2730", "NATIONAL_ID"),
        ("943 476 5919", "NATIONAL_ID"),
        ("CNIC 42301-6672918-5", "NATIONAL_ID"),
        ("Medicare 2951 73841 1", "NATIONAL_ID"),
        ("MRN 00417-8829", "MRN"),
        ("claim ref PSC/2023/008714-EL", "ACCOUNT"),
        ("GMC 7123456", "LICENCE"),
        ("plate BXR-4408", "VEHICLE"),
        ("serial PJN 482913 S", "DEVICE"),
        ("ring 07700 900482", "PHONE"),
        ("(406) 555-0138", "PHONE"),
        ("mail jo at gmail dot com", "EMAIL"),
        ("jo@example.com", "EMAIL"),
        ("from 203.0.113.77.", "IP"),
        ("see @stormchaser_lonnie", "HANDLE"),
        ("www.example.org/ana", "URL"),
    ] {
        let all = found(text);
        assert!(all.iter().any(|f| f.starts_with(code)), "{text}: {all:?}");
    }
}

#[test]
fn a_text_with_its_suggestions_applied_is_clean() {
    let text = "Mrs Kowalczyk, 94, in bed 11 on Rowan Ward, NHS no 999 418 2730, admitted on 12/03/2024 from Todmorden. Her daughter Halina rang from 07700 900482. Dr Hetal agrees.";
    let mut fixed = text.to_string();
    for finding in check(text).findings.iter().rev() {
        fixed.replace_range(finding.start..finding.end, finding.suggestion.as_deref().unwrap_or(""));
    }
    assert_eq!(found(&fixed), Vec::<String>::new(), "{fixed}");
}

#[test]
fn the_worst_texts_stay_linear_and_whole() {
    for piece in
        ["Mr ", "a@", "1.", "the man who ", "Ab Cd ", "&#x4a;", "**a", "12/3/", "st ", "\u{200b}", "ﷺ", "(", "1 "]
    {
        let text = piece.repeat(20_000 / piece.len());
        let report = check(&text);
        let mut end = 0;
        for finding in &report.findings {
            assert!(finding.start >= end && finding.end <= text.len());
            end = finding.end;
        }
    }
    assert_eq!(check("").findings.len(), 0);
}

#[test]
fn the_band_follows_the_details() {
    assert_eq!(check("45M with a STEMI, PCI to the LAD. Which P2Y12 inhibitor?").risk.band, Band::Green);
    assert_ne!(
        check("24M bitten by a shark on a small island, it was on the telly. He is the mayor.").risk.band,
        Band::Green
    );
}
