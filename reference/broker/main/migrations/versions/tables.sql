create table if not exists users (
    id bigint generated always as identity primary key,
    email text not null,
    password_hash text not null,
    role text not null default 'user' check (role in ('user', 'admin', 'user_manager')),
    client_id text,
    is_active boolean not null default true,
    last_login timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index if not exists users_email on users (lower(email));

create table if not exists clients (
    id bigint generated always as identity primary key,
    client_id text not null unique,
    cert_fingerprint text not null unique,
    cert_serial text not null,
    domain text not null default 'default',
    status text not null default 'active' check (status in ('active', 'revoked', 'expired')),
    issued_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revocation_reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists messages (
    id bigint generated always as identity primary key,
    message_id varchar(36) not null unique,
    client_id text not null references clients (client_id),
    sender_number_hashed varchar(64) not null,
    encrypted_body text not null,
    encryption_key_version smallint not null default 1,
    status text not null default 'queued' check (status in ('queued', 'processing', 'delivered', 'failed')),
    domain text not null default 'default',
    attempt_count integer not null default 0,
    error_message text,
    created_at timestamptz not null default now(),
    queued_at timestamptz not null,
    delivered_at timestamptz,
    last_attempt_at timestamptz
);
create index if not exists messages_client on messages (client_id, id);
create index if not exists messages_status on messages (status);

create table if not exists audit_log (
    id bigint generated always as identity primary key,
    event_type text not null,
    user_id bigint references users (id),
    client_id text,
    ip_address text,
    event_data jsonb not null default '{}',
    severity text not null default 'info' check (severity in ('info', 'warning', 'error', 'critical')),
    created_at timestamptz not null default now()
);
