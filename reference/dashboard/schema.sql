-- The tables of contracts/dashboard.md, section 4, as far as the server needs them.
create table if not exists accounts_customuser (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null,
    phone_number text not null default '',
    primary_contact text not null default 'email',
    token_lifetime double precision
);
create table if not exists accounts_school (
    id bigint generated always as identity primary key,
    name text not null,
    description text not null default '',
    settings jsonb not null default '{}'
);
create table if not exists accounts_schoolmembership (
    id bigint generated always as identity primary key,
    user_id bigint not null references accounts_customuser,
    school_id bigint not null references accounts_school,
    role text not null,
    is_active boolean not null default true,
    joined_at timestamptz not null default now(),
    unique (user_id, school_id, role)
);
create table if not exists accounts_schoolinvitation (
    id bigint generated always as identity primary key,
    school_id bigint not null references accounts_school,
    email text not null,
    invited_by_id bigint not null references accounts_customuser,
    role text not null,
    token text not null unique,
    status text not null default 'pending',
    created_at timestamptz not null default now(),
    accepted_at timestamptz,
    expires_at timestamptz not null default now() + interval '7 days'
);
create table if not exists accounts_schoolactivity (
    number bigint generated always as identity,
    id uuid primary key,
    school_id bigint not null references accounts_school,
    activity_type text not null,
    "timestamp" timestamptz not null default clock_timestamp(),
    actor jsonb,
    target jsonb,
    metadata jsonb not null,
    description text not null
);
create index if not exists accounts_schoolactivity_newest on accounts_schoolactivity (school_id, number desc);
create table if not exists accounts_verificationcode (
    email text primary key,
    digest bytea not null,
    failed_attempts int not null default 0,
    expires_at timestamptz not null
);
create table if not exists finances_classsession (
    id bigint generated always as identity primary key,
    teacher_id bigint not null references accounts_customuser,
    school_id bigint not null references accounts_school,
    "date" date not null,
    start_time time not null,
    end_time time not null,
    session_type text not null,
    grade_level text not null,
    students jsonb not null default '[]',
    status text not null default 'scheduled'
);
create table if not exists dashboard_session (
    jti text primary key,
    session_key text not null unique,
    user_id bigint not null references accounts_customuser,
    expires_at timestamptz not null
);
create table if not exists dashboard_signingkey (
    single boolean primary key default true check (single),
    secret text not null
);
