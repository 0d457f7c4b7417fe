//! Words under keys: what a stopped machine or a restored backup leaves is put right before the house opens.

use crate::each_db;
use crate::support::{Engine, House, case, reply};
use collegium::base::id::PostId;
use collegium::discussion::{Reconciled, Seal, reconcile};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

each_db!(
    what_a_stopped_machine_left_is_finished,
    what_was_erased_stays_erased_in_an_old_copy,
    without_its_keys_a_house_does_not_open,
    what_lay_open_before_is_sealed,
    a_copy_without_the_key_says_nothing,
);

/// Writes past the house, as only a fault can.
async fn force(house: &House, sql: String) {
    let mut conn = AnyConnection::connect(&house.database.url).await.expect("connected");
    if house.engine == Engine::Sqlite {
        let keys = collegium::db::keys_beside(&house.database.url);
        conn.execute(AssertSqlSafe(format!("attach database '{keys}' as keys"))).await.expect("attached");
    }
    conn.execute(AssertSqlSafe(sql.clone())).await.expect(&sql);
    conn.close().await.expect("closed");
}

/// The key of a post, as it lies there.
async fn key(house: &House, post: &str) -> Option<String> {
    sqlx::query_scalar("select key from keys.post_keys where post_id = $1")
        .bind(post)
        .fetch_optional(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap()
}

async fn what_a_stopped_machine_left_is_finished(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let [gone, late] =
        [ada.reply(&thread, reply("To be removed.")).await, ada.reply(&thread, reply("The last one.")).await]
            .map(|sent| sent.ok().of("post"));
    let before = key(house, &gone).await.expect("it has a key");
    ines.remove(&gone, "confidentiality").await.is(201);
    assert_eq!(key(house, &gone).await, None);
    // The removal's first file was written, its second not; and of the last post it was the other way round.
    force(house, format!("insert into keys.post_keys (post_id, key, made_at) values ('{gone}', '{before}', 1)")).await;
    force(house, format!("delete from keys.post_keys where post_id = '{late}'")).await;
    let done = reconcile(house.log()).await.expect("put right");
    assert_eq!(done, Reconciled { keys: 1, unfinished: 1, ..Reconciled::default() });
    assert_eq!((key(house, &gone).await, key(house, &late).await), (None, None));
    let read = ada.read(&thread).await.ok();
    assert_eq!(read.json()["posts"][2]["state"], "removed", "{read}");
    assert_eq!(reconcile(house.log()).await.expect("nothing to do"), Reconciled::default());
}

async fn what_was_erased_stays_erased_in_an_old_copy(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Of marzipan.")).await.ok().of("post");
    // A backup of content and keys from before the removal came back; the list of erasures is of today.
    force(house, format!("insert into keys.erasures (post_id, at, reason) values ('{post}', 1, 'confidentiality')"))
        .await;
    let done = reconcile(house.log()).await.expect("put right");
    assert_eq!(done, Reconciled { erased: 1, ..Reconciled::default() });
    ada.read(&thread).await.ok().hides("marzipan").shows("removed");
    assert_eq!(key(house, &post).await, None);
    house.caught_up().await;
    assert!(ada.finds("marzipan").await.is_empty());
}

async fn without_its_keys_a_house_does_not_open(house: &House) {
    let ada = house.clinician("ada").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    ada.reply(&thread, reply("One.")).await.is(201);
    force(house, "create table kept_keys as select * from keys.post_keys".to_owned()).await;
    force(house, "delete from keys.post_keys".to_owned()).await;
    let told = reconcile(house.log()).await.expect_err("refused");
    let told = std::error::Error::source(&told).map(ToString::to_string).unwrap_or_default();
    assert!(told.contains("2 posts have no key") && told.contains("backup of the keys"), "{told}");
    // Nothing was touched: with the keys put back everything is there.
    force(house, "insert into keys.post_keys select * from kept_keys".to_owned()).await;
    assert_eq!(reconcile(house.log()).await.expect("opens"), Reconciled::default());
    ada.read(&thread).await.ok().shows("One.");
}

async fn what_lay_open_before_is_sealed(house: &House) {
    let [ada, bram] = house.clinicians(["ada", "bram"]).await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Replaced below.")).await.ok().of("post");
    bram.flag(&post, "accuracy", "Replaced below.").await.is(201);
    for sql in [
        "update post_texts set markdown = 'Of marzipan.', html = '<p>Of marzipan.</p>' where post_id = '{}'",
        "update posts set sealed = 0, source = 'A paper' where post_id = '{}'",
        "update flags set sealed = 0, note = 'What of the marzipan?' where post_id = '{}'",
        "delete from keys.post_keys where post_id = '{}'",
    ] {
        force(house, sql.replace("{}", &post)).await;
    }
    assert_eq!(reconcile(house.log()).await.expect("sealed"), Reconciled { sealed: 1, ..Reconciled::default() });
    collegium::moderation::seal_notes(house.log()).await.expect("sealed");
    let open = "select count(*) from post_texts where markdown like '%marzipan%' or html like '%marzipan%'";
    let notes = "select count(*) from flags where note like '%marzipan%'";
    assert_eq!((house.count(open).await, house.count(notes).await), (0, 0));
    ada.read(&thread).await.ok().shows("Of marzipan.").shows("A paper");
    ines.get(&format!("/moderation/{post}")).await.is(200).shows("What of the marzipan?");
}

async fn a_copy_without_the_key_says_nothing(house: &House) {
    let ada = house.clinician("ada").await;
    let ines = house.moderator("ines").await;
    let thread = ada.publish(case("A thread")).await.ok().of("thread");
    let post = ada.reply(&thread, reply("Of marzipan.")).await.ok().of("post");
    let sealed: Vec<(String, String)> = sqlx::query_as("select markdown, html from post_texts where post_id = $1")
        .bind(&post)
        .fetch_all(&mut *house.log().reader().await.unwrap())
        .await
        .unwrap();
    assert_eq!(sealed.len(), 1);
    let id = PostId::parse(&post).expect("an id");
    let seal = Seal::of(&mut house.log().reader().await.unwrap(), &id).await.unwrap().expect("a seal");
    assert_eq!(seal.open("1/body/markdown", &sealed[0].0).unwrap(), "Of marzipan.");
    ines.remove(&post, "confidentiality").await.is(201);
    // Somebody who kept a copy of the tables finds no key any more.
    assert!(Seal::of(&mut house.log().reader().await.unwrap(), &id).await.unwrap().is_none());
}
