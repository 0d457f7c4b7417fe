//! Grammar and intervals of what is offered.

use crate::deid::score::apply;
use crate::deid::{Severity, check};

fn fixed(text: &str) -> String {
    apply(text, &check(text).findings)
}

#[track_caller]
fn all(pairs: &[(&str, &str)]) {
    for (text, is) in pairs {
        assert_eq!(&fixed(text), is, "from: {text}");
    }
}

#[test]
fn a_name_becomes_a_role() {
    all(&[
        ("Mrs Kowalczyk, 72, fell.", "The patient, 72, fell."),
        ("Mrs Kowalczyk fell. Then Mrs Kowalczyk fell again.", "The patient fell. Then the patient fell again."),
        ("We saw Mrs Kowalczyk's potassium rise.", "We saw a patient's potassium rise."),
        ("Mr and Mrs Kowalczyk came together.", "The couple came together."),
        ("The poor Mrs Kowalczyk fell.", "The poor patient fell."),
        ("It was the other Mr Kowalczyk again.", "It was the other patient again."),
        ("Mrs Kowalczyk (Halina) fell.", "The patient fell."),
    ]);
}

#[test]
fn relatives_keep_their_relation() {
    all(&[
        ("Her son Farhad came.", "Her son came."),
        ("Mum, Dilnoza, drove over.", "Mum drove over."),
        (
            "Mrs Kowalczyk fell. Her son Farhad rang. Farhad says she is worse.",
            "The patient fell. Her son rang. The son says she is worse.",
        ),
        ("Her sons Farhad and Dilshod came.", "Her sons came."),
        ("Mom (Xiomara) is 22.", "Mom is 22."),
    ]);
}

#[test]
fn colleagues_are_told_apart() {
    all(&[
        ("I asked Dr Patel and Dr Achterberg.", "I asked a colleague and another colleague."),
        ("Dr Achterberg said no. Then Dr Achterberg said yes.", "A colleague said no. Then the colleague said yes."),
        ("My supervisor, Dr Achterberg, says call.", "My supervisor says call."),
        ("My colleague Dr Achterberg agrees.", "My colleague agrees."),
        ("Our registrar Dr Achterberg rang. Achterberg said wait.", "Our registrar rang. The registrar said wait."),
    ]);
}

#[test]
fn numbers_go_with_their_labels() {
    all(&[
        ("Wiremu, 11, NHI ZKC7284, came.", "The patient, 11, came."),
        ("A girl of 8 (NHI ZKC7284) came.", "A girl of 8 came."),
        ("Her NHI is ZKC7284 as far as I know.", "Her NHI is [number removed] as far as I know."),
    ]);
}

#[test]
fn ages_and_places_fit_their_sentence() {
    all(&[
        ("I saw a 94-year-old lady with AF.", "I saw a lady aged 90+ with AF."),
        ("A 97-yr-old with a fracture.", "A patient aged 90+ with a fracture."),
        ("A woman of 103 came.", "A woman of 90+ came."),
        ("He lives at 27 Heol y Wennol, Llanelli SA15 3QX, alone.", "He lives at a private address, alone."),
        ("He works for Cawdor Cold Stores now.", "He works for a company now."),
        ("He came from Belmullet, Co. Mayo, by train.", "He came from a town in the area, by train."),
    ]);
}

#[test]
fn the_days_between_dates_are_kept() {
    all(&[
        (
            "Admitted on 12/03/2024 with pain. Troponin fell on 15/03/2024. Home on 20/03/2024.",
            "Admitted on day 0 with pain. Troponin fell on day 3. Home on day 8.",
        ),
        (
            "Admitted 9th Feb. CT 13th Feb. Back on 23rd March.",
            "Admitted on day 0. CT day 4. Back about six weeks later.",
        ),
        ("Admitted March 3, 2024; seen again on April 14, 2024.", "Admitted on day 0; seen again six weeks later."),
        ("Seen on 2024-03-12 and on 2024-03-14.", "Seen on day 0 and on day 2."),
        ("Seen on Tuesday 9 January 2024, then on Thursday 11 January 2024.", "Seen on day 0, then on day 2."),
        (
            "Transplant on 17 May 2016. Admitted on 3 Feb 2024.",
            "Transplant about eight years before admission. Admitted on day 0.",
        ),
        ("12/03/2024: K 6.9\n13/03/2024: K 5.1\n", "Day 0: K 6.9\nDay 1: K 5.1\n"),
        (
            "Fever since 28 Feb 2024, admitted on 5 March 2024.",
            "Fever since six days before admission, admitted on day 0.",
        ),
        ("Admitted on 1 March 2024, on heparin until the 6th.", "Admitted on day 0, on heparin until day 5."),
        ("Discharged on 28 Dec, back on 3 Jan.", "Discharged on day 0, back on day 6."),
        (
            "Admitted on 1 March 2024, reviewed on 26 April 2024, and again on 29 April 2024.",
            "Admitted on day 0, reviewed eight weeks later, and again three days later.",
        ),
    ]);
}

