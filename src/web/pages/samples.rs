//! Every page in every state that matters, rendered and judged.
//!
//! To look at them: `COLLEGIUM_RENDER_TO=/tmp/pages cargo test --lib samples`, then serve that folder.

use std::collections::HashSet;
use std::path::Path;

use askama::Template;
use regex::Regex;

use crate::web::assets;
use crate::web::pages::audit_trail::AuditTrailPage;
use crate::web::pages::breach::BreachPage;
use crate::web::pages::decisions::{DecisionPage, OwnDecisionsPage, PastPage};
use crate::web::pages::document::DocumentPage;
use crate::web::pages::drill::DrillPage;
use crate::web::pages::edit::EditPage;
use crate::web::pages::evidence::EvidencePage;
use crate::web::pages::flag::FlagPage;
use crate::web::pages::held::{HeldListPage, HeldPage};
use crate::web::pages::link::{LinkPage, ProviderPage};
use crate::web::pages::moderation::ModerationPage;
use crate::web::pages::moderation_held::ModerationHeldPage;
use crate::web::pages::new::NewPage;
use crate::web::pages::notices::NoticesPage;
use crate::web::pages::privacy::PrivacyPage;
use crate::web::pages::record::RecordPage;
use crate::web::pages::removal_done::RemovalDonePage;
use crate::web::pages::revisions::RevisionsPage;
use crate::web::pages::room::RoomPage;
use crate::web::pages::rooms::RoomsPage;
use crate::web::pages::rota::RotaPage;
use crate::web::pages::search::SearchPage;
use crate::web::pages::thread::ThreadPage;
use crate::web::pages::vouch::{VouchPage, VouchesPage};
use crate::web::pages::{
    admin::AdminPage, application::ApplicationPage, confirm::ConfirmPage, doubt::DoubtPage,
    first_admin::FirstAdminPage, help::HelpPage, join::JoinPage, join_sent::JoinSentPage, member::MemberPage,
    membership::MembershipPage, outbox::OutboxPage, problem::ProblemPage, set_password::SetPasswordPage,
    settings::SettingsPage, sign_in::SignInPage, step_up::StepUpPage, verify::VerifyPage, verify_one::VerifyOnePage,
};

