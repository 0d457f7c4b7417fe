-- The words of a post, of what is held, and of the notes on flags lie under the post's own key from here on; see
-- src/discussion/seal.rs. 0: written before that, and sealed at the next start.
alter table posts add column sealed bigint not null default 0;
alter table held add column sealed bigint not null default 0;
alter table flags add column sealed bigint not null default 0;
create index posts_unsealed on posts (post_id) where sealed = 0;
