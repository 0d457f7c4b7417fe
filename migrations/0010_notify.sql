-- Mail to be sent: whom, of which kind, about which thing. No prose and no token lies here; a mail is written at the
-- moment it is sent. Captured mails are the demo's outbox.
create table mails (
    mail_id    text   primary key,
    kind       text   not null,
    account_id text,                          -- null: the data-protection contact
    about      text   not null,
    code       text   not null,
    made_at    bigint not null,
    due_at     bigint not null,
    tries      bigint not null,
    sent_at    bigint,
    given_up_at bigint
);
create index mails_due on mails (sent_at, due_at);

create table captured_mails (
    mail_id    text   primary key,
    to_address text   not null,
    subject    text   not null,
    body       text   not null,
    sent_at    bigint not null
);