/// The name of the state and the page. One line for each.
fn samples() -> Vec<(&'static str, String)> {
    vec![
        ("admin", html(AdminPage::sample())),
        ("admin-empty", html(AdminPage::sample_empty())),
        ("admin-refused", html(AdminPage::sample_refused())),
        ("application", html(ApplicationPage::sample())),
        ("application-admitted", html(ApplicationPage::sample_admitted())),
        ("application-more-asked", html(ApplicationPage::sample_more_asked())),
        ("application-refused", html(ApplicationPage::sample_refused())),
        ("application-refused-form", html(ApplicationPage::sample_refused_form())),
        ("application-waiting", html(ApplicationPage::sample_waiting())),
        ("document", html(DocumentPage::sample())),
        ("document-judged", html(DocumentPage::sample_judged())),
        ("evidence", html(EvidencePage::sample())),
        ("evidence-closed", html(EvidencePage::sample_closed())),
        ("evidence-given", html(EvidencePage::sample_given())),
        ("evidence-refused", html(EvidencePage::sample_refused())),
        ("link", html(LinkPage::sample())),
        ("link-denied", html(LinkPage::sample_denied())),
        ("link-nothing", html(LinkPage::sample_nothing())),
        ("link-other", html(LinkPage::sample_other())),
        ("provider", html(ProviderPage::sample())),
        ("vouch", html(VouchPage::sample())),
        ("vouch-closed", html(VouchPage::sample_closed())),
        ("vouch-refused", html(VouchPage::sample_refused())),
        ("vouches", html(VouchesPage::sample())),
        ("vouches-empty", html(VouchesPage::sample_empty())),
        ("confirm", html(ConfirmPage::sample())),
        ("confirm-spent", html(ConfirmPage::sample_spent())),
        ("set-password", html(SetPasswordPage::sample())),
        ("set-password-refused", html(SetPasswordPage::sample_refused())),
        ("set-password-spent", html(SetPasswordPage::sample_spent())),
        ("first-admin", html(FirstAdminPage::sample())),
        ("first-admin-refused", html(FirstAdminPage::sample_refused())),
        ("help", html(HelpPage::sample())),
        ("help-outside", html(HelpPage::sample_outside())),
        ("join", html(JoinPage::sample())),
        ("join-refused", html(JoinPage::sample_refused())),
        ("join-sent", html(JoinSentPage::sample())),
        ("outbox", html(OutboxPage::sample())),
        ("outbox-empty", html(OutboxPage::sample_empty())),
        ("rooms", html(RoomsPage::sample())),
        ("rooms-all-read", html(RoomsPage::sample_all_read())),
        ("rooms-empty", html(RoomsPage::sample_empty())),
        ("room", html(RoomPage::sample())),
        ("room-last-page", html(RoomPage::sample_last_page())),
        ("room-empty", html(RoomPage::sample_empty())),
        ("thread", html(ThreadPage::sample())),
        ("thread-first", html(ThreadPage::sample_first())),
        ("thread-reading", html(ThreadPage::sample_reading())),
        ("thread-refused", html(ThreadPage::sample_refused())),
        ("thread-removed", html(ThreadPage::sample_removed())),
        ("thread-waiting", html(ThreadPage::sample_waiting())),
        ("thread-question", html(ThreadPage::sample_question())),
        ("new", html(NewPage::sample())),
        ("new-found", html(NewPage::sample_found())),
        ("new-refused", html(NewPage::sample_refused())),
        ("new-question", html(NewPage::sample_question())),
        ("edit", html(EditPage::sample())),
        ("edit-conflict", html(EditPage::sample_conflict())),
        ("revisions", html(RevisionsPage::sample())),
        ("flag", html(FlagPage::sample())),
        ("flag-refused", html(FlagPage::sample_refused())),
        ("search", html(SearchPage::sample())),
        ("search-blank", html(SearchPage::sample_blank())),
        ("search-nothing", html(SearchPage::sample_nothing())),
        ("member", html(MemberPage::sample())),
        ("member-review", html(MemberPage::sample_review())),
        ("member-ended", html(MemberPage::sample_ended())),
        ("membership", html(MembershipPage::sample())),
        ("membership-due", html(MembershipPage::sample_due())),
        ("membership-grace", html(MembershipPage::sample_grace())),
        ("membership-paused", html(MembershipPage::sample_paused())),
        ("membership-appealed", html(MembershipPage::sample_appealed())),
        ("doubt", html(DoubtPage::sample())),
        ("doubt-appeal", html(DoubtPage::sample_appeal())),
        ("doubt-closed", html(DoubtPage::sample_closed())),
        ("moderation", html(ModerationPage::sample())),
        ("moderation-queue", html(ModerationPage::sample_queue())),
        ("moderation-barred", html(ModerationPage::sample_barred())),
        ("moderation-filtered", html(ModerationPage::sample_filtered())),
        ("rota", html(RotaPage::sample())),
        ("rota-reading", html(RotaPage::sample_reading())),
        ("rota-empty", html(RotaPage::sample_empty())),
        ("drill", html(DrillPage::sample())),
        ("drill-removed", html(DrillPage::sample_removed())),
        ("past", html(PastPage::sample())),
        ("past-empty", html(PastPage::sample_empty())),
        ("decision", html(DecisionPage::sample())),
        ("decision-proposed", html(DecisionPage::sample_proposed())),
        ("decision-appeal", html(DecisionPage::sample_appeal())),
        ("decision-barred", html(DecisionPage::sample_barred())),
        ("own-decisions", html(OwnDecisionsPage::sample())),
        ("own-decisions-refused", html(OwnDecisionsPage::sample_refused())),
        ("own-decisions-empty", html(OwnDecisionsPage::sample_empty())),
        ("moderation-empty", html(ModerationPage::sample_empty())),
        ("moderation-held", html(ModerationHeldPage::sample())),
        ("moderation-held-own", html(ModerationHeldPage::sample_own())),
        ("moderation-held-refused", html(ModerationHeldPage::sample_refused())),
        ("held", html(HeldPage::sample())),
        ("held-returned", html(HeldPage::sample_returned())),
        ("held-list", html(HeldListPage::sample())),
        ("held-list-empty", html(HeldListPage::sample_empty())),
        ("removal-done", html(RemovalDonePage::sample())),
        ("removal-done-finished", html(RemovalDonePage::sample_finished())),
        ("audit-trail", html(AuditTrailPage::sample())),
        ("audit-trail-empty", html(AuditTrailPage::sample_empty())),
        ("privacy", html(PrivacyPage::sample())),
        ("privacy-empty", html(PrivacyPage::sample_empty())),
        ("breach", html(BreachPage::sample())),
        ("breach-decided", html(BreachPage::sample_decided())),
        ("breach-refused", html(BreachPage::sample_refused())),
        ("breach-nobody", html(BreachPage::sample_nobody())),
        ("record", html(RecordPage::sample())),
        ("record-found", html(RecordPage::sample_found())),
        ("record-nowhere", html(RecordPage::sample_nowhere())),
        ("notices", html(NoticesPage::sample())),
        ("notices-empty", html(NoticesPage::sample_empty())),
        ("problem", html(ProblemPage::sample())),
        ("problem-not-found", html(ProblemPage::sample_not_found())),
        ("settings", html(SettingsPage::sample())),
        ("settings-empty", html(SettingsPage::sample_empty())),
        ("settings-refused", html(SettingsPage::sample_refused())),
        ("sign-in", html(SignInPage::sample())),
        ("sign-in-refused", html(SignInPage::sample_refused())),
        ("sign-in-signed-out", html(SignInPage::sample_signed_out())),
        ("step-up", html(StepUpPage::sample())),
        ("step-up-no-way", html(StepUpPage::sample_no_way())),
        ("step-up-refused", html(StepUpPage::sample_refused())),
        ("verify", html(VerifyPage::sample())),
        ("verify-empty", html(VerifyPage::sample_empty())),
        ("verify-one", html(VerifyOnePage::sample())),
        ("verify-one-closed", html(VerifyOnePage::sample_closed())),
        ("verify-one-refused", html(VerifyOnePage::sample_refused())),
    ]
}

