"""MQTT brokers that the suite can start by itself: Debian's, on 127.0.0.1 alone, with nothing kept after the run."""

from support.drivers.kit.program import ServerProgram

#: A client that comes (MQTT 3.1.1, 3.1) and goes; a broker that serves accepts it, and ends the connection.
_GREETING = "\x10\x13\x00\x04MQTT\x04\x02\x00\x3c\x00\x07earshot\xe0\x00"
_ACCEPTED = b"\x20\x02\x00\x00"

#: What Debian's own configuration says, but for the place, and for users who need not be known.
_MOSQUITTO = """
listener $port 127.0.0.1
allow_anonymous true
persistence true
persistence_location $folder/
log_dest stdout
log_type error
log_type warning
log_type notice
$settings
"""

MOSQUITTO = ServerProgram(
    name="Mosquitto",
    package="mosquitto",
    command=("mosquitto", "-c", "$folder/mosquitto.conf"),
    files={"mosquitto.conf": _MOSQUITTO},
    question=_GREETING,
    answer=_ACCEPTED,
)

PROGRAMS = {"mosquitto": MOSQUITTO}