#[test]
fn the_order_of_day_and_month_is_told_by_the_post_or_left_open() {
    all(&[
        // Another date of the post tells.
        ("Seen 04/03/2024, scan 25/03/2024.", "Seen on day 0, scan day 21."),
        ("Seen 03/04/2024, scan 03/25/2024.", "Seen on day 0, scan day 21."),
        // The words tell.
        (
            "Haematology GP letter. Seen 04/03/2024, scan 08/03/2024.",
            "Haematology GP letter. Seen on day 0, scan day 4.",
        ),
        ("Hgb 7, Medicaid. Seen 04/03/2024, scan 04/07/2024.", "Hgb 7, Medicaid. Seen on day 0, scan day 4."),
        // Nothing tells, and four days are not four months.
        ("Seen 04/03/2024, scan 08/03/2024.", "Seen in 2024, scan 2024."),
    ]);
}

#[test]
fn a_date_alone_keeps_its_year_or_is_left_vague() {
    all(&[
        ("Admitted on 12/03/2024 with pain.", "Admitted in 2024 with pain."),
        ("Admitted 12/03/24 with pain.", "Admitted in 2024 with pain."),
        ("He was born on 9/11/1932.", "He was born before 1940."),
        ("Next jab due 14 March.", "Next jab due soon."),
        ("Fever since 12 March.", "Fever for a while."),
        ("She fell on Anzac Day.", "She fell around a holiday."),
        ("In since Paddy's Day with colitis.", "In since a holiday with colitis."),
    ]);
}

#[test]
fn a_month_is_told_more_coarsely() {
    all(&[(
        "Admitted on 12 March 2024. She had been well in December 2023.",
        "Admitted on day 0. She had been well about three months earlier.",
    )]);
}

#[test]
fn every_fix_here_checks_clean() {
    for text in [
        "Mrs Kowalczyk, 94, of 27 Heol y Wennol, Llanelli SA15 3QX, was admitted on 12/03/2024 under Dr Achterberg.",
        "Her daughter Halina (07700 900461) says she fell on 10/03/2024; NHS no 999 418 2730.",
        "Admitted on 12/03/2024, transplant 2016-05-17, review booked for 26/04/2024, last seen in December 2023.",
    ] {
        let report = check(text);
        assert!(report.findings.iter().all(|f| f.suggestion.is_some() || f.severity == Severity::Confirm));
        let after = check(&fixed(text));
        assert!(after.findings.is_empty(), "{} -> {:?}", fixed(text), after.findings);
    }
}

#[test]
fn the_parts_of_a_post_count_from_one_day() {
    use crate::deid::gate::{Part, examine};
    let part = |name: &str, text: &str| Part { name: name.into(), text: text.into() };
    let parts = [
        part("presentation", "Admitted on 12/03/2024, and home on 20/03/2024."),
        part("history", "Seen in clinic in December 2023, and again on 14 March 2024."),
    ];
    let (found, _) = examine(&parts);
    let said: Vec<&str> = found.iter().filter_map(|one| one.finding.suggestion.as_deref()).collect();
    assert_eq!(said, ["on day 0", "on day 8", "about three months before day 0", "on day 2"]);
    for one in &found {
        let text = &parts.iter().find(|part| part.name == one.part).expect("its part").text;
        assert_eq!(&text[one.finding.start..one.finding.end], one.words);
    }
}