fn html(page: impl Template) -> String {
    page.render().expect("a sample renders")
}

#[test]
fn every_sample_is_a_sound_page() {
    for (name, page) in samples() {
        let problems = problems(&page);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

/// Writes the samples where `COLLEGIUM_RENDER_TO` says, with their assets, for eyes and browsers.
#[test]
fn render_samples() {
    let Ok(folder) = std::env::var("COLLEGIUM_RENDER_TO") else { return };
    let folder = Path::new(&folder);
    for (name, page) in samples() {
        write(&folder.join(format!("{name}.html")), page.as_bytes());
    }
    for name in assets::names() {
        let address = assets::asset(&name);
        let (bytes, _) = assets::find(&address).expect("an asset is at its address");
        write(&folder.join(address.trim_start_matches('/')), &bytes);
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a path in the folder")).expect("the folder is made");
    std::fs::write(path, bytes).expect("the file is written");
}

fn problems(page: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expect = |good: bool, words: String| {
        if !good {
            problems.push(words);
        }
    };
    let all = |pattern: &str| -> Vec<String> {
        let found = Regex::new(pattern).expect("a good pattern");
        found.captures_iter(page).map(|one| one[1].to_owned()).collect()
    };

    let titles = all("<(h1)[ >]").len();
    expect(titles == 1, format!("{titles} h1"));
    expect(all(r"<(main) ").len() == 1, "not one main".to_owned());
    for bad in all(r#"<[^>]*?( style="| on[a-z]+="|="javascript:)"#) {
        expect(false, format!("inline:{bad}"));
    }
    for script in all("<script([^>]*)>") {
        expect(script.contains(" src="), format!("a script without src: {script}"));
    }

    let ids = all(r#"\sid="([^"]*)""#);
    let known: HashSet<&str> = ids.iter().map(String::as_str).collect();
    expect(known.len() == ids.len(), format!("an id stands twice: {ids:?}"));
    for pattern in [r#"\s(?:for|aria-labelledby|aria-describedby)="([^"]*)""#, r##"\shref="#([^"]*)""##] {
        for id in all(pattern).iter().flat_map(|ids| ids.split_whitespace()) {
            expect(known.contains(id), format!("nothing has the id {id}"));
        }
    }

    let labels: HashSet<String> = all(r#"<label[^>]* for="([^"]*)""#).into_iter().collect();
    let id_in_tag = Regex::new(r#"\sid="([^"]*)""#).expect("a good pattern");
    for field in all(r"(<(?:input|select|textarea)\s[^>]*>)") {
        let id = id_in_tag.captures(&field).map(|found| found[1].to_owned()).unwrap_or_default();
        let is_labelled = labels.contains(&id)
            || ["type=\"hidden\"", "type=\"radio\"", "type=\"checkbox\"", "aria-label="]
                .iter()
                .any(|inside| field.contains(inside));
        expect(is_labelled, format!("no label: {field}"));
    }
    for button in all(r"<button([^>]*)>") {
        expect(button.contains(" type="), format!("a button of no type: {button}"));
    }
    problems.extend(unbalanced(page));
    problems
}

/// Tags that are not closed in the order in which they were opened.
fn unbalanced(page: &str) -> Vec<String> {
    const VOID: [&str; 9] = ["meta", "link", "input", "br", "hr", "img", "wbr", "source", "col"];
    let tag = Regex::new(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>").expect("a good pattern");
    let mut open: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for found in tag.captures_iter(page) {
        let name = found[2].to_owned();
        if VOID.contains(&name.as_str()) || &found[3] == "/" {
            continue;
        }
        if &found[1] == "/" {
            let last = open.pop();
            if last.as_deref() != Some(&name) {
                problems.push(format!("</{name}> closes {last:?}"));
                return problems;
            }
        } else {
            open.push(name);
        }
    }
    if !open.is_empty() {
        problems.push(format!("never closed: {open:?}"));
    }
    problems
}
