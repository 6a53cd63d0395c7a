-- The tables of contracts/threads.md, section 4, as far as the server needs them, and what it adds to them.
create table if not exists companies (
    id uuid primary key,
    name text not null,
    slug text not null unique,
    plan text not null default 'free',
    "maxUsers" int not null default 100,
    "maxStorageBytes" bigint not null,
    "createdAt" timestamptz not null default now(),
    "updatedAt" timestamptz not null default now()
);
create table if not exists users (
    id uuid primary key,
    "companyId" uuid not null references companies,
    email text not null unique,
    username text not null,
    "fullName" text,
    "avatarUrl" text,
    password text not null,
    "companyRole" text not null,
    "isActive" boolean not null default true,
    "failedLoginAttempts" int not null default 0,
    "lockedUntil" timestamptz,
    "lastLoginAt" timestamptz,
    "tokenLifetime" double precision,
    "createdAt" timestamptz not null default clock_timestamp(),
    "updatedAt" timestamptz not null default clock_timestamp()
);
-- A sign-in: its tokens, and the rooms its connections have joined.
create table if not exists sessions (
    id uuid primary key,
    "userId" uuid not null references users,
    "endedAt" timestamptz,
    connected boolean not null default false,
    rooms text[] not null default '{}',
    "lastSeenAt" timestamptz not null default clock_timestamp()
);
create table if not exists refresh_tokens (
    "tokenHash" text primary key,
    "sessionId" uuid not null references sessions,
    "expiresAt" timestamptz not null,
    revoked boolean not null default false
);
create table if not exists company_invitations (
    id uuid primary key,
    "companyId" uuid not null references companies,
    "invitedByUserId" uuid not null references users,
    email text not null,
    role text not null,
    token text not null unique,
    status text not null default 'pending',
    "expiresAt" timestamptz not null default now() + interval '7 days',
    "createdAt" timestamptz not null default clock_timestamp()
);
create table if not exists chatrooms (
    id uuid primary key,
    "companyId" uuid not null references companies,
    name text not null,
    description text,
    "avatarUrl" text,
    "isPrivate" boolean not null,
    "createdBy" uuid not null references users,
    "createdAt" timestamptz not null default clock_timestamp(),
    "updatedAt" timestamptz not null default clock_timestamp()
);
create table if not exists chatroom_members (
    "chatroomId" uuid not null references chatrooms on delete cascade,
    "userId" uuid not null references users,
    "joinedAt" timestamptz not null default clock_timestamp(),
    primary key ("chatroomId", "userId")
);
create table if not exists threads (
    id uuid primary key,
    "chatroomId" uuid not null references chatrooms on delete cascade,
    title text not null,
    description text,
    "createdBy" uuid not null references users,
    "isArchived" boolean not null default false,
    "lastMessageAt" timestamptz,
    "createdAt" timestamptz not null default clock_timestamp(),
    "updatedAt" timestamptz not null default clock_timestamp()
);
create table if not exists thread_participants (
    "threadId" uuid not null references threads on delete cascade,
    "userId" uuid not null references users,
    "joinedAt" timestamptz not null default clock_timestamp(),
    primary key ("threadId", "userId")
);
create table if not exists messages (
    number bigint generated always as identity,
    id uuid primary key,
    "chatroomId" uuid not null references chatrooms on delete cascade,
    "threadId" uuid references threads on delete cascade,
    "senderId" uuid not null references users,
    content text not null,
    "messageType" text not null,
    "replyToId" uuid references messages on delete set null,
    "isEdited" boolean not null default false,
    "editedAt" timestamptz,
    "createdAt" timestamptz not null default clock_timestamp(),
    "updatedAt" timestamptz not null default clock_timestamp()
);
create index if not exists messages_of_room on messages ("chatroomId", "threadId", number desc);
create table if not exists message_receipts (
    "messageId" uuid not null references messages on delete cascade,
    "userId" uuid not null references users,
    "deliveredAt" timestamptz not null default clock_timestamp(),
    primary key ("messageId", "userId")
);
create table if not exists file_upload_sessions (
    "sessionId" text primary key,
    "companyId" uuid not null references companies,
    "fileName" text not null,
    "mimeType" text not null,
    "totalSizeBytes" bigint not null,
    "chunkSizeBytes" bigint not null,
    checksum text not null,
    "uploadedChunks" int not null default 0,
    "totalChunks" int not null,
    "uploadedBytes" bigint not null default 0,
    status text not null default 'pending',
    "uploadedById" uuid not null references users,
    "chatroomId" uuid references chatrooms on delete cascade,
    "threadId" uuid references threads on delete cascade,
    "fileId" uuid,
    metadata jsonb,
    "createdAt" timestamptz not null default clock_timestamp(),
    "updatedAt" timestamptz not null default clock_timestamp(),
    "completedAt" timestamptz,
    "expiresAt" timestamptz not null default now() + interval '24 hours'
);
create table if not exists files (
    id uuid primary key,
    "companyId" uuid not null references companies,
    "uploadedById" uuid not null references users,
    "fileName" text not null,
    "mimeType" text not null,
    "sizeBytes" bigint not null,
    checksum text not null,
    "storageKey" text not null,
    status text not null default 'processing',
    "chatroomId" uuid references chatrooms on delete cascade,
    "threadId" uuid references threads on delete cascade,
    "createdAt" timestamptz not null default clock_timestamp()
);
