-- Evidence of the person: what shows that an applicant is one real person (I), and that registrant (B). What a register
-- says is never a row here.
create table evidence (
    evidence_id    text   primary key,
    application_id text   not null references applications (application_id),
    account_id     text   not null references accounts (account_id),
    kind           text   not null check (kind in ('photo-id', 'work-document', 'name-document', 'mailed-link',
                       'provider', 'vouch', 'live-check')),
    state          text   not null check (state in ('asked', 'given', 'counted', 'refused', 'withdrawn', 'expired',
                       'frozen')),
    given_at       bigint not null,
    checked_at     bigint,
    checked_by     text,                       -- a verifier; nobody: the house itself
    identity       bigint not null,            -- what it is worth for I and for B; 0 unless it counts
    binding        bigint not null,
    detail         text   not null,            -- a code: how a live check was held, which provider, who publishes
    check (state = 'counted' or (identity = 0 and binding = 0))
);
create index evidence_by_application on evidence (application_id, given_at);
create index evidence_by_account on evidence (account_id, given_at);

-- A document's pages lie sealed in a folder, each document under a key of its own; the key lies here, wrapped by one that
-- is kept outside the database. Without that one, neither is anything.
create table evidence_documents (
    evidence_id    text   primary key references evidence (evidence_id),
    pages          bigint not null,
    bytes          bigint not null,
    sealed_key     text,                       -- null once the document is destroyed
    seen_elsewhere bigint not null,            -- 1: it looks like one that another account has given
    hold_by        text,                       -- kept longer, by whom and until when
    hold_until     bigint,
    gone_at        bigint,
    gone_for       text,
    check ((sealed_key is null) = (gone_at is not null)),
    check ((hold_by is null) = (hold_until is null)),
    check ((gone_at is null) = (gone_for is null))
);

-- What is left of a document once it is gone: keyed prints, to know it again. See evidence/prints.rs.
create table evidence_prints (
    evidence_id text   not null references evidence (evidence_id),
    account_id  text   not null,
    page        bigint not null,
    band        bigint not null,               -- 0: the pixels as they are; from 1: pieces of the shape
    print       text   not null,
    primary key (evidence_id, page, band)
);
create index evidence_prints_by_print on evidence_prints (print);

-- Every look at a document, and which case a verifier has in hand: one at a time.
create table evidence_looks (
    evidence_id text   not null references evidence (evidence_id),
    account_id  text   not null,
    at          bigint not null,
    primary key (evidence_id, account_id, at)
);
create index evidence_looks_by_account on evidence_looks (account_id, at);
create table evidence_hands (
    account_id  text   primary key,
    evidence_id text   not null references evidence (evidence_id),
    taken_at    bigint not null
);

-- A link sent to an address that a register or an employer publishes. The token is made at the moment of sending.
create table evidence_links (
    evidence_id text   primary key references evidence (evidence_id),
    address     text   not null,               -- emptied once it is followed, denied or expired
    published   text   not null,               -- where the verifier found it
    asked_by    text   not null,
    expires_at  bigint not null,
    used_at     bigint
);

-- A sign-in at an identity provider that has begun; it is used once.
create table evidence_flows (
    flow_id        text   primary key,
    account_id     text   not null,
    application_id text   not null references applications (application_id),
    provider       text   not null,
    expires_at     bigint not null,
    used_at        bigint
);

create table evidence_vouches (
    evidence_id  text   primary key references evidence (evidence_id),
    voucher_id   text   not null references accounts (account_id),
    domain       text   not null,              -- of the voucher's address then
    vouched_at   bigint not null,
    retracted_at bigint
);
create index evidence_vouches_by_voucher on evidence_vouches (voucher_id, vouched_at);
