"""XMPP servers that the suite can start by itself: Debian's, each with the configuration that lies beside this file."""

from pathlib import Path

from support.drivers.kit.program import ServerProgram, files_beside

#: A stream that is opened (RFC 6120, 4.2) and closed again.
_GREETING = (
    "<?xml version='1.0'?><stream:stream to='$domain' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'></stream:stream>"
)

PROGRAMS = {
    "prosody": ServerProgram(
        name="Prosody",
        package="prosody",
        command=("prosody", "-F", "--config", "$folder/prosody.cfg.lua"),
        files=files_beside(__file__, "prosody.cfg.lua"),
        question=_GREETING,
        answer=b"mechanisms",
    ),
    "ejabberd": ServerProgram(  # with no name in Erlang's network, whose port mapper would listen on every interface
        name="ejabberd",
        package="ejabberd",
        command=("erl", "-noinput", "+sbwt", "none", "-mnesia", "dir", '"$folder/db"', "-s", "ejabberd"),
        files=files_beside(__file__, "ejabberd.yml"),
        question=_GREETING,
        answer=b"mechanisms",
        environment={
            "ERL_LIBS": str(next((path.parent for path in Path("/usr/lib").glob("*/ejabberd-*")), "/usr/lib")),
            "EJABBERD_CONFIG_PATH": "$folder/ejabberd.yml",
            "EJABBERD_LOG_PATH": "$folder/log",
            "ERL_CRASH_DUMP": "$folder/crash",
            "HOME": "$folder",
        },
    ),
}
